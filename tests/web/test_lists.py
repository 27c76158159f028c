"""Every list pages, filters, sorts and goes out as a file: one way for all, on both engines."""

import csv
import re
from collections.abc import Sequence
from io import BytesIO, StringIO
from tempfile import SpooledTemporaryFile
from typing import Any

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from mobility.actions import people
from mobility.db import db
from mobility.models import AuditEntry, FileLook
from mobility.rights import Role
from mobility.web import lists, spool
from tests.garage import make_vehicle
from tests.house import House, make_house
from tests.statements import counted

COMMUNES = ("Aubagne", "Cassis", "La Ciotat", None)


def fill(house: House, count: int) -> None:
    """People beside the first: "Éa Essai-000" and so on."""
    with house.writing():
        by, now = house.viewer(Role.ADVISER), house.clock()
        for number in range(count):
            people.register_beneficiary(
                first_name="Éa",
                last_name=f"Essai {chr(97 + number // 26)}{chr(97 + number % 26)}",
                commune=COMMUNES[number % 4],
                by=by,
                now=now,
            )


def names(text: str) -> list[str]:
    """The first cell of each line."""
    return [re.sub("<[^>]*>", "", cell) for cell in re.findall(r'<th scope="row">(.*?)</th>', text)]


def lines(raw: bytes) -> list[list[str]]:
    """A CSV's lines below its heading."""
    return list(csv.reader(StringIO(raw.decode("utf-8-sig"), newline=""), delimiter=";"))[1:]


def walk(house: House, address: str, role: Role = Role.ADVISER) -> list[str]:
    """Every name of a list, page after page by its own links."""
    client, found, here = house.client(role), [], house.page(address)
    while here:
        text = client.get(here).text
        found += names(text)
        following = re.search(r'href="([^"]*)">Page suivante', text)
        here = following[1].replace("&amp;", "&") if following else ""
    return found


def test_pages_hold_fifty_and_everybody_stands_on_one(house: House) -> None:
    fill(house, 103)
    first = house.client(Role.ADVISER).get(house.page("people"))
    assert len(names(first.text)) == 50 and "1 à 50 sur 104" in first.text.replace("\xa0", " ")
    everybody = walk(house, "people")
    assert len(everybody) == len(set(everybody)) == 104


@pytest.mark.parametrize("sort", ["name", "-name", "number", "-number", "commune", "-commune", "last_contact_at"])
def test_every_order_is_whole_and_the_file_keeps_it(house: House, sort: str) -> None:
    """Ties and empty cells too: nobody is skipped between two pages, nobody is met twice."""
    fill(house, 60)
    shown = walk(house, f"people?sort={sort}")
    assert len(set(shown)) == 61
    taken = house.client(Role.ADVISER).get(house.page(f"people?sort={sort}&format=csv"))
    assert [line[0] for line in lines(taken.data)] == shown


def test_empty_cells_come_last_both_ways(house: House) -> None:
    fill(house, 8)
    client = house.client(Role.ADVISER)
    for sort in ("commune", "-commune"):
        communes = [line[2] for line in lines(client.get(house.page(f"people?sort={sort}&format=csv")).data)]
        told = [commune for commune in communes if commune]
        assert communes == told + [""] * 2
        assert told == sorted(told, reverse=sort.startswith("-"))


def test_the_heading_says_how_it_is_sorted_and_turns_it_round(house: House) -> None:
    page = house.client(Role.ADVISER).get(house.page("people?sort=number&q=essai")).text
    assert page.count("aria-sort") == 1 and 'aria-sort="ascending"' in page
    assert "?sort=-number&amp;q=essai" in page or "?q=essai&amp;sort=-number" in page


def test_a_file_holds_the_filtered_lines_only(house: House) -> None:
    fill(house, 60)
    client = house.client(Role.ADVISER)
    page = client.get(house.page("people?commune=cassis"))
    assert "Vider les filtres" in page.text and len(names(page.text)) == 15
    raw = client.get(house.page("people?commune=cassis&format=csv"))
    book = client.get(house.page("people?commune=cassis&format=xlsx"))
    sheet = load_workbook(BytesIO(book.data)).worksheets[0]
    assert [line[0] for line in lines(raw.data)] == [row[0] for row in sheet.iter_rows(min_row=2, values_only=True)] == names(page.text)
    assert "attachment" in raw.headers["Content-Disposition"] and raw.headers["Cache-Control"] == "no-store"


def test_a_file_leaves_a_look_at_each_person_it_names_and_says_who_took_it(house: House) -> None:
    fill(house, 3)
    house.client(Role.ADVISER).get(house.page("people?q=aa&format=csv"))
    with house.reading():
        (entry,) = db.session.scalars(select(AuditEntry).filter(AuditEntry.verb == "export"))
        (look,) = db.session.scalars(select(FileLook))
        assert (entry.table_name, entry.changes, entry.account_id) == ("personnes", {"lines": 1}, house.accounts[Role.ADVISER])
        assert (look.page, look.account_id) == ("export personnes", house.accounts[Role.ADVISER])
    house.client(Role.ADVISER).get(house.page("people"))
    with house.reading():
        assert len(db.session.scalars(select(FileLook)).all()) == 1, "a page of the list opens nobody’s file"


