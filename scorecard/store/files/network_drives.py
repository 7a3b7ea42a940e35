"""Where the store is kept, and what its owner should know of it."""

from pathlib import Path

# File systems that are reached over a network: SQLite's locks can't be trusted on them.
NETWORK_TYPES = {
    "nfs",
    "nfs4",
    "cifs",
    "smb3",
    "smbfs",
    "smb2",
    "afs",
    "9p",
    "ceph",
    "glusterfs",
    "davfs",
    "ncpfs",
}
NETWORK_FUSE = {"sshfs", "davfs", "davfs2", "glusterfs", "s3fs", "rclone", "gvfsd-fuse", "cifs", "nfs"}
MOUNTS = Path("/proc/mounts")


def warnings(path: Path, read_only: bool, mounts: Path = MOUNTS) -> list[str]:
    """Plain sentences about the place of a store's file; none where all is well."""
    lines = []
    if is_on_network(path, mounts):
        lines.append(
            f"The store {path} is on a network drive. Two people writing at once can damage it there: "
            "move it to a drive of the computer that runs the scorecard."
        )
    if read_only:
        lines.append(f"The store {path} is read-only: figures can be read, and nothing can be sent.")
    return lines


def is_on_network(path: Path, mounts: Path = MOUNTS) -> bool:
    """Whether a file is on a drive of another computer, as far as can be told."""
    if str(path).startswith(("\\\\", "//")):
        return True
    try:
        lines = mounts.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return False
    mounted = [(_unescaped(parts[1]), parts[2]) for parts in map(str.split, lines) if len(parts) > 2]
    resolved = path.resolve()
    above = [(mount_point, kind) for mount_point, kind in mounted if resolved.is_relative_to(mount_point)]
    if not above:
        return False
    kind = max(above, key=lambda mount: len(mount[0]))[1]
    return kind in NETWORK_TYPES or kind.removeprefix("fuse.") in NETWORK_FUSE


def _unescaped(mount_point: str) -> str:
    return mount_point.replace("\\040", " ").replace("\\011", "\t").replace("\\134", "\\")
