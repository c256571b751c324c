"""What words such as "virtually zero" could mean, in a table and in a sentence: what could be wrong, what would show it."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import groupby

from simulator.claim.figures import words_of
from simulator.evidence.claim.readings import SEEN, Reading
from simulator.evidence.claim.words import large, limit
from simulator.evidence.numbers import whole
from simulator.report.page import Table, table

BEARINGS = {
    None: "nothing counted",
    "no_test": "no test",
    "too_few": "no test",
    "holds": "holds",
    "does_not_hold": "does not hold",
    "cannot_be_shown": "cannot be shown",
    "needs_alerts": "how many alerts?",
}


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
    if item.cases == 1:
        return "the one"
    return f"all {whole(item.could_be_wrong)}" if item.could_be_wrong == item.cases else whole(item.could_be_wrong)


def readings_lines(found: Sequence[Reading], own: Mapping[str, str], later: Collection[str] = ()) -> Iterator[str]:
    """The same in a sentence for each unit and piece of evidence (*later*: since the claim), without what would show it."""
    for _, group in groupby(found, lambda item: (item.per, item.evidence)):
        first, *others = group
        cases = "" if first.of is None else f" {words_of(first.of, own, first.could_be_wrong or 1)} could be wrong"
        since = "Later: if" if first.evidence in later else "If"
        said = [f"{since} it means below {_limit(first, own)}, {_short(first, cases)}"]
        said += [f"{_limit(item, own).removesuffix(f' {words_of(item.per, own)}')}: {_short(item)}" for item in others]
        yield f"{'; '.join(said)}."


def _short(item: Reading, cases: str = "") -> str:
    wrong = _wrong(item)
    wrong = "no" if cases and wrong == "none" else wrong
    return f"{wrong}{cases} ({BEARINGS[item.verdict]})" if wrong else f"it {BEARINGS[item.verdict]}"


def no_test_lines(found: Sequence[Reading], own: Mapping[str, str]) -> list[str]:
    """Which reading is no test, and why: it holds whatever its cases were; and which may be one, if alerts are not counted."""
    limits: dict[str, list[Reading]] = {}
    for item in found:
        if item.verdict == "no_test":
            limits.setdefault(_limit(item, own), []).append(item)
    said = [
        f"Below {name} is no test: {_kept(items, own)}. Keeping to it shows nothing." for name, items in limits.items()
    ]
    open_ = list(dict.fromkeys(_limit(item, own) for item in found if item.verdict == "needs_alerts"))
    said += ["No test: so few cases say nothing, whichever way they went."] * any(
        item.verdict == "too_few" for item in found
    )
    return [*said, *(f"Below {name} may be no test: say how many alerts there were." for name in open_)]


def _kept(items: Sequence[Reading], own: Mapping[str, str]) -> str:
    """Why a limit is kept whatever was counted."""
    numbers = list(dict.fromkeys(item.cases for item in items if item.cases is not None))
    cases = words_of(items[0].of or "alerts", own)
    if not numbers:
        return f"it holds whatever the {cases} led to"
    if numbers == [1]:
        return f"it holds even if the one {words_of(items[0].of or 'alerts', own, 1)} was wrong"
    return f"it holds even if all {' or '.join(map(whole, numbers))} {cases} were wrong"


def enough(units: float) -> str:
    """So many *units* as are enough: three digits, rounded up."""
    step = 10 ** max(math.floor(math.log10(units)) - 2, 0)
    # the last digit of a float is forgiven
    return large(math.ceil(units / step * (1 - 1e-12)) * step)


__all__ = ["enough", "no_test_lines", "readings_lines", "readings_table"]
