"""A replayed day as one HTML file: what it is and why this one, then the lanes, drawn by its own script from data in it."""

from __future__ import annotations

import datetime as dt

from simulator.evidence.numbers import whole
from simulator.evidence.replay.found import ReplayFound
from simulator.report.catalogue import words
from simulator.report.lanes import STYLE, script
from simulator.report.lanes import asset as lanes_asset
from simulator.report.lanes.day import day_of
from simulator.report.lanes.terms import terms
from simulator.report.render.html import asset as report_asset
from simulator.report.render.page_file import asset_of, filled, inline

DAY_S = 86_400


def page_of(found: ReplayFound, made: str) -> str:
    """The text of the page; *made* says by what it was made.

    Its Content-Security-Policy allows its own style and script, and fetches nothing.
    """
    said, style = words("replay"), report_asset("report.css") + lanes_asset(STYLE) + asset("replay.css")
    code = f'"use strict";\n{script()}// replay.js\n{asset("replay.js")}'
    return filled(
        asset("replay.html.j2"),
        style,
        code,
        title=found.title,
        said=said,
        about=about(found),
        what_if=found.what_if,
        why=why(found),
        faces=_faces(found),
        quiet=not found.alerts,
        no_duty=found.on_duty is None,
        notes=said["notes"],
        story=said["story"].format(campaign_0=found.campaign) if found.alerts and found.inputs == "chance" else "",
        made=made,
        data=inline({"day": day_of(found), "terms": terms()}),
    )


def about(found: ReplayFound) -> str:
    """Which day it is, as a person counts and as the log does."""
    said, date = words("replay"), dt.date.fromisoformat(found.date)
    return str(
        said["about"].format(
            date=f"{date:%A} {date.day} {date:%B} {date.year}",
            place=f", {found.place}" if found.place else "",
            on=_clock(found.camera_on_s),
            off=_clock(found.camera_on_s + found.camera_off_s),
            deployment=whole(found.deployment + 1),
            deployments=whole(found.deployments),
            campaign=whole(found.campaign + 1),
            campaigns=whole(found.campaigns),
            inputs="" if found.inputs == "chance" else said["drawn_inputs"],
            campaign_0=found.campaign,
            deployment_0=found.deployment,
        )
    )


def why(found: ReplayFound) -> str:
    """Why this day is shown; nothing where somebody named it."""
    of = words("replay")["why"]
    reason = "nothing" if found.reason == "busiest" and not found.alerts else found.reason
    if reason == "wrongful" and found.alike == 1:
        reason = "wrongful_one"
    return str(of[reason].format(alike=whole(found.alike), looked_at=whole(found.looked_at)))


def chosen(found: ReplayFound) -> str:
    """Which day it is, and why, in a line for whoever asked for the page."""
    of = f"Campaign {found.campaign}, deployment {found.deployment} (numbers from 0), {found.date}."
    return " ".join(part for part in (of, why(found)) if part)


def _faces(found: ReplayFound) -> str:
    said = words("replay")
    return str(said["no_faces"] if found.faces is None else said["faces"].format(faces=whole(found.faces)))


def _clock(seconds: float) -> str:
    minutes = round(seconds % DAY_S / 60)
    return f"{minutes // 60 % 24:02d}:{minutes % 60:02d}"


def asset(name: str) -> str:
    """The text of a file of the page."""
    return asset_of("replay", name)


__all__ = ["about", "chosen", "page_of", "why"]
