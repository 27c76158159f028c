"""The entrance: wires everything. Nothing imports it but tests.

`create_app()` reads the environment; a SQLite file that is empty is migrated, and a missing secret key is made, by itself.
"""

import os
from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from werkzeug.middleware.proxy_fix import ProxyFix

import assessments.wiring
import billing.wiring
import demo.wiring
import fleet.wiring
import mobility.wiring
from billing.card_gateway import CardGateways
from billing.local_gateway import LocalGateways, Store
from billing.stripe_accounts import StripeGateways
from mobility.clock import system_clock
from mobility.db import db
from mobility.db.engine import engine_options, is_empty, prepare
from mobility.geo.geocoder import Geocoder
from mobility.geo.router import Router
from mobility.keys import with_keys
from mobility.later import later
from mobility.mail import Mailer
from mobility.outside import plug_in
from mobility.settings import Settings
from mobility.sms import SmsSender
from mobility.web import addresses
from mobility.web.access import public
from mobility.web.api import make_api
from mobility.web.edge import PointEtape

if TYPE_CHECKING:
    from mobility.db import schema
else:
    schema = later("mobility.db.schema")


def create_app(
    settings: Settings | None = None,
    *,
    card_gateway: CardGateways | None = None,
    geocoder: Geocoder | None = None,
    router: Router | None = None,
    mailer: Mailer | None = None,
    sms: SmsSender | None = None,
    clock: Callable[[], datetime] = system_clock,
) -> PointEtape:
    """The application on these settings and ports; a port left out is the one the settings name. Raises SettingsError."""
    settings = settings or with_keys(Settings.from_env(os.environ))
    app = PointEtape(__name__, static_folder=None)
    app.config.update(_config(settings))
    outside = plug_in(settings)
    gateways = card_gateway or _card_gateways(settings, clock)
    app.extensions |= {
        "clock": clock,
        "settings": settings,
        "geocoder": geocoder or outside.geocoder,
        "router": router or outside.router,
        "mailer": mailer or outside.mailer,
        "sms": sms or outside.sms,
        "card_gateways": gateways,
        "checkout_hosts": gateways.checkout_hosts,
    }
    db.init_app(app)
    addresses.register(app)
    api = make_api(app)
    for package in (mobility, assessments, billing, fleet, demo):
        package.wiring.register(app, api)
    for endpoint in [e for e in app.view_functions if e.startswith("api-docs.")]:
        app.view_functions[endpoint] = public(partial(app.view_functions[endpoint]))
    with app.app_context():
        prepare(db.engine)
    if settings.database_url.startswith("sqlite") and is_empty(settings.database_url):
        schema.upgrade(app, settings.database_url)
    _wrap(app, settings, gateways)
    mobility.started()
    return app


def _wrap(app: PointEtape, settings: Settings, gateways: CardGateways) -> None:
    """What stands between the server and the application: the local gateway's own pages, and the proxies that are trusted."""
    if isinstance(gateways, LocalGateways):
        app.wsgi_app = gateways.mounted(app.wsgi_app)  # type: ignore[method-assign]
    if count := settings.trusted_proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=count, x_proto=count, x_host=count)  # type: ignore[method-assign]


def _card_gateways(settings: Settings, clock: Callable[[], datetime]) -> CardGateways:
    if settings.card_gateway == "stripe":
        return StripeGateways()
    return LocalGateways(
        Store(settings.data_dir / "card-gateway.sqlite3"),
        base_url=settings.public_url,
        webhook_url=lambda slug: f"{settings.public_url}/p/{slug}/webhooks/card",
        clock=clock,
    )


def _config(settings: Settings) -> dict[str, Any]:
    secure = settings.secure_cookies
    return {
        "SECRET_KEY": settings.secret_key,
        "SQLALCHEMY_DATABASE_URI": settings.database_url,
        "SQLALCHEMY_ENGINE_OPTIONS": engine_options(settings.database_url),
        "MAX_CONTENT_LENGTH": 12 * 1024 * 1024,
        "SESSION_COOKIE_NAME": "__Host-session" if secure else "session",
        "SESSION_COOKIE_SECURE": secure,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "WTF_CSRF_TIME_LIMIT": None,  # forms on phones outlive an hour
        "API_TITLE": "Point-Étape",
        "API_VERSION": "v1",
        "OPENAPI_VERSION": "3.1.0",
        "OPENAPI_URL_PREFIX": "/api",
        "OPENAPI_JSON_PATH": "v1/openapi.json",
    }
