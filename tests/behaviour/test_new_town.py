"""A force's own town: what is told becomes a scenario that runs, officers by a rule, and slips are told by their option."""

from __future__ import annotations

from pathlib import Path

import pytest

from simulator.scenario import ScenarioError, load_scenario
from simulator.scenario.staffing import FEWEST, TooFewError, staffing_of
from simulator.scenario.template import Town, template_path, text_of, write_new
from simulator.scenario.year import year_of

SAID = {"footfall": "3,000", "list": "12k", "hours": "5", "weekdays": "tue, Friday"}


def test_what_is_told_stands_in_the_file(tmp_path: Path) -> None:
    path = write_new(Town("my-town", SAID, "6", "1"), tmp_path)
    town, officers = load_scenario(path), load_scenario(path).officers

    assert (town.name, town.title) == ("my-town", "Cameras in My Town")
    assert (town.street.passages_per_hour.value, town.watchlist.size.value) == (3000, 12000)
    assert [getattr(officers, key).value for key in ("operators", "teams", "checkers", "vans")] == [1, 1, 1, 1]
    assert (
        "# 6 officers: 1 operator at the screen, 1 team of two, 1 checker unit of two, 1 van driver" in path.read_text()
    )
    # a year of Tuesdays and Fridays, and people in the street every tenth day for a moment of twelve hours
    assert len(town.campaign.days) == 104
    assert year_of(town) is town
    assert town.street.visits_per_person is not None
    assert town.street.visits_per_person.value == pytest.approx(104 * 5 / 12 / 10, rel=0.01)
    assert len(town.alternatives) == 3


def test_nothing_told_is_the_template() -> None:
    assert text_of(Town("my-town", {})) == template_path().read_text("utf-8")


@pytest.mark.parametrize("vans", [0, 1, 2, 7])
@pytest.mark.parametrize("over", range(9))
def test_every_officer_has_something_to_do(vans: int, over: int) -> None:
    """From the fewest on the numbers add up, nobody is left out, and checkers are as many as teams or one more."""
    found = staffing_of(FEWEST + vans + over, vans)

    assert found.officers == FEWEST + vans + over
    assert found.operators in (1, 2)
    assert found.teams >= 1
    assert found.checkers - found.teams in (0, 1)
    with pytest.raises(TooFewError, match=f"at least {FEWEST + vans}"):
        staffing_of(FEWEST + vans - 1, vans)


@pytest.mark.parametrize(
    ("said", "officers", "vans", "told"),
    [
        ({"footfall": "-3"}, None, None, "--footfall -3: street.passages_per_hour"),
        ({"footfall": "many"}, None, None, '(got "many")'),
        ({"list": "12.000"}, None, None, '--list 12.000: may mean 12 or 12,000 (got "12.000"); write 12 or 12000'),
        ({"hours": "30"}, None, None, "--hours 30: campaign.hours: must be at most 24 (got 30)"),
        ({"weekdays": "tue,fry"}, None, None, "must be a day of the week, such as tue or Tuesday"),
        ({"weekdays": ""}, None, None, "must be a day of the week"),
        ({}, "6", "3", "--officers: must be at least 8 with 3 vans"),
        ({}, "six", None, "--officers: must be a whole number"),
        ({}, None, "-1", "--vans: must be a whole number from 0"),
    ],
)
def test_a_slip_is_told_by_its_option(
    said: dict[str, str], officers: str | None, vans: str | None, told: str, tmp_path: Path
) -> None:
    with pytest.raises(ScenarioError) as caught:
        write_new(Town("t", said, officers, vans), tmp_path)
    assert told in str(caught.value)
    assert not list(tmp_path.iterdir())


def test_all_slips_are_told_at_once_and_no_file_is_overwritten(tmp_path: Path) -> None:
    with pytest.raises(ScenarioError) as caught:
        write_new(Town("t", {"footfall": "x", "hours": "99"}, "3"), tmp_path)
    assert len(caught.value.problems) == 3
    write_new(Town("t", {}), tmp_path)
    with pytest.raises(ScenarioError, match="this file exists"):
        write_new(Town("t", {}), tmp_path)


@pytest.mark.parametrize("hours", ["0.01", "24"])
@pytest.mark.parametrize(("footfall", "listed"), [("0", "1"), ("1e9", "1,000,000")])
def test_odd_towns_load_too(hours: str, footfall: str, listed: str, tmp_path: Path) -> None:
    said = {"footfall": footfall, "list": listed, "hours": hours, "weekdays": "mon"}
    town = load_scenario(write_new(Town("a-b-9", said, "100,000", "0"), tmp_path))

    assert len(town.campaign.days) == 52
    assert town.officers.vans.value == 0
