"""The two calibrated recognisers: the Met's field record and the NPL laboratory test."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Preset:
    """Values of a recogniser with their sources, and whether capture lowers false alerts too.

    *other_list_size* is the other list size that the level may be read as measured with, where there are two readings.
    """

    name: str
    fields: dict[str, Any]
    capture_acts_on_false: bool
    unit: str
    other_list_size: int | None = None

    def as_fields(self) -> dict[str, Any]:
        """The preset as the fields of a ``recogniser`` section."""
        return dict(self.fields)


# The rows behind the field rates: false alerts, faces and hours at 0.64 from the change to that threshold on.
_MET = {
    "force": "Metropolitan Police",
    "vendor": "NEC",
    "counting": "faces seen, as the Met has estimated them since July 2024",
}
_GENUINE = (
    "NPL 2023: TPIR 0.89 at 0.60; capture and score sd agree with the Met's unchanged true alerts per hour at 0.64"
)

FIELD = Preset(
    name="field",
    capture_acts_on_false=False,
    unit="per counted face",
    fields={
        "anchor_threshold": 0.64,
        "fmr_at_anchor": {
            "gamma": {"shape": 20.5, "rate": 6_641_792 * 16_000},
            "value": 1.9e-10,
            "source": "Met records at 0.64 to 17 Apr 2026: 20 false alerts in 6,641,792 faces, list about 16,000",
            "grade": "derived",
            "from": _MET
            | {"first": dt.date(2024, 7, 25), "last": dt.date(2026, 4, 17), "false_alerts": 20, "faces": 6_641_792.0},
        },
        "reference_list_size": {
            "value": 16_000.0,
            "source": "the lists behind those records",
            "grade": "derived",
        },
        "slope_per_unit": {
            "value": 50.0,
            "low": 35.0,
            "high": 70.0,
            "source": "Met records 2023-25, false alerts per hour and listed person at 0.60, 0.62 and 0.64",
            "grade": "derived",
            "from": _MET | {"first": dt.date(2023, 12, 1), "last": dt.date(2025, 7, 11)},
        },
        "tpir_at_anchor": {"value": 0.852, "source": _GENUINE, "grade": "derived"},
        "capture_rate": {"value": 0.95, "source": _GENUINE, "grade": "assumed"},
        "score_sd": {"value": 0.15, "source": _GENUINE, "grade": "assumed"},
    },
)
NPL = Preset(
    name="npl",
    capture_acts_on_false=True,
    unit="per captured passage",
    other_list_size=10_000,
    fields={
        "anchor_threshold": 0.60,
        "fmr_at_anchor": {
            "value": 1.7e-8,
            "source": "NPL 2023: FPIR 0.017 % at 0.60 with a list of 10,000 (1 in 6,000)",
            "grade": "measured",
        },
        "reference_list_size": {
            "value": 178_000.0,
            "source": "NPL 2023: measured on 178,000 fillers; its rate for a list of 10,000 is rescaled from them",
            "grade": "derived",
        },
        "slope_per_unit": {
            "value": 104.0,
            "low": 40.0,
            "high": 214.0,
            "source": "NPL 2023: 7, 1 and 0 false positives at 0.60, 0.62 and 0.64",
            "grade": "derived",
        },
        "tpir_at_anchor": {"value": 0.89, "source": "NPL 2023: TPIR 89 % at 0.60", "grade": "measured"},
        "capture_rate": {"value": 0.95, "source": _GENUINE, "grade": "assumed"},
        "score_sd": {"value": 0.15, "source": _GENUINE, "grade": "assumed"},
    },
)
PRESETS = {preset.name: preset for preset in (FIELD, NPL)}
KIN_THRESHOLD = 0.64
