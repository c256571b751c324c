"""How many wrongful stops one campaign brings: chance alone, and with what is not known about the inputs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from simulator.evidence.about.header import Unit
from simulator.evidence.numbers import count_range, counted, number, whole
from simulator.evidence.run.found import RunFound
from simulator.evidence.run.pictures import RunPictures
from simulator.evidence.run.rates import Range
from simulator.evidence.run.study import CHANCE, IGNORANCE
from simulator.report.figures import phrases, style
from simulator.scenario.quantity import Array

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

NAME = "distribution"
MEASURE = "wrongful_stops"
MOST_BARS, MOST_NUMBERED = 21, 12
# Beyond what so many of the campaigns of both passes have everything shares the last bar.
TAIL = 0.99
# pass, words, colour of its bars, and a darker one for its words
PASSES = (
    (CHANCE, "Chance alone", style.BLUE, style.BLUE),
    (IGNORANCE, "Chance, and inputs drawn from what is known of them", style.ORANGE, "#8A5F00"),
)
BRACKET_IN, BARS_IN, AXIS_IN, LEFT_IN = 0.26, 3.1, 0.62, 0.75


@dataclass(frozen=True)
class Bins:
    """*n* bars of *width* counts each, from 0 on; the last holds everything beyond if *open_ended*."""

    width: int
    n: int
    open_ended: bool

    @property
    def labels(self) -> list[str]:
        """The first count of each bar."""
        return [whole(i * self.width) for i in range(self.n)]

    def counts(self, values: Array) -> Array:
        """How many of *values* fall into each bar."""
        index = np.minimum(values // self.width, self.n - 1).astype(np.int64)
        return np.bincount(index, minlength=self.n).astype(float)

    def position(self, value: float) -> float:
        """Where *value* lies on an axis of bars numbered from 0: a bar's middle is a whole number."""
        inside = (value + 0.5) / self.width - 0.5
        return min(inside, self.n - 1.0) if self.open_ended else inside


