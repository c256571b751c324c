"""Are the averages that an explorer shows those of simulations in full? Random settings, each simulated anew.

Run: python -m verify.explorer --settings 200 --campaigns 4000   (an hour or more; --print shows every setting)

For each setting a page in a browser says how often the wrong person is stopped, and hands out the scenario; that is simulated
with another seed. Compared is by how many times either differs from the scenario's own setting, so that the chance of the page's
own run, which the page states, is left aside. A simulated average is that over its campaigns divided by their closed forms, times
the closed form over all inputs: less is left to chance.
"""

from __future__ import annotations

import argparse
import json
import random
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from simulator.evidence.counted.closed_forms import closed_forms
from simulator.evidence.counted.measures import measure
from simulator.evidence.counted.over_inputs import many_inputs
from simulator.evidence.explore.explorer import explorer_of
from simulator.experiment.campaigns import campaigns_of
from simulator.report.explore.page import page_of
from simulator.response.kernel import by_kernel
from simulator.scenario.loader import load_scenario

if TYPE_CHECKING:
    from playwright.sync_api import Page

# Not those of the page: from here on one for each setting, so that chance is not the same in all.
SEED = 2
# A setting in which the simulation is known less well than this (a standard error) says nothing of a page.
KNOWN = 0.05
MEASURES = (
    "wrongful_stops",
    "false_alerts",
    "true_alerts",
    "stops",
    "arrests",
    "listed_people",
    "listed_stopped",
    "listed_missed",
)
# A page takes what is typed to the nearest step; these move alone, or all together.
ALONE = (
    "threshold",
    "size",
    "list_exponent",
    "footfall",
    "listed",
    "capture",
    "operators",
    "teams",
    "checkers",
    "vans",
    "strictness",
)
SHOWN = """async ([setting, source]) => {
  const all = { ...DATA.own, source, ...setting };
  const [own, found] = [await simulate(source, DATA.own), await simulate(source, all)];
  const [before, after] = [[DATA.own, own], [all, found]].map(([it, of]) => shown(DATA, DATA.sources[source], it, of, own));
  return { before, after, file: as_scenario(DATA, all), string: as_string(DATA, all) };
}"""


@dataclass(frozen=True)
class Compared:
    """One setting: by measure, how many times the own average the page shows, and the simulation has; and its standard error."""

    setting: str
    shown: dict[str, float]
    simulated: dict[str, float]
    error: dict[str, float]
    average: float


def main() -> None:
    """Make a page unless there is one, and compare."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--scenario", default="croydon-static")
    asked.add_argument("--settings", type=int, default=200)
    asked.add_argument("--campaigns", type=int, default=4000)
    asked.add_argument("--print", action="store_true")
    asked.add_argument("--page", type=Path, help="an explorer that is there already")
    given = asked.parse_args()
    from playwright.sync_api import sync_playwright

    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        path = given.page or Path(folder) / "page.html"
        if given.page is None:
            path.write_text(page_of(explorer_of(load_scenario(given.scenario)), "made"), "utf-8")
        page = playwright.chromium.launch(executable_path="/usr/bin/chromium").new_page()
        page.goto(path.resolve().as_uri())
        page.wait_for_selector("body[data-ready]")
        rows = compared(page, Path(folder), given.settings, given.campaigns, given.print)
    print(summary(rows))


def compared(page: Page, folder: Path, settings: int, campaigns: int, told: bool) -> list[Compared]:
    """So many *settings*, each simulated in so many *campaigns*."""
    chance, steps = random.Random(1), page.evaluate("DATA.steps")
    sources = page.evaluate("DATA.sources.length")
    # all are held against these
    own = [simulated(page, folder, {}, source, 16 * campaigns) for source in range(sources)]
    rows = []
    for number in range(settings):
        source, keys = chance.randrange(sources), ALONE if number % 3 == 0 else (chance.choice(ALONE),)
        setting = {
            key: chance.choice([step for step in steps[key] if step or key == "strictness"])
            for key in keys
            if key in steps
        }
        answer = ask(page, setting, source)
        means, errors = simulated(page, folder, setting, source, campaigns, SEED + 1 + number)
        before = own[source][0]
        row = Compared(
            answer["string"],
            {name: answer["after"][name] / answer["before"][name] for name in MEASURES},
            {name: means[name] / before[name] for name in MEASURES},
            {name: float(np.hypot(errors[name], own[source][1][name])) for name in MEASURES},
            means["wrongful_stops"],
        )
        rows.append(row)
        if told:
            of = "; ".join(
                f"{name} {row.shown[name] / row.simulated[name]:.3f}±{row.error[name]:.3f}" for name in MEASURES
            )
            print(f"{setting} {source}: {row.average:.3g}: {of}", flush=True)
    return rows


def ask(page: Page, setting: dict[str, float], source: int) -> dict[str, Any]:
    """What the *page* shows at a *setting*, and at the own one."""
    found: dict[str, Any] = page.evaluate(SHOWN, [setting, source])
    return found


def simulated(
    page: Page, folder: Path, setting: dict[str, float], source: int, campaigns: int, seed: int = SEED
) -> tuple[dict[str, float], dict[str, float]]:
    """Averages of the scenario that the *page* hands out at a *setting*, and their standard errors as shares of them."""
    path = folder / "setting.yaml"
    path.write_text(json.dumps(json.loads(ask(page, setting, source)["file"])), "utf-8")
    scenario = load_scenario(str(path))
    counts: dict[str, list[Any]] = {name: [] for name in MEASURES}
    forms: dict[str, list[Any]] = {name: [] for name in MEASURES}
    for block in campaigns_of(scenario, seed, engine=by_kernel, crowding_out=False).blocks(campaigns, True):
        found, form = (
            measure(scenario, block),
            closed_forms(scenario, block.inputs, block.cell.threshold, block.cell.size),
        )
        for name in MEASURES:
            counts[name].append(found[name][: block.number])
            forms[name].append(form.get(name, np.ones(len(found[name])))[: block.number])
    over = closed_forms(
        scenario, many_inputs(scenario), scenario.recogniser.threshold.value, scenario.watchlist.size.value
    )
    means, errors = {}, {}
    for name in MEASURES:
        count, expected = np.concatenate(counts[name]), np.concatenate(forms[name])
        ratio = count.sum() / expected.sum()
        means[name] = float(ratio * np.mean(over.get(name, np.ones(1))))
        errors[name] = float(np.std(count - ratio * expected) / np.sqrt(len(count)) / max(count.mean(), 1e-300))
    return means, errors


def summary(rows: list[Compared]) -> str:
    """By measure: by how much the page is off, where the simulation itself is known to KNOWN or better."""
    lines = [
        "| average | settings | middle | 9 in 10 within | farthest | chance in that (one standard error) |",
        "|---|---|---|---|---|---|",
    ]
    for name in MEASURES:
        kept = [row for row in rows if row.simulated[name] > 0 and row.error[name] <= KNOWN]
        off = np.array([row.shown[name] / row.simulated[name] - 1 for row in kept])
        worst = int(np.argmax(np.abs(off)))
        lines.append(
            f"| {name} | {len(off)} | {np.median(off):+.1%} | {np.quantile(np.abs(off), 0.9):.1%} | {off[worst]:+.1%} | "
            f"{kept[worst].error[name]:.1%} |"
        )
    return "\n".join(lines)


if __name__ == "__main__":
    main()
