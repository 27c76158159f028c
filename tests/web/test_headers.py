"""What the browser is told on every answer, what its cookies allow, and what a forged request meets."""

import re
from pathlib import Path

import pytest

from mobility.rights import Role
from tests.browsing import forgery_token, post
from tests.house import FakeClock, House, make_settings
from wsgi import create_app

PAGES = ["/", "/p/essai/login", "/p/essai/accounts", "/p/essai/nowhere", "/api/v1/p/essai/accounts", "/api/v1/openapi.json"]


@pytest.mark.parametrize("path", PAGES)
def test_every_answer_carries_the_headers(house: House, path: str) -> None:
    answer = house.client(Role.MANAGER).get(path)
    policy = dict(part.strip().split(" ", 1) for part in answer.headers["Content-Security-Policy"].split(";"))
    assert policy["default-src"] == policy["base-uri"] == policy["frame-ancestors"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == "'self'"
    assert "'self'" in policy["form-action"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert answer.headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "Strict-Transport-Security" not in answer.headers  # this installation is reached by http


def test_pages_with_people_are_kept_by_nobody(house: House) -> None:
    assert house.client(Role.MANAGER).get(house.page("accounts")).headers["Cache-Control"] == "no-store"


def test_no_page_of_ours_holds_a_script_or_a_style_of_its_own(house: House) -> None:
    for path in PAGES[:3]:
        text = house.client(Role.MANAGER).get(path).text
        assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son[a-z]+=", text), path


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(house: House) -> None:
    cookie = house.app.test_client().get(house.page("login")).headers["Set-Cookie"]
    assert "HttpOnly" in cookie and "SameSite=Lax" in cookie and "Path=/" in cookie


def test_on_https_the_cookie_is_bound_to_the_host_and_the_connection(tmp_path: Path, clock: FakeClock) -> None:
    settings = make_settings(f"sqlite:///{tmp_path / 'https.sqlite3'}", tmp_path, public_url="https://mobilite.example.org")
    answer = create_app(settings, clock=clock).test_client().get("/login", base_url="https://mobilite.example.org")
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("__Host-session=") and "Secure" in cookie and "Domain" not in cookie
    assert answer.headers["Strict-Transport-Security"]


@pytest.mark.parametrize("token", [None, "made-up", "of somebody else"])
def test_a_forged_form_writes_nothing(house: House, token: str | None) -> None:
    manager, page = house.client(Role.MANAGER), house.page(f"accounts/{house.accounts[Role.ADVISER]}/disable")
    given = forgery_token(house.client(Role.ADVISER)) if token == "of somebody else" else token
    assert manager.post(page, data={"csrf_token": given} if given else {}).status_code == 400
    assert "fermé" not in manager.get(house.page("accounts")).text
    assert post(manager, page).status_code == 303  # the twin: the same act with the page's own token
    assert "fermé" in manager.get(house.page("accounts")).text


def test_the_api_is_described_with_its_bearer_and_tried_from_a_page_of_ours(house: House) -> None:
    client = house.app.test_client()
    described = client.get("/api/v1/openapi.json").json
    assert described["components"]["securitySchemes"]["bearer"]["scheme"] == "bearer"  # type: ignore[index]
    assert described["security"] == [{"bearer": []}]  # type: ignore[index]
    open_to_all = {path for path, verbs in described["paths"].items() if verbs.get("post", {}).get("security") == []}  # type: ignore[index]
    assert open_to_all == {f"/api/v1/simulations/{what}" for what in ("rental", "schedule", "mileage", "short-check")}
    page = client.get("/api/docs")
    assert "script-src 'self';" in page.headers["Content-Security-Policy"]
    for path in re.findall(r'(?:src|href)="([^"]+)"', page.text):
        with client.get(path) as asset:
            assert path.startswith("/") and asset.status_code == 200, path
    assert client.get("/api/docs/LICENSE").status_code == 404
