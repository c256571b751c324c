"""One event per every unit: the tables of rates, and which of them show another picture."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from simulator.claim.evidence import Evidence
from simulator.claim.figures import PARTS, UNITS, words_of
from simulator.claim.models import Claim, ClaimFile
from simulator.evidence.claim.agreement import Finding
from simulator.evidence.claim.judged import RateTable
from simulator.evidence.claim.ratios import Ratio, ratio_of, repeats_of
from simulator.evidence.claim.verdict import Picture
from simulator.evidence.statistics.intervals import Interval

# Errors, which may be counted out of everybody seen, pointed at, stopped or arrested: no one of these is the right one.
ERRORS = ("false_alerts", "false_stopped", "false_arrests")
# Rates per these can be set side by side; an hour is no case that could have gone wrong. In the order they are named.
CASES = ("alerts", "stops", "arrests", "faces", "passages", "false_alerts")


def units_of(event: str, per: str | None, also: Sequence[str] | None) -> tuple[str, ...]:
    """Units to show *event* by: what the claim is *per*, those asked for (*also*), else every unit there is.

    So of errors, and of all that alerts lead to where it is claimed per something.
    """
    every = event in ERRORS or (per is not None and event in PARTS["alerts"])
    asked = (UNITS if every else ()) if also is None else tuple(also)
    first = () if per is None else (per,)
    return (*first, *(unit for unit in asked if unit not in (per, event)))


def tables_of(claim: Claim, event: str, units: Sequence[str], file: ClaimFile) -> tuple[RateTable, ...]:
    """*event* by *units*, a table for each piece of the claim's evidence that states any."""
    tables = (_table_of(name, file.evidence[name], event, units, file) for name in claim.evidence)
    return tuple(table for table in tables if table is not None)


def _table_of(name: str, evidence: Evidence, event: str, units: Iterable[str], file: ClaimFile) -> RateTable | None:
    """*event* of one piece of evidence by each of *units* that it states; None where it states none."""
    ratios = [ratio for unit in units if (ratio := ratio_of(evidence.figures, event, unit)) is not None]
    if not ratios:
        return None
    return RateTable(
        evidence=name,
        event=event,
        by_unit=tuple(ratios),
        per_passage=_per_passage(ratios, file),
        repeats_95={ratio.per: ends for ratio in ratios if (ends := repeats_of(ratio, file.visits)) is not None},
    )


def _per_passage(ratios: Sequence[Ratio], file: ClaimFile) -> Interval | None:
    """The rate per passage if a counted face is from so many to so many passages; None where faces are not counted."""
    span = file.passages_per_face
    faces = next((ratio for ratio in ratios if ratio.per == "faces"), None)
    if span is None or faces is None or faces.interval_95 is None:
        return None
    return Interval(faces.interval_95.low / span.high, faces.interval_95.high / span.low)


def pictures_of(
    tables: Sequence[RateTable], per: str, also: Sequence[str], file: ClaimFile, chance: bool = False
) -> tuple[Picture, ...]:
    """The same event per other cases than the claim's, and other figures that its words could be taken for.

    Of several tables the first that states both units is taken. None is none per anything; but of a *chance* upper ends
    are compared where nothing was counted.
    """
    found: dict[str, Picture] = {}
    for table in tables if per in CASES else ():
        by_unit = {ratio.per: ratio for ratio in table.by_unit}
        for unit in CASES:
            counted = per in by_unit and (chance or by_unit[per].rate > 0)
            if counted and unit in by_unit and unit not in (per, *found):
                own, other = _size(by_unit[per]), _size(by_unit[unit])
                found[unit] = Picture.of(words_of(unit, file.words, 1), by_unit[unit].rate, other / own, table.evidence)
    ordered = [found[unit] for unit in CASES if unit in found]
    return (*ordered, *_other_figures(also, file, tables))


def first_of(deciding: Sequence[Finding], tables: Sequence[RateTable]) -> tuple[RateTable, ...]:
    """*tables*, those of the *deciding* findings first, of which the largest counts lead."""
    size = {item.name: item.rate.bottom if item.rate else 0.0 for item in deciding}
    return tuple(sorted(tables, key=lambda table: (table.evidence not in size, -size.get(table.evidence, 0.0))))


def pictured(tables: Sequence[RateTable]) -> RateTable | None:
    """The table that a picture is of: the first by several units in which something was counted, else the first by several."""
    several = [table for table in tables if sum(ratio.interval_95 is not None for ratio in table.by_unit) > 1]
    return next((table for table in several if table.by_unit[0].top > 0), next(iter(several), None))


def _size(ratio: Ratio) -> float:
    """How large a rate is or, where nothing was counted, can be: as often as its unit at most."""
    return ratio.rate if ratio.rate > 0 or ratio.interval_95 is None else min(ratio.interval_95.high, 1.0)


def _other_figures(also: Sequence[str], file: ClaimFile, tables: Sequence[RateTable]) -> list[Picture]:
    for table in tables:
        figures, own = file.evidence[table.evidence].figures, table.by_unit[0].top
        found = [
            Picture.of(words_of(name, file.words, 1), figures[name], figures[name] / own, table.evidence)
            for name in also
            if name in figures and own
        ]
        if found:
            return found
    return []


__all__ = ["CASES", "ERRORS", "first_of", "pictured", "pictures_of", "tables_of", "units_of"]
