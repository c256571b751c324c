"""What a run found: the answer of ``lfrsim run``, kept as ``summary.json`` (docs/reference/outputs.md)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field

from simulator.evidence.about.header import CellHeader, Drawn
from simulator.evidence.about.inputs import StatedInput, held_fixed, stated_inputs
from simulator.evidence.about.outside import outside_support
from simulator.evidence.about.support import extrapolated
from simulator.evidence.counted.closed_forms import LABEL
from simulator.evidence.counted.depletion import NEEDED, Depletion, depletion_of
from simulator.evidence.counted.measures import BY_NAME
from simulator.evidence.counted.zero import assumed_zero
from simulator.evidence.kept import LEFT_OUT, Found, frame
from simulator.evidence.run.alternatives import AlternativeFound, alternatives_found
from simulator.evidence.run.averages import average_range
from simulator.evidence.run.beside import CountedElsewhere, OtherPreset, counted_elsewhere, other_preset
from simulator.evidence.run.by_place import PlaceCounts, by_place
from simulator.evidence.run.factor import Factor
from simulator.evidence.run.others import GroupCounts, OtherUse, PerArrest, by_group, other_use, per_arrest
from simulator.evidence.run.rates import (
    DENOMINATORS,
    MEAN_LEVEL,
    PREDICTION_LEVEL,
    RATED,
    Range,
    Rate,
    mean_range,
    rate,
)
from simulator.evidence.run.record_beside import OutsideCheck, RecordBeside, outside_checks, record_of
from simulator.evidence.run.staff import StaffChange
from simulator.evidence.run.study import CHANCE, ENDS, IGNORANCE, Study
from simulator.evidence.statistics.intervals import prediction_interval
from simulator.street.mask import TRUTHS

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, kw_only=True)
class RunOf:
    """How many campaigns, from which seed, drawn for which envelope."""

    replications: int
    seed: int
    envelope: Drawn


@dataclass(frozen=True, kw_only=True)
class Intervals:
    """What each kind of interval is, in words."""

    of_the_mean: str = f"{MEAN_LEVEL:.0%} Monte Carlo interval of the average over all campaigns; shrinks with -n"
    of_a_campaign: str = f"{PREDICTION_LEVEL:.0%} of single campaigns; does not shrink with -n; null where too few tell"
    chance: str = "every campaign with the same inputs"
    ignorance: str = "every campaign with inputs drawn from their intervals: chance and ignorance together"
    closed_form: str = LABEL


@dataclass(frozen=True, kw_only=True)
class DrawnMeasure:
    """A measure with inputs drawn for every campaign: *mean* is what to expect, not knowing the inputs.

    *average_95* is where the average may lie, given what is not known, *average_95_basis* what that rests on.
    """

    mean: float
    mean_95: Range | None
    campaign_90: Range | None
    average_95: Range | None
    average_95_basis: str | None
    closed_form: float | None


@dataclass(frozen=True, kw_only=True)
class MeasureFound:
    """A measure per campaign at the median inputs, and with drawn ones; *assumed_zero* is the input that makes it 0."""

    words: str
    unit: str
    mean: float
    mean_95: Range | None
    campaign_90: Range | None
    closed_form: float | None
    with_ignorance: DrawnMeasure
    assumed_zero: str | None


@dataclass(frozen=True, kw_only=True, repr=False)
class RunFound(Found):
    """Everything a run found: measures and rates with both kinds of uncertainty, and the record beside them.

    *rates* are by measure and denominator, *alerts_by_truth_and_outcome* are averages per campaign. *alternatives* are doubts
    that no interval holds, the largest first. *staff* is what one more or fewer of a kind changes, where that was asked for.
    """

    schema: Literal["lfrsim-summary/1"] = "lfrsim-summary/1"
    scenario: CellHeader
    run: RunOf
    intervals: Intervals = Intervals()
    measures: Mapping[str, MeasureFound]
    campaigns_with_a_wrongful_stop: float
    campaigns_with_a_wrongful_stop_drawn: float
    rates: Mapping[str, Mapping[str, Rate]]
    alerts_by_truth_and_outcome: Mapping[str, Mapping[str, float]]
    per_arrest: Mapping[str, PerArrest]
    record: RecordBeside | None
    recorded_elsewhere: CountedElsewhere | None
    other_preset: OtherPreset | None
    extrapolated: bool
    outside_checks: tuple[OutsideCheck, ...]
    depletion: Depletion | None
    groups: tuple[GroupCounts, ...] | None
    places: Annotated[tuple[PlaceCounts, ...] | None, Field(**LEFT_OUT)] = None
    other_use: OtherUse | None
    alternatives: tuple[AlternativeFound, ...] = ()
    staff: Annotated[tuple[StaffChange, ...] | None, Field(**LEFT_OUT)] = None
    inputs: tuple[StatedInput, ...]
    held_fixed: tuple[str, ...]
    caveats: tuple[str, ...]
    warnings: tuple[str, ...]

    @property
    def varied(self) -> bool:
        """Whether any input is drawn from an interval; if none is, there is nothing to say but what chance does."""
        return any(item.interval_95 for item in self.inputs)

    def to_frame(self) -> pd.DataFrame:
        """One row for each measure, with its intervals in columns."""
        return frame(self.measures.values()).assign(measure=list(self.measures)).set_index("measure")


def summarise(study: Study, factors: Iterable[Factor] = (), staff: tuple[StaffChange, ...] | None = None) -> RunFound:
    """What the *study* found, and the *factors* of its scenario's alternatives and changes of *staff* where asked for."""
    scenario = study.scenario
    return RunFound(
        scenario=CellHeader.of(scenario, study.cell),
        run=RunOf(replications=study.replications, seed=study.seed, envelope=Drawn.of(study.envelope)),
        measures={name: measure_found(study, name) for name in BY_NAME},
        campaigns_with_a_wrongful_stop=float((study.passes[CHANCE]["wrongful_stops"] > 0).mean()),
        campaigns_with_a_wrongful_stop_drawn=float((study.passes[IGNORANCE]["wrongful_stops"] > 0).mean()),
        rates={name: {unit: rate(study, name, unit) for unit in DENOMINATORS} for name in RATED},
        alerts_by_truth_and_outcome=_ends(study),
        per_arrest=per_arrest(study),
        record=record_of(study),
        recorded_elsewhere=counted_elsewhere(study),
        other_preset=other_preset(study),
        extrapolated=extrapolated(study.scenario_at_cell),
        outside_checks=outside_checks(study),
        depletion=depletion_of(scenario, {name: study.passes[CHANCE][name].mean() for name in NEEDED}),
        groups=by_group(study),
        places=by_place(study),
        other_use=other_use(study),
        staff=staff,
        alternatives=alternatives_found(scenario, factors),
        inputs=stated_inputs(scenario),
        held_fixed=held_fixed(scenario),
        caveats=tuple(scenario.caveats),
        warnings=tuple(outside_support(study.scenario_at_cell)),
    )


