"""From faces counted to arrests in one campaign on average, right and wrong persons apart."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from simulator.evidence.about.header import Unit
from simulator.evidence.numbers import number, one_in
from simulator.evidence.run.found import RunFound
from simulator.evidence.run.pictures import RunPictures
from simulator.report.figures import phrases, style

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

NAME = "funnel"
BYSTANDER, STALE, OTHER_OFFENCE = "a bystander", "  on an outdated record", "wrong, other offence"
NOT_ACCEPTED = ("not_reviewed", "dismissed", "repeat", "dismissed_known")
ROW_IN, STAGE_GAP_IN, HEAD_IN, AXIS_IN = 0.3, 0.16, 0.4, 0.62
# left edges of the columns, but for the counts, which end at theirs
WORDS_IN, CHART_IN, CHART_WIDTH_IN, NONE_IN = 1.05, 2.95, 2.6, 5.75
COUNT_IN, FACES_IN, BEFORE_IN = 6.4, 6.57, 7.75
MOST_TICKS = 5


@dataclass(frozen=True)
class Row:
    """One line: *mean* per campaign, the *measure* whose closed form belongs to it, and what it is a part of.

    *stages* is how many kinds of officer it takes; *before* is the mean and the name of the stage it follows from.
    """

    stage: str
    words: str
    mean: float
    colour: str
    measure: str | None = None
    stages: int = 0
    before: tuple[float, str] | None = None


def rows_of(found: RunFound, data: RunPictures) -> list[Row]:
    """The lines of the funnel, from the top down; means with the inputs at their medians."""
    m = {name: measure.mean for name, measure in found.measures.items()}
    kept = {
        truth: sum(ends.values()) - sum(ends[end] for end in NOT_ACCEPTED)
        for truth, ends in found.alerts_by_truth_and_outcome.items()
    }
    accepted_false = sum(mean for truth, mean in kept.items() if truth.startswith("false"))
    accepted_true = sum(mean for truth, mean in kept.items() if truth.startswith("true"))
    true, false = style.TRUE_COLOUR, style.FALSE_COLOUR
    n = found.run.replications
    right_stops = _rest(n, m["stops"], m["wrongful_stops"], m["bystander_stops"])
    right_arrests = _rest(n, m["arrests"], m["wrongful_arrests"], m["other_offence_arrests"])
    by = "at every look held" if data.second_look else "by the operator"
    others = (
        m["wrongful_stops"] + m["bystander_stops"],
        "wrongful stops" if m["bystander_stops"] == 0 else "stops of others",
    )
    rows = [
        Row("Faces", "faces counted" if phrases.faces_known(found) else "assumed", m["faces"], style.QUIET),
        Row("Alerts", "true: the person listed", m["true_alerts"], true, "true_alerts", 0),
        Row("Alerts", "false: somebody else", m["false_alerts"], false, "false_alerts", 0),
        Row("Accepted", f"true, {by}", accepted_true, true, None, 1, (m["true_alerts"], "true alerts")),
        Row("Accepted", f"false, {by}", accepted_false, false, None, 1, (m["false_alerts"], "false alerts")),
        Row("Stops", "right person", right_stops, true, None, 2, (accepted_true, "accepted")),
        Row("Stops", "wrong person", m["wrongful_stops"], false, "wrongful_stops", 2, (accepted_false, "accepted")),
        Row("Stops", BYSTANDER, m["bystander_stops"], style.BLACK, "bystander_stops", 2, (m["stops"], "stops")),
        Row("Arrests", "right person", right_arrests, true, None, 3, (right_stops, "stops")),
        Row("Arrests", STALE, m["stale_arrests"], style.BLUE, None, 3, (right_arrests, "arrests")),
        Row("Arrests", "wrong person, in error", m["wrongful_arrests"], false, "wrongful_arrests", 3, others),
        Row("Arrests", OTHER_OFFENCE, m["other_offence_arrests"], style.PLUM, "other_offence_arrests", 3, others),
    ]
    optional = {BYSTANDER, STALE, OTHER_OFFENCE}
    return [row for row in rows if row.mean > 0 or row.words not in optional]


def _rest(campaigns: int, mean: float, *parts: float) -> float:
    """*mean* without its *parts*: from whole numbers in all *campaigns*, so that nothing left is exactly 0."""
    return (round(mean * campaigns) - sum(round(part * campaigns) for part in parts)) / campaigns


def headline(found: RunFound, data: RunPictures) -> str:
    """The finding in one sentence, with its denominators."""
    m = {name: phrases.mean(found, name) for name in ("faces", "alerts", "stops", "wrongful_stops")}
    all_seen, unit = phrases.all_seen(found)
    faces = f"{number(m['faces'])} faces {'counted' if phrases.faces_known(found) else 'assumed'}"
    begin = f"One {found.scenario.unit} on average: "
    if m["alerts"] == 0:
        return f"{begin}{faces}. Alerts: {phrases.none_of(found, data, 'alerts', 0, (all_seen, unit))}"
    stops = phrases.plural(m["stops"], "stop") if m["stops"] > 0 else "no stop"
    begin += f"{faces}, " if phrases.faces_known(found) else ""
    begin += f"{phrases.plural(m['alerts'], 'alert')}, {stops}"
    if m["wrongful_stops"] == 0:
        return f"{begin}. Wrongful stops: {phrases.none_of(found, data, 'wrongful_stops', 2, (all_seen, unit))}"
    return (
        f"{begin}. Of the stops {number(m['wrongful_stops'])} are of the wrong person "
        f"({one_in(m['wrongful_stops'] / m['stops'])} stops, {phrases.rare(m['wrongful_stops'] / all_seen)} {unit})"
    )


def draw(found: RunFound, data: RunPictures) -> Figure:
    """The funnel of one campaign on a logarithmic scale, each number beside it with what it is out of."""
    with style.styled():
        return _draw(found, data)


def _draw(found: RunFound, data: RunPictures) -> Figure:
    rows = rows_of(found, data)
    all_seen, unit = phrases.all_seen(found)
    zeros = {
        i: phrases.none_of(found, data, row.measure, row.stages, (all_seen, unit))
        for i, row in enumerate(rows)
        if row.mean == 0
    }
    closed = {i: phrases.expected(found, rows[i].measure or "") for i, words in zeros.items() if "closed form" in words}
    middles, bottom = _middles(rows)
    page = style.page(
        headline(found, data),
        f"Average of {phrases.campaigns(found)} ({phrases.campaign(found)} each), inputs at their medians."
        f"{phrases.with_unknown(found, 'face', 1e6, 'million faces')}",
        phrases.label(found),
        phrases.footer(found, wrongful=True, closed_form=bool(closed)),
        bottom + AXIS_IN,
    )
    axes = page.axes(CHART_IN, HEAD_IN - 0.08, CHART_WIDTH_IN, bottom - HEAD_IN + 0.16)
    axes.set_ylim(bottom + 0.08, HEAD_IN - 0.08)
    left = _log_axis(axes, [row.mean for row in rows if row.mean > 0] + list(closed.values()), found.scenario.unit)
    heads = (
        (COUNT_IN, f"per {found.scenario.unit}", "right"),
        (FACES_IN, f"of {'faces counted' if unit == 'faces' else unit}", "left"),
        (BEFORE_IN, "of the stage before", "left"),
    )
    for column, text, ha in heads:
        page.text(column, HEAD_IN - 0.2, text, style.SMALL, ha=ha, va="baseline", color=style.QUIET)
    for i, (row, y) in enumerate(zip(rows, middles, strict=True)):
        line: dict[str, Any] = {"va": "center_baseline"}
        if i == 0 or row.stage != rows[i - 1].stage:
            page.text(0, y, row.stage, style.BODY + 1, fontweight="bold", **line)
        page.text(WORDS_IN, y, row.words, color=row.colour, **line)
        if row.mean > 0:
            axes.hlines(y, left, row.mean, color=row.colour, linewidth=2.2, alpha=0.55)
            axes.plot(row.mean, y, "o", color=row.colour, markersize=8, clip_on=False)
            page.text(COUNT_IN, y, number(row.mean), style.BODY + 1, ha="right", fontweight="bold", **line)
            if row.stage != "Faces":
                page.text(FACES_IN, y, phrases.rare(row.mean / all_seen), style.SMALL, **line)
            if row.before:
                page.text(BEFORE_IN, y, phrases.of_each(row.mean, *row.before), style.SMALL, **line)
            continue
        if i in closed:
            axes.plot(closed[i], y, "o", color=row.colour, markersize=8, markerfacecolor="white", clip_on=False)
        words = style.wrapped(zeros[i], page.width - NONE_IN, style.TINY)
        page.text(NONE_IN, y, words, style.TINY, va="center", color=style.QUIET)
    return page.figure


def _middles(rows: list[Row]) -> tuple[list[float], float]:
    """How far below the content's top the middle of each row lies, and the end of the last one; inches."""
    middles, top = [], HEAD_IN
    for i, row in enumerate(rows):
        top += STAGE_GAP_IN * (i > 0 and row.stage != rows[i - 1].stage)
        middles.append(top + ROW_IN / 2)
        top += ROW_IN
    return middles, top


