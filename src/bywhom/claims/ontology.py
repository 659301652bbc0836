"""The ontology as a table: every type of event with the words that signal it, ready to be looked up in a clause."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from bywhom import lexicons
from bywhom.claims.actorwords import ActorWords, DeedWords
from bywhom.prose.inflection import Irregular, irregular, noun_forms, verb_forms
from bywhom.prose.lexis import Lexis, lexis
from bywhom.records import EventType, Role

NAME = "@name"  # in conditions: a word written like a name


@dataclass(frozen=True, slots=True)
class Words:
    """Words of one type that signal it under the same conditions."""

    words: tuple[str, ...]
    weight: int = 3
    object: tuple[str, ...] = ()
    subject: tuple[str, ...] = ()
    near: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    before: tuple[str, ...] = ()
    not_object: tuple[str, ...] = ()
    not_subject: tuple[str, ...] = ()
    not_near: tuple[str, ...] = ()
    not_after: tuple[str, ...] = ()
    not_before: tuple[str, ...] = ()
    subject_role: Role = Role.AGENT


@dataclass(frozen=True, slots=True)
class Crosswalk:
    """The categories of other schemes that an export writes."""

    plover: tuple[str, ...]
    acled: tuple[str, ...]
    ucdp: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One file of data/ontology/."""

    type: EventType
    label: str
    definition: str
    roles: dict[Role, str]
    crosswalk: Crosswalk
    verbs: tuple[Words, ...] = ()
    nouns: tuple[Words, ...] = ()
    fixed: tuple[Words, ...] = ()


@dataclass(frozen=True, slots=True)
class WordClasses:
    """data/lexicons/word-classes.yaml."""

    classes: dict[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Sense:
    """One way in which a phrase signals a type; its conditions as sets of written forms."""

    phrase: tuple[str, ...]
    type: EventType
    kind: str  # verb, noun, fixed
    weight: int
    subject_role: Role
    needs: tuple[tuple[str, frozenset[str]], ...]  # (where, words): object, subject, near, after, before
    vetoes: tuple[tuple[str, frozenset[str]], ...]


@dataclass(frozen=True, slots=True, eq=False)
class EventTable:
    """Every trigger by its first written word, longest phrases first, the lexis to read clauses with, and who can act."""

    entries: tuple[Entry, ...]
    senses: dict[str, tuple[Sense, ...]]
    lex: Lexis
    actors: ActorWords


@lru_cache(maxsize=1)
def event_table() -> EventTable:
    """The shipped ontology, ready to be looked up."""
    entries = tuple(lexicons.load(f"ontology/{kind.value}", Entry) for kind in EventType)
    classes = lexicons.load("lexicons/word-classes", WordClasses)
    forms = irregular()
    expanded = {name: _plurals(words, forms) for name, words in classes.classes.items()}
    senses: dict[str, list[Sense]] = {}
    for sense in (s for entry in entries for s in _senses(entry, expanded, forms)):
        senses.setdefault(sense.phrase[0], []).append(sense)
    verbs = frozenset(
        word.split()[0].split("-")[-1] for entry in entries for group in entry.verbs for word in group.words
    )
    nouns = frozenset(word for entry in entries for group in entry.nouns for word in group.words)
    actors = ActorWords.of(expanded, lexicons.load("lexicons/deeds", DeedWords))
    ordered = {first: tuple(sorted(found, key=_by_length)) for first, found in senses.items()}
    return EventTable(entries, ordered, lexis(verbs, nouns), actors)


def _by_length(sense: Sense) -> tuple[int, int]:
    """Longest phrases first; among equals those that ask for more."""
    return (-len(sense.phrase), -len(sense.needs))


def _plurals(words: tuple[str, ...], forms: Irregular) -> frozenset[str]:
    return frozenset(form for word in words for form in noun_forms(word, forms))


def _senses(entry: Entry, classes: dict[str, frozenset[str]], forms: Irregular) -> Iterator[Sense]:
    for kind, groups in (("verb", entry.verbs), ("noun", entry.nouns), ("fixed", entry.fixed)):
        for group in groups:
            needs = _conditions(group, "", classes, forms)
            vetoes = _conditions(group, "not_", classes, forms)
            for word in group.words:
                for phrase in _phrases(word, kind, forms):
                    yield Sense(phrase, entry.type, kind, group.weight, group.subject_role, needs, vetoes)


def _conditions(
    group: Words, prefix: str, classes: dict[str, frozenset[str]], forms: Irregular
) -> tuple[tuple[str, frozenset[str]], ...]:
    found = []
    for where in ("object", "subject", "near", "after", "before"):
        words: tuple[str, ...] = getattr(group, f"{prefix}{where}")
        if words:
            plain = _plurals(tuple(word for word in words if not word.startswith("@")), forms)
            named = [word[1:] for word in words if word.startswith("@") and word != NAME]
            extra = {NAME} if NAME in words else set()
            found.append((where, plain.union(extra, *(classes[name] for name in named))))
    return tuple(found)


def _phrases(word: str, kind: str, forms: Irregular) -> tuple[tuple[str, ...], ...]:
    """The written forms of a phrase: verbs inflect their first word, nouns their last."""
    parts = word.replace("-", " ").split()
    if kind == "fixed":
        return (tuple(parts),)
    if kind == "noun":
        return tuple((*parts[:-1], form) for form in noun_forms(parts[-1], forms))
    at = 1 if "-" in word.partition(" ")[0] else 0
    made = verb_forms(parts[at], forms)
    written = dict.fromkeys(made.every)
    return tuple((*parts[:at], form, *parts[at + 1 :]) for form in written)
