"""What switching an option on does to the rates that were calibrated: closed forms of croydon-static with it over without it."""

from __future__ import annotations

from collections.abc import Iterator

from simulator.evidence.counted.closed_forms import closed_forms
from simulator.experiment.replications import cell_of
from simulator.scenario.inputs import median_inputs
from simulator.scenario.loader import load_scenario

REFERENCE = "croydon-static"
# Options as --set takes them, and why a rate that was calibrated moves or stays.
OPTIONS = (
    (
        "recogniser.list_size_exponent=0.8",
        "stays at the list the level was measured with (`reference_list_size`), here 16,000",
    ),
    (
        "recogniser.kin_per_100k_passages=0.3 recogniser.kin_tpir_at_anchor=0.3",
        "stays at 0.64: the level there includes kin",
    ),
    (
        "recogniser.lookalike_persistence_same_day=0 recogniser.lookalike_persistence_across_days=0",
        "stays: the same alerts, on other people",
    ),
    (
        "recogniser.fmr_day_dispersion_k=1",
        "stays to one part in a thousand: FPIR is all but linear here",
    ),
    (
        "recogniser.detection_correlation=0",
        "stays",
    ),
    (
        "recogniser.score_sd=0.1",
        "stays at the anchor; moves at every other threshold",
    ),
    (
        "watchlist.footfall_elasticity=1",
        "stays: it moves listed people between days",
    ),
    (
        "watchlist.growth_exponent=0",
        "stays at `reference_size`",
    ),
    (
        "street.faces_per_passage=2",
        "MOVES: `field` is per counted face, and is used per passage. Right only where faces are counted otherwise"
        " than in its record",
    ),
    (
        "street.return_same_day=0 street.share_passing_both=0",
        "stays: rates are per passage",
    ),
    (
        "procedure.look.criterion_follows_ppv=0",
        "MOVES stops a little: 14 of 20 was measured at a PPV of 0.995",
    ),
    (
        "procedure.second_look={accept_true: 0.95, accept_false: 0.5}",
        "MOVES stops: the calibrated 14 of 20 is the whole chain; with a second look, give the first one's own share",
    ),
    (
        "procedure.not_found=0.1",
        "MOVES stops: the 1.5 % of true alerts not engaged are already spent, here and in walking out of reach",
    ),
    (
        "procedure.bystander=0.01",
        "MOVES stops by as much as end on somebody else",
    ),
    (
        "watchlist.stale_share=0.2",
        "MOVES arrests (`wanted_arrest` was fitted with 2 %), no alert and no stop",
    ),
)
COLUMNS = ("false alerts per face", "true alerts", "wrongful stops")


def calibrated_points_table() -> str:
    """One row for each option: what it multiplies the expected counts by, and why."""
    heads = ("switched on", *COLUMNS, "the calibrated rate")
    rows = [heads, tuple("---" for _ in heads), *_rows()]
    return "".join(f"| {' | '.join(row)} |\n" for row in rows)


def _rows() -> Iterator[tuple[str, ...]]:
    before = _expected([])
    for option, why in OPTIONS:
        sets = [option] if "{" in option else option.split()
        after = _expected(sets)
        yield f"`{'`, `'.join(sets)}`", *(f"× {a / b:.3f}" for a, b in zip(after, before, strict=True)), why


def _expected(overrides: list[str]) -> tuple[float, float, float]:
    """The numbers of COLUMNS."""
    scenario = load_scenario(REFERENCE, overrides)
    cell = cell_of(scenario)
    forms = closed_forms(scenario, median_inputs(scenario, 1), cell.threshold, cell.size)
    false, faces, true, stops = (
        float(forms[name][0]) for name in ("false_alerts", "faces", "true_alerts", "wrongful_stops")
    )
    return false / faces, true, stops
