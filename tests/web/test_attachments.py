"""Files kept: sent ahead, claimed by an act, seen by who may, dropped when nothing came."""

from datetime import timedelta
from io import BytesIO

import pytest
from sqlalchemy import select
from werkzeug.test import TestResponse

from mobility import attachments
from mobility.actions.attachments import claim, drop_unclaimed
from mobility.attachments import AttachmentKind
from mobility.db import db
from mobility.errors import RuleBroken
from mobility.models import Attachment, FileLook
from mobility.rights import Role
from tests.browsing import post
from tests.house import House
from tests.rules.test_uploads import make_picture

METER = AttachmentKind(
    code="test_meter", name="photo du compteur", adders=frozenset({Role.ADVISER}), readers=frozenset({Role.ADVISER}), own=True
)


@pytest.fixture(autouse=True)
def kinds(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """The kinds of this file, put back afterwards: the application is the whole session's."""
    monkeypatch.setitem(house.app.extensions, "attachment_kinds", dict(house.app.extensions.get("attachment_kinds", {})))
    attachments.define(house.app, METER)


def send(house: House, role: Role = Role.ADVISER, raw: bytes | None = None, **more: str) -> TestResponse:
    sent = {"kind": METER.code, "beneficiary_id": str(house.beneficiary_id), "file": (BytesIO(raw or make_picture()), "x.jpg")} | more
    return post(house.client(role), house.page("attachments"), sent)


def test_a_picture_is_kept_and_shown_whole_and_small_and_the_look_is_noted(house: House) -> None:
    kept = send(house)
    assert kept.status_code == 201
    whole = house.client(Role.ADVISER).get(kept.json["href"])
    small = house.client(Role.ADVISER).get(kept.json["href"] + "?size=small")
    assert whole.mimetype == small.mimetype == "image/jpeg"
    assert 0 < len(small.data) < len(whole.data)
    assert whole.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    with house.reading():
        assert [look.page for look in db.session.scalars(select(FileLook))] == ["attachment", "attachment"]


def test_who_may_not_see_it_finds_nothing(house: House) -> None:
    href = send(house).json["href"]
    assert house.client(Role.MECHANIC).get(href).status_code == 404
    assert house.client(Role.BENEFICIARY).get(href).status_code == 200, "it is about them"


def test_a_person_sends_about_themselves_only(house: House) -> None:
    assert send(house, Role.BENEFICIARY).status_code == 201
    assert send(house, Role.BENEFICIARY, beneficiary_id="999999").status_code == 404
    assert send(house, Role.BENEFICIARY, beneficiary_id="").status_code == 404


@pytest.mark.parametrize(("more", "field"), [({"kind": "unknown"}, "kind"), ({"kind": ""}, "kind")])
def test_an_unknown_kind_is_refused(house: House, more: dict[str, str], field: str) -> None:
    assert send(house, **more).status_code == 422


def test_what_is_no_picture_is_refused_and_nothing_is_kept(house: House) -> None:
    assert send(house, raw=b"MZ an executable").status_code == 422
    with house.reading():
        assert db.session.scalar(select(Attachment)) is None


def test_a_file_is_claimed_once_by_the_act_it_was_sent_for(house: House) -> None:
    id_ = send(house).json["id"]
    now = house.clock()
    with house.writing():
        by = house.viewer(Role.ADVISER)
        with pytest.raises(RuleBroken):
            claim([id_], kind=METER.code, beneficiary_id=None, field="photos", by=by, now=now)
        kept = claim([id_, id_], kind=METER.code, beneficiary_id=house.beneficiary_id, field="photos", by=by, now=now)
        assert [row.id for row in kept] == [id_]
        with pytest.raises(RuleBroken) as again:
            claim([id_], kind=METER.code, beneficiary_id=house.beneficiary_id, field="photos", by=by, now=now)
        assert again.value.field == "photos"


def test_only_what_no_act_claimed_goes_after_two_days(house: House) -> None:
    left, claimed = send(house).json["id"], send(house).json["id"]
    now = house.clock()
    with house.writing():
        claim([claimed], kind=METER.code, beneficiary_id=house.beneficiary_id, field="photos", by=house.viewer(Role.ADVISER), now=now)
    for later in (timedelta(days=1), timedelta(days=3), timedelta(days=3)):
        with house.writing():
            drop_unclaimed(now=now + later)
            expected = [left, claimed] if later < timedelta(days=2) else [claimed]
            assert list(db.session.scalars(select(Attachment.id).order_by(Attachment.id))) == expected


def test_the_api_takes_and_gives_the_same(house: House) -> None:
    client, headers, asked = house.client(None), house.bearer(Role.ADVISER), {"kind": METER.code, "beneficiary_id": house.beneficiary_id}
    address = house.api("attachments")
    kept = client.post(address, query_string=asked, data={"file": (BytesIO(make_picture()), "x.jpg")}, headers=headers)
    assert kept.status_code == 201 and kept.json["media_type"] == "image/jpeg"
    assert client.get(f"{address}/{kept.json['id']}", headers=headers).mimetype == "image/jpeg"
    assert client.post(address, query_string=asked, headers=headers).status_code == 422
