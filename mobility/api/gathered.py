"""The pages that gather from everywhere, as JSON: the desk, the search, a person's file, one's own space, the dated settings."""

from typing import Any

from flask import request

from mobility import practice
from mobility.actions.settings import set_setting
from mobility.clock import now, today
from mobility.dated import DatedSetting
from mobility.errors import NotFound
from mobility.practice import get_setting, list_settings, list_values
from mobility.queries.contacts import contact_of, last_contact_of, say_place
from mobility.queries.paths import find_next_meeting
from mobility.queries.people import get_beneficiary
from mobility.rights import FILE_READERS, STAFF, Role
from mobility.schemas.gathered import CardSchema, HitSchema, NextMeetingOut, SectionSchema, SettingOutSchema
from mobility.schemas.settings import ChangeSchema, SearchSchema, schema_for
from mobility.slots import Slot, gather
from mobility.web.access import allow
from mobility.web.api import Blueprint
from mobility.web.forms import load
from mobility.web.looks import look
from mobility.web.viewer import viewer

blp = Blueprint("gathered_api", __name__, url_prefix="/api/v1/p/<slug>", description="Le bureau, la recherche, un dossier, les règles")


@blp.get("/desk")
@blp.response(200, CardSchema(many=True))
@allow(*STAFF)
def desk() -> list[Any]:
    """The cards of the day."""
    return gather(Slot.DESK, viewer(), today())


@blp.get("/search")
@blp.arguments(SearchSchema, location="query")
@blp.response(200, HitSchema(many=True))
@allow(*STAFF)
def search(asked: dict[str, Any]) -> list[Any]:
    """What the words find."""
    return gather(Slot.SEARCH, asked["q"], viewer())


@blp.get("/people/<int:beneficiary_id>/file")
@blp.response(200, SectionSchema(many=True))
@allow(*FILE_READERS)
def file(beneficiary_id: int) -> list[Any]:
    """The sections of a person's file; the look at it is noted."""
    person = get_beneficiary(beneficiary_id, viewer())
    look(person.id, page="api file")
    return gather(Slot.FILE, person.id, viewer(), today())


@blp.get("/me")
@blp.response(200, SectionSchema(many=True))
@allow(Role.BENEFICIARY)
def own_space() -> list[Any]:
    """Everything of one's own."""
    who = viewer()
    if who.beneficiary_id is None:
        raise NotFound
    return gather(Slot.OWN_SPACE, get_beneficiary(who.beneficiary_id, who).id, who, today())


@blp.get("/me/next-meeting")
@blp.response(200, NextMeetingOut)
@allow(Role.BENEFICIARY)
def next_meeting() -> dict[str, Any]:
    """When, where and with whom; without an appointment, only whom to call."""
    who = viewer()
    if who.beneficiary_id is None:
        raise NotFound
    person_id = get_beneficiary(who.beneficiary_id, who).id
    found = find_next_meeting(person_id, now())
    if found is None:
        return {"contact": last_contact_of(person_id)}
    meeting, site = found
    return {"starts_at": meeting.starts_at, "kind": meeting.kind, "place": say_place(site), "contact": contact_of(meeting.adviser_id)}


@blp.get("/settings")
@blp.response(200, SettingOutSchema(many=True))
@allow(Role.MANAGER)
def settings() -> list[dict[str, Any]]:
    """Every dated setting."""
    return [_shown(setting) for setting in list_settings()]


@blp.post("/settings/<key>")
@blp.arguments(ChangeSchema)
@blp.response(201, SettingOutSchema)
@allow(Role.MANAGER)
def change(sent: dict[str, Any], key: str) -> dict[str, Any]:
    """A new value from a day on; what held before stays."""
    setting = get_setting(key)
    told = load(schema_for(setting), request.get_json())
    set_setting(key, told["value"], from_on=told["from_on"], by=viewer(), now=now())
    return _shown(setting)


def _shown(setting: DatedSetting) -> dict[str, Any]:
    return {
        "key": setting.key,
        "label": setting.label,
        "kind": setting.kind,
        "today": practice.value_on(setting.key, today()),
        "values": list_values(setting.key),
    }
