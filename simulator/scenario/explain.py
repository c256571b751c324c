"""What the validator found, in plain words and at its place in the file."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from functools import cache
from itertools import islice
from typing import Annotated, Any, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from simulator.scenario.errors import Problem, SeveralError, shorten, shown
from simulator.scenario.models import Scenario
from simulator.scenario.number_fields import comes_as, kinds_of_numbers
from simulator.scenario.numbers import Comes, suggested_share
from simulator.scenario.other_words import keys_instead, known_as
from simulator.scenario.quantity import PERCENT, Quantity
from simulator.scenario.yaml_tree import Tree, Where, dotted

# Fields that the loader fills: no user may name them.
FILLED = (
    ("recogniser", "read_table"),
    ("joint_draws", "columns"),
    ("campaign", "read_table"),
    ("campaign", "notes"),
    ("campaign", "replaced"),
)
MOST_PROBLEMS = 50
FEW_WORDS = 6
RENAMED = {
    "alternative": "is now called other_use: another use of the same officers (alternatives are doubts that are no interval)"
}
_RULES = {
    "missing": "is missing",
    "float_type": "must be a number",
    "int_type": "must be a whole number",
    "string_type": "must be text",
    "bool_type": "must be true or false",
    "tuple_type": "must be a list",
    "dict_type": "must be a mapping",
    "model_type": "must be a mapping",
    "model_attributes_type": "must be a mapping",
    "finite_number": "must be a finite number",
    "literal_error": "must be {expected}",
    "greater_than": "must be above {gt}",
    "greater_than_equal": "must be at least {ge}",
    "less_than": "must be below {lt}",
    "less_than_equal": "must be at most {le}",
    "string_too_short": "must not be empty",
    "too_short": "must have at least {min_length} (got {actual_length})",
}


def problems_of(error: ValidationError, tree: Tree, root: type[BaseModel] = Scenario) -> Iterator[Problem]:
    """Explain every mistake that validating *tree* as a *root* found, in the validator's order."""
    items = error.errors(include_url=False)
    # a list is also "too short" by each of its members that is wrong
    members = {item["loc"][:-n] for item in items for n in range(1, len(item["loc"]))}
    for item in islice(items, 20 * MOST_PROBLEMS):
        where: Where = tuple(item["loc"])
        if item["type"] == "too_short" and where in members:
            continue
        if item["type"] == "extra_forbidden":
            yield unknown_key(tree, where, root)
            continue
        if where[-1:] == ("[key]",):
            where = where[:-1]
        found = item.get("ctx", {}).get("error")
        for rule in found.rules if isinstance(found, SeveralError) else (rule_of(item),):
            at_, said = where, rule
            if item["type"].startswith("model_") and (keys := known_keys(where, root)):
                said = f"is a section (got {shown(item['input'])}): {keys_instead(dotted(where), item['input'], keys)}"
            if item["type"] == "value_error":
                at_, said = _aimed(where, rule, root)
            if item["type"] != "missing":
                at_, said = _of_bare_number(at_, said, tree)
            yield Problem(place_of(tree, at_), dotted(at_), said)


def told_as_whole(problems: Iterable[Problem], given: Mapping[str, Any], sign: str) -> Iterator[Problem]:
    """The *problems*, those told as one that come of a mapping *given* for a dotted key, which replaces a section whole.

    *sign* is what stands between a key and its value where the user writes them.
    """
    for problem in problems:
        key = next(
            (key for key in given if problem.field.startswith(f"{key}.") and problem.rule == _RULES["missing"]), ""
        )
        parts = [f"{part}{sign}{json.dumps(value, default=str)}" for part, value in _single(key, given.get(key))]
        if parts:
            rule = f"replaces the whole of {key}; to change no more than this, write {shorten(', '.join(parts))}"
            yield Problem(problem.place, key, rule)
        else:
            yield problem


def _single(key: str, value: Any) -> Iterator[tuple[str, Any]]:
    """The single quantities and options in the *value* of a section, by dotted key."""
    if not isinstance(value, dict):
        return
    for name, item in value.items():
        inner = f"{key}.{name}"
        if isinstance(item, dict) and any(known.startswith(f"{inner}.") for known in all_keys()):
            yield from _single(inner, item)
        else:
            yield inner, item


