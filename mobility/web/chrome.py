"""What stands around every page: the platform's name, who is signed in, the navigation of their roles, the search box."""

from typing import Any

from flask import Flask, current_app, g, request, url_for
from flask_login import current_user

from mobility.rights import ROLE_NAMES, Viewer
from mobility.slots import NavItem, Slot, gather
from mobility.tongues import joined
from mobility.web.viewer import viewer
from mobility.web.way_back import way_back


def register(app: Flask) -> None:
    """Give every template its frame."""
    app.context_processor(_frame)


def _frame() -> dict[str, Any]:
    platform = g.get("platform")
    who = viewer()
    frame: dict[str, Any] = {"nav_items": lambda: _items(who), "way_back": way_back}
    if platform is not None:
        frame |= {"platform_name": platform.name, "home_href": url_for("home.platform")}
    if who.account_id is None:
        return frame | ({"sign_in_href": url_for("accounts.login")} if platform else {})
    frame |= {
        "signed_in_as": current_user.name,
        "own_account_href": url_for("own_account.show"),
        "sign_out_href": url_for("accounts.logout"),
    }
    frame["signed_in_role"] = joined(", ", (ROLE_NAMES[role] for role in sorted(who.roles)))
    if platform is not None and who.is_staff and "desk.search" in current_app.view_functions:
        frame["search_href"] = url_for("desk.search")
    return frame


def _items(who: Viewer) -> list[dict[str, Any]]:
    items: list[NavItem] = gather(Slot.NAV, who) if g.get("platform") and who.account_id else []
    return [{"label": i.label, "href": i.href, "icon": i.icon, "current": request.endpoint == i.endpoint} for i in items]
