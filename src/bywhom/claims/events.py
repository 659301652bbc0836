"""The event at stake in a clause: its type, the words that signal it, and who did it to whom.

Every word or phrase of data/ontology/ found in the clause is a trigger. The one that stands highest in the clause decides: the
main verb, what a light main verb brings with it ("launched an attack"), the subject, the object, then the background.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from bywhom import lexicons
from bywhom.claims.actors import ActorWords, find_actors, find_actors_of_noun
from bywhom.prose.inflection import Irregular, irregular, noun_forms, verb_forms
from bywhom.prose.lexis import AUXILIARIES, Lexis, Tag, lexis
from bywhom.prose.syntax import Clause, Group, read_clause
from bywhom.prose.verbs import Shape
from bywhom.records import Event, EventType, Mention, Role, Span

_NAME = "@name"  # in conditions: a word written like a name
_REACH = 9  # words to either side of a trigger in which its subject and object are looked for
_GAP = 2  # words that may stand inside a phrasal verb: "blew the bridge up"
_LEADING = frozenset(
    {"result", "engage", "participate", "culminate", "end", "succeed", "respond", "lead", "resort", "turn"}
)  # "resulted in"
_PARTICLES = frozenset({"out", "up", "off", "down"})
_SAYING = frozenset(
    {
        "say",
        "tell",
        "report",
        "add",
        "announce",
        "state",
        "claim",
        "warn",
        "confirm",
        "deny",
        "note",
        "allege",
        "declare",
        "insist",
        "stress",
    }
)
_UNDOING = frozenset({"de", "anti", "non", "post", "pre", "ex", "pro"})  # "de-escalation" is no escalation
_OPENS = 2  # words that may stand before a participle that opens its clause
_CLOSE = 3  # words between "refuse" and what is refused
_REFUSED = frozenset({EventType.SURRENDER, EventType.DETAIN, EventType.FLEE, EventType.WITHDRAW})
_OPENING = frozenset('“‘«„"')
_IN_NOUN_PHRASE = frozenset({Tag.NOUN, Tag.DETERMINER, Tag.NUMBER, Tag.ADVERB, Tag.NEGATOR})
_MARKS_THAT_CLOSE = frozenset({";", ":", "(", ")", "–", "—", "?", "!"})


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


@dataclass(frozen=True, slots=True)
class EventTable:
    """Every trigger by its first written word, longest phrases first, the lexis to read clauses with, and who can act."""

    entries: tuple[Entry, ...]
    senses: dict[str, tuple[Sense, ...]]
    lex: Lexis
    actors: ActorWords


@dataclass(frozen=True, slots=True)
class Trigger:
    """Words in a clause that signal an event."""

    mention: Mention
    type: EventType
    weight: int
    is_verb: bool
    negated: bool
    rank: float  # how high it stands in the clause: the highest decides
    first: int = 0  # positions in the clause's words
    last: int = 0
    subject_role: Role = Role.AGENT


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
    ordered = {first: tuple(sorted(found, key=_by_length)) for first, found in senses.items()}
    return EventTable(entries, ordered, lexis(verbs, nouns), ActorWords.of(expanded))


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
            named = [word[1:] for word in words if word.startswith("@") and word != _NAME]
            extra = {_NAME} if _NAME in words else set()
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
    written = dict.fromkeys((*made.base, *made.third, *made.past, *made.participle, *made.gerund))
    return tuple((*parts[:at], form, *parts[at + 1 :]) for form in written)


def triggers_in(text: str, span: Span, *, table: EventTable) -> tuple[Trigger, ...]:
    """Every event that words of the span signal, in text order."""
    return _triggers(read_clause(text, span, table.lex), text, table)


def find_event(
    text: str,
    span: Span,
    *,
    table: EventTable,
    sentence: Span | None = None,  # noqa: ARG001  the contract of the room: a reader with a model needs the sentence
    cue: Mention | None = None,
) -> Event:
    """The event at stake in a clause: the highest trigger, or OTHER where none is high enough."""
    clause = read_clause(text, span, table.lex)
    found = [t for t in _triggers(clause, text, table) if not _is_frame(t, cue)]
    best = max(found, key=lambda t: (t.rank, -t.first), default=None)
    if best is None or best.rank < _LEAST:
        return Event(EventType.OTHER, None, find_actors(clause, text, None, Role.AGENT, table.actors))
    best = _refused(best, found)
    actors = (
        find_actors(clause, text, best.first, best.subject_role, table.actors)
        if best.is_verb
        else find_actors_of_noun(clause, text, best.first, best.last, table.lex.grammar.light, table.actors)
    )
    return Event(best.type, best.mention, actors)


def _refused(best: Trigger, found: list[Trigger]) -> Trigger:
    """What is refused, where it is more than an order of one's own side: "refuse to surrender" is surrender, negated."""
    if best.type is not EventType.REFUSE:
        return best
    close = (t for t in found if 0 < t.first - best.first <= _CLOSE and t.type in _REFUSED)
    return next(close, best)


