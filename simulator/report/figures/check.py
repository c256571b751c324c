"""Figures of ``lfrsim check``: PIT histograms, and every recorded count beside its forecast."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from simulator.evidence.check.dated_scored import ForecastScored
from simulator.evidence.check.found import CheckFound
from simulator.evidence.check.judged import Scores
from simulator.evidence.check.planned import WORDS
from simulator.evidence.numbers import counted, number, whole
from simulator.report.check.sentences import WHO
from simulator.report.figures import style

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

PIT_NAME, FORECASTS_NAME = "pit", "forecasts"
Scored: TypeAlias = CheckFound | ForecastScored
COLOURS = {
    "scenario": style.ORANGE,
    "model": style.BLUE,
    "forecast": style.BLUE,
    "baseline": style.QUIET,
    "baseline_by_kind": style.QUIET,
}
LEFT_IN, GAP_IN, NAME_IN, PANEL_IN, BELOW_IN, ROW_IN = 0.75, 0.3, 0.45, 1.35, 0.35, 1.75


def draw_pit(found: Scored) -> Figure:
    """A histogram for each measure (row) and forecaster (column), with what chance allows around the tenth."""
    with style.styled():
        return _draw_pit(found)


def _draw_pit(found: Scored) -> Figure:
    forecasters = [who for who in WHO if who in found.forecasters]
    measures = [name for name in WORDS if any(name in found.forecasters[who] for who in forecasters)]
    page = style.page(
        f"Where {counted(found.tested.rows, 'recorded deployment')} fell within {_whose(forecasters)}",
        "PIT histograms: the share of deployments whose recorded count lay in the lowest, second, ... highest tenth of its "
        "forecast. Right forecasts have a tenth in each (line; the grey band is what chance allows a single bar, 95 %, if "
        "deployments were independent). High bars on the right: forecast too low; on the left: too high; at both ends: too "
        "sure; a hump in the middle: not sure enough.",
        _what_if(found),
        [
            *_footer(found),
            "Recorded false alerts: hardly any deployment has one, so their histogram is close to flat whatever the rate is.",
        ],
        len(measures) * (NAME_IN + PANEL_IN + BELOW_IN),
    )
    width = (page.width - LEFT_IN - GAP_IN * (len(forecasters) - 1)) / len(forecasters)
    highest = max(max(scores.pit_histogram) for who in forecasters for scores in found.forecasters[who].values())
    for i, measure in enumerate(measures):
        top = i * (NAME_IN + PANEL_IN + BELOW_IN)
        for j, who in enumerate(forecasters):
            scores = found.forecasters[who].get(measure)
            left = LEFT_IN + j * (width + GAP_IN)
            if scores is None:
                page.text(left, top, f"{WORDS[measure]}, {WHO[who]}: none", style.SMALL, color=style.QUIET)
                continue
            name = f"{WORDS[measure].capitalize()}: {WHO[who]}"
            said = f"inside 90 % intervals, by PIT: {100 * scores.coverage['90'].share:.0f} %"
            page.text(left, top + 0.05, f"{name}\n{said}", style.SMALL, color=style.INK)
            axes = page.axes(left, top + NAME_IN, width, PANEL_IN, xlim=(0, 10), ylim=(0, max(highest * 1.08, 0.25)))
            _bars(axes, scores, COLOURS[who])
            if j:
                axes.tick_params(labelleft=False)
            else:
                axes.set_ylabel("share of rows")
            axes.set_xticks([0.5, 9.5], ["lowest", "highest"])
    return page.figure


def _bars(axes: Axes, scores: Scores, colour: str) -> None:
    axes.axhspan(*scores.right_bars_95, color=style.PALE, zorder=0)
    axes.bar(np.arange(10) + 0.5, scores.pit_histogram, 0.9, color=colour, zorder=2)
    axes.axhline(0.1, color=style.INK, linewidth=0.8, zorder=3)


def draw_forecasts(found: Scored, forecasts: pd.DataFrame) -> Figure:
    """Every deployment in order of date: 50 % and 90 % intervals and what was recorded, a panel for each measure.

    Of the trained model where there is one, else of the scenario; *forecasts* has the columns of forecasts.csv.
    """
    with style.styled():
        return _draw_forecasts(found, forecasts)


def _draw_forecasts(found: Scored, forecasts: pd.DataFrame) -> Figure:
    who = found.foremost
    own = forecasts[forecasts["forecaster"] == who]
    measures = [name for name in WORDS if name in found.forecasters[who]]
    step = NAME_IN + ROW_IN + BELOW_IN
    page = style.page(
        _headline(found, who, measures),
        "Each column is one recorded deployment, in order of date. Wide bar: half of the forecast's probability; thin bar: 90 % "
        "of it, in whole counts with both ends, so that right forecasts hold somewhat more than 90 % "
        "(the coverage in tables is by the randomised PIT, which does not); dot: what was recorded (red if outside).",
        _what_if(found),
        _footer(found),
        len(measures) * step + 0.1,
    )
    for i, measure in enumerate(measures):
        top = i * step
        total = found.forecasters[who][measure].total
        low, high = map(whole, total.range_90)
        recorded, forecast = whole(total.observed), number(total.mean)
        text = f"{WORDS[measure].capitalize()}: {recorded} recorded in all, {forecast} forecast (90 %: {low} to {high})"
        if measure == "false_alerts":
            text += ". Where the interval is 0 alone, any is outside: read the total"
        page.text(LEFT_IN, top + 0.05, text, style.SMALL, color=style.INK)
        axes = page.axes(LEFT_IN, top + NAME_IN, page.width - LEFT_IN, ROW_IN)
        _columns(axes, own[own["measure"] == measure], COLOURS[who])
        axes.set_ylabel("per deployment")
    return page.figure


def _headline(found: Scored, who: str, measures: list[str]) -> str:
    items = [(WORDS[name], found.forecasters[who][name]) for name in measures]
    held = [f"{scores.rows - len(scores.outside_90)} of {scores.rows} ({words})" for words, scores in items]
    return f"The {WHO[who]}'s 90 % intervals held the recorded counts of {', '.join(held)} deployments"


def _columns(axes: Axes, forecasts: pd.DataFrame, colour: str) -> None:
    from matplotlib.ticker import MaxNLocator

    rows = forecasts.sort_values("date", kind="stable")
    names = ("observed", "low_90", "high_90", "low_50", "high_50")
    observed, low, high, inner_low, inner_high = (rows[name].to_numpy(dtype=float) for name in names)
    at = np.arange(len(rows))
    wide = min(max(220 / len(rows), 1.0), 8.0)
    # an interval that is a single count still shows
    axes.vlines(at, low - 0.15, high + 0.15, color=colour, linewidth=wide / 3, alpha=0.45)
    axes.vlines(at, inner_low - 0.15, inner_high + 0.15, color=colour, linewidth=wide, alpha=0.45)
    out = (observed < low) | (observed > high)
    axes.plot(at[~out], observed[~out], "o", color=style.INK, markersize=2.5)
    axes.plot(at[out], observed[out], "o", color=style.VERMILLION, markersize=4.5)
    axes.set_xlim(-1, len(rows))
    axes.set_ylim(-0.5, None)
    axes.yaxis.set_major_locator(MaxNLocator(5, integer=True))
    marks = np.unique(np.linspace(0, len(rows) - 1, min(len(rows), 6)).round().astype(int))
    axes.set_xticks(marks, list(rows["date"].iloc[marks]))
    if len(marks) > 1:
        axes.get_xticklabels()[-1].set_horizontalalignment("right")


def _whose(forecasters: list[str]) -> str:
    many = {2: "two", 3: "three"}.get(len(forecasters), f"{len(forecasters)}")
    return "the scenario's forecasts" if forecasters == ["scenario"] else f"{many} forecasts of each"


def _what_if(found: Scored) -> str | None:
    return found.scenario.what_if if isinstance(found, CheckFound) else None


def _footer(found: Scored) -> list[str]:
    tested, name = found.tested, found.records.file.rpartition("/")[2]
    if isinstance(found, ForecastScored):
        return [
            f"Observed: {name}, {counted(tested.rows, 'deployment')} from {tested.first} to {tested.last}. Forecast made on "
            f"{found.made} from rows up to {found.train_until}."
        ]
    training, run = found.training, found.run
    lines = [
        f"Observed: {name}, {counted(tested.rows, 'deployment')} from {tested.first} to {tested.last}. Scenario: "
        f"{found.scenario.name}, {run.replications:,} simulations of each, seed {run.seed}, inputs drawn from their intervals."
    ]
    if training:
        lines.append(
            f"Trained model and baseline: {counted(training.rows, 'row')} from {training.first} to {training.last}; of a tested "
            f"row they know date, site, kind of site, hours, list size and threshold."
        )
    return lines


__all__ = ["FORECASTS_NAME", "PIT_NAME", "draw_forecasts", "draw_pit"]
