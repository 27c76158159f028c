"""Walks everything that somebody of a platform can reach: pages, files, JSON, and the addresses of another platform's rows."""

import io
import re
import zipfile
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html import unescape
from urllib.parse import unquote_plus

from flask.testing import FlaskClient
from sqlalchemy import create_engine, select
from werkzeug.routing import IntegerConverter, Rule
from werkzeug.test import TestResponse

from mobility.db import Base
from mobility.rights import Role
from mobility.web.lists import FILES
from tests.house import House
from tests.listings import LISTS
from tests.marks import MARK
from tests.ports.read_pdf import words
from tests.web.rights import PUBLIC

LINK = re.compile(r"""(?:href|src|action)=["']([^"'#]+)""")
# Numbers in addresses whose name is not that of a column.
TABLE_OF = {
    "draft_id": "liaison_draft",
    "form_id": "liaison_form",
    "hire_id": "hire_order",
    "step_id": "deposit_step",
    "run_id": "import_run",
    "proof_id": "tier_proof",
    "agreement_id": "payer_agreement",
    "version_id": "tariff_version",
    "token_id": "api_token",
    "record_id": "gateway_event",
    "workshop_id": "group_workshop",
    "seat_id": "workshop_seat",
    "difference_id": "gateway_difference",
    "block_id": "block",
    "number": "receipt",
}


@dataclass(kw_only=True)
class Crawl:
    """What was visited and found."""

    pages: int = 0
    characters: int = 0
    statuses: dict[int, int] = field(default_factory=dict)
    broken: list[str] = field(default_factory=list)
    found: dict[str, str] = field(default_factory=dict)  # mark → who, where

    def read(self, who: str, path: str, answer: TestResponse) -> str:
        """Note an answer; its text."""
        body = text_of(answer)
        self.pages += 1
        self.characters += len(body)
        self.statuses[answer.status_code] = self.statuses.get(answer.status_code, 0) + 1
        self.look(f"{who}: {path}", body + " ".join(answer.headers.values()))
        return body

    def look(self, where: str, body: str) -> None:
        """Note the marks in a text."""
        for mark in MARK.findall(body):
            self.found.setdefault(mark, where)


def text_of(answer: TestResponse) -> str:
    """Everything readable in an answer, whatever its kind."""
    kind = answer.mimetype
    if kind == "application/pdf":
        return words(answer.data)
    if kind.startswith("application/vnd.openxml"):
        with zipfile.ZipFile(io.BytesIO(answer.data)) as sheet:
            return " ".join(sheet.read(name).decode(errors="replace") for name in sheet.namelist())
    if kind == "application/zip":
        with zipfile.ZipFile(io.BytesIO(answer.data)) as held:
            read = ((name, held.read(name)) for name in held.namelist())
            return " ".join(words(raw) if name.endswith(".pdf") else raw.decode(errors="replace") for name, raw in read)
    plain = answer.data.decode(errors="replace")
    return plain + unquote_plus(plain) if kind == "text/html" else plain


def crawl(
    here: House, other: House, owner_url: str, *, roles: Iterable[Role | None], most: int, ids: int, more: Iterable[str] = ()
) -> Crawl:
    """As each role of `here` (None: a visitor), at most `most` pages each, with up to `ids` ids of each kind of `other`'s rows."""
    done = Crawl()
    aims = list(dict.fromkeys([*addresses(here, other, owner_url, ids), *more]))
    for role in roles:
        client, name = here.client(role), role or "visitor"
        bearer = {} if role is None else here.bearer(role)
        queue, seen = deque(aims), set(aims)
        while queue and len(seen) - len(queue) < most + len(aims):
            path = queue.popleft()
            body = _get(done, client, str(name), path, bearer)
            for link in _links(body, here, other):
                if link not in seen:
                    seen.add(link)
                    queue.append(link)
    return done


def _get(done: Crawl, client: FlaskClient, who: str, path: str, bearer: dict[str, str]) -> str:
    try:
        with client.get(path, headers=bearer if path.startswith("/api/") else None) as answer:
            return done.read(who, path, answer)
    except Exception as error:  # with its guards off the application meets rows it cannot show
        done.broken.append(f"{who}: {path} {type(error).__name__}: {error}")
        return ""


def _links(body: str, here: House, other: House) -> Iterator[str]:
    for found in LINK.findall(body):
        link = unescape(found)
        if link.startswith("/") and not link.startswith(("//", "/static", "/assets", "/api/docs/", f"/p/{other.slug}/")):
            yield link


def files(*houses: House) -> Iterator[str]:
    """Every list of these houses as each file it goes out as."""
    for path in dict.fromkeys(path for path, _, _ in LISTS):
        yield from (f"{house.page(path)}?format={kind}" for house in houses for kind in FILES)


def addresses(here: House, other: House, owner_url: str, ids: int) -> Iterator[str]:
    """Every GET address of `here`, at its own rows and at those of `other`; every closed one of `other`; the search for the marks."""
    rows, own = _rows_of(other, owner_url, ids), _rows_of(here, owner_url, ids)
    for rule in sorted(here.app.url_map.iter_rules(), key=lambda rule: rule.rule):
        if "GET" not in (rule.methods or ()) or rule.endpoint == "api_docs.asset":
            continue
        yield from _aimed(rule, here.slug, own)
        yield from _aimed(rule, here.slug, rows)
        if rule.endpoint not in PUBLIC:
            yield from _aimed(rule, other.slug, rows)
    for path in ("search", "people"):
        yield from (f"{here.page(path)}?q={word}" for word in ("MARQUE", "MARQUE0", "P-00001"))
    for path in ("search", "beneficiaries"):
        yield from (f"{here.api(path)}?q={word}" for word in ("MARQUE", "P-00001"))


def _aimed(rule: Rule, slug: str, rows: dict[str, list[int]]) -> Iterator[str]:
    numbers = sorted(name for name, converter in rule._converters.items() if isinstance(converter, IntegerConverter))
    tries = max((len(_ids(name, rows)) for name in numbers), default=1)
    for turn in range(tries):
        values = {name: _ids(name, rows)[turn % len(_ids(name, rows))] for name in numbers}
        built = rule.build({"slug": slug} | {name: values.get(name, "x") for name in rule.arguments if name != "slug"})
        assert built is not None, rule
        yield built[1]


def _ids(name: str, rows: dict[str, list[int]]) -> list[int]:
    return rows.get(TABLE_OF.get(name, name.removesuffix("_id"))) or [1]


def _rows_of(house: House, owner_url: str, most: int) -> dict[str, list[int]]:
    """The newest ids of each table of this platform, read as the owner."""
    engine, found = create_engine(owner_url), {}
    with engine.connect() as connection:
        for table in (table for table in Base.metadata.sorted_tables if "platform_id" in table.c):
            newest = select(table.c.id).where(table.c.platform_id == house.platform_id).order_by(table.c.id.desc()).limit(most)
            found[table.name] = list(connection.scalars(newest))
    engine.dispose()
    return found | {"account": list(house.accounts.values())[:most] + found["billing_account"]}
