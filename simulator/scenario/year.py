"""A year of deployments, where a scenario states it: laid out and simulated as one, because people who come again,
arrests and staff do not scale with the number of deployments.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from simulator.scenario.campaign import Campaign, Deployment
from simulator.scenario.days import by_day, hours_of
from simulator.scenario.models import JointDraws, Scenario
from simulator.scenario.quantity import Rate

DAYS = 365
NOT_KNOWN = "no year is stated: give campaign.deployments_a_year, or a calendar (first_date, last_date)"


def year_of(scenario: Scenario) -> Scenario | None:
    """*scenario* with a year of deployments in place of its campaign; None where it does not say how many there are.

    A calendar goes on, or is cut, to a year from its first date. Otherwise ``deployments_a_year`` are laid out evenly over the
    year, with the hours and settings of the campaign's own in turn; a campaign of as many within a year is that year.
    """
    campaign = year_of_campaign(scenario.campaign)
    if campaign is None or campaign.days == scenario.campaign.days:
        return None if campaign is None else scenario
    return with_campaign(scenario, campaign)


def with_campaign(scenario: Scenario, campaign: Campaign) -> Scenario:
    """*scenario* with another *campaign* and the same people, who come to it as often as it is longer or busier."""
    update: dict[str, Any] = {"campaign": campaign}
    visits = scenario.street.visits_per_person
    if visits is not None:
        times = _passages(scenario, campaign) / _passages(scenario, scenario.campaign)
        street = scenario.street.model_copy(update={"visits_per_person": _scaled(visits, times)})
        update |= {"street": street, "joint_draws": _scaled_draws(scenario, times)}
    return scenario.model_copy(update=update)


def year_of_campaign(campaign: Campaign) -> Campaign | None:
    """The deployments of a year, or None where *campaign* does not state them."""
    if campaign.first_date is not None:
        return campaign.model_copy(update={"last_date": campaign.first_date + dt.timedelta(days=DAYS - 1)})
    number = campaign.deployments_a_year
    if number is None:
        return None
    days = campaign.days
    if number == len(days) and (days[-1].date - days[0].date).days <= DAYS:
        return campaign
    laid_out: tuple[Deployment, ...] = tuple(
        days[turn % len(days)].model_copy(update={"date": days[0].date + dt.timedelta(days=turn * DAYS // number)})
        for turn in range(number)
    )
    return campaign.model_copy(update={"deployments": laid_out, "table": None, "read_table": ()})


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


def _scaled_draws(scenario: Scenario, times: float) -> JointDraws | None:
    key, draws = "street.visits_per_person", scenario.joint_draws
    if draws is None or key not in draws.columns:
        return draws
    column = tuple(number * times for number in draws.columns[key])
    return draws.model_copy(update={"columns": draws.columns | {key: column}})


__all__ = ["NOT_KNOWN", "with_campaign", "year_of", "year_of_campaign"]
