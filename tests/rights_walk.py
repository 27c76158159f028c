"""The walk that tries every route, method and actor on rows that are there, and judges each answer by the one table of rights."""

from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, closing, nullcontext
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar
from unittest.mock import patch

from sqlalchemy.orm import Session
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from mobility.rights import Role
from mobility.web.edge import PointEtape
from tests.actors import LEAVING, SAFE, Actor, Crew, Route
from tests.aims import Aims, Row
from tests.furnished import DEAD, LIVE, MARK, Furnished
from tests.house import House
from tests.opened import OPENED_BY
from tests.web.rights import NARROWED, PUBLIC, RIGHTS

T = TypeVar("T")

# Where somebody of a role sees what is their own and nothing of another's of the same role.
OWN_ONLY = {Role.BENEFICIARY, Role.PRESCRIBER}
ONES_OWN = {  # of the staff and of a structure too, colleagues among them
    "calendars.renew",
    "calendars.stop",
    "calendars_api.renew",
    "calendars_api.stop",
    "liaison_drafts.erase",
    "liaison_drafts.show",
    "liaison_drafts_api.erase",
    "liaison_drafts_api.show",
}
# What somebody sends about what is another's: where a form left empty is refused before anybody asks whose it is.
FILLED: dict[str, dict[str, Any]] = {
    "auto_payments_api.agree": {"most_cents": 2_000, "agreed": True},
    "defects_api.tell": {"part": "brakes"},
    "deposits_api.pay_by_card": {"cents": 1_000},
    "own_payments.pay": {"cents": "10"},
    "own_payments.pay_deposit": {"cents": "10"},
    "payments_api.pay_by_card": {"cents": 1_000},
    "rentals_api.declare_reading": {"odometer_km": 50_000},
    "rentals_api.sign": {"number": "C-2026-0001", "signer_name": "Camille Essai", "agreed": True},
    "rentals_api.sign_report": {"signer_name": "Camille Essai", "agreed": True},
    "workshops.answer": {"coming": "yes"},
    "workshops_api.answer": {"coming": True},
}
NO_ROW = "nothing: there is no such row; add one in tests/furnished.py, or say in tests/aims.py which table the number counts in"
ASKS = "; what a page asks for in its address stands in tests/furnished.py"
GATE = ("/password", "/second-factor", "/login")


@dataclass(frozen=True, kw_only=True)
class Try:
    """An actor, a route, and what the door is to do: "in", "open", "door", "refused", "hidden" or "theirs" (somebody else's)."""

    actor: Actor
    route: Route
    want: str


@dataclass(frozen=True, kw_only=True)
class Opening(Try):
    """A try that got in, the rows it was aimed at, and what was answered."""

    rows: tuple[Row, ...]
    status: int


@dataclass(kw_only=True)
class Tally:
    """What the tries came to."""

    statuses: Counter[int] = field(default_factory=Counter)
    wants: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)

    def note(self, found: Opening) -> None:
        """One that was answered already."""
        self.wants[found.want] += 1
        self.statuses[found.status] += 1

    def say(self) -> str:
        """The figures, in words."""
        wants = ", ".join(f"{count} {want}" for want, count in sorted(self.wants.items()))
        return f"{self.wants.total()} tries ({wants}), {self.statuses[200]} answered 200, {len(self.faults)} faults"


