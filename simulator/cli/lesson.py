"""``lesson``: teach base rates in 20 minutes, from the terminal or with pages and a sheet of paper."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from collections.abc import Mapping

    from simulator.evidence.lesson.lesson import Lesson

INDEX = "index.html"


def _names(incomplete: str) -> list[str]:
    from simulator.evidence.lesson.lessons import LESSONS

    return [name for name in LESSONS if name.startswith(incomplete)]


def lesson(
    name: Annotated[
        str | None,
        typer.Argument(
            metavar="NAME", help="A lesson, by name or number; without one all are listed.", autocompletion=_names
        ),
    ] = None,
    output: Annotated[
        str | None,
        typer.Option(
            "-o",
            "--output",
            metavar="DIR",
            help="Write pages into this folder: to teach from, to print, and teacher's notes; of all lessons without a NAME.",
        ),
    ] = None,
) -> None:
    """Teach base rates: five lessons for a class, each a guess, a count, a tree and an honest headline.

    Example: lfrsim lesson thousand-alerts
    """
    from simulator.cli.finish import next_command, show
    from simulator.evidence.lesson.lessons import LESSONS, lesson_of
    from simulator.report.lesson.screen import listed

    names = list(LESSONS) if name is None else [_chosen(name, list(LESSONS))]
    if output is not None:
        _write(output, names)
    elif name is None:
        show(listed(names))
        next_command("teach the first one", "lesson", names[0])
        next_command("pages and sheets of all of them", "lesson", "-o", "lessons")
    else:
        _teach(lesson_of(names[0]))
        next_command("its pages, and a sheet to print", "lesson", names[0], "-o", "lessons")


def _chosen(name: str, names: list[str]) -> str:
    """The lesson that is called *name*, or has this number."""
    if name in names:
        return name
    if name.isdecimal() and 1 <= int(name) <= len(names):
        return names[int(name) - 1]
    rule = f"must be one of {', '.join(names)}, or 1 to {len(names)} (got {name or 'nothing'})"
    raise typer.BadParameter(rule, param_hint="NAME")


def _teach(found: Lesson) -> None:
    """The lesson part by part; at a terminal it waits for a guess, and after each part."""
    from simulator.cli.finish import show
    from simulator.report.catalogue import words
    from simulator.report.lesson.screen import asked, last, question, shown

    said, waits = words("lesson")["said"], sys.stdin.isatty() and sys.stdout.isatty()
    show(question(found))
    for at in range(len(words("lesson")["lessons"][found.name]["rounds"])):
        show(asked(found, at))
        guess = _guess(said) if waits else None
        for part in shown(found, at, guess):
            typer.echo()
            show(part)
            if waits:
                typer.prompt(said["go_on"], default="", show_default=False, prompt_suffix="")
    show(last(found))


def _guess(said: Mapping[str, str]) -> float | None:
    """The number that somebody types, or None where they press Enter alone."""
    from simulator.scenario.numbers import TwoReadingsError, read_number

    while True:
        typed = typer.prompt(said["typed"], default="", show_default=False, prompt_suffix="").strip()
        if not typed:
            return None
        try:
            guess = read_number(typed, percent=False, comes="thousands")
        except TwoReadingsError as error:
            typer.echo(str(error))
            continue
        if guess is not None and guess >= 0:
            return guess
        typer.echo(said["no_number"])


def _write(output: str, names: list[str]) -> None:
    from simulator.cli.output import folder_named
    from simulator.evidence.lesson.lessons import LESSONS, lesson_of
    from simulator.experiment.files import check_folder, write_whole
    from simulator.experiment.program import program_version
    from simulator.report.lesson.page import files_of, index_of, names_of
    from simulator.report.render.progress import progress

    folder = folder_named(output)
    ours = {INDEX, *(file for lesson in LESSONS for file in names_of(lesson))}
    # a file that is half-written has such a name
    ours |= {f".{file}.tmp" for file in ours}
    try:
        check_folder(
            folder, "lesson", lambda: [path for path in folder.iterdir() if path.name not in ours or path.is_dir()]
        )
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        rule = f"{folder} cannot be made ({error.strerror}); choose another place"
        raise typer.BadParameter(rule, param_hint="-o") from None
    made, texts = f"Made by lfrsim {program_version()}.", dict[str, str]()
    with progress(len(names), "lessons") as bar:
        for name in names:
            texts |= files_of(lesson_of(name), made)
            if bar is not None:
                bar(1)
    # every page leads to the index: one of all lessons is not replaced by one of a few
    if names == list(LESSONS) or not (folder / INDEX).exists():
        texts[INDEX] = index_of(names, made)
    try:
        for file, text in texts.items():
            write_whole(folder / file, text.encode())
    except OSError as error:
        raise typer.BadParameter(
            f"{folder} takes no files ({error.strerror}); choose another place", param_hint="-o"
        ) from None
    first = INDEX if INDEX in texts else next(iter(texts))
    typer.echo(f"Written to {folder}: {len(texts)} pages. Open {folder / first} in a browser.", err=True)


def add_to(app: typer.Typer) -> None:
    """Add this command to *app*."""
    app.command()(lesson)


__all__ = ["add_to", "lesson"]
