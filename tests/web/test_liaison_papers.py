"""Papers of a liaison form: seen and not kept, or sent to be seen and gone once they are."""

import re
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from mobility.actions import liaison_papers
from mobility.actions.liaison import accept, meet, refuse
from mobility.codes import OTHER_OFFERS, REFUSALS
from mobility.db import db
from mobility.liaison_papers import MOST
from mobility.models import Attachment, AuditEntry, LiaisonForm, LiaisonPaper
from mobility.periods import paris_day
from mobility.rights import Role
from tests.browsing import post
from tests.house import House, make_house
from tests.rules.test_uploads import KEY, KEYED, make_pdf, make_picture
from tests.web.test_liaison_drafts import WHOLE

MOTIVES = {"rsa_declared": "yes", "qpv_declared": "yes"}


@pytest.fixture
def form_id(house: House) -> int:
    """A form that their prescriber sent: RSA and a priority district declared, no proof seen."""
    sent = post(house.client(Role.PRESCRIBER), house.page("liaison-forms/new"), WHOLE | MOTIVES)
    return int(sent.location.rsplit("/", 1)[1])


def add(house: House, form_id: int, role: Role = Role.PRESCRIBER, raw: bytes | None = None, **more: Any) -> TestResponse:
    asked = {"kind": "rsa", "seen_on": paris_day(house.clock()).isoformat()} | more
    if raw is not None:
        asked["file"] = (BytesIO(raw), "papier.pdf")
    return post(house.client(role), house.page(f"liaison-forms/{form_id}/papers"), asked)


def rows(house: House) -> list[LiaisonPaper]:
    with house.reading():
        return list(db.session.scalars(select(LiaisonPaper).order_by(LiaisonPaper.id)))


def files(house: House) -> int:
    with house.reading():
        return db.session.scalar(select(func.count()).select_from(Attachment)) or 0


def told(text: str) -> str:
    return text.replace("\xa0", " ").replace("\u202f", " ")


def test_a_paper_is_said_to_be_seen_and_nothing_is_sent(house: House, form_id: int) -> None:
    client, page = house.client(Role.PRESCRIBER), house.page(f"liaison-forms/{form_id}/papers")
    before = told(client.get(page).text)
    assert "Déclaré sans justificatif vu : attestation RSA" in before
    assert add(house, form_id).status_code == 303 and add(house, form_id, kind="home").status_code == 303
    shown = told(client.get(page).text)
    assert "par le prescripteur le" in shown and "rien n’est gardé" in shown and "Déclaré sans justificatif" not in shown
    assert files(house) == 0 and [row.kind for row in rows(house)] == ["rsa", "home"]
    assert "2 pièces" in told(client.get(house.page(f"liaison-forms/{form_id}")).text)
    assert "Pièces (2)" in told(house.client(Role.ADVISER).get(house.page(f"liaison-forms/{form_id}")).text)


@pytest.mark.parametrize("raw", [make_picture(), make_pdf("Attestation")])
def test_a_file_is_seen_by_the_platform_and_goes(house: House, form_id: int, raw: bytes) -> None:
    assert add(house, form_id, raw=raw).status_code == 303
    (row,) = rows(house)
    shown = house.client(Role.ADVISER).get(house.page(f"liaison-forms/{form_id}/papers")).text
    assert f"attachments/{row.attachment_id}" in shown
    opened = house.page(f"attachments/{row.attachment_id}")
    assert house.client(Role.ADVISER).get(opened).status_code == 200
    assert house.client(Role.PRESCRIBER).get(opened).status_code in (403, 404), "sent to be seen, not to be kept for others"
    assert f"attachments/{row.attachment_id}" not in house.client(Role.PRESCRIBER).get(house.page(f"liaison-forms/{form_id}/papers")).text
    check = house.page(f"liaison-papers/{row.id}/check")
    assert post(house.client(Role.PRESCRIBER), check).status_code == 403
    assert post(house.client(Role.ADVISER), check).status_code == 303
    assert files(house) == 0 and rows(house)[0].checked_at is not None
    assert house.client(Role.ADVISER).get(opened).status_code == 404
    assert post(house.client(Role.ADVISER), check, {"once": "again"}).status_code == 409


