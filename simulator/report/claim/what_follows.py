"""What a rate means further on, in sentences: a claim at its word, what would show it, a year of it, benchmarks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from simulator.claim.figures import words_of
from simulator.evidence.claim.judged import AtItsWord, Benchmarked, Carried, Needed
from simulator.evidence.claim.words import joint_of, large, one_in, p_text, percent_text, span_text
from simulator.evidence.numbers import count_range, number, whole

SHOWN = {
    True: "what was observed shows it",
    False: "what was observed shows the contrary",
    None: "what was observed shows neither it nor the contrary",
}


def word_line(found: AtItsWord, said: str | None, own: Mapping[str, str]) -> str:
    """What a claimed count says of the rate if it is taken at its word: exact envelope, mixture and its weights."""
    unit, one = words_of(found.per, own), words_of(found.per, own, 1)
    event = words_of(found.event, own, found.most)
    joint = joint_of(found.event, found.per)
    envelope = span_text(found.envelope_95, found.event, found.per)
    if found.fewest == found.most:
        return (
            f"Taken at its word, {whole(found.most)} {event} {joint} {whole(found.exposure)} {unit}: per {one} {envelope} (exact "
            f"95 % interval)."
        )
    many = found.most - found.fewest + 1
    name = f'"{said}"' if said else "the number"
    return (
        f"Taken at its word, {name} read as {found.fewest} to {found.most} {event} {joint} {whole(found.exposure)} {unit}: per "
        f"{one} {span_text(found.mixture_95, found.event, found.per)}, median {one_in(found.median)} (95 %, Jeffreys mixture of "
        f"the {many} counts with equal weights, 1/{many} each); whichever of them is meant: {envelope} (envelope of the exact "
        f"95 % intervals)."
    )


def needed_lines(found: Sequence[Needed], own: Mapping[str, str]) -> list[str]:
    """What would have to be observed to show each limit at 95 %, and whether what was observed does."""
    return [
        f"To show at 95 % that it is below 1 in {large(item.one_in)} {words_of(item.per, own)} takes "
        + ", ".join(_seen(need.events, need.units) for need in item.units_needed)
        + f": {SHOWN[item.shown]}."
        for item in found
    ]


def _seen(seen: int, exposure: float) -> str:
    return f"{large(exposure)} {'without one' if seen == 0 else f'with {seen}'}"


def carried_lines(found: Sequence[Carried], own: Mapping[str, str]) -> list[str]:
    """A rate carried over larger uses: number at the counted rate, and its range if nothing else changes."""
    return [
        f"{item.words[:1].upper()}{item.words[1:]} ({large(item.exposure)} {words_of(item.per, own)}, {item.grade}): "
        f"{_at_the_rate(item)} with 95 %, {_supposed(item)}."
        for item in found
    ]


def _at_the_rate(item: Carried) -> str:
    if item.mean == 0:
        return f"up to {whole(item.predicted_95.high)}"
    return f"about {number(item.mean)} at the counted rate, {count_range(*item.predicted_95)}"


def _supposed(item: Carried) -> str:
    """What must hold for the range: words that never part from it."""
    if item.grade == "assumed":
        return "if every camera did as here, which nobody knows"
    return "if threshold, list, cameras and ways of working stay the same"


def basis_text(found: Sequence[Carried]) -> str:
    """From what the rate is, and what carrying it supposes."""
    return (
        f"At the rate of: {found[0].basis}. Chance and what is not known of the rate are in the range. Nobody knows whether "
        f"another force, or another year, would have this rate."
    )


def benchmark_lines(found: Sequence[Benchmarked]) -> list[str]:
    """How probable the observed share, or one further off, is under each benchmark."""
    lines = []
    for item in found:
        share, observed = item.share, item.top / item.bottom
        beyond, chance = ("more", item.p_at_least) if observed >= share else ("fewer", item.p_at_most)
        lines.append(
            f"{whole(item.top)} of {whole(item.bottom)} ({percent_text(observed)}) beside {percent_text(share)} "
            f"({item.words}): if that were the chance of each, {whole(item.top)} or {beyond} would come with "
            f"probability {p_text(chance)} (exact binomial)."
        )
    return lines


__all__ = ["basis_text", "benchmark_lines", "carried_lines", "needed_lines", "word_line"]
