"""Put the published outcome of every shipped scenario beside its prediction: python results/scenario_outcomes.py

Rewrites the tables of docs/background/scenarios.md that stand between comments. Tests run it again and compare.
"""

from __future__ import annotations

import re
import sys
from functools import cache
from pathlib import Path

from simulator import load_scenario, run_study, shipped_scenarios, summarise
from simulator.evidence.numbers import count_range, number, number_range, percent, whole
from simulator.evidence.run.found import MeasureFound, RunFound
from simulator.evidence.run.record_beside import RecordedFigure, recorded
from simulator.evidence.run.study import IGNORANCE, Study
from simulator.scenario.models import Record, Scenario
from simulator.scenario.year import year_of

PAGE = Path(__file__).resolve().parent.parent / "docs" / "background" / "scenarios.md"
SEED, REPLICATIONS, FEWER = 1, 1000, 400
# How strongly the criterion follows the share of true alerts: not at all, as shipped, the upper end shipped, fully.
FOLLOWS = (0.0, 0.2, 0.5, 1.0)
FALSE_STOPPED = ("oxford-circus-2020", "cardiff-2017")
AVERAGES = {
    "false_alerts": "false alerts",
    "wrongful_stops": "wrongful stops",
    "people_wrongly_stopped_twice": "people wrongly stopped more than once",
}
_TABLE = re.compile(r"<!-- outcomes: (?P<name>\S+) -->\n(?P<text>.*?)<!-- end -->", re.S)


def records() -> dict[str, Record]:
    """The published records of the shipped scenarios that have one, by name."""
    loaded = {name: load_scenario(name).record for name in sorted(shipped_scenarios())}
    return {name: record for name, record in loaded.items() if record is not None}


@cache
def with_record() -> dict[str, RunFound]:
    """Summaries of the scenarios that have a published record, by name."""
    return {name: summarise(run_study(load_scenario(name), REPLICATIONS, SEED)) for name in records()}


def status_of(row: RecordedFigure) -> str:
    """Say whether a figure was put in, is part of what was fitted, or is a check, and how the check came out."""
    if row.calibrated_to:
        return "put in: no check"
    place = "inside" if row.inside else "outside"
    return f"{place}; shares data with inputs: no check" if row.shares_data else f"check: **{place}**"


def record_table() -> str:
    """Every published figure beside the prediction of its scenario."""
    lines = [
        f"| scenario | outcome | published | simulated average | 9 in 10 of {REPLICATIONS:,} simulated campaigns | |",
        "|---|---|---|---|---|---|",
    ]
    for name, found in with_record().items():
        for figure, row in found.record.rows.items() if found.record else ():
            cells = [
                whole(row.recorded),
                number(row.simulated_mean),
                count_range(*row.campaign_90) if row.campaign_90 else "",
                status_of(row),
            ]
            lines.append(f"| `{name}` | {figure.replace('_', ' ')} | {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def inputs_table() -> str:
    """The inputs that were set from the record of their own scenario, and what is left as a check."""
    lines = ["| scenario | inputs set from its own record | figures left as a check |", "|---|---|---|"]
    for name, record in records().items():
        fitted = ", ".join(f"`{key}` ({figure.replace('_', ' ')})" for key, figure in record.fitted_inputs.items())
        left = ", ".join(figure.replace("_", " ") for figure in record.checks) or "none"
        lines.append(f"| `{name}` | {fitted} | {left} |")
    return "\n".join(lines) + "\n"


def criterion_table() -> str:
    """Share of recorded false alerts that led to a stop, by how strongly the criterion follows the share of true ones."""
    head = " | ".join(f"follows: {follows:g}" for follows in FOLLOWS)
    lines = [f"| scenario | recorded | {head} |", "|---|---|" + "---|" * len(FOLLOWS)]
    for name in FALSE_STOPPED:
        published = records()[name].figures
        stopped, false = published["stopped_on_false_alert"], published["recorded_false"]
        cells = [f"{whole(stopped)} of {whole(false)}, {percent(stopped / false)}"]
        for follows in FOLLOWS:
            change = [f"procedure.look.criterion_follows_ppv={follows:g}"]
            cells.append(_share(run_study(load_scenario(name, change), FEWER, SEED)))
        lines.append(f"| `{name}` | {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def _share(study: Study) -> str:
    """Share of recorded false alerts that led to a stop, pooled, with its range over single campaigns."""
    import numpy as np

    from simulator.evidence.statistics.intervals import central_range

    drawn = study.passes[IGNORANCE]
    stopped, false = (recorded(drawn, name) for name in ("stopped_on_false_alert", "recorded_false"))
    some = false > 0
    low, high = central_range(np.divide(stopped[some], false[some]), 0.90)
    ends = ["none" if end == 0 else "all" if end == 1 else percent(end) for end in (low, high)]
    return f"{percent(stopped.sum() / false.sum())} ({ends[0]} to {ends[1]})"


def what_if_table() -> str:
    """What the scenarios without a record bring in one campaign: averages, and averages if the inputs differ; and in a year."""
    lines = [f"| scenario | {' | '.join(AVERAGES.values())} | wrongful stops in a year |"]
    lines += ["|---|" + "---|" * (len(AVERAGES) + 1)]
    for name in sorted(shipped_scenarios()):
        scenario = load_scenario(name)
        if scenario.record is not None:
            continue
        year = year_of(scenario)
        cells = [_averages(scenario, *AVERAGES), _averages(year, "wrongful_stops") if year else "not known"]
        lines.append(f"| `{name}` | {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def _averages(scenario: Scenario, *names: str) -> str:
    """The averages of these measures, as cells."""
    measures = summarise(run_study(scenario, FEWER, SEED)).measures
    return " | ".join(_average(measures[name]) for name in names)


def _average(found: MeasureFound) -> str:
    """Write the average of a measure with unknown inputs, and where it may lie where that is known."""
    drawn = found.with_ignorance
    if not drawn.mean:
        return "none seen"
    differ = drawn.average_95
    spread = f" ({number_range(*differ)})" if differ and differ[0] < differ[1] else ""
    return number(drawn.mean) + spread


TABLES = {
    "record": record_table,
    "inputs": inputs_table,
    "criterion": criterion_table,
    "what-if": what_if_table,
}


def with_outcomes(text: str) -> str:
    """Put every table that *text* asks for into its place."""
    return _TABLE.sub(lambda part: f"<!-- outcomes: {part['name']} -->\n{TABLES[part['name']]()}<!-- end -->", text)


def main() -> None:
    """Rewrite the tables of the page."""
    PAGE.write_text(with_outcomes(PAGE.read_text("utf-8")), "utf-8")
    print(f"rebuilt the tables of {PAGE.name}", file=sys.stderr)


if __name__ == "__main__":
    main()
