"""The table and the figure of docs/validation.md: one line for many rows, told by the row that covers least."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from simulator.report.figures import style
from verify.exact import CONTROL
from verify.score import LEVEL, Events, Group, Row, Tally

DOCS = Path(__file__).resolve().parent.parent / "docs"
PAGE, FIGURE = DOCS / "validation.md", DOCS / "images" / "coverage.png"
BEGIN, END = "<!-- coverage: begin -->\n", "<!-- coverage: end -->"
HEAD = (
    "interval", "of", "rows", "says", "middle", f"lowest ({LEVEL:.0%} exact)", "too low", "too high", "width", "of what",
    "verdict",
)  # fmt: skip
# What lies below is drawn at the edge of the figure.
LEFT, LINE_IN = 0.60, 0.19


def section(groups: Sequence[Group], rows: int, seeds: int, forgotten: Sequence[str]) -> str:
    """The table in Markdown, with a sentence on what fails before it; *rows* are all that share out the level."""
    failing = [row for group in groups if group.command != CONTROL for row in group.failing(rows)]
    kinds = dict.fromkeys(f"{row.command} {name_of(row)}" for row in failing)
    told = f"{len(failing)} fail: {', '.join(kinds)}." if failing else "None fails."
    missing = f" Not covered: {', '.join(forgotten)}." if forgotten else ""
    first = f"{rows:,} rows, {seeds:,} seeds (fewer where the table says). {told}{missing}"
    lines = [first, "", _line(HEAD), _line(["---"] * len(HEAD))]
    lines += [_line(_cells(group, rows)) for group in groups]
    return "\n".join([*lines, "", "![Coverage of every interval](images/coverage.png)", ""])


def name_of(row: Row) -> str:
    """What a row's interval is called on the page."""
    *above, last = row.kind.split(".")
    return f"rates: {last}" if above[:1] == ["rates"] and last != "average_95" else last


def merged(groups: Iterator[Group]) -> list[Group]:
    """Groups of the same name on the page, made one; single campaigns are not told apart by how often things happen."""
    found: dict[tuple[str, str, Events], list[tuple[Row, Tally]]] = {}
    for group in groups:
        for row, tally in group.rows:
            name, predicts = name_of(row), "campaign" in row.kind.split(".")[-1] or row.kind.endswith("_90")
            shown = "campaign_90" if row.kind.endswith("_90") else name
            found.setdefault((row.command, shown, "" if predicts else row.events), []).append((row, tally))
    commands = list(dict.fromkeys(command for command, *_ in found))
    in_order = sorted(found, key=lambda key: (commands.index(key[0]), key[1], key[2]))
    return [Group(*key, tuple(found[key])) for key in in_order]


def _cells(group: Group, rows: int) -> list[str]:
    row, tally = group.worst
    low, high = tally.interval(rows)
    failing = len(group.failing(rows))
    seldom = f" (given in {tally.given:,} of {tally.given + tally.absent:,})" if tally.absent else ""
    return [
        f"{group.command}: {group.kind}",
        group.events,
        f"{len(group.rows)}",
        f"{row.level:.2f}",
        f"{group.median:.3f}",
        f"{tally.coverage:.3f} ({low:.3f}–{high:.3f})",
        f"{tally.below:,}",
        f"{tally.above:,}",
        "" if tally.width != tally.width else f"{tally.width:.2g}",
        f"{row.of}, {row.world}{seldom}",
        f"**fails** ({failing} of {len(group.rows)})" if failing else "holds",
    ]


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def put(text: str, page: Path = PAGE) -> None:
    """Write the section between the marks of *page*."""
    whole = page.read_text("utf-8")
    before, _, rest = whole.partition(BEGIN)
    _, mark, after = rest.partition(END)
    if not mark:
        raise SystemExit(f"{page}: must have the marks {BEGIN.strip()} and {END}, between which the table goes")
    page.write_text(f"{before}{BEGIN}{text}{mark}{after}", "utf-8")


def draw(groups: Sequence[Group], rows: int, seeds: int, path: Path = FIGURE) -> None:
    """One dot for each group, at its lowest coverage with the exact interval, and a tick for the nominal level."""
    with style.styled():
        height = LINE_IN * len(groups)
        page = style.page(
            "How often printed intervals hold",
            f"Lowest coverage of each kind, with its exact {LEVEL:.0%} interval shared out among {rows:,} rows; {seeds:,} seeds",
            None,
            [
                "Grey tick: what the interval says of itself. Small dot: the row in the middle. Red: the whole exact interval "
                f"lies below. An arrow at the edge: below {LEFT:.2f}."
            ],
            height + 0.5,
        )
        axes = page.axes(4.0, 0.0, page.width - 4.1, height)
        for at, group in enumerate(groups):
            row, tally = group.worst
            low, high = tally.interval(rows)
            colour = style.VERMILLION if group.failing(rows) else style.BLUE
            axes.plot([row.level] * 2, [at - 0.35, at + 0.35], color=style.FAINT, lw=2)
            axes.plot([max(low, LEFT), max(high, LEFT)], [at, at], color=colour, lw=1.2)
            axes.plot([max(group.median, LEFT)], [at], ".", color=style.QUIET, ms=4)
            marker = "o" if tally.coverage >= LEFT else "<"
            axes.plot([max(tally.coverage, LEFT)], [at], marker, color=colour, ms=5, clip_on=False)
        axes.set_yticks(range(len(groups)), [" ".join((f"{g.command}: {g.kind}", g.events)).strip() for g in groups])
        axes.set_ylim(len(groups) - 0.5, -0.5)
        axes.set_xlim(LEFT, 1.0)
        axes.set_xlabel("share of seeds in which the interval holds the truth")
    with tempfile.TemporaryDirectory() as folder:
        _, png = style.save(page.figure, Path(folder), "coverage")
        path.write_bytes(png.read_bytes())


__all__ = ["draw", "merged", "put", "section"]
