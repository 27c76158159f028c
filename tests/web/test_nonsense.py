"""Nonsense in every field of every form: refused in words that name the field, beside it, with what was typed kept and nothing written."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, time, timedelta

import pytest
from sqlalchemy import select

from fleet.actions.accidents import record_accident
from fleet.actions.fines import record_fine
from fleet.actions.plan import keep_plan
from fleet.actions.waiting import ask
from fleet.queries.plan import draw_plan
from mobility.actions.meetings import plan_meeting
from mobility.db import db
from mobility.models import Action, LiaisonForm
from mobility.rights import Role
from mobility.web.forms import OURS
from tests.actors import Route
from tests.browsing import post
from tests.garage import make_vehicle
from tests.house import House, sign_in
from tests.money import give_keys, open_page
from tests.rental import RentalDesk
from tests.web.sent_forms import SentPage, ShownForm
from tests.web.test_bad_forms import counts, forms

REFUSED = {400, 409, 422}
# One part of the page saved alone, with nothing to type in it: what stands in the other parts is kept there and not read.
NOT_READ = {"point_etapes.again", "point_etapes.job"}
# The one thing typed there is free words, and any day is words; a form begun is kept unchecked, and checked when it is sent.
ONLY_WORDS = {"corrections.ask", "defects.send", "liaison_drafts.keep", "point_etapes.state", "rescue.send", "work_orders.create"}
NONSENSE = {"letters": "q" * 301, "nul": "a\x00b", "no such day": "2026-02-31", "huge": "9" * 400}


@dataclass
class Trial:
    """What was sent, and what is wrong with the answers."""

    house: House
    tried: int = 0
    wrong: list[str] = field(default_factory=list)
    silent: list[str] = field(default_factory=list)  # forms of buttons alone

    def send(self, route: Route, role: Role, data: dict[str, str]) -> tuple[int, SentPage]:
        """Post as somebody just come in, and look at what was written by a refusal."""
        client = self.house.app.test_client()
        sign_in(self.house.app, client, self.house.accounts[role], at=self.house.clock())
        before = counts(self.house)
        answer = post(client, route.path, data)
        self.tried += 1
        if answer.status_code >= 400 and (after := counts(self.house)) != before:
            self.wrong.append(f"{route.endpoint} refused {answer.status_code} but wrote {[t for t in after if after[t] != before[t]]}")
        if not data and answer.status_code == 303:  # nothing in it is needed: the form may stand on the page that follows
            answer = client.get(answer.location)
        is_page = answer.content_type.startswith("text/html")
        return answer.status_code, SentPage(answer.text if is_page else "")

    def check(self, route: Route, role: Role, form: ShownForm, kind: str) -> None:
        """One kind of nonsense in all the typed fields of a form."""
        typed = {shown.name: NONSENSE[kind] for shown in form.typed}
        chosen = {shown.name: shown.options[-1] for shown in form.fields.values() if shown.options}
        hidden = {name: value for name, value in form.hidden.items() if name not in OURS}
        status, page = self.send(route, role, hidden | chosen | typed)
        said = f"{route.endpoint} sent {kind}"
        if status not in REFUSED:
            self.wrong.append(f"{said}: answered {status}")
            return
        again = next((shown for shown in page.forms if shown.goes_to(route.path)), None)
        if again is None:
            self.wrong.append(f"{said}: the form did not come back")
            return
        self.wrong += [f"{said}: {fault}" for fault in faults(page, again, typed)]


def faults(page: SentPage, form: ShownForm, typed: dict[str, str]) -> list[str]:
    """What a refused page lacks."""
    lost = [name for name, value in typed.items() if form.fields[name].value != value]
    beside = [shown for shown in form.fields.values() if any(said.endswith("-error") for said in shown.described_by)]
    dangling = [said for shown in form.fields.values() for said in shown.described_by if said not in page.ids]
    leads_nowhere = [href for href in page.links if href.removeprefix("#") not in page.ids]
    found = []
    if lost:
        found.append(f"lost what was typed in {lost}")
    if not beside:
        found.append(f"no error beside a field; the summary says {page.summary.split()!r}")
    if not page.links:
        found.append(f"the summary names no field: {page.summary.split()!r}")
    if dangling or leads_nowhere:
        found.append(f"points at nothing: {dangling + leads_nowhere}")
    return found


def has_keys_out(house: House) -> None:
    """A rental under way, an accident and a notice of offence in it, a card page open."""
    give_keys(house)
    desk = RentalDesk(house).out()
    desk.later(days=7)
    told = {"on": date(2026, 3, 4), "hour": time(12), "place": "Quai de l’Essai"}
    desk.act(record_accident, desk.car, **told, circumstances="alone")
    desk.act(record_fine, plate="AA-000-AA", **told, notice_number="1234567890", sent_on=date(2026, 3, 5))
    account_id = desk.booking().account_id
    assert account_id is not None
    open_page(house, account_id)


def waits(house: House) -> None:
    """A form to answer, an option to confirm or not, a deposit to take, an appointment, an action, a place on the list, a plan."""
    give_keys(house)
    desk = RentalDesk(house)
    by_now = {"by": desk.by, "now": house.clock()}
    with house.writing():
        db.session.scalars(select(LiaisonForm)).one().status = "received"
        plan_meeting(house.beneficiary_id, kind="first", starts_at=house.clock() + timedelta(days=1), **by_now)
        for action in db.session.scalars(select(Action)):
            action.kind = "workshop"
        make_vehicle(house, "Vélo", kind="bike")
        ask(house.beneficiary_id, kind="bike", first_on=date(2026, 3, 9), last_on=date(2026, 3, 20), **by_now)
        keep_plan(draw_plan(house.clock()), **by_now)


@pytest.mark.parametrize("stage", [has_keys_out, waits])
@pytest.mark.parametrize("every", [8, pytest.param(1, marks=pytest.mark.proof)])
def test_nonsense_in_any_form_is_refused_beside_its_field(house: House, stage: Callable[[House], None], every: int) -> None:
    stage(house)
    trial = Trial(house)
    for turn, (route, role) in list(enumerate(forms(house)))[::every]:
        status, page = trial.send(route, role, {})
        form = next((shown for shown in page.forms if shown.goes_to(route.path)), None)
        if form is None:
            trial.silent.append(f"{route.endpoint} {status} {page.summary.strip()[:60]}")
            continue
        for kind in list(NONSENSE)[turn % every :: every] if form.typed and route.endpoint not in NOT_READ else ():
            if kind != "no such day" or route.endpoint not in ONLY_WORDS:
                trial.check(route, role, form, kind)
    print(f"nonsense: {trial.tried} sendings, {len(trial.wrong)} faults; nothing to type into: {trial.silent}")
    assert not trial.wrong, "\n".join(trial.wrong)
