"""A look of staff at a person's file leaves who, when, which page; the person can read it (promises.md "People")."""

from collections.abc import Collection

from sqlalchemy import insert

from mobility.clock import now
from mobility.db import db, platform_id, write_last
from mobility.models import FileLook
from mobility.web.edge import after_reading
from mobility.web.viewer import viewer


def look(beneficiary_id: int, page: str) -> None:
    """Note that this page of a person's file is being looked at; call it once the person was found. People's own looks are theirs."""
    who = viewer()
    if who.account_id is None or not who.is_staff:
        return
    seen = {"platform_id": platform_id(), "beneficiary_id": beneficiary_id, "account_id": who.account_id, "at": now(), "page": page}
    after_reading(lambda: write_last(FileLook, **seen))


def look_at_lines(beneficiary_ids: Collection[int], page: str) -> None:
    """Note that the lines of these people left in a file, whoever took it: each of them can read it."""
    who = viewer()
    if who.account_id is None or not beneficiary_ids:
        return
    common = {"platform_id": platform_id(), "account_id": who.account_id, "at": now(), "page": page}
    seen = [common | {"beneficiary_id": id_} for id_ in sorted(beneficiary_ids)]
    after_reading(lambda: db.session.execute(insert(FileLook), seen))
