"""A comparison in sentences: what B has more of, what could not be shown, and what the pairing was worth."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

from simulator.evidence.compare.differing import Differing
from simulator.evidence.compare.found import Compared, CompareFound
from simulator.evidence.numbers import counted, number, number_range, whole
from simulator.evidence.statistics.differences import FEW, Pairing, RateDifference
from simulator.report.said import PER, few, hours

MOST_KEYS = 8
# Ratios closer to 1 are not told: a difference says it better.
LEAST_RATIO = 0.8
# The sentences above the tables; chosen beforehand, not by what came out.
TOLD = ("wrongful_stops", "false_alerts", "listed_stopped", "arrests")
UNITS = {"camera_hour": PER["camera_hour"], "100k_faces": "100,000 faces counted"}


def what_differs(values: tuple[Differing, ...]) -> str:
    """State the values in which B differs from A."""
    if not values:
        return "Nothing differs: every difference is 0 by construction."
    shown = "; ".join(f"{item.key}: {value_words(item.a)} -> {value_words(item.b)}" for item in values[:MOST_KEYS])
    more = f"; and {len(values) - MOST_KEYS} more, listed by --json" if len(values) > MOST_KEYS else ""
    together = "" if len(values) == 1 else " The differences below belong to all of them together."
    return f"B differs from A in {counted(len(values), 'value')}: {shown}{more}.{together}"


def value_words(value: Any) -> str:
    """A value of a scenario in a few words: a quantity with its 95 % interval."""
    if isinstance(value, dict) and "value" in value:
        ends = value.get("low"), value.get("high")
        return value_words(value["value"]) + ("" if None in ends else f" ({' to '.join(map(value_words, ends))})")
    if isinstance(value, dict):
        return "a law" if value else "none"
    if isinstance(value, list):
        return f"a list of {len(value)}"
    if isinstance(value, int | float) and not isinstance(value, bool):
        return whole(value) if float(value).is_integer() else f"{value:.6g}"
    return "none" if value is None else str(value)


def unlike_size(found: CompareFound) -> str:
    """State in what A and B are of unlike size; nothing where they are not."""
    a, b, faces = found.a, found.b, found.measures["faces"].chance
    words = {
        "deployments": f"{a.deployments} and {b.deployments} deployments",
        "camera_hours": f"{number(a.camera_hours)} and {hours(b.camera_hours)}",
        "faces": f"{number(faces.a)} and {number(faces.b)} faces",
    }
    if not found.unlike:
        return ""
    of = ", ".join(words[name] for name in found.unlike)
    return f"A and B are of unlike size: {of}. So they are also compared per camera hour and per 100,000 faces."


def sentence(found: CompareFound, measure: str) -> str:
    """State the difference in one *measure* at the inputs' values, with its error and what unknown inputs make of it."""
    item, n = found.measures[measure], found.run.replications
    words, chance = item.words, item.chance
    first = words[0].upper() + words[1:]
    if chance.differ == 0:
        seen = f"the same in all {whole(n)} {found.unit}s, {number(chance.a)} on average"
        said = f"{first}: {seen if chance.a else f'none in {whole(n)} {found.unit}s of A or B'}"
        if chance.difference_95 is None or not chance.difference_95.high > 0 or not found.differing:
            return f"{said}."
        # of a count, which differs by 1 at least
        return f"{said}; fewer than {_share_of(chance.difference_95.high, found.unit)} may differ."
    if not chance.shown:
        said = f"{first}: no difference shown{_between(chance, found.unit)}"
    else:
        said = f"B has {_size(chance, f'{words} per {found.unit}')}"
        of_a, of_b = number(chance.a), number(chance.b)
        said += f"; A has {of_a}" if of_a == of_b else f": {of_b} against {of_a}{_times(chance)}"
    if chance.rough:
        said += f"; this rests on {chance.differ} of {whole(n)} {found.unit}s"
    return said + (_unknown(item.ignorance) if chance.shown else "") + "."


def _share_of(share: float, unit: str) -> str:
    """At most what *share* of campaigns, each a *unit*: "1 campaign in 14"."""
    if share >= 0.5:
        return f"{100 * share:.0f} in 100 {unit}s"
    return f"1 {unit} in {whole(math.floor(1 / share)) if 1 / share < 1000 else number(1 / share)}"


def _unknown(drawn: Compared) -> str:
    """The average with unknown inputs and where it may lie, both of one pass."""
    if not drawn.average_95:
        return ""
    average = f"{number(abs(drawn.difference))} {_more(drawn.difference)}"
    return f"; with unknown inputs {average} on average, which may be {spread_words(drawn.average_95)}"


def rate_sentence(rate: RateDifference | None, words: str) -> str:
    """State the difference in a *rate* of what *words* name."""
    if rate is None:
        return "nothing to divide by."
    both = f"{number(rate.b)} against {number(rate.a)}"
    if not rate.shown:
        return f"no difference in {words} shown: {number_range(*rate.difference_95)} ({both})."
    return f"B has {_size(rate, words)}: {both}."


