"""A record as a campaign: its deployments at each place, with the people of the scenario, who come to all of them.

Who is arrested at one deployment is not there at the next, and officers recognise whom they stopped earlier that day. People
of one place never come to another unless the scenario says that some do; then the places are one campaign, else one each, which
is the same. Each place has as many people as the scenario's own. Rows without a place are of one place.

A campaign lasts a year at most, counted from the first day at the place, and a longer record is one for each year: how soon
others are wanted in place of those arrested is nowhere published, and over several years nobody would be left.

Records print days, not times: the first deployment of a day starts when the scenario's first does, another at the same place
when the one before is over, or beside it where the day has no room; each has its own staff.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulator.evidence.check.planned import Planned, date_of
from simulator.scenario.campaign import SHORTEST_HOURS, Campaign, Deployment, clock_to_s
from simulator.scenario.cells import with_size
from simulator.scenario.errors import Problem, ScenarioError
from simulator.scenario.models import Scenario
from simulator.scenario.quantity import LARGEST_LIST
from simulator.scenario.year import with_campaign

YEAR_DAYS = 365
NO_NAME = "place without a name"


@dataclass(frozen=True)
class RecordedCampaign:
    """A *scenario* whose deployments are these *rows* of what is planned, in order of time."""

    scenario: Scenario
    rows: NDArray[np.int64]


def campaigns_of_record(scenario: Scenario, planned: Planned, label: str = "") -> list[RecordedCampaign]:
    """The *planned* deployments as campaigns, a place and year each; all places in one where some people may come to any.

    A row without a threshold or list size takes the scenario's own. Raises ScenarioError, naming the row of *label*,
    where the scenario cannot be run with what a row says.
    """
    for row in range(len(planned)):
        _check(scenario, planned, row, f"{label}:{planned.row[row]}" if label else f"row {planned.row[row]}")
    anywhere = scenario.watchlist.any_place_share.interval()[1] > 0
    groups = [np.arange(len(planned))] if anywhere else _alike(planned.site)
    years = [((planned.day[rows] - planned.day[rows].min()) // YEAR_DAYS).tolist() for rows in groups]
    return [
        _campaign(scenario, planned, rows[at]) for rows, year in zip(groups, years, strict=True) for at in _alike(year)
    ]


def _alike(names: Sequence[Hashable]) -> list[NDArray[np.int64]]:
    """Where each of the *names* stands."""
    return [np.flatnonzero([other == name for other in names]) for name in dict.fromkeys(names)]


def _campaign(scenario: Scenario, planned: Planned, rows: NDArray[np.int64]) -> RecordedCampaign:
    by_place = [rows[at] for at in _alike([planned.site[row] for row in rows])]
    days = sorted((day for at in by_place for day in _days_at(scenario, planned, at)), key=lambda day: day[1].starts_s)
    usual, places = scenario.campaign, len(by_place)
    own = tuple(day for day in usual.days if day.place == usual.places[0])
    # at the scenario's own deployments of a place, as many people pass as belong to it: so many places, so many times
    one_place = scenario.model_copy(update={"campaign": Campaign(deployments=own * places)})
    rest = {"place": None} if places == 1 else {}
    deployments = tuple(day.model_copy(update=rest) for _, day in days)
    made = with_campaign(one_place, Campaign(deployments=deployments))
    # the list that the scenario's rates are of stays its own
    watchlist = with_size(scenario.watchlist, scenario.watchlist.size.value)
    return RecordedCampaign(made.model_copy(update={"watchlist": watchlist}), np.array([row for row, _ in days]))


def _days_at(scenario: Scenario, planned: Planned, rows: NDArray[np.int64]) -> Iterator[tuple[int, Deployment]]:
    """The deployments of one place, each with its row."""
    first = scenario.campaign.days[0].start
    free_min: dict[float, int] = {}
    for row in rows:
        day, usual_min = float(planned.day[row]), int(clock_to_s(first)) // 60
        at_min = free_min.get(day, usual_min)
        at_min = at_min if at_min < 24 * 60 else usual_min
        free_min[day] = at_min + int(np.ceil(60 * planned.hours[row]))
        size, threshold = float(planned.list_size[row]), float(planned.threshold[row])
        yield (
            int(row),
            Deployment(
                date=date_of(day),
                start=f"{at_min // 60:02d}:{at_min % 60:02d}",
                hours=float(planned.hours[row]),
                place=planned.site[row] or NO_NAME,
                watchlist_size=None if np.isnan(size) else size,
                threshold=None if np.isnan(threshold) else threshold,
            ),
        )


def _check(scenario: Scenario, planned: Planned, row: int, place: str) -> None:
    hours, size, threshold = (float(values[row]) for values in (planned.hours, planned.list_size, planned.threshold))
    if not SHORTEST_HOURS <= hours <= 24:
        raise ScenarioError(
            Problem(place, "hours", f"must be from {SHORTEST_HOURS} to 24 for one deployment (got {hours:g})")
        )
    if not np.isnan(size) and not 1 <= size <= LARGEST_LIST:
        raise ScenarioError(
            Problem(place, "list size", f"must be from 1 to {LARGEST_LIST:,.0f}, or left blank (got {size:g})")
        )
    table = scenario.recogniser.read_table
    if not np.isnan(threshold) and table is not None and not table.thresholds[0] <= threshold <= table.thresholds[-1]:
        rule = (
            f"{threshold:g} lies outside the scenario's table ({table.thresholds[0]:g} to {table.thresholds[-1]:g}), "
            f"which is not extrapolated; check another scenario, or leave the row out"
        )
        raise ScenarioError(Problem(place, "threshold", rule))


__all__ = ["RecordedCampaign", "campaigns_of_record"]
