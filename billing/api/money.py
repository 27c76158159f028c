"""Money in JSON: figures, accounts, tariffs, rights; the pages' own actions and schemas."""

from typing import Any

from billing.actions import accounts as account_actions
from billing.actions import tariffs as actions
from billing.actions import tiers as tier_actions
from billing.actions.debts import charge_debt
from billing.api.simulations import schedule_plan
from billing.ledger import CHART
from billing.lists import ACCOUNTS, LEDGER, PEOPLES_LEDGER
from billing.models import BillingAccount, Charge, TariffVersion, Tier, TierProof
from billing.notices import say_rise
from billing.price_sentence import say_price
from billing.queries.accounts import balance_cents, charged_cents, get_account, list_charges, membership_due_cents, settled
from billing.queries.districts import residence_of
from billing.queries.figures import Figures, all_accounts, figures, lines_of
from billing.queries.renewals import find_rise_ahead
from billing.queries.statement import due_now, forecast
from billing.queries.tariffs import OwnTier, Proof, Version, list_proofs, list_tiers, list_versions, may_read, quote
from billing.schedule import Loan
from billing.schemas import money as out
from billing.schemas.payments import DebtSchema
from billing.schemas.simulations import ScheduleAnswerSchema, ScheduleSimulationSchema
from billing.schemas.tariffs import EndOfRightSchema, QuoteSchema, TariffVersionSchema, TierProofSchema, TierSchema, tier_of, version_of
from billing.simulation import ScheduleSimulation
from billing.tariff_change import Move
from billing.tiers import explain
from billing.views.money import BOOKS, MONEY, PEOPLE
from mobility.clock import now, today
from mobility.errors import NotFound
from mobility.rights import Role
from mobility.web.access import allow
from mobility.web.api import Blueprint
from mobility.web.lists import list_of, told
from mobility.web.looks import look
from mobility.web.viewer import viewer

blp = Blueprint("money_api", __name__, url_prefix="/api/v1/p/<slug>", description="Comptes, tarifs, paliers et droits")


@blp.get("/money")
@blp.response(200, out.FiguresSchema)
@allow(*BOOKS)
def show() -> Figures:
    """What is due, in hand, held, in cents."""
    return figures()


@blp.get("/money/accounts")
@blp.arguments(ACCOUNTS.schema(), location="query")
@blp.response(200, list_of(out.AccountLineSchema, summed=True))
@allow(*MONEY)
def list_accounts(asked: dict[str, Any]) -> dict[str, Any]:
    """The accounts, most owed first, fifty a page."""
    return told(ACCOUNTS, all_accounts(), asked)


@blp.get("/money/accounts/<int:account_id>")
@blp.response(200, out.BillingAccountSchema)
@allow(*MONEY, Role.BENEFICIARY)
def show_account(account_id: int) -> dict[str, Any]:
    """One rental's money, with what is due and why."""
    account = get_account(account_id, viewer())
    look(account.beneficiary_id, page="money")
    came = settled(account.id)
    names = ("id", "reference", "label", "kind", "programme", "qpv", "terms", "started_at", "ended_at")
    return {name: getattr(account, name) for name in names} | {
        "balance_cents": balance_cents(account.id),
        "charged_cents": charged_cents(account.id),
        "paid_cents": came.paid_cents,
        "lost_cents": came.lost_cents,
        "membership_due_cents": membership_due_cents(account, today()),
        "due": due_now(account.id),
        "forecast": forecast(account),
        "rise": _rise(account),
        "residence": residence_of(account),
        "charges": list_charges(account.id),
    }


def _rise(account: BillingAccount) -> dict[str, Any] | None:
    rise = find_rise_ahead(account, today())
    if rise is None:
        return None
    days = {"on": rise.on, "before_cents": rise.before_cents, "after_cents": rise.after_cents}
    return days | {"sentence": say_rise(rise), "is_told": account.rise_told_on == rise.on}


@blp.post("/money/accounts/<int:account_id>/charges")
@blp.arguments(DebtSchema)
@blp.response(201, out.ChargeSchema)
@allow(*MONEY)
def charge(asked: dict[str, Any], account_id: int) -> Charge:
    """Put a repair or a membership on the account; only then is it paid, or kept from the deposit."""
    return charge_debt(account_id, **asked, by=viewer(), now=now())


