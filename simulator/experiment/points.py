"""A point of the surface as it is typed, THRESHOLD,SIZE, and what every threshold and list size must keep to."""

from __future__ import annotations

from simulator.scenario.cells import with_size
from simulator.scenario.errors import shown
from simulator.scenario.excess import listed_excess
from simulator.scenario.models import Scenario
from simulator.scenario.numbers import TwoReadingsError, read_number, suggested_share
from simulator.scenario.quantity import LARGEST_LIST


class PointError(ValueError):
    """A threshold with a list size that cannot be: it says why."""


def parse_point(text: str) -> tuple[float, float]:
    """Threshold and list size from THRESHOLD,SIZE; PointError where it is no such pair of numbers."""
    first, _, rest = text.partition(",")
    try:
        threshold, size = read_number(first), read_number(rest, percent=False, comes="whole")
    except TwoReadingsError as error:
        raise PointError(f"the list {error}") from None
    # after a threshold of 0 or 1 the rest may be its decimals
    if threshold is None or size is None or (threshold in (0, 1) and "," in rest):
        raise PointError(f"must be THRESHOLD,SIZE, for example 0.62,16500 (got {shown(text)})")
    return threshold, size


def check_point(scenario: Scenario, threshold: float, size: float) -> None:
    """Raise PointError unless *threshold* and *size* are possible in *scenario*; NaN never is."""
    if not 0 <= threshold <= 1:
        raise PointError(
            f"the threshold must be between 0 and 1 (got {threshold:g}){suggested_share(threshold, threshold=True)}"
        )
    if not (1 <= size <= LARGEST_LIST and size == int(size)):
        raise PointError(f"the list must have a whole number of 1 to {LARGEST_LIST:,} entries (got {size:.15g})")
    excess = listed_excess(with_size(scenario.watchlist, size), scenario.recogniser)
    if excess:
        raise PointError(excess)
    table = scenario.recogniser.read_table
    if table is not None and not table.thresholds[0] <= threshold <= table.thresholds[-1]:
        low, high = table.thresholds[0], table.thresholds[-1]
        raise PointError(
            f"threshold {threshold:g} lies outside the table ({low:g} to {high:g}), which is not extrapolated"
        )


__all__ = ["PointError", "check_point", "parse_point"]
