"""What ``lfrsim sensitivity`` says, as plain data: the terminal, the figure and ``sensitivity.json`` are made of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from simulator.evidence.about.support import outside_support
from simulator.evidence.about.unknowns import Unknown, at_medians, unknowns
from simulator.evidence.counted.closed_forms import LABEL, closed_forms
from simulator.evidence.counted.measures import MEASURES
from simulator.evidence.run.found import ASSUMED_ZERO
from simulator.evidence.sensitivity.decision_found import Choice, about, decide
from simulator.evidence.sensitivity.indices import Bar, Index, Means, Variance, explain_variance, tornado
from simulator.evidence.sensitivity.simulated_means import points_in_a_block, simulated_means
from simulator.experiment.replications import cell_of
from simulator.experiment.store import scenario_hash
from simulator.response.resolve import Engine
from simulator.scenario.inputs import Inputs, quantities
from simulator.scenario.models import Scenario
from simulator.scenario.quantity import Array

SCHEMA = "lfrsim-sensitivity/1"
FORMULA, SIMULATION = "closed form", "simulation"
# Rows of the two samples; campaigns at each simulated point; rows of as many campaigns behind a simulated bar.
POINTS = {FORMULA: 16_384, SIMULATION: 256}
CAMPAIGNS_EACH, TORNADO_ROWS = 5, 40
Progress = Callable[[int], None]


@dataclass(frozen=True)
class Plan:
    """How a measure's averages are found, at how many rows, and how many campaigns that takes in all (0: a formula)."""

    method: str
    rows: int
    bar_rows: int
    campaigns: int

    @property
    def simulated(self) -> bool:
        """Whether there is chance in the averages."""
        return self.method == SIMULATION


def plan_for(scenario: Scenario, measure: str, points: int | None = None, simulate: bool = False) -> Plan:
    """The closed form where *measure* has one, unless *simulate* asks for simulated averages."""
    has_form = measure in closed_forms(scenario, at_medians(scenario, 1), *_cell(scenario))
    found = unknowns(scenario)
    if has_form and not simulate:
        return Plan(FORMULA, points or POINTS[FORMULA], 1, 0)
    rows = points or POINTS[SIMULATION]
    if never(scenario, measure) or not found:
        return Plan(SIMULATION, rows, TORNADO_ROWS, 0 if found else _campaigns(scenario, TORNADO_ROWS))
    # two samples, the first once more, one page for each unknown; a base and two ends for each that is not joint
    pages = len(found) + 3
    bars = 1 + 2 * sum(not unknown.rows for unknown in found)
    campaigns = pages * _campaigns(scenario, rows) + bars * _campaigns(scenario, TORNADO_ROWS)
    return Plan(SIMULATION, rows, TORNADO_ROWS, campaigns)


