"""Rows of a record that are no deployment but the sum of those above: passed over, and said."""

from __future__ import annotations

import re
from dataclasses import replace

from simulator.scenario.errors import Problem
from simulator.scenario.sheet import Sheet

_TOTAL = re.compile(r"(?:(?:grand|sub|overall|annual|yearly|monthly)[\s-]*)?(?:totals?|sums?|overall)\b[^a-z]*", re.I)


def without_totals(sheet: Sheet) -> tuple[Sheet, tuple[Problem, ...]]:
    """*sheet* without its rows of totals, which say so in the column of dates or of places, and a note of which they are."""
    at = [sheet.columns.position[name] for name in ("date", "place") if name in sheet.columns.position]
    is_total = [any(_TOTAL.fullmatch(row[i].strip()) for i in at if i < len(row)) for _, row in sheet.rows]
    kept = tuple(item for item, total in zip(sheet.rows, is_total, strict=True) if not total)
    lines = [str(line) for (line, _), total in zip(sheet.rows, is_total, strict=True) if total]
    if not lines:
        return sheet, ()
    what = "a row of totals is" if len(lines) == 1 else f"{len(lines)} rows of totals are"
    note = Problem(f"{sheet.label}:{lines[0]}", "", f"{what} no deployment, and passed over (line {', '.join(lines)})")
    return replace(sheet, rows=kept), (note,)


__all__ = ["without_totals"]
