"""The page of a run says the numbers it stands for, and what must be said with them."""

from __future__ import annotations

import json

import numpy as np
import pytest
from reading import behind, column, labelled, strong, titled, words

from simulator import load_scenario, run_study, summarise
from simulator.evidence.counted.measures import COUNTS
from simulator.evidence.numbers import count_range, number, number_range, per_unit, rate_range
from simulator.evidence.run.averages import BY_CAMPAIGNS
from simulator.evidence.run.found import RunFound
from simulator.evidence.run.study import CHANCE
from simulator.evidence.statistics.averages import average_interval
from simulator.experiment.replications import Cell
from simulator.report.pages import page_of
from simulator.report.run.headline import headline
from simulator.report.run.tables import NOT_KNOWN, counts_table, headline_table, rates_table
from simulator.report.said import DASH, PER, ROWS


def found_in(name: str, n: int = 40, *changes: str) -> RunFound:
    return summarise(run_study(load_scenario(name, changes), n, 1))


@pytest.fixture(scope="module")
def cardiff() -> RunFound:
    return found_in("cardiff-2017")


@pytest.fixture(scope="module")
def lesson() -> RunFound:
    return found_in("school-street")


@pytest.mark.parametrize("name", ["croydon-static", "cardiff-2017", "what-if-groups", "school-street"])
def test_what_was_found_is_read_back_equal(name: str) -> None:
    found = found_in(name, 5)

    assert RunFound.from_data(json.loads(found.to_json())) == found
    assert len(repr(found)) < 500


def test_a_number_that_json_does_not_know_is_an_error(lesson: RunFound) -> None:
    from dataclasses import replace

    with pytest.raises(ValueError, match="Out of range float"):
        replace(lesson, campaigns_with_a_wrongful_stop=float("nan")).to_json()


def test_measures_are_rows_of_a_frame(lesson: RunFound) -> None:
    frame = lesson.to_frame()

    assert list(frame.index) == list(lesson.measures)
    row, alerts = frame.loc["alerts"], lesson.measures["alerts"]
    assert (row["mean"], row["campaign_90_low"], row["campaign_90_high"]) == (alerts.mean, *alerts.campaign_90)
    assert row["with_ignorance.mean"] == alerts.with_ignorance.mean


def test_simulation_error_is_that_of_the_upper_end_and_none_seen_has_one() -> None:
    """Half of what is left of an interval cut off at 0 would make the rarest averages look surest."""
    study = run_study(load_scenario("croydon-static"), 30, 1)
    table = counts_table(summarise(study))

    none = 0
    for (name, label), said, printed in zip(ROWS, column(table, ""), column(table, "± error"), strict=True):
        assert said == label + ", thousands" * (name == "faces")
        values: np.ndarray = study.passes[CHANCE][name]
        high = average_interval(values, name in COUNTS).high
        if values.any() and np.isinf(high):
            assert (printed, name) == ("", "liberty_lost_min")
            assert any("Blank: fewer than 59 had any" in str(note) for note in table.notes)
        elif values.any():
            assert printed == number((high - values.mean()) / (1000 if name == "faces" else 1))
        elif printed:
            none += 1
            assert printed == f"< {number(high)}"
    assert none > 0


def test_an_average_stands_beside_ranges_of_its_own_pass_only() -> None:
    """In both tables: what stands under unknown inputs and after it is of that pass, what stands before is of the other."""
    found = found_in("croydon-static")
    counts, rates = counts_table(found), headline_table(found)
    columns = dict(zip(("best", "chance", "drawn", "lies", "both"), (1, 3, 5, 6, 7), strict=True))
    for (name, _), row in zip(ROWS, counts.rows, strict=True):
        m, drawn = found.measures[name], found.measures[name].with_ignorance
        if name == "faces" or m.assumed_zero:
            continue
        write = count_range if m.unit == "count" else number_range
        assert row[columns["chance"]] == write(*m.campaign_90, DASH)
        assert row[columns["both"]] == write(*drawn.campaign_90, DASH)
        for at, mean in (("best", m.mean), ("drawn", drawn.mean)):
            assert not mean or row[columns[at]] == number(mean)
        likely = number_range(*drawn.average_95, DASH) if drawn.average_95 else ""
        assert row[columns["lies"]].removeprefix("~") == likely
        assert row[columns["lies"]].startswith("~") == (drawn.average_95_basis == BY_CAMPAIGNS)
    for unit, row in zip(PER, rates.rows, strict=True):
        rate = found.rates["wrongful_stops"][unit]
        drawn = rate.with_ignorance
        assert drawn is not None
        ends = (drawn.average_95, drawn.campaign_90)
        ranges = [rate_range(each, unit) if each else "" for each in ends]
        assert list(row[1:]) == [per_unit(rate.rate, unit), per_unit(drawn.rate, unit), *ranges]


