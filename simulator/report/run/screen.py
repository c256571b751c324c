"""The first screen of a run: what it means, per what, what is recorded beside it, how sure, and a sentence to quote."""

from __future__ import annotations

from collections.abc import Iterator

from simulator.evidence.about.header import Header
from simulator.evidence.numbers import count_range, counted, number, number_range, one_in, whole
from simulator.evidence.run.found import MeasureFound, RunFound
from simulator.evidence.run.rates import Range
from simulator.report.page import Beside, Block, Line, Table, table
from simulator.report.run.alternatives import in_short
from simulator.report.said import deployments, hours, list_size, mismatch, threshold
from simulator.report.screen import NOTE, SIMULATED, WHOSE, facts, first_of, head, means

# The same events out of how many of what, in numbers that stand beside each other; words by the key of rates.
PER = {
    "face": (1e6, "million faces"),
    "passage": (1e6, "million passages"),
    "alert": (1e3, "1,000 alerts"),
    "stop": (1e3, "1,000 stops"),
}
ROWS = (
    ("alerts", "alerts"),
    ("stops", "stops"),
    ("wrongful_stops", "  wrong person"),
    ("bystander_stops", "  somebody else"),
    ("no_action_right_person", "  right person, let go"),
    ("no_action_stale_record", "  outdated record"),
    ("complied_stops", "  conditions kept"),
    ("arrests", "  arrests"),
    ("outcome_other_disposal", "  other outcome"),
    ("listed_missed", "listed, missed"),
)
LIES = "may lie"
# Ranges of tables, as short as can be.
TO = "–"
NINE_IN_TEN = "at least 9 in 10"


def screen(found: RunFound) -> Iterator[Block]:
    """The answer on one screen; everything else is behind details."""
    about = found.scenario
    year = "A year: " if about.year else ""
    yield from head(
        about,
        SIMULATED,
        f"{year}{_size(about)}; threshold {threshold(about)}; list {list_size(about)}; "
        f"{counted(found.run.replications, f'simulated {about.unit}')}.",
        again=found.depletion,
    )
    yield from _unlike_its_record(found)
    yield from means(meaning(found))
    yield Beside((_per_what(found), *recorded(found)), (_one_campaign(found),), 0.45)
    yield Line(NOTE)
    yield from facts(
        ("How sure", " ".join(_how_sure(found))),
        ("If ...", " · ".join(in_short(found))),
        ("Watch out", first_of(list(_watch_out(found)))),
        ("To quote", _quote(found)),
    )


def _size(about: Header) -> str:
    """Deployments and hours; hours alone where the title has how many deployments there are."""
    in_title = about.year is None and not about.places and f"{about.deployments} deployments" in about.title
    return hours(about.camera_hours) if in_title else deployments(about)


def meaning(found: RunFound, alone: bool = False) -> Iterator[str]:
    """At most four sentences: how often the wrong person is stopped, by whose error rates, and in how many campaigns nobody.

    *alone*: no numbers of one of the presets stand below.
    """
    wrong, unit = found.measures["wrongful_stops"], found.scenario.unit
    average, ends = _average(found, wrong)
    begin = "Extrapolated: in this simulation" if found.extrapolated else "In this simulation"
    if not average:
        never = wrong.closed_form == 0 and not wrong.with_ignorance.closed_form
        of = "never stopped: with these inputs that cannot happen"
        seen = f"stopped in none of {counted(found.run.replications, unit)}, which is no evidence of zero"
        yield f"{begin} the wrong person is {of if never else seen}."
        return
    varies = f" ({number_range(*ends)} within our ranges of the inputs)" if ends else ""
    other = found.other_preset
    if other is not None and other.disagrees:
        both = sorted([(average, WHOSE[found.scenario.preset or ""]), (average * other.factor, WHOSE[other.preset])])
        yield (
            f"{begin} the wrong person is stopped {number(both[0][0])} or {number(both[1][0])} times in a {unit} on average: the "
            f"error rates of {both[0][1]} give the one, those of {both[1][1]} the other; why they differ is not published."
        )
        by = f"{'By' if alone else 'All below is by'} {WHOSE[found.scenario.preset or '']}"
        yield f"{by}: {number(average)}{varies}."
    else:
        yield f"{begin} the wrong person is stopped {frequency(average, unit)}{varies}."
    none = round(100 * (1 - found.campaigns_with_a_wrongful_stop_drawn))
    some = (
        f"Every simulated {unit} has some."
        if found.campaigns_with_a_wrongful_stop_drawn == 1
        else f"Hardly any {unit} has none."
    )
    campaigns = found.run.replications
    few = round(found.campaigns_with_a_wrongful_stop_drawn * campaigns)
    if none == 100 and few:
        yield f"Of {whole(campaigns)} simulated {unit}s {whole(few)} {'has' if few == 1 else 'have'} such a stop."
    else:
        yield f"Of 100 simulated {unit}s {100 - none} have at least one such stop, {none} none." if none else some
    yield from _somebody_else(found)


