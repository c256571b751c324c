"""The trade-off of the recogniser: false alerts per face against listed people missed, beside real operating points."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from simulator.evidence.about.header import Header
from simulator.evidence.about.support import support_of
from simulator.evidence.numbers import number, whole
from simulator.evidence.sweep.operating_points import OperatingPoint
from simulator.evidence.sweep.tradeoff import MARKED, OWN, AtThreshold, Curve, Tradeoff
from simulator.report.figures import raster, style
from simulator.report.figures.cells import threshold_words, what_if
from simulator.report.figures.labels import ABOVE, Key, Room, beside, draw_key, inches, key_height

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

NAME = "det"
LEAST, MOST = 0.58, 0.68
# Whose error rates a curve has.
WHOSE = {"field": "by the Met's record", "npl": "by a laboratory test", OWN: "by the scenario's own values"}
COLOURS = {"field": style.BLUE, "npl": "#D98C00"}
# On which side of its curve a threshold is written, so that those of two curves do not mix.
BELOW = ((-1, -1), (0, -1), (-1, 0), (1, -1))
UPON = ((1, 1), (0, 1), (1, 0), (-1, 1))
LEFT_IN, CHART_IN, ROW_IN, GAP_IN, AXIS_IN, HEAD_IN = 3.45, 3.8, 0.37, 0.12, 0.78, 0.27
WORDS_IN = 2.7


def one_in(rate: float) -> str:
    """*rate* as "1 in N", with three digits."""
    return f"1 in {number(float(f'{1 / rate:.3g}'))}" if rate > 0 else "none"


def headline(tradeoff: Tradeoff) -> str:
    """How often the presets expect a false alert at the scenario's own threshold and at 0.60, and what is missed."""
    scenario, curves = tradeoff.scenario, tradeoff.curves
    own = scenario.threshold
    said: list[str] = []
    for threshold in dict.fromkeys((own, support_of("field").thresholds[0])):
        parts = []
        for curve in curves:
            at = curve.at(threshold)
            if at is not None and at.fpir:
                parts.append(f"{one_in(at.fpir)} {WHOSE[curve.name]}")
        if parts:
            said.append(f"{threshold_words(threshold)}: {' or '.join(parts)}")
    begin = f"False alerts expected per counted face, list of {whole(scenario.list_size)}, at threshold {'; at '.join(said)}"
    at = curves[0].at(own)
    if not said or at is None or at.missed is None or at.missed_95 is None:
        return begin if said else "No false alert can be expected: nobody passes"
    low, high = (f"{100 * end:.0f}" for end in at.missed_95)
    range_ = f" ({low} to {high} if the inputs differ)" if low != high else ""
    return f"{begin}. Missed at {threshold_words(own)}: {100 * at.missed:.0f}{range_} of 100 listed people who pass"


def draw(tradeoff: Tradeoff) -> Figure:
    """The curves of both presets at the scenario's own list, with what deployments have recorded."""
    with style.styled():
        return _draw(tradeoff)


