"""Jobs for workers, in a module that processes of a cluster can import too."""

from __future__ import annotations

import os
import signal
import threading
import time
from typing import Any

import numpy as np


def square(job: int) -> tuple[int, int]:
    """The square of *job*, and the process that made it."""
    return job * job, os.getpid()


def slow_square(job: int) -> tuple[int, int]:
    """The same, so slowly that the others can do something in the meantime."""
    time.sleep(0.1)
    return square(job)


def refuse(job: int) -> int:
    """Refuse job 5."""
    if job == 5:
        raise LookupError(f"job {job} is refused")
    return job


def die(job: int) -> int:
    """Die of job 5, as a process does that the system ends."""
    if job == 5:
        os.kill(os.getpid(), signal.SIGKILL)
    return job


def die_while_sending(job: int) -> bytes:
    """A result that takes longer to send than the process has left to live."""
    threading.Timer(0.02, os.kill, (os.getpid(), signal.SIGKILL)).start()
    return bytes(100_000_000)


def unsendable(job: int) -> Any:
    """A result that no pipe takes."""
    return lambda: job


def columns(job: int) -> dict[str, np.ndarray[Any, np.dtype[np.float64]]]:
    """What a block of a sweep might give: whole numbers, times and gaps, always the same for a job."""
    rng = np.random.default_rng(job)
    times = rng.gamma(2.0, 100.0, 300)
    times[::7] = np.nan
    return {"cell": np.arange(300.0), "alerts": rng.poisson(3.0, 300).astype(float), "minutes": times}


def slow_columns(job: int) -> dict[str, np.ndarray[Any, np.dtype[np.float64]]]:
    """The same, slowly."""
    time.sleep(0.02)
    return columns(job)
