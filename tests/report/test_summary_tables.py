"""The tables of a summary print the numbers they stand for."""

from __future__ import annotations

import io
from typing import Any

import numpy as np
import pytest
from rich.console import Console

from simulator import load_scenario, run_study, summarise
from simulator.evidence.numbers import number, per_unit, rate_range
from simulator.evidence.run.study import CHANCE
from simulator.evidence.statistics.intervals import mean_interval
from simulator.report.run.page import print_summary
from simulator.report.run.tables import NOT_KNOWN, ROWS, counts_table, headline_table, rates_table


def test_simulation_error_is_the_half_width_also_where_the_interval_is_cut_off_at_zero() -> None:
    """Half of what is left of a cut interval would make the rarest averages look surest."""
    study = run_study(load_scenario("croydon-static"), 30, 1)
    summary = summarise(study)
    table = counts_table(summary, 200)
    labels, errors = list(table.columns[0].cells), list(table.columns[2].cells)
    assert table.columns[2].header == "± error"

    cut = 0
    for (name, label), printed_label, printed in zip(ROWS, labels, errors, strict=True):
        assert printed_label == label
        values: np.ndarray = study.passes[CHANCE][name]
        if not values.any():
            continue
        low, high = mean_interval(values, 0.95)
        cut += low < 0
        assert (high - low) / 2 == pytest.approx(high - values.mean())
        assert printed == number(high - values.mean())
    assert cut > 0


def printed(summary: dict[str, Any]) -> str:
    page = io.StringIO()
    print_summary(summary, Console(file=page, width=124, highlight=False, color_system=None))
    return page.getvalue()


def summary_of(name: str, n: int = 40, *changes: str) -> dict[str, Any]:
    return summarise(run_study(load_scenario(name, changes), n, 1))


@pytest.fixture(scope="module")
def cardiff() -> dict[str, Any]:
    return summary_of("cardiff-2017")


@pytest.fixture(scope="module")
def lesson() -> dict[str, Any]:
    return summary_of("school-street")


def test_a_record_that_is_not_matched_stands_before_the_headline(cardiff: dict[str, Any]) -> None:
    """5 stops, 96 stops and 1 arrest are on record; each has its own line above the wrongful stops, false alerts first."""
    assert [(check["figure"], check["recorded"]) for check in cardiff["outside_checks"]] == [
        ("stopped_on_false_alert", 5),
        ("arrests", 1),
        ("stopped_on_true_alert", 96),
    ]
    lines = printed(cardiff).splitlines()
    headline = next(i for i, line in enumerate(lines) if line.startswith("Wrongful stops:"))
    said = [line for line in lines[1:headline] if line.startswith("DOES NOT MATCH ITS RECORD: ")]
    low, high = cardiff["outside_checks"][0]["campaign_90"]

    assert said == lines[1:4]
    assert said[0].endswith(
        f": stopped on false alert: 5 recorded, {low:,.0f} to {high:,.0f} simulated (9 in 10 campaigns)."
    )


@pytest.mark.parametrize("calibrated", ["calibrated", "shares_data"])
def test_only_a_check_can_fail_to_match(calibrated: str) -> None:
    """Arrests moved far away: outside as a check; not one where inputs were fitted to them, and not where inside."""
    assert summary_of("croydon-static")["outside_checks"] == []
    record = "faces: 239216, source: x, grade: measured"
    (check,) = summary_of("croydon-static", 40, f"record={{arrests: 900, calibrated: [faces], {record}}}")[
        "outside_checks"
    ]
    assert (check["figure"], check["recorded"]) == ("arrests", 900)
    assert not summary_of("croydon-static", 40, f"record={{arrests: 900, {calibrated}: [faces, arrests], {record}}}")[
        "outside_checks"
    ]


def test_few_campaigns_are_not_called_a_mismatch() -> None:
    """A range of nine in ten takes twenty campaigns: 19 have none."""
    assert "LIKE ITS RECORD IN NONE OF THE FEW CAMPAIGNS: stopped on false" in printed(summary_of("cardiff-2017", 3))
    assert "ITS RECORD" not in printed(summary_of("cardiff-2017", 1))
    few = printed(summary_of("essex-2024", 19))
    assert "DOES NOT MATCH" not in few
    assert "simulated (19 campaigns)" in few
    assert "DOES NOT MATCH ITS RECORD" in printed(summary_of("essex-2024", 20))