def _draw(tradeoff: Tradeoff) -> Figure:
    tradeoff = _shown(tradeoff)
    scenario, curves = tradeoff.scenario, tradeoff.curves
    both = [record for record in tradeoff.operating_points if record.missed is not None]
    alone = [record for record in tradeoff.operating_points if record.missed is None]
    width = style.WIDTH_IN - 2 * style.MARGIN_IN
    keys = _keys(curves)
    rows_in = ROW_IN * len(alone)
    bottom = HEAD_IN + CHART_IN + GAP_IN + HEAD_IN + rows_in + AXIS_IN
    page = style.page(
        headline(tradeoff),
        "Along each curve the threshold rises from right to left: fewer false alerts, more listed people missed. Below: what was "
        "recorded where nobody has published how many were missed; coloured marks: what was to be expected there.",
        what_if(scenario),
        _footer(tradeoff),
        bottom + key_height(keys, width),
    )
    ends = _ends(tradeoff)
    chart = page.width - LEFT_IN
    axes = page.axes(LEFT_IN, HEAD_IN, chart, CHART_IN, xscale="log", xlim=ends)
    top = max([0.6, *(p.missed_95[1] for curve in curves for p in curve.points if p.missed_95)])
    axes.set_ylim(0, min(top * 1.05, 1.0))
    below = page.axes(
        LEFT_IN, bottom - AXIS_IN - rows_in, chart, rows_in, xscale="log", xlim=ends, ylim=(len(alone), 0)
    )
    _ticks(axes, below, ends)
    room = Room.of(axes)
    for curve in curves:
        _curve(axes, room, curve, scenario)
    for record in both:
        _point(axes, room, record)
    for record in both:
        for away in (0.11, 0.17, 0.3, 0.45):
            point = record.fpir, record.missed or 0.0
            if beside(axes, room, point, record.name, style.SMALL, away, away > 0.4, ABOVE, fontweight="bold"):
                break
    for curve in curves:
        ways = (*UPON, *BELOW) if curve.name == "npl" else (*BELOW, *UPON)
        look: dict[str, Any] = {"ways": ways, "color": _dark(curve.name), "fontweight": "bold"}
        for marked in _marked(curve):
            if marked.on_chart:
                beside(axes, room, marked.on_chart, f"{marked.threshold:.2f}", style.TINY, 0.1, **look)
    heads = ((0.0, "Both rates published"), (HEAD_IN + CHART_IN + GAP_IN, "Only false alerts published"))
    for at_in, text in heads:
        page.text(0, at_in, text, style.BODY, fontweight="bold")
    top = HEAD_IN + 0.1
    for record in both:
        top += _words(page, record, top) + 0.16
    for i, record in enumerate(alone):
        _words(page, record, bottom - AXIS_IN - rows_in + ROW_IN * i + 0.03, in_row=True)
        _bar(below, record, i + 0.5, ends[0])
        for name, rate in tradeoff.expected_there.get(record.name, {}).items():
            below.plot(rate, i + 0.5, "|", color=COLOURS[name], markersize=13, markeredgewidth=2.4, zorder=1)
    draw_key(page, 0, bottom, keys, width)
    return page.figure


def _shown(tradeoff: Tradeoff) -> Tradeoff:
    """The curves between the thresholds that are shown, and the scenario's own."""

    def there(threshold: float) -> bool:
        return LEAST - 1e-9 <= threshold <= MOST + 1e-9 or math.isclose(threshold, tradeoff.scenario.threshold)

    kept = [replace(c, points=tuple(p for p in c.points if there(p.threshold))) for c in tradeoff.curves]
    return replace(tradeoff, curves=tuple(kept))


def _dark(name: str) -> str:
    return {"npl": "#8A5F00", OWN: style.INK}.get(name, style.BLUE)


def _ends(tradeoff: Tradeoff) -> tuple[float, float]:
    """The axis of false alerts: as far as the curves and the records go, at most from 1 in 1,000 million to 1."""
    records = tradeoff.operating_points
    values = [
        *(r.interval.high for r in records),
        *(r.interval.low for r in records if r.missed is None and r.false_alerts),
    ]
    values += [point.fpir for curve in tradeoff.curves for point in curve.points if point.fpir]
    return max(min(values) / 1.5, 1e-9), min(max(values) * 1.5, 1.0)


def _ticks(axes: Axes, below: Axes, ends: tuple[float, float]) -> None:
    """Ticks in natural frequencies."""
    from matplotlib.ticker import NullFormatter, NullLocator

    powers = range(int(np.ceil(np.log10(ends[0]))), int(np.floor(np.log10(ends[1]))) + 1)
    names = [
        f"1 in {10**-power // 10**6:,.0f}\nmillion" if power <= -6 else f"1 in\n{10**-power:,.0f}" for power in powers
    ]
    for each in (axes, below):
        each.xaxis.set_minor_locator(NullLocator())
        each.xaxis.set_minor_formatter(NullFormatter())
        each.set_xticks([10.0**power for power in powers], names)
        each.grid(axis="x", color=style.PALE, linewidth=0.8)
        each.set_axisbelow(True)
    axes.tick_params(labelbottom=False, length=0)
    axes.spines["bottom"].set_color(style.FAINT)
    below.spines["left"].set_visible(False)
    below.set_yticks([])
    below.set_xlabel("false alerts per counted face or passage (logarithmic)")
    marks = [x for x in np.arange(0, 1.01, 0.1) if x <= axes.get_ylim()[1]]
    axes.set_yticks(marks, ["none" if x == 0 else f"{100 * x:.0f}" for x in marks])
    axes.set_ylabel("listed people missed, of 100 who pass")


