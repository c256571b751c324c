"""What an explorer's page computes with: people for each error rate, expectations at its steps, the run it begins at."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from typing import Any

from simulator.evidence.about.header import CellHeader
from simulator.evidence.about.support import OTHER, with_other_preset
from simulator.evidence.counted.covered import uncovered
from simulator.evidence.explore.bank import columns_of, drawn_bank, encoded
from simulator.evidence.explore.controls import StreetControls, law_of, street_controls
from simulator.evidence.explore.ends import ENDS_OF_ALERTS
from simulator.evidence.explore.model import STAFF, model_of
from simulator.evidence.explore.steps import (
    CURVE_SIZES,
    CURVE_THRESHOLDS,
    Recorded,
    recorded_of,
    size_steps,
    staff_steps,
    strictness_of,
    threshold_steps,
    with_own,
)
from simulator.evidence.explore.surface import Review, review_of, surface_of
from simulator.evidence.explore.thinning import People
from simulator.evidence.run.found import RunFound, summarise
from simulator.evidence.run.study import run_study
from simulator.experiment.store import scenario_file
from simulator.response.sessions import sessions_of
from simulator.scenario.errors import Problem, ScenarioError
from simulator.scenario.models import Scenario
from simulator.street.candidates import Envelope

# Campaigns that the page simulates for each error rate, and fewer where their people would not fit into it.
CAMPAIGNS, FEWEST, MOST_TEXT = 100, 3, 1_300_000
# Further steps of sliders: minutes that somebody is held at most, how far the operator's criterion moves, faces a passer-by.
HOLDS = (0.0, 5.0, 10.0, 15.0, 20.0, 30.0, 45.0, 60.0, 90.0)
STRICTNESS = tuple(step / 4 for step in range(-4, 5))
FACES = (1.0, 3.0, 7.0)
# Averages that the page moves from those of the run.
SHOWN = (
    "alerts", "false_alerts", "true_alerts", "stops", "wrongful_stops", "no_action_right_person", "no_action_stale_record",
    "complied_stops", "arrests", "outcome_other_disposal", "listed_people", "listed_stopped", "listed_missed", "faces",
    "passages",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Source:
    """One source of error rates: its *preset*, the run at the scenario's own setting, and all that the page simulates with it."""

    preset: str | None
    found: RunFound
    bank: tuple[tuple[list[dict[str, object]], str], ...]
    campaigns: int
    model: dict[str, Any]
    law: dict[str, Any]
    review: Review
    surface: dict[str, Any]
    scenario: dict[str, Any]
    recorded: Recorded
    strictness: tuple[dict[str, Any], ...]


@dataclass(frozen=True, kw_only=True)
class Explorer:
    """An explorer of a scenario: its steps, its *sources* of error rates (the scenario's own first), and what it leaves out."""

    header: CellHeader
    thresholds: tuple[float, ...]
    sizes: tuple[float, ...]
    sources: tuple[Source, ...]
    staff: dict[str, int]
    street: StreetControls
    hold_limit_min: float
    van_limit_min: float
    faces_per_passage: float
    left_out: tuple[str, ...]

    def to_data(self) -> dict[str, Any]:
        """The data by the names that the page's scripts have for them."""
        return {
            "title": self.header.title,
            "name": self.header.name,
            "unit": self.header.unit,
            "deployments": self.header.deployments,
            "camera_hours": self.header.camera_hours,
            "own": {
                "threshold": self.header.threshold,
                "size": self.header.list_size,
                "preset": self.sources[0].preset,
                "hold_limit_min": self.hold_limit_min,
                "van_limit_min": self.van_limit_min,
                "faces_per_passage": self.faces_per_passage,
                "strictness": 0.0,
                **self.staff,
                **self.street.own,
            },
            "steps": {
                "threshold": self.thresholds,
                "size": self.sizes,
                **{kind: staff_steps(number) for kind, number in self.staff.items()},
                "hold_limit_min": with_own(HOLDS, self.hold_limit_min),
                "strictness": STRICTNESS,
                **self.street.steps,
                "faces_per_passage": with_own(FACES, self.faces_per_passage),
            },
            "ends": [asdict(end) for end in ENDS_OF_ALERTS],
            "left_out": self.left_out,
            "sources": [_source(source) for source in self.sources],
        }


def _source(source: Source) -> dict[str, Any]:
    found = source.found
    return {
        "preset": source.preset,
        "campaigns": source.campaigns,
        "replications": found.run.replications,
        "seed": found.run.seed,
        "bank": [{"index": index, "text": text} for index, text in source.bank],
        "model": source.model,
        "law": source.law,
        "review": asdict(source.review),
        "surface": source.surface,
        "run": {name: _measure(found, name) for name in SHOWN},
        "rates": {unit: _rate(found, unit) for unit in ("face", "alert")},
        "chance": _chance(found),
        "recorded": asdict(source.recorded),
        "strictness": source.strictness,
        "scenario": source.scenario,
    }


def _measure(found: RunFound, name: str) -> dict[str, Any]:
    """The average of a measure, where it may lie, and 9 in 10 campaigns: of the pass with inputs drawn, as the run shows it."""
    m = found.measures[name]
    part = m.with_ignorance if found.varied else m
    return {
        "mean": part.mean or (part.closed_form or 0.0),
        "average_95": m.with_ignorance.average_95,
        "campaign_90": part.campaign_90,
    }


def _chance(found: RunFound) -> float | None:
    """By what share of itself the average of wrongful stops may be off by chance of the simulation alone (95 %)."""
    measure = found.measures["wrongful_stops"]
    part = measure.with_ignorance if found.varied else measure
    return (part.mean_95[1] - part.mean_95[0]) / 2 / part.mean if part.mean_95 and part.mean else None


