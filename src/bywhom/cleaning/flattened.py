"""What stands between two sentences of a flattened page: tags, links to other stories, captions, agency credits.

Where a page has lost its lines nothing but the words shows where such a stretch ends: at a copy of words that stand elsewhere on
the page, at an agency's date line, or before a word that opens a sentence and no headline. Where none of them is found it is left.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bywhom.cleaning.wording import FlatWords
from bywhom.records import BlockKind, Span

_LONGEST_RUN = 500
_LONGEST_CAPTION = 320
_FEWEST_IN_CREDIT = 4  # an agency and three words are its editor as well as its picture
_FEWEST_REPEATED = 25  # letters
_FOOT, _FOOT_END = 4000, 400
SENTENCE_END = re.compile(r"(?<=[.!?\"')…])(?:\s+|(?=--?[A-Z]))")
_BEFORE = re.compile(r"[.!?\"]\s")
_ANEW = re.compile(r"(?<=[.!?])[\"')]*\s+(?=[A-Z])")
_TAGS = re.compile(r"(?:[.!?\"]|(?<![\w-])[a-z][\w-]*) (Tags (?=[A-Z]))")
_FUNCTION_WORDS = re.compile(
    r"\b(?:[Aa]n?|[Tt]he|[Oo]f|was|were|has|have|had|is|are|[Bb]y|to|[Ii]n|[Oo]n|[Aa]t|said|says|that|[Ii]t|[Tt]his|[Ff]or|[Ff]rom"
    r"|[Ww]ith|[Aa]fter|[Aa]s|who)\b"
)
# "for" and "of" join names in tags.
_STOPPER = re.compile(
    r"[.!?]\s|\b(?:an?|the|was|were|has|have|had|is|are|by|to|in|on|at|said|says|that|it|this|from|with|after|as|who|(?:for|of)(?! [A-Z]))\b"
)
_SENTENCE_INSIDE = re.compile(r"[a-z0-9\")][.!?]\s")
_SPEAKER = re.compile(r"[a-z\d] ((?:[A-Z][\w'-]+ ){1,6})(?=(?:said|told|was|were|had|has)\b)")
_TOLD = re.compile(r"\b(?:said|says|told|added|announced)\b")
_WORD = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class Cut:
    """A stretch inside a paragraph that is not the report."""

    span: Span
    kind: BlockKind
    reason: str


def flat_cuts(plain: str, words: FlatWords, *, last: bool) -> list[Cut]:
    """All such stretches of a paragraph whose head is cut off; `last` says whether the page ends with it."""
    found = [*_captions(plain, words), *_picture_links(plain, words), *_links(plain, words)]
    tags = tag_run(plain, words)
    if tags:
        found.append(Cut(tags, BlockKind.METADATA, "tags"))
    foot = _foot(plain, words) if last else None
    return [*found, Cut(foot, BlockKind.FURNITURE, "foot of the page")] if foot else found


# ---- links to other stories, tags -----------------------------------------------------------------------------------


def link_end(plain: str, words: FlatWords) -> int | None:
    """Where the headlines of other stories end that `plain` opens with: before the first word that only sentences open with."""
    run = plain[:_LONGEST_RUN]
    stop = _SENTENCE_INSIDE.search(run)
    run = run[: stop.start()] if stop else run
    opener, speaker = words.opener.search(run, 1), _SPEAKER.search(run)
    ends = [opener.start()] if opener else []
    ends += [speaker.start(1)] if speaker else []
    return min(ends, default=None)


def _links(plain: str, words: FlatWords) -> Iterator[Cut]:
    for match in words.link.finditer(plain):
        end = link_end(plain[match.end() : match.end() + _LONGEST_RUN], words)
        if end:
            yield Cut(
                Span(match.start(), match.end() + end).trimmed(plain), BlockKind.FURNITURE, "link to another story"
            )


def tag_run(plain: str, words: FlatWords) -> Span | None:
    """Where a run such as "Tags Verdun army mutiny" stands between two sentences, up to the next sentence's first word.

    Where that sentence repeats the paragraph's opening words, they show where the tags end; else a word that opens
    sentences. Else the tags end before the first word that only sentences have, at the last capital that follows a small letter.
    """
    match = _TAGS.search(plain[:_FOOT])
    if not match:
        return None
    run = plain[match.end() : match.end() + 300]
    before = plain[max(0, match.start() - 600) : match.start()].rstrip(" .")
    opening = before.rsplit(". ", maxsplit=1)[-1].split()[:3]
    stop = _SENTENCE_INSIDE.search(run)
    again = run.find(" ".join(opening), 0, stop.start() if stop else len(run)) if len(opening) == 3 else -1
    ends = [end for end in (again, _before_opener(run, words) or -1) if end > 0]
    if ends:
        return Span(match.start(1), match.end() + min(ends)).trimmed(plain)
    return None if match[0][0].isalpha() else _by_function_words(plain, match, run)


def _before_opener(run: str, words: FlatWords) -> int | None:
    stop = _STOPPER.search(run)
    opener = words.opener.search(run, 1)
    return opener.start() if opener and not (stop and stop.start() < opener.start()) else None


def _by_function_words(plain: str, match: re.Match[str], run: str) -> Span | None:
    start, end = match.start(1), match.end()
    sentence = _FUNCTION_WORDS.search(run)
    if not sentence:
        return Span(start, end + len(run)).trimmed(plain) if len(run) < 300 else None
    if run[sentence.start()].isupper():
        return Span(start, end + sentence.start()).trimmed(plain)
    starts = [m.start(1) for m in re.finditer(r"[a-z] ([A-Z]\S*(?: [A-Z]\S*)*)", run[: sentence.start() + 4])]
    cut = max((at for at in starts if at <= sentence.start()), default=0)
    return Span(start, end + cut).trimmed(plain)


def _foot(plain: str, words: FlatWords) -> Span | None:
    """From the links below the report to the end of the page, if it ends with what the feet of pages say."""
    start = max(0, len(plain) - _FOOT)
    if not words.foot_end.search(plain, max(0, len(plain) - _FOOT_END)):
        return None
    match = words.foot.search(plain, start)
    return Span(match.start(), len(plain)) if match else None


# ---- pictures -------------------------------------------------------------------------------------------------------


def _picture_links(plain: str, words: FlatWords) -> Iterator[Cut]:
    """Pictures that link to another story: the agency, the photographer and that story's headline, between two sentences."""
    for match in words.picture.finditer(plain):
        line = words.agency_line.match(plain, match.end(), match.end() + _LONGEST_RUN)
        after = plain[match.end() : match.end() + _LONGEST_RUN]
        end = (
            line.end("headline") if line else _repeated_end(plain, match) or _title_case_end(after, match.end(), words)
        )
        if end:
            yield Cut(Span(match.start(), end).trimmed(plain), BlockKind.CAPTION, "picture credit")
        if line:
            yield Cut(Span(*line.span("line")), BlockKind.METADATA, "agency")


