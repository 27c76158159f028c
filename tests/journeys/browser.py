"""A person at a browser without JavaScript: reads pages, follows links, fills forms by the words on their buttons.

Every page shown is checked as it passes: no error, and nothing in its visible text that only the code should know.
"""

import re
from typing import Any
from urllib.parse import urlsplit

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.journeys.pages import Page

REFUSED = {402, 409, 422}
LEAKS = re.compile(
    r"\b(?:None|True|False|Undefined|Traceback|nan|qpv|rsa|ebike|moped|scooter_car)\b"  # values and codes
    r"|\b[a-z]+_[a-z_]+\b"  # any snake-case word
    r"|\{\{|\}\}|\{%|%\}|<[A-Za-z]+ object|\d{4}-\d{2}-\d{2}T"
)


class Browser:
    """One person's browser; `text` is the page they see, with plain spaces; `pages` and `posts` count what they waited for."""

    def __init__(self, client: FlaskClient) -> None:
        self._client = client
        self.address = ""
        self.page = Page("")
        self.pages, self.posts = 0, 0

    @property
    def text(self) -> str:
        return self.page.text

    def open(self, address: str) -> "Browser":
        """Type an address; redirects are followed."""
        return self._shown(self._client.get(_here(address), follow_redirects=True), {200})

    def missing(self, address: str) -> "Browser":
        """An address that leads nowhere (any more)."""
        return self._shown(self._client.get(address), {404})

    def follow(self, words: str) -> "Browser":
        """Click the first link that says so."""
        return self.open(self.page.link(words))

    def download(self, words: str) -> bytes:
        """What is behind a link that is no page: a PDF."""
        answer = self._client.get(self.page.link(words))
        self.pages += 1
        assert answer.status_code == 200 and answer.data.startswith(b"%PDF"), (words, answer.status_code)
        return answer.data

    def submit(self, button: str, answers: dict[str, Any] | None = None, **more: Any) -> "Browser":
        """Fill the form that has this button and press it. Answers are values or the words beside them; they must be on offer."""
        return self._send(button, (answers or {}) | more, {200})

    def prints(self, button: str) -> bytes:
        """Press a button that answers with a PDF."""
        form, _pressed = self.page.form(button)
        answer = self._client.post(form.action, data=form.filled({}))
        assert answer.status_code == 200 and answer.data.startswith(b"%PDF"), (button, answer.status_code)
        return answer.data

    def refused(self, button: str, answers: dict[str, Any] | None = None, **more: Any) -> "Browser":
        """The same, when the page must come back with what is wrong."""
        return self._send(button, (answers or {}) | more, REFUSED)

    def reads(self, *sentences: str) -> "Browser":
        """The page says all of these."""
        for sentence in sentences:
            assert sentence in self.text, f"« {sentence} » is not on {self.address}:\n{self.text}"
        return self

    def lacks(self, *sentences: str) -> "Browser":
        """The page says none of these."""
        for sentence in sentences:
            assert sentence not in self.text, f"« {sentence} » is on {self.address}:\n{self.text}"
        return self

    def _send(self, button: str, answers: dict[str, Any], expected: set[int]) -> "Browser":
        form, pressed = self.page.form(button, set(answers))
        data = form.filled(answers) | pressed.sent
        target = pressed.action or form.action or self.address
        if form.method == "get":
            return self._shown(self._client.get(target, query_string=data, follow_redirects=True), expected)
        answer = self._client.post(target, data=data)
        self.posts += 1
        if 300 <= answer.status_code < 400:
            assert answer.status_code == 303, answer.status_code
            assert expected == {200}, f"{button} on {self.address} was taken"
            return self.open(answer.location)
        return self._shown(answer, expected)

    def _shown(self, answer: TestResponse, expected: set[int]) -> "Browser":
        self.pages += 1
        self.address = answer.request.path
        self.page = Page(answer.text)
        assert answer.status_code in expected, f"{answer.status_code} at {self.address}:\n{self.text}"
        leak = LEAKS.search(self.text)
        assert leak is None, f"« {self.text[max(0, leak.start() - 60) : leak.end() + 60]} » on {self.address}"
        return self


def _here(address: str) -> str:
    """An address without its host: the test client is the only one there is."""
    return urlsplit(address)._replace(scheme="", netloc="").geturl()
