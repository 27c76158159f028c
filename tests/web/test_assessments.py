"""The assessment on screen and as JSON: side by side to its end, who may read it, and what is refused in words."""

from datetime import date
from io import BytesIO

import pytest
from flask.testing import FlaskClient
from pypdf import PdfReader

from assessments import actions, queries
from assessments.grids.v2026_1 import GRID_2026_1 as GRID
from assessments.models import Assessment
from assessments.queries import paper_of
from mobility.db import db
from mobility.held import registry
from mobility.models import Job, LiaisonForm
from mobility.queries.held import rows_of
from mobility.rights import Role
from mobility.slots import Slot, gather
from tests.actions.test_assessments import make_answers, make_assessment
from tests.browsing import post
from tests.house import House, make_house
from tests.ports.read_pdf import words

FIRST = GRID.dimensions[0]
TODAY = date(2026, 3, 2)


@pytest.fixture
def adviser(house: House) -> FlaskClient:
    return house.client(Role.ADVISER)


def person_page(house: House) -> str:
    return house.page(f"people/{house.beneficiary_id}/assessments")


def page_of(house: House, assessment_id: int, more: str = "") -> str:
    return house.page(f"assessments/{assessment_id}{more}")


def answers_of(house: House, assessment_id: int) -> dict[str, int]:
    with house.reading():
        return db.session.get_one(Assessment, assessment_id).answers


def plain(text: str) -> str:
    return text.replace("\xa0", " ").replace("\u202f", " ")


def test_the_whole_way_with_nothing_but_forms(house: House, adviser: FlaskClient) -> None:
    answer = post(adviser, person_page(house), {"kind": "entry", "held_on": "2026-03-02"})
    assert answer.status_code == 303
    at = adviser.get(answer.location).location  # a draft goes on at its first question
    for dimension in GRID.dimensions:
        assert at.endswith(f"/questions/{dimension.code}")
        assert dimension.items[0].levels[3] in plain(adviser.get(at).text).replace("&#39;", "’")
        at = post(adviser, at, {item.code: "3" for item in dimension.items}).location
    assert "Tout est là" in adviser.get(at).text
    done = post(adviser, at)
    assert done.status_code == 303
    page = plain(adviser.get(done.location).text)
    assert "Potentiel de mobilité : 75 sur 100." in page
    assert "Vous vous déplacez déjà par vous-même." in page
    assert "Il faut le permis B." in page


def test_the_questions_are_read_beside_in_the_persons_tongue_from_page_to_page(house: House, adviser: FlaskClient) -> None:
    made = make_assessment(house, finished=False)
    first = page_of(house, made, f"/questions/{FIRST.code}")
    alone, beside = adviser.get(first).text, adviser.get(f"{first}?beside=ar").text
    assert '<bdi lang="ar">' not in alone and "أتنقل اليوم" not in alone
    assert "Je me déplace aujourd’hui" in beside and '<bdi lang="ar">أتنقل اليوم</bdi>' in beside
    assert beside.count('<bdi lang="ar">') == 6 * len(FIRST.items)  # each question, and its five answers
    assert adviser.get(f"{first}?beside=tlh").text.count("<bdi") == 0
    assert post(adviser, f"{first}?beside=ar", {item.code: "2" for item in FIRST.items}).location.endswith("?beside=ar")


def test_what_is_left_is_named_and_nothing_is_finished(house: House, adviser: FlaskClient) -> None:
    made = make_assessment(house, answers=make_answers() | {"bus_map": 2}, finished=False)
    with house.writing():
        draft = db.session.get_one(Assessment, made)
        draft.answers = {code: level for code, level in draft.answers.items() if code != "bus_map"}
    answer = post(adviser, page_of(house, made, "/finish"))
    assert answer.status_code == 422
    assert "Il reste 1 réponse à donner" in plain(answer.text)
    assert f'href="{page_of(house, made, "/questions/orientation")}#f-bus_map">Je lis un plan de bus' in plain(answer.text)
    with house.reading():
        assert queries.entry_of(house.beneficiary_id) is None


