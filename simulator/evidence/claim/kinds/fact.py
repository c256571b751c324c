"""A claim that no count settles: what documents say of it, for, against, or of something else."""

from __future__ import annotations

from collections.abc import Sequence

from simulator.claim.models import Claim, ClaimFile
from simulator.evidence.claim.agreement import Finding, from_documents
from simulator.evidence.claim.judged import Weighed
from simulator.evidence.claim.key_figure import documents_text
from simulator.evidence.claim.verdict import Picture, Precision


def weigh(claim: Claim, file: ClaimFile) -> Weighed:
    """Weigh *claim* by its documents alone."""
    findings = from_documents(claim, file)
    return Weighed(
        unit=claim.about or "what it speaks of",
        key_figure=documents_text(findings),
        numbers=findings,
        precision=counted_or_cause(claim),
        per_what=other_subjects(findings),
    )


def counted_or_cause(claim: Claim) -> Precision:
    """What was counted is known as it was counted; that the cameras brought it about is more than that."""
    return Precision(shown=not claim.asserts_cause, why="cause" if claim.asserts_cause else "counted")


def other_subjects(findings: Sequence[Finding]) -> tuple[Picture, ...]:
    """Pictures of what a claim leaves open, from documents that speak of something else."""
    return tuple(
        Picture.of(item.of or item.what, source=item.name) for item in findings if item.relation == "otherwise"
    )


__all__ = ["counted_or_cause", "other_subjects", "weigh"]
