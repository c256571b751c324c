"""What a scenario says of the face recognition system: threshold to FMR, FPIR and TPIR."""

from __future__ import annotations

import math
from statistics import NormalDist
from typing import Annotated, Any

import numpy as np
from pydantic import Field, ValidationInfo, model_validator

from simulator.scenario.errors import shown
from simulator.scenario.part import Part
from simulator.scenario.presets import KIN_THRESHOLD, PRESETS, Preset
from simulator.scenario.quantity import Array, ListSize, Rate, Shape, Share, Threshold, within
from simulator.scenario.table import RecogniserTable


class Recogniser(Part):
    """The face recognition system: threshold to FMR, FPIR and TPIR."""

    preset: str | None = None
    table: str | None = Field(default=None, description="CSV file beside the scenario: T, FMR or FPIR, TPIR or FNIR")
    threshold: Threshold
    fmr_at_anchor: Annotated[Rate, within(above=0.0, high=1.0)] | None = Field(
        default=None, description="false match rate per comparison at the anchor"
    )
    anchor_threshold: float | None = Field(default=None, ge=0, le=1)
    slope_per_unit: Annotated[Rate, within(above=0.0)] | None = Field(
        default=None, description="b: ln FMR falls by b per unit of threshold"
    )
    tpir_at_anchor: Share | None = None
    capture_rate: Share | None = None
    score_sd: Annotated[Rate, within(above=0.0)] | None = Field(default=None, description="sd of genuine scores")
    list_size_exponent: Share = Field(default=Share(value=1.0), description="1: FPIR grows with N; 0: not at all")
    reference_list_size: ListSize | None = Field(
        default=None,
        description="list size at which the FMR was measured: no list_size_exponent changes anything there",
    )
    fmr_day_dispersion_k: Shape | None = None
    lookalike_persistence_same_day: Share = Share(value=0.0)
    lookalike_persistence_across_days: Share = Share(value=0.0)
    detection_correlation: Share = Field(default=Share(value=0.0), description="of detections, at the threshold")
    kin_per_100k_passages: Rate = Field(default=Rate(value=0.0), description="passages by close kin of listed people")
    kin_tpir_at_anchor: Share = Field(default=Share(value=0.0), description="chance that kin alert on the relative")
    kin_detection_correlation: Share = Share(value=0.0)
    read_table: RecogniserTable | None = Field(default=None, exclude=True, description="filled by the loader")

    @model_validator(mode="before")
    @classmethod
    def _fill_from_preset(cls, data: Any, info: ValidationInfo) -> Any:
        if not isinstance(data, dict):
            return data
        name = data.get("preset")
        if name is not None and data.get("table") is not None:
            raise ValueError("give a preset or a table, not both")
        if isinstance(name, str):
            if name not in PRESETS:
                raise ValueError(f"preset must be one of {', '.join(sorted(PRESETS))} (got {shown(name)})")
            filled = PRESETS[name].as_fields()
            if data.get("fmr_at_anchor") is not None:
                # the list is that of the preset's own level, which this is not
                del filled["reference_list_size"]
            return {**filled, **data}
        return data

    @property
    def known_preset(self) -> Preset | None:
        """The preset behind the values, if one was named."""
        return PRESETS[self.preset] if self.preset else None

    @property
    def left_to_preset(self) -> frozenset[str]:
        """The fields that are as the preset fills them in: a file may leave them out, and then another preset fills them."""
        if self.preset is None:
            return frozenset()
        pure = Recogniser.model_validate({"preset": self.preset, "threshold": self.threshold})
        same = {name for name in PRESETS[self.preset].fields if getattr(self, name) == getattr(pure, name)}
        # a level of its own holds at its own anchor, and no list is filled in for it
        return frozenset(same if "fmr_at_anchor" in same else same - {"reference_list_size", "anchor_threshold"})

    @property
    def capture_acts_on_false(self) -> bool:
        """Whether the capture rate lowers false alerts too: not where the level is per counted face (``field``)."""
        return self.known_preset is not None and self.known_preset.capture_acts_on_false

    @model_validator(mode="after")
    def _consistent(self) -> Recogniser:
        needed = ["fmr_at_anchor", "anchor_threshold", "slope_per_unit", "tpir_at_anchor", "capture_rate", "score_sd"]
        missing = [name for name in needed if getattr(self, name) is None]
        if self.table is None and missing:
            raise ValueError(f"without a preset or a table, {', '.join(missing)} must be given")
        if self.table is not None and len(missing) < len(needed):
            given = [name for name in needed if name not in missing]
            raise ValueError(f"with a table, leave out {', '.join(given)}")
        if self.reference_list_size is None and (
            self.list_size_exponent.value != 1 or self.list_size_exponent.uncertain
        ):
            raise ValueError(
                f"reference_list_size is missing: with list_size_exponent other than 1 (got "
                f"{self.list_size_exponent.value:g}), say with how long a list the error rates were measured"
            )
        if self.lookalike_persistence_across_days.value > self.lookalike_persistence_same_day.value:
            raise ValueError("lookalike_persistence_across_days must not exceed lookalike_persistence_same_day")
        if self.tpir_at_anchor and self.capture_rate and self.tpir_at_anchor.value >= self.capture_rate.value:
            raise ValueError(
                f"tpir_at_anchor must be below capture_rate, which it includes "
                f"(got {self.tpir_at_anchor.value:g} and {self.capture_rate.value:g})"
            )
        return self

    def entries_compared(self, size: Array | float, exponent: Array | float) -> Array:
        """How many independent entries a list of *size* is worth: N_ref (N / N_ref)^g, which is N where g is 1."""
        reference = self.reference_list_size.value if self.reference_list_size else 1.0
        return np.asarray(reference * (size / reference) ** exponent)

    def kin_floor_excess(self, size_of_reference: float) -> str | None:
        """Say what is wrong where the kin floor exceeds the level that already includes it (None where it fits)."""
        if self.kin_per_100k_passages.value == 0:
            return None
        if self.table is not None or self.fmr_at_anchor is None or self.slope_per_unit is None:
            return "recogniser.kin_per_100k_passages: needs a preset or own values, not a table"
        n = float(self.entries_compared(size_of_reference, self.list_size_exponent.value))
        # exp(700) is about the largest number there is
        fall = max(self.slope_per_unit.value * (KIN_THRESHOLD - (self.anchor_threshold or 0.0)), -700.0)
        level = -math.expm1(-n * self.fmr_at_anchor.value * math.exp(-fall))
        level *= self.capture_rate.value if self.capture_acts_on_false and self.capture_rate else 1.0
        floor = self.kin_per_100k_passages.value * 1e-5 * self._genuine(self.kin_tpir_at_anchor.value, KIN_THRESHOLD)
        if floor < level:
            return None
        return (
            f"recogniser.kin_per_100k_passages: the kin floor of {floor:.2g} false alerts per passage exceeds the whole "
            f"FPIR of {level:.2g} at {KIN_THRESHOLD}, which already includes kin; lower it or kin_tpir_at_anchor"
        )

    def tpir(self, threshold: float) -> float:
        """TPIR at *threshold*, capture included, everything at its value."""
        if self.read_table is not None:
            return float(np.interp(threshold, self.read_table.thresholds, self.read_table.tpir))
        return self._genuine(self.tpir_at_anchor.value if self.tpir_at_anchor else 0.0, threshold)

    def _genuine(self, at_anchor: float, threshold: float) -> float:
        """Chance of an alert at *threshold*, from that at the anchor (the genuine law with a mean of its own)."""
        if self.capture_rate is None or self.score_sd is None:
            return at_anchor
        normal, capture = NormalDist(), self.capture_rate.value
        share = at_anchor / capture
        if not 0 < share < 1:
            return at_anchor
        moved = ((self.anchor_threshold or 0.0) - threshold) / self.score_sd.value
        return capture * normal.cdf(normal.inv_cdf(share) + moved)
