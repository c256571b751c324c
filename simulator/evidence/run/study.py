"""One scenario run twice: with its median inputs (chance) and with inputs drawn for every campaign (and ignorance)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from simulator.evidence.about.unknowns import unknowns
from simulator.evidence.counted.closed_forms import closed_forms
from simulator.evidence.counted.measures import NAMES, measure
from simulator.evidence.counted.over_inputs import many_inputs
from simulator.experiment.campaigns import campaigns_of
from simulator.experiment.floods import check_flood
from simulator.experiment.log import PASSES, AlertLog, alert_log
from simulator.experiment.replications import Block, Cell, cell_of, check_draws
from simulator.response.engines import EngineName, engine_named
from simulator.response.outcomes import ARRESTED, DISMISSED, KNOWN, OUTCOMES, VOID
from simulator.scenario.cells import with_size
from simulator.scenario.days import place_numbers
from simulator.scenario.inputs import median_inputs
from simulator.scenario.models import Scenario
from simulator.scenario.quantity import Array
from simulator.street.candidates import Envelope
from simulator.street.mask import TRUTHS
from simulator.street.people import Index

CHANCE, IGNORANCE = PASSES
# What is shown one case at a time comes from this many first blocks of the chance pass.
KEPT_BLOCKS = 1
ENDS = (*OUTCOMES[:-1], "dismissed_known")
RECOGNISED = len(ENDS) - 1

Progress = Callable[[int], None]
Sink = Callable[[str, AlertLog], None]


@dataclass(frozen=True)
class Study:
    """Results of a run: each measure per replication in both passes, closed forms, totals and a few whole logs.

    *passes[name][measure]* has shape (replications,); *expected* holds closed forms at the median inputs and
    *expected_drawn* those at the inputs of each campaign, shape (replications,); *by_group[name][measure]* has shape
    (replications, groups), *by_place* likewise (replications, places); *over_inputs* holds closed forms at many inputs drawn
    from their intervals (CLOSED_DRAWS,), nothing where no input has one; *truth_by_outcome[name]* counts alerts over all
    replications, shape (truths, ENDS): people recognised from an earlier stop (dismissed, known) have a column of their
    own. *cell* is the threshold and the list size of all of it, which need not be the scenario's own, and *envelope* what
    was drawn for.
    """

    scenario: Scenario
    cell: Cell
    envelope: Envelope
    seed: int
    replications: int
    passes: dict[str, dict[str, Array]]
    by_group: dict[str, dict[str, Array]]
    by_place: dict[str, dict[str, Array]]
    truth_by_outcome: dict[str, Array]
    expected: dict[str, float]
    expected_drawn: dict[str, Array]
    over_inputs: dict[str, Array]
    first_log: AlertLog

    @property
    def own_cell(self) -> bool:
        """Whether this is the scenario's own threshold and list."""
        return self.cell == cell_of(self.scenario)

    @property
    def scenario_at_cell(self) -> Scenario:
        """The scenario as if the cell were its own: what must be said of a threshold holds for either."""
        if self.own_cell:
            return self.scenario
        recogniser = self.scenario.recogniser
        threshold = recogniser.threshold.model_copy(update={"value": self.cell.threshold})
        return self.scenario.model_copy(
            update={
                "recogniser": recogniser.model_copy(update={"threshold": threshold}),
                "watchlist": with_size(self.scenario.watchlist, self.cell.size),
            }
        )


def envelope_around(scenario: Scenario, cell: Cell | None = None) -> Envelope:
    """The smallest envelope that holds the scenario's own cell and *cell*: the usual one for all cells inside it."""
    own = cell_of(scenario)
    cell = cell or own
    return Envelope(min(own.threshold, cell.threshold), max(own.size, cell.size))


