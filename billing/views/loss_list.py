"""The list of what was written off, and of what came for it later."""

from functools import partial

from flask import url_for

from billing.losses import ACT_LABELS, ACT_TONES, REASONS
from billing.models import BillingAccount, LossStep
from billing.queries.losses import read_loss
from mobility.cells import Euros, Said
from mobility.listing import Column, Filter, Listing
from mobility.lists import BY_NAME, period_filters
from mobility.models import Account
from mobility.web.fields import Choice


def _one_of(name: str, label: str, labels: dict[str, str], every: str) -> Filter:
    column = getattr(LossStep, name)
    return Filter(name, label, partial(Choice, labels), lambda q, v: q.filter(column == v), lambda: list(labels.items()), every=every)


LOSSES = Listing(
    name="pertes",
    title="Pertes et recouvrements",
    columns=[
        Column("number", "Pièce", lambda line: f"PERTE-{line.step.number:06d}", [LossStep.number], short=True),
        Column(
            "person",
            "Personne",
            lambda line: f"{line.person.first_name} {line.person.last_name}",
            BY_NAME,
            lambda line: url_for("losses.show", account_id=line.account.id),
        ),
        Column("label", "Location", lambda line: line.account.label, [BillingAccount.label]),
        Column("act", "Quoi", lambda line: Said(ACT_LABELS[line.step.act], ACT_TONES[line.step.act]), [LossStep.act]),
        Column("reason", "Raison", lambda line: REASONS.get(line.step.reason), [LossStep.reason]),
        Column("reference", "Décision", lambda line: line.step.reference, [LossStep.reference]),
        Column("decided", "Du", lambda line: line.step.decided_on, [LossStep.decided_on], short=True),
        Column("cents", "Montant", lambda line: Euros(line.step.cents), [LossStep.cents], number=True),
        Column("at", "Noté", lambda line: line.step.at, [LossStep.at]),
        Column("by", "Par", lambda line: line.by_name, [Account.name]),
    ],
    filters=[
        _one_of("act", "Quoi", ACT_LABELS, "Tout"),
        _one_of("reason", "Raison", REASONS, "Toutes"),
        *period_filters(LossStep.at, "Noté depuis le"),
    ],
    sort="-at",
    tie=LossStep.id,
    read=read_loss,
    person=lambda line: int(line.person.id),
)
