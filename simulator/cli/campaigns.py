"""How many campaigns to simulate, and with which engine: options that ``run``, ``compare`` and ``sweep`` share."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from simulator.cli.options import RARE, one_of, typed_whole, whole

if TYPE_CHECKING:
    from simulator.evidence.run.precision import Reached, Target
    from simulator.response.engines import EngineName
    from simulator.response.resolve import Engine

# What is kept of each campaign until the end takes up to 5 kB, and a process is to stay below 1 GiB.
MOST_CAMPAIGNS, FEWEST_FOR_AUTO = 125_000, 200
ENGINES = ("auto", "kernel", "process")

Campaigns = Annotated[
    str,
    typer.Option(
        "-n", "--replications", metavar="N|auto", help="Campaigns to simulate, or auto: as many as --precision takes."
    ),
]
Precision = Annotated[
    str | None,
    typer.Option(
        metavar="P%",
        help="With -n auto: half of the 95 % interval, as a share of the average; 5% if left out.",
        rich_help_panel=RARE,
    ),
]
PreciseMeasure = Annotated[
    str | None,
    typer.Option(
        "--measure",
        metavar="NAME",
        help="With -n auto: of what; wrongful_stops if left out.",
        rich_help_panel=RARE,
    ),
]
Most = Annotated[
    int | None,
    typer.Option(
        metavar="N",
        parser=whole(0, 2**63),
        help="With -n auto: the most campaigns; 100000 if left out.",
        rich_help_panel=RARE,
    ),
]
Year = Annotated[bool, typer.Option("--year", help="The scenario's year in place of its campaign.")]
EngineOption = Annotated[
    Literal["auto", "kernel", "process"],
    typer.Option(
        "--engine",
        metavar="|".join(ENGINES),
        parser=one_of(*ENGINES),
        autocompletion=lambda: list(ENGINES),
        help="kernel: compiled; process: SimPy. Same results.",
        rich_help_panel=RARE,
    ),
]


def wanted(
    campaigns: str,
    precision: str | None,
    measure: str | None,
    most: int | None,
    allowed: tuple[int, int] = (1, MOST_CAMPAIGNS),
) -> int | Target:
    """The number of campaigns asked for, *allowed* from and to, or the precision that they are to reach."""
    if campaigns != "auto":
        for option, given in (("--precision", precision), ("--measure", measure), ("--most", most)):
            if given is not None:
                raise typer.BadParameter(f"goes with -n auto (got -n {campaigns})", param_hint=option)
        return _whole_number(campaigns, *allowed)
    from simulator.evidence.run.precision import Target

    usual = Target()
    if most is not None and not FEWEST_FOR_AUTO <= most <= allowed[1]:
        rule = f"must be between {FEWEST_FOR_AUTO} and {allowed[1]:,} (got {most})"
        raise typer.BadParameter(rule, param_hint="--most")
    return Target(
        usual.measure if measure is None else known_measure(measure),
        usual.relative if precision is None else _share(precision),
        usual.most if most is None else most,
    )


def _whole_number(text: str, fewest: int, most: int) -> int:
    number = typed_whole(text, "must be a whole number, or auto", "-n")
    if not fewest <= number <= most:
        rule = f"must be between {fewest} and {most:,} (got {number})"
        raise typer.BadParameter(rule, param_hint="-n")
    return number


def known_measure(name: str) -> str:
    """The *name* of a measure, as it was given with --measure."""
    from simulator.evidence.counted.measures import NAMES
    from simulator.scenario.errors import shown
    from simulator.scenario.explain import near_hint

    if name not in NAMES:
        hint = near_hint(name, NAMES) or "; for example wrongful_stops"
        raise typer.BadParameter(f"no measure is called {shown(name)}{hint}", param_hint="--measure")
    return name


def _share(text: str) -> float:
    from simulator.evidence.run.precision import COARSEST, FINEST
    from simulator.scenario.errors import shown
    from simulator.scenario.numbers import read_number

    share = read_number(text) or 0.0
    if not FINEST <= share <= COARSEST:
        rule = f"must be from {FINEST:.1%} to {COARSEST:.0%}, for example 5% (got {shown(text)})"
        raise typer.BadParameter(rule, param_hint="--precision")
    return share


def ready(engine: EngineName) -> tuple[Engine, str]:
    """The engine, compiled if need be, and the name of what it is; what takes time is said on standard error."""
    from simulator.response.engines import engine_named
    from simulator.response.process import by_processes

    resolver = engine_named(engine, lambda words: typer.echo(words, err=True))
    return resolver, "process" if resolver is by_processes else "kernel"


def say_reached(reached: Reached, compared: bool = False) -> None:
    """Say on standard error how many campaigns there will be, and why so many; *compared*: of B - A."""
    for line in told(reached, compared):
        typer.echo(line, err=True)


def told(reached: Reached, compared: bool) -> list[str]:
    """What is to be said of *reached*: the number, how well the average is known, and how sure that is."""
    from simulator.evidence.counted.measures import BY_NAME
    from simulator.evidence.numbers import number, whole

    look, target = reached.look, reached.target
    words = BY_NAME[target.measure].words
    head = f"-n auto: {whole(reached.campaigns)} campaigns"
    of = f"the average difference in {words}" if compared else f"the average of {words}"
    if math.isfinite(look.relative):
        share = f"{number(100 * look.relative)} % of {'the larger average of A and B' if compared else 'itself'}"
    if reached.met:
        return [
            f"{head}. At 95 %, {of} is known to ± {number(look.half_width)}, {share}, with the inputs at their values; "
            f"-n {reached.campaigns} gives the same.",
            "The number was chosen by looking at the results. Such an interval holds the true average 95 times in 100, unless "
            f"much of it comes of events in fewer than 1 of {whole(reached.campaigns / 3)} campaigns: they may not have come up.",
        ]
    if reached.never:
        return [
            f"{head}. {words[0].upper()}{words[1:]}: none, because {reached.never}; more campaigns would not change that."
        ]
    ceiling = "" if reached.campaigns < target.most else ", the most allowed (--most)"
    more = (
        f"about {number(reached.needed)} would be needed" if reached.needed else "nothing says how many would be needed"
    )
    if look.against == 0:
        return [
            f"{head}{ceiling}. {words[0].upper()}{words[1:]}: none in any of them, so nothing is known to a share; {more}."
        ]
    if math.isinf(look.relative):
        few = f"only {whole(look.events)} campaigns {'differ' if compared else 'had any'}"
        seen = f"{few}, too few to see how large it may be in one"
        return [f"{head}{ceiling}. How well {of} is known cannot be said: {seen}; {more}."]
    return [
        f"{head}{ceiling}. At 95 %, {of} is known to {share} only, not to {number(100 * target.relative)} %; {more}."
    ]