def unknown_key(tree: Tree, where: Where, root: type[BaseModel] = Scenario) -> Problem:
    """Say that nothing is called *where*, with the nearest name that there is."""
    *section, key = where
    if not section and root is Scenario and key in RENAMED:
        return Problem(tree.keys.get(where) or place_of(tree, where), str(key), RENAMED[str(key)])
    known = known_keys(tuple(section), root)
    elsewhere = [item for item in all_keys(root) if item.endswith(f".{key}")]
    hint = near_hint(str(key), known) or near_hint(elsewhere[0] if elsewhere else "", elsewhere)
    if not hint and not section and (near := key_meant(str(key), root)):
        hint = f'; did you mean "{near}"?'
    if not hint and known:
        hint = f" (known keys: {', '.join(known)})"
    place = tree.keys.get(where) or place_of(tree, where)
    here = known_as(str(key), dotted(tuple(section)), at(tree.value, where)) if root is Scenario else None
    if here:
        hint = f"; {here}"
    return Problem(place, dotted(tuple(section)), f"unknown key {shown(str(key))}{hint}")


def near_hint(name: str, known: Iterable[str]) -> str:
    """Suggest the one of the *known* names that is nearest to *name*; nothing where none is near."""
    near = get_close_matches(name, known, 1, 0.6)
    return f'; did you mean "{near[0]}"?' if near else ""


def key_meant(name: str, root: type[BaseModel] = Scenario) -> str:
    """The dotted key of which *name* may be a slip, though its section is left out; "" where none is near."""
    by_end: dict[str, str] = {}
    for key in all_keys(root):
        by_end.setdefault(key.rpartition(".")[2], key)
    near = get_close_matches(name, by_end, 1, 0.75)
    return by_end[near[0]] if near else ""


def place_of(tree: Tree, where: Where) -> str:
    """Find the place of *where*, or of the nearest section around it that the file has."""
    while where not in tree.places:
        where = where[:-1]
    return tree.places[where]


def at(value: Any, where: Where) -> Any:
    """Look up what *value* holds at the path *where*; None where it holds nothing."""
    for step in where:
        if isinstance(value, dict):
            value = value.get(step)
        elif isinstance(value, tuple) and isinstance(step, int) and step < len(value):
            value = value[step]
        else:
            return None
    return value


def known_keys(where: Where, root: type[BaseModel] = Scenario) -> list[str]:
    """List the keys that a user may write in the section *where* of a *root*: none where it is no section."""
    model = _model_at(where, root)
    filled = FILLED if root is Scenario else ()
    fields = model.model_fields if model else {}
    return [field.alias or key for key, field in fields.items() if (*where, key) not in filled]


@cache
def all_keys(root: type[BaseModel] = Scenario) -> tuple[str, ...]:
    """List every dotted key of a *root*, without what is inside of quantities and lists."""

    def below(where: Where) -> Iterator[str]:
        for key in known_keys(where, root):
            model = _model_at((*where, key), root)
            if model is None or issubclass(model, Quantity):
                yield dotted((*where, key))
            else:
                yield from below((*where, key))

    return tuple(below(()))


@cache
def comes_of(key: str) -> Comes:
    """How the number that the dotted *key* names comes: whole, in thousands, or neither."""
    where = _where(key)
    section = _model_at(where[:-1], Scenario)
    return "" if section is None else comes_as(section, str(where[-1]))


def takes_percent(key: str) -> bool:
    """Whether what the dotted *key* names is a share or a threshold, which people also write as a percentage."""
    where = _where(key)
    model, section = _model_at(where, Scenario), _model_at(where[:-1], Scenario)
    if model is not None and issubclass(model, Quantity):
        return model.maximum == 1
    return section is not None and kinds_of_numbers(section).get(str(where[-1])) == "share"


def _where(key: str) -> Where:
    return tuple(int(step) if step.isdigit() else step for step in key.split("."))


