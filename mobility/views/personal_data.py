"""What is held about a person, taken away as one archive: by that person in one tap, or by an adviser whose look is kept."""

from collections.abc import Iterable
from datetime import date
from typing import IO

from flask import Blueprint, Flask, Response, current_app, url_for

from mobility import audit
from mobility.clock import now, today
from mobility.corrections import ERASURE, SUBJECTS
from mobility.errors import NotFound
from mobility.held import registry
from mobility.models import Beneficiary, CorrectionRequest, RetentionNotice
from mobility.periods import say_day
from mobility.queries.corrections import list_open_corrections
from mobility.queries.held import bytes_of, files_of, rows_of
from mobility.queries.letterhead import letterhead
from mobility.queries.people import get_beneficiary
from mobility.queries.retention import find_open_notice
from mobility.rights import Role, Viewer
from mobility.schemas.corrections import due_on
from mobility.slots import Line, Section, Slot, fill, gather
from mobility.takeaway import Contents, write_archive
from mobility.tongues import say
from mobility.web.access import allow
from mobility.web.edge import after_reading
from mobility.web.looks import look
from mobility.web.spool import whole_file
from mobility.web.viewer import viewer

pages = Blueprint("personal_data", __name__)
ADVISERS = (Role.ADVISER, Role.MANAGER)


def register(app: Flask) -> None:
    """Hang the pages, and their place in a person's file and own space."""
    app.register_blueprint(pages)
    fill(app, Slot.FILE, _in_the_file)
    fill(app, Slot.OWN_SPACE, _in_the_own_space)


def _in_the_file(beneficiary_id: int, who: Viewer, today: date) -> Iterable[Section]:
    if who.may(*ADVISERS):
        sentence = "Tout ce que la plateforme garde de la personne, à lui remettre si elle le demande."
        acts: tuple[Line, ...] = (
            Line(text="Télécharger tout", href=url_for("personal_data.archive", beneficiary_id=beneficiary_id)),
            Line(text="Accords", href=url_for("consents.of_person", beneficiary_id=beneficiary_id)),
            Line(text="Corrections", href=url_for("corrections.of_person", beneficiary_id=beneficiary_id)),
            Line(text="Durée de conservation", href=url_for("retention.of_person", beneficiary_id=beneficiary_id)),
        )
        if who.may(Role.MANAGER):
            acts += (Line(text="Effacer le dossier", href=url_for("erasure.show", beneficiary_id=beneficiary_id)),)
        yield Section(
            order=92,
            key="personal-data",
            title="Données personnelles",
            icon="shield-check",
            sentence=sentence,
            lines=tuple(_asked(row, today) for row in list_open_corrections(beneficiary_id)),
            acts=acts,
        )


def _asked(row: CorrectionRequest, today: date) -> Line:
    """A correction that waits for its answer, and until when."""
    due = due_on(row)
    return Line(
        text="Effacement demandé" if row.subject == ERASURE else f"Correction demandée : {SUBJECTS[row.subject]}",
        detail=f"répondre avant le {say_day(due)}",
        href=url_for("corrections.show", correction_id=row.id),
        state="en retard" if due < today else "à répondre",
        tone="over" if due < today else "near",
        act="Répondre",
    )


def _in_the_own_space(beneficiary_id: int, who: Viewer, today: date) -> Iterable[Section]:
    sentence = say("Tout ce que nous gardons de vous, en un seul fichier : vos informations, vos photos, vos papiers.")
    acts = (
        Line(text=say("Télécharger mes données"), href=url_for("personal_data.own_archive")),
        Line(text=say("Mes accords"), href=url_for("consents.own")),
        Line(text=say("Demander une correction"), href=url_for("corrections.own")),
        Line(text=say("Combien de temps on les garde"), href=url_for("retention.own")),
        Line(text=say("Demander l’effacement"), href=url_for("corrections.own", subject=ERASURE)),
    )
    lines = (_to_keep(notice),) if (notice := find_open_notice(beneficiary_id)) else ()
    yield Section(order=96, key="my-data", title=say("Mes données"), icon="shield-check", sentence=sentence, lines=lines, acts=acts)


def _to_keep(notice: RetentionNotice) -> Line:
    """A file that is to be erased soon: its person may keep it."""
    since = say("à partir du %(day)s", day=say_day(notice.erase_on)) if notice.erase_on else ""
    href = url_for("retention.own")
    return Line(
        text=say("Votre dossier est à effacer bientôt"),
        detail=since,
        href=href,
        state=say("à vous de dire"),
        tone="near",
        act=say("Le garder"),
    )


@pages.get("/p/<slug>/me/everything.zip")
@allow(Role.BENEFICIARY)
def own_archive() -> Response:
    """Everything of one's own."""
    return own_everything()


@pages.get("/p/<slug>/people/<int:beneficiary_id>/everything.zip")
@allow(*ADVISERS)
def archive(beneficiary_id: int) -> Response:
    """Everything of a person, for the adviser who hands it over."""
    return everything_of(beneficiary_id)


def own_everything() -> Response:
    """The archive of the person who asks. Raises NotFound for an account that is nobody's file."""
    who = viewer()
    if who.beneficiary_id is None:
        raise NotFound
    return _answer(get_beneficiary(who.beneficiary_id, who))[0]


def everything_of(beneficiary_id: int) -> Response:
    """The archive of a person: the look at the file is noted, and who took how many rows. Raises NotFound."""
    by, at = viewer(), now()
    person = get_beneficiary(beneficiary_id, by)
    look(person.id, page="everything")
    answer, held = _answer(person)
    after_reading(lambda: audit.record_export("everything", sum(held.tables.values()), by=by, now=at))
    return answer


def _answer(person: Beneficiary) -> tuple[Response, Contents]:
    held = Contents()
    page = current_app.jinja_env.get_template("takeaway/index.html")  # alone: nothing of the site stands around it

    def write(out: IO[bytes]) -> None:
        nonlocal held
        held = write_archive(
            out,
            about={"person": person.number, "platform": letterhead().name, "made_at": now()},
            tables=((name, each.title, rows_of(each, person.id)) for name, each in registry().held.items()),
            files=files_of(person.id),
            read=bytes_of,
            papers=gather(Slot.PAPERS, person.id),
            index=lambda found: page.render(person=person, held=found, letterhead=letterhead(), day=today()),
        )

    answer = whole_file(write, name=f"donnees-{person.number}-{today()}.zip", content_type="application/zip")
    return answer, held
