"""Officers busy and on duty under the clock: the strips below the timeline."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from simulator.evidence.run.shown_day import ShownDay, Steps
from simulator.report.figures import style

if TYPE_CHECKING:
    from matplotlib.axes import Axes

# At most so many minutes apart that no more than MOST_TICKS fit.
TICK_STEPS_MIN = (1, 2, 5, 10, 15, 30, 60, 120, 180, 240, 360)
MOST_TICKS = 11


def strip(axes: Axes, day: ShownDay, kind: str, busy: Steps, colour: str) -> int:
    """How many of one *kind* are busy, as filled steps, below the line of those on duty; return the largest number."""
    left, right = axes.get_xlim()
    times, on_duty = day.on_duty[kind].at_s, day.on_duty[kind].numbers
    most = int(max([1.0, *on_duty, *busy.numbers]))
    at, number = [min(left, *busy.at_s, right), *busy.at_s, right], [0.0, *busy.numbers, 0.0]
    axes.fill_between(at, number, step="post", color=colour, edgecolor=colour, linewidth=0.5)
    axes.step(
        [*times, right], [*on_duty, on_duty[-1]], where="post", color=style.INK, linewidth=1.1, linestyle=(0, (3, 2))
    )
    axes.set_ylim(0, most * 1.12)
    return most


def camera_off(axes: Axes, day: ShownDay, text: str = "") -> None:
    """Shade the time after the cameras went off, and say so."""
    left, right = axes.get_xlim()
    if not left <= day.camera_off_s <= right:
        return
    axes.axvspan(day.camera_off_s, right, color=style.PALE, linewidth=0, zorder=-1)
    ha = "left" if day.camera_off_s < left + 0.9 * (right - left) else "right"
    axes.annotate(
        text, (day.camera_off_s, 1), (0, 3), xycoords=("data", "axes fraction"), textcoords="offset points",
        ha=ha, va="bottom", fontsize=style.TINY, color=style.QUIET,
    )  # fmt: skip


def clock(axes: Axes, day: ShownDay, ends: tuple[float, float]) -> None:
    """Label the time axis with the clock."""
    begin = day.camera_on_s
    span_min = (ends[1] - ends[0]) / 60.0
    step = next((s for s in TICK_STEPS_MIN if span_min / s <= MOST_TICKS), 720) * 60.0
    first = np.ceil((begin + ends[0]) / step) * step
    ticks = np.arange(first, begin + ends[1], step)
    axes.set_xticks(ticks - begin, [f"{int(t // 3600) % 24:02d}:{int(t // 60) % 60:02d}" for t in ticks])
    axes.set_xlabel("time of day; filled: officers busy, dashed line: officers on duty", fontsize=style.SMALL)
