"""The personal names of a report, so that a surname alone is known for what it is further on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import takewhile

from bywhom.grounding.gazetteer import Gazetteer
from bywhom.grounding.stretches import Stretch, Word, joint, run
from bywhom.grounding.toponymtable import ToponymTable
from bywhom.prose.articles import without_article

_NAME_WORDS = 3  # after a title or a first name


def people_of(stretch: Stretch, gazetteer: Gazetteer, table: ToponymTable) -> Iterator[str]:
    """The parts of personal names, so that a surname alone is known for what it is further on."""
    words = stretch.words
    if stretch.capitals:
        yield from _people_in_capitals(words, table)
    if stretch.capitals or stretch.headline:
        return
    i = 0
    while i < len(words):
        length = run(words, i) if words[i].name_like else 1
        if words[i].name_like and _is_person(words, i, length, gazetteer, table):
            yield from (part for w in words[i : i + length] for part in _said_as(w.lower))
        i += length


def _is_by_name(words: Sequence[Word], start: int, length: int, gazetteer: Gazetteer) -> bool:
    """Whether the words are a fighter's by-name, "Abu Omar al-Homsi", and no place's that begins so ("Abu Kamal")."""
    if words[start].lower not in _PARENTS or length == 1:
        return False
    names = [joint(words, start, count) for count in range(2, length + 1)]
    return not any(gazetteer.named(name) or gazetteer.alike(name) for name in names)


_PARENTS = frozenset("abu abou umm".split())


def _said_as(name: str) -> tuple[str, ...]:
    """A part of a personal name, and as it is said without its Arabic article: "al-Homsi" is "Homsi" further on."""
    bare = without_article(name)
    return (name, bare) if bare != name else (name,)


def _people_in_capitals(words: Sequence[Word], table: ToponymTable) -> Iterator[str]:
    """The words that follow a title or a first name in a text of capitals, as far as they can be a name's."""
    for i, word in enumerate(words):
        if word.lower in table.titles or word.lower in table.given_names:
            follow = words[i + 1 + (i + 1 < len(words) and words[i + 1].text == ".") :][:_NAME_WORDS]
            yield from (w.lower for w in takewhile(lambda w: _can_be_named(w, table), follow))


def _can_be_named(word: Word, table: ToponymTable) -> bool:
    return word.is_word and word.lower not in table.no_surnames and word.lower not in table.place_verbs


def _is_person(words: Sequence[Word], start: int, length: int, gazetteer: Gazetteer, table: ToponymTable) -> bool:
    first = words[start]
    before = words[start - 1].lower if start else ""
    if before == "." and start > 1:
        before = words[start - 2].lower
    if length == 1:
        return before in table.titles
    if before in table.titles or first.lower in table.titles:
        return True
    after = words[start + length].lower if start + length < len(words) else ""
    speaks = (
        after in table.speech_verbs or first.lower in table.given_names or _is_by_name(words, start, length, gazetteer)
    )
    return speaks and not gazetteer.named(joint(words, start, length))
