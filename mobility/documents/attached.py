"""A paper that carries another within its own file: a PDF's associated file, which leaves pages and tags as they are (PDF/UA-1, §7.11)."""

from io import BytesIO

from pypdf import PdfWriter
from pypdf.generic import ArrayObject, NameObject, TextStringObject

from mobility.documents.papers import Attached


def attach(pdf: bytes, attached: Attached) -> bytes:
    """The same document with the file in it; its pages, tags, language and title do not move."""
    writer = PdfWriter(clone_from=BytesIO(pdf))
    writer.pdf_header = "%PDF-1.7"  # as typst writes it; a copy would say 1.3, which knows no tags
    carried = writer.add_attachment(attached.file_name, attached.content)
    carried.alternative_name = TextStringObject(attached.file_name)  # /UF, which PDF/UA asks for beside /F
    carried.description = TextStringObject(attached.said)
    carried.subtype = NameObject(f"/{attached.media_type}")
    carried.associated_file_relationship = NameObject("/Supplement")
    writer.root_object[NameObject("/AF")] = ArrayObject([carried.pdf_object.indirect_reference])
    whole = BytesIO()
    writer.write(whole)
    return whole.getvalue()
