"""What a scenario knows of an input before the record: its own evidence, without the rows that are part of it, weighted.

The evidence of the false match rate is a gamma law of its shape (the false alerts behind it) and comparisons. A power prior
raises it to a *weight* from 0 to 1 (Ibrahim and Chen 2000), which is as if so large a share of its rows had been seen; what
is left at 0 is Jeffreys' prior. Shares that follow false alerts are beta laws.

Another force's rate may be any. So a level that starts from its evidence starts from a mixture (Schmidli and others 2014): with
probability a half that evidence, with a half a wide law around it, and the record weighs one against the other. A share starts
from no more of it than the record itself has.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from simulator.evidence.fit.fitted_values import LOG_SHAPES
from simulator.evidence.fit.level_slope import PRIOR_SHAPE
from simulator.evidence.fit.question import Question, QuestionError
from simulator.evidence.numbers import counted
from simulator.record.oddities import face_counting_steps
from simulator.scenario.forces import plain_name
from simulator.scenario.laws import beta_from_interval
from simulator.scenario.quantity import Quantity
from simulator.scenario.record_behind import RecordBehind

if TYPE_CHECKING:
    import pandas as pd

# Another force, vendor or way of counting is worth no more than this of its own evidence, unless the user says so.
OTHERS_WEIGHT = 0.1
# With what probability another force's evidence holds, and where the middle of the wide law lies that holds otherwise, in medians
# of the evidence: by simulation 95 % intervals then hold rates up to ten times as high (docs/how-to/fit-a-record.md).
HOLDS, WIDE_MIDDLE = 0.5, 3.0


@dataclass(frozen=True, kw_only=True)
class Prior:
    """What is known of the input *key* before the record: how many cases (*first*) in how much (*second*).

    These are shape and rate of a gamma law, or a and b of a beta law, at full weight and without the rows of the record that
    are part of the *evidence*; *weight* is what it counts for. It *may_not_hold* where it is another force's and nobody said
    what it is worth. Where it is not *used* only *why* is of interest.
    """

    key: str
    weight: float
    why: str
    evidence: str = ""
    first: float = math.nan
    second: float = math.nan
    may_not_hold: bool = False

    @property
    def used(self) -> bool:
        """Whether there is any evidence to start from."""
        return self.weight > 0

    @property
    def gamma(self) -> tuple[float, float]:
        """Shape and rate at its weight."""
        return self._weighted(self.first), self.weight * self.second

    @property
    def wide(self) -> tuple[float, float]:
        """Shape and rate of the law that holds where the evidence does not: Jeffreys' shape, which spans powers of ten."""
        from scipy import special

        middles = [float(special.gammaincinv(shape, 0.5)) for shape in (PRIOR_SHAPE, self.first)]
        return PRIOR_SHAPE, middles[0] / middles[1] * self.second / WIDE_MIDDLE

    def beside(self, trials: float) -> Prior:
        """The same of a share, at no more than the weight of so many *trials* where it may not hold."""
        if not self.may_not_hold:
            return self
        return replace(self, weight=min(self.weight, trials / (self.first + self.second)))

    @property
    def beta(self) -> tuple[float, float]:
        """The two numbers of the beta law at its weight."""
        return self._weighted(self.first), self._weighted(self.second)

    def _weighted(self, cases: float) -> float:
        return PRIOR_SHAPE + self.weight * (cases - PRIOR_SHAPE)


