"""The page of a scenario: in plain words, with its expected numbers before any run and the source of every input."""

from __future__ import annotations

from collections.abc import Iterator

from simulator.evidence.about.places import Place
from simulator.evidence.describe.found import DescribedInput, DescribeFound
from simulator.evidence.numbers import amount, number, one_in, share, whole
from simulator.report.page import Block, Bullets, Heading, Line, Masthead, Table, table
from simulator.report.said import WRONGFUL_NOTE, cautions, depletion_first, depletion_in_short
from simulator.report.screen import NOTE, everything, facts, first_of

BEFORE = "by formula, before any run"


def page(found: DescribeFound) -> list[Block]:
    """What it assumes and what it expects; behind that every input with its source, and what lies outside support."""
    year = " of a year" * (found.unit == "year")
    return [
        Masthead(found.title, BEFORE),
        *depletion_in_short(found.depletion),
        *([Line(found.what_if, label="WHAT IF")] if found.what_if else []),
        *([Line(found.description)] if found.description else []),
        *(Line(text, label="Note") for text in found.notes or ()),
        Heading("What it assumes"),
        Bullets(found.assumptions),
        *([places_table(found.places)] if found.places else []),
        Heading(f"Expected before any run{year} (before depletion, repeats, queues and walking away)"),
        Bullets(tuple(expectations(found))),
        Line(NOTE),
        *facts(
            ("Watch out", first_of(found.warnings)),
            ("Inputs", f"{len(found.inputs)}, each with its source: --details."),
        ),
        everything(_details(found)),
    ]


def _details(found: DescribeFound) -> Iterator[Block]:
    yield from depletion_first(found.depletion)
    yield from cautions(found.warnings)
    yield inputs_table(found.inputs)
    yield Line(WRONGFUL_NOTE)


def expectations(found: DescribeFound) -> Iterator[str]:
    """Expected counts and rates of one campaign, with the other preset beside them."""
    e = found.expected
    yield (
        f"{number(e.passages)} passages, {number(e.faces)} counted faces; {number(e.listed_passages)} of "
        f"the passages by listed people ({one_in(e.listed_passages / e.passages if e.passages else 0.0)})."
    )
    yield (
        f"Passages by people not listed that alert (FPIR): {_rates(e.fpir, e.fpir_by_day)}; passages by listed people that alert "
        f"(TPIR): {_rates(e.tpir, e.tpir_by_day)}."
    )
    yield (
        f"{number(e.alerts)} alerts, of which {number(e.false_alerts)} false: "
        f"{number(1000 * e.false_alerts / e.alerts if e.alerts else 0)} of "
        f"every 1,000 alerts, {_or_never(e.false_alerts / e.passages if e.passages else 0.0)} passages."
    )
    if e.wrongful_stops is not None:
        yield f"{amount(e.wrongful_stops, 'wrongful stops')} a {found.unit} if everybody were found."
    other = found.other_preset
    if other is not None:
        low, high = other.false_alerts_95
        yield (
            f"With the other preset ({other.preset}): {amount(other.false_alerts, 'false alerts')}, 95 % {number(low)} to "
            f"{number(high)} with what is not known about the inputs."
        )


def places_table(places: tuple[Place, ...]) -> Table:
    """How many deployments, hours and people each place has."""
    rows = [
        (place.name, whole(place.deployments), number(place.camera_hours), number(place.passages)) for place in places
    ]
    columns = ("place", "deployments", "camera hours", "passages expected")
    return table("Places: people, pool and look-alikes are those of a place", columns, rows)


def _rates(rate: float, by_day: tuple[float, float] | None) -> str:
    """A rate, or from which to which it goes between deployments, the rarest first."""
    low, high = by_day or (rate, rate)
    return f"{_or_never(low)} to {_or_never(high)} by deployment" if low < high else _or_never(rate)


def _or_never(rate: float) -> str:
    return one_in(rate) if rate > 0 else "never, by assumption"


def inputs_table(inputs: tuple[DescribedInput, ...]) -> Table:
    """Every graded input; keys and numbers stay whole, so that they can be copied into --set."""
    rows = []
    for item in inputs:
        write = share if item.is_share else number
        low, high = item.interval_95 or (0.0, 0.0)
        spread = f"{write(low)} to {write(high)}" if item.interval_95 else ""
        rows.append((item.key, write(item.value), spread, item.grade or "", item.source or ""))
    return table("Inputs", ("input", "value", "95 % interval", "grade", "source"), rows, prose=("grade", "source"))


__all__ = ["expectations", "inputs_table", "page", "places_table"]
