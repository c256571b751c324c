"""What a scenario knew before the record: both results, why they count as they do, and where they conflict."""

from __future__ import annotations

from collections.abc import Iterator

from simulator.evidence.fit.found import FitFound
from simulator.evidence.fit.prior_found import MedianOf, PriorFound
from simulator.evidence.numbers import number
from simulator.report.inputs import short, words_of


def prior_sentences(found: FitFound) -> Iterator[str]:
    """For every input that the scenario may have evidence of: by the record alone, with that evidence, and which is taken."""
    for prior in found.priors:
        words = words_of(prior.key)
        alone = f"{words[:1].upper()}{words[1:]} by this record alone: {with_ends(prior.alone)}"
        if prior.with_evidence is None:
            yield f"{alone}. That goes into the fitted scenario, because {prior.why}."
            continue
        yield (
            f"{alone}. With the scenario's evidence before it: {with_ends(prior.with_evidence)}, which goes into the fitted "
            f"scenario (--prior fresh: the first). The evidence: {prior.why}."
        )
        yield from _conflict(prior)


def _conflict(prior: PriorFound) -> Iterator[str]:
    if prior.conflicts and prior.conflict_p is not None:
        yield (
            f"Record and evidence conflict: by the whole of that evidence a count as far off as this record's comes with a "
            f"probability of {number(prior.conflict_p)}. One of them is of something else (system, counting of faces, people); "
            f"find out which before either is used."
        )


def with_ends(law: MedianOf) -> str:
    """The median of a *law* with its 95 % interval."""
    low, high = law.interval_95
    return f"{short(law.median)} ({short(low)} to {short(high)})"


__all__ = ["prior_sentences", "with_ends"]
