"""What a scenario says of the police: officers, their procedure, its costs and what else they could do."""

from __future__ import annotations

from itertools import pairwise
from typing import Annotated, Literal

from pydantic import Field, model_validator

from simulator.scenario.part import Part
from simulator.scenario.quantity import Count, Rate, Setting, Share, within

# What lies beyond is a slip: more officers than any force has, and more minutes than two months have.
MOST_STAFF, LONGEST_MIN = 100_000, 100_000.0
Staff = Annotated[Count, within(high=MOST_STAFF)]


class Shift(Part):
    """Staff from *after_min* minutes after the cameras go on; what is not named stays as it was."""

    after_min: float = Field(gt=0, le=LONGEST_MIN)
    operators: int | None = Field(default=None, ge=0, le=MOST_STAFF)
    teams: int | None = Field(default=None, ge=0, le=MOST_STAFF)
    checkers: int | None = Field(default=None, ge=0, le=MOST_STAFF)
    vans: int | None = Field(default=None, ge=0, le=MOST_STAFF)


class Officers(Part):
    """Who is there, over all camera ends; a checker unit is two officers. Zero of anything means nobody comes."""

    operators: Staff
    teams: Staff
    checkers: Staff
    vans: Staff
    officers_per_team: int = Field(default=2, ge=1, le=MOST_STAFF)
    officers_per_van: int = Field(
        default=1, ge=0, le=MOST_STAFF, description="besides the checker unit that rides along"
    )
    shifts: tuple[Shift, ...] = ()

    @model_validator(mode="after")
    def _in_order(self) -> Officers:
        times = [shift.after_min for shift in self.shifts]
        if any(later <= earlier for earlier, later in pairwise(times)):
            raise ValueError(f"shifts must be in order of after_min, each later than the one before (got {times})")
        return self


class Duration(Part):
    """A time: median in minutes and the spread of its law (log-normal: standard deviation of the logarithm)."""

    median_min: Annotated[Rate, within(high=LONGEST_MIN)]
    law: Literal["log-normal", "exponential", "fixed"] = "log-normal"
    log_sd: float = Field(default=0.5, ge=0, le=3)


class Look(Part):
    """A human decision on a face, as shares accepted or as signal detection (d', c): give one pair."""

    accept_true: Share | None = None
    accept_false: Share | None = None
    d_prime: Rate | None = None
    criterion: float | None = Field(default=None, ge=-6, le=6, description="negative: inclined to accept")

    @model_validator(mode="after")
    def _one_pair(self) -> Look:
        shares = self.accept_true is not None and self.accept_false is not None
        signal = self.d_prime is not None and self.criterion is not None
        any_share = self.accept_true is not None or self.accept_false is not None
        any_signal = self.d_prime is not None or self.criterion is not None
        if shares == signal or (any_share and any_signal):
            raise ValueError("give either accept_true and accept_false, or d_prime and criterion")
        if self.accept_true and self.accept_false and self.accept_true.value < self.accept_false.value:
            raise ValueError("accept_true must be at least accept_false: a look that prefers wrong people is no look")
        return self


class Review(Look):
    """The operator's adjudication on the screen; its criterion may follow the share of alerts that are true."""

    criterion_follows_ppv: Share = Field(default=Share(value=0.0), description="s of model: 0 fixed, 1 optimal")
    ppv_reference: float = Field(default=0.995, gt=0, lt=1, description="PPV at which the shares were measured")


class SecondLook(Look):
    """An officer's look at the live face before the stop, correlated with the operator's."""

    correlation: Share = Share(value=0.5)


class Disposals(Part):
    """How stops of rightly matched people end; what is left over is released with no action (or complied)."""

    wanted_arrest: Share
    wanted_other: Share = Share(value=0.0)
    conditions_arrest: Share = Share(value=0.0)
    conditions_other: Share = Share(value=0.0)
    stale_arrest: Share = Share(value=0.0)

    @model_validator(mode="after")
    def _at_most_one(self) -> Disposals:
        for kind in ("wanted", "conditions"):
            total = getattr(self, f"{kind}_arrest").value + getattr(self, f"{kind}_other").value
            if total > 1 + 1e-9:
                raise ValueError(f"{kind}_arrest and {kind}_other must sum to at most 1 (got {total:g})")
        return self


class Procedure(Part):
    """What is done about an alert: times, decisions and their errors."""

    reach: Duration = Field(description="how long the person stays near enough to be found")
    review: Duration
    search: Duration
    check: Duration = Field(description="identity check of the person who is the entry")
    check_wrong_person: Duration = Field(description="identity check until a wrong person is let go")
    custody: Duration = Field(description="van and two officers away")
    look: Review
    second_look: SecondLook | None = None
    not_found: Share = Field(default=Share(value=0.0), description="searches that miss a person still in reach")
    bystander: Share = Field(default=Share(value=0.0), description="searches that end on somebody else")
    remembered: Share = Field(default=Share(value=0.0), description="people stopped that day who are recognised")
    check_error: Share = Field(default=Share(value=0.0), description="wrong people taken for the listed person")
    other_offence_arrest: Share = Field(
        default=Share(value=0.0), description="wrong people arrested for something found in the stop"
    )
    disposals: Disposals
    hold_limit_min: Annotated[Setting, within(high=LONGEST_MIN)] = Field(description="no checkers by then: released")
    van_limit_min: Annotated[Setting, within(high=LONGEST_MIN)] = Field(
        description="no van by then: other means of transport"
    )


class Costs(Part):
    """Pounds and officer-hours; what is not given is not printed."""

    officer_hour_gbp: Rate | None = None
    equipment_gbp: Rate | None = Field(default=None, description="charged to this campaign")
    station_hours_per_arrest: Rate | None = Field(default=None, description="officer-hours per arrest off the street")


class OtherUse(Part):
    """Another use of the same officers, stated by the user; none is shipped."""

    name: str
    arrests_per_officer_hour: Rate
    wrongful_stops_per_officer_hour: Rate
    source: str
