"""A claim of a rate: one in so many faces, one arrest in so many minutes, a chance that is "virtually zero"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from simulator.claim.figures import words_of
from simulator.claim.kinds import RateClaim
from simulator.claim.models import Claim, ClaimFile
from simulator.evidence.claim.agreement import Finding, from_documents, of_rate
from simulator.evidence.claim.judged import Weighed
from simulator.evidence.claim.key_figure import figure_of_rate
from simulator.evidence.claim.kinds.fact import other_subjects
from simulator.evidence.claim.no_test import COULD_BE_WRONG, cannot_fail, could_not_differ, needs_alerts
from simulator.evidence.claim.rate_law import law_of
from simulator.evidence.claim.ratios import chance_of, ratio_of
from simulator.evidence.claim.readings import Reading, readings_of
from simulator.evidence.claim.settle import most_telling, settle
from simulator.evidence.claim.unconfirmed import if_unconfirmed
from simulator.evidence.claim.units import ERRORS, first_of, pictures_of, tables_of, units_of
from simulator.evidence.claim.verdict import Precision
from simulator.evidence.claim.verdict_words import read_as
from simulator.evidence.claim.what_follows import benchmarked, carried
from simulator.evidence.claim.words import few_text


def weigh(claim: Claim, file: ClaimFile) -> Weighed:
    """Hold a claimed rate against those that the claim's evidence gives."""
    rated = claim.rate
    if rated is None:
        raise ValueError("the claim is not of a rate")
    findings = [of_rate(name, file.evidence[name], claim, file) for name in claim.evidence]
    documents = from_documents(claim, file)
    deciding = settle((*findings, *documents), rated.claimed).deciding
    best = most_telling(findings, deciding)
    ratio = best.rate if best else None
    # what settled the claim is also what shows it per other units
    shown = deciding if best is None or best in deciding else (best,)
    tables = first_of(shown, tables_of(claim, rated.event, units_of(rated.event, rated.per, rated.also_per), file))
    law = ratio and law_of(rated.event, rated.per, int(ratio.top), int(ratio.top), ratio.bottom)
    return Weighed(
        unit=words_of(rated.per, file.words, 1),
        read_as=read_as(claim, file),
        key_figure=figure_of_rate(claim, (*findings, *documents), deciding, tables, file),
        numbers=(*findings, *documents),
        precision=_precision(claim, rated, best, deciding, file),
        per_what=(
            *pictures_of(tables, rated.per, rated.also_counted, file, rated.speaks == "chance"),
            *other_subjects(documents),
        ),
        rates=tables,
        if_unconfirmed=if_unconfirmed(rated.event, findings, file),
        readings=_readings(rated, findings, deciding, file),
        carried=carried(law, rated.event, rated.per, file.reach, best.what)
        if best and law and claim.carries_over
        else (),
        benchmarks=benchmarked(rated.benchmarks, ratio),
    )


def _precision(
    claim: Claim, rated: RateClaim, best: Finding | None, deciding: Sequence[Finding], file: ClaimFile
) -> Precision:
    """A figure of the record is what was counted; a chance must be pinned down by the interval, and a cause by more.

    What could not have come out otherwise pins down nothing; where several decide, none of them could.
    """
    figures = {} if best is None else file.evidence[best.name].figures
    all_of_them = [file.evidence[item.name].figures for item in deciding if item.rate is not None] or [figures]
    ends = rated.claimed.ends
    if rated.accuracy:
        return Precision(shown=False, why="never_alerting")
    if cannot_fail(rated.event, rated.per, rated.claimed, figures) is not None:
        return Precision(shown=False, why="could_not_fail")
    few = [could_not_differ(rated.event, rated.per, ends, each) for each in all_of_them]
    if few[0] is not None and all(few):
        return Precision(shown=False, why="could_not_differ", words=few_text(rated.event, few[0], file.words))
    if needs_alerts(rated.event, rated.per, rated.claimed, figures):
        return Precision(shown=False, why="needs_alerts")
    if claim.asserts_cause:
        return Precision(shown=False, why="cause")
    if rated.speaks == "record":
        return Precision(shown=True, why="counted")
    ratio = None if best is None else best.rate
    if ratio is None or ratio.interval_95 is None:
        return Precision(shown=False, why="nothing")
    held = chance_of(ratio, rated.claimed)
    inside = ends[0] <= held.low and held.high <= ends[1]
    return Precision(shown=inside, why="inside" if inside else "not_inside")


def _readings(
    rated: RateClaim, findings: Sequence[Finding], deciding: Sequence[Finding], file: ClaimFile
) -> tuple[Reading, ...]:
    """What the claim's words could mean: the limits that the file lists and its own; an accuracy per alert too.

    By what decides, and by the most that came later: where it can be by evidence that states what could have been wrong.
    """
    if rated.event not in ERRORS:
        return ()
    own = rated.claimed.at_most or (rated.claimed.value if rated.accuracy else None)
    limits = sorted({*rated.readings, *((own,) if own else ())}, reverse=True)
    of = COULD_BE_WRONG[rated.event]
    made: list[Reading] = []
    for telling in _telling(findings, deciding, of, file):
        figures = file.evidence[telling.name].figures
        for unit in dict.fromkeys((rated.per, of) if rated.accuracy else (rated.per,)):
            ratio = ratio_of(figures, rated.event, unit)
            ratios = () if ratio is None else (ratio,)
            made += readings_of(limits, rated.event, unit, ratios, figures, telling.name)
    return tuple(made)


def _telling(findings: Sequence[Finding], deciding: Sequence[Finding], of: str, file: ClaimFile) -> Iterator[Finding]:
    for items in ([item for item in findings if not item.later], [item for item in findings if item.later]):
        stating = [item for item in items if of in file.evidence[item.name].figures]
        best = most_telling(stating, deciding) or most_telling(items, deciding)
        if best is not None:
            yield best


__all__ = ["weigh"]
