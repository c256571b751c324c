"""The question of ``lfrsim fit``, asked from Python."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from simulator.evidence.fit.fitted_file import check_free, settle, write_fitted
from simulator.evidence.fit.found import FitFound, summarise_fit
from simulator.evidence.fit.question import QuestionError, question_of
from simulator.evidence.fit.share_recorded import Progress
from simulator.evidence.fit.whole_fit import fit_record
from simulator.record import read_records
from simulator.scenario import find_scenario, load_scenario
from simulator.scenario.sheet import AS_IT_IS, ReadAs


def fit(
    records: str | Path,
    scenario: str | Path,
    *,
    exposure: str = "hours",
    first: str | dt.date | None = None,
    last: str | dt.date | None = None,
    place: str | None = None,
    slope_prior: str = "flat",
    error_rates_only: bool = False,
    prior: str = "scenario",
    prior_weight: float | None = None,
    force: str | None = None,
    vendor: str | None = None,
    counting: str | None = None,
    skip_bad: bool = False,
    read_as: ReadAs = AS_IT_IS,
    output: Path | None = None,
    table: Path | None = None,
    progress: Progress = None,
) -> FitFound:
    """What the *records* of deployments say of the inputs of a *scenario*, which is a file or the name of a shipped one.

    *exposure* is what false alerts are counted against (hours, faces or true-alerts); *first* and *last* are the days to
    look at, *place* is part of a place's name. *prior*, *prior_weight*, *force*, *vendor* and *counting* say what the
    scenario's own evidence is worth (docs/how-to/fit-a-record.md). With *output* the fitted scenario is written there, its
    joint draws beside it; with *table* too, its campaign is the record's deployments. *progress* is called with every few
    simulated campaigns more. Raises QuestionError for words that it does not understand, ScenarioError for mistakes in the
    files, OutputError where *output* or *table* cannot be written.
    """
    question = question_of(
        exposure, first, last, place, slope_prior, error_rates_only, prior, prior_weight, force, vendor, counting
    )
    if output is not None:
        check_free(output, table)
    elif table is not None:
        raise QuestionError("table", "goes with -o FITTED.yaml, the scenario whose campaign it is")
    loaded = load_scenario(scenario)
    source = scenario if isinstance(scenario, Path) else find_scenario(scenario)
    whole = fit_record(read_records(Path(records), str(records), skip_bad=skip_bad, read_as=read_as), loaded, question)
    fitted = settle(whole, source, progress)
    if output is not None:
        write_fitted(whole, fitted, source, output, table)
    return summarise_fit(whole, fitted)


__all__ = ["fit"]
