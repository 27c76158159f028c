"""Who the platform is, as JSON."""

from typing import Any

from mobility.actions.platforms import describe_platform
from mobility.clock import now
from mobility.models import Platform
from mobility.queries.letterhead import platform_here
from mobility.rights import Role
from mobility.schemas.identity import IdentityOut, IdentitySchema
from mobility.web.access import allow
from mobility.web.api import Blueprint
from mobility.web.viewer import viewer

blp = Blueprint("identity_api", __name__, url_prefix="/api/v1/p/<slug>/identity", description="Qui est la plateforme")


@blp.get("")
@blp.response(200, IdentityOut)
@allow(Role.MANAGER)
def show() -> Platform:
    """What every paper says of the platform."""
    return platform_here()


@blp.put("")
@blp.arguments(IdentitySchema)
@blp.response(200, IdentityOut)
@allow(Role.MANAGER)
def change(sent: dict[str, Any]) -> Platform:
    """Replace it; what is left out is no longer printed."""
    return describe_platform(**sent, by=viewer(), now=now())
