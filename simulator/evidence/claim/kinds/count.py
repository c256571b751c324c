"""A claim of a count: so many arrests, a handful of false positives, so many pounds."""

from __future__ import annotations

import math

from simulator.claim.figures import is_part, is_tally, words_of
from simulator.claim.kinds import CountClaim
from simulator.claim.models import Claim, ClaimFile
from simulator.evidence.claim.agreement import from_documents, of_count, sides_of
from simulator.evidence.claim.judged import AtItsWord, Carried, Judged
from simulator.evidence.claim.kinds.fact import other_subjects
from simulator.evidence.claim.rate_law import RateLaw
from simulator.evidence.claim.units import pictures_of, table_of, units_of
from simulator.evidence.claim.verdict import Precision, verdict
from simulator.evidence.claim.what_follows import carried

# More counts than these are no word such as "a handful".
MOST_MEANINGS = 1000


def judge(key: str, claim: Claim, file: ClaimFile) -> Judged:
    """Hold a claimed count against the counts that the claim's evidence states."""
    counted = claim.count
    if counted is None:
        raise ValueError("the claim is not of a count")
    findings = [of_count(name, file.evidence[name], claim, file) for name in claim.evidence]
    findings += from_documents(claim.documents)
    units = units_of(counted.event, counted.unit, None) or ("deployments", *counted.spread_over)
    tables = tuple(
        table for name in claim.evidence if (table := table_of(name, file.evidence[name], counted.event, units, file))
    )
    own = words_of(counted.unit or counted.event, file.words, 1)
    pictures = pictures_of(tables, counted.unit or "", counted.also_counted, file)
    pictures = (*pictures, *other_subjects(tuple(findings)))
    precision = Precision(not claim.asserts_cause, "cause" if claim.asserts_cause else "counted")
    return Judged(
        key,
        claim,
        own,
        tuple(findings),
        precision,
        pictures,
        verdict(sides_of(findings), precision, own, pictures),
        tables,
        at_its_word(counted),
        _carried(counted, file) if claim.carries_over else (),
        extra={"spread_over": _spread(counted, claim, file)},
    )


def at_its_word(counted: CountClaim) -> tuple[AtItsWord, ...]:
    """What a claimed count says of the rate per each unit of its own, for one count or for a word that means several."""
    low, high = counted.claimed.ends
    if not is_tally(counted.event) or not math.isfinite(high):
        return ()
    fewest, most = math.ceil(low - 1e-9), math.floor(high + 1e-9)
    if most < fewest or most - fewest >= MOST_MEANINGS:
        return ()
    found = []
    for unit, number in counted.out_of.items():
        if number.value:
            law = RateLaw(fewest, most, number.value, is_part(counted.event, unit))
            found.append(AtItsWord(counted.event, unit, law, law.envelope(), law.interval(), law.quantile(0.5)))
    return tuple(found)


def _carried(counted: CountClaim, file: ClaimFile) -> tuple[Carried, ...]:
    """The claimed count, carried over the file's larger uses, by the claim's own unit."""
    first = next(iter(at_its_word(counted)), None)
    return () if first is None else carried(first.law, "the claim, taken at its word", first.unit, file.reach)


def _spread(counted: CountClaim, claim: Claim, file: ClaimFile) -> list[dict[str, object]]:
    """The claimed number divided by figures of the evidence: pounds per arrest, if the pounds are right."""
    low, high = counted.claimed.ends
    return [
        {"per": name, "of": evidence, "low": low / number, "high": high / number, "number": number}
        for name in counted.spread_over
        for evidence in claim.evidence
        if (number := file.evidence[evidence].figures.get(name))
    ]


__all__ = ["judge"]
