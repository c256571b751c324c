"""A YAML file as plain Python values, and where in the file each of them stands."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from simulator.scenario.errors import Problem, ScenarioError, shorten, shown
from simulator.scenario.numbers import as_written
from simulator.scenario.yaml_said import in_plain_words

Where = tuple[str | int, ...]
LARGEST_FILE = 1_000_000
SECTIONS = {"scenario": "campaign, street and recogniser", "claim": "evidence and claims"}
DEEPEST = 20
# Beyond it floats end; such a number is read as infinite, which every field refuses.
LARGEST_WHOLE = 10**300
# Stands for a key that is refused, so that what hangs below it is read but kept out of the result.
_REFUSED = -1


@dataclass(frozen=True)
class Tree:
    """A *value* of dicts, tuples and scalars; its *places* and those of its *keys* by path; and its *problems*.

    The place of a scalar is where it begins; of a list or mapping, where its key stands.
    """

    value: Any
    places: dict[Where, str]
    keys: dict[Where, str]
    problems: tuple[Problem, ...]


def dotted(where: Where) -> str:
    """Write a path as a user does: ``recogniser.threshold``, ``campaign.deployments.0.hours``."""
    return ".".join(shorten(str(step)) for step in where if step != _REFUSED)


def read_yaml_file(path: Path, label: str, kind: str = "scenario") -> Tree:
    """Read the YAML 1.2 file at *path*, a *kind* of file called *label* in messages: a mapping at the top level.

    Raises ScenarioError where the file cannot be read or is not YAML; lesser faults are the tree's problems.
    """
    text = _read_text(path, label, kind)
    tree = parse_yaml(text, lambda line, column: f"{label}:{line}:{column}")
    if tree.value is None:
        raise ScenarioError(*tree.problems, Problem(label, "", "is empty"))
    if not isinstance(tree.value, dict):
        rule = f"must be a mapping with sections such as {SECTIONS[kind]} (got {shown(tree.value)})"
        raise ScenarioError(*tree.problems, Problem(tree.places[()], "", rule))
    return tree


def parse_yaml(text: str, place: Callable[[int, int], str]) -> Tree:
    """Parse one YAML 1.2 document; *place* names a line and column, both from 1.

    The value is built from the parser's events, not by a constructor: what would expand (aliases), run (tags) or
    recurse (nesting) is refused before anything is made of it.
    """
    from ruamel.yaml import YAML
    from ruamel.yaml.error import MarkedYAMLError, YAMLError
    from ruamel.yaml.nodes import ScalarNode
    from ruamel.yaml.reader import ReaderError

    yaml = YAML(typ="safe", pure=True)
    builder = _Builder(place, lambda plain: str(yaml.resolver.resolve(ScalarNode, plain, (True, False))))
    try:
        for event in yaml.parse(text):
            builder.take(event)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        where = place(mark.line + 1, mark.column + 1) if mark else place(1, 1)
        rule = f"is not YAML: {in_plain_words(str(error.problem or error.context))}"
        raise ScenarioError(*builder.problems, Problem(where, "", rule)) from None
    except ReaderError as error:
        before = text[: error.position]
        where = place(before.count("\n") + 1, error.position - before.rfind("\n"))
        rule = f"is not YAML: holds the control character U+{error.character:04X}"
        raise ScenarioError(*builder.problems, Problem(where, "", rule)) from None
    except YAMLError as error:
        rule = f"is not YAML: {in_plain_words(str(error))}"
        raise ScenarioError(*builder.problems, Problem(place(1, 1), "", rule)) from None
    return Tree(builder.root, builder.places, builder.keys, tuple(builder.problems))


def _read_text(path: Path, label: str, kind: str) -> str:
    try:
        with path.open("rb") as handle:
            data = handle.read(LARGEST_FILE + 1)
    except FileNotFoundError:
        raise ScenarioError(Problem(label, "", "no such file")) from None
    except IsADirectoryError:
        raise ScenarioError(Problem(label, "", f"is a directory, not a {kind} file")) from None
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise ScenarioError(Problem(label, "", f"cannot be read: {reason}")) from None
    if len(data) > LARGEST_FILE:
        raise ScenarioError(Problem(label, "", f"is larger than {LARGEST_FILE // 10**6} MB, too large for a {kind}"))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ScenarioError(Problem(label, "", f"is not text in UTF-8 (byte {error.start + 1})")) from None
    if "\0" in text:
        raise ScenarioError(Problem(label, "", "is a binary file, not text in UTF-8"))
    return text


@dataclass
class _Open:
    """A list or mapping whose end is not yet reached; *key* is what the next value belongs to."""

    items: dict[str | int, Any]
    is_list: bool
    where: Where
    key: str | int | None = None

    def closed(self) -> Any:
        if self.is_list:
            return tuple(self.items.values())
        return {key: value for key, value in self.items.items() if key != _REFUSED}


@dataclass
class _Builder:
    place: Callable[[int, int], str]
    tag_of: Callable[[str], str]
    root: Any = None
    places: dict[Where, str] = field(default_factory=dict)
    keys: dict[Where, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    _stack: list[_Open] = field(default_factory=list)
    _documents: int = 0

    def take(self, event: Any) -> None:
        """Take the parser's next *event*; raises ScenarioError where reading on makes no sense."""
        kind = type(event).__name__
        if kind == "DocumentStartEvent":
            self._begin(event)
        elif kind in ("SequenceEndEvent", "MappingEndEvent"):
            self._put(self._stack.pop().closed())
        elif kind in ("AliasEvent", "ScalarEvent", "SequenceStartEvent", "MappingStartEvent"):
            self._node(event, kind)

    def _begin(self, event: Any) -> None:
        self._documents += 1
        if self._documents > 1:
            raise self._fatal(event, "must hold one YAML document (a second one begins here)")
        if event.version not in (None, (1, 2)):
            version = ".".join(map(str, event.version))
            raise self._fatal(event, f"must be YAML 1.2 (got %YAML {version})")
        self.places[()] = self._at(event)

    def _node(self, event: Any, kind: str) -> None:
        if event.anchor is not None:
            sign = "*" if kind == "AliasEvent" else "&"
            name = shorten(f"{sign}{event.anchor}")
            raise self._fatal(event, f"anchors and aliases are not allowed; write the value out (got {name})")
        inside = self._stack[-1] if self._stack else None
        if inside is not None and inside.is_list:
            inside.key = len(inside.items)
        if event.ctag is not None:
            self._complain(event, f"tags are not allowed; leave it out (got {shorten(str(event.ctag))})")
        if inside is not None and inside.key is None:
            self._key(event, kind, inside)
            return
        where = self._where()
        at = self._at(event)
        if kind == "ScalarEvent":
            # nothing at all begins, for the parser, wherever the next thing does
            self.places[where] = at if event.value or event.style else self.keys.get(where, at)
            self._put(self._scalar(event))
            return
        if len(self._stack) >= DEEPEST:
            deep = Problem(at, dotted(where[:2]), f"is nested more than {DEEPEST} deep")
            raise ScenarioError(*self.problems, deep)
        self.places[where] = self.keys.get(where, at)
        self._stack.append(_Open({}, kind == "SequenceStartEvent", where))

    def _key(self, event: Any, kind: str, inside: _Open) -> None:
        if kind != "ScalarEvent":
            raise self._fatal(event, "a key must be text (got a list or mapping)")
        key = self._scalar(event)
        where = (*inside.where, key)
        if not isinstance(key, str):
            number = isinstance(key, int) and not isinstance(key, bool)
            comma = "; in braces numbers are written without commas" if number else ""
            self._complain(event, f"a key must be text; put it in quotes (got {shown(key)}){comma}")
            inside.key = _REFUSED
        elif key in inside.items:
            self._complain(event, f"duplicate key {shown(key)}; it is first given at {self.keys[where]}")
            inside.key = _REFUSED
        else:
            self.keys[where] = self._at(event)
            inside.key = key

    def _put(self, value: Any) -> None:
        if not self._stack:
            self.root = value
            return
        inside = self._stack[-1]
        if inside.key is not None:
            inside.items[inside.key] = value
        inside.key = None

    def _scalar(self, event: Any) -> Any:
        text = str(event.value)
        if re.search("[\0-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]", text):
            self._complain(event, f"text must not hold control characters (got {shown(text)})")
            return ""
        # a refused tag is as if it were not there, lest its value be a second problem
        unquoted = event.implicit[0] or (event.ctag is not None and not event.style)
        return _plain(text, self.tag_of(text)) if unquoted else text

    def _where(self) -> Where:
        """Find the path of what is being read."""
        if not self._stack:
            return ()
        inside = self._stack[-1]
        return inside.where if inside.key is None else (*inside.where, inside.key)

    def _at(self, event: Any) -> str:
        return self.place(event.start_mark.line + 1, event.start_mark.column + 1)

    def _complain(self, event: Any, rule: str) -> None:
        self.problems.append(Problem(self._at(event), dotted(self._where()), rule))

    def _fatal(self, event: Any, rule: str) -> ScenarioError:
        return ScenarioError(*self.problems, Problem(self._at(event), dotted(self._where()), rule))


def _plain(text: str, tag: str) -> Any:
    """Turn an unquoted scalar into the value of its YAML 1.2 *tag*; text where it has none, or is no such value."""
    kind = tag.rpartition(":")[2]
    bare = text.replace("_", "").lower()
    try:
        if kind == "null":
            return None
        if kind == "bool":
            return bare == "true"
        if kind == "int":
            whole = int(bare, 10 if bare.lstrip("+-").isdigit() else 0)
            return whole if abs(whole) < LARGEST_WHOLE else (math.inf if whole > 0 else -math.inf)
        if kind == "float":
            return as_written(bare.replace(".inf", "inf").replace(".nan", "nan"))
        if kind == "timestamp" and len(text) == len("2025-10-01"):
            return dt.date.fromisoformat(text)
    except ValueError:
        # Python reads whole numbers of up to 4,300 digits
        return math.inf if kind == "int" and bare.lstrip("+-").isdigit() else text
    return text
