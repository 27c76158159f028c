"""The hirer's way in JSON: the pages' own actions and schemas."""

from typing import Any

from billing.actions import hirers as actions
from billing.models import Hirer
from billing.queries.hires import HirerLine, all_bills, all_hires, get_hire, get_hirer, list_hire_steps, list_hirers, parts_of
from billing.schemas import hires as shapes
from billing.views.hire_acts import OF_ORDER, OF_STEP, Act
from billing.views.hire_lists import HIRE_BILLS, HIRES
from billing.views.money import BOOKS, MONEY
from mobility.clock import now
from mobility.web.access import allow
from mobility.web.api import Blueprint
from mobility.web.lists import list_of, told
from mobility.web.looks import look
from mobility.web.viewer import viewer

blp = Blueprint("hires_api", __name__, url_prefix="/api/v1/p/<slug>/money", description="Loueurs")


@blp.get("/hirers")
@blp.response(200, shapes.HirerLineSchema(many=True))
@allow(*MONEY)
def hirers() -> list[HirerLine]:
    """The hirers by name, each with what it is owed."""
    return list_hirers()


@blp.post("/hirers")
@blp.arguments(shapes.HirerSchema)
@blp.response(201, shapes.HirerOutSchema)
@allow(*BOOKS)
def add_hirer(asked: dict[str, Any]) -> Hirer:
    """Add one."""
    return actions.add_hirer(**asked, by=viewer(), now=now())


@blp.get("/hirers/<int:hirer_id>")
@blp.response(200, shapes.HirerOutSchema)
@allow(*BOOKS)
def hirer(hirer_id: int) -> Hirer:
    """A hirer."""
    return get_hirer(hirer_id)


@blp.put("/hirers/<int:hirer_id>")
@blp.arguments(shapes.HirerSchema)
@blp.response(200, shapes.HirerOutSchema)
@allow(*BOOKS)
def change_hirer(asked: dict[str, Any], hirer_id: int) -> Hirer:
    """Change who they are."""
    return actions.change_hirer(hirer_id, **asked, by=viewer(), now=now())


@blp.get("/hires")
@blp.arguments(HIRES.schema(), location="query")
@blp.response(200, list_of(shapes.HireOutSchema))
@allow(*MONEY)
def index(asked: dict[str, Any]) -> dict[str, Any]:
    """The orders to hirers, the latest first, fifty a page."""
    return told(HIRES, all_hires(), asked)


@blp.get("/hires/invoices")
@blp.arguments(HIRE_BILLS.schema(), location="query")
@blp.response(200, list_of(shapes.BillOutSchema))
@allow(*BOOKS)
def bills(asked: dict[str, Any]) -> dict[str, Any]:
    """The hirers' invoices, the latest first, fifty a page."""
    return told(HIRE_BILLS, all_bills(), asked)


@blp.get("/hires/<int:hire_id>")
@blp.response(200, shapes.HireWholeSchema)
@allow(*MONEY)
def show(hire_id: int) -> dict[str, Any]:
    """An order, all that happened to it, and who bears what."""
    row = get_hire(hire_id)
    look(row.person.id, page="hire")
    names = ("order", "hirer", "account", "person", "number", "state", "left_cents", "guaranteed_cents")
    whole = {name: getattr(row, name) for name in names}
    return whole | {"steps": list_hire_steps(hire_id), "parts": parts_of(row.account.id)}


def _hang(act: Act) -> None:
    """One act as a POST: what it wrote is answered."""

    def view(asked: dict[str, Any], hire_id: int, **step: int) -> Any:
        return act.run(hire_id, *step.values(), **asked, by=viewer(), now=now())

    view.__name__, view.__doc__ = act.name, act.said
    where = "/steps/<int:hire_step_id>" if act.on_step else ""
    answered = blp.response(201, shapes.HireStepSchema)(allow(*act.roles)(view))
    blp.post(f"/hires/<int:hire_id>{where}/{act.name}")(blp.arguments(act.schema)(answered))


for _each in (*OF_ORDER, *OF_STEP):
    _hang(_each)
