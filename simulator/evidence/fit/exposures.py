"""What false alerts are counted against: hours, faces or true alerts, and why the choice matters."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

    from simulator.scenario.recogniser import Recogniser


@dataclass(frozen=True)
class Exposure:
    """A denominator of the false alert rate: the columns it needs, its unit in words, and what it takes for granted."""

    name: str
    needs: tuple[str, ...]
    unit: str
    assumes: str

    @property
    def by_list(self) -> bool:
        """Whether the exposure is multiplied by the watchlist size."""
        return "watchlist_size" in self.needs


EXPOSURES = {
    item.name: item
    for item in (
        Exposure(
            "hours",
            ("hours", "watchlist_size"),
            "camera hour and list entry",
            "that as many people walk past in an hour at one threshold as at another; how faces are counted does not matter",
        ),
        Exposure(
            "faces",
            ("faces", "watchlist_size"),
            "counted face and list entry",
            "that faces are counted in the same way throughout; where the counting changed together with the threshold, the "
            "change is taken for an effect of the threshold",
        ),
        Exposure(
            "true-alerts",
            ("true_alerts",),
            "true alert",
            "that listed people are as many among passers-by, and are found as often, at one threshold as at another; how faces "
            "are counted does not matter",
        ),
    )
}
WHY = (
    "Hours are the default because the count of faces has changed its meaning in published records (the Met's faces per "
    "hour rose sevenfold within weeks of a change of threshold, its alerts per hour by a third), and hours are counted by "
    "a clock."
)


def true_alerts(frame: pd.DataFrame) -> pd.Series:
    """Recorded true alerts of each deployment: confirmed and unconfirmed ones (NaN where the confirmed are blank)."""
    return frame["true_alerts"] + frame["unconfirmed"].fillna(0.0)


def exposure_of(frame: pd.DataFrame, exposure: Exposure, recogniser: Recogniser) -> pd.Series:
    """The exposure of each deployment, NaN where a column it needs is blank."""
    if exposure.name == "true-alerts":
        return true_alerts(frame)
    return frame[exposure.needs[0]] * recogniser.entries_compared(
        frame["watchlist_size"].to_numpy(float), recogniser.list_size_exponent.value
    )