def prior_of(key: str, quantity: Quantity | None, rows: pd.DataFrame, question: Question) -> Prior:
    """What the *quantity* of a scenario, called *key*, says before the *rows* of a record."""
    unused = partial(Prior, key=key, weight=0.0)
    if quantity is None:
        return unused(why=f"the scenario has no {key}")
    if question.prior == "fresh" or question.prior_weight == 0:
        asked = "--prior fresh" if question.prior == "fresh" else "--prior-weight 0"
        return unused(why=f"{asked} takes the record alone")
    if quantity.from_ is None:
        return unused(
            why=f"{key} names no record behind it (from:), so that nobody can tell whether these rows are part of it, and the "
            f"record alone is taken"
        )
    if not quantity.uncertain:
        return unused(
            why=f"{key} has no interval, so nothing says how much evidence it is, and the record alone is taken"
        )
    behind = quantity.from_
    first, second = _cases(quantity)
    others = _unlike(behind, question, rows)
    evidence = _words(behind)
    seen = _part_of(behind, rows)
    if question.force is None and len(seen) and (question.prior_weight or 0.0) > OTHERS_WEIGHT:
        raise QuestionError(
            "prior_weight",
            f"must be at most {OTHERS_WEIGHT:g} until --force NAME says whose record this is: {counted(len(seen), 'row')} of it "
            f"are of days that the evidence is of ({evidence}) (got {question.prior_weight:g})",
        )
    if same_force(question.force, behind.force):
        left = _without((first, second), behind, seen, is_share=quantity.beta is not None)
        if isinstance(left, str):
            return unused(
                why=f"{counted(len(seen), 'row')} of this record {left} ({evidence}), and the record alone is taken"
            )
        first, second = left
        evidence += f" without the {counted(len(seen), 'row')} that are in this record too" if len(seen) else ""
    if question.prior_weight is not None:
        weight, because = question.prior_weight, "; ".join(["--prior-weight", *others])
    else:
        weight, because = (OTHERS_WEIGHT, "; ".join(others)) if others else (1.0, "")
    why = f"{evidence}, at a weight of {weight:g}" + (f" ({because})" if because else "")
    return Prior(
        key=key,
        weight=weight,
        why=why,
        evidence=evidence,
        first=first,
        second=second,
        may_not_hold=bool(others) and question.prior_weight is None,
    )


def evidence_after(
    prior: Prior, quantity: Quantity | None, rows: pd.DataFrame, question: Question
) -> RecordBehind | None:
    """The record behind the false match rate fitted to *rows*, so that the next fit can start from it.

    None where nobody said whose rows they are, where neither faces nor hours are complete, or where what was known before is
    of another kind, so that not one record but two are behind it.
    """
    known = rows[rows["false_alerts"].notna()]
    base = next((name for name in ("faces", "hours") if len(known) and known[name].notna().all()), None)
    if question.force is None or base is None:
        return None
    dates = known["date"].dt.date
    first, last, false, amount = dates.min(), dates.max(), float(known["false_alerts"].sum()), float(known[base].sum())
    before = quantity.from_ if quantity is not None and prior.used else None
    if before is not None:
        given = getattr(before, base)
        if prior.weight < 1 or before.false_alerts is None or given is None:
            return None
        seen = _part_of(before, rows) if same_force(question.force, before.force) else rows[:0]
        false += before.false_alerts - float(seen["false_alerts"].sum())
        amount += given - float(seen[base].sum())
        first, last = min(first, before.first), max(last, before.last)
    return RecordBehind(
        force=question.force,
        first=first,
        last=last,
        vendor=question.vendor or (before.vendor if before else None),
        counting=question.counting or (before.counting if before else None),
        false_alerts=round(false),
        faces=amount if base == "faces" else None,
        hours=amount if base == "hours" else None,
    )


def same_force(one: str | None, other: str | None) -> bool:
    """Whether two names are of one force."""
    names = [plain_name(name) for name in (one, other) if name]
    return len(names) == 2 and names[0] == names[1] != ""


def same_name(one: str | None, other: str | None) -> bool:
    """Whether two names, of vendors or of ways of counting, are alike but for case and signs, or one begins with the other."""
    a, b = (re.findall(r"\w+", (name or "").casefold()) for name in (one, other))
    few = min(len(a), len(b))
    return few > 0 and a[:few] == b[:few]


