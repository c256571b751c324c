"""What sensitivity prints of the street, by formula and by simulation, and what fit prints of invented records."""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from scipy import special

from simulator.evidence.about.unknowns import Unknown, at_medians, draws, page, uniforms, unknowns
from simulator.evidence.counted.closed_forms import added, closed_forms, forms_by_kind
from simulator.evidence.counted.listed_people import listed_stopped
from simulator.evidence.fit.fitted_inputs import fitted_inputs
from simulator.evidence.fit.found import summarise_fit
from simulator.evidence.fit.question import question_of as fit_question
from simulator.evidence.fit.share_recorded import ShareRecorded
from simulator.evidence.fit.whole_fit import fit_record
from simulator.evidence.sensitivity.analysis import Question, analyse
from simulator.evidence.sensitivity.asked import question_of
from simulator.evidence.sensitivity.decision import weigh_scenarios
from simulator.evidence.sensitivity.decision_found import Choice, decided
from simulator.evidence.sensitivity.indices import tornado
from simulator.evidence.sensitivity.plan import CAMPAIGNS_EACH
from simulator.evidence.sensitivity.simulated_means import simulated_means
from simulator.experiment.replications import cell_of
from simulator.record import Records, read_records
from simulator.response.engines import engine_named
from simulator.scenario import Scenario
from simulator.scenario.quantity import Array
from verify.printed import printed
from verify.score import Row, Scored
from verify.summaries import Place, generator
from verify.worlds import BANK_SEED, STREET, kept, scenario_of

MEASURE, DECIDE = "wrongful_stops", "recogniser.threshold=0.58,0.60,0.62"
# A rate at which knowing more often changes the choice, and others at which it does so at few of the points or at none.
EXCHANGES = (0.3, 0.003, 0.6, 1.0)
# Points of each sample: the command takes more unless told otherwise, which is slower and no other formula.
POINTS, SIMULATED_POINTS = 1024, 64
# For the truth: points and repeats of a formula, points and rows behind a bar of a simulation, of what is worth knowing.
MOST, REPEATS = 65_536, 4
SIMULATED_MOST, BAR_ROWS = 4096, 2000
LEARNED, OTHERS, PERFECT = 256, 8192, 1 << 18
# How far the grid of values of one input reaches, in standard normal deviates.
DEVIATES = 4.0
DEPLOYMENTS, MANY_DEPLOYMENTS = 200, 20_000


@cache
def _question(points: int, simulate: bool, decide: bool = False) -> Question:
    options, rate = (DECIDE, EXCHANGES[0]) if decide else (None, None)
    return question_of(STREET, MEASURE, decide=options, exchange=rate, points=points, simulate=simulate)


def _answer(question: Question, seed: int) -> Any:
    engine = engine_named("auto") if question.plan.simulated else None
    return analyse(replace(question, seed=seed), engine)


def _estimates(found: Any) -> dict[Place, float]:
    return {item.path: item.estimate for item in printed(found) if item.estimate is not None}


@cache
def sensitivity_truths(folder: Path, simulate: bool) -> Mapping[Place, float]:
    """Indices of very many points, and by formula what it is worth to know an input; kept in *folder*."""

    def make() -> dict[Place, float]:
        if simulate:
            found = _estimates(_answer(_question(SIMULATED_MOST, simulate=True), BANK_SEED))
            return found | _bars()
        each = [_estimates(_answer(_question(MOST, simulate=False), BANK_SEED + i)) for i in range(REPEATS)]
        choice = _question(POINTS, simulate=False, decide=True).choice
        assert choice is not None
        return {path: float(np.mean([one[path] for one in each])) for path in each[0]} | _worth(choice)

    return kept(folder / f"sensitivity-{'simulated' if simulate else 'formula'}.bank", make)


def _bars() -> dict[Place, float]:
    """How far simulated averages move between the ends of each input, of many campaigns."""
    scenario = scenario_of("street")
    means = simulated_means(scenario, MEASURE, BANK_SEED, CAMPAIGNS_EACH, engine_named("auto"))
    _, bars = tornado(unknowns(scenario), at_medians(scenario, BAR_ROWS), means, simulated=True)
    fields = ("inputs", "one_at_a_time", "error_95")
    return {(fields, (name,)): bar.at_high - bar.at_low for name, bar in bars.items()}


def _worth(choice: Choice) -> dict[Place, float]:
    """EVPI and EVPPI by brute force: averages over a fine grid of the one input and many points of all others."""
    found = unknowns(choice.scenarios[0])
    points, many = (draws(found, uniforms(len(found), rows, BANK_SEED)) for rows in (OTHERS, PERFECT))
    # the highest and the lowest values of an input are what rare gains come of: a fine grid at both ends
    grid = special.ndtr(np.linspace(-DEVIATES, DEVIATES, LEARNED + 1))
    counts: dict[tuple[str, ...], tuple[Array, Array]]
    counts = {(): (np.stack([_counts(one, many) for one in choice.scenarios]), np.full(PERFECT, 1 / PERFECT))}
    for i, unknown in enumerate(found):
        given = np.stack([_given(one, points, i, unknown, (grid[1:] + grid[:-1]) / 2) for one in choice.scenarios])
        counts[(unknown.name,)] = given, np.diff(grid) / (grid[-1] - grid[0])
    return {
        (("evppi", "evppi_95") if name else ("evpi_95",), (*name, f"{rate:g}")): _gain(*of, rate)
        for name, of in counts.items()
        for rate in EXCHANGES
    }


def _gain(counts: Array, weights: Array, rate: float) -> float:
    """What is gained by choosing at each of the points of *counts* (options, 2, points) by themselves."""
    net = counts[:, 0] - rate * counts[:, 1]
    return float((net.max(axis=0) - net[(net @ weights).argmax()]) @ weights)


