"""An input by the record alone and with the scenario's evidence, as a fit tells it."""

from __future__ import annotations

from dataclasses import dataclass

# A count less likely than this is said not to fit the line, or the evidence, that it was expected by.
UNLIKELY = 0.05


@dataclass(frozen=True, kw_only=True)
class MedianOf:
    """The middle of a law with its interval."""

    median: float
    interval_95: tuple[float, float]


@dataclass(frozen=True, kw_only=True)
class PriorFound:
    """The input *key* by the record *alone*, and *with_evidence* of the scenario where that is *used*, and *why* so.

    The one with the evidence goes into the fitted scenario where there is one. *conflict_p* is how probable a record as far
    off was by the whole of that evidence, *share* how much of what the result is made of is that evidence, and *may_not_hold*
    whether it is of another force, vendor or way of counting.
    """

    key: str
    used: bool
    why: str
    alone: MedianOf
    with_evidence: MedianOf | None
    conflict_p: float | None
    share: float | None
    may_not_hold: bool

    @property
    def conflicts(self) -> bool:
        """Whether record and evidence are hardly of one system."""
        return self.conflict_p is not None and self.conflict_p < UNLIKELY


__all__ = ["MedianOf", "PriorFound"]
