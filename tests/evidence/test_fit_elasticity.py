"""How footfall moves listed people is estimated within sites, covered as promised, and said to be unknown where it is."""

from __future__ import annotations

import datetime as dt
import math
from pathlib import Path

import numpy as np
import pytest
from fit_records import records_from, simulated_text, without
from record_texts import table
from scenario_texts import MINIMAL, with_change
from scipy import special, stats

from simulator.evidence.fit import count_regression
from simulator.evidence.fit.count_regression import Slope, slope_of
from simulator.evidence.fit.elasticity import Elasticity
from simulator.evidence.fit.fitted_file import write_fitted
from simulator.evidence.fit.fitted_inputs import ELASTICITY, FittedInputs, fitted_inputs
from simulator.evidence.fit.question import question_of
from simulator.evidence.fit.share_recorded import ShareRecorded
from simulator.evidence.fit.whole_fit import Fit, fit_record
from simulator.evidence.statistics.intervals import Interval
from simulator.scenario import load_scenario

RECORDS, E, FOOTFALL_K, LISTED_K, SITES = 200, 0.5, 5.0, 4.0, 6

Day = tuple[np.ndarray, np.ndarray, np.ndarray, list[str]]


def days(rng: np.random.Generator, n: int = 60, error: float = 0.0) -> Day:
    """True alerts, hours, faces per hour and sites of *n* deployments as the model has them, with busy and quiet sites.

    Footfall's level L is gamma; listed people have L^e over its mean times a gamma of their own, LISTED_K in all. Faces are
    counted with a log-normal *error*.
    """
    once, twice = (special.poch(FOOTFALL_K, power * E) / FOOTFALL_K ** (power * E) for power in (1, 2))
    own = (1 + 1 / LISTED_K) / (twice / once**2) - 1
    site, hours = np.arange(n) % SITES, rng.uniform(3, 7, n)
    busy, listed = rng.lognormal(0, 0.4, (2, SITES))
    level = rng.gamma(FOOTFALL_K, 1 / FOOTFALL_K, n)
    true = rng.poisson(2 * hours * listed[site] * level**E / once * rng.gamma(1 / own, own, n)).astype(float)
    faces = rng.poisson(2500 * hours * busy[site] * level * rng.lognormal(0, error, n))
    return true, hours, faces / hours, site.astype(str).tolist()


def held(slopes: list[Slope | None]) -> int:
    return sum(slope is not None and slope.interval_95.low <= E <= slope.interval_95.high for slope in slopes)


