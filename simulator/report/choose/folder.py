"""What ``lfrsim choose -o`` writes: what was found as JSON and as a table, and the figure of the frontier."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from simulator.evidence.about.header import Header
from simulator.evidence.about.support import Support
from simulator.experiment.csv_files import frame_as_csv
from simulator.report.figures import About, frontier, style
from simulator.scenario.models import Scenario

if TYPE_CHECKING:
    import pandas as pd

GAIN, COST = frontier.GAIN, frontier.COST


def write_choice(found: dict[str, Any], scenario: Scenario, folder: Path) -> None:
    """Write choice.json, choice.csv and, of more than one threshold, the frontier into *folder*."""
    text = json.dumps(found, indent=2, ensure_ascii=False, allow_nan=False) + "\n"
    (folder / "choice.json").write_text(text, "utf-8")
    (folder / "choice.csv").write_text(frame_as_csv(table(found)), "utf-8")
    if len(found["run"]["thresholds"]) > 1:
        run = found["run"]
        about = About(
            scenario=Header.of(scenario),
            replications=run["replications"],
            seed=run["seed"],
            support=Support.of(scenario),
        )
        style.save(frontier.draw(surface(found), about), folder, frontier.NAME)


def table(found: dict[str, Any]) -> pd.DataFrame:
    """One row for each limit at each threshold of each preset (columns: docs/reference/outputs.md)."""
    import pandas as pd

    rows = []
    for preset in found["presets"]:
        for row in preset["thresholds"]:
            for limit, verdict in zip(found["limits"], row["limits"], strict=True):
                kept, step = verdict["campaigns_that_keep"], row["one_step_lower"]
                rows.append(
                    {
                        "preset": preset["preset"],
                        "threshold": row["threshold"],
                        "in_support": row["in_support"],
                        GAIN: row[GAIN]["mean"],
                        COST: row[COST]["mean"],
                        f"{COST}_basis": row[COST]["basis"],
                        "more_listed_per_person": step["more_listed_per_person"] if step else None,
                        "dominated_by": row["dominated_by"],
                        "limit": limit["text"],
                        "mean": verdict["mean"],
                        "basis": verdict["basis"],
                        **_ends("mean_95", verdict["mean_95"]),
                        **_ends("average_95", verdict["with_ignorance"]["average_95"]),
                        **_ends("campaign_90", verdict["with_ignorance"]["campaign_90"]),
                        **{f"bound_{which}": bound for which, bound in verdict["bounds"].items()},
                        "campaigns_that_keep": kept["number"] if kept else None,
                        "campaigns": kept["campaigns"] if kept else None,
                        **verdict["meets"],
                    }
                )
    made = pd.DataFrame(rows)
    counts = ["campaigns_that_keep", "campaigns"]
    return made.astype(dict.fromkeys(counts, "Int64"))


def _ends(name: str, ends: list[float] | None) -> dict[str, float | None]:
    low, high = ends or (None, None)
    return {f"{name}_low": low, f"{name}_high": high}


def surface(found: dict[str, Any]) -> pd.DataFrame:
    """The frontier's two measures as columns of a swept surface, one row for each threshold of each preset."""
    import pandas as pd

    rows = []
    for preset in found["presets"]:
        for row in preset["thresholds"]:
            columns: dict[str, Any] = {"recogniser.threshold": row["threshold"]}
            columns["watchlist.size"] = found["scenario"]["list_size"]
            if preset["preset"]:
                columns["recogniser.preset"] = preset["preset"]
            for name in (GAIN, COST):
                item = row[name]
                simulated = item["basis"] == "simulated"
                columns[name] = (item["mean"] or 0.0) if simulated else 0.0
                columns |= {f"{name}_low": None, f"{name}_high": None}
                if item["mean_95"]:
                    columns |= dict(zip((f"{name}_low", f"{name}_high"), item["mean_95"], strict=True))
                ends = item["campaign_90"] or (None, None)
                columns |= dict(zip((f"{name}_campaign_low", f"{name}_campaign_high"), ends, strict=True))
            columns[f"{COST}_closed"] = row[COST]["closed_form"]
            rows.append(columns)
    return pd.DataFrame(rows)
