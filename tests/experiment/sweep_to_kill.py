"""A sweep that is killed: at every step by which it changes its folder, and at any time; run as a script.

``points FOLDER`` and ``times FOLDER`` print as JSON how many sweeps were killed and resumed, and which of them did not end
with the same bytes as an undisturbed one. ``sweep FOLDER WORKERS`` is one sweep that tells of each part. ``hold FOLDER``
keeps the folder until its input ends.
"""

from __future__ import annotations

import json
import os
import random
import signal
import stat
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from experiment.jobs import columns, slow_columns
from simulator.experiment.parts import PartFolder
from simulator.experiment.workers import run_jobs

PARTS = 6
MANIFEST: dict[str, Any] = {
    "schema": "lfrsim-sweep/1",
    "version": "0.1.0",
    "scenario": {"name": "somewhere", "hash": "0123456789abcdef"},
    "seed": 1,
    "axes": {"threshold": [0.6, 0.64], "size": [10000, 20000]},
    "parts": PARTS,
}
STEPS = ("mkdir", "open", "fsync", "replace", "unlink")


def sweep(folder: Path, workers: int = 1, work: Callable[[int], Any] = columns) -> None:
    with PartFolder(folder, MANIFEST, resume=True) as parts:
        missing = parts.missing()
        # whenever it was killed, what is there is whole
        assert not parts.corrupt
        run_jobs(work, missing, parts.write, workers)


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def in_child(action: Callable[[], None]) -> int:
    """Run *action* in a child; returns its process id."""
    child = os.fork()
    if child == 0:
        code = 1
        try:
            action()
            code = 0
        finally:
            os._exit(code)
    return child


def ended(child: int) -> int:
    """How a child ended: its exit code, or minus the signal."""
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


class Killer:
    """Kills this process at one of the steps that change files: after it, or before it with the file half written."""

    def __init__(self, number: int, when: str) -> None:
        self.number, self.when, self.steps = number, when, 0
        for name in STEPS:
            setattr(os, name, self.step(name, getattr(os, name)))

    def step(self, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        def stepped(*args: Any, **options: Any) -> Any:
            self.steps += 1
            if self.steps != self.number:
                return function(*args, **options)
            if self.when == "after":
                function(*args, **options)
            elif name == "fsync" and stat.S_ISREG(os.fstat(args[0]).st_mode):
                os.ftruncate(args[0], os.fstat(args[0]).st_size // 2)
            os.kill(os.getpid(), signal.SIGKILL)
            return None

        return stepped


def steps_of(folder: Path) -> int:
    """How many steps an undisturbed sweep into *folder* takes."""

    def counted() -> None:
        killer = Killer(0, "never")
        sweep(folder)
        (folder.parent / "steps").write_text(str(killer.steps))

    assert ended(in_child(counted)) == 0
    return int((folder.parent / "steps").read_text())


def killed_at(folder: Path, number: int, when: str) -> None:
    Killer(number, when)
    sweep(folder)


def points(base: Path) -> dict[str, Any]:
    steps = steps_of(base / "undisturbed")
    wanted = contents(base / "undisturbed")
    killed, different, survived = 0, [], []
    for number in range(1, steps + 1):
        for when in ("before", "after"):
            folder = base / f"{number}-{when}"
            if ended(in_child(lambda: killed_at(folder, number, when))) != -signal.SIGKILL:  # noqa: B023
                survived.append(folder.name)
            killed += 1
            if ended(in_child(lambda: sweep(folder))) != 0 or contents(folder) != wanted:  # noqa: B023
                different.append(folder.name)
    return {"killed": killed, "survived": survived, "different": different, "files": sorted(wanted)}


def times(base: Path) -> dict[str, Any]:
    began = time.monotonic()
    assert ended(in_child(lambda: sweep(base / "undisturbed", work=slow_columns))) == 0
    seconds = time.monotonic() - began
    wanted = contents(base / "undisturbed")
    rng = random.Random(1)
    killed, different = 0, []
    for number in range(12):
        folder, workers = base / str(number), 1 + number % 2
        for _ in range(3):
            child = in_child(lambda: sweep(folder, workers, slow_columns))  # noqa: B023
            time.sleep(rng.uniform(0.0, 0.7 * seconds))
            os.kill(child, signal.SIGKILL)
            killed += ended(child) == -signal.SIGKILL
        if ended(in_child(lambda: sweep(folder, workers))) != 0 or contents(folder) != wanted:  # noqa: B023
            different.append(folder.name)
    return {"killed": killed, "different": different}


def tell(folder: Path, workers: int) -> None:
    with PartFolder(folder, {**MANIFEST, "parts": 1000}, resume=True) as parts:

        def finished(index: int, result: dict[str, Any]) -> None:
            parts.write(index, result)
            print(index, flush=True)

        run_jobs(slow_columns, parts.missing(), finished, workers)


if __name__ == "__main__":
    command, base = sys.argv[1], Path(sys.argv[2])
    if command == "sweep":
        try:
            tell(base, int(sys.argv[3]))
        except KeyboardInterrupt:
            sys.exit(130)
    elif command == "hold":
        with PartFolder(base, MANIFEST, resume=True):
            print("held", flush=True)
            sys.stdin.read()
    else:
        import pandas  # noqa: F401 - once here, not again in every child
        import pyarrow.parquet  # noqa: F401

        print(json.dumps({"points": points, "times": times}[command](base)))
