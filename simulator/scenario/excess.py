"""More listed passages than passages: what a rate of listed people, a TPIR and a list cannot say together."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from simulator.scenario.models import Watchlist
    from simulator.scenario.recogniser import Recogniser


def listed_excess(watchlist: Watchlist, recogniser: Recogniser) -> str | None:
    """Say what is wrong where more passages would be by listed people than there are; None where it fits.

    Where a table could not be read nothing is said: what is wrong with the table is said already.
    """
    key, rate, tpir = "listed_per_1000_passages", watchlist.listed_per_1000_passages, 1.0
    if rate is None:
        key, rate, at = (
            "true_alerts_per_1000_passages",
            watchlist.true_alerts_per_1000_passages,
            watchlist.reference_threshold,
        )
        if recogniser.table is not None and recogniser.read_table is None:
            return None
        at = (recogniser.anchor_threshold or 0.0) if at is None else at
        tpir = recogniser.tpir(at)
        if rate and tpir == 0 < rate.value:
            return (
                f"recogniser.{'table' if recogniser.table else 'tpir_at_anchor'}: TPIR is 0 at {at:g}, so no true alert can "
                f"happen, and how many listed people pass cannot follow from watchlist.{key} (got {rate.value:g}); give "
                f"listed_per_1000_passages instead"
            )
    growth = (watchlist.size.value / watchlist.size_of_reference) ** watchlist.growth_exponent.value
    if rate is None or rate.value * growth <= 1000 * tpir:
        return None
    size, reference = watchlist.size.value, watchlist.size_of_reference
    longer = f"a list of {size:,.0f}, which finds {growth:,.4g} times as many as that of {reference:,.0f}"
    because = [f"a TPIR of {tpir:.3g}"] * (tpir < 1) + [longer] * (growth != 1)
    return (
        f"watchlist.{key}: more passages than there are would be by listed people: {rate.value:g} per 1,000 with "
        f"{' and '.join(because)}; lower it, or take a shorter list"
    )


__all__ = ["listed_excess"]
