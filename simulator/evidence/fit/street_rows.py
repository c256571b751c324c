"""The deployments that a scenario's street is estimated from, and what they have per face and per hour."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from simulator.evidence.fit.exposures import true_alerts
from simulator.evidence.fit.ratios import FEWEST_SITES, Ratio, not_narrower, ratio_by_site
from simulator.record import Records
from simulator.scenario.errors import Problem, ScenarioError, shown
from simulator.scenario.models import Scenario

if TYPE_CHECKING:
    import pandas as pd

# Two thresholds that differ by less are one, printed with other digits.
SAME_THRESHOLD = 1e-6


@dataclass(frozen=True)
class StreetRows:
    """The deployments the street is estimated from: those at *threshold* (None: the record prints none)."""

    frame: pd.DataFrame
    threshold: float | None
    list_size: float | None

    @property
    def sites(self) -> int:
        """At how many sites the deployments were; 0 where no row names a place."""
        return int(self.frame["site"][self.frame["site"] != ""].nunique())


def street_rows(records: Records, scenario: Scenario, place: str | None, silences: list[str]) -> StreetRows:
    """Deployments at the scenario's threshold, or the nearest there is, and at places with *place* in their name.

    Another threshold than the scenario's is told in *silences*. Raises ScenarioError where no place has that name.
    """
    frame = records.frame
    if place is not None:
        wanted = place.casefold()
        both = frame["place"].str.casefold() + "\n" + frame["site"].str.casefold()
        frame = frame[both.str.contains(wanted, regex=False)]
        if not len(frame):
            known = ", ".join(records.frame["site"].value_counts().index[:8])
            rule = f"no deployment is at a place with {shown(place)} in its name (most frequent: {known})"
            raise ScenarioError(Problem(records.label, "--place", rule))
    own = scenario.recogniser.threshold.value
    thresholds = frame["threshold"].dropna().unique()
    if not len(thresholds):
        return StreetRows(frame, None, _list_size(frame))
    nearest = float(min(thresholds, key=lambda value: abs(value - own)))
    if abs(nearest - own) > SAME_THRESHOLD:
        silences.append(
            f"No deployment is at the scenario's threshold of {own:g}; the street is estimated at the nearest one, {nearest:g}."
        )
    frame = frame[np.abs(frame["threshold"] - nearest) <= SAME_THRESHOLD]
    return StreetRows(frame, nearest, _list_size(frame))


def other_days(records: Records, scenario: Scenario) -> list[str]:
    """Say so where no deployment of the scenario is in the record: its street may be another."""
    days = {day.date for day in scenario.campaign.days}
    if days & set(records.frame["date"].dt.date):
        return []
    return [
        f"None of the scenario's {len(days)} days is in this record: footfall, true alerts and disposals are of other days and "
        f"perhaps of other streets. --error-rates-only leaves the scenario's own."
    ]


def many_sites(street: StreetRows, place: str | None) -> list[str]:
    """Say so where the street of a scenario, which is one, would be the mean of several sites."""
    if street.sites < 2:
        return []
    first = ", ".join(street.frame["site"][street.frame["site"] != ""].value_counts().index[:3])
    told = (
        "The intervals of footfall and of true alerts per face allow for deployments of one site being alike, the others do not"
        if street.sites >= FEWEST_SITES
        else "Deployments of one site are taken to be independent, so intervals are too narrow where sites differ"
    )
    other = "--place TEXT takes one place alone" if place is None else "A longer --place takes one of them alone"
    return [
        f"A scenario is of one place; footfall, true alerts and disposals here are the mean of {street.sites} sites (most "
        f"frequent: {first}). {other}; --error-rates-only leaves the scenario's own. {told}."
    ]


def _list_size(frame: pd.DataFrame) -> float | None:
    """The mean watchlist, weighted by hours where they are given; None where no row has a watchlist."""
    known = frame[frame["watchlist_size"].notna()]
    if not len(known):
        return None
    weights = known["hours"].fillna(0.0)
    return float(np.average(known["watchlist_size"], weights=weights if weights.sum() > 0 else None))


def true_per_face(rows: pd.DataFrame, scenario: Scenario) -> Ratio | None:
    """Recorded true alerts per counted face, where deployments give both."""
    follow = scenario.watchlist.footfall_elasticity.value
    shares = [(listed_k(scenario), 1.0), (street_k(scenario), (1 - follow) ** 2)]
    spread = sum(share / k for k, share in shares if k is not None)
    return ratio_of(true_alerts(rows), rows["faces"], rows, 1 / spread if spread else None)


def faces_per_hour(rows: pd.DataFrame, scenario: Scenario) -> Ratio | None:
    """Counted faces per camera hour, where deployments give both; None where no face was counted."""
    found = ratio_of(rows["faces"], rows["hours"], rows, street_k(scenario))
    return found if found is not None and found.events else None


def street_k(scenario: Scenario) -> float | None:
    """The gamma shape of the level of a day's footfall in *scenario*; None where its days are alike."""
    shape = scenario.street.day_dispersion_k
    return None if shape is None else shape.value


def listed_k(scenario: Scenario) -> float | None:
    """The same of listed passages."""
    shape = scenario.watchlist.day_dispersion_k
    return None if shape is None else shape.value


def ratio_of(events: pd.Series, base: pd.Series, rows: pd.DataFrame, own_k: float | None) -> Ratio | None:
    """*events* per *base* over the *rows* that give both; None where none does.

    A *base* of 0 stays: rows are not chosen by what was counted in them. With few days the interval is not narrower than the
    scenario's own spread between days, of shape *own_k*, has it.
    """
    used = events.notna() & base.notna()
    if not base[used].sum() > 0:
        return None
    found = ratio_by_site(events[used].to_numpy(float), base[used].to_numpy(float), rows["site"][used].tolist())
    days = base[used].groupby(rows["date"][used]).sum().to_numpy(float)
    return found if own_k is None else not_narrower(found, days, own_k)
