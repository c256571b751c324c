"""An explorer as one HTML file: answer, controls and views, drawn by the page's own script from data that lies in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from simulator.evidence.explore.explorer import Explorer
from simulator.evidence.explore.script import engine_script
from simulator.evidence.numbers import counted, percent, whole
from simulator.report.catalogue import words
from simulator.report.lanes import STYLE
from simulator.report.lanes import asset as lanes_asset
from simulator.report.lanes import script as lanes_script
from simulator.report.lanes.terms import terms
from simulator.report.render.html import asset as report_asset
from simulator.report.render.page_file import asset_of, filled, inline
from simulator.report.screen import SHORT, WHOSE

# In the order in which they build on each other; the worker has its own.
SCRIPTS = (
    "data", "numbers", "svg", "answer", "exact", "chart", "controls", "headline", "curve", "thousand", "campaigns", "tree",
    "base_rate", "staffing", "zero", "share", "play", "places", "settings", "paired", "compare",
    "limit", "map", "saved", "page",
)  # fmt: skip
WORKER = ("simulate", "play_worker", "worker")
# Whether a table stands behind a view's picture (else in it), and whether the view takes the whole width.
VIEWS = (
    ("compare", False, True),
    ("curve_threshold", True, False),
    ("curve_size", True, False),
    ("map", True, True),
    ("thousand", True, True),
    ("tree", False, True),
    ("campaigns", True, False),
    ("base_rate", True, False),
    ("limit", False, True),
    ("staffing", False, False),
)
# What the calculator begins with.
ZERO = (("wrong", 1), ("faces", 239_216), ("alerts", 200), ("unconfirmed", 6))


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
    said = words("explore")
    labels = {key: of["label"] for key, of in said["sliders"].items()} | {
        "faces_per_passage": said["controls"]["faces"],
        "added": said["controls"]["added"],
    }
    data = explorer.to_data() | {
        "words": said["scripts"] | {"labels": labels},
        "views": [*(name for name, *_ in VIEWS), "zero"],
    }
    for source in data["sources"]:
        preset = source["preset"]
        source |= {
            "whose": WHOSE.get(preset, said["controls"]["own_rates"]),
            "short": SHORT.get(preset, said["controls"]["own_short"]),
        }
    style = report_asset("report.css") + asset("explorer.css") + lanes_asset(STYLE)
    script = '"use strict";\n' + lanes_script() + "".join(map(_script, SCRIPTS))
    spoken = terms()
    spoken["words"] |= {name: words("replay")[name] for name in ("explorer", "quiet")}
    return filled(
        asset("explorer.html.j2"),
        style,
        script,
        words=said,
        title=explorer.header.title,
        about=said["about"].format(
            deployments=counted(explorer.header.deployments, "deployment"), hours=f"{explorer.header.camera_hours:.1f}"
        ),
        what_if=explorer.header.what_if,
        notes=explorer.header.notes or (),
        unit=explorer.header.unit,
        sources=[{"words": source["whose"]} for source in data["sources"]],
        sliders=list(_sliders(data, said["sliders"])),
        faces_steps=[
            {"value": f"{step:.10g}", "said": f"{step:.10g}", "own": step == explorer.faces_per_passage}
            for step in data["steps"]["faces_per_passage"]
        ],
        views=[
            {"name": name, "title": said["views"][name], "behind": behind, "broad": broad}
            for name, behind, broad in VIEWS
        ],
        zero=ZERO,
        play=words("replay")["explorer"],
        campaigns=explorer.sources[0].campaigns,
        deployments=explorer.header.deployments,
        terms=inline(spoken),
        left_out=explorer.left_out,
        how_sure=_how_sure(data, said["how_sure"]),
        made=made,
        data=inline(data),
        engine=Markup('"use strict";\n' + engine_script() + "".join(map(_script, WORKER))),
    )


def asset(name: str) -> str:
    """The text of a file of the page."""
    return asset_of("explore", name)


def _script(name: str) -> str:
    return f"// {name}.js\n{asset(f'{name}.js')}"


def _sliders(data: dict[str, Any], said: dict[str, dict[str, str]]) -> Iterator[Slider]:
    for key, of in said.items():
        if key in data["steps"]:
            yield Slider(
                key=key, label=of["label"], hint=of["hint"], steps=tuple(data["steps"][key]), own=data["own"][key]
            )


def _how_sure(data: dict[str, Any], said: dict[str, str]) -> str:
    first, unit = data["sources"][0], data["unit"]
    chance = [f"{percent(source['chance'])} ({source['whose']})" for source in data["sources"] if source["chance"]]
    parts = (
        said["run"].format(replications=whole(first["replications"]), unit=unit, seed=first["seed"]),
        said["chance"].format(shares=said["or"].join(chance)) if chance else "",
        said["elsewhere"].format(campaigns=first["campaigns"], unit=unit),
        said["measured"],
        said["range"],
    )
    return " ".join(filter(None, parts))


__all__ = ["asset", "page_of"]
