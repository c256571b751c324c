"""One alert of a run, picked by number or by what happened, with all that happened to the person: ``lfrsim story``."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from simulator.evidence.kept import Found
from simulator.scenario.campaign import Campaign, clock_to_s
from simulator.scenario.errors import Problem, ScenarioError, shown

if TYPE_CHECKING:
    import pandas as pd

WANTED = ("false", "wrongful", "true", "arrested")
TIMES = (
    "time_s", "leaves_s", "review_start_s", "review_end_s", "search_start_s", "stop_s", "check_start_s", "check_end_s",
    "run_start_s", "end_s",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Times:
    """Seconds after camera-on at which things happened to one person; None for what did not happen."""

    time_s: float
    leaves_s: float
    review_start_s: float | None
    review_end_s: float | None
    search_start_s: float | None
    stop_s: float | None
    check_start_s: float | None
    check_end_s: float | None
    run_start_s: float | None
    end_s: float


@dataclass(frozen=True, kw_only=True, repr=False)
class StoryFound(Found):
    """One simulated alert: what it was in truth, how it was handled, how it ended and what a force would record.

    *camera_on_s* is the time of day at which the cameras went on, *end* the camera end, from 0. *finding* is None without
    a check, *accepted* without a review.
    """

    schema: Literal["lfrsim-story/1"] = "lfrsim-story/1"
    title: str
    replication: int
    alert: int
    date: str
    camera_on_s: float
    end: int
    score: float
    threshold: float
    truth: str
    times: Times
    accepted: bool | None
    bystander: bool
    outcome: str
    reason: str
    finding: str | None
    recorded: str


def tell(folder: Path, which: str) -> StoryFound:
    """The alert of the run in *folder* that *which* names: REPLICATION.ALERT or a word of WANTED."""
    alerts, scenario, campaign = _read(folder)
    row = _choose(alerts, which, folder)
    day = campaign.days[int(row["deployment"])]
    times = {name: None if row[name] != row[name] else float(row[name]) for name in TIMES}
    return StoryFound(
        title=scenario["title"],
        replication=int(row["replication"]),
        alert=int(row["alert"]),
        date=str(row["date"]),
        camera_on_s=clock_to_s(day.start),
        end=int(row["end"]),
        score=float(row["score"]),
        threshold=float(scenario["recogniser"]["threshold"]["value"]) if day.threshold is None else day.threshold,
        truth=str(row["truth"]),
        times=Times(**times),  # type: ignore[arg-type]
        accepted=bool(row["accepted"]) if times["review_end_s"] is not None else None,
        bystander=bool(row["bystander"]),
        outcome=str(row["outcome"]),
        reason=str(row["reason"]),
        finding=str(row["finding"]) if times["check_start_s"] is not None else None,
        recorded=str(row["recorded"]),
    )


def _read(folder: Path) -> tuple[pd.DataFrame, dict[str, Any], Campaign]:
    import pyarrow.parquet as pq

    if not folder.is_dir():
        raise _error(folder, "RUN", "there is no such folder; it must be one written by `lfrsim run -o`")
    for name in ("alerts.parquet", "scenario.json"):
        if not (folder / name).is_file():
            raise _error(folder, "RUN", f"must be a folder written by `lfrsim run -o`; it has no {name}")
    try:
        table = pq.read_table(folder / "alerts.parquet", filters=[("inputs", "==", "chance")])
        # another table of ours under this name lacks these and is refused here
        table.select(["stop_s", "truth", "recorded", "leaves_s"])
        scenario = json.loads((folder / "scenario.json").read_text("utf-8"))
        campaign = Campaign.model_validate_json(json.dumps(scenario["campaign"]))
        cell = (table.schema.metadata or {}).get(b"cell")
        if cell is not None:
            # a run may have taken another cell than the scenario's own (--at)
            scenario["recogniser"]["threshold"]["value"] = float(cell.split(b",")[0])
    except Exception as error:  # a damaged file can fail in any layer of the reader
        raise _error(
            folder, "RUN", f"cannot be read ({type(error).__name__}: {str(error)[:80]}); run it again"
        ) from None
    return table.to_pandas(), scenario, campaign


def _choose(alerts: pd.DataFrame, which: str, folder: Path) -> pd.Series:
    stopped = alerts["stop_s"].notna() & ~alerts["bystander"]
    false = alerts["truth"].isin(["false", "false_other_entry"])
    chosen = {"false": false, "wrongful": false & stopped, "true": ~false, "arrested": alerts["outcome"] == "arrested"}
    if which in chosen:
        found = alerts[chosen[which]]
        if found.empty:
            raise _error(folder, "ALERT", f"no alert of this run is {which!r}; try more replications or another word")
        return found.iloc[0]
    parts = which.split(".")
    if len(parts) != 2 or not all(part.isdecimal() for part in parts):
        raise _error(
            folder,
            "ALERT",
            f"must be REPLICATION.ALERT such as 17.3, or one of {', '.join(WANTED)} (got {shown(which)})",
        )
    replication, alert = int(parts[0]), int(parts[1])
    mine = alerts[alerts["replication"] == replication]
    if alerts.empty:
        raise _error(folder, "ALERT", "no campaign of this run has an alert")
    if mine.empty:
        last = int(alerts["replication"].max())
        raise _error(folder, "ALERT", f"replication {replication} has no alerts (replications go from 0 to {last})")
    if alert >= len(mine):
        raise _error(folder, "ALERT", f"replication {replication} has alerts 0 to {len(mine) - 1} (got {alert})")
    return mine.iloc[alert]


def _error(folder: Path, field: str, rule: str) -> ScenarioError:
    return ScenarioError(Problem(str(folder), field, rule))


__all__ = ["WANTED", "StoryFound", "Times", "tell"]
