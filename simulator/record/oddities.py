"""What is odd in a record though it may be true: said by row and column, and never a reason to drop a row."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from simulator.record.columns import NUMBERS
from simulator.record.order import exchanged, out_of_order
from simulator.record.sums import running_totals
from simulator.scenario.errors import Problem
from simulator.scenario.sites import near_spellings

if TYPE_CHECKING:
    import pandas as pd

# Chosen so that the Met's published record to July 2025, which has some of each, gives few false alarms.
COPIED_YEAR = 5  # rows of a year with other disposals and no actions above 0, all equal
WATCHLIST_WINDOW, WATCHLIST_FACTOR = 9, 1.15
FACES_WINDOW, FACES_FACTOR = 15, 3.0
COPIED_FACES = 1000
LONGEST_HOURS = 16.0
SHORTEST_LIST = 50
LOWEST_THRESHOLD = 0.3
SHORTEST_HOURS = 0.2
MINUTES_ROWS = 8  # hours to two decimals, of which by chance one in sixty such sets has none from .60 on
# Of one kind, that many are told one by one and the rest as a count.
MOST_OF_A_KIND = 10


def find_oddities(frame: pd.DataFrame, label: str, headings: dict[str, str]) -> list[Problem]:
    """Everything odd in *frame*, each at its row of the file *label*, under the file's own *headings*."""
    found: list[Problem] = []
    for kind in (
        _empty,
        _places,
        _dates,
        _future,
        _running,
        _thresholds,
        _low_thresholds,
        _watchlists,
        _short_lists,
        _hours,
        _parts,
        _few_faces,
        _repeated,
        _disposals_copied,
        _disposals,
        _face_counting,
    ):
        items = list(kind(frame))
        for row, column, rule in items[:MOST_OF_A_KIND]:
            found.append(Problem(f"{label}:{row}", headings.get(column, column), rule))
        if len(items) > MOST_OF_A_KIND:
            rows = ", ".join(str(row) for row, _, _ in items[MOST_OF_A_KIND : MOST_OF_A_KIND + 20])
            more = ", ..." if len(items) > MOST_OF_A_KIND + 20 else ""
            column = headings.get(items[0][1], items[0][1])
            rest = len(items) - MOST_OF_A_KIND
            found.append(Problem(label, column, f"... and {rest} more rows of the same kind (lines {rows}{more})"))
    return found


Oddities = Iterator[tuple[int, str, str]]


def disposals_copied(frame: pd.DataFrame) -> pd.Series:
    """For each row, whether ``other_disposal`` is the same number as ``no_action`` in every row of its year.

    Two columns that never differ over a year are one column printed twice. At least COPIED_YEAR rows must be above 0.
    """
    both = frame["other_disposal"].notna() & frame["no_action"].notna()
    equal = (frame["other_disposal"] == frame["no_action"]) & both
    telling = equal & (frame["no_action"] > 0)
    year = frame["date"].dt.year
    all_equal = (equal | ~both).groupby(year).transform("all")
    return all_equal & (telling.groupby(year).transform("sum") >= COPIED_YEAR)


def _empty(frame: pd.DataFrame) -> Oddities:
    counts = [name for name in NUMBERS if name not in ("hours", "watchlist_size", "threshold")]
    for row in frame.loc[frame[counts].isna().all(axis=1), "row"]:
        yield row, "", "has no count at all: kept, and in no estimate"


def _places(frame: pd.DataFrame) -> Oddities:
    first = frame.drop_duplicates("site").set_index("site")["row"]
    for site, other in near_spellings(frame["site"].value_counts().index):
        rule = f'"{site}" is one letter from "{other}" (line {first[other]}); they count as two sites'
        yield int(first[site]), "place", rule


def _dates(frame: pd.DataFrame) -> Oddities:
    dates = frame["date"]
    out = out_of_order(dates.to_numpy().astype(np.int64))
    other = exchanged([day.date() for day in dates])
    for i in sorted({*out, *other}):
        row, day = int(frame["row"][i]), f"{dates[i]:%Y-%m-%d}"
        if i in other:
            rule = f"{day} does not fit among the dates around it, as {other[i]} would: did a spreadsheet exchange day and month?"
        else:
            near = [f"{dates[j]:%Y-%m-%d}" for j in (i - 1, i + 1) if 0 <= j < len(frame)]
            rule = f"{day} stands out of order beside {' and '.join(near)}"
        yield row, "date", rule


