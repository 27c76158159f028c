"""The chart of accounts in JSON; a name is changed as any dated setting, by its key."""

from billing.queries.chart import Account, list_chart
from billing.schemas.chart import AccountSchema
from billing.views.money import BOOKS
from mobility.clock import today
from mobility.web.access import allow
from mobility.web.api import Blueprint

blp = Blueprint("chart_api", __name__, url_prefix="/api/v1/p/<slug>", description="Plan comptable")


@blp.get("/money/chart")
@blp.response(200, AccountSchema(many=True))
@allow(*BOOKS)
def show() -> list[Account]:
    """Each account as it is named today."""
    return list_chart(today())
