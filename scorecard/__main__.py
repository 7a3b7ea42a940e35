"""python -m scorecard."""

import sys

from scorecard.cli.commands import main

if __name__ == "__main__":
    sys.exit(main())
