"""Rates on one scale in plain characters: marks where the numbers are."""

from __future__ import annotations

from simulator.report.page import Bar, Scale
from simulator.report.render.scale import decades, drawn, tick


def test_the_picture_puts_marks_where_the_numbers_are() -> None:
    bars = (Bar("per face", 1e-5, 1e-6, 1e-4), Bar("per alert", 0.01, 0.001, 0.1), Bar("none", 0, 0, 0.001))
    lines = drawn(Scale("", bars), 100)
    ticks, labels = lines[-2], lines[-1]
    assert decades(bars) == (-7, -1)
    assert ticks.count("+") == 7
    # a decade is the same width everywhere, so the mark of 1e-5 stands at the third tick
    places = [i for i, sign in enumerate(ticks) if sign == "+"]
    assert lines[0].index("o") == places[2]
    assert lines[0].index("|") == places[1]
    assert lines[2].index("<") == places[0]
    assert "o" not in lines[2].removeprefix("none")
    assert "1 in 100,000" in labels
    assert all(len(line) <= 100 for line in lines)
    assert drawn(Scale("", bars), 30) == []


def test_ticks_are_one_in_so_many() -> None:
    assert [tick(power) for power in (-7, -3, 0, 2)] == ["1 in 10 million", "1 in 1,000", "1 in 1", "100"]