@blp.post("/money/accounts/<int:account_id>/schedule")
@blp.arguments(ScheduleSimulationSchema)
@blp.response(200, ScheduleAnswerSchema)
@allow(*MONEY)
def set_schedule(asked: dict[str, Any], account_id: int) -> ScheduleSimulation:
    """Aim a rental's five months at another rent or at a loan, before the keys."""
    plan = schedule_plan(asked)
    loan = Loan(**asked["loan"]) if asked["loan"] else None
    account_actions.set_schedule(account_id, **asked | {"loan": loan}, by=viewer(), now=now())
    return plan


@blp.get("/money/ledger/<code>")
@blp.arguments(PEOPLES_LEDGER.schema(), location="query")
@blp.response(200, list_of(out.LedgerLineSchema, summed=True))
@allow(*BOOKS)
def list_lines(asked: dict[str, Any], code: str) -> dict[str, Any]:
    """The lines a figure is made of, fifty a page, and what they come to: debit less credit. `side` is for the people's account, 411."""
    if code not in CHART or (asked["side"] and code != PEOPLE):
        raise NotFound
    return told(PEOPLES_LEDGER if code == PEOPLE else LEDGER, lines_of(code), asked)


@blp.get("/people/<int:beneficiary_id>/quote")
@blp.arguments(QuoteSchema, location="query")
@blp.response(200, out.QuoteOutSchema)
@allow(*MONEY)
def ask_quote(asked: dict[str, Any], beneficiary_id: int) -> dict[str, Any]:
    """What a rental would cost this person."""
    price = quote(beneficiary_id, **asked, viewer=viewer())
    look(beneficiary_id, page="money")
    return {"total_cents": price.total_cents, "sentence": say_price(price), "days": list(map(explain, price.days))}


@blp.get("/money/tariffs")
@blp.response(200, out.TariffVersionOutSchema(many=True))
@allow(*BOOKS)
def show_tariffs() -> list[Version]:
    """The platform's own versions, the latest first."""
    return list_versions()


@blp.post("/money/tariffs")
@blp.arguments(TariffVersionSchema)
@blp.response(201, out.TariffVersionOutSchema)
@allow(Role.MANAGER)
def add_tariff(given: dict[str, Any]) -> TariffVersion:
    """A new version from a day on."""
    return actions.add_version(**version_of(given), by=viewer(), now=now())


@blp.post("/money/tariffs/preview")
@blp.arguments(TariffVersionSchema)
@blp.response(200, out.MoveOutSchema(many=True))
@allow(Role.MANAGER)
def preview_tariff(given: dict[str, Any]) -> list[Move]:
    """Which rentals to come, not yet under contract, the version would reprice, and by how much; nothing is written."""
    return actions.foresee_version(**version_of(given), now=now())


@blp.post("/money/tariffs/<int:version_id>/withdraw")
@blp.response(204)
@allow(Role.MANAGER)
def withdraw_tariff(version_id: int) -> None:
    """Take back a version that binds nobody yet."""
    actions.withdraw_version(version_id, by=viewer(), now=now())


@blp.get("/money/tiers")
@blp.response(200, out.TierOutSchema(many=True))
@allow(*BOOKS)
def show_tiers() -> list[OwnTier]:
    """The platform's own tiers."""
    return list_tiers()


@blp.post("/money/tiers")
@blp.arguments(TierSchema)
@blp.response(201, out.TierOutSchema)
@allow(Role.MANAGER)
def add_tier(given: dict[str, Any]) -> Tier:
    """A tier of the platform's own, or its next version."""
    return actions.add_tier(**tier_of(given), by=viewer(), now=now())


@blp.get("/people/<int:beneficiary_id>/rights")
@blp.response(200, out.TierProofOutSchema(many=True))
@allow(*MONEY)
def show_rights(beneficiary_id: int) -> list[Proof]:
    """A person's rights to a tier, the latest first."""
    person = may_read(beneficiary_id, viewer())
    look(person.id, page="rights")
    return list_proofs(person.id)


@blp.post("/people/<int:beneficiary_id>/rights")
@blp.arguments(TierProofSchema)
@blp.response(201, out.TierProofOutSchema)
@allow(*MONEY)
def record_right(given: dict[str, Any], beneficiary_id: int) -> TierProof:
    """A proof, also backdated: days already charged are credited."""
    return tier_actions.record_tier_proof(beneficiary_id, **given, by=viewer(), now=now())


@blp.post("/money/rights/<int:proof_id>/end")
@blp.arguments(EndOfRightSchema)
@blp.response(200, out.TierProofOutSchema)
@allow(*MONEY)
def end_right(given: dict[str, Any], proof_id: int) -> TierProof:
    """The end of a right, once the person was told."""
    return tier_actions.end_tier_right(proof_id, **given, by=viewer(), now=now())