def test_the_headline_has_a_sentence_for_each_pass() -> None:
    found = found_in("croydon-static", 40, "recogniser.threshold=0.60")
    best, unknown = headline(found)
    m, drawn = found.measures["wrongful_stops"], found.measures["wrongful_stops"].with_ignorance

    assert f"{number(m.mean)} per campaign with every input at its best value" in best
    assert best.endswith(f"at least 9 in 10 campaigns have {count_range(*m.campaign_90)} by chance.")
    assert f"what to expect: {number(drawn.mean)} per campaign on average" in unknown
    assert f"that average may lie from {number_range(*drawn.average_95)};" in unknown
    assert unknown.endswith(f"at least 9 in 10 campaigns have {count_range(*drawn.campaign_90)}.")


def test_costs_per_arrest_are_of_the_pass_of_their_range() -> None:
    found = found_in("croydon-static")
    cost = found.per_arrest["equipment_cost_gbp"]
    low, high = map(number, cost.with_ignorance_90)
    said = f"equipment GBP {number(cost.with_ignorance_mean)} ({low} to {high}), at the best inputs {number(cost.mean)}"
    assert said in words(page_of(found))


def test_a_record_that_is_not_matched_stands_before_the_headline(cardiff: RunFound) -> None:
    """5 stops, 96 stops and 1 arrest are on record; each has its own line above the wrongful stops, false alerts first."""
    assert [(check.figure, check.recorded) for check in cardiff.outside_checks] == [
        ("stopped_on_false_alert", 5),
        ("arrests", 1),
        ("stopped_on_true_alert", 96),
    ]
    page = behind(page_of(cardiff))
    said = labelled(page, "DOES NOT MATCH ITS RECORD")
    low, high = cardiff.outside_checks[0].campaign_90

    assert [block.text for block in page[1:4]] == said  # type: ignore[union-attr]
    assert said[0] == f"stopped on false alert: 5 recorded, {low:,.0f} to {high:,.0f} simulated (9 in 10 campaigns)."
    assert strong(page)[1].startswith("Wrongful stops:")


@pytest.mark.parametrize("calibrated", ["calibrated", "shares_data"])
def test_only_a_check_can_fail_to_match(calibrated: str) -> None:
    """Arrests moved far away: outside as a check; not one where inputs were fitted to them, and not where inside."""
    assert found_in("croydon-static").outside_checks == ()
    record = "faces: 239216, source: x, grade: measured"
    (check,) = found_in("croydon-static", 40, f"record={{arrests: 900, calibrated: [faces], {record}}}").outside_checks
    assert (check.figure, check.recorded) == ("arrests", 900)
    fitted = f"record={{arrests: 900, {calibrated}: [faces, arrests], {record}}}"
    assert found_in("croydon-static", 40, fitted).outside_checks == ()


def test_few_campaigns_are_not_called_a_mismatch() -> None:
    """A range of nine in ten takes 19 campaigns: of 18 nothing is said but that."""
    few, enough = (found_in("essex-2024", n) for n in (18, 19))
    rows = few.record.rows.values() if few.record else ()
    page = words(page_of(few))

    assert {(row.campaign_90, row.inside) for row in rows} == {(None, None)}
    assert few.outside_checks == ()
    assert "ITS RECORD" not in page
    assert "too few to tell" in page
    assert "it takes 19 campaigns to tell what 9 in 10 have" in page
    assert "at least 9 in 10" not in page
    assert labelled(page_of(enough), "DOES NOT MATCH ITS RECORD")