def _rate(found: RunFound, unit: str) -> dict[str, Any]:
    """Wrongful stops per *unit* as the first screen of the run has them; None where nothing can be said."""
    rate = found.rates["wrongful_stops"][unit]
    drawn = rate.with_ignorance if found.varied else None
    return {
        "rate": drawn.rate if drawn else rate.rate,
        "average_95": drawn.average_95 if drawn else None,
    }


def explorer_of(
    scenario: Scenario, replications: int = 1000, seed: int = 1, told: Callable[[int], None] | None = None
) -> Explorer:
    """The explorer of *scenario*; raises ScenarioError for one that a page cannot simulate, with the reason."""
    check(scenario)
    scenarios = list(filter(None, (scenario, with_other_preset(scenario))))
    thresholds = threshold_steps(scenario.recogniser.threshold.value)
    sizes = size_steps(scenario.watchlist.size.value)
    header = street = None
    sources = []
    for one in scenarios:
        study = run_study(one, replications, seed, told)
        found = summarise(study)
        header = header or found.scenario
        street = street or street_controls(scenario, header.unit == "year")
        sources.append(_sourced(one, found, street, thresholds, sizes, seed))
    assert header is not None
    assert street is not None
    return Explorer(
        header=header,
        thresholds=thresholds,
        sizes=sizes,
        sources=tuple(sources),
        staff={kind: int(getattr(scenario.officers, kind).value) for kind in STAFF},
        street=street,
        hold_limit_min=scenario.procedure.hold_limit_min.value,
        van_limit_min=scenario.procedure.van_limit_min.value,
        faces_per_passage=scenario.street.faces_per_passage.value,
        left_out=(*_left_out(scenario), *filter(None, street.fixed.values())),
    )


def runs_of(scenario: Scenario) -> int:
    """How many runs the explorer of *scenario* takes: one for each source of error rates."""
    return 1 if with_other_preset(scenario) is None else 2


def check(scenario: Scenario) -> None:
    """Raise ScenarioError for a scenario whose deployments do not share one threshold, list, staff and clock."""
    days = scenario.campaign.days
    own = [key for key in ("threshold", "watchlist_size", *STAFF) if any(getattr(day, key) is not None for day in days)]
    if own:
        rule = f"have their own {', '.join(own)}, which one slider cannot move; explore a scenario without"
        raise ScenarioError(Problem(scenario.name, "campaign.deployments", rule))
    none = [kind for kind in ("operators", "teams") if not getattr(scenario.officers, kind).value]
    if none:
        rule = f"are 0, and the page moves numbers from those of a run in which somebody is stopped; set officers.{none[0]}"
        raise ScenarioError(Problem(scenario.name, f"officers.{none[0]}", rule))
    if not scenario.street.passages_per_hour.value:
        rule = "is 0, so that nobody comes past and there is nothing to move; set street.passages_per_hour"
        raise ScenarioError(Problem(scenario.name, "street.passages_per_hour", rule))
    if uncovered(scenario):
        named = ", ".join(sorted(uncovered(scenario)))
        rule = f"has no closed form with {named}, by which the page moves rare averages; explore a scenario without"
        raise ScenarioError(Problem(scenario.name, "", rule))
    if len(set(sessions_of(scenario.campaign)[0].tolist())) < len(days):
        rule = (
            "overlap in time, which the page does not simulate; explore a scenario of deployments one after the other"
        )
        raise ScenarioError(Problem(scenario.name, "campaign.deployments", rule))


def _sourced(
    scenario: Scenario,
    found: RunFound,
    street: StreetControls,
    thresholds: tuple[float, ...],
    sizes: tuple[float, ...],
    seed: int,
) -> Source:
    envelope, most = Envelope(thresholds[0], sizes[-1]), street.most(scenario, sizes)
    few = min(CAMPAIGNS, 2 * FEWEST)
    a_campaign = sum(len(text) for _, text in _texts(drawn_bank(scenario, envelope, few, seed, most))) / few
    campaigns = min(CAMPAIGNS, max(FEWEST, int(0.95 * MOST_TEXT / a_campaign)))
    blocks = drawn_bank(scenario, envelope, campaigns, seed, most)
    bank = tuple(_texts(blocks))
    curve_thresholds = tuple(sorted({*CURVE_THRESHOLDS, *thresholds}))
    curve_sizes = tuple(sorted({*CURVE_SIZES, scenario.watchlist.size.value}))
    return Source(
        preset=scenario.recogniser.preset,
        found=found,
        bank=bank,
        campaigns=campaigns,
        model=model_of(scenario, blocks[0].drawn),
        law=law_of(scenario, street, thresholds, sizes),
        review=review_of(scenario),
        surface=asdict(surface_of(scenario, curve_thresholds, curve_sizes, STRICTNESS)),
        scenario=scenario_file(scenario),
        recorded=recorded_of(scenario, found),
        strictness=strictness_of(scenario, STRICTNESS),
    )


def _texts(blocks: tuple[People, ...]) -> Iterator[tuple[list[dict[str, object]], str]]:
    return (encoded(columns_of(people)) for people in blocks)


def _left_out(scenario: Scenario) -> Iterator[str]:
    """Which controls a page of this scenario does not have, and why."""
    if scenario.recogniser.preset not in OTHER:
        yield "error rates of another source: the scenario has its own, and no preset"
    if scenario.street.groups:
        yield "groups: what is shown is of everybody together"
    if len(scenario.campaign.places) > 1:
        yield "places: what is shown is of all places together"


__all__ = ["SHOWN", "Explorer", "Source", "check", "explorer_of", "runs_of"]