class TestSlope:
    def test_a_known_power_is_covered_as_often_as_promised(self) -> None:
        """Of 200 intervals of 95 % at least 178 hold the truth (P < 1e-3 for fewer), and they are not all too wide."""
        rng = np.random.default_rng(1)
        slopes = [slope_of(*days(rng)) for _ in range(RECORDS)]

        assert stats.binom.cdf(177, RECORDS, 0.95) < 1e-3
        assert held(slopes) >= 178
        values = [slope.value for slope in slopes if slope is not None]
        assert np.mean(values) == pytest.approx(E, abs=4 * np.std(values) / math.sqrt(RECORDS))
        half = np.mean([slope.interval_95.high - slope.value for slope in slopes if slope is not None])
        assert half == pytest.approx(2 * np.std(values), rel=4 / math.sqrt(2 * RECORDS))

    def test_busier_sites_are_not_busier_days(self) -> None:
        """Negative control: without the sites intervals miss the truth far more often than one time in twenty."""
        rng = np.random.default_rng(2)
        slopes = [slope_of(*days(rng)[:3], [""] * 60) for _ in range(RECORDS)]

        assert held(slopes) < 0.85 * RECORDS

    def test_an_error_in_counting_faces_pulls_it_down(self) -> None:
        """By the share of the spread of ln faces that is not error: here about trigamma(5) / (trigamma(5) + 0.25) = 0.47."""
        rng = np.random.default_rng(3)
        slopes = [slope_of(*days(rng, 200, error=0.5)) for _ in range(50)]

        expected = E * special.polygamma(1, FOOTFALL_K) / (special.polygamma(1, FOOTFALL_K) + 0.25)
        values = [slope.value for slope in slopes if slope is not None]
        assert np.mean(values) == pytest.approx(expected, abs=0.04)
        assert held(slopes) < 0.5 * 50

    def test_counts_without_noise_give_the_power_itself(self) -> None:
        _, hours, faces, sites = days(np.random.default_rng(4))
        level = 1.0 + np.array(sites, dtype=float)
        slope = slope_of(np.rint(1e5 * level * hours * faces**0.7), hours, faces, sites)

        assert slope is not None
        assert (slope.deployments, slope.sites) == (60, SITES)
        assert slope.value == pytest.approx(0.7, abs=1e-4)

    def test_sites_with_one_day_say_nothing(self) -> None:
        true, hours, faces, sites = days(np.random.default_rng(5))
        once = [*(f"once {i}" for i in range(30)), *sites[30:]]

        assert slope_of(true, hours, faces, once) == slope_of(true[30:], hours[30:], faces[30:], sites[30:])
        assert slope_of(true, hours, faces, [str(i) for i in range(60)]) is None

    def test_equal_faces_and_no_alerts_are_no_slope(self) -> None:
        true, hours, faces, sites = days(np.random.default_rng(6))

        assert slope_of(true, hours, np.full(60, 2500.0), sites) is None
        assert slope_of(np.zeros(60), hours, faces, sites) is None

    def test_a_search_that_does_not_settle_is_no_estimate(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(count_regression, "STEPS", 2)
        slope = slope_of(*days(np.random.default_rng(7)))
        found = Elasticity(deployments=60, without_hours=0, since=None, within_sites=slope, pooled=slope)

        assert slope is not None
        assert not slope.settled
        assert found.law is None
        assert "did not settle" in found.silence


class TestLaw:
    @staticmethod
    def of(value: float, low: float, high: float) -> Elasticity:
        slope = Slope(deployments=60, sites=6, value=value, interval_95=Interval(low, high), settled=True)
        return Elasticity(deployments=60, without_hours=0, since=None, within_sites=slope, pooled=slope)

    def test_a_narrow_interval_is_the_estimates_own(self) -> None:
        law = self.of(0.4, 0.3, 0.5).law
        assert law is not None
        assert stats.beta(law.a, law.b).ppf([0.025, 0.5, 0.975]) == pytest.approx([0.3, 0.4, 0.5], abs=0.005)

    def test_it_is_cut_to_what_a_share_can_hold(self) -> None:
        law = self.of(0.28, -0.33, 0.89).law
        assert law is not None
        sd = 0.61 / 1.96
        cut = stats.truncnorm(-0.28 / sd, 0.72 / sd, 0.28, sd)
        assert stats.beta(law.a, law.b).stats() == pytest.approx(cut.stats(), rel=1e-3)

    def test_an_interval_inside_is_the_estimates_own(self) -> None:
        assert self.of(0.4, 0.3, 0.5).interval_95 == pytest.approx((0.3, 0.4 + 0.1), abs=0.001)

    @pytest.mark.parametrize("edge", [0.0, 1.0])
    def test_the_edge_is_covered_as_often_as_promised(self, edge: float) -> None:
        """An estimate z standard errors inside keeps the edge up to Phi(z) = 1 / 1.05: of all estimates, 0.952."""
        half, rng = 0.2, np.random.default_rng(12)
        estimates = edge + half / 1.96 * rng.standard_normal(1000)
        laws = [self.of(e, e - half, e + half) for e in estimates if e + half > 0 and e - half < 1]
        held = [law.interval_95.low <= edge <= law.interval_95.high for law in laws if law.interval_95 is not None]
        assert abs(np.mean(held) - 1 / 1.05) < 4 * math.sqrt(0.05 / 1000)
        # negative control: ends that leave 2.5 % on either side never hold it
        assert not any(
            stats.beta(law.law.a, law.law.b).ppf(0.025 if edge == 0 else 0.975) == edge for law in laws[:50] if law.law
        )

    @pytest.mark.parametrize("ends", [(0.5, -0.1, 1.1), (1.4, 1.1, 1.7), (-0.4, -0.7, -0.1)])
    def test_everything_and_nothing_are_no_estimate(self, ends: tuple[float, float, float]) -> None:
        assert self.of(*ends).law is None
        fits = "anything" if ends[0] == 0.5 else "nothing"
        assert f"{fits} from 0 to 1 fits" in self.of(*ends).silence


class TestFit:
    @staticmethod
    def both(folder: Path, text: str, scenario: str | Path = "croydon-van") -> tuple[Fit, FittedInputs]:
        fit = fit_record(records_from(folder, text), load_scenario(scenario), question_of())
        return fit, fitted_inputs(fit, ShareRecorded())

    def test_a_record_with_hours_gives_the_fitted_scenario_its_value(self, tmp_path: Path) -> None:
        """In the simulated record true alerts do not follow faces: 0 fits, 1 does not."""
        own = tmp_path / "own.yaml"
        own.write_text(MINIMAL, "utf-8")
        fit, inputs = self.both(tmp_path, simulated_text(), own)
        write_fitted(fit, inputs, own, tmp_path / "fitted.yaml")
        found = load_scenario(tmp_path / "fitted.yaml").watchlist.footfall_elasticity

        within = fit.elasticity.within_sites
        assert within is not None
        assert within.interval_95.low < 0 < within.interval_95.high < 1
        assert found.grade == "derived"
        assert "within sites, 200 deployments at 2 sites" in (found.source or "")
        assert found.interval()[1] == pytest.approx(within.interval_95.high, abs=0.1)

    def test_without_hours_it_is_assumed_and_said(self, tmp_path: Path) -> None:
        """Longer days alone make faces and alerts rise together."""
        own = tmp_path / "own.yaml"
        own.write_text(MINIMAL, "utf-8")
        fit, inputs = self.both(tmp_path, without(simulated_text(), "hours"), own)
        write_fitted(fit, inputs, own, tmp_path / "fitted.yaml")
        found = load_scenario(tmp_path / "fitted.yaml").watchlist.footfall_elasticity

        assert (found.grade, found.beta and (found.beta.a, found.beta.b)) == ("assumed", (1, 1))
        (said,) = (line for line in inputs.stays if line.startswith(ELASTICITY))
        assert "is assumed, any value from 0 to 1 alike" in said
        assert "200 lack the hours. Without hours, longer days alone" in said

    def test_what_the_scenario_says_stays_where_the_record_is_silent(self, tmp_path: Path) -> None:
        own = tmp_path / "own.yaml"
        own.write_text(
            with_change("listed_per_1000_passages: 1", "listed_per_1000_passages: 1\n  footfall_elasticity: 0.3"),
            "utf-8",
        )
        _, inputs = self.both(tmp_path, without(simulated_text(), "hours"), own)

        assert inputs.of(ELASTICITY) is None
        assert any(line.startswith(f"{ELASTICITY} stays") for line in inputs.stays)

    def test_rows_without_a_place_are_no_site(self, tmp_path: Path) -> None:
        """Of three places in turn one loses its name, and its rows count for nothing; where none has one, all are one site."""
        within = self.both(tmp_path, simulated_text().replace("Ilford", ""))[0].elasticity.within_sites
        alone = self.both(tmp_path, without(simulated_text(), "place"))[0].elasticity.within_sites

        assert within is not None
        assert alone is not None
        assert (within.deployments, within.sites) == (133, 2)
        assert (alone.deployments, alone.sites) == (200, 1)

    def test_days_before_a_change_in_counting_faces_are_left_out(self, tmp_path: Path) -> None:
        start = dt.date(2025, 1, 1)
        rows = [
            f"{start + dt.timedelta(days=i)},Ilford,5,16000,0.64,{(400 if i < 40 else 3000) * 5 + 97 * (i % 7)},9,9,0,0,,4,1,4"
            for i in range(80)
        ]
        fit, _ = self.both(tmp_path, table(*rows))

        since = fit.elasticity.since
        assert since is not None
        left_out = (since - start).days
        assert left_out == pytest.approx(40, abs=3)  # steps of medians lie where they lie
        assert fit.elasticity.deployments == 80 - left_out