@pytest.mark.parametrize(
    ("typed", "field", "said"),
    [
        ({"current_trips": "5"}, "current_trips", "entre 0 et 4"),
        ({"current_trips": "3.0"}, "current_trips", "nombre entier"),
        ({"current_trips": "٣"}, "current_trips", "nombre entier"),
        ({"flying": "1"}, "flying", "pas attendu"),
    ],
)
def test_a_bad_answer_is_said_beside_its_question_and_keeps_what_was_ticked(
    house: House, adviser: FlaskClient, typed: dict[str, str], field: str, said: str
) -> None:
    made = make_assessment(house, answers={}, finished=False)
    answer = post(adviser, page_of(house, made, f"/questions/{FIRST.code}"), {"reach": "2"} | typed)
    assert answer.status_code == 422
    assert said in plain(answer.text)
    assert (f'href="#f-{field}"' in answer.text) is (field != "flying"), "a link leads to each question that is on the page"
    assert 'name="reach" value="2" checked' in answer.text
    assert answers_of(house, made) == {}


def test_each_answer_is_kept_as_it_is_given(house: House, adviser: FlaskClient) -> None:
    made = make_assessment(house, answers={}, finished=False)
    assert post(adviser, page_of(house, made, "/answers"), {"reach": "2"}).status_code == 204
    assert post(adviser, page_of(house, made, "/answers"), {"reach": "3", "cycling": "0"}).status_code == 204
    assert answers_of(house, made) == {"reach": 3, "cycling": 0}
    assert f'data-autosave="{page_of(house, made, "/answers")}"' in adviser.get(page_of(house, made, f"/questions/{FIRST.code}")).text


def test_a_page_left_open_cannot_change_what_is_finished(house: House, adviser: FlaskClient) -> None:
    made = make_assessment(house)
    for path in (f"/questions/{FIRST.code}", "/finish", "/answers"):
        answer = post(adviser, page_of(house, made, path), {} if path == "/finish" else {"reach": "0"})
        assert answer.status_code == 409
        assert "Ce bilan est terminé" in answer.text
    assert answers_of(house, made)["reach"] == 4


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"held_on": "2026-03-02"}, "nécessaire"),
        ({"kind": "exit"}, "bilan d’entrée"),
        ({"kind": "entry", "held_on": "2026-02-30"}, "n’existe pas"),
        ({"kind": "entry", "held_on": "2026-03-03"}, "futur"),
        ({"kind": "entry", "held_on": "02/03/26"}, "quatre chiffres"),
    ],
)
def test_a_start_that_cannot_be_is_said(house: House, adviser: FlaskClient, typed: dict[str, str], said: str) -> None:
    answer = post(adviser, person_page(house), typed)
    assert answer.status_code == 422
    assert said in plain(answer.text)


def test_begun_twice_says_so(house: House, adviser: FlaskClient) -> None:
    make_assessment(house, answers={}, finished=False)
    answer = post(adviser, person_page(house), {"kind": "entry"})
    assert answer.status_code == 409
    assert "déjà commencé" in answer.text and "Reprendre le bilan" in answer.text


def test_an_evaluation_opens_the_vehicle(house: House, adviser: FlaskClient) -> None:
    make_assessment(house, answers=make_answers(recent_driving=1))
    path = house.page(f"people/{house.beneficiary_id}/evaluations/new")
    assert "La conduite n’est plus" in adviser.get(path).text
    assert post(adviser, path, {"kind": "car"}).status_code == 422
    assert post(adviser, path, {"kind": "car", "passed": "maybe"}).status_code == 422
    assert post(adviser, path, {"kind": "car", "passed": "yes"}).status_code == 303
    assert "Évaluation réussie le 2 mars 2026." in plain(adviser.get(person_page(house)).text)


