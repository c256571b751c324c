"""What a comparison found: the answer of ``lfrsim compare``, kept as ``comparison.json`` (docs/reference/outputs.md)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from simulator.evidence.about.header import Drawn, Header, Unit
from simulator.evidence.about.outside import outside_support
from simulator.evidence.compare.averages import average_difference
from simulator.evidence.compare.comparison import Comparison
from simulator.evidence.compare.differing import Differing, differing, drawn_in_one
from simulator.evidence.counted.depletion import NEEDED, Depletion, depletion_of
from simulator.evidence.counted.measures import BY_NAME, COUNTS
from simulator.evidence.kept import Found
from simulator.evidence.run.rates import PREDICTION_LEVEL, RATED
from simulator.evidence.run.study import CHANCE, IGNORANCE
from simulator.evidence.statistics.differences import (
    LEVEL,
    Difference,
    Pairing,
    RateDifference,
    difference,
    pairing,
    rate_difference,
    ratio,
)
from simulator.evidence.statistics.intervals import Interval, prediction_interval
from simulator.experiment.store import scenario_hash
from simulator.scenario.models import Scenario
from simulator.street.candidates import Envelope

if TYPE_CHECKING:
    import pandas as pd

PER_FACES = 100_000
# What is also compared per camera hour and per 100,000 faces.
COMPARED_RATES = ("alerts", "stops", "listed_stopped", *RATED)
UNITS = ("camera_hour", "100k_faces")
# Faces that differ by a larger share than this make two campaigns unlike.
UNLIKE = 0.01


@dataclass(frozen=True, kw_only=True)
class Side(Header):
    """One of the two scenarios, and the *envelope* that it is drawn for."""

    hash: str
    envelope: Drawn

    @property
    def drawn_wider(self) -> bool:
        """Whether it is drawn for more than its own threshold and list."""
        return (self.envelope.threshold, self.envelope.size) != (self.threshold, self.list_size)


@dataclass(frozen=True, kw_only=True)
class ComparisonOf:
    """How many campaigns of each, from which seed, and whether the same people come past in both."""

    replications: int
    seed: int
    same_passages: bool


@dataclass(frozen=True, kw_only=True)
class Intervals:
    """What each kind of interval is, in words."""

    difference_95: str = (
        f"{LEVEL:.0%} Monte Carlo interval of the average of B - A, paired, one at a time; shrinks with -n"
    )
    ratio_95: str = (
        f"{LEVEL:.0%} Monte Carlo interval of B's average over A's, paired, one at a time; shrinks with -n; "
        "null where not estimable"
    )
    campaign_90: str = (
        f"{PREDICTION_LEVEL:.0%} of single campaigns' B - A; does not shrink with -n; null where too few tell"
    )
    average_95: str = (
        f"{LEVEL:.0%} of the average of B - A over what is not known about the inputs, by closed forms, each times "
        f"simulated over closed form"
    )
    chance: str = "every campaign with the inputs at their values"
    ignorance: str = "every campaign with inputs drawn from their intervals, by the same random numbers in A and B"


@dataclass(frozen=True, kw_only=True)
class Compared(Difference):
    """A measure in one pass: averages of *a* and *b*, difference, ratio, single campaigns, what the pairing was worth.

    *average_95* is where the average of B - A may lie, given what is not known about the inputs.
    """

    a: float
    b: float
    campaign_90: Interval | None
    average_95: Interval | None
    ratio: float | None
    ratio_95: Interval | None
    pairing: Pairing


@dataclass(frozen=True, kw_only=True)
class MeasureCompared:
    """A measure per campaign in both passes."""

    words: str
    unit: str
    chance: Compared
    ignorance: Compared


@dataclass(frozen=True, kw_only=True)
class RateCompared:
    """A measure per unit in both passes; None where there is nothing to divide by."""

    chance: RateDifference | None
    ignorance: RateDifference | None


@dataclass(frozen=True, kw_only=True)
class OfEach:
    """Sentences that belong to A and to B."""

    a: tuple[str, ...]
    b: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class DepletionOfEach:
    """How often the same people come past in A and in B, and what that takes away; None where nobody comes twice."""

    a: Depletion | None
    b: Depletion | None


@dataclass(frozen=True, kw_only=True, repr=False)
class CompareFound(Found):
    """Everything a comparison found; every difference is B - A, and *rates* are by unit and measure."""

    schema: Literal["lfrsim-comparison/1"] = "lfrsim-comparison/1"
    a: Side
    b: Side
    differing: tuple[Differing, ...]
    drawn_in_one: tuple[str, ...]
    run: ComparisonOf
    intervals: Intervals = Intervals()
    measures: Mapping[str, MeasureCompared]
    rates: Mapping[str, Mapping[str, RateCompared]]
    depletion: DepletionOfEach
    caveats: OfEach
    warnings: OfEach

    @property
    def sides(self) -> Mapping[str, Side]:
        """Both scenarios by the letter that they go by."""
        return {"A": self.a, "B": self.b}

    @property
    def unit(self) -> Unit:
        """What is simulated again and again: a year where both sides are one."""
        return "year" if self.a.year and self.b.year else "campaign"

    @property
    def unlike(self) -> tuple[str, ...]:
        """In which of deployments, camera hours and faces A and B are of unlike size: counts are then compared by rates."""
        faces = self.measures["faces"].chance
        differs = {
            "deployments": self.a.deployments != self.b.deployments,
            "camera_hours": self.a.camera_hours != self.b.camera_hours,
            "faces": abs(faces.difference) > UNLIKE * max(faces.a, faces.b),
        }
        return tuple(name for name, unlike in differs.items() if unlike)

    def to_frame(self) -> pd.DataFrame:
        """The rows of ``comparison.csv``: every measure in both passes, per campaign, then the rates."""
        import pandas as pd

        from simulator.evidence.compare.rows import COLUMNS, rows_of

        return pd.DataFrame(list(rows_of(self)), columns=list(COLUMNS))


def summarise_comparison(comparison: Comparison) -> CompareFound:
    """What the *comparison* found."""
    a, b = comparison.pair.a, comparison.pair.b
    passages = comparison.passes[CHANCE]["passages"]
    return CompareFound(
        a=_side(a, comparison.pair.envelopes[0]),
        b=_side(b, comparison.pair.envelopes[1]),
        differing=differing(a, b),
        drawn_in_one=drawn_in_one(a, b),
        run=ComparisonOf(
            replications=comparison.replications,
            seed=comparison.seed,
            same_passages=bool(np.array_equal(passages[0], passages[1])),
        ),
        measures={name: measure_compared(comparison, name) for name in BY_NAME},
        rates={
            unit: {
                name: RateCompared(
                    chance=_rate(comparison, CHANCE, name, unit), ignorance=_rate(comparison, IGNORANCE, name, unit)
                )
                for name in COMPARED_RATES
            }
            for unit in UNITS
        },
        depletion=DepletionOfEach(a=_depletion(comparison, 0), b=_depletion(comparison, 1)),
        caveats=OfEach(a=tuple(a.caveats), b=tuple(b.caveats)),
        warnings=OfEach(a=tuple(outside_support(a)), b=tuple(outside_support(b))),
    )


def measure_compared(comparison: Comparison, name: str) -> MeasureCompared:
    """What the *comparison* found of the measure *name*, in both passes."""
    item = BY_NAME[name]
    return MeasureCompared(
        words=item.words,
        unit=item.unit,
        chance=_compared(comparison, CHANCE, name),
        ignorance=_compared(comparison, IGNORANCE, name),
    )


def _side(scenario: Scenario, envelope: Envelope) -> Side:
    return Side.of(scenario, hash=scenario_hash(scenario), envelope=Drawn.of(envelope))


def _depletion(comparison: Comparison, side: int) -> Depletion | None:
    averages = {name: comparison.passes[CHANCE][name][side].mean() for name in NEEDED}
    return depletion_of(comparison.pair.sides[side][0], averages)


def _compared(comparison: Comparison, inputs: str, measure: str) -> Compared:
    a, b = comparison.passes[inputs][measure]
    counts = measure in COUNTS
    of_b_and_a, quotient = difference(a, b, counts), ratio(a, b, counts)
    value, interval = quotient or (None, None)
    return Compared(
        a=float(a.mean()),
        b=float(b.mean()),
        **vars(of_b_and_a),
        campaign_90=prediction_interval(b - a, PREDICTION_LEVEL),
        average_95=average_difference(comparison, measure) if inputs == IGNORANCE else None,
        ratio=value,
        ratio_95=interval,
        pairing=pairing(a, b),
    )


def _rate(comparison: Comparison, inputs: str, measure: str, unit: str) -> RateDifference | None:
    """One measure per *unit* in one pass; None where there is nothing to divide by."""
    values = comparison.passes[inputs][measure]
    if unit == "camera_hour":
        below = [np.full(values.shape[1], side.campaign.camera_hours) for side, _ in comparison.pair.sides]
    else:
        below = [faces / PER_FACES for faces in comparison.passes[inputs]["faces"]]
    return rate_difference(values[0], values[1], below[0], below[1])


__all__ = ["COMPARED_RATES", "UNITS", "CompareFound", "Compared", "Side", "measure_compared", "summarise_comparison"]
