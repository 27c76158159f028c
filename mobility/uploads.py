"""What is taken of a file that somebody sends: pictures and PDF only, judged by their content and made anew, so that nothing they
carried along (place, device, programs, earlier versions) comes with them (promises.md "People"). No database, no request.
"""

import re
import warnings
from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageOps
from pypdf import PdfReader, PdfWriter

from mobility.errors import RuleBroken
from mobility.social_security import holds_social_security_number

JPEG, PDF = "image/jpeg", "application/pdf"
MOST_BYTES = 10 * 1024 * 1024
MOST_PIXELS = 50_000_000  # a phone's largest picture; a bomb says its size before it unfolds
MOST_PAGES = 30
LONGEST_SIDE, SMALL_SIDE = 1600, 240
PICTURES = ("JPEG", "PNG", "WEBP")
# What a PDF may hold beside its pages, and a paper never needs.
_PROGRAMS = re.compile(rb"/(?:JavaScript|JS|Launch|EmbeddedFile|RichMedia|SubmitForm)\b")


@dataclass(frozen=True, kw_only=True)
class Upload:
    """A file as it is kept: a JPEG with its small twin, or a PDF (whose `small` is None)."""

    media_type: str
    content: bytes
    small: bytes | None = None
    width: int | None = None
    height: int | None = None


def read_upload(raw: bytes, *, field: str = "file") -> Upload:
    """The file made anew. Raises RuleBroken on `field` with what to do instead."""
    try:
        return _read(raw)
    except RuleBroken as refused:
        raise RuleBroken(refused.sentence, field=field) from None


def _read(raw: bytes) -> Upload:
    if not raw:
        raise RuleBroken("Ce fichier est vide : choisissez-en un autre.")
    if len(raw) > MOST_BYTES:
        raise RuleBroken("Ce fichier dépasse 10 Mo : prenez la photo en plus petit, ou envoyez moins de pages.")
    return _pdf(raw) if raw[:1024].lstrip().startswith(b"%PDF-") else _picture(raw)


def _picture(raw: bytes) -> Upload:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Pillow warns of the bombs that the count of pixels refuses
        try:
            opened = Image.open(BytesIO(raw), formats=PICTURES)
            if opened.width * opened.height > MOST_PIXELS:
                raise Image.DecompressionBombError
            upright = ImageOps.exif_transpose(opened).convert("RGB")
        except Image.DecompressionBombError:
            raise RuleBroken("Cette image est trop grande : prenez la photo en plus petit.") from None
        except (OSError, ValueError, SyntaxError, EOFError):
            raise RuleBroken("Ce fichier n’est ni une photo (JPEG, PNG, WebP) ni un PDF qui se lit : choisissez-en un autre.") from None
    kept = _fitted(upright, LONGEST_SIDE)
    small = _jpeg(_fitted(upright, SMALL_SIDE), quality=70)
    return Upload(media_type=JPEG, content=_jpeg(kept, quality=82), small=small, width=kept.width, height=kept.height)


def _fitted(picture: Image.Image, side: int) -> Image.Image:
    copy = picture.copy()
    copy.thumbnail((side, side))
    return copy


def _jpeg(picture: Image.Image, *, quality: int) -> bytes:
    clean = Image.new("RGB", picture.size)
    clean.paste(picture)  # pixels only: neither EXIF, nor profile, nor comment
    out = BytesIO()
    clean.save(out, "JPEG", quality=quality, optimize=True)
    return out.getvalue()


def _pdf(raw: bytes) -> Upload:
    try:
        pages, text, anew = _unfold(raw)
    except RuleBroken:
        raise
    except Exception:  # a broken PDF breaks its reader in many ways; all mean the same to who sends it
        raise RuleBroken("Ce PDF ne se lit pas : imprimez-le de nouveau en PDF, ou prenez-le en photo.") from None
    if pages == 0:
        raise RuleBroken("Ce PDF n’a pas de page : choisissez-en un autre.")
    if holds_social_security_number(text):
        raise RuleBroken(
            "Ce document contient un numéro de sécurité sociale. "
            "Masquez-le avant de l’envoyer : un trait noir sur le papier, puis une photo."
        )
    if _PROGRAMS.search(anew):
        raise RuleBroken("Ce PDF contient un programme ou une pièce jointe : imprimez-le en PDF simple, puis renvoyez-le.")
    return Upload(media_type=PDF, content=anew)


def _unfold(raw: bytes) -> tuple[int, str, bytes]:
    reader = PdfReader(BytesIO(raw))
    if reader.is_encrypted:
        raise RuleBroken("Ce PDF est protégé par un mot de passe : envoyez-le sans protection.")
    if len(reader.pages) > MOST_PAGES:
        raise RuleBroken(f"Ce PDF a plus de {MOST_PAGES} pages : n’envoyez que celles qui comptent.")
    text = "\n".join(page.extract_text() for page in reader.pages)
    writer = PdfWriter()
    for page in reader.pages:
        writer.add_page(page)
    writer.metadata = None
    out = BytesIO()
    writer.write(out)
    return len(reader.pages), text, out.getvalue()
