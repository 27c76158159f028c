"""The booklet as JSON: the pages' actions and shapes; what a person takes away is described here."""

from typing import Any

from flask import jsonify
from flask.typing import ResponseReturnValue

from assessments.booklet import actions
from assessments.booklet.contents import Booklet
from assessments.booklet.models import Experience
from assessments.booklet.queries import Shared, booklet_of, list_shares
from assessments.booklet.schemas import (
    BookletOut,
    CompetencesSchema,
    ExperienceOut,
    ExperienceSchema,
    ShareMadeOut,
    ShareOut,
    ShareSchema,
)
from assessments.booklet.views import ADVISERS, address_of
from mobility.clock import now
from mobility.queries.people import get_beneficiary
from mobility.rights import Role
from mobility.views.consents import own_id
from mobility.web.access import allow
from mobility.web.api import Blueprint
from mobility.web.looks import look
from mobility.web.once import shown_once
from mobility.web.viewer import viewer

blp = Blueprint("booklet_api", __name__, url_prefix="/api/v1/p/<slug>", description="Livret de mobilité")


@blp.get("/me/booklet")
@blp.response(200, BookletOut)
@allow(Role.BENEFICIARY)
def own() -> Booklet:
    """One's own, whole."""
    return _read(own_id())


@blp.put("/me/booklet/competences")
@blp.arguments(CompetencesSchema)
@blp.response(200, BookletOut)
@allow(Role.BENEFICIARY)
def declare_own(asked: dict[str, Any]) -> Booklet:
    """Keep these competences, to be verified; what is confirmed stays."""
    actions.declare_competences(own_id(), **asked, by=viewer(), now=now())
    return _read(own_id())


@blp.get("/me/booklet/shares")
@blp.response(200, ShareOut(many=True))
@allow(Role.BENEFICIARY)
def shares() -> list[Shared]:
    """One's links, the latest first, each with its looks."""
    return list_shares(own_id())


@blp.post("/me/booklet/shares")
@blp.arguments(ShareSchema)
@blp.response(201, ShareMadeOut)
@allow(Role.BENEFICIARY)
def share(asked: dict[str, Any]) -> ResponseReturnValue:
    """Make a link to some pages for a time; its address is in this answer only."""
    kept, token = actions.share_booklet(own_id(), **asked, by=viewer(), now=now())
    return shown_once((jsonify(ShareOut().dump(kept) | {"address": address_of(token)}), 201))


@blp.delete("/me/booklet/shares/<int:share_id>")
@blp.response(204)
@allow(Role.BENEFICIARY)
def end_share(share_id: int) -> None:
    """The link shows nothing any more."""
    actions.end_share(share_id, own_id(), by=viewer(), now=now())


@blp.get("/people/<int:beneficiary_id>/booklet")
@blp.response(200, BookletOut)
@allow(*ADVISERS)
def of_person(beneficiary_id: int) -> Booklet:
    """A person's; the look at the file is noted."""
    return _theirs(beneficiary_id)


@blp.put("/people/<int:beneficiary_id>/booklet/competences")
@blp.arguments(CompetencesSchema)
@blp.response(200, BookletOut)
@allow(*ADVISERS)
def declare(asked: dict[str, Any], beneficiary_id: int) -> Booklet:
    """Keep these competences of a person, to be verified."""
    actions.declare_competences(beneficiary_id, **asked, by=viewer(), now=now())
    return _theirs(beneficiary_id)


@blp.post("/people/<int:beneficiary_id>/experiences")
@blp.arguments(ExperienceSchema)
@blp.response(201, ExperienceOut)
@allow(*ADVISERS)
def note_experience(asked: dict[str, Any], beneficiary_id: int) -> Experience:
    """Note where the person worked."""
    return actions.note_experience(beneficiary_id, **asked, by=viewer(), now=now())


@blp.put("/experiences/<int:experience_id>")
@blp.arguments(ExperienceSchema)
@blp.response(200, ExperienceOut)
@allow(*ADVISERS)
def change_experience(asked: dict[str, Any], experience_id: int) -> Experience:
    """Tell an experience anew."""
    return actions.change_experience(experience_id, **asked, by=viewer(), now=now())


@blp.put("/experiences/<int:experience_id>/competences")
@blp.arguments(CompetencesSchema)
@blp.response(200, ExperienceOut)
@allow(*ADVISERS)
def confirm(asked: dict[str, Any], experience_id: int) -> Experience:
    """Say which competences it confirms: these and no others."""
    return actions.confirm_competences(experience_id, **asked, by=viewer(), now=now())


@blp.delete("/experiences/<int:experience_id>")
@blp.response(204)
@allow(*ADVISERS)
def withdraw_experience(experience_id: int) -> None:
    """Take out an experience noted by mistake."""
    actions.withdraw_experience(experience_id, by=viewer(), now=now())


def _read(beneficiary_id: int) -> Booklet:
    return booklet_of(get_beneficiary(beneficiary_id, viewer()), now())


def _theirs(beneficiary_id: int) -> Booklet:
    found = _read(beneficiary_id)
    look(beneficiary_id, page="booklet")
    return found
