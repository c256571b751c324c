"""Closed forms against simulated means: equal where declared equal, never below them where declared a bound.

Small crowded campaigns with every option on (reference/random_scenarios.py), each with a force of its own: queues, a second
look, bystanders, shifts, limits. Limits follow from the number of comparisons: ALPHA is shared out equally among them.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from functools import cache

import numpy as np
import pytest
from reference.corner_scenarios import Changes, altered, corner_cases, with_days
from reference.random_scenarios import case
from scipy import integrate, special, stats
from theory.campaigns import campaign

from simulator import closed_forms, load_scenario, median_inputs, run_study
from simulator.evidence.about.question import QuestionError
from simulator.evidence.choose.asked import choose
from simulator.evidence.counted import covered
from simulator.evidence.counted.closed_forms import HANDLING, LEAVES_OUT, bounds_above, relation
from simulator.evidence.counted.measures import measure
from simulator.evidence.sensitivity.analysis import Question, analyse
from simulator.evidence.sensitivity.asked import question_of, sensitivity
from simulator.evidence.sensitivity.plan import plan_for
from simulator.experiment.campaigns import campaigns_of
from simulator.experiment.replications import cell_of
from simulator.report.sensitivity.sentences import notes
from simulator.response.engines import engine_named
from simulator.scenario.force import Officers, Procedure, Review, SecondLook
from simulator.scenario.inputs import quantities
from simulator.scenario.models import Group, Scenario, Street
from simulator.scenario.quantity import Share
from simulator.scenario.table import RecogniserTable
from simulator.street.expectations import expected

Array = np.ndarray
REPLICATIONS, RANDOM_CASES = 800, 18
# A false alarm of the whole file under one seed in 1,000, if every comparison were of equal means.
ALPHA, COMPARISONS = 1e-3, 44 * 2 * (len(LEAVES_OUT) + 1)
SIGMAS = float(stats.norm.isf(ALPHA / COMPARISONS / 2))
WITHOUT_POOL = (3, 8, 13, 18)
NOBODY_TWICE: Changes = {"street.return_same_day": 0.0, "street.share_passing_both": 0.0}
# Half of the strangers alert, and their scores reach as high as those of listed people.
STEEP: dict[str, float] = {
    "recogniser__fmr_at_anchor": 7e-5, "recogniser__slope_per_unit": 15.0, "recogniser__fmr_day_dispersion_k": 2.0
}  # fmt: skip
NOTHING_LEFT_OUT = (*(f"nothing left out {i}" for i in range(4)), "staff of their own")
CORNERS = ("half of the street listed", "five people", "two exceedances on every face", "everything persists for good")
DAYS = (
    "deployments with thresholds and lists of their own",
    "deployments with a footfall of their own, without a pool",
    "two places, half of the listed people come to both",
)


def with_a_force(scenario: Scenario, number: int) -> Scenario:
    """*scenario* with few officers, times, a second look, a criterion that follows the PPV, bystanders and shifts."""
    rng = np.random.default_rng([20_261_128, number])
    staff = dict(zip(("operators", "teams", "checkers", "vans"), map(int, rng.integers(1, 4, 4)), strict=True))
    shifts = ({"after_min": 30.0, "teams": int(rng.integers(1, 4)), "checkers": 2},)
    minutes = {
        name: {"median_min": float(rng.uniform(0.1, most)), "law": str(rng.choice(["log-normal", "exponential"]))}
        for name, most in {
            "reach": 12,
            "review": 0.5,
            "search": 4,
            "check": 10,
            "check_wrong_person": 10,
            "custody": 40,
        }.items()
    }
    procedure = {
        **minutes,
        "look": {"accept_true": 0.97, "accept_false": 0.7, "criterion_follows_ppv": 0.4, "ppv_reference": 0.6},
        "second_look": {"accept_true": 0.9, "accept_false": 0.5, "correlation": 0.6},
        "not_found": 0.1,
        "bystander": float(rng.uniform(0.05, 0.3)),
        "remembered": 0.5,
        "check_error": 0.3,
        "other_offence_arrest": 0.3,
        "disposals": {"wanted_arrest": 0.7, "conditions_arrest": 0.3, "stale_arrest": 0.3},
        "hold_limit_min": float(rng.uniform(2, 20)),
        "van_limit_min": 10.0,
    }
    force = {
        "officers": Officers.model_validate(staff | {"shifts": shifts}),
        "procedure": Procedure.model_validate(procedure),
    }
    return scenario.model_copy(update=force)


def nobody_lost(number: int) -> Scenario:
    """A case in which nobody comes twice, waits or walks away: nothing is left out, so all forms are equal."""
    scenario = altered(case(number).scenario, NOBODY_TWICE | {"procedure.bystander": 0.2})
    rest = {
        "second_look": SecondLook.model_validate({"accept_true": 0.9, "accept_false": 0.4, "correlation": 0.6}),
        "look": Review.model_validate({"d_prime": 1.5, "criterion": -0.8, "criterion_follows_ppv": 0.4}),
    }
    return scenario.model_copy(update={"procedure": scenario.procedure.model_copy(update=rest)})


def with_own_staff(scenario: Scenario) -> Scenario:
    """Nobody is there but on the first deployment, which says so; nothing is lost there."""
    return with_days(altered(scenario, {"officers.operators": 0.0}), ({"operators": 99}, {"threshold": 0.6}))


def with_a_table(threshold: float) -> Scenario:
    """A street whose recogniser is a table, with groups that move its scores: some reach its last threshold, 0.63."""
    table = RecogniserTable(thresholds=(0.55, 0.6, 0.63), fmr=(4e-3, 2e-3, 1e-3), tpir=(0.9, 0.7, 0.5))
    shares = (("a", 0.6, 0.04), ("b", 0.4, -0.02))
    return campaign(
        recogniser={"table": "t.csv", "read_table": table, "threshold": threshold, "fmr_day_dispersion_k": 3.0},
        street__passages_per_hour=30.0,
        street__pool_people=200.0,
        street__return_same_day=0.3,
        street__groups=tuple(
            {"name": name, "street_share": share, "list_share": 1 - share, "score_shift": shift}
            for name, share, shift in shares
        ),
        watchlist={"size": 100.0, "listed_per_1000_passages": 300.0},
    )


@cache
def cases() -> dict[str, Scenario]:
    """By name: random cases, corners, tables near their end, and cases in which nobody comes twice or can be stopped."""
    found = {f"random {i}": with_a_force(case(i).scenario, i) for i in range(RANDOM_CASES)}
    corners = corner_cases()
    found |= {name: with_a_force(corners[name].scenario, 100 + i) for i, name in enumerate(CORNERS)}
    for i in range(4):
        found[f"nothing left out {i}"] = nobody_lost(WITHOUT_POOL[i])
        once = altered(case(WITHOUT_POOL[i]).scenario, NOBODY_TWICE)
        found[f"nobody twice {i}"] = with_a_force(once, 200 + i)
        found[f"table {i}"] = with_a_force(with_a_table(0.60 + 0.01 * i), 300 + i)
    found["own scores beaten"] = campaign(
        **STEEP, street__passages_per_hour=6.0, watchlist__listed_per_1000_passages=500.0
    )
    nobody = altered(with_a_force(case(0).scenario, 400), {"officers.teams": 0.0})
    found["no team"] = nobody.model_copy(update={"officers": nobody.officers.model_copy(update={"shifts": ()})})
    found |= {name: with_a_force(corners[name].scenario, 500 + i) for i, name in enumerate(DAYS)}
    found["staff of their own"] = with_own_staff(nobody_lost(WITHOUT_POOL[0]))
    return found


@cache
def simulated(name: str) -> tuple[dict[str, Array], dict[str, float]]:
    """Measures of REPLICATIONS campaigns of a case, alerts before depletion among them, and its closed forms."""
    scenario = cases()[name]
    cell, parts = cell_of(scenario), []
    seed = 1000 + list(cases()).index(name)
    for block in campaigns_of(scenario, seed, engine=engine_named("kernel"), crowding_out=False).blocks(
        REPLICATIONS, False
    ):
        counts = measure(scenario, block)
        for truth, mask in (("true", ~block.alerts.is_false), ("false", block.alerts.is_false)):
            of = np.bincount(block.alerts.replication[mask], minlength=block.number)
            counts[f"{truth}_before_depletion"] = of[: block.number]
        parts.append(counts)
    means = {key: np.concatenate([part[key] for part in parts]) for key in parts[0]}
    means["true_stops"] = means["stops"] - means["wrongful_stops"] - means["bystander_stops"]
    forms = closed_forms(scenario, median_inputs(scenario, 1), cell.threshold, cell.size)
    return means, {key: float(value[0]) for key, value in forms.items()}


def sigmas_above(values: Array, form: float) -> float:
    """By how many standard errors the mean of *values* exceeds *form*."""
    error = values.std(ddof=1) / np.sqrt(len(values))
    above = float(values.mean() - form)
    return above / error if error > 0 else 0.0 if above == 0 else math.copysign(math.inf, above)


def faults(name: str, forms: dict[str, float]) -> dict[str, float]:
    """The forms of a case that are not what they are declared to be, and by how many standard errors."""
    means, scenario = simulated(name)[0], cases()[name]
    equal = {key: key for key in forms if relation(scenario, key) == "equal" or name in NOTHING_LEFT_OUT}
    equal |= {f"{truth}_before_depletion": f"{truth}_alerts" for truth in ("true", "false")}
    above = {key: sigmas_above(means[key], forms[form]) for key, form in equal.items()}
    found = {key: z for key, z in above.items() if abs(z) > SIGMAS}
    above = {key: sigmas_above(means[key], forms[key]) for key in forms if bounds_above(scenario, key)}
    return found | {key: z for key, z in above.items() if z > SIGMAS}


@pytest.mark.parametrize("name", cases())
def test_forms_are_what_they_are_declared_to_be(name: str) -> None:
    forms = simulated(name)[1]
    assert forms.keys() == LEAVES_OUT.keys()
    assert not faults(name, forms)


def without_bystanders(name: str) -> dict[str, float]:
    """The form of wrongful arrests as it once was."""
    forms, procedure = simulated(name)[1], cases()[name].procedure
    return forms | {"wrongful_arrests": forms["wrongful_stops"] * procedure.check_error.value}


def own_score_never_beaten(name: str) -> dict[str, float]:
    """Every listed person who reaches the threshold is a true alert."""
    scenario, forms = cases()[name], simulated(name)[1]
    cell, both = cell_of(scenario), (scenario, without_strangers(scenario))
    e, rarer = (expected(one, median_inputs(one, 1), cell.threshold, cell.size) for one in both)
    return forms | {
        "true_alerts": float(rarer.true_alerts[0]),
        "false_alerts": float((e.alerts - rarer.true_alerts)[0]),
    }


def without_strangers(scenario: Scenario) -> Scenario:
    return altered(scenario, {"recogniser.fmr_at_anchor*": 1e-9, "recogniser.kin_per_100k_passages": 0.0})


@pytest.mark.parametrize(
    ("mistake", "names", "measures"),
    [
        (without_bystanders, [f"nothing left out {i}" for i in range(4)], {"wrongful_arrests"}),
        (
            own_score_never_beaten,
            ["own scores beaten"],
            {"true_alerts", "false_alerts", "true_before_depletion", "false_before_depletion"},
        ),
    ],
)
def test_a_form_that_leaves_out_what_raises_a_count_is_found(
    mistake: Callable[[str], dict[str, float]], names: Sequence[str], measures: set[str]
) -> None:
    """Negative control: where little else is left out both fail, and nothing beside them does."""
    for name in names:
        assert faults(name, mistake(name)).keys() == measures


def test_cases_show_both_relations() -> None:
    shown = {relation(scenario, key) for scenario in cases().values() for key in ("alerts", "wrongful_arrests")}
    assert shown == {"equal", "bound"}
    assert len(cases()) <= COMPARISONS / 2 / (len(LEAVES_OUT) + 1)


class TestCoverage:
    def test_every_field_of_a_scenario_is_declared(self) -> None:
        assert covered.undeclared() == ()
        assert set(covered.fields_of()) >= covered.COUNTED | covered.LEFT_OUT | covered.NO_PART
        for one, other in ((covered.COUNTED, covered.LEFT_OUT), (covered.NO_PART, covered.COUNTED | covered.LEFT_OUT)):
            assert not one & other

    def test_every_quantity_of_a_full_scenario_is_a_known_field(self) -> None:
        """The list of fields misses none: keys of quantities, without the numbers in lists, are in it."""
        known = set(covered.fields_of())
        for scenario in cases().values():
            assert {".".join(p for p in key.split(".") if not p.isdigit()) for key, _ in quantities(scenario)} <= known

    def test_a_new_quantity_is_undeclared(self) -> None:
        """Negative control: what nobody has declared is found, in a section and in the parts of a list."""

        class WiderGroup(Group):
            gait: Share = Share(value=0.0)

        class WiderStreet(Street):
            umbrellas: Share | None = None
            crowds: tuple[WiderGroup, ...] = ()

        assert set(covered.fields_of(WiderStreet)) - set(covered.fields_of(Street)) == {
            "umbrellas",
            *(f"crowds.{name}" for name in WiderGroup.model_fields),
        }

    @pytest.mark.parametrize("missing", ["procedure.bystander", "street.groups.score_shift"])
    def test_a_scenario_that_uses_what_is_not_covered_has_no_form(
        self, missing: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Of what follows it: a field of the procedure leaves the forms of who alerts as they are."""
        used, other = cases()["random 0"], load_scenario("croydon-static")
        monkeypatch.setattr(covered, "COUNTED", covered.COUNTED - {missing})
        alerts = {name for name, left_out in LEAVES_OUT.items() if left_out != HANDLING}
        there = alerts if missing.startswith("procedure") else set()

        for scenario, forms in ((used, there), (other, LEAVES_OUT.keys())):
            cell = cell_of(scenario)
            assert closed_forms(scenario, median_inputs(scenario, 1), cell.threshold, cell.size).keys() == forms
            assert {name for name in LEAVES_OUT if relation(scenario, name) or name == "faces"} == forms | {"faces"}
        assert set(run_study(used, 2).expected) == there

    def test_sensitivity_then_simulates_and_says_why(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(covered, "COUNTED", covered.COUNTED - {"procedure.bystander"})
        with_bystanders = ["procedure.bystander=0.01"]
        plan = question_of("croydon-static", "wrongful_arrests", with_bystanders).plan
        said = "The closed form of wrongful_arrests does not cover procedure.bystander, which this scenario uses."

        assert (plan.simulated, plan.why_simulated) == (True, said)
        assert question_of("croydon-static", "stops").plan.why_simulated == "stops has no closed form."
        assert not question_of("croydon-static", "wrongful_arrests").plan.simulated
        assert question_of("croydon-static", "wrongful_arrests", simulate=True).plan.why_simulated is None
        with pytest.raises(QuestionError, match=r"do not cover procedure\.bystander"):
            question_of("croydon-static", overrides=with_bystanders, decide="recogniser.threshold=0.6,0.64", exchange=9)

    def test_faces_that_are_rounded_are_bounded_by_nothing(self) -> None:
        """0.2 faces for each of 2 passages on average: rounded they are 0 or 1, and never 0.4 on average."""
        scenario = campaign(street__passages_per_hour=0.2, street__faces_per_passage=0.4)
        faces = run_study(scenario, 400).passes["chance"]["faces"]
        form = float(closed_forms(scenario, median_inputs(scenario, 1), 0.64, 10_000)["faces"][0])

        assert relation(scenario, "faces") is None
        assert sigmas_above(faces, form) > -SIGMAS
        assert abs(faces.mean() - form) < 0.5
        assert relation(campaign(street__faces_per_passage=3.0), "faces") == "equal"


class TestBystanders:
    """A hundredth of the searches of croydon-static end on somebody else; simulated, 0.09 wrongful arrests a campaign."""

    BYSTANDERS = "procedure.bystander=0.01"

    def test_where_nobody_comes_twice_the_form_is_the_mean(self) -> None:
        once = ["street.pool_people=null", "street.return_same_day=0", "street.share_passing_both=0"]
        scenario = load_scenario("croydon-static", [self.BYSTANDERS, *once, "procedure.check_error=0.5"])
        study = run_study(scenario, 1500)
        for name in ("bystander_stops", "wrongful_arrests"):
            assert abs(sigmas_above(study.passes["chance"][name], study.expected[name])) < 5

    def test_with_people_in_custody_it_bounds_the_mean(self) -> None:
        """The form of old, 0.019, lies far below what is simulated."""
        study = run_study(load_scenario("croydon-static", [self.BYSTANDERS]), 2000)
        arrests, form = study.passes["chance"]["wrongful_arrests"], study.expected["wrongful_arrests"]

        assert sigmas_above(arrests, form) < 0
        assert form < 1.5 * arrests.mean()
        assert sigmas_above(arrests, 0.019) > 5

    def test_sensitivity_ranks_them(self) -> None:
        interval = "procedure.bystander={value: 0.01, low: 0.002, high: 0.05}"
        found = sensitivity("croydon-static", measure="wrongful_arrests", overrides=[interval], points=2048)
        bystander = next(item for item in found.inputs if item.key == "procedure.bystander")

        assert bystander.total > 0.25
        assert bystander.one_at_a_time is not None
        assert bystander.one_at_a_time.at_low < bystander.one_at_a_time.at_high
        assert found.inputs.index(bystander) == 1

    def test_what_the_form_leaves_out_is_not_called_without_influence(self) -> None:
        found = sensitivity("croydon-static", points=64)
        assert {"officers.vans", "street.return_same_day", "procedure.search.median_min"} <= set(found.left_out)
        assert set(found.without_influence) == {"costs.officer_hour_gbp", "costs.station_hours_per_arrest"}
        assert any(note.startswith("Left out of this formula, so not judged here: ") for note in notes(found))

    def test_nor_is_it_where_nothing_else_is_uncertain(self) -> None:
        scenario = campaign(officers__teams={"value": 4, "low": 3, "high": 5})
        alone = analyse(Question(scenario, "wrongful_stops", plan_for(scenario, "wrongful_stops", 64)))
        assert alone.constant is not None
        assert "leaves out what officers.teams may do" in alone.constant

    def test_choose_does_not_cap_below_the_mean(self) -> None:
        """With a thousandth of the searches, 15,000 campaigns have 0.0235 on average; the form of old said 0.019."""
        found = choose(
            "croydon-static", "wrongful_arrests<=0.021", [0.64], overrides=["procedure.bystander=0.001"], seed=2
        )
        verdict = found.presets[0].thresholds[-1].limits[0]
        assert verdict.closed_form is not None
        assert verdict.closed_form > 0.0235
        assert verdict.bounds["on_average"] > 0.0235
        assert not verdict.meets["on_average"]


def test_a_beaten_score_with_days_that_differ_is_an_integral() -> None:
    """One listed person among strangers of whom half alert: own score above T, best other entry above it."""
    scenario = campaign(**STEEP, watchlist__listed_per_1000_passages=500.0)
    above, x, k = float(special.ndtri(0.8 / 0.95)) * 0.15, 0.7, 2.0

    def beaten(s: float) -> float:
        return float((1 - (1 + x * math.exp(-15 * s) / k) ** -k) * stats.norm.pdf(s, above, 0.15))

    share = 0.95 * integrate.quad(beaten, 0, above + 2, epsrel=1e-10, limit=400)[0]
    e = expected(scenario, median_inputs(scenario, 1), 0.64, 10_000)
    other = 1 - (1 + x / k) ** -k
    assert float(e.true_alerts[0]) == pytest.approx(50_000 * (0.8 - share), rel=1e-4)
    assert float(e.false_alerts[0]) == pytest.approx(50_000 * (other + share + 0.2 * other), rel=1e-4)
    assert share > 0.05
