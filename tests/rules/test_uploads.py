"""What is taken of a file that somebody sends, and what never comes with it."""

import struct
import zlib
from io import BytesIO

import pytest
from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.annotations import FreeText
from pypdf.generic import DictionaryObject, NameObject, StreamObject, TextStringObject

from mobility.errors import RuleBroken
from mobility.social_security import holds_social_security_number
from mobility.uploads import JPEG, LONGEST_SIDE, MOST_BYTES, PDF, read_upload

KEYED = "2 85 07 08 123 456"  # an invented number; its key is reckoned below
KEY = 97 - int(KEYED.replace(" ", "")) % 97


def make_picture(form: str = "JPEG", size: tuple[int, int] = (400, 300), **more: object) -> bytes:
    out = BytesIO()
    Image.new("RGB", size, (200, 30, 30)).save(out, form, **more)
    return out.getvalue()


def make_pdf(*texts: str, author: str = "Somebody", script: str = "") -> bytes:
    writer = PdfWriter()
    for text in texts:
        page = writer.add_blank_page(width=400, height=300)
        content = f"BT /F1 12 Tf 20 200 Td ({text}) Tj ET".encode()
        from_writer = writer._add_object(_stream(content))
        page.update({_name("/Contents"): from_writer, _name("/Resources"): _fonts()})
    writer.add_metadata({"/Author": author})
    if script:
        writer.root_object[_name("/OpenAction")] = _action(script)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def test_a_picture_comes_out_as_a_jpeg_without_what_it_carried() -> None:
    exif = Image.Exif()
    exif[0x010F] = "Camera of somebody"
    kept = read_upload(make_picture(exif=exif, comment=b"home address"))
    assert kept.media_type == JPEG
    assert b"Camera" not in kept.content and b"home address" not in kept.content
    assert not Image.open(BytesIO(kept.content)).getexif()
    assert kept.small is not None and len(kept.small) < len(kept.content)


def test_a_picture_taken_sideways_is_put_upright_and_fitted() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by a quarter
    kept = read_upload(make_picture(size=(4000, 3000), exif=exif))
    assert (kept.width, kept.height) == (1200, LONGEST_SIDE)


@pytest.mark.parametrize("form", ["PNG", "WEBP"])
def test_other_pictures_become_jpeg(form: str) -> None:
    assert read_upload(make_picture(form)).content.startswith(b"\xff\xd8")


def bomb() -> bytes:
    """A PNG of 60,000 × 60,000 pixels in some hundred bytes."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 100)) + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"", "vide"),
        (b"MZ\x90\x00 an executable renamed .pdf", "ni une photo"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>", "ni une photo"),
        (b"GIF89a" + b"\0" * 40, "ni une photo"),
        (make_picture()[:200], "ni une photo"),
        (bomb(), "trop grande"),
        (b"\0" * (MOST_BYTES + 1), "10 Mo"),
        (b"%PDF-1.7\nnothing that a reader understands", "ne se lit pas"),
    ],
    ids=["empty", "executable", "svg", "gif", "cut", "bomb", "too heavy", "broken pdf"],
)
def test_what_cannot_be_kept_is_refused_in_words(raw: bytes, said: str) -> None:
    with pytest.raises(RuleBroken, match=said) as refused:
        read_upload(raw, field="photo")
    assert refused.value.field == "photo"


def test_a_pdf_is_written_anew_without_its_author() -> None:
    kept = read_upload(make_pdf("Attestation", author="Ghost Writer"))
    assert kept.media_type == PDF and kept.small is None
    assert b"Ghost Writer" not in kept.content
    assert "Attestation" in PdfReader(BytesIO(kept.content)).pages[0].extract_text()


def test_a_script_of_the_document_does_not_come_along() -> None:
    kept = read_upload(make_pdf("Attestation", script="app.alert('hello')"))
    assert b"app.alert" not in kept.content


def test_a_program_on_a_page_is_refused() -> None:
    writer = PdfWriter(clone_from=BytesIO(make_pdf("Attestation")))
    note = FreeText(text="x", rect=(10, 10, 50, 50))
    note[_name("/A")] = _action("app.alert(1)")
    writer.add_annotation(0, note)
    out = BytesIO()
    writer.write(out)
    with pytest.raises(RuleBroken, match="programme"):
        read_upload(out.getvalue())


def test_a_locked_pdf_and_one_of_too_many_pages_are_refused() -> None:
    writer = PdfWriter(clone_from=BytesIO(make_pdf("Attestation")))
    writer.encrypt("secret")
    out = BytesIO()
    writer.write(out)
    with pytest.raises(RuleBroken, match="mot de passe"):
        read_upload(out.getvalue())
    with pytest.raises(RuleBroken, match="30 pages"):
        read_upload(make_pdf(*["page"] * 31))


def test_a_social_security_number_in_the_text_is_refused_with_what_to_do() -> None:
    with pytest.raises(RuleBroken, match="Masquez-le"):
        read_upload(make_pdf(f"Assure {KEYED} {KEY:02d}"))


@pytest.mark.parametrize(
    ("text", "held"),
    [
        (f"{KEYED} {KEY:02d}", True),
        (f"{KEYED} {KEY:02d}".replace(" ", ""), True),
        (KEYED, True),
        (f"{KEYED} {(KEY + 1) % 97:02d}", False),
        ("SIRET 123 456 789 00012", False),
        ("06 12 34 56 78", False),
        ("FR76 3000 4000 0312 3456 7890 143", False),
        ("1 85 07 2A 123 456", True),
    ],
)
def test_what_reads_as_a_social_security_number(text: str, held: bool) -> None:
    assert holds_social_security_number(text) is held


def _name(text: str) -> NameObject:
    return NameObject(text)


def _stream(content: bytes) -> StreamObject:
    made = StreamObject()
    made.set_data(content)
    return made


def _fonts() -> DictionaryObject:
    font = DictionaryObject({_name("/Type"): _name("/Font"), _name("/Subtype"): _name("/Type1"), _name("/BaseFont"): _name("/Helvetica")})
    return DictionaryObject({_name("/Font"): DictionaryObject({_name("/F1"): font})})


def _action(script: str) -> DictionaryObject:
    return DictionaryObject({_name("/S"): _name("/JavaScript"), _name("/JS"): TextStringObject(script)})
