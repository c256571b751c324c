"""What ``lfrsim choose -o`` writes: what was found as JSON and as a table, and the figure of the frontier."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from simulator.evidence.choose.found import ChooseFound
from simulator.evidence.choose.verdicts import Figures
from simulator.experiment.csv_files import frame_as_csv
from simulator.report.figures import About, frontier, style

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

FINDING, TABLE = "choice.json", "choice.csv"
FILES = (FINDING, TABLE, f"{frontier.NAME}.svg", f"{frontier.NAME}.png")


def write_choice(found: ChooseFound, folder: Path) -> None:
    """Write choice.json, choice.csv and, of more than one threshold, the frontier into *folder*."""
    (folder / FINDING).write_text(found.to_json(), "utf-8")
    (folder / TABLE).write_text(frame_as_csv(found.to_frame()), "utf-8")
    if len(found.run.thresholds) > 1:
        style.save(figure_of(found), folder, frontier.NAME)


def figure_of(found: ChooseFound) -> Figure:
    """The frontier, drawn."""
    return frontier.draw(surface(found), _about(found))


def _about(found: ChooseFound) -> About:
    support = found.presets[0].support
    return About(scenario=found.scenario, replications=found.run.replications, seed=found.run.seed, support=support)


def surface(found: ChooseFound) -> pd.DataFrame:
    """The frontier's two measures as columns of a swept surface, one row for each threshold of each preset."""
    import pandas as pd

    return pd.DataFrame(_rows(found))


def _rows(found: ChooseFound) -> Iterator[dict[str, object]]:
    for preset in found.presets:
        for row in preset.thresholds:
            yield {
                "recogniser.threshold": row.threshold,
                "watchlist.size": found.scenario.list_size,
                **({"recogniser.preset": preset.preset} if preset.preset else {}),
                **_columns(frontier.GAIN, row.listed_stopped),
                **_columns(frontier.COST, row.people_wrongly_stopped),
                f"{frontier.COST}_closed": row.people_wrongly_stopped.closed_form,
            }


def _columns(name: str, figures: Figures) -> dict[str, float | None]:
    """One measure as a surface has it: 0 where it never happened, and both of its intervals."""
    low, high = figures.mean_95 or (None, None)
    least, most = figures.campaign_90 or (None, None)
    return {
        name: figures.mean or 0.0 if figures.simulated else 0.0,
        f"{name}_low": low,
        f"{name}_high": high,
        f"{name}_campaign_low": least,
        f"{name}_campaign_high": most,
    }


__all__ = ["FILES", "figure_of", "surface", "write_choice"]