def first_problems(problems: Iterable[Problem], label: str) -> list[Problem]:
    """Keep one of each, and the first few of very many, saying in the file called *label* how many more there are."""
    kept = list(dict.fromkeys(problems))
    if len(kept) <= MOST_PROBLEMS:
        return kept
    return [*kept[:MOST_PROBLEMS], Problem(label, "", f"and at least {len(kept) - MOST_PROBLEMS} more problems")]


def _model_at(where: Where, root: type[BaseModel]) -> type[BaseModel] | None:
    kind: Any = root
    for step in where:
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            fields = kind.model_fields
            field = next((item for key, item in fields.items() if (item.alias or key) == str(step)), None)
            kind = field.annotation if field else None
        elif get_origin(kind) is tuple and isinstance(step, int):
            kind = get_args(kind)[0]
        elif get_origin(kind) is dict:
            kind = get_args(kind)[1]
        else:
            return None
        if type(None) in get_args(kind):
            kind = next(option for option in get_args(kind) if option is not type(None))
        if get_origin(kind) is Annotated:
            kind = get_args(kind)[0]
    return kind if isinstance(kind, type) and issubclass(kind, BaseModel) else None


def rule_of(item: ErrorDetails) -> str:
    """The rule that the validator's *item* is about, with what it got."""
    value = item["input"]
    context = item.get("ctx", {})
    if item["type"] == "value_error":
        message = str(context["error"])
        scalar = not isinstance(value, (dict, tuple, BaseModel))
        return f"{message} (got {shown(value)})" if scalar and "(got " not in message else message
    if item["type"] not in _RULES:
        return f"{item['msg'][:1].lower()}{item['msg'][1:]} (got {shown(value)})"
    if item["type"] == "literal_error" and (said := _one_of_many(value, context["expected"])):
        return said
    rule = _RULES[item["type"]].format(**{name: _number(of) for name, of in context.items()})
    if item["type"] == "missing" or "(got " in rule:
        return rule
    quotes = (
        "; put it in quotes" if item["type"] == "string_type" and isinstance(value, (int, float, str, dt.date)) else ""
    )
    return f"{rule.replace(chr(39), '')} (got {shown(value)}){quotes}{_meant(item)}"


def _meant(item: ErrorDetails) -> str:
    """What the number that *item* refuses was perhaps meant to be; nothing where that is not clear."""
    value = item["input"]
    if item["type"] == "less_than_equal" and item["ctx"]["le"] == 1 and isinstance(value, (int, float)):
        return suggested_share(value, str(item["loc"][-1]).endswith("threshold"))
    percent = item["type"] in ("float_type", "int_type") and isinstance(value, str) and value.rstrip().endswith("%")
    return PERCENT if percent else ""


def _one_of_many(value: Any, expected: str) -> str:
    """What to say of a *value* where so many words are *expected* that the nearest is enough; "" where none is."""
    words = re.findall("'([^']*)'", expected)
    near = near_hint(re.sub(r"\W+", "_", value.strip().lower()), words) if isinstance(value, str) else ""
    return (
        f"is none of the {len(words)} that there are (got {shown(value)}){near}"
        if near and len(words) > FEW_WORDS
        else ""
    )


def _number(value: object) -> object:
    return f"{value:g}" if isinstance(value, float) else value


def _aimed(where: Where, rule: str, root: type[BaseModel]) -> tuple[Where, str]:
    """Move a rule that begins with the name of a field of the section *where* to that field."""
    found = re.match(r"([a-z_0-9.]+)(?:: | (?=(?:must|needs|is|has|lies)\b))", rule)
    if not found:
        return where, rule
    named = (*where, *found[1].split("."))
    return (named, rule[found.end() :]) if named[-1] in known_keys(named[:-1], root) else (where, rule)


def _of_bare_number(where: Where, rule: str, tree: Tree) -> tuple[Where, str]:
    """Take back a field inside of a quantity (its value) where the file has a bare number instead of a mapping."""
    outer = where[:-1]
    if where in tree.places or outer not in tree.places or isinstance(at(tree.value, outer), (dict, tuple)):
        return where, rule
    return outer, rule
