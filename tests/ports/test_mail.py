"""The mailer's contract, on a real SMTP server (aiosmtpd on loopback) and on the outbox."""

import ipaddress
import ssl
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from mobility.delivery import Delivery, NotSent
from mobility.mail import Mail, Mailer, OutboxMailer, Security, SmtpMailer, SmtpServer, is_mail_address

SENDER = "plateforme@example.org"
WRITTEN_AT = datetime(2026, 3, 2, 8, 5, tzinfo=UTC)


def make_mail(*, to: str = "camille@example.org", **changes: Any) -> Mail:
    facts = {"message_id": "outbox-12@example.org", "written_at": WRITTEN_AT, "to_name": "Camille Éxemple"}
    return Mail(to=to, **{**facts, "subject": "Votre point-étape", "text": "Bonjour,\nà jeudi.\n", **changes})


class Postbox:
    """What the real server took in: envelopes and messages."""

    def __init__(self) -> None:
        self.envelopes: list[Any] = []
        self.refusal: str | None = None
        self.is_rude = False

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: list[str]) -> str:
        if self.refusal:
            return self.refusal
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        self.envelopes.append(envelope)
        return "250 OK"

    async def handle_QUIT(self, server: Any, session: Any, envelope: Any) -> str:
        if self.is_rude:
            server.transport.abort()
        return "221 Bye"

    def last(self) -> EmailMessage:
        message = message_from_bytes(self.envelopes[-1].content, policy=default)
        assert isinstance(message, EmailMessage)
        return message


class OnFreePort(Controller):
    """aiosmtpd's own probe connects to the port it was told, so a port of 0 has to be read back first."""

    def _trigger_server(self) -> None:
        assert self.server is not None
        self.port = self.server.sockets[0].getsockname()[1]  # type: ignore[attr-defined]
        super()._trigger_server()


def serve(postbox: Postbox, **options: Any) -> Iterator[Controller]:
    controller = OnFreePort(postbox, hostname="127.0.0.1", port=0, **options)
    controller.start()
    yield controller
    controller.stop()


@pytest.fixture
def postbox() -> Postbox:
    return Postbox()


@pytest.fixture
def smtp(postbox: Postbox) -> Iterator[SmtpMailer]:
    for controller in serve(postbox):
        server = SmtpServer(host="127.0.0.1", port=controller.port, security=Security.PLAIN)
        yield SmtpMailer(server, sender=SENDER, sender_name="Bougez vers l’emploi !", timeout_s=2)


@pytest.fixture(params=["outbox", "smtp"])
def mailer(request: pytest.FixtureRequest) -> Mailer:
    return OutboxMailer() if request.param == "outbox" else request.getfixturevalue("smtp")


def test_a_mail_goes_out(mailer: Mailer) -> None:
    assert mailer.send(make_mail()) is (Delivery.SHOWN if isinstance(mailer, OutboxMailer) else Delivery.SENT)


NOT_ADDRESSES = [
    "",
    "camille",
    "camille@",
    "@example.org",
    "a@b@example.org",
    "a@example.org\r\nRCPT TO:<eve@example.org>",
    "a@example.org, eve@example.org",
    "<a@example.org>",
    "a b@example.org",
    "a@exam ple.org",
    ".a@example.org",
    "a..b@example.org",
    "a@.example.org",
    "a@example.org\n",
    "é@example.org",
    "a@example.org\x00",
]


@pytest.mark.parametrize("address", NOT_ADDRESSES)
def test_an_address_that_is_none_is_refused_for_good(mailer: Mailer, postbox: Postbox, address: str) -> None:
    with pytest.raises(NotSent) as refused:
        mailer.send(make_mail(to=address))
    assert refused.value.may_retry is False
    assert postbox.envelopes == []


@pytest.mark.parametrize("message_id", ["", "no-domain", "a@b\r\nBcc: eve@example.org", "a b@c", "x" * 60 + "@example.org"])
def test_an_identifier_that_is_none_is_refused(mailer: Mailer, message_id: str) -> None:
    with pytest.raises(NotSent):
        mailer.send(make_mail(message_id=message_id))


