"""Which fields of a scenario the closed forms cover: every field is declared here, or scenarios that use it have no form."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, get_args

from pydantic import BaseModel

from simulator.scenario.models import Scenario
from simulator.scenario.quantity import Quantity


def _paths(sections: Mapping[str, str]) -> frozenset[str]:
    return frozenset(f"{part}.{name}" for part, names in sections.items() for name in names.split())


# Deployments are laid out from a list, a table or a calendar.
DEPLOYMENTS = ("campaign.deployments", "campaign.read_table")
# In the formulas. Of officers only whether anybody of a kind is there at all.
COUNTED = _paths(
    {
        "campaign": "table first_date last_date every weekdays hours holidays",
        **dict.fromkeys(DEPLOYMENTS, "hours count passages_per_hour threshold watchlist_size operators teams checkers"),
        "street": "passages_per_hour faces_per_passage pool_people visits_per_person group_matrix",
        "street.groups": "street_share list_share listed_passages_share score_shift",
        "watchlist": "size reference_size listed_per_1000_passages true_alerts_per_1000_passages reference_threshold "
        "growth_exponent",
        "recogniser": "preset table read_table threshold fmr_at_anchor anchor_threshold slope_per_unit tpir_at_anchor "
        "capture_rate score_sd list_size_exponent reference_list_size fmr_day_dispersion_k lookalike_persistence_same_day "
        "lookalike_persistence_across_days kin_per_100k_passages kin_tpir_at_anchor",
        "officers": "operators teams checkers",
        "officers.shifts": "operators teams checkers",
        "procedure": "not_found bystander check_error other_offence_arrest",
        "procedure.look": "accept_true accept_false d_prime criterion criterion_follows_ppv ppv_reference",
        "procedure.second_look": "accept_true accept_false d_prime criterion correlation",
    }
)
# Left out of every formula: they say when, and to whom of those who come again, and so whether somebody is in custody, is
# recognised, waits or walks away. Whatever they are, that only takes away from what the formulas count.
LEFT_OUT = _paths(
    {
        "campaign": "start",
        **dict.fromkeys(DEPLOYMENTS, "date start every place vans"),
        "street": "profile day_dispersion_k camera_ends share_passing_both between_ends_min return_same_day visit_dispersion_k",
        "watchlist": "day_dispersion_k footfall_elasticity any_place_share conditions_share stale_share",
        "recogniser": "detection_correlation kin_detection_correlation",
        "officers": "vans",
        "officers.shifts": "after_min vans",
        "procedure": "remembered hold_limit_min van_limit_min",
        **{
            f"procedure.{time}": "median_min law log_sd"
            for time in ("reach", "review", "search", "check", "check_wrong_person", "custody")
        },
        "procedure.disposals": "wanted_arrest wanted_other conditions_arrest conditions_other stale_arrest",
    }
)
# Counted for who alerts, left out as to who alerts again.
WHO_COMES_AGAIN = _paths(
    {
        "street": "pool_people visits_per_person",
        "recogniser": "lookalike_persistence_same_day lookalike_persistence_across_days",
    }
)
# Words, prices and what a record says: no count depends on them.
NO_PART = _paths(
    {
        "campaign": "deployments_a_year notes replaced",
        **dict.fromkeys(DEPLOYMENTS, "source"),
        "street.groups": "name",
        "officers": "officers_per_team officers_per_van",
    }
)
NO_PART_WHOLE = (
    "name", "title", "description", "caveats", "what_if", "no_rates_per", "costs", "alternatives", "other_use", "record",
    "recorded_elsewhere",
    "joint_draws",
)  # fmt: skip
# Sections that act after the system has alerted.
RESPONSE = ("officers", "procedure")


@cache
def fields_of(model: type[BaseModel] = Scenario, prefix: str = "") -> tuple[str, ...]:
    """Every field that a scenario file can have, dotted, parts of lists without their number."""
    found: list[str] = []
    for name, field in model.model_fields.items():
        parts = list(_parts(field.annotation))
        found += [path for part in parts for path in fields_of(part, f"{prefix}{name}.")] or [f"{prefix}{name}"]
    return tuple(found)


def _parts(annotation: Any) -> Iterator[type[BaseModel]]:
    """The sections in an *annotation*; quantities and tables are values."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        if not issubclass(annotation, Quantity) and annotation.__name__ != "RecogniserTable":
            yield annotation
        return
    for inner in get_args(annotation):
        yield from _parts(inner)


def undeclared() -> tuple[str, ...]:
    """Fields of which nobody has said what the closed forms make of them."""
    declared = COUNTED | LEFT_OUT | NO_PART
    return tuple(path for path in fields_of() if path not in declared and path.split(".")[0] not in NO_PART_WHOLE)


def uncovered(scenario: Scenario, response: bool = True) -> tuple[str, ...]:
    """Undeclared fields that *scenario* uses: closed forms say nothing of it. Without *response*, of who alerts."""
    asked = (path for path in undeclared() if response or path.split(".")[0] not in RESPONSE)
    drawn = scenario.joint_draws.columns if scenario.joint_draws else {}
    return tuple(path for path in asked if path in drawn or _is_used(scenario, path.split(".")))


def _is_used(part: Any, path: list[str]) -> bool:
    """Whether the field at *path* may have another value than its default, in any of the parts where a list has it."""
    if isinstance(part, tuple):
        return any(_is_used(item, path) for item in part)
    if part is None:
        return False
    name, *rest = path
    value, default = getattr(part, name), type(part).model_fields[name].default
    if rest:
        return _is_used(value, rest)
    if isinstance(value, Quantity) and isinstance(default, Quantity):
        return value.uncertain or value.value != default.value
    return bool(value != default)


def is_left_out(key: str) -> bool:
    """Whether the quantity *key* does something that closed forms leave out, beside what they may count of it."""
    return key in LEFT_OUT or key in WHO_COMES_AGAIN or key.split(".")[0] in RESPONSE


__all__ = ["RESPONSE", "fields_of", "is_left_out", "uncovered", "undeclared"]
