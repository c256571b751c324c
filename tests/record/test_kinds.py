"""Whether a row is of a van or of cameras that stay: said by the record, else by its place and day."""

from __future__ import annotations

from pathlib import Path

import pytest

from simulator.record import read_records


@pytest.mark.parametrize(
    ("place", "day", "said", "kind"),
    [
        ("Mill St", "2026-01-05", "van", "van"),
        ("Mill St", "2026-01-05", "Static cameras", "fixed"),
        ("Mill St (static)", "2026-01-05", "", "fixed"),
        ("Mill St", "2026-01-05", "Proactive", "van"),
        ("Croydon, Northend", "2026-01-05", "", "fixed"),
        ("Croydon, Northend", "2026-01-05", "mobile", "van"),
        ("North End, Croydon", "2025-09-30", "", "van"),
        ("North End, Bexley", "2026-01-05", "", "van"),
        ("Croydon, George St", "2026-01-05", "", "van"),
    ],
)
def test_the_record_says_the_kind_else_place_and_day_do(
    place: str, day: str, said: str, kind: str, tmp_path: Path
) -> None:
    path = tmp_path / "r.csv"
    path.write_text(f'date,place,deployment type,alerts\n{day},"{place}",{said},3\n')

    assert read_records(path).frame["kind"].tolist() == [kind]