def measure_found(study: Study, name: str) -> MeasureFound:
    """What the *study* found of the measure *name*."""
    measure = BY_NAME[name]
    likely = average_range(study, name)
    chance, ignorance = study.passes[CHANCE][name], study.passes[IGNORANCE][name]
    zero = None if chance.any() or ignorance.any() else assumed_zero(study.scenario, name)
    return MeasureFound(
        words=measure.words,
        unit=measure.unit,
        mean=float(chance.mean()),
        mean_95=None if zero else mean_range(chance, name),
        campaign_90=prediction_interval(chance, PREDICTION_LEVEL),
        closed_form=study.expected.get(name),
        with_ignorance=DrawnMeasure(
            mean=float(ignorance.mean()),
            mean_95=None if zero else mean_range(ignorance, name),
            campaign_90=prediction_interval(ignorance, PREDICTION_LEVEL),
            average_95=likely and likely.ends,
            average_95_basis=likely and likely.basis,
            closed_form=float(study.expected_drawn[name].mean()) if name in study.expected_drawn else None,
        ),
        assumed_zero=zero,
    )


def _ends(study: Study) -> dict[str, dict[str, float]]:
    """Mean alerts per campaign by truth and outcome, chance pass."""
    means = study.truth_by_outcome[CHANCE] / study.replications
    return {truth: {word: float(means[i, j]) for j, word in enumerate(ENDS)} for i, truth in enumerate(TRUTHS)}


__all__ = ["RunFound", "measure_found", "summarise"]
