"""A scenario in plain words, with its expected numbers before any run and the source of every input."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.evidence.numbers import counted, number, one_in, share, whole
from simulator.report.said import WRONGFUL_NOTE

if TYPE_CHECKING:
    from rich.console import Console

    from simulator.scenario.models import Scenario


def print_description(scenario: Scenario, console: Console) -> None:
    """Print what *scenario* assumes, what it expects, what lies outside calibrated support, and every graded input."""
    from simulator.evidence.about.support import outside_support

    console.print(f"[bold]{scenario.title}[/bold] ({scenario.name})")
    if scenario.what_if:
        console.print(f"[bold]WHAT IF:[/bold] {scenario.what_if}")
    if scenario.description:
        console.print(scenario.description)
    console.print()
    for sentence in sentences(scenario):
        console.print(f"- {sentence}")
    console.print()
    console.print(
        "[bold]Expected before any run[/bold] (closed form, before depletion, repeats, queues and walking away)"
    )
    for line in expectations(scenario):
        console.print(f"- {line}")
    console.print(WRONGFUL_NOTE)
    console.print()
    for warning in outside_support(scenario):
        console.print(f"[bold]Caution[/bold]: {warning}")
    _print_inputs(scenario, console)
    console.print(f"Next: lfrsim run {scenario.name}")


def sentences(scenario: Scenario) -> list[str]:
    """What the scenario says, one sentence per part of it."""
    campaign, street, watchlist = scenario.campaign, scenario.street, scenario.watchlist
    recogniser, officers = scenario.recogniser, scenario.officers
    said = [
        f"{counted(len(campaign.days), 'deployment')} with {number(campaign.camera_hours)} camera hours in all, from "
        f"{campaign.days[0].date} to {campaign.days[-1].date}.",
        f"{number(street.passages_per_hour.value)} passages an hour past {street.camera_ends} camera "
        f"{'end' if street.camera_ends == 1 else 'ends'}; each passage is counted as "
        f"{number(street.faces_per_passage.value)} face(s).",
    ]
    if street.pool_people is not None:
        said.append(
            f"Passers-by are drawn from a pool of {number(street.pool_people.value)} people, so the same person can "
            f"come on several days."
        )
    else:
        said.append("Nobody comes on more than one day.")
    rate, what = (
        (watchlist.listed_per_1000_passages, "passages by listed people")
        if watchlist.listed_per_1000_passages is not None
        else (watchlist.true_alerts_per_1000_passages, "true alerts before depletion and repeats")
    )
    said.append(
        f"A watchlist of {whole(watchlist.size.value)}; {number(rate.value if rate else 0.0)} {what} per 1,000 "
        f"passages at a list of {whole(watchlist.size_of_reference)}; {number(100 * watchlist.conditions_share.value)} % "
        f"of entries are there to check conditions, {number(100 * watchlist.stale_share.value)} % are out of date."
    )
    kind = f"preset {recogniser.preset}" if recogniser.preset else (recogniser.table or "own values")
    said.append(f"The system alerts at {recogniser.threshold.value:g} and above ({kind}).")
    said.append(
        f"{counted(officers.operators.value, 'operator')}, {counted(officers.teams.value, 'plain-clothes team')} of "
        f"{officers.officers_per_team}, {counted(officers.checkers.value, 'unit')} of two uniformed officers, "
        f"{counted(officers.vans.value, 'van')}."
    )
    if street.groups:
        names = ", ".join(group.name for group in street.groups)
        said.append(f"Groups ({names}) with assumed ratios: any disparity in the results follows from them.")
    return said


def expectations(scenario: Scenario) -> list[str]:
    """Expected counts and rates of one campaign at the median inputs, with the other preset beside them."""
    import numpy as np

    from simulator.evidence.counted.closed_forms import closed_forms
    from simulator.experiment.replications import cell_of
    from simulator.scenario.inputs import drawn_inputs, median_inputs
    from simulator.street.expectations import expected
    from simulator.street.recogniser import Recogniser

    cell, inputs = cell_of(scenario), median_inputs(scenario, 1)
    e = expected(scenario, inputs, cell.threshold, cell.size)
    forms = {key: float(value[0]) for key, value in closed_forms(scenario, inputs, cell.threshold, cell.size).items()}
    recogniser = Recogniser(scenario, inputs)
    fpir = float(recogniser.fpir(cell.size, cell.threshold)[0])
    passages, false, alerts = forms["passages"], forms["false_alerts"], forms["alerts"]
    lines = [
        f"{number(passages)} passages, {number(forms['faces'])} counted faces; {number(float(e.listed_passages[0]))} of "
        f"the passages by listed people ({one_in(float((e.listed_passages / e.passages)[0]))}).",
        f"Passages by people not listed that alert (FPIR): {_or_never(fpir)}; passages by listed people that alert "
        f"(TPIR): {one_in(float(recogniser.tpir(cell.threshold)[0]))}.",
        f"{number(alerts)} alerts, of which {number(false)} false: {number(1000 * false / alerts if alerts else 0)} of "
        f"every 1,000 alerts, {_or_never(false / passages if passages else 0.0)} passages.",
        f"{number(forms['wrongful_stops'])} wrongful stops a campaign if everybody were found.",
    ]
    other = _other_preset(scenario)
    if other is not None:
        theirs = closed_forms(other, median_inputs(other, 1), cell.threshold, cell.size)["false_alerts"][0]
        even = (np.arange(400) + 0.5) / 400
        rng = np.random.default_rng(0)
        drawn = drawn_inputs(other, 400, lambda _: rng.permutation(even))
        low, high = np.quantile(closed_forms(other, drawn, cell.threshold, cell.size)["false_alerts"], [0.025, 0.975])
        lines.append(
            f"With the other preset ({other.recogniser.preset}): {number(float(theirs))} false alerts, 95 % "
            f"{number(float(low))} to {number(float(high))} with what is not known about the inputs."
        )
    return lines


def _or_never(rate: float) -> str:
    return one_in(rate) if rate > 0 else "never, by assumption"


def _other_preset(scenario: Scenario) -> Scenario | None:
    """The scenario with the other preset's recogniser, its own threshold kept; None without a preset."""
    from simulator.scenario.recogniser import Recogniser

    ours = scenario.recogniser
    if ours.preset is None:
        return None
    other = "npl" if ours.preset == "field" else "field"
    of_preset = Recogniser.model_validate({"preset": ours.preset, "threshold": ours.threshold})
    own = {
        name: getattr(ours, name)
        for name in type(ours).model_fields
        if name != "preset" and getattr(ours, name) != getattr(of_preset, name)
    }
    recogniser = Recogniser.model_validate({"threshold": ours.threshold, **own, "preset": other})
    return scenario.model_copy(update={"recogniser": recogniser})


def _print_inputs(scenario: Scenario, console: Console) -> None:
    from rich import box
    from rich.table import Table

    from simulator.scenario.inputs import quantities
    from simulator.scenario.quantity import Share

    table = Table(title="Inputs", title_justify="left", title_style="bold", box=box.SIMPLE_HEAD, pad_edge=False)
    for column in ("input", "value", "95 % interval", "grade", "source"):
        numeric = column in ("value", "95 % interval")
        # keys and numbers stay whole, so that they can be copied into --set
        table.add_column(column, overflow="fold", justify="right" if numeric else "left", no_wrap=column != "source")
    for key, item in quantities(scenario):
        if not (item.source or item.grade or item.uncertain):
            continue
        low, high = item.interval()
        write = share if isinstance(item, Share) else number
        spread = f"{write(low)} to {write(high)}" if item.uncertain else ""
        table.add_row(key, write(item.value), spread, item.grade or "", item.source or "")
    console.print(table)
