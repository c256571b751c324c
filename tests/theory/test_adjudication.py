"""Human decisions: shares of acceptance follow signal detection, at the screen and in the street.

Shares are counted over 200,000 alerts of each kind; a share p of n may lie 5 sqrt(p (1 - p) / n) from theory, at most
0.0056, and every test names a share nearby that this bound rejects.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from scipy import special

from simulator.response import outcomes as o
from simulator.response.adjudication import Observer, following_ppv, review_limits
from simulator.response.columns import Plan
from simulator.response.plan import FINDS_BYSTANDER, FINDS_NOBODY, FINDS_PERSON, draw_handling, plan_alerts
from simulator.street.mask import FALSE, TRUE_CONDITIONS, TRUE_STALE, TRUE_WANTED, Alerts
from theory.campaigns import SIGMAS, campaign, one, sigmas_off_share
from theory.formulas import both_below

N = 200_000
FIELD_PPV = 0.995


def plan_for(truth: int, ppv: float = FIELD_PPV, **procedure: Any) -> Plan:
    """The plan of N alerts of one *truth*, where a share *ppv* of alerts is true."""
    scenario = campaign(**{f"procedure__{name}": value for name, value in procedure.items()})
    zeros = np.zeros(N, dtype=np.int64)
    alerts = Alerts(
        passage=np.arange(N),
        replication=zeros,
        deployment=zeros,
        time_s=np.arange(N) / 1024,
        person=np.arange(N),
        end=zeros,
        group=zeros,
        entry_group=zeros,
        category=zeros,
        truth=np.full(N, truth),
        score=np.full(N, 0.7),
        rank=np.zeros(N),
    )
    rng = np.random.Generator(np.random.SFC64(20_260_105 + truth))
    handling = draw_handling(rng, scenario, one(scenario), np.zeros(N, dtype=np.int64))
    return plan_alerts(scenario, one(scenario), alerts, handling, np.array([ppv]))


def off(count: Any, share: float) -> float:
    """Binomial standard errors between the share of N counted and *share*."""
    return sigmas_off_share(float(np.sum(count)), N, share)


class TestSharesAccepted:
    @pytest.mark.parametrize(
        ("look", "hit", "false_accept"),
        [
            ({"d_prime": 1.9, "criterion": -1.2}, special.ndtr(0.95 + 1.2), special.ndtr(-0.95 + 1.2)),
            ({"d_prime": 2.64, "criterion": -0.24}, special.ndtr(1.32 + 0.24), special.ndtr(-1.32 + 0.24)),
            ({"accept_true": 0.985, "accept_false": 0.6}, 0.985, 0.6),
            ({"accept_true": 0.94, "accept_false": 0.14}, 0.94, 0.14),
        ],
        ids=["field d' and c", "White 2014 d' and c", "field shares", "White 2014 shares"],
    )
    def test_true_alerts_are_accepted_at_h_and_false_ones_at_f(
        self, look: dict[str, float], hit: float, false_accept: float
    ) -> None:
        """H = Phi(d'/2 - c) and F = Phi(-d'/2 - c), whichever pair the scenario gives; two points off is rejected."""
        true, false = plan_for(TRUE_WANTED, look=look).accepted, plan_for(FALSE, look=look).accepted

        assert off(true, hit) < SIGMAS
        assert off(false, false_accept) < SIGMAS
        assert off(true, hit - 0.02) > SIGMAS
        assert off(false, false_accept - 0.02) > SIGMAS

    def test_model_md_rounds_the_field_observer_to_what_it_prints(self) -> None:
        """D' = 1.9 and c = -1.2 give H 0.985 (0.984) and F 0.60."""
        limits = Observer(np.array([1.9]), np.array([-1.2])).limits()

        assert special.ndtr(limits.true[0]) == pytest.approx(0.985, abs=0.002)
        assert special.ndtr(limits.false[0]) == pytest.approx(0.60, abs=0.002)

    @pytest.mark.parametrize("share", [0.0, 1.0])
    @pytest.mark.parametrize("follows", [0.0, 0.5])
    def test_never_and_always_are_exact_and_no_ppv_moves_them(self, share: float, follows: float) -> None:
        """A share of 0 or 1 has no criterion: none or all of the alerts, also where the criterion follows the PPV."""
        look = {"accept_true": share, "accept_false": share, "criterion_follows_ppv": follows}

        for truth in (TRUE_WANTED, FALSE):
            assert plan_for(truth, 0.5, look=look).accepted.mean() == share