def _is_frame(trigger: Trigger, cue: Mention | None) -> bool:
    """Whether the trigger is only the cue of the attribution; a call or demand is cue and event at once."""
    if cue is None or trigger.type is EventType.APPEAL:
        return False
    return cue.start <= trigger.mention.start < cue.end


def _triggers(clause: Clause, text: str, table: EventTable) -> tuple[Trigger, ...]:
    found: list[Trigger] = []
    i = 0
    while i < len(clause.words):
        hit = _match(clause, i, table)
        if hit is None:
            i += 1
            continue
        sense, last = hit
        found.append(_trigger(clause, text, i, last, sense, table))
        i = last + 1 if sense.kind != "verb" or last - i == len(sense.phrase) - 1 else i + 1
    return tuple(_raised(found, clause))


def _raised(found: list[Trigger], clause: Clause) -> list[Trigger]:
    """The triggers; infinitives of purpose raised where the main verb names no event: "flew in to rescue"."""
    if any(t.is_verb and t.rank >= _PURPOSE for t in found):
        return found
    return [replace(t, rank=t.rank - _PARTICIPLE + _PURPOSE) if _is_infinitive(clause, t) else t for t in found]


def _is_infinitive(clause: Clause, trigger: Trigger) -> bool:
    group = clause.group_of(trigger.first)
    return group is not None and group.shape is Shape.INFINITIVE and trigger.rank < _PURPOSE and group.depth == 0


def _match(clause: Clause, i: int, table: EventTable) -> tuple[Sense, int] | None:
    """The best sense of the phrase that begins at word `i`, and the position of its last word."""
    if clause.words[i].joined and clause.words[i - 1].low in _UNDOING:
        return None
    hits = []
    for sense in table.senses.get(clause.words[i].low, ()):
        last = _phrase_end(clause, i, sense)
        if last is not None and _fits(clause, i, last, sense):
            hits.append((len(sense.phrase), sense.weight + len(sense.needs), sense, last))
    if not hits:
        return None
    best = max(hits, key=lambda hit: hit[:2])
    return best[2], best[3]


def _phrase_end(clause: Clause, i: int, sense: Sense) -> int | None:
    """Where the phrase ends if it begins at word `i`."""
    at = i
    for n, part in enumerate(sense.phrase[1:], 1):
        gap = _GAP if sense.kind == "verb" and n == len(sense.phrase) - 1 and len(part) > 1 else 0
        for j in range(at + 1, min(at + 2 + gap, len(clause.words))):
            if clause.words[j].low == part:
                at = j
                break
            if clause.words[j].low in _MARKS_THAT_CLOSE or clause.words[j].low in ",.":
                return None
        else:
            return None
    return at


def _fits(clause: Clause, first: int, last: int, sense: Sense) -> bool:
    verbal = clause.tags[first] is Tag.VERB or clause.tags[first] in AUXILIARIES
    if sense.kind == "verb" and not (verbal or _adjectival(clause, first) or _nominal_gerund(clause, first, last)):
        return False
    if sense.kind == "noun" and clause.tags[last] is Tag.VERB:
        return False
    return all(_present(clause, first, last, where, words) for where, words in sense.needs) and not any(
        _present(clause, first, last, where, words) for where, words in sense.vetoes
    )


def _nominal_gerund(clause: Clause, first: int, last: int) -> bool:
    """Whether a gerund is used as a noun with its object behind it: "the targeting of clinics"."""
    return (
        clause.words[first].low.endswith("ing") and last + 1 < len(clause.words) and clause.words[last + 1].low == "of"
    )


def _adjectival(clause: Clause, i: int) -> bool:
    group = clause.group_of(i)
    return group is not None and group.shape is Shape.ADJECTIVE


def _present(clause: Clause, first: int, last: int, where: str, words: frozenset[str]) -> bool:
    """Whether one of the words stands where the condition looks for it."""
    if where == "near":
        return any(word.low in words for n, word in enumerate(clause.words) if not first <= n <= last) or any(
            " " in phrase and _holds(clause, phrase) for phrase in words
        )
    if where == "after":
        return last + 1 < len(clause.words) and clause.words[last + 1].low in words
    if where == "before":
        return first > 0 and clause.words[first - 1].low in words
    reach = _argument(clause, first, last, where)
    return any(clause.words[n].low in words for n in reach) or (_NAME in words and _has_name(clause, reach, where))