def _log_axis(axes: Axes, values: list[float], unit: Unit) -> float:
    """Make the horizontal axis logarithmic with room for *values*; return its left end."""
    from matplotlib.ticker import FixedLocator, NullLocator

    low, high = min([*values, 0.1]), max([*values, 10.0])
    axes.set_xscale("log")
    left, right = low / 4, high * 3
    axes.set_xlim(left, right)
    axes.yaxis.set_visible(False)
    axes.spines["left"].set_visible(False)
    decades = range(math.ceil(math.log10(left)), math.floor(math.log10(right)) + 1)
    step = -(-len(decades) // MOST_TICKS)
    marked = [power for power in decades if power % step == 0]
    axes.xaxis.set_major_locator(FixedLocator([10.0**power for power in marked]))
    axes.xaxis.set_minor_locator(NullLocator())
    axes.set_xticklabels([_tick(power) for power in marked])
    axes.grid(axis="x", color=style.PALE, linewidth=0.8)
    axes.set_axisbelow(True)
    axes.set_xlabel(f"number per {unit}; each line is {10**step:,} times the one before", fontsize=style.SMALL)
    return left


def _tick(power: int) -> str:
    if power < -3 or power > 5:
        return "10" + str(power).translate(str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"))
    return f"{10**power:,}" if power >= 0 else f"{10.0**power:.{-power}f}"
