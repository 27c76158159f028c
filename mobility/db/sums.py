"""Sums of whole numbers, whole on both engines."""

from typing import Any

from sqlalchemy import BigInteger, ColumnElement, cast, func


def total_of(values: Any) -> ColumnElement[int]:
    """The sum of a column of cents, kilometres or counts, 0 of none. PostgreSQL's own sum of big integers is a decimal."""
    return cast(func.coalesce(func.sum(values), 0), BigInteger)
