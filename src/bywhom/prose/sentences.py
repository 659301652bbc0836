"""English text cut into sentences.

Own code because reports are not clean prose: paragraph breaks are lost, the blank after a full stop is missing
("recuperation.“There"), wire copy has no lower case, and a cut inside a quotation must stay visible to the stage
that looks for its speaker.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from bywhom import lexicons
from bywhom.records import Span

LONGEST = 2500  # code points, some 400 words: what goes on for longer lost its full stops, and is read in pieces

_OPENERS = "\"'“‘«„([—–-"
# The run of marks is matched whole and from its start only: a page of dots must not be tried dot by dot.
_END = re.compile(
    r"(?<![.!?…])(?P<mark>[.!?…]++)(?P<close>[\"'”’»)\]]*)(?P<gap>\s++|(?=[A-Z“‘\"«][a-z’]|[“‘«\"][A-Z])|$)"
)
_LAST_WORD = re.compile(r"[\w.’'-]+$")
_INITIALS = re.compile(r"(?:[a-z]\.)+[a-z]")
_FIRST_WORD = re.compile(r"\W*([\w’']+)")


@dataclass(frozen=True, slots=True)
class SentenceEnds:
    """data/lexicons/sentence-ends.yaml."""

    titles: frozenset[str]
    short: frozenset[str]
    starters: frozenset[str]


@lru_cache(maxsize=1)
def sentence_ends() -> SentenceEnds:
    """The shipped table."""
    table: SentenceEnds = lexicons.load("lexicons/sentence-ends", SentenceEnds)
    return table


def sentences(text: str, span: Span | None = None) -> tuple[Span, ...]:
    """The sentences of `text` inside `span`, in order, trimmed of white space; together they cover all its words."""
    whole = span or Span(0, len(text))
    ends = (m.end() for m in _END.finditer(text, whole.start, whole.end) if _is_end(text, whole, m))
    cuts = [whole.start, *ends, whole.end]
    pieces = (piece for a, b in pairwise(cuts) for piece in _short_enough(text, Span(a, b).trimmed(text)))
    return tuple(piece for piece in pieces if len(piece))


def _short_enough(text: str, piece: Span) -> Iterator[Span]:
    """The piece, or where it is too long its parts, cut at a blank if there is one."""
    start = piece.start
    while piece.end - start > LONGEST:
        blank = max(text.rfind(mark, start + 1, start + LONGEST) for mark in " \n\t")
        end = blank if blank > 0 else start + LONGEST
        yield Span(start, end).trimmed(text)
        start = end
    yield Span(start, piece.end).trimmed(text)


def _is_end(text: str, whole: Span, match: re.Match[str]) -> bool:
    after = text[match.end() : min(match.end() + 40, whole.end)]
    if not after.strip():
        return True
    if not match["gap"]:
        return _glued(text, match)
    if "\n\n" in match["gap"].replace("\r", ""):
        return True
    if match["mark"] == ".":
        return _full_stop(text, whole, match, after)
    if match["mark"][0] in ".…":
        return _begins(after) and not match["close"]
    return _begins(after)


def _glued(text: str, match: re.Match[str]) -> bool:
    """Whether a blank is missing: "basements.Thus", "recuperation.“There", but neither "U.S.Army" nor "t.me"."""
    before = text[max(0, match.start() - 3) : match.start()]
    return match["mark"] in {".", "!", "?"} and len(before) == 3 and before.isalpha() and before[1:].islower()


def _full_stop(text: str, whole: Span, match: re.Match[str], after: str) -> bool:
    """Whether a full stop with a blank behind it ends a sentence, and not a title, an initial or a short form."""
    if match["close"]:
        return _begins(after)
    found = _LAST_WORD.search(text, max(whole.start, match.start() - 24), match.start())
    word = found.group().lower() if found else ""
    if word in sentence_ends().titles:
        return word == "no" and _begins_plainly(after)  # "No. 5", but also "The answer was no. The guns …"
    if len(word) == 1 and word.isalpha() and word != "i":
        return False  # an initial
    if word in sentence_ends().short or _INITIALS.fullmatch(word):
        return _begins_plainly(after)
    return _begins(after)


def _begins(after: str) -> bool:
    first = after.lstrip(_OPENERS + " ")[:1]
    marked = after[:1] in set('“‘«"•–—-') and not first.islower()
    return not first or first.isupper() or first.isdigit() or marked


def _begins_plainly(after: str) -> bool:
    """Whether the next word is one that can begin a sentence, and is written so."""
    match = _FIRST_WORD.match(after)
    return match is not None and match[1][0].isupper() and match[1].lower() in sentence_ends().starters
