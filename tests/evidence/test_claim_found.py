"""What ``claim`` found: kept and read back whole, every key of it documented, every rate with its denominator."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from simulator.claim import shipped_claims
from simulator.evidence.claim.asked import claim
from simulator.evidence.claim.found import JudgedFile, StatedNumbers, read_folder, write_folder
from simulator.evidence.claim.ratios import Ratio
from simulator.evidence.claim.stated import StatedError
from simulator.evidence.kept import adapter
from simulator.evidence.statistics.intervals import Interval

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "claims.md"
# Under these, keys are names of the file's own, of measures or of figures, which tables list.
NAMED_ELSEWHERE = ("evidence", "at_least", "measures", "rates_by_measure", "events", "units", "figures", "intervals")


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
def files() -> list[JudgedFile]:
    judged = [claim(name, replications=50) for name in shipped_claims()]
    return [found for found in judged if isinstance(found, JudgedFile)]


@pytest.fixture(scope="module")
def numbers() -> StatedNumbers:
    events = {"false_alerts": (0, 3), "false_stopped": 1}
    more = {"one_in": 1000, "visits": 2, "correlation": 0.5, "year_faces": 1e6, "replications": 20}
    found = claim(**events, faces=1e5, arrests=10, scenario="croydon-static", **more)  # type: ignore[arg-type]
    assert isinstance(found, StatedNumbers)
    return found


def test_it_is_read_back_as_it_was_kept(files: list[JudgedFile], numbers: StatedNumbers, tmp_path: Path) -> None:
    for found in (*files, numbers):
        write_folder(tmp_path, found)
        again = read_folder(tmp_path)
        assert again == found
        assert again.details == found.details
        assert type(found).from_data(json.loads(found.to_json())) == found


def test_every_key_is_documented(files: list[JudgedFile], numbers: StatedNumbers) -> None:
    named = set(re.findall(r"`([^`\n]+)`", PAGE.read_text("utf-8")))
    assert {key for found in (*files, numbers) for key in keys_of(found.to_data())} - named == set()


def test_every_rate_has_its_denominator_interval_and_method(files: list[JudgedFile], numbers: StatedNumbers) -> None:
    for judged in (judged for found in files for judged in found.claims):
        for rate in (rate for table in judged.rates for rate in table.by_unit):
            assert rate.per
            assert rate.bottom > 0
            assert rate.method
        assert judged.verdict.words
        assert all(item.grade for item in judged.numbers)
    assert all(rate.interval_95 for rate in numbers.rates)


def test_an_infinite_end_is_null_and_comes_back() -> None:
    ratio = Ratio(
        event="gbp", per="arrests", top=1, bottom=1, rate=1, interval_95=Interval(0.2, float("inf")), one_sided_95=None,
        method="exact",
    )  # fmt: skip
    kept = adapter(Ratio).dump_python(ratio, mode="json")
    assert list(kept["interval_95"]) == [0.2, None]
    assert adapter(Ratio).validate_python(kept) == ratio


def test_tables_have_a_row_for_each_claim_or_rate(files: list[JudgedFile], numbers: StatedNumbers) -> None:
    for found in files:
        made = found.to_frame()
        assert list(made.index) == [judged.key for judged in found.claims]
        assert list(made.numbers) == [judged.verdict.numbers for judged in found.claims]
        assert list(made.strength) == [judged.verdict.strength for judged in found.claims]
    assert list(numbers.to_frame()["per"]) == ["faces", "arrests"] * 2


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"false_alerts": 1}, "faces: is missing: say out of how many, in faces, alerts"),
        ({"false_alerts": (7, 2), "faces": 9}, r"false_alerts: a range .* \(got \(7, 2\)\)"),
        ({"false_alerts": 3, "faces": 9, "alerts": 2}, r"alerts: must not be more than alerts.*\(got 3 and 2\)"),
        ({"false_alerts": 1, "alerts": 2, "stops": 5}, r"stops: must not be more than alerts.*\(got 5 and 2\)"),
        ({"stops": 5, "alerts": 2}, r"stops: must not be more than alerts.*\(got 5 and 2\)"),
        ({"stops": 5, "faces": 4}, r"stops: must not be more than faces.*\(got 5 and 4\)"),
        ({"arrests": 6, "stops": 5}, r"arrests: must not be more than stops.*\(got 6 and 5\)"),
        ({"false_alerts": 1, "faces": float("nan")}, "faces: must be at most"),
        ({"false_alerts": 1, "faces": 9, "visits": 2}, "correlation: is missing: visits and correlation go together"),
    ],
)
def test_numbers_that_cannot_be_name_field_rule_and_value(asked: dict[str, Any], words: str) -> None:
    with pytest.raises(StatedError, match=words):
        claim(**asked)


def test_a_file_states_its_own_numbers() -> None:
    with pytest.raises(ValueError, match=r"faces: goes without a file.*\(got x\)"):
        claim("x", faces=1)
