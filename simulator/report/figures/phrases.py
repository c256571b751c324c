"""What the figures say in words: shares, what a zero means, and the footer that belongs under every figure."""

from __future__ import annotations

import math

from simulator.evidence.numbers import number, one_in, whole
from simulator.evidence.run.found import ASSUMED_ZERO
from simulator.evidence.run.record_beside import outside_checks
from simulator.evidence.run.study import CHANCE, Study
from simulator.report.said import mismatch
from simulator.scenario.inputs import quantities
from simulator.scenario.models import Scenario

LAWFULNESS = "Wrongful means the wrong person was stopped; it says nothing about lawfulness."
CLOSED_FORM = "before depletion, repeats, queues and walking away"
# Who is needed for a stage to happen at all, in the order of the procedure.
NEEDED = (("operators", "operator"), ("teams", "team"), ("checkers", "checker"))


def plural(n: float, one: str, many: str | None = None) -> str:
    """*n* with its noun, such as "1 stop" or "0.46 stops"."""
    return f"{number(n)} {one if n == 1 else many or one + 's'}"


def mean(study: Study, measure: str, name: str = CHANCE) -> float:
    """Average of *measure* over all campaigns of one pass."""
    return float(study.passes[name][measure].mean())


def faces_known(study: Study) -> bool:
    """Whether rates per face mean anything in this scenario."""
    return "face" not in study.scenario.no_rates_per


def all_seen(study: Study, name: str = CHANCE) -> tuple[float, str]:
    """What a rare event is put in proportion to: faces of one campaign on average, or alerts where nobody knows them."""
    return (mean(study, "faces", name), "faces") if faces_known(study) else (mean(study, "alerts", name), "alerts")


def campaign(study: Study) -> str:
    """What one campaign is, such as "14 deployments, 58.4 camera hours"."""
    of = study.scenario.campaign
    deployments = len(of.days)
    return f"{deployments:,} deployment{'s' * (deployments != 1)}, {plural(of.camera_hours, 'camera hour')}"


def campaigns(study: Study) -> str:
    """How many campaigns were simulated, such as "400 simulated campaigns"."""
    return f"{whole(study.replications)} simulated campaign{'s' * (study.replications != 1)}"


def of_each(part: float, every: float, words: str) -> str:
    """*part* of *every* as "93 in 100 *words*" or "1 in 530 *words*", never rounded to all or none."""
    if part <= 0 or every <= 0:
        return ""
    share = part / every
    if math.isclose(share, 1, rel_tol=1e-9):
        return f"all {words}"
    if share > 1:
        return f"{number(share)} times the {words}"
    if share >= 0.995:
        return f"over 99 in 100 {words}"
    if share >= 0.0995:
        return f"{100 * share:.0f} in 100 {words}"
    return f"{rare(share)} {words}"


def rare(rate: float) -> str:
    """*rate* as "1 in N", not further than anybody can imagine."""
    return one_in(rate) if rate >= 1e-9 else "less than 1 in 1,000 million"


def of_thousand(share: float) -> str:
    """A *share* as a number out of a thousand, such as "2.1"; what is rarer keeps its own denominator."""
    return number(1000 * share) if 1000 * share >= 1 else f"fewer than 1 (about {rare(share)})"


def nobody_on_duty(scenario: Scenario, stages: int) -> str | None:
    """The first of the *stages* kinds of officer that is never on duty, in words; None where there is somebody.

    Without operators nothing is reviewed, without teams nobody is stopped, without checkers nobody is arrested.
    """
    officers = scenario.officers
    for kind, one in NEEDED[:stages]:
        quantity = getattr(officers, kind)
        if quantity.value < 1 and not any(getattr(shift, kind) for shift in officers.shifts):
            return f"no {one} is on duty"
    return None


def none_of(study: Study, measure: str | None, stages: int, per: tuple[float, str]) -> str:
    """What a simulated zero of *measure* means, as a sentence's end: "none, because ..." or "none in ..., ..."."""
    because = never(study, measure, stages)
    return (
        f"none, because {because}"
        if because
        else f"none in {campaigns(study)}; " + rarity(study.expected.get(measure or "", 0.0), per)
    )


def never(study: Study, measure: str | None, stages: int) -> str | None:
    """Why *measure*, for which so many *stages* of officers are needed, cannot happen; None where it can."""
    empty = nobody_on_duty(study.scenario, stages)
    if empty:
        return empty
    if not study.passes[CHANCE]["faces"].any():
        return "nobody walks past"
    key = ASSUMED_ZERO.get(measure or "")
    if key:
        quantity = dict(quantities(study.scenario))[key]
        if quantity.value == 0 and not quantity.uncertain:
            return f"{key} is assumed to be 0"
    return None


def rarity(expected: float, per: tuple[float, str]) -> str:
    """How rare is what was never simulated: its closed form, per campaign and *per* (how many of what a campaign has)."""
    if not expected > 0:
        return "no evidence of zero"
    each, unit = per
    return f"closed form: {per_campaign(expected)}" + (f", {rare(expected / each)} {unit}" if each > 0 else "")


def per_campaign(x: float) -> str:
    """An expected count of one campaign; a small one as "1 in N campaigns"."""
    return f"{number(x)} a campaign" if x >= 0.01 else f"{rare(x)} campaigns"


def footer(study: Study, wrongful: bool, closed_form: bool = False) -> list[str]:
    """The lines under every figure; *wrongful* where wrongful stops appear, *closed_form* where a closed form does."""
    cell = study.cell
    lines = [
        f"Simulated, not observed. {' '.join(study.scenario.title.split())}. Threshold {cell.threshold:g}, watchlist of "
        f"{whole(cell.size)}, {campaigns(study)} ({campaign(study)} each), seed {study.seed}."
    ]
    notes = [LAWFULNESS] * wrongful + [f"Closed form: expected number {CLOSED_FORM}."] * closed_form
    return [*lines, " ".join(notes)] if notes else lines


def label(study: Study) -> str | None:
    """What must be said with every figure: that it is an assumed alternative, or where it is not as recorded."""
    what_if = study.scenario.what_if
    lines = [f"WHAT IF: {' '.join(what_if.split())}"] if what_if else []
    heading, said, ranges = mismatch(outside_checks(study), study.replications, study.own_cell)
    lines += [f"{heading}: {'; '.join(said)} {ranges}."] if said else []
    return " ".join(lines) or None
