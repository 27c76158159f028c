"""What the ground holds about people, table by table (mobility/held.py)."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from sqlalchemy import select

from mobility import clock
from mobility.db import db, look_once, platform_id
from mobility.documents.attendance import attestation_pdf
from mobility.documents.liaison_form import LiaisonFormPaper, liaison_form_pdf
from mobility.held import Held, Row
from mobility.models import Account, Beneficiary
from mobility.outbox import without_secrets
from mobility.queries.attendance import attestation_of
from mobility.queries.liaison import Line, list_forms_of
from mobility.queries.liaison_paper import paper_of
from mobility.queries.workshops import list_seats_of
from mobility.rights import house
from mobility.slots import Paper
from mobility.workshops import PRESENT

NOT_THEIRS = frozenset({"prescriber_email", "referent_email", "referent_phone", "draft_key"})  # others' own addresses, the page's key
ADVISER = frozenset({"adviser_id"})
STAFF_ACCOUNT = frozenset({"account_id"})  # the number of somebody else's way in


def _named_look(row: Row) -> Row:
    """A look by the name of who looked, as the person reads it in their own space."""
    id_ = row.pop("account_id")
    return row | {"name": look_once(Account, ("name", id_), lambda: db.session.scalar(select(Account.name).filter(Account.id == id_)))}


def _own_message(row: Row) -> Row:
    """What opens a door is taken out of a message; an address that is not the person's is somebody else's."""
    person = db.session.get_one(Beneficiary, row["beneficiary_id"])
    if row["recipient"] not in (person.email, person.phone):
        row["recipient"] = "une autre adresse que la vôtre"
    return row | {"body": without_secrets(row["body"])}


HELD = (
    Held(table="beneficiary", title="Identité et coordonnées", column="id"),
    Held(table="liaison_form", title="Fiches de liaison", leaves_out=NOT_THEIRS),
    Held(
        table="structure",
        title="Structures qui vous ont adressé",
        column="id",
        into="liaison_form",
        key="structure_id",
        only=("id", "name", "kind", "commune"),
    ),
    Held(table="liaison_paper", title="Pièces des fiches de liaison"),
    Held(table="job", title="Emplois et formations"),
    Held(table="action", title="Actions"),
    Held(table="meeting", title="Rendez-vous"),
    Held(
        table="site",
        title="Lieux de vos rendez-vous",
        column="id",
        into="meeting",
        key="site_id",
        only=("id", "name", "address", "postcode", "commune"),
    ),
    Held(table="workshop_seat", title="Ateliers : invitations et présences"),
    Held(table="group_workshop", title="Ateliers", column="id", into="workshop_seat", key="group_workshop_id", leaves_out=ADVISER),
    Held(table="document", title="Documents vus"),
    Held(table="contact_note", title="Échanges notés"),
    Held(table="correction_request", title="Corrections demandées"),
    Held(table="retention_notice", title="Durée de conservation : avertissements"),
    Held(table="erasure", title="Effacement"),
    Held(table="file_merge", title="Dossiers réunis", leaves_out=frozenset({"moved", "last_ids"})),
    Held(table="attachment", title="Photos et pièces"),
    Held(table="message", title="Messages", words=_own_message),
    Held(table="file_look", title="Qui a consulté le dossier", words=_named_look, also=("account_id",)),
    Held(
        table="audit_entry",
        title="Ce qui a été fait dans le dossier",
        column="subject_number",
        into="beneficiary",
        key="number",
        leaves_out=STAFF_ACCOUNT,
    ),
    Held(table="grant", title="Accès donnés"),
    Held(table="account", title="Compte", column="id", into="grant", key="account_id"),
    Held(table="account_session", title="Connexions", column="account_id", into="grant", key="account_id"),
    Held(table="api_token", title="Clés d’accès", column="account_id", into="grant", key="account_id"),
    Held(table="link", title="Liens reçus", column="account_id", into="grant", key="account_id"),
)

NOT_OF_PEOPLE = {
    "counter": "Les numéros déjà donnés, sans personne.",
    "distinction": "Dit que deux dossiers sont deux personnes : chacune y verrait l’autre.",
    "import_doubt": "Une ligne de fichier mise de côté : aucun dossier ne lui est rattaché.",
    "import_run": "Où en est la reprise d’un fichier, en nombres.",
    "liaison_draft": "Une fiche commencée, pas encore envoyée : son auteur seul la voit, elle n’est d’aucun dossier et s’efface.",
    "login_attempt": "Des empreintes à clé, effacées vite : on ne sait pas de qui elles sont.",
    "outbox": "L’enveloppe d’un message ; ce qu’il dit est avec les messages.",
    "platform": "La plateforme elle-même.",
    "sent_form": "L’empreinte d’un formulaire déjà reçu, gardée quelques jours contre les envois en double.",
    "setting": "Les règles datées de la plateforme.",
}


def papers_of(beneficiary_id: int) -> Iterator[Paper]:
    """The liaison forms, as their structures keep them."""
    for line in list_forms_of(beneficiary_id, house(platform_id())):
        yield Paper(name=f"fiche-{line.form.number}", read=partial(_own_paper, line), draw=liaison_form_pdf)


def attestations_of(beneficiary_id: int) -> Iterator[Paper]:
    """The attestation of workshops, for who came to one."""
    person = db.session.get_one(Beneficiary, beneficiary_id)
    if any(seat.mark in PRESENT and not workshop.stops for seat, workshop in list_seats_of(beneficiary_id)):
        yield Paper(name="attestation-de-presence", read=partial(attestation_of, person, clock.now()), draw=attestation_pdf)


def _own_paper(line: Line) -> LiaisonFormPaper:
    """The form without the addresses of who prescribes and who follows, as in its row."""
    paper = paper_of(line)
    return replace(paper, referent_contact="non communiqué", follows=paper.follows[:1])
