"""What ``run --report`` and ``run --pictures`` take besides the run: computed, announced, and written."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from simulator.cli.campaigns import ready
from simulator.cli.options import RARE

if TYPE_CHECKING:
    from simulator.evidence.run.found import RunFound
    from simulator.evidence.run.pictures import RunPictures
    from simulator.evidence.run.study import Study
    from simulator.evidence.sweep.tradeoff import Tradeoff
    from simulator.evidence.wider.found import RunWider
    from simulator.evidence.wider.wider import WiderPlan
    from simulator.response.engines import EngineName

ReportQuick = Annotated[
    bool,
    typer.Option(
        "--report-quick",
        help="With --report: leave out other thresholds, lists and staff, and what the answer hangs on.",
        rich_help_panel=RARE,
    ),
]
Pictures = Annotated[
    bool,
    typer.Option(
        "--pictures",
        help="With -o or --report: pictures to share (PNG, 1,200 x 675), beside them.",
        rich_help_panel=RARE,
    ),
]
# What a picture is called beside a page is told by the page; in a folder it is always this.
STEM = "share"
SHARED = tuple(f"{STEM}-{name}.png" for name in ("headline", "thousand", "threshold"))


@dataclass(frozen=True)
class Wanted:
    """What is asked for besides the run: named *alternatives*, one of *staff* more or less, *wider* settings, a *report*.

    *kept* is all of it in a folder.
    """

    alternatives: bool
    details: bool
    wider: bool
    report: bool
    to_share: bool
    kept: bool

    @property
    def staff(self) -> bool:
        """Whether one officer of each kind more and less is simulated."""
        return self.details or self.wider


@dataclass(frozen=True)
class Made:
    """What was *found*, and what a report (*pictures*, *wider*) and pictures to share (*tradeoff*) are made of."""

    found: RunFound
    pictures: RunPictures | None
    wider: RunWider | None
    tradeoff: Tradeoff | None


def check_options(report: str | None, quick: bool, pictures: bool, output: str | None) -> None:
    """Refuse what means nothing without another option."""
    if quick and report is None:
        raise typer.BadParameter("needs --report PAGE.html, the page to make quickly", param_hint="--report-quick")
    if pictures and report is None and output is None:
        raise typer.BadParameter("needs -o DIR or --report PAGE.html, to lie beside", param_hint="--pictures")


def announced(study: Study, seconds: float) -> WiderPlan:
    """Plan what a report has besides the run of *study*, which took so many *seconds*; say beforehand how long it takes."""
    from simulator.evidence.run.staff import campaigns_each, kinds_changed
    from simulator.evidence.wider.wider import wider_plan

    plan, per_campaign = wider_plan(study), seconds / (2 * study.replications)
    staff = campaigns_each(study) * kinds_changed(study.scenario) * per_campaign
    typer.echo(
        f"For the report: other thresholds, lists and staff, and what the answer hangs on (about "
        f"{plan.seconds(per_campaign) + staff:.0f} s; --report-quick leaves them out) ...",
        err=True,
    )
    return plan


def made_of(study: Study, found: RunFound, asked: Wanted, engine: EngineName, plan: WiderPlan | None) -> Made:
    """What a report and pictures need besides what was *found* of *study*, as far as asked for; *plan* is the longest of it."""
    from simulator.evidence.run.pictures import pictures_of
    from simulator.evidence.sweep.tradeoff import tradeoff_of
    from simulator.evidence.wider.wider import wider_of
    from simulator.report.render.progress import progress

    pictures = pictures_of(study) if asked.kept or asked.report or asked.to_share else None
    beyond = wider_of(study, plan, ready(engine)[0], progress) if plan else None
    curves = beyond.tradeoff if beyond else tradeoff_of(study.scenario_at_cell) if asked.to_share else None
    return Made(found, pictures, beyond, curves)


def write_shared(made: Made, folder: Path, stem: str = STEM) -> None:
    """Write the pictures to share into *folder*."""
    from simulator.report.pictures import write_pictures

    if made.pictures is not None:
        write_pictures(made.found, made.pictures, made.tradeoff, folder, stem)


__all__ = [
    "SHARED",
    "Made",
    "Pictures",
    "ReportQuick",
    "Wanted",
    "announced",
    "check_options",
    "made_of",
    "write_shared",
]
