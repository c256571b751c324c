"""Two ledgers, one log: what is true, what a published grid would record, and every measure made from the two.

The hand-made campaigns are one deployment of four hours; a review takes 1 minute, a search 3, a check 8, a custody run
45, and a person stays in reach for 20. Unless a test says otherwise there are officers for everybody, so that an alert
at 0 ends as its own numbers say: stopped at 4, checked to 12, at the station to 57.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from tiny import Alert, logged, measured, minimal

from simulator.evidence.counted.measures import NAMES, measure
from simulator.experiment.campaigns import campaigns_of
from simulator.experiment.log import alert_log
from simulator.response import outcomes as o
from simulator.scenario import load_scenario
from simulator.street.mask import TRUTHS

AMPLE = ("officers.operators=99", "officers.teams=99", "officers.checkers=99", "officers.vans=99")
FALSE_TRUTHS, TRUE_TRUTHS = TRUTHS[:2], TRUTHS[2:]

# --- the recorded ledger ---------------------------------------------------------------------------------------------

F, C, U, N = o.RECORDED  # recorded_false, confirmed_true, unconfirmed_true, not_recorded

# How an alert ended -> its column if the alert was false, and if it was true; None where that cannot be.
# The columns are those of the Met's grid since 2023, which puts every false alert into one column, with the terms of
# South Wales Police (model.md section 1): false is what the operator rejects without engagement and what is found
# wrong after engagement; true is confirmed by engagement; it stays unconfirmed when "a subject evades officers or where
# officers decide it is not necessary to engage". A false alert that nobody checks is filed as unconfirmed (model.md 10).
# The grid has one disposal for each confirmed alert, so repeats and people recognised are not in it (an assumption).
LEDGER = {
    "not_reviewed": (U, U),
    "dismissed operator": (F, F),
    "dismissed second_look": (F, F),
    "dismissed known": (N, N),
    "gone": (U, U),
    "no_team": (U, U),
    "not_found": (U, U),
    "repeat": (N, N),
    "released not_the_person": (F, None),
    "released complied": (None, C),
    "released stale_record": (None, C),
    "released no_action": (None, C),
    # nobody established who was held: neither found wrong nor confirmed
    "released no_checkers": (U, U),
    "bystander released no_checkers": (U, U),
    "other_disposal": (None, C),
    "arrested": (None, C),
    "arrested no_van": (None, C),
    # an arrest as the listed person, in error, is an arrest like any other to those who make it
    "arrested, mistaken for the listed person": (C, None),
    "arrested no_van, mistaken for the listed person": (C, None),
    # who was found wrong and arrested for something else is still a false alert
    "arrested for another offence": (F, None),
    "arrested no_van for another offence": (F, None),
    # a bystander is the wrong person, whatever the alert was
    "bystander released not_the_person": (F, F),
    "bystander arrested, mistaken for the listed person": (C, C),
    "bystander arrested for another offence": (F, F),
}

FIRST = Alert(0)
NO_VANS, NO_CHECKERS = "officers.vans=0", "officers.checkers=0"
# The same ends as campaigns: what is changed of an alert at 0, what comes before it, and what is missing.
ENDS: dict[str, tuple[dict[str, object], Alert | None, str]] = {
    "not_reviewed": ({"reach": 0}, None, ""),
    "dismissed operator": ({"accepted": False}, None, ""),
    "dismissed second_look": ({"second_look": False}, None, ""),
    "dismissed known": ({"at": 30, "remembered": True}, FIRST, ""),
    "gone": ({"reach": 1}, None, ""),
    "no_team": ({}, None, "officers.teams=0"),
    "not_found": ({"finds": "nobody"}, None, ""),
    "repeat": ({"at": 2}, FIRST, ""),
    "released not_the_person": ({"finding": "cleared"}, None, ""),
    "released complied": ({"finding": "complied"}, None, ""),
    "released stale_record": ({"finding": "stale_released"}, None, ""),
    "released no_action": ({"finding": "no_action"}, None, ""),
    "released no_checkers": ({"finding": "cleared"}, None, NO_CHECKERS),
    "bystander released no_checkers": ({"finds": "bystander", "finding": "cleared"}, None, NO_CHECKERS),
    "other_disposal": ({"finding": "other_disposal"}, None, ""),
    "arrested": ({"finding": "arrest"}, None, ""),
    "arrested no_van": ({"finding": "stale_arrest"}, None, NO_VANS),
    "arrested, mistaken for the listed person": ({"finding": "mistaken_for_listed"}, None, ""),
    "arrested no_van, mistaken for the listed person": ({"finding": "mistaken_for_listed"}, None, NO_VANS),
    "arrested for another offence": ({"finding": "other_offence"}, None, ""),
    "arrested no_van for another offence": ({"finding": "other_offence"}, None, NO_VANS),
    "bystander released not_the_person": ({"finds": "bystander", "finding": "cleared"}, None, ""),
    "bystander arrested, mistaken for the listed person": (
        {"finds": "bystander", "finding": "mistaken_for_listed"},
        None,
        "",
    ),
    "bystander arrested for another offence": ({"finds": "bystander", "finding": "other_offence"}, None, ""),
}


@pytest.mark.parametrize(
    ("end", "truth", "column"),
    [
        (end, truth, column)
        for end, columns in LEDGER.items()
        for truths, column in zip((FALSE_TRUTHS, TRUE_TRUTHS), columns, strict=True)
        for truth in truths
        if column is not None
    ],
)
def test_what_the_grid_would_record(end: str, truth: str, column: str) -> None:
    """Every truth with every end that it can have, column by column."""
    changes, before, missing = ENDS[end]
    alert = replace(FIRST, **changes, truth=truth)  # type: ignore[arg-type]
    log = logged(minimal(*AMPLE, *filter(None, [missing])), [[*filter(None, [before]), alert]])
    words = [o.OUTCOMES[log.outcome[-1]], o.REASONS[log.reason[-1]]]

    assert " ".join(filter(None, ["bystander" * bool(log.bystander[-1]), *words])) in end.replace(",", "")
    assert o.RECORDED[log.recorded[-1]] == column


def test_every_outcome_and_reason_is_in_the_ledger() -> None:
    """A new word of the outcome needs a line of its own; void rows are no alerts."""
    ends = set(" ".join(LEDGER).replace(",", "").split())

    assert set(ENDS) == set(LEDGER)
    assert set(o.OUTCOMES) - ends == {"void"}
    assert set(o.REASONS) - ends == {""}


# --- measures by hand ------------------------------------------------------------------------------------------------


def counted(*alerts: Alert, overrides: tuple[str, ...] = (), **options: int) -> dict[str, float]:
    """Every measure of one hand-made campaign in which only some officers are short."""
    return {name: values[0] for name, values in measured(minimal(*AMPLE, *overrides), [alerts], **options).items()}


def only(found: dict[str, float], *names: str) -> dict[str, float]:
    """The values of *names*."""
    return {name: found[name] for name in names}


STOPS = (
    "stops",
    "wrongful_stops",
    "bystander_stops",
    "no_action_stops",
    "no_action_wrong_person",
    "no_action_stale_record",
    "no_action_right_person",
    "complied_stops",
    "arrests",
    "wrongful_arrests",
    "stale_arrests",
    "other_offence_arrests",
)


@pytest.mark.parametrize(
    ("alert", "ones"),
    [
        (Alert(0, truth="false", finding="cleared"), "wrongful_stops no_action_stops no_action_wrong_person"),
        (
            Alert(0, truth="false_other_entry", finding="cleared"),
            "wrongful_stops no_action_stops no_action_wrong_person",
        ),
        (Alert(0, truth="false", finding="mistaken_for_listed"), "wrongful_stops arrests wrongful_arrests"),
        (Alert(0, truth="false", finding="other_offence"), "wrongful_stops arrests other_offence_arrests"),
        (Alert(0, truth="true_stale", finding="stale_released"), "no_action_stops no_action_stale_record"),
        (Alert(0, truth="true_stale", finding="stale_arrest"), "arrests stale_arrests"),
        (Alert(0, truth="true_wanted", finding="no_action"), "no_action_stops no_action_right_person"),
        (Alert(0, truth="true_wanted", finding="other_disposal"), ""),
        (Alert(0, truth="true_wanted", finding="arrest"), "arrests"),
        (Alert(0, truth="true_conditions", finding="complied"), "complied_stops"),
        (Alert(0, truth="true_conditions", finding="other_disposal"), ""),
        (Alert(0, truth="true_conditions", finding="arrest"), "arrests"),
        (Alert(0, truth="true_wanted", finds="bystander", finding="cleared"), "bystander_stops"),
        (Alert(0, truth="true_stale", finds="bystander", finding="cleared"), "bystander_stops"),
        (Alert(0, truth="false", finds="bystander", finding="cleared"), "bystander_stops"),
        (
            Alert(0, truth="true_wanted", finds="bystander", finding="mistaken_for_listed"),
            "bystander_stops arrests wrongful_arrests",
        ),
        (
            Alert(0, truth="true_stale", finds="bystander", finding="mistaken_for_listed"),
            "bystander_stops arrests wrongful_arrests",
        ),
        (
            Alert(0, truth="true_wanted", finds="bystander", finding="other_offence"),
            "bystander_stops arrests other_offence_arrests",
        ),
    ],
    ids=lambda value: f"{value.truth} {value.finds} {value.finding}" if isinstance(value, Alert) else "",
)
def test_a_stop_is_counted_under_these_names_and_no_other(alert: Alert, ones: str) -> None:
    """Wrongful stops, the disjoint parts of stops with no action, conditions, bystanders and arrests."""
    assert only(counted(alert), *STOPS) == {name: float(name in ["stops", *ones.split()]) for name in STOPS}


@pytest.mark.parametrize(
    ("truth", "part"),
    [
        ("false", "no_action_wrong_person"),
        ("true_stale", "no_action_stale_record"),
        ("true_wanted", "no_action_right_person"),
        ("true_conditions", "no_action_right_person"),
    ],
)
def test_a_stop_that_ended_for_want_of_checkers_is_a_stop_with_no_action(truth: str, part: str) -> None:
    """The part follows from who was stopped; it never counts as conditions that were complied with."""
    found = counted(Alert(0, truth=truth, finding="complied"), overrides=("officers.checkers=0",))
    parts = {name: value for name, value in only(found, *STOPS).items() if "no_action" in name or "complied" in name}

    assert parts == {name: float(name in ("no_action_stops", part)) for name in parts}


def test_an_alert_without_a_stop_counts_as_no_stop_of_any_kind() -> None:
    """Dismissed, gone, not found, never reviewed: true or false, none of them is a stop."""
    ends = [{"accepted": False}, {"reach": 1}, {"finds": "nobody"}, {"reach": 0}, {"second_look": False}]
    alerts = [Alert(0, 10 * i + j, truth=truth, **end) for i, end in enumerate(ends) for j, truth in enumerate(TRUTHS)]  # type: ignore[arg-type]

    assert only(counted(*alerts), *STOPS) == dict.fromkeys(STOPS, 0.0)


MIXED = (
    Alert(0, 1, truth="false", finding="cleared"),
    Alert(0, 2, truth="false", accepted=False),
    Alert(0, 3, truth="false_other_entry", finding="mistaken_for_listed"),
    Alert(0, 4, truth="true_wanted", finding="arrest"),
    Alert(0, 5, truth="true_wanted", finding="no_action"),
    Alert(0, 6, truth="true_wanted", finds="nobody"),
    Alert(0, 7, truth="true_wanted", accepted=False),
    Alert(0, 8, truth="true_wanted", finds="bystander", finding="cleared"),
    Alert(0, 9, truth="true_conditions", finding="complied"),
    Alert(0, 10, truth="true_conditions", reach=1),
    Alert(0, 11, truth="true_stale", finding="stale_released"),
    Alert(2, 4, truth="true_wanted"),
    Alert(20, 1, truth="false", finding="cleared"),
    Alert(30, 5, truth="true_wanted", remembered=True),
    Alert(60, 4, truth="true_wanted"),
)


def test_a_whole_campaign_counted_by_hand() -> None:
    """Fifteen passages with an alert, of which the last did not happen, and every count of them."""
    found = counted(*MIXED, others_listed=2)

    expected = {
        "passages": 1000,
        "faces": 1000,
        "alerts": 14,
        "alerts_false": 3,
        "alerts_false_other_entry": 1,
        "alerts_true_wanted": 7,
        "alerts_true_conditions": 2,
        "alerts_true_stale": 1,
        "false_alerts": 4,
        "true_alerts": 10,
        "passages_void": 1,
        "outcome_not_reviewed": 0,
        "outcome_dismissed": 3,
        "outcome_gone": 1,
        "outcome_no_team": 0,
        "outcome_not_found": 1,
        "outcome_repeat": 1,
        "outcome_released": 6,
        "outcome_other_disposal": 0,
        "outcome_arrested": 2,
        "stops": 8,
        "wrongful_stops": 3,
        "bystander_stops": 1,
        "no_action_wrong_person": 2,
        "no_action_stale_record": 1,
        "no_action_right_person": 1,
        "no_action_stops": 4,
        "complied_stops": 1,
        "arrests": 2,
        "wrongful_arrests": 1,
        "stale_arrests": 0,
        "other_offence_arrests": 0,
        "no_checkers_releases": 0,
        "no_van_arrests": 0,
        "true_not_engaged": 3,
        "after_camera_off": 0,
        "people_alerted": 11,
        "people_falsely_alerted": 3,
        "people_falsely_alerted_twice": 1,
        "people_wrongly_stopped": 2,
        "people_wrongly_stopped_twice": 1,
        "people_stopped_twice": 1,
        # persons 3 to 11 and two others were listed; 4, 5, 9 and 11 were stopped as who they are
        "listed_people": 11,
        "listed_stopped": 4,
        "listed_missed": 7,
        "crowded_out": 0,
        "recorded_alerts": 12,
        # 1 twice, 2 and 7 rejected by the operator, the bystander of 8
        "recorded_false": 5,
        "recorded_false_stopped": 3,
        # 3 by mistake, 4, 5, 9 and 11
        "confirmed_true": 5,
        "unconfirmed_true": 2,
    }
    assert only(found, *expected) == expected


def test_outcomes_add_up_to_alerts() -> None:
    """Nothing is counted twice or left out, by truth, by outcome and by column."""
    found = counted(*MIXED)

    assert sum(found[f"outcome_{word}"] for word in o.OUTCOMES[:-1]) == found["alerts"]
    assert sum(found[f"alerts_{truth}"] for truth in TRUTHS) == found["alerts"]


def test_each_replication_is_counted_by_itself() -> None:
    """Also one without any alert, and the person numbers of two replications mean different people."""
    false = Alert(0, truth="false", finding="cleared")
    found = measured(
        minimal(*AMPLE), [[false]], [[]], [[false, replace(false, at=20), replace(false, person=2, at=21)]]
    )

    assert found["wrongful_stops"] == [1, 0, 3]
    assert found["people_wrongly_stopped"] == [1, 0, 2]
    assert found["people_wrongly_stopped_twice"] == [0, 0, 1]


def test_people_are_counted_once_over_all_deployments() -> None:
    """The same person on two days is one person stopped twice."""
    scenario = minimal(*AMPLE, "campaign.deployments=[{date: 2025-10-01, hours: 4, count: 2}]")
    false = Alert(0, truth="false", finding="cleared")
    found = measured(scenario, [[false], [false]])

    assert only(found, "wrongful_stops", "people_wrongly_stopped", "people_wrongly_stopped_twice") == {
        "wrongful_stops": [2],
        "people_wrongly_stopped": [1],
        "people_wrongly_stopped_twice": [1],
    }


# --- minutes ---------------------------------------------------------------------------------------------------------


def test_liberty_is_lost_from_the_stop_to_the_release() -> None:
    """Waiting for checkers is part of it: held at 4, checked from 12 to 20."""
    busy = Alert(0, 1, check=8, truth="true_wanted")
    found = counted(busy, Alert(0, 2, truth="false", finding="cleared"), overrides=("officers.checkers=1",))

    assert only(found, "liberty_lost_min", "bystander_liberty_lost_min") == {
        "liberty_lost_min": 16,
        "bystander_liberty_lost_min": 0,
    }


@pytest.mark.parametrize(("vans", "minutes"), [(1, 53), (0, 53)])
def test_liberty_lost_holds_the_wait_for_the_van(vans: int, minutes: float) -> None:
    """With a van held from 4 to 57, without one for check 8 and van limit 45."""
    found = counted(Alert(0, truth="false", finding="mistaken_for_listed"), overrides=(f"officers.vans={vans}",))

    assert found["liberty_lost_min"] == minutes


def test_liberty_lost_for_want_of_checkers_is_the_hold_limit() -> None:
    """Held from 4 to 24, and then let go."""
    found = counted(Alert(0, truth="false"), overrides=("officers.checkers=0",))

    assert found["liberty_lost_min"] == 20


def test_only_people_wrongly_stopped_lose_liberty_in_this_measure() -> None:
    """Right people do not count, and bystanders count apart."""
    alerts = [
        Alert(0, 1, finding="no_action"),
        Alert(0, 2, finding="arrest"),
        Alert(0, 3, truth="true_stale", finding="stale_released"),
        Alert(0, 4, finds="bystander", finding="cleared", check=5),
        Alert(0, 5, truth="false", finds="bystander", finding="mistaken_for_listed"),
        Alert(0, 6, truth="false", accepted=False),
    ]
    found = counted(*alerts)

    assert only(found, "liberty_lost_min", "bystander_liberty_lost_min") == {
        "liberty_lost_min": 0,
        "bystander_liberty_lost_min": 5 + 53,
    }


ACTIVITIES = ("operator_min", "team_min", "checker_min", "van_min", "busy_min")


@pytest.mark.parametrize(
    ("alert", "overrides", "minutes"),
    [
        (Alert(0, reach=0), (), (0, 0, 0, 0)),
        (Alert(0, accepted=False), (), (1, 0, 0, 0)),
        (Alert(0, reach=1), (), (1, 0, 0, 0)),
        (Alert(0), ("officers.teams=0",), (1, 0, 0, 0)),
        (Alert(0, finds="nobody"), (), (1, 2 * 3, 0, 0)),
        (Alert(0), (), (1, 2 * 3, 2 * 8, 0)),
        (Alert(0, finding="arrest"), (), (1, 2 * 3, 2 * 53, 45)),
        # a team holds the person for the 20 minutes of the limit
        (Alert(0), ("officers.checkers=0",), (1, 2 * 23, 0, 0)),
        # checkers wait for the 45 minutes of the limit
        (Alert(0, finding="arrest"), ("officers.vans=0",), (1, 2 * 3, 2 * 53, 0)),
        (
            Alert(0, finding="arrest"),
            ("officers.officers_per_team=3", "officers.officers_per_van=4"),
            (1, 3 * 3, 2 * 53, 4 * 45),
        ),
        (Alert(0, finds="bystander", finding="cleared"), (), (1, 2 * 3, 2 * 8, 0)),
    ],
)
def test_officer_minutes_of_one_alert(alert: Alert, overrides: tuple[str, ...], minutes: tuple[float, ...]) -> None:
    """One operator, teams of two, checkers in units of two, a van's crew of one; nothing for what was not done."""
    found = counted(alert, overrides=overrides)

    assert tuple(found[name] for name in ACTIVITIES) == (*minutes, sum(minutes))


