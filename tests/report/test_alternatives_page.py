"""Alternatives on the page of a run and on their figure: the two largest first, all behind the details."""

from __future__ import annotations

from dataclasses import replace

import pytest
from reading import behind, column, labelled, titled, words

from simulator import load_scenario, run_study, summarise
from simulator.evidence.run.alternatives import AlternativeFound
from simulator.evidence.run.factor import UnlikeRecord
from simulator.evidence.run.found import RunFound
from simulator.evidence.run.pictures import RunPictures, pictures_of
from simulator.report.figures import run_alternatives
from simulator.report.page import walk
from simulator.report.pages import page_of
from simulator.report.render.terminal import text_of

LABEL = "Outside all ranges above"
PLAIN = AlternativeFound(
    name="twice as many look alike",
    why="nobody knows",
    settings={"recogniser.fmr_at_anchor": 4e-10},
    measure="wrongful_stops",
    words="wrongful stops",
    unit="count",
    without=0.5,
    with_it=1.0,
    with_it_95=(0.9, 1.1),
    factor=2.0,
    factor_95=(1.8, 2.25),
    known=True,
    no_factor=None,
    from_none=False,
    basis="simulated",
    campaigns=300,
    decided_by="a count",
    record_says=None,
    unlike_record=(),
    wrongful_stops=None,
    source="us",
    grade="assumed",
)
NONE = replace(
    PLAIN, name="x", factor=None, factor_95=None, without=0.0, no_factor="procedure.bystander is 0 in the scenario"
)
FORMED = replace(PLAIN, factor=1.3, factor_95=None, campaigns=None, basis="closed form", with_it_95=None)
UNSEEN = replace(PLAIN, factor=0.0, factor_95=(0.0, 0.6), known=False)
AGAINST = (UnlikeRecord(figure="stopped_on_false_alert", recorded=6, average=5.2, average_with=1.5),)


@pytest.fixture(scope="module")
def plain() -> tuple[RunFound, RunPictures]:
    study = run_study(load_scenario("school-street"), 20, 1)
    return summarise(study), pictures_of(study)


@pytest.mark.parametrize(
    ("item", "said"),
    [
        (PLAIN, "if twice as many look alike, then wrongful stops ×2 (1.8 to 2.2)."),
        (
            replace(PLAIN, known=False, factor_95=(1.1, 3.9)),
            "wrongful stops ×2 (1.1 to 3.9, not known better after 300 campaigns).",
        ),
        (replace(PLAIN, known=False, factor_95=None), "wrongful stops ×2 (not known better after 300 campaigns)."),
        (FORMED, "wrongful stops ×1.3 (closed form)."),
        (replace(NONE, from_none=True), "if x, then 1 wrongful stops per campaign instead of none (0.90 to 1.1)."),
        (replace(NONE, with_it=0.0), "if x, then no wrongful stops: procedure.bystander is 0 in the scenario."),
        (replace(NONE, no_factor="none in 300 campaigns without it"), "(0.90 to 1.1); none in 300 campaigns without it."),
        (
            replace(PLAIN, unlike_record=AGAINST),
            "×2 (1.8 to 2.2) (the record speaks against it: stopped on false alert 6, this scenario 5.2, with it 1.5).",
        ),
        (replace(UNSEEN, factor_95=(0.0, 1.1)), "wrongful stops at most ×1.1 (none seen in 300 campaigns with it)."),
    ],
)  # fmt: skip
def test_an_alternative_is_said_as_one_condition(
    item: AlternativeFound, said: str, plain: tuple[RunFound, RunPictures]
) -> None:
    (first,) = labelled(page_of(replace(plain[0], alternatives=(item,))), LABEL)

    assert first.endswith(said)


def test_two_stand_in_front_and_all_behind(plain: tuple[RunFound, RunPictures]) -> None:
    three = tuple(replace(PLAIN, name=name, why=f"doubt {name}") for name in ("a", "b", "c"))
    page = page_of(replace(plain[0], alternatives=three))
    front = text_of(page, 200)
    behind_it = behind(page)

    assert len(labelled(page, LABEL)) == 2
    assert "1 more: --details" in front
    assert "All 3 stand below." in words(behind_it)
    assert "doubt" not in front
    assert column(titled(page, "The average at the best inputs"), "if") == ["a", "b", "c"]
    assert "Doubt c. Wrongful stops ×2" in words(page)
    assert words(page).count("They do not multiply with each other") == 2


def test_a_run_without_alternatives_says_nothing_of_them(plain: tuple[RunFound, RunPictures]) -> None:
    page = page_of(plain[0])

    assert labelled(page, LABEL) == []
    assert not any("multiply" in str(block) for block in walk(page))


def test_the_largest_come_first(plain: tuple[RunFound, RunPictures]) -> None:
    """By the nearer end of the interval: what is not known does not come before what is."""
    items = [
        replace(NONE, from_none=True),
        replace(PLAIN, factor=4.0, factor_95=(3.0, 5.0)),
        UNSEEN,
        FORMED,
        replace(PLAIN, known=False, factor=9.0, factor_95=(0.9, 90.0)),
        replace(NONE, known=False),
        replace(NONE, known=False, with_it=0.0, from_none=True),
    ]

    assert sorted(items, key=lambda item: item.size)[:1:-1] == items[:5]
    assert items[5].size == items[6].size == (0, 0)


def test_the_figure_has_every_alternative(plain: tuple[RunFound, RunPictures]) -> None:
    items = (
        replace(NONE, name="from none", from_none=True),
        replace(PLAIN, name="all gone", factor=0.0, factor_95=(0.0, 0.0)),
        replace(PLAIN, name="far", factor=900.0, factor_95=(800.0, 1000.0)),
        replace(PLAIN, name="vague", factor=0.7, factor_95=(0.0, 3.0), known=False),
        replace(FORMED, name="formed"),
        replace(UNSEEN, name="unseen"),
    )
    figure = run_alternatives.draw(replace(plain[0], alternatives=items), plain[1])
    texts = [text.get_text() for text in figure.texts] + [text.get_text() for text in figure.axes[0].texts]

    assert {item.name for item in items} <= set(texts)
    assert {"1 instead of 0: no multiple", "at most ×0.60", "×0", "×900", "×0.70", "×1.3"} <= set(texts)
    assert any("Pale" in text.replace("\n", " ") for text in texts)
