"""A number that says how sure it is and who says so."""

from __future__ import annotations

import math
from typing import Annotated, Any, ClassVar, Literal, TypeVar

import numpy as np
from numpy.typing import NDArray
from pydantic import AfterValidator, Field, GetJsonSchemaHandler, model_validator
from pydantic_core import CoreSchema

from simulator.scenario.errors import shown
from simulator.scenario.laws import LARGEST, SMALLEST, beta_from_interval, law_median
from simulator.scenario.number_fields import with_numbers
from simulator.scenario.numbers import read_number, suggested_share
from simulator.scenario.part import Part
from simulator.scenario.record_behind import RecordBehind

Array = NDArray[np.float64]
Grade = Literal["measured", "derived", "recalled", "assumed"]
Z95 = 1.959963984540054
# How far, as a share of the interval's width, the median may lie from where the family would put it.
MEDIAN_TOLERANCE = 0.15
PERCENT = "; only shares and thresholds may be percentages"


class GammaLaw(Part):
    """Gamma distribution with *shape* and *rate* (mean shape / rate): a count of events over an exposure."""

    shape: float = Field(ge=SMALLEST, le=LARGEST)
    rate: float = Field(ge=SMALLEST, le=LARGEST)


class BetaLaw(Part):
    """Beta distribution with *a* successes and *b* failures, prior included."""

    a: float = Field(ge=SMALLEST, le=LARGEST)
    b: float = Field(ge=SMALLEST, le=LARGEST)


_Q = TypeVar("_Q", bound="Quantity")


