"""The figures of a run: the same bytes again, legible whatever the numbers, and every number with its denominator."""

from __future__ import annotations

import dataclasses
import json
import subprocess
import sys
from itertools import combinations
from pathlib import Path
from types import ModuleType

import matplotlib.text
import numpy as np
import pytest
from matplotlib.figure import Figure

from simulator.evidence.numbers import number, one_in
from simulator.evidence.run.day import busy_steps, chosen_day, stage_times
from simulator.evidence.run.found import RunFound, summarise
from simulator.evidence.run.pictures import RunPictures, pictures_of
from simulator.evidence.run.shown_day import MOST_SHOWN, window
from simulator.evidence.run.study import CHANCE, IGNORANCE, Study, run_study
from simulator.evidence.run.thousand import categories, largest_remainder
from simulator.report.figures import FIGURES, distribution, draw_run, funnel, icons, timeline
from simulator.report.figures.style import styled
from simulator.scenario import load_scenario

ONE_HOUR = 'campaign={deployments: [{date: 2025-10-01, hours: 1, start: "23:30"}]}'
WHAT_IF = (
    "what_if=a single $hour$ with more cameras than anybody has proposed, to see what a long label does to the page"
)
NAMES = ("plain", "no_alert", "npl", "no_staff", "nobody", "long", "bystanders", "many")
OVERLAP_PX = 2.0


def studied(overrides: list[str], replications: int = 3) -> Study:
    return run_study(load_scenario("croydon-static", overrides), replications, 1)


def with_many_alerts(study: Study, alerts: int) -> Study:
    """A study whose kept log is one deployment with so many *alerts*, and whose counts are in proportion."""
    log = study.first_log
    rows = np.resize(np.arange(len(log)), alerts)
    log = log.take(rows)
    shift = np.random.default_rng(1).uniform(0, 3600, alerts)
    times = {
        field.name: getattr(log, field.name) + shift for field in dataclasses.fields(log) if field.name.endswith("_s")
    }
    one = dataclasses.replace(log, replication=log.replication * 0, alert=np.arange(alerts), **times)
    passes = {name: {key: values * 200.0 for key, values in study.passes[name].items()} for name in study.passes}
    tables = {name: table * 200.0 for name, table in study.truth_by_outcome.items()}
    return dataclasses.replace(study, first_log=one, passes=passes, truth_by_outcome=tables)


@pytest.fixture(scope="module")
def studies() -> dict[str, Study]:
    shifts = "[{after_min: 20, checkers: 1, teams: 1, operators: 1, vans: 1}, {after_min: 40, checkers: 6}]"
    npl = studied([ONE_HOUR, "recogniser={preset: npl, threshold: 0.57}"])
    return {
        "plain": studied([], 20),
        "no_alert": studied(
            ["recogniser.threshold=0.9", "watchlist={size: 1, reference_size: 16500, listed_per_1000_passages: 1}"]
        ),
        "npl": npl,
        "no_staff": studied([ONE_HOUR, "officers={operators: 0, teams: 0, checkers: 0, vans: 0}"]),
        "nobody": studied([ONE_HOUR, "street.passages_per_hour=0"]),
        "long": studied([ONE_HOUR, WHAT_IF, f"title={'A very long title, <b>&日本 $x_1$, ' * 20}"]),
        "bystanders": studied(
            [
                ONE_HOUR.replace("hours: 1", "hours: 4"),
                "procedure.bystander=0.1",
                "procedure.other_offence_arrest=0.2",
                "procedure.second_look={accept_true: 0.9, accept_false: 0.5, correlation: 0.4}",
            ]
        ),
        "breaks": studied([ONE_HOUR, "recogniser={preset: npl, threshold: 0.57}", f"officers.shifts={shifts}"]),
        "many": with_many_alerts(npl, 50_000),
    }


def figure_of(module: ModuleType, study: Study) -> Figure:
    figure: Figure = module.draw(summarise(study), pictures_of(study))
    return figure


def drawn_texts(figure: Figure) -> list[matplotlib.text.Text]:
    """Every text that is really drawn (tick labels of hidden axes are not)."""
    drawn: list[matplotlib.text.Text] = []
    draw = matplotlib.text.Text.draw

    def recorded(self: matplotlib.text.Text, renderer: object) -> None:
        if self.get_visible() and self.get_text().strip():
            drawn.append(self)
        draw(self, renderer)

    with styled(), pytest.MonkeyPatch.context() as patch:
        patch.setattr(matplotlib.text.Text, "draw", recorded)
        figure.draw_without_rendering()
    return drawn


