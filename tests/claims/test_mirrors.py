"""One rule for both sides: an event and its contrary, a limit from above and from below, get verdicts that mirror each other."""

from __future__ import annotations

import random
from typing import Any

import pytest

from claims.claim_texts import evidence, judged
from simulator.evidence.claim.no_test import FEWEST

FALSE, RIGHT = "false_alerts", "true_alerts"
OTHER_SIDE = {"at_most": "at_least", "at_least": "at_most", "value": "value"}


def verdict(section: str, claimed: dict[str, Any], figures: dict[str, float]) -> tuple[str, str]:
    found = judged({section: claimed}, {"r": evidence("A", **figures)}).verdict
    return found.numbers, found.strength


def record(k: int, n: int) -> dict[str, float]:
    return {"faces": 100_000.0, "alerts": float(n), FALSE: float(k), RIGHT: float(n - k)}


@pytest.mark.parametrize("seed", range(40))
def test_a_share_and_its_contrary_get_one_verdict(seed: int) -> None:
    """Whatever is said of false alerts is said of right ones by the rest to 1: none of n false is all of n right."""
    draw = random.Random(seed)
    n = draw.choice([1, 2, 3, 5, 6, 7, 8, 20, 60])
    k = draw.choice([0, n, draw.randint(0, n)])
    share = draw.choice([0.001, 0.01, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.99, 0.999])
    for form, mirror in OTHER_SIDE.items():
        width = {"to_nearest": 0.002} if form == "value" else {}
        for speaks in ("record", "chance"):
            rest = {"per": "alerts", "speaks_of": speaks}
            one = verdict("rate", {"event": FALSE, "claimed": {form: share, **width}, **rest}, record(k, n))
            contrary = {"event": RIGHT, "claimed": {mirror: round(1 - share, 9), **width}, **rest}
            assert verdict("rate", contrary, record(k, n)) == one, (k, n, form, share, speaks)


@pytest.mark.parametrize("n", [1, 2, 6, 7, 30])
@pytest.mark.parametrize("out_of", [{}, {"alerts": None}, {"faces": None}])
def test_a_count_and_its_contrary_get_one_verdict(n: int, out_of: dict[str, None]) -> None:
    """None of two false and two of two false say as little; so do five and six of six."""
    for k in {0, n // 2, n}:
        for claimed in {0, n // 2, n}:
            units = {unit: record(k, n)[unit] for unit in out_of}
            one = verdict("count", {"event": FALSE, "claimed": claimed, "out_of": units}, record(k, n))
            contrary = {"event": RIGHT, "claimed": n - claimed, "out_of": units}
            assert verdict("count", contrary, record(k, n)) == one
            if n < FEWEST and k == claimed and (out_of or k in (0, n)):
                assert one == ("agree", "no_test")


@pytest.mark.parametrize("seed", range(20))
def test_a_limit_on_a_chance_is_shown_from_above_as_it_is_refuted_from_below(seed: int) -> None:
    """Where "at most" is shown "at least" is refuted, and the other way round; where one is open so is the other."""
    draw = random.Random(seed)
    n, limit = draw.choice([8, 20, 100, 300, 3_000]), draw.choice([0.002, 0.01, 0.1, 0.5])
    k = draw.choice([0, n, draw.randint(0, max(1, round(3 * limit * n)))])
    base = {"event": FALSE, "per": "alerts", "speaks_of": "chance"}
    above, below = (verdict("rate", base | {"claimed": {end: limit}}, record(k, n)) for end in ("at_most", "at_least"))

    for one, other in ((above, below), (below, above)):
        assert (one == ("agree", "shown")) == (other == ("differ", "shown"))
        assert (one[1] in ("no_test", "not_shown")) == (other[1] in ("no_test", "not_shown"))
    if "no_test" in (above[1], below[1]):
        assert above[1] == below[1]


@pytest.mark.parametrize("event", ["false_alerts", "arrests", "true_alerts", "no_action"])
@pytest.mark.parametrize("unit", [{"faces": 400_000}, {"camera_hours": 400}, {"deployments": 40}])
def test_a_limit_that_all_alerts_would_keep_is_no_test_of_any_event(event: str, unit: dict[str, float]) -> None:
    """At 200 alerts: a limit just above them per any unit cannot be missed; one just below can."""
    ((per, number),) = unit.items()
    figures = {**unit, "alerts": 200.0, event: 12.0}
    for alerts, no_test in ((200, True), (199, False)):
        limit = {"event": event, "per": per, "claimed": {"at_most": alerts / number}}
        assert (verdict("rate", limit, figures)[1] == "no_test") == no_test
        at_most = {"event": event, "claimed": {"at_most": alerts}}
        assert (verdict("count", at_most, figures)[1] == "no_test") == no_test
