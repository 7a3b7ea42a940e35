"""How many small faults put into a room its own tests find: python -m tests.mutate narrative [--tests tests/narrative].

A copy of the project is mutated, one fault at a time, and the room's tests are run for those that reach it. What
survives is listed with its change; docs/testing.md says what was found, and what may survive.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from mutmut.stats import status_by_exit_code

PROJECT = Path(__file__).resolve().parents[1]
BESIDE = ("config", "data", "docs", "benchmarks", "app.py", "README.md", "CHANGELOG.md", "Makefile", ".streamlit")


def settings(room: str, tests: list[str], without: str = "") -> str:
    """What the mutation tester is told: which modules, and which tests find their faults."""
    left_out = ["-k", f"not ({without})"] if without else []
    module = f"scorecard/{room}" if room.endswith(".py") else f"scorecard/{room}/*"
    lines = {
        "source_paths": ["scorecard"],
        "only_mutate": [module],
        "also_copy": list(BESIDE),
        "pytest_add_cli_args": ["-n", "0", "-p", "no:cacheprovider", *left_out],
        "pytest_add_cli_args_test_selection": tests,
    }
    return "\n[tool.mutmut]\n" + "".join(f"{name} = {json.dumps(value)}\n" for name, value in lines.items())


def copy_to(folder: Path) -> None:
    """The project's tracked files, in a folder of their own."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=PROJECT, capture_output=True, check=True).stdout
    for name in filter(None, listed.decode().split("\0")):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(PROJECT / name, folder / name)


def sample_of(folder: Path, how_many: int, seed: int, mutmut: list[str]) -> list[str]:
    """The names of so many faults of a room, drawn at random; always the same ones of the same code and seed."""
    subprocess.run([*mutmut, "run", "none.of.this.name"], cwd=folder, check=False, capture_output=True)
    fault_names = [
        name
        for meta in (folder / "mutants").rglob("*.meta")
        for name in json.loads(meta.read_text())["exit_code_by_key"]
    ]
    return random.Random(seed).sample(sorted(fault_names), min(how_many, len(fault_names)))


def report(folder: Path, mutmut: list[str]) -> str:
    """How many faults were tried and found, and each that was not, with its change."""
    codes = [json.loads(meta.read_text())["exit_code_by_key"] for meta in (folder / "mutants").rglob("*.meta")]
    tried = {name: code for known in codes for name, code in known.items() if code is not None}
    missed = [name for name, code in sorted(tried.items()) if status_by_exit_code[code] in ("survived", "no tests")]
    endless = sum(status_by_exit_code[code] == "timeout" for code in tried.values())
    shown = [[*mutmut, "show", name] for name in missed]
    changes = [
        subprocess.run(command, cwd=folder, check=False, capture_output=True, text=True).stdout for command in shown
    ]
    counted = (
        f"{len(tried) - len(missed)} of {len(tried)} faults were found, {endless} of them as the tests ran too long."
    )
    return "\n".join([counted, *changes])


def main() -> int:
    """Runs the mutation tester on a room. Returns its exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutate", description=__doc__)
    parser.add_argument("room", help="a folder or module under scorecard/, such as narrative or extract/checks")
    parser.add_argument("--tests", nargs="*", help="the tests that are to find the faults (else the room's own)")
    parser.add_argument("--without", default="", help="tests to leave out, as pytest's -k names them")
    parser.add_argument("--children", type=int, default=2, help="how many mutants are tried at once")
    parser.add_argument("--sample", type=int, help="how many faults to try, drawn at random (else all)")
    parser.add_argument("--seed", type=int, default=1, help="another seed draws other faults")
    asked = parser.parse_args()
    tests = asked.tests or [f"tests/{asked.room}"]
    with tempfile.TemporaryDirectory(prefix="mutate-") as name:
        folder = Path(name)
        copy_to(folder)
        with (folder / "pyproject.toml").open("a", encoding="utf-8") as file:
            file.write(settings(asked.room, tests, asked.without))
        mutmut = [sys.executable, "-m", "mutmut"]
        names = sample_of(folder, asked.sample, asked.seed, mutmut) if asked.sample else []
        done = subprocess.run([*mutmut, "run", "--max-children", str(asked.children), *names], cwd=folder, check=False)
        print(report(folder, mutmut))
    return done.returncode


if __name__ == "__main__":
    sys.exit(main())
