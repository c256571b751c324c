"""Judge every shipped claim and write the tables of docs/background/claims.md: python results/claim_verdicts.py

Rewrites what stands between comments on the page, and the figure of the article's claims. Tests run it again and compare.
"""

from __future__ import annotations

import re
import shutil
import sys
import tempfile
from collections.abc import Callable
from functools import cache, partial
from itertools import product
from pathlib import Path

from simulator.claim import load_claims, shipped_claims
from simulator.evidence.claim.found import JudgedFile
from simulator.evidence.claim.judge import judge_file
from simulator.evidence.claim.verdict import NUMBERS, RULE, STRENGTHS
from simulator.evidence.numbers import number, number_range, whole
from simulator.report.figures import claim, style
from simulator.report.render.plain import plain

PAGE = Path(__file__).resolve().parent.parent / "docs" / "background" / "claims.md"
SEED, REPLICATIONS = 1, 400
SUN = "croydon-sun-2026"
# Deployments of the campaign that its scenario simulates; the cost of officers is scaled from these.
SIMULATED_DEPLOYMENTS = 14
# What stands for the figure where only the claim itself gives one.
NO_FIGURE = "nothing beside the claim itself"
_TABLE = re.compile(r"<!-- claims: (?P<name>\S+) -->\n(?P<text>.*?)<!-- end -->", re.S)


@cache
def judged(name: str) -> JudgedFile:
    """Every claim of the shipped file *name*, judged without simulating what it leaves out."""
    return judge_file(load_claims(name), replications=0)


def verdict_table(name: str) -> str:
    """One row for each claim of a file: who said what, the verdict with its reason, and the figures behind it."""
    lines = ["| name | claim | said by | verdict | figures |", "|---|---|---|---|---|"]
    for item in judged(name).claims:
        verdict = f"**{item.verdict.words}**: {item.verdict.because}"
        figures = item.key_figure or NO_FIGURE
        lines.append(f"| `{item.key}` | {plain(item.statement)} | {item.said_by} | {verdict} | {figures} |")
    return "\n".join(lines) + "\n"


def counts_table() -> str:
    """How many claims of each file have which verdict, on both axes."""
    files = {name: judged(name) for name in shipped_claims()}
    lines = [f"| verdict | {' | '.join(f'`{name}`' for name in files)} |", "|---|" + "---|" * len(files)]
    for pair in product(NUMBERS, STRENGTHS):
        cells = [
            sum((item.verdict.numbers, item.verdict.strength) == pair for item in found.claims)
            for found in files.values()
        ]
        if any(cells):
            lines.append(f"| {NUMBERS[pair[0]]}; {STRENGTHS[pair[1]]} | {' | '.join(map(str, cells))} |")
    return "\n".join(lines) + "\n"


def rule_list() -> str:
    """The rule as the program prints it."""
    return "".join(f"{place}. {line}\n" for place, line in enumerate(RULE, 1))


def disagreements() -> str:
    """Published figures that should agree with each other and do not, of all files."""
    lines = [f"- {check.words}" for found in map(judged, shipped_claims()) for check in found.checks if not check.holds]
    return "\n".join(dict.fromkeys(lines)) + "\n"


def cost_table() -> str:
    """Pounds per arrest: the claimed sum alone, and with the officers of the simulated campaign."""
    file = load_claims(SUN)
    simulated = judge_file(file, ["cost"], REPLICATIONS, SEED).left_out
    if simulated is None or file.claims["cost"].count is None:
        raise ValueError("the cost needs its claim and a scenario")
    pounds = file.claims["cost"].count.claimed.value or 0.0
    officers = simulated.measures["officer_cost_gbp"]
    lines = ["| over | sum alone, observed arrests | with officers, simulated |", "|---|---|---|"]
    for name in file.claims["cost"].evidence:
        evidence = file.evidence[name]
        arrests, weight = evidence.figures["arrests"], evidence.figures["deployments"] / SIMULATED_DEPLOYMENTS
        if officers.campaign_90 is None:
            raise ValueError("too few campaigns for a range")
        low, high = ((pounds + weight * end) / arrests for end in officers.campaign_90)
        with_officers = f"GBP {number((pounds + weight * officers.mean) / arrests)} ({number_range(low, high)})"
        lines.append(
            f"| {whole(arrests)} arrests, {evidence.what} | GBP {whole(round(pounds / arrests))} | {with_officers} |"
        )
    return "\n".join(lines) + "\n"


TABLES: dict[str, Callable[[], str]] = {
    "rule": rule_list,
    "counts": counts_table,
    "cost": cost_table,
    "disagreements": disagreements,
    **{name: partial(verdict_table, name) for name in shipped_claims()},
}


def with_verdicts(text: str) -> str:
    """Put every table that *text* asks for into its place."""
    return _TABLE.sub(lambda part: f"<!-- claims: {part['name']} -->\n{TABLES[part['name']]()}<!-- end -->", text)


def main() -> None:
    """Rewrite the tables of the page."""
    PAGE.write_text(with_verdicts(PAGE.read_text("utf-8")), "utf-8")
    with tempfile.TemporaryDirectory() as folder:
        for path in style.save(claim.draw(judged(SUN)), Path(folder), "claims"):
            if path.suffix == ".png":
                shutil.copy(path, PAGE.parents[1] / "images" / path.name)
    print(f"rebuilt the tables of {PAGE.name} and its figure", file=sys.stderr)


if __name__ == "__main__":
    main()