def _somebody_else(found: RunFound) -> Iterator[str]:
    """How often a search ends on a bystander, where it can: who asks how many wrong people are stopped counts them too."""
    average, ends = _average(found, found.measures["bystander_stops"])
    if average:
        varies = f" ({number_range(*ends)})" if ends else ""
        yield f"Besides, somebody other than the person alerted on is stopped {frequency(average, found.scenario.unit)}{varies}."


def frequency(average: float, unit: str) -> str:
    """How often something happens that comes *average* times in one *unit*: the figure in words first where it is small."""
    like = " like this one" if unit == "campaign" else ""
    if average >= 1.5:
        return f"{number(average)} times in a {unit}{like} on average"
    if average > 2 / 3:
        return f"about once in a {unit}{like}: {number(average)} times on average"
    in_words = {2: "two", 3: "three", 4: "four", 5: "five", 10: "ten"}
    every = round(1 / average) if average > 0.01 else 1 / average
    return f"about once in {in_words.get(int(every), number(every))} {unit}s{like}: {number(average)} on average"


def _average(found: RunFound, measure: MeasureFound) -> tuple[float, Range | None]:
    """The average with unknown inputs, by its closed form where none was simulated, and where it may lie."""
    drawn = measure.with_ignorance
    if not found.varied:
        return measure.mean or measure.closed_form or 0.0, None
    return drawn.mean or drawn.closed_form or 0.0, drawn.average_95


def per_so_many(found: RunFound, unit: str, measure: str = "wrongful_stops") -> tuple[float, Range | None] | None:
    """Wrongful stops, or another *measure*, per so many of *unit* and where that may lie; None where nothing can be said."""
    rate, times = found.rates[measure][unit], PER[unit][0]
    drawn = rate.with_ignorance
    average = drawn.rate if found.varied and drawn else rate.rate
    if average is None:
        return None
    ends = drawn.average_95 if found.varied and drawn else None
    return times * average, ends and (times * ends[0], times * ends[1])


def _rate(found: RunFound, unit: str, to: str = " to ") -> tuple[str, str] | None:
    """The same in words."""
    said = per_so_many(found, unit)
    return said and (number(said[0]), number_range(*said[1], to) if said[1] else "")


def _times(times: float, ends: Range | None, to: str = " to ") -> str:
    return number_range(times * ends[0], times * ends[1], to) if ends else ""


def _per_what(found: RunFound) -> Table:
    merged = ["passage"] * (found.measures["passages"].mean == found.measures["faces"].mean)
    rows = [
        [f"per {PER[unit][1]}", *said]
        for unit in PER
        if unit not in (*merged, *found.scenario.no_rates_per) and (said := _rate(found, unit, TO))
    ]
    made = table("Wrong person stopped, per what?", ["", "average", LIES], rows)
    return made if any(row[2] for row in rows) else made.without(LIES)


def _one_campaign(found: RunFound) -> Table:
    rows = []
    for name, words in ROWS:
        m = found.measures[name]
        part = m.with_ignorance if found.varied else m
        if m.assumed_zero:
            continue
        ends = count_range(*part.campaign_90, TO) if part.campaign_90 else ""
        rows.append([words, number(part.mean) if part.mean else "none seen", ends])
    made = table(f"One {found.scenario.unit}", ["", "average", NINE_IN_TEN], rows)
    return made if any(row[2] for row in rows) else made.without(NINE_IN_TEN)


def recorded(found: RunFound) -> Iterator[Line]:
    """What was counted on the street, here and elsewhere."""
    here, like = found.record, found.recorded_elsewhere
    false, faces, alerts = (here.rows.get(name) if here else None for name in ("recorded_false", "faces", "alerts"))
    if false and (faces or alerts):
        of = " and ".join(
            f"{whole(row.recorded)} {name}" for row, name in ((faces, "faces"), (alerts, "alerts")) if row
        )
        silent = not any("stop" in name for name in here.rows) if here else False
        yield Line(
            f"{counted(false.recorded, 'false alert')} in {of}{'; stops unpublished' * silent}.",
            label="Recorded here",
        )
    if like is not None:
        stopped = like.stopped_on_false_alert
        yield Line(
            f"{counted(stopped, 'such stop')} in {number(like.faces / 1e6)} million faces ({number(1e6 * stopped / like.faces)} "
            f"per million, {_times(1e6, like.per_face_95, TO)}), {whole(like.alerts)} alerts "
            f"({number(1e3 * stopped / like.alerts)} per 1,000, {_times(1e3, like.per_alert_95, TO)}).",
            label=f"Recorded by {like.what}",
        )