def test_a_file_that_fails_half_way_is_closed_and_never_sent(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[Any] = []

    def noted(max_size: int) -> Any:
        opened.append(SpooledTemporaryFile(max_size=max_size))  # noqa: SIM115 — the list under test closes it
        return opened[-1]

    def fails(*told: Any) -> None:
        raise LookupError("half way")

    monkeypatch.setattr(spool, "SpooledTemporaryFile", noted)
    monkeypatch.setitem(lists.FILES, "csv", (fails, "text/csv"))
    with pytest.raises(LookupError):
        house.client(Role.ADVISER).get(house.page("people?format=csv"))
    assert [file.closed for file in opened] == [True]


def test_another_platforms_people_are_in_no_file(house: House) -> None:
    fill(make_house(house.app, house.clock, "autre"), 5)
    assert len(lines(house.client(Role.ADVISER).get(house.page("people?format=csv")).data)) == 1


BAD = ["page=0", "page=99999999999999999999", "page=-1", "page=1.5", "page=%C2%B2", "sort=nonsense", "sort=-", "q=%00", "q=" + "x" * 81]


@pytest.mark.parametrize("asked", BAD)
def test_what_cannot_be_meant_is_said_in_words(house: House, asked: str) -> None:
    page = house.client(Role.ADVISER).get(house.page(f"people?{asked}"))
    assert page.status_code == 422 and 'role="alert"' in page.text and "Personnes" in page.text
    told = house.app.test_client().get(house.api(f"beneficiaries?{asked}"), headers=house.bearer(Role.ADVISER))
    assert told.status_code == 422 and told.json["errors"]


@pytest.mark.parametrize("asked", ["format=pdf", "nonsense=1", "q=a&format=csv&page=0"])
def test_no_file_is_made_of_a_question_that_is_none(house: House, asked: str) -> None:
    answer = house.client(Role.ADVISER).get(house.page(f"people?{asked}"))
    assert answer.status_code == 422 and "Content-Disposition" not in answer.headers


def test_a_page_past_the_last_is_not_found(house: House) -> None:
    answer = house.client(Role.ADVISER).get(house.page("people?page=2"))
    assert answer.status_code == 404 and "la liste en a 1" in answer.text
    assert house.client(Role.ADVISER).get(house.page("people?page=&q=&sort=")).status_code == 200, "an empty answer asks nothing"


def test_the_api_pages_by_its_own_addresses(house: House) -> None:
    fill(house, 70)
    client, bearer, here, numbers = house.app.test_client(), house.bearer(Role.ADVISER), house.api("beneficiaries?sort=number"), []
    while here:
        told = client.get(here, headers=bearer).json
        assert told["total"] == 71 and len(told["rows"]) <= 50
        numbers += [row["number"] for row in told["rows"]]
        here = told["next"]
    assert numbers == sorted(numbers) and len(numbers) == 71


def test_nothing_found_leads_back_and_nothing_at_all_teaches(house: House) -> None:
    page = house.client(Role.ADVISER).get(house.page("people?q=nobody")).text
    assert "Rien ne répond à ces filtres" in page and page.count("Vider les filtres") == 2
    assert "Aucune fiche pour le moment" in house.client(Role.PRESCRIBER).get(house.page("liaison-forms")).text


def statements_of(house: House, path: str, role: Role) -> Sequence[str]:
    client = house.client(role)
    client.get(house.page(path))
    with counted(house.app) as sent:
        assert client.get(house.page(path)).status_code == 200
        return list(sent)


def fill_the_park(house: House) -> None:
    """Sixty vehicles more."""
    with house.writing():
        for number in range(60):
            make_vehicle(house, f"Citadine {number}")


def form(house: House, **more: Any) -> dict[str, Any]:
    sent = {"first_name": "Nadia", "last_name": "Ben Essai", "birth_on": "1998-07-14", "phone": "0611223344", "motive": "job_search"}
    made = house.app.test_client().post(
        house.api("liaison-forms"), json=sent | {"consent": True} | more, headers=house.bearer(Role.PRESCRIBER)
    )
    assert made.status_code == 201, made.text
    return made.json  # type: ignore[no-any-return]


def test_an_adviser_begins_with_the_forms_that_wait(house: House) -> None:
    form(house)
    client = house.client(Role.ADVISER)
    assert "Nadia" in client.get(house.page("liaison-forms")).text
    assert "Nadia" not in client.get(house.page("liaison-forms?status=closed")).text
    assert "Nadia" in client.get(house.page("liaison-forms?status=all&since=2026-01-01&structure=essai&q=fl2026")).text
    assert "Nadia" not in client.get(house.page("liaison-forms?until=2020-01-01")).text


def test_a_prescriber_finds_by_name_and_never_by_what_others_gave(house: House) -> None:
    """The phone stands in the file since others may have given it: guessing its digits says nothing."""
    form(house)
    client, bearer = house.app.test_client(), house.bearer(Role.PRESCRIBER)
    found = {word: client.get(house.api(f"liaison-forms?q={word}"), headers=bearer).json["total"] for word in ("nadia", "0611", "FL-2026")}
    assert found == {"nadia": 1, "0611": 0, "FL-2026": 1}
    assert [line[0] for line in lines(house.client(Role.PRESCRIBER).get(house.page("liaison-forms?format=csv")).data)] == [
        "Nadia Ben Essai"
    ]
