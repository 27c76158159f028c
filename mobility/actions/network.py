"""What the network does: opens a platform with the manager who will run it."""

from datetime import datetime

from mobility.actions.accounts import open_account
from mobility.actions.invitations import invite
from mobility.actions.platforms import open_platform
from mobility.db import db, platform_scope
from mobility.models import Platform
from mobility.rights import Role, Viewer


def open_with_manager(*, slug: str, name: str, manager_name: str, manager_email: str, by: Viewer, now: datetime) -> Platform:
    """Open a platform and mail its first manager a link. Raises RuleBroken, Conflict."""
    platform = open_platform(slug=slug, name=name, by=by, now=now)
    with platform_scope(platform.id):
        manager, _code = open_account(name=manager_name, email=manager_email, role=Role.MANAGER, by=by, now=now)
        invite(manager, by=by, now=now)
        db.session.flush()
    return platform