def test_what_is_read_is_what_was_written(smtp: SmtpMailer, postbox: Postbox) -> None:
    text = "Bonjour,\n.\nFrom ici\n.. deux points\nDû : 17,50 € – ça va ?\n" + "é" * 2000 + "\n"
    smtp.send(make_mail(subject="Reçu n° 12 : 17,50 € " + "très " * 20, text=text))
    assert postbox.last().get_content().replace("\r\n", "\n") == text
    assert postbox.last()["Subject"] == ("Reçu n° 12 : 17,50 € " + "très " * 20).strip()
    assert postbox.last()["To"].addresses[0].display_name == "Camille Éxemple"
    assert postbox.last()["From"].addresses[0].display_name == "Bougez vers l’emploi !"
    assert postbox.last()["Auto-Submitted"] == "auto-generated"
    assert max(len(line) for line in postbox.envelopes[-1].content.splitlines()) <= 998


def test_sent_twice_it_is_the_same_mail(smtp: SmtpMailer, postbox: Postbox) -> None:
    smtp.send(make_mail())
    smtp.send(make_mail())
    first, second = (envelope.content for envelope in postbox.envelopes)
    assert first == second
    assert postbox.last()["Message-ID"] == "<outbox-12@example.org>"
    assert postbox.last()["Date"].datetime == WRITTEN_AT


@pytest.mark.parametrize(
    "hostile",
    [
        "Eve\r\nBcc: eve@example.org",
        "Eve\nBcc: eve@example.org\n\nbody",
        "Eve\u2028Bcc: eve@example.org",
        "=?utf-8?q?Eve=0D=0ABcc:_eve=40example.org?=",
        '"Eve" <eve@example.org>, "',
        "Eve\x00\x1b[31m",
        "Eve, eve@example.org;",
        "\ud800Eve",
        "Éve\r\n" * 500,
        "",
    ],
)
def test_a_hostile_name_or_subject_does_nothing(smtp: SmtpMailer, postbox: Postbox, hostile: str) -> None:
    smtp.send(make_mail(to_name=hostile, subject=hostile))
    assert postbox.envelopes[-1].rcpt_tos == ["camille@example.org"]
    assert postbox.envelopes[-1].mail_from == SENDER
    assert [address.addr_spec for address in postbox.last()["To"].addresses] == ["camille@example.org"]
    assert {name.lower() for name in postbox.last()} == {
        "message-id", "date", "from", "to", "subject", "auto-submitted", "content-type", "content-transfer-encoding", "mime-version",
    }  # fmt: skip
    assert postbox.last().get_content().replace("\r\n", "\n") == "Bonjour,\nà jeudi.\n"


@pytest.mark.parametrize(("refusal", "may_retry"), [("550 no such user camille@example.org", False), ("451 later", True)])
def test_a_refusal_says_whether_to_try_again_and_names_nobody(smtp: SmtpMailer, postbox: Postbox, refusal: str, may_retry: bool) -> None:
    postbox.refusal = refusal
    with pytest.raises(NotSent) as refused:
        smtp.send(make_mail())
    assert refused.value.may_retry is may_retry
    assert "camille" not in str(refused.value)
    assert refusal[:3] in str(refused.value)


def test_a_server_that_hangs_up_after_taking_the_mail_has_taken_it(smtp: SmtpMailer, postbox: Postbox) -> None:
    postbox.is_rude = True
    assert smtp.send(make_mail()) is Delivery.SENT, "a failure here would send it twice"


def test_nobody_at_the_address(dead_url: str) -> None:
    server = SmtpServer.from_url(dead_url.replace("http", "smtp"))
    with pytest.raises(NotSent) as refused:
        SmtpMailer(server, sender=SENDER).send(make_mail())
    assert refused.value.may_retry is True


