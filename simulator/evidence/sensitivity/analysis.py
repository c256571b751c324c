"""A question of sensitivity answered: the tornado, the variance and what explains it, and the decision."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from simulator.evidence.about.outside import outside_support
from simulator.evidence.about.unknowns import Unknown, at_medians, unknowns
from simulator.evidence.counted.closed_forms import LABEL, closed_forms, relation
from simulator.evidence.counted.covered import is_left_out
from simulator.evidence.counted.measures import BY_NAME, COUNTS
from simulator.evidence.counted.zero import assumed_zero
from simulator.evidence.numbers import number
from simulator.evidence.sensitivity.decision_found import Choice, decide
from simulator.evidence.sensitivity.found import (
    AnalysedScenario,
    InputShare,
    MeasureExplained,
    SensitivityFound,
    SensitivityOf,
)
from simulator.evidence.sensitivity.indices import AtEnds, Means, Variance, explain_variance, tornado
from simulator.evidence.sensitivity.plan import CAMPAIGNS_EACH, TORNADO_ROWS, Plan, campaigns_for
from simulator.evidence.sensitivity.simulated_means import simulated_means
from simulator.evidence.statistics.averages import average_interval
from simulator.evidence.statistics.differences import bounded
from simulator.evidence.statistics.intervals import Interval
from simulator.experiment.replications import cell_of
from simulator.response.resolve import Engine
from simulator.scenario.inputs import Inputs
from simulator.scenario.models import Scenario
from simulator.scenario.quantity import Array


@dataclass(frozen=True)
class Question:
    """Which inputs of *scenario* does the average of *measure* hang on, and what is worth knowing for a *choice*?"""

    scenario: Scenario
    measure: str
    plan: Plan
    seed: int = 1
    choice: Choice | None = None


def analyse(
    question: Question, engine: Engine | None = None, progress: Callable[[int], None] | None = None
) -> SensitivityFound:
    """Answer *question*; a plan that simulates needs an *engine*, and *progress* is told of every campaign."""
    scenario, plan = question.scenario, question.plan
    found, impossible = unknowns(scenario), assumed_zero(scenario, question.measure)
    at_median, variance = 0.0, None
    bars: Mapping[str, AtEnds] = {}
    if not impossible:
        means = _means(question, engine)
        told = _in_campaigns(progress, scenario) if plan.simulated else None
        at_median, bars = tornado(found, at_medians(scenario, plan.bar_rows), means, plan.simulated, told)
        if found:
            base = at_medians(scenario, plan.rows)
            error = partial(_error, question.measure) if plan.simulated else lambda _: None
            variance = explain_variance(found, base, means, question.seed, plan.simulated, told, error)
    idle = tuple(index.name for index in variance.indices if not index.moves) if variance else ()
    exact = plan.simulated or (variance is not None and variance.mean == 0)
    left_out = () if exact else _left_out(scenario, question.measure, found, idle)
    constant = _constant(question, found, variance, impossible, left_out)
    # simulated campaigns that had none of it tell nothing of any input
    unseen = plan.simulated and variance is not None and variance.none
    return SensitivityFound(
        scenario=AnalysedScenario.of(scenario),
        run=SensitivityOf(
            method=plan.method,
            label="simulated averages" if plan.simulated else LABEL,
            seed=question.seed,
            points=plan.rows,
            campaigns_each=CAMPAIGNS_EACH if plan.simulated else None,
            campaigns_each_bar=CAMPAIGNS_EACH * TORNADO_ROWS if plan.simulated else None,
            campaigns=plan.campaigns,
            why_simulated=plan.why_simulated,
        ),
        measure=_measure(question.measure, at_median, variance),
        constant=constant,
        inputs=() if constant else _inputs(scenario, found, variance, bars),
        without_influence=() if unseen else tuple(name for name in idle if name not in left_out),
        left_out=left_out,
        decision=decide(question.choice, question.seed) if question.choice else None,
        caveats=tuple(scenario.caveats),
        warnings=tuple(outside_support(scenario)),
    )


def _means(question: Question, engine: Engine | None) -> Means:
    scenario, measure = question.scenario, question.measure
    if question.plan.simulated:
        if engine is None:
            raise ValueError("engine must be given where averages are simulated (got None)")
        return simulated_means(scenario, measure, question.seed, CAMPAIGNS_EACH, engine)
    cell = cell_of(scenario)

    def means(points: Inputs, _: int) -> Array:
        return closed_forms(scenario, points, cell.threshold, cell.size)[measure]

    return means


def _error(measure: str, averages: Array) -> Interval | None:
    """Monte Carlo interval of the mean of simulated *averages*, whose campaigns are taken together point by point."""
    low, high = average_interval(averages * CAMPAIGNS_EACH, measure in COUNTS)
    return bounded(Interval(low / CAMPAIGNS_EACH, high / CAMPAIGNS_EACH))


def _in_campaigns(progress: Callable[[int], None] | None, scenario: Scenario) -> Callable[[int], None] | None:
    """Progress in campaigns, from progress in rows."""
    return None if progress is None else lambda rows: progress(campaigns_for(scenario, rows))


def _measure(name: str, at_median: float, variance: Variance | None) -> MeasureExplained:
    named = BY_NAME[name]
    return MeasureExplained(
        name=name,
        words=named.words,
        unit=named.unit,
        at_medians=at_median,
        mean=variance.mean if variance else at_median,
        mean_95=variance.mean_95 if variance else None,
        average_95=variance.range_95 if variance else None,
        standard_deviation=variance.variance**0.5 if variance else 0.0,
        chance_share=variance.chance_share if variance else None,
    )


def _left_out(scenario: Scenario, measure: str, found: Sequence[Unknown], idle: Sequence[str]) -> tuple[str, ...]:
    """Those of *idle* that may move the measure by what its closed form leaves out (from a form of 0 nothing is taken)."""
    if relation(scenario, measure) == "equal":
        return ()
    return tuple(one.name for one in found if one.name in idle and any(is_left_out(key) for key in one.keys))


def _constant(
    question: Question,
    found: Sequence[Unknown],
    variance: Variance | None,
    impossible: str | None,
    left_out: Sequence[str],
) -> str | None:
    """Why there is nothing to explain, as a sentence; None where there is."""
    scenario = question.scenario
    if impossible:
        return (
            f"{impossible} is assumed to be 0 and has no interval, so this measure is 0 whatever the other inputs are: an "
            f'assumption, not a finding. To let it vary: --set "{impossible}={{value: 0.01, low: 0.002, high: 0.05}}"'
        )
    if not found:
        return (
            f"No input of {scenario.name} has an interval, so nothing is uncertain here and nothing can be ranked. Give low and "
            f'high to what you are not sure of, for example --set "street.passages_per_hour={{value: 2000, low: 1000, high: '
            f'4000}}"'
        )
    if variance and question.plan.simulated:
        return _unseen(question, variance)
    if variance and variance.constant and left_out:
        return (
            f"None of the {len(found)} uncertain inputs changes the formula of this measure, but the formula leaves out what "
            f"{', '.join(left_out)} may do. Ask the simulation: --simulate"
        )
    if variance and variance.constant:
        return (
            f"None of the {len(found)} uncertain inputs changes this measure; it is the same at every one of "
            f"{variance.rows:,} points."
        )
    return None


def _unseen(question: Question, variance: Variance) -> str | None:
    """The same of simulated campaigns, which can show nothing, and prove nothing by it."""
    if variance.none:
        points, unit = 2 * variance.rows, AnalysedScenario.of(question.scenario).unit
        most = (
            f"at most {number(variance.mean_95.high)} a {unit} on average (95 %)"
            if variance.mean_95
            else "no bound on it"
        )
        return (
            f"None seen in {points * CAMPAIGNS_EACH:,} simulated {unit}s, {CAMPAIGNS_EACH} at each of {points:,} points: {most}. "
            f"That is no evidence of zero, and says nothing of any input; more --points see more."
        )
    if variance.constant:
        return (
            f"None of the {len(variance.indices)} uncertain inputs was seen to change this measure at any of {variance.rows:,} "
            f"points, with the same random numbers. Simulated campaigns do not prove that none does."
        )
    return None


def _inputs(
    scenario: Scenario, found: Sequence[Unknown], variance: Variance | None, bars: Mapping[str, AtEnds]
) -> tuple[InputShare, ...]:
    """One entry for each unknown that changes the measure: the largest share of the variance first."""
    if variance is None:
        return ()
    of = {unknown.name: unknown for unknown in found}
    return tuple(
        InputShare.of(
            scenario,
            of[index.name],
            first_order=index.first,
            first_order_95=index.first_95,
            total=index.total,
            total_95=index.total_95,
            one_at_a_time=bars.get(index.name),
        )
        for index in sorted(variance.indices, key=lambda index: -index.first)
        if index.moves
    )


__all__ = ["Question", "analyse"]
