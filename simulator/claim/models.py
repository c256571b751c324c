"""What a claim file says: claims that state what they count, out of how many of what, and the evidence beside them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from typing import Annotated, Literal

from pydantic import Field, ValidationInfo, field_validator, model_validator

from simulator.claim.dates import SaidOn, last_day
from simulator.claim.evidence import COUNTED, Document, Evidence, Name, Number, Published, fractions_in
from simulator.claim.figures import FIGURES
from simulator.claim.kinds import ChangeClaim, ComparisonClaim, CountClaim, RateClaim
from simulator.scenario.errors import SeveralError, shown
from simulator.scenario.explain import near_hint
from simulator.scenario.part import Date, Part


class Claim(Part):
    """One *statement*, what it counts (one section at most), and what to hold it against."""

    statement: str
    said_by: str | None = None
    said_on: SaidOn | None = None
    speaker: str | None = Field(default=None, description="who speaks, as counted_by names them; none: said_by")
    begins: Date | None = None
    ends: Date | None = None
    count: Annotated[CountClaim | None, COUNTED] = None
    rate: RateClaim | None = None
    change: ChangeClaim | None = None
    comparison: ComparisonClaim | None = None
    about: str | None = Field(default=None, description="what the claim speaks of, where documents settle it")
    evidence: tuple[str, ...] = Field(default=(), description="names of the file's evidence")
    documents: tuple[Document, ...] = ()
    asserts_cause: bool = Field(default=False, description="says that the cameras brought it about")
    carries_over: bool = Field(
        default=True, description="its rate is carried over the file's larger uses; not that of another system or time"
    )
    left_out: tuple[str, ...] = Field(
        default=(), description="measures of the scenario that the claim does not mention"
    )
    notes: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _one_kind(self) -> Claim:
        given = [name for name in KINDS if getattr(self, name) is not None]
        if len(given) > 1:
            raise ValueError(f"give one of {', '.join(KINDS)} (got {' and '.join(given)})")
        if not given and not self.documents:
            raise ValueError(f"documents is missing: without {', '.join(KINDS)} the claim rests on documents alone")
        if self.ends and not self.begins:
            raise ValueError("begins is missing: ends goes with it")
        return self

    @field_validator("ends")
    @classmethod
    def _after_begins(cls, ends: dt.date | None, info: ValidationInfo) -> dt.date | None:
        # with the field and not with the whole claim, so that it is told beside other mistakes
        if ends and (begins := info.data.get("begins")) and ends < begins:
            raise ValueError(f"must not be before begins (got {ends} and {begins})")
        return ends

    @property
    def kind(self) -> str:
        """Which section the claim has; ``fact`` where documents settle it."""
        return next((name for name in KINDS if getattr(self, name) is not None), "fact")


KINDS = ("count", "rate", "change", "comparison")


class Reach(Part):
    """A larger use of the same cameras, in *figures*, over which a rate is carried."""

    words: str
    figures: Annotated[dict[Name, Number], COUNTED] = Field(min_length=1)
    source: str
    grade: Literal["measured", "derived", "assumed"]

    @model_validator(mode="after")
    def _whole(self) -> Reach:
        if problems := [f"figures.{name}: {rule}" for name, rule in fractions_in(self.figures)]:
            raise SeveralError(problems)
        return self


class RepeatVisits(Part):
    """Passers-by who come more than once: passages *per_person* and how alike their results are (*correlation*)."""

    per_person: float = Field(ge=1, le=10_000)
    correlation: float = Field(ge=0, le=1)
    variation: float = Field(default=0.0, ge=0, le=100, description="coefficient of variation of passages per person")
    source: str


class PassagesPerFace(Part):
    """How many passages of people may stand behind one counted face: nobody has published how faces are counted."""

    low: float = Field(gt=0)
    high: float = Field(gt=0)
    source: str

    @model_validator(mode="after")
    def _in_order(self) -> PassagesPerFace:
        if self.high < self.low:
            raise ValueError(f"high must not be below low (got {self.low:g} and {self.high:g})")
        return self


class ClaimFile(Part):
    """Claims with the evidence they are held against; *scenario* simulates what they leave out."""

    name: str
    title: str
    said_by: str
    said_on: SaidOn
    speaker: str | None = None
    forces: tuple[str, ...] = Field(default=(), description="who runs the cameras: what they count is their own count")
    source: str
    description: str = ""
    scenario: str | None = None
    words: dict[Name, str] = Field(default={}, description="what figures of this file's own count, singular")
    evidence: dict[Name, Evidence] = Field(default={})
    reach: dict[Name, Reach] = Field(default={})
    visits: RepeatVisits | None = None
    passages_per_face: PassagesPerFace | None = None
    claims: dict[Name, Claim] = Field(min_length=1)

    @field_validator("evidence")
    @classmethod
    def _one_publication_a_source(cls, evidence: dict[str, Evidence]) -> dict[str, Evidence]:
        published: dict[str, str] = {}
        for key, item in evidence.items():
            if published.setdefault(item.source, item.publication) != item.publication:
                raise ValueError(
                    f"{key}.publication: one source is one publication, or it would count twice "
                    f"(got {shown(item.publication)} and {shown(published[item.source])})"
                )
        return evidence

    @model_validator(mode="after")
    def _sources_told_apart(self) -> ClaimFile:
        counters = {item.counted_by for item in self._published if item.counted_by}
        for name in self.forces:
            if name not in counters and (near := get_close_matches(name, counters, 1, 0.85)):
                raise ValueError(
                    f"forces: write {shown(name)} as in counted_by ({near[0]}), or the rule takes them for two"
                )
        draws = self._draws
        for first in draws:
            origin = draws[first]
            for _ in draws:
                if origin == first:
                    raise ValueError(f"evidence: draws_on of {shown(first)} leads back to itself; say which came first")
                origin = draws.get(origin, "")
        return self

    @property
    def _published(self) -> tuple[Published, ...]:
        """All evidence and documents of the file."""
        return (*self.evidence.values(), *(item for claim in self.claims.values() for item in claim.documents))

    @property
    def _draws(self) -> dict[str, str]:
        """On which other each publication draws."""
        return {item.publication: item.draws_on for item in self._published if item.draws_on}

    def said_of(self, claim: Claim) -> tuple[str, dt.date | None]:
        """Who speaks in *claim*, as ``counted_by`` would name them, and the last day on which it can have been said."""
        speaker = claim.speaker or claim.said_by or self.speaker or self.said_by
        return speaker, last_day(claim.said_on or self.said_on)

    def origin_of(self, item: Published) -> str:
        """The publication or record from which the figures of *item* come in the end."""
        draws, origin = self._draws, item.draws_on or item.publication
        while origin in draws:
            origin = draws[origin]
        return origin

    @field_validator("claims")
    @classmethod
    def _names_known(cls, claims: dict[str, Claim], info: ValidationInfo) -> dict[str, Claim]:
        # where one of these has a mistake of its own, nothing can be said of the names in it
        known: dict[str, Evidence] | None = info.data.get("evidence")
        own: dict[str, str] | None = info.data.get("words")
        problems = [
            *(
                []
                if known is None
                else (x for key, claim in claims.items() for x in unknown(key, claim.evidence, known))
            ),
            *([] if own is None else (x for key, claim in claims.items() for x in unnamed(key, _figures(claim), own))),
        ]
        if problems:
            raise SeveralError(problems)
        return claims


def unknown(key: str, names: Iterable[str], known: Iterable[str]) -> Iterator[str]:
    """What is wrong with the *names* of evidence of claim *key* that are none of those *known*."""
    for name in names:
        if name not in known:
            yield f"{key}.evidence: {shown(name)} is none of the file's evidence ({', '.join(known)})"


def unnamed(key: str, names: Iterable[str], own: Mapping[str, str]) -> Iterator[str]:
    """What is wrong with the *names* of figures of claim *key* that are neither known nor the file's *own*."""
    for name in names:
        if name not in FIGURES and name not in own:
            yield f"{key}: no figure is called {shown(name)}{near_hint(name, (*FIGURES, *own)) or '; add it to words'}"


def _figures(claim: Claim) -> Iterator[str]:
    for section in (claim.count, claim.rate):
        yield from () if section is None else _named(section)


def _named(section: CountClaim | RateClaim) -> tuple[str, ...]:
    """Every figure that *section* names."""
    if isinstance(section, CountClaim):
        return (section.event, *section.out_of, *section.spread_over, *section.also_counted)
    return (section.event, section.per, *(section.also_per or ()), *section.also_counted)


__all__ = ["Claim", "ClaimFile", "PassagesPerFace", "Reach", "RepeatVisits", "unknown", "unnamed"]
