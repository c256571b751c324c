"""Closed-form expectations of passages and alerts, before depletion, repeats and queues."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from simulator.scenario.inputs import Inputs
from simulator.scenario.models import Scenario
from simulator.scenario.quantity import Array
from simulator.street.groups import groups_of
from simulator.street.kin import kin_share
from simulator.street.listed import listed_share
from simulator.street.recogniser import ScoreLaws, fpir


@dataclass(frozen=True)
class Expected:
    """Expected counts of one campaign, arrays (replications,); *ppv* is the share of alerts that are true."""

    passages: Array
    listed_passages: Array
    true_alerts: Array
    false_alerts: Array

    @property
    def alerts(self) -> Array:
        """True and false alerts."""
        return self.true_alerts + self.false_alerts

    @property
    def ppv(self) -> Array:
        """Share of alerts that are true (1/2 where none is expected, so that no criterion is moved by nothing)."""
        return np.divide(self.true_alerts, self.alerts, out=np.full_like(self.alerts, 0.5), where=self.alerts > 0)


class Expectations:
    """Closed forms of one set of *inputs*, for any cell."""

    def __init__(self, scenario: Scenario, inputs: Inputs) -> None:
        self.scenario, self.inputs = scenario, inputs
        self.recogniser, self.groups = ScoreLaws(scenario, inputs), groups_of(scenario)
        self.passages = inputs["street.passages_per_hour"] * scenario.campaign.camera_hours

    def at(self, threshold: float, size: float) -> Expected:
        """Expected counts at *threshold* with a list of *size* (model.md section 6, with groups and kin).

        Left out: a listed person whose other-entry score beats their own, of order TPIR x FPIR.
        """
        recogniser, groups, passages = self.recogniser, self.groups, self.passages
        listed = listed_share(self.scenario, self.inputs, recogniser, size)
        kin = kin_share(self.scenario, self.inputs, size)
        x = recogniser.comparisons_fmr(size, threshold)
        true = np.zeros_like(passages)
        false = np.zeros_like(passages)
        street = np.diff(groups.street_cdf, prepend=0.0)
        on_list = np.diff(groups.listed_cdf, prepend=0.0)
        capture = recogniser.false_capture
        for g in range(len(street)):
            shift = float(groups.score_shift[g])
            tpir, kin_tpir = recogniser.tpir(threshold, shift), recogniser.kin_tpir(threshold, shift)
            stranger = capture * fpir(x * groups.relative_fmr[g])
            # given a captured face, kin alert unless neither the relative's entry nor any other exceeds T
            relative = capture * (1 - (1 - kin_tpir / capture) * (1 - stranger / capture))
            ordinary = np.clip(1 - listed - kin, 0.0, 1.0)
            true += passages * listed * on_list[g] * tpir
            false += passages * street[g] * (ordinary * stranger + kin * relative)
            false += passages * listed * on_list[g] * np.maximum(capture - tpir, 0.0) * stranger / capture
        return Expected(passages, passages * listed, true, false)


def expected(scenario: Scenario, inputs: Inputs, threshold: float, size: float) -> Expected:
    """Expected counts at *threshold* with a list of *size*."""
    return Expectations(scenario, inputs).at(threshold, size)
