"""The numbers in our addresses: what cannot be a row's id is no address of ours, on either engine."""

from typing import Any

from flask import Flask
from werkzeug.routing import IntegerConverter, Map

LARGEST_ID = 2**63 - 1  # BIGINT


class RowId(IntegerConverter):
    """`<int:…>`: plain digits, up to the largest id a table can hold; anything else is 404."""

    regex = "[0-9]{1,19}"

    def __init__(self, map: Map, *args: Any, **kwargs: Any) -> None:
        super().__init__(map, *args, **({"max": LARGEST_ID} | kwargs))


def register(app: Flask) -> None:
    """Read every `<int:…>` this way; before any address is declared."""
    app.url_map.converters["int"] = RowId
