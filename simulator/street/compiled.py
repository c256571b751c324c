"""Loops that numba compiles where it is installed, and that run as they are where it is not."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

F = TypeVar("F", bound=Callable[..., Any])


def compiled_loop(function: F) -> F:
    """Compile *function* when it is first called, so that nobody waits for numba who does not need it.

    It may only read and write arrays, and calls nothing but Python's own functions. The machine code is kept on disk.
    """
    machine: list[Callable[..., Any]] = []

    @wraps(function)
    def call(*arguments: Any) -> Any:
        if not machine:
            try:
                from numba import njit

                options: dict[str, Any] = {"cache": True, "error_model": "numpy"}
                machine.append(njit(**options)(function))
            except ImportError:
                machine.append(function)
        return machine[0](*arguments)

    return cast(F, call)
