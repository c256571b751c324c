"""The page of one alert: step by step, in words and times."""

from __future__ import annotations

from collections.abc import Iterator

from simulator.evidence.story.found import StoryFound
from simulator.report.page import Block, Entry, Line

ENDS = {
    "not_reviewed": "No operator was free before the person was out of reach.",
    "gone": "The operator accepted the alert, but the person was already out of reach.",
    "no_team": "No team was free before the person was out of reach.",
    "not_found": "The team did not find the person.",
    "repeat": "An earlier alert on the same person was still being handled: nothing more was done.",
}
ARRESTS = {
    "arrest": "The person is arrested.",
    "stale_arrest": "The person is arrested on a record that is out of date.",
    "mistaken_for_listed": "The check errs: the person is arrested as the listed person, in error.",
    "other_offence": "The person is not the listed one, but is arrested for something found in the stop.",
}
TRUTHS = {
    "false": "a passer-by who is not on the list; the system took the person for somebody who is",
    "false_other_entry": "a listed person, but taken for another entry",
    "true_wanted": "a listed person, wanted, rightly matched",
    "true_conditions": "a person listed to check conditions, rightly matched",
    "true_stale": "a person rightly matched to an entry that is out of date: no longer wanted",
}


NO_TIME = " " * 8


def page(found: StoryFound) -> list[Block]:
    """What happened to one simulated person, a step after the other."""
    who = f"Alert {found.replication}.{found.alert}: a simulated person, in a simulation of {found.title!r}."
    return [Line(who), *(Entry(at, (Line(text),)) for at, text in _steps(found)), Line(_last(found))]


def _steps(found: StoryFound) -> Iterator[tuple[str, str]]:
    """The time of day of each step, and what happened."""
    t = found.times

    def clock(seconds: float) -> str:
        total = round(found.camera_on_s + seconds)
        return f"{total // 3600 % 24:02d}:{total % 3600 // 60:02d}:{total % 60:02d}"

    yield (
        clock(t.time_s),
        f"{found.date}, camera end {found.end + 1}. The system alerts: score {found.score:.3f}, at or above "
        f"{found.threshold:g}. In truth this is {TRUTHS[found.truth]}.",
    )
    yield NO_TIME, f"The person stays in reach until {clock(t.leaves_s)}."
    if t.review_start_s is not None and t.review_end_s is not None:
        yield clock(t.review_start_s), f"An operator begins the review{_after(t.time_s, t.review_start_s)}."
        verdict = "accepts the alert" if found.accepted else "rejects it: not the person"
        yield clock(t.review_end_s), f"The operator {verdict}."
    if t.search_start_s is not None:
        yield clock(t.search_start_s), f"A team sets out{_after(t.review_end_s, t.search_start_s)}."
    if t.stop_s is not None:
        yield clock(t.stop_s), _stop_words(found)
    if t.check_start_s is not None:
        taken_over = _after(t.stop_s, t.check_start_s)
        yield clock(t.check_start_s), f"Uniformed officers take over{taken_over} and check the identity."
    if t.check_end_s is not None and found.outcome == "arrested" and found.finding:
        yield clock(t.check_end_s), ARRESTS[found.finding]
    if t.run_start_s is not None:
        yield clock(t.run_start_s), f"A van leaves for custody{_after(t.check_end_s, t.run_start_s)}."
    yield clock(t.end_s), _end_words(found)


def _last(found: StoryFound) -> str:
    """What it cost the person, and what a force would put on record."""
    recorded = f"Recorded by the force as: {found.recorded.replace('_', ' ')}."
    if found.times.stop_s is None:
        return f"Nobody was stopped. {recorded}"
    minutes = (found.times.end_s - found.times.stop_s) / 60
    station = ", time at the station not counted" if found.outcome == "arrested" else ""
    return f"Liberty lost: {minutes:.0f} minutes{station}. {recorded}"


def _after(since_s: float | None, at_s: float) -> str:
    seconds = at_s - (at_s if since_s is None else since_s)
    if seconds < 1:
        return " at once"
    return f" after {seconds:.0f} seconds" if seconds < 90 else f" after {seconds / 60:.0f} minutes"


def _stop_words(found: StoryFound) -> str:
    if found.bystander:
        return "The team stops somebody else by mistake."
    if found.truth in ("false", "false_other_entry"):
        return "The team stops the person: a wrongful stop, the wrong person."
    return "The team stops the person."


def _end_words(found: StoryFound) -> str:
    outcome, reason = found.outcome, found.reason.replace("_", " ")
    if outcome in ENDS:
        return ENDS[outcome]
    if outcome == "dismissed":
        known = "The person was recognised from an earlier stop that day and left alone."
        return known if reason == "known" else f"Dismissed ({reason})."
    if outcome == "released":
        return f"Released ({reason})."
    if outcome == "arrested":
        return (
            "No van came: taken away by other means." if reason == "no van" else "The van and both officers are back."
        )
    return "Dealt with in another way, short of arrest."


__all__ = ["page"]
