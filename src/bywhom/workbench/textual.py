"""Words from reports as HTML. A report is hostile until shown otherwise: everything is escaped, and what would turn a line
back to front or hide in it is shown as what it is.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from markupsafe import Markup, escape

from bywhom.records import Span

# C0 and C1 controls but tab and line ends, marks that reorder, marks that show nothing, lone surrogates, tag characters.
_HIDDEN = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    r"\ud800-\udfff\U000e0000-\U000e007f]"
    # Joiners belong to the spelling of Arabic and Indic words; between other letters they hide.
    r"|(?<![\u0590-\u10ff\u1780-\u18ff])[\u200c\u200d]"
)
_SHORT = {
    "\u202a": "LRE", "\u202b": "RLE", "\u202c": "PDF", "\u202d": "LRO", "\u202e": "RLO", "\u2066": "LRI", "\u2067": "RLI",
    "\u2068": "FSI", "\u2069": "PDI", "\u200b": "ZWSP", "\u200c": "ZWNJ", "\u200d": "ZWJ", "\u200e": "LRM", "\u200f": "RLM",
    "\u00ad": "SHY", "\ufeff": "BOM",
}  # fmt: skip
LONGEST = 4000  # characters of any one value that are shown; a title of five megabytes is no title


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of a text, and what it is."""

    span: Span
    kind: str  # the class it is drawn in, and its label
    label: str = ""  # shown before it; empty: none
    link: str = ""
    anchor: str = ""


def shown(text: object, limit: int = LONGEST) -> Markup:
    """The words, escaped, cut at a limit, with each hidden character as a visible mark of one character's width."""
    return _visible(cut(str(text), limit))


def plain(text: object, limit: int = 300) -> str:
    """The words on one line without hidden characters: for titles and labels, where no element can stand."""
    return " ".join(_HIDDEN.sub("", cut(str(text), limit)).split())


def unhidden(text: str) -> str:
    """The words with their line ends and without hidden characters: for fields in which people go on writing."""
    return _HIDDEN.sub("", text)


def cut(text: str, limit: int) -> str:
    """At most so many characters, the cut shown."""
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def _visible(text: str) -> Markup:
    if _HIDDEN.search(text) is None:
        return escape(text)
    parts, last = [], 0
    for found in _HIDDEN.finditer(text):
        parts += [escape(text[last : found.start()]), _sign(found.group())]
        last = found.end()
    return Markup("").join([*parts, escape(text[last:])])


def _sign(character: str) -> Markup:
    name = unicodedata.name(character, "a control character").lower()
    sign = _SHORT.get(character, f"{ord(character):X}")
    return Markup('<span class="hidden-mark" title="U+{:04X} {}">{}</span>').format(ord(character), name, sign)


def marked(text: str, within: Span, marks: Iterable[Mark]) -> Markup:
    """A stretch of a text with its marks, which may overlap: cut where one begins or ends, each piece in all its classes."""
    inside = [mark for mark in marks if mark.span.overlap(within) or within.covers(mark.span)]
    return Markup("").join(_pieces(text, within, inside))


def _pieces(text: str, within: Span, marks: list[Mark]) -> Iterator[Markup]:
    borders = sorted(
        {within.start, within.end}
        | {min(max(at, within.start), within.end) for mark in marks for at in (mark.span.start, mark.span.end)}
    )
    ends = sorted(marks, key=lambda mark: (mark.span.start, -mark.span.end))
    for start, end in pairwise(borders):
        piece = Span(start, end)
        here = [mark for mark in ends if mark.span.covers(piece)]
        for mark in here:
            if max(mark.span.start, within.start) == start:
                yield _opening(mark)
        yield _piece(text, piece, here)


def _opening(mark: Mark) -> Markup:
    """What stands before a mark: where links lead to, and its label."""
    anchor = Markup('<span id="{}"></span>').format(mark.anchor) if mark.anchor else Markup("")
    if not mark.label:
        return anchor
    tag = Markup('<span class="tag tag-{}">{}</span>').format(mark.kind, mark.label)
    return anchor + (Markup('<a href="{}" class="ref">{}</a>').format(mark.link, tag) if mark.link else tag)


def _piece(text: str, piece: Span, here: list[Mark]) -> Markup:
    words = _visible(piece.of(text))
    kinds = " ".join(dict.fromkeys(f"m-{mark.kind}" for mark in here))
    if not kinds:
        return Markup('<span data-start="{}">{}</span>').format(piece.start, words)
    return Markup('<span class="m {}" data-start="{}">{}</span>').format(kinds, piece.start, words)
