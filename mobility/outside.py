"""The outside worlds of this installation: each port's real adapter when the settings name one, else its embedded default."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from mobility.geo.gazetteer import read_communes
from mobility.geo.geocoder import Geocoder, TableGeocoder
from mobility.geo.router import EstimateRouter, OsrmRouter, Router
from mobility.later import later
from mobility.mail import Mailer, OutboxMailer, SmtpMailer
from mobility.settings import Settings
from mobility.sms import HttpSms, OutboxSms, SmsSender
from mobility.web_json import knock

if TYPE_CHECKING:
    from mobility.geo import ban
else:
    ban = later("mobility.geo.ban")

Check = Callable[[], None]


@dataclass(frozen=True, kw_only=True)
class Outside:
    """The ports of the ground, plugged in."""

    geocoder: Geocoder
    router: Router
    mailer: Mailer
    sms: SmsSender


def plug_in(settings: Settings) -> Outside:
    """The adapters that the settings name; nothing is asked of anybody yet."""
    return Outside(
        geocoder=_ban(settings.geocoder_url) if settings.geocoder_url else TableGeocoder(),
        router=OsrmRouter(settings.router_url) if settings.router_url else EstimateRouter(),
        mailer=SmtpMailer(settings.smtp, sender=settings.mail_from) if settings.smtp else OutboxMailer(sender=settings.mail_from),
        sms=HttpSms(settings.sms_url, token=settings.sms_token) if settings.sms_url else OutboxSms(),
    )


def outside_checks(settings: Settings) -> dict[str, Check]:
    """For each outside world that the settings name, a call that raises when it does not answer; none of them sends anything to anybody."""
    checks: dict[str, Check] = {}
    if settings.smtp:
        checks["mail"] = SmtpMailer(settings.smtp, sender=settings.mail_from).check
    if settings.sms_url:
        sms_url = settings.sms_url
        checks["sms"] = lambda: knock(sms_url)
    if settings.geocoder_url:
        checks["geocoder"] = _ban(settings.geocoder_url).check
    if settings.router_url:
        router = OsrmRouter(settings.router_url)
        checks["router"] = lambda: _measure(router)
    return checks


def _ban(url: str) -> "ban.BanGeocoder":
    parts = urlsplit(url)
    return ban.BanGeocoder(domain=parts.netloc + parts.path, scheme=parts.scheme)


def _measure(router: OsrmRouter) -> None:
    """Asks for the road between two towns of the packaged table. Raises NoAnswer."""
    here, there = read_communes()[:2]
    router.ask_km(here, there)
