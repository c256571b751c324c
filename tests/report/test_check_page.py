"""The page and the figures of ``lfrsim check``: every number with its rows and interval, chances never rounded to 0 or 1."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from forecast_records import question, simulated_records
from reading import behind

from simulator.evidence.check import rolling
from simulator.evidence.check.checked import Checked, checked
from simulator.evidence.check.found import CheckFound, RowWithoutHours
from simulator.evidence.check.question import Split
from simulator.evidence.check.requirement import required
from simulator.evidence.check.skill import Skill
from simulator.evidence.kept import read
from simulator.record.records import LeftOut
from simulator.report.check.folder import FILES, write_check
from simulator.report.check.page import page as whole_page
from simulator.report.check.sentences import chance, gain, score, shown, skill_lines
from simulator.report.figures import style
from simulator.report.figures.check import FORECASTS_NAME, PIT_NAME, draw_forecasts, draw_pit
from simulator.report.figures.check_predictive import PREDICTIVE_NAME, draw_predictive
from simulator.report.page import Line, Page, Table
from simulator.report.render.terminal import text_of
from simulator.response.kernel import by_kernel

GOLDEN = Path(__file__).parent.parent / "golden" / "check.txt"


def page(found: CheckFound) -> Page:
    """What stands behind the first screen."""
    return behind(whole_page(found))


@pytest.fixture(scope="module")
def made() -> Checked:
    """120 rows with a known truth, half of them training; two were left out for mistakes, one has no hours."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rolling, "CANDIDATES", ((), ("sites",)))
        asked = question(simulated_records(120), Split(train_until=dt.date(2024, 6, 30)))
        return checked(asked, 60, 1, by_kernel, "scenario")


@pytest.fixture(scope="module")
def found(made: Checked) -> CheckFound:
    records = replace(
        made.found.records,
        rows=123,
        skipped=2,
        skipped_lines=(7, 9),
        skipped_false_alerts=LeftOut(1.0, 1),
        without_hours=1,
        rows_without_hours=(RowWithoutHours(row=4, date=dt.date(2020, 2, 27), alerts=8.0, false_alerts=7.0),),
        oddities=3,
        ignored_columns=("Borough",),
    )
    scenario = replace(made.found.scenario, title="Vans [in] Croydon", what_if="Vans [/x] stood elsewhere.")
    return replace(made.found, records=records, scenario=scenario)


def labels(found: CheckFound) -> set[str]:
    return {block.label for block in page(found) if isinstance(block, Line)}


def tables(found: CheckFound) -> list[Table]:
    return [block for block in page(found) if isinstance(block, Table)]


def test_the_page_is_the_golden_text(found: CheckFound) -> None:
    assert text_of(whole_page(found), 100, details=True) == GOLDEN.read_text("utf-8")


def test_three_forecasters_stand_under_each_measure(found: CheckFound) -> None:
    coverage, skill, *by_measure, whole_record = tables(found)
    assert [row[0] for row in skill.rows[:3]] == ["alerts, scenario", "alerts, trained model", "arrests, scenario"]
    for table in (coverage, *by_measure):
        assert [row[0] for row in table.rows[:4]] == ["alerts", "  scenario", "  trained model", "  baseline"]
        assert len(table.rows) == 12
    assert [row[0] for row in whole_record.rows[1:3]] == ["  scenario", "  trained model"]


def test_without_training_the_scenario_stands_alone(found: CheckFound) -> None:
    forecasters = {"scenario": found.forecasters["scenario"]}
    checks = {"scenario": found.predictive_checks["scenario"]}
    untrained = replace(found, training=None, choice=None, false_alerts=None, monthly=None)
    alone = replace(untrained, forecasters=forecasters, predictive_checks=checks)
    said = text_of(page(alone))

    assert [len(table.rows) for table in tables(alone)] == [6, 6, 6, 6, 10]
    assert "baseline" not in said
    assert "trained model" not in said


