"""What no deployment can have done: counts that contradict each other within one row."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import isnan

# (a part, what it is a part of)
PARTS = (
    ("true_alerts", "alerts"),
    ("unconfirmed", "alerts"),
    ("false_alerts", "alerts"),
    ("false_stopped", "false_alerts"),
)
# What there is none of where there is none of this.
NONE_WITHOUT = {
    **dict.fromkeys(("true_alerts", "unconfirmed", "false_alerts", "arrests", "other_disposal", "no_action"), "alerts"),
    "false_stopped": "false_alerts",
}
OUTCOMES = ("true_alerts", "unconfirmed", "false_alerts", "arrests")


def broken_rules(numbers: Mapping[str, float]) -> Iterator[tuple[str, str]]:
    """Yield the field and the rule for whatever is impossible among the *numbers* of one row (NaN where blank).

    Parts that add up to more than their whole are not among them: published rows have them, so they are oddities.
    """
    for part, whole in PARTS:
        if numbers[part] > numbers[whole]:
            words = whole.replace("_", " ")
            yield part, f"must not be above {words} (got {numbers[part]:,.0f} of {numbers[whole]:,.0f} {words})"
    if numbers["watchlist_size"] == 0:
        yield "watchlist_size", "must be above 0; leave the cell empty where the size is not known (got 0)"
    given = [field for field in OUTCOMES if not isnan(numbers[field])]
    if isnan(numbers["alerts"]) and given:
        words = ", ".join(field.replace("_", " ") for field in given)
        yield "alerts", f"must be given where the row gives {words} (the cell is empty)"
