"""The figures of claims: the same bytes again, nothing outside of the page, every verdict with its own sign."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any, get_args

import matplotlib.text
import pytest
from matplotlib.figure import Figure

from simulator.claim import load_claims, shipped_claims
from simulator.evidence.claim.asked import claim as ask
from simulator.evidence.claim.found import JudgedFile, StatedNumbers, read_folder, write_folder
from simulator.evidence.claim.judge import judge_file
from simulator.evidence.claim.settle import Numbers, Strength
from simulator.evidence.claim.verdict import Verdict
from simulator.report.figures import claim, claim_numbers, style

GIVEN: dict[str, dict[str, Any]] = {
    "range": {"false_alerts": (2, 7), "faces": 200_000, "alerts": 200, "arrests": 103, "one_in": 1e5},
    "none": {"false_alerts": 0, "false_stopped": 0, "faces": 2.5e6, "stops": 57},
    "one unit": {"false_alerts": 1, "faces": 472_352},
    "huge": {"false_alerts": 10**9, "faces": 1e12, "hours": 3},
    "all": {"false_alerts": 5, "false_stopped": 5, "alerts": 5},
}


VERDICT = Verdict(
    numbers="agree", times=None, stated=None, strength="not_shown", grade=None, words="", reason="agrees", because=""
)


@pytest.fixture(scope="module")
def reports() -> dict[str, JudgedFile]:
    return {name: judge_file(load_claims(name), replications=0) for name in shipped_claims()}


def texts(figure: Figure) -> list[matplotlib.text.Text]:
    return [item for item in figure.findobj(matplotlib.text.Text) if item.get_text().strip() and item.get_visible()]


def outside(figure: Figure) -> list[str]:
    """Texts that reach beyond the page."""
    with style.styled():
        figure.canvas.draw()
        width, height = figure.get_size_inches() * figure.dpi
        boxes = [(item.get_text(), item.get_window_extent()) for item in texts(figure)]
    return [text for text, box in boxes if box.x0 < 0 or box.y0 < 0 or box.x1 > width or box.y1 > height]


def stated(name: str) -> StatedNumbers:
    found = ask(**GIVEN[name])
    assert isinstance(found, StatedNumbers)
    return found


@pytest.mark.parametrize("name", sorted(shipped_claims()))
def test_every_claim_of_a_file_stands_on_its_page_with_its_verdict(name: str, reports: dict[str, JudgedFile]) -> None:
    figure = claim.draw(reports[name])
    said = " ".join(" ".join(item.get_text().split()) for item in texts(figure))
    for judged in reports[name].claims:
        words = judged.verdict.words
        assert " ".join(judged.statement.split()) in said
        assert f"{words[:1].upper()}{words[1:]}" in said
    assert outside(figure) == []


@pytest.mark.parametrize("name", sorted(GIVEN))
def test_given_numbers_fit_on_the_page(name: str) -> None:
    figure = claim_numbers.draw(stated(name))
    assert outside(figure) == []
    assert any("no verdict without a record" in " ".join(item.get_text().split()) for item in texts(figure))


def test_a_text_beyond_the_page_is_seen() -> None:
    """Negative control."""
    figure = claim_numbers.draw(stated("range"))
    figure.text(0.95, 0.5, "much too long for what is left of the page")
    assert outside(figure) == ["much too long for what is left of the page"]


def test_figures_drawn_of_a_folder_are_those_of_the_run(reports: dict[str, JudgedFile], tmp_path: Path) -> None:
    (tmp_path / "kept").mkdir()
    write_folder(tmp_path / "kept", reports["croydon-sun-2026"])
    kept = read_folder(tmp_path / "kept")
    assert isinstance(kept, JudgedFile)
    for folder, found in (("a", reports["croydon-sun-2026"]), ("b", kept)):
        style.save(claim.draw(found), tmp_path / folder, "claims")
        style.save(claim_numbers.draw(stated("range")), tmp_path / folder, "numbers")
    for path in (tmp_path / "a").iterdir():
        assert path.read_bytes() == (tmp_path / "b" / path.name).read_bytes()


def test_whether_numbers_agree_has_a_sign_and_how_strong_that_is_a_filling() -> None:
    """Told apart without colour: by sign, and by being empty, full or half full."""
    assert set(claim.SIGNS) == set(get_args(Numbers))
    assert set(claim.FULL) == set(get_args(Strength))
    assert len(set(claim.SIGNS.values())) == len(claim.SIGNS)


def test_neither_side_of_a_dispute_has_a_colour() -> None:
    """Fewer, more, agreed or not: the mark is drawn in one colour."""
    colours = set()
    for numbers in get_args(Numbers):
        axes = Figure().add_subplot()
        claim.mark(axes, 0, 0, replace(VERDICT, numbers=numbers))
        colours |= {patch.get_edgecolor() for patch in axes.patches}
    assert len(colours) == 1


def test_the_same_events_stand_under_every_denominator(reports: dict[str, JudgedFile]) -> None:
    groups = claim.groups_of(reports["croydon-sun-2026"])
    zero = next(group for group in groups if "virtually zero" in group.heading)
    assert [bar.label for bar in zero.bars][:2] == ["per counted face", "per alert"]
    assert [bar.text.split()[0] for bar in zero.bars] == ["1"] * len(zero.bars)
    assert zero.bars[0].limit == 0.0001
    handful = next(group for group in groups if "handful" in group.heading)
    assert handful.bars[0].claimed
    assert handful.bars[0].text == "2 to 7 of 200,000 as claimed"


def test_a_file_without_rates_has_a_list_alone(reports: dict[str, JudgedFile]) -> None:
    report = judge_file(load_claims("croydon-sun-2026"), ["one-street"], replications=0)
    assert claim.groups_of(report) == []
    assert outside(claim.draw(report)) == []
