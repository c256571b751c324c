"""The colours of a report: text has contrast, and no two looks of an icon are told apart by hue alone."""

from __future__ import annotations

import re
from itertools import combinations
from typing import get_args

import numpy as np
import pytest

from simulator.report.pictured import Look
from simulator.report.render.html import asset
from simulator.report.render.svg.icons import sign

# How who lacks one kind of cone sees linear RGB, at full severity: Machado, Oliveira and Fernandes, "A physiologically-based
# model for simulation of color vision deficiency", IEEE TVCG 15 (2009), 1291-1298, table of matrices.
SEEN_BY = {
    "all cones": np.eye(3),
    "grey": np.tile([0.2126, 0.7152, 0.0722], (3, 1)),
    "protanopia": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "deuteranopia": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
}
TEXT, LINE = 4.5, 3.0  # WCAG 2.2: 1.4.3 contrast (minimum), 1.4.11 non-text contrast
# Steps of CIE lightness (0 black, 100 white) by which areas side by side are told apart without effort.
STEP = 10.0
SCHEMES = ("light", "dark", "print")


def colours(scheme: str) -> dict[str, str]:
    """The colours of a *scheme* by name; the first block is light, and each later one goes over it."""
    blocks = re.findall(r"body\.lfrsim-page \{([^}]*--paper:[^}]*)\}", asset("report.css"))
    assert len(blocks) == 3
    return {
        name: f"#{''.join(2 * sign for sign in value)}" if len(value) == 3 else f"#{value}"
        for name, value in re.findall(r"--(\w+): #(\w+)", blocks[0] + blocks[SCHEMES.index(scheme)])
    }


def linear(colour: str, seen_by: str = "all cones") -> np.ndarray:
    """A colour "#rrggbb" as linear RGB, 0 to 1 (IEC 61966-2-1), as it is *seen_by* somebody."""
    coded = np.array([int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)])
    rgb = np.where(coded <= 0.04045, coded / 12.92, ((coded + 0.055) / 1.055) ** 2.4)
    return np.clip(SEEN_BY[seen_by] @ rgb, 0, 1)


def luminance(colour: str, seen_by: str = "all cones") -> float:
    return float(np.array([0.2126, 0.7152, 0.0722]) @ linear(colour, seen_by))


def contrast(one: str, other: str) -> float:
    """WCAG's ratio, 1 to 21."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def lightness(colour: str, seen_by: str) -> float:
    """CIE L*, 0 to 100."""
    y = luminance(colour, seen_by)
    return float(116 * np.cbrt(y) - 16 if y > 216 / 24389 else y * 24389 / 27)


def fill(look: Look) -> str:
    """The name of the colour that fills a *look*."""
    rules = re.findall(r"^(.*) \{ fill: var\(--(\w+)\)", asset("report.css").replace("} ", "}\n"), re.MULTILINE)
    (name,) = (name for selectors, name in rules if f".lfrsim .{look}" in selectors.split(", "))
    return str(name)


def mark(look: Look) -> str:
    """What is drawn in a sign besides its fill."""
    return sign("circle", look).partition("/>")[2]


@pytest.mark.parametrize("scheme", SCHEMES)
def test_text_and_lines_have_contrast(scheme: str) -> None:
    known = colours(scheme)

    for text in ("ink", "quiet", "link"):
        for ground in ("paper", "wash"):
            assert contrast(known[text], known[ground]) >= TEXT, (text, ground)
    assert contrast(known["ink"], known["hatch"]) >= TEXT
    # outlines of signs and boxes, the marks in them, bars, and where the keyboard is
    for line in ("edge", "frame", "link", "dark"):
        assert contrast(known[line], known["paper"]) >= LINE, line


@pytest.mark.parametrize("seen_by", SEEN_BY)
@pytest.mark.parametrize("scheme", SCHEMES)
def test_each_pair_of_looks_differs_in_lightness_or_in_its_mark(scheme: str, seen_by: str) -> None:
    known = colours(scheme)
    for one, other in combinations(get_args(Look), 2):
        apart = abs(lightness(known[fill(one)], seen_by) - lightness(known[fill(other)], seen_by))
        assert apart >= STEP or mark(one) != mark(other), (one, other, round(apart, 1))


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_mark_in_a_sign_is_seen(scheme: str) -> None:
    """Against its fill: the outline's colour, or ink where the style sheet says so."""
    known = colours(scheme)
    (ink,) = re.findall(
        r"\.sign\.striped \+ \.mark, \.lfrsim \.sign\.mid \+ \.mark \{ stroke: (#\w{6})", asset("report.css")
    )
    for look in get_args(Look):
        if mark(look):
            line = ink if look in ("striped", "mid") else known["edge"]
            assert contrast(line, known[fill(look)]) >= LINE, look


@pytest.mark.parametrize("seen_by", SEEN_BY)
def test_grey_stays_grey_to_everybody(seen_by: str) -> None:
    """The matrices are copied without a slip: each row sums to one."""
    assert np.allclose(SEEN_BY[seen_by].sum(axis=1), 1, atol=1e-5)


def test_hue_alone_is_found_wanting() -> None:
    """Negative control: a red and a green of like lightness."""
    assert abs(lightness("#d04040", "grey") - lightness("#3c8a3c", "grey")) < STEP
    assert contrast("#e08a00", "#ffffff") < LINE
