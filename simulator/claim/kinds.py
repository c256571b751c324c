"""The kinds of claim: of a count, of a rate, of a change in offences, of one setting against another."""

from __future__ import annotations

import math
from typing import Annotated, Literal

from pydantic import Field, model_validator

from simulator.claim.evidence import Claimed, Name, fractions_in
from simulator.claim.figures import PARTS
from simulator.scenario.part import Part


class CountClaim(Part):
    """So many of an *event*, perhaps *out_of* so many of one or more units, the claim's own first.

    *spread_over* asks what the number is for each of others (pounds per arrest, if the pounds are right).
    """

    event: Name
    claimed: Claimed
    out_of: dict[Name, Claimed] = Field(default={})
    spread_over: tuple[Name, ...] = ()
    also_counted: tuple[Name, ...] = Field(
        default=(), description="figures that the words of the claim could be taken for"
    )

    @model_validator(mode="after")
    def _whole(self) -> CountClaim:
        for place, name, number in (
            ("claimed", self.event, self.claimed),
            *((f"out_of.{unit}", unit, of) for unit, of in self.out_of.items()),
        ):
            stated = (number.value, number.low, number.high, number.at_least, number.at_most)
            for _, rule in (it for end in stated if end is not None for it in fractions_in({name: end})):
                raise ValueError(f"{place}: {rule}")
        return self

    @model_validator(mode="after")
    def _no_more_than_all(self) -> CountClaim:
        for unit, number in self.out_of.items():
            if self.event in PARTS.get(unit, ()) and self.claimed.ends[0] > number.ends[1]:
                raise ValueError(
                    f"claimed must not be more than what it is out of "
                    f"(got {self.claimed.ends[0]:.15g} {self.event} out of {number.ends[1]:.15g} {unit})"
                )
        return self

    @property
    def unit(self) -> str | None:
        """What the claim itself says the count is out of."""
        return next(iter(self.out_of), None)


class Benchmark(Part):
    """A *share* that somebody might expect, to hold an observed share against."""

    share: float = Field(gt=0, lt=1)
    words: str


class RateClaim(Part):
    """So many of an *event* per *per*; *chance*: of the chance behind the counts, not only of the counts."""

    event: Name
    per: Name
    claimed: Claimed
    speaks_of: Literal["record", "chance"] | None = Field(
        default=None, description="none: of the chance where the claim sets a limit, else of the record"
    )
    also_per: tuple[Name, ...] | None = Field(
        default=None, description="other units to show; none: all that errors have"
    )
    also_counted: tuple[Name, ...] = ()
    readings: tuple[Annotated[float, Field(gt=0, lt=1)], ...] = Field(
        default=(), description="limits that the words could mean, each a rate per unit"
    )
    accuracy: bool = Field(
        default=False, description="stated as a share that goes right, which a system that never alerts would reach"
    )
    benchmarks: tuple[Benchmark, ...] = ()

    @model_validator(mode="after")
    def _at_most_all(self) -> RateClaim:
        low, high = self.claimed.ends
        top = high if math.isfinite(high) else low
        if top > 1 and self.event in PARTS.get(self.per, ()):
            raise ValueError(
                f"claimed must be at most 1: there are no more {self.event} than {self.per} (got {top:.15g}); "
                f"for 1 in {top:,.0f} write {1 / top:.3g}"
            )
        if self.accuracy and (
            self.event not in ("false_alerts", "false_stopped", "false_arrests") or self.per != "faces"
        ):
            raise ValueError(
                f"accuracy goes with a rate of errors per faces: of 99.9 % write event: false_alerts, per: faces, claimed: 0.001 "
                f"(got {self.event} per {self.per})"
            )
        return self

    @property
    def speaks(self) -> str:
        """Whether the claim is of the *record* or of the *chance* behind it: a limit is no statement on one day's count."""
        if self.speaks_of is not None:
            return self.speaks_of
        limit = self.claimed.at_most is not None or self.claimed.at_least is not None
        return "chance" if limit else "record"


class Base(Part):
    """Offences of the period that a change may be counted from: the claim's own, where it says, or each it could mean."""

    words: str
    offences: int = Field(gt=0)


class MeasuredDispersion(Part):
    """Variance of counts over their mean, *measured_on* so many degrees of freedom (*df*), with its interval."""

    measured_on: str
    value: float = Field(gt=0)
    low: float | None = Field(default=None, gt=0)
    high: float | None = Field(default=None, gt=0)
    df: float | None = Field(default=None, gt=0)


class Placebo(Part):
    """Changes of *wards* without the cameras, from the window that begins in *first* to the same months a year later.

    *share* of them fell as much as the claim says or more; only wards with *min_base* offences before were let in.
    """

    first: str
    wards: int = Field(ge=2)
    share: float = Field(ge=0, le=1)
    median: float
    sd: float = Field(gt=0)
    min_base: int | None = Field(default=None, ge=1)


class ChangeClaim(Part):
    """Offences *fall* by a share over so many *months* against an earlier period of equal length."""

    fall: float = Field(gt=0, lt=1)
    months: int = Field(ge=1)
    place: str
    bases: tuple[Base, ...] = Field(min_length=1)
    dispersions: tuple[MeasuredDispersion, ...] = Field(min_length=1)
    placebos: tuple[Placebo, ...] = ()
    placebo_wards: int | None = Field(default=None, ge=2, description="distinct wards behind all windows")
    own_changes: dict[str, float] = Field(default={}, description="earlier changes of the same place, as shares")
    picked_from: int | None = Field(default=None, ge=1, description="places that the claim could have named")
    source: str


class ComparisonClaim(Part):
    """Scenario *b* does with a *measure* what the claim says, against scenario *a*."""

    a: str
    b: str
    measure: str
    per: Literal["campaign", "camera_hour", "100k_faces"] = "camera_hour"
    says: Literal["more", "fewer", "no_fewer", "no_more"]


__all__ = [
    "Base", "Benchmark", "ChangeClaim", "ComparisonClaim", "CountClaim", "MeasuredDispersion", "Placebo", "RateClaim",
]  # fmt: skip
