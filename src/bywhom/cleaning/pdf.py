"""PDF to text in paragraphs: broken lines joined, running heads set apart."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import version

import pypdfium2  # type: ignore[import-untyped]

from bywhom.cleaning.decoding import without_lone_surrogates
from bywhom.cleaning.layout import Paragraph
from bywhom.records import BlockKind, Span

_EDGE_LINES = 2
_PAGE_NUMBER = re.compile(r"(?:page\s*)?[-–(]?\s*\d{1,4}\s*[-–)]?(?:\s*(?:of|/)\s*\d{1,4})?", re.IGNORECASE)
_SENTENCE_END = tuple(".!?:\"'”’)…")
_SOFT_HYPHENS = "\x02\ufffe\xad"


class PdfUnreadable(Exception):
    """The PDF gives no text; the first argument says why, the second what to do."""


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line, and whether it is a running head or foot."""

    text: str
    page: int
    edge: bool = False


def extractor_name() -> str:
    """What makes the text, and in which version."""
    return f"bywhom-pdf 1, pypdfium2 {version('pypdfium2')}"


def read_pdf(data: bytes) -> tuple[str, tuple[Paragraph, ...]]:
    """The text of a PDF with its paragraphs parted by blank lines.

    Raises: PdfUnreadable where it is locked, damaged or holds pictures only.
    """
    pages = _pages(data)
    if not any(char.isalnum() for page in pages for char in page):
        raise PdfUnreadable(
            f"the PDF has no text on its {len(pages)} page{'s' * (len(pages) != 1)}: a scan, it seems",
            "run text recognition on it (OCRmyPDF, for example) and add the result",
        )
    lines = _lines(pages)
    return _joined(_blocks(lines), _known_words(lines))


def _known_words(lines: Sequence[Line]) -> frozenset[str]:
    """The words that stand whole in the text: not at the ends of lines, nor beside a hyphen of the margin."""
    halves = rf"\w*[{_SOFT_HYPHENS}]\w*"
    inside = (word for line in lines for word in re.findall(r"\w+", re.sub(halves, " ", line.text.lower()))[1:-1])
    return frozenset(inside)


def _pages(data: bytes) -> list[str]:
    try:
        pdf = pypdfium2.PdfDocument(data)
        try:
            return [_page_text(pdf, index) for index in range(len(pdf))]
        finally:
            pdf.close()
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise PdfUnreadable("the PDF is locked with a password", "unlock it and add the open copy") from error
        raise PdfUnreadable(
            f"the PDF is damaged or none ({error})", "open it in a reader and save it again, or add another copy"
        ) from error


def _page_text(pdf: pypdfium2.PdfDocument, index: int) -> str:
    page = pdf[index]
    try:
        textpage = page.get_textpage()
        try:
            words = textpage.get_text_bounded()
        finally:
            textpage.close()
    finally:
        page.close()
    return (without_lone_surrogates(words).text or "").replace("\x00", "\ufffd")


def _lines(pages: Sequence[str]) -> list[Line]:
    """All lines in order, those at a page's edges that recur from page to page marked."""
    split = [[line.strip() for line in page.splitlines() if line.strip()] for page in pages]
    recurring = Counter(
        shape for lines in split for shape in {_shape(line) for line in (*lines[:_EDGE_LINES], *lines[-_EDGE_LINES:])}
    )
    often = max(2, (len(pages) + 1) // 2)
    lines: list[Line] = []
    for number, page in enumerate(split):
        for place, text in enumerate(page):
            at_edge = place < _EDGE_LINES or place >= len(page) - _EDGE_LINES
            runs = len(pages) > 1 and recurring[_shape(text)] >= often
            lines.append(Line(text, number, at_edge and (runs or bool(_PAGE_NUMBER.fullmatch(text)))))
    return lines


def _shape(line: str) -> str:
    return re.sub(r"\d+", "#", line.lower())


def _blocks(lines: Sequence[Line]) -> list[list[Line]]:
    """Lines that belong to one paragraph; a running head waits until the paragraph that it interrupts is over."""
    lengths = sorted(len(line.text) for line in lines if not line.edge)
    width = lengths[int(len(lengths) * 0.9)] if lengths else 0
    blocks: list[list[Line]] = []
    waiting: list[list[Line]] = []
    current: list[Line] = []
    for line in lines:
        if line.edge:
            (waiting if current else blocks).append([line])
            continue
        if current and not _runs_on(current[-1].text, line.text, width):
            blocks += [current, *waiting]
            current, waiting = [], []
        current.append(line)
    return [*blocks, *([current] if current else []), *waiting]


def _runs_on(above: str, below: str, width: int) -> bool:
    """Whether a line goes on in the next: the margin stopped it, not its end."""
    if above[-1] in _SOFT_HYPHENS or (above.endswith("-") and below[0].islower()):
        return True
    full = len(above) + 1 + len(below.split(maxsplit=1)[0]) > width - 8
    if above.endswith(_SENTENCE_END):
        return full
    return full or below[0].islower()


def _joined(blocks: Sequence[Sequence[Line]], known: frozenset[str]) -> tuple[str, tuple[Paragraph, ...]]:
    texts: list[str] = []
    paragraphs: list[Paragraph] = []
    at = 0
    for block in blocks:
        text = _unbroken([line.text for line in block], known)
        if not text:
            continue
        edge = block[0].edge
        kind, reason = (BlockKind.FURNITURE, "running head or foot") if edge else (None, "")
        paragraphs.append(Paragraph(Span(at, at + len(text)), kind, reason))
        texts.append(text)
        at += len(text) + 2
    return "\n\n".join(texts), tuple(paragraphs)


def _unbroken(lines: Sequence[str], known: frozenset[str]) -> str:
    """The lines as one, words that the margin cut in two whole again."""
    text = ""
    for line in lines:
        # A hyphen that the margin may have made becomes a soft one, and is decided below like those of the PDF itself.
        if text.endswith("-") and line[0].islower():
            text = text[:-1] + "\xad"
        text += line if not text or text[-1] in _SOFT_HYPHENS else f" {line}"
    return re.sub(rf"(\w*)[{_SOFT_HYPHENS}](\w*)", lambda cut: _whole(cut[1], cut[2], known), text).strip()


def _whole(head: str, tail: str, known: frozenset[str]) -> str:
    """The two halves of a word, with the hyphen between them only where both are words of the text and the whole is not."""
    first, second = head.lower(), tail.lower()
    keeps = first in known and second in known and first + second not in known
    return f"{head}-{tail}" if keeps else head + tail
