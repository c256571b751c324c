"""What if all alerts that nobody confirmed were false: the worst that a record of false alerts leaves open."""

from __future__ import annotations

from collections.abc import Sequence

from simulator.claim.models import ClaimFile
from simulator.evidence.claim.agreement import SETTLING, Finding
from simulator.evidence.claim.judged import IfUnconfirmed
from simulator.evidence.claim.ratios import ratio_of


def if_unconfirmed(event: str, findings: Sequence[Finding], file: ClaimFile) -> tuple[IfUnconfirmed, ...]:
    """Of each piece of evidence that states unconfirmed alerts: recorded false alerts and those by alerts, exact interval.

    A false alert that nobody checks is filed as an unconfirmed "true" one, so the record's own count is the least.
    """
    found = []
    for item in findings:
        figures = file.evidence[item.name].figures if item.name in file.evidence else {}
        unconfirmed, recorded = figures.get("unconfirmed"), figures.get("false_alerts")
        if event != "false_alerts" or item.relation not in SETTLING or not unconfirmed or recorded is None:
            continue
        ratio = ratio_of({**figures, event: recorded + unconfirmed}, event, "alerts")
        if ratio is not None and ratio.top <= ratio.bottom:
            found.append(IfUnconfirmed(evidence=item.name, unconfirmed=unconfirmed, later=item.later, of_alerts=ratio))
    return tuple(found)


__all__ = ["if_unconfirmed"]
