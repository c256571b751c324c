"""A comparison as rows, one for each measure, pass and unit: what ``comparison.csv`` and the data frame hold."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import astuple, dataclass, fields

from simulator.evidence.compare.found import Compared, CompareFound
from simulator.evidence.run.study import CHANCE, IGNORANCE
from simulator.evidence.statistics.differences import RateDifference
from simulator.experiment.csv_files import csv_text


@dataclass(frozen=True, kw_only=True)
class Row:
    """One difference; its fields are the columns, and rates have no more than the first nine."""

    measure: str
    unit: str
    inputs: str
    per: str
    a: float
    b: float
    difference: float
    difference_low: float
    difference_high: float
    shown: bool | None = None
    ratio: float | None = None
    ratio_low: float | None = None
    ratio_high: float | None = None
    campaigns_more: int | None = None
    campaigns_equal: int | None = None
    campaigns_fewer: int | None = None
    correlation: float | None = None
    unpaired_campaigns: float | None = None
    pairing: str | None = None


def rows_of(found: CompareFound) -> Iterator[Row]:
    """Every measure in both passes, per campaign; then the rates that there are."""
    for name, measure in found.measures.items():
        for inputs, compared in ((CHANCE, measure.chance), (IGNORANCE, measure.ignorance)):
            yield _counted(name, measure.unit, inputs, compared)
    for per, rates in found.rates.items():
        for name, rate in rates.items():
            for inputs, per_unit in ((CHANCE, rate.chance), (IGNORANCE, rate.ignorance)):
                if per_unit is not None:
                    yield _rated(name, found.measures[name].unit, inputs, per, per_unit)


def _counted(name: str, unit: str, inputs: str, compared: Compared) -> Row:
    low, high = compared.difference_95
    ratio_low, ratio_high = compared.ratio_95 or (None, None)
    return Row(
        measure=name,
        unit=unit,
        inputs=inputs,
        per="campaign",
        a=compared.a,
        b=compared.b,
        difference=compared.difference,
        difference_low=low,
        difference_high=high,
        shown=compared.shown,
        ratio=compared.ratio,
        ratio_low=ratio_low,
        ratio_high=ratio_high,
        campaigns_more=compared.campaigns.more,
        campaigns_equal=compared.campaigns.equal,
        campaigns_fewer=compared.campaigns.fewer,
        correlation=compared.pairing.correlation,
        unpaired_campaigns=compared.pairing.unpaired_campaigns,
        pairing=compared.pairing.verdict,
    )


def _rated(name: str, unit: str, inputs: str, per: str, rate: RateDifference) -> Row:
    low, high = rate.difference_95
    return Row(
        measure=name,
        unit=unit,
        inputs=inputs,
        per=per,
        a=rate.a,
        b=rate.b,
        difference=rate.difference,
        difference_low=low,
        difference_high=high,
    )


def csv_of(found: CompareFound) -> str:
    """``comparison.csv`` as text: empty where there is no number, numbers with all their digits."""
    return csv_text([field.name for field in fields(Row)], map(astuple, rows_of(found)))


__all__ = ["Row", "csv_of", "rows_of"]
