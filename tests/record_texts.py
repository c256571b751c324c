"""Records as text, for tests: a small good one, and the same with a cell exchanged."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import numpy as np
import pytest

from simulator.record import Records, read_records
from simulator.scenario import ScenarioError
from simulator.scenario.sheet import AS_IT_IS, ReadAs

HEADER = (
    "date,place,hours,watchlist_size,threshold,faces,alerts,true_alerts,unconfirmed,false_alerts,false_stopped,"
    "arrests,other_disposal,no_action"
)
GOOD = [
    '2024-01-09,"George St, Croydon",5.5,12000,0.60,2000,10,9,0,1,1,5,1,3',
    '2024-01-16,"Croydon, George Street",6,12100,0.60,2100,8,8,0,0,0,4,2,2',
    "2024-08-06,Ilford,5,15500,0.64,9000,9,8,1,0,0,4,1,3",
    '2024-08-13,"High St, Ilford",4.5,15600,0.64,8800,7,7,0,0,0,3,2,2',
]
START = dt.date(2024, 3, 1)


def read(folder: Path, text: str | bytes, *, skip_bad: bool = False, read_as: ReadAs = AS_IT_IS) -> Records:
    """Read *text* as the file ``r.csv``."""
    path = folder / "r.csv"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return read_records(path, "r.csv", skip_bad=skip_bad, read_as=read_as)


def messages(folder: Path, text: str | bytes, *, skip_bad: bool = False, read_as: ReadAs = AS_IT_IS) -> list[str]:
    """Why *text* is refused, by line."""
    with pytest.raises(ScenarioError) as error:
        read(folder, text, skip_bad=skip_bad, read_as=read_as)
    return str(error.value).split("\n")


def table(*rows: str, header: str = HEADER) -> str:
    """A file of *header* and *rows*, the good ones where none are given."""
    return "\n".join((header, *(rows or GOOD))) + "\n"


def with_cell(column: str, cell: str, row: str = GOOD[1].replace('"Croydon, George Street"', "Croydon")) -> str:
    """The good rows and one more, *row*, whose cell in *column* is *cell*; it stands on line 6."""
    cells = row.split(",")
    cells[HEADER.split(",").index(column)] = cell
    return table(*GOOD, ",".join(cells))


def ordinary(n: int = 60) -> list[str]:
    """*n* rows without anything odd: counts that add up, lists that grow slowly, the same way of counting faces."""
    rng = np.random.default_rng(20240301)
    rows = []
    for i in range(n):
        arrests, other, no_action, unconfirmed, false = rng.poisson((4, 1, 3, 0.2, 0.1)).tolist()
        true = arrests + other + no_action
        faces = round(2000 * rng.gamma(8, 1 / 8) * 5.5) + i
        day = START + dt.timedelta(days=2 * i)
        rows.append(
            f"{day},Ilford,5.5,{12000 + 20 * i},0.64,{faces},{true + unconfirmed + false},{true},{unconfirmed},{false},"
            f"0,{arrests},{other},{no_action}"
        )
    return rows
