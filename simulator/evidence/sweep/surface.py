"""A swept surface: every measure in every cell, with its intervals, from the parts that the jobs computed."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from itertools import product
from typing import TYPE_CHECKING

import numpy as np

from simulator.evidence.counted.closed_forms import CLOSEST_FORM, closed_forms, relation
from simulator.evidence.counted.measures import COUNTS, NAMES, measure
from simulator.evidence.counted.over_inputs import many_inputs
from simulator.evidence.run.rates import MEAN_LEVEL, PREDICTION_LEVEL
from simulator.evidence.statistics.averages import average_of_draws
from simulator.evidence.statistics.control import RatioLaw, central, dependence_by_draw, equal_law, pooled_laws
from simulator.evidence.statistics.draws import averages_by_draw
from simulator.evidence.statistics.intervals import fewest_for_range, prediction_interval
from simulator.evidence.sweep.steps import STEPPED, step_columns
from simulator.experiment.axes import SIZE, THRESHOLD
from simulator.experiment.sweep import Job, Sweep, blocks_of, rows_of
from simulator.scenario.inputs import median_inputs
from simulator.scenario.quantity import Array

if TYPE_CHECKING:
    import pandas as pd

# Measures whose single campaigns are summarised too; the parts hold every measure of every campaign.
SPREAD = (
    "faces",
    "alerts",
    "false_alerts",
    "true_alerts",
    "stops",
    "wrongful_stops",
    "no_action_stops",
    "arrests",
    "wrongful_arrests",
    "people_wrongly_stopped",
    "listed_stopped",
    "listed_missed",
    "recorded_false",
)
NONE = (math.nan, math.nan)
# Ratios of simulated averages to closed forms, by the numbers of point, threshold and list size.
Laws = dict[tuple[int, int, int], RatioLaw | None]


def measured(sweep: Sweep) -> list[str]:
    """Names of the measures of a sweep."""
    return [name for name in NAMES if name != "crowded_out" or sweep.crowding_out]


def compute(job: Job) -> dict[str, Array]:
    """The part of *job*: what tells its rows apart, and every measure."""
    sweep, scenario = job.sweep, job.sweep.points[job.point].scenario
    # a loop would hold one block while the next is drawn
    found = list(map(partial(measure, scenario), blocks_of(job)))
    # piece after piece of the block, each in all cells; a cell's replications follow one another in the part
    number = len(sweep.cells)
    in_order = [part for cell in range(number) for part in found[cell::number]]
    columns = {name: values.astype(float) for name, values in rows_of(job).items()}
    return columns | {name: np.concatenate([part[name] for part in in_order]) for name in measured(sweep)}


def values_of(sweep: Sweep, parts: Iterable[dict[str, Array]], names: list[str]) -> dict[str, Array]:
    """Measures by name, shape (points, cells, replications), of *parts* in the order of their jobs."""
    shape = (len(sweep.points), len(sweep.cells), sweep.replications)
    values = {name: np.empty(shape) for name in names}
    for job, part in zip(sweep.jobs("auto"), parts, strict=True):
        first = job.block * sweep.block
        for name in names:
            values[name][job.point, :, first : first + job.number] = part[name].reshape(shape[1], job.number)
    return values


def surface_of(sweep: Sweep, read: Callable[[list[str]], Iterable[dict[str, Array]]]) -> pd.DataFrame:
    """One row for each cell of each point: its keys, and for each measure the mean and its intervals.

    ``m`` is the mean per campaign, ``m_low`` and ``m_high`` its Monte Carlo interval (95 %), in which campaigns that share a
    draw of the inputs are one observation; for the measures in SPREAD ``m_campaign_low`` and ``m_campaign_high`` hold at least
    90 % of single campaigns (NaN where too few tell), and ``m_closed`` is the closed form where there is one, with the same
    inputs as the mean. For those in STEPPED ``m_step``, ``m_step_low`` and ``m_step_high`` are what a campaign has more of than
    at the next higher threshold, and its interval. With draws of the inputs: ``m_inputs_low`` and ``m_inputs_high`` hold 95 % of
    the averages over what is not known about the inputs (NaN where chance hides that), and ``m_chance`` is the share of the
    variance of single campaigns that is chance. *read* gives the parts with the named columns, one measure at a time, so that
    memory stays small.
    """
    import pandas as pd

    columns: dict[str, Array | list[object]] = {}
    for key in sweep.points[0].setting:
        columns[key] = [point.setting[key] for point in sweep.points for _ in sweep.cells]
    columns[THRESHOLD] = np.tile([cell.threshold for cell in sweep.cells], len(sweep.points))
    columns[SIZE] = np.tile([cell.size for cell in sweep.cells], len(sweep.points))
    closed, laws = _closed(sweep), dict[str, Laws]()
    for name in measured(sweep):
        values = values_of(sweep, read([name]), [name])[name].reshape(-1, sweep.replications)
        # without draws every campaign is one of its own
        columns |= _mean_and_interval(name, values.reshape(len(values), sweep.draws or sweep.replications, -1))
        if name in STEPPED and len(sweep.thresholds) > 1:
            columns |= step_columns(sweep, name, values)
        if name in SPREAD:
            columns |= _single_campaigns(name, values, sweep.draws)
            if sweep.draws is not None:
                by_draw = values.reshape(len(values), sweep.draws, -1)
                columns |= _by_draw(name, by_draw)
                form = CLOSEST_FORM.get(name, name)
                if form in closed:
                    laws[name] = _laws(sweep, name, by_draw, closed[form])
        if name in closed:
            columns[f"{name}_closed"] = closed[name].mean(axis=1)
    columns |= _over_inputs(sweep, laws)
    return pd.DataFrame(columns)


def _mean_and_interval(name: str, values: Array) -> dict[str, Array]:
    """The mean in every cell and its Monte Carlo interval; *values* (cells, draws, campaigns of each)."""
    ends = np.array([average_of_draws(of, name in COUNTS, MEAN_LEVEL) for of in values])
    low, high = np.where(np.isfinite(ends), ends, np.nan).T
    return {name: values.mean(axis=(1, 2)), f"{name}_low": low, f"{name}_high": high}


def _single_campaigns(name: str, values: Array, draws: int | None) -> dict[str, Array]:
    """What holds 90 % of single campaigns in every cell; NaN where too few tell. *values* (cells, campaigns)."""
    low, high = np.array([prediction_interval(row, PREDICTION_LEVEL, draws) or NONE for row in values]).T
    return {f"{name}_campaign_low": low, f"{name}_campaign_high": high}


def _by_draw(name: str, values: Array) -> dict[str, Array]:
    """What 95 % of averages by draw hold, and the share of chance; *values* (cells, draws, campaigns of each).

    Where chance hides what the inputs do, nothing is known of it: an interval without width would say that all is. Nor is there
    a range of few draws: all of them would not hold so much.
    """
    draws = averages_by_draw(values)
    told = draws.clear & (values.shape[1] >= fewest_for_range(MEAN_LEVEL))
    ends = np.array([central(row) if known else NONE for row, known in zip(draws.likely, told, strict=True)])
    low, high = ends.T
    chance = draws.chance * values.shape[2]
    total = chance + draws.ignorance
    share = np.divide(chance, total, out=np.full_like(total, np.nan), where=total > 0)
    return {f"{name}_inputs_low": low, f"{name}_inputs_high": high, f"{name}_chance": share}


def _laws(sweep: Sweep, name: str, values: Array, forms: Array) -> Laws:
    """What the ratio of *values* (cells, draws, campaigns of each) to the closed *forms* (cells, draws) may be, by place.

    A cell with few events borrows from lower thresholds of its point and list size.
    """
    shape = len(sweep.points), len(sweep.thresholds), len(sweep.sizes)
    events, expected, over = (each.reshape(*shape, -1) for each in (values.sum(axis=2), forms * values.shape[2], forms))
    by_draw = values.reshape(*shape, *values.shape[1:])
    found, rising, form = Laws(), np.argsort(sweep.thresholds), CLOSEST_FORM.get(name, name)
    for point, size in np.ndindex(shape[0], shape[2]):
        kind = relation(sweep.points[point].scenario, form)
        counted, forms_of = events[point, rising, size], expected[point, rising, size]
        laws: list[RatioLaw | None]
        if kind == "equal" and form == name:
            laws = [equal_law(*row) for row in zip(counted, forms_of, strict=True)]
        else:
            depends = [
                dependence_by_draw(by_draw[point, at, size], over[point, at, size], np.ones(values.shape[1:]))
                for at in rising
            ]
            laws = pooled_laws(counted, forms_of, 1.0 if kind else math.inf, depends)
        found |= {(point, int(at), size): law for at, law in zip(rising, laws, strict=True)}
    return found


def _over_inputs(sweep: Sweep, laws: Mapping[str, Laws]) -> dict[str, Array]:
    """What 95 % of averages hold: closed forms at many inputs, times their ratios; NaN where there is none.

    At the few draws that are simulated the ends of the range would hang on which these are.
    """
    shape = len(sweep.points), len(sweep.thresholds), len(sweep.sizes)
    ends = {name: np.full((*shape, 2), np.nan) for name in laws}
    for point, its in enumerate(sweep.points if laws else ()):
        inputs = many_inputs(its.scenario)
        for (at, threshold), (size, listed) in product(enumerate(sweep.thresholds), enumerate(sweep.sizes)):
            forms = closed_forms(its.scenario, inputs, threshold, listed)
            for name, by_place in laws.items():
                law = by_place[point, at, size]
                if law is not None:
                    ends[name][point, at, size] = central(law.times(forms[CLOSEST_FORM.get(name, name)]))
    columns = {name: of.reshape(-1, 2).T for name, of in ends.items()}
    return {f"{name}_inputs_{side}": of[i] for name, of in columns.items() for i, side in enumerate(("low", "high"))}


def _closed(sweep: Sweep) -> dict[str, Array]:
    """Closed forms by measure at the median inputs, or at each of the draws: arrays (points x cells, draws or 1)."""
    rows = [
        closed_forms(point.scenario, inputs, cell.threshold, cell.size)
        for point in sweep.points
        for inputs in [median_inputs(point.scenario, 1) if sweep.draws is None else sweep.design(point)]
        for cell in sweep.cells
    ]
    return {name: np.stack([row[name] for row in rows]) for name in rows[0] if all(name in row for row in rows)}
