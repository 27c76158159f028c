"""A look of staff at a person's file leaves who, when, which page; the person can read it (promises.md "People")."""

from collections.abc import Collection

from mobility.clock import now
from mobility.db import db
from mobility.models import FileLook
from mobility.web.edge import after_reading
from mobility.web.viewer import viewer


def look(beneficiary_id: int, page: str) -> None:
    """Note that this page of a person's file is being looked at; call it once the person was found. People's own looks are theirs."""
    who = viewer()
    if who.account_id is None or not who.is_staff:
        return
    seen = FileLook(beneficiary_id=beneficiary_id, account_id=who.account_id, at=now(), page=page)
    after_reading(lambda: db.session.add(seen))


def look_at_lines(beneficiary_ids: Collection[int], page: str) -> None:
    """Note that the lines of these people left in a file, whoever took it: each of them can read it."""
    who = viewer()
    if who.account_id is None:
        return
    at = now()
    seen = [FileLook(beneficiary_id=id_, account_id=who.account_id, at=at, page=page) for id_ in sorted(beneficiary_ids)]
    after_reading(lambda: db.session.add_all(seen))
