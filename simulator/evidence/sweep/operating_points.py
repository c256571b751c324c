"""Operating points of real systems: false alerts on record, and how many listed people were found where that is published.

They stand in ``operating_points.yaml``, each with its source and its grade.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from simulator.evidence.about.recorded_counts import Grade
from simulator.evidence.kept import adapter
from simulator.evidence.statistics.intervals import Interval, garwood


@dataclass(frozen=True, kw_only=True)
class OperatingPoint:
    """One operating point: *false_alerts* among *of* counted faces or passages (at least so many if *at_least*).

    *published_fpir* stands where a rate is printed and not what it is out of; *size* is the average list and *tpir*
    the share of listed people found, of *one_test* with the false alerts or not. *false_said* and *found_said* are the
    two rates as published, *remark* what a reader must know of them.
    """

    name: str
    threshold: float | None = None
    size: float | None = None
    false_alerts: int
    of: int | None = None
    source: str
    grade: Grade
    unit: Literal["faces", "passages"] = "faces"
    at_least: bool = False
    published_fpir: float | None = None
    tpir: float | None = None
    tpir_interval: tuple[float, float] | None = None
    tpir_grade: Grade | None = None
    one_test: bool = True
    false_said: str = ""
    found_said: str = ""
    remark: str

    @property
    def fpir(self) -> float:
        """False alerts per face or passage; 0 where there was none on record."""
        return self.published_fpir if self.published_fpir is not None else self.false_alerts / (self.of or 1)

    @property
    def missed(self) -> float | None:
        """The share of listed people missed, where that is published."""
        return None if self.tpir is None else 1 - self.tpir

    @property
    def interval(self) -> Interval:
        """Exact 95 % Poisson interval of *fpir* (Garwood), from the number of false alerts."""
        low, high = garwood(self.false_alerts)
        scale = self.published_fpir / self.false_alerts if self.published_fpir is not None else 1 / (self.of or 1)
        return Interval(low * scale, high * scale)


@cache
def operating_points() -> tuple[OperatingPoint, ...]:
    """All of them, as in the file."""
    from ruamel.yaml import YAML

    path = Path(__file__).with_name("operating_points.yaml")
    points: tuple[OperatingPoint, ...] = adapter(tuple[OperatingPoint, ...]).validate_python(
        YAML(typ="safe").load(path.read_text("utf-8"))
    )
    return points


__all__ = ["OperatingPoint", "operating_points"]
