"""A figure as the bytes of a small PNG, to be put into a page as a data: image."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from simulator.report.figures import style

if TYPE_CHECKING:
    from matplotlib.figure import Figure

COLOURS = 64


def png_of(figure: Figure) -> bytes:
    """*figure* as a PNG with a palette of 64 colours, 1,200 pixels wide where it is a page; the same data give the same bytes."""
    from PIL import Image

    whole = io.BytesIO()
    with style.styled():
        figure.savefig(whole, format="png", dpi=style.DPI, metadata={"Software": None})
    whole.seek(0)
    small = io.BytesIO()
    with Image.open(whole) as image:
        # maximum coverage keeps the colours of few pixels, such as a thin line; dithering would speckle even fills
        few = image.convert("RGB").quantize(COLOURS, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
        few.save(small, format="PNG", optimize=True)
    return small.getvalue()


__all__ = ["png_of"]
