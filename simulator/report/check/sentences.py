"""How ``lfrsim check`` writes shares, scores and chances, and what it says of training."""

from __future__ import annotations

from typing import Any

from simulator.evidence.check.model_parts import PARTS
from simulator.evidence.numbers import number, number_range, whole

WORDS = {"alerts": "alerts", "arrests": "arrests", "false_alerts": "recorded false alerts"}
MOST_DAYS = 10
WHO = {"scenario": "scenario", "model": "trained model", "baseline": "baseline"}


def thresholds(about: dict[str, Any]) -> str:
    """The thresholds of some rows."""
    return ", ".join(f"{x:g}" for x in about["thresholds"]) or "not recorded"


def count(n: int, what: str) -> str:
    """*n* of *what*, with an s unless it is one."""
    return f"{whole(n)} {what}" if n == 1 else f"{whole(n)} {what}s"


def share(item: dict[str, Any]) -> str:
    """A coverage with its interval."""
    if item["ci_95"] is None:
        return f"{item['share']:.2f} (no interval)"
    low, high = item["ci_95"]
    return f"{item['share']:.2f} ({low:.2f}–{high:.2f})"


def mean_pit(item: dict[str, Any]) -> str:
    """A mean PIT with its interval."""
    return share({"share": item["mean"], "ci_95": item["ci_95"]})


def without_hours_words(rows: list[dict[str, Any]]) -> str:
    """The days of rows that cannot be forecast, and the false alerts that are left out with them."""
    days = list(dict.fromkeys(row["date"] for row in rows))
    listed = ", ".join(days[:MOST_DAYS]) + (f" and {len(days) - MOST_DAYS} more days" if len(days) > MOST_DAYS else "")
    by_day: dict[str, list[float]] = {}
    for row in rows:
        if row["false_alerts"]:
            sums = by_day.setdefault(row["date"], [0.0, 0.0])
            sums[0] += row["false_alerts"]
            sums[1] += row["alerts"] or 0.0
    false = sum(sums[0] for sums in by_day.values())
    if not false:
        return f"Without hours: {listed}; no recorded false alert is left out with them."
    worst = sorted(by_day.items(), key=lambda item: -item[1][0])[:MOST_DAYS]
    each = ", ".join(f"{day}: {whole(k)} of {count(int(n), 'alert')}" for day, (k, n) in worst)
    return f"Without hours: {listed}; {count(int(false), 'recorded false alert')} left out with them ({each})."


def gain(item: dict[str, Any] | None) -> str:
    """How far CRPS is below the baseline's, with its interval."""
    if item is None:
        return ""
    low, high = (100 * x for x in item["ci_95"])
    # adding 0 takes the sign from a rounded -0
    middle, low, high = (round(x) + 0 for x in (100 * item["share"], low, high))
    return f"{middle} % ({low} to {high})"


def score(x: float) -> str:
    """A score with three digits or so."""
    return f"{x:.2f}" if x >= 1 else f"{x:.3f}"


def chance(x: float, draws_least: float = 0.001) -> str:
    """A probability from simulated totals, never rounded to 0 or 1."""
    if x < draws_least:
        return "under 0.001"
    return "over 0.999" if x > 1 - draws_least else f"{x:.3f}"


def plain(text: str) -> str:
    """*text* on one line, with brackets that the console would take for its own markup escaped."""
    from rich.markup import escape

    return escape(" ".join(text.split()))


def training_lines(found: dict[str, Any]) -> list[str]:
    """How the model was chosen, what false alerts rest on, and the tested months forecast one at a time."""
    said = []
    choice, false = found["choice"], found["false_alerts"]
    if choice and choice["compared"]:
        compared = choice["compared"]
        chosen = next(item for item in compared if item["parts"] == choice["parts"])
        others = "; ".join(f"{' + '.join(item['parts']) or 'one rate'} {item['mean']:.3f}" for item in compared)
        said.append(
            f"The trained model: one rate, and {parts_in_words(choice['parts'])}. It was chosen among {len(compared)} by "
            f"forecasting inside the training rows from {len(choice['origins'])} month ends ({choice['origins'][0]} to "
            f"{choice['origins'][-1]}); CRPS there was {chosen['mean']:.3f} of the baseline's (mean of alerts and arrests). All: "
            f"{others}. The tested rows were not used."
        )
    elif choice:
        said.append(
            f"The model has these parts: {', '.join(choice['parts'])}. Too few training rows to compare others."
        )
    if found["monthly"]:
        months = "; ".join(_month(name, item) for name, item in found["monthly"].items())
        said.append(f"Trained anew before every tested month, with nothing chosen again: {months}.")
    return said + ([] if false is None else _false_lines(false))


def parts_in_words(parts: list[str]) -> str:
    """What the rate depends on."""
    return "; ".join(f"{PARTS[name].words} ({name})" for name in parts) or "nothing else"


def _month(name: str, item: dict[str, Any]) -> str:
    model, baseline = item["model"], item["baseline"]
    return (
        f"{WORDS[name]}: coverage of 90 % intervals {share(model['coverage']['90'])}, CRPS {score(model['crps'])} against "
        f"{score(baseline['crps'])} of the baseline, {gain(model['crps_below_baseline'])} below"
    )


def _false_lines(false: dict[str, Any]) -> list[str]:
    prior, control, laboratory = false["slope_prior"], false["control"], false["laboratory_slope"]
    events = ", ".join(f"{n:g} at {threshold}" for threshold, n in false["events_by_threshold"].items())
    other, held = laboratory["total"], share(control["coverage"]["90"])
    return [
        f"Recorded false alerts in the training rows: {events}. The slope with the threshold has the prior {prior['mean']:g} (sd "
        f"{prior['sd']:g}, above {prior['least']:g}), afterwards {number_range(*false['slope_95'])} (95 %). That prior was "
        f"itself estimated from published Met records to July 2025; with the laboratory's slope instead "
        f"({laboratory['mean']:g}, sd {laboratory['sd']:g}) {number(other['mean'])} are forecast, {whole(other['observed'])} "
        f"observed, P(so many or more) {chance(other['at_least'])}.",
        f"Control: the same forecast with a rate {number(1 / control['factor'])} times too low has a coverage of 90 % "
        f"intervals of {held}. It is the total that gives it away: P(so many or more) "
        f"{chance(control['total']['at_least'])}.",
    ]
