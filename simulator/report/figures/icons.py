"""An icon array: a thousand alerts as squares, coloured by truth and by what came of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from simulator.evidence.numbers import whole
from simulator.evidence.run.study import Study
from simulator.report.figures import phrases, style
from simulator.report.figures.thousand import ICONS, Category, categories, headline

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

NAME = "icons"
ACROSS = 40
DOWN = ICONS // ACROSS
SQUARE_IN, LEGEND_IN, COUNT_IN = 0.142, 5.95, 0.57
TEXT_IN = COUNT_IN + 0.08


@dataclass(frozen=True)
class Line:
    """A line of the legend, *height* inches high: a *category* with its *count* of icons, a heading or a sentence."""

    text: str
    height: float
    count: str = ""
    category: Category | None = None
    heading: bool = False


def draw(study: Study) -> Figure:
    """A thousand squares, false alerts first and crossed, beside a legend with every count."""
    with style.styled():
        return _draw(study)


def _draw(study: Study) -> Figure:
    found = categories(study)
    alerts = sum(item.total for item in found)
    width = style.WIDTH_IN - 2 * style.MARGIN_IN - LEGEND_IN
    legend = _legend(study, found, alerts, width) if alerts else _nothing(study, width)
    page = style.page(
        headline(study),
        f"One square is one alert in a thousand; shares over {whole(alerts)} alerts in {phrases.campaigns(study)}, inputs at "
        "their medians. Crossed squares are false alerts: the person is not the one whose entry matched.",
        phrases.label(study),
        phrases.footer(study, wrongful=True, closed_form=any("closed form" in line.text for line in legend)),
        max(DOWN * SQUARE_IN + 0.35, sum(line.height for line in legend)),
    )
    axes = page.axes(0, 0, page.width, page.height, xlim=(0, page.width), ylim=(page.height, 0))
    axes.axis("off")
    places = [(i % ACROSS * SQUARE_IN, i // ACROSS * SQUARE_IN) for i in range(ICONS)]
    _squares(axes, places, [item for item in found for _ in range(item.icons)])
    page.text(
        0, DOWN * SQUARE_IN + 0.08, f"{ACROSS} squares across, {DOWN} down: {ICONS:,}", style.TINY, color=style.QUIET
    )
    top = 0.0
    for line in legend:
        text = style.wrapped(line.text, width - (TEXT_IN if line.category else 0), style.SMALL)
        if line.category:
            _squares(axes, [(LEGEND_IN, top + 0.015)], [line.category])
            page.text(LEGEND_IN + COUNT_IN, top, line.count, style.SMALL, ha="right", fontweight="bold")
            page.text(LEGEND_IN + TEXT_IN, top, text, style.SMALL)
        elif line.heading:
            page.text(LEGEND_IN, top, line.text, style.BODY, fontweight="bold")
        else:
            page.text(LEGEND_IN, top, text, style.SMALL)
        top += line.height
    return page.figure


def _squares(axes: Axes, places: list[tuple[float, float]], drawn: list[Category]) -> None:
    """Draw a square for each of *drawn* with its top left corner at one of *places*, inches; empty ones for nothing."""
    from matplotlib.collections import PolyCollection

    corners = SQUARE_IN * np.array([(0.06, 0.06), (0.94, 0.06), (0.94, 0.94), (0.06, 0.94)])
    squares = PolyCollection(
        [corners + place for place in places],
        facecolors=[item.colour for item in drawn] or "white",
        edgecolors="none" if drawn else style.FAINT,
        linewidths=0.5,
    )
    axes.add_collection(squares, autolim=False)
    crossed = np.array([place for place, item in zip(places, drawn, strict=False) if item.false]).reshape(-1, 2)
    x, y = crossed.T + SQUARE_IN / 2
    axes.plot(x, y, "x", color="white", markersize=5, markeredgewidth=1.1)


def _legend(study: Study, found: list[Category], alerts: float, width: float) -> list[Line]:
    """Every category with its count, under a heading for false and for true alerts."""
    lines: list[Line] = []
    for false, name in ((True, "False alerts"), (False, "True alerts")):
        mine = [item for item in found if item.false == false]
        share = sum(item.total for item in mine) / alerts
        said = "none" if share <= 0 else phrases.of_thousand(share)
        if lines:
            lines.append(Line("", 0.1))
        lines.append(Line(f"{name}: {said}{' in 1,000' if 1000 * share >= 1 else ''}", 0.27, heading=True))
        for item in mine:
            count = f"{item.icons}" if item.icons else "<1" if item.total else "none"
            text = item.words + _remark(study, item, alerts)
            lines.append(Line(text, _height(text, width - TEXT_IN) + 0.05, count, item))
    return lines


def _remark(study: Study, item: Category, alerts: float) -> str:
    """What keeps a rare end from vanishing, or says what a simulated zero means."""
    if item.total <= 0:
        because = phrases.never(study, None, item.stages)
        return f" ({because or phrases.rarity(item.expected, (study.expected['alerts'], 'alerts'))})"
    share = item.total / alerts
    return f" (fewer than 1 in 1,000: about {phrases.rare(share)})" if 1000 * share < 1 else ""


def _nothing(study: Study, width: float) -> list[Line]:
    """What stands in the legend's place where no alert was simulated."""
    lines = [Line(f"No alert in {phrases.campaigns(study)}", 0.3, heading=True)]
    for measure, stages in (("true_alerts", 0), ("false_alerts", 0), ("wrongful_stops", 2)):
        said = phrases.never(study, measure, stages) or phrases.rarity(study.expected[measure], phrases.all_seen(study))
        text = f"{measure.replace('_', ' ').capitalize()}: {said}"
        lines.append(Line(text, _height(text, width) + 0.08))
    return lines


def _height(text: str, width: float) -> float:
    return style.height_of(style.wrapped(text, width, style.SMALL), style.SMALL)