class TestCriterionFollowingPpv:
    OBSERVER = Observer(np.array([1.9]), np.array([-1.2]))

    def moved(self, share: float, ppv: float, reference: float = FIELD_PPV) -> Observer:
        return following_ppv(self.OBSERVER, np.array([share]), np.array([ppv]), reference)

    def test_following_fully_to_a_ppv_of_one_in_eight_is_absurd(self) -> None:
        """Model.md section 7: s = 1 would give F = 0.0002 and H = 0.05 on 27 February 2020."""
        limits = self.moved(1.0, 1 / 8).limits()

        assert special.ndtr(limits.false[0]) == pytest.approx(0.0002, abs=0.00005)
        assert special.ndtr(limits.true[0]) == pytest.approx(0.05, abs=0.005)

    def test_not_following_leaves_the_criterion_at_any_ppv(self) -> None:
        """With s = 0 it is the observer measured; at the reference PPV it is for every s."""
        for ppv in (1e-6, 0.125, 0.5, 0.995, 1.0):
            assert self.moved(0.0, ppv).criterion[0] == -1.2
        for share in (0.0, 0.2, 1.0):
            assert self.moved(share, FIELD_PPV).criterion[0] == pytest.approx(-1.2, abs=1e-12)

    @pytest.mark.parametrize(("share", "ppv"), [(0.2, 0.5), (0.5, 0.125), (0.35, 0.9999), (1.0, 0.9)])
    def test_it_moves_in_proportion_to_the_logit(self, share: float, ppv: float) -> None:
        """C = c_ref + s (logit(1 - PPV) - logit(1 - PPV_ref)) / d', written out with logarithms."""
        logit = np.log((1 - ppv) / ppv) - np.log(0.005 / 0.995)

        assert self.moved(share, ppv).criterion[0] == pytest.approx(-1.2 + share * logit / 1.9, rel=1e-12)

    def test_review_removes_little_precisely_when_alerts_are_mostly_right(self) -> None:
        """The optimal observer with d' = 2, a false stop ten times as costly: F = 0.69 at PPV 0.995, 0.016 at 0.5."""
        even = Observer(np.array([2.0]), np.array([np.log(10) / 2]))
        usual = following_ppv(even, np.ones(1), np.array([0.995]), 0.5).limits()

        assert special.ndtr(usual.true[0]) == pytest.approx(0.994, abs=0.0005)
        assert special.ndtr(usual.false[0]) == pytest.approx(0.69, abs=0.005)
        assert special.ndtr(even.limits().false[0]) == pytest.approx(0.016, abs=0.0005)

    def test_the_movement_is_clamped_and_a_criterion_given_outside_stays(self) -> None:
        """PPV is held within 1e-4 of 0 and 1 and c within -4 to 4, unless the scenario itself put it further out."""
        far = Observer(np.array([1.9]), np.array([5.0]))

        assert self.moved(1.0, 0.0).criterion[0] == 4.0
        assert self.moved(1.0, 1.0).criterion[0] == self.moved(1.0, 1 - 1e-4).criterion[0]
        assert self.moved(1.0, 1.0, 0.01).criterion[0] == -4.0
        assert following_ppv(far, np.ones(1), np.array([0.0]), FIELD_PPV).criterion[0] == 5.0
        assert following_ppv(far, np.ones(1), np.array([FIELD_PPV]), FIELD_PPV).criterion[0] == 5.0

    def test_alerts_are_accepted_at_the_shares_of_the_moved_criterion(self) -> None:
        """With s = 0.2, PPV 1/8 takes c from -1.2 to -0.438: F falls from 0.599 to 0.304, counted over the alerts."""
        look = {"d_prime": 1.9, "criterion": -1.2, "criterion_follows_ppv": 0.2}
        criterion = -1.2 + 0.2 * (np.log(7) - np.log(0.005 / 0.995)) / 1.9
        false = plan_for(FALSE, 1 / 8, look=look).accepted

        assert off(false, float(special.ndtr(-0.95 - criterion))) < SIGMAS
        assert off(false, float(special.ndtr(-0.95 + 1.2))) > SIGMAS
        assert off(plan_for(TRUE_WANTED, 1 / 8, look=look).accepted, float(special.ndtr(0.95 - criterion))) < SIGMAS

    def test_the_more_alerts_are_true_the_more_of_both_kinds_are_accepted(self) -> None:
        """Both limits rise with the PPV and keep their distance d'."""
        scenario = campaign(procedure__look={"d_prime": 1.9, "criterion": -1.2, "criterion_follows_ppv": 0.3})
        at = [review_limits(one(scenario), scenario, np.array([ppv])) for ppv in (0.01, 0.1, 0.5, 0.9, 0.99)]
        false = [float(limits.false[0]) for limits in at]

        assert false == sorted(set(false))
        assert [float(limits.true[0] - limits.false[0]) for limits in at] == pytest.approx([1.9] * 5)