def test_another_cell_than_the_record_is_said_to_be_one() -> None:
    page = page_of(summarise(run_study(load_scenario("cardiff-2017"), 20, cell=Cell(0.61, 2000.0))))

    assert "the record is of another threshold or list size" in labelled(page, "DOES NOT MATCH ITS RECORD")[0]


def test_rates_that_mean_nothing_are_not_given(cardiff: RunFound) -> None:
    """Nobody counted faces, passages or hours in Cardiff: no rate per any of them, in tables or summary.json."""
    unknown = {"face", "passage", "camera_hour"}
    for rates in cardiff.rates.values():
        assert {unit for unit, rate in rates.items() if "not known here" in rate.basis} == unknown
        assert all(rates[unit].rate is rates[unit].with_ignorance is None for unit in unknown)
    for table in (headline_table(cardiff), rates_table(cardiff)):
        assert [row[1] == NOT_KNOWN for row in table.rows] == [True, True, False, False, False, True, False]
        assert not any(cell for row in table.rows if row[1] == NOT_KNOWN for cell in row[2:])
    text = words(page_of(cardiff))
    assert "faces (assumed, not counted)" in text
    assert "Officer-hours and costs per arrest: not known here" in text
    assert "100.00 %" not in text


def test_rates_are_given_where_no_scenario_objects(lesson: RunFound) -> None:
    """Negative control: elsewhere no cell is left out."""
    assert lesson.scenario.no_rates_per == ()
    assert NOT_KNOWN not in words(page_of(lesson))


def test_all_campaigns_are_counted_not_given_in_per_cent(lesson: RunFound) -> None:
    assert "all 40 campaigns have some" in words(page_of(lesson))
    assert "the one campaign has some" in words(page_of(found_in("school-street", 1)))


def test_what_is_certain_has_no_range_for_ignorance(lesson: RunFound) -> None:
    """No input of the lesson has an interval; with one that has, the ranges are there."""
    text = words(page_of(lesson))
    other = words(page_of(found_in("school-street", 40, "officers.teams={value: 40, low: 30, high: 50}")))
    for said in ("not known", "best inputs", "nknown inputs", "ay lie", "held fixed here"):
        assert said not in text, said
        assert said in other, said
    assert "1 deployment, 10 camera hours" in text


def test_a_caution_on_few_campaigns(lesson: RunFound) -> None:
    assert labelled(page_of(lesson), "Caution")[0] == "40 campaigns are few; averages and ranges are rough (-n 1000)."


def test_groups_have_a_table_of_their_own(lesson: RunFound) -> None:
    groups = load_scenario("what-if-groups").street.groups

    assert column(titled(page_of(found_in("what-if-groups", 5)), "By group"), "group") == [g.name for g in groups]
    assert "By group" not in words(page_of(lesson))


@pytest.mark.parametrize(
    ("ends", "unit", "written"),
    [
        ((0.0, 6.0), "arrest", "none to 6"),
        ((0.949, 1.75), "arrest", "0.95 to 1.8"),
        ((0.4, 11.6), "arrest", "0.40 to 11.6"),
        ((0.2, 0.887), "arrest", "1 in 5 to 88.7 in 100"),
        ((0.2, 0.887), "deployment", "0.20 to 0.89"),
        ((0.001, 0.2), "camera_hour", "1 in 1,000 to 1 in 5"),
    ],
)
def test_ends_of_a_range_are_written_alike_above_one(ends: tuple[float, float], unit: str, written: str) -> None:
    assert rate_range(ends, unit) == written


def test_more_than_one_per_unit_is_a_plain_number() -> None:
    assert [per_unit(x, "arrest") for x in (11.6, 1.0, 0.887, 0.01)] == [
        "11.6",
        "100 in 100",
        "88.7 in 100",
        "1 in 100",
    ]


def test_one_of_a_kind_is_singular() -> None:
    from simulator.evidence.describe.assumptions import assumptions

    ones = [f"officers.{kind}=1" for kind in ("operators", "teams", "checkers", "vans")]
    said = " ".join(assumptions(load_scenario("school-street", ones)))
    assert "1 deployment with" in said
    assert "1 operator, 1 plain-clothes team of 2, 1 unit of two uniformed officers, 1 van." in said
    assert "10 operators, 40 plain-clothes teams of 2" in " ".join(assumptions(load_scenario("school-street")))
