"""HTML to its visible text in paragraphs, each with what the page's own markup says it is for.

The whole visible text is kept, so that what is archived is the page; trafilatura only helps to say which of it is the
report. (Its own text leaves out repeated paragraphs, and with them evidence.) The tree is walked, never recursed into:
pages nested ten thousand deep exist.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from html import unescape
from importlib.metadata import version

import trafilatura
from lxml import etree

from bywhom.cleaning.decoding import without_lone_surrogates
from bywhom.cleaning.furniture import is_sentence
from bywhom.cleaning.layout import Paragraph
from bywhom.cleaning.layout import paragraphs as plain_paragraphs
from bywhom.cleaning.metadata import Field
from bywhom.cleaning.tables import CleaningTables, MarkupTable
from bywhom.records import BlockKind, Span

# Where trafilatura is not asked: it copies and searches the tree many times over.
_LARGEST, _DEEPEST, _MOST_ELEMENTS = 2_000_000, 200, 8_000
_TELLING, _LOOK_AHEAD = 15, 20_000  # letters
_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
_WHOLE_PAGE = {"html", "body", "main", "article"}
_MOSTLY = 0.4
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)[^<>]*>")
_WITH_CONTENT = {"script", "style", "template", "noscript", "title"}
_META_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Region:
    """An element whose tag or class says what is inside it."""

    number: int
    kind: BlockKind
    reason: str


@dataclass(slots=True)
class Piece:
    """One paragraph of the page while it is being read."""

    regions: tuple[Region, ...]
    tag: str
    text: str = ""
    linked: int = 0  # so many of its characters are links


@dataclass(slots=True)
class _Walk:
    """Where the walk through the page stands."""

    table: MarkupTable
    pieces: list[Piece] = field(default_factory=list)
    buffer: list[str] = field(default_factory=list)
    linked: int = 0
    links: int = 0
    regions: list[Region] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    pre: int = 0
    count: int = 0
    deepest: int = 0


@dataclass(frozen=True, slots=True)
class Markup:
    """A page's paragraphs, joined text and tree."""

    text: str
    paragraphs: tuple[Paragraph, ...]
    root: etree._Element | None
    faults: tuple[str, ...] = ()


def declared_charset(data: bytes) -> str | None:
    """The encoding that the page's own head declares."""
    match = _META_CHARSET.search(data[:4096])
    return match[1].decode("ascii", "replace") if match else None


def extractor_name() -> str:
    """What makes the text, and in which version: part of the record of every page."""
    return f"bywhom-html 1, lxml {_version('lxml')}, trafilatura {_version('trafilatura')}"


def read_markup(html: str, tables: CleaningTables) -> Markup:
    """The visible text of a page, its paragraphs parted by blank lines, and its tree; empty where nothing is visible."""
    root, cut_off = _parse(html)
    if cut_off:
        return _without_tree(html, root, frozenset(tables.markup.block_tags), frozenset(tables.markup.hidden))
    if root is None:
        return Markup("", (), None)
    walk = _walked(root, tables.markup)
    pieces = [piece for piece in walk.pieces if piece.text]
    main = _main_lines(html, walk)
    kinds = _kinds(pieces, main)
    return _joined(pieces, kinds, root)


@lru_cache(maxsize=4)
def _version(package: str) -> str:
    return version(package)


def _parse(html: str) -> tuple[etree._Element | None, bool]:
    """The tree, and whether the parser gave up on the page, as it does some 2,000 elements deep."""
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, recover=True, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(html.replace("\x00", "\ufffd").encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, etree.ParserError, ValueError):
        return None, False
    return root, any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log)


