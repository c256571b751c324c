"""What ``lfrsim claim`` found, of a claim file or of stated numbers: kept as ``claims.json`` (docs/reference/claims.md)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, NamedTuple, TypeAlias

from pydantic import Discriminator, Field

from simulator.claim.evidence import Evidence
from simulator.evidence.claim.consistency import Check
from simulator.evidence.claim.details import Details
from simulator.evidence.claim.judged import Carried, Judged
from simulator.evidence.claim.list_and_share import AgainstList, BreakEven
from simulator.evidence.claim.ratios import Ends
from simulator.evidence.claim.readings import Reading
from simulator.evidence.claim.unmentioned import Simulated
from simulator.evidence.claim.verdict import RULE
from simulator.evidence.counted.measures import WRONGFUL_NOTE
from simulator.evidence.kept import Found, frame, read
from simulator.evidence.statistics.intervals import Interval
from simulator.scenario.errors import Problem, ScenarioError

if TYPE_CHECKING:
    import pandas as pd

NO_VERDICT = (
    "Taken at their word: nothing here says whether these numbers are right, and there is no verdict without a record "
    "beside them. To hold a statement against published figures, write a claim file."
)
FINDING, DETAILS = "claims.json", "details.json"


@dataclass(frozen=True, kw_only=True)
class Intervals:
    """What each kind of interval is, in words."""

    interval_95: str = (
        "exact two-sided 95 % interval (Garwood, Clopper-Pearson, ratio of two counts), as if nobody came twice"
    )
    repeats_95: str = "the same at the effective sample size, where the file says how often people come past (assumed)"
    one_sided_95: str = "one-sided 95 % upper bound where nothing was counted"
    per_passage: str = "what the unknown counting of faces leaves of the rate per passage"
    predicted_95: str = "95 % of whole counts to come: chance, and what is not known of the rate"
    campaign_90: str = "90 % of simulated campaigns with inputs drawn from their intervals"


@dataclass(frozen=True, kw_only=True)
class AboutFile:
    """The header of a claim file."""

    name: str
    title: str
    said_by: str
    said_on: str
    source: str
    description: str
    scenario: str | None


@dataclass(frozen=True, kw_only=True, repr=False)
class JudgedFile(Found):
    """A claim *file*: each claim judged, the *checks* among its *evidence*, and what was simulated beside (*left_out*).

    *details* are what its page says besides; they are kept in a file of their own, and are no part of the JSON.
    """

    schema: Literal["lfrsim-claims/1"] = "lfrsim-claims/1"
    form: Literal["file"] = "file"
    file: AboutFile
    rule: tuple[str, ...] = RULE
    intervals: Intervals = Intervals()
    evidence: Mapping[str, Evidence]
    claims: tuple[Judged, ...]
    checks: tuple[Check, ...]
    left_out: Simulated | None
    note: str = WRONGFUL_NOTE
    details: Annotated[Details | None, Field(exclude=True)] = field(default=None, compare=False)

    @property
    def complete(self) -> bool:
        """Not without its details."""
        return self.details is not None

    def to_frame(self) -> pd.DataFrame:
        """One row for each claim: who said what, whether the numbers agree, how strong that is, and the figures."""
        shown = ("kind", "statement", "said_by", "said_on", "unit", "verdict", "key_figure")
        rows = ({name: getattr(item, name) for name in shown} for item in self.claims)
        axes = {axis: [getattr(item.verdict, axis) for item in self.claims] for axis in ("numbers", "strength")}
        return frame(rows).assign(key=[item.key for item in self.claims], **axes).set_index("key")


class Count(NamedTuple):
    """A count as it was stated: from *fewest* to *most*, the same where it is one number."""

    fewest: int
    most: int


@dataclass(frozen=True, kw_only=True)
class Given:
    """Counts of *events* and how many of each *unit* there were; *one_in*: the limit that is to be shown, 1 in so many.

    *visits* of each person to the cameras, whose results are alike by *correlation*. Every face is compared with *list_size*
    entries; *detection*: the share of listed people who raise an alert; *accuracy*: the share that is said to go right. Whoever
    makes it has seen to it that the numbers do not contradict each other. Limits and shares may stand alone, without events.
    """

    events: Mapping[str, Count]
    units: Mapping[str, float]
    one_in: float | None = None
    visits: float | None = None
    correlation: float | None = None
    year_faces: float | None = None
    list_size: float | None = None
    detection: float | None = None
    accuracy: float | None = None

    @property
    def first(self) -> tuple[str, str] | None:
        """The event and the unit by which limits are shown and rates carried further: the first ones given."""
        return (next(iter(self.events)), next(iter(self.units))) if self.events else None


@dataclass(frozen=True, kw_only=True)
class StatedRate:
    """An *event* per unit, whichever count is meant: both ends of the rate (*rates*) and its exact 95 % interval (an envelope).

    *mixture_95* and *median* are Jeffreys', with equal weights for the counts that a range could mean; None for two tallies of
    which neither holds the other, and for a single count. *one_sided_95*: where nothing was counted. *repeats_95*: the exact
    interval at the effective sample size, where passers-by repeat.
    """

    event: str
    per: str
    fewest: int
    most: int
    bottom: float
    rates: Interval
    interval_95: Ends
    one_sided_95: float | None
    method: str
    mixture_95: Ends | None
    median: float | None
    weight_of_each_count: float
    repeats_95: Ends | None


@dataclass(frozen=True, kw_only=True, repr=False)
class StatedNumbers(Found):
    """What numbers say that somebody states, if they are right: *rates*, *readings* of limits, a rate *carried* further.

    *against_lists*: the rate per search by size of list; *break_even*: the share of listed people at which half the alerts
    are wrong.
    """

    schema: Literal["lfrsim-claims/1"] = "lfrsim-claims/1"
    form: Literal["numbers"] = "numbers"
    given: Given
    no_verdict: str = NO_VERDICT
    intervals: Intervals = Intervals()
    rates: tuple[StatedRate, ...]
    readings: tuple[Reading, ...]
    carried: tuple[Carried, ...]
    against_lists: tuple[AgainstList, ...]
    break_even: BreakEven | None
    left_out: Simulated | None
    note: str = WRONGFUL_NOTE
    details: Annotated[Details | None, Field(exclude=True)] = field(default=None, compare=False)

    @property
    def complete(self) -> bool:
        """Not without its details."""
        return self.details is not None

    def to_frame(self) -> pd.DataFrame:
        """One row for each event by each unit."""
        return frame(self.rates)


ClaimsFound: TypeAlias = Annotated[JudgedFile | StatedNumbers, Discriminator("form")]


def read_folder(folder: Path) -> JudgedFile | StatedNumbers:
    """What a *folder* of ``lfrsim claim -o`` holds, its details beside it; ScenarioError where it holds something else."""
    found, details = read(folder / FINDING), read(folder / DETAILS)
    if not isinstance(found, JudgedFile | StatedNumbers) or not isinstance(details, Details):
        rule = "holds no claims; make it again with lfrsim claim -o"
        raise ScenarioError(Problem(str(folder), "", rule))
    return replace(found, details=details)


def write_folder(folder: Path, found: JudgedFile | StatedNumbers) -> None:
    """Write what was *found* into *folder*, its details beside it."""
    (folder / FINDING).write_text(found.to_json(), "utf-8")
    if found.details is not None:
        (folder / DETAILS).write_text(found.details.to_json(), "utf-8")


__all__ = [
    "DETAILS", "FINDING", "NO_VERDICT", "AboutFile", "ClaimsFound", "Count", "Given", "JudgedFile", "StatedNumbers", "StatedRate",
    "read_folder", "write_folder",
]  # fmt: skip
