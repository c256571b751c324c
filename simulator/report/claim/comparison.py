"""A claim that one setting does better than another in words: both simulated, side by side."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from simulator.evidence.claim.judged import Judged
from simulator.evidence.numbers import number

PER = {"campaign": "campaign", "camera_hour": "camera hour", "100k_faces": "100,000 counted faces"}
SAYS = {"more": "more", "fewer": "fewer", "no_fewer": "no fewer", "no_more": "no more"}


def _words(measure: str) -> str:
    from simulator.evidence.counted.measures import MEASURES

    return next((item.words for item in MEASURES if item.name == measure), measure.replace("_", " "))


def _rates(judged: Judged) -> Mapping[str, Any]:
    return cast(Mapping[str, Any], judged.extra["rates"])


def headline(judged: Judged) -> str:
    """The claimed measure per unit in both scenarios, simulated."""
    measure = str(judged.extra["measure"])
    found = _rates(judged)[measure]
    return (
        f"simulated, not recorded: {number(found.b)} {_words(measure)} per {PER[judged.unit]} in {judged.extra['b']} against "
        f"{number(found.a)} in {judged.extra['a']}"
    )


def rows(judged: Judged) -> list[list[str]]:
    """One row per measure: both rates, their difference, and where 95 % of pairs of campaigns have it."""
    return [
        [
            _words(measure),
            number(found.a),
            number(found.b),
            _signed(found.difference),
            f"{_signed(found.difference_95.low)} to {_signed(found.difference_95.high)}",
        ]
        for measure, found in _rates(judged).items()
    ]


def _signed(x: float) -> str:
    return f"+{number(x)}" if x > 0 else number(x)


def reading(judged: Judged) -> str:
    """What was compared, by how many campaigns, and what that cannot show."""
    extra = judged.extra
    return (
        f"Read as: {extra['b']} has {SAYS[str(extra['says'])]} {_words(str(extra['measure']))} per {PER[judged.unit]} than "
        f"{extra['a']}. {extra['campaigns']} simulated campaigns of each, seed {extra['seed']}, inputs drawn from their "
        f"intervals. The range is over pairs of single campaigns (95 %), so it holds chance and what is not known of the inputs. "
        f"A simulation is no record: it settles nothing, whatever it shows."
    )


def data(judged: Judged) -> dict[str, Any] | None:
    """Everything of the comparison as plain data; None for other claims."""
    if judged.claim.comparison is None:
        return None
    extra = judged.extra
    return {
        **{key: extra[key] for key in ("a", "b", "measure", "says", "campaigns", "seed")},
        "per": judged.unit,
        "simulated": True,
        "rates_by_measure": {
            measure: {
                "a": found.a,
                "b": found.b,
                "difference": found.difference,
                "difference_95": list(found.difference_95),
            }
            for measure, found in _rates(judged).items()
        },
    }


__all__ = ["PER", "data", "headline", "reading", "rows"]
