"""Text messages: the port, an HTTP service behind it, and the outbox on screen when nobody is connected."""

import re
from dataclasses import dataclass
from typing import Protocol

from mobility.delivery import Delivery, NotSent
from mobility.web_json import NoAnswer, tell

TEXT_MAX = 480  # three messages' length: more belongs in a letter
_E164 = re.compile(r"\+[1-9][0-9]{7,14}")


@dataclass(frozen=True, kw_only=True)
class Sms:
    """One text to one number in E.164. `reference` comes from the outbox, so that the service knows a second try."""

    reference: str
    to: str
    text: str


class SmsSender(Protocol):
    """Hands one text over. Raises NotSent."""

    def send(self, sms: Sms) -> Delivery: ...


class OutboxSms:
    """The embedded default: sends nothing, the outbox on screen is the reader's; refuses what the service would be refused."""

    def send(self, sms: Sms) -> Delivery:
        """Checks the text and leaves it to the screen. Raises NotSent."""
        check_sms(sms)
        return Delivery.SHOWN


class HttpSms:
    """POSTs {"to", "text", "reference"} as JSON with a bearer token; any 2xx means taken. `reference` is the Idempotency-Key too."""

    def __init__(self, url: str, *, token: str, timeout_s: float = 10.0) -> None:
        self._url, self._token, self._timeout_s = url, token, timeout_s

    def send(self, sms: Sms) -> Delivery:
        """Hands the text to the service. Raises NotSent."""
        check_sms(sms)
        headers = {"Authorization": f"Bearer {self._token}", "Idempotency-Key": sms.reference}
        payload = {"to": sms.to, "text": sms.text, "reference": sms.reference}
        try:
            tell(self._url, payload, headers=headers, timeout_s=self._timeout_s)
        except NoAnswer as error:
            raise NotSent(f"SMS: {error}", may_retry=error.may_retry) from None
        return Delivery.SENT


def check_sms(sms: Sms) -> None:
    """Raises NotSent when no service could take the text."""
    if not _E164.fullmatch(sms.to):
        raise NotSent("the number is not in international form", may_retry=False)
    if not re.fullmatch(r"[A-Za-z0-9._-]{1,64}", sms.reference):
        raise NotSent("the reference is not 1 to 64 letters, digits, dots or hyphens", may_retry=False)
    if not sms.text.strip() or len(sms.text) > TEXT_MAX:
        raise NotSent(f"the text is empty or longer than {TEXT_MAX} characters", may_retry=False)
