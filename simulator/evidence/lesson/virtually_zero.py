"""One false alert in 239,216 faces: what that excludes, per face and per alert, and what would show "virtually zero"."""

from __future__ import annotations

import math

import numpy as np

from simulator.evidence.lesson.lesson import COUNTED, SEED, Lesson, counted
from simulator.evidence.lesson.thousand_alerts import RECORDED_ALERTS, RECORDED_FACES, RECORDED_FALSE, UNCONFIRMED
from simulator.evidence.statistics.intervals import clopper_pearson, garwood

# What the true rate might be: one false alert in so many faces.
TRUTHS = {"often": 50_000, "as_recorded": RECORDED_FACES, "rarely": 1_000_000}


def lesson() -> Lesson:
    """Pilots of as many faces as Croydon's under three truths, and the exact intervals of what was recorded."""
    draws = np.random.default_rng(SEED)
    pilots = {name: draws.poisson(RECORDED_FACES / one_in, COUNTED).astype(float) for name, one_in in TRUTHS.items()}
    face, alert = garwood(RECORDED_FALSE), clopper_pearson(RECORDED_FALSE, RECORDED_ALERTS)
    worst = RECORDED_FALSE + UNCONFIRMED

    def at_most_one(name: str) -> float:
        """Of 100 pilots, those with one false alert or none, by the Poisson law."""
        expected = RECORDED_FACES / TRUTHS[name]
        return 100 * math.exp(-expected) * (1 + expected)

    return Lesson(
        name="virtually-zero",
        seed=SEED,
        trials=(counted("truths", pilots),),
        numbers={
            "faces": RECORDED_FACES,
            "alerts": RECORDED_ALERTS,
            "unconfirmed": UNCONFIRMED,
            "unconfirmed_of_1000": 1000 * UNCONFIRMED / RECORDED_ALERTS,
            "others": RECORDED_ALERTS - worst,
            "quiet": RECORDED_FACES - RECORDED_ALERTS,
            "per_face_most": RECORDED_FACES / face.high,
            "per_face_least": RECORDED_FACES / face.low,
            "per_alert_most": 1 / alert.high,
            "per_alert_least": 1 / alert.low,
            "of_1000": 1000 * RECORDED_FALSE / RECORDED_ALERTS,
            "worst_of_1000": 1000 * worst / RECORDED_ALERTS,
            "worst_alert_one_in": RECORDED_ALERTS / worst,
            "per_million": 1e6 * RECORDED_FALSE / RECORDED_FACES,
            "per_million_worst": 1e6 * worst / RECORDED_FACES,
            "could_be_wrong": math.floor(RECORDED_FACES / 10_000),
            # as the calculator: faces without one that exclude so much with 95 %
            "shows_1000000": math.log(20) * 1_000_000,
            **{f"at_most_one_{name}": at_most_one(name) for name in TRUTHS},
        },
        commands=("lfrsim claim --false-alerts 1 --faces 239216 --alerts 200", "lfrsim claim croydon-sun-2026"),
    )


__all__ = ["lesson"]
