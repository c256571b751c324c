"""So many officers on the street: who does what.

The rule: a driver for every van, one operator at the screen, and pairs of all others; every second pair, the last one first,
checks identities and takes people to custody, the others walk up to people. Who is left over is a second operator.
"""

from __future__ import annotations

from dataclasses import dataclass

PAIR = 2
# An operator, a team and a checker unit.
FEWEST = 1 + 2 * PAIR


class TooFewError(ValueError):
    """Fewer officers than the work takes; it says how many are the least."""


@dataclass(frozen=True)
class Staffing:
    """Who is there: *operators* and *vans* (their drivers) one by one, *teams* and *checkers* in pairs."""

    operators: int
    teams: int
    checkers: int
    vans: int

    @property
    def officers(self) -> int:
        """How many officers these are."""
        return self.operators + PAIR * (self.teams + self.checkers) + self.vans

    @property
    def words(self) -> str:
        """Who does what."""
        parts = [
            _counted(self.operators, "operator at the screen", "operators at the screens"),
            f"{_counted(self.teams, 'team', 'teams')} of two",
            f"{_counted(self.checkers, 'checker unit', 'checker units')} of two",
            _counted(self.vans, "van driver", "van drivers"),
        ]
        return ", ".join(parts[: 4 if self.vans else 3])

    @property
    def settings(self) -> dict[str, int]:
        """The same as dotted keys of a scenario."""
        return {f"officers.{name}": number for name, number in vars(self).items()}


def staffing_of(officers: int, vans: int) -> Staffing:
    """Who does what of so many *officers*, with so many *vans*; TooFewError where they cannot do the work."""
    least = FEWEST + vans
    if officers < least:
        with_vans = f" with {_counted(vans, 'van', 'vans')}" if vans else ""
        raise TooFewError(f"must be at least {least}{with_vans}: {staffing_of(least, vans).words} (got {officers})")
    pairs, over = divmod(officers - vans - 1, PAIR)
    return Staffing(1 + over, pairs // 2, pairs - pairs // 2, vans)


def could_be(officers: float) -> str:
    """What so many *officers* could be, as the end of a sentence about a scenario's section of that name."""
    keys = "say who does what with officers.operators, officers.teams, officers.checkers (both pairs) and officers.vans"
    if officers != int(officers) or officers < FEWEST:
        return f"{keys}; {FEWEST} officers are the least"
    whole = int(officers)
    found = staffing_of(whole, 1 if whole > FEWEST else 0)
    sets = " ".join(f"--set {key}={number}" for key, number in found.settings.items())
    return f"{keys}. {whole} officers could be {found.words}: {sets}"


def _counted(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"


__all__ = ["FEWEST", "Staffing", "TooFewError", "could_be", "staffing_of"]