def _between(compared: Compared, unit: str) -> str:
    return "" if compared.difference_95 is None else f": {number_range(*compared.difference_95)} per {unit}"


def _size(compared: Compared | RateDifference, words: str) -> str:
    assert compared.difference_95 is not None, "without an interval no difference is shown"
    low, high = sorted(map(abs, compared.difference_95))
    return f"{number(abs(compared.difference))} {_more(compared.difference)} {words} ({number_range(low, high)})"


def _more(difference: float) -> str:
    return "more" if difference > 0 else "fewer"


def _times(chance: Compared) -> str:
    """The ratio, where there is an interval on it and it says something that the difference does not."""
    if chance.ratio is None or chance.ratio_95 is None or LEAST_RATIO < chance.ratio < 1 / LEAST_RATIO:
        return ""
    return f", {number(chance.ratio)} times as many ({number_range(*chance.ratio_95)})"


def spread_words(ends: tuple[float, float]) -> str:
    """A range of differences in words: "2.1 to 9.8 more", or "from 0.3 fewer to 2.0 more" where the sign is open."""
    low, high = ends
    if low < 0 < high:
        return f"from {number(-low)} fewer to {number(high)} more"
    near, far = sorted((abs(low), abs(high)))
    return f"{number_range(near, far)} {_more(low + high)}"


def difference_cell(compared: Compared) -> str:
    """A difference for a table: "+0.12 (0.08 to 0.16)", "none shown: -0.02 to 0.05" or "same in all"."""
    if compared.differ == 0:
        return "same in all"
    rough = f"†{compared.differ}" if compared.rough and compared.shown else ""
    return rate_cell(compared) + rough


def rate_cell(compared: Compared | RateDifference) -> str:
    """The same for a rate, which differs always."""
    if compared.difference_95 is None:
        return "none shown"
    ends = number_range(*compared.difference_95)
    if not compared.shown:
        return f"none shown: {ends}"
    return f"{'+' if compared.difference > 0 else ''}{number(compared.difference)} ({ends})"


def notes(found: CompareFound) -> Iterator[str]:
    """What belongs under the tables: what the pairing was worth, and how to get either side alone."""
    yield _pairing_worth(found)
    if not found.run.same_passages:
        yield "A and B have other people, so the intervals are rather too wide than too narrow."
    for letter, side in found.sides.items():
        drawn = side.envelope
        if side.drawn_wider:
            yield (
                f"{letter} is drawn for threshold {drawn.threshold:g} and above and lists up to {whole(drawn.size)}, as the "
                f"other is, so that its own threshold and list only hide some of the same people: lfrsim run gives "
                f"{letter}'s numbers with --envelope {drawn.threshold:g},{drawn.size:.15g}."
            )


def _pairing_worth(found: CompareFound) -> str:
    """State what the same random numbers were worth, for the sentences above the tables."""
    n, told = found.run.replications, (found.measures[measure] for measure in TOLD)
    said = [worth for item in told if (worth := _worth(item.chance.pairing, item.words, n, found.unit))]
    if not said:
        return f"A and B have the same random numbers; fewer than {FEW} {found.unit}s differ, too few to say what that is worth."
    return f"A and B have the same random numbers. With numbers of their own, {'; '.join(said)}."


def _worth(pairing: Pairing, words: str, n: int, unit: str) -> str:
    if pairing.verdict == "unclear":
        return f"{words}: no clear gain or loss"
    if pairing.verdict in ("exact", "few") or pairing.unpaired_campaigns is None:
        return ""
    unpaired = pairing.unpaired_campaigns
    told = f"{words}: {number(unpaired)} {unit}s of each to be as sure ({number(unpaired / n)} times as many)"
    return f"{told}, so that sharing them cost something here" if pairing.verdict == "cost" else told


def warned(found: CompareFound) -> Iterator[str]:
    """What may mislead: few campaigns, inputs drawn in one scenario only, and the caveats of both."""
    yield from few(found.run.replications, found.unit, "differences and ranges")
    if found.drawn_in_one:
        yield (
            f"{', '.join(found.drawn_in_one)}: fixed in one scenario and drawn from an interval in the other, which is part "
            f"of the difference where inputs are drawn. Fix it in both (--set-a and --set-b) to compare two settings of it."
        )
    for texts in (found.warnings, found.caveats):
        yield from (text if text in texts.b else f"A: {text}" for text in texts.a)
        yield from (f"B: {text}" for text in texts.b if text not in texts.a)


__all__ = [
    "TOLD", "UNITS", "difference_cell", "notes", "rate_cell", "rate_sentence", "sentence", "spread_words", "unlike_size",
    "value_words", "warned", "what_differs",
]  # fmt: skip
