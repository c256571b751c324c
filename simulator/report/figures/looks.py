"""How alerts look wherever they are drawn one by one: shape is who it was, colour and pattern are what officers did."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from simulator.evidence.run.thousand import Did

# What is drawn across a cell, so that it is told apart without colour.
Pattern = Literal["", "dot", "level", "upright", "rising", "falling", "cross", "plus"]
EDGE = "#3A3A3A"


@dataclass(frozen=True)
class Look:
    """The colours of a cell's *fill*, *edge* and *pattern*."""

    fill: str
    edge: str = EDGE
    pattern: Pattern = ""
    ink: str = EDGE


# None of them is the colour of a preset (blue, amber) or of true and false alerts (blue, vermillion).
LOOKS: dict[Did, Look] = {
    "arrested": Look("#26324A", "#26324A"),
    "other_disposal": Look("#9CD0F2", pattern="dot", ink="#16324A"),
    "conditions_kept": Look("#2F9E77", pattern="level", ink="#FFFFFF"),
    "let_go": Look("#C9A0DC", pattern="upright"),
    "outdated_record": Look("#F0E442", pattern="rising"),
    "bystander": Look("#FFFFFF", pattern="plus"),
    "already_dealt_with": Look("#8F8F8F", "#6E6E6E"),
    "dismissed": Look("#FFFFFF", pattern="cross"),
    "not_reached": Look("#FFFFFF", pattern="falling"),
    "not_found": Look("#FFFFFF"),
}

__all__ = ["LOOKS", "Look", "Pattern"]
