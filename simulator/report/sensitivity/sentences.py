"""What an average hangs on, in sentences: the finding, how it was computed, and what the method cannot see."""

from __future__ import annotations

from collections.abc import Iterator

from simulator.evidence.numbers import number, number_range, whole
from simulator.evidence.sensitivity.found import SensitivityFound
from simulator.report.inputs import words_of

READING = (
    "A share is of what is not known about this average (its variance), not of the people or the stops. It says where better "
    "knowledge would help, not who or what is to blame. It follows from the intervals that the scenario gives; an input without "
    "one is taken as known."
)
BLIND = (
    "it has no queues, no walking out of reach, no repeats and no arrested people who stay away, so it cannot say whether "
    "staff numbers, times or repeat visits matter; --simulate asks the simulation instead (about a minute)."
)


def average(found: SensitivityFound) -> str:
    """The average at the middle values, and where it lies as the inputs vary; what was not seen is not called 0."""
    measure, run, unit = found.measure, found.run, found.scenario.unit
    at_median = f"{number(measure.at_medians)} with every input at its middle value"
    if run.campaigns and not measure.at_medians:
        at_median = f"none seen in {run.campaigns_each_bar} {unit}s with every input at its middle value"
    if measure.average_95:
        return f"{at_median}, {number_range(*measure.average_95)} as they vary (95 %)"
    if run.campaigns and not found.constant:
        error = f" ({number_range(*measure.mean_95)}, error of the simulation, 95 %)" if measure.mean_95 else ""
        return f"{at_median}, {number(measure.mean)}{error} as they vary, and chance hides what they do"
    return at_median


def method(found: SensitivityFound) -> str:
    """State how the average was found, and what it is."""
    run, unit = found.run, found.scenario.unit
    if run.simulated:
        return (
            f"{f'{run.why_simulated} ' if run.why_simulated else ''}"
            f"Simulated, not observed: {whole(run.campaigns)} {unit}s, {run.campaigns_each} at each of the points and "
            f"{run.campaigns_each_bar} behind each end of an input, seed {run.seed}. Average: {average(found)}."
        )
    return f"By formula ({run.label}): {average(found)}. For the count itself use lfrsim run, which has all of that."


def headline(found: SensitivityFound) -> str:
    """State in one sentence which inputs the average hangs on most."""
    *others, last = [f"{words_of(item.key)} ({share_of(item.first_order)})" for item in found.leading]
    together = f"{', '.join(others)} and {last}" if others else last
    if found.too_noisy:
        return (
            f"For this measure the inputs cannot be ranked safely: too much chance is left, or the intervals are too wide. The "
            f"largest shares, as hints only: {together}."
        )
    return f"What is not known about the average of {found.measure.words} hangs most on: {together}."


def notes(found: SensitivityFound) -> Iterator[str]:
    """What belongs under the table: inputs without a row, what the method cannot see, how much of it is chance."""
    telling = found.telling
    for item in telling:
        if item.one_at_a_time and item.one_at_a_time.alike:
            why = "other draws, or from chance" if found.run.simulated else "the few draws beyond them"
            yield f"{item.key}: the same average at both ends of its interval; its share comes from {why}."
    little = [item.key for item in found.inputs if item not in telling]
    if little:
        why = "Not to be told from chance" if found.too_noisy else "Less than 0.5 % each, interplay included"
        yield f"{why}: {', '.join(little)}."
    if found.without_influence:
        none = (
            "Changed this measure at none of these points"
            if found.run.simulated
            else "Without any effect on this measure in this formula"
        )
        yield f"{none}: {', '.join(found.without_influence)}."
    if found.left_out:
        yield f"Left out of this formula, so not judged here: {', '.join(found.left_out)}."
    yield _chance(found) if found.run.simulated else f"What the formula cannot see: {BLIND}"


def _chance(found: SensitivityFound) -> str:
    chance = found.measure.chance_share or 0.0
    said = f"{share_of(chance)} of the variance between these averages is chance, which no input explains"
    if found.too_noisy:
        return (
            f"{said}; with so much of it, shares with interplay would say nothing and are left out. More --points narrow the "
            f"intervals but take no chance out; a closed form, where the measure has one, has none."
        )
    return (
        f"{said}: divide a share alone by {1 - chance:.2f} to leave it out. A share with interplay may be too large by up to as "
        f"much; where it comes out below the share alone, that is error too. More --points narrow the intervals but take no "
        f"chance out."
    )


def share_of(x: float) -> str:
    """A share of a variance in whole per cent, "under 1 %" where it would round to none."""
    return "under 1 %" if x < 0.005 else f"{100 * x:.0f} %"


__all__ = ["READING", "average", "headline", "method", "notes", "share_of"]
