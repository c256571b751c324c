"""Sentences of first screens as somebody would quote them: none says more than was simulated, or hides what belongs with it."""

from __future__ import annotations

import re
from functools import cache

import pytest
from reading import words

from simulator import ask
from simulator.evidence.numbers import (
    amount,
    number,
    number_range,
    plainly,
    singular,
    times_as_many,
)
from simulator.evidence.run.found import RunFound
from simulator.evidence.statistics.intervals import fewest_for_range
from simulator.report.pages import page_of
from simulator.report.render.terminal import text_of
from simulator.report.run.quote import quote

OF_A_HUNDRED = re.compile(r"Of 100 simulated campaigns \d+ have at least one such stop, \d+ none\.")


@cache
def run(name: str, n: int, *changes: str) -> RunFound:
    return ask.run(name, replications=n, overrides=changes, alternatives=False)


def first_screen(found: RunFound) -> str:
    return " ".join(text_of(page_of(found), 10_000).split())


@pytest.mark.parametrize("n", [1, 3, 20])
def test_campaigns_are_counted_as_simulated_below_a_hundred(n: int) -> None:
    found = run("croydon-static", n)
    said, some = first_screen(found), round(n * found.campaigns_with_a_wrongful_stop_drawn)

    assert "Of 100 simulated" not in said
    if n == 1:
        assert not some
        assert "In the one simulated campaign there is no such stop: the average is by formula." in said
    else:
        assert f"In {some} of the {n} simulated campaigns" in said or (not some and f"In none of the {n}" in said)


def test_from_a_hundred_on_they_are_told_of_a_hundred() -> None:
    """Negative control."""
    assert OF_A_HUNDRED.search(first_screen(run("croydon-static", 100)))


def test_none_of_many_contradicts_no_average() -> None:
    """With 150 campaigns and an average of some millionths none has any: never "0 have, 100 none" beside an average."""
    said = first_screen(run("croydon-static", 150, "recogniser.threshold=0.9"))

    assert "In none of the 150 simulated campaigns is there such a stop: the average is by formula." in said
    assert "100 none" not in said


@pytest.mark.parametrize("n", [1, 3, 18])
def test_few_campaigns_are_not_quoted(n: int) -> None:
    assert n < fewest_for_range()
    assert quote(run("croydon-static", n)) == ""
    assert "To quote" not in first_screen(run("croydon-static", n))


def test_so_few_are_said_to_be_few_first() -> None:
    said = first_screen(run("croydon-static", 1))
    assert "Watch out 1 campaign is an example, no average (-n 1000)." in said
    said = first_screen(run("croydon-static", 20))
    assert "Watch out 20 campaigns are few; averages and ranges are rough (-n 1000)." in said
    assert "are few" not in first_screen(run("croydon-static", 100))


@pytest.mark.parametrize(
    "name", ["croydon-static", "school-street", "cardiff-2017", "what-if-groups", "oxford-circus-2020"]
)
def test_every_number_in_a_quote_has_its_range(name: str) -> None:
    said = quote(run(name, 40))
    rates = re.findall(r"[\d.,]+ times per (?:1,000 alerts|million faces)( \([^)]* to [^)]*\))?", said)

    assert rates
    assert all(rates)
    assert said.startswith("“In a simulation of 40 campaigns (")


def test_what_is_certain_has_the_error_of_the_simulation() -> None:
    """No input of the lesson has an interval: 20 campaigns leave its average to 8 in 100 open, and a quote said nothing of it."""
    found = run("school-street", 20)
    rate = found.rates["wrongful_stops"]["alert"]
    assert rate.rate
    assert rate.mean_95
    ends = number_range(*(1000 * end for end in rate.mean_95))

    assert f"{number(1000 * rate.rate)} times per 1,000 alerts ({ends})" in quote(found)
    assert "ranges: error of the simulation" in quote(found)
    assert "ranges: error of the simulation" not in quote(run("croydon-static", 20))
    assert "No input is uncertain here: ranges are the error of the simulation alone." in first_screen(found)


def test_a_run_unlike_its_record_is_quoted_with_it() -> None:
    unlike, like = run("cardiff-2017", 40), run("oxford-circus-2020", 40)
    (first, *_) = unlike.outside_checks
    assert like.outside_checks == ()

    assert f"unlike its record ({first.figure.replace('_', ' ')}: {first.recorded} recorded" in quote(unlike)
    assert "unlike its record" not in quote(like)


