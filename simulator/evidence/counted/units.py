"""Units that are counted in the simulation, and what of them a measure is by definition: all, a part, or another thing.

A part is at most 1 of a unit, whatever is simulated: an interval of chance ends there. Which is a part of which is read off
the rules that count alerts, so that it is stated once.
"""

from __future__ import annotations

import math

from simulator.evidence.counted.measures import RULES

COUNTED_BY = {"face": "faces", "passage": "passages", "alert": "alerts", "stop": "stops", "arrest": "arrests"}
# What is counted by no rule of its own: each of it is one, at least, of what a rule counts.
AMONG = {
    "no_action_stops": "stops",
    "no_action_or_complied_stops": "stops",
    "people_alerted": "alerts",
    "people_falsely_alerted": "false_alerts",
    "people_falsely_alerted_twice": "false_alerts",
    "people_wrongly_stopped": "wrongful_stops",
    "people_wrongly_stopped_twice": "wrongful_stops",
    "people_stopped_twice": "stops",
    "listed_stopped": "stops",
    "after_camera_off": "alerts",
}


def always_one(measure: str, unit: str) -> bool:
    """Whether *measure* per *unit* is 1 by definition: what is counted is the unit itself."""
    return COUNTED_BY.get(unit) == measure


def most_per(measure: str, unit: str) -> float:
    """The highest that *measure* per *unit* can be by definition: 1 where it is a part of it, else infinite."""
    part, whole = RULES.get(AMONG.get(measure, measure)), RULES.get(COUNTED_BY.get(unit, ""))
    if always_one(measure, unit):
        return 1.0
    return 1.0 if part is not None and whole is not None and bool((part <= whole).all()) else math.inf


__all__ = ["COUNTED_BY", "always_one", "most_per"]