class Walk:
    """One house, everybody, every route."""

    def __init__(self, house: House, other: House, crew: Crew, aims: Aims, made: Furnished, *, half: int) -> None:
        self.app: PointEtape = house.app
        self.house, self.other, self.crew, self.aims, self.made, self.half = house, other, crew, aims, made, half
        self._openings: dict[tuple[str, str, Role | None], Opening | str] = {}

    def routes(self, *, safe: bool) -> list[tuple[Rule, str]]:
        """Every address that reads, or every one that acts, with its method."""
        rules = sorted(self.app.url_map.iter_rules(), key=lambda rule: (rule.rule, rule.endpoint))
        methods = [(rule, method) for rule in rules for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})]
        return [(rule, method) for rule, method in methods if (method in SAFE) == safe and rule.endpoint in PUBLIC.keys() | RIGHTS.keys()]

    def walk(self, *, safe: bool, whole: bool) -> Tally:
        """Try them, and reckon."""
        tally = Tally()
        for rule, method, turn in self.share(safe=safe, whole=whole):
            self.run(self.tries(rule, method, turn, tally), tally)
        return tally

    def share(self, *, safe: bool, whole: bool) -> Iterator[tuple[Rule, str, int | None]]:
        """Every route, for everybody; or every sixth one, for a few by turns: the other engine takes those halfway between."""
        for turn, (rule, method) in enumerate(self.routes(safe=safe)):
            if whole:
                yield rule, method, None
            elif turn % 6 == 3 * self.half:
                yield rule, method, turn // 6

    def personal(self) -> Iterator[tuple[Rule, str, int]]:
        """The routes that show somebody what is their own."""
        for rule, method in self.routes(safe=True):
            if rule.endpoint in RIGHTS and OWN_ONLY & set(allowed(rule)):
                yield rule, method, 0

    def run(self, tries: Iterable[Try], tally: Tally) -> None:
        """Ask, and note the answers."""
        for one in tries:
            tally.wants[one.want] += 1
            try:
                with closing(self.answer(one.actor, one.route, FILLED.get(one.route.endpoint) if one.want == "theirs" else None)) as answer:
                    tally.statuses[answer.status_code] += 1
                    wrong = None if is_right(one, answer) else f"answered {answer.status_code}"
                    if one.want != "in" and MARK in answer.text:
                        wrong = f"answered {answer.status_code} with what is marked"
            except Exception as error:
                wrong = f"broke with {type(error).__name__}: {error}"
            if wrong:
                tally.faults.append(f"{one.actor.name}: {one.route.method} {one.route.path} ({one.route.endpoint}) {one.want}: {wrong}")

    def answer(self, actor: Actor, route: Route, sent: dict[str, Any] | None = None) -> TestResponse:
        """What the actor gets; an act that is one transaction is taken back, so that everybody meets the same house."""
        keeps = route.method in SAFE or getattr(self.app.view_functions[route.endpoint], "own_transactions", False)
        with nullcontext() if keeps else taken_back():
            answer = actor.ask(route, sent)
        if route.endpoint in LEAVING:
            actor.come_back()
        return answer

    # -- Who is tried

    def tries(self, rule: Rule, method: str, turn: int | None, tally: Tally) -> Iterator[Try]:
        """Everybody on this route (`turn`: a few of each kind); a role that gets in nowhere is a fault."""
        if rule.endpoint in OPENED_BY:
            yield from self._by_token(rule, method, tally)
        elif rule.endpoint in PUBLIC:
            route = self._aim(rule, method)
            everybody = [*self.crew.nobodies, *(actors[0] for actors in self.crew.inside.values()), *self.crew.outside]
            yield from (Try(actor=actor, route=route, want="open") for actor in chosen(everybody, turn))
        else:
            yield from self._guarded(rule, method, turn, tally)

    def _guarded(self, rule: Rule, method: str, turn: int | None, tally: Tally) -> Iterator[Try]:
        roles = allowed(rule)
        for role in dict.fromkeys([*chosen(roles, turn), *(role for role in roles if role in OWN_ONLY)]):
            found = self.opening(rule, method, role)
            if isinstance(found, str):
                tally.faults.append(
                    f"nobody gets in as {role}: {method} {rule.rule} ({rule.endpoint}) answered {found}{ASKS if '422' in found else ''}"
                )
            else:
                tally.note(found)
                yield from self._around(rule, found)
        route = next((found.route for role in roles if isinstance(found := self.opening(rule, method, role), Try)), self._aim(rule, method))
        is_of_a_platform = "/p/" in rule.rule
        refused = [actors[0] for role, actors in self.crew.inside.items() if role not in roles]
        for actor in chosen(refused, turn):
            hidden = not is_of_a_platform and actor.role != Role.NETWORK
            yield Try(actor=actor, route=route, want="hidden" if hidden else "refused")
        yield from (Try(actor=actor, route=route, want="door") for actor in chosen(self.crew.nobodies, turn))
        yield from (Try(actor=a, route=route, want="door" if route.is_api else "hidden") for a in chosen(self.crew.outside, turn))

    def _around(self, rule: Rule, found: Opening) -> Iterator[Try]:
        """Those of the same role as whoever got in: a colleague does too, unless it is somebody's own."""
        role, rows = found.actor.role, found.rows
        if role is None or (not rows and role in OWN_ONLY):
            return
        colleagues = [actor for actor in self.crew.inside[role] if actor is not found.actor]
        if role == Role.PRESCRIBER and rule.endpoint not in ONES_OWN:
            near = [actor for actor in colleagues if actor.structure_id == found.actor.structure_id]
            yield from (beside(found, actor, "in") for actor in near[:1])
            yield from (beside(found, actor, "theirs") for actor in colleagues if actor not in near)
        elif role in OWN_ONLY or rule.endpoint in ONES_OWN:
            yield from (beside(found, actor, "theirs") for actor in colleagues[:1])
        else:
            yield from (beside(found, actor, "in") for actor in colleagues[:1])

    def _by_token(self, rule: Rule, method: str, tally: Tally) -> Iterator[Try]:
        """Who holds the live link gets in; a dead one, one for something else and one of another platform open nothing."""
        found = self.opening(rule, method, None)
        if isinstance(found, str):
            tally.faults.append(f"a live link opens nothing: {method} {rule.rule} ({rule.endpoint}) answered {found}")
            return
        tally.note(found)
        purpose = OPENED_BY[rule.endpoint]
        live = self.made.tokens[purpose, LIVE]
        others = [token for (other, state), token in self.made.tokens.items() if (other == purpose) == (state in DEAD)]
        path = found.route.path
        paths = [path.replace(live, token) for token in others] + [path.replace(f"/p/{self.house.slug}/", f"/p/{self.other.slug}/")]
        yield from (Try(actor=found.actor, route=replace(found.route, path=path), want="gone") for path in paths)

    # -- What they are tried on

    def _aim(self, rule: Rule, method: str) -> Route:
        path = next((path for path, _ in self.aims.of(rule)), rule.rule)
        return Route(endpoint=rule.endpoint, method=method, path=path)

    def opening(self, rule: Rule, method: str, role: Role | None) -> Opening | str:
        """The first row that somebody of this role gets in on, and who; else what was answered."""
        key = rule.rule, method, role
        if key not in self._openings:
            self._openings[key] = self._search(rule, method, role)
        return self._openings[key]

    def _search(self, rule: Rule, method: str, role: Role | None) -> Opening | str:
        answered = Counter[int]()
        for path, rows in self.aims.of(rule):
            actor = self._holder(rule, role, rows)
            if actor is None:
                continue
            one = Try(actor=actor, route=Route(endpoint=rule.endpoint, method=method, path=path), want="in")
            with closing(self.answer(actor, one.route)) as answer:
                answered[answer.status_code] += 1
                if is_right(one, answer):
                    self.aims.praise(rule, rows)
                    return Opening(actor=actor, route=one.route, want="in", rows=tuple(rows), status=answer.status_code)
        return ", ".join(f"{count} × {status}" for status, count in answered.items()) or NO_ROW

    def _holder(self, rule: Rule, role: Role | None, rows: list[Row]) -> Actor | None:
        """Who of this role may have business with these rows."""
        if role is None:
            return Actor(name="visitor with a link", house=self.house, client=self.house.client(None))
        actors = self.crew.inside[role]
        if rows and role == Role.BENEFICIARY:
            person_id = self.aims.person_of(rule, rows[-1])
            return next((actor for actor in actors if person_id and actor.person_id == person_id), None)
        if rule.endpoint in ONES_OWN:
            return next((actor for actor in actors if actor.account_id == rows[-1]["account_id"]), None)
        if rows and role == Role.PRESCRIBER:
            return next((actor for actor in actors if actor.structure_id == self.aims.structure_of(rows[-1])), None)
        return actors[0]


