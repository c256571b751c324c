"""``story``: follow one alert of a run."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from simulator.cli.finish import answer, next_command


def story(
    run_folder: Annotated[Path, typer.Argument(metavar="RUN", help="A folder written by lfrsim run -o.")],
    alert: Annotated[
        str,
        typer.Argument(metavar="ALERT", help="REPLICATION.ALERT such as 17.3, or: false, wrongful, true, arrested."),
    ],
) -> None:
    """Tell what happened to one simulated person, step by step, in words and times.

    Example: lfrsim story results/croydon-static wrongful
    """
    from simulator.evidence.story.found import tell

    found = tell(run_folder, alert)
    answer(found, as_json=False)
    numbers = ("--campaign", str(found.replication), "--deployment", str(found.deployment))
    next_command("to see the whole day played", "replay", str(run_folder), *numbers)


def add_to(app: typer.Typer) -> None:
    """Add this command to *app*."""
    app.command()(story)


__all__ = ["add_to", "story"]
