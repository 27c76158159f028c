"""Deposits: what is asked, held, deferred, and when it goes back."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import Row, Select, bindparam, func, select, union_all

from billing.card_holds import HELD, LAPSED, ON_HOLD, SOON
from billing.deposit_papers import EXPIRES_SOON
from billing.deposits import FOLLOWS, Instalment, is_on_plan
from billing.models import BillingAccount, CardHold, CarriedDeposit, Deposit, DepositPhoto, DepositStep
from billing.queries.tariffs import may_read
from mobility import clock
from mobility.db import Kept, db, look_once
from mobility.db.types import Instant
from mobility.errors import NotFound
from mobility.models import Beneficiary
from mobility.periods import paris_day
from mobility.rights import Viewer

READY = ("held", "deferred")
DepositLine = Row[Deposit, BillingAccount, Beneficiary]
_LINES = (
    select(Deposit, BillingAccount, Beneficiary)
    .join(BillingAccount, BillingAccount.id == Deposit.account_id)
    .join(Beneficiary, Beneficiary.id == BillingAccount.beneficiary_id)
)

# The deposits that ever secured an account: those asked for it, and those carried to it.
SECURING = union_all(
    select(Deposit.id).filter(Deposit.account_id == bindparam("account_id")),
    select(CarriedDeposit.deposit_id).filter(CarriedDeposit.account_id == bindparam("account_id")),
)
_LATEST = Kept(select(Deposit).filter(Deposit.id.in_(SECURING)).order_by(Deposit.id.desc()).limit(1))
_SECURED = Kept(
    select(BillingAccount)
    .filter(
        BillingAccount.id.in_(
            union_all(
                select(Deposit.account_id).filter(Deposit.id == bindparam("deposit_id")),
                select(CarriedDeposit.account_id).filter(CarriedDeposit.deposit_id == bindparam("deposit_id")),
            )
        )
    )
    .order_by(BillingAccount.opened_at, BillingAccount.id)
)


def deposit_of(account_id: int) -> Deposit | None:
    """The latest deposit that secures an account, its own or one carried from the rental it goes on with; None when none was asked."""
    return look_once(Deposit, account_id, lambda: _LATEST(account_id=account_id).scalar())


def list_secured(deposit_id: int) -> list[BillingAccount]:
    """The accounts that a deposit secures: the one it was asked for, then those that go on with it."""
    return list(_SECURED(deposit_id=deposit_id).scalars())


def find_following(account_id: int) -> Deposit | None:
    """The deposit of a rental that follows to one which goes on with it; None where a new one is to be asked."""
    found = deposit_of(account_id)
    return found if found is not None and follows(found) else None


def follows(deposit: Deposit) -> bool:
    """Whether something of it is held or still to come."""
    return deposit.status in FOLLOWS and deposit.due_cents > 0


def may_hand_over(account_id: int, today: date | None = None) -> bool:
    """Whether the deposit lets the keys go: held, coming in as planned, deferred so that no job start is blocked, or none asked."""
    return find_awaited(account_id, today) is None


def find_awaited(account_id: int, today: date | None = None) -> Deposit | None:
    """The deposit that keeps the keys back until it is received or deferred, None when nothing does."""
    deposit = deposit_of(account_id)
    if deposit is None or deposit.status in READY:
        return None
    comes = deposit.release_on is None and is_on_plan(deposit.held_cents, plan_of(deposit), today or clock.today())
    return None if comes else deposit


def plan_of(deposit: Deposit) -> tuple[Instalment, ...]:
    """The parts promised, in the order of their days."""
    return tuple(Instalment(due_on=date.fromisoformat(part["due_on"]), cents=part["cents"]) for part in deposit.plan)


def get_deposit(deposit_id: int, viewer: Viewer) -> Deposit:
    """A deposit, for staff and for its own person. Raises NotFound."""
    found = db.session.get(Deposit, deposit_id)
    if found is None:
        raise NotFound
    may_read(db.session.get_one(BillingAccount, found.account_id).beneficiary_id, viewer)
    return found


def list_steps(deposit_id: int) -> list[DepositStep]:
    """A deposit's steps, in the order they were taken."""
    return list(db.session.scalars(select(DepositStep).filter(DepositStep.deposit_id == deposit_id).order_by(DepositStep.id)))