def seen_before(quantity: Quantity, rows: pd.DataFrame, question: Question) -> str:
    """Which *rows* are part of the record behind a *quantity* that cannot do without them, in words; "" where none is."""
    behind = quantity.from_
    again = 0 if behind is None or not same_force(question.force, behind.force) else len(_part_of(behind, rows))
    if behind is None or not again:
        return ""
    return f"{counted(again, 'row')} of this record are part of what it was computed from ({_words(behind)})"


def _words(behind: RecordBehind) -> str:
    return f"{behind.force}, {behind.first} to {behind.last}"


def _unlike(behind: RecordBehind, question: Question, rows: pd.DataFrame) -> list[str]:
    """In what the record is not of the kind that the evidence is, in words."""
    found = []
    again = len(_part_of(behind, rows))
    own = f"; were it {behind.force}'s own, {counted(again, 'row')} would be in that evidence already" if again else ""
    if question.force is None:
        found.append(f"taken for another force's: --force NAME says whose it is{own}")
    elif not same_force(question.force, behind.force):
        found.append(f"another force, {question.force}{own}")
    if question.vendor is not None and not same_name(question.vendor, behind.vendor):
        found.append(f"another vendor, {question.vendor} and not {behind.vendor or 'one that is named'}")
    if question.counting is not None and not same_name(question.counting, behind.counting):
        found.append("faces counted in another way, as --counting says")
    elif question.counting is None and not found and (steps := len(list(face_counting_steps(rows)))):
        found.append(f"the count of faces changes its level {steps} times in this record")
    return found


def _part_of(behind: RecordBehind, rows: pd.DataFrame) -> pd.DataFrame:
    """Those of the *rows* on days of the record *behind*, at its threshold where it has one."""
    dates = rows["date"].dt.date
    part: pd.Series = (dates >= behind.first) & (dates <= behind.last)
    if behind.threshold is not None:
        part &= rows["threshold"].isna() | ((rows["threshold"] - behind.threshold).abs() < 1e-6)
    return rows[part]


def _without(
    cases: tuple[float, float], behind: RecordBehind, seen: pd.DataFrame, is_share: bool
) -> tuple[float, float] | str:
    """The *cases* less those of the rows *seen* again; what is wrong with those rows, in words, where that cannot be done."""
    first, second = cases
    if not len(seen):
        return cases
    if is_share:
        known = seen[seen["false_stopped"].notna() & seen["false_alerts"].notna()]
        stopped = float(known["false_stopped"].sum())
        left = first - stopped, second - float(known["false_alerts"].sum()) + stopped
        return left if min(left) > 0 else "are all there is behind the scenario's evidence, or more"
    if behind.false_alerts is None or seen["false_alerts"].isna().any():
        return "are part of the scenario's evidence, and false alerts are not given on both sides"
    base = next((name for name in ("faces", "hours") if getattr(behind, name) and seen[name].notna().all()), None)
    if base is None:
        return "are part of the scenario's evidence, and neither faces nor hours are given on both sides"
    share, again = float(seen[base].sum()) / getattr(behind, base), float(seen["false_alerts"].sum())
    if share >= 1 or again > behind.false_alerts or again >= first:
        return "are all there is behind the scenario's evidence, or more"
    return first - again, second * (1 - share)


def _cases(quantity: Quantity) -> tuple[float, float]:
    """Shape and rate, or a and b, of a law with the quantity's median and interval."""
    if quantity.gamma is not None:
        return quantity.gamma.shape, quantity.gamma.rate
    if quantity.beta is not None:
        return quantity.beta.a, quantity.beta.b
    from scipy import optimize, special

    low, high = quantity.interval()
    if quantity.family == "beta":
        return beta_from_interval(low, high)
    target = math.log(high / low)

    def miss(log_shape: float) -> float:
        ends = special.gammaincinv(math.exp(log_shape), np.array([0.025, 0.975]))
        return float(np.log(ends[1] / ends[0])) - target

    shape = math.exp(optimize.brentq(miss, *LOG_SHAPES))
    return shape, float(special.gammaincinv(shape, 0.5)) / quantity.value
