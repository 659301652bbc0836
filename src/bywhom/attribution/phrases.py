"""Noun phrases that can be a source: where they stand beside a cue.

No parser is on board: a phrase is walked from the cue outward over words that a noun phrase may hold. That is enough
for the subjects of reporting verbs, which are short and stand close to them.
"""

from __future__ import annotations

from dataclasses import dataclass

from bywhom.attribution.adverbials import skip_back
from bywhom.attribution.line import Line
from bywhom.attribution.walking import has_finite, near_end, relative_before, trim_left, walk_left

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
    if closing in {"and", "but"}:
        return None  # a second verb of the same subject
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
        return Phrase(last - 1, last) if form not in _OBJECT_FORMS else _some_of_them(line, last, start)
    return _noun_phrase_before(line, last, start)


def _some_of_them(line: Line, last: int, start: int) -> Phrase | None:
    """Those of a group who speak: "one of them", "two of whom"."""
    counted = last - 3 >= start and line.low(last - 2) == "of" and line.low(last - 1) in {"them", "us"}
    return Phrase(last - 3, last) if counted and _counts(line, last - 3) else None


def _counts(line: Line, i: int) -> bool:
    low = line.low(i)
    return low in line.lex.grammar.counts or low in {"another", "some", "several", "many", "most"} or low.isdigit()


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
    agent = line.rfind(before.first, before.last - 1, {"by"})
    agent = agent if agent is not None and (comma or line.low(agent - 1).endswith("ed")) else None
    return Phrase(agent + 1 if agent is not None else before.first, before.last, relative=True)


def _noun_phrase_before(line: Line, last: int, start: int) -> Phrase | None:
    first = walk_left(line, last, start)
    who = relative_before(line, first, start)
    if who is not None:
        return phrase_before(line, who + 1, start)
    tail = _known_tail(line, first, last)
    if tail is not None:
        return Phrase(tail, last)
    first = near_end(line, trim_left(line, first, last), last)
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
    first = trim_left(line, walk_left(line, article, start), article)
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
    if not (relative or handed) and (has_finite(between) or between.low(0) in line.lex.grammar.subordinators):
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


def _plain_role_at_end(line: Line, start: int, last: int) -> Phrase | None:
    """The group that speaks where commas were lost behind a preposition: "… in the shelling of Arvale [local authorities]"."""
    if line.lows[last - 1] not in line.lex.plural_roles or last - 2 <= start:
        return None
    first = last - 1 - (line.lows[last - 2] in line.lex.cues.hearsay_adjectives)
    return Phrase(first, last) if line.is_capital(first - 1) else None


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
        if seen_noun and ((low == "by" and line.low(i + 1) == "now") or opens_sentence(line, i)):
            break
        if seen_noun and _begins_anew(line, i):
            break
        if low in lex.grammar.relatives or low in lex.grammar.subordinators or low == "as":
            break
        seen_noun = seen_noun or (line.is_word(i) and low not in lex.phrases.determiners)
        i += 1
    return i


_SENTENCE_HEADS = frozenset("The This These There It We He She They You But".split())


def opens_sentence(line: Line, i: int) -> bool:
    """Whether a sentence begins here whose full stop was lost: "said director Jan Osk [The] people had fled"."""
    named = line.may_be_named(i - 1) or line.is_role(i - 1)
    return line.mark(i) in _SENTENCE_HEADS and named and not line.is_capital(i + 1)


_OPENS_CLAUSE = frozenset("the this these there a an dozens hundreds thousands nearly some several more".split())


def _begins_anew(line: Line, i: int) -> bool:
    """Whether a clause begins here whose comma was lost: "According to the guild [the] fort fell", "… [12] men died"."""
    before, lex = line.low(i - 1), line.lex
    linked = before in lex.grammar.prepositions or before in lex.grammar.conjunctions or not line.is_word(i - 1)
    opens = line.low(i) in _OPENS_CLAUSE or line.mark(i).isdigit()
    clause = any(line.is_finite(k) or line.lows[k].endswith("ed") for k in range(i + 1, min(i + 8, len(line))))
    return opens and not linked and not line.is_capital(i) and clause


def _is_source(line: Line, i: int) -> bool:
    """Whether word `i` is a source without a name: where it sits belongs to it, "a source at the ministry"."""
    return line.low(i).removesuffix("s") == "source"


_LEAVES_PHRASE = frozenset("in on at during after before when while via through to that by with about".split())


def _breaks_right(line: Line, i: int) -> bool:
    """Words that end a phrase read to the right: a verb, a day, a preposition that belongs to the saying."""
    low, lex = line.lows[i], line.lex
    if low in lex.finite or low in lex.days or (low in lex.verbs and low.endswith("ing")):
        return True
    if low in _LEAVES_PHRASE:
        papers = line.low(i - 1) in lex.roles.issued and line.low(i + 1) == "the" and line.is_capital(i + 2)
        placed = line.is_capital(i + 1) or papers
        sits = low in {"at", "in"} and _is_source(line, i - 1) and (placed or line.low(i + 1) == "the")
        return not sits and (low != "in" or not placed)
    return low == "and" and i + 1 < len(line) and not line.is_capital(i + 1)
