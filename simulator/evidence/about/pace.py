"""From a campaign to a year: how many campaigns a year has at the pace of the scenario's own dates."""

from __future__ import annotations

from simulator.scenario.models import Scenario

DAYS_IN_A_YEAR = 365.25


def campaigns_per_year(scenario: Scenario) -> float | None:
    """Campaigns in a year at the pace of the campaign's dates; None where all deployments are on one day.

    Between the first and the last of n deployments lie n - 1 intervals; the campaign takes n of them.
    """
    dates = [day.date.toordinal() for day in scenario.campaign.days]
    span = max(dates) - min(dates)
    if span == 0:
        return None
    return DAYS_IN_A_YEAR / (span * len(dates) / (len(dates) - 1))
