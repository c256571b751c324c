"""One team in place of four: who is missed, in an ordinary street and in one five times as busy."""

from __future__ import annotations

from simulator.evidence.lesson.lesson import SEED, Lesson, counted, simulated
from simulator.scenario.loader import load_scenario

TEAMS = {"four": 4, "one": 1}
TIMES = 5


def lesson() -> Lesson:
    """The same people met by four teams and by one, and five times as many of them."""
    own = load_scenario("croydon-static")
    hours = sum(day.hours for day in own.campaign.days)
    streets = {"street": own.street.passages_per_hour.value, "busy": TIMES * own.street.passages_per_hour.value}
    numbers: dict[str, float] = {"hours": hours}
    trials = []
    for street, passages in streets.items():
        columns = {}
        for word, teams in TEAMS.items():
            (study,) = simulated(
                load_scenario("croydon-static", [f"officers.teams={teams}", f"street.passages_per_hour={passages:g}"])
            )
            name = f"{word}_{street}"
            columns[f"missed_{name}"] = study.measures["listed_missed"]
            alerts = study.average("alerts")
            numbers |= {
                f"missed_{name}": study.average("listed_missed"),
                f"found_{name}": study.average("listed_stopped"),
                f"listed_{street}": study.average("listed_people"),
                f"minutes_{street}": 60 * hours / alerts,
                f"alerts_{name}": alerts,
                f"team_minutes_{name}": study.average("team_min") / alerts,
                f"no_team_{name}": study.average("outcome_no_team"),
                f"nobody_free_{name}": 1000 * study.average("outcome_no_team") / alerts,
                f"of_1000_{name}": 1000 * study.average("listed_missed") / study.average("listed_people"),
            }
        trials.append(counted(street, columns))
        numbers[f"more_{street}"] = numbers[f"missed_one_{street}"] - numbers[f"missed_four_{street}"]
    return Lesson(
        name="one-team",
        seed=SEED,
        trials=tuple(trials),
        numbers=numbers,
        commands=(
            "lfrsim compare croydon-static croydon-static --set-b officers.teams=1",
            "lfrsim explore croydon-static",
        ),
    )


__all__ = ["lesson"]
