"""Whether offences fell more than chance: change, dispersion, placebo wards, power, falls by chance, all of one claim."""

from simulator.evidence.claim.falls.by_chance import FallsByChance, falls_by_chance
from simulator.evidence.claim.falls.change import ChangeTest, before_after, exact_change
from simulator.evidence.claim.falls.counts import Counts, CrimeError, MonthlySeries
from simulator.evidence.claim.falls.dispersion import Dispersion, raw_dispersion, year_on_year_dispersion
from simulator.evidence.claim.falls.judge import ChangeEvidence, ClaimedFall, Method, Phi, judge_change
from simulator.evidence.claim.falls.panel import Panel, changes_in, windows_of
from simulator.evidence.claim.falls.placebo import (
    PlaceboTest,
    PlaceboWindow,
    PooledPlacebo,
    beside_window,
    beside_windows,
)
from simulator.evidence.claim.falls.power import Design, Sight, detectable_fall, needed_count, power_of, sight

__all__ = [
    "ChangeEvidence", "ChangeTest", "ClaimedFall", "Counts", "CrimeError", "Design", "Dispersion", "FallsByChance", "Method",
    "MonthlySeries", "Panel", "Phi", "PlaceboTest", "PlaceboWindow", "PooledPlacebo", "Sight", "before_after",
    "beside_window", "beside_windows", "changes_in", "detectable_fall", "exact_change", "falls_by_chance", "judge_change",
    "needed_count", "power_of", "raw_dispersion", "sight", "windows_of", "year_on_year_dispersion",
]  # fmt: skip