def words(figure: Figure) -> str:
    return " ".join(" ".join(text.get_text().split()) for text in drawn_texts(figure))


@pytest.fixture(
    scope="module", params=[(name, figure) for name in NAMES for figure in FIGURES], ids=lambda p: f"{p[0]}-{p[1].NAME}"
)
def drawn(
    request: pytest.FixtureRequest, studies: dict[str, Study]
) -> tuple[Study, Figure, list[matplotlib.text.Text]]:
    """Every figure of every study: the study, the figure and its texts."""
    name, module = request.param
    figure = figure_of(module, studies[name])
    return studies[name], figure, drawn_texts(figure)


def kept(study: Study) -> tuple[RunFound, RunPictures]:
    """What a folder holds of *study*, read back: all that its figures are drawn from."""
    found, pictures = summarise(study), pictures_of(study)
    again = RunFound.from_data(json.loads(found.to_json())), RunPictures.from_data(json.loads(pictures.to_json()))
    assert again == (found, pictures)
    return again


@pytest.fixture(scope="module")
def plain_files(studies: dict[str, Study], tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    return draw_run(*kept(studies["plain"]), tmp_path_factory.mktemp("plain"))


def test_the_same_data_give_the_same_bytes(studies: dict[str, Study], plain_files: list[Path], tmp_path: Path) -> None:
    """Nothing of the moment or of earlier drawings enters a file, nor the fonts and colours of a user's matplotlibrc."""
    settings = {"font.size": 30, "axes.grid": True, "svg.hashsalt": None, "savefig.bbox": "tight"}
    with matplotlib.rc_context(settings):
        again = draw_run(*kept(studies["plain"]), tmp_path)

    assert [path.name for path in again] == [f"{figure.NAME}.{kind}" for figure in FIGURES for kind in ("svg", "png")]
    assert [path.read_bytes() for path in again] == [path.read_bytes() for path in plain_files]


def test_no_text_overlaps_another_or_leaves_the_page(drawn: tuple[Study, Figure, list[matplotlib.text.Text]]) -> None:
    """Every figure can be read with no alert, with 50,000, without staff and with a page-long title."""
    _, figure, texts = drawn
    with styled():
        boxes = [(text.get_text(), text.get_window_extent()) for text in texts]
    width, height = figure.bbox.width, figure.bbox.height

    assert width == pytest.approx(1200)
    for text, box in boxes:
        inside = box.x0 >= 0 and box.y0 >= 0 and box.x1 <= width and box.y1 <= height
        assert inside, f"{text!r} leaves the page"
    for (text, box), (other, its) in combinations(boxes, 2):
        wide = min(box.x1, its.x1) - max(box.x0, its.x0)
        high = min(box.y1, its.y1) - max(box.y0, its.y0)
        assert min(wide, high) < OVERLAP_PX, f"{text!r} overlaps {other!r}"


def test_every_figure_says_what_it_shows(drawn: tuple[Study, Figure, list[matplotlib.text.Text]]) -> None:
    """Simulated, of which scenario, at which threshold and list, how often, from which seed; and no percentages."""
    study, _, texts = drawn
    said = " ".join(" ".join(text.get_text().split()) for text in texts)

    assert "Simulated, not observed." in said
    assert " ".join(study.scenario.title.split()) in said
    assert f"Threshold {study.cell.threshold:g}, watchlist of {study.cell.size:,.0f}" in said
    assert f"{study.replications} simulated campaigns" in said
    assert "seed 1" in said
    assert "it says nothing about lawfulness" in said
    assert ("WHAT IF: a single $hour$" in said) == (study.scenario.what_if is not None)
    assert "%" not in said
    assert "nan" not in said.lower().split()


def test_funnel_names_its_denominators(studies: dict[str, Study]) -> None:
    """Each number of the funnel stands beside what it is out of."""
    said = words(figure_of(funnel, studies["npl"]))
    wrongful, stops, faces = (studies["npl"].passes[CHANCE][key].sum() for key in ("wrongful_stops", "stops", "faces"))

    assert "of faces counted" in said
    assert "of the stage before" in said
    assert f"{one_in(wrongful / stops)} stops" in said
    assert f"1 in {faces / wrongful:.0f} faces" in said
    assert "false alerts" in said


def test_funnel_stages_add_up(studies: dict[str, Study]) -> None:
    """Right, wrong and bystander stops are all stops; so with alerts and arrests."""
    for study in studies.values():
        sums: dict[str, float] = {}
        for row in funnel.rows_of(summarise(study), pictures_of(study)):
            part_of_another = row.words == funnel.STALE
            sums[row.stage] = sums.get(row.stage, 0.0) + (0 if part_of_another else row.mean)

        for stage in ("faces", "alerts", "stops", "arrests"):
            assert sums[stage.capitalize()] == pytest.approx(study.passes[CHANCE][stage].mean())


def test_zero_is_never_all_that_is_said(studies: dict[str, Study]) -> None:
    """Where nothing was simulated, its closed form is printed, or why it cannot happen."""
    rare = words(figure_of(funnel, studies["no_alert"]))
    empty = words(figure_of(distribution, studies["no_staff"]))

    assert "closed form: 1 in" in rare
    assert "before depletion, repeats, queues and walking away" in rare
    assert "none, because no operator is on duty" in empty
    assert "closed form" not in empty


def test_a_thousand_icons(studies: dict[str, Study]) -> None:
    """The squares sum to 1,000, each category is within one square of its share, and every alert is in one."""
    for name, study in studies.items():
        found = categories(study)
        total = sum(item.total for item in found)

        assert total == pytest.approx(study.passes[CHANCE]["alerts"].sum())
        assert sum(item.icons for item in found) == (0 if name in ("no_alert", "nobody") else 1000)
        assert all(abs(item.icons - 1000 * item.total / (total or 1)) < 1 for item in found)
        assert all(item.total >= 0 for item in found)


def test_largest_remainder() -> None:
    """What is left after rounding down goes to the largest remainders, of equals to the first."""
    assert largest_remainder(np.array([1.0, 1.0, 1.0]), 10).tolist() == [4, 3, 3]
    assert largest_remainder(np.array([0.0, 0.0006, 0.9994]), 1000).tolist() == [0, 1, 999]
    assert largest_remainder(np.zeros(3), 10).tolist() == [0, 0, 0]


def test_a_rare_end_does_not_vanish(studies: dict[str, Study]) -> None:
    """A category without a square says how rare it is."""
    study = studies["plain"]
    rare = {"wrongful_stops": 1.0, "no_action_wrong_person": 1.0, "wrongful_arrests": 0.0}
    passes = {**study.passes[CHANCE], **{key: np.full(20, n / 20) for key, n in rare.items()}}
    alerts = study.passes[CHANCE]["alerts"].sum()
    said = words(figure_of(icons, dataclasses.replace(study, passes={**study.passes, CHANCE: passes})))

    assert alerts > 1000
    assert "wrong person stopped, let go (fewer than 1 in 1,000: about 1 in 4," in said
    assert "fewer than 1 (about 1 in 4," in said
    taken = number(study.expected["wrongful_arrests"])
    assert f"wrong person stopped and arrested (closed form: {taken} a campaign, 1 in " in said


def test_distribution_counts_every_campaign(studies: dict[str, Study]) -> None:
    """Every campaign is in one bar, however many stops the largest has."""
    rng = np.random.default_rng(1)
    for values in (np.zeros(50), rng.poisson(0.5, 400), rng.poisson(300, 400), rng.geometric(1e-4, 1000), [20], [21]):
        bins = distribution.bins_of(np.asarray(values, dtype=float))

        assert bins.counts(np.asarray(values, dtype=float)).sum() == len(values)
        assert bins.n <= distribution.MOST_BARS + 1


def test_distribution_states_both_passes(studies: dict[str, Study]) -> None:
    """Chance and ignorance stand apart, each with n and its own range: of all 3, which say nothing of 9 in 10."""
    study = studies["npl"]
    said = words(figure_of(distribution, study))

    for name in (CHANCE, IGNORANCE):
        low, high = study.passes[name]["wrongful_stops"].min(), study.passes[name]["wrongful_stops"].max()
        assert f"{low:.0f} to {high:.0f} in the 3 campaigns simulated" in said
    assert "9 of 10" not in said
    assert "simulated campaigns (of 3)" in said


def test_stages_fill_the_time_of_every_alert(studies: dict[str, Study]) -> None:
    """Nothing between an alert and its end is left uncoloured or coloured twice."""
    for study in studies.values():
        log = study.first_log
        spent = sum(np.nan_to_num(end - start) for _, start, end in stage_times(log)) if len(log) else 0.0

        np.testing.assert_allclose(spent, log.end_s - log.time_s, atol=1e-6)


@pytest.mark.parametrize("name", ["plain", "npl", "no_staff", "breaks", "bystanders"])
def test_nobody_begins_work_beyond_those_on_duty(studies: dict[str, Study], name: str) -> None:
    """More are busy than on duty only while work that began before a break is finished."""
    study = studies[name]
    finishing = 0
    for replication in range(study.replications):
        day = chosen_day(study, replication, 0)
        for kind, (times, busy) in busy_steps(day.log).items():
            changes, numbers = day.on_duty[kind]
            on_duty = numbers[np.searchsorted(changes, times, side="right") - 1]
            before = np.concatenate([[0.0], busy[:-1]])

            assert np.all((busy <= on_duty) | (busy < before))
            assert len(busy) == 0 or busy[-1] == 0
            finishing += int((busy > on_duty).sum())
    assert (finishing > 0) == (name == "breaks")


def test_the_day_shown(studies: dict[str, Study]) -> None:
    """A deployment with a wrongful stop if there is one, else the busiest; or the one asked for."""
    wrongful, busiest = chosen_day(studies["npl"]), chosen_day(studies["no_staff"])
    counts = np.bincount(studies["no_staff"].first_log.replication)

    assert wrongful.wrongful.any()
    assert len(busiest.log) == counts.max()
    assert chosen_day(studies["plain"], 3, 2).log.replication.tolist() in (
        [],
        [3] * len(chosen_day(studies["plain"], 3, 2).log),
    )
    with pytest.raises(ValueError, match="no deployment 14 in replication 0"):
        chosen_day(studies["plain"], 0, 14)


def test_the_window_of_a_crowded_day_holds_a_wrongful_stop(studies: dict[str, Study]) -> None:
    """Of 50,000 alerts as many are drawn as can be told apart, and the figure says which."""
    day = chosen_day(studies["many"])
    first, last = window(day)

    assert last - first == MOST_SHOWN
    assert day.wrongful[first:last].any()
    assert f"Alerts {first + 1:,} to {last:,} of 50,000 are shown." in words(figure_of(timeline, studies["many"]))


def test_matplotlib_is_loaded_only_to_draw() -> None:
    """Importing the figures does not load matplotlib, so that the command line starts at once."""
    code = "import sys, simulator.report.figures; sys.exit('matplotlib' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize("module", FIGURES, ids=lambda module: module.NAME)
def test_a_figure_of_a_real_event_says_where_it_is_not_as_recorded(module: ModuleType) -> None:
    """Cardiff 2017: 5 stops on record; one deployment of it is enough, with as many campaigns as a range takes."""
    study = run_study(
        load_scenario("cardiff-2017", ["street.passages_per_hour=425", "record.recorded_false=230"]), 20, 1
    )
    text = words(figure_of(module, study))

    assert "DOES NOT MATCH ITS RECORD: stopped on false alert: 5 recorded" in text
    assert "faces counted" not in text
    inside = study.scenario.model_copy(update={"record": None})
    assert "RECORD" not in words(figure_of(module, dataclasses.replace(study, scenario=inside)))


def test_without_a_count_of_faces_the_funnel_divides_by_alerts() -> None:
    scenario = load_scenario("cardiff-2017", ["street.passages_per_hour=425"])
    study = run_study(scenario, 3, 1)
    known = dataclasses.replace(study, scenario=scenario.model_copy(update={"no_rates_per": ()}))

    assert funnel.headline(summarise(study), pictures_of(study)).endswith("alerts)")
    assert "face" not in funnel.headline(summarise(study), pictures_of(study))
    assert funnel.headline(summarise(known), pictures_of(known)).endswith("faces)")


def test_where_nothing_is_uncertain_only_chance_is_drawn() -> None:
    study = run_study(load_scenario("school-street"), 20, 1)
    text = words(figure_of(distribution, study))

    assert "not known about the inputs" not in text
    assert "drawn" not in text