def _has_name(clause: Clause, reach: range, where: str) -> bool:
    """Whether the noun phrase next to the verb holds a word written like a name; capitals alone tell nothing."""
    inward = reach if reach.start > 0 and where == "object" else reversed(reach)
    for n in inward:
        if clause.tags[n] not in _IN_NOUN_PHRASE:
            return False
        if clause.words[n].text[0].isupper() and not clause.words[n].text.isupper() and clause.tags[n] is Tag.NOUN:
            return True
    return False


def _holds(clause: Clause, phrase: str) -> bool:
    parts = phrase.split()
    lows = [word.low for word in clause.words]
    return any(lows[n : n + len(parts)] == parts for n in range(len(lows) - len(parts) + 1))


def _argument(clause: Clause, first: int, last: int, where: str) -> range:
    """The words in which the subject or object of a verb can lie; a passive is turned round."""
    group = clause.group_of(first)
    left = where == "subject"
    if group is not None and group.passive:
        left = not left
    if left:
        start = group.first if group else first
        if group is not None and group.shape is Shape.ADJECTIVE:
            return range(last + 1, min(last + 4, len(clause.words)))
        return range(_left_edge(clause, start), start)
    return range(last + 1, _right_edge(clause, last))


def _left_edge(clause: Clause, start: int) -> int:
    n = start
    while n > 0 and start - n < _REACH + 4 and clause.words[n - 1].low not in _MARKS_THAT_CLOSE:
        n -= 1
    return n


def _right_edge(clause: Clause, last: int) -> int:
    n = last + 1
    while n < len(clause.words) and n - last <= _REACH:
        if clause.words[n].low in _MARKS_THAT_CLOSE or clause.tags[n] in (Tag.SUBORDINATOR, Tag.RELATIVE):
            break
        if clause.tags[n] is Tag.VERB and n > last + 1 and clause.tags[n - 1] in (Tag.MARK, Tag.CONJUNCTION):
            break
        n += 1
    return n


# How high a trigger stands, by its place in the clause. Fitted on nothing but order: main before light object before subject.
_MAIN, _LIGHT, _CHAINED, _SUBJECT, _OBJECT = 100.0, 90.0, 95.0, 58.0, 55.0
_SUBORDINATE, _PARTICIPLE, _NOMINAL, _BACKGROUND, _MODIFIER = 45.0, 40.0, 38.0, 14.0, 10.0
_PURPOSE = 66.0
_LEAST = 31.0  # below stand faint words in prepositional phrases: on the development texts 4 of 5 were wrong
_OTHER_COST = (
    14.0  # words of OTHER mostly keep other triggers from misreading; they decide only where nothing else stands high
)


def _trigger(clause: Clause, text: str, first: int, last: int, sense: Sense, table: EventTable) -> Trigger:
    mention = Mention.at(Span(clause.words[first].start, clause.words[last].end), text)
    head = last if sense.kind == "verb" and clause.group_of(first) is None else first  # "were abandoned": the last word
    group = clause.group_of(head)
    rank = (
        _verb_rank(clause, group, table)
        if group is not None and sense.kind != "noun"
        else _noun_rank(clause, first, last, table)
    )
    negated = group.negated if group is not None else False
    rank += 4 * sense.weight - (_OTHER_COST if sense.type is EventType.OTHER else 0)
    if sense.weight == 0 and not _is_subject(clause, last, table):
        rank = min(rank, _LEAST - 1)
    first = head if group is not None else first
    return Trigger(mention, sense.type, sense.weight, group is not None, negated, rank, first, last, sense.subject_role)


def _is_subject(clause: Clause, last: int, table: EventTable) -> bool:
    """Whether a light verb follows right behind, or behind "in …": "the war in the south flared up"."""
    following = next((g for g in clause.groups if g.first > last and g.shape is Shape.FINITE), None)
    return following is not None and following.lemma in table.lex.grammar.light and following.lemma != "be"


def _verb_rank(clause: Clause, group: Group, table: EventTable) -> float:
    if group.shape is Shape.ADJECTIVE:
        return _MODIFIER if any(g.shape is Shape.FINITE for g in clause.groups) else _MODIFIER + 14
    earlier = [g for g in clause.groups if g.head < group.head and g.shape is Shape.FINITE]
    if group.shape is Shape.FINITE:
        rank = _MAIN - 45 * min(group.depth, 2) - (20 if group.depth and _in_background(clause, group, table) else 0)
        return rank - 4 * sum(g.depth == group.depth and g.lemma not in table.lex.grammar.speech for g in earlier)
    if group.shape is Shape.INFINITIVE:
        return _infinitive_rank(clause, group, table)
    if any(g.shape is Shape.FINITE for g in clause.groups):
        lead = clause.group_of(group.first - 2) if group.first >= 2 else None
        return _verb_rank(clause, lead, table) - 10 if lead is not None and lead.lemma in _LEADING else _PARTICIPLE
    if group.first > _OPENS:
        return _SUBJECT if group.shape is Shape.GERUND else _SUBJECT - 6
    return _MAIN - 5 if group.shape is Shape.GERUND or not _noun_before(clause, group) else _SUBJECT - 6


