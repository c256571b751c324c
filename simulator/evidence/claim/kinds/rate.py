"""A claim of a rate: one in so many faces, one arrest in so many minutes, a chance that is "virtually zero"."""

from __future__ import annotations

from collections.abc import Sequence

from simulator.claim.figures import words_of
from simulator.claim.kinds import RateClaim
from simulator.claim.models import Claim, ClaimFile
from simulator.evidence.claim.agreement import Finding, from_documents, most_telling, of_rate
from simulator.evidence.claim.judged import Weighed
from simulator.evidence.claim.key_figure import figure_of_rate
from simulator.evidence.claim.kinds.fact import other_subjects
from simulator.evidence.claim.rate_law import law_of
from simulator.evidence.claim.ratios import Ratio, ratio_of
from simulator.evidence.claim.readings import COULD_BE_WRONG, Reading, readings_of
from simulator.evidence.claim.units import ERRORS, pictures_of, tables_of, units_of
from simulator.evidence.claim.verdict import Precision
from simulator.evidence.claim.verdict_words import read_as
from simulator.evidence.claim.what_follows import benchmarked, carried


def weigh(claim: Claim, file: ClaimFile) -> Weighed:
    """Hold a claimed rate against those that the claim's evidence gives."""
    rated = claim.rate
    if rated is None:
        raise ValueError("the claim is not of a rate")
    findings = [of_rate(name, file.evidence[name], claim) for name in claim.evidence]
    documents = from_documents(claim.documents)
    best = most_telling(findings)
    ratio = best.rate if best else None
    tables = tables_of(claim, rated.event, units_of(rated.event, rated.per, rated.also_per), file)
    # what settled the claim is also what shows it per other units
    tables = tuple(sorted(tables, key=lambda table: best is None or table.evidence != best.name))
    law = ratio and law_of(rated.event, rated.per, int(ratio.top), int(ratio.top), ratio.bottom)
    return Weighed(
        unit=words_of(rated.per, file.words, 1),
        read_as=read_as(claim, file),
        key_figure=figure_of_rate(claim, (*findings, *documents), tables, file),
        numbers=(*findings, *documents),
        precision=_precision(claim, rated, ratio),
        per_what=(
            *pictures_of(tables, rated.per, rated.also_counted, file, rated.speaks == "chance"),
            *other_subjects(documents),
        ),
        rates=tables,
        readings=_readings(rated, findings, file),
        carried=carried(law, best.what, rated.per, file.reach) if best and law and claim.carries_over else (),
        benchmarks=benchmarked(rated.benchmarks, ratio),
    )


def _precision(claim: Claim, rated: RateClaim, ratio: Ratio | None) -> Precision:
    """A figure of the record is what was counted; a chance must be pinned down by the interval, and a cause by more."""
    if claim.asserts_cause:
        return Precision(shown=False, why="cause")
    if rated.speaks == "record":
        return Precision(shown=True, why="counted")
    if ratio is None or ratio.interval_95 is None:
        return Precision(shown=False, why="nothing")
    low, high = rated.claimed.ends
    top = ratio.interval_95.high if ratio.one_sided_95 is None else ratio.one_sided_95
    if high < ratio.interval_95.low or top < low:
        return Precision(shown=False, why="outside")
    inside = low <= ratio.interval_95.low and top <= high
    return Precision(shown=inside, why="inside" if inside else "not_inside")


def _readings(rated: RateClaim, findings: Sequence[Finding], file: ClaimFile) -> tuple[Reading, ...]:
    """What the claim's words could mean: the limits that the file lists and its own; an accuracy per alert too.

    By the most telling evidence that states what could have been wrong, or else the most telling.
    """
    if rated.event not in ERRORS:
        return ()
    of = COULD_BE_WRONG[rated.event]
    telling = most_telling(item for item in findings if of in file.evidence[item.name].figures) or most_telling(
        findings
    )
    own = rated.claimed.at_most or (rated.claimed.value if rated.accuracy else None)
    limits = sorted({*rated.readings, *((own,) if own else ())}, reverse=True)
    figures = file.evidence[telling.name].figures if telling else {}
    made: list[Reading] = []
    for unit in dict.fromkeys((rated.per, of) if rated.accuracy else (rated.per,)):
        ratio = ratio_of(figures, rated.event, unit)
        made += readings_of(
            limits, rated.event, unit, () if ratio is None else (ratio,), figures, rated.accuracy,
            telling.name if telling else None,
        )  # fmt: skip
    return tuple(made)


__all__ = ["weigh"]
