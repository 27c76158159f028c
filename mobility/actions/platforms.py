"""Opening a platform: its row, its first pole, and what each package lays in a new one."""

import re
from datetime import datetime
from typing import Protocol

from flask import Flask, current_app
from sqlalchemy import select

from mobility import audit
from mobility.db import db, platform_scope
from mobility.errors import Conflict, RuleBroken
from mobility.models import Platform, Site
from mobility.rights import Viewer

_SLUG = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?")


class Lay(Protocol):
    """What a package lays in a new platform, inside its scope: tariffs, books."""

    def __call__(self, *, by: Viewer, now: datetime) -> object: ...


def on_new_platform(app: Flask, lay: Lay) -> None:
    """Have `lay(by=…, now=…)` run in each platform that is opened from now on."""
    app.extensions.setdefault("new_platform", []).append(lay)


def open_platform(
    *,
    slug: str,
    name: str,
    site_name: str = "Pôle principal",
    legal_name: str | None = None,
    address: str | None = None,
    phone: str | None = None,
    email: str | None = None,
    siren: str | None = None,
    by: Viewer,
    now: datetime,
) -> Platform:
    """Open a platform at /p/<slug>/ with one pole and every package's beginnings. Raises RuleBroken, Conflict."""
    if not _SLUG.fullmatch(slug):
        raise RuleBroken("Une adresse de plateforme est faite de lettres minuscules sans accent, de chiffres et de tirets.", field="slug")
    if db.session.scalar(select(Platform.id).filter(Platform.slug == slug)) is not None:
        raise Conflict("Une plateforme porte déjà cette adresse.", field="slug")
    platform = Platform(slug=slug, name=name, legal_name=legal_name, address=address, phone=phone, email=email, siren=siren, created_at=now)
    db.session.add(platform)
    db.session.flush()
    with platform_scope(platform.id):
        site = Site(name=site_name)
        db.session.add(site)
        audit.record("open platform", site, by=by, now=now)
        for lay in current_app.extensions.get("new_platform", ()):
            lay(by=by, now=now)
    return platform
