"""The compiled engine in JavaScript: its own source translated, so that a browser runs the rules and nobody writes them twice.

The engine is plain loops over records and numbers, and JavaScript's numbers are Python's floats: equal operations in equal order
give equal bits. Only what is met in that source is translated; anything else is refused (TranslationError) by line.
"""

from __future__ import annotations

import ast
import inspect
import textwrap
from collections.abc import Iterable, Iterator, Mapping
from types import ModuleType
from typing import Any

import numpy as np

# Parameters that are arrays of records: in JavaScript each is an object with one array for each field.
RECORDS = ("rows", "people", "desk")
_OPERATORS: dict[type[ast.AST], str] = {
    ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.BitAnd: "&", ast.BitOr: "|", ast.LShift: "<<", ast.Invert: "~",
    ast.Eq: "===", ast.NotEq: "!==", ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=", ast.And: "&&", ast.Or: "||",
    ast.Not: "!", ast.USub: "-",
}  # fmt: skip
# Names that mean something else there.
_WORDS = """
    arguments await break case catch class const continue debugger default delete do else enum eval export extends finally for
    function if import in instanceof let new null of package static super switch this throw try typeof var void while with yield
"""
_RESERVED = frozenset(_WORDS.split())
_ARRAYS = {"f8": "Float64Array", "i8": "Int32Array", "i4": "Int32Array", "i1": "Int8Array", "b1": "Uint8Array"}
_BUILT_IN = {"min": "Math.min", "max": "Math.max", "bool": "!!"}


class TranslationError(Exception):
    """Source with something in it that is not translated."""


def translated(functions: Iterable[Any]) -> str:
    """The compiled *functions* and all constants that they use, as the text of a script; raises TranslationError."""
    functions = list(functions)
    known = {function.__name__ for function in functions}
    constants: dict[str, str] = {}
    bodies = [_Function(_source_of(function), known, constants).text() for function in functions]
    head = [
        "const part = (list, from, to) => (list.subarray ? list.subarray(from, to) : list.slice(from, to));",
        *(f"const {name} = {value};" for name, value in constants.items()),
    ]
    return "\n".join([*head, *bodies]) + "\n"


def _source_of(function: Any) -> Any:
    """The Python function behind a compiled one."""
    return getattr(function, "py_func", None) or inspect.unwrap(function)


