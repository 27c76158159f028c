"""Everything the ground holds about a person, for that person to read."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import inspect

from mobility.queries.attachments import list_attachments
from mobility.queries.liaison import list_forms_of
from mobility.queries.paths import list_actions, list_meetings
from mobility.queries.people import get_beneficiary, list_documents, list_jobs
from mobility.rights import Role, Viewer

# What only serves the machine.
_HIDDEN = frozenset({"platform_id", "search_key", "identity_key", "import_key", "content", "small"})


def held(beneficiary_id: int) -> Iterable[tuple[str, list[dict[str, Any]]]]:
    """Table by table, each row as it is kept."""
    viewer = Viewer(name="", roles=frozenset({Role.MANAGER}))
    yield "Identité", [_row(get_beneficiary(beneficiary_id, viewer))]
    yield "Fiches de liaison", [_row(line.form) for line in list_forms_of(beneficiary_id, viewer)]
    yield "Emplois et formations", [_row(job) for job in list_jobs(beneficiary_id)]
    yield "Actions", [_row(action) for action in list_actions(beneficiary_id)]
    yield "Rendez-vous", [_row(meeting) for meeting in list_meetings(beneficiary_id, limit=10_000)]
    yield "Photos et pièces", [_row(attachment) for attachment in list_attachments(beneficiary_id)]
    yield "Documents vus", [_row(document) for document in list_documents(beneficiary_id)]


def _row(row: Any) -> dict[str, Any]:
    return {column.key: getattr(row, column.key) for column in inspect(type(row)).column_attrs if column.key not in _HIDDEN}
