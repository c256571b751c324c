"""What officers did looks alike wherever alerts are drawn one by one: in reports, in the explorer, in pictures to share."""

from __future__ import annotations

import re
from importlib.resources import files
from typing import get_args

from simulator.evidence.run.thousand import Did
from simulator.report.figures.looks import LOOKS as DRAWN
from simulator.report.render.html import asset
from simulator.report.render.svg.icons import sign
from simulator.report.run.thousand import LOOKS

ASSETS = files("simulator.report.explore") / "assets"


def test_the_explorer_has_the_signs_of_the_reports() -> None:
    said = (ASSETS / "thousand.js").read_text("utf-8")
    marks = dict(re.findall(r"^  (\w+): '(<.*>)',$", (ASSETS / "svg.js").read_text("utf-8"), re.MULTILINE))
    ends = dict(re.findall(r'^  (\w+): "(\w+)",$', said.partition("};")[0], re.MULTILINE))

    assert ends == LOOKS
    for look in LOOKS.values():
        assert marks.get(look, "") == sign("circle", look).partition("/>")[2]


def test_pictures_have_the_colours_of_the_reports() -> None:
    """By the style sheet's first block, which is the light one."""
    light = asset("report.css").partition("}")[0]
    for did in get_args(Did):
        drawn = DRAWN[did]
        named = re.search(rf"--{LOOKS[did]}: (#\w+)", light)
        fill = named[1] if named else "#ffffff"
        assert drawn.fill.lower() == fill
        assert bool(drawn.pattern) == (sign("circle", LOOKS[did]).count("/>") > 1)
