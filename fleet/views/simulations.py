"""The mileage simulator as a page: anybody may ask, nothing is kept."""

from collections.abc import Iterator

from flask import Blueprint, Flask, render_template, request, url_for
from flask.typing import ResponseReturnValue

from fleet.mileage import simulate_mileage
from fleet.schemas.simulations import MileageSchema
from mobility.errors import DomainError, InputRefused
from mobility.slots import Line, Slot, fill
from mobility.web.access import public
from mobility.web.forms import Form, as_json, load

pages = Blueprint("mileage_simulation", __name__)


def register(app: Flask) -> None:
    """Hang the page, and the way to it for any visitor."""
    app.register_blueprint(pages)
    fill(app, Slot.FRONT, _front)


def _front() -> Iterator[Line]:
    yield Line(text="Combien de kilomètres par semaine ?", href=url_for("mileage_simulation.show"), act="Vérifier")


@pages.get("/simulations/mileage")
@public
def show() -> ResponseReturnValue:
    """Ask and answer on one page; the question stands in its address, so it can be sent to somebody."""
    values = request.args.to_dict()
    if not values:
        return _page(Form(values={"worked_days": "5"}))
    try:
        answer = simulate_mileage(**load(MileageSchema(), as_json(MileageSchema(), request.args)))
    except InputRefused as refused:
        return _page(Form(values=values, errors=refused.messages, sentence=refused.sentence)), 422
    except DomainError as refused:
        return _page(Form(values=values, errors={refused.field or "_": refused.sentence}, sentence=refused.sentence)), 422
    return _page(Form(values=values), answer=answer)


def _page(form: Form, **more: object) -> str:
    return render_template("fleet/simulation_mileage.html", form=form, **{"answer": None} | more)
