"""Whether the event is said to have happened: negation, where it reaches the event."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from bywhom import lexicons
from bywhom.claims.phrases import find, first_of, lemmas
from bywhom.claims.refusals import BIDS, SPURNING
from bywhom.prose.lexis import Lexis, Tag
from bywhom.prose.syntax import Clause, Group, read_clause
from bywhom.prose.verbs import Shape
from bywhom.prose.words import words_of
from bywhom.records import Event, EventType, Mention, Polarity, Span

_MARKS = frozenset(",;:()–—")
_NAYS = frozenset({"not", "n't", "never"})
_TRACES = frozenset({"evidence", "indication", "proof", "sign", "signs", "trace"})
_BACK = frozenset("this that it these those all everything of".split())
_NONE = frozenset({"nothing", "nobody", "none"})
_SAVE = frozenset({"but", "except", "less", "more", "short"})  # "nothing but", "nothing more than"
# "no doubt", "make no secret of"
_NO_NEGATION = frozenset({"longer", "doubt", "secret", "matter", "mistake", "stranger", "less", "fewer"})
_BID = 5  # words between a call and what is called for
_BEFORE = 60  # characters before a clause in which the words stand that lead to it
_OPENING = 4  # words in which "the first reports that" opens a clause
_LINKING = frozenset({"therefore", "thus", "hence", "so", "however", "meanwhile", "still", "yet"})
_OPENERS = frozenset({Tag.ADVERB, Tag.CONJUNCTION, Tag.MARK})  # what may stand before a subject
_FAR = 12  # words behind "deny" among which that stands which somebody is denied
_CLOSE = 7  # words that may stand between "absence of" and the trigger it negates


@dataclass(frozen=True, slots=True)
class PolarityTable:
    """data/lexicons/polarity.yaml."""

    denial: frozenset[str]
    denial_of_words: frozenset[str]
    words_denied: frozenset[str]
    blame: frozenset[str]
    not_denial_before: frozenset[str]
    deprived_of: frozenset[str]
    absence: tuple[str, ...]
    reaching: frozenset[str]
    not_known: frozenset[str]
    withheld: frozenset[str]
    held: tuple[str, ...]
    not_negation_before: frozenset[str]
    raising: frozenset[str]
    happening: frozenset[str]
    called_off: frozenset[str]
    refuted: frozenset[str]
    belied: frozenset[str]
    upheld: frozenset[str]
    words_told: frozenset[str]
    unmoved: frozenset[str]
    hindering: frozenset[str]
    lacking: frozenset[EventType]
    wanted: frozenset[str]


@lru_cache(maxsize=1)
def polarity_table() -> PolarityTable:
    """The shipped table."""
    table: PolarityTable = lexicons.load("lexicons/polarity", PolarityTable)
    return table


def polarity_of(
    text: str, span: Span, *, event: Event, table: PolarityTable, lex: Lexis, cue: Mention | None = None
) -> Polarity:
    """NEGATIVE where the event at stake is said not to have happened, POSITIVE otherwise."""
    clause = read_clause(text, span, lex)
    at = _trigger_position(clause, event.trigger)
    if _denied(text, clause, at, cue, table, lex):
        return Polarity.NEGATIVE
    belied = _belied(clause, at, table)
    if belied is not None:  # "reports that it had not fallen were false": it had
        before = (group for group in clause.groups if group.head < belied)
        return Polarity.POSITIVE if any(_is_negation(clause, g, table) for g in before) else Polarity.NEGATIVE
    negative = (
        _deed_negated(clause, at, table) if event.type in table.lacking else _negated(clause, at, event, table, lex)
    )
    return Polarity.NEGATIVE if negative else Polarity.POSITIVE


def _trigger_position(clause: Clause, trigger: Mention | None) -> int | None:
    """The main verb inside the trigger, or its first word."""
    if trigger is None:
        return None
    inside = [i for i, word in enumerate(clause.words) if trigger.start <= word.start < trigger.end]
    return next((i for i in inside if clause.group_of(i)), inside[0] if inside else None)


def _denied(text: str, clause: Clause, at: int | None, cue: Mention | None, table: PolarityTable, lex: Lexis) -> bool:
    """Whether the source denies the content, by its cue or by the main verb of the clause."""
    if cue is not None and lemmas(words_of(text, cue.span), lex) & table.denial:
        return True
    if _reports_denied(text, clause, table, lex):
        return True
    return any(_denies(clause, group, at, table) for group in clause.groups if group.depth == 0)


def _reports_denied(text: str, clause: Clause, table: PolarityTable, lex: Lexis) -> bool:
    """Whether the clause tells what denied words say: "rejected claims that" stands right before it."""
    start = clause.span.start
    before = words_of(text, Span(max(0, start - _BEFORE), start))[-4:]
    if len(before) >= 3 and before[-1].low == "that" and before[-3].low == "no" and before[-2].low in _TRACES:
        return True  # "found no evidence that"
    if len(before) < 3 or before[-1].low not in ("that", "of") or before[-2].low not in table.words_denied:
        return False
    return bool(lemmas(before[:-2], lex) & table.denial) and not {"not", "n't", "never"} & {w.low for w in before}


def _belied(clause: Clause, at: int | None, table: PolarityTable) -> int | None:
    """Where words that tell of the event are called untrue: "reports that the fort had fallen [were] false"."""
    opening = range(min(_OPENING, len(clause.words) - 1))
    noun = next((n for n in opening if clause.words[n].low in table.words_told), None)
    link = clause.words[noun + 1].low if noun is not None else ""
    if noun is None or link not in ("that", "of"):
        return None
    finite = [g for g in clause.groups if g.head > noun and g.shape is Shape.FINITE]
    behind = finite[1:] if link == "that" else finite[:1]  # the first verb behind "that" is told in those words
    called = (g.head for g in behind if (at is None or at < g.first) and _calls_untrue(clause, g, table))
    return next(called, None)


def _calls_untrue(clause: Clause, group: Group, table: PolarityTable) -> bool:
    if group.passive and group.lemma in table.denial:
        return not group.negated
    behind = {word.low for word in clause.words[group.head + 1 : group.head + 4]}
    if group.lemma != "be" or not behind:
        return False
    return bool(behind & table.upheld) if group.negated else bool(behind & table.belied) and "not" not in behind


def _denies(clause: Clause, group: Group, at: int | None, table: PolarityTable) -> bool:
    """Whether the group denies what it governs."""
    if group.lemma not in table.denial or group.shape is Shape.ADJECTIVE or group.negated or group.passive:
        return False
    follows = {word.low for word in clause.words[group.head + 1 : group.head + 5]}
    if group.lemma in table.denial_of_words:
        return bool(follows & table.words_denied)
    return group.head != at and not follows & table.not_denial_before and not _deprives(clause, group, table)


def _deprives(clause: Clause, group: Group, table: PolarityTable) -> bool:
    """Whether somebody is denied a thing: "to deny the rebels the use of the port"."""
    behind = clause.words[group.head + 1 : group.head + _FAR]
    return any(a.low in ("the", "any", "their", "its") and b.low in table.deprived_of for a, b in pairwise(behind))


def _deed_negated(clause: Clause, at: int | None, table: PolarityTable) -> bool:
    """Whether a refusal or a cruelty is said not to have been; where something is only lacking, the lack is the event."""
    if at is None or clause.words[at].low in table.wanted:
        return False
    if clause.group_of(at) is not None:
        return _group_negated(clause, at, table)
    return _noun_negated(clause, at) or _never_happened(clause, at, table)


def _negated(clause: Clause, at: int | None, event: Event, table: PolarityTable, lex: Lexis) -> bool:
    if event.type is EventType.AID and _withheld(clause, table):
        return True
    if event.type is EventType.WITHDRAW and first_of(clause.words, table.held):
        return True
    if at is None or event.type is EventType.OTHER:
        return _main_negated(clause, table, lex) or (at is not None and _reached(clause, at, event, table))
    about = _is_about(clause, at) and _main_undone(clause, table, lex)
    return about or _reached(clause, at, event, table)


def _reached(clause: Clause, at: int, event: Event, table: PolarityTable) -> bool:
    """Whether a negation reaches the trigger itself."""
    return (
        _group_negated(clause, at, table)
        or _led_by_negation(clause, at, table)
        or _noun_negated(clause, at)
        or _absent(clause, at, table)
        or _no_subject(clause, at)
        or _never_happened(clause, at, table)
        or _spurned(clause, at, event)
        or _none_there(clause, at)
    )


def _is_about(clause: Clause, at: int) -> bool:
    """Whether a noun tells what the main verb is about: "did not carry out the raid"; "the raid was not easy" was a raid."""
    main = _main(clause)
    return main is not None and clause.group_of(at) is None and (main.lemma != "be" or at > main.head)


def _none_there(clause: Clause, at: int) -> bool:
    """Whether there is nobody to whom it happens: "there are no strangers being held"."""
    group, main = clause.group_of(at), _main(clause)
    if group is None or main is None or main.lemma != "be" or group.shape not in (Shape.GERUND, Shape.REDUCED):
        return False
    return main.head + 1 < at and clause.words[main.head + 1].low == "no"


def _withheld(clause: Clause, table: PolarityTable) -> bool:
    return any(word.low in table.withheld for word in clause.words)


def _is_negation(clause: Clause, group: Group, table: PolarityTable) -> bool:
    """Whether the group is negated and not by "not only"."""
    if not group.negated:
        return False
    inside = [word.low for word in clause.words[group.first : group.head + 4]]
    behind = {word for nay, word in pairwise(inside) if nay in _NAYS or nay.endswith(("n't", "n’t"))}
    return not table.not_negation_before & behind


def _group_negated(clause: Clause, at: int, table: PolarityTable) -> bool:
    """Whether the verb at the trigger is negated itself."""
    group = clause.group_of(at)
    return group is not None and _is_negation(clause, group, table)


def _led_by_negation(clause: Clause, at: int, table: PolarityTable) -> bool:
    """Whether a negated verb of expecting or allowing leads to the trigger."""
    leads = [g for g in clause.groups if g.head < at and g.shape is not Shape.ADJECTIVE]
    if not leads:
        return False
    lead = leads[-1]
    return lead.lemma in table.raising and _is_negation(clause, lead, table) and at - lead.head <= _CLOSE


def _noun_negated(clause: Clause, at: int) -> bool:
    """Whether "no" determines the noun phrase of the trigger: "no incident", "no signs"."""
    n = at - 1
    while n >= 0 and clause.tags[n] in (Tag.NOUN, Tag.ADVERB, Tag.DETERMINER, Tag.CONJUNCTION, Tag.NEGATOR):
        if clause.words[n].low == "no" and clause.words[n + 1].low not in _NO_NEGATION:
            return True
        n -= 1
    return False


def _never_happened(clause: Clause, at: int, table: PolarityTable) -> bool:
    """Whether a noun is the subject of not happening: "the raid did not take place", "was called off", "is a lie"."""
    if clause.group_of(at) is not None:
        return False
    main = next((g for g in clause.groups if g.first > at and g.shape is Shape.FINITE), None)
    if main is None or main.depth or _cut_off(clause, at, main.first):
        return False
    behind = {word.low for word in clause.words[main.head + 1 : main.head + 4]}
    if main.lemma == "be":
        return not main.negated and bool(behind & table.refuted)
    if main.passive and main.lemma in table.called_off:
        return not main.negated
    return main.lemma in table.happening and _is_negation(clause, main, table)


def _spurned(clause: Clause, at: int, event: Event) -> bool:
    """Whether the event is what somebody called for in vain: "rejected an ultimatum to surrender"."""
    if event.type in (EventType.OTHER, EventType.APPEAL):
        return False
    bid = next((n for n in range(at - 1, max(-1, at - _BID), -1) if clause.words[n].low in BIDS), None)
    if bid is None or _cut_off(clause, bid, at):
        return False
    spurning = (g for g in clause.groups if g.lemma in SPURNING and not g.negated)
    return any(bid - _CLOSE < g.head < bid if not g.passive else g.first > at for g in spurning)


def _absent(clause: Clause, at: int, table: PolarityTable) -> bool:
    """Whether a word of absence stands shortly before the trigger, with no other finite verb between."""
    group = clause.group_of(at)
    finite = group is not None and group.shape is Shape.FINITE
    for first, last in find(clause.words, table.absence):
        holder = clause.group_of(first)
        if holder is not None and holder.negated and holder.lemma in table.hindering:
            continue  # "could not prevent the raid"
        phrase = " ".join(word.low for word in clause.words[first : last + 1])
        near = last < at <= last + _CLOSE + 2 and not _cut_off(clause, last, at)
        if near and (phrase in table.reaching or not finite):
            return True
        if first <= at <= last and at != first:
            return True
    return False


def _cut_off(clause: Clause, left: int, right: int) -> bool:
    """Whether a finite verb or a mark stands between."""
    marks = any(clause.words[n].low in _MARKS for n in range(left + 1, right))
    return marks or any(left < g.head < right and g.shape is Shape.FINITE for g in clause.groups)


def _no_subject(clause: Clause, at: int) -> bool:
    """Whether the subject of the trigger's clause is none: "no orders have been issued to leave"."""
    n = _subject_at(clause)
    if n >= len(clause.words) or clause.words[n].low not in ("no", "nobody", "none", "neither", "nothing"):
        return False
    if n + 1 < len(clause.words) and clause.words[n + 1].low in _NO_NEGATION:
        return False
    return not any(clause.tags[i] is Tag.MARK and clause.words[i].low in ",;:" for i in range(n, at))


