"""A year: laid out where a scenario states one, simulated as one, and the same in every command."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from pathlib import Path

import pytest
from scenario_texts import with_change
from typer.testing import CliRunner

from simulator import ask
from simulator.claim.loader import load_claims
from simulator.cli.app import app
from simulator.evidence.about.header import Header
from simulator.scenario import Scenario, ScenarioError, load_scenario
from simulator.scenario.applied import with_settings
from simulator.scenario.year import as_year, laid_out, year_of

ONE_DAY = '  deployments:\n    - {date: 2025-10-01, start: "11:00", hours: 4}\n'
TWICE_A_WEEK = """\
  first_date: 2027-01-06
  last_date: 2027-03-31
  every: week
  weekdays: [tue, fri]
  hours: 5
"""
DAILY = "  first_date: {first}\n  last_date: {last}\n  hours: 5\n"


def town(tmp_path: Path, campaign: str, street: str = "") -> Path:
    """The minimal scenario with another *campaign*, and more under its street."""
    path = tmp_path / "town.yaml"
    text = with_change(ONE_DAY, campaign).replace("  passages_per_hour: 1000\n", f"  passages_per_hour: 1000\n{street}")
    path.write_text(text, "utf-8")
    return path


def dates(scenario: Scenario) -> list[dt.date]:
    return [day.date for day in scenario.campaign.days]


class TestLaidOut:
    def test_a_pace_is_spread_evenly_over_the_year_with_the_hours_of_the_campaign_in_turn(self) -> None:
        croydon = load_scenario("croydon-static")
        year = as_year(croydon)
        steps = {(b - a).days for a, b in zip(dates(year), dates(year)[1:], strict=False)}

        assert (len(dates(year)), dates(year)[0], steps) == (48, dates(croydon)[0], {7, 8})
        assert dates(year)[-1] - dates(year)[0] < dt.timedelta(days=365)
        hours = [day.hours for day in croydon.campaign.days]
        assert [day.hours for day in year.campaign.days] == 3 * hours + [hours[i] for i in (0, 2, 4, 7, 9, 11)]
        assert (laid_out(croydon), laid_out(year), year_of(year)) == (None, "evenly", year)

    def test_those_of_one_date_stay_together_and_no_place_is_left_out(self, tmp_path: Path) -> None:
        """At a pace above the campaign's and at one below it."""
        days = "".join(
            f"    - {{date: 2026-0{month}-01, hours: 4, place: {place}}}\n" for month in (1, 2) for place in ("a", "b")
        )
        path = town(tmp_path, f"  deployments:\n{days}")
        for number, together, counts in ((20, 10, {"a": 10, "b": 10}), (3, 2, {"a": 2, "b": 1})):
            year = as_year(load_scenario(path, [f"campaign.deployments_a_year={number}"]))
            assert len(set(dates(year))) == together
            assert Counter(day.place for day in year.campaign.days) == counts

    def test_a_year_is_named_one_and_has_no_record_of_the_campaign(self) -> None:
        year = as_year(load_scenario("croydon-static"))
        assert year.title.startswith("A year of: ")
        assert year.record is None
        assert Header.of(year).unit == "year"

    def test_a_campaign_of_as_many_within_a_year_is_that_year(self) -> None:
        met = load_scenario("met-report-year")
        assert year_of(met) is met
        assert laid_out(met) == "listed"
        assert met.record is not None

    @pytest.mark.parametrize(
        ("first", "last", "days"),
        [
            ("2027-01-01", "2027-01-31", 365),
            ("2027-01-01", "2029-01-01", 365),
            ("2027-01-01", "2027-12-23", 365),
            ("2027-01-01", "2028-01-08", 365),
            ("2028-01-01", "2028-12-31", 366),
            ("2028-02-29", "2028-03-31", 366),
        ],
    )
    def test_a_calendar_goes_on_or_is_cut_to_the_day_before_its_date_comes_round(
        self, tmp_path: Path, first: str, last: str, days: int
    ) -> None:
        year = as_year(load_scenario(town(tmp_path, DAILY.format(first=first, last=last))))
        assert (str(dates(year)[0]), len(dates(year)), laid_out(year)) == (first, days, "calendar")

    @pytest.mark.parametrize(("last", "days"), [("2027-12-24", 358), ("2027-12-31", 365), ("2028-01-07", 372)])
    def test_a_calendar_of_a_year_but_for_a_week_is_its_year(self, tmp_path: Path, last: str, days: int) -> None:
        scenario = load_scenario(town(tmp_path, DAILY.format(first="2027-01-01", last=last)))
        assert (len(dates(scenario)), year_of(scenario) is scenario, laid_out(scenario)) == (days, True, "calendar")

    def test_twice_a_week_is_104_days_a_year(self, tmp_path: Path) -> None:
        year = as_year(load_scenario(town(tmp_path, TWICE_A_WEEK)))
        assert Counter(date.strftime("%a") for date in dates(year)) == {"Tue": 52, "Fri": 52}

    def test_people_come_as_often_in_the_same_time(self, tmp_path: Path) -> None:
        """Visits per person are of the campaign: its year has as many more as it has passages."""
        scenario = load_scenario(town(tmp_path, TWICE_A_WEEK, "  visits_per_person: {value: 2, low: 1, high: 4}\n"))
        year, times = as_year(scenario), 104 / len(scenario.campaign.days)
        visits = year.street.visits_per_person
        assert visits is not None
        assert [visits.value, *visits.interval()] == pytest.approx([2 * times, times, 4 * times])

    def test_nobody_comes_in_a_year_of_an_empty_street(self, tmp_path: Path) -> None:
        path = town(tmp_path, TWICE_A_WEEK, "  visits_per_person: 2\n")
        assert len(dates(as_year(load_scenario(path, ["street.passages_per_hour=0"])))) == 104

    def test_no_year_is_made_up(self, tmp_path: Path) -> None:
        """Dates a week apart say nothing of the year; neither is there one that would run past the last date there is."""
        weekly = ONE_DAY.replace("hours: 4", "hours: 4, count: 4, every: week")
        past = f"{ONE_DAY.replace('2025', '9999')}  deployments_a_year: 52\n"
        for campaign in (ONE_DAY, weekly, past):
            scenario = load_scenario(town(tmp_path, campaign))
            assert (year_of(scenario), Header.of(scenario).year) == (None, None)
            with pytest.raises(
                ScenarioError, match=r"--set campaign.deployments_a_year=N\), or give campaign a calendar"
            ):
                as_year(scenario)

    def test_an_override_states_it(self, tmp_path: Path) -> None:
        stated = load_scenario(town(tmp_path, ONE_DAY), ["campaign.deployments_a_year=52"])
        assert len(dates(as_year(stated))) == 52


