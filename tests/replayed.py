"""The folder of a run with its alert log, as the tests of replays need it: many alerts, both passes, no figures drawn."""

from __future__ import annotations

from pathlib import Path

import pytest

from simulator.evidence.run.found import summarise
from simulator.evidence.run.pictures import pictures_of
from simulator.evidence.run.study import Study, run_study
from simulator.experiment.alert_file import AlertFile
from simulator.report.run.folder import write_results
from simulator.scenario.loader import load_scenario

LOW = ("recogniser.threshold=0.60",)


def run_into(folder: Path, *overrides: str, scenario: str = "croydon-static", replications: int = 60) -> Study:
    """Run a scenario and leave in *folder* what ``lfrsim run -o`` leaves there, but for the figures."""
    loaded = load_scenario(scenario, list(overrides))
    folder.mkdir(exist_ok=True, parents=True)
    from simulator.experiment.replications import cell_of, envelope_of

    with AlertFile(folder, loaded, 1, cell_of(loaded), envelope_of(loaded)) as log:
        study = run_study(loaded, replications, 1, sink=log.append)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("simulator.report.figures.draw_run", lambda *_: [])
        write_results(folder, study, summarise(study), pictures_of(study), False)
    return study