def _without_tree(html: str, root: etree._Element | None, blocks: frozenset[str], hidden: frozenset[str]) -> Markup:
    """The page's words with its tags taken off one after another: no structure, but no word lost."""
    words: list[str] = []
    at, skipping = 0, ""
    for match in _TAG.finditer(html):
        closes, tag = match[1], match[2].lower()
        if not skipping:
            words.append(_unescaped(html[at : match.start()]))
            words.append("\n\n" if tag in blocks else "")
        if tag in hidden - {"head"} and not closes and not skipping and tag in _WITH_CONTENT:
            skipping = tag
        elif closes and tag == skipping:
            skipping = ""
        at = match.end()
    words.append("" if skipping else _unescaped(html[at:]))
    lines = (line.strip() for line in "".join(words).split("\n\n"))
    text = without_lone_surrogates("\n\n".join(line for line in lines if line)).text or ""
    return Markup(
        text,
        plain_paragraphs(text),
        root,
        ("its elements are nested too deep to be read as a page; read as bare text",),
    )


def _unescaped(words: str) -> str:
    return re.sub(r"\s+", " ", unescape(words))


# ---- the walk -------------------------------------------------------------------------------------------------------


def _walked(root: etree._Element, table: MarkupTable) -> _Walk:
    walk = _Walk(table)
    sets = _sets(table)
    events = etree.iterwalk(root, events=("start", "end"))
    for event, element in events:
        if not isinstance(element.tag, str):
            continue
        if event == "start":
            if _is_hidden(element, table, sets):
                events.skip_subtree()
                walk.tags.append("")  # its end still comes
                continue
            _start(walk, element, sets)
        else:
            _end(walk, element, sets)
    _flush(walk)
    return walk


@dataclass(frozen=True, slots=True)
class _Sets:
    hidden: frozenset[str]
    blocks: frozenset[str]
    furniture_tags: frozenset[str]
    classes: tuple[tuple[frozenset[str], BlockKind, str], ...]


@lru_cache(maxsize=4)
def _sets(table: MarkupTable) -> _Sets:
    return _Sets(
        hidden=frozenset(table.hidden),
        blocks=frozenset(table.block_tags),
        furniture_tags=frozenset(table.furniture_tags),
        classes=(
            (frozenset(table.comment_classes), BlockKind.FURNITURE, "comment section"),
            (frozenset(table.caption_classes), BlockKind.CAPTION, "marked as a caption"),
            (frozenset(table.furniture_classes), BlockKind.FURNITURE, "marked as furniture"),
            (frozenset(table.metadata_classes), BlockKind.METADATA, "marked as metadata"),
        ),
    )


def _is_hidden(element: etree._Element, table: MarkupTable, sets: _Sets) -> bool:
    if element.tag in sets.hidden or element.get("hidden") is not None:
        return True
    style = (element.get("style") or "").replace(" ", "").lower()
    if "display:none" in style or "visibility:hidden" in style:
        return True
    names = (element.get("class") or "").lower()
    return any(name in names for name in table.hidden_classes)


def _start(walk: _Walk, element: etree._Element, sets: _Sets) -> None:
    tag = str(element.tag)
    if tag in sets.blocks:
        _flush(walk)
    walk.tags.append(tag)
    walk.count += 1
    walk.deepest = max(walk.deepest, len(walk.tags))
    region = _region(walk, element, sets)
    if region:
        walk.regions.append(region)
    walk.pre += tag in ("pre", "textarea")
    walk.links += tag == "a"
    if tag == "br":
        _break(walk)
    elif tag in ("td", "th"):
        _cell(walk)
    _say(walk, element.text)


def _end(walk: _Walk, element: etree._Element, sets: _Sets) -> None:
    if walk.tags[-1] in sets.blocks:
        _flush(walk)
    tag = walk.tags.pop()
    if tag:
        if walk.regions and walk.regions[-1].number == len(walk.tags):
            walk.regions.pop()
        walk.pre -= tag in ("pre", "textarea")
        walk.links -= tag == "a"
    _say(walk, element.tail)


