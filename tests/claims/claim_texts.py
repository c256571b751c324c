"""Small claim files for tests, as text and as models."""

from __future__ import annotations

import textwrap
from typing import Any

from simulator.claim.models import ClaimFile
from simulator.evidence.claim.details import ClaimDetails
from simulator.evidence.claim.found import JudgedFile
from simulator.evidence.claim.judge import judge_file
from simulator.evidence.claim.judged import Judged

FILE = textwrap.dedent(
    """
    name: test
    title: A claim to test with
    said_by: somebody
    said_on: today
    source: us
    evidence:
      record:
        what: a record
        figures: {faces: 472352, alerts: 335, arrests: 173, false_alerts: 1}
        publication: record
        source: the record
        grade: A
        counted_by: an auditor
    claims:
      few:
        statement: There was one false alert.
        count: {event: false_alerts, claimed: 1}
        evidence: [record]
    forces: [a force]
    """
).lstrip()


def evidence(grade: str = "A", publication: str = "record", **figures: float) -> dict[str, Any]:
    """One piece of evidence with these *figures*."""
    return {
        "what": "a record", "figures": figures, "publication": publication, "source": f"the source of {publication}",
        "grade": grade, "counted_by": "an auditor",
    }  # fmt: skip


def file_with(claim: dict[str, Any], records: dict[str, Any], **more: Any) -> ClaimFile:
    """A claim file with one claim, ``c``, held against all *records*."""
    claim = {"statement": "Something.", **claim}
    if "documents" not in claim:
        claim["evidence"] = tuple(records)
    base = {
        "name": "test",
        "title": "Test",
        "said_by": "somebody",
        "said_on": "today",
        "source": "us",
        "forces": ("a force",),
    }
    return ClaimFile.model_validate(_frozen({**base, "evidence": records, "claims": {"c": claim}, **more}))


def _frozen(value: Any) -> Any:
    """Lists as the tuples that the loader makes of them."""
    if isinstance(value, dict):
        return {key: _frozen(item) for key, item in value.items()}
    return tuple(map(_frozen, value)) if isinstance(value, (list, tuple)) else value


def found(claim: dict[str, Any], records: dict[str, Any], **more: Any) -> JudgedFile:
    """Judge a file of one claim against *records*, without a simulation."""
    return judge_file(file_with(claim, records, **more), replications=0)


def judged(claim: dict[str, Any], records: dict[str, Any], **more: Any) -> Judged:
    """The claim of such a file."""
    return found(claim, records, **more).claims[0]


def details(claim: dict[str, Any], records: dict[str, Any]) -> ClaimDetails:
    """What is said of it besides."""
    kept = found(claim, records).details
    assert kept is not None
    return kept.claims["c"]


__all__ = ["FILE", "details", "evidence", "file_with", "found", "judged"]
