"""How fast an explorer answers in Chromium: the first answer after opening, and campaigns simulated at another setting.

Run: python benchmarks/explorer.py   (half a minute; --page takes an explorer that is there already)
"""

from __future__ import annotations

import argparse
import platform
import statistics
import tempfile
from pathlib import Path
from typing import Any

from simulator.evidence.explore.explorer import explorer_of
from simulator.report.explore.page import page_of
from simulator.scenario import load_scenario

ROUNDS = 7
ALL = "performance.now()"
FIRST = """new Promise((kept) => {
  const look = () => (document.getElementById("counts").textContent ? kept(performance.now()) : setTimeout(look, 2));
  look();
})"""
# Thresholds that have not been asked for; the first one warms up.
SIMULATED = """async (source) => {
  const times = [];
  for (const threshold of DATA.steps.threshold.filter((_, i) => i % 2)) {
    const begins = performance.now();
    await simulate(source, { ...DATA.own, threshold });
    times.push(performance.now() - begins);
  }
  return { times: times.slice(1), campaigns: DATA.sources[source].campaigns };
}"""


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--scenario", default="croydon-static")
    asked.add_argument("--page", type=Path)
    given = asked.parse_args()
    from playwright.sync_api import sync_playwright

    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        path = given.page or Path(folder) / "page.html"
        if given.page is None:
            path.write_text(page_of(explorer_of(load_scenario(given.scenario)), "made"), "utf-8")
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium")
        first, whole, found = [], [], dict[int, Any]()
        for _ in range(ROUNDS):
            page = browser.new_page()
            page.goto(path.resolve().as_uri())
            first.append(page.evaluate(FIRST))
            page.wait_for_selector("body[data-ready]")
            whole.append(page.evaluate(ALL))
            for source in range(page.evaluate("DATA.sources.length")):
                answer = page.evaluate(SIMULATED, source)
                each = [100 * time / answer["campaigns"] for time in answer["times"]]
                found.setdefault(source, []).extend(each)
            names = page.evaluate("DATA.sources.map(({ whose }) => whose)")
            page.close()
        version, size = browser.version, path.stat().st_size
    print(f"Chromium {version}, Python {platform.python_version()}; medians of {ROUNDS} rounds, and the fastest.\n")
    print("| what | value | target |\n|---|---|---|")
    print(f"| the page of {given.scenario} | {size / 1e6:.2f} MB | 3 MB |")
    print(f"| first answer after opening | {_ms(first)} | 1,000 ms |")
    print(f"| all views, and the thresholds beside, simulated | {_ms(whole)} | |")
    for source, times in found.items():
        print(f"| 100 campaigns, error rates of {names[source]} | {_ms(times)} | 150 ms |")


def _ms(times: list[float]) -> str:
    return f"{statistics.median(times):,.0f} ms (fastest {min(times):,.0f})"


if __name__ == "__main__":
    main()
