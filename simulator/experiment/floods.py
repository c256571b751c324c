"""Alerts on so many passers-by that the rate is more likely per search than per comparison: asked about, never run for hours."""

from __future__ import annotations

from simulator.scenario.errors import Problem, ScenarioError
from simulator.scenario.inputs import median_inputs
from simulator.scenario.models import Scenario
from simulator.street.expectations import Expected, expected

# Alerts on more than this share of passers-by who are not listed are on record once (Cardiff 2017: 1 in 65).
FLOOD = 0.01
# A record shows such a rate where it has, in false alerts, at least one for so many expected.
SHOWN = 3
# What takes about half a minute; whoever means such rates can have them in fewer campaigns.
MOST_ALERTS = 5_000_000


def flood_in(scenario: Scenario) -> Problem | None:
    """What is to be asked where FPIR is beyond what anybody has on record; None where it is not, or the record shows it."""
    e = _expected(scenario)
    passages, false = float((e.passages - e.listed_passages)[0]), float(e.false_alerts[0])
    recorded = scenario.record.recorded_false if scenario.record else None
    if false <= FLOOD * passages or (recorded is not None and false <= SHOWN * recorded):
        return None
    at, size = scenario.recogniser.threshold.value, scenario.watchlist.size.value
    share = min(100 * false / passages, 99.9)
    rule = (
        f"alerts on {share:.3g} of 100 passers-by who are not listed are expected at threshold {at:g} with "
        f"{size:,.0f} listed. Is the rate per search? An FMR is per comparison: FMR = -ln(1 - FPIR) / N, for a rate per "
        f"search of a list of N; or give a table with a column FPIR."
    )
    return Problem("", "recogniser.table" if scenario.recogniser.table else "recogniser.fmr_at_anchor", rule)


def check_flood(scenario: Scenario, campaigns: int) -> None:
    """Raise ScenarioError where so many *campaigns* of a flood would take long, with how many would not."""
    asked, alerts = flood_in(scenario), float(_expected(scenario).alerts[0])
    if asked is None or campaigns * alerts <= MOST_ALERTS:
        return
    few = int(MOST_ALERTS / alerts)
    do = f"simulate {few:,} at most, in all passes and cells together" if few else "simulate fewer hours"
    long = f"{campaigns:,} campaigns would raise {campaigns * alerts:,.0f} alerts, which takes long"
    raise ScenarioError(Problem(scenario.name, asked.field, f"{asked.rule} If you mean it: {long}; {do}"))


def _expected(scenario: Scenario) -> Expected:
    inputs = median_inputs(scenario, 1)
    return expected(scenario, inputs, scenario.recogniser.threshold.value, scenario.watchlist.size.value)


__all__ = ["check_flood", "flood_in"]
