"""How stops end, as inputs: disposals of wanted people, and false alerts that the operator accepts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePath

from simulator.evidence.fit.fitted_values import FittedInput, by_beta
from simulator.evidence.fit.ratios import ClusteredShare
from simulator.evidence.fit.whole_fit import Fit

ARREST, OTHER = "procedure.disposals.wanted_arrest", "procedure.disposals.wanted_other"
STOPPED = "procedure.look.accept_false"


def disposals(fit: Fit, origin: str, stays: list[str]) -> list[FittedInput]:
    """Disposals of wanted people, such that all listed people together end as the record says.

    A record does not say who was listed for what, so the scenario's make-up of the list and its disposals of the others
    stand. What cannot be met with them is told in *stays*.
    """
    watchlist, own = fit.scenario.watchlist, fit.scenario.procedure.disposals
    conditions, stale = watchlist.conditions_share.value, watchlist.stale_share.value
    wanted, checked = (1 - conditions) * (1 - stale), conditions * (1 - stale)
    arrested = checked * own.conditions_arrest.value + stale * own.stale_arrest.value
    found: dict[str, FittedInput] = {}
    for end, key, others in (
        ("arrests", ARREST, arrested),
        ("other_disposal", OTHER, checked * own.conditions_other.value),
    ):
        share = fit.disposals.get(end)
        if share is None:
            continue
        words = f"{share.events:,.0f} {end.replace('_', ' ')} in {share.of:,.0f} confirmed true alerts"
        law = _of_wanted(share, others, wanted)
        if law is None:
            stays.append(
                f"{key} stays: with this scenario's make-up of the list no share of wanted people gives the record's {words}."
            )
            continue
        source = (
            f"{words}, given the scenario's make-up of the list ({conditions:g} to check conditions, {stale:g} stale) and its "
            f"disposals of those; {origin}"
        )
        found[key] = by_beta(key, *law, source)
    together = sum(
        found[key].value if key in found else own_share.value
        for key, own_share in ((ARREST, own.wanted_arrest), (OTHER, own.wanted_other))
    )
    if found and together > 1:
        stays.append(
            "procedure.disposals stay: arrests and other disposals together would take more than all wanted people, given this "
            "scenario's make-up of the list."
        )
        return []
    return list(found.values())


def _of_wanted(share: ClusteredShare, others: float, wanted: float) -> tuple[float, float] | None:
    """The beta law with the mean and variance of p, where the *share* is others + wanted x p; None where there is none."""
    if wanted <= 0:
        return None
    a, b = share.beta.a, share.beta.b
    size = a + b
    mean = (a / size - others) / wanted
    variance = a * b / (size**2 * (size + 1) * wanted**2)
    if not 0 < mean < 1 or variance >= mean * (1 - mean):
        return None
    worth = mean * (1 - mean) / variance - 1
    return mean * worth, (1 - mean) * worth


def stopped(fit: Fit, stays: list[str]) -> Iterator[FittedInput]:
    """Share of false alerts accepted at review, from the share that ended in a stop."""
    share, procedure = fit.stopped, fit.scenario.procedure
    if share is None:
        return
    words = f"{share.events:.0f} of {share.of:.0f} false alerts led to a stop"
    if procedure.look.accept_false is None or procedure.second_look is not None:
        stays.append(
            f"{STOPPED} stays: the scenario's look is given by d' and criterion or has a second look, and the record has only "
            f"the whole chain ({words})."
        )
        return
    size, found = share.beta.a + share.beta.b, 1 - procedure.not_found.value
    a = min(share.beta.a / max(found, 1e-9), size - 1e-3)
    source = (
        f"{PurePath(fit.records.label).name}: {words}; that is the whole chain, so it is divided by the {100 * found:.1f} % whom "
        f"a search finds"
    )
    item = by_beta(STOPPED, a, size - a, source)
    accept_true = procedure.look.accept_true
    if accept_true is not None and accept_true.value < item.value:
        stays.append(f"{STOPPED} stays: it would be above accept_true ({words}).")
        return
    yield item
