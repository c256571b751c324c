"""Names that mean one place are one site, and names that may mean two stay two."""

from __future__ import annotations

import pytest

from simulator.scenario.sites import near_spellings, site_names

SAME = [
    ("Croydon, George St", "George Street, Croydon", "GEORGE ST CROYDON", "George St. (Croydon), Croydon"),
    ("Croydon, Northend", "North End, Croydon", "North End Croydon"),
    ("Ealing B’way Stn", "Ealing Broadway", "Ealing B'Way"),
    ("Oxford Circus (technical fault stopped deployment)", "Oxford Circus", "oxford circus"),
    ("High St, East Ham", "High St North, East Ham", "East Ham"),
    ("Kings Cross Station", "King’s Cross", "Kings Cross"),
    ("Romford Town Centre", "Romford", "Romford, Town Centre"),
    ("London Borough of Hackney", "Hackney", "LB of Hackney"),
    ("Station Rd, Hayes", "Stn Road, Hayes"),
    ("St Ann's, Harrow", "Harrow, St. Anns"),
    ("Clapham Junc", "Clapham Junction"),
]


@pytest.mark.parametrize("names", SAME, ids=lambda names: names[0])
def test_one_place_is_one_site(names: tuple[str, ...]) -> None:
    assert len(set(site_names(names))) == 1


def test_places_that_may_differ_stay_apart() -> None:
    names = [
        "Croydon",
        "West Croydon",
        "George St, Croydon",
        "London Rd, Croydon",
        "Tooting",
        "Tooting Broadway",
        "East Ham",
    ]

    assert len(set(site_names(names))) == len(names)


def test_a_site_is_spelt_as_it_was_first_met_and_in_full() -> None:
    assert site_names(["George St, Croydon", "Croydon, George St"]) == ["George Street Croydon"] * 2
    assert site_names(["St John's Hill"]) == ["Saint Johns Hill"]


def test_a_general_name_alone_stays_a_name() -> None:
    assert site_names(["High Street", "Town Centre", ""]) == ["High Street", "Town Centre", ""]


def test_slips_of_one_letter_are_found_and_digits_are_none() -> None:
    assert near_spellings(["Shepherds Bush", "Shepherds Buh", "Camp Site 1", "Camp Site 2", "Acton", "Acten"]) == [
        ("Shepherds Buh", "Shepherds Bush")
    ]
    assert near_spellings(["Walthamstow", "Walthamstaw"]) == [("Walthamstaw", "Walthamstow")]
    assert near_spellings(["Walthamstow Central", "Walthamstow"]) == []
