"""What a record cannot answer, said in words before anybody reads a number into it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from simulator.evidence.check.assumed import Assumed
from simulator.evidence.check.coverage import FEWEST_CLUSTERS
from simulator.evidence.check.planned import WORDS, Recorded
from simulator.evidence.statistics.selection import selection

if TYPE_CHECKING:
    import pandas as pd

# Below this, coverage of 90 % intervals has a standard deviation above 0.05.
FEWEST_TESTED = 30
FEWEST_TRAINING = 40


def notes_on(training: Recorded | None, tested: Recorded) -> list[str]:
    """Everything about the rows that limits what the scores can say."""
    said = []
    n = len(tested)
    if tested.planned.faces is not None:
        blank = int(np.isnan(tested.planned.faces).sum())
        some = f"; {blank} of {n} rows give none and take the scenario's footfall" if blank else ""
        said.append(
            f"The scenario was told the faces counted in each row{some}. How faces are counted may differ between rows, and no "
            f"planner knows them: these are not forecasts."
        )
    if n < FEWEST_TESTED:
        error = np.sqrt(0.9 * 0.1 / n)
        said.append(
            f"Only {n} deployment{'' if n == 1 else 's'} tested: even right forecasts would show a coverage of 90 % intervals "
            f"anywhere within {0.9 - 2 * error:.2f} and {min(0.9 + 2 * error, 1):.2f}; {FEWEST_TESTED} or more are needed to "
            f"say much."
        )
    said += _few_groups(len(set(tested.planned.day)), len(set(tested.planned.site)))
    for name, words in WORDS.items():
        blank = int(np.isnan(tested.counts[name]).sum())
        if blank == n:
            said.append(f"No tested row records {words}: they are not checked.")
        elif blank:
            said.append(f"{blank} of {n} tested rows do not record {words}; they are left out for that measure.")
    said += _blank_lists(training, tested)
    observed = tested.counts["false_alerts"]
    if not np.isnan(observed).all() and not np.nansum(observed):
        said.append(
            "No recorded false alert in the tested rows: forecasts can only be shown to be too high, never too low. Read the "
            "probability of the total, not the coverage."
        )
    return said + ([] if training is None else _on_training(training, tested))


def linked_hours(frame: pd.DataFrame, assumed: Assumed) -> list[str]:
    """Say so where the rows of a record that cannot be forecast, for want of hours, differ in their false alerts."""
    known = frame[frame["false_alerts"].notna()]
    one = selection("hours", known, known["hours"].notna()) if assumed.hours is None else None
    if one is None or not one.linked:
        return []
    return [
        f"Which rows give hours goes with what came out, and the others are not forecast. {one.counts} --assume-hours brings "
        f"them in."
    ]


def _blank_lists(training: Recorded | None, tested: Recorded) -> list[str]:
    """Rows without a list, recorded or assumed, and which one stands in."""
    groups = [("tested", tested), *([] if training is None else [("training", training)])]
    blank = {name: int(np.isnan(rows.planned.list_size).sum()) for name, rows in groups}
    if not any(blank.values()):
        return []
    those = " and ".join(f"{n} {name} row{'' if n == 1 else 's'}" for name, n in blank.items() if n)
    stands_in = "the scenario takes its own" + (
        "" if training is None else ", the trained model the middle one of the training rows, if these print any"
    )
    return [f"No list size in {those}: {stands_in}; --assume-list N puts another there."]


def _few_groups(days: int, sites: int) -> list[str]:
    few = [f"{n} {word}{'' if n == 1 else 's'}" for n, word in ((days, "day"), (sites, "site")) if n < FEWEST_CLUSTERS]
    if not few:
        return []
    if len(few) == 2:
        return [
            f"The tested rows are of {' and '.join(few)}: how alike rows of one day or one site are cannot be told from fewer "
            f"than {FEWEST_CLUSTERS}, so coverage has no interval."
        ]
    return [
        f"The tested rows are of {few[0]}, too few to tell how alike rows of one are (at least {FEWEST_CLUSTERS} are needed): "
        f"intervals on coverage may be too narrow, and gains and the mean PIT have none."
    ]


def _on_training(training: Recorded, tested: Recorded) -> list[str]:
    said = []
    if len(training) < FEWEST_TRAINING:
        said.append(
            f"Only {len(training)} training rows: the parts of the model are not compared but set, and its priors weigh as "
            f"much as the record."
        )
    for name, words in WORDS.items():
        if np.isnan(training.counts[name]).all():
            said.append(f"No training row records {words}: nothing is trained for them.")
    planned, counts = training.of("false_alerts")
    if not len(planned):
        return said
    trained, ahead = (np.unique(x[~np.isnan(x)]) for x in (planned.threshold, tested.planned.threshold))
    if not len(trained) or not len(ahead):
        said.append(
            "Thresholds are not recorded: there is no trained model of false alerts, only scenario and baseline."
        )
        return said
    if not counts.any():
        said.append(
            f"No recorded false alert in {planned.hours.sum():,.0f} training hours: the record gives an upper bound on their "
            f"rate and no level; the baseline counts half a false alert in them."
        )
    if len(trained) == 1:
        beyond = (
            ""
            if set(ahead) <= set(trained)
            else " The tested rows have another threshold, so their forecast rests on it."
        )
        said.append(
            f"All training rows have the threshold {trained[0]:g}: the record says nothing of how false alerts fall with the "
            f"threshold, and the slope is the prior's.{beyond}"
        )
    else:
        none = [x for x in ahead if x in trained and not counts[planned.threshold == x].any()]
        if none and counts.any():
            listed = ", ".join(f"{x:g}" for x in none)
            said.append(
                f"The training rows hold no false alert at threshold {listed}, which tested rows have: how far the rate fell is "
                f"the slope's prior and an upper bound from the record."
            )
    return said
