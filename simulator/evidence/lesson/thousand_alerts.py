"""Of 1,000 alerts, how many are wrong? An invented test first, then Croydon, which is not that case."""

from __future__ import annotations

from simulator.evidence.lesson.lesson import SEED, Lesson, Simulated, Trials, simulated
from simulator.scenario.loader import load_scenario

# Finds 999 of 1,000 listed people, flags 1 in 1,000 others; 1 in 10,000 is listed.
INVENTED = (
    "recogniser.tpir_at_anchor=0.999", "watchlist.listed_per_1000_passages=0.1", "street.passages_per_hour=100000",
)  # fmt: skip
SHOWN = 1000
# The Croydon record to 16 January 2026 (the Met's table of deployments, transcribed).
RECORDED_FALSE, RECORDED_ALERTS, RECORDED_FACES, UNCONFIRMED = 1, 200, 239_216, 6


def lesson() -> Lesson:
    """Two streams of alerts in the order in which they were simulated."""
    (invented,) = simulated(load_scenario("school-street", list(INVENTED)))
    (croydon,) = simulated(load_scenario("croydon-static"))
    streams = {"invented": invented, "croydon": croydon}
    trials = {name: _alerts(name, study) for name, study in streams.items()}
    wrong = {name: 1000 * study.average("false_alerts") / study.average("alerts") for name, study in streams.items()}
    faces = croydon.average("faces") / 1e6
    people, listed = invented.average("passages"), invented.average("listed_people")
    return Lesson(
        name="thousand-alerts",
        seed=SEED,
        trials=tuple(trials.values()),
        numbers={
            "wrong_invented": wrong["invented"],
            "wrong_croydon": wrong["croydon"],
            "people": people,
            "listed": listed,
            "others": people - listed,
            "others_quiet": people - listed - invented.average("false_alerts"),
            "right_alerts": invented.average("true_alerts"),
            "wrong_alerts": invented.average("false_alerts"),
            "alerts": invented.average("alerts"),
            "croydon_alerts": croydon.average("alerts") / faces,
            "croydon_right": croydon.average("true_alerts") / faces,
            "croydon_wrong": croydon.average("false_alerts") / faces,
            "right_per_10000": croydon.average("true_alerts") / faces / 100,
            "recorded_false": RECORDED_FALSE,
            "recorded_alerts": RECORDED_ALERTS,
            "recorded_of_1000": 1000 * RECORDED_FALSE / RECORDED_ALERTS,
            "worst_of_1000": 1000 * (RECORDED_FALSE + UNCONFIRMED) / RECORDED_ALERTS,
        },
        commands=(
            "lfrsim run school-street " + " ".join(f"--set {item}" for item in INVENTED),
            "lfrsim explore croydon-static",
        ),
    )


def _alerts(name: str, found: Simulated) -> Trials:
    """The first alerts *found*, campaign after campaign in order of time: 1 where the wrong person was pointed at."""
    wrong = found.first_log.is_false[:SHOWN].astype(int).tolist()
    return Trials(name=name, columns=("wrong", "right"), counts=tuple((one, 1 - one) for one in wrong))


__all__ = ["lesson"]
