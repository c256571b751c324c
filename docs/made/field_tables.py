"""The tables of the reference that follow from the program: keys of a scenario, presets, measures, the recorded ledger."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Annotated, Any, Literal, get_args, get_origin

from calibrated_points import calibrated_points_table
from claim_meanings import CLAIM_MEANINGS
from meanings import MEANINGS, UNITS
from pydantic import BaseModel
from pydantic_core import PydanticUndefined
from regulars import regulars_table

from simulator.claim.figures import FIGURES, PARTS, is_tally, plural
from simulator.claim.models import ClaimFile
from simulator.evidence.claim.verdict import RULE
from simulator.evidence.counted.measures import MEASURES
from simulator.evidence.numbers import number
from simulator.response import outcomes as o
from simulator.scenario.models import Scenario
from simulator.scenario.part import Part
from simulator.scenario.presets import PRESETS
from simulator.scenario.quantity import BetaLaw, GammaLaw, Quantity
from simulator.scenario.record_behind import RecordBehind

FAMILIES = {
    "log-normal": "quantity, log-normal",
    "beta": "quantity, beta",
    "count": "quantity, rounded normal",
    "normal": "quantity, normal",
}
PLAIN = {float: "number", int: "whole number", str: "text", bool: "true or false", Any: "value"}
REASONS_OF = {
    o.NOT_REVIEWED: (o.NONE,),
    o.DISMISSED: (o.OPERATOR, o.SECOND_LOOK, o.KNOWN),
    o.GONE: (o.NONE,),
    o.NO_TEAM: (o.NONE,),
    o.NOT_FOUND: (o.NONE,),
    o.REPEAT: (o.NONE,),
    o.RELEASED: (o.NOT_THE_PERSON, o.COMPLIED, o.STALE_RECORD, o.NO_ACTION, o.NO_CHECKERS),
    o.OTHER_DISPOSAL: (o.NONE,),
    o.ARRESTED: (o.NONE, o.NO_VAN),
}

SAID = MEANINGS | CLAIM_MEANINGS


class MeaningError(Exception):
    """A key of a scenario without a meaning, or a meaning without a key."""


def tables() -> dict[str, str]:
    """Make all generated tables, by name: one for each section of a scenario or of a claim file, and a few more."""
    made = {
        "measures": measures_table(),
        "presets": presets_table(),
        "recorded": recorded_table(),
        "claim-figures": claim_figures_table(),
        "claim-rule": claim_rule_list(),
        "calibrated-points": calibrated_points_table(),
        "regulars": regulars_table(),
    }
    found = {model.__name__: model for root in (Scenario, ClaimFile, RecordBehind) for model in _models(root)}
    known = {f"{name}.{field}" for name, model in found.items() for field in model.model_fields}
    if set(SAID) - known:
        raise MeaningError(f"no such key: {', '.join(sorted(set(SAID) - known))}")
    return made | {name: fields_table(model) for name, model in found.items()}


def claim_rule_list() -> str:
    """The rule by which claims are judged, as the program prints it."""
    return "".join(f"{place}. {line}\n" for place, line in enumerate(RULE, 1))


def fields_table(model: type[BaseModel]) -> str:
    """Describe the keys of *model* as a user writes them: kind, unit, default and meaning."""
    lines = ["| key | kind | unit | default | meaning |", "|---|---|---|---|---|"]
    for name, field in model.model_fields.items():
        if field.exclude:
            continue
        said = SAID.get(f"{model.__name__}.{name}") or field.description
        if not said:
            raise MeaningError(f"nothing is said of {model.__name__}.{name}")
        default = _default(field.get_default(call_default_factory=True))
        lines.append(f"| `{name}` | {_kind(field.annotation)} | {_unit(name, field.annotation)} | {default} | {said} |")
    return "\n".join(lines) + "\n"


def measures_table() -> str:
    """List every measure of a campaign with its unit, in the order of the files."""
    lines = ["| measure | unit | what is counted |", "|---|---|---|"]
    lines += [f"| `{item.name}` | {item.unit} | {item.words} |" for item in MEASURES]
    return "\n".join(lines) + "\n"


def presets_table() -> str:
    """Show the values of the two presets, each with its interval, grade and source."""
    lines = ["| preset | key | value | 95 % interval | grade | source |", "|---|---|---|---|---|---|"]
    model = _bare(Scenario.model_fields["recogniser"].annotation)
    for name, preset in PRESETS.items():
        recogniser = model.model_validate({"preset": name, "threshold": 0.64})
        for key in preset.fields:
            item = getattr(recogniser, key)
            cells = ["", "", ""]
            if isinstance(item, Quantity):
                low, high = item.interval()
                cells = [
                    f"{_short(low)} to {_short(high)}" if item.uncertain else "",
                    item.grade or "",
                    item.source or "",
                ]
            value = item.value if isinstance(item, Quantity) else item
            lines.append(f"| `{name}` | `{key}` | {value:g} | {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def recorded_table() -> str:
    """Lay out the recorded ledger: every way an alert can end, for the right person and for a wrong one."""
    lines = ["| outcome | reason | right person | wrong person |", "|---|---|---|---|"]
    for outcome, reasons in REASONS_OF.items():
        for reason in reasons:
            right, wrong, taken = (
                f"`{o.RECORDED[o.recorded_column(outcome, reason, is_wrong, mistaken)]}`"
                for is_wrong, mistaken in ((False, False), (True, False), (True, True))
            )
            if outcome == o.ARRESTED:
                wrong += f"; {taken} if taken for the listed person"
            word = f"`{o.REASONS[reason]}`" if reason else ""
            lines.append(f"| `{o.OUTCOMES[outcome]}` | {word} | {right} | {wrong} |")
    return "\n".join(lines) + "\n"


def claim_figures_table() -> str:
    """List the figures that evidence may state: what each counts, whether chance moves it, and what is a part of it."""
    lines = ["| figure | counts | chance moves it | parts of it |", "|---|---|---|---|"]
    for name, words in FIGURES.items():
        parts = ", ".join(f"`{part}`" for part in PARTS.get(name, ()))
        lines.append(f"| `{name}` | {plural(words)} | {'yes' if is_tally(name) else 'no'} | {parts} |")
    return "\n".join(lines) + "\n"


def _short(x: float) -> str:
    return f"{x:.2g}" if x < 0.01 else number(x)


def _models(model: type[BaseModel]) -> Iterator[type[BaseModel]]:
    yield model
    for field in model.model_fields.values():
        for inner in _parts_in(field.annotation) if not field.exclude else ():
            yield from _models(inner)


def _parts_in(annotation: Any) -> Iterator[type[BaseModel]]:
    if get_origin(annotation) is not None:
        for option in get_args(annotation):
            yield from _parts_in(option)
    elif (
        isinstance(annotation, type)
        and issubclass(annotation, Part)
        and not issubclass(annotation, (Quantity, BetaLaw, GammaLaw))
    ):
        yield annotation


def _bare(annotation: Any) -> Any:
    """Take away what stands around a type: that it may be missing, and its validators."""
    options = get_args(annotation)
    if get_origin(annotation) is Annotated:
        return _bare(options[0])
    if type(None) in options:
        return _bare(next(option for option in options if option is not type(None)))
    return annotation


def _kind(annotation: Any) -> str:
    """Say what a user writes for *annotation*."""
    bare = _bare(annotation)
    origin, options = get_origin(bare), get_args(bare)
    if origin is Literal:
        return ", ".join(f"`{option}`" for option in options)
    if origin is tuple:
        return f"list of {_plural(_kind(options[0]))}"
    if origin is dict:
        return f"mapping to {_plural(_kind(options[1]))}"
    if issubclass(bare, Quantity):
        return "setting" if bare.__name__ in ("Setting", "Threshold") else FAMILIES[bare.family]
    if issubclass(bare, BaseModel):
        words = re.sub("(?<!^)([A-Z])", r" \1", bare.__name__).lower()
        return f"[{words}](#{words.replace(' ', '-')})"
    return PLAIN.get(bare, bare.__name__)


def _plural(kind: str) -> str:
    return kind.replace("list of", "lists of", 1) if kind.startswith("list of") else f"{kind}s"


def _unit(name: str, annotation: Any) -> str:
    for pattern, unit in UNITS.items():
        if re.search(pattern, name):
            return unit
    bare = _bare(annotation)
    return "0 to 1" if isinstance(bare, type) and issubclass(bare, Quantity) and bare.family == "beta" else ""


def _default(default: Any) -> str:
    if default is PydanticUndefined:
        return "required"
    if isinstance(default, Quantity):
        return f"{default.value:g}"
    if isinstance(default, bool):
        return str(default).lower()
    if default in (None, (), {}, "") or isinstance(default, BaseModel):
        return "none"
    return f"`{default}`" if isinstance(default, str) else f"{default:g}"
