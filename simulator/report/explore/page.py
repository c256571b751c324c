"""An explorer as one HTML file: answer, controls and views, drawn by the page's own script from data that lies in it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from simulator.evidence.explore.explorer import Explorer
from simulator.evidence.explore.script import engine_script
from simulator.evidence.numbers import counted, percent, whole
from simulator.report.render.html import asset as report_asset
from simulator.report.render.shell import digest
from simulator.report.screen import SHORT, WHOSE

# In the order in which they build on each other; the worker has its own.
SCRIPTS = (
    "numbers", "svg", "answer", "exact", "chart", "controls", "headline", "curve", "thousand", "campaigns", "tree", "base_rate",
    "staffing", "zero", "share", "page",
)  # fmt: skip
WORKER = ("simulate", "worker")
MEASURED = (
    "Held against 200 random settings of Croydon's cameras simulated in full, averages of wrongful stops so moved were off by up "
    "to 6 % in nine of ten, by 11 % at most, chance of those simulations included; people found and missed, stops and arrests by "
    "up to 3 % in nine of ten, by 8 % at most."
)
OWN_RATES = "the scenario's own error rates"
# Of each slider: what it is called, and what it does.
SLIDERS = {
    "threshold": ("Threshold", "How alike two faces must be before the system alerts."),
    "size": ("People on the watchlist", "More names are more people to find, and to be taken for."),
    "list_exponent": (
        "List exponent",
        "False alerts follow the list size to this power: 1, twice the list, twice as many.",
    ),
    "deployments": ("Deployments a year", "So many, laid out evenly over the year."),
    "footfall": ("Passages an hour", "So many people pass the cameras."),
    "listed": ("Listed people among 1,000 passages", "So many of those who pass are on the list."),
    "capture": ("Share of faces captured", "The system sees no face of the others."),
    "operators": ("Operators", "Look at every alert on a screen."),
    "teams": ("Teams", "Walk up to people."),
    "checkers": ("Checker units", "Check identity and arrest."),
    "vans": ("Vans", "Take people to custody."),
    "hold_limit_min": ("Minutes somebody is held at most", "No checker by then: let go."),
    "strictness": ("Operator's strictness", "Above 0: rejects more alerts, right ones too."),
}
# What the picture shows, whether a table stands behind it (else in it), and whether it takes the whole width.
VIEWS = (
    ("curve_threshold", "Wrongful stops, by threshold", True, False),
    ("curve_size", "Wrongful stops, by list size", True, False),
    ("thousand", "Of 1,000 alerts", True, True),
    ("tree", "Out of a million faces", False, True),
    ("campaigns", "Simulated again and again", True, False),
    ("base_rate", "How many alerts are right", True, False),
    ("staffing", "Who waits and who is missed", False, False),
)
ZERO = (
    ("wrong", "False alerts", 1),
    ("faces", "Faces counted", 239_216),
    ("alerts", "Alerts", 200),
    ("unconfirmed", "Alerts nobody confirmed", 0),
)


@dataclass(frozen=True, kw_only=True)
class Slider:
    """A slider over *steps*, at the scenario's *own* value first."""

    key: str
    label: str
    hint: str
    steps: tuple[float, ...]
    own: float

    @property
    def typed(self) -> str:
        """The own value as one types it."""
        return f"{self.own:.10g}"

    @property
    def said(self) -> str:
        """The own value in words."""
        return whole(self.own) if self.own >= 1000 else self.typed


def page_of(explorer: Explorer, made: str) -> str:
    """The text of the page; *made* says by what it was made.

    Its Content-Security-Policy allows its own style, script and worker, and fetches nothing.
    """
    from jinja2 import Environment

    data = explorer.to_data()
    for source in data["sources"]:
        preset = source["preset"]
        source |= {"whose": WHOSE.get(preset, OWN_RATES), "short": SHORT.get(preset, "scenario's rates")}
    style = report_asset("report.css") + asset("explorer.css")
    script = '"use strict";\n' + "".join(map(_script, SCRIPTS))
    shell = Environment(autoescape=True, keep_trailing_newline=True).from_string(asset("explorer.html.j2"))
    return shell.render(
        title=explorer.header.title,
        about=f"{counted(explorer.header.deployments, 'deployment')}, {explorer.header.camera_hours:.1f} camera hours.",
        what_if=explorer.header.what_if,
        unit=explorer.header.unit,
        sources=[{"words": source["whose"]} for source in data["sources"]],
        sliders=list(_sliders(data)),
        faces_steps=[
            {"value": f"{step:.10g}", "said": f"{step:.10g}", "own": step == explorer.faces_per_passage}
            for step in data["steps"]["faces_per_passage"]
        ],
        views=[
            {"name": name, "title": title, "behind": behind, "broad": broad} for name, title, behind, broad in VIEWS
        ],
        zero=ZERO,
        left_out=explorer.left_out,
        how_sure=_how_sure(data),
        made=made,
        data=Markup(_inline(json.dumps(data, separators=(",", ":"), allow_nan=False))),
        engine=Markup('"use strict";\n' + engine_script() + "".join(map(_script, WORKER))),
        # both are the program's own text
        style=Markup(style),
        script=Markup(script),
        style_hash=digest(style),
        script_hash=digest(script),
    )


def asset(name: str) -> str:
    """The text of a file of the page."""
    from importlib.resources import files

    return (files("simulator.report.explore") / "assets" / name).read_text("utf-8")


def _script(name: str) -> str:
    return f"// {name}.js\n{asset(f'{name}.js')}"


def _inline(text: str) -> str:
    """JSON that cannot end the element it stands in."""
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def _sliders(data: dict[str, Any]) -> Iterator[Slider]:
    for key, (label, hint) in SLIDERS.items():
        if key in data["steps"]:
            yield Slider(key=key, label=label, hint=hint, steps=tuple(data["steps"][key]), own=data["own"][key])


def _how_sure(data: dict[str, Any]) -> str:
    first, unit = data["sources"][0], data["unit"]
    chance = [f"{percent(source['chance'])} ({source['whose']})" for source in data["sources"] if source["chance"]]
    off = f" By chance of these simulations alone an average may be off by {' or '.join(chance)}." if chance else ""
    return (
        f"At the scenario's own setting every number is that of lfrsim run ({whole(first['replications'])} {unit}s, seed "
        f"{first['seed']}).{off} Elsewhere the page simulates {first['campaigns']} {unit}s with the same people and moves the "
        f"numbers by what changes; rare stops follow a formula times what is left of false alerts after people have been "
        f"dealt with, and the share that officers reach, both simulated. {MEASURED} The ranges say "
        f"where an average may lie as the inputs vary within our ranges. They do not say which source of error rates holds."
    )


__all__ = ["asset", "page_of"]