def test_the_other_preset_says_at_which_inputs() -> None:
    found = run("croydon-static", 20)
    other = found.other_preset
    assert other is not None
    at_best, over = number(other.factor), number(other.drawn_factor)

    assert f"By a laboratory test ×{at_best} at the best inputs, ×{over} over all that is not known." in first_screen(
        found
    )
    assert at_best != over


def test_nothing_on_a_first_screen_is_in_powers_of_ten() -> None:
    """At a threshold of 1 the Met's record has 1e-7 wrongful stops a campaign, the laboratory 1e-16 at the best inputs."""
    for found in (
        run("croydon-static", 20, "recogniser.threshold=1"),
        ask.sweep("croydon-static", ["recogniser.threshold=0.64,1"], replications=4, workers=1),
    ):
        assert not re.search(r"\de[-+]\d", text_of(page_of(found), 100))
    assert re.search(r"\de-\d", number(1e-7))


@pytest.mark.parametrize(
    ("factor", "said"),
    [(1e-9, "less than a millionth as many"), (7.9, "7.9 times as many"), (2e7, "over a million times as many")],
)
def test_factors_beyond_a_million_are_said_in_words(factor: float, said: str) -> None:
    assert times_as_many(factor) == said


def test_small_numbers_are_never_nothing() -> None:
    assert [plainly(x) for x in (0.0, 1e-9, 2e-6)] == ["0", "under 0.000001", "0.0000020"]


@pytest.mark.parametrize(
    ("many", "one"),
    [
        ("wrongful stops", "wrongful stop"),
        ("people falsely alerted on", "person falsely alerted on"),
        ("passages by listed people", "passage by listed people"),
        ("stops with no action: wrong person", "stop with no action: wrong person"),
        ("listed people who came past and were not stopped", "listed person who came past and was not stopped"),
        ("alerts, truth: false", "alert, truth: false"),
        ("officer-minutes of review", "officer-minute of review"),
        ("cost of those officer-hours", "cost of those officer-hours"),
    ],
)
def test_one_of_a_measure_is_singular(many: str, one: str) -> None:
    assert singular(many) == one
    assert (amount(1, many), amount(2, many), amount(1.04, many)) == (f"1 {one}", f"2 {many}", f"1.0 {many}")


def test_averages_per_arrest_say_whose_the_bracket_is() -> None:
    """Half of the campaigns of one day have no arrest: the bracket is of the others, and the average may lie outside it."""
    few, many = run("oxford-circus-2020", 40), run("croydon-static", 40)
    drawn = few.rates["false_alerts"]["arrest"].with_ignorance
    assert drawn is not None
    none = drawn.campaigns_without
    assert 5 < none < 35

    assert f"of all 40 campaigns, {none} without an arrest among them" in words(page_of(few))
    assert f"9 in 10 of the {40 - none} single campaigns that have one" in words(page_of(few))
    assert "without an arrest among them" not in words(page_of(many))


def test_only_the_scenarios_own_cell_is_marked_as_own() -> None:
    near = ask.sweep("croydon-static", ["watchlist.size=10000,20000"], replications=4, workers=1, year=False)
    own = ask.sweep("croydon-static", ["watchlist.size=10000,16500"], replications=4, workers=1, year=False)

    assert "<- own" not in text_of(page_of(near), 100)
    assert "with 20,000 listed, nearest to the scenario's 16,500, one simulated campaign" in words(page_of(near))
    assert text_of(page_of(own), 100).count("<- own") == 1
    assert "nearest to" not in words(page_of(own))


def test_a_scenario_against_itself_differs_in_nothing_and_says_only_that() -> None:
    said = words(page_of(ask.compare("croydon-static", "croydon-static", replications=20)))

    assert "What this means Nothing differs: every difference is 0 by construction." in said
    assert "may differ" not in said
    assert "Differs" not in said.partition("All numbers")[0]


def test_false_alerts_out_of_faces_and_alerts_are_told_out_of_both() -> None:
    both = words(page_of(ask.claim(false_alerts=1, faces=239_216, alerts=200)))
    one = words(page_of(ask.claim(false_alerts=1, faces=239_216)))

    assert (
        "per counted face 1 in 239,000 (exact 95 %: 1 in 42,900 to 1 in 9.4 million), per alert 1 in 200 (exact 95 %"
        in both
    )
    assert "per counted face 1 in 239,000 (exact 95 %: 1 in 42,900 to 1 in 9.4 million). Nothing" in one
