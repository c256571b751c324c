"""From 0.64 to 0.60: what is gained, at which price, and how far two sources of error rates are apart."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from simulator.evidence.about.recorded_counts import RecordedCount, recorded_counts
from simulator.evidence.about.support import OTHER
from simulator.evidence.counted.closed_forms import closed_forms
from simulator.evidence.counted.over_inputs import many_inputs
from simulator.evidence.lesson.lesson import SEED, Lesson, Simulated, Trials, counted, simulated
from simulator.experiment.replications import Cell
from simulator.scenario.inputs import median_inputs
from simulator.scenario.loader import load_scenario
from simulator.scenario.models import Scenario
from simulator.scenario.year import load_year

THRESHOLDS = {"at_064": 0.64, "at_060": 0.60}
# Each source of error rates, and what its trials are called.
SOURCES = {"field": "years", OTHER["field"]: "laboratory"}
COLUMNS = {"found": "listed_stopped", "wrong": "wrongful_stops"}


def lesson() -> Lesson:
    """A year at both thresholds with the same people, by both sources of error rates, and what is recorded at both."""
    numbers: dict[str, float] = {}
    trials = []
    for preset in SOURCES:
        year = load_year("croydon-static", [f"recogniser.preset={preset}"])
        cells = [Cell(threshold, year.watchlist.size.value) for threshold in THRESHOLDS.values()]
        found = dict(zip(THRESHOLDS, simulated(year, *cells), strict=True))
        trials.append(_trials(preset, found))
        numbers |= _numbers(preset, found) | _range(preset, year, cells[-1], found["at_060"])
    return Lesson(
        name="lower-threshold",
        seed=SEED,
        trials=tuple(trials),
        numbers=numbers | _recorded(),
        commands=("lfrsim sweep croydon-static", "lfrsim explore croydon-static"),
    )


def _trials(preset: str, found: Mapping[str, Simulated]) -> Trials:
    columns = {f"{word}_{at}_{preset}": it.measures[of] for word, of in COLUMNS.items() for at, it in found.items()}
    return counted(SOURCES[preset], columns)


def _numbers(preset: str, found: Mapping[str, Simulated]) -> dict[str, float]:
    numbers: dict[str, float] = {}
    for at, it in found.items():
        alerts, faces, false = (it.average(of) for of in ("alerts", "faces", "false_alerts"))
        values = {
            **{word: it.average(of) for word, of in COLUMNS.items()},
            "alerts": alerts,
            "false": false,
            "wrong_of_1000": 1000 * false / alerts,
            "per_million": 1e6 * it.average("wrongful_stops") / faces,
            "per_1000": 1000 * it.average("wrongful_stops") / alerts,
        }
        numbers |= {f"{name}_{at}_{preset}": value for name, value in values.items()} | {"faces": faces}
    for word in COLUMNS:
        high, low = (numbers[f"{word}_{at}_{preset}"] for at in THRESHOLDS)
        numbers |= {f"more_{word}_{preset}": low - high, f"times_{word}_{preset}": low / high}
    return numbers


def _range(preset: str, year: Scenario, cell: Cell, found: Simulated) -> dict[str, float]:
    """Where the average of wrongful stops at *cell* may lie (95 %) as inputs vary: of closed forms, with what officers reach."""
    over, best = (
        closed_forms(year, inputs, cell.threshold, cell.size)["wrongful_stops"]
        for inputs in (many_inputs(year), median_inputs(year, 1))
    )
    low, high = np.quantile(over, (0.025, 0.975)) * found.average("wrongful_stops") / best[0]
    return {f"low_{preset}": float(low), f"high_{preset}": float(high)}


def _recorded() -> dict[str, float]:
    """What is recorded at both thresholds: counts, how many times as many at the lower one, and by the laboratory's rate."""
    high, low = (
        next(it for it in recorded_counts() if it.preset == "field" and it.threshold == t) for t in (0.64, 0.60)
    )

    def per_name(count: RecordedCount) -> float:
        """False alerts per camera hour and listed name."""
        return count.false_alerts / ((count.camera_hours or 0.0) * (count.list_size or 0.0))

    per_face = low.rate("face"), high.rate("face")
    assert per_face[0] is not None
    assert per_face[1] is not None
    return {
        "recorded": low.false_alerts,
        "recorded_faces": low.faces or 0,
        "recorded_064": high.false_alerts,
        "recorded_faces_064": high.faces or 0,
        "record_per_face": per_face[0] / per_face[1],
        "record_per_hour": per_name(low) / per_name(high),
        "laboratory_times": _times(),
    }


def _times() -> float:
    """How many times as many false alerts the laboratory's rate gives at 0.60 as the Met's, with the same passers-by."""
    rates = []
    for preset in SOURCES:
        scenario = load_scenario("croydon-static", [f"recogniser.preset={preset}"])
        form = closed_forms(scenario, median_inputs(scenario, 1), 0.60, scenario.watchlist.size.value)
        rates.append(float(form["false_alerts"][0]))
    return rates[1] / rates[0]


__all__ = ["lesson"]
