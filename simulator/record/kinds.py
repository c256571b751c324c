"""The kind of site that a row of a record is of: a van, or cameras that stay at their place.

A planner knows it beforehand. It is what the record's own column says; else what the words of the place say ("static"); else
what ``kinds.yaml`` knows of fixed cameras; else a van.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from simulator.scenario.csv_cells import CellError, is_blank
from simulator.scenario.errors import shown
from simulator.scenario.sites import site_names

Kind = Literal["van", "fixed"]
KINDS: tuple[Kind, ...] = ("van", "fixed")
# What records write in such a column, or beside a place.
_FIXED = re.compile(r"\b(?:fixed|static|permanent|infrastructure|pole|lamp.?posts?)\b", re.I)
_VAN = re.compile(r"\b(?:vans?|mobile|vehicles?)\b", re.I)


@dataclass(frozen=True)
class FixedCameras:
    """Fixed cameras at places with all these *words*, from the day *first* to *last* (None: still there)."""

    words: tuple[str, ...]
    first: dt.date
    last: dt.date | None

    def at(self, site: str, day: dt.date) -> bool:
        """Whether a deployment at *site* (one spelling, see ``site_names``) on this *day* is one of theirs."""
        return self.first <= day <= (self.last or day) and all(word in site.lower() for word in self.words)


def kind_said(cell: str) -> Kind | None:
    """What a *cell* of such a column says; None where it is blank or of something else ("Proactive")."""
    fixed, van = _FIXED.search(cell), _VAN.search(cell)
    if bool(fixed) == bool(van):
        return None
    return "fixed" if fixed else "van"


def kind_named(cell: str) -> Kind | None:
    """What a *cell* says of a column that the user named for it; CellError where it says anything else."""
    said = kind_said(cell)
    if said is None and not is_blank(cell):
        raise CellError(f"must say van or fixed (got {shown(cell.strip())})")
    return said


def kind_of(said: Kind | None, place: str, day: dt.date) -> Kind:
    """The kind of the site at *place*, as written, on this *day*; what is *said* in its column comes first."""
    if said:
        return said
    if written := kind_said(place):
        return written
    [site] = site_names([place])
    return "fixed" if any(cameras.at(site, day) for cameras in fixed_cameras()) else "van"


@cache
def fixed_cameras() -> tuple[FixedCameras, ...]:
    """Those that are known, as in the file."""
    from ruamel.yaml import YAML

    entries = YAML(typ="safe").load(Path(__file__).with_name("kinds.yaml").read_text("utf-8"))
    return tuple(FixedCameras(tuple(entry["words"]), entry["from"], entry.get("until")) for entry in entries)


__all__ = ["KINDS", "FixedCameras", "Kind", "fixed_cameras", "kind_named", "kind_of", "kind_said"]
