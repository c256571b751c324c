"""Wrongful stops of a run in one sentence."""

from __future__ import annotations

from simulator.evidence.numbers import FEWEST_FOR_A_RANGE, count_range, counted, number, number_range, percent
from simulator.evidence.run.found import RunFound


def headline(found: RunFound) -> str:
    """State wrongful stops: average, chance, and chance with what is not known about the inputs.

    Where no input is uncertain there is chance alone.
    """
    wrong, n = found.measures["wrongful_stops"], found.run.replications
    most = "at least 9 in 10 campaigns have" if n >= FEWEST_FOR_A_RANGE else f"the {n} simulated had"
    ranges = f"{most} {count_range(*wrong.campaign_90)} by chance"
    if found.varied:
        ranges += f", and {count_range(*wrong.with_ignorance.campaign_90)} with what is not known about the inputs"
    if wrong.mean > 0:
        between = wrong.with_ignorance.average_95 if found.varied else None
        where = f", {number_range(*between)} if the inputs differ from their best values" if between else ""
        some = found.campaigns_with_a_wrongful_stop
        every = f"all {counted(n, 'campaign')} have" if n > 1 else "the one campaign has"
        share = f"{every} some" if some == 1 else f"{percent(some)} of campaigns have any"
        return f"Wrongful stops: {number(wrong.mean)} per campaign on average{where}; {share}; {ranges}."
    if wrong.closed_form:
        expected = number(wrong.closed_form)
        return f"Wrongful stops: none simulated; {expected} per campaign expected (closed form); {ranges}."
    if wrong.closed_form == 0:
        return "Wrongful stops: none, and with these inputs none can happen."
    return f"Wrongful stops: none simulated, which is no evidence of zero; {ranges}."


__all__ = ["headline"]
