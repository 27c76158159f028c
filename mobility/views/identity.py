"""Who the platform is: the name, the address and the numbers that every paper and every mail carries."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from mobility.actions.platforms import describe_platform
from mobility.clock import now
from mobility.queries.letterhead import platform_here
from mobility.rights import Role
from mobility.schemas.identity import IdentitySchema
from mobility.web.access import allow
from mobility.web.forms import Form, from_form, or_again
from mobility.web.viewer import viewer

pages = Blueprint("identity", __name__)


@pages.get("/p/<slug>/identity")
@allow(Role.MANAGER)
def show(form: Form | None = None) -> str:
    """What is known, to mend."""
    platform = platform_here()
    values = {name: getattr(platform, name) or "" for name in IdentitySchema().fields}
    return render_template("gathered/identity.html", form=form or Form(values=values))


@pages.post("/p/<slug>/identity")
@allow(Role.MANAGER)
@or_again(show)
def change() -> ResponseReturnValue:
    """Keep what was mended: the next paper says it."""
    describe_platform(**from_form(IdentitySchema()), by=viewer(), now=now())
    flash("C’est noté : les prochains papiers et courriels le disent.", "fine")
    return redirect(url_for("identity.show"), code=303)
