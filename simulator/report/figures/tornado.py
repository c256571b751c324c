"""The average of a measure with one input at a time at the ends of its interval: the longest bars first."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from simulator.evidence.numbers import number, whole
from simulator.evidence.sensitivity.found import InputShare, SensitivityFound
from simulator.evidence.sensitivity.indices import AtEnds
from simulator.report.figures import style
from simulator.report.figures.phrases import CLOSED_FORM, LAWFULNESS
from simulator.report.inputs import words_of, written
from simulator.report.said import deployments, list_size, threshold

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

Bars: TypeAlias = list[tuple[InputShare, AtEnds]]
NAME = "tornado"
LOW, HIGH, JOINT = style.SKY, style.ORANGE, style.FAINT
PALE = {LOW: "#D5ECFA", HIGH: "#FBE8C2", JOINT: style.PALE}
MOST_BARS = 12
# What moves the average by less than this share of the longest bar is only counted.
SHORTEST = 0.01
ROW_IN, HEAD_IN, AXIS_IN, LABELS_IN, GAP_IN = 0.5, 0.3, 0.62, 3.75, 0.08


def bars_of(found: SensitivityFound) -> Bars:
    """The inputs with a bar, and its ends, the longest first."""
    bars = [(item, item.one_at_a_time) for item in found.inputs if item.one_at_a_time]
    bars.sort(key=lambda bar: -bar[1].width)
    longest = bars[0][1].width if bars else 0.0
    return [bar for bar in bars if bar[1].width > SHORTEST * longest][:MOST_BARS]


def headline(found: SensitivityFound) -> str:
    """The finding: which input, moved alone over its interval, moves the average most, and how far."""
    measure, bars = found.measure, bars_of(found)
    if not bars:
        return f"No input moves the average of {measure.words} at the ends of its interval"
    item, ends = bars[0]
    low, high = sorted((ends.at_low, ends.at_high))
    return (
        f'The input "{words_of(item.key)}" moves the average most: from {number(low)} to {number(high)} '
        f"{measure.words} per {found.scenario.unit}"
    )


def draw(found: SensitivityFound) -> Figure:
    """One bar for each input of *found*, around the average at the middle values."""
    with style.styled():
        return _draw(found)


def _draw(found: SensitivityFound) -> Figure:
    bars = bars_of(found)
    height = HEAD_IN + ROW_IN * max(len(bars), 1)
    page = style.page(headline(found), _subtitle(found, bars), _label(found), _footer(found, bars), height + AXIS_IN)
    width = style.WIDTH_IN - 2 * style.MARGIN_IN - LABELS_IN
    axes = page.axes(LABELS_IN, HEAD_IN, width, ROW_IN * max(len(bars), 1))
    base = found.measure.at_medians
    _scale(axes, bars, base, width)
    for i, (item, ends) in enumerate(bars):
        _bar(axes, i, ends, base)
        top = HEAD_IN + ROW_IN * i
        room = LABELS_IN - 0.15
        words = style.wrapped(words_of(item.key), room, style.SMALL).split("\n")[0]
        page.text(0, top + 0.09, words, style.SMALL)
        page.text(0, top + 0.27, item.key, style.TINY, color=style.QUIET)
    axes.axvline(base, color=style.INK, linewidth=1.0)
    low, high = axes.get_xlim()
    at = LABELS_IN + width * (base - low) / (high - low)
    page.text(
        at,
        HEAD_IN - 0.06,
        f"{number(base)}: every input at its middle value",
        style.SMALL,
        ha=_side(base, low, high),
        va="bottom",
    )
    unit = f"{found.measure.words}, average per {found.scenario.unit} of {deployments(found.scenario)}"
    axes.set_xlabel(style.wrapped(unit, width, style.SMALL), fontsize=style.SMALL)
    return page.figure


def _side(base: float, low: float, high: float) -> str:
    """Where a label at *base* has room to either side."""
    place = (base - low) / (high - low)
    return "left" if place < 0.3 else "right" if place > 0.7 else "center"


def _marks(ends: AtEnds) -> tuple[str, str]:
    """What is written at the left and the right end of a bar: the input's values there."""
    if ends.low_input is None or ends.high_input is None:
        return "", ""
    low, high = written(ends.low_input), written(ends.high_input)
    return (low, high) if ends.at_low <= ends.at_high else (high, low)


