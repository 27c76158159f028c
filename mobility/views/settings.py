"""The platform's dated settings: what holds today, since when, what comes; a new value from a day on."""

from typing import Any

from flask import Blueprint, Flask, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from mobility import practice
from mobility.actions.settings import set_setting
from mobility.clock import now, today
from mobility.periods import say_day
from mobility.practice import DatedSetting, get_setting, list_settings, list_values, say_value
from mobility.rights import Role, Viewer
from mobility.schemas.settings import schema_for
from mobility.slots import NavItem, Slot, fill
from mobility.web.access import allow
from mobility.web.forms import Form, from_form, or_again
from mobility.web.viewer import viewer

pages = Blueprint("settings", __name__)


def register(app: Flask) -> None:
    """Hang the settings, and their entry in the navigation."""
    app.register_blueprint(pages)
    fill(app, Slot.NAV, _nav)


def _nav(viewer: Viewer) -> list[NavItem]:
    if not viewer.may(Role.MANAGER):
        return []
    return [NavItem(order=90, label="Règles", href=url_for("settings.list_all"), icon="sliders", endpoint="settings.list_all")]


@pages.get("/p/<slug>/settings")
@allow(Role.MANAGER)
def list_all() -> str:
    """Every setting with what holds today."""
    rows = [(setting, say_value(setting, practice.value_on(setting.key, today()))) for setting in list_settings()]
    return render_template("gathered/settings.html", rows=rows)


@pages.get("/p/<slug>/settings/<key>")
@allow(Role.MANAGER)
def show(key: str, form: Form | None = None) -> str:
    """One setting: its values by day, and a form for the next one."""
    setting = get_setting(key)
    form = form or Form(values={"value": _typed(setting, practice.value_on(key, today())), "from_on": today().isoformat()})
    own = [(value.from_on, say_value(setting, value.value), "") for value in list_values(key)]
    values = sorted(own + [(day, say_value(setting, value), "par la loi") for day, value in setting.since], reverse=True)
    return render_template("gathered/setting.html", setting=setting, form=form, values=values, default=say_value(setting, setting.default))


@pages.post("/p/<slug>/settings/<key>")
@allow(Role.MANAGER)
@or_again(show)
def change(key: str) -> ResponseReturnValue:
    """A new value from a day on."""
    told = from_form(schema_for(get_setting(key)))
    set_setting(key, told["value"], from_on=told["from_on"], by=viewer(), now=now())
    flash(f"La règle change à partir du {say_day(told['from_on'])}.", "fine")
    return redirect(url_for("settings.list_all"), code=303)


def _typed(setting: DatedSetting, value: Any) -> str:
    """The value as somebody would type it."""
    if value is None:
        return ""
    if setting.kind == "bool":
        return "yes" if value else "no"
    if setting.kind == "cents":
        return f"{value // 100},{value % 100:02d}"
    return str(value)
