"""The demonstration, built on each engine through the actions, and what it refuses to touch."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from sqlalchemy import update

from billing.actions.gateway_keys import check_takes_cards
from billing.fec import HEADING, written
from billing.fec_check import check
from billing.models import AutoPayment, CardCall, CardHold, SavedCard
from billing.queries import verify_books
from billing.queries.entries import name_of_file, rows_of
from demo.accounts import renew_ways_in
from demo.build import build
from demo.database import Holds, what_it_holds
from demo.platforms import FERRELANDE, VALBRUME
from demo.timeline import play
from fleet.fines import FOUND, REFUSED
from fleet.lifecycle import OUT
from fleet.models import Booking, Fine, Takeover
from fleet.queries.parts import second_part
from fleet.queries.rentals import list_rentals
from mobility import passwords
from mobility.db import db, platform_scope, transaction
from mobility.models import Account, Grant, LiaisonForm, Platform
from mobility.rights import ROLE_NAMES, Role
from mobility.web import tongue
from tests.databases import TestDatabase
from tests.house import FakeClock, House, sign_in
from tests.tongues import MadeUp, is_data, kept_texts, unsaid


def test_it_lives_two_platforms_with_people_at_every_step_and_opens_every_door(
    database: TestDatabase, app: object, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Built once an engine: it is long."""
    with database.app.app_context():
        build(now=clock())
        assert what_it_holds(database.owner_url) is Holds.THE_DEMO
        assert [p.slug for p in db.session.query(Platform).order_by(Platform.id)] == [VALBRUME.slug, FERRELANDE.slug]
        cut: list[str] = []
        left: list[str] = []
        for platform in db.session.query(Platform).order_by(Platform.id).all():
            with platform_scope(platform.id):
                assert {form.status for form in db.session.query(LiaisonForm)} >= {"received", "met", "accepted", "redirected", "refused"}
                assert {booking.status for booking in db.session.query(Booking)} >= {"held", "confirmed", "out", "returned"}
                assert [bool(kept.taken_at) for kept in db.session.query(Takeover).order_by(Takeover.id)] == [True, False]
                assert [fine.status for fine in db.session.query(Fine).order_by(Fine.id)][1:] == [REFUSED, FOUND]
                assert verify_books() is None
                for year in (clock().year - 1, clock().year):
                    lines = [HEADING, *map(written, rows_of(year))]
                    print(f"{platform.slug}, entries of {year}: {len(lines) - 1} lines")
                    assert len(lines) > 1 and list(check(name_of_file(year), lines)) == []
                check_takes_cards()
            with platform_scope(platform.id):
                left += [rental.left.kind for rental in list_rentals() if rental.left]
                cut += [booking.number for booking in db.session.query(Booking).filter_by(status=OUT) if second_part(booking)]
        with platform_scope(db.session.query(Platform).order_by(Platform.id).first().id):  # type: ignore[union-attr]
            assert [call.status for call in db.session.query(CardCall)] == ["authenticate"], "a bank wants its holder"
            assert [hold.status for hold in db.session.query(CardHold)] == ["held"], "a bank set a short rental's deposit aside"
            assert sorted(card.status for card in db.session.query(SavedCard)) == ["asked", "saved", "saved", "saved"]
            assert sorted(weekly.status for weekly in db.session.query(AutoPayment)) == ["again", "paid"], "two cards pay each week"
        assert len(cut) == 1, "one goes on with another vehicle"
        assert left == ["ebike"], "one broke down, another was given for it, and nobody has looked it over"
        first, second = renew_ways_in(now=clock()), renew_ways_in(now=clock())
        assert {way.role for way in first} == set(ROLE_NAMES.values())
        assert [way.login for way in first] == [way.login for way in second]
        kept = {account.email or account.identifier: account for account in db.session.query(Account)}
        assert passwords.matches(kept[second[0].login].password_hash, second[0].password)
        assert not passwords.matches(kept[second[0].login].password_hash, first[0].password)
        db.session.close()
    check_tongues(database, clock, monkeypatch)


def check_tongues(database: TestDatabase, clock: FakeClock, monkeypatch: pytest.MonkeyPatch) -> None:
    """Everybody's own pages, in whatever state, in a made-up tongue: nothing of ours is left in French."""
    monkeypatch.setattr(tongue, "catalogue_of", lambda name: None if name == "fr" else MadeUp())
    with database.app.app_context():
        grants = db.session.query(Grant.account_id, Platform.slug).join(Platform, Platform.id == Grant.platform_id)
        people = grants.filter(Grant.role == Role.BENEFICIARY).all()
        with transaction():
            db.session.execute(update(Account).values(must_change=False))  # each would be sent to choose a password first
        written, left, read = "", {}, 0
        for platform in db.session.query(Platform).all():
            with platform_scope(platform.id):
                written += kept_texts()
        db.session.close()
    assert len(people) > 5
    routes, views = database.app.url_map.bind(""), database.app.view_functions
    for account_id, slug in people:
        client, known, ahead = database.app.test_client(), set(), [f"/p/{slug}/me"]
        sign_in(database.app, client, account_id, at=clock())
        while ahead:
            known.add(page := ahead.pop())
            if getattr(views[routes.match(page)[0]], "in_every_tongue", False):
                answer = client.get(page, headers={"Accept-Language": "uk"})
                assert '<html lang="uk"' in answer.text
                read += 1
                left |= {words: page for words in unsaid(answer.text) if not is_data(words, written)}
                ahead += {*re.findall(rf'href="(/p/{slug}/[^"#?]*)"', answer.text)} - known
    print(f"{read} pages of {len(people)} people read")
    assert not left and read > 3 * len(people)


def test_somebody_elses_data_are_recognised(house: House, database: TestDatabase) -> None:
    with house.app.app_context():
        assert what_it_holds(database.owner_url) is Holds.SOMETHING_ELSE


def test_an_empty_database_is_free_to_take(database: TestDatabase, app: object) -> None:
    with database.app.app_context():
        assert what_it_holds(database.owner_url) is Holds.NOBODY


def test_stories_are_told_in_the_order_of_time_and_never_past_the_present(clock: FakeClock) -> None:
    begin, told = clock(), []
    now = [begin]

    def story(name: str, *hours: int) -> Iterator[datetime]:
        for hour in hours:
            yield begin + timedelta(hours=hour)
            told.append((name, (now[0] - begin) // timedelta(hours=1)))

    steps = play([story("a", 1, 4, 9), story("b", 2, 3)], until=begin + timedelta(hours=5), tell=lambda at: now.__setitem__(0, at))
    assert steps == 4
    assert told == [("a", 1), ("b", 2), ("b", 3), ("a", 4)]