def test_officer_minutes_hold_the_time_a_team_waits_for_checkers() -> None:
    """The second team searches from 1 to 4 and holds to 12; the false alert's share of it all is told apart."""
    alerts = Alert(0, 1), Alert(0, 2, truth="false", finding="cleared", check=5)
    found = counted(*alerts, overrides=("officers.checkers=1",))

    assert only(found, *ACTIVITIES, "busy_on_false_min") == {
        "operator_min": 2,
        "team_min": 2 * (3 + 11),
        "checker_min": 2 * (8 + 5),
        "van_min": 0,
        "busy_min": 2 + 28 + 26,
        "busy_on_false_min": 1 + 2 * 11 + 2 * 5,
    }


def test_officers_are_on_duty_from_camera_on_to_camera_off() -> None:
    """One operator, two teams and two units of two, one van: ten officers for four hours, by shift where there are any."""
    officers = "officers={operators: 1, teams: 2, checkers: 2, vans: 1, officers_per_van: 1"
    shifts = (
        ", shifts: [{after_min: 60, teams: 3}, {after_min: 90, teams: 0, operators: 2}, {after_min: 240, teams: 9}]}"
    )

    assert measured(minimal(f"{officers}}}"), [[]])["on_duty_hours"] == [10 * 4]
    assert measured(minimal(f"{officers}{shifts}"), [[]])["on_duty_hours"] == [10 * 1 + 12 * 0.5 + 7 * 2.5]


