"""The header of every result: which scenario it is of, and at which threshold and list."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any, Literal, Self

from pydantic import Field

from simulator.evidence.kept import LEFT_OUT
from simulator.experiment.axes import SIZE, THRESHOLD
from simulator.experiment.replications import Cell, cell_of
from simulator.scenario.days import differs, ends_by_day
from simulator.scenario.inputs import always_zero
from simulator.scenario.models import Scenario
from simulator.scenario.year import Laid, laid_out
from simulator.street.candidates import Envelope

Unit = Literal["campaign", "year"]
# How the deployments of a year came to their dates.
LAID: dict[Laid, str] = {
    "calendar": " by the calendar",
    "evenly": " laid out evenly at the pace stated",
    "listed": "",
}
# What a count of wrongful stops does not tell where it is possible.
BYSTANDERS = (
    "Some searches end on somebody other than the person alerted on (procedure.bystander). Such stops are counted apart, as "
    "bystander_stops: they are not in “wrong person”."
)


@dataclass(frozen=True, kw_only=True)
class Header:
    """The scenario of a result, in the words and numbers that stand above it; *threshold* and *list_size* are the result's.

    *thresholds* and *list_sizes* are the smallest and the largest over the deployments, where some have their own; *places*
    are how many there are where it is more than one; *notes* say how the days were read, and what is counted apart.
    *replaced* are the keys of values that deployments have of their own and that are not in the result: it has others, the same
    on all of them. *year* says how the deployments were laid out where they are a year; None where they are another campaign.
    """

    name: str
    title: str
    what_if: str | None
    preset: str | None
    threshold: float
    list_size: float
    deployments: int
    camera_hours: float
    year: Laid | None
    thresholds: Annotated[tuple[float, float] | None, Field(**LEFT_OUT)] = None
    list_sizes: Annotated[tuple[float, float] | None, Field(**LEFT_OUT)] = None
    places: Annotated[int | None, Field(**LEFT_OUT)] = None
    notes: Annotated[tuple[str, ...] | None, Field(**LEFT_OUT)] = None
    replaced: Annotated[tuple[str, ...] | None, Field(**LEFT_OUT)] = None

    @property
    def unit(self) -> Unit:
        """What is simulated again and again."""
        return "campaign" if self.year is None else "year"

    @classmethod
    def of(cls, scenario: Scenario, cell: Cell | None = None, **more: Any) -> Self:
        """The header of a result of *scenario* at *cell*, its own one unless given; *more* are the fields of a subclass."""
        cell, campaign = cell or cell_of(scenario), scenario.campaign
        apart = () if always_zero(scenario, "procedure.bystander") else (BYSTANDERS,)
        more |= {
            "thresholds": ends_by_day(scenario, THRESHOLD, cell.threshold) if differs(scenario, THRESHOLD) else None,
            "list_sizes": ends_by_day(scenario, SIZE, cell.size) if differs(scenario, SIZE) else None,
            "places": len(campaign.places) if len(campaign.places) > 1 else None,
            "notes": (*campaign.notes, *apart) or None,
            "replaced": campaign.replaced or None,
        }
        return cls(
            name=scenario.name,
            title=scenario.title,
            what_if=scenario.what_if,
            preset=scenario.recogniser.preset,
            threshold=cell.threshold,
            list_size=cell.size,
            deployments=len(campaign.days),
            camera_hours=campaign.camera_hours,
            year=laid_out(scenario),
            **more,
        )


@dataclass(frozen=True, kw_only=True)
class CellHeader(Header):
    """The same with the scenario's own cell where the result is of another, and what it has no rates per."""

    own_threshold: Annotated[float | None, Field(**LEFT_OUT)] = None
    own_list_size: Annotated[float | None, Field(**LEFT_OUT)] = None
    no_rates_per: tuple[str, ...]

    @classmethod
    def of(cls, scenario: Scenario, cell: Cell | None = None, **more: Any) -> Self:
        """The header of a result of *scenario* at *cell*."""
        own = cell_of(scenario)
        if cell is not None and cell != own:
            more |= {"own_threshold": own.threshold, "own_list_size": own.size}
        return super().of(scenario, cell, no_rates_per=tuple(scenario.no_rates_per), **more)


@dataclass(frozen=True, kw_only=True)
class Drawn:
    """What candidates were drawn for: this *threshold* and above, lists up to this *size*."""

    threshold: float
    size: float

    @classmethod
    def of(cls, envelope: Envelope) -> Self:
        """The envelope as it is kept."""
        return cls(threshold=envelope.threshold, size=envelope.size)


__all__ = ["LAID", "CellHeader", "Drawn", "Header", "Unit"]