def _marked(curve: Curve) -> list[AtThreshold]:
    return [point for threshold in MARKED if (point := curve.at(threshold))]


def _curve(axes: Axes, room: Room, curve: Curve, scenario: Header) -> None:
    """The curve with its band, strong where thresholds are supported, and the setting with its whiskers."""
    colour = COLOURS.get(curve.name, style.INK)
    # NaN where nothing is known
    rows = np.array([(p.threshold, p.fpir, *(p.fpir_95 or (None, None)), p.missed) for p in curve.points], dtype=float)
    thresholds, fpir, low, high, missed = rows.T
    inside = np.array([curve.on_data(threshold) for threshold in thresholds], dtype=bool)
    axes.fill_betweenx(missed, low, high, color=colour, alpha=0.18, linewidth=0)
    axes.plot(fpir, missed, color=colour, linewidth=1.3, linestyle=(0, (2, 2)))
    axes.plot(fpir[inside], missed[inside], color=colour, linewidth=2.4)
    for marked in _marked(curve):
        if marked.on_chart:
            axes.plot(*marked.on_chart, "o", color=colour, markersize=5.5)
    own = curve.at(scenario.threshold) if curve.name in (OWN, scenario.preset) else None
    if own and own.on_chart and own.missed_95:
        x, ends = own.on_chart[0], own.missed_95
        axes.vlines(x, *ends, color=colour, linewidth=1.4)
        room.take_line(inches(axes, x, ends[0]), inches(axes, x, ends[1]))
        raster.own_mark(axes, *own.on_chart)
    for start, end in pairwise(inches(axes, *p.on_chart) for p in curve.points if p.on_chart):
        room.take_line(start, end)


def _point(axes: Axes, room: Room, record: OperatingPoint) -> None:
    """A record with both rates: its cross, filled where both come from one test; and the room that it takes."""
    x, y, left = record.fpir, record.missed or 0.0, axes.get_xlim()[0]
    low, high = max(record.interval.low, left), record.interval.high
    axes.hlines(y, low, high, color=style.INK, linewidth=1.0)
    room.take_line(inches(axes, low, y), inches(axes, high, y))
    if record.tpir_interval:
        least, most = (1 - end for end in reversed(record.tpir_interval))
        axes.vlines(x, least, most, color=style.INK, linewidth=1.0)
        room.take_line(inches(axes, x, least), inches(axes, x, most))
    axes.plot(x, y, "s", color=style.INK if record.one_test else "white", markeredgecolor=style.INK, markersize=7)
    at = inches(axes, x, y)
    room.take((at[0] - 0.08, at[1] - 0.08, at[0] + 0.08, at[1] + 0.08))


def _bar(axes: Axes, record: OperatingPoint, y: float, left: float) -> None:
    """A record of false alerts alone: its interval, open to the left where there was none."""
    low, high = record.interval
    axes.hlines(y, max(low, left), high, color=style.INK, linewidth=1.4)
    if record.false_alerts:
        axes.plot(record.fpir, y, "s", color=style.INK, markersize=5.5)
    else:
        axes.plot(high, y, "|", color=style.INK, markersize=8, markeredgewidth=1.4)
        axes.plot(left, y, "<", color=style.INK, markersize=6, clip_on=False)


