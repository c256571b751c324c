"""What words such as "virtually zero" could mean, in a table and in a sentence: what could be wrong, what would show it."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from simulator.claim.figures import words_of
from simulator.evidence.claim.readings import SEEN, Reading
from simulator.evidence.claim.words import large, limit
from simulator.evidence.numbers import whole
from simulator.report.page import Table, table

BEARINGS = {
    None: "nothing counted",
    "no_test": "no test",
    "holds": "holds",
    "does_not_hold": "does not hold",
    "cannot_be_shown": "cannot be shown",
    "needs_alerts": "say how many alerts",
}
NO_TEST = "No test: it would be kept whatever the alerts are, or lead to. So to keep it says nothing."
NEEDS_ALERTS = "It cannot be judged without the number of alerts: it may be kept whatever they are."


def readings_table(found: Sequence[Reading], own: Mapping[str, str], counted_in: str = "") -> Table:
    """Each limit: how many could be wrong and it would hold, whether it does, and units that show it at 95 %, one-sided."""
    counted = any(item.cases is not None for item in found)
    needs = ["shown by, without one", *(f"with {seen}" for seen in SEEN[1:])]
    rows = [
        [
            _limit(item, own),
            *([_wrong(item)] if counted else []),
            BEARINGS[item.verdict],
            *(enough(need.units) for need in item.units_needed),
        ]
        for item in found
    ]
    columns = ["below", *(["could be wrong"] if counted else []), "as counted", *needs]
    return table(f"{_title(found, own)}{counted_in}", columns, rows, needs[:0:-1], prose=("below",))


def _title(found: Sequence[Reading], own: Mapping[str, str]) -> str:
    cases = next((item for item in found if item.cases is not None and item.of is not None), None)
    if cases is None or cases.of is None:
        return "By reading: what shows it at 95 % (one-sided)"
    of = f"{whole(cases.cases or 0)} {words_of(cases.of, own, cases.cases or 0)}"
    return f"By reading: of {of} so many could be wrong and it would still hold; what shows it at 95 % (one-sided)"


def _limit(item: Reading, own: Mapping[str, str]) -> str:
    if item.one_in < 1:
        return f"{limit(1 / item.one_in)} per {words_of(item.per, own, 1)}"
    return f"1 in {limit(item.one_in)} {words_of(item.per, own)}"


def _wrong(item: Reading) -> str:
    if item.could_be_wrong is None:
        return ""
    if item.could_be_wrong == 0:
        return "none"
    return f"all {whole(item.could_be_wrong)}" if item.could_be_wrong == item.cases else whole(item.could_be_wrong)


def readings_lines(found: Sequence[Reading], own: Mapping[str, str]) -> Iterator[str]:
    """The same in a sentence for each unit and piece of evidence, without what would show it."""
    for _, group in groupby(found, lambda item: (item.per, item.evidence)):
        first, *others = group
        cases = "" if first.of is None else f" {words_of(first.of, own)} could be wrong"
        said = [f"If it means below {_limit(first, own)}, {_short(first, cases)}"]
        said += [f"{_limit(item, own).removesuffix(f' {words_of(item.per, own)}')}: {_short(item)}" for item in others]
        yield f"{'; '.join(said)}."


def _short(item: Reading, cases: str = "") -> str:
    wrong = _wrong(item)
    return f"{wrong}{cases} ({BEARINGS[item.verdict]})" if wrong else f"it {BEARINGS[item.verdict]}"


def no_test_line(found: Sequence[Reading]) -> list[str]:
    """What "no test" means, where a reading is none, and what it takes to say whether it is one."""
    verdicts = {item.verdict for item in found}
    return [line for name, line in (("no_test", NO_TEST), ("needs_alerts", NEEDS_ALERTS)) if name in verdicts]


def enough(units: float) -> str:
    """So many *units* as are enough: three digits, rounded up."""
    step = 10 ** max(math.floor(math.log10(units)) - 2, 0)
    # the last digit of a float is forgiven
    return large(math.ceil(units / step * (1 - 1e-12)) * step)


__all__ = ["enough", "no_test_line", "readings_lines", "readings_table"]
