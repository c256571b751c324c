"""The names of police forces: what each is called in short, so that one force is one, however it is written."""

from __future__ import annotations

import re

# The name without "police", "constabulary" and the like -> what else stands for it.
SHORT: dict[str, tuple[str, ...]] = {
    "metropolitan": ("met", "mps", "mpd", "scotland yard", "new scotland yard"),
    "city of london": ("colp", "clp"),
    "british transport": ("btp",),
    "greater manchester": ("gmp",),
    "south wales": ("swp", "heddlu de cymru"),
    "north wales": ("nwp",),
    "dyfed powys": ("dpp",),
    "west midlands": ("wmp",),
    "west yorkshire": ("wyp",),
    "south yorkshire": ("syp",),
    "north yorkshire": ("nyp",),
    "thames valley": ("tvp",),
    "hampshire and isle of wight": ("hampshire", "hiow", "hiowc", "hants"),
    "avon and somerset": ("asp", "asc", "avon somerset", "a and s"),
    "devon and cornwall": ("dcp", "devon cornwall"),
    "nottinghamshire": ("notts",),
    "bedfordshire": ("beds",),
    "leicestershire": ("leics",),
    "northamptonshire": ("northants",),
    "hertfordshire": ("herts",),
    "cambridgeshire": ("cambs",),
    "lancashire": ("lancs",),
    "lincolnshire": ("lincs",),
    "scotland": ("psos",),
    "northern ireland": ("psni",),
}
_FORCE_OF = {short: name for name, others in SHORT.items() for short in others}
_NO_PART = re.compile(r"\b(?:the|police|service|force|constabulary|of (?=scotland|northern))\b")


def plain_name(name: str) -> str:
    """The *name* of a force in one spelling: small letters and digits alone; "" where it names none."""
    text = re.sub(r"[\W_]+", " ", name.casefold().replace("&", " and "))
    words = " ".join(_NO_PART.sub(" ", text).split())
    return _FORCE_OF.get(words, words).replace(" ", "")


__all__ = ["plain_name"]
