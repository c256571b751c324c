"""How stops end, as inputs: disposals of wanted people, and false alerts that the operator accepts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePath

from simulator.evidence.fit.fitted_values import STOPPED, FittedInput, by_beta
from simulator.evidence.fit.level_slope import PRIOR_SHAPE
from simulator.evidence.fit.prior import Prior
from simulator.evidence.fit.prior_found import MedianOf, PriorFound
from simulator.evidence.fit.ratios import ClusteredShare
from simulator.evidence.fit.whole_fit import Fit

ARREST, OTHER = "procedure.disposals.wanted_arrest", "procedure.disposals.wanted_other"


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


def stopped(fit: Fit, stays: list[str], priors: list[PriorFound]) -> Iterator[FittedInput]:
    """Share of false alerts accepted at review, from the share that ended in a stop; both results go into *priors*."""
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
    found = 1 - procedure.not_found.value
    trials = share.of / share.dispersion
    prior = fit.stopped_prior.beside(trials)
    cases = min(share.events / share.dispersion / max(found, 1e-9), trials)
    source = (
        f"{PurePath(fit.records.label).name}: {words}; that is the whole chain, so it is divided by the {100 * found:.1f} % whom "
        f"a search finds"
    )
    alone = item = by_beta(STOPPED, cases + PRIOR_SHAPE, trials - cases + PRIOR_SHAPE, source)
    if prior.used:
        before = f"{source}; before it {prior.evidence}, at a weight of {prior.weight:g}"
        item = by_beta(STOPPED, prior.beta[0] + cases, prior.beta[1] + trials - cases, before)
    accept_true = procedure.look.accept_true
    if accept_true is not None and accept_true.value < item.value:
        stays.append(f"{STOPPED} stays: it would be above accept_true ({words}).")
        return
    priors.append(
        PriorFound(
            key=STOPPED,
            used=prior.used,
            why=prior.why,
            alone=_median_of(alone),
            with_evidence=_median_of(item) if prior.used else None,
            conflict_p=_conflict(round(cases), round(trials), prior) if prior.used else None,
            share=1 - trials / (sum(prior.beta) - 2 * PRIOR_SHAPE + trials) if prior.used else None,
            may_not_hold=prior.may_not_hold,
        )
    )
    yield item


def _median_of(item: FittedInput) -> MedianOf:
    return MedianOf(median=item.value, interval_95=item.interval_95)


def _conflict(cases: int, trials: int, prior: Prior) -> float:
    """Probability, by the whole evidence, of so many *cases* in *trials* or any as far off: twice the smaller tail."""
    from scipy import stats

    law = stats.betabinom(trials, prior.first, prior.second)
    return min(1.0, 2 * min(float(law.cdf(cases)), float(law.sf(cases - 1))))