def test_the_pilot_has_one_pace() -> None:
    """24 deployments in six months, in the scenario as in the claims about it."""
    carried = load_claims("croydon-sun-2026").reach["year-croydon"].figures
    assert carried["deployments"] == load_scenario("croydon-static").campaign.deployments_a_year == 2 * 24


class TestSimulated:
    def test_all_commands_have_the_same_year(self, tmp_path: Path) -> None:
        """The same deployments, and in the same campaigns the same wrongful stops, to the last digit."""
        path, n = str(town(tmp_path, TWICE_A_WEEK)), 60
        run = ask.run(path, replications=n, year=True)
        whole = ask.run(path, overrides=["campaign.last_date=2028-01-05"], replications=n)
        swept = ask.sweep(path, ["recogniser.threshold=0.64"], replications=n, workers=1)
        chosen = ask.choose(path, "wrongful_stops<=5 per year", (0.64,), replications=n, draws=n, workers=1)
        both = ask.compare(path, path, replications=n, year=True)
        described, weighed = ask.describe(path, year=True), ask.sensitivity(path, year=True, points=16)

        headers = [run.scenario, whole.scenario, swept.about.scenario, chosen.scenario, both.a, weighed.scenario]  # type: ignore[union-attr]
        assert {(header.deployments, header.unit) for header in headers} == {(104, "year")}
        mean = run.measures["wrongful_stops"].mean
        assert mean > 0
        assert whole.measures["wrongful_stops"].mean == mean
        assert swept.cells["wrongful_stops"].item() == pytest.approx(mean, rel=1e-12)
        assert chosen.presets[0].thresholds[0].limits[0].mean == pytest.approx(mean, rel=1e-12)
        assert both.measures["wrongful_stops"].chance.a == pytest.approx(mean, rel=1e-12)
        assert described.expected.wrongful_stops == pytest.approx(run.measures["wrongful_stops"].closed_form)
        assert weighed.measure.at_medians == pytest.approx(described.expected.wrongful_stops)

    def test_a_year_is_no_campaign_over_and_over(self) -> None:
        """Negative control: who was arrested in autumn is not arrested again in spring; strangers are mistaken at the same rate.

        False alerts of 200 years scatter by 4.6 % around 2.4 a year, those of 700 campaigns alike: 4 standard errors are 26 %.
        """
        year = ask.run("croydon-static", replications=200, year=True).measures
        campaign = ask.run("croydon-static", replications=700).measures
        times = 48 / 14

        assert year["arrests"].mean < 0.8 * times * campaign["arrests"].mean
        assert year["false_alerts"].mean == pytest.approx(times * campaign["false_alerts"].mean, rel=0.26)


