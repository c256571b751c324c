"""What the YAML parser objects to, in the words of somebody who writes a scenario and need not know YAML."""

from __future__ import annotations

import re

# The first that is found in what the parser says; the rest of its words help nobody.
_PLAIN = {
    r"mapping values are not allowed": "a colon where none can stand; put text that holds a colon in quotes",
    r"expected ',' or '[]}]'|expected the node content|found unexpected ':'": (
        "a bracket is not closed, or a comma is missing in it"
    ),
    r"found character '\\t'": "a tab; indent with spaces",
    r"found character (.+) that cannot start": "text cannot begin with {0}; put it in quotes",
    r"expected alphabetic or numeric character": "text cannot begin with & or *, and a line not with %; put it in quotes",
    r"could not find expected ':'": "a line without a colon; every line is KEY: VALUE",
    r"expected <block end>|did not find expected|expected <document start>": (
        "the line does not fit those before; indent the keys of one section alike, and close every quote"
    ),
    r"end of stream|document separator": "a quote is not closed",
    r"escape": "a backslash in double quotes; use single quotes",
}


def in_plain_words(said: str) -> str:
    """What to tell the user where the parser has *said* so."""
    for pattern, words in _PLAIN.items():
        found = re.search(pattern, said)
        if found:
            return words.format(*found.groups())
    return "what stands here cannot be read; look at quotes, brackets and how far lines are indented"


__all__ = ["in_plain_words"]