def _future(frame: pd.DataFrame) -> Oddities:
    for row, date in frame.loc[frame["date"].dt.date > dt.date.today(), ["row", "date"]].itertuples(index=False):
        yield row, "date", f"{date:%Y-%m-%d} has not come yet"


def _running(frame: pd.DataFrame) -> Oddities:
    for name in running_totals(frame)[0]:
        yield int(frame["row"].iloc[0]), name, "never falls from one row to the next: a running total?"


def _low_thresholds(frame: pd.DataFrame) -> Oddities:
    low = frame.loc[frame["threshold"] < LOWEST_THRESHOLD, ["row", "threshold"]].drop_duplicates("threshold")
    for row, value in low.itertuples(index=False):
        yield row, "threshold", f"{value:g} is lower than any that forces are known to use: a slip?"


def _thresholds(frame: pd.DataFrame) -> Oddities:
    known = frame[frame["threshold"].notna()]
    for day, rows in known.groupby("date"):
        values = sorted(rows["threshold"].unique())
        if len(values) > 1:
            words = " and ".join(f"{value:g}" for value in values)
            yield int(rows["row"].iloc[0]), "threshold", f"{day:%Y-%m-%d} has deployments at {words}"


def _watchlists(frame: pd.DataFrame) -> Oddities:
    sizes = frame[frame["watchlist_size"].notna()].sort_values("date", kind="stable")
    if len(sizes) < WATCHLIST_WINDOW:
        return
    middle = sizes["watchlist_size"].rolling(WATCHLIST_WINDOW, center=True, min_periods=5).median()
    ratio = (sizes["watchlist_size"] / middle).transform(np.log)
    # where lists differ much anyway, only what is far out even so
    usual = 1.4826 * ratio.abs().median()
    far = ratio.abs() > max(np.log(WATCHLIST_FACTOR), 6 * usual)
    for row, size, near in zip(sizes["row"][far], sizes["watchlist_size"][far], middle[far], strict=True):
        yield row, "watchlist_size", f"{size:,.0f} is far from the lists of the days around it (median {near:,.0f})"


def _short_lists(frame: pd.DataFrame) -> Oddities:
    short = frame.loc[frame["watchlist_size"] < SHORTEST_LIST, ["row", "watchlist_size"]]
    for row, size in short.itertuples(index=False):
        yield row, "watchlist_size", f"a list of {size:,.0f} is short for a force: are these thousands?"


def _hours(frame: pd.DataFrame) -> Oddities:
    for row, hours in frame.loc[frame["hours"] > LONGEST_HOURS, ["row", "hours"]].itertuples(index=False):
        yield row, "hours", f"{hours:,.1f} hours is long for one deployment"
    hours = frame["hours"].dropna()
    if len(hours) and hours.median() < SHORTEST_HOURS:
        yield (
            int(frame["row"][hours.index[0]]),
            "hours",
            f"{60 * hours.median():.1f} minutes in the middle: are these hours?",
        )
    hundredths = np.round(100 * hours).astype(int)
    ends = hundredths[np.isclose(100 * hours, hundredths) & (hundredths % 10 != 0)] % 100
    if len(ends) >= MINUTES_ROWS and ends.max() < 60 and len({*ends} - {25}) >= MINUTES_ROWS // 2:
        rule = f"none of {len(ends)} values with two decimals ends above .59: if 5.48 means 5 h 48 min, write 5:48"
        yield int(frame["row"][ends.index[0]]), "hours", rule
    elif len(hours) >= MINUTES_ROWS and _are_quarters(hundredths % 100):
        rule = (
            f"all {len(hours)} values end in .00, .15, .30 or .45, as quarter hours in minutes do: if 5.45 means 5 h 45 min, "
            f"write 5:45"
        )
        yield int(frame["row"][hours.index[0]]), "hours", rule


def _are_quarters(ends: np.ndarray) -> bool:
    """Whether the *ends*, in hundredths, are minutes of quarter hours; one end again and again may be one typed length."""
    several = len({*ends}) > 1 and (ends > 0).sum() >= MINUTES_ROWS // 2
    return bool(several and {*ends} <= {0, 15, 30, 45})


def _parts(frame: pd.DataFrame) -> Oddities:
    parts = frame[["true_alerts", "unconfirmed", "false_alerts"]]
    total = parts.sum(axis=1)
    odd = (total != frame["alerts"]) & parts[["true_alerts", "false_alerts"]].notna().all(axis=1)
    for row, true, unconfirmed, false, alerts in frame.loc[odd, ["row", *parts, "alerts"]].itertuples(index=False):
        shown = f"{true:.0f} true" + ("" if np.isnan(unconfirmed) else f" + {unconfirmed:.0f} unconfirmed")
        yield row, "alerts", f"{shown} + {false:.0f} false do not add up to {_of(alerts, 'alert')}"