class TestSaid:
    def told(self, *words: str) -> tuple[int, str]:
        done = CliRunner().invoke(app, list(words))
        return done.exit_code, " ".join(done.stdout.split())

    def test_the_header_says_what_kind_of_year_it_is(self) -> None:
        code, text = self.told("run", "croydon-static", "--year", "-n", "20", "--details")
        assert code == 0
        assert text.startswith("A year of: Fixed cameras in Croydon")
        assert "A year: 48 deployments laid out evenly at the pace stated, 200 camera hours" in text
        assert "per year with every input" in text
        assert "campaigns" not in text.split("Wrongful stops, out of")[0]

    @pytest.mark.parametrize(
        "command", [("run",), ("describe",), ("sweep",), ("sensitivity",), ("compare", "school-street")]
    )
    def test_a_year_that_is_not_stated_is_an_error_with_the_way_on(self, command: tuple[str, ...]) -> None:
        done = CliRunner().invoke(app, [*command, "school-street", "--year"])
        assert isinstance(done.exception, ScenarioError)
        assert "--set campaign.deployments_a_year=N" in str(done.exception)

    def test_a_run_of_a_campaign_names_its_year_and_a_year_does_not(self) -> None:
        for more, named in ((), True), (("--year",), False):
            done = CliRunner().invoke(app, ["run", "croydon-static", "-n", "5", *more])
            assert ("for its year of 48 deployments" in done.stderr) is named

    def test_describe_says_which_year_there_is(self) -> None:
        assert (
            "A year of it (--year): 48 deployments laid out evenly at the pace stated, 200 camera hours."
            in self.told("describe", "croydon-static")[1]
        )
        assert "These deployments are a year." in self.told("describe", "met-report-year")[1]
        assert "A year of this is not known" in self.told("describe", "school-street")[1]


def test_an_alternative_of_visits_is_of_the_campaign_in_its_year_too(tmp_path: Path) -> None:
    """Twice as many visits are twice as many in the year, as they are where the scenario itself is set so."""
    street = "  visits_per_person: 2\n"
    doubt = (
        "\nalternatives:\n  - {name: twice as often, why: nobody counted, settings: {street.visits_per_person: 4}, "
        "measure: arrests, decided_by: a count, source: nobody, grade: assumed}\n"
    )
    path = town(tmp_path, ONE_DAY, street)
    path.write_text(path.read_text("utf-8") + doubt, "utf-8")
    pace = "campaign.deployments_a_year=50"
    year = as_year(load_scenario(path, [pace]))
    set_so = as_year(load_scenario(path, [pace, "street.visits_per_person=4"]))

    assert with_settings(year, year.alternatives[0].settings).street == set_so.street
