"""The page of a comparison: words that follow the numbers, and nothing that could be read as more than it says."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from reading import behind, column, labelled, strong, tables, titled, words

from simulator import load_scenario
from simulator.evidence.compare.asked import compare
from simulator.evidence.compare.found import CompareFound
from simulator.evidence.statistics.differences import Campaigns
from simulator.evidence.statistics.intervals import Interval
from simulator.report.compare.page import page as whole_page
from simulator.report.compare.sentences import difference_cell, sentence, spread_words, value_words
from simulator.report.page import Page
from simulator.report.render.terminal import text_of

GOLDEN = Path(__file__).parent.parent / "golden" / "compare.txt"


def page(found: CompareFound) -> Page:
    """What stands behind the first screen."""
    return behind(whole_page(found))


WIDTHS = (40, 60, 80, 100, 200)


@pytest.fixture(scope="module")
def threshold() -> CompareFound:
    lower = load_scenario("croydon-static", ["recogniser.threshold=0.60"])
    return compare("croydon-static", lower, replications=200, seed=2)


@pytest.fixture(scope="module")
def staff() -> CompareFound:
    a, b = (load_scenario("croydon-static", [f"officers.teams={teams}"]) for teams in (4, 1))
    return compare(a, b, replications=100, seed=2)


@pytest.fixture(scope="module")
def groups() -> CompareFound:
    return compare("croydon-static", "what-if-groups", replications=50)


def test_the_text_is_the_golden_one(groups: CompareFound) -> None:
    assert text_of(whole_page(groups), 100, details=True) == GOLDEN.read_text("utf-8")


def test_sentences_cannot_be_read_as_more_than_they_say(threshold: CompareFound, staff: CompareFound) -> None:
    for found in (threshold, staff):
        for measure, item in found.measures.items():
            said = sentence(found, measure)
            assert "no difference " not in said.replace("no difference shown", "")
            assert ("B has" in said) == item.chance.shown
            if item.chance.differ and not item.chance.shown:
                told = item.chance.difference_95 is not None
                assert ("no difference shown: " in said) == told
                assert difference_cell(item.chance).startswith("none shown: " if told else "none shown")
    assert "; with unknown inputs" in sentence(threshold, "wrongful_stops")
    assert "fewer listed people stopped per campaign" in sentence(staff, "listed_stopped")
    assert "; fewer than 1 campaign in " in sentence(staff, "listed_people")


def test_words_follow_the_numbers(threshold: CompareFound) -> None:
    """An interval around zero is no difference shown; the same interval moved off zero is one."""

    def said(difference: float, ends: Interval, differ: Campaigns, average: Interval | None = None) -> str:
        item = threshold.measures["wrongful_stops"]
        shown = not ends.low <= 0 <= ends.high
        chance = replace(
            item.chance, a=1.0, b=1.0 + difference, difference=difference, difference_95=ends, shown=shown, ratio_95=None,
            campaigns=differ,
        )  # fmt: skip
        measures = {
            "x": replace(item, chance=chance, ignorance=replace(item.ignorance, difference=-0.2, average_95=average))
        }
        run = replace(threshold.run, replications=1000)
        return sentence(replace(threshold, run=run, measures=measures), "x")

    many, few, none = Campaigns(60, 890, 50), Campaigns(3, 997, 0), Campaigns(0, 1000, 0)
    assert said(0.015, Interval(-0.02, 0.05), many) == (
        "Wrongful stops: no difference shown: -0.020 to 0.050 per campaign."
    )
    assert said(0.12, Interval(0.08, 0.16), many) == (
        "B has 0.12 more wrongful stops per campaign (0.080 to 0.16): 1.1 against 1."
    )
    fewer = "B has 0.12 fewer wrongful stops per campaign (0.080 to 0.16): 0.88 against 1"
    assert said(-0.12, Interval(-0.16, -0.08), many) == f"{fewer}."
    assert said(-0.12, Interval(-0.16, -0.08), many, Interval(-0.3, 0.1)) == (
        f"{fewer}; with unknown inputs 0.20 fewer on average, which may be from 0.30 fewer to 0.10 more."
    )
    assert said(0.003, Interval(-0.002, 0.009), few) == (
        "Wrongful stops: no difference shown: -0.0020 to 0.0090 per campaign; this rests on 3 of 1,000 campaigns."
    )
    assert said(0.0, Interval(-0.0037, 0.0037), none) == (
        "Wrongful stops: the same in all 1,000 campaigns, 1 on average; fewer than 1 campaign in 270 may differ."
    )
    assert spread_words((-0.4, -0.1)) == "0.10 to 0.40 fewer"


def test_campaigns_of_unlike_size_are_also_compared_by_rates(groups: CompareFound, staff: CompareFound) -> None:
    unlike, like = page(groups), page(staff)
    assert labelled(unlike, "WHAT IF") == [groups.b.what_if]
    assert any("A and B are of unlike size" in line for line in strong(unlike))
    assert labelled(unlike, "Per camera hour")
    assert labelled(unlike, "Per 100,000 faces counted")
    assert "rather too wide than too narrow" in words(unlike)
    assert (len(tables(unlike)), len(tables(like))) == (4, 2)
    assert not labelled(like, "Per camera hour")


def test_what_may_mislead_is_a_caution(groups: CompareFound, threshold: CompareFound) -> None:
    assert labelled(page(groups), "Caution")[0].startswith("50 campaigns are few")
    said = labelled(page(threshold), "Caution")
    assert any(text.startswith("B: Below 0.64 the two presets disagree") for text in said)
    assert said.count(threshold.caveats.a[0]) == 1
    assert "lfrsim run gives A's numbers with --envelope 0.6,16500" in words(page(threshold))
    one_draws = replace(threshold, drawn_in_one=("officers.teams",))
    assert labelled(page(one_draws), "Caution")[0].startswith("officers.teams: fixed in one scenario")


def test_notes_go_with_their_columns(staff: CompareFound) -> None:
    """No closed form sees the difference here, so there is no column for what inputs would make of it."""
    made = titled(page(staff), "Per campaign, inputs drawn")
    assert "if inputs differ" not in made.columns
    assert not any("If inputs differ" in note.text for note in made.notes)
    chance = titled(page(staff), "Per campaign, every input")
    for name in chance.spare:
        chance = chance.without(name)
    assert [note for note in chance.notes if note.of] == []
    assert column(chance, "")[0] == "faces counted"


def test_values_that_differ_are_told() -> None:
    assert value_words({"value": 4.0, "low": 2.0, "high": 6.0}) == "4 (2 to 6)"
    assert value_words({"value": 0.64}) == "0.64"
    assert value_words(None) == "none"
    assert value_words([1, 2]) == "a list of 2"
    assert value_words("x" * 200) == "x" * 200
