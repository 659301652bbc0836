"""Who did it to whom, by the syntax around a trigger.

Left of an active verb stands the agent, right of it the target; a passive is turned round and its "by" gives the agent. Around a
noun, "by", its possessor, what is set before it ("army shelling") and the verb that carries it out give the agent, "on", "against" and
"of" the target; of clashes "between" two sides both act. Only who can act is named as an actor, and as a target also what can be hit,
taken or carried off: names, and nouns of people, bodies and things that the lexicon knows. Of "a number of villagers" the villagers
are meant. Pronouns are handed on as they stand: whom they mean is a matter of the report.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bywhom.claims.actorwords import ActorWords
from bywhom.claims.nounphrases import TIMES, Phrase, PhraseReader
from bywhom.prose.lexis import AUXILIARIES, Lexis, Tag
from bywhom.prose.syntax import Clause, Group, read_clause
from bywhom.prose.verbs import Shape
from bywhom.records import Actor, EventType, Mention, Role, Span

_TRANSPARENT = frozenset({Tag.ADVERB, Tag.RELATIVE, Tag.THAT})
_REACH = 10  # words behind a trigger in which its "by" or "against" is looked for
_FAR = 16  # words before a noun in which the verb that carries it out is looked for
# Most nouns with these endings are people: "shepherd" has to be listed, "smuggler" and "separatist" need not be.
_PERSONAL_ENDING = re.compile(
    r"(?:[a-z]{3}(?:ists?|ians?|keepers?|ees)|[a-z]{4}(?:ers|ors)|[a-z]{2}(?:man|men|woman|women))$"
)
_RELATIVES = frozenset({"who", "which", "that", "whom"})
_COMMON_ENDING = re.compile(r"(?:s|ing|ion|ment|ness|ity|ance|ence)$")
_OPENS = re.compile(r"(?:^|[.!?:\n\u201c\"]\s*)$")
_NATIONAL = re.compile(r"[A-Z][a-z]{1,}(?:ian|ean|ish|ese|can|aeli|aqi|emeni|hite|unni|kh|ab)$")
# Nobody is done anything to by these: who is moved moves.
_NO_TARGET = frozenset(
    {EventType.OTHER, EventType.MOBILISE, EventType.FLEE, EventType.WITHDRAW, EventType.SURRENDER, EventType.DESERT}
)
_SUFFERED = frozenset({EventType.CASUALTY, EventType.DETAIN, EventType.EXECUTE, EventType.DESTROY})
_ENDS = frozenset({Tag.PREPOSITION, Tag.SUBORDINATOR, Tag.MARK, Tag.CONJUNCTION})
_BETWEEN = frozenset({EventType.ATTACK, EventType.CASUALTY, EventType.OTHER})
# What one event leaves unsaid and another of the same clause says: "were killed when the army shelled a market".
_FROM = {
    EventType.CASUALTY: frozenset({(EventType.ATTACK, Role.AGENT), (EventType.SABOTAGE, Role.AGENT)}),
    EventType.DESTROY: frozenset({(EventType.ATTACK, Role.AGENT), (EventType.SABOTAGE, Role.AGENT)}),
    EventType.EXECUTE: frozenset({(EventType.ATTACK, Role.AGENT)}),
    EventType.ATTACK: frozenset({(EventType.CASUALTY, Role.TARGET), (EventType.CASUALTY, Role.AGENT)}),
}


@dataclass(frozen=True, slots=True)
class Deed:
    """The words that name what was done: their positions in the clause, and how they do it."""

    first: int
    last: int
    is_verb: bool
    type: EventType
    subject_role: Role = Role.AGENT


def find_actors(
    clause: Clause, text: str, deeds: tuple[Deed, ...], words: ActorWords, lex: Lexis, sentence: Span | None = None
) -> tuple[Actor, ...]:
    """The agents and targets of the first of the deeds that a clause names; of its main verb where it names none.

    What is not said of that deed is taken from another that it goes with: victims from a toll, who killed from the attack. What the
    clause does not say is looked for in its `sentence`: the subject that two clauses share, whom a "who" stands for.
    """
    players = _Players(clause, text, words, lex)
    if not deeds:
        return _settled(players.of(None))
    found = players.of(deeds[0])
    if sentence is not None and not (_has(found, Role.AGENT) and _has(found, Role.TARGET)):
        found = _filled(found, _in_sentence(clause, text, deeds[0], words, lex, sentence))
    for deed in deeds[1:]:
        goes_with = _FROM.get(deeds[0].type, frozenset())
        roles = [role for kind, role in goes_with if kind is deed.type and not _has(found, role)]
        if roles:
            found = _filled(found, tuple(actor for actor in players.of(deed) if actor.role in roles))
    return _settled(found)


def _in_sentence(
    clause: Clause, text: str, deed: Deed, words: ActorWords, lex: Lexis, sentence: Span
) -> tuple[Actor, ...]:
    """The agents and targets that the whole sentence shows for a deed of one of its clauses."""
    if sentence.start >= clause.span.start:  # what is shared with other clauses stands before
        return ()
    whole = Span(sentence.start, max(sentence.end, clause.span.end))
    wider, start = read_clause(text, whole, lex), clause.words[deed.first].start
    at = next((n for n, word in enumerate(wider.words) if word.start == start), None)
    if at is None:
        return ()
    moved = Deed(at, at + deed.last - deed.first, deed.is_verb, deed.type, deed.subject_role)
    return _Players(wider, text, words, lex).of(moved)


def _filled(found: tuple[Actor, ...], further: tuple[Actor, ...]) -> tuple[Actor, ...]:
    """What was found, with the further actors of roles that nobody has."""
    return (*found, *(actor for actor in further if not _has(found, actor.role)))


def _has(found: tuple[Actor, ...], role: Role) -> bool:
    return any(actor.role is role and actor.name.lower() not in _RELATIVES for actor in found)


def _settled(found: tuple[Actor, ...]) -> tuple[Actor, ...]:
    """The actors without words that only point back in the clause, each once."""
    kept = [actor for actor in found if actor.name.lower() not in _RELATIVES]
    agents = {actor.name for actor in kept if actor.role is Role.AGENT}
    return tuple(dict.fromkeys(a for a in kept if a.role is Role.AGENT or a.name not in agents))


class _Players:
    """Who acts and who suffers in one clause."""

    def __init__(self, clause: Clause, text: str, words: ActorWords, lex: Lexis) -> None:
        self.clause, self.text, self.words, self.deeds = clause, text, words, words.deeds
        self.light, self.speech = lex.grammar.light, lex.grammar.speech
        self.phrases = PhraseReader(clause, text)

    def of(self, deed: Deed | None) -> tuple[Actor, ...]:
        """The agents and targets of an event."""
        if deed is not None and not deed.is_verb and not self._is_modal(deed):
            return self._of_noun(deed)
        group = self._group(deed) if deed else self._main()
        if group is None:
            return ()
        kind, role = (deed.type, deed.subject_role) if deed else (EventType.OTHER, Role.AGENT)
        last = max(group.head, deed.last) if deed else group.head
        subject = self._subject(group)
        if self._is_reduced(group, kind, last):
            return self._named(Role.TARGET, subject, kind)
        if group.passive and kind is EventType.MOBILISE:
            return self._named(Role.AGENT, self._by(last), kind) or self._named(Role.AGENT, subject, kind)
        if group.passive:
            return (*self._named(Role.AGENT, self._by(last), kind), *self._befallen(subject, kind))
        target = self._befallen(self._object(last, kind), kind) or self._befallen(
            self._behind(last, self.deeds.verb_towards.get(kind, frozenset())), kind
        )
        if deed is None:  # "it is likely": nobody
            subject = tuple(who for who in subject if who.text.lower() != "it")
        return (*self._named(role, subject, kind), *target)

    def _is_reduced(self, group: Group, kind: EventType, last: int) -> bool:
        """Whether a participle only looks like a past: "nine villagers killed in the raid", which has no object."""
        word = self.clause.words[group.head].low
        bare = (
            group.first == group.head and not group.passive and word.endswith(("ed", "ain", "en")) and kind in _SUFFERED
        )
        if not bare or last + 1 >= len(self.clause.words):
            return bare
        counted = (
            self.clause.words[last + 1].low in self.deeds.counting
            or self.clause.words[min(last + 2, len(self.clause.words) - 1)].low == "least"
        )
        return not counted and self.clause.tags[last + 1] in _ENDS

    def _group(self, deed: Deed) -> Group | None:
        """The verb that a deed's words are, or are the "must" of."""
        around = (g for g in self.clause.groups if g.first <= deed.first <= g.head)
        return self.clause.group_of(deed.first) or next(around, None)

    def _is_modal(self, deed: Deed) -> bool:
        return self.clause.tags[deed.first] is Tag.MODAL

    # Verbs -----------------------------------------------------------------------------------------------------------

    def _main(self) -> Group | None:
        """The main verb; of "I think that rebels fled" the one behind."""
        finite = [g for g in self.clause.groups if g.shape is Shape.FINITE]
        main = min(finite, key=lambda g: (g.depth, g.head), default=None)
        if main is None or main.lemma not in self.speech or main.passive:
            return main
        return next((g for g in finite if g.head > main.head and g.lemma not in self.speech), main)

    def _object(self, at: int, kind: EventType) -> tuple[Mention, ...]:
        """What stands right behind a verb; of "fired shells" and "caused losses" nothing does."""
        n = at + 1
        while n < len(self.clause.words) and self.clause.tags[n] is Tag.ADVERB:
            n += 1
        if n < len(self.clause.words) and self.clause.tags[n] is Tag.PRONOUN:
            return (self.phrases.word(n),)
        things = {EventType.ATTACK: self.words.weapons, EventType.CASUALTY: self.deeds.tolls}.get(kind, ())
        return self._meant(p for p in self.phrases.ahead(n) if self.clause.words[p.head].low not in things)

    def _subject(self, group: Group) -> tuple[Mention, ...]:
        """The noun phrases before the verb; a relative pronoun hands on to what it stands for."""
        if group.shape is Shape.ADJECTIVE:
            return self._meant(self.phrases.ahead(group.head + 1)[:1])
        n = group.first - 1
        while n >= 0 and self.clause.tags[n] in _TRANSPARENT:
            n -= 1
        if n < 0:
            return self._pointing(group.first)
        if group.shape in (Shape.INFINITIVE, Shape.GERUND):
            return self._subject_of_lead(group, n)
        if self.clause.tags[n] is Tag.CONJUNCTION and group.shape is Shape.FINITE:
            return self._shared(group)
        if self.clause.tags[n] is Tag.PRONOUN:
            return (self.phrases.word(n),)
        return self._ending_at(n) if self.clause.tags[n] not in AUXILIARIES else ()

    def _ending_at(self, n: int) -> tuple[Mention, ...]:
        """Whom the words up to `n` name as a subject: the outermost, but of "attacks by rebels" the rebels, and no "elsewhere"."""
        best, last = tuple[Mention, ...](), ""
        for phrases, link in self.phrases.behind(n):
            found = self._meant(phrases)
            named = any(self._can_be(who, Role.AGENT, EventType.ATTACK) for who in found)
            outside = last in ("by", "from") or self.clause.words[phrases[0].first].low in self.deeds.nowhere
            if best and not named and outside:
                return best
            best, last = found, link
        return best

    def _pointing(self, first: int) -> tuple[Mention, ...]:
        """The relative pronoun that opens the clause: whom it stands for is in the sentence."""
        opens = first > 0 and self.clause.tags[0] in (Tag.RELATIVE, Tag.THAT)
        return (self.phrases.word(0),) if opens else ()

    def _shared(self, group: Group) -> tuple[Mention, ...]:
        """The subject that a verb behind "and" has from the verb before it."""
        before = [g for g in self.clause.groups if g.head < group.first and g.shape is Shape.FINITE]
        if not before or before[-1].passive != group.passive:
            return ()
        return self._subject(before[-1])

    def _subject_of_lead(self, group: Group, n: int) -> tuple[Mention, ...]:
        """Infinitives and gerunds take the subject of the verb that leads to them, or its object where that is who acts."""
        clause = self.clause
        touching = clause.words[n].end == clause.words[group.first].start - 1
        if clause.tags[n] is Tag.NOUN and touching and group.shape is Shape.GERUND:
            return self._ending_at(n)
        leads = [g for g in clause.groups if g.head < group.head and g.shape is Shape.FINITE]
        if not leads:
            return ()
        lead = leads[-1]
        if lead.lemma in self.deeds.object_acts and not lead.passive:
            objects = self._object(lead.head, EventType.OTHER)
            return objects or self._behind(lead.head, frozenset({"on"})) or self._subject(lead)
        if lead.passive and group.shape is Shape.GERUND and lead.lemma not in self.deeds.object_acts:
            return self._by(lead.head)
        return self._subject(lead)

    # Nouns -----------------------------------------------------------------------------------------------------------

    def _of_noun(self, deed: Deed) -> tuple[Actor, ...]:
        """The agents and the targets of an event that a noun names."""
        kind = deed.type
        sides = self._sides(deed.last) if kind in _BETWEEN else ()
        if len(sides) > 1:
            return self._named(Role.AGENT, sides, kind)
        before = self._set_before(deed.first, kind)
        owner = self._owner(deed.first)
        targets = self._behind(deed.last, self.deeds.towards.get(kind, self.deeds.towards_target))
        agents = self._by(deed.last) or owner or self._blamed(deed) or self._carriers(deed.first)
        if kind is EventType.CASUALTY:  # "the army's losses", "civilian deaths"
            return self._named(Role.TARGET, targets or owner or before, kind)
        agents = agents if self._named(Role.AGENT, agents, kind) else before
        return (*self._named(Role.AGENT, agents, kind), *self._named(Role.TARGET, targets, kind))

    def _sides(self, at: int) -> tuple[Mention, ...]:
        """Both sides of what goes on "between" them."""
        for n in range(at + 1, min(at + _REACH, len(self.clause.words) - 1)):
            if self.clause.words[n].low == "between":
                return self._meant(self.phrases.ahead(n + 1))
            if self.clause.tags[n] in (Tag.MARK, Tag.RELATIVE, Tag.SUBORDINATOR):
                break
        return ()

    def _carriers(self, first: int) -> tuple[Mention, ...]:
        """The subject of a verb whose object the noun is: "rebels launched an attack"."""
        before = [g for g in self.clause.groups if g.head < first and g.shape is not Shape.ADJECTIVE]
        if not before or first - before[-1].head > _FAR:
            return ()
        lead = before[-1]
        between = self.clause.tags[lead.head + 1 : first]
        cut_off = Tag.RELATIVE in between or Tag.SUBORDINATOR in between
        return self._subject(lead) if self._carries_out(lead) and not cut_off else ()

    def _carries_out(self, group: Group) -> bool:
        """Whether the subject of a verb does what its object names."""
        if group.passive:
            return group.lemma in ("involve", "engage")
        carries = group.lemma in self.light or group.lemma in self.deeds.carrying
        return carries and group.lemma not in self.deeds.not_carrying

    def _blamed(self, deed: Deed) -> tuple[Mention, ...]:
        """Who is blamed for it: "the attack was blamed on rebels", "blamed the army for the attack"."""
        for group in self.clause.groups:
            if group.lemma not in self.deeds.blaming:
                continue
            if group.head > deed.last and group.passive and group.head - deed.last <= _REACH:
                return self._behind(group.head, frozenset({"on", "to", "by"}))
            if group.head < deed.first and not group.passive and group.lemma != "claim":
                between = {word.low for word in self.clause.words[group.head + 1 : deed.first]}
                over = self._object(group.head, EventType.OTHER)
                return over if between & {"for", "of"} else self._behind(deed.last, frozenset({"on", "to"}))
        return ()

    def _owner(self, first: int) -> tuple[Mention, ...]:
        """The possessor before the noun: "the army's offensive", "its heavy offensive"."""
        clause, n = self.clause, first - 1
        while n > 0 and clause.tags[n] is Tag.NOUN:
            n -= 1
        if n < 0:
            return ()
        if clause.words[n].low in self.deeds.owning:
            return self._doing(n) or (self.phrases.word(n),)
        if n and clause.words[n].low == "'s" and clause.tags[n - 1] is Tag.NOUN:
            return self._meant(next(self.phrases.behind(n - 1))[0])
        return ()

    def _doing(self, n: int) -> tuple[Mention, ...]:
        """The subject of the verb before a possessor that stands for it: "rebels went on with their advance"."""
        before = [g for g in self.clause.groups if g.head < n and g.shape is Shape.FINITE and not g.passive]
        return self._subject(before[-1]) if before else ()

    def _set_before(self, first: int, kind: EventType) -> tuple[Mention, ...]:
        """Who is set before the noun as if an adjective: "regime air strikes", "civilian deaths"."""
        last = first - 1
        while last >= 0 and self.clause.words[last].low in self.deeds.weapons_before:
            last -= 1
        if (
            last < 0
            or self.clause.tags[last] is not Tag.NOUN
            or self.clause.words[last].end < self.clause.words[first].start - 40
        ):
            return ()
        word = self.clause.words[last]
        national = _NATIONAL.search(word.text) or (word.text.isupper() and len(word.text) > 1)
        if kind is EventType.CASUALTY:
            return (self.phrases.word(last),) if word.low in self.words.acting else ()
        if word.low in self.deeds.no_modifier or not (national or word.low in self.words.acting):
            return ()
        start = last
        while start and self.clause.tags[start - 1] is Tag.NOUN and self.clause.words[start - 1].text[0].isupper():
            start -= 1
        mention = self.phrases.mention(Phrase(start, last, last))
        return (mention,) if mention else ()

    # Both ------------------------------------------------------------------------------------------------------------

    def _by(self, at: int) -> tuple[Mention, ...]:
        """Who stands behind "by", over the participle that leads to it: "attacks carried out by rebels"."""
        for n in range(at + 1, min(at + _FAR, len(self.clause.words) - 1)):
            if self.clause.words[n].low == "by":
                found = self._meant(self.phrases.ahead(n + 1))
                return found if found or self.clause.tags[n + 1] is not Tag.PRONOUN else (self.phrases.word(n + 1),)
            group = self.clause.group_of(n)
            if group and not group.passive and group.lemma != "include":
                return ()
            if self.clause.tags[n] in (Tag.SUBORDINATOR, Tag.CONJUNCTION):
                return ()
        return ()

    def _behind(self, at: int, prepositions: frozenset[str]) -> tuple[Mention, ...]:
        """The noun phrases after one of the prepositions, before the next verb or mark."""
        for n in range(at + 1, min(at + _REACH, len(self.clause.words) - 1)):
            word, tag = self.clause.words[n], self.clause.tags[n]
            if word.low in prepositions:
                found = self._meant(self.phrases.ahead(n + 1))
                pronoun = self.clause.tags[n + 1] is Tag.PRONOUN
                return found if found or not pronoun else (self.phrases.word(n + 1),)
            if tag in (Tag.VERB, Tag.RELATIVE, Tag.MARK, Tag.SUBORDINATOR) or tag in AUXILIARIES:
                return ()
        return ()

    def _meant(self, phrases: Iterator[Phrase] | tuple[Phrase, ...]) -> tuple[Mention, ...]:
        """The words of phrases; of a part, those of the whole: "villagers" of "a number of villagers"."""
        found = (self.phrases.mention(self._whole(phrase)) for phrase in phrases)
        return tuple(mention for mention in found if mention)

    def _whole(self, phrase: Phrase) -> Phrase:
        words = self.clause.words
        low = words[phrase.head].low
        if low in self.deeds.held:
            return self._holder(phrase)
        if low not in self.words.parts and self.clause.tags[phrase.head] is not Tag.NUMBER:
            return phrase
        if phrase.last > phrase.head:  # "members of the Red Hand": a name that the phrase goes on with
            return Phrase(phrase.head + 2, phrase.last, phrase.last)
        if phrase.last + 2 < len(words) and words[phrase.last + 1].low == "of":
            n = phrase.last + 2
            return Phrase(n, n, n) if self.clause.tags[n] is Tag.PRONOUN else self.phrases.one_ahead(n) or phrase
        return phrase

    def _holder(self, phrase: Phrase) -> Phrase:
        """Whose position it is, where the phrase says so: "rebel positions", "positions of the army"."""
        words = self.clause.words
        if phrase.last > phrase.head:
            return Phrase(phrase.head + 2, phrase.last, phrase.last)
        if phrase.last + 2 < len(words) and words[phrase.last + 1].low == "of":
            return self.phrases.one_ahead(phrase.last + 2) or phrase
        before = phrase.head - 1
        held = before >= phrase.first and words[before].low in self.words.acting
        return Phrase(phrase.first, before, before) if held else phrase

    def _named(self, role: Role, mentions: tuple[Mention, ...], kind: EventType) -> tuple[Actor, ...]:
        return tuple(Actor(_name(who), role, who) for who in mentions if self._can_be(who, role, kind))

    def _befallen(self, mentions: tuple[Mention, ...], kind: EventType) -> tuple[Actor, ...]:
        """Those to whom it is done; in what is no event of ours whoever is named there takes part."""
        if kind is not EventType.OTHER:
            return self._named(Role.TARGET, mentions, kind)
        return tuple(
            Actor(_name(who), Role.OTHER, who)
            for who in mentions
            if _is_name(self.text, who) and self._can_be(who, Role.AGENT, kind)
        )

    def _can_be(self, mention: Mention, role: Role, kind: EventType) -> bool:
        """Whether a noun phrase names somebody, or something that can be acted upon."""
        low = mention.text.lower()
        if low in self.deeds.standing_in or low in self.deeds.owning:
            return role is Role.AGENT or kind not in _NO_TARGET
        if role is Role.TARGET and kind in _NO_TARGET:
            return False
        head = re.split(r"[\s-]", _HEAD_END.split(mention.text)[0])[-1].lower()
        if not self.deeds.unnamed.isdisjoint((head, low)) or low in self.deeds.nowhere:
            return False
        if head in self.deeds.places or head in TIMES:
            return False
        if head in (self.words.acted_upon if role is Role.TARGET else self.words.acting):
            return True
        return _is_name(self.text, mention) or bool(_PERSONAL_ENDING.search(head) and head not in self.words.others)


_HEAD_END = re.compile(r" (?:of|from|for|affiliated|belonging|loyal|linked|allied|related) ", re.IGNORECASE)
_BRACKETED = re.compile(r"\s*[\[(][^\])]*[\])]")


def _name(mention: Mention) -> str:
    """The words of a mention in one line, without brackets and quotation marks."""
    return " ".join(_BRACKETED.sub("", mention.text).split()).strip('"“”‘’«» ') or mention.text


def _is_name(text: str, mention: Mention) -> bool:
    """Whether a phrase ends like a name; a capital that opens a sentence shows nothing unless the word has it elsewhere."""
    *before, last = mention.text.split()
    if not last[0].isupper():
        return False
    if before or not _OPENS.search(text[max(0, mention.start - 4) : mention.start]):
        return True
    if re.search(rf"\b{re.escape(last.lower())}\b", text):
        return False
    return not _COMMON_ENDING.search(last) or bool(re.search(rf"[a-z,] {re.escape(last)}\b", text))
