"""What people who come again do to a year of two deployments a week: closed forms of the scenario that ``lfrsim new`` writes."""

from __future__ import annotations

from collections.abc import Iterator

from simulator.evidence.counted.closed_forms import forms_by_kind
from simulator.evidence.counted.depletion import expected_depletion
from simulator.evidence.counted.listed_people import listed_stopped
from simulator.experiment.replications import cell_of
from simulator.scenario.inputs import median_inputs
from simulator.scenario.loader import load_scenario
from simulator.scenario.template import template_path

VISITS = (0.5, 1.5, 7.0, 13.0)
SPREADS = {"all alike": "null", "k = 1": "1", "k = 0.5": "0.5"}


def regulars_table() -> str:
    """One row for each number of visits: listed people stopped and alerts lost to arrests, by how unlike people are."""
    heads = (
        "visits of a person",
        *(f"listed people stopped, {name}" for name in SPREADS),
        *(f"alerts that do not happen, {name}" for name in SPREADS),
    )
    return "".join(f"| {' | '.join(row)} |\n" for row in (heads, tuple("---" for _ in heads), *_rows()))


def _rows() -> Iterator[tuple[str, ...]]:
    for visits in VISITS:
        both = [_of(visits, k) for k in SPREADS.values()]
        yield f"{visits:g}", *(f"{people:.0f}" for people, _ in both), *(f"{100 * lost:.0f} %" for _, lost in both)


def _of(visits: float, k: str) -> tuple[float, float]:
    """Listed people stopped, and the share of alerts that does not happen."""
    sets = [f"street.visits_per_person={visits}", f"street.visit_dispersion_k={k}"]
    scenario = load_scenario(template_path(), sets)
    inputs, cell = median_inputs(scenario, 1), cell_of(scenario)
    forms = forms_by_kind(scenario, inputs, cell.threshold, cell.size)
    lost = expected_depletion(scenario, cell.threshold, cell.size)
    if lost is None or lost.voided is None:
        raise ValueError("the scenario must have a pool, and closed forms (got none)")
    return float(listed_stopped(scenario, inputs, forms)[0]), lost.voided[1]


__all__ = ["regulars_table"]
