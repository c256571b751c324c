"""Numbers as people type them are read alike everywhere; what cannot be meant is refused with what to write instead."""

from __future__ import annotations

import random

import pytest

from simulator.experiment.axes import parse_axis
from simulator.experiment.points import parse_point
from simulator.scenario import ScenarioError, load_scenario
from simulator.scenario.explain import all_keys, takes_percent
from simulator.scenario.numbers import read_number, read_whole, split_list
from simulator.scenario.yaml_said import in_plain_words

# What only libraries say.
RAW = ("Input should", "Value error", "while parsing", "expected <", "ruamel", "pydantic", "found character", "type=")


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("16,500", 16500),
        ("1,016,500.5", 1016500.5),
        ("16 500", 16500),
        ("16.5k", 16500),
        ("2M", 2e6),
        ("35%", 0.35),
        ("0.017 %", 0.00017),
        ("0,64", 0.64),
        ("0,640", 0.64),
        ("16,5", 16.5),
        ("-3", -3),
    ],
)
def test_a_number_is_read_as_it_is_meant(text: str, number: float) -> None:
    assert read_number(text) == number


@pytest.mark.parametrize("text", ["16,50,0", "1,6500.5", "1.000,5", "16 50", "k", "%", "1kk", "1e400k", "1,000 500"])
def test_what_is_no_number_by_any_reading_is_none(text: str) -> None:
    """Negative control: separators in the wrong place are not simply dropped."""
    assert read_number(text) is None


def test_whole_numbers_and_percentages_are_told_apart() -> None:
    assert [read_whole(text) for text in ("1,000", "2k", "1.5k", "7.0", "0,64", "50%")] == [
        1000,
        2000,
        1500,
        None,
        None,
        None,
    ]
    assert read_number("35%", percent=False) is None


def test_commas_of_a_list_stay_commas() -> None:
    assert split_list("0.60, 0.64") == ["0.60", "0.64"]
    assert split_list("500,1000,16500") == ["500", "1000", "16500"]
    assert split_list("16, 500") == ["16", "500"]
    assert split_list("0,1,2") == ["0", "1", "2"]
    assert split_list("48,104", "campaign.deployments_a_year") == ["48", "104"]
    for text in ("16,500", "1,000,50,000", "10,500,20,600", "0,60,0,64"):
        with pytest.raises(ValueError, match="write"):
            split_list(text, "watchlist.size")
    assert parse_axis("recogniser.threshold=60%,64%").values == (0.6, 0.64)
    assert parse_axis("watchlist.size=1k:4k:1k").values == (1000, 2000, 3000, 4000)
    assert parse_point("0.62,16,500") == (0.62, 16500)


def test_only_shares_are_percentages() -> None:
    """35 % of an hour's people is no footfall, wherever it is typed."""
    assert takes_percent("procedure.not_found")
    assert takes_percent("campaign.deployments.0.threshold")
    assert not takes_percent("street.passages_per_hour")
    for key in ("street.passages_per_hour", "campaign.deployments.0.hours"):
        with pytest.raises(ScenarioError, match="only shares and thresholds may be percentages"):
            load_scenario("croydon-static", [f"{key}=35%"])
    with pytest.raises(ScenarioError, match="must be finite numbers"):
        parse_axis("officers.teams=1,50%")


@pytest.mark.parametrize(
    ("override", "value"),
    [
        ("watchlist.size=16,500", 16500),
        ("watchlist.size={value: 16.5k, source: us}", 16500),
        ("watchlist.conditions_share=35%", 0.35),
        ("recogniser.threshold=0,64", 0.64),
        ("recogniser.threshold=64%", 0.64),
        ('watchlist.size="16 500"', 16500),
    ],
)
def test_a_scenario_reads_numbers_as_typed(override: str, value: float) -> None:
    section, key = override.partition("=")[0].split(".")

    assert getattr(getattr(load_scenario("croydon-static", [override]), section), key).value == value


@pytest.mark.parametrize(
    ("override", "said"),
    [
        ("recogniser.threshold=64", "must be between 0 and 1 (got 64); did you mean 0.64?"),
        ("campaign.deployments.0.threshold=6.4", "did you mean 0.64?"),
        ("watchlist.conditions_share=35", "did you mean 0.35?"),
        ("watchlist.size=16.500", 'has points between thousands (got "16.500"); write 16500'),
        ("watchlist.size=16.000", 'may mean 16 or 16,000 (got "16.000"); write 16 or 16000'),
        ("street.passages_per_hour={value: 2,500}", "in braces numbers are written without commas"),
        ("officers=6", "6 officers could be 1 operator at the screen, 1 team of two, 1 checker unit of two, 1 van driver"),
        ("officers.officers=6", "--set officers.teams=1 --set officers.checkers=1"),
        ("officers=4", "5 officers are the least"),
        ("watchlist=12000", "for example watchlist.size=12000"),
        ("footfall=3000", "footfall is street.passages_per_hour"),
        ("title=", "must be text"),
        ("recogniser.threshold=@x", 'must be a number, or a mapping'),
        ("recogniser.threshold=[0.6", "a bracket is not closed"),
    ],
)  # fmt: skip
def test_what_cannot_be_meant_is_refused_with_what_to_write(override: str, said: str) -> None:
    with pytest.raises(ScenarioError) as caught:
        load_scenario("croydon-static", [override])
    assert said in str(caught.value)


def refusal(override: str) -> str:
    """What the loader says of *override*; nothing where it takes it."""
    try:
        load_scenario("croydon-static", [override])
    except ScenarioError as error:
        return str(error)
    return ""


def test_no_library_speaks_to_the_user() -> None:
    """A fuzz of overrides: every refusal is in the program's own words."""
    rng = random.Random(13)
    keys = [*all_keys(), "officers", "street", "campaign", "procedure.look", "alternatives", "zzz", "campaign.holidays"]
    values = [
        "", "x", "1", "-1", "64", "35%", "16,500", "1.5", "null", "true", "[]", "[x]", "[1, x]", "{}", "{a: 1}", "{value: x}",
        "{value: 1, low: 2}", "@", "%", "'", '"', "*a", "&a", "!a", "|", ">", "- a", "? a", "a: b", "2026-13-01", "25:00", "[",
        "{", "{value: 1", "[[1]]", "1e400", ".nan", "{beta: 3}", "{beta: {a: x}}", "{a: [}", '"\\q"', "{date: 1}",
        "[{date: x, hours: y}]",
    ]  # fmt: skip
    told = [refusal(f"{rng.choice(keys)}={rng.choice(values)}") for _ in range(250)]

    assert [text for text in told if any(word in text for word in RAW)] == []
    assert sum(map(bool, told)) > 150
    assert in_plain_words("something that no parser says") == in_plain_words("nor this")
