"""Whom the rules found in a report, found again by the words that stand for them."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from bywhom.records import Attribution, Source, Span

_WORD = re.compile(r"\w+")
_SAYING = frozenset("said says told tells added wrote writes reported claimed".split())  # none that can be a noun


@dataclass(frozen=True, slots=True)
class Saying:
    """A source with a name, and through whose hands it came."""

    source: Source
    name: str
    attribution: Attribution


@dataclass(frozen=True, slots=True)
class Known:
    """The named sources of a report, by place and by name: a long report has too many to ask all for each claim."""

    sayings: tuple[Saying, ...]
    at: Mapping[int, int]  # where in the text -> the first of them whose mention stands there
    denied: frozenset[int]  # where in the text those are mentioned who deny
    named: Mapping[str, int]  # name -> the first of them
    called: Mapping[str, Sequence[str]]  # word in lower case -> the names that hold it

    @classmethod
    def of(cls, attributions: Sequence[Attribution], denying: Collection[str]) -> Known:
        """Those of a report; `denying`: the words by which something is denied."""
        sayings = tuple(Saying(a.source, a.source.name, a) for a in attributions if a.source and a.source.name)
        at: dict[int, int] = {}
        denied: set[int] = set()
        named: dict[str, int] = {}
        for i, said in enumerate(sayings):
            named.setdefault(said.name, i)
            mention, cue = said.source.mention, said.attribution.cue
            places = range(mention.start, mention.end) if mention else ()
            for place in places:
                at.setdefault(place, i)
            if cue is not None and cue.text.lower() in denying:
                denied.update(places)
        return cls(sayings, at, frozenset(denied), named, _by_word(named))

    def mentioned(self, span: Span) -> Saying | None:
        """The first whose mention shares a character with the words."""
        first = min((self.at[i] for i in range(span.start, span.end) if i in self.at), default=None)
        return None if first is None else self.sayings[first]

    def denies(self, span: Span) -> bool:
        """Whether somebody who denies is mentioned in the words."""
        return any(i in self.denied for i in range(span.start, span.end))

    def meant(self, words: str) -> Saying | None:
        """The first whom the words name, in full or in part."""
        names = {name for word in _parts(bare(words)) for name in self.called.get(word, ())}
        first = min((self.named[name] for name in names if same(name, words)), default=None)
        return None if first is None else self.sayings[first]


def _by_word(names: Collection[str]) -> Mapping[str, Sequence[str]]:
    found: dict[str, list[str]] = {}
    for name in names:
        for word in _parts(name):
            found.setdefault(word, []).append(name)
    return found


def _parts(name: str) -> frozenset[str]:
    """The words of a name; wire copy puts blanks around hyphens."""
    return frozenset(_WORD.findall(name.lower()))


def same(name: str, words: str) -> bool:
    """Whether words name somebody, in full or in part."""
    ours, theirs = _parts(name), _parts(bare(words))
    return bool(ours and theirs) and (ours <= theirs or theirs <= ours)


def bare(words: str) -> str:
    """A name without its article, and without the verb that the reader took with it: "Kolb told"."""
    first, _, rest = words.partition(" ")
    name = rest if first.lower() in {"the", "a", "an"} else words
    before, _, last = name.rpartition(" ")
    return before if before and last in _SAYING else name
