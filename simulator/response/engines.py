"""Which engine resolves: the compiled one where numba is to be had, SimPy otherwise; both give the same."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any, Literal

import numpy as np

from simulator.response.resolve import Engine

EngineName = Literal["auto", "kernel", "process"]
ENGINES: tuple[EngineName, ...] = ("auto", "kernel", "process")


class EngineError(Exception):
    """An engine that cannot run on this machine."""


def engine_named(name: EngineName, say: Callable[[str], None] = lambda _: None) -> Engine:
    """The engine of that *name*, ready to run; *say* is told of what takes time or is not as expected.

    "auto" is the kernel, or the SimPy processes where numba cannot be imported. Raises EngineError for a kernel that
    cannot run.
    """
    if name not in ENGINES:
        raise ValueError(f"engine must be one of {', '.join(ENGINES)} (got {name})")
    if name != "process":
        try:
            return _kernel(say)
        except ImportError as error:
            if name == "kernel":
                raise EngineError(
                    f"--engine kernel: needs numba, which cannot be imported ({error}); install it, or use --engine process"
                ) from None
            say(f"numba cannot be imported ({error}): resolving with SimPy, which gives the same but takes far longer")
    from simulator.response.process import by_processes

    return by_processes


def _kernel(say: Callable[[str], None]) -> Engine:
    from simulator.response.kernel import by_kernel, is_on_disk, note_on_disk

    there = is_on_disk()
    if not there:
        say("compiling the engine, once on this machine (half a minute at most) ...")
    _warm_up()
    if not there:
        note_on_disk()
    return by_kernel


@cache
def _warm_up() -> None:
    """Compile now, or load from the disk, so that worker processes inherit the machine code."""
    from simulator.response.columns import Plan, kinds
    from simulator.response.kernel import by_kernel
    from simulator.response.resolve import Roster

    none = np.zeros(0)
    staff = np.zeros((1, 1, 4), dtype=np.int64)
    one, zero = np.ones(1), np.zeros(1, dtype=np.int64)
    nobody: dict[str, Any] = dict.fromkeys(kinds(Plan), none)
    by_kernel(
        Roster(zero, none, zero, staff, one, one, staff[0], zero, none), np.zeros(2, dtype=np.int64), Plan(**nobody)
    )