@pytest.mark.parametrize("shifts", ["[]", "[{after_min: 240, teams: 9}, {after_min: 250, operators: 0}]"])
def test_officers_are_on_duty_until_the_last_alert_has_ended(shifts: str) -> None:
    """An arrest at 239 ends at 296; shifts from camera-off on do not happen."""
    scenario = minimal(f"officers.shifts={shifts}")
    found = measured(scenario, [[Alert(239, finding="arrest")]], [[Alert(239, accepted=False)]])

    assert found["on_duty_hours"] == pytest.approx([10 * 296 / 60, 10 * 4], rel=1e-12)
    assert found["after_camera_off"] == [1, 0]


def test_costs_are_officer_hours_with_station_time() -> None:
    """Ten officers for four hours and seven more hours for the arrest, at 50 pounds; equipment once."""
    costs = "costs={officer_hour_gbp: 50, station_hours_per_arrest: 7, equipment_gbp: 1000}"
    found = measured(minimal(costs), [[Alert(0, finding="arrest")]], [[Alert(0)]])

    assert found["officer_hours"] == [47, 40]
    assert found["officer_cost_gbp"] == [2350, 2000]
    assert found["equipment_cost_gbp"] == [1000, 1000]


# --- missed and crowded out ------------------------------------------------------------------------------------------


