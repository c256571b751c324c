"""What a fit is asked for: what false alerts are counted against, which days and which place, and what was likely before."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Annotated

from pydantic import Field

from simulator.evidence.about.question import QuestionError
from simulator.evidence.fit.exposures import EXPOSURES, WHY
from simulator.evidence.fit.level_slope import FLATTEST, STEEPEST
from simulator.scenario.csv_cells import CellError
from simulator.scenario.csv_dates import read_date
from simulator.scenario.errors import shown
from simulator.scenario.explain import near_hint

SLOPE_PRIORS, PRIORS = ("flat", "scenario"), ("scenario", "fresh")
WORDS = {"counting": "way of counting faces"}


@dataclass(frozen=True, kw_only=True)
class Question:
    """What the user asked for: the *exposure*, the days and the *place* to look at, and where the slope's prior is from.

    *unit* is that of the exposure in words. *error_rates_only* leaves the scenario's street, listed people and disposals
    as they are. *prior* says whether the fitted file starts from the evidence behind the scenario or takes the record alone;
    *force*, *vendor* and *counting* of faces say whose record it is and so what that evidence is worth, unless *prior_weight*
    says it.
    """

    exposure: str
    unit: str
    takes_for_granted: str
    why_the_default: str = WHY
    from_: Annotated[dt.date | None, Field(alias="from")]
    until: dt.date | None
    place: str | None
    slope_prior: str
    error_rates_only: bool
    prior: str
    prior_weight: float | None
    force: str | None
    vendor: str | None
    counting: str | None

    def prior_words(self, learnt: bool) -> str:
        """Where the slope's prior comes from, in words; the record says something of it only where it is *learnt*."""
        if self.slope_prior == "flat" and learnt:
            return f"any slope from {FLATTEST:g} to {STEEPEST:g} alike"
        return "the scenario's own interval"


def question_of(
    exposure: str = "hours",
    first: str | dt.date | None = None,
    last: str | dt.date | None = None,
    place: str | None = None,
    slope_prior: str = "flat",
    error_rates_only: bool = False,
    prior: str = "scenario",
    prior_weight: float | None = None,
    force: str | None = None,
    vendor: str | None = None,
    counting: str | None = None,
) -> Question:
    """The question from what a user writes; raises QuestionError for what cannot be understood."""
    _one_of("exposure", exposure, tuple(EXPOSURES))
    _one_of("slope_prior", slope_prior, SLOPE_PRIORS)
    _one_of("prior", prior, PRIORS)
    if prior_weight is not None and not 0 <= prior_weight <= 1:
        raise QuestionError(
            "prior_weight", f"must be from 0 (the record alone) to 1 (all of it) (got {prior_weight:g})"
        )
    for field, name in (("place", place), ("force", force), ("vendor", vendor), ("counting", counting)):
        if name is not None and not name.strip():
            raise QuestionError(field, f"must name a {WORDS.get(field, field)} (got nothing)")
    start, end = _day("first", first), _day("last", last)
    if start and end and start > end:
        raise QuestionError("first", f"must not be after --until (got {start} and {end})")
    return Question(
        exposure=exposure,
        unit=EXPOSURES[exposure].unit,
        takes_for_granted=EXPOSURES[exposure].assumes,
        from_=start,
        until=end,
        place=place.strip() if place else None,
        slope_prior=slope_prior,
        error_rates_only=error_rates_only,
        prior=prior,
        prior_weight=prior_weight,
        force=force,
        vendor=vendor,
        counting=counting,
    )


def _one_of(field: str, value: str, known: tuple[str, ...]) -> None:
    if value not in known:
        hint = near_hint(value, known)
        raise QuestionError(field, f"must be one of {', '.join(known)} (got {shown(value)}){hint}")


def _day(field: str, day: str | dt.date | None) -> dt.date | None:
    if not isinstance(day, str):
        return day
    try:
        return read_date(day)
    except CellError as error:
        raise QuestionError(field, str(error)) from None


__all__ = ["Question", "QuestionError", "question_of"]
