"""What the figures say in words: shares, what a zero means, and the footer that belongs under every figure."""

from __future__ import annotations

import math

from simulator.evidence.numbers import counted, number, one_in
from simulator.evidence.run.found import RunFound
from simulator.evidence.run.pictures import RunPictures
from simulator.report.said import deployments, list_size, mismatch, threshold

LAWFULNESS = "Wrongful means the wrong person was stopped; it says nothing about lawfulness."
CLOSED_FORM = "before depletion, repeats, queues and walking away"


def plural(n: float, one: str, many: str | None = None) -> str:
    """*n* with its noun, such as "1 stop" or "0.46 stops"."""
    return f"{number(n)} {one if n == 1 else many or one + 's'}"


def mean(found: RunFound, measure: str) -> float:
    """Average of *measure* over all campaigns with the inputs at their medians."""
    return found.measures[measure].mean


def expected(found: RunFound, measure: str) -> float:
    """The closed form of *measure*, 0 where there is none."""
    return found.measures[measure].closed_form or 0.0


def with_unknown(found: RunFound, unit: str, times: float, words: str) -> str:
    """A sentence on wrongful stops per so many *times* of *unit* with unknown inputs, and where that may lie; "" if not known."""
    drawn = found.rates["wrongful_stops"][unit].with_ignorance
    if drawn is None or drawn.rate is None or drawn.average_95 is None:
        return ""
    low, high = (number(times * end) for end in drawn.average_95)
    return f" With unknown inputs the wrong person is stopped {number(times * drawn.rate)} times per {words} ({low} to {high})."


def faces_known(found: RunFound) -> bool:
    """Whether rates per face mean anything in this scenario."""
    return "face" not in found.scenario.no_rates_per


def all_seen(found: RunFound, drawn: bool = False) -> tuple[float, str]:
    """What a rare event is put in proportion to: faces of one campaign on average, or alerts where nobody knows them.

    *drawn*: with inputs drawn for every campaign.
    """
    unit = "faces" if faces_known(found) else "alerts"
    seen = found.measures[unit]
    return (seen.with_ignorance.mean if drawn else seen.mean), unit


def campaign(found: RunFound) -> str:
    """What one campaign is, such as "14 deployments, 58.4 camera hours"."""
    return deployments(found.scenario)


def campaigns(found: RunFound) -> str:
    """How many campaigns were simulated, such as "400 simulated campaigns"."""
    return counted(found.run.replications, f"simulated {found.scenario.unit}")


def of_each(part: float, every: float, words: str) -> str:
    """*part* of *every* as "93 in 100 *words*" or "1 in 530 *words*", never rounded to all or none."""
    if part <= 0 or every <= 0:
        return ""
    share = part / every
    if math.isclose(share, 1, rel_tol=1e-9):
        return f"all {words}"
    if share > 1:
        return f"{number(share)} times the {words}"
    if share >= 0.995:
        return f"over 99 in 100 {words}"
    if share >= 0.0995:
        return f"{100 * share:.0f} in 100 {words}"
    return f"{rare(share)} {words}"


def rare(rate: float) -> str:
    """*rate* as "1 in N", not further than anybody can imagine."""
    return one_in(rate) if rate >= 1e-9 else "less than 1 in 1,000 million"


def of_thousand(share: float) -> str:
    """A *share* as a number out of a thousand, such as "2.1"; what is rarer keeps its own denominator."""
    return number(1000 * share) if 1000 * share >= 1 else f"fewer than 1 (about {rare(share)})"


def none_of(found: RunFound, data: RunPictures, measure: str | None, stages: int, per: tuple[float, str]) -> str:
    """What a simulated zero of *measure* means, as a sentence's end: "none, because ..." or "none in ..., ..."."""
    because = never(found, data, measure, stages)
    if because:
        return f"none, because {because}"
    closed = expected(found, measure) if measure else 0.0
    return f"none in {campaigns(found)}; {rarity(found, closed, per)}"


def never(found: RunFound, data: RunPictures, measure: str | None, stages: int) -> str | None:
    """Why *measure*, for which so many *stages* of officers are needed, cannot happen; None where it can."""
    empty = data.nobody_on_duty[stages]
    if empty:
        return empty
    if not data.anybody_passes:
        return "nobody walks past"
    key = found.measures[measure].assumed_zero if measure else None
    return f"{key} is assumed to be 0" if key else None


def rarity(found: RunFound, expected: float, per: tuple[float, str]) -> str:
    """How rare is what was never simulated: its closed form, per campaign and *per* (how many of what a campaign has)."""
    if not expected > 0:
        return "no evidence of zero"
    each, unit = per
    return f"closed form: {per_campaign(found, expected)}" + (f", {rare(expected / each)} {unit}" if each > 0 else "")


def per_campaign(found: RunFound, x: float) -> str:
    """An expected count of one campaign (or year); a small one as "1 in N campaigns"."""
    unit = found.scenario.unit
    return f"{number(x)} a {unit}" if x >= 0.01 else f"{rare(x)} {unit}s"


def footer(found: RunFound, wrongful: bool, closed_form: bool = False) -> list[str]:
    """The lines under every figure; *wrongful* where wrongful stops appear, *closed_form* where a closed form does."""
    about = found.scenario
    lines = [
        f"Simulated, not observed. {' '.join(about.title.split())}. Threshold {threshold(about)}, watchlist of "
        f"{list_size(about)}, {campaigns(found)} ({campaign(found)} each), seed {found.run.seed}."
    ]
    notes = [LAWFULNESS] * wrongful + [f"Closed form: expected number {CLOSED_FORM}."] * closed_form
    return [*lines, " ".join(notes)] if notes else lines


def label(found: RunFound) -> str | None:
    """What must be said with every figure: that it is an assumed alternative, or where it is not as recorded."""
    what_if = found.scenario.what_if
    lines = [f"WHAT IF: {' '.join(what_if.split())}"] if what_if else []
    own_cell = found.scenario.own_threshold is None
    heading, said, ranges = mismatch(found.outside_checks, found.scenario.unit, own_cell)
    lines += [f"{heading}: {'; '.join(said)} {ranges}."] if said else []
    return " ".join(lines) or None