class KeptPart(NamedTuple):
    """A step that kept a part, and the pictures or papers that show why."""

    step: DepositStep
    photos: list[int]


def photos_of(deposit_id: int) -> dict[int, list[int]]:
    """What shows why parts of a deposit were kept, by step."""
    query = select(DepositPhoto.step_id, DepositPhoto.attachment_id).join(DepositStep, DepositStep.id == DepositPhoto.step_id)
    found: dict[int, list[int]] = {}
    for step_id, attachment_id in db.session.execute(query.filter(DepositStep.deposit_id == deposit_id).order_by(DepositPhoto.id)):
        found.setdefault(step_id, []).append(attachment_id)
    return found


def list_kept(deposit_id: int) -> list[KeptPart]:
    """The parts kept of a deposit, each with what shows why."""
    steps = [step for step in list_steps(deposit_id) if step.act == "kept"]
    photos = photos_of(deposit_id) if steps else {}
    return [KeptPart(step=step, photos=photos.get(step.id, [])) for step in steps]


def all_deposits() -> Select[Deposit, BillingAccount, Beneficiary]:
    """The deposits with their accounts and people, to be narrowed and put in order."""
    return _LINES


def list_deposits_of(beneficiary_id: int) -> Sequence[DepositLine]:
    """A person's deposits with their accounts, the latest first."""
    return db.session.execute(_LINES.filter(BillingAccount.beneficiary_id == beneficiary_id).order_by(Deposit.id.desc())).all()


_HELD_UNTIL = (
    select(func.max(CardHold.capture_before))
    .filter(CardHold.deposit_id == Deposit.id, CardHold.status.in_((HELD, LAPSED)))
    .correlate(Deposit)
    .scalar_subquery()
)
_IS_DUE_BACK = (Deposit.held_cents > 0) & (Deposit.release_on <= bindparam("today"))
_IN_A_WHILE = bindparam("soon", type_=Instant())
# A hold about to lapse, or that lapsed and was not replaced yet, while the vehicle is out.
_LAPSES = (Deposit.kind == ON_HOLD) & Deposit.release_on.is_(None) & Deposit.status.in_(FOLLOWS) & (_HELD_UNTIL <= _IN_A_WHILE)
# A cheque, a letter or a card that is soon worth nothing, while something is held by it.
_EXPIRES = (Deposit.kind != ON_HOLD) & (Deposit.held_cents > 0) & (Deposit.expires_on <= bindparam("expiring"))
_TO_RELEASE = Kept(
    _LINES.add_columns(_HELD_UNTIL.label("held_until"))
    .filter(_IS_DUE_BACK | _LAPSES | _EXPIRES)
    .order_by(Deposit.release_on.is_(None).desc(), Deposit.expires_on.is_(None), Deposit.expires_on, Deposit.release_on, Deposit.id)
)


class Waiting(NamedTuple):
    """A deposit that somebody has to act on: due back, held by a card until an instant that is near or past, or by what expires soon."""

    deposit: Deposit
    account: BillingAccount
    person: Beneficiary
    held_until: datetime | None


def list_to_release(now: datetime) -> Sequence[Waiting]:
    """Deposits whose hold lapses soon or has lapsed, or whose paper or card expires, the soonest first; then those still held whose day
    to go back has come, the longest waiting first.
    """
    today = paris_day(now)
    rows = _TO_RELEASE(today=today, soon=now + SOON, expiring=today + EXPIRES_SOON).all()
    return [Waiting(row[0], row[1], row[2], row[3] if row[0].kind == ON_HOLD else None) for row in rows]
