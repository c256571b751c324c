"""How far a long answer is, told to whoever shows it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from typing import TypeAlias

# Shows how far a number of things is: entering it gives what to tell of every few more, or None where nobody looks.
Bars: TypeAlias = Callable[[int, str], AbstractContextManager[Callable[[int], None] | None]]


def no_bars(_total: int, _what: str) -> AbstractContextManager[None]:
    """Nobody looks."""
    return nullcontext()


__all__ = ["Bars", "no_bars"]
