"""What ``lfrsim check -o`` writes: what was found as JSON, every forecast as a table, and two figures."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from simulator.evidence.check.checked import Checked
from simulator.experiment.csv_files import frame_as_csv
from simulator.report.figures import style
from simulator.report.figures.check import FORECASTS_NAME, PIT_NAME, draw_forecasts, draw_pit


def write_check(document: dict[str, Any], checked: Checked, folder: Path) -> None:
    """Write check.json, forecasts.csv, the PIT histograms and observed against forecast into *folder*."""
    import pandas as pd

    text = json.dumps(document, indent=2, ensure_ascii=False, allow_nan=False) + "\n"
    (folder / "check.json").write_text(text, "utf-8")
    table = pd.DataFrame(checked.table())
    (folder / "forecasts.csv").write_text(frame_as_csv(table, digits=6), "utf-8")
    style.save(draw_pit(document), folder, PIT_NAME)
    style.save(draw_forecasts(document, checked.judged), folder, FORECASTS_NAME)