def beside(found: Opening, actor: Actor, want: str) -> Try:
    """Somebody else on the same rows."""
    return Try(actor=actor, route=found.route, want=want)


def allowed(rule: Rule) -> list[Role]:
    """The roles that the table lets in; outside any platform only the network's administrator is somebody."""
    roles = NARROWED.get(rule.endpoint, RIGHTS[rule.endpoint])
    return sorted(role for role in roles if "/p/" in rule.rule or role == Role.NETWORK)


def chosen(from_: list[T], turn: int | None) -> list[T]:
    """All of them, or one by turns."""
    return from_ if turn is None else [from_[turn % len(from_)]] if from_ else []


def is_right(one: Try, answer: TestResponse) -> bool:
    """Whether the door did as it should."""
    status, sends = answer.status_code, one.route.method not in SAFE
    location = answer.headers.get("Location", "")
    to_the_door = status == 303 and "/login" in location and one.route.endpoint != "accounts.logout"
    let_in = status not in (401, 403, 404) and status < 500 if sends else status < 400
    return {
        "in": let_in and not any(word in location for word in GATE),
        "open": (let_in or (sends and status == 404)) and not to_the_door,
        "door": status == 401 if one.route.is_api else to_the_door,
        "refused": status == 403,
        "hidden": status == 404,
        "theirs": status in (403, 404),
        "gone": status == 404,
    }[one.want]


def taken_back() -> AbstractContextManager[object]:
    """What is committed meanwhile is written and judged by the database, and then undone."""

    def commit(session: Session) -> None:
        session.flush()
        session.rollback()

    return patch.object(Session, "commit", commit)