class TestSecondLook:
    @pytest.mark.parametrize("correlation", [0.0, 0.25, 0.5, 0.75])
    def test_two_looks_accept_as_two_correlated_normals_do(self, correlation: float) -> None:
        """F12 = Phi2(z F1, z F2; rho), by quadrature; rho 0.2 away, or none at all, lies outside the bound."""
        procedure = {
            "look": {"accept_true": 0.985, "accept_false": 0.6},
            "second_look": {"accept_true": 0.9, "accept_false": 0.3, "correlation": correlation},
        }
        false, true = plan_for(FALSE, **procedure), plan_for(TRUE_WANTED, **procedure)
        both = both_below(special.ndtri(0.6), special.ndtri(0.3), correlation)
        other = both_below(special.ndtri(0.6), special.ndtri(0.3), abs(correlation - 0.2))

        assert off(false.second_accepted, 0.3) < SIGMAS
        assert off(true.second_accepted, 0.9) < SIGMAS
        assert off(false.accepted & false.second_accepted, both) < SIGMAS
        assert off(false.accepted & false.second_accepted, other) > SIGMAS
        assert (
            off(true.accepted & true.second_accepted, both_below(special.ndtri(0.985), special.ndtri(0.9), correlation))
            < SIGMAS
        )

    def test_a_second_look_that_is_the_first_again_adds_nothing(self) -> None:
        """With correlation 1 and the same shares whoever is accepted once is accepted twice."""
        look = {"accept_true": 0.9, "accept_false": 0.3}
        plan = plan_for(FALSE, look=look, second_look={**look, "correlation": 1.0})

        assert np.array_equal(plan.accepted, plan.second_accepted)


class TestWhatHandlingTakes:
    @pytest.mark.parametrize(
        ("law", "mean_of_median"),
        [("exponential", 1 / np.log(2)), ("log-normal", np.exp(0.5**2 / 2)), ("fixed", 1.0)],
    )
    def test_durations_have_the_median_given_and_the_mean_of_their_law(self, law: str, mean_of_median: float) -> None:
        """Half of the reviews are longer than the median; the mean is median / ln 2, median exp(sd^2 / 2), median."""
        review = plan_for(TRUE_WANTED, review={"median_min": 4.0, "law": law, "log_sd": 0.5}).review_s / 60
        longer = np.sum(review > 4.0)

        if law == "fixed":
            assert set(review) == {4.0}
        else:
            assert off(longer, 0.5) < SIGMAS
            error = review.std(ddof=1) / np.sqrt(N)
            assert abs(review.mean() - 4.0 * mean_of_median) < SIGMAS * error
            assert abs(review.mean() - 4.0) > SIGMAS * error

    def test_searches_end_on_a_bystander_first_and_else_find_nobody_at_their_share(self) -> None:
        """Shares b and (1 - b) m of searches, the rest find the person."""
        finds = plan_for(FALSE, bystander=0.1, not_found=0.2).finds

        assert off(finds == FINDS_BYSTANDER, 0.1) < SIGMAS
        assert off(finds == FINDS_NOBODY, 0.9 * 0.2) < SIGMAS
        assert off(finds == FINDS_PERSON, 0.9 * 0.8) < SIGMAS

    @pytest.mark.parametrize(
        ("truth", "shares"),
        [
            (FALSE, {o.MISTAKEN_FOR_LISTED: 0.1, o.OTHER_OFFENCE: 0.9 * 0.2, o.CLEARED: 0.9 * 0.8}),
            (TRUE_WANTED, {o.ARREST: 0.6, o.OTHER: 0.25, o.NOTHING_DONE: 0.15}),
            (TRUE_CONDITIONS, {o.ARREST: 0.1, o.OTHER: 0.2, o.CONDITIONS_MET: 0.7}),
            (TRUE_STALE, {o.STALE_ARREST: 0.3, o.STALE_RELEASED: 0.7}),
        ],
    )
    def test_checks_end_as_the_disposals_say(self, truth: int, shares: dict[int, float]) -> None:
        """What the check would find has the scenario's shares for each reason to be on the list, and no other end."""
        finding = plan_for(
            truth,
            check_error=0.1,
            other_offence_arrest=0.2,
            disposals={
                "wanted_arrest": 0.6,
                "wanted_other": 0.25,
                "conditions_arrest": 0.1,
                "conditions_other": 0.2,
                "stale_arrest": 0.3,
            },
        ).finding

        assert set(np.unique(finding)) == set(shares)
        for end, share in shares.items():
            assert off(finding == end, share) < SIGMAS
            assert off(finding == end, share + 0.02) > SIGMAS
