"""`python -m benchmarks.extract`: the worst hostile files, and a check by ours, pandera and frictionless in one run."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.hostile import HOSTILE
from benchmarks.planted import planted
from benchmarks.timing import line

OTHERS = {"pandera": "pandera[pandas]", "frictionless": "frictionless"}
CHECKERS = Path(__file__).parent / "checkers"
MOST_SECONDS, MOST_MEMORY = 5.0, 1_000.0


def hostile() -> None:
    """Each file to the terminal's `validate`, in a process of its own: processor time and highest memory."""
    print("Hostile files: validate, from start to end of a process of its own")
    aim = f"aims: under {MOST_SECONDS:.0f} s and {MOST_MEMORY:.0f} MB"
    with tempfile.TemporaryDirectory() as folder:
        environment = os.environ | {"SCORECARD_DATABASE_URL": f"sqlite:///{Path(folder) / 'a.db'}"}
        worst = [0.0, 0.0]
        for file in HOSTILE:
            path = Path(folder) / file.name
            # Made in another process: a process's highest memory is counted from its parent's on.
            subprocess.run([sys.executable, "-m", "benchmarks.hostile", file.name, str(path)], check=True)
            seconds, memory, code = measured([sys.executable, "-m", "scorecard", "validate", str(path)], environment)
            path.unlink()
            worst = [max(worst[0], seconds), max(worst[1], memory)]
            line(file.name, f"{seconds:.1f} s {memory:.0f} MB", "" if code in (0, 1) else f"exit code {code}")
        line("the worst of them", f"{worst[0]:.1f} s {worst[1]:.0f} MB", aim)


def measured(command: list[str], environment: dict[str, str]) -> tuple[float, float, int]:
    """A command's processor time in seconds, highest memory in megabytes, and exit code."""
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    megabytes = used.ru_maxrss / (1_000_000 if sys.platform == "darwin" else 1_000)
    return used.ru_utime + used.ru_stime, megabytes, process.returncode


def others_environment(folder: Path) -> Path | None:
    """A throw-away environment with the other checkers; None where it can't be had."""
    python = folder / "venv" / "bin" / "python"
    uv = Path(sys.executable).parent / "uv"
    by_uv = [
        [str(uv), "venv", "--quiet", "--python", sys.executable, str(folder / "venv")],
        [str(uv), "pip", "install", "--quiet", "--python", str(python), *OTHERS.values()],
    ]
    by_pip = [
        [sys.executable, "-m", "venv", str(folder / "venv")],
        [str(python), "-m", "pip", "--quiet", "install", *OTHERS.values()],
    ]
    for commands in [by_uv, by_pip] if uv.exists() else [by_pip]:
        if all(subprocess.run(command, check=False, capture_output=True).returncode == 0 for command in commands):
            return python
    return None


def compared() -> None:
    """The same file of 100,000 rows, with faults planted in it, by each of the three."""
    print("The same 100,000 rows by three checkers: reading and checking, without starting")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        content, faults, measures = planted(100_000)
        (folder / "file.csv").write_bytes(content)
        (folder / "measures.json").write_text(json.dumps(measures), encoding="utf-8")
        python = others_environment(folder)
        if python is None:
            print("  pandera and frictionless could not be installed here: ours alone")
        else:
            print("  (pandera and frictionless in a throw-away environment, not in the lock file)")
        pythons = {"ours": Path(sys.executable)} | ({} if python is None else dict.fromkeys(OTHERS, python))
        times = {}
        for checker, its_python in pythons.items():
            answer = asked(its_python, checker, folder)
            if answer is None:
                line(checker, "failed")
                continue
            times[checker] = float(answer["seconds"])
            kinds_found = sum(bool(set(rows) & set(answer["rows"])) for rows in faults.values())
            shown = (
                f"{sum(len(set(rows) & set(answer['rows'])) for rows in faults.values())} of {_count(faults)} planted"
            )
            line(checker, f"{times[checker]:.2f} s", f"found {shown}; {kinds_found} of {len(faults)} kinds")
            missed = [kind for kind, rows in faults.items() if not set(rows) & set(answer["rows"])]
            if missed:
                print(f"      not found: {', '.join(missed)}")
        for other, aim in (("frictionless", "aim: at least 5"), ("pandera", "aim: at least 1")):
            if other in times and "ours" in times:
                line(f"{other} ÷ ours", f"{times[other] / times['ours']:.1f} ×", aim)


def _count(faults: dict[str, list[int]]) -> int:
    return sum(map(len, faults.values()))


def asked(python: Path, checker: str, folder: Path) -> dict[str, list[int]] | None:
    """A checker's answer in a process of its own: its seconds, the fastest of three, and the rows it names."""
    command = [str(python), str(CHECKERS / f"by_{checker}.py"), str(folder / "file.csv"), str(folder / "measures.json")]
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parents[1])}
    done = subprocess.run(command, check=False, capture_output=True, text=True, env=environment)
    if done.returncode:
        print(done.stderr[-500:])
        return None
    answer: dict[str, list[int]] = json.loads(done.stdout.splitlines()[-1])
    return answer


def main() -> None:
    hostile()
    compared()


if __name__ == "__main__":
    main()