def _subject_at(clause: Clause) -> int:
    """Where the subject begins, behind a conjunction and an adverb: "Therefore, no …", "but nobody …"."""
    opening = 0
    while opening < min(_OPENING - 1, len(clause.words)) and _links(clause, opening):
        opening += 1
    return opening


def _links(clause: Clause, i: int) -> bool:
    return clause.tags[i] in _OPENERS or clause.words[i].low in _LINKING


def _main(clause: Clause, but: Container[str] = ()) -> Group | None:
    """The main verb of the clause, verbs of saying and the like passed over."""
    return next((g for g in clause.groups if g.shape is Shape.FINITE and g.depth == 0 and g.lemma not in but), None)


def _main_negated(clause: Clause, table: PolarityTable, lex: Lexis) -> bool:
    """Where no word names the event, the negation of the main verb is that of the claim."""
    opening = _subject_at(clause)
    first, second = [*(word.low for word in clause.words[opening : opening + 2]), "", ""][:2]
    if (first in ("neither", "never", "not", "none") and second not in table.not_negation_before) or (
        first == "no" and second not in _NO_NEGATION
    ):
        return True
    if _has_nothing(clause):
        return True
    main = _main(clause, but=lex.grammar.speech)
    if main is None:
        return False
    if main.lemma == "be" and not main.negated and _is_that(clause, main):  # "the truth is that no one came"
        main = next((g for g in clause.groups if g.head > main.head and g.shape is Shape.FINITE), main)
    if _not_known(clause, main, table):
        return False
    after = [word.low for word in clause.words[main.head + 1 : main.head + 3]]
    if after[:1] == ["no"] and after[-1] not in _NO_NEGATION:
        return True
    if _no_one_before(clause, main):
        return not main.negated
    if _points_back(clause, main) and _calls_untrue(clause, main, table):
        return True
    return _is_negation(clause, main, table) or _fails(clause, main, table)


