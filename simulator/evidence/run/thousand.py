"""A thousand alerts sorted by truth and by what came of them: the numbers behind the icon array."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from simulator.evidence.run.study import CHANCE, Study
from simulator.response import outcomes as o
from simulator.scenario.quantity import Array
from simulator.street.mask import FALSE_OTHER_ENTRY
from simulator.street.people import Index

ICONS = 1000
BYSTANDER = "a bystander stopped"
STOPS = (o.RELEASED, o.OTHER_DISPOSAL, o.ARRESTED)


@dataclass(frozen=True, kw_only=True)
class Category:
    """Alerts that were true or false and came to the same end: *total* over all campaigns, *icons* of a thousand.

    *stages* of officers needed and *expected* (closed form of one campaign) say what it means where there is none.
    """

    words: str
    false: bool
    total: float
    stages: int = 0
    expected: float = 0.0
    icons: int = 0


def categories(study: Study) -> list[Category]:
    """Every alert of the chance pass in one category, false ones first; their icons sum to 1,000 (0 without alerts)."""
    m = {name: float(values.sum()) for name, values in study.passes[CHANCE].items()}
    false_stops = float(study.truth_by_outcome[CHANCE][: FALSE_OTHER_ENTRY + 1, list(STOPS)].sum())
    let_go, other = m["no_action_wrong_person"], m["outcome_other_disposal"]
    taken = m["wrongful_stops"] - let_go
    expected_taken = study.expected["wrongful_arrests"] + study.expected["other_offence_arrests"]
    expected_let_go = study.expected["wrongful_stops"] - expected_taken
    of_false = false_stops - m["wrongful_stops"]
    of_true = m["bystander_stops"] - of_false
    right = m["stops"] - m["wrongful_stops"] - m["bystander_stops"]
    released = m["complied_stops"] + m["no_action_right_person"] + m["no_action_stale_record"]
    repeats = m["true_alerts"] - right - of_true - m["true_not_engaged"]
    found = [
        Category(words="wrong person stopped and arrested", false=True, total=taken, stages=3, expected=expected_taken),
        Category(words="wrong person stopped, let go", false=True, total=let_go, stages=2, expected=expected_let_go),
        Category(words=BYSTANDER, false=True, total=of_false),
        Category(words="nobody stopped", false=True, total=m["false_alerts"] - false_stops),
        Category(words="arrested", false=False, total=right - released - other, stages=3),
        Category(words="summons or other disposal", false=False, total=other, stages=3),
        Category(words="stopped, complied with conditions", false=False, total=m["complied_stops"], stages=3),
        Category(words="stopped, no action", false=False, total=m["no_action_right_person"], stages=2),
        Category(
            words="stopped on an outdated record, no action", false=False, total=m["no_action_stale_record"], stages=3
        ),
        Category(words=BYSTANDER, false=False, total=of_true),
        Category(words="repeat: person already sought or stopped", false=False, total=repeats),
        Category(words="nobody stopped", false=False, total=m["true_not_engaged"]),
    ]
    possible = [item for item in found if item.total > 0 or item.words != BYSTANDER]
    icons = largest_remainder(np.array([item.total for item in possible]), ICONS)
    return [replace(item, icons=int(n)) for item, n in zip(possible, icons, strict=True)]


def largest_remainder(totals: Array, seats: int) -> Index:
    """Whole numbers in proportion to *totals* that sum to *seats* (all 0 where the totals are)."""
    if totals.sum() <= 0:
        return np.zeros(len(totals), dtype=np.int64)
    exact = totals / totals.sum() * seats
    given: Index = np.floor(exact).astype(np.int64)
    # stable: of equal remainders the earlier category gets the square
    first = np.argsort(given - exact, kind="stable")[: seats - int(given.sum())]
    given[first] += 1
    return given


__all__ = ["BYSTANDER", "ICONS", "Category", "categories", "largest_remainder"]
