"""The recogniser: threshold to FMR, FPIR and TPIR, and scores that follow them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from simulator.scenario.inputs import Inputs
from simulator.scenario.models import Scenario
from simulator.scenario.presets import KIN_THRESHOLD
from simulator.scenario.quantity import Array
from simulator.scenario.table import RecogniserTable

Index = NDArray[np.int64]
# TPIR must stay below the capture rate, which it includes; a draw beyond is put this close under it.
BELOW_CAPTURE = 0.995


def fpir(comparisons_fmr: Array) -> Array:
    """FPIR = 1 - exp(-x) from the expected exceedances x, without loss of digits at small rates (model.md 3.1)."""
    return np.asarray(-np.expm1(-comparisons_fmr))


class ScoreLaws:
    """Score laws with one set of parameters per replication; every method returns one value per replication."""

    def __init__(self, scenario: Scenario, inputs: Inputs) -> None:
        r, self.scenario = scenario.recogniser, scenario
        self.gamma = inputs["recogniser.list_size_exponent"]
        self.table = r.read_table
        ones = np.ones(inputs.replications)
        self.capture = self.false_capture = self.lookalike_share = ones
        if self.table is None:
            self.anchor = float(r.anchor_threshold or 0.0)
            self.fmr_anchor = inputs["recogniser.fmr_at_anchor"]
            self.slope = inputs["recogniser.slope_per_unit"]
            self.capture = inputs["recogniser.capture_rate"]
            self.score_sd = inputs["recogniser.score_sd"]
            self.score_mean = self._mean_for(inputs["recogniser.tpir_at_anchor"])
            self.kin_mean = self._mean_for(inputs["recogniser.kin_tpir_at_anchor"])
            self.false_capture = self.capture if r.capture_acts_on_false else ones
            self.lookalike_share = self._share_without_kin(scenario, inputs)

    def _mean_for(self, tpir_at_anchor: Array) -> Array:
        from scipy import special

        return np.asarray(
            self.anchor + self.score_sd * special.ndtri(np.minimum(tpir_at_anchor / self.capture, BELOW_CAPTURE))
        )

    def _share_without_kin(self, scenario: Scenario, inputs: Inputs) -> Array:
        """What is left of the FMR for strangers: the calibrated level at 0.64 already includes kin."""
        kin = inputs["recogniser.kin_per_100k_passages"] * 1e-5
        if not kin.any():
            return np.ones(inputs.replications)
        level = self.false_capture * self.comparisons_fmr(scenario.watchlist.size_of_reference, KIN_THRESHOLD)
        return np.clip(1 - kin * self.kin_tpir(KIN_THRESHOLD) / level, 0.0, 1.0)

    def fmr(self, threshold: float) -> Array:
        """False match rate per comparison at *threshold*."""
        if self.table is not None:
            log_fmr = np.interp(threshold, self.table.thresholds, np.log(self.table.fmr))
            return np.full(len(self.gamma), np.exp(log_fmr))
        return np.asarray(self.fmr_anchor * np.exp(-self.slope * (threshold - self.anchor)))

    def comparisons_fmr(self, size: float, threshold: float) -> Array:
        """N_ref (N / N_ref)^gamma FMR(T): expected exceedances of one passage by a stranger, kin left aside."""
        entries = self.scenario.recogniser.entries_compared(size, self.gamma)
        return np.asarray(entries * self.fmr(threshold) * self.lookalike_share)

    def fpir(self, size: float, threshold: float) -> Array:
        """FPIR(N, T) per passage of somebody who is neither listed nor kin of a listed person, capture included."""
        return self.false_capture * fpir(self.comparisons_fmr(size, threshold))

    def tpir(self, threshold: float | Array, shift: float = 0.0) -> Array:
        """TPIR(T) per passage, capture included, for genuine scores moved by *shift*; T may differ by replication."""
        from scipy import special

        if self.table is not None:
            return np.full(len(self.gamma), self._table_tpir(self.table, threshold - shift))
        return np.asarray(self.capture * special.ndtr((self.score_mean + shift - threshold) / self.score_sd))

    @staticmethod
    def _table_tpir(table: RecogniserTable, threshold: float | Array) -> float:
        # nobody scores above the last threshold
        return float(np.interp(threshold, table.thresholds, table.tpir, right=0.0))

    def kin_tpir(self, threshold: float, shift: float = 0.0) -> Array:
        """Chance per passage that close kin of a listed person alert on the relative's entry."""
        from scipy import special

        if self.table is not None:
            return np.zeros(len(self.gamma))
        return np.asarray(self.capture * special.ndtr((self.kin_mean + shift - threshold) / self.score_sd))

    def false_scores(self, u: Array, replication: Index, threshold: float) -> Array:
        """Scores at or above *threshold* whose FMR is u * FMR(threshold): the inverse of the tail."""
        if self.table is not None:
            log_fmr = np.log(self.table.fmr)
            target = np.interp(threshold, self.table.thresholds, log_fmr) + np.log(u)
            return np.asarray(np.interp(-target, -log_fmr, self.table.thresholds))
        return np.asarray(threshold - np.log(u) / self.slope[replication])

    def genuine_scores(self, rank: Array, replication: Index, shift: Array | float = 0.0, kin: bool = False) -> Array:
        """Scores whose TPIR equals *rank* (0 best); minus infinity where the face was not captured."""
        from scipy import special

        if self.table is not None:
            # np.interp wants rising abscissae; equal TPIRs are told apart by nothing, as in the table
            tpir, thresholds = self.table.tpir[::-1], self.table.thresholds[::-1]
            scores = np.interp(rank, tpir, thresholds) + shift
            return np.where(rank <= self.table.tpir[0], scores, -np.inf)
        mean = (self.kin_mean if kin else self.score_mean)[replication] + shift
        capture = self.capture[replication]
        with np.errstate(divide="ignore"):
            z = special.ndtri(np.minimum(rank / capture, 1.0))
        return np.where(rank < capture, mean - self.score_sd[replication] * z, -np.inf)


def score_correlation(detection_correlation: Array, probability: Array) -> Array:
    """The correlation r of normal scores at which detections of *probability* correlate as asked.

    Solved by bisection for every replication at once.
    """
    wanted = probability**2 + detection_correlation * probability * (1 - probability)
    low, high = np.zeros_like(probability), np.ones_like(probability)
    for _ in range(50):
        middle = (low + high) / 2
        under = _both(middle, probability) < wanted
        low, high = np.where(under, middle, low), np.where(under, high, middle)
    settled = (probability > 0) & (probability < 1) & (detection_correlation > 0)
    return np.where(settled, (low + high) / 2, 0.0)


def detection_correlation(score_correlation: Array, probability: Array) -> Array:
    """How detections of *probability* correlate where normal scores do so by r: what *score_correlation* solves."""
    spread = np.maximum(probability * (1 - probability), np.finfo(float).tiny)
    return np.asarray((_both(score_correlation, probability) - probability**2) / spread)


def _both(r: Array, probability: Array) -> Array:
    """P(both) = Phi2(z, z; r) by Owen's T."""
    from scipy import special

    return np.asarray(probability - 2 * special.owens_t(special.ndtri(probability), np.sqrt((1 - r) / (1 + r))))
