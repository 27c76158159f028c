"""Our addresses: each link of a platform is built once, and what cannot be a row's id is no address of ours, on either engine."""

from collections.abc import Callable, Hashable
from functools import cache, lru_cache, partial
from typing import Any

from flask import Flask, g, request
from werkzeug.routing import IntegerConverter, Map, Rule

LARGEST_ID = 2**63 - 1  # BIGINT
_PLAIN = (int, str)  # themselves: True is no 1 in an address


class RowId(IntegerConverter):
    """`<int:…>`: plain digits, up to the largest id a table can hold; anything else is 404."""

    regex = "[0-9]{1,19}"

    def __init__(self, map: Map, *args: Any, **kwargs: Any) -> None:
        super().__init__(map, *args, **({"max": LARGEST_ID} | kwargs))


class LateRule(Rule):
    """A route of the application; what writes its address is compiled when one is first written.

    Compiling it for a thousand routes was a sixth of a start, and few of them are linked to by one worker.
    """

    def _compile_builder(self, append_unknown: bool = True) -> Callable[..., tuple[str, str]]:
        compiled = cache(partial(super()._compile_builder, append_unknown))

        def build(rule: Rule, /, **values: Any) -> tuple[str, str]:
            return compiled()(rule, **values)

        return build


class Linking(Flask):
    """Remembers the links of pages: the menu and the lines of a list name the same addresses on every page."""

    url_rule_class = LateRule

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._link = lru_cache(maxsize=4096)(self._build)

    def url_for(
        self,
        /,
        endpoint: str,
        *,
        _anchor: str | None = None,
        _method: str | None = None,
        _scheme: str | None = None,
        _external: bool | None = None,
        **values: Any,
    ) -> str:
        """As Flask's own; outside a platform, and where more is asked than plain numbers and words, it is built anew."""
        standing = g.get("standing")
        options: Any = {"_anchor": _anchor, "_method": _method, "_scheme": _scheme, "_external": _external}
        is_plain = not any(options.values()) and all([type(value) in _PLAIN for value in values.values()])
        if standing is None or not is_plain:
            return super().url_for(endpoint, **options, **values)
        return self._link(standing, endpoint, tuple(values.items()))

    def _build(self, _standing: Hashable, endpoint: str, values: tuple[tuple[str, Any], ...]) -> str:
        return super().url_for(endpoint, **dict(values))


def stand_in(slug: str) -> None:
    """What the links of this request depend on besides what is asked: where the application is mounted, how it was asked, the platform."""
    g.standing = (request.root_path, request.method, slug)


def register(app: Flask) -> None:
    """Read every `<int:…>` this way; before any address is declared."""
    app.url_map.converters["int"] = RowId
