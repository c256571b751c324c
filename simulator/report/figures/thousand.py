"""A thousand alerts sorted by truth and by what came of them: the numbers behind the icon array."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from simulator.evidence.run.study import CHANCE, Study
from simulator.report.figures import phrases, style
from simulator.response import outcomes as o
from simulator.scenario.quantity import Array
from simulator.street.mask import FALSE_OTHER_ENTRY
from simulator.street.people import Index

ICONS = 1000
BYSTANDER = "a bystander stopped"
STOPS = (o.RELEASED, o.OTHER_DISPOSAL, o.ARRESTED)


@dataclass(frozen=True)
class Category:
    """Alerts that were true or false and came to the same end: *total* over all campaigns, *icons* of a thousand.

    *stages* of officers needed and *expected* (closed form of one campaign) say what it means where there is none.
    """

    words: str
    false: bool
    colour: str
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
        Category("wrong person stopped and arrested", True, style.BLACK, taken, 3, expected_taken),
        Category("wrong person stopped, let go", True, style.VERMILLION, let_go, 2, expected_let_go),
        Category(BYSTANDER, True, style.PURPLE, of_false),
        Category("nobody stopped", True, style.ORANGE, m["false_alerts"] - false_stops),
        Category("arrested", False, style.BLUE, right - released - other, 3),
        Category("summons or other disposal", False, style.SKY, other, 3),
        Category("stopped, complied with conditions", False, style.GREEN, m["complied_stops"], 3),
        Category("stopped, no action", False, "#8FD3BC", m["no_action_right_person"], 2),
        Category("stopped on an outdated record, no action", False, style.YELLOW, m["no_action_stale_record"], 3),
        Category(BYSTANDER, False, style.PURPLE, of_true),
        Category("repeat: person already sought or stopped", False, "#8C8C8C", repeats),
        Category("nobody stopped", False, "#D5D5D5", m["true_not_engaged"]),
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


def headline(study: Study) -> str:
    """The finding in natural frequencies."""
    alerts, false, wrongful = (
        float(study.passes[CHANCE][name].sum()) for name in ("alerts", "false_alerts", "wrongful_stops")
    )
    per_alert = study.expected["alerts"], "alerts"
    if alerts == 0:
        return f"No alert to show: {phrases.none_of(study, 'alerts', 0, phrases.all_seen(study))}"
    if false == 0:
        return f"Of 1,000 simulated alerts all are true. False alerts: {phrases.none_of(study, 'false_alerts', 0, per_alert)}"
    be = "is" if 1000 * false < 1.05 * alerts else "are"
    begin = f"Of 1,000 simulated alerts, {phrases.of_thousand(false / alerts)} {be} false"
    if wrongful == 0:
        return f"{begin}. Wrongful stops: {phrases.none_of(study, 'wrongful_stops', 2, per_alert)}"
    lead = "leads" if 1000 * wrongful < 1.05 * alerts else "lead"
    return f"{begin}; {phrases.of_thousand(wrongful / alerts)} {lead} to a stop of the wrong person"
