"""Noun phrases that can be a source: where they stand beside a cue.

No parser is on board: a phrase is walked from the cue outward over words that a noun phrase may hold. That is enough
for the subjects of reporting verbs, which are short and stand close to them.
"""

from __future__ import annotations

from dataclasses import dataclass

from bywhom.attribution.adverbials import skip_back
from bywhom.attribution.line import Line

_MARKS = frozenset("\"'“”‘’«»:;()[]—–…!?")
_MAX_WORDS = 22
_LONG_SUBJECT = 9  # words: a longer plain subject has swallowed the clause before it
_LONGEST_NAME = 6  # words in the name of a body
_MEANS_REACH = 4  # words between "in" and "report"
_REACH = 120  # words: no subject stands further from its verb, whatever lies between
_OBJECT_FORMS = frozenset("his her my our their its him them".split())


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase beside a cue: words [first, last) of its sentence."""

    first: int
    last: int
    relative: bool = False  # "X, who said": the phrase is the antecedent of the relative pronoun


def pronoun_form(line: Line, i: int) -> str:
    """The word in lower case, except "US", which is no pronoun."""
    return "US" if line.mark(i) == "US" else line.low(i)


def phrase_before(line: Line, end: int, start: int) -> Phrase | None:
    """The noun phrase that ends just before word `end`, looking no further back than `start`."""
    start = max(start, end - _REACH)  # bounds the work, and how deep appositions may nest
    last = skip_back(line, end, start)
    if last <= start:
        return None
    closing = line.mark(last - 1)
    if closing == ",":
        return _around_apposition(line, last - 1, start)
    if line.closes_quotation(last - 1) and last - 2 > start and line.mark(last - 2) == ",":
        return _around_nickname(line, last, start)
    if closing == ")":
        return _around_bracket(line, last, start)
    form = pronoun_form(line, last - 1)
    if form in {"who", "which", "that"}:
        return _antecedent(line, last - 1, start)
    if form in line.lex.pronouns:
        return Phrase(last - 1, last) if form not in _OBJECT_FORMS else None
    return _noun_phrase_before(line, last, start)


def _antecedent(line: Line, pronoun: int, start: int) -> Phrase | None:
    """Whom a relative pronoun stands for: "a clerk who said", "…, unveiled by the mayor, who said"."""
    comma = line.mark(pronoun - 1) == ","
    before = phrase_before(line, pronoun - comma, start)
    if before is None:
        return None
    if line.low(before.first) in {"a", "an"} and line.mark(before.first - 1) == ",":
        named = phrase_before(line, before.first - 1, start)  # "Jan Moro, a witness who was near, told"
        if named is not None and all(line.is_capital(i) for i in range(named.first, named.last)):
            return Phrase(named.first, before.last, relative=True)
    agent = line.rfind(before.first, before.last - 1, {"by"}) if comma else None
    return Phrase(agent + 1 if agent is not None else before.first, before.last, relative=True)


def _noun_phrase_before(line: Line, last: int, start: int) -> Phrase | None:
    first = _walk_left(line, last, start)
    who = _relative_before(line, first, start)
    if who is not None:
        return phrase_before(line, who + 1, start)
    tail = _known_tail(line, first, last)
    if tail is not None:
        return Phrase(tail, last)
    first = _near_end(line, _trim_left(line, first, last), last)
    if first >= last:
        return _before_means(line, last, start) or _plain_role_at_end(line, start, last)
    return _body_before(line, first, start) or Phrase(first, last)


def _known_tail(line: Line, first: int, last: int) -> int | None:
    """Where a body or outlet known by name begins, if commas were lost before it: "13 people [MSF] said"."""
    lex = line.lex
    for k in range(max(first + 1, last - _LONGEST_NAME), last):
        name = line.span(k, last).of(line.text)
        if not line.is_capital(k) or not (name in lex.outlet_names or name in lex.body_names):
            continue
        before = line.low(k - 1)
        plain = before in lex.plural_roles or (before.endswith("s") and not line.is_role(k - 1))
        place = line.is_capital(k - 1) and line.low(k - 2) in lex.grammar.prepositions
        return k if (plain and not line.is_capital(k - 1)) or place else None
    return None


def _before_means(line: Line, last: int, start: int) -> Phrase | None:
    """The phrase before the means of saying: "The guild [in a report issued in Lima] said"."""
    means = line.rfind(start, last, line.lex.cues.means)
    opener = line.rfind(start + 1, means, {"in"}) if means is not None else None
    if means is None or opener is None or means - opener > _MEANS_REACH or line.mark(opener - 1) == ",":
        return None
    return phrase_before(line, opener, start)


def _body_before(line: Line, article: int, start: int) -> Phrase | None:
    """The body in whose apposition the commas were lost: "The Arvale Observatory for Peace a monitoring group said"."""
    if line.low(article) not in {"a", "an"} or not line.is_capital(article - 1) or article - 1 <= start:
        return None
    first = _trim_left(line, _walk_left(line, article, start), article)
    bodies = line.lex.roles.body_words
    named = any(line.mark(i) in bodies for i in range(first, article))
    return Phrase(first, article) if named and article - first < _LONG_SUBJECT else None


def _around_apposition(line: Line, comma: int, start: int) -> Phrase | None:
    """The phrase before a closing comma: "X, the head of Y, said", "the head of Y, X, said"."""
    opening = line.rfind(start, comma, {","})
    if opening is None or opening <= start or comma - opening > _MAX_WORDS:
        who = line.rfind(max(start, comma - _MAX_WORDS) + 1, comma, {"who"})
        return phrase_before(line, who + 1, start) if who is not None else None
    between = line.part(opening + 1, comma)
    if (
        not len(between)
        or between.low(0) == "including"
        or any(w.text in _MARKS - {"(", ")", "’", "'", "“", "”", '"', "‘"} for w in between.words)
    ):
        return None
    relative = between.low(0) in line.lex.grammar.relatives
    handed = between.low(0) in line.lex.cues.quoted_by and between.low(1) == "by"
    if not (relative or handed) and (_has_finite(between) or between.low(0) in line.lex.grammar.subordinators):
        return None
    before = phrase_before(line, opening, start)
    if before is None or (before.relative and not relative):
        return None
    return Phrase(before.first, comma if not relative else before.last)


def _around_nickname(line: Line, last: int, start: int) -> Phrase | None:
    """The phrase before a comma inside marks, as Americans set it: "Major Reyes, of the battalion “Falcon,” said"."""
    opener = next((i for i in range(last - 3, max(start, last - 10), -1) if line.opens_quotation(i)), None)
    return _around_apposition(line, last - 2, start) if opener is not None and opener > start + 1 else None


def _around_bracket(line: Line, last: int, start: int) -> Phrase | None:
    """The phrase before a bracket: "the Relief Committee (RC) said"."""
    opening = line.rfind(start, last, {"("})
    if opening is None or opening <= start:
        return None
    before = phrase_before(line, opening, start)
    return Phrase(before.first, last, before.relative) if before else None


# -- walking to the left ------------------------------------------------------------------------------------------------


def _walk_left(line: Line, last: int, start: int) -> int:
    """Where the words begin that may belong to one noun phrase ending at `last`."""
    i = last
    while i > start and last - i < _MAX_WORDS:
        at = i - 1
        if line.mark(at) in {"’", "'"} and i < last:  # a possessive cut off by the tokenizer
            i -= 1
            continue
        if not line.is_word(at) and line.mark(at) not in {"-", "&", "."}:
            break
        low = line.lows[at]
        if low in {"and", "or"}:
            if not _joins_names(line, at, start):
                break
        elif low in line.lex.phrases.determiners and low != "that":
            i -= 1
            if _goes_on_before_article(line, i, start):
                continue
            break
        elif _stops_phrase(line, at):
            break
        i -= 1
    return i


def _goes_on_before_article(line: Line, article: int, start: int) -> bool:
    """Whether a phrase goes on before an article, over a preposition: "the head of the", "residents in the"."""
    if article - 1 <= start:
        return False
    before = line.lows[article - 1]
    if before in {"of", "for", "from", "within"}:
        return True
    if before == "by":
        return line.low(article - 2) in line.lex.cues.quoted_by
    if before not in {"with", "in", "at", "inside", "to", "near"}:
        return False
    return line.is_capital(article - 2) or any(line.is_role(i) for i in range(max(start, article - 5), article - 1))


def _joins_names(line: Line, i: int, start: int) -> bool:
    """Whether the "and" at `i` joins two names or nouns of one subject, not two clauses."""
    comma = line.rfind(start, i, {",", ";"})
    if i - 1 < start or i + 1 >= len(line) or _has_finite(line.part(start if comma is None else comma, i)):
        return False
    return (line.is_capital(i - 1) and line.is_capital(i + 1)) or line.is_role(i - 1)


def _stops_phrase(line: Line, i: int) -> bool:
    """Words that no noun phrase holds: joining words, finite verbs, a verb with its object."""
    grammar, low = line.lex.grammar, line.lows[i]
    if low in grammar.relatives or low in {"that", "but", "because", "as", "than", "if"}:
        return True
    if low in grammar.subordinators and low not in grammar.prepositions:
        return True
    if (
        low.endswith("ed")
        and low not in line.lex.phrases.core_ends
        and not line.is_capital(i)
        and (_opens_object(line, i + 1) or (low in line.lex.phrases.before_infinitive and line.low(i + 1) == "to"))
    ):
        return True
    if low in line.lex.cues.quoted_by and line.low(i + 1) == "by":
        return False
    return low in line.lex.finite and not line.is_capital(i) and not _adjectival(line, i)


def _opens_object(line: Line, i: int) -> bool:
    """Whether what follows stands behind verbs and not behind adjectives: "killed [six] people AFP reports"."""
    return (
        line.low(i) in line.lex.phrases.determiners
        or line.low(i) in {"at", "in", "on"}
        or (i < len(line) and line.mark(i)[0].isdigit())
    )


def _adjectival(line: Line, i: int) -> bool:
    """A past participle after a determiner: "the alleged victims", "a named source"."""
    return i > 0 and line.lows[i - 1] in line.lex.phrases.determiners and line.lows[i].endswith("ed")


def _has_finite(line: Line) -> bool:
    return any(low in line.lex.finite and not _adjectival(line, i) for i, low in enumerate(line.lows))


def _relative_before(line: Line, first: int, start: int) -> int | None:
    """The "who" or "which" whose clause this phrase closes: "a man who had no training said"."""
    who = line.rfind(max(start, first - 14), first, {"who", "which"})
    if who is None or who == start or line.holds(who + 1, first, {",", ";", "“", "”", '"'}):
        return None
    if _has_own_subject(line, who + 1) or not (line.low(who) == "who" or _is_governed(line, first)):
        return None
    between = line.lows[who + 1 : first]
    verb = any(low in line.lex.finite or low.endswith("ed") for low in between)
    return who if verb or (who + 2 == first and line.low(who + 1).endswith("s")) else None


def _is_governed(line: Line, first: int) -> bool:
    """Whether a phrase stands behind a verb or preposition, and so is no subject: "which holds [the harbour]"."""
    before = line.low(first - 1)
    return line.is_finite(first - 1) or before in line.lex.grammar.prepositions or line.low(first - 2) == "which"


def _has_own_subject(line: Line, i: int) -> bool:
    """Whether the clause behind "which" has a subject of its own: "which the army held"."""
    return line.low(i) in line.lex.phrases.determiners or line.is_capital(i) or line.low(i) in line.lex.pronouns


def _near_end(line: Line, first: int, last: int) -> int:
    """Where the subject proper begins if commas were lost before it: "… no easy figure Ivanov said"."""
    if all(w.text.isupper() for w in line.words[first:last] if w.is_word):
        return first
    k = last
    while k > first and _part_of_name(line, k - 1):
        k -= 1
    if first < k < last:
        return first if _belongs_to_name(line, k - 1) or k == first + 1 else k
    if last - first > _LONG_SUBJECT and line.is_role(last - 1):
        return _last_nouns(line, first, last)
    return first


def _part_of_name(line: Line, i: int) -> bool:
    return line.is_capital(i) or line.lows[i] in line.lex.phrases.particles or line.lows[i].startswith(("al-", "el-"))


def _belongs_to_name(line: Line, i: int) -> bool:
    """Whether the word before a name leads to it: a role, a preposition, an article, a mark."""
    low, lex = line.lows[i], line.lex
    linking = low in {"and", "named", "called", "late"} or low in lex.grammar.prepositions
    return line.is_role(i) or linking or low in lex.phrases.determiners or not line.is_word(i)


def _last_nouns(line: Line, first: int, last: int) -> int:
    """The role noun at the end with the few words that belong to it: "… heavy strikes [aid agencies] said"."""
    k = last - 1
    while (
        k > max(first, last - 4)
        and line.is_word(k - 1)
        and line.lows[k - 1] not in line.lex.grammar.prepositions
        and not line.lows[k - 1].endswith(("ing", "ies", "s"))
    ):
        k -= 1
    return k


def _plain_role_at_end(line: Line, start: int, last: int) -> Phrase | None:
    """The group that speaks where commas were lost behind a preposition: "… in the shelling of Arvale [local authorities]"."""
    if line.lows[last - 1] not in line.lex.plural_roles or last - 2 <= start:
        return None
    first = last - 1 - (line.lows[last - 2] in line.lex.cues.hearsay_adjectives)
    return Phrase(first, last) if line.is_capital(first - 1) else None


_JOINING = frozenset("after before since until as while because".split())


def _trim_left(line: Line, first: int, last: int) -> int:
    """Cut what opens a sentence but is no part of its subject: "However", "In May", "On Tuesday the"."""
    lex = line.lex
    while first < last:
        low = line.lows[first]
        more = first + 1 < last
        if _is_opener(line, first) or (more and (low in _JOINING or low in lex.days)):
            first += 1
        elif low in lex.grammar.prepositions or low in lex.grammar.subordinators:
            inner = _subject_after_preposition(line, first, last)
            if inner is None:
                return last
            first = inner
        else:
            break
    return first


def _is_opener(line: Line, i: int) -> bool:
    grammar, low = line.lex.grammar, line.lows[i]
    if low in grammar.conjunctions or low in {"meanwhile", "however", "separately", "nevertheless"}:
        return True
    return (low in grammar.adverbs and low != "only") or (not line.is_word(i) and line.mark(i) != "(")


_PLAIN_LINKS = frozenset("of in at on for with to from by".split())


def _subject_after_preposition(line: Line, first: int, last: int) -> int | None:
    """Where the subject begins in "In an interview Pushkov", "In September 2022 the ministry"."""
    for i in range(first + 2, last):
        before = line.lows[i - 1]
        if before in line.lex.phrases.weekdays and line.is_capital(i):
            return i
        if line.lows[i] in line.lex.phrases.determiners and before not in _PLAIN_LINKS:
            return i
        if not line.is_capital(i):
            continue
        if before[0].isdigit() or before == ",":
            return i
        plain = line.is_word(i - 1) and not line.is_capital(i - 1)
        if plain and before not in _PLAIN_LINKS and before not in {"and", "the", "al", "el"}:
            return i
    return None


# -- reading to the right -----------------------------------------------------------------------------------------------


def phrase_after(line: Line, start: int, end: int, *, by: bool = False) -> Phrase | None:
    """The noun phrase that begins at word `start`, up to `end` at most; with `by`, "reports by X" is one phrase."""
    first = start
    while first < end and line.low(first) in {"also", "then", "later"}:
        first += 1
    if first >= end or not line.is_word(first):
        return None
    alone = line.low(first) == "another" and not line.is_word(first + 1)
    if alone or pronoun_form(line, first) in line.lex.pronouns - line.lex.phrases.determiners:
        return Phrase(first, first + 1)
    last = _walk_right(line, first, end, by=by)
    while last > first and (
        line.lows[last - 1] in line.lex.grammar.prepositions or line.lows[last - 1] in {"and", "."}
    ):
        last -= 1
    return Phrase(first, last) if last > first else None


def _walk_right(line: Line, first: int, end: int, *, by: bool) -> int:
    lex = line.lex
    i, seen_noun = first, False
    while i < end and i - first < _MAX_WORDS:
        low = line.lows[i]
        if not line.is_word(i) and line.mark(i) not in {"-", "’", "'", "&", "."}:
            break
        if seen_noun and _breaks_right(line, i) and not (by and low in {"by", "from"}):
            break
        if seen_noun and _begins_anew(line, i):
            break
        if low in lex.grammar.relatives or low in lex.grammar.subordinators or low == "as":
            break
        seen_noun = seen_noun or (line.is_word(i) and low not in lex.phrases.determiners)
        i += 1
    return i


def _begins_anew(line: Line, i: int) -> bool:
    """Whether a clause begins here whose comma was lost: "According to the guild [the] fort fell", "… [12] men died"."""
    before, lex = line.low(i - 1), line.lex
    linked = before in lex.grammar.prepositions or before in lex.grammar.conjunctions or not line.is_word(i - 1)
    opens = line.low(i) in {"the", "this", "these", "there", "a", "an"} or line.mark(i).isdigit()
    clause = any(line.is_finite(k) or line.lows[k].endswith("ed") for k in range(i + 1, min(i + 8, len(line))))
    return opens and not linked and not line.is_capital(i) and clause


_LEAVES_PHRASE = frozenset("in on at during after before when while via through to that by with about".split())


def _breaks_right(line: Line, i: int) -> bool:
    """Words that end a phrase read to the right: a verb, a day, a preposition that belongs to the saying."""
    low, lex = line.lows[i], line.lex
    if low in lex.finite or low in lex.days or (low in lex.verbs and low.endswith("ing")):
        return True
    if low in _LEAVES_PHRASE:
        papers = line.low(i - 1) in lex.roles.issued and line.low(i + 1) == "the" and line.is_capital(i + 2)
        return low != "in" or not (line.is_capital(i + 1) or papers)
    return low == "and" and i + 1 < len(line) and not line.is_capital(i + 1)
