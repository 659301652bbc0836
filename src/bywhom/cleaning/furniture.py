"""Which paragraphs of a page are not the report: comments, menus, share links, appeals, related posts.

Only what a rule names is taken out. A sentence of the report lost is worse than a share link kept.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from bywhom.cleaning.dates import DateTable, find_dates
from bywhom.cleaning.layout import Paragraph
from bywhom.cleaning.wording import Wordings, letters, straight, undecorated
from bywhom.records import BlockKind

# Beyond so many paragraphs a file is no page; only its two ends can hold furniture.
_MOST = 4000
_ENDS = tuple(".!?\"'”’»…):;")
_CLOSED = re.compile(r"[.!?…:;,][\"'”’»)\]]*$")
_INNER_END = re.compile(r"[a-z0-9)\]][.!?][\"'”’)]*\s+\S")
_SHORT_WORDS = 6


def mark_furniture(text: str, parts: Sequence[Paragraph], words: Wordings, dates: DateTable) -> tuple[Paragraph, ...]:
    """The paragraphs, those that are furniture, captions or metadata marked so with the rule that says it."""
    marked = [_settled(part) for part in _mark_alone(text, parts, words, dates)]
    marked = _mark_comments(text, marked, words)
    marked = _mark_author(text, marked, words)
    marked = _mark_boxes(text, marked)
    return tuple(marked)


def is_sentence(words: str) -> bool:
    """Whether a paragraph reads like a paragraph of a report: some words, and closed like a sentence."""
    count = len(words[:2000].split())
    closed = words.endswith(_ENDS) or _INNER_END.search(words[:2000]) is not None
    return (count >= 8 and closed) or count >= 30


def _open(part: Paragraph) -> bool:
    return part.kind is None


def _report(text: str, part: Paragraph) -> bool:
    return _open(part) and is_sentence(part.span.of(text))


# ---- one paragraph at a time ----------------------------------------------------------------------------------------


def _mark_alone(text: str, parts: Sequence[Paragraph], words: Wordings, dates: DateTable) -> list[Paragraph]:
    if len(parts) <= _MOST:
        return [_alone(text, part, words, dates) for part in parts]
    half = _MOST // 2
    ends = (*range(half), *range(len(parts) - half, len(parts)))
    marked = list(parts)
    for index in ends:
        marked[index] = _alone(text, parts[index], words, dates)
    return marked


def _alone(text: str, part: Paragraph, words: Wordings, dates: DateTable) -> Paragraph:
    """The paragraph marked if a rule knows it by its own wording."""
    if not (_open(part) or part.reason == "marked as metadata") or len(part.span) > 1000:
        return part
    plain = undecorated(straight(part.span.of(text)))
    key = letters(plain)
    for rule in words.whole:
        if rule.is_whole(plain, key):
            return replace(part, kind=rule.kind, reason=rule.name)
    if _is_date_line(plain, dates):
        return replace(part, kind=BlockKind.METADATA, reason="date line")
    return part


def _is_date_line(plain: str, dates: DateTable) -> bool:
    """Whether a paragraph holds a date and beside it nothing but clock times and a word or two."""
    if len(plain) > 120:
        return False
    found = list(find_dates(plain, 0, len(plain), dates))
    rest = plain
    for date in reversed(found):
        rest = rest[: date.span.start] + " " + rest[date.span.end :]
    rest = re.sub(
        r"\d{1,2}[:.]\d\d(?:[:.]\d\d)?(?:\s?[ap]\.?m\.?)?|\b(?:gmt|utc|est|edt|et|bst|msk|cet|eet|ist|am|pm)\b",
        " ",
        rest,
        flags=re.IGNORECASE,
    )
    return bool(found) and len(re.findall(r"\w+", rest)) <= 4 and not plain.endswith(".")


def _settled(part: Paragraph) -> Paragraph:
    """A paragraph that the form doubts, and that is neither by-line nor date line, is furniture."""
    return replace(part, kind=BlockKind.FURNITURE) if part.kind is None and part.reason else part


# ---- comment sections -----------------------------------------------------------------------------------------------


def _mark_comments(text: str, parts: list[Paragraph], words: Wordings) -> list[Paragraph]:
    """From the first line of a comment section to the end of the page, everything is furniture."""
    start = _comments_start(text, parts, words)
    if start is None:
        return parts
    section = [replace(p, kind=BlockKind.FURNITURE, reason="comment section") for p in parts[start:]]
    return parts[:start] + section


def _comments_start(text: str, parts: list[Paragraph], words: Wordings) -> int | None:
    before = 0
    for index, part in enumerate(parts):
        if len(part.span) <= 340:
            plain = undecorated(straight(part.span.of(text)))
            sure = words.comments_sure.fullmatch(plain)
            likely = not sure and words.comments_likely.fullmatch(plain)
            if (sure or likely) and _comments_follow(text, parts, index, before, bool(sure), words):
                return index
        before += len(part.span) if _report(text, part) else 0
    return None


def _comments_follow(text: str, parts: list[Paragraph], index: int, before: int, sure: bool, words: Wordings) -> bool:
    """Whether the page's report lies before this line: the same words at the top of a page are a link to comments."""
    if not before:
        return False
    after = sum(len(part.span) for part in parts[index + 1 :] if _report(text, part))
    signs = any(_is_sign(text, part, words) for part in parts[index + 1 : index + 9])
    return signs or not after or (sure and after <= 2 * before)


def _is_sign(text: str, part: Paragraph, words: Wordings) -> bool:
    return len(part.span) <= 400 and bool(words.comment_signs.fullmatch(undecorated(straight(part.span.of(text)))))


