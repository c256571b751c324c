"""``claims.json``: plain data without infinities, every key of it documented."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from simulator.claim import load_claims, shipped_claims
from simulator.claim.models import Visits
from simulator.evidence.claim.judge import judge_file
from simulator.evidence.claim.stated_numbers import Count, Given, answer
from simulator.report.claim.data import report_data
from simulator.report.claim.numbers_data import answer_data

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "claims.md"
# Under these, keys are names of the file's own, of measures or of figures, which tables list.
NAMED_ELSEWHERE = ("evidence", "measures", "rates_by_measure", "events", "units", "figures", "intervals")


def keys_of(data: Any, inside: str = "") -> Iterator[str]:
    if isinstance(data, dict):
        for key, value in data.items():
            if inside not in NAMED_ELSEWHERE:
                yield key
            yield from keys_of(value, key)
    elif isinstance(data, list):
        for item in data:
            yield from keys_of(item, inside)


@pytest.fixture(scope="module")
def found() -> list[dict[str, Any]]:
    files = [report_data(judge_file(load_claims(name), replications=50)) for name in shipped_claims()]
    visits = Visits(per_person=2, correlation=0.5, source="given")
    events = {"false_alerts": Count(0, 3), "false_stopped": Count(1, 1)}
    numbers = answer_data(answer(Given(events, {"faces": 1e5, "arrests": 10.0}, 1000, visits, 1e6)), None)
    return [*files, numbers]


def test_it_is_json_without_infinities_or_gaps(found: list[dict[str, Any]]) -> None:
    for data in found:
        text = json.dumps(data, allow_nan=False)
        assert json.loads(text) == data
        assert data["schema"] == "lfrsim-claims/1"


def test_every_key_is_documented(found: list[dict[str, Any]]) -> None:
    named = set(re.findall(r"`([^`\n]+)`", PAGE.read_text("utf-8")))
    assert {key for data in found for key in keys_of(data)} - named == set()


def test_every_rate_has_its_denominator_interval_and_method(found: list[dict[str, Any]]) -> None:
    for data in found[:-1]:
        for claim in data["claims"]:
            for rate in (rate for table in claim["rates"] for rate in table["by_unit"]):
                assert rate["per"]
                assert rate["bottom"] > 0
                assert rate["method"]
                assert rate["interval_95"] is None or len(rate["interval_95"]) == 2
            assert claim["verdict"]["words"]
            assert all(item["grade"] for item in claim["numbers"])
    assert all(rate["interval_95"] for rate in found[-1]["rates"])
