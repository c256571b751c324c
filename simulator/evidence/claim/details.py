"""What a page of claims says besides ``claims.json``: the file as it was read, and what JSON has no key for; ``details.json``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from simulator.claim.models import ClaimFile
from simulator.evidence.claim.agreement import most_telling
from simulator.evidence.claim.judged import Judged
from simulator.evidence.claim.kinds.change import least_fall
from simulator.evidence.claim.ratios import ratio_of
from simulator.evidence.claim.units import ERRORS
from simulator.evidence.claim.unmentioned import SimulatedIn
from simulator.evidence.kept import Found


@dataclass(frozen=True, kw_only=True)
class CannotFail:
    """With so many *alerts* of so many *faces* a limit per face is kept even if every alert was false."""

    alerts: float
    faces: float


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
    """The alerts and faces with which the claim would hold even if every alert had been false; None where it would not.

    Few faces raise an alert. A limit per face above that rate is kept whatever the alerts are.
    """
    rated, best = file.claims[judged.key].rate, most_telling(judged.numbers)
    if rated is None or best is None or rated.event not in ERRORS or rated.per != "faces":
        return None
    worst = ratio_of(file.evidence[best.name].figures, "alerts", "faces")
    if worst is None or worst.interval_95 is None:
        return None
    highest = worst.interval_95.high if rated.speaks == "chance" else worst.rate
    return CannotFail(alerts=worst.top, faces=worst.bottom) if rated.claimed.allows(highest) else None


__all__ = ["CannotFail", "ClaimDetails", "Details", "details_of"]