def test_who_came_past_without_an_alert_is_missed_as_well() -> None:
    """Listed people who came past: one stopped, one not found, three never alerted on."""
    found = counted(Alert(0, 1), Alert(0, 2, finds="nobody"), others_listed=3)

    assert only(found, "listed_people", "listed_stopped", "listed_missed") == {
        "listed_people": 5,
        "listed_stopped": 1,
        "listed_missed": 4,
    }


def test_who_was_stopped_twice_is_one_person_stopped() -> None:
    """And who was missed first and stopped later was stopped."""
    found = (
        counted(Alert(0, 1), Alert(20, 1), Alert(0, 2, accepted=False, at=40), Alert(50, 2))
        if False
        else counted(Alert(0, 1), Alert(0, 2, accepted=False), Alert(20, 1), Alert(50, 2))
    )

    assert only(found, "stops", "listed_stopped", "listed_missed") == {
        "stops": 3,
        "listed_stopped": 2,
        "listed_missed": 0,
    }


@pytest.mark.parametrize("alert", [Alert(0, finds="bystander", finding="cleared"), Alert(0, truth="false_other_entry")])
def test_a_listed_person_whom_nobody_stopped_as_such_is_missed(alert: Alert) -> None:
    """A bystander was stopped instead, or the person was stopped as somebody else."""
    assert only(counted(alert), "listed_stopped", "listed_missed") == {"listed_stopped": 0, "listed_missed": 1}


