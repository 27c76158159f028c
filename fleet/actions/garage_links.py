"""A garage comes in by its mailed link: it sees its own work orders, proposes a date, writes its lines, says that it is done.

It moves no vehicle: the workshop takes its date, and notes when the vehicle is back.
"""

from datetime import datetime, timedelta

from fleet.actions.occupancy import lock_vehicle
from fleet.actions.work_orders import add_labour, add_part
from fleet.models import Garage, WorkLine, WorkOrder
from fleet.queries.workshop import get_garage, get_order
from fleet.work import PLAN, after
from mobility import audit, outbox
from mobility.actions.links import LinkGone, Purpose, get_link, make_link
from mobility.addresses import page_address
from mobility.db import db, platform_id
from mobility.errors import Conflict, NotFound, RuleBroken
from mobility.models import Message
from mobility.queries.letterhead import platform_here
from mobility.rights import Viewer
from mobility.signature import signature

LASTS = timedelta(days=60)


def mail_link(garage_id: int, *, by: Viewer, now: datetime) -> Message:
    """Mail a garage the link to its page. Raises NotFound, RuleBroken on `email`, Conflict for one that works for us no more."""
    garage = get_garage(garage_id)
    if garage.closed_at is not None:
        raise Conflict("Ce garage ne travaille plus pour la plateforme.")
    if not garage.email:
        raise RuleBroken("Ce garage n’a pas d’adresse mail : notez-la d’abord.", field="email")
    token = make_link(purpose=Purpose.GARAGE, lasts=LASTS, subject_id=garage.id, email=garage.email, by=by, now=now)
    platform = platform_here()
    address = page_address(platform.slug, f"garage/{token}")
    body = (
        f"Bonjour,\n\nVoici votre page chez {platform.name} :\n{address}\n\n"
        "Vous y trouvez les véhicules que nous vous confions : proposez une date, notez vos pièces et vos heures, dites quand c’est fini.\n"
        f"Ce lien est pour vous seul et dure {LASTS.days} jours.\n\n{signature(platform.name, platform.phone)}\n"
    )
    return outbox.post("mail", garage.email, subject=f"Vos travaux pour {platform.name}", body=body, now=now)


def garage_of(token: str, *, now: datetime) -> Garage:
    """Whose page this link opens. Raises NotFound, also for a garage that works for us no more."""
    garage = db.session.get(Garage, get_link(token, purpose=Purpose.GARAGE, now=now).subject_id)
    if garage is None or garage.closed_at is not None:
        raise LinkGone
    return garage


def order_of(token: str, order_id: int, *, now: datetime) -> tuple[Garage, WorkOrder]:
    """One of the garage's own orders. Raises NotFound, the same for missing and another's."""
    garage = garage_of(token, now=now)
    order = db.session.get(WorkOrder, order_id)
    if order is None or order.garage_id != garage.id:
        raise NotFound("Cet ordre de réparation n’est pas pour votre garage.")
    return garage, order


def propose(token: str, order_id: int, *, starts_at: datetime, ends_at: datetime, now: datetime) -> WorkOrder:
    """When the garage could take the vehicle; nothing is held until the workshop says yes. Raises RuleBroken, Conflict."""
    order, by = _open(token, order_id, now)
    after(PLAN, order.status)
    if ends_at <= starts_at or ends_at <= now:
        raise RuleBroken("La fin vient après le début, et reste à venir.", field="ends_at")
    order.proposed_starts_at, order.proposed_ends_at = starts_at, ends_at
    audit.record("propose", order, by=by, now=now)
    return order


def write_part(token: str, order_id: int, *, label: str, quantity: int, unit_cents: int, now: datetime) -> WorkLine:
    """A part, at its price. Raises what `add_part` raises."""
    _, by = _open(token, order_id, now)
    return add_part(order_id, label=label, quantity=quantity, unit_cents=unit_cents, by=by, now=now)


def write_labour(token: str, order_id: int, *, label: str, quarters: int, hour_cents: int, now: datetime) -> WorkLine:
    """Time spent, at the price of an hour. Raises what `add_labour` raises."""
    _, by = _open(token, order_id, now)
    return add_labour(order_id, label=label, quarters=quarters, hour_cents=hour_cents, by=by, now=now)


def say_done(token: str, order_id: int, *, now: datetime) -> WorkOrder:
    """The work is done, says the garage: the vehicle can be fetched. Raises Conflict once it was said, or once it is back."""
    order, by = _open(token, order_id, now)
    after(PLAN, order.status)
    if order.told_done_at is not None:
        raise Conflict("C’est déjà noté : la plateforme sait que le véhicule est prêt.")
    order.told_done_at = now
    audit.record("say_done", order, by=by, now=now)
    return order


def _open(token: str, order_id: int, now: datetime) -> tuple[WorkOrder, Viewer]:
    """The order under its vehicle's lock, read again, and the garage as whoever acts."""
    garage, order = order_of(token, order_id, now=now)
    lock_vehicle(order.vehicle_id)
    db.session.refresh(order)
    if order.garage_id != garage.id:
        raise NotFound("Cet ordre de réparation n’est plus pour votre garage.")
    return get_order(order.id), Viewer(name=garage.name, platform_id=platform_id())