def _region(walk: _Walk, element: etree._Element, sets: _Sets) -> Region | None:
    """What the element's tag or class says about all inside it. Numbered by depth, so that its end is known."""
    tag = str(element.tag)
    depth = len(walk.tags) - 1
    if tag in _WHOLE_PAGE:
        return None
    if tag in sets.furniture_tags:
        return Region(depth, BlockKind.FURNITURE, f"<{tag}>")
    if tag in ("figcaption", "caption"):
        return Region(depth, BlockKind.CAPTION, f"<{tag}>")
    names = f"{element.get('class') or ''} {element.get('id') or ''} {element.get('role') or ''}"
    words = frozenset(re.findall(r"[a-z]+", re.sub(r"(?<=[a-z])(?=[A-Z])", " ", names[:400]).lower()))
    for known, kind, reason in sets.classes:
        if words & known:
            return Region(depth, kind, reason)
    return None


def _say(walk: _Walk, words: str | None) -> None:
    if not words:
        return
    if walk.pre:
        walk.buffer.append(words)
    else:
        walk.buffer.append(re.sub(r"[ \t\n\r\f]+", " ", words))
    if walk.links:
        walk.linked += len(words.strip())


def _break(walk: _Walk) -> None:
    """A line break; two in a row part paragraphs, whatever follows."""
    if "".join(walk.buffer[-3:]).rstrip(" ").endswith("\n"):
        _flush(walk)
    else:
        walk.buffer.append("\n")


def _cell(walk: _Walk) -> None:
    """The border of a table's cell: a space between figures, but the end of a paragraph where tables lay out a page."""
    words = "".join(walk.buffer)
    if len(words) > 80 or "\n" in words:
        _flush(walk)
    else:
        walk.buffer.append(" ")


