"""What a force counted of other deployments than the scenario's, to stand beside what is simulated."""

from __future__ import annotations

from pydantic import Field, model_validator

from simulator.scenario.part import Part
from simulator.scenario.quantity import Grade


class RecordedGroup(Part):
    """Of how many of so many false alerts the person was of one group of *people*, as a force counted it."""

    people: str = Field(min_length=1)
    number: int = Field(ge=0)
    of: int = Field(gt=0)
    source: str
    grade: Grade

    @model_validator(mode="after")
    def _part_of_whole(self) -> RecordedGroup:
        if self.number > self.of:
            raise ValueError("number must not be above of: it is part of it")
        return self


class RecordedElsewhere(Part):
    """What a force counted of stops on false alerts, of other deployments than the scenario's: printed beside its own.

    *what* says whose and when, as in "the Met, September 2024 to September 2025"; *false_alerts_of* of whom they were, where
    that is published.
    """

    what: str = Field(min_length=1)
    faces: int = Field(gt=0)
    alerts: int = Field(gt=0)
    stopped_on_false_alert: int = Field(ge=0)
    arrested_on_false_alert: int = Field(default=0, ge=0)
    false_alerts_of: RecordedGroup | None = None
    source: str
    grade: Grade

    @model_validator(mode="after")
    def _parts_of_wholes(self) -> RecordedElsewhere:
        if not self.arrested_on_false_alert <= self.stopped_on_false_alert <= self.alerts <= self.faces:
            raise ValueError(
                "arrested_on_false_alert, stopped_on_false_alert, alerts and faces must not fall in this order: each is part "
                "of the next"
            )
        return self


__all__ = ["RecordedElsewhere", "RecordedGroup"]
