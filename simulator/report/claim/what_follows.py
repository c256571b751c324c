"""What a rate means further on, in sentences: a claim at its word, a year of it, benchmarks, list and listed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from simulator.claim.figures import words_of
from simulator.evidence.claim.judged import AtItsWord, Benchmarked, Carried
from simulator.evidence.claim.list_and_share import AgainstList, BreakEven
from simulator.evidence.claim.what_follows import FEWEST, FURTHEST
from simulator.evidence.claim.words import capital, joint_of, large, limit, one_in, p_text, percent_text, span_text
from simulator.evidence.numbers import whole
from simulator.evidence.statistics.intervals import Interval

NOT_CARRIED = (
    f"None is carried from fewer than {FEWEST}, over more than {whole(FURTHEST)} times what was counted, or to more than there "
    "can be (of false alerts: alerts)."
)
# Fewer expected events than these are told as that.
FEWEST_TOLD = 0.1


def word_line(found: AtItsWord, said: str | None, own: Mapping[str, str]) -> str:
    """What a claimed count says of the rate if it is taken at its word: exact envelope, mixture and its weights."""
    unit, one = words_of(found.per, own, found.exposure), words_of(found.per, own, 1)
    event = words_of(found.event, own, found.most)
    joint = joint_of(found.event, found.per, found.most, found.exposure)
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


def carried_lines(found: Sequence[Carried], own: Mapping[str, str], stated: str = "the claim") -> list[str]:
    """A rate carried over larger uses: number if *stated* is right, and at the counted rate, each with its range."""
    uses: dict[str, list[Carried]] = {}
    for item in found:
        uses.setdefault(item.words, []).append(item)
    return [
        f"{capital(words)} ({large(items[0].exposure)} {words_of(items[0].per, own, items[0].exposure)}, {items[0].grade}): "
        f"{'; '.join(_at_the_rate(item, stated) for item in items)}, {_supposed(items[0])}."
        for words, items in uses.items()
    ]


def _at_the_rate(item: Carried, stated: str) -> str:
    at = "at the counted rate" if item.counted else f"if {stated} {'were' if stated == 'the claim' else 'are'} right"
    low, high = map(_count, item.predicted_95)
    if item.mean == 0:
        return f"{at} up to {high} (95 %)"
    about = f"about {large(item.mean)}" if item.mean >= FEWEST_TOLD else f"fewer than {FEWEST_TOLD}"
    return f"{at} {about} (95 %: {low if low == high else f'{low} to {high}'})"


def _count(x: float) -> str:
    return whole(x) if x < 10_000 else large(x)


def _supposed(item: Carried) -> str:
    """What must hold for the range: words that never part from it."""
    if item.grade == "assumed":
        return "if every camera did as here, which nobody knows"
    return "if threshold, list, cameras and ways of working stay the same"


def basis_text(found: Sequence[Carried]) -> str:
    """From what the rate is, and what carrying it supposes."""
    bases = "; ".join(dict.fromkeys(item.basis for item in found))
    return (
        f"At the rate of: {bases}. Chance and what is not known of the rate are in the range. Nobody knows whether "
        f"another force, or another year, would have this rate. {NOT_CARRIED}"
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


def list_lines(found: Sequence[AgainstList]) -> list[str]:
    """A rate per search by comparison, and against other lists."""
    if not found:
        return []
    first, *others = found
    elsewhere = "; ".join(f"{_span(item.per_search)} against {limit(item.list_size)}" for item in others)
    return [
        f"Every face is compared with every entry: {_span(first.per_search)} faces against {limit(first.list_size)} entries is "
        f"{_span(first.per_comparison)} comparisons.",
        f"At the same threshold, if every entry is as often taken for a passer-by: {elsewhere}.",
    ]


def break_even_lines(found: BreakEven | None) -> list[str]:
    """At which share of listed people half the alerts are wrong."""
    if found is None:
        return []
    if found.error.high == 0 and found.prevalence_95 is not None:
        return [
            f"No false alert was counted. With an alert from {percent_text(found.detection)} of listed people, half the alerts "
            f"can be wrong only where listed people are no more than {one_in(found.prevalence_95.high)} faces (95 %, two-sided)."
        ]
    inside = "" if found.prevalence_95 is None else f" (95 %: {_span(found.prevalence_95)})"
    return [
        f"With a false alert from {_span(found.error)} faces, and one from {percent_text(found.detection)} of listed people, "
        f"half the alerts are wrong where listed people are {_span(found.prevalence)} faces{inside}. With fewer of them most "
        f"alerts are wrong."
    ]


def _span(ends: Interval) -> str:
    return span_text(ends, "false_alerts", "faces")


__all__ = [
    "NOT_CARRIED", "basis_text", "benchmark_lines", "break_even_lines", "carried_lines", "list_lines", "word_line",
]  # fmt: skip
