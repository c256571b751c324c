"""The dispersion of monthly offences: known tables, simulated areas, and the season that must not pass for chance."""

from __future__ import annotations

import importlib.util
import math
from pathlib import Path

import numpy as np
import pytest
from ruamel.yaml import YAML
from scipy import stats

from simulator.claim import load_claims
from simulator.evidence.claim.falls import CrimeError, MonthlySeries, raw_dispersion, year_on_year_dispersion
from simulator.evidence.claim.falls.counts import month_number, month_text

ROOT = Path(__file__).resolve().parents[2]
# Fairfield ward, all recorded offences by month from July 2023 (facts.md 7.4: 10,061, mean 419, sd 48)
FAIRFIELD = MonthlySeries(
    "2023-07",
    (
        *(513, 480, 517, 437, 474, 382, 410, 393, 372, 350, 361, 348),
        *(432, 468, 439, 488, 392, 398, 432, 403, 412, 409, 377, 374),
    ),
)
SEASON = 1 + 0.25 * np.cos(np.arange(12) / 12 * 2 * np.pi)


def area(rng: np.random.Generator, phi: float, years: int = 2, mean: float = 400.0) -> MonthlySeries:
    """Months with a strong season and dispersion *phi* about it."""
    expected = np.tile(mean * SEASON, years)
    drawn = rng.poisson(expected) if phi == 1 else rng.negative_binomial(expected / (phi - 1), 1 / phi)
    return MonthlySeries("2023-01", tuple(map(int, drawn)))


def test_the_wards_figures_are_those_of_the_facts_but_for_the_divisor() -> None:
    """facts.md 7.4 prints 5.5 and 2.9 from sd 48 and 12 differences, divided by n; Pearson's X^2/df is a little more."""
    raw, yearly = raw_dispersion(FAIRFIELD), year_on_year_dispersion(FAIRFIELD)
    assert sum(FAIRFIELD.counts) == 10_061
    assert raw.phi * 23 / 24 == pytest.approx(48.4**2 / 419, rel=0.002)
    assert (raw.phi, raw.df) == (pytest.approx(5.836, abs=0.001), 23)
    assert (yearly.phi, yearly.df) == (pytest.approx(2.996, abs=0.001), 11)
    differences = np.subtract(FAIRFIELD.counts[12:], FAIRFIELD.counts[:12])
    assert differences.var() / (2 * 10_061 / 24) == pytest.approx(2.9, abs=0.05)
    assert raw.interval.low < 5.5 < raw.interval.high
    assert yearly.interval.low < 2.9 < yearly.interval.high


def test_year_on_year_is_the_chi_square_of_the_table_of_years_by_months() -> None:
    found = year_on_year_dispersion(FAIRFIELD)
    table = np.reshape(FAIRFIELD.counts, (2, 12))
    assert found.statistic == pytest.approx(stats.chi2_contingency(table, correction=False).statistic, rel=1e-12)
    plain = year_on_year_dispersion(FAIRFIELD, trend=False)
    assert plain.statistic == pytest.approx(((table[0] - table[1]) ** 2 / table.sum(axis=0)).sum(), rel=1e-12)
    assert plain.df == 12


def test_raw_is_the_variance_over_the_mean() -> None:
    assert raw_dispersion(FAIRFIELD).phi == pytest.approx(np.var(FAIRFIELD.counts, ddof=1) / np.mean(FAIRFIELD.counts))


@pytest.mark.parametrize("phi", [1.0, 4.0])
def test_year_on_year_finds_phi_under_a_season_and_its_interval_covers(phi: float) -> None:
    n, rng = 1500, np.random.default_rng(1)
    found = [year_on_year_dispersion(area(rng, phi)) for _ in range(n)]
    # X^2/df has variance 2 phi^2/df, and a little more for negative binomial counts
    assert np.mean([d.phi for d in found]) == pytest.approx(phi, abs=4 * phi * math.sqrt(2.2 / 11 / n))
    covered = np.mean([d.interval.low <= phi <= d.interval.high for d in found])
    assert covered == pytest.approx(0.95, abs=4 * math.sqrt(0.95 * 0.05 / n) + 0.01)


def test_raw_takes_the_season_for_chance() -> None:
    """Negative control: Poisson counts with a season have phi 1 year on year and well above it raw."""
    rng = np.random.default_rng(2)
    areas = [area(rng, 1.0) for _ in range(200)]
    assert np.mean([year_on_year_dispersion(a).phi for a in areas]) == pytest.approx(1, abs=0.15)
    assert min(raw_dispersion(a).phi for a in areas) > 4