def _flush(walk: _Walk) -> None:
    """The words so far as a paragraph, or as several where they stand on lines of their own."""
    if walk.buffer:
        tag = next((t for t in reversed(walk.tags) if t in walk.table.block_tags), "")
        words = "".join(walk.buffer)
        for line in _own_lines(words):
            walk.pieces.append(Piece(tuple(walk.regions), tag, line, walk.linked * len(line) // len(words)))
    walk.buffer = []
    walk.linked = 0


def _own_lines(words: str) -> list[str]:
    """The lines that <br> parted, those that go on in small letters joined to the line before."""
    lines: list[list[str]] = []
    for raw in words.split("\n"):
        line = (without_lone_surrogates(re.sub(" {2,}", " ", raw).strip()).text or "").strip()
        if line and lines and line[0].islower():
            lines[-1].append(line)
        elif line:
            lines.append([line])
    return [" ".join(line) for line in lines]


# ---- which of it is the report --------------------------------------------------------------------------------------


def _main_lines(html: str, walk: _Walk) -> list[str]:
    """What trafilatura takes for the main text, as letters and digits only; empty where it is not asked or finds none."""
    if len(html) > _LARGEST or walk.deepest > _DEEPEST or walk.count > _MOST_ELEMENTS:
        return []
    try:
        found = trafilatura.extract(html, include_comments=False, include_tables=True, deduplicate=False)
    except (RecursionError, ValueError, etree.LxmlError):
        return []
    return [bare for line in (found or "").splitlines() if (bare := _bare(line))]


def _in_main(bare: Sequence[str], lines: Sequence[str]) -> list[bool]:
    """For each paragraph whether it is in the main text: a line of it, or, near where the last was found, part of one.

    Both run in the same order, so a short look ahead is enough, and a page of 100,000 paragraphs stays cheap.
    """
    whole = frozenset(lines)
    main = "".join(lines)
    at = 0
    found: list[bool] = []
    for words in bare:
        here = main.find(words, at, at + len(words) + _LOOK_AHEAD) if len(words) >= _TELLING else -1
        at = here + len(words) if here >= 0 else at
        found.append(here >= 0 or (len(words) >= _TELLING and words in whole))
    return found


def _bare(words: str) -> str:
    return "".join(char for char in words.casefold() if char.isalnum())


def _kinds(pieces: Sequence[Piece], main: Sequence[str]) -> list[tuple[BlockKind | None, str]]:
    """For every paragraph what it is for, None where the words have to tell."""
    bare = [_bare(piece.text) for piece in pieces]
    in_main = _in_main(bare, main)
    report = [is_sentence(p.text) and (in_main[i] or not main) for i, p in enumerate(pieces)]
    trusted = _trusted_regions(pieces, report)
    inside = [i for i, yes in enumerate(in_main) if yes]
    first, last = (inside[0], inside[-1]) if inside else (0, len(pieces) - 1)
    return [
        _kind(piece, trusted[i], yes=in_main[i], between=first <= i <= last, asked=bool(main))
        for i, piece in enumerate(pieces)
    ]


def _trusted_regions(pieces: Sequence[Piece], report: Sequence[bool]) -> list[Region | None]:
    """For each paragraph the outermost region that does not hold most of the report.

    Whole pages stand in a <form>, and themes name the frame of everything "has-sidebar".
    """
    total = sum(len(p.text) for p, yes in zip(pieces, report, strict=True) if yes)
    held: dict[int, int] = {}
    for piece, yes in zip(pieces, report, strict=True):
        for region in piece.regions if yes else ():
            held[id(region)] = held.get(id(region), 0) + len(piece.text)
    return [next((r for r in p.regions if held.get(id(r), 0) <= _MOSTLY * total), None) for p in pieces]


def _kind(
    piece: Piece, region: Region | None, *, yes: bool, between: bool, asked: bool
) -> tuple[BlockKind | None, str]:
    if region and not (yes and region.kind is BlockKind.METADATA and is_sentence(piece.text)):
        return region.kind, region.reason
    if piece.tag in _HEADINGS:
        return BlockKind.HEADING, f"<{piece.tag}>"
    if piece.linked > 0.7 * len(piece.text) and not (yes and is_sentence(piece.text)):
        return BlockKind.FURNITURE, "list of links"
    if yes or not asked or (between and is_sentence(piece.text)):
        return None, ""
    return None, "outside the main text"


def _joined(pieces: Sequence[Piece], kinds: Sequence[tuple[BlockKind | None, str]], root: etree._Element) -> Markup:
    texts: list[str] = []
    paragraphs: list[Paragraph] = []
    at = 0
    for piece, (kind, reason) in zip(pieces, kinds, strict=True):
        span = Span(at, at + len(piece.text))
        paragraphs.append(Paragraph(span, kind, reason))
        texts.append(piece.text)
        at += len(piece.text) + 2
    return Markup("\n\n".join(texts), tuple(paragraphs), root)


# ---- the headline ---------------------------------------------------------------------------------------------------


def with_title(page: Markup, fields: Sequence[Field]) -> tuple[Paragraph, ...]:
    """The paragraphs with the page's headline marked: the heading that the page's head declares as its title, else <h1>."""
    paragraphs = list(page.paragraphs)
    chosen = _headline(page, [field.value for field in fields if field.what == "title"])
    if chosen is not None:
        paragraphs[chosen] = replace(paragraphs[chosen], kind=BlockKind.TITLE, reason="headline")
    return tuple(paragraphs)


def _headline(page: Markup, declared: Sequence[str]) -> int | None:
    first = next((i for i, p in enumerate(page.paragraphs) if p.kind is None and not p.reason), len(page.paragraphs))
    near = [i for i, p in enumerate(page.paragraphs[: first + 3]) if len(p.span) <= 300]
    for title in declared:
        for index in near:
            if _same_title(page.paragraphs[index].span.of(page.text), title):
                return index
    headings = [i for i in near if page.paragraphs[i].reason == "<h1>"]
    lesser = [i for i in near if i < first and page.paragraphs[i].reason in ("<h2>", "<h3>")]
    found = headings or lesser
    return found[-1] if found else None


def _same_title(words: str, declared: str) -> bool:
    """Whether the words are the declared title, or all of it but what the site adds to its titles."""
    own, other = _bare(words), _bare(declared)
    return len(own) >= 12 and (own == other or (other.startswith(own) and len(own) >= 0.5 * len(other)))
