"""The page of a sensitivity analysis: what a share is of, how sure it is, and what the method cannot see."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from reading import behind, column, labelled, strong, tables, titled, words

from simulator.evidence.sensitivity.asked import sensitivity
from simulator.evidence.sensitivity.found import SensitivityFound
from simulator.evidence.statistics.intervals import Interval
from simulator.report.page import Line, Page
from simulator.report.render.terminal import text_of
from simulator.report.said import WRONGFUL_NOTE
from simulator.report.sensitivity.decision import ASK, between
from simulator.report.sensitivity.page import page as whole_page
from simulator.report.sensitivity.sentences import share_of

GOLDEN = Path(__file__).parent.parent / "golden" / "sensitivity.txt"


def page(found: SensitivityFound) -> Page:
    """What stands behind the first screen."""
    return behind(whole_page(found))


SHARES, WORTH = "Share of what is not known", "What it would be worth"


@pytest.fixture(scope="module")
def found() -> SensitivityFound:
    """Ranked inputs, and a decision among two thresholds one of which is outside calibrated support."""
    return sensitivity("what-if-groups", points=256, decide="recogniser.threshold=0.58,0.64", exchange=2)


@pytest.fixture
def noisy(found: SensitivityFound) -> SensitivityFound:
    """The same as if simulated, with much chance left."""
    run = replace(found.run, method="simulation", campaigns_each=5, campaigns_each_bar=200, campaigns=5000)
    return replace(found, run=run, measure=replace(found.measure, chance_share=0.4))


def test_the_text_is_the_golden_one(found: SensitivityFound) -> None:
    assert text_of(whole_page(found), 100, details=True) == GOLDEN.read_text("utf-8")


def test_the_answer_comes_with_its_limits(found: SensitivityFound) -> None:
    said = page(replace(found, decision=None))

    assert strong(said)[1].startswith("What is not known about the average of wrongful stops hangs most on: passages")
    assert Line(ASK) in said
    assert Line(WRONGFUL_NOTE) in said
    assert labelled(said, "WHAT IF")
    assert len(labelled(said, "Caution")) == len(found.caveats + found.warnings)
    assert "What the formula cannot see: it has no queues" in words(said)
    assert " 0 %" not in words(said)


def test_a_decision_is_answered_under_the_stated_rate(found: SensitivityFound) -> None:
    """The rate stands in the sentence with the answer, and its range beside it; outside support is named."""
    said = page(found)

    assert strong(said)[2].startswith(
        "If one person wrongly stopped weighs as much as 2 listed people stopped (your rate), recogniser.threshold=0.64"
    )
    assert Line(ASK) not in said
    assert labelled(said, "Caution, option 0.58")
    assert "How far this holds: recogniser.threshold=0.64 stays best for exchange rates above 1.1" in words(said)
    named = [item.key for item in found.decision.worth_telling]
    assert sum(f"  {key}" in column(titled(said, WORTH), "known exactly") for key in named) == len(named)


def test_where_the_estimates_do_not_tell_inputs_apart_two_are_named(found: SensitivityFound) -> None:
    unclear = replace(found.decision, top_is_clear=False)
    said = page(replace(found, decision=unclear))

    assert strong(said)[2].endswith("; the estimates do not tell them apart.")
    assert "most worth measuring from" not in words(said)


def test_none_seen_is_told_with_what_it_may_be(found: SensitivityFound) -> None:
    """No table of zeros: at most so much, also in the sentence of the first screen."""
    decision = found.decision
    items = tuple(replace(item, evppi=0.0, evppi_95=Interval(0.0, 0.2)) for item in decision.evppi)
    none = replace(decision, evpi=0.0, evpi_95=Interval(0.0, 0.3), evppi=items, top_for_exchange=None)
    said = words(page(replace(found, decision=none)))

    assert "it is worth no more than 0.30 listed people stopped per campaign (95 %)" in said
    assert "at no more than 0.20 listed people stopped per campaign (95 %)." in said
    assert "would change nothing" not in said


def test_what_the_formulas_do_not_see_has_no_tables(found: SensitivityFound) -> None:
    said = page(replace(found, decision=replace(found.decision, all_alike=True)))

    assert len(tables(said)) == 1
    assert "Compare its values by simulation" in words(said)


def test_much_chance_ranks_nothing(found: SensitivityFound, noisy: SensitivityFound) -> None:
    """Shares with interplay go together with the note on them, and what is left of chance has a row."""
    made, usual = titled(page(noisy), SHARES), titled(page(found), SHARES)

    assert set(usual.columns) - set(made.columns) == {"with interplay"}
    assert not any("With interplay" in note.text for note in made.notes)
    assert column(made, "share alone")[-1] == "40 %"
    assert "cannot be ranked safely" in strong(page(noisy))[1]
    quiet = replace(noisy, measure=replace(noisy.measure, chance_share=0.1))
    assert "divide a share alone by 0.90 to leave it out" in words(page(quiet))


def test_nothing_to_rank_says_why(found: SensitivityFound) -> None:
    measure = replace(found.measure, average_95=None)
    said = page(replace(found, measure=measure, constant="No input has an interval.", inputs=(), decision=None))

    assert labelled(said, "Nothing to rank") == ["5.9 with every input at its middle value. No input has an interval."]
    assert not tables(said)


def test_shares_and_rates_are_written_so_that_nothing_becomes_none() -> None:
    assert [share_of(x) for x in (0.0, 0.004, 0.006, 0.58)] == ["under 1 %", "under 1 %", "1 %", "58 %"]
    assert [between(ends) for ends in (None, (0.0, None), (2.0, None), (0.0, 4.9), Interval(4.9, 15.4))] == [
        "none", "of any size", "above 2", "below 4.9", "from 4.9 to 15.4",
    ]  # fmt: skip
