"""Operating points of real systems: false alerts on record, and how many listed people were found where that is published.

Every figure carries its source and its grade: ``found`` is printed in a copy of the source, ``found in a secondary
copy`` only in a rewrite of it, ``derived`` summed or divided from printed figures. Nothing here is recalled.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from simulator.evidence.statistics.intervals import Interval, garwood

Grade = Literal["found", "found in a secondary copy", "derived"]
GRIDS = "Met deployment records 2023 to 2025 (the Met's own tables), rows summed by printed threshold"


@dataclass(frozen=True)
class Record:
    """One operating point: *false* alerts among *of* counted faces or passages (at least so many if *at_least*).

    *published_fpir* stands where a rate is printed and not what it is out of; *size* is the average list and *tpir*
    the share of listed people found, of *one_test* with the false alerts or not. *said* and *found* are the two rates
    as published, *remark* what a reader must know of them.
    """

    name: str
    threshold: float | None
    size: float | None
    false: int
    of: int | None
    source: str
    grade: Grade
    unit: str = "faces"
    at_least: bool = False
    published_fpir: float | None = None
    tpir: float | None = None
    tpir_interval: tuple[float, float] | None = None
    tpir_grade: Grade | None = None
    one_test: bool = True
    said: str = ""
    found: str = ""
    remark: str = ""

    @property
    def fpir(self) -> float:
        """False alerts per face or passage; 0 where there was none on record."""
        return self.published_fpir if self.published_fpir is not None else self.false / (self.of or 1)

    @property
    def interval(self) -> Interval:
        """Exact 95 % Poisson interval of *fpir* (Garwood), from the number of false alerts."""
        low, high = garwood(self.false)
        scale = self.published_fpir / self.false if self.published_fpir is not None else 1 / (self.of or 1)
        return Interval(low * scale, high * scale)


# Both rates are published: a point on the curve.
POINTS = (
    Record(
        "NPL test 2023", 0.60, 10_000, 7, None,
        "NPL 2023, as quoted in The Register 2023-04-06, Computer Weekly and the Scottish Police Authority's discussion "
        "paper, appendix D: TPIR 89 %, FPIR 0.017 % with a list of 10,000, 7 false positives",
        "found", unit="passages", published_fpir=1.7e-4, tpir=0.89, tpir_interval=(0.857, 0.918), tpir_grade="found",
        said="about 1 in 6,000 passages", remark="scaled to this list by its authors; intervals derived from 7 false "
        "positives and 400 volunteers",
    ),
    Record(
        "Cardiff trial 2018", None, None, 1, 2_251,
        "Cardiff University evaluation of South Wales Police, 2018: 1 false alert in 2,251 faces, 7 volunteers found "
        "in 76 % of attempts",
        "found", tpir=0.76, tpir_grade="found", remark="older software",
    ),
    Record(
        "Met 2020", None, 6_778, 7, 13_200,
        "Met deployment record 2020 (the Met's own table), 3 deployments summed; TPIR: the Met's claim of 70 %, "
        "Daily Mail 2020-01-24",
        "derived", tpir=0.70, tpir_grade="found", one_test=False, remark="the share is an earlier claim by the Met",
    ),
    Record(
        "Essex to Feb 2025", None, None, 1, 383_356,
        "Essex Police transparency report, in Biometric Update 2025-02; TPIR: test with 188 actors, press copies of "
        "March 2026",
        "found", tpir=0.5, tpir_grade="found in a secondary copy", one_test=False, found="about half found",
        remark="another vendor; the share is from another test",
    ),
)  # fmt: skip

# How many listed people went past unseen is not published: only the rate of false alerts is known.
RATES = (
    Record("Met, Apr to Nov 2023", 0.60, 11_476, 1, 307_372, GRIDS, "derived", remark="high face counts"),
    Record(
        "Met, Dec 2023 to Jun 2024", 0.60, 13_143, 24, 183_874, GRIDS, "derived",
        remark="low face counts",
    ),
    Record("Met, 11 to 23 Jul 2024", 0.62, 15_804, 4, 16_589, GRIDS, "derived", remark="low face counts"),
    Record(
        "Met, 25 Jul 2024 to 17 Apr 2026", 0.64, 16_000, 20, 6_641_792,
        f"{GRIDS}; from 2025 on a transcription of the Met's tables",
        "derived", remark="calibrates preset field",
    ),
    Record(
        "of these, Sep 2024 to Sep 2025", 0.64, 15_900, 10, 3_147_436,
        "Met annual report, in The Register and BBC copies", "found", remark="annual report",
    ),
    Record(
        "of these, Croydon fixed cameras", 0.64, 16_500, 1, 472_352,
        "Transcription of the Met's tables, 24 deployments to 25 Mar 2026; equal to the Met's six-month claim",
        "derived", remark="threshold not printed",
    ),
    Record(
        "South Wales since 2023", 0.64, None, 0, 2_500_000,
        "South Wales Police, Sep 2024: over 2.5 million faces, no false alert; threshold in Biometric Update 2025-08-26",
        "found", at_least=True, remark="the force's claim",
    ),
)  # fmt: skip
