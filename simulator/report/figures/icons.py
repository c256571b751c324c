"""An icon array: a thousand alerts, their shape by truth, colour and pattern by what officers did."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from simulator.evidence.numbers import whole
from simulator.evidence.run.found import RunFound
from simulator.evidence.run.pictures import RunPictures
from simulator.evidence.run.thousand import ICONS, Category
from simulator.report.figures import phrases, style
from simulator.report.figures.alert_cells import ACROSS, blocks, draw_cells, heading

if TYPE_CHECKING:
    from matplotlib.figure import Figure

NAME = "icons"
CELL_IN, LEGEND_IN, COUNT_IN = 0.142, 5.95, 0.57
TEXT_IN = COUNT_IN + 0.08
# How many cells high the heading of a block is.
HEADING = 1.6


@dataclass(frozen=True)
class Line:
    """A line of the legend, *height* inches high: a *category* with its *count* of icons, a heading or a sentence."""

    text: str
    height: float
    count: str = ""
    category: Category | None = None
    heading: bool = False


def draw(found: RunFound, data: RunPictures) -> Figure:
    """A thousand alerts, the wrong people set apart, beside a legend with every count."""
    with style.styled():
        return _draw(found, data)


def _draw(found: RunFound, data: RunPictures) -> Figure:
    alerts = sum(item.total for item in data.thousand)
    width = style.WIDTH_IN - 2 * style.MARGIN_IN - LEGEND_IN
    drawn, high = blocks(data.thousand, HEADING)
    cells_in = high * CELL_IN + 0.2 if alerts else 0.0
    legend = _legend(found, data, alerts, width) if alerts else _nothing(found, data, width)
    page = style.page(
        headline(found, data),
        f"One sign is one alert in a thousand; shares over {whole(alerts)} alerts in {phrases.campaigns(found)}, inputs at "
        "their medians. Diamonds are false alerts: the person is not the one whose entry matched. Circles are true ones."
        f"{phrases.with_unknown(found, 'alert', 1000, '1,000 alerts')}",
        phrases.label(found),
        phrases.footer(found, wrongful=True, closed_form=any("closed form" in line.text for line in legend)),
        max(cells_in, sum(line.height for line in legend)),
    )
    axes = page.axes(0, 0, page.width, page.height, xlim=(0, page.width), ylim=(page.height, 0))
    axes.axis("off")
    for block in drawn if alerts else ():
        places = [(x * CELL_IN, y * CELL_IN) for x, y in block.places]
        draw_cells(axes, places, block.drawn, CELL_IN)
        page.text(0, block.top * CELL_IN, heading(block.false, len(block.drawn)), style.BODY, fontweight="bold")
    if alerts:
        page.text(0, cells_in - 0.2, f"{ACROSS} across; {ICONS:,} in all", style.TINY, color=style.QUIET)
    top = 0.0
    for line in legend:
        text = style.wrapped(line.text, width - (TEXT_IN if line.category else 0), style.SMALL)
        if line.category:
            draw_cells(axes, [(LEGEND_IN + CELL_IN / 2, top + 0.085)], [line.category], CELL_IN)
            page.text(LEGEND_IN + COUNT_IN, top, line.count, style.SMALL, ha="right", fontweight="bold")
            page.text(LEGEND_IN + TEXT_IN, top, text, style.SMALL)
        elif line.heading:
            page.text(LEGEND_IN, top, line.text, style.BODY, fontweight="bold")
        else:
            page.text(LEGEND_IN, top, text, style.SMALL)
        top += line.height
    return page.figure


def _legend(found: RunFound, data: RunPictures, alerts: float, width: float) -> list[Line]:
    """Every category with its count, under a heading for false and for true alerts."""
    lines: list[Line] = []
    for false, name in ((True, "False alerts"), (False, "True alerts")):
        mine = [item for item in data.thousand if item.false == false]
        share = sum(item.total for item in mine) / alerts
        said = "none" if share <= 0 else phrases.of_thousand(share)
        if lines:
            lines.append(Line("", 0.1))
        lines.append(Line(f"{name}: {said}{' in 1,000' if 1000 * share >= 1 else ''}", 0.27, heading=True))
        for item in mine:
            count = f"{item.icons}" if item.icons else "<1" if item.total else "none"
            text = item.words + _remark(found, data, item, alerts)
            lines.append(Line(text, _height(text, width - TEXT_IN) + 0.05, count, item))
    return lines


def _remark(found: RunFound, data: RunPictures, item: Category, alerts: float) -> str:
    """What keeps a rare end from vanishing, or says what a simulated zero means."""
    if item.total <= 0:
        because = phrases.never(found, data, None, item.stages)
        return f" ({because or phrases.rarity(found, item.expected, (phrases.expected(found, 'alerts'), 'alerts'))})"
    share = item.total / alerts
    return f" (fewer than 1 in 1,000: about {phrases.rare(share)})" if 1000 * share < 1 else ""


def _nothing(found: RunFound, data: RunPictures, width: float) -> list[Line]:
    """What stands in the legend's place where no alert was simulated."""
    lines = [Line(f"No alert in {phrases.campaigns(found)}", 0.3, heading=True)]
    for measure, stages in (("true_alerts", 0), ("false_alerts", 0), ("wrongful_stops", 2)):
        closed = phrases.rarity(found, phrases.expected(found, measure), phrases.all_seen(found))
        said = phrases.never(found, data, measure, stages) or closed
        text = f"{measure.replace('_', ' ').capitalize()}: {said}"
        lines.append(Line(text, _height(text, width) + 0.08))
    return lines


def _height(text: str, width: float) -> float:
    return style.height_of(style.wrapped(text, width, style.SMALL), style.SMALL)


def headline(found: RunFound, data: RunPictures) -> str:
    """The finding in natural frequencies."""
    alerts, false, wrongful = (phrases.mean(found, name) for name in ("alerts", "false_alerts", "wrongful_stops"))
    per_alert = phrases.expected(found, "alerts"), "alerts"
    if alerts == 0:
        return f"No alert to show: {phrases.none_of(found, data, 'alerts', 0, phrases.all_seen(found))}"
    if false == 0:
        none = phrases.none_of(found, data, "false_alerts", 0, per_alert)
        return f"Of 1,000 simulated alerts all are true. False alerts: {none}"
    be = "is" if 1000 * false < 1.05 * alerts else "are"
    begin = f"Of 1,000 simulated alerts, {phrases.of_thousand(false / alerts)} {be} false"
    if wrongful == 0:
        return f"{begin}. Wrongful stops: {phrases.none_of(found, data, 'wrongful_stops', 2, per_alert)}"
    lead = "leads" if 1000 * wrongful < 1.05 * alerts else "lead"
    return f"{begin}; {phrases.of_thousand(wrongful / alerts)} {lead} to a stop of the wrong person"
