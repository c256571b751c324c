"""The first screen of a run: what it means, per what, what is recorded beside it, how sure, and a sentence to quote."""

from __future__ import annotations

from collections.abc import Iterator

from simulator.evidence.about.header import Header
from simulator.evidence.numbers import count_range, counted, number, number_range, one_in, plainly, whole
from simulator.evidence.run.found import RunFound
from simulator.evidence.run.rates import Range
from simulator.report.page import Beside, Block, Line, Table, table
from simulator.report.run.alternatives import in_short
from simulator.report.run.meaning import PER, SHORT, UNDER, average_of, lies, meaning, per_so_many
from simulator.report.run.quote import quote
from simulator.report.said import deployments, few, hours, list_size, mismatch, threshold
from simulator.report.screen import NOTE, SIMULATED, WHOSE, facts, first_of, head, means

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
# Where no input is uncertain an average has the error of the simulation alone.
LIES, ERROR = "may lie", "error (95 %)"
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
        ("To quote", quote(found)),
    )


def _size(about: Header) -> str:
    """Deployments and hours; hours alone where the title has how many deployments there are."""
    in_title = about.year is None and not about.places and f"{about.deployments} deployments" in about.title
    return hours(about.camera_hours) if in_title else deployments(about)


def _rate(found: RunFound, unit: str) -> tuple[str, str] | None:
    """Wrongful stops per so many of *unit* in words, and where that may lie."""
    said = per_so_many(found, unit)
    return said and (plainly(said[0], UNDER[SHORT]), lies(said[1], SHORT))


def _times(times: float, ends: Range | None, to: str = " to ") -> str:
    return number_range(times * ends[0], times * ends[1], to) if ends else ""


def _per_what(found: RunFound) -> Table:
    merged = ["passage"] * (found.measures["passages"].mean == found.measures["faces"].mean)
    rows = [
        [f"per {PER[unit][1]}", *said]
        for unit in PER
        if unit not in (*merged, *found.scenario.no_rates_per) and (said := _rate(found, unit))
    ]
    name = LIES if found.varied else ERROR
    made = table("Wrong person stopped, per what?", ["", "average", name], rows)
    return made if any(row[2] for row in rows) else made.without(name)


def _one_campaign(found: RunFound) -> Table:
    rows = []
    for name, words in ROWS:
        m = found.measures[name]
        part = m.with_ignorance if found.varied else m
        if m.assumed_zero:
            continue
        ends = count_range(*part.campaign_90, SHORT) if part.campaign_90 else ""
        rows.append([words, plainly(part.mean, UNDER[SHORT]) if part.mean else "none seen", ends])
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
            f"per million, {_times(1e6, like.per_face_95, SHORT)}), {whole(like.alerts)} alerts "
            f"({number(1e3 * stopped / like.alerts)} per 1,000, {_times(1e3, like.per_alert_95, SHORT)}).",
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
    if other is not None and not other.disagrees:
        at = f" ×{number(other.factor)}{' at the best inputs' * found.varied}" * (not in_alternatives)
        drawn = f" ×{number(other.drawn_factor)} over all that is not known" * other.moves_with_inputs
        if at or drawn:
            yield f"By {WHOSE[other.preset]}{','.join(filter(None, (at, drawn)))}."
    if not found.varied:
        yield "No input is uncertain here: ranges are the error of the simulation alone."
    rows = found.record.rows if found.record else {}
    if fitted := [name.replace("_", " ") for name, row in rows.items() if row.calibrated_to]:
        yield f"Fitted to the record too: {', '.join(fitted)}."
    detection = next((item for item in found.inputs if item.key == "recogniser.tpir_at_anchor"), None)
    if detection is None or detection.grade == "assumed":
        yield "Missed people: detection is assumed."


def in_error(found: RunFound) -> Iterator[str]:
    """How often somebody is arrested in error: so rare that the prior says most of it, and what is recorded."""
    average, ends = average_of(found, found.measures["wrongful_arrests"])
    if not average:
        return
    if not found.varied:
        # the error of the simulation is none of the prior
        ends = None
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
    said = [*few(found.run.replications, found.scenario.unit), *found.warnings]
    lost, alerts = found.measures["passages_void"].mean, found.measures["alerts"].mean
    if lost > 0 and not (found.depletion and found.depletion.is_large):
        said.append(
            f"Assumed: who is arrested does not come back; with people still held, that takes away {number(lost)} of "
            f"{number(lost + alerts)} alerts."
        )
    yield from (*said, *found.caveats)


__all__ = ["in_error", "recorded", "screen"]