def _words(page: style.Page, record: OperatingPoint, top: float, in_row: bool = False) -> float:
    """What the record says: counts, then threshold, list, remark and grade; return its height in inches."""
    false = whole(record.false_alerts) if record.false_alerts else "none"
    count = record.false_said or f"{false} of {'over ' * record.at_least}{whole(record.of or 0)}"
    at = f"at {record.threshold:.2f}" if record.threshold is not None else "threshold not printed"
    size = f", list {whole(record.size)}" if record.size is not None else ""
    if in_row:
        page.text(0, top, f"{record.name}: {count}", style.SMALL)
        page.text(0, top + 0.17, f"{at}{size}, {record.remark}; grade: {record.grade}", style.TINY, color=style.QUIET)
        return ROW_IN
    found = record.found_said or f"{100 * (record.tpir or 0):.0f} in 100 found"
    grades = " and ".join(dict.fromkeys([record.grade, str(record.tpir_grade)]))
    first = style.wrapped(f"{record.name}: {count}{' faces' * (not record.false_said)}, {found}", WORDS_IN, style.SMALL)
    second = style.wrapped(f"{at}{size}; {record.remark}; grade: {grades}", WORDS_IN, style.TINY)
    page.text(0, top, first, style.SMALL)
    page.text(0, top + style.height_of(first, style.SMALL) + 0.02, second, style.TINY, color=style.QUIET)
    return style.height_of(first, style.SMALL) + 0.02 + style.height_of(second, style.TINY)


def _keys(curves: Sequence[Curve]) -> list[Key]:
    """The key below the chart."""

    def stroke(colour: str) -> Any:
        return lambda axes, x, y: axes.plot([x - 0.13, x + 0.13], [y, y], color=colour, linewidth=2.4)

    def band(axes: Axes, x: float, y: float) -> None:
        axes.fill_between([x - 0.13, x + 0.13], y - 0.08, y + 0.08, color=style.INK, alpha=0.18, linewidth=0)

    def upright(axes: Axes, x: float, y: float) -> None:
        axes.vlines(x, y - 0.1, y + 0.1, color=style.INK, linewidth=1.4)

    def square(colour: str) -> Any:
        return lambda axes, x, y: axes.plot(x, y, "s", color=colour, markeredgecolor=style.INK, markersize=6)

    words = {
        OWN: "own values",
        "field": "by the Met's record (preset field)",
        "npl": "by a laboratory test (preset npl)",
    }
    words.update({c.name: f"{words[c.name]}, as the scenario changes it" for c in curves if c.changed})
    return [
        Key("this scenario", raster.own_mark),
        *(Key(words[curve.name], stroke(COLOURS.get(curve.name, style.INK))) for curve in curves),
        Key("false alerts if the inputs differ (95 %)", band),
        Key("missed if the inputs differ (95 %)", upright),
        Key("record, exact 95 % interval", square(style.INK)),
        Key("the two rates from different tests", square("white")),
    ]


def _footer(tradeoff: Tradeoff) -> list[str]:
    """What is modelled, what is recorded, and how the two may be compared."""
    title, faces = " ".join(tradeoff.scenario.title.split()), tradeoff.faces_per_passage
    return [
        f"Curves: expected rates, not observed. {title}. Watchlist of {whole(tradeoff.scenario.list_size)}, thresholds 0.58 "
        "to 0.68; dashed where the source of a curve has no data. Detection as the scenario assumes it, false alerts by "
        f"preset; {number(faces)} counted face{'s' * (faces != 1)} per passage. Bands and upright bars: "
        f"{whole(tradeoff.draws)} draws of the inputs; preset npl gives its level at 0.60 no interval.",
        "Records keep their own list sizes. Faces were counted in several ways: at 0.60 two records lie forty times apart. A "
        "false alert that nobody followed up is filed as true. Sources: Met deployment tables 2020 to 2025, transcriptions "
        "of later ones, Met annual report 2025, South Wales Police, Essex Police, Cardiff University 2018, NPL 2023 in press "
        "copies. Found: printed in a copy of the source. Derived: summed or divided from printed figures.",
    ]
