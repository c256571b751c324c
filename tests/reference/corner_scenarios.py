"""Campaigns at the corners: options off or at their ends, and values that differ from replication to replication."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from reference.random_scenarios import Case, case
from simulator.scenario.models import Scenario

Changes = dict[str, float | tuple[()] | dict[str, float] | None]

SAME_TIME: dict[str, object] = {"date": dt.date(2026, 3, 2), "start": "09:30"}
ALL_LEVELS = ("street.day_dispersion_k", "watchlist.day_dispersion_k", "recogniser.fmr_day_dispersion_k")
SAME_DAY, ACROSS = "recogniser.lookalike_persistence_same_day", "recogniser.lookalike_persistence_across_days"
NO_GROUPS: Changes = {"street.groups": (), "street.group_matrix": None}
NO_KIN: Changes = {"recogniser.kin_per_100k_passages": 0.0}

# by name: the random case to start from, and what is different
CORNERS: dict[str, tuple[int, Changes]] = {
    "no level varies by day": (0, dict.fromkeys(ALL_LEVELS)),
    "listed people follow footfall alone": (
        3,
        {"watchlist.day_dispersion_k": None, "watchlist.footfall_elasticity": 1.0},
    ),
    "nothing persists": (1, {SAME_DAY: 0.0, ACROSS: 0.0}),
    "everything persists for good": (2, {SAME_DAY: 1.0, ACROSS: 1.0}),
    "everything persists for the day": (4, {SAME_DAY: 1.0, ACROSS: 0.0}),
    "as much across days as within": (7, {SAME_DAY: 0.5, ACROSS: 0.5}),
    "no groups": (10, NO_GROUPS),
    "groups without a matrix": (11, {"street.group_matrix": None}),
    "no kin, no groups, nothing persists": (12, {**NO_GROUPS, **NO_KIN, SAME_DAY: 0.0, ACROSS: 0.0}),
    "nobody listed": (14, {"watchlist.listed_per_1000_passages": 0.0}),
    "half of the street listed": (16, {"watchlist.listed_per_1000_passages*": 8.0}),
    "detections all but repeat": (17, {"recogniser.detection_correlation": 0.8}),
    "independent detections": (
        19,
        {"recogniser.detection_correlation": 0.0, "recogniser.kin_detection_correlation": 0.0},
    ),
    "five people": (20, {"street.pool_people": 5.0}),
    "five people, some of whom hardly ever come": (20, {"street.pool_people": 5.0, "street.visit_dispersion_k": 0.2}),
    "one in a hundred comes all the time": (8, {"street.visit_dispersion_k": 0.01}),
    "hardly anybody comes twice": (1, {"street.visits_per_person": 0.2}),
    "everybody returns past both ends": (21, {"street.return_same_day": 1.0, "street.share_passing_both": 1.0}),
    "nobody returns": (22, {"street.return_same_day": 0.0, "street.share_passing_both": 0.0}),
    "two exceedances on every face": (24, {"recogniser.fmr_at_anchor*": 12.0}),
    "a profile over the day, past midnight": (
        25,
        {"street.profile": {"06:00": 0.3, "10:30": 2.0, "17:00": 1.0, "23:45": 4.0}},
    ),
    "no pool, everything persists": (13, {SAME_DAY: 1.0, ACROSS: 1.0}),
}

# Places, times and own settings by name: the random case to start from, what each of its deployments says in turn, and what
# is different besides. The file has the last deployment first.
DAYS: dict[str, tuple[int, tuple[dict[str, object], ...], Changes]] = {
    "two places, nobody comes to both": (0, ({"place": "a"}, {"place": "b"}), {}),
    "two places, half of the listed people come to both": (
        6,
        ({"place": "a"}, {"place": "b"}, {"place": "a"}),
        {"watchlist.any_place_share": 0.5},
    ),
    "two vans side by side, and two later": (
        11,
        ({"date": dt.date(2026, 3, 2), "start": "09:30"},) * 2 + ({"date": dt.date(2026, 3, 2), "start": "10:15"},) * 2,
        {**dict.fromkeys(ALL_LEVELS), "street.passages_per_hour*": 3.0, "procedure.remembered": 0.0},
    ),
    "two places where people come as often": (7, ({"place": "a"}, {"place": "b"}), {"watchlist.any_place_share": 0.5}),
    "two places at one time, all listed people come to both": (
        12,
        ({"place": "a"} | SAME_TIME, {"place": "b"} | SAME_TIME, {"place": "a"}, {"place": "b"}),
        {"watchlist.any_place_share": 1.0},
    ),
    "deployments with thresholds and lists of their own": (
        1,
        ({"threshold": 0.57, "watchlist_size": 50.0}, {"threshold": 0.64}, {"watchlist_size": 170.0}, {}),
        {},
    ),
    "deployments with a footfall of their own, without a pool": (
        3,
        ({"passages_per_hour": 30.0}, {"passages_per_hour": 150.0, "place": "b"}, {}),
        {"street.profile": {"06:00": 0.3, "10:30": 2.0, "17:00": 1.0, "23:45": 4.0}},
    ),
}

# Random cases of which every other replication has other values, gamma and growth 0 among them.
MIXED = (1, 2, 6, 9, 15, 18, 26)
OTHER_VALUES: Changes = {
    "street.passages_per_hour*": 0.6,
    "street.day_dispersion_k*": 4.0,
    "street.share_passing_both*": 0.4,
    "street.return_same_day*": 0.4,
    "street.pool_people*": 0.5,
    "street.visits_per_person*": 2.0,
    "street.visit_dispersion_k*": 3.0,
    "watchlist.listed_per_1000_passages*": 1.8,
    "watchlist.growth_exponent": 0.0,
    "watchlist.footfall_elasticity*": 0.5,
    "watchlist.conditions_share*": 1.5,
    "watchlist.stale_share*": 0.5,
    "recogniser.tpir_at_anchor*": 0.7,
    "recogniser.capture_rate*": 0.9,
    "recogniser.slope_per_unit*": 1.3,
    "recogniser.list_size_exponent": 0.0,
    SAME_DAY + "*": 0.9,
    ACROSS + "*": 0.5,
    "recogniser.kin_per_100k_passages*": 0.5,
    "recogniser.detection_correlation*": 1.5,
    "procedure.remembered": 0.3,
    "procedure.check_error*": 2.0,
}


def altered(scenario: Scenario, changes: Changes) -> Scenario:
    """*scenario* with other values by dotted key: a factor where the key ends in a star, None for none.

    What the scenario leaves out stays out.
    """
    for key, value in changes.items():
        section, name = key.rstrip("*").split(".")
        part = getattr(scenario, section)
        old = getattr(part, name)
        if old is None:
            continue
        new = value
        if isinstance(value, float):
            new = old.model_copy(update={"value": old.value * value if key.endswith("*") else value})
        scenario = scenario.model_copy(update={section: part.model_copy(update={name: new})})
    return scenario


def with_days(scenario: Scenario, days: tuple[dict[str, object], ...]) -> Scenario:
    """*scenario* with what its deployments say for themselves, one after the other, and the last of them first in the file."""
    listed = scenario.campaign.deployments
    said = tuple(day.model_copy(update=days[i % len(days)]) for i, day in enumerate(listed))
    campaign = scenario.campaign.model_copy(update={"deployments": said[::-1]})
    return scenario.model_copy(update={"campaign": campaign})


def corner_cases() -> dict[str, Case]:
    """All corner cases by name."""
    found = {}
    for name, (number, changes) in CORNERS.items():
        its = case(number)
        found[name] = replace(its, scenario=altered(its.scenario, changes))
    for name, (number, days, changes) in DAYS.items():
        its = case(number)
        found[name] = replace(its, scenario=with_days(altered(its.scenario, changes), days))
    for number in MIXED:
        its = case(number)
        other = altered(its.scenario, OTHER_VALUES)
        # with the exponent at 0 the level is that of the whole list
        fmr = its.scenario.recogniser.fmr_at_anchor.value
        measured_with = its.scenario.recogniser.reference_list_size.value
        level = fmr * (its.envelope[1] / measured_with) ** its.scenario.recogniser.list_size_exponent.value
        other = altered(other, {"recogniser.fmr_at_anchor": level * 0.8})
        found[f"values of case {number} and others, turn by turn"] = replace(its, other=other)
    return found
