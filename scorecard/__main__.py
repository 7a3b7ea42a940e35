"""python -m scorecard."""

import sys

if sys.version_info < (3, 11):  # noqa: UP036 - said in words, before what an older Python can't even read
    version = ".".join(str(number) for number in sys.version_info[:3])
    sys.stderr.write(
        f"The scorecard needs Python 3.11 or newer, and this is Python {version}. Nothing was changed. "
        "Install a newer Python, or name one: make PYTHON=python3.12 run\n"
    )
    sys.exit(2)

if __name__ == "__main__":
    try:
        if sys.argv[1:2] in (["validate"], ["load"]):
            from scorecard.extract.files.reader_pool import READERS

            READERS.warm()  # it gets ready while we do
        from scorecard.cli.commands import main

        sys.exit(main())
    except KeyboardInterrupt:  # while it was still being read in
        sys.stderr.write("Stopped. Nothing was changed.\n")
        sys.exit(4)
