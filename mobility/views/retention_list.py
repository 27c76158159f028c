"""The list of files whose time to be erased comes, and of those that were kept."""

from functools import partial
from typing import Any

from flask import url_for

from mobility.cells import Said
from mobility.clock import today
from mobility.listing import Column, Filter, Listing
from mobility.lists import BY_NAME, period_filters
from mobility.models import Beneficiary, RetentionNotice
from mobility.periods import say_day
from mobility.queries.retention import NoticeLine, read_notice
from mobility.retention import KEEP_REASONS, RIPE, STATES, TO_TELL, TOLD, TONES, WARNED
from mobility.schemas.retention import state_today
from mobility.web.fields import Choice

_STATES = {"open": "avertissements en cours", **STATES, "all": "tous"}


def _of_state(query: Any, state: str) -> Any:
    if state == "all":
        return query
    if state not in ("open", TO_TELL, WARNED, RIPE):
        return query.filter(RetentionNotice.closed_as == state)
    standing = query.filter(RetentionNotice.closed_at.is_(None))
    narrower = {
        "open": (),
        TO_TELL: (RetentionNotice.told_at.is_(None),),
        WARNED: (RetentionNotice.erase_on > today(),),
        RIPE: (RetentionNotice.erase_on <= today(),),
    }
    return standing.filter(*narrower[state])


def _said(line: NoticeLine) -> Said:
    state = state_today(line)
    return Said(STATES[state], TONES[state])


def _kept(line: NoticeLine) -> str | None:
    """To which day, why, by whom."""
    notice = line.notice
    if notice.kept_until is None or notice.reason is None:
        return None
    return f"jusqu’au {say_day(notice.kept_until)} : {KEEP_REASONS[notice.reason]}" + (f" ({line.by_name})" if line.by_name else "")


NOTICES = Listing(
    name="dossiers-a-effacer",
    title="Dossiers à effacer bientôt",
    columns=[
        Column(
            "name",
            "Personne",
            lambda line: f"{line.person.first_name} {line.person.last_name}",
            BY_NAME,
            lambda line: url_for("retention.show", notice_id=line.notice.id),
        ),
        Column("number", "Numéro", lambda line: line.person.number, [Beneficiary.number], short=True),
        Column("last", "Dernière trace", lambda line: line.notice.last_on, [RetentionNotice.last_on], short=True),
        Column("due", "Échéance", lambda line: line.notice.due_on, [RetentionNotice.due_on], short=True),
        Column("told", "Prévenue", lambda line: TOLD.get(line.notice.told_how), [RetentionNotice.told_how]),
        Column("erase", "À effacer dès le", lambda line: line.notice.erase_on, [RetentionNotice.erase_on], short=True),
        Column("state", "État", _said),
        Column("kept", "Gardé", _kept, [RetentionNotice.kept_until]),
    ],
    filters=[
        Filter("state", "État", partial(Choice, _STATES), _of_state, lambda: list(_STATES.items()), usual="open"),
        *period_filters(RetentionNotice.noticed_at, "Repéré depuis le"),
    ],
    sort="due",
    tie=RetentionNotice.id,
    read=read_notice,
    person=lambda line: int(line.person.id),
)
