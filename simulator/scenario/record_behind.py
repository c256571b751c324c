"""The record that a quantity was computed from, so that a fit knows which of its rows the scenario has seen already."""

from __future__ import annotations

import re
from typing import Self

from pydantic import Field, model_validator

from simulator.scenario.part import Date, Part

# Words that a force's name may go with or without, and names that are usual beside the first word of each.
OF_ANY_FORCE = {"the", "police", "service", "constabulary", "force"}
USUAL_NAMES = {
    "metropolitan": {"met", "mps"},
    "south wales": {"swp", "heddlu de cymru"},
    "british transport": {"btp"},
    "greater manchester": {"gmp"},
    "west midlands": {"wmp"},
    "west yorkshire": {"wyp"},
    "northern ireland": {"psni"},
}


def force_of(name: str | None) -> str:
    """The force that somebody means by *name*, whatever its case, signs and words like "Police"; "" for nobody's."""
    words = re.findall(r"\w+", (name or "").casefold())
    known = " ".join(word for word in words if word not in OF_ANY_FORCE)
    return next((full for full, usual in USUAL_NAMES.items() if known in usual), known)


class RecordBehind(Part):
    """Whose record a quantity was computed from, of which days, and what was counted in it."""

    force: str = Field(min_length=1, description="whose record it is")
    first: Date = Field(description="the first day of the record")
    last: Date = Field(description="the last day of the record")
    vendor: str | None = Field(default=None, min_length=1, description="who made the face recognition system")
    counting: str | None = Field(default=None, min_length=1, description="how faces were counted")
    threshold: float | None = Field(
        default=None, ge=0, le=1, description="rows at other thresholds are no part of it; none: all are"
    )
    false_alerts: int | None = Field(default=None, ge=0, description="recorded false alerts")
    stopped: int | None = Field(default=None, ge=0, description="false alerts after which somebody was stopped")
    faces: float | None = Field(default=None, gt=0, description="counted faces")
    hours: float | None = Field(default=None, gt=0, description="camera hours")

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.last < self.first:
            raise ValueError(f"last must not be before first (got {self.first} and {self.last})")
        if self.stopped is not None and self.stopped > (self.false_alerts or 0):
            raise ValueError(f"stopped must be at most false_alerts (got {self.stopped} of {self.false_alerts or 0})")
        return self


__all__ = ["RecordBehind", "force_of"]
