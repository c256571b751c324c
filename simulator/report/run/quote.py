"""A sentence of a run to quote: simulated, by every denominator with its range, and what speaks against it; or none."""

from __future__ import annotations

from simulator.evidence.numbers import counted, plainly, times_as_many
from simulator.evidence.run.found import RunFound
from simulator.evidence.statistics.intervals import fewest_for_range
from simulator.report.run.meaning import OF_SIMULATION, PER, lies, per_so_many
from simulator.report.said import FEWEST_FOR_AN_AVERAGE, mismatch
from simulator.report.screen import WHOSE

UNITS = ("alert", "face")


def quote(found: RunFound) -> str:
    """The sentence; empty where a number of it would have no range, or one that few campaigns put beside it."""
    known = [unit for unit in UNITS if unit not in found.scenario.no_rates_per]
    rates = {unit: rate for unit in known if (rate := per_so_many(found, unit))}
    n, about = found.run.replications, found.scenario
    if not rates or n < fewest_for_range():
        return ""
    if any(ends is None or not ends[0] <= average <= ends[1] for average, ends in rates.values()):
        return ""
    said = ", that is ".join(
        f"{plainly(average)} times per {PER[unit][1]}{f' ({told})' if (told := lies(ends)) else ''}"
        for unit, (average, ends) in rates.items()
    )
    other, title = found.other_preset, about.title.partition(",")[0]
    alike = other is None or not other.disagrees
    whose = "" if alike else f" with the error rates of {WHOSE[about.preset or '']}"
    few = f" of {counted(n, about.unit)}" if n < FEWEST_FOR_AN_AVERAGE else ""
    begin = f"{'Extrapolated: in' if found.extrapolated else 'In'} a simulation{few}"
    unit = next(iter(rates))
    others = per_so_many(found, unit, "bystander_stops")
    apart = (
        f"; besides, somebody else than alerted on {plainly(others[0])} times per {PER[unit][1]}"
        if others and others[0]
        else ""
    )
    ranges = "" if found.varied or not any(lies(ends) for _, ends in rates.values()) else f"; ranges: {OF_SIMULATION}"
    both = "" if alike or other is None else f"; by {WHOSE[other.preset]} {times_as_many(other.at(unit, found.varied))}"
    return f"“{begin} ({title}){whose} the wrong person is stopped on average {said}{ranges}{apart}{both}{_unlike(found)}.”"


def _unlike(found: RunFound) -> str:
    """What the record has that the simulation does not: who quotes the one number is to have the other."""
    if not found.outside_checks:
        return ""
    about = found.scenario
    _, figures, _ = mismatch(found.outside_checks, about.unit)
    elsewhere = "" if about.own_threshold is None else ", at another threshold or list size"
    return f"; unlike its record{elsewhere} ({figures[0]})"


__all__ = ["quote"]