def _noun_before(clause: Clause, group: Group) -> bool:
    return any(tag is Tag.NOUN for tag in clause.tags[: group.first])


def _in_background(clause: Clause, group: Group, table: EventTable) -> bool:
    """Whether the verb's clause opens with "after", "since" or another word that tells the background."""
    for n in range(group.first - 1, -1, -1):
        if clause.tags[n] is Tag.SUBORDINATOR:
            return clause.words[n].low in table.lex.grammar.background
    return False


def _infinitive_rank(clause: Clause, group: Group, table: EventTable) -> float:
    """An infinitive stands as high as the verb that leads to it: "began to", "was forced to"."""
    before = [g for g in clause.groups if g.head < group.head and g.shape is not Shape.ADJECTIVE]
    if not before:
        return _MAIN - 6
    lead = before[-1]
    if lead.lemma in table.lex.grammar.catenative or lead.lemma in ("be", "have"):
        base = _verb_rank(clause, lead, table)
        return base - 3
    return _PARTICIPLE


def _noun_rank(clause: Clause, first: int, last: int, table: EventTable) -> float:
    if clause.tags[first] is Tag.PREPOSITION:
        return _prepositional_rank(clause, first, table)
    n = _phrase_start(clause, first)
    lead = n - 1
    while (
        lead >= 1
        and clause.tags[lead] is Tag.PREPOSITION
        and clause.words[lead].low in ("of", "in", "at", "for", "on")
        and (clause.words[lead - 1].low in table.lex.grammar.light_nouns)
    ):
        lead = _phrase_start(clause, lead - 1) - 1
    if lead >= 0 and clause.tags[lead] is Tag.PREPOSITION:
        return _prepositional_rank(clause, lead, table)
    if lead >= 0 and clause.tags[lead] is Tag.SUBORDINATOR:
        return _BACKGROUND if clause.words[lead].low in table.lex.grammar.background else _NOMINAL
    if lead >= 0 and (clause.tags[lead] is Tag.VERB or clause.tags[lead] in AUXILIARIES):
        return _object_rank(clause, lead, table)
    return _subject_rank(clause, last, table)


def _phrase_start(clause: Clause, i: int) -> int:
    """Where the noun phrase begins that holds word `i`."""
    n = i
    while n > 0 and _in_noun_phrase(clause, n - 1):
        n -= 1
    return n


def _in_noun_phrase(clause: Clause, i: int) -> bool:
    """Whether the word can stand inside a noun phrase; an opening quotation mark can."""
    if clause.words[i].low in _OPENING:
        return True
    return clause.tags[i] in _IN_NOUN_PHRASE and not _is_main_verb(clause, i)


def _is_main_verb(clause: Clause, i: int) -> bool:
    group = clause.group_of(i)
    return group is not None and group.shape is not Shape.ADJECTIVE


def _prepositional_rank(clause: Clause, lead: int, table: EventTable) -> float:
    if clause.words[lead].low in table.lex.grammar.background:
        return _BACKGROUND
    group = clause.group_of(lead - 1)
    if group is not None and clause.words[lead].low in _PARTICLES and group.lemma in table.lex.grammar.light:
        return _object_rank(clause, lead - 1, table)  # "carried out a raid"
    if group is not None and group.shape is not Shape.ADJECTIVE:
        rank = _verb_rank(clause, group, table)
        return rank - 14 if group.lemma in _LEADING and rank > _OBJECT else min(_OBJECT, rank) - 8
    if not any(g.shape is Shape.FINITE for g in clause.groups):
        return _NOMINAL + 10
    return _NOMINAL - 12


def _object_rank(clause: Clause, lead: int, table: EventTable) -> float:
    group = clause.group_of(lead)
    if group is None:
        return _NOMINAL
    base = _verb_rank(clause, group, table)
    if group.lemma in table.lex.grammar.light:
        return base - 10
    return base - 45 if base > 60 else base - 20


def _subject_rank(clause: Clause, last: int, table: EventTable) -> float:
    following = next((g for g in clause.groups if g.first > last and g.shape is Shape.FINITE), None)
    if following is None:
        stranded = any(g.shape is Shape.FINITE and g.head < last for g in clause.groups)
        return _MODIFIER + 10 if stranded else _NOMINAL + 15
    if following.lemma in _SAYING and any(g.shape is Shape.FINITE and g.head > following.head for g in clause.groups):
        return _MODIFIER  # part of a speaker's name: "the war monitor said …"
    if following.lemma in table.lex.grammar.light:
        return min(_LIGHT, _verb_rank(clause, following, table) - 10)
    return _SUBJECT - 20 * min(1, following.depth)
