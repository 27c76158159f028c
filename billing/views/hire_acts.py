"""The acts of an order to a hirer, in one table that the page and the API both hang: name, shape, action, who may, what is said then."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from marshmallow import Schema

from billing.actions import hire_bills, hirers
from billing.schemas import hires as shapes
from billing.views.money import BOOKS, MONEY
from mobility.rights import Role


@dataclass(frozen=True, kw_only=True)
class Act:
    """One act: on the order, or on one of its steps when `on_step`."""

    name: str
    schema: type[Schema]
    run: Callable[..., Any]
    roles: tuple[Role, ...]
    said: str
    on_step: bool = False


_CHIEF = (Role.MANAGER,)
OF_ORDER = (
    Act(name="contract", schema=shapes.HireContractSchema, run=hirers.record_contract, roles=MONEY, said="Le contrat du loueur est noté."),
    Act(name="extend", schema=shapes.ExtendHireSchema, run=hirers.extend, roles=MONEY, said="Le nouveau retour est noté."),
    Act(name="cancel", schema=shapes.WhySchema, run=hirers.cancel, roles=MONEY, said="La commande est annulée."),
    Act(
        name="guarantee",
        schema=shapes.GuaranteeSchema,
        run=hirers.give_guarantee,
        roles=_CHIEF,
        said="La garantie est donnée : imprimez sa lettre pour le loueur.",
    ),
    Act(
        name="release",
        schema=shapes.EndGuaranteeSchema,
        run=hirers.end_guarantee,
        roles=BOOKS,
        said="La garantie est finie : elle n’engage plus l’association.",
    ),
    Act(name="invoice", schema=shapes.HireInvoiceSchema, run=hire_bills.enter_invoice, roles=BOOKS, said="La facture est enregistrée."),
    Act(name="share", schema=shapes.FunderShareSchema, run=hire_bills.share, roles=BOOKS, said="La part du financeur est enregistrée."),
    Act(name="call", schema=shapes.CallSchema, run=hire_bills.call, roles=BOOKS, said="L’appel de la garantie est enregistré."),
)
OF_STEP = tuple(
    Act(name=name, schema=schema, run=run, roles=roles, said=said, on_step=True)
    for name, schema, run, roles, said in (
        ("credit", shapes.HireCreditSchema, hire_bills.enter_credit, BOOKS, "L’avoir est enregistré."),
        ("dispute", shapes.WhySchema, hire_bills.dispute, BOOKS, "La contestation est notée."),
        ("accept", shapes.WhySchema, hire_bills.accept, _CHIEF, "La facture peut être payée."),
        ("pay", shapes.HireTransferSchema, hire_bills.pay, BOOKS, "Le virement est noté."),
        ("pay_call", shapes.HireTransferSchema, hire_bills.pay_call, BOOKS, "Le virement est noté."),
        ("receive", shapes.HireReceiptSchema, hire_bills.receive, BOOKS, "La part reçue est notée."),
        ("owed", shapes.HireSumSchema, hire_bills.charge_person, BOOKS, "C’est inscrit au compte de la personne."),
        ("lost", shapes.LostCallSchema, hire_bills.bear_loss, _CHIEF, "C’est noté : l’association garde ce coût."),
        ("undo", shapes.WhySchema, hire_bills.undo, BOOKS, "C’est annulé."),
    )
)
