"""Short ways to make what the room reads, for its tests."""

from __future__ import annotations

from bywhom.cleaning import CleaningTables, clean
from bywhom.records import Collection, Declared, Document, Found, RawDocument

TABLES = CleaningTables.load()


def found_in(
    content: str | bytes, form: str = "text", declared: Declared | None = None, location: str = "/reports/a.txt"
) -> Found[Document]:
    """What cleaning makes of one report."""
    data = content if isinstance(content, bytes) else content.encode("utf-8", "surrogatepass")
    collection = Collection(location, "file", "1917-06-03T00:00:00Z", "test")
    body = content if isinstance(content, str) else None
    return clean(RawDocument("a", data, form, collection, declared or Declared(), body), tables=TABLES)


def page(content: str | bytes, form: str = "text", declared: Declared | None = None) -> Document:
    """The document that cleaning makes of one report."""
    return found_in(content, form, declared).items[0]


def told(doc: Document) -> list[tuple[str, str]]:
    """Each block as its kind and its words."""
    return [(block.kind.value, block.span.of(doc.text)) for block in doc.blocks]


def body(doc: Document) -> list[str]:
    """The paragraphs of the report."""
    return [words for kind, words in told(doc) if kind == "body"]


def pdf(*pages: list[str], encrypted: bool = False) -> bytes:
    """A PDF with the given lines of text on its pages."""
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b"", b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"]
    kids = []
    for lines in pages:
        shown = " ".join(f"({line}) Tj T*".replace("\\", "\\\\") for line in lines)
        stream = f"BT /F1 10 Tf 14 TL 50 760 Td {shown} ET".encode("latin-1")
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream))
        kids.append(len(objects) + 1)
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources << /Font << /F1 3 0 R >> >>"
            b" /Contents %d 0 R >>" % len(objects)
        )
    refs = " ".join(f"{kid} 0 R" for kid in kids).encode()
    objects[1] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (refs, len(kids))
    out = b"%PDF-1.4\n"
    places = []
    for number, content in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    lock = b" /ID [<00> <00>] /Encrypt << /Filter /Standard /V 1 /R 2 /O <%s> /U <%s> /P -4 >>" % (
        b"11" * 32,
        b"22" * 32,
    )
    return out + b"trailer\n<< /Size %d /Root 1 0 R%s >>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1,
        lock if encrypted else b"",
        start,
    )