def test_what_cannot_be_kept_is_refused_beside_its_field_and_nothing_is_written(house: House, form_id: int) -> None:
    numbered = make_pdf(f"Assure {KEYED} {KEY:02d}")
    tries = [
        (numbered, {}, "numéro de sécurité sociale"),
        (b"MZ an executable", {}, "ni une photo"),
        (None, {"seen_on": "2030-01-01"}, "pas encore venu"),
        (None, {"seen_on": "1990-01-01"}, "plus d’un an"),
        (None, {"kind": "passport"}, ""),
    ]
    for raw, more, said in tries:
        refused = add(house, form_id, raw=raw, **more)
        assert refused.status_code == 422 and said in told(refused.text), said
    assert rows(house) == [] and files(house) == 0


def test_it_is_taken_off_and_not_twice(house: House, form_id: int) -> None:
    add(house, form_id, raw=make_picture())
    remove = house.page(f"liaison-papers/{rows(house)[0].id}/remove")
    assert post(house.client(Role.PRESCRIBER), remove).status_code == 303
    assert rows(house) == [] and files(house) == 0
    assert post(house.client(Role.PRESCRIBER), remove, {"once": "again"}).status_code == 404
    with house.reading():
        assert {"add_liaison_paper", "remove_liaison_paper"} <= set(db.session.scalars(select(AuditEntry.verb)))


def test_a_form_takes_so_many_and_none_once_it_is_refused(house: House, form_id: int) -> None:
    for _ in range(MOST):
        assert add(house, form_id, once=str(_)).status_code == 303
    assert "a déjà 12 pièces" in told(add(house, form_id, once="x").text)
    with house.writing():
        by = house.viewer(Role.ADVISER)
        refuse(form_id, reason=next(iter(REFUSALS)), other_offer=next(iter(OTHER_OFFERS)), by=by, now=house.clock())
    assert "n’attend plus de pièce" in told(add(house, form_id, once="y").text)


def test_files_go_so_many_days_after_the_answer_seen_or_not(house: House, form_id: int) -> None:
    add(house, form_id, raw=make_picture())
    with house.writing():
        by = house.viewer(Role.ADVISER)
        meet(form_id, met_on=paris_day(house.clock()), by=by, now=house.clock())
        accept(form_id, by=by, now=house.clock())
    for days, left in ((30, 1), (31, 0)):
        with house.writing():
            liaison_papers.drop_old(now=house.clock() + timedelta(days=days))
        assert files(house) == left
    assert rows(house)[0].dropped_at is not None
    assert "sans avoir été marquée vue" in told(house.client(Role.ADVISER).get(house.page(f"liaison-forms/{form_id}/papers")).text)


def test_it_is_nobody_elses(house: House, form_id: int) -> None:
    add(house, form_id, raw=make_picture())
    other, paper_id = make_house(house.app, house.clock, "autre"), rows(house)[0].id
    for role in (Role.PRESCRIBER, Role.ADVISER):
        assert other.client(role).get(other.page(f"liaison-forms/{form_id}/papers")).status_code == 404
        assert post(other.client(role), other.page(f"liaison-papers/{paper_id}/remove")).status_code == 404
    with house.writing():
        db.session.get_one(LiaisonForm, form_id).withdrawn_at = house.clock()
    assert post(house.client(Role.PRESCRIBER), house.page(f"liaison-papers/{paper_id}/remove")).status_code == 404, "taken back"


def test_the_api_and_the_paper_say_the_same(house: House, form_id: int) -> None:
    client, heads = house.app.test_client(), house.bearer(Role.PRESCRIBER)
    path = house.api(f"liaison-forms/{form_id}/papers")
    day = paris_day(house.clock()).isoformat()
    sent = client.post(f"{path}?kind=job&seen_on={day}", data={"file": (BytesIO(make_picture()), "x.jpg")}, headers=heads)
    assert sent.status_code == 201 and sent.json["attachment_id"]
    assert client.post(f"{path}?kind=rsa&seen_on={day}", headers=heads).json["attachment_id"] is None
    assert [one["kind"] for one in client.get(path, headers=heads).json] == ["job", "rsa"]
    checked = client.post(house.api(f"liaison-papers/{sent.json['id']}/check"), headers=house.bearer(Role.ADVISER))
    assert checked.status_code == 200 and checked.json["attachment_id"] is None and checked.json["checked_at"]
    assert client.post(house.api(f"liaison-papers/{sent.json['id']}/remove"), headers=heads).status_code == 204
    pdf = house.client(Role.PRESCRIBER).get(house.page(f"liaison-forms/{form_id}/paper"))
    assert re.match(rb"%PDF", pdf.data)
