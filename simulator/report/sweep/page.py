"""A swept surface on a terminal: its tables, and what must be said with them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.evidence.about.pace import campaigns_per_year
from simulator.evidence.about.support import LARGEST_LIST, SMALLEST_LIST, THRESHOLDS
from simulator.evidence.numbers import number, whole
from simulator.experiment.sweep import Sweep
from simulator.report.said import WRONGFUL_NOTE
from simulator.report.sweep.tables import VAGUE, VAGUE_MARK, largest_error, left_out, surface_tables

if TYPE_CHECKING:
    import pandas as pd
    from rich.console import Console

A_CAMPAIGN = "per campaign"


def print_surface(sweep: Sweep, surface: pd.DataFrame, measures: list[str], a_year: bool, console: Console) -> None:
    """Print tables of *measures* and their cautions; *a_year* scales campaigns to a year where their dates allow it."""
    scenario = sweep.scenario
    days = scenario.campaign.days
    console.print(f"[bold]{scenario.title}[/bold]")
    if scenario.what_if:
        console.print(f"[bold]WHAT IF:[/bold] {scenario.what_if}")
    pace = campaigns_per_year(scenario) if a_year else None
    console.print(
        f"One campaign: {len(days)} deployment{'s' * (len(days) != 1)}, {number(scenario.campaign.camera_hours)} camera "
        f"hours. In each cell the average of {whole(sweep.replications)} simulated campaigns, seed {sweep.seed}."
    )
    if pace:
        span = (max(day.date for day in days) - min(day.date for day in days)).days
        console.print(
            f"A year: the campaign's own pace ({len(days)} deployments over {span} days) all year round, "
            f"{number(pace * len(days))} deployments, {number(pace * scenario.campaign.camera_hours)} camera hours, "
            f"{number(pace * float(surface['faces'].mean()))} faces counted."
        )
    console.print()
    per = "per year" if pace else A_CAMPAIGN
    for table in surface_tables(sweep, surface, measures, per, pace or 1.0, console.width):
        console.print(table)
    for line in notes(sweep, surface, measures):
        console.print(line)


def notes(sweep: Sweep, surface: pd.DataFrame, measures: list[str]) -> list[str]:
    """What must be said with the tables: errors, what they leave out, and how sure they are."""
    said = left_out(sweep)
    errors = [error for measure in measures if (error := largest_error(surface, measure)) is not None]
    if errors:
        vague = f" ({VAGUE_MARK}: more than {100 * (VAGUE - 1):.0f} %)" if max(errors) > VAGUE - 1 else ""
        worst = f"at most {100 * max(errors):.0f} %" if not vague else f"up to {100 * max(errors):.0f} %"
        said.append(f"Error of the simulation: {worst} of a number shown{vague}, at 95 %; -n makes it smaller.")
    if any(f"{measure}_closed" in surface.columns and (surface[measure] == 0).any() for measure in measures):
        said.append(
            "* none in any simulated campaign: the closed form, before depletion, repeats, queues and walking away."
        )
    if sweep.draws is None:
        said.append(
            "Inputs at their medians. What is not known about them (staff, times, detection, who is listed) is not in these "
            "numbers; --draws 250 puts it in, and lfrsim run shows it."
        )
    else:
        said.append(f"Inputs drawn {whole(sweep.draws)} times from their intervals: averages over what is not known.")
    presets = {point.scenario.recogniser.preset for point in sweep.points}
    if presets & {"field", "npl"}:
        low, high = THRESHOLDS
        said.append(
            f"No record is behind thresholds outside {low:.2f} to {high:.2f}, or lists outside {SMALLEST_LIST:,} to "
            f"{LARGEST_LIST:,}: there the rates are extrapolated."
        )
    if {"field", "npl"} <= presets:
        said.append(
            "field: false alerts as recorded in the street. npl: as measured in the laboratory. Nothing decides between them "
            "below 0.64: quote both."
        )
    if any("stop" in measure for measure in measures):
        said.append(WRONGFUL_NOTE)
    return said