def test_trend_between_years_is_taken_out_or_left_in() -> None:
    rising = MonthlySeries("2023-01", tuple(int(400 * s) for s in (*SEASON, *(1.3 * SEASON))))
    assert year_on_year_dispersion(rising).phi < 0.01
    assert year_on_year_dispersion(rising, trend=False).phi > 10


def test_months_that_move_together_show_in_longer_windows() -> None:
    """A level that wanders from month to month: phi of quarters is above that of months, which misses it."""
    rng = np.random.default_rng(3)
    months, quarters = [], []
    for _ in range(200):
        level = np.exp(np.convolve(rng.normal(0, 0.05, 26), np.ones(3), "valid"))
        series = MonthlySeries("2023-01", tuple(map(int, rng.poisson(400 * level))))
        months.append(year_on_year_dispersion(series).phi)
        quarters.append(year_on_year_dispersion(series, 3).phi)
    assert np.mean(quarters) > 1.4 * np.mean(months)
    assert year_on_year_dispersion(FAIRFIELD, 3).phi > year_on_year_dispersion(FAIRFIELD).phi


def test_windows_are_counted_back_from_the_end() -> None:
    odd = MonthlySeries("2023-05", (9999, 9999, *FAIRFIELD.counts))
    assert year_on_year_dispersion(odd) == year_on_year_dispersion(FAIRFIELD)
    assert raw_dispersion(odd, 3) == raw_dispersion(FAIRFIELD, 3)


def test_series_gives_totals_by_month_and_says_what_it_holds() -> None:
    assert FAIRFIELD.total("2024-10", 3) == 1278
    assert FAIRFIELD.total("2023-10", 3) == 1293
    with pytest.raises(CrimeError, match="holds 2023-07 to 2025-06, not 3 months from 2025-05"):
        FAIRFIELD.total("2025-05", 3)


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: MonthlySeries("July 2023", (1,)), "must be written like 2023-07"),
        (lambda: MonthlySeries("2023-13", (1,)), "must be written like 2023-07"),
        (lambda: MonthlySeries("2023-07", (3, -1)), "0 or more"),
        (lambda: year_on_year_dispersion(MonthlySeries("2023-07", (5,) * 20)), "two whole years"),
        (lambda: year_on_year_dispersion(FAIRFIELD, 5), "fill a year without rest"),
        (lambda: year_on_year_dispersion(FAIRFIELD, 0), "fill a year without rest"),
        (lambda: year_on_year_dispersion(FAIRFIELD, 12), "too few windows"),
        (lambda: raw_dispersion(FAIRFIELD, 0), "a month or longer"),
        (lambda: raw_dispersion(MonthlySeries("2023-07", (0, 0, 0))), "with offences"),
        (lambda: year_on_year_dispersion(MonthlySeries("2023-07", (0,) * 24)), "without any offence"),
    ],
)
def test_series_that_cannot_be_used_are_refused(make: object, said: str) -> None:
    with pytest.raises(CrimeError, match=said):
        make()


def test_the_script_makes_the_figures_of_the_shipped_claim(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Every dispersion and every earlier change of the ward; the other wards of the extract are not shipped."""
    spec = importlib.util.spec_from_file_location("placebo_wards", ROOT / "results" / "placebo_wards.py")
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    rows = [(month_text(month_number("2023-07") + i), count) for i, count in enumerate(FAIRFIELD.counts)]
    lines = [f"{ward},{month},{n}" for ward in ("Fairfield", "a") for month, n in rows]
    # windows of wards that all change alike have no spread
    lines += [f"b,{month},600" for month, _ in rows]
    (tmp_path / "offences.csv").write_text("\n".join(("ward,month,count", *lines)))
    script.main([str(tmp_path / "offences.csv"), "--ward", "Fairfield", "--months", "3"])
    made = YAML(typ="safe").load(capsys.readouterr().out)
    shipped = load_claims("croydon-sun-2026").claims["crime-down-12"].change
    assert [(d["value"], d["low"], d["high"], d["df"]) for d in made["dispersions"]] == [
        (d.value, d.low, d.high, d.df) for d in shipped.dispersions
    ]
    assert list(made["own_changes"].values()) == list(shipped.own_changes.values())
    assert [window["first"] for window in made["placebos"]] == [window.first for window in shipped.placebos]
