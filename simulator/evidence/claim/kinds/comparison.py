"""A claim that one setting does better than another: two scenarios simulated side by side."""

from __future__ import annotations

from simulator.claim.kinds import ComparisonClaim
from simulator.claim.models import Claim, ClaimFile
from simulator.evidence.claim.agreement import Finding, from_documents
from simulator.evidence.claim.judged import Compared, ComparisonFound, Weighed
from simulator.evidence.claim.kinds.fact import counted_or_cause, other_subjects
from simulator.evidence.counted.measures import BY_NAME
from simulator.evidence.numbers import number
from simulator.evidence.statistics.intervals import Interval

CAMPAIGNS, SEED = 200, 1
SHOWN_MEASURES = ("alerts", "false_alerts", "wrongful_stops", "no_action_stops", "arrests")


PER = {"campaign": "campaign", "camera_hour": "camera hour", "100k_faces": "100,000 counted faces"}


def weigh(claim: Claim, file: ClaimFile) -> Weighed:
    """Simulate both scenarios and show them side by side; what settles the claim is documents, for a simulation is no record."""
    compared = claim.comparison
    if compared is None:
        raise ValueError("the claim is not of a comparison")
    found = ComparisonFound(
        a=compared.a,
        b=compared.b,
        measure=compared.measure,
        says=compared.says,
        campaigns=CAMPAIGNS,
        seed=SEED,
        per=compared.per,
        rates_by_measure=_simulated(compared),
    )
    simulation = Finding(
        name="simulation",
        relation="simulated",
        grade="simulated",
        publication="lfrsim",
        source=f"{compared.a}, {compared.b}",
        what=f"{compared.b} against {compared.a}, {CAMPAIGNS} simulated campaigns of each",
        number=found.rates_by_measure[compared.measure].difference,
    )
    documents = from_documents(claim, file)
    return Weighed(
        unit=compared.per,
        key_figure=_in_words(found),
        numbers=(simulation, *documents),
        precision=counted_or_cause(claim),
        per_what=other_subjects(documents),
        comparison=found,
    )


def _in_words(found: ComparisonFound) -> str:
    """The claimed measure per unit in both scenarios, simulated."""
    rates = found.rates_by_measure[found.measure]
    return (
        f"simulated, not recorded: {number(rates.b)} {measure_words(found.measure)} per {PER[found.per]} in {found.b} against "
        f"{number(rates.a)} in {found.a}"
    )


def measure_words(measure: str) -> str:
    """What a simulated *measure* is called."""
    return BY_NAME[measure].words


def _simulated(compared: ComparisonClaim) -> dict[str, Compared]:
    """Each shown measure per unit in both scenarios, inputs drawn from their intervals: a, b and B - A with its range.

    The range is over single pairs of campaigns' inputs (95 %), not the Monte Carlo error of the average.
    """
    import numpy as np

    from simulator.evidence.compare.comparison import compare
    from simulator.evidence.run.study import IGNORANCE
    from simulator.experiment.pairs import pair_of
    from simulator.response.engines import engine_named
    from simulator.scenario.loader import load_scenario

    found = compare(
        pair_of(load_scenario(compared.a), load_scenario(compared.b)), CAMPAIGNS, SEED, engine_named("auto")
    )
    values = found.passes[IGNORANCE]
    sides = (found.pair.a, found.pair.b)
    below = {
        "campaign": np.ones((2, CAMPAIGNS)),
        "camera_hour": np.array([[side.campaign.camera_hours] * CAMPAIGNS for side in sides]),
        "100k_faces": values["faces"] / 1e5,
    }[compared.per]
    rates: dict[str, Compared] = {}
    for name in dict.fromkeys((compared.measure, *SHOWN_MEASURES)):
        of_a, of_b = values[name].sum(axis=1) / below.sum(axis=1)
        each = values[name] / np.maximum(below, 1e-300)
        low, high = np.quantile(each[1] - each[0], [0.025, 0.975])
        rates[name] = Compared(
            a=float(of_a),
            b=float(of_b),
            difference=float(of_b - of_a),
            difference_95=Interval(float(low), float(high)),
        )
    return rates


__all__ = ["PER", "measure_words", "weigh"]
