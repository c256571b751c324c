"""The first screen of a check: what was forecast and what came, how often intervals held it, and whether that is skill."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from simulator.evidence.check.found import CheckFound
from simulator.evidence.check.judged import JointScores
from simulator.evidence.check.planned import WORDS
from simulator.evidence.numbers import count_range, counted, number, whole
from simulator.report.check.sentences import WHO, assumptions, skill_lines, thresholds
from simulator.report.page import Block, Line, Masthead, Table, table
from simulator.report.said import rows_left_out
from simulator.report.screen import facts, first_of, means

INSIDE = "days inside"
BESIDE = "forecast, beside the record"


def screen(found: CheckFound) -> Iterator[Block]:
    """Totals and coverage of every forecaster, skill beyond one rate per hour, and what limits all this."""
    tested, run = found.tested, found.run
    yield Masthead(found.records.file, BESIDE)
    yield Line(
        f"{counted(tested.rows, 'deployment')} from {tested.first} to {tested.last}, {counted(tested.sites, 'site')}, "
        f"{number(tested.hours)} camera hours, threshold {thresholds(tested)}; scenario {found.scenario.name}, simulated "
        f"{whole(run.replications)} times."
    )
    if found.scenario.what_if:
        yield Line(found.scenario.what_if, label="WHAT IF")
    yield from means([in_all(found.foremost, found.forecasters[found.foremost])])
    yield totals(found.forecasters)
    skill = skill_lines("model", found.forecasters.get("model", {}))
    records = found.records
    left = [rows_left_out(records.skipped_lines, records.skipped_false_alerts)] if records.skipped else []
    left += [f"{counted(records.without_hours, 'row')} without hours (--assume-hours)."] * bool(records.without_hours)
    required = found.requirement
    yield from facts(
        ("Assumed", " ".join(assumptions(run.assumed, tested, found.training))),
        ("Skill", " ".join(skill)),
        ("Left out", " ".join(left)),
        ("Watch out", first_of([*found.notes, *found.scenario.caveats])),
        (
            "Required",
            "" if required is None else f"{required.rule}. It {'holds' if required.holds else 'DOES NOT HOLD'}.",
        ),
    )


def in_all(who: str, scored: Mapping[str, JointScores]) -> str:
    """The totals that a forecaster (*who*) gave, beside what was recorded."""
    said = []
    for name, scores in scored.items():
        total = scores.total
        low, high = total.range_90
        where = "inside" if low <= total.observed <= high else "below" if total.observed < low else "above"
        said.append(
            f"{number(total.mean)} {WORDS[name]} ({count_range(low, high)}, 90 %), and {whole(total.observed)} were recorded, "
            f"{where} that range"
        )
    gave = "has" if who == "forecast" else "forecast"
    return f"In all the {WHO[who]} {gave} {'; '.join(said)}."


def totals(forecasters: Mapping[str, Mapping[str, JointScores]]) -> Table:
    """Forecasts of all deployments together, and how often single ones lay inside their ranges, by forecaster."""
    rows = []
    for name, words in WORDS.items():
        some = {who: scores[name] for who, scores in forecasters.items() if name in scores}
        if some:
            first = next(iter(some.values()))
            rows.append([f"{words}: {whole(first.total.observed)} recorded", "", "", ""])
        rows += [[f"  {WHO[who]}", *_cells(one)] for who, one in some.items()]
    notes = [f"{INSIDE.capitalize()}: share of single deployments inside their own 90 % range, ties split at random."]
    return table("All deployments together, and one by one", ["", "forecast", "90 % range", INSIDE], rows, notes=notes)


def _cells(scores: JointScores) -> list[str]:
    share = scores.coverage["90"]
    ends = "" if share.ci_95 is None else f" ({100 * share.ci_95[0]:.0f} to {100 * share.ci_95[1]:.0f})"
    return [number(scores.total.mean), count_range(*scores.total.range_90), f"{100 * share.share:.0f} %{ends}"]


__all__ = ["BESIDE", "in_all", "screen", "totals"]
