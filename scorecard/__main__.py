"""python -m scorecard."""

import sys

if sys.version_info < (3, 11):  # noqa: UP036 - said in words, before what an older Python can't even read
    version = ".".join(str(number) for number in sys.version_info[:3])
    sys.stderr.write(
        f"The scorecard needs Python 3.11 or newer, and this is Python {version}. Nothing was changed. "
        "Install a newer Python, or name one: make PYTHON=python3.12 run\n"
    )
    sys.exit(2)

from scorecard.cli.commands import main

if __name__ == "__main__":
    sys.exit(main())
