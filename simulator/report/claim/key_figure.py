"""The figures behind a verdict on one line: counts out of what, with their intervals, or what stands for them."""

from __future__ import annotations

from collections.abc import Iterable

from simulator.claim.figures import words_of
from simulator.claim.models import ClaimFile
from simulator.evidence.claim.agreement import Finding
from simulator.evidence.claim.judged import Judged
from simulator.evidence.numbers import number, whole
from simulator.report.claim import change, comparison
from simulator.report.claim.tables import pictured
from simulator.report.claim.verdicts import finding_text, reading_of_word
from simulator.report.claim.words import counted_text, ratio_text

DOCUMENTS = {
    "agrees": ("document agrees", "documents agree"),
    "disagrees": ("document does not agree", "documents do not agree"),
    "from_claim": ("document is the claim's own source", "documents are the claim's own sources"),
    "otherwise": ("document shows something else", "documents show something else"),
}


def key_figure(judged: Judged, file: ClaimFile) -> str:
    """The figures that a reader of one line should see, and how a word was read; what is simulated says so."""
    kind = judged.claim.kind
    if kind == "change":
        return change.headline(judged)
    if kind == "comparison":
        return comparison.headline(judged)
    if kind == "fact":
        return _documents(judged.findings)
    stated = [
        found for found in judged.findings if found.relation in ("agrees", "disagrees") and found.number is not None
    ]
    if not stated:
        return _instead(judged, file)
    word = reading_of_word(judged, file)
    read = f"{word}; " if word else ""
    if kind == "rate" and judged.tables:
        # both figures of one piece of evidence; per alert is what most readers ask next
        first, *others = (pictured(judged) or judged.tables[0]).ratios
        second = next((ratio for ratio in others if ratio.per == "alerts"), next(iter(others), None))
        ratios = [first] if second is None else [first, second]
        return read + "; ".join(ratio_text(ratio, file.words, short=i > 0) for i, ratio in enumerate(ratios))
    grades: dict[str, list[str]] = {}
    for found in stated:
        grades.setdefault(_stated(found, judged, file), []).append(found.grade)
    return read + "; ".join(f"{text} [{', '.join(sorted(set(of)))}]" for text, of in grades.items())


def _stated(found: Finding, judged: Judged, file: ClaimFile) -> str:
    said = finding_text(found, judged, file) if found.ratio is None else counted_text(found.ratio, file.words)
    evidence, counted = file.evidence.get(found.name), judged.claim.count
    if evidence is None or counted is None:
        return said
    figures = evidence.figures
    also = [f"{whole(figures[name])} {words_of(name, file.words)}" for name in counted.also_counted if name in figures]
    return f"{said} ({', '.join(also)})" if also else said


def _instead(judged: Judged, file: ClaimFile) -> str:
    """What there is where no evidence states the number: what follows from the claim itself, or documents."""
    circle = next((found for found in judged.findings if found.relation == "from_claim"), None)
    if circle is not None:
        return f"{finding_text(circle, judged, file)}: by the claim itself only"
    spread = spread_lines(judged, file)
    if spread:
        return spread[0].removesuffix(".")
    if not judged.findings:
        return "no evidence is given"
    return _documents(judged.findings) or "none of the evidence states it"


def _documents(findings: Iterable[Finding]) -> str:
    found = list(findings)
    said = []
    for relation, (one, more) in DOCUMENTS.items():
        grades = [item.grade for item in found if item.relation == relation]
        if grades:
            said.append(f"{len(grades)} {more if len(grades) > 1 else one} [{', '.join(grades)}]")
    return "; ".join(said)


def spread_lines(judged: Judged, file: ClaimFile) -> list[str]:
    """The claimed number for each of what it is spread over: pounds per arrest, if the sum is right."""
    counted, rows = judged.claim.count, judged.extra.get("spread_over")
    if counted is None or not isinstance(rows, list):
        return []
    lines = []
    for row in rows:
        name, below = str(row["per"]), float(row["number"])
        middle = counted.claimed.value / below if counted.claimed.value else (row["low"] + row["high"]) / 2
        ends = f" ({number(row['low'])} to {number(row['high'])} as rounded)" if row["low"] < row["high"] else ""
        sum_of = (
            f"GBP {whole(round(middle))}"
            if counted.event == "gbp"
            else f"{number(middle)} {words_of(counted.event, file.words)}"
        )
        lines.append(
            f"{sum_of} per {words_of(name, file.words, 1)}{ends} if the number is right and all of it is divided by "
            f"{whole(below)} {words_of(name, file.words, below)}."
        )
    return lines


__all__ = ["key_figure", "spread_lines"]