def bins_of(values: Array) -> Bins:
    """Bars of one count each where *values* are few, of a round number of counts where they are many."""
    top = int(values.max())
    end = top if top < MOST_BARS else max(int(np.sort(values)[int(TAIL * (len(values) - 1))]), 1)
    width = next(w for w in _round_numbers() if end // w + 1 < MOST_BARS)
    n = max(end // width + 1, 5 if width == 1 else 1)
    beyond = top >= n * width
    return Bins(width, n + beyond, beyond)


def _round_numbers() -> list[int]:
    return [step * 10**power for power in range(9) for step in (1, 2, 5)]


def headline(found: RunFound, data: RunPictures) -> str:
    """The finding: how many campaigns have none, or between which numbers most lie."""
    wrongful, said = found.measures[MEASURE], _spans(found, data)
    chance, drawn = said[CHANCE].ends, said[IGNORANCE].ends
    if not wrongful.mean and not wrongful.with_ignorance.mean:
        return f"Wrongful stops: {phrases.none_of(found, data, MEASURE, 2, phrases.all_seen(found))}"
    unit = found.scenario.unit
    begin = f"Wrongful stops in one {unit} ({phrases.campaign(found)})"
    if not (chance[1] or drawn[1]):
        tallies = data.campaigns_by_wrongful_stops
        by_chance, with_inputs = (tallies[name].get(0, 0) for name in (CHANCE, IGNORANCE))
        known = f"{begin}: none in {whole(by_chance)} of {whole(found.run.replications)} simulated {unit}s by chance"
        if not found.varied:
            return known
        return f"{known}, none in {whole(with_inputs)} with what is not known about the inputs"
    known = f"{begin}: {said[CHANCE].words} by chance"
    return f"{known}, {_range(drawn)} with what is not known about the inputs" if found.varied else known


@dataclass(frozen=True)
class Span:
    """Between which *ends* 9 in 10 campaigns lie, or all where there are too few for that; *words* say so, with their *mean*."""

    ends: Range
    words: str
    mean: float


def _spans(found: RunFound, data: RunPictures) -> dict[str, Span]:
    """The span of each pass."""
    measure, unit, n = found.measures[MEASURE], found.scenario.unit, found.run.replications
    spans = {}
    for name, of in ((CHANCE, measure), (IGNORANCE, measure.with_ignorance)):
        numbers = data.campaigns_by_wrongful_stops[name]
        ends = of.campaign_90 or (float(min(numbers)), float(max(numbers)))
        which = f"9 of 10 {unit}s" if of.campaign_90 else f"the {counted(n, unit)} simulated"
        spans[name] = Span(ends, f"{_range(ends)} in {which}", of.mean)
    return spans


def _range(ends: Range) -> str:
    return count_range(*ends) if ends[1] else "none"


def draw(found: RunFound, data: RunPictures) -> Figure:
    """Bars of campaigns by number of wrongful stops, both passes side by side, under their 90 % brackets.

    Where no input is uncertain both are the same, and only chance is drawn.
    """
    with style.styled():
        return _draw(found, data)


def _draw(found: RunFound, data: RunPictures) -> Figure:
    from matplotlib.ticker import MaxNLocator

    passes = PASSES if found.varied else PASSES[:1]
    values = {name: _values(data.campaigns_by_wrongful_stops[name]) for name, *_ in passes}
    spans = _spans(found, data)
    bins = bins_of(np.concatenate(list(values.values())))
    width = style.WIDTH_IN - 2 * style.MARGIN_IN - LEFT_IN
    texts = (f"{words}: {_said(found, data, name == IGNORANCE, spans[name])}" for name, words, *_ in passes)
    said = [style.wrapped(text, width, style.SMALL) for text in texts]
    heights = [style.height_of(text, style.SMALL) + BRACKET_IN + 0.14 for text in said]
    page = style.page(
        headline(found, data),
        f"{phrases.campaigns(found).capitalize()} by how many wrongful stops each had, with the same inputs in all"
        + (" (blue) and with inputs drawn anew for each (orange)." if len(passes) > 1 else "; none is uncertain here."),
        phrases.label(found),
        phrases.footer(
            found, wrongful=True, closed_form=any("closed form" in text.replace("\n", " ") for text in said)
        ),
        sum(heights) + BARS_IN + AXIS_IN,
    )
    ends = (-0.6, bins.n - 0.4)
    for i, (name, _, colour, dark) in enumerate(passes):
        top = sum(heights[:i])
        page.text(LEFT_IN, top, said[i], style.SMALL, color=dark)
        axes = page.axes(LEFT_IN, top + heights[i] - BRACKET_IN - 0.08, width, BRACKET_IN, xlim=ends, ylim=(-1, 1))
        axes.axis("off")
        if values[name].any():
            _bracket(axes, bins, spans[name], colour)
    axes = page.axes(LEFT_IN, sum(heights), width, BARS_IN, xlim=ends)
    highest = 0.0
    for (name, _, colour, _), shift in zip(passes, (-0.2, 0.2) if len(passes) > 1 else (0.0,), strict=True):
        counts = bins.counts(values[name])
        highest = max(highest, float(counts.max()))
        at = np.arange(bins.n) + shift
        axes.bar(at, counts, 0.38, color=colour)
        for x, n in zip(at, counts, strict=True):
            if n and bins.n <= MOST_NUMBERED:
                axes.annotate(whole(n), (x, n), (0, 2), textcoords="offset points", ha="center", fontsize=style.SMALL)
    axes.set_ylim(0, highest * 1.1)
    axes.set_ylabel(f"simulated {found.scenario.unit}s (of {whole(found.run.replications)})")
    axes.yaxis.set_major_locator(MaxNLocator(6, integer=True))
    _label_bars(axes, bins, width, found.scenario.unit)
    return page.figure


def _values(campaigns: Mapping[int, int]) -> Array:
    """The wrongful stops of every campaign, fewest first."""
    numbers = sorted(campaigns)
    return np.repeat(np.array(numbers, dtype=float), [campaigns[number] for number in numbers])


def _said(found: RunFound, data: RunPictures, drawn: bool, span: Span) -> str:
    """The bracket in words, with the mean; what a zero means where there is no bracket to speak of."""
    if span.mean:
        return f"{span.words} (bracket), {number(span.mean)} on average (dot)"
    because, measure = phrases.never(found, data, MEASURE, 2), found.measures[MEASURE]
    if because:
        return f"none, because {because}"
    closed = measure.with_ignorance.closed_form if drawn else None
    return f"none; {phrases.rarity(found, closed or measure.closed_form or 0.0, phrases.all_seen(found, drawn))}"


def _bracket(axes: Axes, bins: Bins, span: Span, colour: str) -> None:
    """The range of campaigns as a bracket over the bars it spans, their mean as a dot."""
    left, right = (bins.position(end) + shift for end, shift in zip(span.ends, (-0.2, 0.2), strict=True))
    axes.plot([left, left, right, right], [-0.8, 0, 0, -0.8], color=colour, linewidth=1.8, solid_joinstyle="miter")
    axes.plot(bins.position(span.mean), 0, "o", color=colour, markersize=8)


def _label_bars(axes: Axes, bins: Bins, width_in: float, unit: Unit) -> None:
    """Name bars of one count below their middles, wider ones at their left edges; as many as there is room for."""
    shift = 0.0 if bins.width == 1 else -0.5
    step = next(
        s for s in _round_numbers() if style.width_of(bins.labels[-1], style.SMALL) * 1.5 < s * width_in / bins.n
    )
    marked = range(0, bins.n, step)
    axes.set_xticks([i + shift for i in marked], [bins.labels[i] for i in marked])
    many = f", in bars of {bins.width:,}" if bins.width > 1 else ""
    beyond = f" (last bar: {bins.labels[-1]} or more)" if bins.open_ended else ""
    if bins.width > 1:
        axes.vlines(np.arange(bins.n + 1) - 0.5, 0, 1, transform=axes.get_xaxis_transform(), color=style.PALE, zorder=0)
    axes.set_xlabel(f"wrongful stops in one {unit}{many}{beyond}")
