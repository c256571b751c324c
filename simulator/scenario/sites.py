"""Names of places as records write them, and the sites they stand for."""

from __future__ import annotations

import re
from collections.abc import Iterable

_BRACKETS = re.compile(r"\([^)]*\)?|\[[^\]]*\]?")
_BOROUGH = re.compile(
    r"\b(?:the )?(?:royal )?(?:london )?(?:borough|city|lb|rb|rbk|lbh?) of\b|\blondon borough\b|\bborough\b"
)
_REMARK = re.compile(r"\b(?:static cameras?|static|van|technical (?:fault|issue).*|cancelled.*|day \d+|session \d+)\b")
_LONG = {
    "ave": "avenue",
    "bdwy": "broadway",
    "bway": "broadway",
    "ct": "court",
    "gdns": "gardens",
    "grn": "green",
    "junc": "junction",
    "jct": "junction",
    "jn": "junction",
    "la": "lane",
    "ln": "lane",
    "northend": "north end",
    "pde": "parade",
    "pk": "park",
    "pl": "place",
    "rd": "road",
    "sq": "square",
    "stn": "station",
    "str": "street",
    "ctr": "centre",
    "center": "centre",
}
# The main street of a place, its centre and its station stand for the place, where a place is named beside them.
_GENERAL = re.compile(r"\b(?:high (?:street|road)(?: (?:north|south|east|west))?|(?:town|city) centre|station)$")
SHORTEST_NAME = 8


def site_names(places: Iterable[str]) -> list[str]:
    """The site of each of *places*: one spelling, the first one met, for names that differ only in how they are written.

    Capitals, punctuation, word order, abbreviations, bracketed remarks and "borough of" do not matter; nor do "High
    Street", "Town Centre" and "Station" beside the name of a place. A street keeps its name: "George St, Croydon" and
    "Croydon" stay two sites. A place without a name is the site "".
    """
    written = list(places)
    spelling: dict[str, str] = {}
    sites = {}
    for place in dict.fromkeys(written):
        words = _words(place)
        sites[place] = spelling.setdefault(" ".join(sorted(words)), " ".join(word.capitalize() for word in words))
    return [sites[place] for place in written]


def near_spellings(sites: Iterable[str]) -> list[tuple[str, str]]:
    """Pairs of *sites*, commonest first, of which the second is one letter from the first: probably a slip.

    The rarer one stands first in a pair. Short names are left alone, and so are names that differ in a digit.
    """
    shorter: dict[str, str] = {}
    pairs = []
    for site in sites:
        if len(site) < SHORTEST_NAME:
            continue
        variants = {site[:i] + site[i + 1 :] for i in range(len(site)) if not site[i].isdigit()} | {site}
        near = next((shorter[variant] for variant in sorted(variants) if variant in shorter), None)
        if near is not None:
            pairs.append((site, near))
        for variant in variants:
            shorter.setdefault(variant, site)
    return pairs


def _words(place: str) -> list[str]:
    text = _BRACKETS.sub(" ", place.lower().replace("’", "'").replace("'", "").replace("&", " and "))
    text = _REMARK.sub(" ", _BOROUGH.sub(" ", text))
    parts = [_spelt_out(part) for part in re.split(r"[,;/]", text)]
    short = " ".join(_GENERAL.sub("", part) for part in parts)
    return short.split() or " ".join(parts).split()


def _spelt_out(part: str) -> str:
    words = re.sub(r"[^\w]+", " ", part).split()
    # "St" is a saint where it begins a name ("St Ann's"), else a street
    words = [word if word != "st" else "street" if index else "saint" for index, word in enumerate(words)]
    return " ".join(_LONG.get(word, word) for word in words)
