"""Deployment records: a CSV file of what a force says it did, read with care for what is wrong or odd in it.

``Records`` is fetched on first use, so that importing this is cheap.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from simulator.record.reader import read_records
    from simulator.record.records import Records

__all__ = ["Records", "read_records"]


def __getattr__(name: str) -> Any:
    if name == "read_records":
        from simulator.record.reader import read_records

        return read_records
    if name == "Records":
        from simulator.record.records import Records

        return Records
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
