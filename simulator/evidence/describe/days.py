"""When the deployments of a scenario are, and what differs between them, in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import numpy as np

from simulator.evidence.numbers import counted, number, percent
from simulator.scenario.campaign import DAYS, Campaign
from simulator.scenario.days import OWN, WORDS, differs, hours_of, own_said
from simulator.scenario.models import Scenario

HOUR_S = 3_600.0


def days_in_words(scenario: Scenario) -> Iterator[str]:
    """How many deployments there are and when; and which settings single ones have of their own."""
    campaign = scenario.campaign
    yield f"{when(campaign)}."
    overlapping = _overlapping(campaign)
    if overlapping:
        yield f"{overlapping} of them overlap in time, each with its own staff."
    if len(campaign.places) > 1:
        anywhere = scenario.watchlist.any_place_share.value
        listed = f", except {percent(anywhere)} of the listed people" if anywhere else ""
        yield f"Nobody comes to more than one of the places{listed}."
    own = [f"{WORDS[key]} ({own_said(campaign, key)})" for key in OWN if differs(scenario, key)]
    if own:
        yield f"Deployments have their own {', '.join(own)}."


def when(campaign: Campaign) -> str:
    """How many deployments there are, at how many places, for how long and on which dates."""
    places = f" at {len(campaign.places)} places" if len(campaign.places) > 1 else ""
    return (
        f"{counted(len(campaign.days), 'deployment')}{places} with {number(campaign.camera_hours)} camera hours in all, "
        f"{_dates(campaign)}"
    )


def _dates(campaign: Campaign) -> str:
    """The calendar; where deployments are listed, one date said again and again with its source, or the first and the last."""
    if campaign.first_date is not None and campaign.last_date is not None:
        return _calendar(campaign, campaign.first_date, campaign.last_date)
    first, last = campaign.days[0].date, campaign.days[-1].date
    if first == last:
        return f"on {first}"
    if len(campaign.deployments) == 1:
        only = campaign.deployments[0]
        said = f"one a {only.every} from {first} on{_left_out(only.count - len(campaign.days))}"
        return f"{said} ({only.source})" if only.source else said
    return f"from {first} to {last}"


def _overlapping(campaign: Campaign) -> int:
    """How many deployments overlap with another in time."""
    starts = np.array([day.starts_s for day in campaign.days])
    ends = starts + HOUR_S * hours_of(campaign)
    with_an_earlier = np.maximum.accumulate(ends)[:-1] > starts[1:]
    with_a_later = ends[:-1] > starts[1:]
    return int((np.append(False, with_an_earlier) | np.append(with_a_later, False)).sum())


def _left_out(number: int) -> str:
    return f", {counted(number, 'holiday')} left out" if number else ""


def _calendar(campaign: Campaign, first: dt.date, last: dt.date) -> str:
    on = [day for day in DAYS if day[:3] in campaign.weekdays] or [DAYS[first.weekday()]]
    names = [day.capitalize() for day in on] if campaign.every == "week" else ["day"]
    every = f"{', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else names[0]
    # holidays on other days of the week leave nothing out
    meant = campaign.model_copy(update={"holidays": ()})
    return f"every {every} from {first} to {last}{_left_out(len(meant.days) - len(campaign.days))}"


__all__ = ["days_in_words", "when"]