ONE_TEAM = ("officers.teams=1", "officers.operators=2")
FALSE_ALERT = Alert(0, 1, truth="false", finding="cleared", search=10)
LISTED = Alert(1, 2, reach=8, truth="true_wanted")


def test_a_false_alert_that_takes_the_only_team_crowds_out_the_listed_person() -> None:
    """Searching for the wrong person lasts until 11; the right one leaves at 9."""
    found = counted(FALSE_ALERT, LISTED, overrides=ONE_TEAM)

    assert only(found, "crowded_out", "listed_missed", "outcome_no_team") == {
        "crowded_out": 1,
        "listed_missed": 1,
        "outcome_no_team": 1,
    }


def test_without_false_alerts_nobody_is_crowded_out() -> None:
    """The same queue, but the alert that takes the only team is a true one."""
    found = counted(replace(FALSE_ALERT, truth="true_wanted", finding="no_action"), LISTED, overrides=ONE_TEAM)

    assert only(found, "crowded_out", "listed_missed") == {"crowded_out": 0, "listed_missed": 1}


@pytest.mark.parametrize("overrides", [(), ("officers.operators=0",), ("officers.teams=0",)])
def test_false_alerts_crowd_out_nobody_where_there_is_enough_or_nothing(overrides: tuple[str, ...]) -> None:
    """With officers for everybody nobody waits; with no officers nobody is stopped either way."""
    assert counted(FALSE_ALERT, LISTED, overrides=overrides)["crowded_out"] == 0


