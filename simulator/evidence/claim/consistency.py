"""Whether published figures agree with each other: within one report, between two of the same period, and over time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import combinations, pairwise
from typing import Literal

from simulator.claim.evidence import Evidence
from simulator.claim.figures import words_of
from simulator.claim.models import ClaimFile
from simulator.evidence.numbers import as_given

# Parts that sum to a whole where all of them are stated. Not every force keeps alerts apart that nobody checked.
SUMS = (
    (("true_alerts", "unconfirmed", "false_alerts"), "alerts"),
    (("arrests", "other_disposal", "no_action"), "true_alerts"),
)
OPTIONAL = ("unconfirmed",)
ADDING_UP = ("faces", "alerts", "arrests", "false_alerts", "true_alerts", "unconfirmed", "deployments", "camera_hours")


@dataclass(frozen=True)
class Check:
    """Two numbers that should agree: which *kind* of check, of what (*figure*, in *of*), both numbers, whether they do."""

    kind: Literal["sum", "same_period", "over_time"]
    figure: str
    of: tuple[str, ...]
    left: float
    right: float
    holds: bool
    words: str = ""


def checks_of(file: ClaimFile) -> tuple[Check, ...]:
    """Every check that the evidence of *file* allows; what was assumed, or taken from a claim, is left out."""
    evidence = {name: item for name, item in file.evidence.items() if item.grade != "assumed"}
    checks = (*_sums(evidence), *_same_period(evidence), *_over_time(evidence))
    return tuple(replace(check, words=_in_words(check, file)) for check in checks)


def _in_words(check: Check, file: ClaimFile) -> str:
    """One check in a sentence, with both numbers and both publications."""
    first, last = file.evidence[check.of[0]], file.evidence[check.of[-1]]
    words = words_of(check.figure, file.words, check.right)
    left, right = as_given(check.left), as_given(check.right)
    if check.kind == "sum":
        does = "add" if check.holds else "do not add"
        return f"{first.what} [{first.grade}]: the parts {does} up, {left} against {right} {words}."
    if check.kind == "same_period":
        return (
            f"The same period, {words}: {left} by {first.publication} [{first.grade}], {right} by {last.publication} "
            f"[{last.grade}]."
        )
    moved = "fell" if not check.holds else "did not fall"
    return (
        f"{first.publication}, {words}: {moved} from {left} ({first.what}) to {right} ({last.what}) as the period grew."
    )


def _stated(item: Evidence) -> dict[str, float]:
    return {name: number for name, number in item.figures.items() if name not in item.from_claim}


def _sums(evidence: Mapping[str, Evidence]) -> Iterator[Check]:
    for name, item in evidence.items():
        for parts, all_of in SUMS:
            if all_of in item.figures and all(part in item.figures for part in parts if part not in OPTIONAL):
                total = sum(item.figures.get(part, 0) for part in parts)
                yield Check("sum", all_of, (name,), total, item.figures[all_of], total == item.figures[all_of])


def _same_period(evidence: Mapping[str, Evidence]) -> Iterator[Check]:
    """Figures that two publications state of one period, day for day."""
    for (first, a), (second, b) in combinations(evidence.items(), 2):
        if a.begins is None or (a.begins, a.ends) != (b.begins, b.ends) or a.publication == b.publication:
            continue
        for name in _stated(a):
            if name in _stated(b):
                left, right = a.figures[name], b.figures[name]
                yield Check("same_period", name, (first, second), left, right, left == right)


def _over_time(evidence: Mapping[str, Evidence]) -> Iterator[Check]:
    """Totals of one publication that begin on one day cannot fall as the period grows."""
    series: dict[tuple[str, object], list[tuple[str, Evidence]]] = {}
    for name, item in evidence.items():
        if item.begins and item.ends:
            series.setdefault((item.publication, item.begins), []).append((name, item))
    for items in series.values():
        ordered = sorted(items, key=lambda pair: pair[1].ends or pair[1].begins)  # type: ignore[arg-type,return-value]
        for (first, a), (second, b) in pairwise(ordered):
            for name in ADDING_UP:
                if name in a.figures and name in b.figures:
                    left, right = a.figures[name], b.figures[name]
                    yield Check("over_time", name, (first, second), left, right, left <= right)


__all__ = ["Check", "checks_of"]
