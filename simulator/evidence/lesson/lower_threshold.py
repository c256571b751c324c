"""From 0.64 to 0.60: who gains, who pays, and how far two sources of error rates are apart."""

from __future__ import annotations

from simulator.evidence.about.support import OTHER
from simulator.evidence.counted.closed_forms import closed_forms
from simulator.evidence.lesson.lesson import SEED, Lesson, counted, simulated
from simulator.evidence.sweep.recorded_counts import recorded_counts
from simulator.experiment.replications import Cell
from simulator.scenario.inputs import median_inputs
from simulator.scenario.loader import load_scenario
from simulator.scenario.year import load_year

THRESHOLDS = {"at_064": 0.64, "at_060": 0.60}


def lesson() -> Lesson:
    """A year at both thresholds with the same people, by both sources of error rates."""
    numbers: dict[str, float] = {}
    columns = {}
    for preset in ("field", OTHER["field"]):
        year = load_year("croydon-static", [f"recogniser.preset={preset}"])
        size = year.watchlist.size.value
        studies = simulated(year, *(Cell(threshold, size) for threshold in THRESHOLDS.values()))
        for name, study in zip(THRESHOLDS, studies, strict=True):
            for measure, word in (("listed_stopped", "found"), ("wrongful_stops", "wrong")):
                columns[f"{word}_{name}_{preset}"] = study.measures[measure]
                numbers[f"{word}_{name}_{preset}"] = study.average(measure)
            numbers |= {
                f"alerts_{name}_{preset}": study.average("alerts"),
                f"false_{name}_{preset}": study.average("false_alerts"),
                f"missed_{name}_{preset}": study.average("listed_missed"),
                f"wrong_of_1000_{name}_{preset}": 1000 * study.average("false_alerts") / study.average("alerts"),
                f"per_million_{name}_{preset}": 1e6 * study.average("wrongful_stops") / study.average("faces"),
                f"per_1000_{name}_{preset}": 1000 * study.average("wrongful_stops") / study.average("alerts"),
            }
        for word in ("found", "wrong"):
            change = numbers[f"{word}_at_060_{preset}"] - numbers[f"{word}_at_064_{preset}"]
            numbers[f"more_{word}_{preset}"] = change
        numbers[f"times_{preset}"] = numbers[f"wrong_at_060_{preset}"] / numbers[f"wrong_at_064_{preset}"]
        numbers |= {f"listed_{preset}": study.average("listed_people"), "faces": study.average("faces")}
    record = next(item for item in recorded_counts() if item.preset == "field" and item.threshold == 0.60)
    return Lesson(
        name="lower-threshold",
        seed=SEED,
        trials=(counted("years", columns),),
        numbers=numbers | {"recorded": record.false_alerts, "laboratory": record.false_alerts * _times()},
        commands=("lfrsim sweep croydon-static", "lfrsim explore croydon-static"),
    )


def _times() -> float:
    """How many times as many false alerts the laboratory's rate gives at 0.60 as the Met's record, with the same passers-by."""
    rates = {}
    for preset in ("field", OTHER["field"]):
        scenario = load_scenario("croydon-static", [f"recogniser.preset={preset}"])
        form = closed_forms(scenario, median_inputs(scenario, 1), 0.60, scenario.watchlist.size.value)
        rates[preset] = float(form["false_alerts"][0])
    return rates[OTHER["field"]] / rates["field"]


__all__ = ["lesson"]
