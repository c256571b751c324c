"""Whether the rows that test a scenario are among those it was made from: then agreement is no check."""

from __future__ import annotations

import re
from pathlib import PurePath

import numpy as np

from simulator.evidence.check.planned import Planned, date_of, day_of
from simulator.scenario.inputs import quantities
from simulator.scenario.models import Scenario

# Values of other grades are nobody's record.
GRADES = ("measured", "derived")
# Each row is forecast with its own.
PLANNED = ("recogniser.threshold", "watchlist.size")


def fitted_to(scenario: Scenario, label: str, tested: Planned) -> bool:
    """Whether the *scenario* may have been fitted to some of the rows *tested*, of the file *label*.

    Not where none of its inputs rests on a record that they may be part of, nor where all are later than its own campaign and
    than any year that such an input's source names.
    """
    if not shared_data(scenario, label, tested):
        return False
    first = date_of(tested.day.min())
    sources = [quantity.source or "" for _, quantity in quantities(scenario) if quantity.grade in GRADES]
    years = [int(year) for source in sources for year in re.findall(r"(?<!\d)20\d\d(?!\d)", source)]
    return first <= scenario.campaign.days[-1].date or first.year <= max(years, default=0)


def shared_data(scenario: Scenario, label: str, tested: Planned) -> list[str]:
    """In words, which inputs of the *scenario* rest on records that the rows *tested*, of the file *label*, may repeat.

    A file does not say whose record it is: inputs count that name this file, or the publisher of the scenario's own
    record (the first word of its source).
    """
    record, file = scenario.record, PurePath(label).name
    publisher = record.source.split()[0] if record is not None else ""
    fitted = [] if record is None else [*record.calibrated, *record.shares_data]
    inputs = [
        key
        for key, quantity in quantities(scenario)
        if quantity.grade in GRADES
        and key not in PLANNED
        and not key.startswith("costs.")
        and (_names(quantity.source, publisher) or _names(quantity.source, file))
    ]
    if not fitted and not inputs:
        return []
    own = {day_of(day.date) for day in scenario.campaign.days}
    same = int(np.isin(tested.day, sorted(own)).sum())
    words = []
    if record is not None and fitted:
        figures = ", ".join(fitted).replace("_", " ")
        words.append(f"figures of the scenario's own record ({figures}; {record.source}) went into its inputs")
    if inputs:
        words.append(f"{', '.join(inputs)} name {publisher or file} in their source")
    said = "; ".join(words)
    return [
        f"Where {file or 'the record'} repeats what the scenario was made from, agreement is no check of it: test it on later "
        f"rows, or on another force's. {same} of {len(tested)} tested rows are of the scenario's own days. "
        f"{said[:1].upper()}{said[1:]}."
    ]


def _names(source: str | None, name: str) -> bool:
    return bool(source and name and re.search(rf"(?<!\w){re.escape(name)}(?!\w)", source))