class Quantity(Part):
    """A number with its 95 % interval (*low*, *high*), *source* and *grade*; a bare number is one without them.

    *from_*, ``from`` in a file, is the record that it was computed from.

    *value* is the median. The family of the interval follows from the kind of quantity: log-normal for rates and
    times, beta for shares, normal for the rest, a rounded normal for counts. A ``gamma`` or ``beta`` law may stand
    in place of value, low and high.
    """

    family: ClassVar[str] = "normal"
    minimum: ClassVar[float] = -math.inf
    maximum: ClassVar[float] = math.inf

    value: float = math.nan
    low: float | None = None
    high: float | None = None
    gamma: GammaLaw | None = None
    beta: BetaLaw | None = None
    source: str | None = None
    grade: Grade | None = None
    from_: RecordBehind | None = Field(default=None, alias="from", exclude_if=lambda behind: behind is None)

    @model_validator(mode="before")
    @classmethod
    def _accept_number(cls, data: Any) -> Any:
        if isinstance(data, str):
            number = read_number(data, percent=cls.maximum == 1)
            data = data if number is None else number
        if isinstance(data, bool) or not isinstance(data, (int, float, dict, Quantity)):
            percent = PERCENT if isinstance(data, str) and data.rstrip().endswith("%") else ""
            raise ValueError(
                f"must be a number, or a mapping with value, low, high, source and grade (got {shown(data)}){percent}"
            )
        if isinstance(data, (int, float)):
            return {"value": float(data) + 0.0}  # a zero has no sign
        if not isinstance(data, dict):
            return data
        data = with_numbers(cls, data, shares=cls.maximum == 1)
        laws = [name for name in ("gamma", "beta") if data.get(name) is not None]
        if len(laws) > 1 or (laws and (data.get("low") is not None or data.get("high") is not None)):
            raise ValueError("give either low and high, or one law (gamma or beta), not both")
        if laws and "value" not in data:
            data["value"] = law_median(laws[0], data[laws[0]])
        return data

    @model_validator(mode="after")
    def _check(self) -> Quantity:
        if math.isnan(self.value):
            raise ValueError("value is missing")
        for name in ("value", "low", "high"):
            number = getattr(self, name)
            if number is not None and not self.minimum <= number <= self.maximum:
                near = suggested_share(number, isinstance(self, Threshold)) if self.maximum == 1 else ""
                raise ValueError(f"{name} must be {self.domain} (got {number:g}){near}")
            if number and not SMALLEST <= abs(number) <= LARGEST:
                raise ValueError(f"{name} must be 0 or between {SMALLEST:g} and {LARGEST:g} in size (got {number:g})")
        if (self.low is None) != (self.high is None):
            raise ValueError("low and high go together: give both or neither")
        if self.low is not None and self.high is not None:
            self._check_interval(self.low, self.high)
        elif self.uncertain:
            self._check_law()
        return self

    @property
    def domain(self) -> str:
        """The range of its kind, in words."""
        if math.isinf(self.maximum):
            return f"at least {self.minimum:g}"
        return f"between {self.minimum:g} and {self.maximum:g}"

    def _check_interval(self, low: float, high: float) -> None:
        if not low < high:
            raise ValueError(f"low must be below high (got low {low:g}, high {high:g})")
        if self.family == "log-normal" and low <= 0:
            raise ValueError(f"low must be above 0, because this quantity is log-normal (got {low:g})")
        if self.family == "beta" and not (low > 0 and high < 1):
            raise ValueError(f"low and high must lie inside 0 and 1 (got {low:g} and {high:g}); or give a beta law")
        median = self._family_median(low, high)
        scale = math.log if self.family == "log-normal" else float
        if not low <= self.value <= high or (
            abs(scale(self.value) - scale(median)) > MEDIAN_TOLERANCE * (scale(high) - scale(low))
        ):
            raise ValueError(
                f"value must be near the median of its interval: a {self.family} law with 95 % between {low:g} and "
                f"{high:g} has median {median:.3g} (got {self.value:g}); change value, low or high"
            )

    def _check_law(self) -> None:
        if self.gamma is not None and self.family != "log-normal":
            raise ValueError("gamma: a gamma law is for rates and times, which this is not")
        if self.family not in ("log-normal", "beta"):
            raise ValueError("beta: a beta law is for shares and rates, which this is not")
        low, median, high = self.ppf(np.array([0.025, 0.5, 0.975])).tolist()
        if not low < high < math.inf:
            raise ValueError(f"the law has no spread that numbers can hold (95 % between {low:g} and {high:g})")
        if abs(self.value - median) > MEDIAN_TOLERANCE * (high - low):
            raise ValueError(
                f"value must be near the median of its law, which is {median:.3g} (got {self.value:g}); "
                "change it or leave it out"
            )

    def _family_median(self, low: float, high: float) -> float:
        if self.family == "log-normal":
            return math.exp((math.log(low) + math.log(high)) / 2)
        if self.family == "beta":
            from scipy import special

            return float(special.betaincinv(*beta_from_interval(low, high), 0.5))
        return (low + high) / 2

    @classmethod
    def __get_pydantic_json_schema__(cls, core_schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        """Describe the two forms of a quantity to editors: a bare number, or the mapping."""
        reference = handler(core_schema)
        whole = handler.resolve_ref_schema(reference)
        limits = {"minimum": cls.minimum, "maximum": cls.maximum}
        number = {"type": "number"} | {name: limit for name, limit in limits.items() if math.isfinite(limit)}
        mapping = {name: whole.pop(name) for name in ("type", "properties", "additionalProperties")}
        # missing where a law gives it; JSON has no NaN
        del mapping["properties"]["value"]["default"]
        whole["anyOf"] = [number, mapping]
        return reference

    @property
    def uncertain(self) -> bool:
        """Whether the quantity carries an interval or a law."""
        return self.low is not None or self.gamma is not None or self.beta is not None

    def interval(self) -> tuple[float, float]:
        """The 95 % interval, or the value twice where there is none."""
        if not self.uncertain:
            return self.value, self.value
        low, high = self.ppf(np.array([0.025, 0.975]))
        return float(low), float(high)

    def ppf(self, u: Array) -> Array:
        """Values at the probabilities *u* of the quantity's distribution (the value itself where it has none)."""
        if self.gamma is not None:
            from scipy import special

            return np.asarray(special.gammaincinv(self.gamma.shape, u) / self.gamma.rate)
        if self.beta is not None:
            from scipy import special

            return np.asarray(special.betaincinv(self.beta.a, self.beta.b, u))
        if self.low is None or self.high is None:
            return np.full(np.shape(u), self.value)
        return self._interval_ppf(u, self.low, self.high)

    def _interval_ppf(self, u: Array, low: float, high: float) -> Array:
        from scipy import special

        if self.family == "beta":
            return np.asarray(special.betaincinv(*beta_from_interval(low, high), u))
        log = self.family == "log-normal"
        centre, lower, upper = (np.log([self.value, low, high]) if log else np.array([self.value, low, high])).tolist()
        z = special.ndtri(u)
        # two half-widths, so that value, low and high are all three exact quantiles
        x = centre + z * np.where(z < 0, centre - lower, upper - centre) / Z95
        x = np.exp(x) if log else x
        least = self.minimum
        if self.family == "count":
            # none is another street altogether, with another law: "1 to 3" does not say that there may be none
            x, least = np.rint(x), 1.0 if low >= 1 else least
        return np.asarray(np.clip(x, least, self.maximum))


class Rate(Quantity):
    """A rate, ratio or time: not negative, log-normal."""

    family: ClassVar[str] = "log-normal"
    minimum: ClassVar[float] = 0.0


class Share(Quantity):
    """A share or probability: between 0 and 1, beta."""

    family: ClassVar[str] = "beta"
    minimum: ClassVar[float] = 0.0
    maximum: ClassVar[float] = 1.0


class Count(Quantity):
    """A number of people or vehicles: normal rounded to whole numbers, not negative, and 1 at least where *low* is."""

    family: ClassVar[str] = "count"
    minimum: ClassVar[float] = 0.0

    @model_validator(mode="after")
    def _whole(self) -> Count:
        return whole(self)


class Setting(Quantity):
    """A number that somebody chooses (a threshold, a list size): it has a source, never an interval."""

    minimum: ClassVar[float] = 0.0

    @model_validator(mode="after")
    def _no_interval(self) -> Setting:
        if self.uncertain:
            raise ValueError("is a choice, not an uncertain quantity: give one value, and vary it with --set")
        return self


class Threshold(Setting):
    """The score from which on the system alerts: between 0 and 1."""

    maximum: ClassVar[float] = 1.0


def within(low: float = 0.0, high: float = math.inf, above: float = -math.inf) -> AfterValidator:
    """Make a validator for quantities whose value must lie *above* a bound and from *low* to *high*."""

    def check(quantity: _Q) -> _Q:
        if quantity.value <= above:
            raise ValueError(f"must be above {above:g} (got {quantity.value:g})")
        if not low <= quantity.value <= high:
            domain = f"at least {low:g}" if math.isinf(high) else f"between {low:g} and {high:g}"
            raise ValueError(f"must be {domain} (got {quantity.value:g})")
        return quantity

    return AfterValidator(check)


def whole(quantity: _Q) -> _Q:
    """Refuse a *quantity* that counts something and has a fraction."""
    if quantity.value != int(quantity.value):
        raise ValueError(f"must be a whole number (got {quantity.value:.15g})")
    return quantity


def _whole_list(size: Setting) -> Setting:
    thousand = round(1000 * size.value, 9)
    if size.value != int(size.value) and thousand == int(thousand):
        raise ValueError(f"must be a whole number (got {size.value:.15g}); for {thousand:,.0f} write {thousand:.0f}")
    return whole(size)


LARGEST_LIST = 1_000_000_000
ListSize = Annotated[Setting, within(low=1.0, high=LARGEST_LIST), AfterValidator(_whole_list)]
# Of a gamma law: the smaller, the wilder. At 0.01 one day or person in a hundred has nearly everything; 0 would be no law.
Shape = Annotated[Rate, within(low=0.01)]