def test_crowding_out_is_counted_in_the_replication_where_it_happened() -> None:
    """Other replications, with false alerts or without, keep their 0."""
    found = measured(minimal(*AMPLE, *ONE_TEAM), [[LISTED]], [[FALSE_ALERT, LISTED]], [[FALSE_ALERT]], [[]])

    assert found["crowded_out"] == [0, 1, 0, 0]


def test_crowding_out_is_in_people_not_in_stops() -> None:
    """Who is missed because of a false alert and stopped an hour later was not crowded out."""
    found = counted(FALSE_ALERT, LISTED, replace(LISTED, at=60, reach=20), overrides=ONE_TEAM)

    assert only(found, "outcome_no_team", "listed_stopped", "crowded_out") == {
        "outcome_no_team": 1,
        "listed_stopped": 1,
        "crowded_out": 0,
    }


def test_crowding_out_has_its_own_depletion() -> None:
    """Arrested for something found after a false alert, a listed person is missed as who they are."""
    wrong = Alert(0, 1, truth="false_other_entry", finding="other_offence")
    found = counted(wrong, Alert(60, 1, truth="true_wanted"))

    assert only(found, "passages_void", "crowded_out") == {"passages_void": 1, "crowded_out": 1}


# --- campaigns as they are drawn -------------------------------------------------------------------------------------

