"""A thousand alerts as signs: their shape is the truth, their look what officers did."""

from __future__ import annotations

from collections.abc import Iterator

from simulator.evidence.numbers import number, whole
from simulator.evidence.run.pictures import RunPictures
from simulator.evidence.run.thousand import ICONS, Category
from simulator.report.page import Block, Line
from simulator.report.pictured import LOOKS, IconGroup, Icons, Shape

NAMES: tuple[tuple[Shape, str], ...] = (
    ("diamond", "Wrong person (diamonds)"),
    ("circle", "Right person (circles)"),
)
# Of which there are too few for one sign in a thousand.
FEWER = "fewer than one in a thousand"


def thousand(pictures: RunPictures) -> Iterator[Block]:
    """The signs with a count beside every group, and how many faces it takes to raise so many alerts."""
    groups = tuple(_group(item) for item in pictures.thousand)
    if not sum(group.count for group in groups):
        yield Line("No alert in any simulated campaign: there is nothing to show.")
        return
    yield Icons(
        f"Of {whole(ICONS)} alerts: the shape says who it was, the fill what officers did",
        groups,
        NAMES,
        " ".join([*_faces(pictures), "Simulated, with every input at its best value."]),
    )
    rare = [
        item.words for item in pictures.thousand if item.stopped and not item.icons and (item.total or item.expected)
    ]
    if rare:
        yield Line(f"{'; '.join(rare)}.", label=f"Possible, but {FEWER}")


def _group(item: Category) -> IconGroup:
    return IconGroup(item.words, item.icons, "diamond" if item.false else "circle", LOOKS[item.did])


def _faces(pictures: RunPictures) -> Iterator[str]:
    each = pictures.faces_per_alert
    if not each:
        return
    faces = ICONS * each
    said = f"{number(faces / 1e6)} million" if faces >= 1e6 else number(faces)
    more = f"; faces without an alert would fill {number(each - 1)} more such pictures" if each >= 2 else ""
    yield f"It takes {said} faces to raise these{more}."


__all__ = ["LOOKS", "thousand"]
