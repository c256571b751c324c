"""A report is small enough to be sent by mail."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from report_files import REPORTS, Report


@pytest.mark.parametrize("name", REPORTS)
def test_its_size(name: str, made: Callable[[str], Report]) -> None:
    """Under 1 MB, a sweep's under 3 MB."""
    assert made(name).page.stat().st_size < (3e6 if name == "sweep" else 1e6)