def _how_sure(found: RunFound) -> Iterator[str]:
    rests = {
        "field": "The Met's recorded false alerts times the share of them stopped: that it agrees with the Met is no proof.",
        "npl": "False alerts rest on a laboratory test, not on a street.",
    }
    if found.scenario.preset == "field" and found.record is None:
        yield "Rests on the Met's record of false alerts and stops; none is of this place."
    else:
        yield rests.get(found.scenario.preset or "", "False alerts rest on the scenario's own error rates.")
    other = found.other_preset
    in_alternatives = any("recogniser.preset" in item.settings for item in found.alternatives)
    if other is not None and not other.disagrees and not in_alternatives:
        yield f"By {WHOSE[other.preset]} ×{number(other.factor)}."
    rows = found.record.rows if found.record else {}
    if fitted := [name.replace("_", " ") for name, row in rows.items() if row.calibrated_to]:
        yield f"Fitted to the record too: {', '.join(fitted)}."
    detection = next((item for item in found.inputs if item.key == "recogniser.tpir_at_anchor"), None)
    if detection is None or detection.grade == "assumed":
        yield "Missed people: detection is assumed."


def in_error(found: RunFound) -> Iterator[str]:
    """How often somebody is arrested in error: so rare that the prior says most of it, and what is recorded."""
    average, ends = _average(found, found.measures["wrongful_arrests"])
    if not average:
        return
    unit, like = found.scenario.unit, found.recorded_elsewhere
    rare = ends is not None and ends[0] > 0 and ends[1] < 0.5
    if ends and rare:
        often = f"1 in {number(1 / average)} {unit}s ({one_in(ends[1])} to {one_in(ends[0])})"
    else:
        often = f"{number(average)} per {unit}{f' ({number_range(*ends)})' if ends else ''}"
    none = like is not None and not like.arrested_on_false_alert
    recorded = f"; none recorded in {counted(like.stopped_on_false_alert, 'stop')}" if like and none else ""
    yield f"{often} by our prior{recorded}."


def _unlike_its_record(found: RunFound) -> Iterator[Line]:
    """What the record has that such campaigns do not: the first of it, false alerts before others."""
    if found.outside_checks:
        about = found.scenario
        own_cell = about.own_threshold is None
        label, figures, ranges = mismatch(found.outside_checks, about.unit, own_cell)
        more = f" {len(figures) - 1} more: --details." if len(figures) > 1 else ""
        yield Line(f"{figures[0]} {ranges}.{more}", label=label)


def _watch_out(found: RunFound) -> Iterator[str]:
    """What must not be missed, the gravest first."""
    said = list(found.warnings)
    lost, alerts = found.measures["passages_void"].mean, found.measures["alerts"].mean
    if lost > 0 and not (found.depletion and found.depletion.is_large):
        said.append(
            f"Assumed: who is arrested does not come back. That, and who is being dealt with, takes away {number(lost)} of "
            f"{number(lost + alerts)} alerts."
        )
    yield from (*said, *found.caveats)


def _quote(found: RunFound) -> str:
    rates = {
        unit: rate
        for unit in ("alert", "face")
        if unit not in found.scenario.no_rates_per and (rate := _rate(found, unit))
    }
    if not rates:
        return ""
    said = ", that is ".join(
        f"{average} times per {PER[unit][1]}{f' ({lies})' if lies else ''}" for unit, (average, lies) in rates.items()
    )
    other, title = found.other_preset, found.scenario.title.partition(",")[0]
    alike = other is None or not other.disagrees
    whose = "" if alike else f" with the error rates of {WHOSE[found.scenario.preset or '']}"
    begin = "Extrapolated: in a simulation" if found.extrapolated else "In a simulation"
    unit = next(iter(rates))
    others = per_so_many(found, unit, "bystander_stops")
    apart = (
        f"; besides, somebody else than alerted on {number(others[0])} times per {PER[unit][1]}"
        if others and others[0]
        else ""
    )
    both = "" if alike or other is None else f"; by {WHOSE[other.preset]} {number(other.factor)} times as many"
    return f"“{begin} ({title}){whose} the wrong person is stopped on average {said}{apart}{both}.”"


__all__ = ["PER", "frequency", "in_error", "meaning", "per_so_many", "recorded", "screen"]
