"""Builds the demonstration in one transaction, so that it is there whole or not at all."""

from datetime import datetime, timedelta

from flask import current_app

from billing.actions.charge_runs import run_charges_within
from billing.actions.gateway_keys import set_gateway_keys
from billing.actions.reminders import remind_within
from demo import people_of_ferrelande, people_of_valbrume
from demo.accidents import accidents
from demo.alike import alike
from demo.beginnings import Actor
from demo.booklets import booklets
from demo.cards import leave_cards
from demo.cash import books
from demo.cast import Part
from demo.contact_notes import contact_notes
from demo.corrections import corrections
from demo.database import sign
from demo.drafts import drafts
from demo.gateway import live_gateway
from demo.hires import hires
from demo.loans import ask_neighbour
from demo.modes import modes
from demo.notices import notices
from demo.payers import payers
from demo.platforms import FERRELANDE, VALBRUME
from demo.scenery import Scenery, set_up
from demo.silent import silent
from demo.stage import Stage
from demo.takeovers import takeovers
from demo.timeline import Story, play
from demo.tongues import tongues
from demo.workshop import workshop
from demo.workshops import trips, workshops
from fleet.actions.calendars import make_calendar
from fleet.actions.plan import keep_plan
from fleet.calendars import OWN
from fleet.queries.plan import draw_plan
from mobility.actions.accounts import open_account
from mobility.actions.platforms import open_platform
from mobility.crypto import new_token
from mobility.db import platform_scope, transaction
from mobility.rights import Role, house

SINCE = timedelta(days=200)  # before the first story begins
CASTS = ((VALBRUME, people_of_valbrume.PARTS), (FERRELANDE, people_of_ferrelande.PARTS))


def build(*, now: datetime) -> None:
    """Open both platforms and live them up to now."""
    with transaction():
        for scenery, parts in CASTS:
            _live(scenery, parts, now=now)
    leave_cards(now=now)
    live_gateway(now=now)


def _live(scenery: Scenery, parts: tuple[Part, ...], *, now: datetime) -> None:
    then = now - SINCE
    platform = open_platform(slug=scenery.slug, name=scenery.name, **scenery.details, by=house(None), now=then)
    with platform_scope(platform.id):
        open_account(name="Réseau des plateformes", role=Role.NETWORK, email="reseau@example.org", by=house(None), now=then)
        stage = set_up(scenery, platform.id, by=house(platform.id), now=then, today_at=now)
        actors = [Actor(person=part.who, number=number, **part.terms) for number, part in enumerate(parts, start=1)]
        stories = [part.story(stage, actor, **part.told) for part, actor in zip(parts, actors, strict=True)]
        stories += [workshop(stage), notices(stage), accidents(stage), takeovers(stage)]
        stories += [
            *books(stage),
            payers(stage),
            hires(stage, begins=-70),
            corrections(stage),
            tongues(stage),
            modes(stage),
            silent(stage),
            drafts(stage),
            booklets(stage),
            contact_notes(stage),
            workshops(stage),
            trips(stage),
            alike(stage),
        ]
        stories.append(_nights(stage))
        play(stories, until=now, tell=stage.tell)
        # The local gateway opens an account for any keys: cards are taken from today on.
        set_gateway_keys(secret_key=new_token(), webhook_secret=new_token(), by=stage.staff[Role.MANAGER], now=now)
        ask_neighbour(stage, now)
        keep_plan(draw_plan(now), by=stage.adviser, now=now)
        make_calendar(what=OWN, by=stage.adviser, now=now)
        sign(now)


def _nights(stage: Stage) -> Story:
    """The day's jobs as the worker would have run them; on Mondays, when weeks are charged, and this morning."""
    for days in (day for day in range(-SINCE.days, 1) if day == 0 or stage.day(day).weekday() == 0):
        yield stage.at(days, 0, 10)
        run_charges_within(now=stage.now)
        remind_within(now=stage.now)
        _run_jobs(stage)
        yield stage.at(days, 10, 10)  # by day, what is told to people
        _run_jobs(stage, rhythm="hourly")


def _run_jobs(stage: Stage, **only: str) -> None:
    for job in current_app.extensions["jobs"]:
        if not job.own_transactions and only in ({}, {"rhythm": job.rhythm}):  # the demonstration is one transaction
            job.act(now=stage.now)