def _campaigns(scenario: Scenario, rows: int) -> int:
    """Campaigns simulated for a page of *rows* points, in whole blocks."""
    per_block = points_in_a_block(scenario, CAMPAIGNS_EACH)
    return -(-rows // per_block) * per_block * CAMPAIGNS_EACH


def analyse(
    scenario: Scenario,
    measure: str,
    plan: Plan,
    seed: int,
    choice: Choice | None = None,
    engine: Engine | None = None,
    progress: Progress | None = None,
) -> dict[str, Any]:
    """Everything ``lfrsim sensitivity`` finds for *measure*, in the documented form of ``sensitivity.json``.

    A *plan* that simulates needs an *engine*; *progress* is told of every campaign.
    """
    found = unknowns(scenario)
    impossible = never(scenario, measure)
    at_median, variance = 0.0, None
    bars: tuple[Bar, ...] = ()
    if not impossible:
        means = _means(scenario, measure, plan, seed, engine)
        told = _in_campaigns(progress, scenario) if plan.simulated else None
        at_median, bars = tornado(found, at_medians(scenario, plan.bar_rows), means, plan.simulated, told)
        if found:
            variance = explain_variance(found, at_medians(scenario, plan.rows), means, seed, plan.simulated, told)
    named = next(item for item in MEASURES if item.name == measure)
    cell = cell_of(scenario)
    return {
        "schema": SCHEMA,
        "scenario": {
            "name": scenario.name,
            "title": scenario.title,
            "what_if": scenario.what_if,
            "hash": scenario_hash(scenario),
            "threshold": cell.threshold,
            "list_size": cell.size,
            "deployments": len(scenario.campaign.days),
            "camera_hours": scenario.campaign.camera_hours,
        },
        "run": {
            "method": plan.method,
            "label": "simulated averages" if plan.simulated else LABEL,
            "seed": seed,
            "points": plan.rows,
            "campaigns_each": CAMPAIGNS_EACH if plan.simulated else None,
            "campaigns_each_bar": CAMPAIGNS_EACH * TORNADO_ROWS if plan.simulated else None,
            "campaigns": plan.campaigns,
        },
        "measure": {
            "name": measure,
            "words": named.words,
            "unit": named.unit,
            "at_medians": at_median,
            "mean": variance.mean if variance else at_median,
            "average_95": list(variance.range_95) if variance else None,
            "standard_deviation": variance.variance**0.5 if variance else 0.0,
            "chance_share": variance.chance_share if variance else None,
        },
        "constant": _constant(scenario, measure, found, variance, impossible),
        "inputs": _inputs(scenario, found, variance, bars),
        "without_influence": [index.name for index in variance.indices if not index.moves] if variance else [],
        "decision": decide(choice, seed) if choice else None,
        "caveats": list(scenario.caveats),
        "warnings": outside_support(scenario),
    }


def _cell(scenario: Scenario) -> tuple[float, float]:
    cell = cell_of(scenario)
    return cell.threshold, cell.size


def _means(scenario: Scenario, measure: str, plan: Plan, seed: int, engine: Engine | None) -> Means:
    if plan.simulated:
        if engine is None:
            raise ValueError("engine must be given where averages are simulated (got None)")
        return simulated_means(scenario, measure, seed, CAMPAIGNS_EACH, engine)
    threshold, size = _cell(scenario)

    def means(points: Inputs, _: int) -> Array:
        return closed_forms(scenario, points, threshold, size)[measure]

    return means


def _in_campaigns(progress: Progress | None, scenario: Scenario) -> Progress | None:
    """Progress in campaigns, from progress in rows."""
    if progress is None:
        return None
    told = progress
    return lambda rows: told(_campaigns(scenario, rows))


def never(scenario: Scenario, measure: str) -> str | None:
    """The key of the input that is exactly 0, without an interval, and makes *measure* 0; None where there is none."""
    key = ASSUMED_ZERO.get(measure)
    if key is None or key in (scenario.joint_draws.columns if scenario.joint_draws else {}):
        return None
    item = dict(quantities(scenario))[key]
    return key if item.value == 0 and not item.uncertain else None


def _constant(
    scenario: Scenario, measure: str, found: Sequence[Unknown], variance: Variance | None, impossible: str | None
) -> str | None:
    """Why there is nothing to explain, as a sentence; None where there is."""
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
    if variance and variance.constant:
        return (
            f"None of the {len(found)} uncertain inputs changes this measure; it is the same at every one of "
            f"{variance.rows:,} points."
        )
    return None


def _inputs(
    scenario: Scenario, found: Sequence[Unknown], variance: Variance | None, bars: Sequence[Bar]
) -> list[dict[str, Any]]:
    """One entry for each unknown that changes the measure: the largest share of the variance first."""
    if variance is None:
        return []
    by_name = {bar.name: bar for bar in bars}
    moving = sorted((index for index in variance.indices if index.moves), key=lambda index: -index.first)
    of = {unknown.name: unknown for unknown in found}
    return [_entry(scenario, of[index.name], index, by_name.get(index.name)) for index in moving]


def _entry(scenario: Scenario, unknown: Unknown, index: Index, bar: Bar | None) -> dict[str, Any]:
    ends = None
    if bar:
        ends = {
            "low_input": bar.low_input,
            "high_input": bar.high_input,
            "at_low": bar.at_low,
            "at_high": bar.at_high,
            "error_95": bar.error or None,
        }
    return {
        **about(scenario, unknown),
        "first_order": index.first,
        "first_order_95": list(index.first_95),
        "total": index.total,
        "total_95": list(index.total_95),
        "one_at_a_time": ends,
    }
