"""Which version of the program made a result."""

from __future__ import annotations


def program_version() -> str:
    """The version that is installed; "unknown" where the program runs without being installed."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("lfrsim")
    except PackageNotFoundError:
        return "unknown"


__all__ = ["program_version"]