def make_certificate(folder: Path) -> Path:
    """A certificate of 127.0.0.1 signed by itself, with its key, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    today = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number(), today - timedelta(1), today + timedelta(1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    pem = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    path = folder / "server.pem"
    path.write_bytes(pem + certificate.public_bytes(serialization.Encoding.PEM))
    return path


@pytest.fixture
def closed(postbox: Postbox, tmp_path: Path) -> Iterator[tuple[int, ssl.SSLContext]]:
    """A server that takes mail only after STARTTLS and a login, and the context that trusts it."""
    certificate = make_certificate(tmp_path)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)

    def login(server: Any, session: Any, envelope: Any, mechanism: str, given: Any) -> AuthResult:
        return AuthResult(success=(given.login, given.password) == (b"point-etape", b"m0t/de:passe"), handled=False)

    for controller in serve(postbox, tls_context=context, require_starttls=True, auth_required=True, authenticator=login):
        yield controller.port, ssl.create_default_context(cafile=str(certificate))


def test_a_closed_server_is_reached_by_starttls_and_login(closed: tuple[int, ssl.SSLContext], postbox: Postbox) -> None:
    port, trusted = closed
    server = SmtpServer.from_url(f"smtp+starttls://point-etape:m0t%2Fde%3Apasse@127.0.0.1:{port}")
    mailer = SmtpMailer(server, sender=SENDER, tls=trusted, timeout_s=2)
    mailer.check()
    assert postbox.envelopes == []
    assert mailer.send(make_mail()) is Delivery.SENT
    assert len(postbox.envelopes) == 1


@pytest.mark.parametrize("login", ["point-etape:wrong", "somebody:m0t%2Fde%3Apasse"])
def test_a_wrong_login_is_told_without_the_password(closed: tuple[int, ssl.SSLContext], login: str) -> None:
    port, trusted = closed
    mailer = SmtpMailer(SmtpServer.from_url(f"smtp+starttls://{login}@127.0.0.1:{port}"), sender=SENDER, tls=trusted, timeout_s=2)
    with pytest.raises(NotSent, match="535") as refused:
        mailer.send(make_mail())
    assert refused.value.may_retry is True


def test_a_server_whose_certificate_is_unknown_gets_no_password(closed: tuple[int, ssl.SSLContext], postbox: Postbox) -> None:
    server = SmtpServer.from_url(f"smtp+starttls://point-etape:m0t%2Fde%3Apasse@127.0.0.1:{closed[0]}")
    with pytest.raises(NotSent, match="SSLCertVerificationError"):
        SmtpMailer(server, sender=SENDER, timeout_s=2).send(make_mail())
    assert postbox.envelopes == []


def test_a_server_without_tls_is_not_spoken_to_in_clear(smtp: SmtpMailer, postbox: Postbox) -> None:
    server = SmtpServer(host="127.0.0.1", port=smtp._server.port, security=Security.STARTTLS)
    with pytest.raises(NotSent):
        SmtpMailer(server, sender=SENDER).send(make_mail())
    assert postbox.envelopes == []


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("mail.example.org", "no scheme"),
        ("http://mail.example.org", "another scheme"),
        ("smtp://", "no host"),
        ("smtps://u:sesame#x@mail.example.org", "a # that should be %23: what follows the colon reads as a port"),
        ("smtps://[mail", "brackets"),
        ("smtp://u:sesame@mail.example.org", "a password in clear across the network"),
    ],
)
def test_a_wrong_address_of_the_server_is_told_without_the_password(url: str, why: str) -> None:
    with pytest.raises(ValueError) as refused:
        SmtpServer.from_url(url)
    assert "sesame" not in str(refused.value), why


def test_the_address_of_the_server_is_read_and_the_password_not_shown() -> None:
    server = SmtpServer.from_url("smtps://u%40example.org:sesame@mail.example.org")
    assert (server.host, server.port, server.user, server.password) == ("mail.example.org", 465, "u@example.org", "sesame")
    assert "sesame" not in repr(server)


def test_addresses_people_have() -> None:
    assert all(is_mail_address(text) for text in ["a@example.org", "prenom.nom+emploi@ccas.example.org", "o'neil_1@example.org"])