def _few_faces(frame: pd.DataFrame) -> Oddities:
    odd = frame["faces"] < frame["alerts"]
    for row, faces, alerts in frame.loc[odd, ["row", "faces", "alerts"]].itertuples(index=False):
        yield row, "faces", f"fewer faces than alerts ({faces:,.0f} faces, {alerts:,.0f} alerts)"


def _repeated(frame: pd.DataFrame) -> Oddities:
    """Rows that give the faces of an earlier row to the last digit, and its alerts or its hours too."""
    first: dict[tuple[str, float, float], int] = {}
    again = frame["faces"].duplicated(keep=False) & (frame["faces"] >= COPIED_FACES)
    for row, faces, alerts, hours in frame.loc[again, ["row", "faces", "alerts", "hours"]].itertuples(index=False):
        keys = [(name, faces, value) for name, value in (("alerts", alerts), ("hours", hours)) if value > 0]
        same = next((key for key in keys if key in first), None)
        if same is not None:
            yield row, "faces", f"{faces:,.0f} faces with the {same[0]} of line {first[same]}: a copied row?"
        for key in keys:
            first.setdefault(key, row)


def _disposals_copied(frame: pd.DataFrame) -> Oddities:
    copied = frame[disposals_copied(frame)]
    for year, rows in copied.groupby(copied["date"].dt.year):
        yield (
            int(rows["row"].iloc[0]),
            "other_disposal",
            f"equals no_action in all {len(rows)} rows of {year}: one number printed twice; the two are not told apart",
        )


def _disposals(frame: pd.DataFrame) -> Oddities:
    parts = frame[["arrests", "other_disposal", "no_action"]].copy()
    # printed twice, counted once
    parts.loc[disposals_copied(frame), "other_disposal"] = 0.0
    given = parts.notna().all(axis=1) & frame["true_alerts"].notna()
    odd = given & (parts.sum(axis=1) != frame["true_alerts"])
    copied = disposals_copied(frame)
    for i in np.flatnonzero(odd):
        arrests, other, rest = parts.iloc[i]
        words = f"{rest:.0f} other or no action" if copied[i] else f"{other:.0f} other + {rest:.0f} no action"
        true = _of(frame["true_alerts"][i], "confirmed true alert")
        yield int(frame["row"][i]), "arrests", f"{_of(arrests, 'arrest')} + {words} do not add up to {true}"


def face_counting_steps(frame: pd.DataFrame) -> Iterator[tuple[int, float, float]]:
    """Where the level of faces per hour changes for good: the row of the file, and the levels before and after."""
    known = frame[(frame["faces"] > 0) & (frame["hours"] > 0)].sort_values("date", kind="stable")
    window = FACES_WINDOW
    if len(known) < 2 * window:
        return
    rate = (known["faces"] / known["hours"]).transform(np.log)
    before = rate.rolling(window).median().shift(1).to_numpy()
    after = rate[::-1].rolling(window).median()[::-1].to_numpy()
    step = np.nan_to_num(after - before)
    for start, end in _runs(np.abs(step) > np.log(FACES_FACTOR)):
        i = start + int(np.argmax(np.abs(step[start:end])))
        yield int(known["row"].iloc[i]), float(np.exp(before[i])), float(np.exp(after[i]))


def _face_counting(frame: pd.DataFrame) -> Oddities:
    """Where the counting of faces may have changed, not the crowd."""
    for row, before, after in face_counting_steps(frame):
        way, factor = ("rise", after / before) if after > before else ("fall", before / after)
        around = f"median {before:,.0f} in the {FACES_WINDOW} rows before, {after:,.0f} in those after"
        rule = f"faces per hour {way} by a factor of {factor:.1f} here ({around}): counted in another way?"
        yield row, "faces", rule


def _of(number: float, noun: str) -> str:
    return f"{number:,.0f} {noun}{'' if number == 1 else 's'}"


def _runs(flags: np.ndarray) -> Iterator[tuple[int, int]]:
    """Start and end of each run of true *flags*."""
    edges = np.flatnonzero(np.diff(np.concatenate(([False], flags, [False])).astype(np.int8)))
    yield from zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True)
