"""The first screen of a check: what was forecast and what came, how often intervals held it, and whether that is skill."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from simulator.evidence.check.found import CheckFound
from simulator.evidence.check.judged import JointScores
from simulator.evidence.check.planned import WORDS
from simulator.evidence.numbers import count_range, counted, number, whole
from simulator.report.check.sentences import ON, WHO, assumptions, by_kind, thresholds
from simulator.report.page import Block, Line, Masthead, Table, table
from simulator.report.said import rows_left_out
from simulator.report.screen import facts, first_of, means, short_of

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
    yield from means(in_all(found.foremost, found.forecasters[found.foremost]))
    yield totals(found.forecasters)
    records = found.records
    left = [rows_left_out(records.skipped_lines, records.skipped_false_alerts)] if records.skipped else []
    left += [f"{counted(records.without_hours, 'row')} without hours (--assume-hours)."] * bool(records.without_hours)
    required = found.requirement
    yield from facts(
        ("Assumed", " ".join(assumptions(run.assumed, tested, found.training))),
        ("Skill", _skill(found)),
        ("Left out", short_of(" ".join(left))),
        ("Watch out", first_of([*found.notes, *found.scenario.caveats])),
        (
            "Required",
            "" if required is None else f"{required.rule}. It {'holds' if required.holds else 'DOES NOT HOLD'}.",
        ),
    )


def in_all(who: str, scored: Mapping[str, JointScores]) -> Iterator[str]:
    """The totals that a forecaster (*who*) gave, each beside what was recorded."""
    gave = "has" if who == "forecast" else "forecast"
    for i, (name, scores) in enumerate(scored.items()):
        total = scores.total
        low, high = total.range_90
        where = "inside" if low <= total.observed <= high else "fewer than" if total.observed < low else "more than"
        begin = f"In all the {WHO[who]} {gave} " if i == 0 else ""
        said = (
            f"{begin}{number(total.mean)} {WORDS[name]} ({count_range(low, high)} in 9 of 10 simulations); "
            f"{whole(total.observed)} recorded, {where} that range."
        )
        yield said[:1].upper() + said[1:]


def _skill(found: CheckFound) -> str:
    """What the trained model forecasts better than the baseline, and what that is not shown for."""
    scores = found.forecasters.get("model", {})
    said: dict[bool, list[str]] = {True: [], False: []}
    for name, one in scores.items():
        for kind, item in by_kind(one).items():
            said[item.shown].append(f"{WORDS[name]}{f' {ON[kind]}' if kind != 'all' else ''}")
    shown, not_shown = (", ".join(said[which]) for which in (True, False))
    parts = [f"shown for {shown}"] * bool(shown) + [f"not shown for {not_shown}"] * bool(not_shown)
    return (
        f"That the trained model is better than a plain rate per hour (baseline) is {'; '.join(parts)}."
        if parts
        else ""
    )


def totals(forecasters: Mapping[str, Mapping[str, JointScores]]) -> Table:
    """Forecasts of all deployments together, and how often single ones lay inside their ranges, by forecaster."""
    rows = []
    for name, words in WORDS.items():
        some = {who: scores[name] for who, scores in forecasters.items() if name in scores}
        if some:
            first = next(iter(some.values()))
            rows.append([f"{words}: {whole(first.total.observed)} recorded", "", "", ""])
        rows += [[f"  {WHO[who]}", *_cells(one)] for who, one in some.items()]
    notes = [
        f"{INSIDE.capitalize()}: of single deployments, how many came within their own 90 % range (in brackets: where that share "
        f"may lie); 90 % where forecasts are right."
    ]
    return table("All deployments together, and one by one", ["", "forecast", "90 % range", INSIDE], rows, notes=notes)


def _cells(scores: JointScores) -> list[str]:
    share = scores.coverage["90"]
    ends = "" if share.ci_95 is None else f" ({100 * share.ci_95[0]:.0f} to {100 * share.ci_95[1]:.0f})"
    return [number(scores.total.mean), count_range(*scores.total.range_90), f"{100 * share.share:.0f} %{ends}"]


__all__ = ["BESIDE", "in_all", "screen", "totals"]
