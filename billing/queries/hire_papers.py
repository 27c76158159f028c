"""An order and a guarantee as they are printed for the hirer (domain.md §3.5): no more of the person than the hirer needs."""

from datetime import date

from billing import hires
from billing.documents.hire import HirePaper
from billing.hires import COVERED, DAY, UNITS, Parts
from billing.models import HireStep
from billing.queries.hires import HireRow
from billing.tariffs import KIND_LABELS
from mobility import practice
from mobility.documents.papers import Fact, Signature
from mobility.money import euros
from mobility.periods import paris_day, say_day, say_span
from mobility.queries.letterhead import letterhead


def order_paper(row: HireRow) -> HirePaper:
    """The order: what kind of vehicle, from when to when, for whom if it says so, at which price and under which conditions."""
    order = row.order
    facts = [
        Fact(label="Véhicule", value=KIND_LABELS[row.account.kind]),
        Fact(label="Période", value=say_span(order.first_on, order.last_on)),
        Fact(label="Prix convenu", value=f"{euros(order.unit_cents)} {UNITS[order.unit]}, TVA comprise"),
    ]
    facts += [Fact(label="Conducteur", value=_name(row))] if order.names_person else []
    facts += [Fact(label="Conditions", value=order.conditions)] if order.conditions else []
    days = (order.last_on - order.first_on).days + 1
    due = hires.expected_cents(order.unit, order.unit_cents, order.first_on, order.last_on)
    counted = f"{days} jour{'s' if days > 1 else ''}" if order.unit == DAY else "la période"
    return HirePaper(
        platform=letterhead(),
        title=f"Commande {row.number}",
        written_at=order.ordered_at,
        to=_to(row),
        opening=f"Nous vous commandons la location d’un véhicule, {say_span(order.first_on, order.last_on)}.",
        facts=tuple(facts),
        paragraphs=(
            f"Pour {counted}, nous attendons une facture de {euros(due)}. Portez-y le numéro {row.number}.",
            "Le contrat de location se signe entre vous et la personne qui conduit : envoyez-nous son numéro et une copie.",
            "Tout supplément se décide avec nous avant d’être facturé.",
        ),
        signatures=(_box(),),
    )


def guarantee_paper(row: HireRow, given: HireStep) -> HirePaper:
    """The letter by which the association stands for the person, up to a ceiling."""
    contract = f"du contrat {row.order.contract_number}" if row.order.contract_number else f"de la location commandée sous {row.number}"
    return HirePaper(
        platform=letterhead(),
        title=f"Lettre de garantie {row.number}",
        written_at=given.at,
        to=_to(row),
        opening=f"Nous garantissons jusqu’à {euros(given.cents)} ce que {_name(row)} vous devrait {contract}.",
        facts=(
            Fact(label="Plafond", value=euros(given.cents)),
            Fact(label="Commande", value=row.number),
            Fact(label="Période", value=say_span(row.order.first_on, row.order.last_on)),
        ),
        paragraphs=(
            practice.value_on(COVERED, paris_day(given.at)),
            "Pour l’appeler, écrivez-nous le montant, la raison, et joignez la pièce qui le montre.",
            f"Elle finit au retour du véhicule, prévu le {say_day(row.order.last_on)}, et une fois vos factures réglées.",
        ),
        signatures=(_box(),),
    )


def say_parts(parts: Parts) -> list[tuple[str, int, str]]:
    """Who bears what, each with its words."""
    own = "Ce qui reste à l’association." if parts.own >= 0 else "Les parts dépassent les factures reçues jusqu’ici."
    return [
        ("La personne", parts.person, "Ses loyers, par son échéancier."),
        ("Les financeurs", parts.funders, "Ce qui leur est demandé."),
        ("L’association", parts.own, own),
    ]


def usual_days(row: HireRow, billed_until: date | None) -> tuple[date, date]:
    """The days a next invoice is for, as it is proposed: from the day after those invoiced to the return agreed."""
    first_on = row.order.first_on if billed_until is None else min(date.fromordinal(billed_until.toordinal() + 1), row.order.last_on)
    return first_on, row.order.last_on


def _to(row: HireRow) -> tuple[str, ...]:
    lines = (row.hirer.name, f"À l’attention de {row.hirer.contact}" if row.hirer.contact else "", row.hirer.address)
    return tuple(line for line in (*lines, f"SIRET {row.hirer.siret}" if row.hirer.siret else "") if line)


def _name(row: HireRow) -> str:
    return f"{row.person.first_name} {row.person.last_name}"


def _box() -> Signature:
    return Signature(capacity="Pour l’association", full_name=letterhead().name)