def test_what_limits_the_answer_is_labelled(found: CheckFound) -> None:
    """Notes of the check, cautions and premise of the scenario, and what was required, each only where there is some."""
    plain = replace(found, notes=(), requirement=None, scenario=replace(found.scenario, what_if=None, caveats=()))

    assert labels(found) == {"", "WHAT IF", "Note", "Caution", "Required of the scenario"}
    assert labels(plain) == {""}


def test_what_broke_a_requirement_is_said_last(found: CheckFound) -> None:
    broken = replace(required("scenario", {}), holds=False, broken=("alerts: too many",))
    *_, rule, last = page(replace(found, requirement=broken))

    assert isinstance(rule, Line)
    assert rule.text.endswith("It DOES NOT HOLD.")
    assert last == Line("alerts: too many")


def test_words_of_numbers() -> None:
    assert [chance(x) for x in (0.0, 0.0004, 0.2, 0.99999)] == ["under 0.001", "under 0.001", "0.200", "over 0.999"]
    few = skill(25, 7, (-0.001, 0.264))
    assert gain(few) == "16 % (0 to 26)"
    assert gain(replace(few, ci_95=None)) == "–"
    assert [score(x) for x in (3.19, 0.0627, None)] == ["3.19", "0.063", "infinite"]


@pytest.mark.parametrize(
    ("sites", "months", "ends", "is_shown", "words"),
    [
        (25, 24, (0.01, 0.3), True, "shown"),
        (25, 24, (-0.1, 0.3), False, "not shown: may be chance"),
        (25, 24, (-0.3, -0.1), False, "worse than the baseline"),
        (25, 7, (0.01, 0.3), False, "not shown: only 7 months"),
        (1, 19, None, False, "not shown: only 1 site and 19 months"),
    ],
)
def test_a_gain_is_said_only_where_it_is_shown(
    sites: int, months: int, ends: tuple[float, float] | None, is_shown: bool, words: str
) -> None:
    worse = words.startswith("worse")
    assert shown(replace(skill(sites, months, ends), shown=is_shown, worse=worse)) == words


def test_what_came_too_seldom_or_was_off_in_all_shows_nothing() -> None:
    plain = skill(25, 24, (0.01, 0.3))

    assert shown(replace(plain, events=4, ci_95=None)) == "not shown: only 4 events"
    assert shown(replace(plain, total_in_tail=True)) == "not shown: its total was off"


def skill(sites: int, months: int, ends: tuple[float, float] | None) -> Skill:
    return Skill(
        rows=99,
        sites=sites,
        months=months,
        events=100,
        gain=0.158,
        ci_95=ends,
        total_in_tail=False,
        shown=False,
        worse=False,
    )


def test_skill_is_said_in_plain_words(found: CheckFound) -> None:
    """Once for all rows where they are of one kind, and with a number only where it has an interval."""
    said = skill_lines("model", found.forecasters["model"])

    assert len(said) == 1
    assert said[0].startswith(
        "The trained model has shown no skill beyond the baseline for these (alerts on all rows: "
    )
    assert "on vans" not in said[0]


def test_figures_can_be_drawn_again_from_the_folder(made: Checked, tmp_path: Path) -> None:
    """From check.json and forecasts.csv alone, byte for byte."""
    written, again = tmp_path / "written", tmp_path / "again"
    written.mkdir()
    again.mkdir()
    write_check(made, written)
    found = read(written / "check.json")
    assert isinstance(found, CheckFound)
    style.save(draw_pit(found), again, PIT_NAME)
    style.save(draw_forecasts(found, pd.read_csv(written / "forecasts.csv")), again, FORECASTS_NAME)
    style.save(draw_predictive(found), again, PREDICTIVE_NAME)

    assert found == made.found
    assert {path.name for path in written.iterdir()} == set(FILES)
    assert all((written / path.name).read_bytes() == path.read_bytes() for path in again.iterdir())
    header = (written / "forecasts.csv").read_text("utf-8").splitlines()[0]
    assert header == (
        "forecaster,measure,row,date,place,site,kind,hours,hours_assumed,list_assumed,observed,median,low_50,high_50,low_80,high_80,"
        "low_90,high_90,pit,crps"
    )
