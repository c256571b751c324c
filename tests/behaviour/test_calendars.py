"""A campaign is a list, a table or a calendar; what people call its keys, and what cannot be, is told in their words."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from scenario_texts import MINIMAL

from simulator.scenario import Scenario, ScenarioError, load_scenario

ONE = '  deployments:\n    - {date: 2025-10-01, start: "11:00", hours: 4}\n'
TOWN = "first_date: 2026-01-06\nlast_date: 2026-12-31\nevery: week\nweekdays: [Tuesday, FRI]\nhours: 5"
LISTED = "deployments:\n  - {date: 2026-01-06, hours: 5"


@pytest.fixture(autouse=True)
def _in_empty_directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def load(campaign: str, *overrides: str, street: str = "") -> Scenario:
    """Load a scenario with these lines as its *campaign*."""
    indented = "".join(f"  {line}\n" for line in campaign.splitlines())
    text = MINIMAL.replace(ONE, indented).replace("watchlist:\n", f"watchlist:\n{street}")
    Path("x.yaml").write_text(text, encoding="utf-8")
    return load_scenario("x.yaml", overrides)


def message(campaign: str, street: str = "") -> str:
    with pytest.raises(ScenarioError) as caught:
        load(campaign, street=street)
    return str(caught.value)


def test_two_days_a_week_of_a_year_take_five_lines() -> None:
    """Negative control by the calendar itself: all dates are Tuesdays or Fridays, and none is missing."""
    days = [day.date for day in load(TOWN).campaign.days]
    first = dt.date(2026, 1, 6)
    all_days = (first + dt.timedelta(days=i) for i in range(360))

    assert days == [day for day in all_days if day.isoweekday() in (2, 5) and day.year == 2026]
    assert len(days) == 103


@pytest.mark.parametrize("name", ["tue", "Tue", "TUES", "Tues.", "Tu", "tuesday", "Tuesday"])
def test_a_day_of_the_week_has_many_names(name: str) -> None:
    assert len(load(TOWN.replace("[Tuesday, FRI]", f'["{name}"]')).campaign.days) == 52


def test_holidays_are_left_out_of_calendars_and_counts_and_are_harmless_elsewhere() -> None:
    """A holiday on another day of the week, or outside of the calendar, leaves nothing out."""
    away = "\nholidays: [2026-12-25, 2026-12-24, 2031-01-01]"

    assert len(load(TOWN + away).campaign.days) == 102
    assert len(load(f"{LISTED}, count: 10, every: week}}\nholidays: [2026-01-13, 2026-01-14]").campaign.days) == 9


@pytest.mark.parametrize(
    ("campaign", "said"),
    [
        (TOWN.replace("FRI", "Di"), 'campaign.weekdays.1: must be a day of the week, such as tue or Tuesday (got "Di")'),
        (TOWN.replace("every: week", "every: day"), "campaign.weekdays: go with every: week"),
        (TOWN.replace("every: week", "every: month"), 'campaign.every: must be day or week (got "month")'),
        (TOWN.replace("12-31", "01-05").replace("2026-01-05", "2025-01-05"), "last_date: must not be before first_date"),
        (TOWN.replace("hours: 5", ""), "campaign.hours: is missing: a calendar needs first_date, last_date and hours"),
        (TOWN.replace("first_date", "last_date", 1).replace("\nlast_date: 2026-12-31", ""), "first_date: is missing: a calend"),
        (TOWN + "\ndeployments_a_year: 104", "deployments_a_year: a calendar says itself how many there are"),
        (TOWN.replace("2026-", "9998-"), "last_date: must be before the year 9998"),
        (f"{LISTED}}}\ntable: days.csv", "give either deployments, or table, or a calendar"),
        (f"{LISTED}}}\nweekdays: [tue]", "campaign.weekdays: belongs to a calendar"),
        (f'{LISTED}}}\nstart: "10:00"', "campaign.start: belongs to a calendar"),
        ("{}", "(got none of them)"),
        ("deployments: []", "campaign.deployments: must have at least 1 (got 0)"),
        (f"{LISTED}, count: 2}}\nholidays: [2026-01-06, 2026-01-07]", "campaign.holidays: leave no deployment over (2 given)"),
        ("table: days.csv\nholidays: [2026-01-06]", "campaign.holidays: a table has a row for each deployment"),
        (f"{LISTED}, place: A}}\n  - {{date: 2026-01-07, hours: 5}}", "some have a place and others none (2026-01-07)"),
        (f"{LISTED}, every: week}}", "campaign.deployments.0.every: week needs a count"),
        (f"{LISTED}, watchlist_size: 900.5}}", "campaign.deployments.0.watchlist_size: must be a whole number (got 900.5)"),
        (TOWN + "\nnotes: [mine]", 'campaign: unknown key "notes"'),
    ],
)  # fmt: skip
def test_a_campaign_that_cannot_be_meant_is_told(campaign: str, said: str) -> None:
    assert said in message(campaign)


@pytest.mark.parametrize(
    ("section", "key", "said"),
    [
        ("campaign", "until", 'here it is called "last_date"'),
        ("campaign", "From", 'here it is called "first_date"'),
        ("campaign", "frequency", 'here it is called "every"'),
        ("campaign", "bank holidays", 'here it is called "holidays"'),
        ("campaign", "days", 'here it is called "weekdays"'),
        ("campaign", "watchlist", "the list stands in watchlist.size"),
        ("campaign", "place", "a place belongs to single deployments"),
        ("campaign", "hollidays", 'did you mean "holidays"?'),
        ("deployment", "list_size", 'here it is called "watchlist_size"'),
        ("deployment", "location", 'here it is called "place"'),
        ("deployment", "end", "say how long with hours"),
        ("deployment", "cameras", "the number of cameras is street.camera_ends"),
        ("deployment", "weekdays", "they belong to a calendar"),
        ("deployment", "tresh", 'did you mean "threshold"?'),
    ],
)
def test_another_word_leads_to_the_key(section: str, key: str, said: str) -> None:
    campaign = f'{TOWN}\n"{key}": 1' if section == "campaign" else f'{LISTED}, "{key}": 1}}'

    assert f'unknown key "{key}"; {said}' in message(campaign)


def test_people_who_may_come_to_any_place_need_several() -> None:
    share = "  any_place_share: 0.1\n"

    assert "watchlist.any_place_share: does nothing, because all deployments are at one place" in message(TOWN, share)
    two = load(f"{LISTED}, place: A}}\n  - {{date: 2026-01-07, hours: 5, place: B}}", street=share)
    assert two.campaign.places == ("A", "B")