def run_study(
    scenario: Scenario,
    replications: int = 1000,
    seed: int = 1,
    progress: Progress | None = None,
    sink: Sink | None = None,
    engine: EngineName = "auto",
    cell: Cell | None = None,
    envelope: Envelope | None = None,
) -> Study:
    """Run *replications* campaigns in both passes; *progress* is told of every campaign, *sink* of every log.

    *cell* takes another threshold and list size than the scenario's own, *envelope* draws as a sweep with this lowest
    threshold and largest list does (see *envelope_around* for the usual one). Raises ValueError for a cell outside the
    envelope, EngineError for an *engine* that cannot run here (every engine gives the same), ScenarioError for campaigns that do
    not fit into memory.
    """
    if replications < 1:
        raise ValueError(f"replications must be at least 1 (got {replications})")
    resolver = engine_named(engine)
    envelope = envelope or envelope_around(scenario, cell)
    cell = cell or cell_of(scenario)
    # before anything is computed, not at the campaign that is too large
    campaigns = campaigns_of(scenario, seed, envelope, resolver, cell)
    check_flood(scenario, len(PASSES) * replications)
    check_draws(scenario, campaigns.all_inputs(replications), envelope)
    passes: dict[str, dict[str, Array]] = {}
    groups: dict[str, dict[str, Array]] = {}
    places: dict[str, dict[str, Array]] = {}
    tables: dict[str, Array] = {}
    drawn: dict[str, list[Array]] = {}
    first_log: list[AlertLog] = []
    for name in (CHANCE, IGNORANCE):
        parts: list[dict[str, Array]] = []
        by_group: list[dict[str, Array]] = []
        by_place: list[dict[str, Array]] = []
        tables[name] = np.zeros((len(TRUTHS), len(ENDS)))
        for block in campaigns.blocks(replications, name == IGNORANCE):
            parts.append(measure(scenario, block))
            of_groups, of_places, ends = _counts(scenario, block)
            by_group.append(of_groups)
            by_place.append(of_places)
            tables[name] += ends
            kept = name == CHANCE and len(first_log) < KEPT_BLOCKS
            if kept or sink:
                log = alert_log(scenario, block)
                first_log += [log] * kept
                if sink:
                    sink(name, log)
            if name == IGNORANCE:
                for key, values in closed_forms(scenario, block.inputs, cell.threshold, cell.size).items():
                    drawn.setdefault(key, []).append(values[: block.number])
            if progress:
                progress(block.number)
            # the next block needs the memory
            del block
        passes[name] = {key: np.concatenate([part[key] for part in parts]) for key in NAMES}
        groups[name] = {key: np.concatenate([part[key] for part in by_group]) for key in by_group[0]}
        places[name] = {key: np.concatenate([part[key] for part in by_place]) for key in by_place[0]}
    expected = closed_forms(scenario, median_inputs(scenario, 1), cell.threshold, cell.size)
    return Study(
        scenario,
        cell,
        envelope,
        seed,
        replications,
        passes,
        groups,
        places,
        tables,
        {key: float(values[0]) for key, values in expected.items()},
        {key: np.concatenate(values) for key, values in drawn.items()},
        closed_forms(scenario, many_inputs(scenario), cell.threshold, cell.size) if unknowns(scenario) else {},
        AlertLog.join(first_log),
    )


def _counts(scenario: Scenario, block: Block) -> tuple[dict[str, Array], dict[str, Array], Array]:
    """Counts by group of the person: (block.number, groups); by place: (block.number, places); alerts by truth and end.

    The table of truths and ends has shape (truths, ENDS). All come from the block itself: a whole alert log takes
    longer than all measures, and is made only where somebody reads it.
    """
    alerts, resolved = block.alerts, block.resolved
    rows = np.flatnonzero((alerts.replication < block.number) & (resolved.outcome != VOID))
    replication, outcome, false = alerts.replication[rows], resolved.outcome[rows], alerts.is_false[rows]
    recognised = (outcome == DISMISSED) & (resolved.reason[rows] == KNOWN)
    end = np.where(recognised, RECOGNISED, outcome)
    ends = np.bincount(alerts.truth[rows] * len(ENDS) + end, minlength=len(TRUTHS) * len(ENDS)).reshape(-1, len(ENDS))
    stopped = ~np.isnan(resolved.stop_s[rows]) & (resolved.bystander[rows] == 0)
    counted = {
        "alerts": np.ones(len(rows), dtype=bool),
        "false_alerts": false,
        "wrongful_stops": false & stopped,
        "arrests": outcome == ARRESTED,
    }

    def by(part: Index, parts: int, names: tuple[str, ...]) -> dict[str, Array]:
        key = replication * parts + part
        numbers = {name: np.bincount(key[counted[name]], minlength=block.number * parts) for name in names}
        return {name: number.reshape(block.number, parts).astype(float) for name, number in numbers.items()}

    group, place = alerts.group[rows], place_numbers(scenario.campaign)[alerts.deployment[rows]]
    by_group = by(group, max(len(scenario.street.groups), 1), ("alerts", "false_alerts", "wrongful_stops"))
    return by_group, by(place, len(scenario.campaign.places), tuple(counted)), ends.astype(float)