ODD = {
    "as shipped": (),
    "no operators": ("officers.operators=0",),
    "no teams": ("officers.teams=0",),
    "no checkers": ("officers.checkers=0",),
    "no vans": ("officers.vans=0",),
    "nobody": ("officers.operators=0", "officers.teams=0", "officers.checkers=0", "officers.vans=0"),
    "bystanders": ("procedure.bystander=0.3",),
    "second look": ("procedure.second_look={accept_true: 0.9, accept_false: 0.3, correlation: 0.5}",),
    "another preset": (
        "recogniser.preset=npl",
        "recogniser.threshold=0.56",
        "campaign.deployments=[{date: 2025-10-01, hours: 4.58}]",
    ),
    "few officers": (
        "recogniser.preset=npl",
        "recogniser.threshold=0.56",
        "campaign.deployments=[{date: 2025-10-01, hours: 4.58}]",
        "officers.operators=1",
        "officers.teams=1",
    ),
    "criterion follows": ("procedure.look.criterion_follows_ppv=1", "recogniser.threshold=0.56"),
    "no time": ("procedure.review.median_min=0", "procedure.search.median_min=0", "procedure.check.median_min=0"),
}


@pytest.mark.parametrize("name", ODD)
def test_everything_adds_up_in_every_campaign(name: str) -> None:
    """Outcomes, truths, columns and kinds of stops partition what they should, in 100 drawn campaigns each."""
    scenario = load_scenario("croydon-static", ODD[name])
    seen = crowded_out = 0.0
    for block in campaigns_of(scenario, 5).blocks(100, ignorance=name == "as shipped"):
        log = alert_log(scenario, block)
        m = measure(scenario, block)
        rows = np.bincount(block.alerts.replication, minlength=50)

        def added(*names: str, m: dict[str, np.ndarray] = m) -> np.ndarray:
            return sum((m[name] for name in names), start=np.zeros(50))

        assert tuple(m) == NAMES
        assert all(len(values) == 50 and np.all(np.isfinite(values)) for values in m.values())
        np.testing.assert_array_equal(m["alerts"] + m["passages_void"], rows)
        np.testing.assert_array_equal(m["alerts"], added(*(f"outcome_{word}" for word in o.OUTCOMES[:-1])))
        np.testing.assert_array_equal(m["alerts"], added(*(f"alerts_{truth}" for truth in TRUTHS)))
        np.testing.assert_array_equal(m["alerts"], added("false_alerts", "true_alerts"))
        np.testing.assert_array_equal(
            m["recorded_alerts"], added("recorded_false", "confirmed_true", "unconfirmed_true")
        )
        with_false = np.unique(block.alerts.replication[block.alerts.is_false])
        np.testing.assert_array_equal(
            block.kept, np.flatnonzero(~block.alerts.is_false & np.isin(block.alerts.replication, with_false))
        )
        assert len(block.without_false) == len(block.kept)
        unrecorded = (log.outcome == o.REPEAT) | (log.reason == o.KNOWN)
        np.testing.assert_array_equal(
            m["alerts"] - m["recorded_alerts"], np.bincount(log.replication[unrecorded] - block.first, minlength=50)
        )
        np.testing.assert_array_equal(m["stops"], added("outcome_released", "outcome_other_disposal", "arrests"))
        np.testing.assert_array_equal(m["outcome_arrested"], m["arrests"])
        released = log.bystander & (log.outcome == o.RELEASED)
        np.testing.assert_array_equal(
            m["outcome_released"],
            added("no_action_wrong_person", "no_action_stale_record", "no_action_right_person", "complied_stops")
            + np.bincount(log.replication[released] - block.first, minlength=50),
        )
        parts = ("no_action_wrong_person", "no_action_stale_record", "no_action_right_person")
        np.testing.assert_array_equal(m["no_action_stops"], added(*parts))
        np.testing.assert_array_equal(m["listed_people"], added("listed_stopped", "listed_missed"))
        assert np.all(m["wrongful_stops"] <= m["false_alerts"])
        assert np.all(m["crowded_out"][m["false_alerts"] == 0] == 0)
        minutes = added("operator_min", "team_min", "checker_min", "van_min")
        np.testing.assert_allclose(m["busy_min"], minutes, rtol=1e-12)
        assert np.all(m["busy_min"] <= 60 * m["on_duty_hours"] + 1e-9)
        seen += m["alerts"].sum()
        crowded_out += m["crowded_out"].sum()
    assert seen > 10_000
    assert crowded_out > 0 or name != "few officers"