def test_the_picture_and_the_paper(house: House, adviser: FlaskClient) -> None:
    make_assessment(house, answers=make_answers(2))
    house.clock.forward(days=90)
    out = make_assessment(house, "exit", answers=make_answers(3))
    picture = adviser.get(page_of(house, out, "/radar.svg"))
    assert picture.mimetype == "image/svg+xml" and picture.headers["Content-Security-Policy"].startswith("default-src 'none'")
    paper = adviser.get(page_of(house, out, "/bilan.pdf"))
    text = " ".join("".join(page.extract_text() for page in PdfReader(BytesIO(paper.data)).pages).split())
    assert "Bilan de compétences mobilité de sortie" in text
    assert "75 sur 100, contre 50 à l’entrée (+25)" in plain(text)
    assert "habilité" not in text
    assert "25 points gagnés" in plain(adviser.get(page_of(house, out)).text)


@pytest.mark.parametrize("path", ["", "/radar.svg", "/bilan.pdf"])
def test_who_reads_a_finished_one(house: House, path: str) -> None:
    made = make_assessment(house)
    found = {role: house.client(role).get(page_of(house, made, path)).status_code for role in Role}
    no = dict.fromkeys((Role.PRESCRIBER, Role.MECHANIC, Role.TREASURER, Role.NETWORK), 403)
    assert found == no | dict.fromkeys((Role.ADVISER, Role.MANAGER, Role.BENEFICIARY), 200)


def test_the_person_reads_no_draft_and_nobody_elses(house: House) -> None:
    draft = make_assessment(house, answers={}, finished=False)
    me = house.client(Role.BENEFICIARY)
    assert me.get(page_of(house, draft)).status_code == 404
    assert me.get(page_of(house, draft, "/radar.svg")).status_code == 404
    assert me.get(person_page(house)).status_code == 403
    other = make_house(house.app, house.clock, "autre")
    assert other.client(Role.BENEFICIARY).get(page_of(other, draft)).status_code == 404


def test_another_platform_finds_nothing(house: House) -> None:
    made = make_assessment(house)
    other = make_house(house.app, house.clock, "autre")
    stranger = other.client(Role.ADVISER)
    reads = ["", "/finish", f"/questions/{FIRST.code}", "/radar.svg", "/bilan.pdf"]
    assert {stranger.get(page_of(other, made, path)).status_code for path in reads} == {404}
    assert stranger.get(other.page(f"people/{house.beneficiary_id}/assessments")).status_code == 404
    assert stranger.get(other.page(f"people/{house.beneficiary_id}/evaluations/new")).status_code == 404
    assert post(stranger, page_of(other, made, "/answers"), {"reach": "0"}).status_code == 404
    assert post(stranger, page_of(other, made, "/finish")).status_code == 404
    assert post(stranger, other.page(f"people/{house.beneficiary_id}/assessments"), {"kind": "entry"}).status_code == 404


def test_an_unknown_dimension_is_not_found(house: House, adviser: FlaskClient) -> None:
    made = make_assessment(house, answers={}, finished=False)
    assert adviser.get(page_of(house, made, "/questions/flying")).status_code == 404


def test_the_desk_says_whose_assessment_is_to_do(house: House) -> None:
    with house.writing():
        db.session.add(
            LiaisonForm(
                number="FL-2026-0001",
                beneficiary_id=house.beneficiary_id,
                structure_id=house.structure_id,
                received_on=date(2026, 2, 27),
                motive="job",
                status="accepted",
            )
        )
    assert [line.act for line in _card(house, Role.ADVISER)] == ["Commencer le bilan"]
    make_assessment(house, answers=make_answers(), finished=False)
    assert [line.act for line in _card(house, Role.ADVISER)] == ["Reprendre le bilan"]
    with pytest.raises(StopIteration):
        _card(house, Role.MECHANIC)
    with house.writing():
        by = house.viewer(Role.ADVISER)
        draft = queries.find_draft(house.beneficiary_id, "entry")
        assert draft
        actions.finish_assessment(draft.id, by=by, now=house.clock())
    assert _card(house, Role.ADVISER) == ()


