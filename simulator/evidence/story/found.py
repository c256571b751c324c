"""One alert of a run, picked by number or by what happened, with all that happened to the person: ``lfrsim story``."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from simulator.evidence.kept import Found
from simulator.evidence.run_folder import folder_error, run_folder
from simulator.scenario.campaign import clock_to_s
from simulator.scenario.errors import shown

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

    *deployment* is its number in the campaign and *end* the camera end, from 0; *camera_on_s* is the time of day at which the
    cameras went on. *finding* is None without a check, *accepted* without a review.
    """

    schema: Literal["lfrsim-story/1"] = "lfrsim-story/1"
    title: str
    replication: int
    alert: int
    deployment: int
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
    run = run_folder(folder)
    row = _choose(run.alerts([("inputs", "==", "chance")]).to_pandas(), which, folder)
    day = run.campaign.days[int(row["deployment"])]
    times = {name: None if row[name] != row[name] else float(row[name]) for name in TIMES}
    return StoryFound(
        title=run.scenario["title"],
        replication=int(row["replication"]),
        alert=int(row["alert"]),
        deployment=int(row["deployment"]),
        date=str(row["date"]),
        camera_on_s=clock_to_s(day.start),
        end=int(row["end"]),
        score=float(row["score"]),
        threshold=run.threshold if day.threshold is None else day.threshold,
        truth=str(row["truth"]),
        times=Times(**times),  # type: ignore[arg-type]
        accepted=bool(row["accepted"]) if times["review_end_s"] is not None else None,
        bystander=bool(row["bystander"]),
        outcome=str(row["outcome"]),
        reason=str(row["reason"]),
        finding=str(row["finding"]) if times["check_start_s"] is not None else None,
        recorded=str(row["recorded"]),
    )


def _choose(alerts: pd.DataFrame, which: str, folder: Path) -> pd.Series:
    stopped = alerts["stop_s"].notna() & ~alerts["bystander"]
    false = alerts["truth"].isin(["false", "false_other_entry"])
    chosen = {"false": false, "wrongful": false & stopped, "true": ~false, "arrested": alerts["outcome"] == "arrested"}
    if which in chosen:
        found = alerts[chosen[which]]
        if found.empty:
            raise folder_error(
                folder, "ALERT", f"no alert of this run is {which!r}; try more replications or another word"
            )
        return found.iloc[0]
    parts = which.split(".")
    if len(parts) != 2 or not all(part.isdecimal() for part in parts):
        raise folder_error(
            folder,
            "ALERT",
            f"must be REPLICATION.ALERT such as 17.3, or one of {', '.join(WANTED)} (got {shown(which)})",
        )
    replication, alert = int(parts[0]), int(parts[1])
    mine = alerts[alerts["replication"] == replication]
    if alerts.empty:
        raise folder_error(folder, "ALERT", "no campaign of this run has an alert")
    if mine.empty:
        last = int(alerts["replication"].max())
        raise folder_error(
            folder, "ALERT", f"replication {replication} has no alerts (replications go from 0 to {last})"
        )
    if alert >= len(mine):
        raise folder_error(folder, "ALERT", f"replication {replication} has alerts 0 to {len(mine) - 1} (got {alert})")
    return mine.iloc[alert]


__all__ = ["WANTED", "StoryFound", "Times", "tell"]
