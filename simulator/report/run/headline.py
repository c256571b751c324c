"""Wrongful stops of a run in two sentences: with the best inputs, and with what is not known about them."""

from __future__ import annotations

from collections.abc import Iterator

from simulator.evidence.numbers import count_range, counted, number, number_range, percent
from simulator.evidence.run.found import MeasureFound, RunFound
from simulator.evidence.run.rates import PREDICTION_LEVEL
from simulator.evidence.statistics.intervals import fewest_for_range


def headline(found: RunFound) -> Iterator[str]:
    """State wrongful stops: average and single campaigns by chance, then both with unknown inputs.

    Where no input is uncertain there is chance alone. A sentence has numbers of one pass only.
    """
    wrong = found.measures["wrongful_stops"]
    if not wrong.mean and wrong.closed_form == 0 and not wrong.with_ignorance.closed_form:
        yield "Wrongful stops: none, and with these inputs none can happen."
        return
    unit = found.scenario.unit
    most = f"at least 9 in 10 {unit}s have"
    best = " with every input at its best value" if found.varied else " on average"
    single = (
        f"{most} {count_range(*wrong.campaign_90)} by chance"
        if wrong.campaign_90
        else f"it takes {fewest_for_range(PREDICTION_LEVEL)} {unit}s to tell what 9 in 10 have"
    )
    yield f"Wrongful stops: {_at_best(found, wrong, best)}; {single}."
    if not found.varied:
        return
    drawn = wrong.with_ignorance
    between = f", and that average may lie from {number_range(*drawn.average_95)}" if drawn.average_95 else ""
    if drawn.mean:
        average = f"{number(drawn.mean)} per {unit} on average"
    elif drawn.closed_form:
        average = f"none simulated, {number(drawn.closed_form)} per {unit} expected (closed form)"
    else:
        average = "none simulated, which is no evidence of zero"
    of_most = f"; {most} {count_range(*drawn.campaign_90)}" if drawn.campaign_90 else ""
    yield f"With unknown inputs, which is what to expect: {average}{between}{of_most}."


def _at_best(found: RunFound, wrong: MeasureFound, best: str) -> str:
    n, some, unit = found.run.replications, found.campaigns_with_a_wrongful_stop, found.scenario.unit
    if wrong.mean:
        every = f"all {counted(n, unit)} have" if n > 1 else f"the one {unit} has"
        share = f"{every} some" if some == 1 else f"{percent(some)} of {unit}s have any"
        return f"{number(wrong.mean)} per {unit}{best}; {share}"
    if wrong.closed_form:
        return f"none simulated{best}; {number(wrong.closed_form)} per {unit} expected (closed form)"
    return f"none simulated{best}, which is no evidence of zero"


__all__ = ["headline"]
