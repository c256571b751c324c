"""The officers as queues: the engine's waits and losses are those of the textbook.

Each run is one long deployment with Poisson alerts. The first 2,000 are left out as warm-up. A simulated figure may
lie 5 standard errors from theory, the error taken from 50 batch means, because neighbours in a queue are alike; where
the worked figures have a tolerance (4 standard deviations of a run of 100,000 arrivals) that one holds instead. Every test
also names a wrong theory close by and shows that the same bound rejects it.
"""

from __future__ import annotations

import math

import numpy as np
import pytest
from numpy.typing import NDArray

from simulator.response import outcomes as o
from theory.campaigns import SIGMAS, sigmas_off
from theory.formulas import erlang_a, erlang_b, erlang_c, fixed_patience, with_priority
from theory.line import (
    FOR_EVER_S,
    HOUR_S,
    NO_PATIENCE_S,
    STAGES,
    Served,
    plan_of,
    poisson_times_s,
    resolve_all,
    serve,
)

Array = NDArray[np.float64]
WARM_UP, BATCHES = 2_000, 50
# A wait shorter than this is no wait: clocks of some 10^8 s have a grain of 10^-8 s.
AT_ONCE_S = 1e-4


def batch_means(values: Array) -> Array:
    """Means of 50 equal batches of *values*, warm-up left out."""
    kept = values[WARM_UP : WARM_UP + (len(values) - WARM_UP) // BATCHES * BATCHES].astype(float)
    return kept.reshape(BATCHES, -1).mean(axis=1)


def off(values: Array, theory: float) -> float:
    """Standard errors between the mean of *values*, of arrivals in order, and *theory*."""
    return sigmas_off(batch_means(values), theory)


def times_of(law: str, mean_s: float, rng: np.random.Generator, n: int) -> Array:
    """Service times of a *law* with the given mean."""
    if law == "fixed":
        return np.full(n, mean_s)
    if law == "exponential":
        return rng.exponential(mean_s, n)
    sd = float(law.removeprefix("log-normal "))
    return mean_s * rng.lognormal(-(sd**2) / 2, sd, n)


def run(
    stage: str,
    per_hour: float,
    served_per_hour: float,
    servers: int,
    patience_s: float | Array,
    n: int,
    law: str = "exponential",
    seed: int = 7,
) -> Served:
    """*n* Poisson alerts through one stage."""
    rng = np.random.default_rng([seed, n])
    time_s = poisson_times_s(rng, per_hour, n)
    service_s = times_of(law, HOUR_S / served_per_hour, rng, n)
    return serve(stage, servers, time_s, service_s, np.broadcast_to(patience_s, (n,)))


class TestFormulas:
    """The formulas of this directory are the anchors', before anything is held against them."""

    @pytest.mark.parametrize(
        ("c", "a", "lost", "waits"),
        [
            (4, 3.0, 0.20610687022900764, 0.5094339622641509),
            (2, 0.2, 0.01639344262295082, 0.01818181818181818),
            (1, 0.5, 0.3333333333333333, 0.5),
            (3, 2.0, 0.21052631578947367, 0.4444444444444444),
        ],
        ids=["c4_a3.0", "c2_a0.2", "c1_a0.5", "mmcD_limit_D0 and mmc_wq x (c mu - lambda)"],
    )
    def test_erlang_b_and_c(self, c: int, a: float, lost: float, waits: float) -> None:
        """Erlang_b_* and erlang_c_*; one server waits as often as it is busy, C = a; mmc_wq x 3 is C at c = 3."""
        assert (erlang_b(c, a), erlang_c(c, a)) == pytest.approx((lost, waits), rel=1e-9)

    @pytest.mark.parametrize(
        ("lam", "mu", "theta", "c", "waits", "mean_h"),
        [
            (6, 3, 2, 3, 0.34198595490604056, None),
            (12, 4, 20, 2, 0.6366550140778872, 0.024236353873377352),
            (4, 4, 8, 1, 0.5851803411362303, 0.05185245735797122),
        ],
    )
    def test_erlang_a(self, lam: float, mu: float, theta: float, c: int, waits: float, mean_h: float | None) -> None:
        """erlang_a_p_wait_* and erlang_a_mean_wait_*."""
        found = erlang_a(lam, mu, theta, c)

        assert found[0] == pytest.approx(waits, abs=1e-10)
        assert mean_h is None or found[2] == pytest.approx(mean_h, abs=1e-10)

    @pytest.mark.parametrize(
        ("lam", "mu", "patience", "c", "lost", "at_once"),
        [
            (6, 3, 0.25, 3, 0.08136861944919016, 0.6459651327213224),
            (12, 4, 0.05, 2, 0.4784004211372231, None),
            (6, 6, 0.1, 1, None, 0.38461538461538464),
            (30, 6, 1 / 60, 3, 0.5002659466009213, None),
            (6, 3, 0.0, 3, 0.21052631578947367, 1 - 0.21052631578947367),
        ],
    )
    def test_fixed_patience(
        self, lam: float, mu: float, patience: float, c: int, lost: float | None, at_once: float | None
    ) -> None:
        """mmc_detpatience_*, sim_detpatience_*; without patience it is Erlang B (mmcD_limit_D0_is_erlang_b)."""
        found = fixed_patience(lam, mu, patience, c)

        assert lost is None or found[0] == pytest.approx(lost, abs=1e-10)
        assert at_once is None or found[1] == pytest.approx(at_once, abs=1e-10)


class TestErlangB:
    @pytest.mark.slow
    @pytest.mark.parametrize(
        ("stage", "law"),
        [("operators", "exponential"), ("operators", "fixed"), *((stage, "log-normal 1.0") for stage in STAGES)],
    )
    def test_nobody_waits_and_the_loss_does_not_depend_on_the_law_of_service(self, stage: str, law: str) -> None:
        """Four officers at 3 erlangs lose 20.6 % of alerts, whatever the service law, at every stage.

        Five officers would lose 11.0 %, and the bound of some 1.2 percentage points knows it.
        """
        served = run(stage, 3, 1, 4, NO_PATIENCE_S, 30_000, law)

        assert off(served.lost, erlang_b(4, 3.0)) < SIGMAS
        assert off(served.lost, erlang_b(5, 3.0)) > SIGMAS
        assert np.nanmax(served.wait_s) < NO_PATIENCE_S

    @pytest.mark.slow
    def test_log_normal_reviews_by_the_anchors_own_tolerance(self) -> None:
        """sim_loss_lognormal: 100,000 arrivals, 2,000 of warm-up, within 0.0086 of 0.2061."""
        served = run("operators", 3, 1, 4, NO_PATIENCE_S, 100_000, "log-normal 1.0", seed=8)

        assert served.lost[WARM_UP:].mean() == pytest.approx(0.20610687022900764, abs=0.0086)

    @pytest.mark.parametrize(("c", "a"), [(1, 0.5), (2, 0.2)])
    def test_one_or_two_operators(self, c: int, a: float) -> None:
        """erlang_b_c1_a0.5 and erlang_b_c2_a0.2; one officer more would lose a fraction of that."""
        served = run("operators", a, 1, c, NO_PATIENCE_S, 40_000)

        assert off(served.lost, erlang_b(c, a)) < SIGMAS
        assert off(served.lost, erlang_b(c + 1, a)) > SIGMAS


class TestErlangC:
    @pytest.mark.slow
    @pytest.mark.parametrize("stage", STAGES)
    def test_everybody_waits_as_long_as_it_takes(self, stage: str) -> None:
        """Three officers, 6 alerts an hour, 3 served an hour each: who waits, how long, and the tail of waits.

        mmc_wq 0.1481 h, mmc_p_wait_gt_t 0.2099 beyond a quarter of an hour, and C = 4/9.
        """
        served = run(stage, 6, 3, 3, FOR_EVER_S, 40_000, seed=9)
        wait_h = served.wait_s / HOUR_S

        assert not served.lost.any()
        assert off(served.wait_s > AT_ONCE_S, erlang_c(3, 2.0)) < SIGMAS
        assert off(wait_h, 0.14814814814814814) < SIGMAS
        assert off(wait_h > 0.25, 0.20994069010711763) < SIGMAS
        # a fourth officer would leave 2.9 % of an hour
        assert off(wait_h, erlang_c(4, 2.0) / (4 * 3 - 6)) > SIGMAS

    @pytest.mark.slow
    def test_four_operators_at_three_erlangs(self) -> None:
        """erlang_c_c4_a3.0: 50.9 % wait; mean wait C / (c mu - lambda) = C hours."""
        served = run("operators", 3, 1, 4, FOR_EVER_S, 60_000)

        assert off(served.wait_s > AT_ONCE_S, 0.5094339622641509) < SIGMAS
        assert off(served.wait_s / HOUR_S, 0.5094339622641509) < SIGMAS
        assert off(served.wait_s > AT_ONCE_S, erlang_b(4, 3.0)) > SIGMAS

    @pytest.mark.slow
    @pytest.mark.parametrize(
        ("law", "anchor_h", "rival_h"),
        [("fixed", 0.125, 0.25), (f"log-normal {math.sqrt(math.log(2.5))}", 0.3125, 0.25)],
        ids=["md1_wq", "mg1_pk_wq"],
    )
    def test_one_operator_with_another_service_law(self, law: str, anchor_h: float, rival_h: float) -> None:
        """Pollaczek and Khinchine: lambda E[S^2] / (2 (1 - rho)); with exponential reviews it would be 0.25 h."""
        served = run("operators", 2, 4, 1, FOR_EVER_S, 60_000, law)

        assert off(served.wait_s / HOUR_S, anchor_h) < SIGMAS
        assert off(served.wait_s / HOUR_S, rival_h) > SIGMAS

    @pytest.mark.slow
    def test_priority_shortens_the_waits_of_one_class_at_the_cost_of_the_other(self) -> None:
        """Cobham 1954, without interruption: 2 wanted and 4 conditions alerts an hour, three operators."""
        n = 90_000
        rng = np.random.default_rng(12)
        time_s, review_s = poisson_times_s(rng, 6, n), rng.exponential(HOUR_S / 3, n)
        second = (rng.random(n) < 2 / 3).astype(np.int64)
        served = serve("operators", 3, time_s, review_s, np.full(n, FOR_EVER_S), priority=second)
        first_h, second_h = with_priority(2, 4, 3, 3)

        assert off(served.wait_s[second == 0] / HOUR_S, first_h) < SIGMAS
        assert off(served.wait_s[second == 1] / HOUR_S, second_h) < SIGMAS
        # without priorities both would wait 0.148 h
        assert off(served.wait_s[second == 0] / HOUR_S, 0.14814814814814814) > SIGMAS
        assert off(served.wait_s[second == 1] / HOUR_S, 0.14814814814814814) > SIGMAS


class TestErlangA:
    @pytest.mark.slow
    @pytest.mark.parametrize("stage", ["operators", "teams"])
    @pytest.mark.parametrize(("lam", "mu", "theta", "c"), [(12, 4, 20, 2), (4, 4, 8, 1), (6, 3, 2, 3)])
    def test_people_walk_off_after_an_exponential_time(
        self, stage: str, lam: float, mu: float, theta: float, c: int
    ) -> None:
        """Shares that do not get an officer at once, that walk off, and the mean wait of all, walkers included.

        One officer more would lose another share, and the bound tells the two apart.
        """
        n = 40_000
        rng = np.random.default_rng([13, c])
        patience_s = rng.exponential(HOUR_S / theta, n)
        served = run(stage, lam, mu, c, patience_s, n)
        waits, walks_off, mean_h = erlang_a(lam, mu, theta, c)
        wait_h = np.where(served.lost, patience_s, served.wait_s) / HOUR_S

        assert off(served.lost | (served.wait_s > AT_ONCE_S), waits) < SIGMAS
        assert off(served.lost, walks_off) < SIGMAS
        assert off(wait_h, mean_h) < SIGMAS
        assert off(served.lost, erlang_a(lam, mu, theta, c + 1)[1]) > SIGMAS


class TestFixedPatience:
    @pytest.mark.slow
    @pytest.mark.parametrize(
        ("lam", "mu", "patience_h", "c", "anchor", "tolerance", "rival"),
        [
            (6, 3, 0.25, 3, 0.08136861944919016, 0.00508, erlang_a(6, 3, 4, 3)[1]),
            (30, 6, 1 / 60, 3, 0.5002659466009213, 0.0076, erlang_b(3, 5.0)),
        ],
        ids=["sim_detpatience_loss", "sim_detpatience_overload_loss"],
    )
    def test_people_walk_off_after_a_fixed_time(
        self, lam: float, mu: float, patience_h: float, c: int, anchor: float, tolerance: float, rival: float
    ) -> None:
        """100,000 arrivals, 2,000 of warm-up, within the anchors' tolerances.

        Exponential patience of the same mean lies outside the first, no patience at all outside the second.
        """
        served = run("operators", lam, mu, c, patience_h * HOUR_S, 100_000)
        lost = served.lost[WARM_UP:].mean()

        assert lost == pytest.approx(anchor, abs=tolerance)
        assert lost != pytest.approx(rival, abs=tolerance)
        assert np.nanmax(served.wait_s) <= patience_h * HOUR_S

    @pytest.mark.slow
    @pytest.mark.parametrize(
        ("stage", "lam", "mu", "patience_h", "c"),
        [
            ("teams", 6, 3, 0.25, 3),
            ("vans", 6, 3, 0.25, 3),
            ("teams", 12, 4, 0.05, 2),
            ("checkers", 12, 4, 0.05, 2),
            *((stage, 6, 6, 0.1, 1) for stage in STAGES),
        ],
    )
    def test_every_stage_loses_who_waits_too_long(
        self, stage: str, lam: float, mu: float, patience_h: float, c: int
    ) -> None:
        """People out of reach at the first two stages, the limits of holding and of waiting for a van at the others."""
        served = run(stage, lam, mu, c, patience_h * HOUR_S, 30_000, seed=14)
        loss, at_once = fixed_patience(lam, mu, patience_h, c)

        assert off(served.lost, loss) < SIGMAS
        assert off(served.wait_s <= AT_ONCE_S, at_once) < SIGMAS
        assert off(served.lost, fixed_patience(lam, mu, patience_h, c + 1)[0]) > SIGMAS


class TestChain:
    @pytest.mark.slow
    def test_accepted_alerts_leave_the_operators_as_a_poisson_stream(self) -> None:
        """Burke 1956: three operators pass on 12 alerts an hour, 60 % of them accepted; four teams see M/M/4.

        7.2 an hour, 2.4 served an hour by each team: C(4, 3) = 0.5094, mean wait C / (9.6 - 7.2) h.
        """
        n = 60_000
        rng = np.random.default_rng(15)
        accepted = rng.random(n) < 0.6
        plan = plan_of(
            n,
            time_s=poisson_times_s(rng, 12, n),
            review_s=rng.exponential(HOUR_S / 6, n),
            accepted=accepted,
            search_s=rng.exponential(HOUR_S / 2.4, n),
        )
        found = resolve_all(plan, (n, n, 4, 3))
        wait_s = (found["search_start_s"] - found["review_end_s"])[accepted]

        assert off(wait_s > AT_ONCE_S, 0.5094339622641509) < SIGMAS
        assert off(wait_s / HOUR_S, 0.5094339622641509 / 2.4) < SIGMAS
        assert off(wait_s > AT_ONCE_S, erlang_c(4, 12 / 2.4 * 0.5)) > SIGMAS

    @pytest.mark.slow
    def test_plenty_of_operators_are_busy_in_poisson_numbers(self) -> None:
        """mginf_mean: 3,425 an hour, 20 s each, log-normal: 19.03 at work on average, with that variance.

        Counted every 100 s, five mean reviews apart, so that counts are all but independent; with n counts the
        variance over the mean has standard error sqrt(2 / (n - 1)).
        """
        n = 40_000
        rng = np.random.default_rng(16)
        time_s = poisson_times_s(rng, 3425, n)
        review_s = times_of("log-normal 0.5", 20.0, rng, n)
        served = serve("operators", n, time_s, review_s, np.full(n, FOR_EVER_S))
        looks = np.arange(500.0, time_s[-1], 100.0)
        starts = time_s + served.wait_s
        busy = np.searchsorted(starts, looks) - np.searchsorted(np.sort(starts + review_s), looks)

        assert sigmas_off(busy, 19.02777777777778) < SIGMAS
        assert abs(busy.var(ddof=1) / busy.mean() - 1) < SIGMAS * math.sqrt(2 / (len(busy) - 1))
        assert sigmas_off(busy, 1.1 * 19.02777777777778) > SIGMAS

    @pytest.mark.slow
    def test_wrongful_stops_are_false_alerts_times_what_lets_each_of_them_through(self) -> None:
        """N f F (1 - P(loss)), with a loss that has a closed form at every step.

        People stay in reach for an exponential time (rate theta = 2), which forgets how long they stayed: operators
        lose Erlang A's share, review and search lose theta / (mu + theta) each of who is left, F = 0.6 is accepted.
        Without the queue the figure would be larger by 1 / (1 - P(abandon)), and the bound knows it.
        """
        n, share, theta, mu, search = 60_000, 0.6, 2.0, 3.0, 12.0
        rng = np.random.default_rng(17)
        time_s = poisson_times_s(rng, 6, n)
        plan = plan_of(
            n,
            time_s=time_s,
            leaves_s=time_s + rng.exponential(HOUR_S / theta, n),
            review_s=rng.exponential(HOUR_S / mu, n),
            accepted=rng.random(n) < share,
            search_s=rng.exponential(HOUR_S / search, n),
        )
        found = resolve_all(plan, (n, n, n, 3))
        stopped = ~np.isnan(found["stop_s"])
        in_reach = mu / (mu + theta) * search / (search + theta)
        loss = erlang_a(6, mu, theta, 3)[1]

        assert np.array_equal(stopped, found["outcome"] == o.RELEASED)
        assert off(stopped, share * (1 - loss) * in_reach) < SIGMAS
        assert off(stopped, share * in_reach) > SIGMAS
