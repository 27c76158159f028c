"""What fleet holds about people, table by table (mobility/held.py), and their papers."""

from collections.abc import Iterator
from functools import partial

from sqlalchemy import select

from fleet.documents.condition_report import condition_report_pdf
from fleet.documents.contract import contract_pdf
from fleet.documents.letter import letter_pdf
from fleet.documents.microcredit import microcredit_pdf
from fleet.models import Accident, Booking
from fleet.modes import CHOICE_REASONS, MODE_NAMES
from fleet.queries.accidents import statement_paper
from fleet.queries.condition_papers import report_paper
from fleet.queries.contracts import list_contracts
from fleet.queries.contracts import paper_of as contract_paper
from fleet.queries.microcredit_papers import paper_of as microcredit_paper
from fleet.queries.microcredits import list_microcredits
from fleet.queries.rentals import get_rental, list_conditions
from mobility.clock import now
from mobility.db import db, platform_id
from mobility.held import Held, Row
from mobility.rights import house
from mobility.slots import Paper


def _of_booking(table: str, title: str, *leaves_out: str) -> Held:
    return Held(table=table, title=title, column="booking_id", into="booking", leaves_out=frozenset(leaves_out))


# The other driver of an accident, and their insurer, are somebody else's.
_THIRD = frozenset({"third_name", "third_plate", "third_insurer", "third_policy"})
_VEHICLE = ("id", "kind", "label", "plate")


def _chosen(row: Row) -> Row:
    told = MODE_NAMES.get(row["mode"], row["mode"]), CHOICE_REASONS.get(row["reason"], row["reason"])
    return row | {"mode_in_words": told[0], "reason_in_words": told[1]}


HELD = (
    Held(table="booking", title="Réservations et locations"),
    Held(table="vehicle", title="Véhicules que vous avez eus", column="id", into="booking", key="vehicle_id", only=_VEHICLE),
    _of_booking("contract", "Contrats"),
    _of_booking("condition_report", "États des lieux"),
    Held(table="vehicle_mark", title="Traces notées à vos états des lieux", column="report_id", into="condition_report"),
    _of_booking("odometer_reading", "Relevés de compteur"),
    _of_booking("point_etape", "Points-étape"),
    _of_booking("monthly_review", "Bilans mensuels", "told_to"),  # the referent's own address
    _of_booking("granted_trip", "Trajets accordés"),
    _of_booking("cap_decision", "Décisions sur les kilomètres"),
    _of_booking("defect", "Défauts signalés"),
    _of_booking("rescue", "Dépannages"),
    Held(table="fine", title="Avis d’amende"),
    Held(table="accident", title="Accidents", leaves_out=_THIRD),
    Held(table="outcome", title="Ce que la location a donné"),
    Held(table="microcredit", title="Microcrédits"),
    Held(table="mode_choice", title="Choix pour aller au travail", words=_chosen),
    Held(table="past_rental", title="Dossiers AMIE repris"),
    Held(table="waiting_request", title="Demandes en attente"),
    Held(table="waiting_proposal", title="Véhicules proposés", column="request_id", into="waiting_request"),
)

_PHOTO = "Joint une photo à ce qu’elle montre : la photo part comme fichier."
_OF_A_VEHICLE = "La vie d’un véhicule, sans personne."
NOT_OF_PEOPLE = {
    "accident_photo": _PHOTO,
    "block": _OF_A_VEHICLE,
    "garage": "Un garage.",
    "look_photo": _PHOTO,
    "occupancy": "Les jours pris d’un véhicule : la réservation les dit déjà.",
    "plan_run": "Un plan de renouvellement des véhicules.",
    "takeover": "Un tableau envoyé pour la reprise, de toutes les personnes ensemble ; il s’efface quand il est repris.",
    "upkeep_done": _OF_A_VEHICLE,
    "upkeep_due": _OF_A_VEHICLE,
    "upkeep_exception": _OF_A_VEHICLE,
    "vehicle_cost": _OF_A_VEHICLE,
    "vehicle_import": "Un tableau de véhicules.",
    "vehicle_loan": "Un véhicule prêté entre plateformes, sans personne.",
    "vehicle_step": _OF_A_VEHICLE,
    "vehicle_transfer": _OF_A_VEHICLE,
    "work_line": _OF_A_VEHICLE,
    "work_order": _OF_A_VEHICLE,
}


def papers_of(beneficiary_id: int) -> Iterator[Paper]:
    """Contracts in each of their versions, condition reports, statements of accidents, and files of microcredits."""
    by = house(platform_id())
    for booking_id in db.session.scalars(select(Booking.id).filter(Booking.beneficiary_id == beneficiary_id).order_by(Booking.id)).all():
        yield from _of_rental(booking_id)
    accidents = select(Accident).filter(Accident.beneficiary_id == beneficiary_id).order_by(Accident.id)
    for one in db.session.scalars(accidents).all():
        title = f"Relevé d’accident {one.number}"
        read = partial(statement_paper, one, names_third=False)
        yield Paper(name=f"accident-{one.number}", read=read, draw=partial(letter_pdf, title=title))
    for row in list_microcredits(beneficiary_id):
        yield Paper(name=f"microcredit-{row.number}", read=partial(microcredit_paper, row, by=by, now=now()), draw=microcredit_pdf)


def _of_rental(booking_id: int) -> Iterator[Paper]:
    for contract in list_contracts(booking_id):
        yield Paper(name=f"contrat-{contract.number}", read=partial(contract_paper, contract), draw=contract_pdf)
    reports = list_conditions(booking_id)
    rental = get_rental(booking_id, house(platform_id())) if reports else None
    for report in reports:
        assert rental is not None
        name = f"etat-des-lieux-{rental.booking.number}-{report.id}"
        yield Paper(name=name, read=partial(report_paper, report, rental), draw=condition_report_pdf)