def _repeated_end(plain: str, match: re.Match[str]) -> int | None:
    """Where a headline ends that follows two or three names and stands again among the links below the report."""
    names = list(_WORD.finditer(plain, match.end(), match.end() + 120))[1:4]
    low = max(match.end() + 200, len(plain) - _FOOT)
    for word in names:
        end = word.start() + _shared(plain[word.start() : word.start() + 200], plain, low)
        if end - word.start() >= _FEWEST_REPEATED and _is_whole(plain, end):
            return end
    return None


def _shared(words: str, plain: str, low: int) -> int:
    """How many letters of `words`, in whole words, stand together in `plain` from `low` on."""
    at = plain.find(words[:_FEWEST_REPEATED], low)
    if at < 0:
        return 0
    below = plain[at : at + len(words)]
    length = next((i for i, (a, b) in enumerate(zip(words, below, strict=False)) if a != b), 0)
    return len(words[:length].rpartition(" ")[0])


def _is_whole(plain: str, end: int) -> bool:
    """Whether a headline can end here: no small word stands before or behind."""
    return (
        plain[max(0, end - 40) : end].rpartition(" ")[2][:1].isupper()
        and not plain[end : end + 2].lstrip()[:1].islower()
    )


def _title_case_end(after: str, start: int, words: FlatWords) -> int | None:
    """Where a headline whose words all have capitals ends: before a quote, or the last word that opens sentences."""
    opener = people = None
    for count, word in enumerate(_WORD.finditer(after)):
        far = count >= _FEWEST_IN_CREDIT
        if far and word[0][0] == '"':
            return start + word.start()
        if far and words.strict_opener.match(after, word.start()):
            opener = start + word.start()
        elif not words.title_word.fullmatch(word[0]):
            break
        people = start + word.start() if far and words.people.match(after, word.start()) else None
    return opener or people


def _captions(plain: str, words: FlatWords) -> Iterator[Cut]:
    """Credits in brackets between two sentences, and the caption before one where it is worded as a caption."""
    for match in words.credit.finditer(plain):
        start = _caption_start(plain, match.start(), words)
        outside = _BEFORE.fullmatch(plain[max(0, match.start() - 2) : match.start()]) is not None
        if start is not None or outside or match["sure"]:
            begins = match.start() if start is None else start
            yield Cut(Span(begins, match.end()).trimmed(plain), BlockKind.CAPTION, "picture caption or credit")


def _caption_start(plain: str, end: int, words: FlatWords) -> int | None:
    """Where the caption before a credit begins: the sentence before it, or two of them."""
    low = max(0, end - 2 * _LONGEST_CAPTION)
    starts = [m.end() for m in _ANEW.finditer(plain, low, end) if m.end() < end]
    starts = [0, *starts] if low == 0 else starts
    for start in reversed(starts[-2:]):
        sentence = plain[start:end].strip()
        dated = start == starts[-1] and words.dated_end.search(sentence) and not _TOLD.search(sentence)
        if len(sentence) <= _LONGEST_CAPTION and (words.caption.match(sentence) or dated):
            return start
    return None


def head_caption(plain: str, words: FlatWords) -> Cut | None:
    """A caption without a credit that stands before the report's first sentence, straight behind the page's date."""
    end = _ANEW.search(plain, 0, _LONGEST_CAPTION)
    if not end or not words.head_caption.fullmatch(plain[: end.start()].strip()):
        return None
    return Cut(Span(0, end.start()), BlockKind.CAPTION, "picture caption or credit")


def repeated_captions(plain: str, credit: re.Pattern[str]) -> list[Cut]:
    """Captions that lost their lines: "... AGENCY Anna Keller The fort after the fire" at the end and, again, inside.

    Where one ends cannot be seen inside a paragraph, but at its end it can; so only repeated captions are found.
    """
    ends: Sequence[re.Match[str]] = list(SENTENCE_END.finditer(plain, max(0, len(plain) - 300)))
    tail = plain[ends[-1].end() :] if ends else ""
    signed = credit.match(tail)
    if not signed or len(tail.split()) > 16 or len(tail[signed.end() :].split()) < 2:
        return []
    caption = re.escape(tail[signed.end() :].strip())
    again = re.finditer(rf"(?<=[.!?\"]\s)(?:{credit.pattern})\s?{caption}", plain)
    return [Cut(Span(*match.span()), BlockKind.CAPTION, "picture credit") for match in again]
