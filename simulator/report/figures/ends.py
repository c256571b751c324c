"""How a simulated deployment and each of its alerts ended, in a few words beside the lines of the timeline."""

from __future__ import annotations

from simulator.evidence.numbers import number, whole
from simulator.evidence.run.found import RunFound
from simulator.evidence.run.pictures import RunPictures
from simulator.evidence.run.shown_day import DayAlert
from simulator.report.figures import phrases

ENDS = {
    "not_reviewed": "left before a review",
    "gone": "left during the review",
    "no_team": "left before a team was free",
    "not_found": "not found",
    "repeat": "repeat of an open alert",
    "other_disposal": "summons or other disposal",
    "arrested": "arrested",
}
REASONS = {
    "operator": "operator: not the person",
    "second_look": "second look: not the person",
    "known": "known from an earlier stop",
    "not_the_person": "let go: wrong person",
    "complied": "let go: complied with conditions",
    "stale_record": "let go: record out of date",
    "no_action": "let go: no action",
    "no_checkers": "let go: no checkers came",
}
FINDINGS = {"mistaken_for_listed": " in error", "other_offence": " for another offence"}


def end_words(alert: DayAlert) -> str:
    """How the *alert* ended."""
    arrested = alert.outcome == "arrested"
    words = ENDS.get(alert.outcome) or REASONS.get(alert.reason, "")
    if arrested:
        words += FINDINGS.get(alert.finding or "", "") + (", no van came" if alert.reason == "no_van" else "")
    if alert.bystander:
        words = f"bystander stopped, {words}"
    elif alert.wrongful:
        words = words if arrested else f"{words.replace(': wrong person', '')} after {held_min(alert)}"
        words = f"WRONG PERSON STOPPED, {words}"
    return f"FALSE: {words}" if alert.false else words


def held_min(alert: DayAlert) -> str:
    """How long the person of a stop was held, in words."""
    minutes = (alert.end_s - (alert.stop_s or alert.end_s)) / 60.0
    return f"{number(round(minutes)) if minutes >= 9.95 else number(minutes)} min"


def headline(found: RunFound, data: RunPictures) -> str:
    """What happened that day, in one sentence."""
    day = data.day
    if not day.alerts:
        why = phrases.never(found, data, "alerts", 0)
        hours = found.scenario.camera_hours, "camera hours"
        said = f", because {why}" if why else f"; {phrases.rarity(found, phrases.expected(found, 'alerts'), hours)}"
        return f"No alert in {whole(day.looked_at)} simulated deployments{said}"
    false, wrongful = (whole(n) if n else "none" for n in (day.false_alerts, day.wrongful_stops))
    wrong = f", {wrongful} of the wrong person" if day.stops else ""
    return (
        f"One simulated deployment: {_count(day.alerts, 'alert')}, {false} of them false; {_count(day.stops, 'stop')}{wrong}; "
        f"{_count(day.arrests, 'arrest')}"
    )


def _count(n: int, noun: str) -> str:
    """*n* in whole numbers with its *noun*."""
    return f"{whole(n) if n else 'no'} {noun}{'s' * (n > 1)}"


def subtitle(found: RunFound, data: RunPictures) -> str:
    """Which deployment it is, why this one is shown, and which of its alerts."""
    day = data.day
    looked_at = f"{whole(day.looked_at)} simulated deployments"
    why = {
        "wrongful": f"Shown for a wrongful stop, as in {whole(day.alike)} of {looked_at} looked at: "
        "of all these stops it is the middle one by length.",
        "busiest": f"Shown as the busiest of {looked_at} looked at, none of which had a wrongful stop.",
        "asked for": "",
    }[day.reason]
    if not day.alerts:
        why = "None of the deployments looked at had an alert; this is the first of them."
    # as the log numbers them, and lfrsim replay takes them
    parts = [f"Campaign {day.replication}, deployment {day.index} (from 0, of {found.scenario.deployments}).", why]
    if len(day.shown) < day.alerts:
        parts.append(f"Alerts {day.first + 1:,} to {day.last:,} of {day.alerts:,} are shown.")
    named = day.wrongful_alerts
    if named:
        more = " ..." if len(named) > 3 else "."
        parts.append(
            f"In the log the wrongful stop{' is alert' if len(named) == 1 else 's are'} {', '.join(named[:3])}{more}"
        )
    return " ".join(part for part in parts if part)


__all__ = ["end_words", "headline", "held_min", "subtitle"]
