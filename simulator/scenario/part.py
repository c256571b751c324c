"""What every part of a scenario is made of: a frozen model, and dates as a file has them."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict

from simulator.scenario.errors import shown


class Part(BaseModel):
    """Base of everything in a scenario: frozen, and a key it does not know is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, allow_inf_nan=False, populate_by_name=True)


def _date(value: Any) -> Any:
    if isinstance(value, str):
        try:
            return dt.date.fromisoformat(value)
        except ValueError:
            raise ValueError(f"must be a date such as 2025-10-01 (got {shown(value)})") from None
    if isinstance(value, dt.datetime) or not isinstance(value, dt.date):
        raise ValueError(f"must be a date such as 2025-10-01 (got {shown(value)})")
    return value


Date = Annotated[dt.date, BeforeValidator(_date)]
