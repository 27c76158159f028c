"""What every paper shares: who writes, to whom, and who signs. Instants are aware, texts are French and already final."""

import re
from dataclasses import dataclass
from datetime import date, datetime

ENDINGS = {"image/jpeg": "jpg", "application/pdf": "pdf"}
_PATH = re.compile(r"[MLHVCSQTAZmlhvcsqtaz0-9 ,.\-]{1,50000}")


@dataclass(frozen=True, kw_only=True)
class Letterhead:
    """The platform: at the head of each paper, its legal line at the foot ("Association Exemple, SIREN …")."""

    name: str
    address: str
    legal_line: str
    phone: str | None = None
    email: str | None = None


@dataclass(frozen=True, kw_only=True)
class Person:
    """The person a paper is about, as they are named on it."""

    full_name: str
    address: str | None = None
    born_on: date | None = None
    phone: str | None = None
    email: str | None = None


@dataclass(frozen=True, kw_only=True)
class Fact:
    """One line of a table of facts: what, and the answer in words."""

    label: str
    value: str


@dataclass(frozen=True, kw_only=True)
class Signature:
    """A box to sign: empty for paper, or signed on screen at an instant, by the typed name or a drawing.

    `on_device_at` is when it was signed without network, by the device's clock; `signed_at` is then when it arrived.
    `path` is the `d` of one SVG path in a box of 400 × 160; raises ValueError when it is anything else.
    """

    capacity: str
    full_name: str
    signed_at: datetime | None = None
    path: str | None = None
    on_device_at: datetime | None = None

    def __post_init__(self) -> None:
        if self.path is not None and not _PATH.fullmatch(self.path):
            raise ValueError("a signature is the path of a drawing and nothing else")


@dataclass(frozen=True, kw_only=True)
class Attached:
    """A picture or a PDF to carry along: `name` without its ending, `said` what a reader is told it is."""

    name: str
    said: str
    media_type: str
    content: bytes

    @property
    def file_name(self) -> str:
        """As the reader of the PDF lists it."""
        return f"{self.name}.{ENDINGS[self.media_type]}"
