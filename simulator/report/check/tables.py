"""The tables of a check: a line for each measure, and under it one for each forecaster."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from simulator.evidence.check.dated_scored import ForecastScored
from simulator.evidence.check.found import CheckFound
from simulator.evidence.check.judged import JointScores
from simulator.evidence.check.planned import WORDS
from simulator.evidence.check.skill import RULE
from simulator.evidence.numbers import counted, number, whole
from simulator.report.check.sentences import (
    ON,
    STATISTICS,
    WHO,
    by_kind,
    chance,
    figure_of,
    gain,
    mean_pit,
    predictive_readings,
    range_of,
    score,
    share,
    shown,
    verdict,
)  # fmt: skip
from simulator.report.page import Note, Table, table

# Whatever set forecasts beside a record.
Scored: TypeAlias = CheckFound | ForecastScored
BY = "forecast by"
COVERAGE = {"50": "of 50 %", "80": "of 80 %", "90": "of 90 %"}
READING = Note(
    "Coverage: the share of deployments whose recorded count lay inside its forecast interval, by the randomised PIT (the mean "
    "of 100 randomisations); right forecasts have the level that heads the column. In brackets a 95 % interval that "
    "allows for deployments of one day and of one site being alike.",
    tuple(COVERAGE.values()),
)
CRPS = Note("CRPS: the mean distance of forecast and record, in counts per deployment; less is better.", ("CRPS",))
SKILL_READING = f"Rule: {RULE}."
FALSE_READING = (
    "Recorded false alerts are so rare that coverage cannot judge them: hardly any deployment has one, and an interval from 0 to "
    "0 or 1 holds nearly all whatever the rate is. Read the probability of their total and the log score."
)


def coverage_table(found: Scored) -> Table:
    """Coverage at three levels, CRPS and log score."""

    def cells(scores: JointScores) -> list[str]:
        held = [share(scores.coverage[level]) for level in COVERAGE]
        return [whole(scores.rows), *held, score(scores.crps), score(scores.log_score)]

    return table(
        "Coverage: how often intervals of 50, 80 and 90 % held what was recorded; and scores (less is better)",
        [BY, "rows", *COVERAGE.values(), "CRPS", "log score"],
        _rows(found, cells),
        spare=["rows", "log score"],
        notes=[READING, CRPS],
    )


def skill_table(found: Scored) -> Table:
    """How far the CRPS of each forecaster lies below the baseline's, by kind of site, and whether that is shown."""
    rows = [
        [
            f"{WORDS[measure]}, {WHO[who]}",
            ON[kind],
            *map(whole, (item.rows, item.sites, item.months)),
            gain(item),
            shown(item),
        ]
        for measure in WORDS
        for who, measures in found.forecasters.items()
        if measure in measures
        for kind, item in by_kind(measures[measure]).items()
    ]
    return table(
        "Skill: how much lower CRPS is than the baseline's, one rate per hour for all kinds of site (false alerts: by threshold)",
        ["forecast of, by", "tested", "rows", "sites", "months", "lower by (95 %)", "a gain is"],
        rows,
        spare=["months", "sites"],
        notes=[SKILL_READING],
    )


def totals_table(found: Scored) -> Table:
    """The observed total of each measure within its forecast."""

    def cells(scores: JointScores) -> list[str]:
        total = scores.total
        low, high = map(whole, total.range_90)
        chances = chance(total.at_most), chance(total.at_least)
        return [whole(total.observed), number(total.mean), f"{low} to {high}", *chances]

    return table(
        f"Totals over the {counted(found.tested.rows, 'deployment')}, and how likely their forecasts held them to be",
        [BY, "observed", "forecast", "90 % range", "P(so few or fewer)", "P(so many or more)"],
        _rows(found, cells),
        notes=[FALSE_READING] if any("false_alerts" in scores for scores in found.forecasters.values()) else [],
    )


def leaning_table(found: Scored) -> Table:
    """Whether forecasts are too low or too high: central intervals can hold while one side does not."""

    def cells(scores: JointScores) -> list[str]:
        leaning = scores.leaning
        return [mean_pit(leaning.mean_pit), share(leaning.above_median), share(leaning.above_90)]

    return table(
        "Too low or too high? Shares of deployments by the randomised PIT (in the heading: if right)",
        [BY, "mean PIT (0.50)", "above the median (0.50)", "above the 90 % point (0.10)"],
        _rows(found, cells),
    )


def pit_table(found: Scored) -> Table:
    """Per cent of deployments in each tenth of their forecast."""
    return table(
        "PIT: per cent of deployments by tenth of forecast (10 each if right)",
        [BY, "lowest", *(f"{i}." for i in range(2, 10)), "highest"],
        _rows(found, lambda scores: [f"{100 * x:.0f}" for x in scores.pit_histogram]),
    )


def predictive_tables(found: CheckFound) -> list[Table]:
    """Figures of the whole record beside those of simulated ones; no table where there is too little for any."""
    rows = []
    for (statistic, measure), words in STATISTICS.items():
        made = [
            [f"  {WHO[who]}", figure_of(one.observed), figure_of(one.median), range_of(one.range), verdict(one)]
            for who, checks in found.predictive_checks.items()
            for one in checks.checks
            if (one.statistic, one.measure) == (statistic, measure)
        ]
        rows += [[words, "", "", "", ""], *made] if made else []
    heading = "Do simulated records look like this one? (posterior predictive checks)"
    columns = [BY, "recorded", "forecast", "range", "verdict"]
    notes = [Note(text) for text in predictive_readings(found)]
    return [table(heading, columns, rows, notes=notes)] if rows else []


def _rows(found: Scored, cells: Callable[[JointScores], list[str]]) -> list[list[str]]:
    rows = []
    for measure, words in WORDS.items():
        made = [
            [f"  {name}", *cells(found.forecasters[who][measure])]
            for who, name in WHO.items()
            if measure in found.forecasters.get(who, {})
        ]
        if made:
            rows += [[words, *[""] * (len(made[0]) - 1)], *made]
    return rows


__all__ = ["coverage_table", "leaning_table", "pit_table", "predictive_tables", "skill_table", "totals_table"]
