"""The people of one report: their full names, the roles it gives them, and whom a surname comes back to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from bywhom.grounding.actortables import ActorTables
from bywhom.prose.peoplenames import person_key, plain
from bywhom.records import SourceKind

PUBLIC = frozenset(
    [SourceKind.OFFICIAL, SourceKind.MILITARY, SourceKind.ORGANISATION, SourceKind.MEDIA, SourceKind.EXPERT]
)
_WITHIN = re.compile(r"[,.;:()“”\"]|\b(?:of|at|in|from|for|who|whose|with|to|and|said|told)\b")
_BEFORE = 70  # characters before a name in which its title stands
_AFTER = 90
_LOOKS = 6  # namings of one person that are looked at
_CAPITAL = r"[A-ZÀ-ÞĀ-Ž][\w’'ʼ-]*"
_GIVEN = re.compile(rf"(?:(?<![\w’'ʼ-])(?:[A-ZÀ-ÞĀ-Ž]\.|{_CAPITAL})[ \u00a0]){{1,3}}$")
_AS = re.compile(
    r"\s(?:(?:was|is|were|has been|had been)\s\w+\s)?as\s(?:(?:the|a|an|its|their|new|acting)\s){0,2}"
)  # "replaced X as …"
_TOKEN = re.compile(r"[\w’'ʼ.-]+")


@dataclass(frozen=True, slots=True)
class Role:
    """In which role a report presents somebody, and for which nation."""

    kind: SourceKind
    side: str | None = None


@dataclass(slots=True)
class People:
    """Whom one report names. Answers are kept: a report names the same people again and again."""

    text: str
    tables: ActorTables
    _bearers: dict[str, dict[str, str]] = field(default_factory=dict)
    _roles: dict[str, Role | None] = field(default_factory=dict)

    def full_name(self, surname: str) -> str | None:
        """The one full name in the report that ends with this surname; None where there is none, or are several."""
        names = self._named(surname)
        return next(iter(names.values())) if len(names) == 1 else None

    def has_several(self, surname: str) -> bool:
        """Whether the report names several people who bear this surname."""
        return len(self._named(surname)) > 1

    def _named(self, surname: str) -> dict[str, str]:
        """Key -> fullest name of everybody whose name ends with the surname, without titles, in text order."""
        if surname not in self._bearers:
            names = dict.fromkeys(self._full_names(surname))
            keys = {person_key(name, self.tables.given_names): name for name in names}
            self._bearers[surname] = {key: name for key, name in keys.items() if not _is_shortened(key, keys)}
        return self._bearers[surname]

    def _full_names(self, surname: str) -> Iterator[str]:
        at = self.text.find(surname)
        while at >= 0 and surname:
            end = at + len(surname)
            before = _GIVEN.search(self.text[max(0, at - _BEFORE) : at])
            if before and not self.text[end : end + 1].isalpha():
                given = self._without_titles(before[0].split())
                if given:
                    yield " ".join((*given, surname))
            at = self.text.find(surname, end)

    def _without_titles(self, words: list[str]) -> list[str]:
        """The given names: what stands after the last title, nationality or other word that is no name."""
        kept: list[str] = []
        for word in reversed(words):
            bare = plain(word.rstrip("."))
            if bare in self.tables.titles or (bare,) in self.tables.nations or bare in _NO_GIVEN or is_possessive(word):
                break
            kept.insert(0, word)
        return kept

    def role_of(self, name: str) -> Role | None:
        """The role that the words around a name give it, a public one before any other; None where they give none."""
        if name not in self._roles:
            found = list(self._roles_near(name))
            if " " in name and not found and not self.has_several(name.rsplit(maxsplit=1)[-1]):
                found = list(self._roles_near(name.rsplit(maxsplit=1)[-1]))
            public = [role for role in found if role.kind in PUBLIC]
            self._roles[name] = next(iter(public or found), None)
        return self._roles[name]

    def _roles_near(self, name: str) -> Iterator[Role]:
        at, looks = self.text.find(name), 0
        while at >= 0 and looks < _LOOKS:
            before, after = self.text[max(0, at - _BEFORE) : at], self.text[at + len(name) : at + len(name) + _AFTER]
            yield from filter(None, (self._title(before), self._apposition(after), self._office(after)))
            at, looks = self.text.find(name, at + len(name)), looks + 1

    def _title(self, before: str) -> Role | None:
        """The role in "Ruritanian interior minister ", "the mayor, " right before a name."""
        tail = before.rstrip(" ,\u00a0")
        words = [plain(word.rstrip(".")) for word in _TOKEN.findall(re.split(r"[.;:!?]\s|[“”\"\n]", tail)[-1])][-6:]
        return self._role_at_end(words)

    def _apposition(self, after: str) -> Role | None:
        """The role in ", the governor of Strelsau", ", a baker"; an age between is passed over."""
        match = re.match(
            r",?\s*(?:\d{1,2},\s*)?(?:who (?:is|was) )?(?:(?:the|a|an|another|its|their|one of the)\s+)?", after
        )
        if match is None or not after.lstrip().startswith((",", "(")):
            return None
        return self._role_at_end(_TOKEN.findall(_WITHIN.split(after[match.end() :])[0].lower()))

    def _role_at_end(self, words: list[str]) -> Role | None:
        """The role that the last of some words name, for the nation named among those before them."""
        for size in (3, 2, 1):
            kind = self.tables.person_nouns.get(" ".join(words[-size:])) if len(words) >= size else None
            if kind:
                return Role(kind, self._side(words[:-size]) if kind in PUBLIC else None)
        return None

    def _office(self, after: str) -> Role | None:
        """The role in " was replaced as commander of the fleet", " as governor"."""
        match = _AS.match(after)
        words = _TOKEN.findall(_WITHIN.split(after[match.end() :])[0].lower()) if match else []
        for size in (3, 2, 1):
            for start in range(max(0, min(2, len(words) - size + 1))):
                kind = self.tables.person_nouns.get(" ".join(words[start : start + size]))
                if kind:
                    return Role(kind, self._side(words[:start]) if kind in PUBLIC else None)
        return None

    def _side(self, words: list[str]) -> str | None:
        """The nation named among the last words before a role."""
        for word in reversed(words[-3:]):
            bare = re.sub(r"s$", "", word) if (word,) not in self.tables.nations else word
            nation = self.tables.nations.get((bare,))
            if nation:
                return nation.side or nation.adjective
        return None


_NO_GIVEN = frozenset(
    "the a an and but in on at by for as when while after before since he she it they his her their its \
said says if where when why how that this these those also then than both yes not now here there because although though until \
unless whether or nor so yet only even former according to from of with mr mrs ms dr sir lady".split()
)


def _is_shortened(key: str, keys: Iterable[str]) -> bool:
    """Whether a name is short for another one: "J. Prado", "Juan Prado" for "Juan Manuel Prado"."""
    words = set(key.split())
    return len(words) < 2 or any(words < set(other.split()) for other in keys)


def is_possessive(word: str) -> bool:
    """Whether a word has the mark of a possessor: "Ruritania's"."""
    return word.endswith(("’s", "'s", "s’", "s'"))
