"""A clean table is read alike in whatever locale it was saved, or it is refused: never read as something else."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.record import read_records
from simulator.scenario import ScenarioError

WHOLE = ("watchlist_size", "faces", "alerts", "false_alerts")
FIRST = dt.date(2025, 1, 1)
DATES: dict[str, Callable[[dt.date], str]] = {
    "ISO": lambda day: f"{day}",
    "ISO with a time": lambda day: f"{day}T11:30:00",
    "ISO with slashes": lambda day: f"{day:%Y/%m/%d}",
    "day first": lambda day: f"{day:%d/%m/%Y}",
    "day first, short": lambda day: f"{day.day}.{day.month}.{day:%y}",
    "month first": lambda day: f"{day:%m/%d/%Y}",
    "month first, short": lambda day: f"{day.month}/{day.day}/{day:%y}",
    "with its name": lambda day: f"{day.day} {day:%B %Y}",
    "weekday": lambda day: f"{day:%a} {day:%d/%m/%Y}",
    "American name": lambda day: f"{day:%B} {day.day}, {day.year}",
    "spreadsheet": lambda day: f"{(day - dt.date(1899, 12, 30)).days}",
}
ROW = st.tuples(
    st.integers(0, 700),
    st.integers(60, 24 * 60 - 1),
    st.integers(500, 40_000),
    st.sampled_from((0.56, 0.6, 0.62, 0.64)),
    st.integers(300, 200_000),
    st.integers(0, 40),
    st.integers(0, 3),
)


def rows_of(drawn: list[tuple[int, int, int, float, int, int, int]], rounded: int) -> list[tuple[float, ...]]:
    """Rows in order of their days: day, hours, list, threshold, faces, alerts and false alerts."""
    return [
        (days, round(minutes / 60, 1), max(rounded * (size // rounded), 300), at, faces, max(alerts, false), false)
        for days, minutes, size, at, faces, alerts, false in sorted(drawn)
    ]


def number(value: float, decimal: str, thousands: str) -> str:
    """*value* as it is written with these signs."""
    text = f"{value:,}" if isinstance(value, int) else f"{value:,g}"
    return text.replace(",", "T").replace(".", decimal).replace("T", thousands)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(
    st.lists(ROW, min_size=1, max_size=12),
    st.sampled_from((1, 1000)),
    st.sampled_from(tuple(DATES)),
    st.sampled_from(((".", ","), (".", ""), (".", " "), (".", "'"), (",", "."), (",", ""), (",", " "), (",", "’"))),
)
def test_a_table_is_read_alike_in_every_dress_or_refused(
    drawn: list[tuple[int, int, int, float, int, int, int]], rounded: int, style: str, signs: tuple[str, str]
) -> None:
    rows = rows_of(drawn, rounded)
    lines = ["date;hours;watchlist_size;threshold;faces;alerts;false_alerts"]
    for days, *numbers in rows:
        written = DATES[style](FIRST + dt.timedelta(days=int(days)))
        lines.append(";".join([written, *(number(value, *signs) for value in numbers)]))
    with TemporaryDirectory() as folder:
        path = Path(folder) / "r.csv"
        path.write_text("\n".join(lines), encoding="utf-8")
        try:
            records = read_records(path, "r.csv")
        except ScenarioError as error:
            told = str(error)
            assert "may mean" in told or "only month first" in told, told
            return

    expected = np.array([row[1:] for row in rows])
    assert np.allclose(records.frame[["hours", "watchlist_size", "threshold", *WHOLE[1:]]].to_numpy(), expected)
    notes = " ".join(map(str, records.notes))
    if "no date in the file shows which comes first" not in notes:
        days = records.frame["date"].dt.date.tolist()
        assert days == [FIRST + dt.timedelta(days=int(row[0])) for row in rows]
