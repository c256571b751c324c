"""The tornado chart: the same bytes again, legible whatever the numbers, and every number with its denominator."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import matplotlib.text
import pytest
from matplotlib.figure import Figure

from simulator import load_scenario
from simulator.evidence.sensitivity.asked import sensitivity
from simulator.evidence.sensitivity.found import SensitivityFound
from simulator.evidence.sensitivity.indices import AtEnds
from simulator.report.figures import style, tornado
from simulator.report.inputs import WORDS, short, words_of, written
from simulator.scenario.inputs import quantities
from simulator.scenario.loader import shipped_scenarios

OVERLAP_PX = 2.0
NAMES = ("croydon", "groups", "joint", "simulated", "narrow", "huge", "flat")


@pytest.fixture(scope="module")
def findings(tmp_path_factory: pytest.TempPathFactory) -> dict[str, SensitivityFound]:
    draws = tmp_path_factory.mktemp("draws") / "draws.csv"
    draws.write_text("watchlist.true_alerts_per_1000_passages,procedure.look.accept_false\n1.0,0.5\n1.2,0.6\n1.4,0.8\n")
    title = f"title={'A very long title, <b>&日本 $x_1$, ' * 8}"
    croydon = sensitivity("croydon-static", points=64)
    return {
        "croydon": croydon,
        "groups": sensitivity("what-if-groups", points=64, overrides=[title]),
        "joint": sensitivity("croydon-static", points=64, overrides=[f"joint_draws={{file: {draws}}}"]),
        "simulated": simulated(croydon),
        "narrow": scaled(croydon, 1e-9),
        "huge": scaled(croydon, 1e9),
        # inputs that explain something, but nothing at their ends
        "flat": moved(croydon, lambda _: croydon.measure.at_medians),
    }


def moved(found: SensitivityFound, move: Callable[[float], float]) -> SensitivityFound:
    """With other averages at the ends of every input."""
    inputs = []
    for item in found.inputs:
        ends = item.one_at_a_time
        at_ends = replace(ends, at_low=move(ends.at_low), at_high=move(ends.at_high))
        inputs.append(replace(item, one_at_a_time=at_ends))
    return replace(found, inputs=tuple(inputs))


def scaled(found: SensitivityFound, factor: float) -> SensitivityFound:
    measure = replace(found.measure, at_medians=factor * found.measure.at_medians)
    return replace(moved(found, lambda x: factor * x), measure=measure)


def simulated(found: SensitivityFound) -> SensitivityFound:
    """As from a simulation, with many bars, most of them no longer than their error."""
    run = replace(found.run, method="simulation", campaigns_each=10, campaigns_each_bar=200, campaigns=70_400)
    first = found.inputs[0]
    ends = [AtEnds(1.0, 2.0, 0.5 - 0.3 / i, 0.5 + 0.2 / i, 0.1) for i in range(1, 21)]
    inputs = [replace(first, key=key, one_at_a_time=at) for key, at in zip(WORDS, ends, strict=False)]
    return replace(found, run=run, inputs=tuple(inputs))


def drawn_texts(figure: Figure) -> list[matplotlib.text.Text]:
    """Every text that is really drawn."""
    drawn: list[matplotlib.text.Text] = []
    draw = matplotlib.text.Text.draw

    def recorded(self: matplotlib.text.Text, renderer: object) -> None:
        if self.get_visible() and self.get_text().strip():
            drawn.append(self)
        draw(self, renderer)

    with style.styled(), pytest.MonkeyPatch.context() as patch:
        patch.setattr(matplotlib.text.Text, "draw", recorded)
        figure.draw_without_rendering()
    return drawn


def words(figure: Figure) -> str:
    return " ".join(" ".join(text.get_text().split()) for text in drawn_texts(figure))


@pytest.mark.parametrize("name", NAMES)
def test_no_text_overlaps_another_or_leaves_the_page(findings: dict[str, SensitivityFound], name: str) -> None:
    figure = tornado.draw(findings[name])
    texts = drawn_texts(figure)
    with style.styled():
        boxes = [(text.get_text(), text.get_window_extent()) for text in texts]
    width, height = figure.bbox.width, figure.bbox.height

    assert width == pytest.approx(1200)
    for text, box in boxes:
        assert box.x0 >= 0, f"{text!r} leaves the page"
        assert box.y0 >= 0, f"{text!r} leaves the page"
        assert box.x1 <= width, f"{text!r} leaves the page"
        assert box.y1 <= height, f"{text!r} leaves the page"
    for (text, box), (other, its) in combinations(boxes, 2):
        wide = min(box.x1, its.x1) - max(box.x0, its.x0)
        high = min(box.y1, its.y1) - max(box.y0, its.y0)
        assert min(wide, high) < OVERLAP_PX, f"{text!r} overlaps {other!r}"


def test_it_says_what_it_shows(findings: dict[str, SensitivityFound]) -> None:
    """The finding, the unit with its denominator, the method and what it cannot see; and no percentages."""
    said = words(tornado.draw(findings["croydon"]))

    assert 'The input "false match rate of the system" moves the average most: from 0.34 to 0.80 wrongful stops' in said
    assert "wrongful stops, average per campaign of 14 deployments, 58.4 camera hours" in said
    assert "0.54: every input at its middle value" in said
    assert "Computed, not observed." in said
    assert "before depletion, repeats, queues and walking away" in said
    assert "it says nothing about lawfulness" in said
    assert "1 in 8,430 million" in said
    assert "%" not in said
    assert "nan" not in said.lower().split()


def test_a_what_if_is_called_one(findings: dict[str, SensitivityFound]) -> None:
    assert "WHAT IF:" in words(tornado.draw(findings["groups"]))
    assert "WHAT IF:" not in words(tornado.draw(findings["croydon"]))


def test_simulated_bars_say_how_sure_they_are(findings: dict[str, SensitivityFound]) -> None:
    """The longest dozen is drawn, the rest counted; those within the error are pale."""
    found = findings["simulated"]
    said = words(tornado.draw(found))

    assert len(tornado.bars_of(found)) == tornado.MOST_BARS
    assert "8 more inputs move it by less." in said
    assert "Simulated, not observed: 200 campaigns behind each end of a bar, seed 1." in said
    assert "Pale: no longer than the simulation's error." in said
    assert "cannot say whether they matter" not in said


def test_joint_draws_have_a_bar_without_ends(findings: dict[str, SensitivityFound]) -> None:
    said = words(tornado.draw(findings["joint"]))

    assert "the quantities drawn jointly" in said
    assert "Grey: quantities drawn jointly, between the lowest and the highest 1 in 40 of their draws." in said


def test_bars_lie_where_the_numbers_are(findings: dict[str, SensitivityFound]) -> None:
    """Two halves from the middle value to the averages at both ends, longest on top."""
    found = findings["croydon"]
    bars = tornado.bars_of(found)
    (axes,) = tornado.draw(found).axes
    ends = [(patch.get_x(), patch.get_x() + patch.get_width(), patch.get_y()) for patch in axes.patches]  # type: ignore[attr-defined]
    base = found.measure.at_medians

    assert len(ends) == 2 * len(bars)
    assert [item.key for item, _ in bars[:2]] == ["recogniser.fmr_at_anchor", "procedure.look.accept_false"]
    for i, (_, bar) in enumerate(bars):
        for (start, end, y), average in zip(ends[2 * i : 2 * i + 2], (bar.at_low, bar.at_high), strict=True):
            assert start == pytest.approx(base)
            assert end == pytest.approx(average)
            assert y == pytest.approx(i - 0.28)


def test_the_same_data_give_the_same_bytes(findings: dict[str, SensitivityFound], tmp_path: Path) -> None:
    one, again = (
        style.save(tornado.draw(findings["croydon"]), tmp_path / name, tornado.NAME) for name in ("one", "again")
    )

    assert [path.name for path in one] == ["tornado.svg", "tornado.png"]
    assert [path.read_bytes() for path in one] == [path.read_bytes() for path in again]


def test_every_uncertain_input_that_is_shipped_has_words() -> None:
    for name in shipped_scenarios():
        for key, item in quantities(load_scenario(name)):
            if item.uncertain:
                assert words_of(key) != key
                assert len(words_of(key)) <= 42


def test_values_are_written_short() -> None:
    values = (4096.0, 0.73, 1.45, 1.19e-10, 0.9999998, 0.9987, 0.0, 70.0)

    assert [written(x) for x in values] == [
        "4,096",
        "0.73",
        "1.45",
        "1 in 8,400 million",
        "over 0.9999",
        "0.9987",
        "0",
        "70",
    ]
    assert short(1.19e-10) == "1.2e-10"
