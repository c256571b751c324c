"""A picture to share, 1,200 x 675 pixels: it says inside itself what it is, of what, and who made it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from simulator import __version__
from simulator.evidence.numbers import counted
from simulator.evidence.run.found import RunFound
from simulator.report.figures import style
from simulator.report.said import deployments

if TYPE_CHECKING:
    from pathlib import Path

    from matplotlib.figure import Figure

WIDTH_PX, HEIGHT_PX = 1200, 675
HEIGHT_IN = HEIGHT_PX / style.DPI
TAG = "Simulated, not observed."
FOOT_LINES, LABEL_LINES = 2, 2


@dataclass(frozen=True)
class Card:
    """A picture with room for its content between *top* and *bottom*, inches from the upper edge."""

    page: style.Page
    top: float
    bottom: float

    @property
    def height(self) -> float:
        """Inches for the content."""
        return self.bottom - self.top


def readable(text: str) -> str:
    """*text* on one line, without the signs that turn others around or cannot be seen."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def fitted(text: str, width: float, height: float, sizes: tuple[float, ...], bold: bool = False) -> tuple[str, float]:
    """*text* in lines of *width* inches at the largest of *sizes* that needs at most *height*; cut where none does."""
    for size in sizes:
        lines = style.wrapped(text, width, size, bold)
        if style.height_of(lines, size) <= height + 1e-9:
            return lines, size
    return shortened(text, width, max(int(height / style.height_of("x", size)), 1), size, bold), size


def shortened(text: str, width: float, lines: int, size: float, bold: bool = False) -> str:
    """*text* in at most so many *lines*, with an ellipsis where it was cut."""
    made = style.wrapped(text, width, size, bold).split("\n")
    if len(made) <= lines:
        return "\n".join(made)
    kept, last = made[: lines - 1], made[lines - 1]
    while last and style.width_of(f"{last} …", size, bold) > width * style.HINTED:
        last = last[:-1].rstrip()
    return "\n".join([*kept, f"{last} …"])


def source(found: RunFound) -> str:
    """What made the picture, short enough to be cut nowhere: version, seed and how many campaigns."""
    about = found.scenario
    return (
        f"lfrsim {__version__}, seed {found.run.seed}, {counted(found.run.replications, f'simulated {about.unit}')} "
        f"({deployments(about)} each)."
    )


def card(title: str, setting: str, label: str | None, notes: str, made_by: str) -> Card:
    """An empty card of a scenario's *title* and *setting*; below stand *notes* (at most two lines) and *made_by*.

    *label*, where there is one, says that the scenario is assumed or unlike its record: of it as much as two lines hold.
    """
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure
    from matplotlib.lines import Line2D

    figure = Figure(figsize=(style.WIDTH_IN, HEIGHT_IN))
    FigureCanvasAgg(figure)
    width, left = style.WIDTH_IN - 2 * style.MARGIN_IN, style.MARGIN_IN
    page = style.Page(figure, left, 0, width, HEIGHT_IN)
    top = 0.2
    page.text(0, top, TAG, style.BODY, fontweight="bold")
    after = style.width_of(TAG, style.BODY, True) + 0.1
    page.text(after, top, shortened(readable(title), width - after, 1, style.BODY), style.BODY)
    top += style.height_of("x", style.BODY) + 0.02
    page.text(0, top, shortened(setting, width, 1, style.SMALL), style.SMALL, color=style.QUIET)
    top += style.height_of("x", style.SMALL) + 0.03
    if label:
        lines = shortened(readable(label), width, LABEL_LINES, style.SMALL, True)
        page.text(0, top, lines, style.SMALL, color=style.PLUM, fontweight="bold")
        top += style.height_of(lines, style.SMALL) + 0.03
    foot = "\n".join(filter(None, (shortened(notes, width, FOOT_LINES, style.SMALL), made_by)))
    bottom = HEIGHT_IN - 0.12 - style.height_of(foot, style.SMALL)
    page.text(0, bottom, foot, style.SMALL, color=style.QUIET)
    y = 1 - (bottom - 0.06) / HEIGHT_IN
    figure.add_artist(
        Line2D([left / style.WIDTH_IN, 1 - left / style.WIDTH_IN], [y, y], color=style.FAINT, linewidth=0.8)
    )
    figure.set_label(readable(title))
    return Card(page, top + 0.07, bottom - 0.14)


def save_card(figure: Figure, path: Path) -> Path:
    """Write *figure* as a PNG of exactly 1,200 x 675 pixels to *path*; the same data give the same bytes."""
    title = readable(str(figure.get_label()))
    with style.styled():
        figure.savefig(path, format="png", dpi=style.DPI, metadata={"Software": None, "Title": title})
    return path


__all__ = ["HEIGHT_PX", "TAG", "WIDTH_PX", "Card", "card", "fitted", "readable", "save_card", "shortened", "source"]
