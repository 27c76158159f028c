"""The mileage simulator as a page: anybody may ask, nothing is kept."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from fleet.mileage import simulate_mileage
from fleet.schemas.simulations import MileageSchema
from mobility.errors import DomainError, InputRefused
from mobility.web.access import public
from mobility.web.forms import Form, as_json, load

pages = Blueprint("mileage_simulation", __name__)


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
