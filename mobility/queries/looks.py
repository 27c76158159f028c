"""Who looked at a person's file, for that person to read."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, select

from mobility.db import Kept
from mobility.models import Account, FileLook
from mobility.queries.merges import ids_of_person

EXPORT = "export "  # begins the page of a look that a list’s file left


@dataclass(frozen=True, kw_only=True)
class Look:
    """Who looked, when, at which page."""

    name: str
    at: datetime
    page: str

    @property
    def in_a_file(self) -> bool:
        """Whether the person’s line left in a list’s file."""
        return self.page.startswith(EXPORT)


_LOOKS = Kept(
    select(Account.name, FileLook.at, FileLook.page)
    .join(Account, Account.id == FileLook.account_id)
    .filter(FileLook.beneficiary_id.in_(bindparam("files", expanding=True)))
    .order_by(FileLook.at.desc(), FileLook.id.desc())
    .limit(bindparam("most"))
)


def list_looks(beneficiary_id: int, *, most: int = 200) -> list[Look]:
    """The latest looks at a person's file, and at those that are one with it, newest first."""
    return [Look(name=name, at=at, page=page) for name, at, page in _LOOKS(files=ids_of_person(beneficiary_id), most=most)]
