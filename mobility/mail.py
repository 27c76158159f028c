"""Mail: the port, SMTP behind it, and the outbox on screen when nobody is connected."""

import re
import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from email.charset import QP, Charset
from email.header import Header
from email.message import Message
from email.policy import compat32
from email.utils import format_datetime
from enum import StrEnum
from typing import Protocol
from urllib.parse import unquote, urlsplit

from mobility.delivery import Delivery, NotSent

HEADER_MAX = 200  # characters of a name or a subject; nobody reads on
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]+")
_TEXT_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_ADDRESS = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}@[A-Za-z0-9.-]{1,189}")
_MESSAGE_ID = re.compile(r"[A-Za-z0-9.-]+@[A-Za-z0-9.-]+")
_MESSAGE_ID_MAX = 60  # a longer header would be folded, and the identifier broken

# The older header machinery on purpose: Python 3.11's newer one loses the space where a long accented subject is folded.
_UTF8 = Charset("utf-8")
_UTF8.body_encoding = QP


@dataclass(frozen=True, kw_only=True)
class Mail:
    """One message to one person; `message_id` ("outbox-12@example.org") and `written_at` are the outbox's: a second try is the same."""

    message_id: str
    written_at: datetime
    to: str
    to_name: str = ""
    subject: str
    text: str


class Mailer(Protocol):
    """Hands one mail over. Raises NotSent."""

    def send(self, mail: Mail) -> Delivery: ...


class Security(StrEnum):
    """How the road to the mail server is closed, named by the scheme of its address."""

    PLAIN = "smtp"
    STARTTLS = "smtp+starttls"
    TLS = "smtps"


_SHAPE = "must look like smtps://, smtp+starttls:// or smtp://, then user:password@host:port (odd signs in a password as %XX)"
_PORTS = {Security.PLAIN: 25, Security.STARTTLS: 587, Security.TLS: 465}


@dataclass(frozen=True, kw_only=True)
class SmtpServer:
    """Where mail is handed over, and as whom."""

    host: str
    port: int
    security: Security
    user: str = ""
    password: str = field(default="", repr=False)

    @classmethod
    def from_url(cls, url: str) -> "SmtpServer":
        """From "smtp+starttls://user:password@host:587". Raises ValueError with a sentence that never shows the password."""
        try:
            parts = urlsplit(url)
            security, port = Security(parts.scheme), parts.port
        except ValueError:
            raise ValueError(_SHAPE) from None
        if not parts.hostname:
            raise ValueError(_SHAPE)
        if parts.username and security is Security.PLAIN and parts.hostname not in {"127.0.0.1", "::1", "localhost"}:
            raise ValueError("would send the password in clear: use smtp+starttls:// or smtps://")
        return cls(
            host=parts.hostname,
            port=port or _PORTS[security],
            security=security,
            user=unquote(parts.username or ""),
            password=unquote(parts.password or ""),
        )


class OutboxMailer:
    """The embedded default: sends nothing, the outbox on screen is the reader's; refuses what SMTP would refuse."""

    def __init__(self, *, sender: str = "point-etape@localhost") -> None:
        self._sender = sender

    def send(self, mail: Mail) -> Delivery:
        """Checks the mail and leaves it to the screen. Raises NotSent."""
        compose(mail, sender=self._sender)
        return Delivery.SHOWN


