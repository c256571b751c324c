"""What was found of one claim: the form in which every kind of claim answers (docs/reference/claims.md)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from simulator.evidence.claim.agreement import Finding
from simulator.evidence.claim.fall_found import FallFound
from simulator.evidence.claim.ratios import Ends, Ratio
from simulator.evidence.claim.readings import Reading
from simulator.evidence.claim.verdict import Picture, Precision, Verdict
from simulator.evidence.statistics.intervals import Interval


@dataclass(frozen=True, kw_only=True)
class RateTable:
    """One event by every unit that a piece of *evidence* states; *per_passage* where faces stand for people.

    *repeats_95*, by unit: the interval at the effective sample size, where passers-by are assumed to come again.
    """

    evidence: str
    event: str
    by_unit: tuple[Ratio, ...]
    per_passage: Ends | None
    repeats_95: Mapping[str, Ends]


@dataclass(frozen=True, kw_only=True)
class AtItsWord:
    """What a claimed count, from *fewest* to *most* of *exposure* units, says of the rate, whoever counted.

    *envelope_95*: the exact intervals of all counts together; *mixture_95* and *median*: all counts equally credible.
    """

    event: str
    per: str
    fewest: int
    most: int
    exposure: float
    weight_of_each_count: float
    envelope_95: Ends
    mixture_95: Ends
    median: float


@dataclass(frozen=True, kw_only=True)
class IfUnconfirmed:
    """If every *unconfirmed* alert of a piece of *evidence* was false: these and the recorded ones by alerts (*of_alerts*).

    *later*: published after the claim was made.
    """

    evidence: str
    unconfirmed: float
    later: bool
    of_alerts: Ratio


@dataclass(frozen=True, kw_only=True)
class Carried:
    """A rate carried over a larger use of *exposure* units: events at that rate (*mean*), and a 95 % prediction interval.

    *counted*: whether the rate was counted, or is the claim's own. The interval holds chance and what is not known of the rate,
    and supposes that nothing else changes.
    """

    words: str
    source: str
    grade: str
    basis: str
    counted: bool
    per: str
    exposure: float
    mean: float
    predicted_95: Ends


@dataclass(frozen=True, kw_only=True)
class Benchmarked:
    """How probable at least (or at most) the observed *top* of *bottom* is if the *share* were the chance of each."""

    share: float
    words: str
    top: int
    bottom: int
    p_at_least: float
    p_at_most: float


@dataclass(frozen=True, kw_only=True)
class Spread:
    """The claimed number, *low* to *high*, for each *per* of a piece of evidence (*of*), which has *number* of them.

    *high* is None where the claim sets no upper end.
    """

    per: str
    of: str
    low: float
    high: float | None
    number: float


@dataclass(frozen=True, kw_only=True)
class Compared:
    """A simulated measure per unit in scenarios *a* and *b*, their *difference* b - a, and where 95 % of pairs have it."""

    a: float
    b: float
    difference: float
    difference_95: Interval


@dataclass(frozen=True, kw_only=True)
class ComparisonFound:
    """Scenarios *a* and *b* side by side: every shown measure per unit, the claimed *measure* first."""

    a: str
    b: str
    measure: str
    says: str
    campaigns: int
    seed: int
    per: Literal["campaign", "camera_hour", "100k_faces"]
    simulated: Literal[True] = True
    rates_by_measure: Mapping[str, Compared]


@dataclass(frozen=True, kw_only=True)
class Weighed:
    """What a kind of claim weighed: what it is per (*unit*), what evidence says, how precisely, and per what else.

    Parts that a kind does not have are empty. *read_as* says how words were turned into numbers, *key_figure* is what a
    reader of one line should see.
    """

    unit: str
    read_as: str | None = None
    key_figure: str
    numbers: tuple[Finding, ...]
    precision: Precision
    per_what: tuple[Picture, ...]
    rates: tuple[RateTable, ...] = ()
    if_unconfirmed: tuple[IfUnconfirmed, ...] = ()
    at_its_word: tuple[AtItsWord, ...] = ()
    readings: tuple[Reading, ...] = ()
    carried: tuple[Carried, ...] = ()
    benchmarks: tuple[Benchmarked, ...] = ()
    spread_over: tuple[Spread, ...] = ()
    change: tuple[FallFound, ...] = ()
    comparison: ComparisonFound | None = None


@dataclass(frozen=True, kw_only=True)
class Judged(Weighed):
    """A claim under its *key* in the file, weighed, and the verdict that the rule reaches."""

    key: str
    kind: str
    statement: str
    said_by: str
    said_on: str
    verdict: Verdict
    left_out: tuple[str, ...]
    notes: tuple[str, ...]


__all__ = [
    "AtItsWord", "Benchmarked", "Carried", "Compared", "ComparisonFound", "IfUnconfirmed", "Judged", "RateTable", "Spread",
    "Weighed",
]  # fmt: skip
