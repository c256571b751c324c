"""What better knowledge is worth for the decision that the user states: options, values, and how far the answer holds."""

from __future__ import annotations

from collections.abc import Iterator

from simulator.evidence.numbers import number
from simulator.evidence.sensitivity.decision_found import DecisionFound, InputWorth
from simulator.report.inputs import words_of
from simulator.report.page import Block, Gap, Line, Table, table

ASK = (
    "Which input is most worth measuring? Name the options of a decision and your exchange rate, for example: --decide "
    "recogniser.threshold=0.60,0.62,0.64 --exchange 20 (one person wrongly stopped weighs as much as 20 listed people stopped). "
    "No rate is shipped, because it is a judgement and not a measurement."
)


def decision_blocks(decision: DecisionFound) -> Iterator[Block]:
    """The best option at the stated rate, what knowing more is worth, and over which rates both hold."""
    yield Line(headline(decision), strong=True)
    if decision.all_alike:
        yield Line(
            f"The formulas do not see {decision.key}. Compare its values by simulation: lfrsim run with --set "
            f"{decision.key}=..."
        )
        yield Gap()
        return
    yield Line(_weighing(decision))
    yield _options_table(decision)
    if decision.evpi > 0:
        yield _values_table(decision)
    else:
        yield Line(_nothing_seen(decision))
    yield Gap()
    yield from _how_far(decision)
    yield Gap()


def headline(decision: DecisionFound) -> str:
    """State the best option under the stated rate, and the input most worth measuring."""
    if decision.all_alike:
        return f"{decision.key}: by formula no option differs from another in listed people stopped or people wrongly stopped."
    said = (
        f"If one person wrongly stopped weighs as much as {found(decision.exchange)} (your rate), "
        f"{decision.key}={decision.best:g} comes out best of these {len(decision.options)} options."
    )
    if decision.top_for_exchange is None:
        at_most = max((item.evppi_95.high for item in decision.evppi), default=0.0)
        return (
            f"{said} No single input came out worth measuring for that: each at less than 1 in 10,000 of these people"
            + (f", and at no more than {number(at_most)} {decision.unit} (95 %)." if at_most else ".")
        )
    top = decision.evppi[0]
    first = f"{said} Most worth measuring first: {words_of(top.key)}"
    if decision.top_is_clear is False:
        return f"{first} or {words_of(decision.rival.key)}; the estimates do not tell them apart."
    return f"{first}; to know it exactly would be worth {number(top.evppi)} {decision.unit}."


def _nothing_seen(decision: DecisionFound) -> str:
    """Say that no option but the best was better at any point, and what that leaves open."""
    at_most = decision.evpi_95.high
    if not at_most:
        return "To know every uncertain input exactly would change nothing: the options differ by the same at all their values."
    return (
        f"One option was best at all values of the inputs that were looked at, so to know every one exactly came out worth "
        f"nothing; it is worth no more than {number(at_most)} {decision.unit} (95 %)."
    )


def found(n: float) -> str:
    """So many listed people stopped."""
    return f"{number(n)} listed {'person' if n == 1 else 'people'} stopped"


def _weighing(decision: DecisionFound) -> str:
    """Say what was weighed against what, and what was not."""
    return (
        f"Only these two counts are weighed, among these options alone: not costs, arrests in error, other harms or the choice "
        f"not to deploy. Both are expected counts by {decision.label}, and the same as those of lfrsim "
        f"choose: people, each once, whatever came of the stop."
    )


def _options_table(decision: DecisionFound) -> Table:
    """Every option with its expected counts, net benefit, and the exchange rates for which it is the best."""
    rows = [
        [
            f"{decision.key}={option.value:g}" + (" (best)" if option.value == decision.best else ""),
            *(number(x) for x in (option.listed_stopped, option.people_wrongly_stopped, option.net_benefit)),
            between(option.best_for_exchange),
        ]
        for option in decision.options
    ]
    return table(
        f"The options: expected per {decision.of}, over all that is not known",
        ["option", "listed people stopped", "people wrongly stopped", "net benefit", "best for rates"],
        rows,
        notes=["Net benefit: listed people stopped minus your rate times people wrongly stopped."],
    )


def _values_table(decision: DecisionFound) -> Table:
    """What knowing everything, and each input alone, would be worth."""
    return table(
        "What it would be worth to know it exactly before choosing",
        ["known exactly", decision.unit, "(95 %)", "grade"],
        [
            ["all that is not known", number(decision.evpi), _range(decision.evpi_95), ""],
            *(row for item in decision.worth_telling for row in _worth_rows(item)),
        ],
        spare=["grade"],
        notes=[
            "How much better the choice would be on average (EVPI; for one input EVPPI), in listed people stopped. An upper "
            "bound, because no study tells a value exactly. (95 %): error of this computation alone. Inputs not named "
            "came out at less than a hundredth of the first line, or at nothing; inputs without an interval are taken as known."
        ],
    )


def _worth_rows(item: InputWorth) -> Iterator[list[str]]:
    words = words_of(item.key)
    yield [words, number(item.evppi), _range(item.evppi_95), item.grade or ""]
    if words != item.key:
        yield [f"  {item.key}", "", "", ""]


def _how_far(decision: DecisionFound) -> Iterator[Line]:
    """Over which exchange rates the answer holds, and what to beware of."""
    best = f"{decision.key}={decision.best:g}"
    held = f"{best} stays best for exchange rates {between(decision.best_option.best_for_exchange)}"
    if decision.top_followed:
        held += f", and {decision.evppi[0].key} most worth measuring {between(decision.top_followed)}"
    yield Line(f"How far this holds: {held}.")
    if decision.best_is_at_an_end:
        yield Line("The best option is the last of your list on one side: one further on may be better still.")
    warnings: dict[str, list[str]] = {}
    for option in decision.options:
        for warning in option.warnings:
            warnings.setdefault(warning, []).append(f"{option.value:g}")
    for warning, values in warnings.items():
        yield Line(warning, label=f"Caution, option {', '.join(values)}")


def between(ends: tuple[float, float | None] | None) -> str:
    """A range of exchange rates in words; None as its high end stands for all beyond."""
    if ends is None:
        return "none"
    low, high = ends
    if high is None:
        return f"above {number(low)}" if low else "of any size"
    return f"from {number(low)} to {number(high)}" if low else f"below {number(high)}"


def _range(ends: tuple[float, float]) -> str:
    return f"{number(ends[0])} to {number(ends[1])}"


__all__ = ["ASK", "between", "decision_blocks", "found", "headline"]
