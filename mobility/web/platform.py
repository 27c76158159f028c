"""The platform stands in the address, so it is known before anything of it is read."""

import re
from dataclasses import dataclass
from typing import Any

from flask import Flask, current_app, g, request
from sqlalchemy import bindparam, select

from mobility.db import Plain, enter, entering
from mobility.errors import NotFound
from mobility.models import Platform
from mobility.web.addresses import stand_in


@dataclass(frozen=True)
class PlatformHere:
    """The platform of this request, as a plain value."""

    id: int
    slug: str
    name: str


_UNDER = re.compile(r"/p/(?P<slug>[a-z0-9-]{1,40})/")
_BY_SLUG = Plain(select(entering(Platform.id), Platform.slug, Platform.name).filter(Platform.slug == bindparam("slug")))


def register(app: Flask) -> None:
    """Take `slug` out of every address and put it back into every link."""
    app.url_value_preprocessor(_enter_platform)
    app.url_defaults(_add_slug)
    app.context_processor(lambda: {"platform": g.get("platform")})


def here() -> PlatformHere:
    """The platform of this request. Raises NotFound outside any."""
    found = g.get("platform")
    if found is None:
        raise NotFound
    return found


def stand_where_the_address_points() -> None:
    """Enter the platform that an address begins with when nothing answers there, so that the page that says so keeps its frame."""
    under = _UNDER.match(request.path)
    if under and request.endpoint is None and "platform" not in g:
        _enter(under["slug"])


def _enter_platform(endpoint: str | None, values: dict[str, Any] | None) -> None:
    slug = (values or {}).pop("slug", None)
    if slug is not None and not _enter(slug):
        raise NotFound("Cette plateforme n’existe pas ici.")


def _enter(slug: str) -> bool:
    found = next(iter(_BY_SLUG(slug=slug)), None)
    if found is None:
        return False
    g.platform = PlatformHere(*found)
    enter(g.platform.id, is_told=True)
    stand_in(g.platform.slug)
    return True


def _add_slug(endpoint: str, values: dict[str, Any]) -> None:
    if "slug" not in values and g.get("platform") and current_app.url_map.is_endpoint_expecting(endpoint, "slug"):
        values["slug"] = g.platform.slug
