"""The lessons, each simulated once for all tests."""

from __future__ import annotations

from functools import cache

from simulator.evidence.lesson.lesson import Lesson
from simulator.evidence.lesson.lessons import lesson_of


@cache
def taught(name: str) -> Lesson:
    """The lesson called *name*."""
    return lesson_of(name)
