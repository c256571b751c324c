"""What stands beside a table of rates: repeats of passers-by, passages behind faces, and natural frequencies."""

from __future__ import annotations

from collections.abc import Mapping

from simulator.claim.figures import is_case, words_of
from simulator.claim.models import ClaimFile
from simulator.evidence.claim.judged import RateTable
from simulator.evidence.claim.ratios import Ratio
from simulator.evidence.claim.words import large, span_text
from simulator.evidence.numbers import number, whole
from simulator.evidence.statistics.intervals import Interval, design_effect

# Of so many cases a natural frequency is told: the fewest that make the expected number 2 or more when it is rounded.
ROUND = (100, 1000, 10_000, 100_000, 1_000_000, 10_000_000)
RECORDED = {
    "false_alerts": "are recorded as false",
    "false_stopped": "lead to a stop on an alert recorded as false",
    "false_arrests": "end in an arrest recorded as of a wrong person",
    "of_faces": "lead to an alert recorded as false",
}
# The same of numbers that stand by themselves.
STATED = {
    "false_alerts": "are false",
    "false_stopped": "lead to a stop on a false alert",
    "of_faces": "lead to a false alert",
}
# What need not be said twice.
SHORTER = {("false_stopped", "stops"): "follow a false alert", ("false_stopped", "false_alerts"): "lead to a stop"}
# What is possible after none, or after too few.
COULD = {
    "false_alerts": "could be false",
    "false_stopped": "could lead to a stop on a false alert",
    "false_arrests": "could end in an arrest of a wrong person",
    "of_faces": "could lead to a false alert",
}
# A share of which so much is open is not known at all: after 3 cases or fewer.
NEXT_TO_NOTHING = 0.7
FEWEST_OF_A_RANGE = 5
OF_EACH = {
    "faces": "faces counted",
    "passages": "passages",
    "alerts": "alerts (each points at somebody)",
    "stops": "stops",
    "arrests": "arrests",
    "false_alerts": "false alerts",
}


def repeats_text(ratio: Ratio, repeated: Interval | None, file: ClaimFile) -> str:
    """The interval at the effective sample size, and what was assumed; nothing where no repeats are."""
    visits = file.visits
    if visits is None or repeated is None:
        return ""
    worth = 1 / design_effect(visits.per_person, visits.correlation, visits.variation)
    return (
        f"If people come past {number(visits.per_person)} times each and their results are alike by {visits.correlation:g} "
        f"(assumed, no part of the verdict), {whole(ratio.bottom)} {words_of(ratio.per, file.words)} are worth "
        f"{number(worth * ratio.bottom)} independent ones: "
        f"{span_text(repeated, ratio.event, ratio.per)}."
    )


def passage_text(table: RateTable, file: ClaimFile) -> str:
    """The rate per passage, where faces stand for people; nothing where it is not asked."""
    span = file.passages_per_face
    if span is None or table.per_passage is None:
        return ""
    within = span_text(table.per_passage, table.event, "passages")
    return (
        f"Per passage of a person anything {'from ' if table.per_passage.low > 0 else ''}{within}: a counted face may "
        f"stand for {span.low:g} to {span.high:g} passages, because nobody has published how faces are counted."
    )


def natural(ratio: Ratio) -> str:
    """An error as a natural frequency: of 1,000 alerts about 3 (fewer than 1 to 17) are recorded as false."""
    if not is_case(ratio.event, ratio.per) or ratio.interval_95 is None or ratio.event not in RECORDED:
        return ""
    if ratio.per in OF_EACH and (said := _could(ratio.event, ratio.per, ratio.bottom, ratio.rate, ratio.interval_95)):
        return said
    told = natural_of(ratio.rate, ratio.interval_95)
    if told is None or ratio.per not in OF_EACH:
        return ""
    return f"Of {large(told[0])} {OF_EACH[ratio.per]}, {told[1]} {_does(ratio.event, ratio.per, RECORDED)}."


def natural_span(event: str, per: str, bottom: float, ends: Interval, interval: Interval) -> str:
    """The same of numbers nobody recorded, perhaps a range: of 1,000 alerts about 6 to 21 (2 to 43) are false."""
    if not is_case(event, per) or event not in STATED or per not in OF_EACH:
        return ""
    if ends.low == ends.high and (said := _could(event, per, bottom, ends.high, interval)):
        return said
    if ends.low == ends.high:
        told = natural_of(ends.high, interval)
        return "" if told is None else f"Of {large(told[0])} {OF_EACH[per]}, {told[1]} {_does(event, per, STATED)}."
    many = next((each for each in ROUND if each * max(ends.low, ends.high / 10) >= FEWEST_OF_A_RANGE), None)
    if many is None:
        return ""
    first, last, low, high = (
        _whole(many * x) if many * x >= 1 else "fewer than 1" for x in (*ends, interval.low, min(interval.high, 1.0))
    )
    return (
        f"Of {large(many)} {OF_EACH[per]}, about {first} to {last} (95 %: {low} to {high}) {_does(event, per, STATED)}."
    )


def _could(event: str, per: str, bottom: float, rate: float, interval: Interval) -> str:
    """What none, or so few that they say next to nothing, leaves possible; nothing where more is known."""
    told, little = natural_of(rate, interval), interval.high - interval.low >= NEXT_TO_NOTHING
    if told is None or not (little or rate == 0):
        return ""
    many = told[0]
    low, high = _whole(many * interval.low), _whole(many * min(interval.high, 1.0))
    span = f"anything from {'none' if rate == 0 else low} to {high} {_does(event, per, COULD)}"
    if not little:
        return f"Of {large(many)} {OF_EACH[per]}, {span} (95 %)."
    unit = words_of(per, {}, bottom)
    said = f"One {unit} says" if bottom == 1 else f"{_whole(bottom)} {unit} say"
    return f"{said} next to nothing: of {large(many)}, {span} (95 %)."


def _does(event: str, per: str, words: Mapping[str, str]) -> str:
    if (event, per) == ("false_alerts", "faces"):
        return words["of_faces"]
    return words[event] if words is COULD else SHORTER.get((event, per), words[event])


def natural_of(rate: float, interval: Interval) -> tuple[int, str] | None:
    """Of how many a *rate* is told, and the number with its interval; None where it is too rare to tell."""
    many = next((each for each in ROUND if each * (rate or interval.high) >= 1.5), None)
    if many is None:
        return None
    low, high = many * interval.low, many * min(interval.high, 1.0)
    return many, f"about {_whole(many * rate)} (95 %: {'fewer than 1' if low < 1 else _whole(low)} to {_whole(high)})"


def _whole(x: float) -> str:
    return f"{x:,.0f}"


__all__ = ["natural", "natural_of", "natural_span", "passage_text", "repeats_text"]
