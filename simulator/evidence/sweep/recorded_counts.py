"""False alerts on record by threshold: where each source of error rates has data, and how often that was per hour and face.

They stand in ``recorded_counts.yaml``, each with its source and its grade.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from simulator.evidence.about.support import LARGEST_LIST, SMALLEST_LIST
from simulator.evidence.kept import adapter
from simulator.evidence.run.rates import Range
from simulator.evidence.statistics.intervals import garwood
from simulator.evidence.sweep.operating_points import Grade

# What false alerts are divided by on a chart of them against the threshold: the key, its words and how many of it.
PerUnit = Literal["camera_hour", "face"]
TIMES: dict[PerUnit, float] = {"camera_hour": 100.0, "face": 1e6}


@dataclass(frozen=True, kw_only=True)
class RecordedCount:
    """So many *false_alerts* at one *threshold*, of the source that *preset* rests on.

    *camera_hours*, *faces*, *alerts* and *list_size* (the average, weighted by hours) are None for a laboratory's test, which
    had no street. Faces were not counted alike in all of them.
    """

    preset: Literal["field", "npl"]
    name: str
    threshold: float
    false_alerts: int
    deployments: int | None = None
    camera_hours: float | None = None
    faces: int | None = None
    alerts: int | None = None
    list_size: float | None = None
    source: str
    grade: Grade

    def exposure(self, per: PerUnit) -> float | None:
        """Camera hours or faces, in the numbers of them that a rate is per; None where there are none."""
        of = self.camera_hours if per == "camera_hour" else self.faces
        return None if of is None else of / TIMES[per]

    def rate(self, per: PerUnit) -> float | None:
        """False alerts per 100 camera hours or per million faces."""
        of = self.exposure(per)
        return self.false_alerts / of if of else None

    def rate_95(self, per: PerUnit) -> Range | None:
        """Exact 95 % Poisson interval of *rate* (Garwood)."""
        of, (low, high) = self.exposure(per), garwood(self.false_alerts)
        return (low / of, high / of) if of else None


@cache
def recorded_counts() -> tuple[RecordedCount, ...]:
    """All of them, as in the file: by source, thresholds rising."""
    from ruamel.yaml import YAML

    path = Path(__file__).with_name("recorded_counts.yaml")
    counts: tuple[RecordedCount, ...] = adapter(tuple[RecordedCount, ...]).validate_python(
        YAML(typ="safe").load(path.read_text("utf-8"))
    )
    return counts


# Lists for which the level of a source is known: those of the deployments on record; the one that a test is quoted for.
_LISTS = {"field": (float(SMALLEST_LIST), float(LARGEST_LIST)), "npl": (10_000.0, 10_000.0)}


def recorded_lists(preset: str | None) -> Range | None:
    """From which to which list the source of *preset* has data; None where the rates are no preset's."""
    return _LISTS.get(preset or "")


def recorded_at(preset: str) -> tuple[float, ...]:
    """The thresholds at which the source of *preset* has data."""
    return tuple(count.threshold for count in recorded_counts() if count.preset == preset)


__all__ = ["TIMES", "PerUnit", "RecordedCount", "recorded_at", "recorded_counts", "recorded_lists"]
