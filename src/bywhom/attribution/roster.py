"""Everybody a report names, where, and how one asks for them without looking through all of them."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from itertools import chain, islice

from bywhom.attribution.line import Line
from bywhom.attribution.naming import Named
from bywhom.attribution.people import described_groups, named_bodies, named_people

_NAMESAKES = 200  # people looked at for one word of a name: one that more of them share tells nobody apart
_LOOKED_BACK = 300  # people looked at, the nearest first, for whom a description may mean
_HONORIFICS = frozenset("mr mrs ms".split())


def name_words(name: str) -> frozenset[str]:
    """The words of a name that tell it from others, lower case."""
    words = re.findall(r"[\w-]+", name.lower().replace("’s", "").replace("'s", ""))
    return frozenset(words) - _HONORIFICS - {"the", "of"}


class Places:
    """Namings in text order, found by where they stand."""

    def __init__(self, named: Iterable[Named]) -> None:
        self._named = sorted(named, key=lambda n: n.mention.start)
        self._starts = [n.mention.start for n in self._named]

    def between(self, start: int, end: int) -> Sequence[Named]:
        """Those that begin in [start, end)."""
        return self._named[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def after(self, position: int) -> Iterator[Named]:
        """Those that begin after `position`, in text order."""
        return islice(self._named, bisect_right(self._starts, position), None)

    def before(self, position: int) -> Iterator[Named]:
        """The nearest of those that begin before `position`, the nearest first."""
        end = bisect_left(self._starts, position)
        return reversed(self._named[max(0, end - _LOOKED_BACK) : end])


class Roster:
    """The people, bodies and groups of one report."""

    def __init__(self, lines: Sequence[Line]) -> None:
        people = [person for line in lines for person in named_people(line)]
        bodies = [body for line in lines for body in named_bodies(line)]
        self.people = Places(people)
        self.in_roles = Places(person for person in people if person.head)
        self.groups = Places(group for line in lines for group in described_groups(line))
        ranks = frozenset(lines[0].lex.role_kinds) if lines else frozenset()
        self._by_head = _indexed(people, lambda one: sorted({one.head, *ranks.intersection(_first_word(one))}))
        self._by_body_word = _indexed(bodies, lambda body: sorted(name_words(body.name)))
        self._by_word = _indexed_names(people)
        self.fullest: Callable[[str], Named | None] = cache(self._fullest)

    def first_in_role(self, head: str, after: int) -> Iterator[Named]:
        """The people introduced with this role noun below a position."""
        return islice(self._by_head[head].after(after), _LOOKED_BACK) if head in self._by_head else iter(())

    def first_body(self, words: Iterable[str], after: int) -> Named | None:
        """The first body below a position whose name holds one of these words."""
        known = [self._by_body_word[word] for word in sorted(set(words)) if word in self._by_body_word]
        firsts = [first for places in known if (first := next(places.after(after), None)) is not None]
        return min(firsts, key=lambda body: body.mention.start, default=None)

    def nearest_body(self, words: Iterable[str], position: int) -> Named | None:
        """The body named in full nearest before a position, else the first behind it, whose name holds all these words."""
        words = sorted(words)
        named = self._by_body_word.get(words[0]) if words else None
        if named is None:
            return None
        fuller = (one for one in chain(named.before(position), named.after(position)) if len(one.name.split()) > 2)
        return next((one for one in fuller if name_words(one.name).issuperset(words)), None)

    def _fullest(self, name: str) -> Named | None:
        """The fullest naming of the same person: whose words include these; a role is worth more than none."""
        words = name_words(name)
        sharing = {person.name: person for word in sorted(words) for person in self._by_word.get(word, ())}
        fits = [person for person in sharing.values() if _same_person(words, name_words(person.name))]
        alone = sharing.get(name)
        return max((one for one in fits if not _namesake(alone, one)), key=_fullness, default=None)


def _same_person(words: frozenset[str], other: frozenset[str]) -> bool:
    return words <= other or (other <= words and len(other) > 1)


def _namesake(alone: Named | None, person: Named) -> bool:
    """Whether somebody known by a given name alone, a prisoner or a child, has it in common with another, named in full only below."""
    if alone is None or " " in alone.name or not person.name.startswith(f"{alone.name} "):
        return False
    return person.mention.start > alone.mention.start


def _first_word(person: Named) -> tuple[str, ...]:
    """The word that opens the naming: a title, where there is one."""
    return tuple(person.mention.text.lower().split()[:1])


def _fullness(person: Named) -> tuple[bool, int, int]:
    return (person.kind is not None, len(person.name), -person.mention.start)


def _indexed(named: Iterable[Named], keys: Callable[[Named], Iterable[str]]) -> dict[str, Places]:
    groups: dict[str, list[Named]] = defaultdict(list)
    for one in named:
        for key in keys(one):
            groups[key].append(one)
    return {key: Places(group) for key, group in groups.items()}


def _indexed_names(people: Iterable[Named]) -> dict[str, list[Named]]:
    """Word of a name -> the fullest naming of each who bears it."""
    best: dict[str, Named] = {}
    for person in people:
        known = best.get(person.name)
        if known is None or _fullness(person) > _fullness(known):
            best[person.name] = person
    index: dict[str, list[Named]] = defaultdict(list)
    for person in best.values():
        for word in sorted(name_words(person.name)):
            if len(index[word]) < _NAMESAKES:
                index[word].append(person)
    return index