def test_another_cell_than_the_record_is_said_to_be_one() -> None:
    from simulator.experiment.replications import Cell

    text = printed(summarise(run_study(load_scenario("cardiff-2017"), 20, cell=Cell(0.61, 2000.0))))
    assert "the record is of another threshold or list size" in " ".join(text.split())


def test_rates_that_mean_nothing_are_not_given(cardiff: dict[str, Any]) -> None:
    """Nobody counted faces, passages or hours in Cardiff: no rate per any of them, in tables or summary.json."""
    unknown = {"face", "passage", "camera_hour"}
    for rates in cardiff["rates"].values():
        assert {unit for unit, rate in rates.items() if "not known here" in rate["basis"]} == unknown
        assert all(rates[unit]["rate"] is rates[unit]["with_ignorance"] is None for unit in unknown)
    for table in (headline_table(cardiff, 200), rates_table(cardiff, 200)):
        rows = list(zip(*(column.cells for column in table.columns), strict=True))
        assert [row[1] == NOT_KNOWN for row in rows] == [True, True, False, False, False, True, False]
        assert not any(cell for row in rows if row[1] == NOT_KNOWN for cell in row[2:])
    text = printed(cardiff)
    assert "faces (assumed, not counted)" in text
    assert "Officer-hours and costs per arrest: not known here" in text
    assert "100.00 %" not in text


def test_rates_are_given_where_no_scenario_objects(lesson: dict[str, Any]) -> None:
    """Negative control: elsewhere no cell is left out."""
    assert lesson["scenario"]["no_rates_per"] == []
    assert NOT_KNOWN not in printed(lesson)


def test_all_campaigns_are_counted_not_given_in_per_cent(lesson: dict[str, Any]) -> None:
    assert "all 40 campaigns have some" in printed(lesson)
    assert "the one campaign has some" in printed(summary_of("school-street", 1))


def test_what_is_certain_has_no_range_for_ignorance(lesson: dict[str, Any]) -> None:
    """No input of the lesson has an interval; with one that has, the ranges are there."""
    text, other = (
        printed(lesson),
        printed(summary_of("school-street", 40, "officers.teams={value: 40, low: 30, high: 50}")),
    )
    for words in ("not known about", "nputs differ", "unknown inputs", "held fixed here"):
        assert words not in text, words
        assert words in " ".join(other.split()), words
    assert "1 deployment, 10 camera hours" in text


@pytest.mark.parametrize(
    ("ends", "unit", "words"),
    [
        ([0.0, 6.0], "arrest", "none to 6"),
        ([0.949, 1.75], "arrest", "0.95 to 1.8"),
        ([0.4, 11.6], "arrest", "0.40 to 11.6"),
        ([0.2, 0.887], "arrest", "1 in 5 to 88.7 in 100"),
        ([0.2, 0.887], "deployment", "0.20 to 0.89"),
        ([0.001, 0.2], "camera_hour", "1 in 1,000 to 1 in 5"),
    ],
)
def test_ends_of_a_range_are_written_alike_above_one(ends: list[float], unit: str, words: str) -> None:
    assert rate_range(ends, unit) == words


def test_more_than_one_per_unit_is_a_plain_number() -> None:
    assert [per_unit(x, "arrest") for x in (11.6, 1.0, 0.887, 0.01)] == [
        "11.6",
        "100 in 100",
        "88.7 in 100",
        "1 in 100",
    ]


def test_one_of_a_kind_is_singular() -> None:
    from simulator.report.describe.page import sentences

    ones = [f"officers.{kind}=1" for kind in ("operators", "teams", "checkers", "vans")]
    said = " ".join(sentences(load_scenario("school-street", ones)))
    assert "1 deployment with" in said
    assert "1 operator, 1 plain-clothes team of 2, 1 unit of two uniformed officers, 1 van." in said
    assert "10 operators, 40 plain-clothes teams of 2" in " ".join(sentences(load_scenario("school-street")))
