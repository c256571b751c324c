"""One alert of a run, told step by step in words and times."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

from simulator.scenario.errors import Problem, ScenarioError

WANTED = ("false", "wrongful", "true", "arrested")
ENDS = {
    "not_reviewed": "No operator was free before the person was out of reach.",
    "gone": "The operator accepted the alert, but the person was already out of reach.",
    "no_team": "No team was free before the person was out of reach.",
    "not_found": "The team did not find the person.",
    "repeat": "An earlier alert on the same person was still being handled: nothing more was done.",
}
ARRESTS = {
    "arrest": "The person is arrested.",
    "stale_arrest": "The person is arrested on a record that is out of date.",
    "mistaken_for_listed": "The check errs: the person is arrested as the listed person, in error.",
    "other_offence": "The person is not the listed one, but is arrested for something found in the stop.",
}
TRUTHS = {
    "false": "a passer-by who is not on the list; the system took the person for somebody who is",
    "false_other_entry": "a listed person, but taken for another entry",
    "true_wanted": "a listed person, wanted, rightly matched",
    "true_conditions": "a person listed to check conditions, rightly matched",
    "true_stale": "a person rightly matched to an entry that is out of date: no longer wanted",
}


def tell(folder: Path, which: str) -> str:
    """The story of one alert of the run in *folder*: *which* is REPLICATION.ALERT or a word of WANTED."""
    alerts, scenario = _read(folder)
    row = _choose(alerts, which, folder)
    return "\n".join(_lines(row, scenario))


def _read(folder: Path) -> tuple[Any, dict[str, Any]]:
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
        cell = (table.schema.metadata or {}).get(b"cell")
        if cell is not None:
            # a run may have taken another cell than the scenario's own (--at)
            scenario["recogniser"]["threshold"]["value"] = float(cell.split(b",")[0])
    except Exception as error:  # a damaged file can fail in any layer of the reader
        raise _error(
            folder, "RUN", f"cannot be read ({type(error).__name__}: {str(error)[:80]}); run it again"
        ) from None
    return table.to_pandas(), scenario


def _choose(alerts: Any, which: str, folder: Path) -> Any:
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
            folder, "ALERT", f"must be REPLICATION.ALERT such as 17.3, or one of {', '.join(WANTED)} (got {which!r})"
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


def _lines(row: Any, scenario: dict[str, Any]) -> list[str]:
    start = _start_of(scenario, int(row["deployment"]))

    def clock(seconds: float) -> str:
        total = round(start + seconds)
        return f"{total // 3600 % 24:02d}:{total % 3600 // 60:02d}:{total % 60:02d}"

    def at(name: str) -> str:
        return clock(row[name])

    lines = [
        f"Alert {row['replication']}.{row['alert']}: a simulated person, in a simulated campaign of "
        f"{scenario['title']!r}.",
        f"{at('time_s')}  {row['date']}, camera end {row['end'] + 1}. The system alerts: score {row['score']:.3f}, at or above "
        f"{scenario['recogniser']['threshold']['value']:g}. In truth this is {TRUTHS[row['truth']]}.",
        f"          The person stays in reach until {at('leaves_s')}.",
    ]
    if not math.isnan(row["review_start_s"]):
        waited = row["review_start_s"] - row["time_s"]
        lines.append(f"{at('review_start_s')}  An operator begins the review{_after(waited)}.")
        verdict = "accepts the alert" if row["accepted"] else "rejects it: not the person"
        lines.append(f"{at('review_end_s')}  The operator {verdict}.")
    if not math.isnan(row["search_start_s"]):
        lines.append(f"{at('search_start_s')}  A team sets out{_after(row['search_start_s'] - row['review_end_s'])}.")
    if not math.isnan(row["stop_s"]):
        lines.append(f"{at('stop_s')}  {_stop_words(row)}")
    if not math.isnan(row["check_start_s"]):
        waited = row["check_start_s"] - row["stop_s"]
        lines.append(f"{at('check_start_s')}  Uniformed officers take over{_after(waited)} and check the identity.")
    if not math.isnan(row["check_end_s"]) and row["outcome"] == "arrested":
        lines.append(f"{at('check_end_s')}  {ARRESTS[row['finding']]}")
    if not math.isnan(row["run_start_s"]):
        lines.append(f"{at('run_start_s')}  A van leaves for custody{_after(row['run_start_s'] - row['check_end_s'])}.")
    lines.append(f"{at('end_s')}  {_end_words(row)}")
    recorded = row["recorded"].replace("_", " ")
    if not math.isnan(row["stop_s"]):
        minutes = (row["end_s"] - row["stop_s"]) / 60
        station = ", time at the station not counted" if row["outcome"] == "arrested" else ""
        lines.append(f"Liberty lost: {minutes:.0f} minutes{station}. Recorded by the force as: {recorded}.")
    else:
        lines.append(f"Nobody was stopped. Recorded by the force as: {recorded}.")
    return lines


def _start_of(scenario: dict[str, Any], deployment: int) -> float:
    for item in scenario["campaign"]["deployments"]:
        if deployment < item["count"]:
            hours, minutes = item["start"].split(":")
            return int(hours) * 3600.0 + int(minutes) * 60.0
        deployment -= item["count"]
    raise ValueError("deployment beyond the scenario's campaign")


def _after(seconds: float) -> str:
    if seconds < 1:
        return " at once"
    return f" after {seconds:.0f} seconds" if seconds < 90 else f" after {seconds / 60:.0f} minutes"


def _stop_words(row: Any) -> str:
    if row["bystander"]:
        return "The team stops somebody else by mistake."
    if row["truth"] in ("false", "false_other_entry"):
        return "The team stops the person: a wrongful stop, the wrong person."
    return "The team stops the person."


def _end_words(row: Any) -> str:
    outcome, reason = row["outcome"], row["reason"].replace("_", " ")
    if outcome in ENDS:
        return ENDS[outcome]
    if outcome == "dismissed":
        known = "The person was recognised from an earlier stop that day and left alone."
        return known if reason == "known" else f"Dismissed ({reason})."
    if outcome == "released":
        return f"Released ({reason})."
    if outcome == "arrested":
        return (
            "No van came: taken away by other means." if reason == "no van" else "The van and both officers are back."
        )
    return "Dealt with in another way, short of arrest."
