"""The commented scenario that ``lfrsim new`` writes: the template, with what a force says of its own town."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from simulator.scenario.errors import Problem, ScenarioError, shorten, shown
from simulator.scenario.numbers import Comes, TwoReadingsError, read_number, read_whole, two_readings
from simulator.scenario.staffing import FEWEST, Staffing, TooFewError, staffing_of

if TYPE_CHECKING:
    from simulator.scenario.models import Scenario

NAME_RULE = r"[a-z0-9][a-z0-9-]*"
# What is told of a town, and the key of a scenario that it is.
KEYS = {
    "footfall": "street.passages_per_hour",
    "list": "watchlist.size",
    "hours": "campaign.hours",
    "weekdays": "campaign.weekdays",
}
# Of these the numbers come in thousands.
IN_THOUSANDS: dict[str, Comes] = {"footfall": "thousands", "list": "whole"}
OFFICERS, VANS, MOST = 17, 2, 100_000
# A number that nobody has counted may well be out by so much, up or down.
OUT_BY = 1.4
# Somebody is in the street for a moment of every so manieth day, and of so many of its hours.
EVERY, EVERY_LOW, EVERY_HIGH, DAY_HOURS = 10, 30, 3, 12
VISITS_SOURCE = (
    '"as if people were in the street for a moment of every 10th day of 12 hours, 30th to 3rd; nobody has counted"'
)
FOOTFALL_SOURCE = '"as told to lfrsim new; count it, and give what the count says"'


@dataclass(frozen=True)
class Town:
    """What a force says of its own town, each as it is typed: *said* by the names of KEYS, *officers* and *vans*."""

    name: str
    said: dict[str, str]
    officers: str | None = None
    vans: str | None = None


def template_path() -> Path:
    """The template; it is a scenario like any other and validates as it is."""
    return Path(__file__).with_name("template.yaml")


def write_new(town: Town, folder: Path) -> Path:
    """Write the scenario of *town* into *folder* and return its path; an existing file is never overwritten.

    Raises ScenarioError with all that is wrong with what was said, each at the place ``--`` and its name.
    """
    path = folder / f"{town.name}.yaml"
    check_name(town.name)
    text = text_of(town)
    try:
        with path.open("x", encoding="utf-8") as handle:
            handle.write(text)
    except FileExistsError:
        raise ScenarioError(Problem(str(path), "NAME", "this file exists; choose another name")) from None
    except OSError as error:
        raise ScenarioError(Problem(str(path), "NAME", f"cannot be written ({error.strerror})")) from None
    return path


def check_name(name: str) -> None:
    """Refuse a *name* that could not name a file everywhere."""
    if not re.fullmatch(NAME_RULE, name):
        rule = (
            f"must consist of small letters, digits and hyphens, as my-town does (got {shown(name)}); it names the file"
        )
        raise ScenarioError(Problem("", "NAME", rule))


def text_of(town: Town) -> str:
    """The scenario of *town* as text."""
    from simulator.scenario.loader import load_scenario

    said: list[str] = []
    problems: list[Problem] = []
    for name, typed in town.said.items():
        try:
            said.append(override_of(name, typed))
        except ScenarioError as error:
            problems += error.problems
    try:
        staffing = staffing_said(town.officers, town.vans)
    except ScenarioError as error:
        problems += error.problems
    if problems:
        raise ScenarioError(*problems)
    scenario = load_scenario(template_path(), said)
    calendar, text = scenario.campaign, template_path().read_text("utf-8")
    lines: dict[str, object] = {
        "name": town.name,
        "title": f"Cameras in {town.name.replace('-', ' ').title()}",
        "weekdays": f"[{', '.join(calendar.weekdays)}]",
        "hours": _written(calendar.hours or 0.0),
        "visits_per_person": _quantity(_visits(scenario), VISITS_SOURCE),
        **{key.split(".")[1]: number for key, number in staffing.settings.items()},
    }
    if "footfall" in town.said:
        lines["passages_per_hour"] = _quantity(_footfall(scenario.street.passages_per_hour.value), FOOTFALL_SOURCE)
    if "list" in town.said:
        size = _written(scenario.watchlist.size.value)
        lines["size"] = f'{{value: {size}, source: "as told to lfrsim new", grade: assumed}}'
    for key, value in lines.items():
        text = re.sub(rf"(?m)^( *{key}: )([^#\n]*?)( *)(#.*)?$", partial(_with_value, str(value)), text, count=1)
    return re.sub(r"(?m)^  # \d+ officers: .*$", f"  # {staffing.officers} officers: {staffing.words}", text, count=1)


def _with_value(value: str, line: re.Match[str]) -> str:
    """The *line* of a key with another *value*; a remark behind it stays where it is, if there is room."""
    if not line[4]:
        return line[1] + value
    room = len(line[2]) + len(line[3])
    return (
        f"{line[1]}{value:{room}}".rstrip().ljust(len(line[1]) + room) + ("" if len(value) < room else "  ") + line[4]
    )


def staffing_said(officers: str | None, vans: str | None) -> Staffing:
    """Who does what of so many *officers* with so many *vans*, as they are typed; None is as in the template.

    With officers of one's own there is one van, unless they are too few for its driver.
    """
    read = []
    for name, text, least in (("officers", officers, 1), ("vans", vans, 0)):
        try:
            number = None if text is None else read_whole(text)
        except TwoReadingsError as error:
            raise ScenarioError(Problem(f"--{name}", "", str(error))) from None
        if text is not None and (number is None or not least <= number <= MOST):
            rule = f"must be a whole number from {least} to {MOST:,} (got {shown(text)})"
            raise ScenarioError(Problem(f"--{name}", "", rule))
        read.append(number)
    many = OFFICERS if read[0] is None else read[0]
    usual = VANS if read[0] is None else int(many > FEWEST)
    try:
        return staffing_of(many, usual if read[1] is None else read[1])
    except TooFewError as error:
        raise ScenarioError(Problem("--officers", "", str(error))) from None


def override_of(name: str, text: str) -> str:
    """The override of the template by what was said under this *name* of KEYS; ScenarioError where it cannot be."""
    from simulator.scenario.loader import load_scenario

    value: Any = text
    if name in IN_THOUSANDS and (rule := two_readings(text, IN_THOUSANDS[name])):
        raise ScenarioError(Problem(f"--{name} {shorten(text)}", "", rule))
    if name == "weekdays":
        value = [day for day in re.split(r"[,;\s]+", text.strip()) if day] or [""]
    elif name == "footfall" and (number := read_number(text, percent=False)):
        value = dict(zip(("value", "low", "high"), _footfall(number), strict=True))
    override = f"{KEYS[name]}={json.dumps(value)}"
    try:
        load_scenario(template_path(), [override])
    except ScenarioError as error:
        problems = (Problem(f"--{name} {shorten(text)}".rstrip(), it.field, it.rule) for it in error.problems)
        raise ScenarioError(*problems) from None
    return override


def _footfall(value: float) -> tuple[float, ...]:
    """A footfall that nobody has counted, and its 95 % interval."""
    return (value, float(f"{value / OUT_BY:.3g}"), float(f"{value * OUT_BY:.3g}"))


def _visits(scenario: Scenario) -> tuple[float, ...]:
    """How often one person comes past in the campaign of *scenario*, and its 95 % interval."""
    hours = sum(min(day.hours, DAY_HOURS) for day in scenario.campaign.days)
    return tuple(float(f"{hours / DAY_HOURS / every:.3g}") for every in (EVERY, EVERY_LOW, EVERY_HIGH))


def _quantity(numbers: tuple[float, ...], source: str) -> str:
    value, low, high = map(_written, numbers)
    ends = f", low: {low}, high: {high}" if numbers[0] else ""
    return f"{{value: {value}{ends}, source: {source}, grade: assumed}}"


def _written(number: float) -> str:
    return f"{number:.15g}"


__all__ = ["KEYS", "Town", "check_name", "override_of", "staffing_said", "template_path", "text_of", "write_new"]
