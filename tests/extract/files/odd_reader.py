"""A reader of files that does what each file tells it to: stop, wait, or answer with what is no answer."""

from __future__ import annotations

import os
import pickle
import signal
import sys
import time

from scorecard.extract.files.contents import Contents, Sheet
from scorecard.extract.files.exchange import NO_MEMORY, receive, send, send_contents
from scorecard.extract.files.reader import BEGUN
from scorecard.extract.text.records import Records


def main() -> None:
    source, out = sys.stdin.buffer, sys.stdout.buffer
    while True:
        asked = receive(source).decode()
        if asked == "gone":
            os._exit(3)
        send(out, BEGUN)
        if asked == "killed":
            os.kill(os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM))
        elif asked == "crashed":
            os.abort()
        elif asked == "memory":
            send(out, NO_MEMORY)
        elif asked == "slow":
            time.sleep(60)
        elif asked == "pickle":
            send(out, b"", pickle.dumps(os.system))
        elif asked == "half":
            out.write((100).to_bytes(8, "big") + b"{")
            out.flush()
            return
        elif asked == "no Arrow":
            send(out, b"", b'{"kind": "csv", "separator": ",", "sheets": [{"name": null, "without_year": []}]}', b"abc")
        elif asked == "beyond":
            send(out, b"0.5", b"nan")
        elif asked == "huge":
            send(out, b"")
            out.write((1 << 60).to_bytes(8, "big"))
            out.flush()
        else:
            send(out, b"")
            send_contents(out, Contents("csv", (Sheet(None, Records.of_rows([[asked, str(os.getpid())]])),)))


if __name__ == "__main__":
    main()
