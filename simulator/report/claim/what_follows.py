"""What a rate means further on, in sentences: a claim at its word, what would show it, a year of it, benchmarks."""

from __future__ import annotations

from collections.abc import Mapping

from simulator.claim.figures import words_of
from simulator.evidence.claim.judged import AtItsWord, Benchmarked, Carried, Needed
from simulator.evidence.numbers import count_range, number, whole
from simulator.report.claim.words import joint_of, large, one_in, p_text, percent_text, span_text

SHOWN = {
    True: "what was observed shows it",
    False: "what was observed shows the contrary",
    None: "what was observed shows neither it nor the contrary",
}


def word_lines(found: AtItsWord, said: str | None, own: Mapping[str, str]) -> list[str]:
    """What a claimed count says of the rate if it is taken at its word: exact envelope, mixture and its weights."""
    law, unit, one = found.law, words_of(found.unit, own), words_of(found.unit, own, 1)
    event = words_of(found.event, own, law.most)
    joint = joint_of(found.event, found.unit)
    envelope = span_text(found.envelope, found.event, found.unit)
    if law.fewest == law.most:
        return [
            f"Taken at its word, {whole(law.most)} {event} {joint} {whole(law.exposure)} {unit}: per {one} {envelope} (exact "
            f"95 % interval)."
        ]
    many = law.most - law.fewest + 1
    name = f'"{said}"' if said else "the number"
    return [
        f"Taken at its word, {name} read as {law.fewest} to {law.most} {event} {joint} {whole(law.exposure)} {unit}: per {one} "
        f"{span_text(found.mixture, found.event, found.unit)}, median {one_in(found.median)} (95 %, Jeffreys mixture of the "
        f"{many} counts with equal weights, 1/{many} each); whichever of them is meant: {envelope} (envelope of the exact "
        f"95 % intervals)."
    ]


def needed_lines(found: tuple[Needed, ...], own: Mapping[str, str]) -> list[str]:
    """What would have to be observed to show each limit at 95 %, and whether what was observed does."""
    return [
        f"To show at 95 % that it is below 1 in {large(item.one_in)} {words_of(item.unit, own)} takes "
        + ", ".join(_seen(seen, exposure) for seen, exposure in item.exposures.items())
        + f": {SHOWN[item.shown]}."
        for item in found
    ]


def _seen(seen: int, exposure: float) -> str:
    return f"{large(exposure)} {'without one' if seen == 0 else f'with {seen}'}"


def carried_lines(found: tuple[Carried, ...], own: Mapping[str, str]) -> list[str]:
    """A rate carried over larger uses: number at the counted rate, and its range if nothing else changes."""
    return [
        f"{item.words[:1].upper()}{item.words[1:]} ({large(item.exposure)} {words_of(item.unit, own)}, {item.grade}): "
        f"{_at_the_rate(item)} with 95 %, {_supposed(item)}."
        for item in found
    ]


def _at_the_rate(item: Carried) -> str:
    if item.mean == 0:
        return f"up to {whole(item.predicted.high)}"
    return f"about {number(item.mean)} at the counted rate, {count_range(*item.predicted)}"


def _supposed(item: Carried) -> str:
    """What must hold for the range: words that never part from it."""
    if item.grade == "assumed":
        return "if every camera did as here, which nobody knows"
    return "if threshold, list, cameras and ways of working stay the same"


def basis_text(found: tuple[Carried, ...]) -> str:
    """From what the rate is, and what carrying it supposes."""
    return (
        f"At the rate of: {found[0].basis}. Chance and what is not known of the rate are in the range. Nobody knows whether "
        f"another force, or another year, would have this rate."
    )


def benchmark_lines(found: tuple[Benchmarked, ...]) -> list[str]:
    """How probable the observed share, or one further off, is under each benchmark."""
    lines = []
    for item in found:
        share, observed = item.benchmark.share, item.top / item.bottom
        beyond, chance = ("more", item.at_least) if observed >= share else ("fewer", item.at_most)
        lines.append(
            f"{whole(item.top)} of {whole(item.bottom)} ({percent_text(observed)}) beside {percent_text(share)} "
            f"({item.benchmark.words}): if that were the chance of each, {whole(item.top)} or {beyond} would come with "
            f"probability {p_text(chance)} (exact binomial)."
        )
    return lines


__all__ = ["basis_text", "benchmark_lines", "carried_lines", "needed_lines", "word_lines"]