def _has_nothing(clause: Clause) -> bool:
    """Whether the object of the main verb is nothing: "they found nothing", but not "nothing but stones"."""
    main = _main(clause)
    behind = [word.low for word in clause.words[main.head + 1 : main.head + 3]] if main else []
    return bool(main and not main.negated and behind and behind[0] in _NONE and behind[-1] not in _SAVE)


def _points_back(clause: Clause, main: Group) -> bool:
    """Whether the subject is only a word for what was told before: "this is false", "all of it is a lie"."""
    subject = clause.words[_subject_at(clause) : main.first]
    return bool(subject) and all(word.low in _BACK for word in subject)


def _is_that(clause: Clause, main: Group) -> bool:
    return any(word.low == "that" for word in clause.words[main.head + 1 : main.head + 2])


def _main_undone(clause: Clause, table: PolarityTable, lex: Lexis) -> bool:
    """Whether the main verb is said not to be done, and says more than that somebody is silent."""
    main = _main(clause, but=lex.grammar.speech)
    if main is None or main.lemma in table.unmoved | table.hindering or _not_known(clause, main, table):
        return False
    return _is_negation(clause, main, table) or _fails(clause, main, table)


def _not_known(clause: Clause, main: Group, table: PolarityTable) -> bool:
    """Whether the clause says only that something is not known."""
    behind = (word.low for word in clause.words[main.head + 1 : main.head + 4])
    return main.lemma == "be" and not table.not_known.isdisjoint(behind)


def _fails(clause: Clause, main: Group, table: PolarityTable) -> bool:
    """Whether a word of absence rules over the main verb, not only over a noun: "failed to", "is unlikely"."""
    for first, last in find(clause.words, table.absence):
        phrase = " ".join(word.low for word in clause.words[first : last + 1])
        told_off = first > 0 and clause.words[first - 1].low in ("not", "nothing", "n't")
        rules = phrase.endswith((" to", " of", " from")) or phrase in table.reaching
        if rules and main.first <= first <= main.head + 2 and not told_off:
            return True
    return False


def _no_one_before(clause: Clause, head: Group) -> bool:
    """Whether the subject right before the verb is nobody."""
    before = [word.low for word in clause.words[max(0, head.first - 2) : head.first]]
    return before[-1:] in (["nobody"], ["nothing"], ["none"]) or before == ["no", "one"]
