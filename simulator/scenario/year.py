"""A year of deployments, where a scenario states it: laid out and simulated as one, because people who come again,
arrests and staff do not scale with the number of deployments.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any, Literal

from simulator.scenario.alternatives import Alternative
from simulator.scenario.campaign import Campaign, Deployment
from simulator.scenario.days import by_day, hours_of
from simulator.scenario.errors import Problem, ScenarioError
from simulator.scenario.loader import load_scenario
from simulator.scenario.models import JointDraws, Scenario
from simulator.scenario.quantity import Rate

DAYS = 365
VISITS = "street.visits_per_person"
# A calendar that covers a year but for so many days is a year as it stands: the first and last deployments of most are not
# on the first and last days.
A_WEEK = 7
PACE = "campaign.deployments_a_year"
NOT_KNOWN = (
    f"a year of this is not known: say how many deployments a year has (--set {PACE}=N), or give campaign a calendar "
    f"(first_date, last_date)"
)
SIDE_BY_SIDE = "Some deployments of the year are side by side: at one place at the same time, each with its own staff."
# How the deployments of a year came to their dates: by the calendar, evenly at the pace stated, as the campaign has them.
Laid = Literal["calendar", "evenly", "listed"]


def year_of(scenario: Scenario) -> Scenario | None:
    """*scenario* with a year of deployments in place of its campaign; None where it does not say how many there are.

    A calendar of a year but for a week is that year; a shorter one goes on, and a longer one is cut, to a year from its first
    date. Otherwise ``deployments_a_year`` are laid out evenly over the year, with the hours and settings of the campaign's own
    in turn and those of one date together; a campaign of as many within a year is that year. A campaign that is its year is
    returned as it is. The people are the same: who comes more often in the campaign comes more often in the year. What was
    recorded of the campaign is no record of the year.
    """
    campaign = year_of_campaign(scenario.campaign)
    if campaign is None or campaign.days == scenario.campaign.days:
        return None if campaign is None else scenario
    title = f"A year of: {scenario.title}"
    return with_campaign(scenario, campaign).model_copy(update={"title": title, "record": None})


def with_campaign(scenario: Scenario, campaign: Campaign) -> Scenario:
    """*scenario* with another *campaign* and the same people, who come to it as often as it is longer or busier."""
    passages, visits = _passages(scenario, scenario.campaign), scenario.street.visits_per_person
    times = _passages(scenario, campaign) / passages if passages else 1.0
    update: dict[str, Any] = {
        "campaign": campaign,
        "joint_draws": _scaled_draws(scenario, times),
        "alternatives": tuple(_scaled_setting(item, times) for item in scenario.alternatives),
    }
    if visits is not None:
        update["street"] = scenario.street.model_copy(update={VISITS.split(".")[1]: _scaled(visits, times)})
    return scenario.model_copy(update=update)


def as_year(scenario: Scenario) -> Scenario:
    """The year of *scenario*; ScenarioError, with what to add, where it states none."""
    year = year_of(scenario)
    if year is None:
        raise ScenarioError(Problem(scenario.name, "campaign", NOT_KNOWN))
    return year


def load_year(name: str | Path, overrides: Sequence[str] = ()) -> Scenario:
    """The year of a scenario that is loaded as *load_scenario* does."""
    return as_year(load_scenario(name, overrides))


def laid_out(scenario: Scenario) -> Laid | None:
    """How the deployments of *scenario* were laid out, where they are its year; None where they are another campaign."""
    campaign, year = scenario.campaign, year_of_campaign(scenario.campaign)
    days = campaign.days
    if year is None or year.days != days:
        return None
    if campaign.first_date is not None:
        return "calendar"
    dates = sorted({day.date for day in days})
    even = [_evenly(dates[0], turn, len(dates)) for turn in range(len(dates))]
    return "evenly" if dates == even else "listed"


def year_of_campaign(campaign: Campaign) -> Campaign | None:
    """The deployments of a year, or None where *campaign* does not state them or a year runs past the last date there is."""
    days, number = campaign.days, campaign.deployments_a_year
    first = campaign.first_date or days[0].date
    if first.year == dt.date.max.year:
        return None
    if campaign.first_date is not None:
        last = _a_year_on(first) - dt.timedelta(days=1)
        if campaign.last_date is not None and abs((campaign.last_date - last).days) <= A_WEEK:
            return campaign
        return campaign.model_copy(update={"last_date": last})
    if number is None:
        return None
    if number == len(days) and days[-1].date < _a_year_on(first):
        return campaign
    year = tuple(_spread(days, number))
    several = max(Counter((day.date, day.place, day.start) for day in year).values()) > 1
    notes = (*campaign.notes, SIDE_BY_SIDE) if several else campaign.notes
    update = {"deployments": year, "table": None, "read_table": (), "holidays": (), "notes": notes}
    return campaign.model_copy(update=update)


def _spread(days: Sequence[Deployment], number: int) -> Iterator[Deployment]:
    """So many deployments over the year, those of one date together: all *days* in turn, and what is over evenly from them."""
    times, over = divmod(number, len(days))
    turns = [*([*days] for _ in range(times)), [days[i * len(days) // over] for i in range(over)]]
    dates = [list(together) for turn in turns for _, together in groupby(turn, key=lambda day: day.date)]
    for i, together in enumerate(dates):
        for day in together:
            yield day.model_copy(update={"date": _evenly(days[0].date, i, len(dates))})


def _a_year_on(date: dt.date) -> dt.date:
    """The same day of the next year; the first of March after a 29 February."""
    leap_day = (date.month, date.day) == (2, 29)
    return dt.date(date.year + 1, 3, 1) if leap_day else date.replace(year=date.year + 1)


def _evenly(first: dt.date, turn: int, number: int) -> dt.date:
    """Date *turn* of so many spread over the year from *first* on."""
    return first + dt.timedelta(days=turn * DAYS // number)


def _passages(scenario: Scenario, campaign: Campaign) -> float:
    """Expected passages of *campaign*, time of day left aside."""
    return float(
        (by_day(campaign, "passages_per_hour", scenario.street.passages_per_hour.value) * hours_of(campaign)).sum()
    )


def _scaled(rate: Rate, times: float) -> Rate:
    """*rate* and all its interval, so many *times* as large."""
    ends = {name: getattr(rate, name) for name in ("value", "low", "high")}
    update: dict[str, Any] = {name: None if end is None else end * times for name, end in ends.items()}
    if rate.gamma is not None:
        update["gamma"] = rate.gamma.model_copy(update={"rate": rate.gamma.rate / times})
    return rate.model_copy(update=update)


def _scaled_setting(item: Alternative, times: float) -> Alternative:
    """*item*, whose visits per person are those of the campaign, in a campaign so many *times* as long."""
    given = item.settings.get(VISITS)
    if given is None:
        return item
    visits = _scaled(Rate.model_validate(given), times).model_dump(exclude_none=True)
    return item.model_copy(update={"settings": {**item.settings, VISITS: visits}})


def _scaled_draws(scenario: Scenario, times: float) -> JointDraws | None:
    draws = scenario.joint_draws
    if draws is None or VISITS not in draws.columns:
        return draws
    column = tuple(number * times for number in draws.columns[VISITS])
    return draws.model_copy(update={"columns": draws.columns | {VISITS: column}})


__all__ = [
    "NOT_KNOWN", "PACE", "Laid", "as_year", "laid_out", "load_year", "with_campaign", "year_of", "year_of_campaign",
]  # fmt: skip
