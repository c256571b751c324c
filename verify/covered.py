"""Whether every interval that a finding can have is scored, or is left out for a reason that stands here."""

from __future__ import annotations

from collections.abc import Iterable
from fnmatch import fnmatch

from verify.printed import declared
from verify.score import FEWEST, Tallies

COMMANDS = {
    "RunFound": ("run",),
    "CompareFound": ("compare",),
    "ChooseFound": ("choose",),
    "SensitivityFound": ("sensitivity", "sensitivity --simulate"),
    "FitFound": ("fit",),
}
STATED = "stated by the user"
COUNTS = "an exact interval of a count, a sum of such, or a prediction: scored by direct draws"
# Findings and fields that are not scored, with the reason.
LEFT_OUT = {
    ("RunFound", "inputs.interval_95"): STATED,
    ("RunFound", "recorded_elsewhere.*"): COUNTS,
    ("RunFound", "outside_checks.campaign_90"): "rows of the record, which are scored, picked out again",
    ("CompareFound", "measures.chance.average_95"): "never given: inputs do not differ in this pass",
    ("ChooseFound", "presets.thresholds.listed_stopped.*"): "figures as those of a limit on it, which are scored",
    (
        "ChooseFound",
        "presets.thresholds.people_wrongly_stopped.*",
    ): "figures as those of a limit on it, which are scored",
    ("SensitivityFound", "inputs.interval_95"): STATED,
    ("SensitivityFound", "decision.evppi.interval_95"): STATED,
    ("FitFound", "inputs.before_95"): STATED,
    (
        "FitFound",
        "priors.with_evidence.interval_95",
    ): "rests on another force's evidence, which a record of the world that it is scored in does not have: tests hold it",
    ("DescribeFound", "*"): "stated by the user, or closed forms at the ends of it: no sample is behind it",
    ("Tradeoff", "*"): "closed forms at draws of what the user states: no sample is behind it",
    ("CheckFound", "*"): "scored on recorded deployments by the forecasts of this page",
    ("DatedForecast", "*"): "scored when the deployments that it is of have happened",
    ("ForecastScored", "*"): "scored on recorded deployments by the forecasts of this page",
    (
        "RunWider",
        "*",
    ): "as sweep, sensitivity and the trade-off curve print them, which are scored or left out themselves",
    ("JudgedFile", "*"): COUNTS,
    ("StatedNumbers", "*"): COUNTS,
    ("Details", "*"): COUNTS,
    ("ClaimsFound", "*"): COUNTS,
}


def not_covered(tallies: Tallies, intervals: Iterable[tuple[str, str]] | None = None) -> list[str]:
    """Names of *intervals* (all that findings declare) that no row scores and no reason leaves out."""
    scored = {(row.command, row.kind) for row, tally in tallies.of.items() if tally.given >= FEWEST}
    return [
        f"{finding}: {fields}"
        for finding, fields in sorted(declared() if intervals is None else intervals)
        if not any(finding == name and fnmatch(fields, pattern) for name, pattern in LEFT_OUT)
        and not any((command, fields) in scored for command in COMMANDS.get(finding, ()))
    ]


__all__ = ["LEFT_OUT", "not_covered"]
