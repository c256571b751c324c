"""The lanes of a played day, for every page that shows them: their scripts and style, their words, and a day as plain data."""

from __future__ import annotations

from simulator.report.render.page_file import asset_of

# In the order in which they build on each other; each leaves one name behind.
SCRIPTS = ("lanes", "player", "day_view")
STYLE = "lanes.css"


def asset(name: str) -> str:
    """The text of a file of the lanes."""
    return asset_of("lanes", name)


def script() -> str:
    """All scripts of the lanes."""
    return "".join(f"// {name}.js\n{asset(f'{name}.js')}" for name in SCRIPTS)


__all__ = ["STYLE", "asset", "script"]
