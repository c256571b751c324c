"""The record that a quantity was computed from, so that a fit knows which of its rows the scenario has seen already."""

from __future__ import annotations

from typing import Self

from pydantic import Field, model_validator

from simulator.scenario.part import Date, Part


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


__all__ = ["RecordBehind"]
