"""A document cut into the windows that the encoder reads at once: paragraphs, packed, and long ones cut at sentence ends."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from bywhom.records import Span
from bywhom.tagging.wordpieces import Vocabulary, Word

SIZE = 256  # pieces in a window: as many positions as the encoder has been trained on
FEATURES = 24  # 4 cases x 3 states of quotation x first word of a paragraph or not
_ENDS = frozenset(".?!\u201d")
_LONG = 64  # the first quarter of a window is never left shorter by a cut


@dataclass(frozen=True, slots=True)
class Window:
    """What the encoder reads at once; its first and last piece are marks that stand for no word."""

    pieces: tuple[int, ...]
    features: tuple[int, ...]  # of each piece
    heads: tuple[int, ...]  # where in `pieces` each word begins
    words: tuple[Word, ...]


class _Seen(NamedTuple):
    """A word and what its letters do not tell."""

    word: Word
    feature: int


def windows(text: str, paragraphs: Iterable[Span], vocabulary: Vocabulary, size: int = SIZE) -> Iterator[Window]:
    """The windows of a text, in text order; together they hold every word of the paragraphs once."""
    held: list[_Seen] = []
    room = 0
    for paragraph in paragraphs:
        for part in _parts(_seen(text, paragraph, vocabulary), text, size - 2):
            length = sum(len(seen.word.pieces) for seen in part)
            if held and room + length > size - 2:
                yield _window(held, vocabulary)
                held, room = [], 0
            held.extend(part)
            room += length
    if held:
        yield _window(held, vocabulary)


def _parts(words: list[_Seen], text: str, size: int) -> Iterator[list[_Seen]]:
    """A paragraph, cut where a sentence ends if it is longer than a window."""
    begin = room = last = 0
    for i, seen in enumerate(words):
        length = len(seen.word.pieces)
        while room + length > size:
            cut = last if last > begin else i
            yield words[begin:cut]
            room = sum(len(each.word.pieces) for each in words[cut:i])
            begin = last = cut
        room += length
        if room > _LONG and text[seen.word.start] in _ENDS:
            last = i + 1
    if begin < len(words):
        yield words[begin:]


def _window(held: Sequence[_Seen], vocabulary: Vocabulary) -> Window:
    pieces, features, heads = [vocabulary.first], [0], []
    for seen in held:
        heads.append(len(pieces))
        pieces.extend(seen.word.pieces)
        features.extend([seen.feature] * len(seen.word.pieces))
    return Window((*pieces, vocabulary.last), (*features, 0), tuple(heads), tuple(seen.word for seen in held))


def _seen(text: str, paragraph: Span, vocabulary: Vocabulary) -> list[_Seen]:
    """The words of a paragraph with case, quotation and whether they open it."""
    found: list[_Seen] = []
    quoted = False
    for word in vocabulary.words(text, paragraph.start, paragraph.end):
        mark = text[word.start]
        state = int(quoted)
        if mark in '\u201c\u201d"':
            quoted = mark == "\u201c" or (mark == '"' and not quoted)
            state = 2
        found.append(_Seen(word, _case(text, word) + 4 * state + 12 * (not found)))
    return found


def _case(text: str, word: Word) -> int:
    """0 small letters and marks, 1 a capital, 2 capitals throughout, 3 a number."""
    first = text[word.start]
    if first.isupper():
        return 2 if word.end - word.start > 1 and text[word.start : word.end].isupper() else 1
    return 3 if first.isdigit() else 0
