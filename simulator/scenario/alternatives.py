"""Named alternatives: doubts that are no interval, because something else may hold altogether."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field

from simulator.scenario.errors import shown
from simulator.scenario.part import Part
from simulator.scenario.quantity import Grade

# What an alternative may move: averages of a campaign that are never below 0.
MovedMeasure = Literal[
    "alerts", "false_alerts", "true_alerts", "stops", "wrongful_stops", "bystander_stops", "no_action_stops",
    "no_action_wrong_person", "no_action_stale_record", "no_action_right_person", "no_action_or_complied_stops",
    "complied_stops", "arrests", "wrongful_arrests", "stale_arrests", "other_offence_arrests", "people_falsely_alerted",
    "people_falsely_alerted_twice", "people_wrongly_stopped", "people_wrongly_stopped_twice", "listed_people", "listed_stopped",
    "listed_missed", "liberty_lost_min", "bystander_liberty_lost_min", "busy_min", "busy_on_false_min", "officer_hours",
]  # fmt: skip
# What no campaign depends on, and what names a file or is one of many of its kind: not for an alternative to set.
NO_SETTING = (
    "name", "title", "description", "caveats", "what_if", "alternatives", "other_use", "record", "recorded_elsewhere",
    "joint_draws", "no_rates_per",
)  # fmt: skip
FILES = ("campaign.table", "recogniser.table")


def _mapping(settings: Any) -> Any:
    if isinstance(settings, dict):
        return settings
    key, sign, value = settings.partition("=") if isinstance(settings, str) else ("", "", "")
    such = f"{key.strip()}: {value.strip()}" if sign else "procedure.bystander: 0.01"
    raise ValueError(f"must be a mapping, such as {{{such}}}")


def _settings(settings: dict[str, Any]) -> dict[str, Any]:
    for key, value in settings.items():
        if not all(key.split(".")):
            raise ValueError(f'must be dotted keys, such as "recogniser.threshold" (got {shown(key)})')
        if key.split(".")[0] in NO_SETTING:
            raise ValueError(f"{shown(key)} is nothing that a campaign depends on: leave it out")
        if key in FILES and value is not None:
            raise ValueError(f"{shown(key)} names a file, which an alternative cannot: compare two scenarios instead")
    return settings


class Alternative(Part):
    """Something else that may hold: *settings* as with ``--set``, the *measure* that they move, and who says so."""

    name: str = Field(min_length=1, description='what would hold, to be read after "if"')
    why: str = Field(min_length=1, description="the doubt, in a sentence")
    settings: Annotated[dict[str, Any], Field(min_length=1), BeforeValidator(_mapping), AfterValidator(_settings)] = (
        Field(description="dotted keys and what they would be instead, as with --set; null takes an option away")
    )
    measure: MovedMeasure = Field(description="what is compared with the scenario's own average")
    decided_by: str = Field(min_length=1, description="what would settle it")
    record_says: str | None = Field(
        default=None, description="what a published figure says for or against it; printed with it"
    )
    source: str = Field(min_length=1)
    grade: Grade


__all__ = ["Alternative", "MovedMeasure"]
