"""A platform: opened with its first pole, described for its papers; tariffs and rules have defaults until it dates its own."""

import re
from datetime import datetime

from sqlalchemy import select

from mobility import audit
from mobility.db import db, platform_scope
from mobility.errors import Conflict, RuleBroken
from mobility.models import Platform, Site
from mobility.phones import read_phone, say_phone
from mobility.queries.letterhead import platform_here
from mobility.rights import Viewer

_SLUG = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?")


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
    """Open a platform at /p/<slug>/ with one pole. Raises RuleBroken, Conflict."""
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
    return platform


def describe_platform(
    *,
    name: str,
    legal_name: str | None = None,
    siren: str | None = None,
    address: str | None = None,
    phone: str | None = None,
    email: str | None = None,
    by: Viewer,
    now: datetime,
) -> Platform:
    """Replace what papers and mails say of the platform in force. Raises RuleBroken on `phone`."""
    platform = platform_here()
    platform.name, platform.legal_name, platform.siren = name, legal_name, siren
    platform.address, platform.email = address, email
    platform.phone = say_phone(read_phone(phone)) if phone else None
    audit.record("describe platform", platform, by=by, now=now)
    return platform
