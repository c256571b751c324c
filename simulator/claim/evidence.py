"""What claims are held against: the number that is claimed, published figures, and documents."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field, model_validator

from simulator.claim.dates import PublishedOn, check_period
from simulator.claim.figures import MEASURED, PARTS
from simulator.claim.fractions import fraction_of
from simulator.scenario.errors import SeveralError, shown
from simulator.scenario.numbers import read_number
from simulator.scenario.open_numbers import Figures
from simulator.scenario.part import Date, Part

EvidenceGrade = Literal["A", "B", "assumed"]
Seen = Literal["original", "full copy", "quoted", "transcribed", "totalled"]
# The one place that says what a grade is: A is the publisher's own document, B what somebody else has made of it.
GRADE_OF: dict[str, EvidenceGrade] = {
    "original": "A", "full copy": "A", "quoted": "B", "transcribed": "B", "totalled": "B",
}  # fmt: skip
GRADES = {
    "A": "the publisher's own document, the original or a full copy",
    "B": "quoted, transcribed or totalled by somebody else",
    "assumed": "for comparison only, no part of the verdict",
}


def _checked_name(name: str) -> str:
    if not re.fullmatch(r"[a-z][a-z0-9_-]*", name):
        raise ValueError(f"must consist of small letters, digits, _ and - (got {shown(name)})")
    return name


def _in_words(data: dict[str, Any], share: float, nearest: float) -> dict[str, Any]:
    """What a fraction in words adds to *data* that states no other number, and does not say to what it is rounded."""
    value = data.get("value", share)
    same = isinstance(value, (int, float)) and abs(value - share) <= nearest / 2
    if data.keys() & {"low", "high", "at_least", "at_most"} or not same:
        return data
    return {"value": share, "to_nearest": nearest, **data}


def fractions_in(figures: Mapping[str, float]) -> Iterator[tuple[str, str]]:
    """The names of *figures* that are counts and have a fraction, and the rule."""
    for name, number in figures.items():
        if name not in MEASURED and number != int(number):
            yield name, f"must be a whole number (got {number:.15g})"


Name = Annotated[str, AfterValidator(_checked_name)]
Number = Annotated[float, Field(ge=0, le=1e15)]
# Figures by name.
COUNTED = Figures(measured=MEASURED)


class Claimed(Part):
    """The number a claim states: *value* (to the nearest *to_nearest*), *low* to *high*, *at_least* or *at_most*.

    A bare number is an exact value. *words* are those of the claim, where it gives no number ("a handful"). A fraction in
    words ("three in four") is its own value, to the nearest of what it is counted in.
    """

    value: Number | None = None
    to_nearest: float | None = Field(default=None, gt=0)
    low: Number | None = None
    high: Number | None = None
    at_least: Number | None = None
    at_most: Number | None = None
    words: str | None = None

    @model_validator(mode="before")
    @classmethod
    def _accept_number(cls, data: Any) -> Any:
        stated = data.get("words") if isinstance(data, dict) else data
        fraction = fraction_of(stated) if isinstance(stated, str) else None
        if fraction is not None:
            return _in_words(data if isinstance(data, dict) else {"words": data}, *map(float, fraction))
        if isinstance(data, str) and (number := read_number(data, percent=False)) is not None:
            return {"value": number}
        if isinstance(data, bool) or not isinstance(data, (int, float, dict, Claimed)):
            raise ValueError(
                "must be a number, or a mapping with value, low and high, at_least or at_most; for a fraction write its words, "
                "such as three in four; "
                "for 1 in 170,000 write 0.00000588, for a handful write {low: 2, high: 7}"
            )
        return {"value": float(data)} if isinstance(data, (int, float)) else data

    @model_validator(mode="after")
    def _one_form(self) -> Claimed:
        if (self.low is None) != (self.high is None):
            raise ValueError("low and high go together: give both or neither")
        forms = [self.value is not None, self.low is not None, self.at_least is not None, self.at_most is not None]
        if sum(forms) != 1:
            raise ValueError("give exactly one of value, low and high, at_least, at_most")
        if self.to_nearest is not None and self.value is None:
            raise ValueError("to_nearest goes with value")
        if self.low is not None and self.high is not None and not self.low <= self.high:
            raise ValueError(f"low must not be above high (got low {self.low:.15g}, high {self.high:.15g})")
        return self

    @property
    def ends(self) -> tuple[float, float]:
        """The lowest and the highest number that the claim allows; infinite where it sets no limit."""
        if self.value is not None:
            half = (self.to_nearest or 0.0) / 2
            return max(self.value - half, 0.0), self.value + half
        if self.low is not None and self.high is not None:
            return self.low, self.high
        return self.at_least or 0.0, math.inf if self.at_most is None else self.at_most

    def allows(self, number: float) -> bool:
        """Whether *number* is one that the claim allows; the last digit of a float is forgiven."""
        low, high = self.ends
        return low - 1e-9 * abs(low) <= number <= high + 1e-9 * abs(high)


class Published(Part):
    """Something published: *what* it says or is of, in which *publication*, and how good it is as evidence.

    *seen* is in which form it was at hand; the *grade* follows from it. *counted_by* is who counted, or made the document:
    rows of single deployments (*form*), or a total. *published*: the day on which the publisher put it out, not that of the
    copy. *draws_on* names the publication or record from which it took its figures: with that it counts once.
    """

    what: str
    publication: str
    source: str
    seen: Seen | None = None
    grade: EvidenceGrade
    counted_by: str | None = None
    form: Literal["rows", "total"] = "total"
    published: PublishedOn | None = None
    draws_on: str | None = None

    @model_validator(mode="before")
    @classmethod
    def _grade_follows(cls, data: Any) -> Any:
        if not isinstance(data, dict):
            return data
        if data.get("seen") is None and "grade" not in data:
            raise ValueError(f"seen is missing: say how it was seen ({', '.join(GRADE_OF)})")
        if data.get("seen") not in GRADE_OF:
            return data
        grade = GRADE_OF[data["seen"]]
        if data.get("grade", grade) != grade:
            raise ValueError(
                f"grade: must be {grade} for what was seen as {data['seen']} ({GRADES[grade]}), got {shown(data['grade'])}; "
                "leave grade out, it follows from seen"
            )
        return {**data, "grade": grade}

    @model_validator(mode="after")
    def _draws_on_another(self) -> Published:
        if self.draws_on == self.publication:
            raise ValueError(f"draws_on must name another publication or record (got {shown(self.draws_on)}, its own)")
        return self


class Evidence(Published):
    """Published figures of a period, the *figures* by name.

    *from_claim* names figures that were worked out from a claim itself and so cannot test it. *at_least* is the fewest that a
    figure can be, where the source leaves some of it open.
    """

    begins: Date | None = None
    ends: Date | None = None
    figures: Annotated[dict[Name, Number], COUNTED] = Field(default={}, min_length=1)
    at_least: Annotated[dict[Name, Number], COUNTED] = Field(default={})
    from_claim: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _consistent(self) -> Evidence:
        check_period(self.begins, self.ends)
        if problems := list(self._problems()):
            raise SeveralError(problems)
        return self

    def _problems(self) -> Iterator[str]:
        """All that does not fit together."""
        if self.published and self.begins and self.published < self.begins:
            yield f"published must not be before begins (got {self.published} and {self.begins})"
        for field, names in (("from_claim", self.from_claim), ("at_least", self.at_least)):
            for name in names:
                if name not in self.figures:
                    yield f"{field}: {shown(name)} is none of the figures ({', '.join(self.figures)})"
        for name, number in self.at_least.items():
            if number > self.figures.get(name, math.inf):
                yield (
                    f"at_least.{name}: must not be more than the figure (got {number:.15g} and {self.figures[name]:.15g})"
                )
        for field, figures in (("figures", self.figures), ("at_least", self.at_least)):
            yield from (f"{field}.{name}: {rule}" for name, rule in fractions_in(figures))
        for whole, parts in PARTS.items():
            for part in parts:
                if self.figures.get(part, 0) > self.figures.get(whole, math.inf):
                    yield (
                        f"figures.{part}: must not be more than {whole} "
                        f"(got {self.figures[part]:.15g} and {self.figures[whole]:.15g})"
                    )


class Document(Published):
    """What a *source* says about a claim that no count settles: it *agrees*, *disagrees*, is *otherwise*, or *repeats*.

    *otherwise*: the source shows another picture of something the claim does not speak of; *about* names it. *repeats*: it
    states the claim over again, or is where it comes from, with no count or document of its own.
    """

    says: Literal["agrees", "disagrees", "otherwise", "repeats"]
    about: str | None = None

    @model_validator(mode="after")
    def _about_something(self) -> Document:
        if self.says == "otherwise" and not self.about:
            raise ValueError("about is missing: say of what the source shows another picture")
        return self


__all__ = [
    "COUNTED", "GRADES", "GRADE_OF", "Claimed", "Document", "Evidence", "EvidenceGrade", "Name", "Number", "Published",
    "fractions_in",
]  # fmt: skip
