"""Where a store is kept: a network drive is warned of."""

from pathlib import Path

import pytest

from scorecard.store.files import network_drives

MOUNTS = """\
/dev/sda1 / ext4 rw 0 0
server:/homes /home nfs4 rw 0 0
/dev/sdb1 /home/local ext4 rw 0 0
//server/share /mnt/the\\040share cifs rw 0 0
ann@server: /mnt/ssh fuse.sshfs rw 0 0
portal /run/portal fuse.portal rw 0 0
broken
"""
CASES = [
    ("/data/scorecard.db", False),
    ("/home/ann/scorecard.db", True),
    ("/home/local/scorecard.db", False),
    ("/homely/scorecard.db", False),
    ("/mnt/the share/scorecard.db", True),
    ("/mnt/ssh/a/scorecard.db", True),
    ("/run/portal/scorecard.db", False),
    ("\\\\server\\share\\scorecard.db", True),
]


@pytest.mark.parametrize(("path", "expected"), CASES)
def test_a_drive_of_another_computer_is_recognised(tmp_path: Path, path: str, expected: bool) -> None:
    mounts = tmp_path / "mounts"
    mounts.write_text(MOUNTS)
    assert network_drives.is_on_network(Path(path), mounts) is expected
    assert len(network_drives.warnings(Path(path), False, mounts)) == int(expected)


def test_where_mounts_cannot_be_read_nothing_is_claimed(tmp_path: Path) -> None:
    assert network_drives.warnings(Path("/data/x.db"), False, tmp_path / "none") == []
