"""The shared look of the figures: palette, fonts, a page with title and footer, and files that repeat byte for byte."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.text import Text

# Okabe and Ito (2008): told apart by people with any colour vision.
BLACK, ORANGE, SKY, GREEN, YELLOW, BLUE, VERMILLION, PURPLE = (
    "#000000", "#E69F00", "#56B4E9", "#009E73", "#F0E442", "#0072B2", "#D55E00", "#CC79A7",
)  # fmt: skip
INK, QUIET, FAINT, PALE, PLUM = "#222222", "#5F5F5F", "#BDBDBD", "#ECECEC", "#A0458A"
TRUE_COLOUR, FALSE_COLOUR = BLUE, VERMILLION

WIDTH_IN, DPI = 10.0, 120  # a PNG is 1200 pixels wide
MARGIN_IN = 0.35
TITLE, BODY, SMALL, TINY = 14.0, 10.0, 8.5, 7.5  # points
LINE_SPACING = 1.3
POINTS_PER_IN = 72.0
# Letters set on whole pixels run up to this much wider than measured.
HINTED = 0.98
RC = {
    "font.family": ["DejaVu Sans"],
    "font.size": BODY,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.edgecolor": QUIET,
    "axes.labelcolor": INK,
    "axes.labelsize": BODY,
    "axes.linewidth": 0.8,
    "text.color": INK,
    "text.parse_math": False,
    "xtick.color": QUIET,
    "ytick.color": QUIET,
    "xtick.labelcolor": INK,
    "ytick.labelcolor": INK,
    "xtick.labelsize": SMALL,
    "ytick.labelsize": SMALL,
    "legend.frameon": False,
    "legend.fontsize": SMALL,
    "figure.facecolor": "white",
    "savefig.facecolor": "white",
    "figure.dpi": DPI,
    "svg.hashsalt": "lfrsim",
    "svg.fonttype": "path",
}


@contextmanager
def styled() -> Iterator[None]:
    """Draw or save in the project's style, whatever matplotlibrc the user has."""
    import matplotlib

    with matplotlib.rc_context(), warnings.catch_warnings():
        # a scenario's title may hold a character that the font lacks: a box is shown in its place
        warnings.filterwarnings("ignore", message="Glyph .* missing from font")
        matplotlib.rcdefaults()
        matplotlib.rcParams.update(cast(Any, RC))
        yield


@lru_cache(maxsize=4096)
def width_of(text: str, size: float, bold: bool = False) -> float:
    """Width of one line of *text* in inches."""
    from matplotlib.font_manager import FontProperties
    from matplotlib.textpath import text_to_path

    font = FontProperties(family="DejaVu Sans", size=size, weight="bold" if bold else "normal")
    return float(text_to_path.get_text_width_height_descent(text, font, False)[0]) / POINTS_PER_IN


def wrapped(text: str, width_in: float, size: float, bold: bool = False) -> str:
    """*text* broken into lines of at most *width_in*; a word longer than that is broken too."""
    width_in *= HINTED
    lines: list[str] = []
    for word in text.split():
        joined = f"{lines[-1]} {word}" if lines else word
        if lines and width_of(joined, size, bold) <= width_in:
            lines[-1] = joined
            continue
        while len(word) > 1 and width_of(word, size, bold) > width_in:
            fits = max((n for n in range(1, len(word)) if width_of(word[:n], size, bold) <= width_in), default=1)
            lines.append(word[:fits])
            word = word[fits:]
        lines.append(word)
    return "\n".join(lines)


def height_of(text: str, size: float) -> float:
    """Height in inches of *text* as it is broken into lines."""
    return (text.count("\n") + 1) * size * LINE_SPACING / POINTS_PER_IN if text else 0.0


@dataclass(frozen=True)
class Page:
    """A figure with room for its content: *width* x *height* inches, measured from the content's top left corner."""

    figure: Figure
    left: float
    top: float
    width: float
    height: float

    def axes(self, left: float, top: float, width: float, height: float, **kwargs: Any) -> Axes:
        """New axes at *left*, *top*, all in inches."""
        w, h = self.figure.get_size_inches()
        x, y = (self.left + left) / w, 1 - (self.top + top + height) / h
        return self.figure.add_axes((x, y, width / w, height / h), **kwargs)

    def text(self, left: float, top: float, text: str, size: float = BODY, **kwargs: Any) -> Text:
        """Write *text* whose top left corner (or that of *ha*, *va*) is at *left*, *top* in inches."""
        w, h = self.figure.get_size_inches()
        look = {"va": "top", "ha": "left", "linespacing": LINE_SPACING, **kwargs}
        return self.figure.text((self.left + left) / w, 1 - (self.top + top) / h, text, fontsize=size, **look)


def page(title: str, subtitle: str, label: str | None, footer: list[str], height_in: float) -> Page:
    """A page whose content is *height_in* high: *title* and *subtitle* above, *footer* below, however long they are.

    *label* says between them that the scenario is assumed.
    """
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure
    from matplotlib.lines import Line2D

    width = WIDTH_IN - 2 * MARGIN_IN
    blocks = [
        (wrapped(title, width, TITLE, bold=True), TITLE, {"fontweight": "bold"}),
        (wrapped(subtitle, width, BODY), BODY, {"color": QUIET}),
        (wrapped(label or "", width, BODY, bold=True), BODY, {"color": PLUM, "fontweight": "bold"}),
    ]
    foot = "\n".join(wrapped(line, width, SMALL) for line in footer)
    gap, foot_gap = 0.07, 0.15
    head_in = MARGIN_IN + sum(height_of(text, size) + gap for text, size, _ in blocks if text) + 0.12
    foot_in = foot_gap + 0.1 + height_of(foot, SMALL) + 0.2
    total = head_in + height_in + foot_in
    figure = Figure(figsize=(WIDTH_IN, total))
    FigureCanvasAgg(figure)
    made = Page(figure, MARGIN_IN, head_in, width, height_in)
    top = MARGIN_IN - head_in
    for text, size, look in blocks:
        if text:
            made.text(0, top, text, size, **look)
            top += height_of(text, size) + gap
    y = 1 - (head_in + height_in + foot_gap) / total
    x = MARGIN_IN / WIDTH_IN
    figure.add_artist(Line2D([x, 1 - x], [y, y], color=FAINT, linewidth=0.8))
    made.text(0, height_in + foot_gap + 0.1, foot, SMALL, color=QUIET)
    figure.set_label(title)
    return made


def save(figure: Figure, folder: Path, name: str) -> list[Path]:
    """Write *figure* as SVG and PNG into *folder*; the same data give the same bytes."""
    folder.mkdir(parents=True, exist_ok=True)
    title = " ".join(str(figure.get_label()).split())
    paths = [folder / f"{name}.svg", folder / f"{name}.png"]
    with styled():
        figure.savefig(paths[0], format="svg", metadata={"Date": None, "Creator": None, "Title": title})
        figure.savefig(paths[1], format="png", dpi=DPI, metadata={"Software": None, "Title": title})
    return paths
