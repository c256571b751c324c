"""What each source of error rates has counted: false alerts by threshold, per hour and face, and with which lists.

They stand in ``recorded_counts.yaml`` and ``recorded_lists.yaml``, each with its source and its grade.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from simulator.evidence.kept import adapter
from simulator.evidence.statistics.intervals import garwood

Grade = Literal["found", "found in a secondary copy", "derived"]
PresetName = Literal["field", "npl"]
# What false alerts are divided by on a chart of them against the threshold: the key, its words and how many of it.
PerUnit = Literal["camera_hour", "face"]
TIMES: dict[PerUnit, float] = {"camera_hour": 100.0, "face": 1e6}


@dataclass(frozen=True, kw_only=True)
class RecordedCount:
    """So many *false_alerts* at one *threshold*, of the source that *preset* rests on.

    *camera_hours*, *faces*, *alerts* and *list_size* (the average, weighted by hours) are None for a laboratory's test, which
    had no street. Faces were not counted alike in all of them.
    """

    preset: PresetName
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

    def rate_95(self, per: PerUnit) -> tuple[float, float] | None:
        """Exact 95 % Poisson interval of *rate* (Garwood)."""
        of, (low, high) = self.exposure(per), garwood(self.false_alerts)
        return (low / of, high / of) if of else None


@dataclass(frozen=True, kw_only=True)
class RecordedLists:
    """The *smallest* and the *largest* list with which the source that *preset* rests on has data at one *threshold*."""

    preset: PresetName
    threshold: float
    smallest: float
    largest: float
    source: str
    grade: Grade


@cache
def recorded_counts() -> tuple[RecordedCount, ...]:
    """All counts, as in the file: by source, thresholds rising."""
    made: tuple[RecordedCount, ...] = adapter(tuple[RecordedCount, ...]).validate_python(_read("recorded_counts.yaml"))
    return made


@cache
def recorded_lists() -> tuple[RecordedLists, ...]:
    """All lists, as in the file: by source, thresholds rising."""
    made: tuple[RecordedLists, ...] = adapter(tuple[RecordedLists, ...]).validate_python(_read("recorded_lists.yaml"))
    return made


def _read(name: str) -> object:
    from ruamel.yaml import YAML

    return YAML(typ="safe").load(Path(__file__).with_name(name).read_text("utf-8"))


def recorded_at(preset: str) -> tuple[float, ...]:
    """The thresholds at which the source of *preset* has data."""
    return tuple(count.threshold for count in recorded_counts() if count.preset == preset)


__all__ = [
    "TIMES",
    "Grade",
    "PerUnit",
    "RecordedCount",
    "RecordedLists",
    "recorded_at",
    "recorded_counts",
    "recorded_lists",
]
