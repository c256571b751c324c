"""What a page of claims says besides ``claims.json``: the file as it was read, and what JSON has no key for; ``details.json``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from simulator.claim.models import ClaimFile
from simulator.evidence.claim.judged import Judged
from simulator.evidence.claim.kinds.change import least_fall
from simulator.evidence.claim.no_test import CannotFail, cannot_fail
from simulator.evidence.claim.settle import most_telling, settle
from simulator.evidence.claim.unmentioned import SimulatedIn
from simulator.evidence.kept import Found


@dataclass(frozen=True, kw_only=True)
class ClaimDetails:
    """Of one claim: *least_fall* is the smallest fall that would be told from what comes and goes; None where none would, or no
    fall is claimed.
    """

    cannot_fail: CannotFail | None
    least_fall: float | None


@dataclass(frozen=True, kw_only=True, repr=False)
class Details(Found):
    """The claim *file* as it was read, which claims were asked for by name (*only*), and of each *claim* that was judged.

    Stated numbers have no file and no claims; *simulated_in* is of what either leaves out.
    """

    schema: Literal["lfrsim-claim-details/1"] = "lfrsim-claim-details/1"
    file: ClaimFile | None = None
    only: tuple[str, ...] = ()
    claims: Mapping[str, ClaimDetails] = field(default_factory=dict)
    simulated_in: SimulatedIn | None = None


def details_of(
    file: ClaimFile, only: Sequence[str], claims: Sequence[Judged], simulated_in: SimulatedIn | None
) -> Details:
    """Details of *claims* of *file*."""
    each = {judged.key: _details(judged, file) for judged in claims}
    return Details(file=file, only=tuple(only), claims=each, simulated_in=simulated_in)


def _details(judged: Judged, file: ClaimFile) -> ClaimDetails:
    changed = file.claims[judged.key].change
    return ClaimDetails(
        cannot_fail=_cannot_fail(judged, file),
        least_fall=None if changed is None else least_fall(changed),
    )


def _cannot_fail(judged: Judged, file: ClaimFile) -> CannotFail | None:
    """The cases with which the claim would hold whatever became of them; None where it would not."""
    claim = file.claims[judged.key]
    section = claim.count or claim.rate
    if section is None:
        return None
    deciding = settle(judged.numbers, section.claimed).deciding
    best = most_telling(judged.numbers, deciding) if claim.rate else next(iter(deciding), None)
    if best is None or best.name not in file.evidence:
        return None
    per = claim.rate.per if claim.rate else None
    return cannot_fail(section.event, per, section.claimed, file.evidence[best.name].figures)


__all__ = ["ClaimDetails", "Details", "details_of"]
