"""Whether offences fell more than chance: change, dispersion, placebo wards, power, regression to the mean, all of one claim."""

from simulator.evidence.claim.falls.change import (
    ChangeTest,
    before_after,
    exact_change,
    weighted_difference,
    with_comparison,
)
from simulator.evidence.claim.falls.counts import Counts, CrimeError, MonthlySeries, Panel
from simulator.evidence.claim.falls.dispersion import Dispersion, raw_dispersion, year_on_year_dispersion
from simulator.evidence.claim.falls.judge import ChangeEvidence, ClaimedFall, Method, Phi, judge_change, phi_of
from simulator.evidence.claim.falls.panel import PanelChange, panel_change
from simulator.evidence.claim.falls.placebo import (
    PlaceboTest,
    PlaceboWindow,
    PooledPlacebo,
    beside_window,
    beside_windows,
    effective_wards,
    windows_of,
)
from simulator.evidence.claim.falls.power import Design, Sight, detectable_fall, needed_count, power_of, sight
from simulator.evidence.claim.falls.regression_to_mean import (
    FallsByChance,
    Selected,
    WardLaw,
    empirical_bayes,
    falls_by_chance,
    regression_by_reliability,
    ward_law,
)

__all__ = [
    "ChangeEvidence",
    "ChangeTest",
    "ClaimedFall",
    "Counts",
    "CrimeError",
    "Design",
    "Dispersion",
    "FallsByChance",
    "Method",
    "MonthlySeries",
    "Panel",
    "PanelChange",
    "Phi",
    "PlaceboTest",
    "PlaceboWindow",
    "PooledPlacebo",
    "Selected",
    "Sight",
    "WardLaw",
    "before_after",
    "beside_window",
    "beside_windows",
    "detectable_fall",
    "effective_wards",
    "empirical_bayes",
    "exact_change",
    "falls_by_chance",
    "judge_change",
    "needed_count",
    "panel_change",
    "phi_of",
    "power_of",
    "raw_dispersion",
    "regression_by_reliability",
    "sight",
    "ward_law",
    "weighted_difference",
    "windows_of",
    "with_comparison",
    "year_on_year_dispersion",
]
