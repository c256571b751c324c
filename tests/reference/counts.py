"""Counts of alerts that two models of the same campaign must agree on, and the test that they do.

Replications of the two models are independent and, if the models agree, exchangeable: swapping a pair of them changes
the sign of their difference D and nothing else. So whatever the law of the count, Hoeffding's inequality holds for
z = sum(D) / sqrt(sum(D^2)):  P(|z| >= x) <= 2 exp(-x^2 / 2), with no appeal to large numbers, and the same for sums of
z over independent cases divided by the square root of their number. *limit* is the x that all of so many tests stay
below with the wanted probability. Means, slopes and quantiles used to centre or cut a count are those of both models
together, which a swap does not change.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from reference.brute_force import ARRESTED, FALSE_OTHER_ENTRY, KNOWN, NOT_STOPPED, STOPPED, TRUE_WANTED, VOID

Array = NDArray[np.float64]
Index = NDArray[np.int64]
Counts = dict[str, Array]

TRUTHS = ("false", "false_other_entry", "true_wanted", "true_conditions", "true_stale")
HANDLED = {"arrests": ARRESTED, "other stops": STOPPED, "not stopped": NOT_STOPPED, "known": KNOWN, "void": VOID}
QUANTILES = (0.1, 0.3, 0.5, 0.7, 0.9)
FALSE_ALARM = 1e-4


@dataclass(frozen=True)
class Seen:
    """Alerts of many replications in one cell; persons and passages are numbered across replications."""

    replication: Index
    deployment: Index
    person: Index
    passage: Index
    end: Index
    group: Index
    entry_group: Index
    truth: Index
    rank: Array


def counts_of(cells: list[Seen], passages: Index, groups: int) -> Counts:
    """Every count per replication, by name; *passages* is (replications, deployments)."""
    found: Counts = {f"passages of deployment {d}": column for d, column in enumerate(passages.T)}
    found["passages"] = passages.sum(axis=1)
    for number, seen in enumerate(cells):
        one = _of_cell(seen, *passages.shape, groups)
        found |= {f"cell {number}: {name}": value for name, value in one.items()}
    found |= _between_cells(cells, len(passages))
    return {name: value.astype(float) for name, value in found.items()}


def _of_cell(seen: Seen, replications: int, deployments: int, groups: int) -> Counts:
    def number(which: NDArray[np.bool_]) -> Array:
        return np.bincount(seen.replication[which], minlength=replications)

    def persons(which: NDArray[np.bool_], at_least: int = 1, within: Index | None = None) -> Array:
        """People (or people-by-*within*) with at least so many alerts of the kind in *which*."""
        key = seen.person if within is None else seen.person * 16 + within
        _, first, times = np.unique(key[which], return_index=True, return_counts=True)
        return np.bincount(seen.replication[which][first[times >= at_least]], minlength=replications)

    def persons_at_several(which: NDArray[np.bool_], where: Index, within: Index) -> Array:
        """People-by-*within* with alerts in *which* at two values of *where* or more."""
        places, row = np.unique(((seen.person * 16 + within) * 16 + where)[which], return_index=True)
        _, first, times = np.unique(places // 16, return_index=True, return_counts=True)
        return np.bincount(seen.replication[which][row[first[times >= 2]]], minlength=replications)

    false = seen.truth <= FALSE_OTHER_ENTRY
    everything = np.ones(len(false), dtype=bool)
    found = {"alerts": number(everything), "false alerts": number(false), "true alerts": number(~false)}
    for truth, name in enumerate(TRUTHS):
        found[name] = number(seen.truth == truth)
    for d in range(deployments):
        found[f"false alerts of deployment {d}"] = number(false & (seen.deployment == d))
        found[f"true alerts of deployment {d}"] = number(~false & (seen.deployment == d))
    for end in range(2):
        found[f"alerts at end {end}"] = number(seen.end == end)
    for g in range(groups):
        found[f"true alerts of group {g}"] = number(~false & (seen.group == g))
        for h in range(groups):
            of_pair = (seen.group == g) & (seen.entry_group == h)
            found[f"false alerts of group {g} on entries of group {h}"] = number(false & of_pair)
            found[f"true alerts of group {g} on entries of group {h}"] = number(~false & of_pair)
    whole_campaign = np.zeros_like(seen.deployment)
    found["persons alerted"] = persons(everything)
    found["persons alerted three times"] = persons(everything, 3)
    found["persons falsely alerted"] = persons(false)
    found["persons falsely alerted twice"] = persons(false, 2)
    found["persons falsely alerted three times"] = persons(false, 3)
    found["listed people alerted on their own entry"] = persons(~false)
    found["listed people alerted on their own entry twice"] = persons(~false, 2)
    for name, which in (("true", ~false), ("false", false)):
        found[f"person-days with two {name} alerts"] = persons(which, 2, seen.deployment)
        found[f"person-days with three {name} alerts"] = persons(which, 3, seen.deployment)
    found["person-days with alerts at both ends"] = persons_at_several(everything, seen.end, seen.deployment)
    found["person-days with false alerts at both ends"] = persons_at_several(false, seen.end, seen.deployment)
    found["person-days with true and false alerts"] = persons_at_several(everything, 1 * false, seen.deployment)
    found["persons falsely alerted on two deployments"] = persons_at_several(false, seen.deployment, whole_campaign)
    found["persons truly alerted on two deployments"] = persons_at_several(~false, seen.deployment, whole_campaign)
    return found


def _between_cells(cells: list[Seen], replications: int) -> Counts:
    """Passages that alert in two cells, and what the smaller one makes of them."""
    found: Counts = {}
    for i, first in enumerate(cells):
        for j, second in enumerate(cells[:i]):
            _, a, b = np.intersect1d(first.passage, second.passage, assume_unique=True, return_indices=True)
            for name, which in {
                "alert in both": np.ones(len(a), dtype=bool),
                "alert on another entry": first.rank[a] != second.rank[b],
                "true in one only": (first.truth[a] >= TRUE_WANTED) != (second.truth[b] >= TRUE_WANTED),
                "person listed in one only": (first.truth[a] == FALSE_OTHER_ENTRY)
                != (second.truth[b] == FALSE_OTHER_ENTRY),
            }.items():
                found[f"cells {j} and {i}: {name}"] = np.bincount(first.replication[a[which]], minlength=replications)
    return found


def handled_counts(replication: Index, deployment: Index, ends: Index, shape: tuple[int, int]) -> Counts:
    """How alerts ended, by deployment and in all; *shape* is (replications, deployments)."""
    found: Counts = {}
    for name, end in HANDLED.items():
        which = ends == end
        at = np.bincount(replication[which] * shape[1] + deployment[which], minlength=shape[0] * shape[1])
        by_deployment = at.reshape(shape).astype(float)
        found[f"handled: {name}"] = by_deployment.sum(axis=1)
        found |= {f"handled: {name} of deployment {d}": column for d, column in enumerate(by_deployment.T)}
    return found


# Pairs of counts whose covariance is compared as well; a count with itself gives its variance.
PRODUCTS = (
    ("passages", "passages"),
    ("passages of deployment 0", "passages of deployment 1"),
    ("cell 0: alerts", "cell 0: alerts"),
    ("cell 0: false alerts", "cell 0: false alerts"),
    ("cell 0: true alerts", "cell 0: true alerts"),
    ("cell 1: alerts", "cell 1: alerts"),
    ("cell 4: false alerts", "cell 4: false alerts"),
    ("cell 0: true alerts", "cell 0: false alerts"),
    ("cell 0: false", "cell 0: false_other_entry"),
    ("cell 0: false alerts of deployment 0", "cell 0: false alerts of deployment 1"),
    ("cell 0: true alerts of deployment 0", "cell 0: true alerts of deployment 1"),
    ("cell 0: true alerts of deployment 0", "cell 0: false alerts of deployment 0"),
    ("cell 0: true alerts of deployment 0", "cell 0: false alerts of deployment 1"),
    ("cell 1: false alerts of deployment 0", "cell 1: false alerts of deployment 1"),
    ("cell 1: true alerts of deployment 0", "cell 1: true alerts of deployment 1"),
    ("passages of deployment 0", "cell 0: false alerts of deployment 0"),
    ("passages of deployment 0", "cell 0: true alerts of deployment 0"),
    ("cell 0: false alerts", "cell 1: false alerts"),
    ("cell 1: false alerts", "cell 2: false alerts"),
    ("cell 0: true alerts", "cell 2: true alerts"),
    ("cell 3: true alerts", "cell 4: false alerts"),
    ("cell 0: alerts at end 0", "cell 0: alerts at end 1"),
    ("cell 0: false alerts of group 0 on entries of group 0", "cell 0: false alerts of group 1 on entries of group 1"),
    ("handled: arrests of deployment 0", "handled: void of deployment 1"),
    ("handled: arrests", "handled: void"),
    ("handled: other stops", "handled: known"),
)


def compare(one: Counts, other: Counts) -> dict[str, float]:
    """The z of every test of *one* model against the *other* in one case.

    Per count: its mean; its mean at equal footfall, where the noise of footfall is gone; of persons, also the mean at
    equal alerts, where only clustering is left; its cumulative distribution at quantiles of both together. Per pair of
    PRODUCTS: the covariance, as it is and at equal footfall.
    """
    tests: dict[str, float] = {}
    for name in one:
        x, y = one[name], other[name]
        tests[f"{name}, mean"] = sign_flip(x, y)
        if name != "passages":
            tests[f"{name}, mean at equal footfall"] = sign_flip(*at_equal_footfall(one, other, name))
        alerts = _alerts_behind(name)
        if alerts is not None:
            tests[f"{name}, mean at equal alerts"] = sign_flip(*_at_equal(one, other, name, "passages", alerts))
        both = np.sort(np.concatenate([x, y]))
        for q in QUANTILES:
            cut = both[int(q * len(both))]
            tests[f"{name}, at most its {q:g} quantile"] = sign_flip(1.0 * (x <= cut), 1.0 * (y <= cut))
    for a, b in PRODUCTS:
        if a in one and b in one:
            tests[f"{a} x {b}, covariance"] = _covariance((one[a], other[a]), (one[b], other[b]))
            if a != "passages":
                pairs = [at_equal_footfall(one, other, name) for name in (a, b)]
                tests[f"{a} x {b}, covariance at equal footfall"] = _covariance(*pairs)
    return tests


def _alerts_behind(name: str) -> str | None:
    """The number of alerts that a count of persons or person-days is made of, in the same cell."""
    cell, _, what = name.partition(": ")
    if not (cell.startswith("cell ") and what.startswith(("person", "listed people"))):
        return None
    false, true = "false" in what, any(word in what for word in ("true", "truly", "own entry"))
    kind = "alerts" if false == true else "false alerts" if false else "true alerts"
    return f"{cell}: {kind}"


def sign_flip(x: Array, y: Array) -> float:
    """The z of paired differences (NaN where there are none)."""
    difference = x - y
    size = np.sqrt(np.sum(difference**2))
    return float(np.sum(difference) / size) if size > 0 else float("nan")


def _covariance(a: tuple[Array, Array], b: tuple[Array, Array]) -> float:
    """The z of products of two counts of both models, each less its common mean."""
    centre = np.concatenate(a).mean(), np.concatenate(b).mean()
    return sign_flip(*((x - centre[0]) * (y - centre[1]) for x, y in zip(a, b, strict=True)))


def at_equal_footfall(one: Counts, other: Counts, name: str) -> tuple[Array, Array]:
    """The count *name* of both models, less what the number of passages explains by one common slope."""
    return _at_equal(one, other, name, "passages")


def _at_equal(one: Counts, other: Counts, name: str, *others: str) -> tuple[Array, Array]:
    """The count *name* of both models, less what *others* explain by slopes common to both."""
    n = len(one[name])
    x = np.stack([np.concatenate([one[key][:n], other[key][:n]]) for key in others], axis=1)
    y = np.concatenate([one[name], other[name]])
    slopes = np.linalg.lstsq(x - x.mean(axis=0), y - y.mean(), rcond=None)[0]
    residual = y - x @ slopes
    return residual[:n], residual[n:]


def shift_seen(pairs: list[tuple[Counts, Counts]], name: str, at: float) -> float:
    """The relative error of the mean of *name* that brings its pooled test at equal footfall to the limit *at*.

    A shift of a share s adds s * sum(count) / sqrt(sum(D^2)) to z of each case.
    """
    gains = []
    for one, other in pairs:
        x, y = at_equal_footfall(one, other, name)
        gains.append(np.sum(one[name]) / np.sqrt(np.sum((x - y) ** 2)))
    return float(at * np.sqrt(len(gains)) / np.sum(gains))


@dataclass(frozen=True)
class Verdict:
    """All tests over all cases: z by (case, test), and pooled over cases by test."""

    single: dict[tuple[object, str], float]
    pooled: dict[str, float]

    @classmethod
    def of(cls, cases: Mapping[object, dict[str, float]]) -> Verdict:
        """The tests of each of the *cases* together; what never happened is no test."""
        single = {(case, name): z for case, tests in cases.items() for name, z in tests.items() if np.isfinite(z)}
        by_name: dict[str, list[float]] = {}
        for (_, name), z in single.items():
            by_name.setdefault(name, []).append(z)
        return cls(single, {name: float(np.sum(zs) / np.sqrt(len(zs))) for name, zs in by_name.items() if len(zs) > 1})

    @property
    def single_limit(self) -> float:
        """What |z| of every single test stays below but for half of FALSE_ALARM."""
        return limit(len(self.single), FALSE_ALARM / 2)

    @property
    def pooled_limit(self) -> float:
        """The same for the pooled tests, with the other half."""
        return limit(len(self.pooled), FALSE_ALARM / 2)

    def rejected(self) -> list[str]:
        """The tests that failed, worst first."""
        failed = [
            (abs(z), f"case {case}: {name}: z = {z:+.1f}")
            for (case, name), z in self.single.items()
            if abs(z) > self.single_limit
        ]
        failed += [
            (abs(z), f"pooled: {name}: z = {z:+.1f}") for name, z in self.pooled.items() if abs(z) > self.pooled_limit
        ]
        return [text for _, text in sorted(failed, reverse=True)]

    def summary(self) -> str:
        """Numbers of tests, largest |z| and limits in one line."""
        parts = [
            f"{len(zs)} {kind} tests, largest |z| {max(map(abs, zs), default=0):.2f}, limit {at:.2f}"
            for kind, zs, at in (
                ("single", list(self.single.values()), self.single_limit),
                ("pooled", list(self.pooled.values()), self.pooled_limit),
            )
        ]
        return "; ".join(parts)


def limit(tests: int, probability: float) -> float:
    """The x that |z| of one or more of so many *tests* exceeds with at most this *probability* (Bonferroni)."""
    return float(np.sqrt(2 * np.log(2 * max(tests, 1) / probability)))
