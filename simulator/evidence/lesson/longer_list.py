"""A list twice as long: what doubles, and on which condition."""

from __future__ import annotations

from simulator.evidence.lesson.lesson import SEED, Lesson, counted, simulated
from simulator.experiment.replications import Cell
from simulator.scenario.loader import load_scenario

THRESHOLD = 0.60
SIZES = {"short": 8_000.0, "long": 16_000.0}


def lesson() -> Lesson:
    """The same people with a list and with one twice as long; where nobody of the added comes, right alerts stay as they were."""
    scenario = load_scenario("croydon-static", [f"recogniser.threshold={THRESHOLD}"])
    both = simulated(scenario, *(Cell(THRESHOLD, size) for size in SIZES.values()))
    studies = dict(zip(SIZES, both, strict=True))
    numbers = {
        f"{word}_{name}": study.average(measure)
        for name, study in studies.items()
        for measure, word in (("alerts", "alerts"), ("false_alerts", "wrong"), ("true_alerts", "right"))
    }
    numbers |= {f"wrong_of_1000_{name}": 1000 * numbers[f"wrong_{name}"] / numbers[f"alerts_{name}"] for name in SIZES}
    alone = numbers["right_short"] + numbers["wrong_long"]
    faces = studies["long"].average("faces")
    return Lesson(
        name="longer-list",
        seed=SEED,
        trials=(
            counted(
                "lists",
                {f"wrong_{name}": study.measures["false_alerts"] for name, study in studies.items()}
                | {f"right_{name}": study.measures["true_alerts"] for name, study in studies.items()},
            ),
        ),
        numbers=numbers
        | {
            "faces": faces,
            "alerts_alone": alone,
            "wrong_of_1000_alone": 1000 * numbers["wrong_long"] / alone,
            "times_wrong": numbers["wrong_long"] / numbers["wrong_short"],
            "per_million_short": 1e6 * numbers["wrong_short"] / faces,
            "per_million_long": 1e6 * numbers["wrong_long"] / faces,
        },
        commands=(
            f"lfrsim sweep croydon-static --set recogniser.threshold={THRESHOLD:g}",
            "lfrsim explore croydon-static",
        ),
    )


__all__ = ["lesson"]
