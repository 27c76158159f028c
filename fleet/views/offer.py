"""The platform's offer on a page for whoever passes: what is lent, at what price, to whom, and what is free (domain.md §8)."""

from collections.abc import Iterator

from flask import Blueprint, g, render_template, url_for

from fleet.queries.offer import is_published, list_poles, offer_on
from mobility.clock import now, today
from mobility.errors import NotFound
from mobility.slots import Line
from mobility.web.access import public

pages = Blueprint("offer", __name__)


def ways_in() -> Iterator[Line]:
    """The way to it from the platform's own page."""
    if g.get("platform") is not None and is_published(today()):
        yield Line(text="Nos véhicules, leurs prix, et ce qui est libre", href=url_for("offer.show"), act="Voir l’offre")


@pages.get("/p/<slug>/offer")
@public
def show() -> str:
    """Kinds, prices, conditions, and where one is free today. Raises NotFound while the platform keeps it to itself."""
    if not is_published(today()):
        raise NotFound("Cette plateforme ne publie pas son offre.")
    return render_template("fleet/offer.html", offer=offer_on(now()), poles=list_poles(), today=today())
