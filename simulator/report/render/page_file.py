"""A page with a template of its own as one HTML file: style and script are allowed by their hashes, data cannot leave it."""

from __future__ import annotations

import base64
import hashlib
import json
from importlib.resources import files
from typing import Any

from markupsafe import Markup


def filled(template: str, style: str, script: str = "", **values: Any) -> str:
    """The *template* (jinja2, escaped) with *values*, and the program's own *style* and *script* with their hashes.

    Raises jinja2.UndefinedError for a name that the template has and nobody gave.
    """
    from jinja2 import Environment, StrictUndefined

    shell = Environment(autoescape=True, keep_trailing_newline=True, undefined=StrictUndefined).from_string(template)
    return shell.render(
        style=Markup(style),
        script=Markup(script),
        style_hash=digest(style),
        script_hash=digest(script),
        **values,
    )


def inline(data: Any) -> Markup:
    """*data* as JSON that cannot end the element it stands in."""
    text = json.dumps(data, separators=(",", ":"), allow_nan=False)
    return Markup(text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029"))


def digest(text: str) -> str:
    """The hash by which a Content-Security-Policy allows *text*."""
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode("ascii")


def asset_of(package: str, name: str) -> str:
    """The text of a file among the assets of a *package* below ``simulator.report``."""
    return (files(f"simulator.report.{package}") / "assets" / name).read_text("utf-8")


__all__ = ["asset_of", "digest", "filled", "inline"]
