"""How a simulated deployment and each of its alerts ended, in a few words beside the lines of the timeline."""

from __future__ import annotations

import numpy as np

from simulator.evidence.numbers import number, whole
from simulator.evidence.run.study import Study
from simulator.experiment.log import AlertLog
from simulator.report.figures import phrases
from simulator.report.figures.day import Day
from simulator.response import outcomes as o

ENDS = {
    o.NOT_REVIEWED: "left before a review",
    o.GONE: "left during the review",
    o.NO_TEAM: "left before a team was free",
    o.NOT_FOUND: "not found",
    o.REPEAT: "repeat of an open alert",
    o.OTHER_DISPOSAL: "summons or other disposal",
    o.ARRESTED: "arrested",
}
DISMISSALS = {
    o.OPERATOR: "operator: not the person",
    o.SECOND_LOOK: "second look: not the person",
    o.KNOWN: "known from an earlier stop",
}
RELEASES = {
    o.NOT_THE_PERSON: "let go: wrong person",
    o.COMPLIED: "let go: complied with conditions",
    o.STALE_RECORD: "let go: record out of date",
    o.NO_ACTION: "let go: no action",
    o.NO_CHECKERS: "let go: no checkers came",
}


def end_words(log: AlertLog, row: int) -> str:
    """How the alert in *row* of *log* ended."""
    outcome, reason = int(log.outcome[row]), int(log.reason[row])
    words = {o.DISMISSED: DISMISSALS, o.RELEASED: RELEASES}.get(outcome, {}).get(reason) or ENDS.get(outcome, "")
    if outcome == o.ARRESTED:
        words += {o.MISTAKEN_FOR_LISTED: " in error", o.OTHER_OFFENCE: " for another offence"}.get(
            int(log.finding[row]), ""
        )
        words += ", no van came" if reason == o.NO_VAN else ""
    if log.bystander[row]:
        words = f"bystander stopped, {words}"
    elif log.is_false[row] and log.stopped[row]:
        words = words if outcome == o.ARRESTED else f"{words.replace(': wrong person', '')} after {held_min(log, row)}"
        words = f"WRONG PERSON STOPPED, {words}"
    return f"FALSE: {words}" if log.is_false[row] else words


def held_min(log: AlertLog, row: int) -> str:
    """How long the person of the alert in *row* was held, in words."""
    minutes = (log.end_s[row] - log.stop_s[row]) / 60.0
    return f"{number(round(minutes)) if minutes >= 9.95 else number(minutes)} min"


def headline(study: Study, day: Day) -> str:
    """What happened that day, in one sentence."""
    log = day.log
    if not len(log):
        hours = study.scenario.campaign.camera_hours, "camera hours"
        why = phrases.never(study, "alerts", 0)
        said = f", because {why}" if why else f"; {phrases.rarity(study.expected['alerts'], hours)}"
        return f"No alert in {whole(day.looked_at)} simulated deployments{said}"
    alerts, stops = _count(len(log), "alert"), _count(int(log.stopped.sum()), "stop")
    false, wrongful = int(log.is_false.sum()), int(day.wrongful.sum())
    wrong = f", {whole(wrongful) if wrongful else 'none'} of the wrong person" if log.stopped.any() else ""
    arrests = _count(int((log.outcome == o.ARRESTED).sum()), "arrest")
    return f"One simulated deployment: {alerts}, {whole(false) if false else 'none'} of them false; {stops}{wrong}; {arrests}"


def _count(n: int, noun: str) -> str:
    """*n* in whole numbers with its *noun*."""
    return f"{whole(n) if n else 'no'} {noun}{'s' * (n > 1)}"


def subtitle(study: Study, day: Day, first: int, last: int) -> str:
    """Which deployment it is, why this one is shown, and which of its alerts (*first* up to *last*, from 0)."""
    n = len(study.scenario.campaign.days)
    looked_at = f"{whole(day.looked_at)} simulated deployments"
    why = {
        "wrongful": f"Shown for a wrongful stop, as in {whole(day.alike)} of {looked_at} looked at: "
        "of all these stops it is the middle one by length.",
        "busiest": f"Shown as the busiest of {looked_at} looked at, none of which had a wrongful stop.",
        "asked for": "",
    }[day.reason]
    if not len(day.log):
        why = "None of the deployments looked at had an alert; this is the first of them."
    parts = [f"Campaign {day.replication}, deployment {day.index + 1} of {n}.", why]
    if last - first < len(day.log):
        parts.append(f"Alerts {first + 1:,} to {last:,} of {len(day.log):,} are shown.")
    rows = np.flatnonzero(day.wrongful)
    if len(rows):
        named = ", ".join(f"{day.log.replication[row]}.{day.log.alert[row]}" for row in rows[:3])
        one = len(rows) == 1
        parts.append(
            f"In the log the wrongful stop{' is alert' if one else 's are'} {named}{' ...' if len(rows) > 3 else '.'}"
        )
    return " ".join(part for part in parts if part)
