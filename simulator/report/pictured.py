"""Blocks of a page that are read as pictures where there is room for one, and as words everywhere else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias, get_args

from simulator.evidence.run.thousand import Did

Shape: TypeAlias = Literal["circle", "diamond"]
# Fills told apart without colour too: by lightness, and by what is drawn in them.
Look: TypeAlias = Literal["dark", "sky", "green", "violet", "yellow", "grey", "plus", "falling", "cross", "ring"]
# As in the pictures to share (figures/looks.py); none is the colour of a source of error rates.
LOOKS: dict[Did, Look] = {
    "arrested": "dark",
    "other_disposal": "sky",
    "conditions_kept": "green",
    "let_go": "violet",
    "outdated_record": "yellow",
    "bystander": "plus",
    "already_dealt_with": "grey",
    "dismissed": "cross",
    "not_reached": "falling",
    "not_found": "ring",
}


@dataclass(frozen=True)
class Meaning:
    """What the numbers mean, in few *sentences*: the first one is the answer, with its range."""

    sentences: tuple[str, ...]


@dataclass(frozen=True)
class Box:
    """A *number* per something (*per*: "in every 1,000 alerts") and where it may lie (*within*, may be empty)."""

    number: str
    per: str
    within: str


@dataclass(frozen=True)
class Boxes:
    """The same events out of several totals, in boxes of one size, so that neither is read without the other."""

    boxes: tuple[Box, ...]
    note: str = ""


@dataclass(frozen=True)
class DotRow:
    """So many (*count*) of what is simulated that had what *label* says; *filled* where something happened."""

    label: str
    count: int
    filled: bool


@dataclass(frozen=True)
class Dots:
    """Simulated campaigns as dots, in *rows* by what happened in them."""

    title: str
    rows: tuple[DotRow, ...]
    note: str = ""

    @property
    def number(self) -> int:
        """How many dots there are in all."""
        return sum(row.count for row in self.rows)


@dataclass(frozen=True)
class IconGroup:
    """So many (*count*) of a thousand of which *label* is true: *shape* is the truth, *look* what officers did."""

    label: str
    count: int
    shape: Shape
    look: Look


@dataclass(frozen=True)
class Icons:
    """A thousand of something, one sign each: those of another *shape* stand apart, under *names* of the shapes."""

    title: str
    groups: tuple[IconGroup, ...]
    names: tuple[tuple[Shape, str], ...]
    note: str = ""

    def of(self, shape: Shape) -> tuple[IconGroup, ...]:
        """The groups of one *shape*."""
        return tuple(group for group in self.groups if group.shape == shape)


@dataclass(frozen=True)
class Branch:
    """So many (*count*, as it is read) of the branch above it, and the *branches* that they part into."""

    count: str
    label: str
    branches: tuple[Branch, ...] = ()
    strong: bool = False


@dataclass(frozen=True)
class Tree:
    """Natural frequencies: a number of something, parted again and again."""

    title: str
    root: Branch
    note: str = ""


@dataclass(frozen=True)
class Effect:
    """How many times as large a measure is (*ratio*, *low* to *high*), and the same in *words*; None where it is not known."""

    label: str
    words: str
    ratio: float | None
    low: float
    high: float


@dataclass(frozen=True)
class Forest:
    """A forest plot: *effects* below one another on one logarithmic scale, beside a line at 1, where nothing changes."""

    title: str
    effects: tuple[Effect, ...]
    note: str = ""


@dataclass(frozen=True)
class Quote:
    """A sentence to be quoted as it stands."""

    text: str


@dataclass(frozen=True)
class Download:
    """A file of this *name* that is kept in the page: its *text*, of which *media* type, and what is in it."""

    name: str
    media: str
    text: str
    words: str


@dataclass(frozen=True)
class Verbatim:
    """A *text* as it stands in a file, under a *title*."""

    title: str
    text: str


Pictured: TypeAlias = Meaning | Boxes | Dots | Icons | Tree | Forest | Quote | Download | Verbatim
# The same for isinstance.
PICTURED = get_args(Pictured)

__all__ = [
    "LOOKS", "PICTURED",
    "Box", "Boxes", "Branch", "DotRow", "Dots", "Download", "Effect", "Forest", "IconGroup", "Icons", "Look", "Meaning",
    "Pictured", "Quote", "Shape", "Tree", "Verbatim",
]  # fmt: skip
