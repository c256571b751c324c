"""A claim that no count settles: what documents say of it, for, against, or of something else."""

from __future__ import annotations

from simulator.claim.models import Claim, ClaimFile
from simulator.evidence.claim.agreement import Finding, from_documents, sides_of
from simulator.evidence.claim.judged import Judged
from simulator.evidence.claim.verdict import Picture, Precision, verdict


def judge(key: str, claim: Claim, file: ClaimFile) -> Judged:
    """Judge *claim* by its documents alone."""
    findings = tuple(from_documents(claim.documents))
    unit = claim.about or "what it speaks of"
    precision = Precision(not claim.asserts_cause, "cause" if claim.asserts_cause else "counted")
    pictures = other_subjects(findings)
    return Judged(
        key, claim, unit, findings, precision, pictures, verdict(sides_of(findings), precision, unit, pictures)
    )


def other_subjects(findings: tuple[Finding, ...]) -> tuple[Picture, ...]:
    """Pictures of what a claim leaves open, from documents of grade A that speak of something else."""
    return tuple(
        Picture(item.of or item.what, source=item.name)
        for item in findings
        if item.relation == "otherwise" and item.grade == "A"
    )


__all__ = ["judge", "other_subjects"]
