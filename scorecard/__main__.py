"""python -m scorecard."""

import sys

from scorecard.cli import main

if __name__ == "__main__":
    sys.exit(main())
