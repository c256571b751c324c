"""What a run means, in sentences: how often the wrong person is stopped, how sure that is, and in how many campaigns nobody."""

from __future__ import annotations

from collections.abc import Iterator

from simulator.evidence.numbers import LEAST, counted, number, plainly, whole
from simulator.evidence.run.found import MeasureFound, RunFound
from simulator.evidence.run.hundred import DOTS
from simulator.evidence.run.rates import Range
from simulator.report.screen import WHOSE

# The same events out of how many of what, in numbers that stand beside each other; words by the key of rates.
PER = {
    "face": (1e6, "million faces"),
    "passage": (1e6, "million passages"),
    "alert": (1e3, "1,000 alerts"),
    "stop": (1e3, "1,000 stops"),
}
OF_SIMULATION = "error of the simulation"
# How ranges are written in sentences and in tables, as short as can be, and what is below a millionth there.
TO, SHORT = " to ", "–"
UNDER = {TO: "under ", SHORT: "<"}


def meaning(found: RunFound, alone: bool = False) -> Iterator[str]:
    """At most four sentences: how often the wrong person is stopped, by whose error rates, and in how many campaigns nobody.

    *alone*: no numbers of one of the presets stand below.
    """
    wrong, unit = found.measures["wrongful_stops"], found.scenario.unit
    average, ends = average_of(found, wrong)
    begin = "Extrapolated: in this simulation" if found.extrapolated else "In this simulation"
    if not average:
        never = wrong.closed_form == 0 and not wrong.with_ignorance.closed_form
        of = "never stopped: with these inputs that cannot happen"
        seen = f"stopped in none of {counted(found.run.replications, unit)}, which is no evidence of zero"
        yield f"{begin} the wrong person is {of if never else seen}."
        return
    varies = ""
    if told := lies(ends):
        varies = f" ({told}{' within our ranges of the inputs' if found.varied else f', {OF_SIMULATION}'})"
    other = found.other_preset
    if other is not None and other.disagrees:
        factor = other.at("face", found.varied)
        both = sorted([(average, WHOSE[found.scenario.preset or ""]), (average * factor, WHOSE[other.preset])])
        yield (
            f"{begin} the wrong person is stopped {plainly(both[0][0])} or {plainly(both[1][0])} times in a {unit} on average: "
            f"the error rates of {both[0][1]} give the one, those of {both[1][1]} the other; why they differ is not published."
        )
        by = f"{'By' if alone else 'All below is by'} {WHOSE[found.scenario.preset or '']}"
        yield f"{by}: {plainly(average)}{varies}."
    else:
        yield f"{begin} the wrong person is stopped {frequency(average, unit)}{varies}."
    yield _in_how_many(found)
    yield from _somebody_else(found)


def _in_how_many(found: RunFound) -> str:
    """In how many campaigns the wrong person is stopped: of a hundred, where as many were simulated, else of those."""
    share, n, unit = found.campaigns_with_a_wrongful_stop_drawn, found.run.replications, found.scenario.unit
    some, of_a_hundred = round(share * n), DOTS - round(DOTS * (1 - share))
    if n == 1:
        has = "at least one such stop" if some else "no such stop: the average is by formula"
        return f"In the one simulated {unit} there is {has}."
    if some == 0:
        return f"In none of the {whole(n)} simulated {unit}s is there such a stop: the average is by formula."
    if n < DOTS:
        of = f"{whole(some)} of the {n}" if some < n else f"all {n}"
        return f"In {of} simulated {unit}s there is at least one such stop."
    if some == n:
        return f"Every simulated {unit} has some."
    if of_a_hundred == DOTS:
        return f"Hardly any {unit} has none."
    if of_a_hundred == 0:
        return f"Of {whole(n)} simulated {unit}s {whole(some)} {'has' if some == 1 else 'have'} such a stop."
    return f"Of {DOTS} simulated {unit}s {of_a_hundred} have at least one such stop, {DOTS - of_a_hundred} none."


def _somebody_else(found: RunFound) -> Iterator[str]:
    """How often a search ends on a bystander, where it can: who asks how many wrong people are stopped counts them too."""
    average, ends = average_of(found, found.measures["bystander_stops"])
    if average:
        varies = f" ({told})" if (told := lies(ends)) else ""
        yield f"Besides, somebody other than the person alerted on is stopped {frequency(average, found.scenario.unit)}{varies}."


def frequency(average: float, unit: str) -> str:
    """How often something happens that comes *average* times in one *unit*: the figure in words first where it is small."""
    like = " like this one" if unit == "campaign" else ""
    if average < LEAST:
        return f"less than once in a million {unit}s{like}"
    if average >= 1.5:
        return f"{number(average)} times in a {unit}{like} on average"
    if average > 2 / 3:
        return f"about once in a {unit}{like}: {number(average)} times on average"
    in_words = {2: "two", 3: "three", 4: "four", 5: "five", 10: "ten"}
    every = round(1 / average) if average > 0.01 else 1 / average
    return f"about once in {in_words.get(int(every), number(every))} {unit}s{like}: {number(average)} on average"


def average_of(found: RunFound, measure: MeasureFound) -> tuple[float, Range | None]:
    """The average with unknown inputs, by its closed form where none was simulated, and where it may lie.

    Where no input is uncertain that is the error of the simulation.
    """
    drawn = measure.with_ignorance
    if not found.varied:
        return measure.mean or measure.closed_form or 0.0, measure.mean_95 if measure.mean else None
    return drawn.mean or drawn.closed_form or 0.0, drawn.average_95


def per_so_many(found: RunFound, unit: str, measure: str = "wrongful_stops") -> tuple[float, Range | None] | None:
    """Wrongful stops, or another *measure*, per so many of *unit* and where that may lie; None where nothing can be said.

    Where no input is uncertain the range is the error of the simulation.
    """
    rate, times = found.rates[measure][unit], PER[unit][0]
    drawn = rate.with_ignorance if found.varied else None
    average, ends = (drawn.rate, drawn.average_95) if drawn else (rate.rate, rate.mean_95)
    if average is None:
        return None
    return times * average, ends and (times * ends[0], times * ends[1])


def lies(ends: Range | None, to: str = TO) -> str:
    """A range in words; nothing where there is none, or where it is narrower than what is printed."""
    if ends is None:
        return ""
    low, high = (plainly(end, UNDER[to]) for end in ends)
    return f"{low}{to}{high}" if low != high else ""


__all__ = ["OF_SIMULATION", "PER", "SHORT", "TO", "UNDER", "average_of", "frequency", "lies", "meaning", "per_so_many"]
