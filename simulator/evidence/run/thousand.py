"""A thousand alerts sorted by truth and by what officers did: the numbers behind the icon array and the picture to share."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from simulator.evidence.run.study import CHANCE, RECOGNISED, Study
from simulator.response import outcomes as o
from simulator.scenario.quantity import Array
from simulator.street.mask import FALSE_OTHER_ENTRY
from simulator.street.people import Index

ICONS = 1000
Did = Literal[
    "arrested", "other_disposal", "conditions_kept", "let_go", "outdated_record", "bystander", "already_dealt_with",
    "dismissed", "not_reached", "not_found",
]  # fmt: skip
STOPS = (o.RELEASED, o.OTHER_DISPOSAL, o.ARRESTED)
# How an alert ended without a stop, by what came of it. Whoever is alerted on again while officers deal with them, or is
# recognised from an earlier stop, was reached: such people are not missed.
NOT_STOPPED: dict[Did, tuple[int, ...]] = {
    "already_dealt_with": (o.REPEAT, RECOGNISED),
    "dismissed": (o.DISMISSED,),
    "not_reached": (o.NOT_REVIEWED, o.GONE, o.NO_TEAM),
    "not_found": (o.NOT_FOUND,),
}
WORDS: dict[tuple[bool, Did], str] = {
    (True, "arrested"): "wrong person stopped and arrested",
    (True, "let_go"): "wrong person stopped, let go",
    (False, "arrested"): "arrested",
    (False, "other_disposal"): "summons or other disposal",
    (False, "conditions_kept"): "stopped, conditions kept",
    (False, "let_go"): "stopped, let go",
    (False, "outdated_record"): "stopped on an outdated record, let go",
    **{(false, "bystander"): "a bystander stopped" for false in (True, False)},
    **{(false, "already_dealt_with"): "not stopped: already dealt with" for false in (True, False)},
    **{(false, "dismissed"): "not stopped: dismissed on review" for false in (True, False)},
    **{(false, "not_reached"): "not stopped: gone before officers were free" for false in (True, False)},
    **{(false, "not_found"): "not stopped: not found" for false in (True, False)},
}


@dataclass(frozen=True, kw_only=True)
class Category:
    """Alerts that were true or *false* and on which officers *did* the same: *total* over all campaigns, *icons* of a thousand.

    *stages* of officers needed and *expected* (closed form of one campaign) say what it means where there is none.
    """

    words: str
    false: bool
    did: Did
    total: float
    per_campaign: float
    stages: int = 0
    expected: float = 0.0
    icons: int = 0

    @property
    def stopped(self) -> bool:
        """Whether somebody was stopped."""
        return self.did not in NOT_STOPPED


def categories(study: Study) -> list[Category]:
    """Every alert of the chance pass in one category, false ones first; their icons sum to 1,000 (0 without alerts).

    A stop that can happen is there also where none was simulated, other ends are not.
    """
    found = [*_false(study), *_true(study)]
    possible = [item for item in found if item.total > 0 or item.stages]
    icons = largest_remainder(np.array([item.total for item in possible]), ICONS)
    return [replace(item, icons=int(n)) for item, n in zip(possible, icons, strict=True)]


def _false(study: Study) -> Iterable[Category]:
    m, ends = _totals(study), study.truth_by_outcome[CHANCE][: FALSE_OTHER_ENTRY + 1].sum(axis=0)
    let_go = m["no_action_wrong_person"]
    taken = study.expected["wrongful_arrests"] + study.expected["other_offence_arrests"]
    of_bystanders = float(ends[list(STOPS)].sum()) - m["wrongful_stops"]
    yield _category(study, True, "arrested", m["wrongful_stops"] - let_go, 3, taken)
    yield _category(study, True, "let_go", let_go, 2, study.expected["wrongful_stops"] - taken)
    yield _category(study, True, "bystander", of_bystanders)
    yield from (_category(study, True, did, float(ends[list(by)].sum())) for did, by in NOT_STOPPED.items())


def _true(study: Study) -> Iterable[Category]:
    m, table = _totals(study), study.truth_by_outcome[CHANCE]
    false_stops = float(table[: FALSE_OTHER_ENTRY + 1, list(STOPS)].sum())
    right = m["stops"] - m["wrongful_stops"] - m["bystander_stops"]
    released = m["complied_stops"] + m["no_action_right_person"] + m["no_action_stale_record"]
    ends = table[FALSE_OTHER_ENTRY + 1 :].sum(axis=0)
    yield _category(study, False, "arrested", right - released - m["outcome_other_disposal"], 3)
    yield _category(study, False, "other_disposal", m["outcome_other_disposal"], 3)
    yield _category(study, False, "conditions_kept", m["complied_stops"], 3)
    yield _category(study, False, "let_go", m["no_action_right_person"], 2)
    yield _category(study, False, "outdated_record", m["no_action_stale_record"], 3)
    yield _category(study, False, "bystander", m["bystander_stops"] - (false_stops - m["wrongful_stops"]))
    yield from (_category(study, False, did, float(ends[list(by)].sum())) for did, by in NOT_STOPPED.items())


def _totals(study: Study) -> dict[str, float]:
    return {name: float(values.sum()) for name, values in study.passes[CHANCE].items()}


def _category(study: Study, false: bool, did: Did, total: float, stages: int = 0, expected: float = 0.0) -> Category:
    return Category(
        words=WORDS[false, did],
        false=false,
        did=did,
        total=total,
        per_campaign=total / study.replications,
        stages=stages,
        expected=expected,
    )


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


__all__ = ["ICONS", "Category", "Did", "categories", "largest_remainder"]
