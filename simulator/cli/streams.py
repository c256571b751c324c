"""Standard output and standard error as every command can rely on them: open, and quiet once nobody takes them."""

from __future__ import annotations

import io
import os
import sys
from typing import Any, TextIO


class OutputLostError(Exception):
    """An answer that standard output does not take: it says why."""


class Stream(io.FileIO):
    """The standard stream of this *number*. Once it cannot be written, what comes after is dropped.

    A reader that has gone had what it wanted, and a message that is lost is no reason to lose the answer: the command
    goes on to its own end. *answers* that are lost otherwise, on a full disk, are an OutputLostError, raised once.
    """

    def __init__(self, number: int, answers: bool) -> None:
        super().__init__(number, "w", closefd=False)
        self._answers = answers
        self._lost = False

    def write(self, data: Any) -> int:
        """Write *data*, bytes, and return how many were taken."""
        if not self._lost:
            try:
                return super().write(data)
            except OSError as error:
                self._lost = True
                if self._answers and not isinstance(error, BrokenPipeError):
                    raise OutputLostError(error.strerror) from None
        return len(data)


def prepare() -> None:
    """Put such streams in the place of Python's own."""
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            # a file opened later would get the number, and every message with it; the lowest that is free is this one
            os.set_inheritable(os.open(os.devnull, os.O_RDWR), True)
    # whoever has put something else there, a test for example, knows why
    if sys.stdout is sys.__stdout__:
        sys.stdout = _text(Stream(1, answers=True), sys.stdout)
    if sys.stderr is sys.__stderr__:
        sys.stderr = _text(Stream(2, answers=False), sys.stderr)


def _text(stream: Stream, before: Any) -> TextIO:
    """Text to *stream*, coded as *before*; a sign that cannot be shown is no reason to lose the rest."""
    lines = before is not None and (before.line_buffering or before.write_through)
    encoding = "utf-8" if before is None else before.encoding
    return io.TextIOWrapper(io.BufferedWriter(stream), encoding, errors="replace", line_buffering=lines)


__all__ = ["OutputLostError", "Stream", "prepare"]