class SmtpMailer:
    """A real mail server; one connection a mail, each step of it under `timeout_s`."""

    def __init__(
        self, server: SmtpServer, *, sender: str, sender_name: str = "", timeout_s: float = 10.0, tls: ssl.SSLContext | None = None
    ) -> None:
        self._server, self._sender, self._sender_name, self._timeout_s = server, sender, sender_name, timeout_s
        self._tls = tls or ssl.create_default_context()

    def send(self, mail: Mail) -> Delivery:
        """Hands the mail to the server. Raises NotSent."""
        message = compose(mail, sender=self._sender, sender_name=self._sender_name)
        with _in_our_words(), self._connection() as smtp:
            smtp.sendmail(self._sender, [mail.to], message)
        return Delivery.SENT

    def check(self) -> None:
        """Connects and logs in, sends nothing. Raises NotSent."""
        with _in_our_words(), self._connection() as smtp:
            smtp.noop()

    @contextmanager
    def _connection(self) -> Iterator[smtplib.SMTP]:
        server = self._server
        if server.security is Security.TLS:
            smtp: smtplib.SMTP = smtplib.SMTP_SSL(server.host, server.port, timeout=self._timeout_s, context=self._tls)
        else:
            smtp = smtplib.SMTP(server.host, server.port, timeout=self._timeout_s)
        try:
            if server.security is Security.STARTTLS:
                smtp.starttls(context=self._tls)
            if server.user:
                smtp.login(server.user, server.password)
            yield smtp
            with suppress(smtplib.SMTPException, OSError):  # the mail is accepted: a rude goodbye must not send it twice
                smtp.quit()
        finally:
            smtp.close()


def compose(mail: Mail, *, sender: str, sender_name: str = "") -> bytes:
    """The message on the wire. Names and subjects lose their control characters; a bad address or identifier raises NotSent."""
    if len(mail.message_id) > _MESSAGE_ID_MAX or not _MESSAGE_ID.fullmatch(mail.message_id):
        raise NotSent("the message identifier is not of the form name@domain", may_retry=False)
    message: Message[Header | str, Header | str] = Message(policy=compat32.clone(linesep="\r\n"))
    message.set_payload(_TEXT_CONTROL.sub("", mail.text).replace("\r\n", "\n"), _UTF8)
    message["Message-ID"] = f"<{mail.message_id}>"
    message["Date"] = format_datetime(mail.written_at)
    message["From"] = _address(sender_name, sender)
    message["To"] = _address(mail.to_name, mail.to)
    message["Subject"] = Header(_one_line(mail.subject), _UTF8)
    message["Auto-Submitted"] = "auto-generated"  # so that no holiday notice answers
    return message.as_bytes()


def is_mail_address(text: str) -> bool:
    """Whether a text can be the address of a mail: one @, ASCII, a domain; nothing that could end a header."""
    return _ADDRESS.fullmatch(text) is not None and not re.search(r"\.\.|^\.|\.@|@[.-]|[.-]$", text)


def _address(name: str, address: str) -> Header:
    if not is_mail_address(address):
        raise NotSent("the address is not a mail address", may_retry=False)
    shown = _one_line(name)
    if not shown:
        return Header(address, "us-ascii")
    header = Header(shown, _UTF8)  # always encoded: no quote, comma or bracket of a name can mean anything
    header.append(f"<{address}>", "us-ascii")
    return header


def _one_line(text: str) -> str:
    return _CONTROL.sub(" ", text).strip()[:HEADER_MAX]


@contextmanager
def _in_our_words() -> Iterator[None]:
    """Turns the failures of SMTP into NotSent; only codes are told, since the server's words often repeat the address."""
    try:
        yield
    except smtplib.SMTPRecipientsRefused as error:
        codes = sorted(code for code, _ in error.recipients.values())
        raise NotSent(f"the mail server refused the recipient ({codes[0]})", may_retry=codes[0] < 500) from None
    except smtplib.SMTPDataError as error:
        raise NotSent(f"the mail server refused the mail ({error.smtp_code})", may_retry=error.smtp_code < 500) from None
    except smtplib.SMTPResponseException as error:  # our login, our address: the operator's to mend, and no mail is lost meanwhile
        raise NotSent(f"the mail server refused us ({error.smtp_code})", may_retry=True) from None
    except (OSError, smtplib.SMTPException) as error:
        raise NotSent(f"the mail server did not answer as it should ({type(error).__name__})", may_retry=True) from None