# ---- the author's note ----------------------------------------------------------------------------------------------


def _mark_author(text: str, parts: list[Paragraph], words: Wordings) -> list[Paragraph]:
    """Notes about the author, with the name and the heading above them."""
    names = _author_names(text, parts)
    first = _first_of_report(text, parts)
    marked = _mark_headed(text, parts, names, words, first)
    first = _first_of_report(text, marked)
    for index in reversed(range(len(parts))):
        part = marked[index]
        if _report(text, part) and index and _is_note(text, part, names, words):
            if first < index:
                marked[index] = replace(part, kind=BlockKind.FURNITURE, reason="author's note")
                _mark_above(text, marked, index, words)
        elif _report(text, part):
            break  # notes stand at the end; before the last paragraph of the report there are none
    return [_name_alone(text, part, names) for part in marked]


def _mark_headed(
    text: str, parts: list[Paragraph], names: frozenset[str], words: Wordings, first: int
) -> list[Paragraph]:
    """Notes that a heading announces ("About the author"), wherever on the page they stand behind the first of the report."""
    marked = list(parts)
    for index, (heading, note) in enumerate(pairwise(parts)):
        if not (_open(heading) and _open(note) and len(heading.span) <= 60 and first < index):
            continue
        announced = letters(straight(heading.span.of(text))) in words.author_headings
        if announced and _told_of_author(text, note, words) + _names_author(text, note, names):
            marked[index] = replace(heading, kind=BlockKind.FURNITURE, reason="author's note")
            marked[index + 1] = replace(note, kind=BlockKind.FURNITURE, reason="author's note")
    return marked


def _author_names(text: str, parts: Sequence[Paragraph]) -> frozenset[str]:
    lines = [part.span.of(text) for part in parts if part.reason == "by-line"]
    return frozenset(word for line in lines for word in re.findall(r"\b[A-Z][\w'’-]+", line)) - {"By"}


def _is_note(text: str, part: Paragraph, names: frozenset[str], words: Wordings) -> bool:
    told = _told_of_author(text, part, words)
    return told >= (1 if _names_author(text, part, names) else 2) and '"' not in straight(part.span.of(text)[:1500])


def _told_of_author(text: str, part: Paragraph, words: Wordings) -> int:
    """How many of the things that notes tell about authors a paragraph tells."""
    plain = straight(part.span.of(text)[:1500])
    return sum(bool(pattern.search(plain)) for pattern in words.about_author)


def _names_author(text: str, part: Paragraph, names: frozenset[str]) -> bool:
    first = re.match(r"\W*([\w'’-]+)", part.span.of(text)[:60])
    return first is not None and first[1] in names


def _report_before(text: str, parts: Sequence[Paragraph], index: int) -> bool:
    return any(_report(text, part) for part in parts[:index])


def _first_of_report(text: str, parts: Sequence[Paragraph]) -> int:
    """Which paragraph is the first that reads like a report; as many as there are, where none does."""
    return next((index for index, part in enumerate(parts) if _report(text, part)), len(parts))


def _mark_above(text: str, parts: list[Paragraph], index: int, words: Wordings) -> None:
    above = parts[index - 1]
    key = letters(straight(above.span.of(text)))
    if _open(above) and key in words.author_headings:
        parts[index - 1] = replace(above, kind=BlockKind.FURNITURE, reason="author's note")


def _name_alone(text: str, part: Paragraph, names: frozenset[str]) -> Paragraph:
    """A line that is only the author's name is a by-line."""
    tokens = re.findall(r"[\w'’-]+", part.span.of(text)) if len(part.span) <= 60 else []
    if _open(part) and len(tokens) >= 2 and names.issuperset(tokens):
        return replace(part, kind=BlockKind.METADATA, reason="by-line")
    return part


# ---- boxes of several lines -----------------------------------------------------------------------------------------


def _mark_boxes(text: str, parts: list[Paragraph]) -> list[Paragraph]:
    """What stands in a box with a marked line: the heading of a sign-up, the headlines under "Related posts"."""
    marked = list(parts)
    for index, part in enumerate(parts):
        if part.reason == "newsletter sign-up":
            _mark_heading(text, marked, index)
        elif part.reason == "link to another story" and len(part.span.of(text).split()) <= _SHORT_WORDS:
            _mark_headlines(text, marked, index)
    return marked


def _mark_heading(text: str, parts: list[Paragraph], index: int) -> None:
    above = parts[index - 1] if index else None
    if above and _open(above) and _is_short(text, above) and _report_before(text, parts, index - 1):
        parts[index - 1] = replace(above, kind=BlockKind.FURNITURE, reason="newsletter sign-up")


def _mark_headlines(text: str, parts: list[Paragraph], index: int) -> None:
    """Headlines below a link line, up to where the report plainly goes on."""
    if not _report_before(text, parts, index):
        return
    for following in range(index + 1, min(index + 13, len(parts))):
        part = parts[following]
        if not _open(part):
            continue
        if not _is_headline(part.span.of(text)):
            return
        parts[following] = replace(part, kind=BlockKind.FURNITURE, reason="headline of another story")


def _is_headline(words: str) -> bool:
    """Whether a line reads as a headline: closed by nothing or, if it is short, by a question or exclamation mark."""
    count = len(words.split())
    return count <= 25 and (not _CLOSED.search(words) or (count <= 14 and words[-1] in "?!"))


def _is_short(text: str, part: Paragraph) -> bool:
    words = part.span.of(text)
    return len(words) <= 60 and len(words.split()) <= _SHORT_WORDS and not words.endswith((".", ":", ","))
