"""The list of payments by a card on file, with the act that mends each."""

from functools import partial

from flask import url_for

from billing.auto_payments import DROPPED, REFUSALS, STATE_LABELS, STATE_TONES, UNTOLD
from billing.models import AutoPayment, BillingAccount
from billing.queries.auto_payments import AutoLine, read_line, waiting
from mobility.cells import Euros, Said
from mobility.listing import Column, Filter, Listing
from mobility.lists import BY_NAME
from mobility.web.fields import Choice

STATES = {"to_see": "À revoir avec la personne", **STATE_LABELS}


def say_reason(weekly: AutoPayment) -> str:
    """Why it stands so."""
    reason = weekly.reason or ""
    return REFUSALS[reason].label if reason in REFUSALS else DROPPED.get(reason, "")


ANOTHER_CARD = "Demander une autre carte"


def say_act(weekly: AutoPayment) -> str:
    """What mends it."""
    if weekly.status == "confirm":
        return "Renvoyer le lien"
    if weekly.status != "stopped" or weekly.seen_at is not None:
        return ""
    if weekly.reason == UNTOLD:
        return "Vérifier son numéro ou son adresse avec la personne"
    is_hard = weekly.reason in REFUSALS and REFUSALS[weekly.reason].is_hard
    return ANOTHER_CARD if is_hard else "Convenir d’un autre moyen ou d’un plan"


def _page(line: AutoLine) -> str:
    return url_for("auto_payments.of_person", beneficiary_id=line.person.id)


def _state(line: AutoLine) -> Said:
    seen = line.weekly.status == "stopped" and line.weekly.seen_at is not None
    if seen:
        return Said("arrêté, vu avec la personne", "neutral")
    return Said(STATE_LABELS[line.weekly.status], STATE_TONES.get(line.weekly.status, "waiting"))


AUTO_PAYMENTS = Listing(
    name="paiements-automatiques",
    title="Paiements automatiques",
    columns=[
        Column("person", "Personne", lambda line: f"{line.person.first_name} {line.person.last_name}", BY_NAME, _page),
        Column("label", "Location", lambda line: line.account.label, [BillingAccount.label]),
        Column("week", "Semaine du", lambda line: line.weekly.week_on, [AutoPayment.week_on, AutoPayment.id]),
        Column("cents", "Somme au plus", lambda line: Euros(line.weekly.cents), [AutoPayment.cents], number=True),
        Column("state", "État", _state, [AutoPayment.status]),
        Column("reason", "Pourquoi", lambda line: say_reason(line.weekly), [AutoPayment.reason]),
        Column("next", "Prochain essai", lambda line: line.weekly.next_on, [AutoPayment.next_on]),
        Column("owed", "Dû maintenant", lambda line: Euros(max(line.owed_cents, 0)), number=True),
        Column("act", "À faire", lambda line: say_act(line.weekly), href=lambda line: _page(line) if say_act(line.weekly) else None),
    ],
    filters=[Filter("state", "Lesquels", partial(Choice, STATES), waiting, lambda: list(STATES.items()), every="Tous")],
    sort="-week",
    tie=AutoPayment.id,
    read=read_line,
    person=lambda line: int(line.person.id),
)
