"""Plugging in: the settings choose the adapter, and the doctor's checks ask the real servers."""

from pathlib import Path
from typing import Any

import pytest

from mobility.doctor import State, report
from mobility.geo.ban import BanGeocoder
from mobility.geo.geocoder import TableGeocoder
from mobility.geo.router import EstimateRouter, OsrmRouter
from mobility.mail import OutboxMailer, SmtpMailer
from mobility.outside import outside_checks, plug_in
from mobility.settings import Settings
from mobility.sms import HttpSms, OutboxSms


def make_settings(folder: Path, **given: str) -> Settings:
    return Settings.from_env({"POINT_ETAPE_DATA_DIR": str(folder), **{f"POINT_ETAPE_{name}": value for name, value in given.items()}})


def all_at(url: str, folder: Path) -> Settings:
    smtp_url = url.replace("http", "smtp")
    return make_settings(
        folder, SMTP_URL=smtp_url, MAIL_FROM="a@example.org", SMS_URL=url, SMS_TOKEN="t", GEOCODER_DOMAIN=url + "/geocodage", ROUTER_URL=url
    )


def test_without_settings_nobody_outside_is_needed(tmp_path: Path) -> None:
    outside = plug_in(make_settings(tmp_path))
    kinds = [type(port) for port in (outside.geocoder, outside.router, outside.mailer, outside.sms)]
    assert kinds == [TableGeocoder, EstimateRouter, OutboxMailer, OutboxSms]
    assert outside_checks(make_settings(tmp_path)) == {}


def test_the_settings_name_the_adapters(tmp_path: Path, dead_url: str) -> None:
    outside = plug_in(all_at(dead_url, tmp_path))
    kinds = [type(port) for port in (outside.geocoder, outside.router, outside.mailer, outside.sms)]
    assert kinds == [BanGeocoder, OsrmRouter, SmtpMailer, HttpSms]


def test_the_doctor_finds_each_dead_world(tmp_path: Path, dead_url: str) -> None:
    settings = all_at(dead_url, tmp_path)
    broken = {line.part for line in report(settings, outside_checks(settings)) if line.state is State.BROKEN}
    assert broken == {"mail", "sms", "geocoder", "router"}


@pytest.mark.parametrize(
    ("part", "answer", "path"),
    [
        ("geocoder", {"type": "FeatureCollection", "features": []}, "/geocodage/search"),
        ("router", {"code": "Ok", "routes": [{"distance": 18_000}]}, "/route/v1/driving/"),
    ],
)
def test_the_doctor_asks_a_living_world(tmp_path: Path, web_server: Any, part: str, answer: object, path: str) -> None:
    web_server.answer = answer
    outside_checks(all_at(web_server.url, tmp_path))[part]()
    assert web_server.asked[0].path.startswith(path)


def test_the_doctor_sends_no_text(tmp_path: Path, web_server: Any) -> None:
    outside_checks(all_at(web_server.url, tmp_path))["sms"]()
    assert web_server.asked == []
