"""Help as plain text: nothing is cut off, examples stand on lines of their own, and what few people need stands apart."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from itertools import groupby
from typing import Any

from typer.core import TyperCommand, TyperGroup


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a command's help, each on one line."""
    return [" ".join(part.split()) for part in inspect.cleandoc(text).split("\n\n")]


def write_text(command: Any, formatter: Any) -> None:
    """Write the help of *command*; an example is not broken, so that it can be pasted."""
    for paragraph in paragraphs(command.help or ""):
        formatter.write_paragraph()
        with formatter.indentation():
            if paragraph.startswith("Example: "):
                formatter.write(f"{'':>{formatter.current_indent}}{paragraph}\n")
            else:
                formatter.write_text(paragraph)


def write_options(command: Any, ctx: Any, formatter: Any) -> None:
    """Write arguments and options under their headings, those of a panel of their own last."""
    for heading, rows in groupby(sorted(_records(command, ctx), key=lambda it: it[:2]), key=lambda it: it[1]):
        with formatter.section(heading):
            formatter.write_dl([row for *_, row in rows])


def _records(command: Any, ctx: Any) -> Iterator[tuple[int, str, tuple[str, str]]]:
    for param in command.get_params(ctx):
        row = param.get_help_record(ctx)
        if row is None:
            continue
        panel = getattr(param, "rich_help_panel", None)
        if param.param_type_name == "argument":
            yield 0, "Arguments", row
        else:
            yield (2, str(panel), row) if panel else (1, "Options", row)


def _to_set(name: str, given: list[str]) -> str:
    """How to set what the option *name*, which there is not, may mean among the words *given*; "" where nothing is near."""
    from simulator.scenario.explain import key_meant

    key = key_meant(name.lstrip("-").replace("-", "_"))
    typed = next((at for at, word in enumerate(given) if word.partition("=")[0] == name), None)
    if not key or typed is None:
        return ""
    _, equals, value = given[typed].partition("=")
    value = value if equals else (given[typed + 1 : typed + 2] or ["VALUE"])[0]
    return f"; to set that of the scenario: --set {key}={value}"


class Command(TyperCommand):
    """A command whose help is written so, and that says of an option there is not which value of a scenario may be meant."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Read what was typed."""
        given = list(args)
        try:
            return super().parse_args(ctx, args)
        except Exception as error:
            name = str(getattr(error, "option_name", "") or "")
            if name and not getattr(error, "possibilities", None) and any(it.name == "overrides" for it in self.params):
                error.message = f"{error.message}{_to_set(name, given)}"  # type: ignore[attr-defined]
            raise

    def format_help_text(self, ctx: Any, formatter: Any) -> None:
        """Write the help text."""
        write_text(self, formatter)

    def format_options(self, ctx: Any, formatter: Any) -> None:
        """Write arguments and options."""
        write_options(self, ctx, formatter)


class Group(TyperGroup):
    """Commands that are listed with the whole of their first paragraph."""

    def format_options(self, ctx: Any, formatter: Any) -> None:
        """Write options, and then all commands."""
        write_options(self, ctx, formatter)
        rows = [(name, paragraphs(command.help or "")[0]) for name, command in self.commands.items()]
        with formatter.section("Commands"):
            formatter.write_dl(rows)


__all__ = ["Command", "Group"]
