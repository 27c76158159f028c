"""A person who rented, paid and left: nothing of theirs is open, and their names stand in many a table."""

import zipfile
from pathlib import Path

from billing.actions.deposits import release_deposit
from billing.actions.payments import take_payment
from billing.models import BillingAccount, Deposit
from billing.queries.accounts import balance_cents
from mobility import backups, outbox
from mobility.actions.attachments import keep_attachment
from mobility.actions.erasure import erase
from mobility.db import db
from mobility.models import Account, Erasure, LiaisonDraft
from mobility.rights import Role
from tests.house import House
from tests.rental import RentalDesk
from tests.rules.test_uploads import make_picture

NAMES = ("Camille", "camille", "Essai", "essai|", "600000001", "13400", "Aubagne", "1990-05-17")


def settled(house: House) -> House:
    """A rental brought back, paid and settled, its deposit given back; a mail to the person and a form begun about them still wait."""
    desk = RentalDesk(house).out()
    desk.later(days=21)
    desk.take_back(48_500)
    (account,), (deposit,) = desk.rows(BillingAccount), desk.rows(Deposit)
    with house.reading():
        owed = balance_cents(account.id)
    desk.act(take_payment, account.id, means="transfer", cents=owed, reference="VIR ESSAI CAMILLE")
    desk.later(days=60)
    desk.act(release_deposit, deposit.id)
    with house.writing():
        by = house.viewer(Role.ADVISER)
        keep_attachment(make_picture(), kind="condition", beneficiary_id=house.beneficiary_id, by=by, now=house.clock())
        outbox.post("mail", "camille.essai@example.org", subject="Camille", body="Bonjour Camille", now=house.clock())
        typed = {"first_name": "Camille", "last_name": "Essai"}
        db.session.add(LiaisonDraft(account_id=house.accounts[Role.PRESCRIBER], key="k", typed=typed, saved_at=house.clock()))
        account = db.session.get_one(Account, house.accounts[Role.BENEFICIARY])
        account.name, account.phone = "Camille Essai", "+33600000001"
    return house


def erase_now(house: House, *, number: str = "P-00001", told: bool = True) -> Erasure:
    with house.writing():
        return erase(house.beneficiary_id, number=number, told=told, by=house.viewer(Role.MANAGER), now=house.clock())


def named_in(said: str) -> set[str]:
    return {name for name in NAMES if name in said}


def dumped(owner_url: str, house: House, folder: Path) -> str:
    """Every row of every table, as a backup holds it."""
    file = folder / f"tout-{len(list(folder.iterdir()))}.zip"
    backups.make(owner_url, file, now=house.clock())
    with zipfile.ZipFile(file) as archive:
        return "\n".join(archive.read(name).decode() for name in archive.namelist() if name.endswith(".jsonl"))
