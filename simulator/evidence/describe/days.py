"""When the deployments of a scenario are, and what differs between them, in words."""

from __future__ import annotations

from collections.abc import Iterator

from simulator.evidence.numbers import counted, number, percent
from simulator.scenario.campaign import DAYS, Campaign
from simulator.scenario.days import OWN, WORDS, differs, own_said
from simulator.scenario.models import Scenario


def days_in_words(scenario: Scenario) -> Iterator[str]:
    """How many deployments there are and when; and which settings single ones have of their own."""
    campaign = scenario.campaign
    places = f" at {len(campaign.places)} places" if len(campaign.places) > 1 else ""
    yield (
        f"{counted(len(campaign.days), 'deployment')}{places} with {number(campaign.camera_hours)} camera hours in all, "
        f"{_calendar(campaign) or f'from {campaign.days[0].date} to {campaign.days[-1].date}'}."
    )
    if places:
        anywhere = scenario.watchlist.any_place_share.value
        listed = f", except {percent(anywhere)} of the listed people" if anywhere else ""
        yield f"Nobody comes to more than one of the places{listed}."
    own = [f"{WORDS[key]} ({own_said(campaign, key)})" for key in OWN if differs(scenario, key)]
    if own:
        yield f"Deployments have their own {', '.join(own)}; where they say nothing, what follows holds."


def _calendar(campaign: Campaign) -> str:
    """The calendar; nothing where the deployments are listed."""
    first, last = campaign.first_date, campaign.last_date
    if first is None or last is None:
        return ""
    on = [day for day in DAYS if day[:3] in campaign.weekdays] or [DAYS[first.weekday()]]
    names = [day.capitalize() for day in on] if campaign.every == "week" else ["day"]
    every = f"{', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else names[0]
    # holidays on other days of the week leave nothing out
    meant = campaign.model_copy(update={"holidays": ()})
    out = len(meant.days) - len(campaign.days)
    left_out = f", {counted(out, 'holiday')} left out" if out else ""
    return f"every {every} from {first} to {last}{left_out}"


__all__ = ["days_in_words"]
