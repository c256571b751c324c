"""A judged claim file on a terminal: every claim on a line, then each with its three parts, then what belongs to all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.claim.models import ClaimFile
from simulator.evidence.claim.judge import Report
from simulator.evidence.claim.judged import Judged
from simulator.evidence.claim.verdict import RULE
from simulator.report.claim import change, comparison, tables
from simulator.report.claim import unmentioned as left_out
from simulator.report.claim import what_follows as further
from simulator.report.claim.checks import check_lines
from simulator.report.claim.key_figure import key_figure, spread_lines
from simulator.report.claim.layout import bullet, hanging, print_table
from simulator.report.claim.units import natural, passage_text, repeats_text
from simulator.report.claim.verdicts import (
    GRADES,
    agreement_lines,
    agreement_short,
    per_what,
    precision_text,
    read_as,
    reason_text,
    verdict_text,
)
from simulator.report.claim.words import quoted, ratio_text, sentence
from simulator.report.said import WRONGFUL_NOTE
from simulator.report.sensitivity.page import plain

if TYPE_CHECKING:
    from rich.console import Console

# So many claims or fewer are printed with all their tables.
FEW = 3


def print_report(report: Report, console: Console, whole_file: bool = True) -> None:
    """Print a *report*: at length where it is of few claims, else a few lines for each."""
    _print_head(report, console)
    _print_overview(report, console)
    at_length = not whole_file or len(report.judged) <= FEW
    for judged in report.judged:
        (print_claim if at_length else print_short)(judged, report.file, console)
    if not at_length:
        console.print("Every claim at length, with its tables: add --only KEY. Everything for machines: --json.")
        console.print()
    _print_checks(report, console)
    _print_left_out(report, console)
    _print_rule(console)


def _print_head(report: Report, console: Console) -> None:
    file = report.file
    console.print(f"[bold]{plain(file.title)}[/bold]")
    console.print(f"Said by {plain(file.said_by)}, {plain(file.said_on)}. Source: {plain(sentence(file.source))}")
    if file.description:
        console.print(plain(file.description))
    used = {found.grade for judged in report.judged for found in judged.findings}
    grades = "; ".join(words for grade, words in GRADES.items() if grade in used)
    if grades:
        console.print(f"In square brackets how good the evidence is. {plain(sentence(grades))}")
    console.print("Exact intervals take events for independent; where deployments differ they are somewhat wider.")
    console.print()


def _print_overview(report: Report, console: Console) -> None:
    many = len(report.judged)
    console.print(
        f"[bold]{'One claim' if many == 1 else f'{many} claims'} and {'its' if many == 1 else 'their'} verdicts[/bold]"
    )
    width = max(len(judged.key) for judged in report.judged)
    for judged in report.judged:
        hanging(console, f"{judged.key:<{width}}", f"{quoted(judged.claim.statement)}", width)
        hanging(console, "", verdict_text(judged), width, style="bold")
        hanging(console, "", key_figure(judged, report.file), width)
    console.print()


def print_short(judged: Judged, file: ClaimFile, console: Console) -> None:
    """Print one claim in a few lines: the verdict with its three parts, and what else a reader must know."""
    _print_statement(judged, file, console)
    bullet(console, f"Numbers: {agreement_short(judged, file)}.")
    bullet(console, f"How precisely: {precision_text(judged)}")
    others = per_what(judged, file, always=False)
    if others:
        bullet(console, f"Per what: {' '.join(others)}")
    for line in _short_lines(judged, file):
        bullet(console, line)
    for note in judged.claim.notes:
        bullet(console, f"Note: {quoted(note)}")
    console.print()


def _short_lines(judged: Judged, file: ClaimFile) -> list[str]:
    """The figures of a claim that its short form shows besides: rates with intervals, at its word, a year, power."""
    lines = []
    if judged.claim.count is not None:
        said = judged.claim.count.claimed.words
        lines += [line for item in judged.at_its_word for line in further.word_lines(item, said, file.words)]
        lines += spread_lines(judged, file)
    if judged.tables and judged.needed:
        ratios = (tables.pictured(judged) or judged.tables[0]).ratios
        lines.append(f"Counted: {'; '.join(ratio_text(ratio, file.words) for ratio in ratios)}.")
        lines += [text for ratio in ratios if ratio.per == "alerts" and (text := natural(ratio))]
    if judged.needed:
        lines += further.needed_lines(judged.needed, file.words)[-2:]
    if judged.carried:
        lines += further.carried_lines(judged.carried[:1], file.words)
    items = list(change.tested(judged).values())
    if items:
        power = [change.least_line(judged), change.sight_line(items), *change.placebo_lines(items[0])]
        lines += [f"{change.headline(judged)}.", *filter(None, power)]
    return lines


def print_claim(judged: Judged, file: ClaimFile, console: Console) -> None:
    """Print one claim at length: the three parts of its verdict with their tables, and what follows further on."""
    _print_statement(judged, file, console)
    console.print("[bold]Do the numbers agree?[/bold]")
    for line in agreement_lines(judged, file):
        bullet(console, line)
    console.print("[bold]How precisely is it known?[/bold]")
    bullet(console, sentence(precision_text(judged)))
    _print_units(judged, file, console)
    _print_change(judged, console)
    if judged.claim.comparison is not None:
        bullet(console, comparison.reading(judged))
        console.print()
        print_table(tables.comparison_table(judged), console)
    _print_further(judged, file, console)
    if judged.claim.notes:
        console.print("[bold]Notes[/bold]")
    for note in judged.claim.notes:
        bullet(console, quoted(note))
    console.print()


def _print_statement(judged: Judged, file: ClaimFile, console: Console) -> None:
    console.print(f"[bold]{plain(judged.claim.statement)}[/bold] ({judged.key})")
    if judged.claim.said_by and judged.claim.said_by != file.said_by:
        on = f", {judged.claim.said_on}" if judged.claim.said_on else ""
        console.print(f"Said by {plain(judged.claim.said_by)}{plain(on)}.")
    reading = read_as(judged, file)
    if reading:
        console.print(plain(reading))
    console.print(f"[bold]Verdict: {plain(verdict_text(judged))}[/bold], because {reason_text(judged)}.")


def _print_units(judged: Judged, file: ClaimFile, console: Console) -> None:
    others = per_what(judged, file)
    if not others and not judged.tables:
        return
    console.print("[bold]Per what?[/bold]")
    for line in others:
        bullet(console, line)
    if not judged.tables:
        return
    first = tables.pictured(judged) or judged.tables[0]
    for ratio in first.ratios:
        again = repeats_text(ratio, file)
        said = [
            natural(ratio),
            again,
            passage_text(first, file) if ratio.per == "faces" else "",
        ]
        for line in filter(None, said):
            bullet(console, line)
    for table in judged.tables:
        console.print()
        print_table(tables.rates_table(table, file), console)
    picture = tables.rates_picture(judged, file, console.width)
    if picture:
        hanging(console, "", picture[0], 0)
        for line in picture[1:]:
            console.print(line, markup=False, soft_wrap=True)
        console.print()


def _print_change(judged: Judged, console: Console) -> None:
    changed, items = judged.claim.change, list(change.tested(judged).values())
    if changed is None or not items:
        return
    bullet(console, change.reading(changed))
    console.print()
    print_table(tables.methods_table(items), console)
    print_table(tables.sight_table(items), console)
    if items[0].placebo:
        print_table(tables.placebo_table(items[0]), console)
    # placebo wards do not depend on the base period
    said = [
        change.least_line(judged),
        change.sight_line(items),
        *change.placebo_lines(items[0]),
        *change.own_lines(changed),
    ]
    for line in [*filter(None, said), *(line for item in items for line in change.chance_lines(item))]:
        bullet(console, line)


def _print_further(judged: Judged, file: ClaimFile, console: Console) -> None:
    said = judged.claim.count.claimed.words if judged.claim.count else None
    blocks = [
        (
            "The claim at its word",
            [line for item in judged.at_its_word for line in further.word_lines(item, said, file.words)],
        ),
        ("If the number is right", spread_lines(judged, file)),
        ("What would show it", further.needed_lines(judged.needed, file.words)),
        ("Further on", further.carried_lines(judged.carried, file.words)),
        ("Beside what one might expect", further.benchmark_lines(judged.benchmarks)),
    ]
    for heading, lines in blocks:
        if lines:
            console.print(f"[bold]{heading}[/bold]")
            for line in lines:
                bullet(console, sentence(line))
            if heading == "Further on":
                bullet(console, further.basis_text(judged.carried))


def _print_checks(report: Report, console: Console) -> None:
    console.print("[bold]Do the published figures agree with each other?[/bold]")
    for line in check_lines(report.checks, report.file):
        bullet(console, line)
    console.print()


def _print_left_out(report: Report, console: Console) -> None:
    console.print("[bold]What the claims leave out[/bold]")
    if report.simulated is None:
        console.print("Not simulated: the file names no scenario, or -n is 0.")
        console.print()
        return
    names = left_out.names_of(report.judged)
    console.print(
        f"Simulated by lfrsim in: {plain(report.simulated.title)}. No force publishes these in this form. The range holds chance "
        f"and what is not known of the inputs."
    )
    print_table(left_out.left_out_table(report.simulated, names), console)
    for line in left_out.zero_notes(report.simulated, names):
        console.print(line)
    console.print()


def _print_rule(console: Console) -> None:
    console.print("[bold]How the verdicts were reached[/bold]")
    for line in RULE:
        bullet(console, line)
    console.print()
    console.print(WRONGFUL_NOTE)


__all__ = ["print_claim", "print_report", "print_short"]
