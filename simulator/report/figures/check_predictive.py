"""Figure of ``lfrsim check``: figures of the whole record beside those that its forecasts give."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.evidence.check.found import CheckFound
from simulator.evidence.check.predictive_checks import PredictiveCheck
from simulator.evidence.numbers import counted
from simulator.report.check.sentences import STATISTICS, WHO, figure_of, predictive_readings, range_of, verdict
from simulator.report.figures import style
from simulator.report.figures.check import COLOURS

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

PREDICTIVE_NAME = "predictive-checks"
NAMES_IN, WORDS_IN, ROW_IN, HEAD_IN = 1.3, 3.5, 0.27, 0.3
# On each line the forecasts' range runs from 0 to 1; what lies beyond this is drawn at the edge.
EDGE = 0.2


def draw_predictive(found: CheckFound) -> Figure:
    """A line for each check and forecaster, on a scale of its own: the range, half of the forecasts, what was recorded."""
    with style.styled():
        return _draw(found)


def _draw(found: CheckFound) -> Figure:
    groups = [
        (words, lines)
        for key, words in STATISTICS.items()
        if (lines := [(who, one) for who, one in _checks(found) if (one.statistic, one.measure) == key])
    ]
    made = [one for _, lines in groups for _, one in lines]
    inside = sum(one.consistent for one in made)
    title = (
        f"{inside} of {counted(len(made), 'figure')} of the whole record lie where simulated records have them"
        if made
        else "Too few days and rows to set the whole record beside simulated ones"
    )
    page = style.page(
        title,
        "Posterior predictive checks. Thin bar: where the forecasts have the figure; thick bar: half of them; tick: their "
        "median; dot: what was recorded (red if outside). Each line has a scale of its own.",
        found.scenario.what_if,
        [*(predictive_readings(found) if made else []), _source(found)],
        sum(HEAD_IN + ROW_IN * len(lines) for _, lines in groups) + 0.1,
    )
    top = 0.0
    for words, lines in groups:
        page.text(0, top + 0.08, words.capitalize(), style.SMALL, color=style.INK)
        top += HEAD_IN
        for who, one in lines:
            page.text(0.15, top + 0.05, WHO[who], style.SMALL, color=style.QUIET)
            axes = page.axes(
                NAMES_IN,
                top,
                page.width - NAMES_IN - WORDS_IN,
                ROW_IN,
                xlim=(-EDGE - 0.05, 1 + EDGE + 0.05),
                ylim=(-1, 1),
            )
            axes.axis("off")
            _line(axes, one, COLOURS[who])
            said = f"recorded {figure_of(one.observed)}, range {range_of(one.range)}: {verdict(one)}"
            page.text(page.width - WORDS_IN + 0.1, top + 0.05, said, style.SMALL, color=style.INK)
            top += ROW_IN
    return page.figure


def _source(found: CheckFound) -> str:
    name, run = found.records.file.rpartition("/")[2], found.run
    return f"Record: {name}. Scenario: {found.scenario.name}, {run.replications:,} simulations, seed {run.seed}."


def _checks(found: CheckFound) -> list[tuple[str, PredictiveCheck]]:
    return [(who, one) for who in WHO if who in found.predictive_checks for one in found.predictive_checks[who].checks]


def _line(axes: Axes, check: PredictiveCheck, colour: str) -> None:
    low, high = check.range

    def at(x: float) -> float:
        # of a range that is one figure only what is beside it can be told
        place = (x - low) / (high - low) if high > low else 0.5 + (x > low) - (x < low)
        return min(max(place, -EDGE), 1 + EDGE)

    axes.plot([at(low), at(high)], [0, 0], color=colour, linewidth=1.5, solid_capstyle="butt")
    axes.plot(
        [at(check.half[0]), at(check.half[1])], [0, 0], color=colour, linewidth=6, alpha=0.45, solid_capstyle="butt"
    )
    axes.plot(at(check.median), 0, "|", color=style.INK, markersize=9)
    dot, size = (style.INK, 4.5) if check.consistent else (style.VERMILLION, 6.0)
    axes.plot(at(check.observed), 0, "o", color=dot, markersize=size, zorder=3)


__all__ = ["PREDICTIVE_NAME", "draw_predictive"]