class _Function:
    """One function being translated: what its names stand for, and which of them are rows of which records."""

    def __init__(self, function: Any, known: set[str], constants: dict[str, str]) -> None:
        source = textwrap.dedent(inspect.getsource(function))
        tree = ast.parse(source).body[0]
        assert isinstance(tree, ast.FunctionDef)
        self.tree, self.world, self.known, self.constants = tree, function.__globals__, known, constants
        self.place = f"{function.__module__}.{function.__name__}"
        self.parameters = [argument.arg for argument in tree.args.args]
        self.aliases: dict[str, str] = {}
        self.slices: set[str] = set()
        self.fixed: dict[str, str] = {}
        self.temporary = 0

    def text(self) -> str:
        body = list(self.block(self.tree.body, 1))
        own = sorted({name for line in ast.walk(self.tree) for name in _bound(line)} - {*self.parameters})
        declared = [f"  let {', '.join(map(_safe, own))};"] if own else []
        return "\n".join([f"function {self.tree.name}({', '.join(self.parameters)}) {{", *declared, *body, "}"])

    def refuse(self, node: ast.AST) -> TranslationError:
        line = getattr(node, "lineno", "?")
        return TranslationError(f"{self.place}, line {line}: {ast.unparse(node)!r} is not translated")

    def block(self, body: list[ast.stmt], depth: int) -> Iterator[str]:
        for statement in body:
            for line in self.statement(statement, depth):
                yield "  " * depth + line if not line.startswith("\t") else line[1:]

    def inner(self, body: list[ast.stmt], depth: int) -> Iterator[str]:
        """The lines of a nested block, already indented."""
        return (f"\t{line}" for line in self.block(body, depth + 1))

    def statement(self, node: ast.stmt, depth: int) -> Iterator[str]:
        match node:
            case ast.Expr(ast.Constant(str())) | ast.Pass():
                return
            case ast.Expr(ast.Call() as call):
                yield f"{self.value(call)};"
            case ast.Assign(targets, value):
                yield from self.assign(targets, value)
            case ast.AugAssign(target, operator, value) if type(operator) in _OPERATORS:
                yield f"{self.value(target)} {_OPERATORS[type(operator)]}= {self.value(value)};"
            case ast.If(test, body, orelse):
                yield f"if ({self.value(test)}) {{"
                yield from self.inner(body, depth)
                if orelse:
                    yield "} else {"
                    yield from self.inner(orelse, depth)
                yield "}"
            case ast.While(test, body, []):
                yield f"while ({self.value(test)}) {{"
                yield from self.inner(body, depth)
                yield "}"
            case ast.For(ast.Name(name), source, body, []):
                yield from self.loop(name, source, body, depth)
            case ast.Return(value):
                yield "return;" if value is None else f"return {self.value(value)};"
            case ast.Break():
                yield "break;"
            case ast.Continue():
                yield "continue;"
            case _:
                raise self.refuse(node)

    def loop(self, name: str, source: ast.expr, body: list[ast.stmt], depth: int) -> Iterator[str]:
        match source:
            case ast.Call(ast.Name("literal_unroll"), [ast.Name(names)]):
                # numba writes the body once for each word, and so does this
                for word in self.world[names]:
                    self.fixed[name] = word
                    yield from (line.removeprefix("\t") for line in self.block(body, 0))
                del self.fixed[name]
                return
            case ast.Call(ast.Name("range"), [_, *_] as ends):
                first, stop, step = self.ends(ends)
                it = _safe(name)
                yield f"for ({it} = {first}; {it} < {stop}; {it} += {step}) {{"
            case ast.Name(ranged):
                yield f"for ({name} = {ranged}.start; {name} < {ranged}.stop; {name} += 1) {{"
            case ast.Tuple(items):
                yield f"for ({name} of [{', '.join(map(self.value, items))}]) {{"
            case _:
                raise self.refuse(source)
        yield from self.inner(body, depth)
        yield "}"

    def ends(self, ends: list[ast.expr]) -> tuple[str, str, str]:
        values = [self.value(end) for end in ends]
        return (
            ("0", values[0], "1") if len(values) == 1 else (values[0], values[1], values[2] if len(values) > 2 else "1")
        )

    def assign(self, targets: list[ast.expr], value: ast.expr) -> Iterator[str]:
        if len(targets) == 1 and isinstance(targets[0], ast.Tuple):
            names = targets[0].elts
            if isinstance(value, ast.Tuple):
                yield from self.together(names, value.elts)
            else:
                yield f"[{', '.join(map(self.value, names))}] = {self.value(value)};"
            return
        if len(targets) == 1 and isinstance(targets[0], ast.Name):
            if (record := self.record(value)) is not None:
                self.aliases[targets[0].id] = record[0]
                yield f"{targets[0].id} = {record[1]};"
                return
            if isinstance(value, ast.Call) and isinstance(value.func, ast.Name) and value.func.id == "slice":
                self.slices.add(targets[0].id)
                yield f"{targets[0].id} = [{', '.join(map(self.value, value.args))}];"
                return
        if isinstance(value, ast.Tuple):
            yield f"{' = '.join(map(self.value, targets))} = [{', '.join(map(self.value, value.elts))}];"
            return
        yield f"{' = '.join(map(self.value, targets))} = {self.value(value)};"

    def together(self, names: list[ast.expr], values: list[ast.expr]) -> Iterator[str]:
        """Several at once: all values are known before the first name is another."""
        held = []
        for name, value in zip(names, values, strict=True):
            record = self.record(value)
            if record is not None and isinstance(name, ast.Name):
                self.aliases[name.id] = record[0]
            self.temporary += 1
            held.append(f"it{self.temporary}")
            yield f"const {held[-1]} = {record[1] if record else self.value(value)};"
        yield " ".join(f"{self.value(name)} = {it};" for name, it in zip(names, held, strict=True))

    def record(self, node: ast.expr) -> tuple[str, str] | None:
        """Which records *node* is a row of, and its number there; None where it is none."""
        match node:
            case ast.Subscript(ast.Name(name), index) if name in RECORDS:
                return name, self.value(index)
            case ast.Name(name) if name in self.aliases:
                return self.aliases[name], name
        return None

    def value(self, node: ast.expr) -> str:
        match node:
            case ast.Constant(bool() as value):
                return str(value).lower()
            case ast.Constant(int() | float() as value):
                return repr(value)
            case ast.Name(name):
                return self.name(node, name)
            case ast.Attribute(owner, field):
                return self.attribute(node, owner, field)
            case ast.Subscript(owner, index):
                return self.item(node, owner, index)
            case ast.BinOp(left, operator, right) if type(operator) in _OPERATORS:
                return f"({self.value(left)} {_OPERATORS[type(operator)]} {self.value(right)})"
            case ast.BoolOp(operator, values):
                return f"({f' {_OPERATORS[type(operator)]} '.join(map(self.value, values))})"
            case ast.UnaryOp(operator, operand) if type(operator) in _OPERATORS:
                return f"{_OPERATORS[type(operator)]}{self.value(operand)}"
            case ast.Compare(left, [ast.In()], [ast.Tuple(items)]):
                return f"({' || '.join(f'{self.value(left)} === {self.value(item)}' for item in items)})"
            case ast.Compare(left, [operator], [right]) if type(operator) in _OPERATORS:
                return f"({self.value(left)} {_OPERATORS[type(operator)]} {self.value(right)})"
            case ast.IfExp(test, body, orelse):
                return f"({self.value(test)} ? {self.value(body)} : {self.value(orelse)})"
            case ast.Call(ast.Name(name), arguments, []):
                return self.call(node, name, arguments)
        raise self.refuse(node)

    def name(self, node: ast.expr, name: str) -> str:
        if name in self.parameters or any(name in _bound(line) for line in ast.walk(self.tree)):
            return _safe(name)
        if name not in self.world:
            raise self.refuse(node)
        return self.constant(node, name, self.world[name])

    def constant(self, node: ast.expr, name: str, value: Any) -> str:
        """A number of the program as it is; an array of them under its name."""
        if isinstance(value, bool | int | float | np.number):
            return {"inf": "Infinity", "nan": "NaN", "-inf": "(-Infinity)"}.get(str(float(value)), repr(value))
        if isinstance(value, np.ndarray) and value.ndim == 1:
            self.constants[name] = repr(value.tolist())
            return name
        raise self.refuse(node)

    def attribute(self, node: ast.expr, owner: ast.expr, field: str) -> str:
        record = self.record(owner)
        if record is not None:
            return f"{record[0]}.{field}[{record[1]}]"
        if isinstance(owner, ast.Name):
            if isinstance(module := self.world.get(owner.id), ModuleType):
                return self.constant(node, field, getattr(module, field))
            return f"{owner.id}.{field}"
        raise self.refuse(node)

    def item(self, node: ast.expr, owner: ast.expr, index: ast.expr) -> str:
        record = self.record(owner)
        match index:
            case ast.Name(name) if record is not None and name in self.fixed:
                return f"{record[0]}.{self.fixed[name]}[{record[1]}]"
            case ast.Slice(ast.expr() as first, ast.expr() as last, None):
                return f"part({self.value(owner)}, {self.value(first)}, {self.value(last)})"
            case ast.Name(name) if name in self.slices:
                return f"part({self.value(owner)}, {name}[0], {name}[1])"
            case ast.Tuple(items):
                return f"{self.value(owner)}{''.join(f'[{self.value(item)}]' for item in items)}"
            case _ if record is None:
                return f"{self.value(owner)}[{self.value(index)}]"
        raise self.refuse(node)

    def call(self, node: ast.expr, name: str, arguments: list[ast.expr]) -> str:
        if name == "len":
            return f"{self.value(arguments[0])}.length"
        if name == "range":
            first, stop, step = self.ends(arguments)
            if step == "1":
                return f"{{ start: {first}, stop: {stop} }}"
        if name in self.known or name in _BUILT_IN:
            return f"{_BUILT_IN.get(name, name)}({', '.join(map(self.value, arguments))})"
        raise self.refuse(node)


def _safe(name: str) -> str:
    return f"{name}_" if name in _RESERVED else name


def _bound(node: ast.AST) -> Iterator[str]:
    """The names that a statement gives a value."""
    if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
        yield node.id


def fields_of(record: np.dtype[np.void]) -> Mapping[str, str]:
    """The typed array in which JavaScript holds each field of a *record*; 64 bits count rows only, which 32 hold."""
    assert record.fields is not None
    return {name: _ARRAYS[kind.str[1:]] for name, (kind, *_) in record.fields.items()}


__all__ = ["TranslationError", "fields_of", "translated"]
