"""The first screen of every command: at most 40 lines of 100 columns, and a sentence that names its denominators."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from reading import words
from record_texts import GOOD, table

from simulator import ask
from simulator.evidence.fit import share_recorded
from simulator.evidence.kept import Found
from simulator.report.pages import page_of
from simulator.report.render.terminal import text_of
from simulator.report.run.meaning import frequency
from simulator.report.screen import first_of
from simulator.scenario import load_scenario

SCENARIOS = (
    "croydon-static",
    "always-on-high-street",
    "croydon-van-060",
    "school-street",
    "what-if-groups",
    "essex-2024",
)
TAGS = ("OBSERVED", "BEFORE ANY RUN", "NOT SIMULATED", "NOT RECORDED")
CLAIMS = ("croydon-sun-2026", "police-claims", "critics-claims")


@cache
def of_run(name: str, year: bool = False) -> Found:
    return ask.run(name, replications=20, year=year)


def of_sweep(name: str) -> Found:
    return ask.sweep(name, replications=2, workers=1)


def of_choose(name: str) -> Found:
    return ask.choose(name, ["wrongful_stops<=1"], "0.60:0.68:0.02", replications=60, draws=60)


ANSWERS: dict[str, Callable[[], Found]] = {
    **{f"run {name}": lambda name=name: of_run(name) for name in SCENARIOS},
    "run --year": lambda: of_run("always-on-high-street", year=True),
    "sweep": lambda: of_sweep("croydon-static"),
    "choose": lambda: of_choose("croydon-static"),
    "compare": lambda: ask.compare("croydon-van-060", "croydon-van", replications=20),
    "compare alike": lambda: ask.compare("croydon-static", "croydon-static", replications=20),
    "sensitivity": lambda: ask.sensitivity("croydon-static"),
    "describe": lambda: ask.describe("croydon-static"),
    **{f"claim {name}": lambda name=name: ask.claim(name, replications=0) for name in CLAIMS},
    "claim one": lambda: ask.claim("croydon-sun-2026", only=["virtually-zero"], replications=0),
    "claim numbers": lambda: ask.claim(false_alerts=1, faces=239_216, alerts=200, one_in=1_000_000),
    "describe what if": lambda: ask.describe("national-50-vans"),
}


@pytest.mark.parametrize("name", ANSWERS)
def test_a_first_screen_is_a_screen(name: str) -> None:
    lines = text_of(page_of(ANSWERS[name]()), 100).splitlines()

    assert len(lines) <= 40
    assert max(map(len, lines)) <= 100
    assert any(tag in line for line in lines[:2] for tag in TAGS)


def test_a_record_is_fitted_and_checked_on_a_screen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(share_recorded, "CAMPAIGNS", 300)
    path = tmp_path / "r.csv"
    path.write_text(table(*GOOD), "utf-8")
    for found in (ask.fit(path, "croydon-van"), ask.check("croydon-van", path, replications=100)):
        lines = text_of(page_of(found), 100).splitlines()

        assert len(lines) <= 40
        assert any("OBSERVED" in line or "BESIDE THE RECORD" in line for line in lines[:2])


def test_what_is_quoted_says_that_it_is_simulated_and_out_of_how_many() -> None:
    (quote,) = (line for line in words(page_of(of_run("croydon-static"))).split("To quote")[1:])

    assert quote.startswith(
        " “In a simulation of 20 campaigns (Fixed cameras in Croydon) the wrong person is stopped on average"
    )
    assert "times per 1,000 alerts (" in quote
    assert "times per million faces (" in quote


def test_where_presets_differ_by_more_than_two_both_are_in_the_headline() -> None:
    said = words(page_of(of_run("croydon-van-060")))

    assert "why they differ is not published" in said
    assert "or" in said.split("times in a campaign on average")[0]
    assert "why they differ is not published" not in words(page_of(of_run("croydon-static")))


@pytest.mark.parametrize(
    ("average", "said"),
    [
        (0.49, "about once in two campaigns"),
        (0.1, "about once in ten campaigns"),
        (0.9, "about once in a campaign"),
        (3.4, "3.4 times"),
    ],
)
def test_small_averages_are_said_as_once_in_so_many(average: float, said: str) -> None:
    assert frequency(average, "campaign").startswith(said)


@pytest.mark.parametrize(
    ("said", "first"),
    [
        ([], ""),
        (["Short."], "Short."),
        (["Short.", "Short."], "Short."),
        (["Short.", "Another."], "Short. 1 more: --details."),
        # whole sentences only, and what is left out is said to be behind details
        ([f"A first of 0.60. {'Much ' * 50}more."], "A first of 0.60. More: --details."),
        (["records.csv:11: a place keeps its case."], "records.csv:11: a place keeps its case."),
    ],
)
def test_a_caution_fits_on_two_lines(said: list[str], first: str) -> None:
    assert first_of(said) == first


def test_stops_of_somebody_else_are_told_wherever_they_can_happen() -> None:
    """They are no "wrong person" by definition, so an answer without them would be of half of the people stopped in error."""
    possible = ["procedure.bystander=0.05"]
    told = text_of(page_of(ask.run("croydon-static", replications=20, overrides=possible)), 100)
    compared = text_of(
        page_of(ask.compare("croydon-static", load_scenario("croydon-static", possible), replications=20)), 100
    )
    swept = text_of(page_of(ask.sweep("croydon-static", replications=2, workers=1, overrides=possible)), 100)

    assert "somebody other than the person alerted on is stopped" in " ".join(told.split())
    assert "somebody else than alerted on" in " ".join(told.split()).partition("To quote")[2]
    assert "somebody else" in compared
    assert "stops of a bystander per campaign" in " ".join(compared.split())
    assert "bystander_stops" in swept
    for name in ("run croydon-static", "compare alike", "sweep"):
        assert "somebody" not in text_of(page_of(ANSWERS[name]()), 100)
