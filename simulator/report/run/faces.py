"""Faces by who they are and whether the system alerts: as a tree, and as a table with all that a tree leaves out."""

from __future__ import annotations

from collections.abc import Iterator

from simulator.evidence.numbers import number, whole
from simulator.evidence.run.faces import FacesByAlert, RoundFaces, in_round_numbers
from simulator.evidence.run.found import RunFound
from simulator.evidence.run.pictures import RunPictures
from simulator.report.page import Beside, Block, Line, table
from simulator.report.pictured import Branch, Tree


def faces(found: RunFound, pictures: RunPictures) -> Iterator[Block]:
    """The tree and the table of the same faces, and what shares follow from them."""
    if pictures.faces is None:
        return
    exact, of = pictures.faces, in_round_numbers(pictures.faces)
    campaigns, units = of.faces / exact.faces, f"{exact.unit}s"
    yield _tree(of, units)
    two_by_two = table(
        f"The same {_round(of.faces)} {units}: on the list or not, alert or not",
        ["", "alert", "no alert", "all"],
        [
            ["on the list", *map(whole, (of.listed_with_alert, of.listed_without_alert, of.listed))],
            ["not on the list", *map(whole, (of.others_with_alert, of.others_without_alert, of.others))],
            [f"all {units}", *map(whole, (of.with_alert, of.faces - of.with_alert, of.faces))],
        ],
    )
    where_from = Line(
        f"As many {units} as {about(campaigns)} {found.scenario.unit}s like this one have, every input at its best value. All of "
        f"one pass of {whole(found.run.replications)} simulated ones, but for one number: how many {units} of listed people "
        f"raise no alert follows from those that do and the share detected, {number(100 * exact.detected)} in 100 by formula.",
        label="Where from",
    )
    yield Beside((two_by_two,), (*(Line(text) for text in _shares(of, exact)), where_from), 0.5)


def about(x: float) -> str:
    """How many there are, roughly where there are many."""
    return f"about {whole(x)}" if x >= 10 else number(x)


def _tree(of: RoundFaces, units: str) -> Tree:
    right = of.listed_with_alert - of.right_stops
    wrong = of.others_with_alert - of.wrong_stops
    return Tree(
        f"Out of {_round(of.faces)} {units}",
        Branch(
            whole(of.faces),
            units,
            (
                Branch(
                    whole(of.listed),
                    f"{units} of people on the list",
                    (
                        Branch(
                            whole(of.listed_with_alert),
                            "alert",
                            (Branch(whole(of.right_stops), "stopped"), Branch(whole(right), "not stopped")),
                        ),
                        Branch(whole(of.listed_without_alert), "no alert"),
                    ),
                ),
                Branch(
                    whole(of.others),
                    f"{units} of everybody else",
                    (
                        Branch(
                            whole(of.others_with_alert),
                            "alert",
                            (
                                Branch(whole(of.wrong_stops), "wrong person stopped", strong=True),
                                Branch(whole(max(wrong, 0)), "not stopped"),
                            ),
                        ),
                        Branch(whole(of.others_without_alert), "no alert"),
                    ),
                ),
            ),
        ),
        "Not stopped: already dealt with, dismissed, not found or out of reach.",
    )


def _shares(of: RoundFaces, exact: FacesByAlert) -> Iterator[str]:
    """The shares that the table does not have, each with what it is out of; of the numbers before they were rounded."""
    others, alerts = exact.others_with_alert, exact.listed_with_alert + exact.others_with_alert
    listed, units = exact.listed_with_alert + exact.listed_without_alert, f"{exact.unit}s"
    if alerts:
        yield (
            f"Of {whole(of.with_alert)} alerts {whole(of.listed_with_alert)} are of the right person, "
            f"{whole(of.others_with_alert)} of somebody else: {_share(others, alerts)}."
        )
    if others:
        yield f"Of {units} of people not on the list, 1 in {number((exact.faces - listed) / others)} raises an alert."
    if listed:
        yield f"Of {units} of people on the list, {_share(exact.listed_with_alert, listed)} raise one."


def _share(part: float, of: float) -> str:
    if not part:
        return "none"
    return f"{number(100 * part / of)} in 100" if part >= of / 100 else f"{number(1000 * part / of)} in 1,000"


def _round(n: int) -> str:
    return f"{n // 10**6:,} million" if n >= 10**6 else whole(n)


__all__ = ["faces"]
