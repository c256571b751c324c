"""How ``lfrsim check`` writes shares, scores and chances, and what it says of training."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from simulator.evidence.check.assumed import Assumed
from simulator.evidence.check.found import CheckFound, RowsAbout, RowWithoutHours
from simulator.evidence.check.judged import Mean, Range, Scores, Share
from simulator.evidence.check.learnt import FalseAlertsLearnt
from simulator.evidence.check.model_parts import PARTS
from simulator.evidence.check.monthly import Monthly
from simulator.evidence.check.planned import WORDS
from simulator.evidence.check.predictive_checks import PredictiveCheck
from simulator.evidence.check.rolling import Choice
from simulator.evidence.check.skill import Skill
from simulator.evidence.numbers import counted, number, number_range, whole

WHO = {
    "scenario": "scenario",
    "model": "trained model",
    "forecast": "dated forecast",
    "baseline": "baseline",
    "baseline_by_kind": "baseline by kind",
}
ON = {"all": "on all rows", "van": "on vans", "fixed": "on fixed cameras"}
STATISTICS = {
    ("variance_of_days", "alerts"): "variance of alerts between days",
    ("variance_of_days", "arrests"): "variance of arrests between days",
    ("busiest_day", "alerts"): "alerts of the busiest day",
    ("faces_and_alerts", "alerts"): "rank correlation of faces and alerts",
    ("longest_run_without", "false_alerts"): "longest run without a recorded false alert",
}
MOST_DAYS = 10
# Simulated totals are too few to tell a chance from 0 that is smaller.
SMALLEST_CHANCE = 0.001


def thresholds(rows: RowsAbout) -> str:
    """The thresholds of some rows."""
    return ", ".join(f"{x:g}" for x in rows.thresholds) or "not recorded"


def assumptions(assumed: Assumed, tested: RowsAbout, training: RowsAbout | None = None) -> list[str]:
    """What stands in for hours and lists that the record does not print, and of how many rows."""
    groups = {"tested": tested, "training": training}

    def rows(name: str) -> str:
        numbers = {word: len(getattr(about, name)) for word, about in groups.items() if about is not None}
        return " and ".join(f"{n} {word} row{'' if n == 1 else 's'}" for word, n in numbers.items() if n)

    said = []
    if assumed.hours is not None and (those := rows("assumed_hours")):
        spread = f", standard deviation {assumed.hours.sd:g}" if assumed.hours.sd else ""
        said.append(f"hours of {those}: {assumed.hours.mean:g}{spread}; the record prints none.")
    if assumed.list_size is not None and (those := rows("assumed_lists")):
        said.append(f"list of {those}: {whole(assumed.list_size)} people; the record prints none.")
    return said


def share(item: Share) -> str:
    """A coverage with its interval."""
    return _with_interval(item.share, item.ci_95)


def mean_pit(item: Mean) -> str:
    """A mean PIT with its interval."""
    return _with_interval(item.mean, item.ci_95)


def _with_interval(x: float, ends: Range | None) -> str:
    return f"{x:.2f} (no interval)" if ends is None else f"{x:.2f} ({ends[0]:.2f}–{ends[1]:.2f})"


def gain(item: Skill) -> str:
    """How far CRPS is below the baseline's, with its interval; without one there is nothing to be quoted."""
    if item.ci_95 is None:
        return "–"
    # adding 0 takes the sign from a rounded -0
    middle, low, high = (round(100 * x) + 0 for x in (item.gain, *item.ci_95))
    return f"{middle} % ({low} to {high})"


def shown(item: Skill) -> str:
    """Whether a gain over the baseline is shown, and if not, why."""
    if item.shown:
        return "shown"
    if item.worse:
        return "worse than the baseline"
    if item.total_in_tail:
        return "not shown: its total was off"
    few = [counted(n, word) for word, n in item.few.items()]
    return f"not shown: only {' and '.join(few)}" if few else "not shown: may be chance"


def by_kind(scores: Scores) -> dict[str, Skill]:
    """The skill on all rows, and by kind of site where the rows are of both."""
    return {kind: item for kind, item in scores.skill.items() if kind == "all" or len(scores.skill) > 2}


def skill_lines(who: str, scores: Mapping[str, Scores]) -> list[str]:
    """Where the forecaster *who*, with these *scores*, has shown skill beyond the baseline, and where it has not."""
    said: dict[str, list[str]] = {"skill": [], "no skill": []}
    for name, one in scores.items():
        for kind, item in by_kind(one).items():
            how_far = "too few sites, months or events" if item.ci_95 is None else gain(item)
            off = ", and its total was off" if item.total_in_tail else ""
            said["skill" if item.shown else "no skill"].append(f"{WORDS[name]} {ON[kind]}: {how_far}{off}")
    return [
        f"The {WHO[who]} has shown {words} beyond the baseline for these ({'; '.join(which)})."
        for words, which in said.items()
        if which
    ]


def score(x: float | None) -> str:
    """A score with three digits or so; None is an infinite one."""
    if x is None:
        return "infinite"
    return f"{x:.2f}" if x >= 1 else f"{x:.3f}"


def chance(x: float) -> str:
    """A probability from simulated totals, never rounded to 0 or 1."""
    if x < SMALLEST_CHANCE:
        return f"under {SMALLEST_CHANCE}"
    return f"over {1 - SMALLEST_CHANCE}" if x > 1 - SMALLEST_CHANCE else f"{x:.3f}"


def verdict(check: PredictiveCheck) -> str:
    """Whether the record looks like the forecasts; with its p value on rows that these were not fitted to."""
    word = "consistent" if check.consistent else "NOT consistent"
    return word if check.p is None else f"{word}, p {chance(check.p)}"


