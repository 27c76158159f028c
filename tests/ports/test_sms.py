"""The SMS sender's contract, on an HTTP service (a local server) and on the outbox."""

import json
from typing import Any

import pytest

from mobility.delivery import Delivery, NotSent
from mobility.sms import HttpSms, OutboxSms, Sms, SmsSender


def make_sms(
    *, to: str = "+33661385435", text: str = "Bonjour, à jeudi 9 h. Votre reste dû : 17,50 €", reference: str = "outbox-12"
) -> Sms:
    return Sms(to=to, text=text, reference=reference)


@pytest.fixture
def http(web_server: Any) -> HttpSms:
    web_server.status, web_server.answer = 201, {"id": "m-1"}
    return HttpSms(web_server.url + "/v1/messages", token="sesame", timeout_s=0.5)


@pytest.fixture(params=["outbox", "http"])
def sender(request: pytest.FixtureRequest) -> SmsSender:
    return OutboxSms() if request.param == "outbox" else request.getfixturevalue("http")


def test_a_text_goes_out(sender: SmsSender) -> None:
    assert sender.send(make_sms()) is (Delivery.SHOWN if isinstance(sender, OutboxSms) else Delivery.SENT)


@pytest.mark.parametrize(
    "sms",
    [
        make_sms(to="0661385435"),
        make_sms(to="+33661385435\n"),
        make_sms(to=""),
        make_sms(text="  "),
        make_sms(text="a" * 481),
        make_sms(reference="a\r\nX-Evil: 1"),
        make_sms(reference=""),
    ],
)
def test_what_no_service_could_take_is_refused_for_good(sender: SmsSender, web_server: Any, sms: Sms) -> None:
    with pytest.raises(NotSent) as refused:
        sender.send(sms)
    assert refused.value.may_retry is False
    assert web_server.asked == []


def test_the_service_gets_the_text_the_number_and_the_token(http: HttpSms, web_server: Any) -> None:
    http.send(make_sms())
    asked = web_server.asked[0]
    assert (asked.method, asked.path) == ("POST", "/v1/messages")
    assert json.loads(asked.body) == {
        "to": "+33661385435",
        "text": "Bonjour, à jeudi 9 h. Votre reste dû : 17,50 €",
        "reference": "outbox-12",
    }
    assert asked.headers["Authorization"] == "Bearer sesame"
    assert asked.headers["Idempotency-Key"] == "outbox-12"
    assert asked.headers["Content-Type"] == "application/json"


@pytest.mark.parametrize("answer", [b"", b"OK", b"<html>"])
def test_a_text_that_was_taken_counts_as_sent_whatever_the_answer_says(http: HttpSms, web_server: Any, answer: bytes) -> None:
    web_server.status, web_server.answer = 200, answer
    assert http.send(make_sms()) is Delivery.SENT


@pytest.mark.parametrize(
    ("status", "may_retry", "why"),
    [
        (400, False, "it will not like it tomorrow either"),
        (401, False, "a wrong token"),
        (429, True, "too many at once"),
        (500, True, "it stumbled"),
        (503, True, "it sleeps"),
        (302, False, "elsewhere gets neither our token nor the number"),
    ],
)
def test_a_refusal_says_whether_to_try_again_and_names_nobody(
    http: HttpSms, web_server: Any, status: int, may_retry: bool, why: str
) -> None:
    web_server.status, web_server.headers, web_server.answer = status, {"Location": web_server.url}, {"error": "+33661385435"}
    with pytest.raises(NotSent) as refused:
        http.send(make_sms())
    assert refused.value.may_retry is may_retry, why
    assert len(web_server.asked) == 1, "one try, no redirect followed"
    assert "661385435" not in str(refused.value)
    assert "sesame" not in str(refused.value)


def test_a_service_that_sleeps_is_tried_again_later(http: HttpSms, web_server: Any) -> None:
    web_server.wait_s = 1
    with pytest.raises(NotSent) as refused:
        http.send(make_sms())
    assert refused.value.may_retry is True


def test_nobody_at_the_address(dead_url: str) -> None:
    with pytest.raises(NotSent) as refused:
        HttpSms(dead_url, token="sesame").send(make_sms())
    assert refused.value.may_retry is True
