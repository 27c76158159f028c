"""The platform's dated settings: what holds today, since when, what comes; a new value from a day on."""

from typing import Any

from flask import Blueprint, Flask, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from mobility import practice
from mobility.actions.settings import set_setting
from mobility.clock import now, today
from mobility.dated import DatedSetting, say_value
from mobility.periods import say_day
from mobility.practice import get_setting, list_settings, list_values, shelves
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
    """Every setting with what holds today, and the pages that hold the others."""
    apart = shelves()
    rows = [(one, say_value(one, practice.value_on(one.key, today()))) for one in list_settings() if one.key not in apart]
    others = sorted({(shelf.label, shelf.endpoint) for shelf in apart.values()})
    return render_template("gathered/settings.html", rows=rows, shelves=others)


@pages.get("/p/<slug>/settings/<key>")
@allow(Role.MANAGER)
def show(key: str, form: Form | None = None) -> str:
    """One setting: its values by day, and a form for the next one."""
    setting = get_setting(key)
    form = form or Form(values={"value": _typed(setting, practice.value_on(key, today())), "from_on": today().isoformat()})
    own = [(value.from_on, say_value(setting, value.value), "") for value in list_values(key)]
    values = sorted(own + [(day, say_value(setting, value), "par la loi") for day, value in setting.since], reverse=True)
    default = say_value(setting, setting.default)
    return render_template("gathered/setting.html", setting=setting, form=form, values=values, default=default, place=_place_of(key))


@pages.post("/p/<slug>/settings/<key>")
@allow(Role.MANAGER)
@or_again(show)
def change(key: str) -> ResponseReturnValue:
    """A new value from a day on."""
    told = from_form(schema_for(get_setting(key)))
    set_setting(key, told["value"], from_on=told["from_on"], by=viewer(), now=now())
    flash(f"La règle change à partir du {say_day(told['from_on'])}.", "fine")
    return redirect(_place_of(key)[1], code=303)


def _place_of(key: str) -> tuple[str, str]:
    """The page that a setting stands on: its words and its address."""
    shelf = shelves().get(key)
    if shelf is None:
        return "Règles de la plateforme", url_for("settings.list_all")
    return shelf.label, url_for(shelf.endpoint, _anchor=shelf.anchor)


def _typed(setting: DatedSetting, value: Any) -> str | list[str]:
    """The value as somebody would type or tick it."""
    if value is None:
        return ""
    if setting.kind == "bool":
        return "yes" if value else "no"
    if setting.kind == "cents":
        return f"{value // 100},{value % 100:02d}"
    return list(value) if setting.kind == "codes" else str(value)
