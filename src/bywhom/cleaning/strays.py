"""Paragraphs that only their company gives away: captions in a row, headlines of other stories, teasers, repeated quotations.

Each of them could open a report; what it stands beside, and how the page's other paragraphs end, says that it does not.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from bywhom.cleaning.layout import Paragraph
from bywhom.cleaning.wording import straight
from bywhom.records import BlockKind

_CLOSED = re.compile(r"[.!?…:;,][\"'”’»)\]*]*$")
_CAPTIONS_IN_A_ROW = 3  # two unclosed paragraphs together may be a slip of the editor's; three are a row of pictures
_QUESTIONS_IN_A_ROW = 3
_INVITATIONS = frozenset({"newsletter sign-up", "share link", "link to another story"})
_TEASERS = 3  # so many unclosed paragraphs may follow the last invitation of a page
_QUOTED = re.compile(r"\"[^\"]+\"(?:\s?-{1,2}\s?[^\"]{2,60})?")
_LONGEST = 600
_MOST = 400  # paragraphs of a page; beyond that it is a book, and no page repeats its quotations


def mark_strays(text: str, parts: Sequence[Paragraph]) -> tuple[Paragraph, ...]:
    """The paragraphs, with those marked that their company shows to be no part of the report."""
    marked = list(parts)
    if not 4 <= len(parts) <= _MOST or _mostly(text, parts, lambda words: not _closed(words)):
        return tuple(parts)
    for rule in (_captions, _questions, _headlines, _teasers, _pull_quotes):
        rule(text, marked)
    return tuple(marked)


def _open(part: Paragraph) -> bool:
    return part.kind is None


def _closed(words: str) -> bool:
    return _CLOSED.search(words) is not None


def _mostly(text: str, parts: Sequence[Paragraph], is_so: Callable[[str], bool]) -> bool:
    """Whether more than a third of the open paragraphs are so: then it tells nothing about one of them."""
    words = [part.span.of(text) for part in parts if _open(part)]
    return 3 * sum(map(is_so, words)) > len(words)


def _captions(text: str, parts: list[Paragraph]) -> None:
    """Unclosed paragraphs in a row between closed ones: what stood below the pictures."""
    first, last = _ends_of_report(text, parts)
    for run in _runs(parts, lambda part: _open(part) and _is_unclosed(part.span.of(text))):
        if len(run) >= _CAPTIONS_IN_A_ROW and first < run[0] and run[-1] < last:
            _mark(parts, run, BlockKind.CAPTION, "row of captions")


def _is_unclosed(words: str) -> bool:
    """Whether words read as a caption without its full stop; a list has marks before its points."""
    return 8 <= len(words.split()) <= 60 and words[0].isalnum() and words[-1].isalnum()


def _questions(text: str, parts: list[Paragraph]) -> None:
    """A list of questions, with the heading above it: what the site's other pages answer."""
    for run in _runs(parts, lambda part: _open(part) and _is_question(part.span.of(text))):
        if len(run) < _QUESTIONS_IN_A_ROW:
            continue
        above = [index for index in range(max(0, run[0] - 2), run[0]) if _is_heading(text, parts[index])]
        _mark(parts, [*above, *run], BlockKind.FURNITURE, "list of links")


def _is_question(words: str) -> bool:
    return len(words.split()) <= 20 and re.match(r"[-–—•*·]\s", words) is not None and "?" in words


def _is_heading(text: str, part: Paragraph) -> bool:
    words = part.span.of(text)
    return _open(part) and len(words.split()) <= 16 and (words[-1].isalnum() or words.endswith(("...", "…")))


def _headlines(text: str, parts: list[Paragraph]) -> None:
    """Headlines that stand alone below the first paragraph of the report: those of other stories."""
    if _mostly(text, parts, is_title_case):
        return
    first, _ = _ends_of_report(text, parts)
    for index in range(first + 1, len(parts)):
        if _open(parts[index]) and is_title_case(parts[index].span.of(text)):
            _mark(parts, [index], BlockKind.FURNITURE, "headline of another story")


def is_title_case(words: str) -> bool:
    """Whether words are written as a headline: six or more, unclosed, and every longer one with a capital."""
    tokens = re.findall(r"[^\W\d_][\w'’-]*", words)
    if not 6 <= len(tokens) <= 25 or _closed(words) or words.isupper():
        return False
    longer = [token for token in tokens if len(token) >= 4]
    cased = [token for token in longer if not token.isupper()]
    return len(cased) >= 4 and all(token[0].isupper() for token in longer)


def _teasers(text: str, parts: list[Paragraph]) -> None:
    """Unclosed paragraphs behind the page's last invitation: the beginnings of other stories."""
    first, _ = _ends_of_report(text, parts)
    invitations = [index for index, part in enumerate(parts) if part.reason in _INVITATIONS]
    last = invitations[-1] if invitations else len(parts)
    behind = [index for index in range(last + 1, len(parts)) if _open(parts[index])]
    unclosed = all(parts[index].span.of(text)[-1].isalnum() for index in behind)
    if first < last and 0 < len(behind) <= _TEASERS and unclosed:
        _mark(parts, behind, BlockKind.FURNITURE, "teaser of another story")


def _pull_quotes(text: str, parts: list[Paragraph]) -> None:
    """Quotations set apart that stand in another paragraph too, word for word."""
    wanted = [index for index, part in enumerate(parts) if _open(part) and _is_quotation(part.span.of(text))]
    if not wanted:
        return
    bare = {index: _bare(part.span.of(text)) for index, part in enumerate(parts) if _open(part)}
    for index in wanted:
        quotation = re.match(r"\W*\"([^\"]+)\"", straight(parts[index].span.of(text)))
        words = _bare(quotation[1]) if quotation else ""
        within = (other for at, other in bare.items() if at not in wanted and len(other) > len(words))
        if words.count(" ") >= 4 and any(f" {words} " in f" {other} " for other in within):
            _mark(parts, [index], BlockKind.FURNITURE, "quotation repeated")


def _is_quotation(words: str) -> bool:
    return len(words) <= _LONGEST and _QUOTED.fullmatch(straight(words)) is not None


def _bare(words: str) -> str:
    return " ".join(re.findall(r"\w+", straight(words).lower()))


def _ends_of_report(text: str, parts: Sequence[Paragraph]) -> tuple[int, int]:
    """The first and the last open paragraph that is closed like a sentence."""
    closed = [index for index, part in enumerate(parts) if _open(part) and _closed(part.span.of(text))]
    return (closed[0], closed[-1]) if closed else (len(parts), -1)


def _runs(parts: Sequence[Paragraph], belongs: Callable[[Paragraph], bool]) -> Iterator[list[int]]:
    """The positions of paragraphs that belong, those side by side together."""
    for found, run in groupby(range(len(parts)), key=lambda index: belongs(parts[index])):
        if found:
            yield list(run)


def _mark(parts: list[Paragraph], which: Sequence[int], kind: BlockKind, reason: str) -> None:
    for index in which:
        parts[index] = replace(parts[index], kind=kind, reason=reason)