def _scale(axes: Axes, bars: Bars, base: float, width_in: float) -> None:
    """Limits that leave room for the labels at both ends; no marks on the left."""
    from matplotlib.ticker import MaxNLocator

    values = [base, *(value for _, ends in bars for value in (ends.at_low, ends.at_high))]
    low, high = min(values), max(values)
    if high <= low:
        low, high = base - max(abs(base), 1.0) / 2, base + max(abs(base), 1.0) / 2
    labels = [mark for _, ends in bars for mark in _marks(ends)]
    margin = max((style.width_of(label, style.SMALL) for label in labels), default=0.0) + 2 * GAP_IN
    room = (high - low) * margin / (width_in - 2 * margin)
    axes.set_xlim(low - room, high + room)
    axes.set_ylim(max(len(bars), 1) - 0.5, -0.5)
    axes.set_yticks([])
    axes.xaxis.set_major_locator(MaxNLocator(5))
    # no offset or power of ten of its own above the axis
    axes.xaxis.set_major_formatter(lambda x, _: f"{x:,.10g}")
    axes.spines["left"].set_visible(False)
    axes.grid(axis="x", color=style.PALE, linewidth=0.8)
    axes.set_axisbelow(True)


def _bar(axes: Axes, row: int, ends: AtEnds, base: float) -> None:
    """The two halves of one bar, and the input's values at its ends."""
    joint = ends.low_input is None
    for value, colour in ((ends.at_low, JOINT if joint else LOW), (ends.at_high, JOINT if joint else HIGH)):
        axes.barh(row, value - base, 0.56, left=base, color=PALE[colour] if ends.within_error else colour)
    left, right = sorted((ends.at_low, ends.at_high))
    marks = _marks(ends)
    for x, mark, shift, side in ((min(left, base), marks[0], -1, "right"), (max(right, base), marks[1], 1, "left")):
        if mark:
            axes.annotate(
                mark,
                (x, row),
                (shift * GAP_IN * style.POINTS_PER_IN, 0),
                textcoords="offset points",
                ha=side,
                va="center",
                fontsize=style.SMALL,
            )


def _subtitle(found: SensitivityFound, bars: Bars) -> str:
    said = (
        "One input at a time at the low end (light blue) and the high end (orange) of its interval, all others at their middle "
        "values; the numbers at a bar are the input's own values there."
    )
    if any(ends.low_input is None for _, ends in bars):
        said += " Grey: quantities drawn jointly, between the lowest and the highest 1 in 40 of their draws."
    if any(ends.within_error for _, ends in bars):
        said += " Pale: no longer than the simulation's error."
    return said


def _label(found: SensitivityFound) -> str | None:
    what_if = found.scenario.what_if
    return f"WHAT IF: {' '.join(what_if.split())}" if what_if else None


def _footer(found: SensitivityFound, bars: Bars) -> list[str]:
    about, run = found.scenario, found.run
    if run.simulated:
        each = whole(run.campaigns_each_bar or 0)
        how = f"Simulated, not observed: {each} {about.unit}s behind each end of a bar, seed {run.seed}."
        blind = ""
    else:
        how = "Computed, not observed."
        blind = (
            f" By closed form, {CLOSED_FORM}: staff numbers, times and repeat visits have no part in it, so it cannot say "
            f"whether they matter."
        )
    n = len(found.inputs) - len(bars)
    rest = f" {whole(n)} more input{'s move' if n > 1 else ' moves'} it by less." if n else ""
    lines = [
        f"{how} {' '.join(about.title.split())}. Threshold {threshold(about)}, watchlist of {list_size(about)}.{blind}",
        f"Bars do not add up: inputs moved together do more or less than each alone.{rest} The ends are those of the "
        f"scenario's own intervals, meant to hold the truth in 19 of 20 cases.",
    ]
    return [*lines, LAWFULNESS] if found.measure.name.startswith("wrongful") else lines


__all__ = ["NAME", "bars_of", "draw", "headline"]
