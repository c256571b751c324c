"""Scenario files as text, for tests to load whole, change in one place or break in one place."""

MINIMAL = """\
name: minimal
title: One deployment of four hours
campaign:
  deployments:
    - {date: 2025-10-01, start: "11:00", hours: 4}
street:
  passages_per_hour: 1000
watchlist:
  size: 10000
  listed_per_1000_passages: 1
recogniser:
  preset: field
  threshold: 0.64
officers:
  operators: 1
  teams: 2
  checkers: 2
  vans: 1
procedure:
  reach: {median_min: 6}
  review: {median_min: 0.5}
  search: {median_min: 2}
  check: {median_min: 8}
  check_wrong_person: {median_min: 6}
  custody: {median_min: 60}
  look: {accept_true: 0.95, accept_false: 0.3}
  disposals: {wanted_arrest: 0.6}
  hold_limit_min: 20
  van_limit_min: 45
"""


def with_change(old: str, new: str) -> str:
    """Change the one place in ``MINIMAL`` that reads *old* to *new*."""
    assert MINIMAL.count(old) == 1, f"{old!r} must stand in MINIMAL once"
    return MINIMAL.replace(old, new)
