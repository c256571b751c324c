"""Paired differences: against plain numpy, with negative controls, and on campaigns that must agree exactly."""

from __future__ import annotations

import numpy as np
import pytest

from simulator.evidence.comparison import compare, pair_of
from simulator.evidence.comparison_summary import summarise_comparison
from simulator.evidence.differences import difference, pairing, ratio
from simulator.evidence.precision import Target, until_precise
from simulator.report.comparison_tables import headline
from simulator.response.kernel import by_kernel
from simulator.scenario import load_scenario


def found(*overrides_b: str, n: int = 50) -> dict:
    pair = pair_of(load_scenario("croydon-static"), load_scenario("croydon-static", overrides_b))
    return summarise_comparison(compare(pair, n, 2, by_kernel))


def test_the_same_scenario_differs_in_nothing() -> None:
    same = found()
    for name, m in same["measures"].items():
        for inputs in ("chance", "ignorance"):
            assert (m[inputs]["difference"], m[inputs]["equal"]) == (0, 50), name
    assert same["differing"] == []
    assert headline(same["measures"]["wrongful_stops"]["chance"]).endswith("in every simulated campaign.")


def test_other_staff_leave_passages_and_true_people_as_they_are() -> None:
    one = found("officers.teams=1")
    for name in ("passages", "faces", "listed_people"):
        assert one["measures"][name]["chance"]["equal"] == 50
    assert one["measures"]["outcome_no_team"]["chance"]["shown"]
    assert one["measures"]["outcome_no_team"]["chance"]["difference"] > 0
    assert [item["key"] for item in one["differing"]] == ["officers.teams"]


def test_a_lower_threshold_has_more_wrongful_stops_and_pairing_saves() -> None:
    m = found("recogniser.threshold=0.60", n=200)["measures"]["wrongful_stops"]["chance"]
    assert m["shown"]
    assert "more wrongful stops per campaign than A" in headline(m)
    false = found("recogniser.threshold=0.63", n=200)["measures"]["false_alerts"]["chance"]
    assert false["pairing"] == "saved"
    assert false["unpaired"] > 200


def test_differences_against_plain_numpy() -> None:
    rng = np.random.default_rng(5)
    a = rng.poisson(3.0, 400).astype(float)
    b = a + rng.poisson(0.5, 400)
    d = difference(a, b)
    half = 1.9659 * np.std(b - a, ddof=1) / 20
    assert d.mean == pytest.approx((b - a).mean())
    assert d.interval.high - d.mean == pytest.approx(half, rel=1e-3)
    assert d.more + d.equal + d.fewer == 400
    p = pairing(a, b)
    assert p.unpaired == pytest.approx(400 * (a.var(ddof=1) + b.var(ddof=1)) / np.var(b - a, ddof=1))
    assert p.verdict == "saved"
    assert pairing(a, -a + 10).verdict == "cost"
    assert pairing(a, rng.permutation(b)).verdict == "unclear"
    over = ratio(a, b)
    assert over is not None
    assert over[1] is not None
    assert over[1].low < b.mean() / a.mean() < over[1].high


def test_nothing_is_shown_where_there_is_nothing() -> None:
    """Coverage over 2,000 repeats: 95 % plus or minus five standard errors of a share."""
    rng = np.random.default_rng(9)
    shown = sum(difference(rng.normal(size=60), rng.normal(size=60)).shown for _ in range(2000))
    assert abs(shown / 2000 - 0.05) < 5 * np.sqrt(0.05 * 0.95 / 2000)


def test_stopping_at_a_precision_keeps_the_interval_honest() -> None:
    """1,000 runs that stop when 10 % is reached: the interval holds the true average about as often as it says."""
    hits = 0
    for seed in range(1000):
        rng = np.random.default_rng(seed)
        reached = until_precise(lambda _, rng=rng: rng.poisson(2.0, (50, 1)).astype(float), 50, Target(relative=0.10))
        assert reached.met
        hits += abs(reached.look.average - 2.0) <= reached.look.half_width
    # optional stopping may cost a point or so of coverage; more would be wrong
    assert hits / 1000 > 0.95 - 0.01 - 4 * np.sqrt(0.05 * 0.95 / 1000)


def test_a_ceiling_is_said_with_what_would_be_needed() -> None:
    rng = np.random.default_rng(1)
    reached = until_precise(lambda _: rng.poisson(0.5, (50, 1)).astype(float), 50, Target(relative=0.01, most=400))
    assert not reached.met
    assert reached.campaigns == 400
    assert reached.needed is not None
    assert 0.5 < reached.needed / (1.96**2 / 0.5 / 0.01**2) < 2