def _card(house: House, role: Role) -> tuple[object, ...]:
    with house.reading(), house.app.test_request_context(house.page("desk")):
        house.app.preprocess_request()
        cards = gather(Slot.DESK, house.viewer(role), date(2026, 3, 2))
        return next(card for card in cards if card.key == "assessments").lines


def test_the_file_the_own_space_and_what_is_held_show_it(house: House) -> None:
    make_assessment(house, answers=make_answers(2))
    house.clock.forward(days=30)
    make_assessment(house, "exit", answers=make_answers(3))
    assert "25 points gagnés" in plain(house.client(Role.ADVISER).get(house.page(f"people/{house.beneficiary_id}")).text)
    assert "Bilan de mobilité" not in house.client(Role.TREASURER).get(house.page(f"people/{house.beneficiary_id}")).text
    own = plain(house.client(Role.BENEFICIARY).get(house.page("me")).text)
    assert "Mon bilan" in own and "Bilan de sortie du 1er avril 2026" in own
    with house.reading():
        held = [each for each in registry().held.values() if each.table == "assessment"]
        assert [len(row["answers_in_words"]) for each in held for row in rows_of(each, house.beneficiary_id)] == [30, 30]


def test_a_review_is_read_beside_its_entry(house: House, adviser: FlaskClient) -> None:
    make_assessment(house, answers=make_answers(2))
    house.clock.forward(days=30)
    review = make_assessment(house, "review", answers=make_answers(3))
    page = plain(adviser.get(page_of(house, review)).text)
    assert "25 points gagnés" in page and "En chemin" in page and "Sortie" not in page
    assert "En chemin" in words(adviser.get(page_of(house, review, "/bilan.pdf")).data)


def test_a_printed_assessment_is_proved_genuine_by_its_code_and_says_two_days_only(house: House, adviser: FlaskClient) -> None:
    with house.writing():
        job = {"beneficiary_id": house.beneficiary_id, "kind": "fixed_long", "place": "Aubagne", "one_way_tenths": 184}
        db.session.add(Job(**job, starts_on=date(2026, 3, 1)))
        db.session.add(
            LiaisonForm(
                number="FL-1",
                beneficiary_id=house.beneficiary_id,
                structure_id=house.structure_id,
                motive="job",
                wish="car",
                received_on=TODAY,
            )
        )
    made = make_assessment(house, answers=make_answers())
    read = words(adviser.get(page_of(house, made, "/bilan.pdf")).data)
    assert "CDD de 6 mois ou plus, Aubagne, à 18 km du domicile" in read and "Un emploi ; une voiture" in read
    assert "Valable jusqu’au 2 septembre 2026" in read
    with house.reading():
        paper = paper_of(db.session.get_one(Assessment, made))
    path, stranger = paper.proof.partition("/p/")[2], house.client(None)
    page = plain(stranger.get(f"/p/{path}").text)
    assert "a bien été délivré" in page and "2 mars 2026" in page and "2 septembre 2026" in page
    assert "Camille" not in page and "Durand" not in page and str(paper.potential) not in page
    told = stranger.get(f"/api/v1/p/{path}").json
    assert told == {"genuine": True, "issued_on": "2026-03-02", "valid_until": "2026-09-02", "is_valid": True}
    house.clock.forward(days=200)
    assert "dépassé" in stranger.get(f"/p/{path}").text
    number, code = path.split("/")[-2:]
    for wrong in (f"{number}/{'0' * len(code)}", f"B-2026-0099/{code}", f"{number}/{code.upper()}", f"{number}/%F0%9F%98%80"):
        assert stranger.get(house.page(f"genuine/{wrong}")).status_code == 404, wrong
        assert stranger.get(house.api(f"genuine/{wrong}")).status_code == 404, wrong
    other = make_house(house.app, house.clock, "ailleurs")
    assert stranger.get(other.page(f"genuine/{number}/{code}")).status_code == 404
