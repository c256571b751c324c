"""The list of a cell: of another size than the scenario's own, with people who come past as the scenario says of its own."""

from __future__ import annotations

from simulator.scenario.models import Watchlist


def with_size(watchlist: Watchlist, size: float) -> Watchlist:
    """*watchlist* with a list of *size*; the listed rate stays that of the scenario's own list, and grows from there."""
    return watchlist.model_copy(
        update={
            "size": watchlist.size.model_copy(update={"value": size}),
            "reference_size": watchlist.reference_size or watchlist.size,
        }
    )


__all__ = ["with_size"]