def _given(scenario: Scenario, points: list[Mapping[str, Array]], i: int, unknown: Unknown, at: Array) -> Array:
    """Expected counts at each value of *unknown*, number *i*, that the shares *at* give, over *points* of all others."""
    values = unknown.draw(at)
    means = np.empty((2, len(at)))
    for number in range(len(at)):
        here = {key: np.full(OTHERS, column[number]) for key, column in values.items()}
        means[:, number] = _counts(scenario, [*points[:i], here, *points[i + 1 :]]).mean(axis=1)
    return means


def _counts(scenario: Scenario, points: list[Mapping[str, Array]]) -> Array:
    """Listed people stopped and wrongful stops at each of *points*: (2, points)."""
    cell, rows = cell_of(scenario), len(next(iter(points[0].values())))
    inputs = page(at_medians(scenario, rows), *points)
    forms = forms_by_kind(scenario, inputs, cell.threshold, cell.size)
    return np.stack([listed_stopped(scenario, inputs, forms), added(forms)["wrongful_stops"]])


def sensitivity_scores(folder: Path, seed: int, simulate: bool) -> Iterator[Scored]:
    """Sobol' indices and the range of the average; by formula what knowing is worth, by simulation the bars' errors."""
    truths = sensitivity_truths(folder, simulate)
    question = _question(SIMULATED_POINTS if simulate else POINTS, simulate=simulate)
    command = f"sensitivity{' --simulate' * simulate}"
    for item in printed(_answer(question, seed)):
        truth = _drawn_average(seed) if item.over_inputs and not simulate else truths.get(item.path)
        if truth is not None and not item.stated:
            row = Row(command, ".".join(item.fields), "", "street", " ".join(item.keys) or MEASURE, item.level)
            yield Scored(row, item.interval, truth)
    if not simulate:
        yield from _decision_scores(command, truths, seed)


def _decision_scores(command: str, truths: Mapping[Place, float], seed: int) -> Iterator[Scored]:
    """What knowing more is worth, at every one of EXCHANGES from one weighing."""
    choice = _question(POINTS, simulate=False, decide=True).choice
    assert choice is not None
    weighed = weigh_scenarios(choice.scenarios, unknowns(choice.scenarios[0]), seed)
    for rate in EXCHANGES:
        for item in printed(decided(replace(choice, exchange=rate), weighed)):
            fields, keys = item.path
            truth = truths.get((fields, (*keys, f"{rate:g}")))
            if truth is not None and not item.stated:
                row = Row(
                    command, f"decision.{'.'.join(fields)}", "", "street", " ".join((*keys, f"at {rate:g}")), 0.95
                )
                yield Scored(row, item.interval, truth)


def _drawn_average(seed: int) -> float:
    """The average at one fresh draw of all inputs, by its closed form."""
    scenario = scenario_of("street")
    found, cell = unknowns(scenario), cell_of(scenario)
    fresh = draws(found, generator(seed).random((len(found), 1)))
    forms = closed_forms(scenario, page(at_medians(scenario, 1), *fresh), cell.threshold, cell.size)
    return float(forms[MEASURE][0])


def record(deployments: int, rng: np.random.Generator) -> Records:
    """An invented record, half of it at each of two thresholds: uneven days, false alerts that fall by exp(-50 T)."""
    rows = ["date,place,hours,watchlist_size,threshold,faces,alerts,true_alerts,unconfirmed,false_alerts,false_stopped,"
            "arrests,other_disposal,no_action"]  # fmt: skip
    for i in range(deployments):
        threshold, hours = (0.60, 0.64)[2 * i // deployments], round(float(rng.uniform(4, 7)), 2)
        faces = rng.poisson(2500 * hours * rng.gamma(5, 1 / 5))
        true = rng.poisson(2 * hours * rng.gamma(6, 1 / 6))
        false = rng.poisson(0.03 * hours * np.exp(-50 * (threshold - 0.64)))
        ends = rng.multinomial(true, [0.45, 0.15, 0.4])
        counts = (faces, true + false, true, 0, false, rng.binomial(false, 0.6), *ends)
        day = dt.date(2024, 1, 1) + dt.timedelta(days=i)
        rows.append(",".join(map(str, (day, "Croydon", hours, 15_000, threshold, *counts))))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "record.csv"
        path.write_text("\n".join(rows) + "\n", "utf-8")
        return read_records(path, "record.csv")


def _fitted(records: Records) -> Any:
    """What a fit of the record alone finds, as of a force that records every alert: how many it does not is simulated."""
    fit = fit_record(records, scenario_of("croydon"), fit_question(prior="fresh"))
    return summarise_fit(fit, fitted_inputs(fit, ShareRecorded()))


@cache
def fit_truths(folder: Path) -> Mapping[Place, float]:
    """What a very long record says."""
    return kept(folder / "fit.bank", lambda: _estimates(_fitted(record(MANY_DEPLOYMENTS, generator(BANK_SEED)))))


def fit_scores(folder: Path, seed: int) -> Iterator[Scored]:
    """Every interval that a fit of one record prints."""
    truths = fit_truths(folder)
    for item in printed(_fitted(record(DEPLOYMENTS, generator(seed)))):
        truth = truths.get(item.path)
        if truth is not None and item.name != "before_95":
            row = Row("fit", ".".join(item.fields), "", "a record", " ".join(item.keys) or item.fields[-2], item.level)
            yield Scored(row, item.interval, truth)


__all__ = ["fit_scores", "fit_truths", "record", "sensitivity_scores", "sensitivity_truths"]
