"""All lessons, in the order in which they are taught."""

from __future__ import annotations

from simulator.evidence.lesson import longer_list, lower_threshold, one_team, thousand_alerts, virtually_zero
from simulator.evidence.lesson.lesson import Lesson

LESSONS = {
    "thousand-alerts": thousand_alerts.lesson,
    "lower-threshold": lower_threshold.lesson,
    "longer-list": longer_list.lesson,
    "one-team": one_team.lesson,
    "virtually-zero": virtually_zero.lesson,
}


def lesson_of(name: str) -> Lesson:
    """The lesson called *name*, its numbers simulated now; KeyError for a name that is none of LESSONS."""
    return LESSONS[name]()


__all__ = ["LESSONS", "lesson_of"]
