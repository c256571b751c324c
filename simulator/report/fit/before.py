"""What a scenario knew before the record: both results, why they count as they do, and where they conflict."""

from __future__ import annotations

from collections.abc import Iterator

from simulator.evidence.fit.found import FitFound, InputFound
from simulator.evidence.fit.prior_found import MedianOf, PriorFound
from simulator.evidence.numbers import number
from simulator.report.inputs import with_ends, words_of


def prior_sentences(found: FitFound) -> Iterator[str]:
    """For every input that the scenario may have evidence of: by the record alone, with that evidence, and which is taken."""
    for prior in found.priors:
        words = words_of(prior.key)
        alone = f"{words[:1].upper()}{words[1:]} by this record alone: {median_of(prior.alone)}"
        if prior.with_evidence is None:
            yield f"{alone}. That goes into the fitted scenario, because {prior.why}."
            continue
        yield (
            f"{alone}. With the scenario's evidence before it: {median_of(prior.with_evidence)}, which goes into the fitted "
            f"scenario (--prior fresh: the first). The evidence: {prior.why}. {made_of(prior)}"
        )
        yield from _conflict(prior)


def made_of(prior: PriorFound) -> str:
    """How much of the result is the evidence, and whether the record is as that would have it."""
    whose = "evidence of another force or system" if prior.may_not_hold else "evidence"
    return (
        f"{100 * (prior.share or 0):.0f} % of what it is made of is that {whose}, by which a count as far off as this record's "
        f"has a probability of {number(prior.conflict_p or 0)}."
    )


def _conflict(prior: PriorFound) -> Iterator[str]:
    if prior.conflicts:
        yield (
            "Record and evidence conflict: one of them is of something else (system, counting of faces, people). Find out which "
            "before either is used."
        )


def before(item: InputFound, to: str = " to ") -> str:
    """What stands in the scenario now for an input that the record sets."""
    return "" if item.before is None else with_ends(item.before, item.before_95, to)


def median_of(law: MedianOf) -> str:
    """The median of a *law* with its 95 % interval."""
    return with_ends(law.median, law.interval_95)


__all__ = ["before", "made_of", "median_of", "prior_sentences"]
