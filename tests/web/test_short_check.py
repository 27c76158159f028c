"""The short check in the browser and by JSON: public, nothing kept, a missing tap named."""

from tests.house import House
from tests.rules.test_short_check import USUAL


def test_it_is_asked_and_answered_without_an_account(house: House) -> None:
    visitor = house.app.test_client()
    told = visitor.post("/api/v1/simulations/short-check", json=USUAL)
    assert told.status_code == 200 and told.json["fit"] == "fits" and told.json["kinds"] == ["scooter", "car"]
    page = house.page("check")
    asked = visitor.get(page)
    assert asked.status_code == 200 and asked.text.count("<fieldset") == 8
    answered = visitor.get(page, query_string=USUAL)
    assert told.json["sentence"] in answered.text.replace("\u00a0", " ").replace("&nbsp;", " ")
    assert page in visitor.get(f"/p/{house.slug}/").text and page in visitor.get(house.page("prescribe")).text


def test_a_missing_or_odd_answer_is_named_beside_its_question_and_the_rest_is_kept(house: House) -> None:
    visitor = house.app.test_client()
    refused = visitor.post("/api/v1/simulations/short-check", json=USUAL | {"licence": "Z"})
    assert refused.status_code == 422 and list(refused.json["errors"]) == ["licence"]
    rest = {code: value for code, value in USUAL.items() if code != "hours"}
    page = visitor.get(house.page("check"), query_string=rest)
    assert page.status_code == 422 and page.text.count("checked") == 7
