"""What ``lfrsim check --require`` requires of a forecaster, and whether it holds."""

from __future__ import annotations

from typing import Any

from simulator.evidence.check.planned import WORDS

COVERAGE = 0.90
# A total of false alerts that was held to be less likely than this, on either side, is out.
TAIL = 0.025
RULE = (
    "for alerts and arrests, the 95 % interval on the coverage of 90 % intervals holds 0.90; for recorded false alerts, which "
    "coverage cannot judge, the observed total does not lie in the outer 2.5 % of its forecast on either side"
)


def required(found: dict[str, Any], forecaster: str) -> dict[str, Any]:
    """Whether every measure of *forecaster* in *found* keeps RULE, and in words which do not."""
    broken = []
    for name, item in found["forecasters"].get(forecaster, {}).items():
        total, ends = item["total"], item["coverage"]["90"]["ci_95"]
        if name == "false_alerts":
            if min(total["at_most"], total["at_least"]) < TAIL:
                low, high = total["range_90"]
                broken.append(
                    f"{WORDS[name]}: {total['observed']:g} observed in all, {total['mean']:.1f} forecast (90 %: {low:g} to "
                    f"{high:g})"
                )
        elif ends is None:
            broken.append(f"{WORDS[name]}: too few days and sites for an interval on the coverage")
        elif not ends[0] <= COVERAGE <= ends[1]:
            broken.append(
                f"{WORDS[name]}: 90 % intervals held {item['coverage']['90']['share']:.2f} of the rows (95 %: {ends[0]:.2f} to "
                f"{ends[1]:.2f}; by the randomised PIT)"
            )
    return {"forecaster": forecaster, "rule": RULE, "holds": not broken, "broken": broken}
