"""A claim of a count: so many arrests, a handful of false positives, so many pounds."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from simulator.claim.figures import figure, words_of
from simulator.claim.kinds import CountClaim
from simulator.claim.models import Claim, ClaimFile
from simulator.evidence.claim.agreement import Finding, from_documents, of_count
from simulator.evidence.claim.judged import AtItsWord, Carried, Spread, Weighed
from simulator.evidence.claim.key_figure import figure_of_count
from simulator.evidence.claim.kinds.fact import counted_or_cause, other_subjects
from simulator.evidence.claim.no_test import TooFew, cannot_fail, could_not_differ
from simulator.evidence.claim.rate_law import RateLaw, law_of
from simulator.evidence.claim.settle import most_telling, settle
from simulator.evidence.claim.unconfirmed import if_unconfirmed
from simulator.evidence.claim.units import first_of, pictures_of, tables_of, units_of
from simulator.evidence.claim.verdict import Precision
from simulator.evidence.claim.verdict_words import read_as
from simulator.evidence.claim.what_follows import carried
from simulator.evidence.claim.words import few_text

# More counts than these are no word such as "a handful".
MOST_MEANINGS = 1000


def weigh(claim: Claim, file: ClaimFile) -> Weighed:
    """Hold a claimed count against the counts that the claim's evidence states."""
    counted = claim.count
    if counted is None:
        raise ValueError("the claim is not of a count")
    numbers = (
        *(of_count(name, file.evidence[name], claim, file) for name in claim.evidence),
        *from_documents(claim, file),
    )
    deciding = settle(numbers, counted.claimed).deciding
    units = units_of(counted.event, counted.unit, None) or ("deployments", *counted.spread_over)
    tables = first_of(deciding, tables_of(claim, counted.event, units, file))
    spread, laws = _spread(counted, claim, file), laws_of(counted)
    return Weighed(
        unit=words_of(counted.unit or counted.event, file.words, 1),
        read_as=read_as(claim, file),
        key_figure=figure_of_count(claim, numbers, deciding, spread, file),
        numbers=numbers,
        precision=_precision(claim, counted, deciding, file),
        per_what=(
            *pictures_of(tables, counted.unit or "", counted.also_counted, file),
            *other_subjects(numbers),
        ),
        rates=tables,
        if_unconfirmed=if_unconfirmed(counted.event, numbers, file),
        at_its_word=tuple(_at_its_word(counted.event, unit, law) for unit, law in laws.items()),
        carried=_carried(counted, laws, deciding, file) if claim.carries_over else (),
        spread_over=spread,
    )


def _precision(claim: Claim, counted: CountClaim, deciding: Sequence[Finding], file: ClaimFile) -> Precision:
    """So few cases say nothing, nor does a limit that none of them can miss; else what was counted is known as it was counted."""
    figures = [file.evidence[item.name].figures for item in deciding if item.name in file.evidence]
    if figures and all(cannot_fail(counted.event, None, counted.claimed, each) for each in figures):
        return Precision(shown=False, why="could_not_fail")
    few = [_too_few(counted, each) for each in figures]
    if few and few[0] is not None and all(few):
        return Precision(shown=False, why="could_not_differ", words=few_text(counted.event, few[0], file.words))
    return counted_or_cause(claim)


def _too_few(counted: CountClaim, figures: Mapping[str, float]) -> TooFew | None:
    """Of what too few were counted, by the claim's unit or, without one, by what could have been the event."""
    low, high = counted.claimed.ends
    bottom = 1.0 if counted.unit is None else figure(figures, counted.unit) or 1.0
    plain = counted.claimed.value if counted.unit is None else None
    return could_not_differ(counted.event, counted.unit, (low / bottom, high / bottom), figures, plain)


def laws_of(counted: CountClaim) -> dict[str, RateLaw]:
    """What a claimed count says of the rate per each unit of its own, for one count or for a word that means several."""
    low, high = counted.claimed.ends
    if not math.isfinite(high):
        return {}
    fewest, most = math.ceil(low - 1e-9), math.floor(high + 1e-9)
    if most < fewest or most - fewest >= MOST_MEANINGS:
        return {}
    return {
        unit: law
        for unit, number in counted.out_of.items()
        if number.value and (law := law_of(counted.event, unit, fewest, most, number.value)) is not None
    }


def _at_its_word(event: str, unit: str, law: RateLaw) -> AtItsWord:
    return AtItsWord(
        event=event,
        per=unit,
        fewest=law.fewest,
        most=law.most,
        exposure=law.exposure,
        weight_of_each_count=law.weight,
        envelope_95=law.envelope(),
        mixture_95=law.interval(),
        median=law.quantile(0.5),
    )


def _carried(
    counted: CountClaim, laws: Mapping[str, RateLaw], deciding: Sequence[Finding], file: ClaimFile
) -> tuple[Carried, ...]:
    """The claimed count and the one on record, carried over the file's larger uses, by the claim's own unit."""
    unit = next(iter(laws), None)
    if unit is None:
        return ()
    claimed = carried(laws[unit], counted.event, unit, file.reach, "the claim, taken at its word", counted=False)
    best = most_telling(deciding, deciding)
    ratio = None if best is None or best.bound else best.rate
    law = None if ratio is None else law_of(counted.event, unit, int(ratio.top), int(ratio.top), ratio.bottom)
    if best is None or law is None:
        return claimed
    return (*claimed, *carried(law, counted.event, unit, file.reach, best.what))


def _spread(counted: CountClaim, claim: Claim, file: ClaimFile) -> tuple[Spread, ...]:
    """The claimed number divided by figures of the evidence: pounds per arrest, if the pounds are right."""
    low, high = counted.claimed.ends
    return tuple(
        Spread(
            per=name,
            of=evidence,
            low=low / number,
            high=high / number if math.isfinite(high) else None,
            number=number,
        )
        for name in counted.spread_over
        for evidence in claim.evidence
        if (number := file.evidence[evidence].figures.get(name))
    )


__all__ = ["weigh"]
