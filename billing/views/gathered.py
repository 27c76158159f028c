"""What billing gives to the pages that gather from everywhere: the file, the own space, the yearly report, the desk."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from flask import Flask, url_for

from billing.models import BillingAccount
from billing.queries.accounts import balance_cents, list_accounts
from billing.queries.districts import list_unproven, unproven
from billing.queries.figures import list_most_owed, moved_in
from billing.queries.renewals import list_to_renew
from billing.queries.statement import due_now, forecast
from billing.queries.tariffs import list_proofs, tier_labels
from billing.views.money import MONEY
from mobility.money import euros
from mobility.periods import say_day
from mobility.rights import Role, Viewer
from mobility.slots import DeskCard, Line, ReportLine, Section, Slot, fill
from mobility.tongues import say

DESK_MOST = 5


def register(app: Flask) -> None:
    """Fill the slots."""
    fill(app, Slot.FILE, file_sections)
    fill(app, Slot.OWN_SPACE, own_sections)
    fill(app, Slot.REPORT, report_lines)
    fill(app, Slot.TOTALS, report_lines)
    fill(app, Slot.DESK, desk_cards)
    fill(app, Slot.FRONT, front_lines)


def file_sections(beneficiary_id: int, viewer: Viewer, today: date) -> Iterator[Section]:
    """Money in a person's file: what each rental owes and why."""
    if not viewer.may(*MONEY):
        return
    accounts = list_accounts(beneficiary_id, viewer)
    lines = tuple(_line(account, url_for("money.account", account_id=account.id)) for account in accounts)
    rights = Line(text="Droits et paliers", href=url_for("tariffs.rights", beneficiary_id=beneficiary_id))
    weekly = Line(text="Paiement automatique", href=url_for("auto_payments.of_person", beneficiary_id=beneficiary_id))
    if unproven(accounts):
        lines += (replace(rights, text="Quartier prioritaire", detail="déclaré", state="justificatif à voir", tone="waiting", act="Noter"),)
    yield Section(
        order=60,
        key="money",
        title="Argent",
        icon="currency-euro",
        facts=tuple(_rights(beneficiary_id, today)),
        lines=lines,
        acts=(rights, weekly) if accounts else (rights,),
        empty="Aucune location pour le moment.",
    )


def own_sections(beneficiary_id: int, viewer: Viewer, today: date) -> Iterator[Section]:
    """What you owe, why, one sentence a rental, and the button that pays it; what lies ahead is said to be an estimate."""
    accounts = list_accounts(beneficiary_id, viewer)
    shown = [account for account in accounts if account.started_at or not account.closed_at]
    owed = sum(max(balance_cents(account.id), 0) for account in accounts)
    lines = tuple(_line(account, url_for("money.account_statement", account_id=account.id)) for account in shown)
    verb, tone = (say("Payer"), "near") if owed else (say("Voir mes paiements et mes reçus"), "neutral")
    yield Section(
        order=30,
        key="money",
        title=say("Ce que vous devez et pourquoi"),
        icon="wallet2",
        sentence=say("Vous devez %(sum)s aujourd’hui.", sum=euros(owed)) if owed else say("Vous ne devez rien aujourd’hui."),
        lines=(*lines, *_ahead(shown)),
        acts=(Line(text=verb, href=url_for("own_payments.show"), tone=tone),) if accounts else (),
    )


def report_lines(year: int) -> Iterator[ReportLine]:
    """Charged and paid in the year."""
    charged, paid = moved_in(year)
    yield ReportLine(order=80, key="charged_cents", label="Facturé (locations, réparations, adhésions)", value=charged, unit="cents")
    yield ReportLine(order=81, key="paid_cents", label="Payé par les bénéficiaires", value=paid, unit="cents")


def desk_cards(viewer: Viewer, today: date) -> Iterator[DeskCard]:
    """Whose district is to be seen, the longest first; whose paper runs out; who owes something, the most first."""
    if viewer.may(Role.ADVISER, Role.MANAGER):
        yield from _districts()
        yield from _renewals(today)
    if not viewer.may(*MONEY):
        return
    owed, total = list_most_owed(DESK_MOST, today)
    lines = tuple(
        Line(
            text=f"{line.person.first_name} {line.person.last_name}",
            detail=line.account.label,
            href=url_for("money.account", account_id=line.account.id),
            state=euros(line.balance_cents),
            tone="waiting",
            act="Voir le compte",
        )
        for line in owed
    )
    yield DeskCard(
        order=70,
        key="owed",
        title="À recevoir",
        icon="currency-euro",
        lines=lines,
        empty="Tout est réglé.",
        more_href=url_for("money.accounts", state="due") if lines else None,
        total=total,
    )


def _districts() -> Iterator[DeskCard]:
    """Half rates given on a tick alone: the price does not wait for the paper, somebody should ask for it."""
    people = list_unproven()
    lines = tuple(
        Line(
            text=f"{person.first_name} {person.last_name}",
            detail="quartier prioritaire déclaré",
            href=url_for("tariffs.rights", beneficiary_id=person.id),
            state="justificatif à voir",
            tone="waiting",
            act="Noter",
        )
        for person in people[:DESK_MOST]
    )
    if lines:
        title = "Quartiers prioritaires à justifier"
        yield DeskCard(order=69, key="districts", title=title, icon="geo-alt", lines=lines, empty="", total=len(people))


def _renewals(today: date) -> Iterator[DeskCard]:
    """Papers that run out within 15 days, or did: the price stays, somebody should ask for the next one."""
    due = list_to_renew(today)
    labels = tier_labels() if due else {}
    lines = tuple(
        Line(
            text=f"{person.first_name} {person.last_name}",
            detail=f"{labels[proof.tier_code]}, valable jusqu’au {say_day(proof.paper_valid_until)}",
            href=url_for("tariffs.rights", beneficiary_id=person.id),
            state="périmée" if proof.paper_valid_until < today else "à renouveler",
            tone="waiting",
            act="Noter",
        )
        for proof, person in due[:DESK_MOST]
        if proof.paper_valid_until
    )
    if lines:
        yield DeskCard(
            order=68, key="renewals", title="Attestations à renouveler", icon="shield-check", lines=lines, empty="", total=len(due)
        )


def front_lines() -> Iterator[Line]:
    """The simulators, for any visitor."""
    yield Line(text="Combien coûte une location ?", href=url_for("simulation_pages.rental"), act="Calculer")
    yield Line(text="Cinq mois vers votre propre véhicule", href=url_for("simulation_pages.schedule"), act="Voir l’échéancier")


def _line(account: BillingAccount, href: str) -> Line:
    due = due_now(account.id)
    state, tone = (say("%(sum)s à payer", sum=euros(due.cents)), "near") if due.cents else (say("réglé"), "fine")
    return Line(text=account.label, detail=due.sentence, href=href, state=state, tone=tone, act=say("Voir le compte"))


def _ahead(accounts: Iterable[BillingAccount]) -> Iterator[Line]:
    for account in accounts:
        coming = forecast(account)
        if coming and coming.cents:
            yield Line(text=say("À venir : %(what)s", what=account.label), detail=coming.sentence, state=say("estimation"))


def _rights(beneficiary_id: int, today: date) -> Iterator[tuple[str, str]]:
    labels = tier_labels()
    for proof in list_proofs(beneficiary_id):
        if proof.to_on is None or proof.to_on >= today:
            until = f", jusqu’au {say_day(proof.to_on)}" if proof.to_on else ""
            where = f" ({proof.district_code})" if proof.district_code else ""
            yield labels[proof.tier_code], f"depuis le {say_day(proof.from_on)}{until}{where}"