def figure_of(x: float) -> str:
    """A figure of a whole record; correlations have two decimals."""
    return number(x) if abs(x) >= 1 or x == 0 else f"{x:.2f}"


def range_of(ends: Range) -> str:
    """Both ends of where forecasts have such a figure."""
    low, high = map(figure_of, ends)
    return f"{low} to {high}"


def predictive_readings(found: CheckFound) -> list[str]:
    """How to read the predictive checks: how many there are, and on which rows there is no p value."""
    sides = found.predictive_checks.items()
    number = " and ".join(f"{len(one.checks)} of the {WHO[who]}" for who, one in sides)
    fitted = " and ".join(WHO[who] for who, one in sides if one.fitted)
    said = [f"Checks: {number}. Ranges hold all checks of a right forecaster in 95 of 100 records."]
    said += [
        f"Not those of the {WHO[who]}: they are all that {whole(one.simulated)} simulated records span, and that takes "
        f"{whole(one.simulated_needed)} (-n)."
        for who, one in sides
        if not one.enough
    ]
    if not all(one.fitted for _, one in sides):
        said.append("p: two-sided, mid-p, of a single check; among several a small one is no surprise.")
    if fitted:
        said.append(
            f"No p for the {fitted}: these rows may be among those it was fitted to, and then agreement is no evidence."
        )
    return said


def without_hours(rows: Sequence[RowWithoutHours]) -> str:
    """The days of rows that cannot be forecast, and the false alerts that are left out with them."""
    days = list(dict.fromkeys(row.date for row in rows))
    more = f" and {len(days) - MOST_DAYS} more days" if len(days) > MOST_DAYS else ""
    listed = ", ".join(map(str, days[:MOST_DAYS])) + more
    by_day: dict[dt.date, tuple[float, float]] = {}
    for row in rows:
        if row.false_alerts:
            false, alerts = by_day.get(row.date, (0.0, 0.0))
            by_day[row.date] = false + row.false_alerts, alerts + (row.alerts or 0.0)
    if not by_day:
        return f"Without hours: {listed}; no recorded false alert is left out with them."
    worst = sorted(by_day.items(), key=lambda item: -item[1][0])[:MOST_DAYS]
    each = ", ".join(f"{day}: {whole(false)} of {counted(alerts, 'alert')}" for day, (false, alerts) in worst)
    all_false = counted(sum(false for false, _ in by_day.values()), "recorded false alert")
    return f"Without hours: {listed}; {all_false} left out with them ({each})."


def training_lines(found: CheckFound) -> list[str]:
    """How the model was chosen, what false alerts rest on, and the tested months forecast one at a time."""
    said = [] if found.choice is None else [_choice(found.choice)]
    if found.monthly:
        months = "; ".join(_month(name, item) for name, item in found.monthly.items())
        said.append(f"Trained anew before every tested month, with nothing chosen again: {months}.")
    return said + ([] if found.false_alerts is None else _false_alerts(found.false_alerts))


def _choice(choice: Choice) -> str:
    if choice.chosen is None:
        return f"The model has these parts: {', '.join(choice.parts)}. Too few training rows to compare others."
    parts = "; ".join(f"{PARTS[name].words} ({name})" for name in choice.parts) or "nothing else"
    each = "; ".join(
        f"{' + '.join(item.parts) or 'one rate'} {item.mean:.3f} ± {item.error:.3f}" for item in choice.compared
    )
    return (
        f"The trained model: one rate, and {parts}. It was chosen among {len(choice.compared)} by forecasting inside the "
        f"training rows from {len(choice.origins)} month ends ({choice.origins[0]} to {choice.origins[-1]}): {choice.rule} (rule "
        f"of {choice.rule_since}). CRPS there was {choice.chosen.mean:.3f} of the baseline's (mean of alerts and arrests). All, "
        f"with that error: {each}. The tested rows were not used."
    )


def _month(name: str, item: Monthly) -> str:
    model, baseline = item.model, item.baseline
    return (
        f"{WORDS[name]}: coverage of 90 % intervals {share(model.coverage['90'])}, CRPS {score(model.crps)} against "
        f"{score(baseline.crps)} of the baseline, {gain(model.skill['all'])} lower ({shown(model.skill['all'])})"
    )


def _false_alerts(learnt: FalseAlertsLearnt) -> list[str]:
    prior, control, laboratory = learnt.slope_prior, learnt.control, learnt.laboratory_slope
    events = ", ".join(f"{n:g} at {threshold}" for threshold, n in learnt.events_by_threshold.items())
    other = laboratory.total
    return [
        f"Recorded false alerts in the training rows: {events}. The slope with the threshold has the prior {prior.mean:g} (sd "
        f"{prior.sd:g}, above {prior.least:g}), afterwards {number_range(*learnt.slope_95)} (95 %). That prior was itself "
        f"estimated from published Met records to July 2025; with the laboratory's slope instead ({laboratory.mean:g}, sd "
        f"{laboratory.sd:g}) {number(other.mean)} are forecast, {whole(other.observed)} observed, P(so many or more) "
        f"{chance(other.at_least)}.",
        f"Control: the same forecast with a rate {number(1 / control.factor)} times too low has a coverage of 90 % intervals of "
        f"{share(control.coverage['90'])}. It is the total that gives it away: P(so many or more) "
        f"{chance(control.total.at_least)}.",
    ]


__all__ = [
    "ON", "STATISTICS", "WHO", "assumptions", "by_kind", "chance", "figure_of", "gain", "mean_pit", "predictive_readings",
    "range_of", "score", "share", "shown", "skill_lines", "thresholds", "training_lines", "verdict", "without_hours",
]  # fmt: skip
