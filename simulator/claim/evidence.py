"""What claims are held against: the number that is claimed, published figures, and documents."""

from __future__ import annotations

import math
import re
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field, model_validator

from simulator.claim.figures import PARTS, is_tally
from simulator.scenario.errors import shown
from simulator.scenario.part import Date, Part

# A: the publisher's own document or statement, seen in a copy. B: a transcription or a second-hand copy.
EvidenceGrade = Literal["A", "B", "assumed"]


def _checked_name(name: str) -> str:
    if not re.fullmatch(r"[a-z][a-z0-9_-]*", name):
        raise ValueError(f"must consist of small letters, digits, _ and - (got {shown(name)})")
    return name


Name = Annotated[str, AfterValidator(_checked_name)]
Number = Annotated[float, Field(ge=0, le=1e15)]


class Claimed(Part):
    """The number a claim states: *value* (to the nearest *to_nearest*), *low* to *high*, *at_least* or *at_most*.

    A bare number is an exact value. *words* are those of the claim, where it gives no number ("a handful").
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
        if isinstance(data, bool) or not isinstance(data, (int, float, dict, Claimed)):
            raise ValueError(
                "must be a number, or a mapping with value, low and high, at_least or at_most; "
                "for 1 in 170,000 write 0.00000588, for a handful write {low: 2, high: 7}"
            )
        return {"value": data} if isinstance(data, (int, float)) else data

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
            raise ValueError(f"low must not be above high (got low {self.low:g}, high {self.high:g})")
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


class Evidence(Part):
    """Published figures: what they are of, the period, the *figures* by name, and who published them.

    *publication* names what was published; figures of one publication are one source. *from_claim* names figures that
    were worked out from a claim itself and so cannot test it.
    """

    what: str
    begins: Date | None = None
    ends: Date | None = None
    figures: dict[Name, Number] = Field(default={}, min_length=1)
    from_claim: tuple[str, ...] = ()
    publication: str
    source: str
    grade: EvidenceGrade

    @model_validator(mode="after")
    def _consistent(self) -> Evidence:
        if self.begins and self.ends and self.ends < self.begins:
            raise ValueError(f"ends must not be before begins (got {self.ends} and {self.begins})")
        for name in self.from_claim:
            if name not in self.figures:
                raise ValueError(f"from_claim: {shown(name)} is none of the figures ({', '.join(self.figures)})")
        for name, number in self.figures.items():
            if is_tally(name) and number != int(number):
                raise ValueError(f"figures.{name}: must be a whole number (got {number:g})")
        for whole, parts in PARTS.items():
            for part in parts:
                if self.figures.get(part, 0) > self.figures.get(whole, math.inf):
                    raise ValueError(
                        f"figures.{part}: must not be more than {whole} "
                        f"(got {self.figures[part]:g} and {self.figures[whole]:g})"
                    )
        return self


class Document(Part):
    """What a *source* says about a claim that no count settles: it *agrees*, *disagrees*, is *otherwise*, or *repeats*.

    *otherwise*: the source shows another picture of something the claim does not speak of; *about* names it. *repeats*: it
    states the claim over again, or is where it comes from, with no count or document of its own.
    """

    says: Literal["agrees", "disagrees", "otherwise", "repeats"]
    what: str
    about: str | None = None
    publication: str
    source: str
    grade: EvidenceGrade

    @model_validator(mode="after")
    def _about_something(self) -> Document:
        if self.says == "otherwise" and not self.about:
            raise ValueError("about is missing: say of what the source shows another picture")
        return self


__all__ = ["Claimed", "Document", "Evidence", "EvidenceGrade", "Name", "Number"]
