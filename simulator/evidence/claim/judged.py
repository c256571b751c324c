"""What was found of one claim: the form in which every kind of claim answers."""

from __future__ import annotations

from dataclasses import dataclass, field

from simulator.claim.kinds import Benchmark
from simulator.claim.models import Claim
from simulator.evidence.claim.agreement import Finding
from simulator.evidence.claim.rate_law import RateLaw
from simulator.evidence.claim.ratios import Ratio
from simulator.evidence.claim.verdict import Picture, Precision, Verdict
from simulator.evidence.statistics.intervals import Interval


@dataclass(frozen=True)
class RateTable:
    """One event by every unit that a piece of evidence (*of*) states; *passages* where faces stand for people."""

    of: str
    event: str
    ratios: tuple[Ratio, ...]
    passages: Interval | None = None


@dataclass(frozen=True)
class AtItsWord:
    """What a claimed count says of the rate per *unit*, whoever counted: the *law*, its exact *envelope* and the mixture."""

    event: str
    unit: str
    law: RateLaw
    envelope: Interval
    mixture: Interval
    median: float


@dataclass(frozen=True)
class Carried:
    """A rate carried over a larger use of *exposure* units: events at the counted rate (*mean*), and a 95 % prediction interval.

    The interval holds chance and what is not known of the rate, and supposes that nothing else changes.
    """

    words: str
    source: str
    grade: str
    basis: str
    unit: str
    exposure: float
    mean: float
    predicted: Interval


@dataclass(frozen=True)
class Needed:
    """How many units must be observed to show at 95 % that the rate is below 1 in *one_in*, by events seen meanwhile."""

    one_in: float
    unit: str
    exposures: dict[int, float]
    shown: bool | None


@dataclass(frozen=True)
class Benchmarked:
    """How probable at least (or at most) the observed *top* of *bottom* is if the share were the benchmark's."""

    benchmark: Benchmark
    top: int
    bottom: int
    at_least: float
    at_most: float


@dataclass(frozen=True)
class Judged:
    """Everything found of one claim, under its *key* in the file; parts that its kind does not have are empty.

    *unit* is what the claim is per. *extra* holds plain numbers of the kind's own, by documented names.
    """

    key: str
    claim: Claim
    unit: str
    findings: tuple[Finding, ...]
    precision: Precision
    pictures: tuple[Picture, ...]
    verdict: Verdict
    tables: tuple[RateTable, ...] = ()
    at_its_word: tuple[AtItsWord, ...] = ()
    carried: tuple[Carried, ...] = ()
    needed: tuple[Needed, ...] = ()
    benchmarks: tuple[Benchmarked, ...] = ()
    extra: dict[str, object] = field(default_factory=dict)


__all__ = ["AtItsWord", "Benchmarked", "Carried", "Judged", "Needed", "RateTable"]
