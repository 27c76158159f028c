"""A person's way into their own space: an identifier and a code, told on one letter that is printed and handed over."""

from datetime import datetime

from mobility import numbers
from mobility.actions import accounts
from mobility.addresses import page_address
from mobility.documents.access_letter import AccessLetterPaper
from mobility.documents.papers import Person
from mobility.models import Account, Beneficiary
from mobility.queries.accounts import find_account_of
from mobility.queries.contacts import contact_of
from mobility.queries.letterhead import letterhead, platform_here
from mobility.queries.people import get_beneficiary
from mobility.rights import Role, Viewer


def make_access_letter(beneficiary_id: int, *, by: Viewer, now: datetime) -> AccessLetterPaper:
    """Draw a code, open the account when there is none yet, and write the letter: the code stands there and nowhere else.

    Raises NotFound, Forbidden for an account that opens more than an own space.
    """
    person = get_beneficiary(beneficiary_id, by)
    account, code = _account_with_code(person, by=by, now=now)
    return AccessLetterPaper(
        platform=letterhead(),
        number=f"A-{numbers.take('access letter'):05d}",
        issued_at=now,
        person=Person(full_name=account.name, address=person.address),
        identifier=account.identifier or account.email or "",
        code=code,
        address=page_address(platform_here().slug, "login"),
        valid_until_at=now + accounts.CODE_LASTS,
        adviser=by.name,
        adviser_phone=contact_of(by.account_id).phone,
    )


def _account_with_code(person: Beneficiary, *, by: Viewer, now: datetime) -> tuple[Account, str]:
    known = find_account_of(person.id)
    if known is not None:
        return accounts.hand_over_code(known.id, by=by, now=now)
    name = f"{person.first_name} {person.last_name}"
    account, code = accounts.open_account(name=name, role=Role.BENEFICIARY, beneficiary_id=person.id, by=by, now=now)
    assert code is not None  # without a mail address the account is always new
    return account, code
