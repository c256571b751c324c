"""A claim of a rate: one in so many faces, one arrest in so many minutes, a chance that is "virtually zero"."""

from __future__ import annotations

from simulator.claim.figures import is_part, is_tally, words_of
from simulator.claim.kinds import RateClaim
from simulator.claim.models import Claim, ClaimFile
from simulator.evidence.claim.agreement import Finding, from_documents, of_rate, sides_of
from simulator.evidence.claim.judged import Judged
from simulator.evidence.claim.kinds.fact import other_subjects
from simulator.evidence.claim.rate_law import RateLaw
from simulator.evidence.claim.ratios import Ratio, ratio_of
from simulator.evidence.claim.units import ERRORS, pictures_of, table_of, units_of
from simulator.evidence.claim.verdict import Precision, verdict
from simulator.evidence.claim.what_follows import benchmarked, carried, needed


def judge(key: str, claim: Claim, file: ClaimFile) -> Judged:
    """Hold a claimed rate against those that the claim's evidence gives."""
    rated = claim.rate
    if rated is None:
        raise ValueError("the claim is not of a rate")
    findings = [of_rate(name, file.evidence[name], claim, file) for name in claim.evidence]
    best = _best(findings)
    ratio = best.ratio if best else None
    documents = tuple(from_documents(claim.documents))
    units = units_of(rated.event, rated.per, rated.also_per)
    tables = tuple(
        table for name in claim.evidence if (table := table_of(name, file.evidence[name], rated.event, units, file))
    )
    # what settled the claim is also what shows it per other units
    tables = tuple(sorted(tables, key=lambda table: best is None or table.of != best.name))
    pictures = (
        *pictures_of(tables, rated.per, rated.also_counted, file, rated.speaks == "chance"),
        *other_subjects(documents),
    )
    precision = _precision(claim, rated, ratio)
    own = words_of(rated.per, file.words, 1)
    law = _law(rated, ratio)
    return Judged(
        key,
        claim,
        own,
        (*findings, *documents),
        precision,
        pictures,
        verdict(sides_of((*findings, *documents)), precision, own, pictures),
        tables,
        (),
        carried(law, best.what, rated.per, file.reach) if best and law and claim.carries_over else (),
        needed(_limits(rated), rated.per, ratio) if rated.event in ERRORS else (),
        benchmarked(rated.benchmarks, ratio),
        extra=_cannot_fail(rated, best, file),
    )


def _best(findings: list[Finding]) -> Finding | None:
    """The finding that says most, whatever the order: one that settles the claim, of the best grade, then the largest."""
    stated = [item for item in findings if item.ratio is not None]
    rank = {"agrees": 0, "disagrees": 1, "from_claim": 3, "assumed": 4}

    def weight(item: Finding) -> tuple[int, str, float]:
        return rank.get(item.relation, 2), item.grade, -(item.ratio.bottom if item.ratio else 0.0)

    return min(stated, key=weight, default=None)


def _precision(claim: Claim, rated: RateClaim, ratio: Ratio | None) -> Precision:
    """A figure of the record is what was counted; a chance must be pinned down by the interval, and a cause by more."""
    if claim.asserts_cause:
        return Precision(False, "cause")
    if rated.speaks == "record":
        return Precision(True, "counted")
    if ratio is None or ratio.interval is None:
        return Precision(False, "nothing")
    low, high = rated.claimed.ends
    top = ratio.interval.high if ratio.bound is None else ratio.bound
    inside = low <= ratio.interval.low and top <= high
    return Precision(inside, "inside" if inside else "not_inside")


def _cannot_fail(rated: RateClaim, best: Finding | None, file: ClaimFile) -> dict[str, object]:
    """The alerts and faces with which the claim would hold even if every alert had been false; empty where it would not.

    Few faces raise an alert. A limit per face above that rate is kept whatever the alerts are.
    """
    figures = file.evidence[best.name].figures if best and best.name in file.evidence else {}
    if rated.event not in ERRORS or rated.per != "faces" or not {"alerts", "faces"} <= figures.keys():
        return {}
    worst = ratio_of(figures, "alerts", "faces")
    if worst is None or worst.interval is None:
        return {}
    highest = worst.interval.high if rated.speaks == "chance" else worst.rate
    return {"cannot_fail": {"alerts": worst.top, "faces": worst.bottom}} if rated.claimed.allows(highest) else {}


def _law(rated: RateClaim, ratio: Ratio | None) -> RateLaw | None:
    """The law of the rate, to carry further; none for what no chance moves, or for one tally by another that holds it not."""
    if ratio is None or not is_tally(rated.event):
        return None
    share = is_part(rated.event, rated.per)
    if is_tally(rated.per) and (not share or ratio.top > ratio.bottom):
        return None
    return RateLaw(int(ratio.top), int(ratio.top), ratio.bottom, share)


def _limits(rated: RateClaim) -> list[float]:
    """The rates that the claim's words could mean: those the file lists, and the limit it states itself."""
    own = rated.claimed.at_most
    return sorted({*rated.readings, *((own,) if own else ())}, reverse=True)


__all__ = ["judge"]
