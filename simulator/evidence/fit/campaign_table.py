"""The campaign that a record is of, as a table of deployments that a scenario can name."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from simulator.evidence.numbers import counted
from simulator.scenario.campaign import LONGEST_HOURS, SHORTEST_HOURS
from simulator.scenario.errors import Problem, ScenarioError

if TYPE_CHECKING:
    import pandas as pd

    from simulator.evidence.fit.whole_fit import Fit

COLUMNS = ("date", "start", "hours", "place", "threshold", "watchlist_size")
# A record that prints no clock time: deployments of one place and day follow each other from here on.
FIRST_MIN, LAST_MIN = 11 * 60, 24 * 60 - 1
# Figures of a scenario's record by the columns that they are the sums of.
FIGURES = {
    "faces": "faces", "alerts": "alerts", "arrests": "arrests", "recorded_false": "false_alerts",
    "unconfirmed_true": "unconfirmed",
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class CampaignTable:
    """The *text* of a table of so many *deployments*, and how many rows were left out and why.

    *figures* are what the record counted on these deployments, where all of them say.
    """

    text: str
    deployments: int
    without_hours: int
    too_long: int
    figures: dict[str, int]

    @property
    def left_out(self) -> str:
        """Which rows are not in it, in words; "" where all are."""
        parts = [f"{counted(self.without_hours, 'row')} without hours"] * bool(self.without_hours)
        long = f"{counted(self.too_long, 'row')} of more than {LONGEST_HOURS} hours or less than {60 * SHORTEST_HOURS:g} minutes"
        return " and ".join([*parts, *[long] * bool(self.too_long)])


def campaign_table(fit: Fit) -> CampaignTable:
    """The deployments of the *fit*'s days, at its place where one was asked for, at all thresholds.

    Raises ScenarioError where no row has hours.
    """
    frame = fit.records.frame
    if fit.question.place is not None:
        frame = frame[frame["site"].isin(set(fit.street.frame["site"]))]
    given = frame[frame["hours"].notna()]
    used = given[given["hours"].between(SHORTEST_HOURS, LONGEST_HOURS)]
    if not len(used):
        rule = (
            "no row says how many hours the cameras were on, so that there is no campaign to write: leave --table out"
        )
        raise ScenarioError(Problem(fit.records.label, "hours", rule))
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(_rows(used))
    sums = {name: used[column] for name, column in FIGURES.items() if used[column].notna().all()}
    return CampaignTable(
        text=out.getvalue(),
        deployments=len(used),
        without_hours=len(frame) - len(given),
        too_long=len(given) - len(used),
        figures={name: int(column.sum()) for name, column in sums.items()},
    )


def _rows(frame: pd.DataFrame) -> Iterator[list[str]]:
    """One row for each deployment, in the order of the file; a place has one spelling, the first."""
    spelt: dict[str, str] = {}
    ends: dict[tuple[object, str], int] = {}
    named = bool((frame["site"] != "").any())
    for row in frame.to_dict("records"):
        site = row["site"] or ("place not given" if named else "")
        day = (row["date"], site)
        minutes = max(1, round(60 * row["hours"]))
        # where a day is too short for them all, deployments are side by side, a minute apart
        start = min(ends.get(day, FIRST_MIN), LAST_MIN)
        ends[day] = start + (minutes if start + minutes < LAST_MIN else 1)
        yield [
            f"{row['date']:%Y-%m-%d}",
            f"{start // 60:02d}:{start % 60:02d}",
            f"{row['hours']:.6g}",
            spelt.setdefault(site, row["place"] or site),
            "" if row["threshold"] != row["threshold"] else f"{row['threshold']:.6g}",
            "" if row["watchlist_size"] != row["watchlist_size"] else f"{row['watchlist_size']:.0f}",
        ]


__all__ = ["CampaignTable", "campaign_table"]
