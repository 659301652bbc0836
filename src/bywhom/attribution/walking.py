"""Words walked over from a cue to the left: where the noun phrase begins that ends there."""

from __future__ import annotations

from bywhom.attribution.line import Line
from bywhom.attribution.participles import opens_participle, subject_behind

_MAX_WORDS = 22
_PARTICLES = frozenset("up down out off away back there here".split())
_SIDES = frozenset(
    "east eastern west western north northern south southern central downtown nearby northeast northeastern northwest"
    " northwestern southeast southeastern southwest southwestern north-east north-west south-east south-west upper lower".split()
)
_ADJECTIVAL = ("al", "ic", "ary", "ous", "ish", "ese", "ian", "can", "ern", "ive")  # how adjectives end
_JOINED = 8  # words of a first subject before "and the"
_LONG_SUBJECT = 9  # words: a longer plain subject has swallowed the clause before it
_JOINING = frozenset("after before since until as while because".split())


def walk_left(line: Line, last: int, start: int) -> int:
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
    if before == "and":
        return _joins_subjects(line, article - 1, start)
    if before == "by":
        return line.low(article - 2) in line.lex.cues.quoted_by
    if before not in {"with", "in", "at", "inside", "to", "near"}:
        return False
    return line.is_capital(article - 2) or any(line.is_role(i) for i in range(max(start, article - 5), article - 1))


def _joins_subjects(line: Line, i: int, start: int) -> bool:
    """Whether the "and" at `i` joins two subjects with articles of their own: "the army and the rebels said"."""
    comma = line.rfind(start, i, {",", ";"})
    before = line.part(start if comma is None else comma + 1, i)
    told = has_finite(before) or any(low.endswith("ed") for low in before.lows)
    return len(before) < _JOINED and not told and (line.is_role(i - 1) or line.is_capital(i - 1))


def _joins_names(line: Line, i: int, start: int) -> bool:
    """Whether the "and" at `i` joins two names or nouns of one subject, not two clauses."""
    comma = line.rfind(start, i, {",", ";"})
    if i - 1 < start or i + 1 >= len(line) or has_finite(line.part(start if comma is None else comma, i)):
        return False
    if _joins_adjectives(line, i, start):
        return True
    titled = line.is_role(i + 1) and not line.is_capital(i + 1) and line.holds(i + 2, i + 5, line.lex.role_kinds)
    own = titled or line.low(i + 1) == "the"
    names = line.is_capital(i - 1) and (line.is_capital(i + 1) or (own and _joins_subjects(line, i, start)))
    return names or line.is_role(i - 1)


def _joins_adjectives(line: Line, i: int, start: int) -> bool:
    """Whether the "and" at `i` joins two adjectives of those who speak: "medical and diplomatic sources said"."""
    both = all(_tells_what_kind(line, k) for k in (i - 1, i + 1))
    opens = i - 1 == start or not line.is_word(i - 2) or line.low(i - 2) in line.lex.phrases.determiners
    return both and opens and line.low(i + 2) in line.lex.plural_roles


def _tells_what_kind(line: Line, i: int) -> bool:
    low = line.low(i)
    return low in line.lex.source_words or (low.endswith(_ADJECTIVAL) and not line.is_role(i))


def _stops_phrase(line: Line, i: int) -> bool:
    """Words that no noun phrase holds: joining words, finite verbs, a verb with its object."""
    grammar, low = line.lex.grammar, line.lows[i]
    if low in grammar.relatives or low in _JOINING or low in {"that", "but", "than", "if"}:
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


def has_finite(line: Line) -> bool:
    return any(low in line.lex.finite and not _adjectival(line, i) for i, low in enumerate(line.lows))


def relative_before(line: Line, first: int, start: int) -> int | None:
    """The "who" or "which" whose clause this phrase closes: "a man who had no training said"."""
    who = line.rfind(max(start, first - 14), first, {"who", "which"})
    if who is None or who == start or line.holds(who + 1, first, {",", ";", "“", "”", '"'}):
        return None
    if line.low(first) == "the" and line.low(first - 1) in _PARTICLES:
        return None  # its comma lost: "… a man who blew himself up [the bulletin] said"
    if _has_own_subject(line, who + 1) or not (line.low(who) == "who" or _is_governed(line, first)):
        return None
    between = line.lows[who + 1 : first]
    verb = any(low in line.lex.finite or low.endswith("ed") for low in between)
    return who if verb or _is_third_person(line, who + 1) else None


def _is_third_person(line: Line, i: int) -> bool:
    """Whether what stands behind a relative is its verb by its form: "which [relies] on", not "which sources in"."""
    return line.low(i).endswith("s") and not line.is_role(i) and line.low(i) not in line.lex.grammar.counts


def _is_governed(line: Line, first: int) -> bool:
    """Whether a phrase stands behind a verb or preposition, or begins with one, and so is no subject: "which holds [the harbour]"."""
    before = line.low(first - 1)
    opens = before == "which" and _is_third_person(line, first)
    return (
        opens or line.is_finite(first - 1) or before in line.lex.grammar.prepositions or line.low(first - 2) == "which"
    )


def _has_own_subject(line: Line, i: int) -> bool:
    """Whether the clause behind "which" has a subject of its own: "which the army held"."""
    return line.low(i) in line.lex.phrases.determiners or line.is_capital(i) or line.low(i) in line.lex.pronouns


def near_end(line: Line, first: int, last: int) -> int:
    """Where the subject proper begins if commas were lost before it: "… no easy figure Ivanov said"."""
    if all(w.text.isupper() for w in line.words[first:last] if w.is_word):
        return first
    k = last
    while k > first and _part_of_name(line, k - 1):
        k -= 1
    if first < k < last and _is_part_of_place(line, k):
        return first  # "the guard in east [Lenz] said"
    if first < k < last:
        return first if _belongs_to_name(line, k - 1) or k == first + 1 else k
    if last - first > _LONG_SUBJECT and line.is_role(last - 1):
        return _last_nouns(line, first, last)
    return first


def _part_of_name(line: Line, i: int) -> bool:
    return line.may_be_named(i) or line.lows[i] in line.lex.phrases.particles


def _is_part_of_place(line: Line, i: int) -> bool:
    """Whether the name at `i` is where somebody is, told by its side: "in east Lenz" behind a person or body."""
    side = line.low(i - 1) in _SIDES and line.low(i - 2) in {"in", "from", "near", "of"}
    return side and (line.is_role(i - 3) or line.is_capital(i - 3))


def _belongs_to_name(line: Line, i: int) -> bool:
    """Whether the word before a name leads to it: a role, a preposition, an article, a mark."""
    low, lex = line.lows[i], line.lex
    linking = low in {"and", "named", "called", "late"} or low in lex.grammar.prepositions or _is_ordinal(low)
    return line.is_role(i) or linking or low in lex.phrases.determiners or not line.is_word(i)


def _is_ordinal(low: str) -> bool:
    """Whether a word numbers what is named: "an officer of the 4th Brigade"."""
    return low[:1].isdigit() and low.endswith(("st", "nd", "rd", "th"))


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


def trim_left(line: Line, first: int, last: int) -> int:
    """Cut what opens a sentence but is no part of its subject: "However", "In May", "On Tuesday the"."""
    lex = line.lex
    while first < last:
        low = line.lows[first]
        more = first + 1 < last
        behind = subject_behind(line, first, last) if opens_participle(line, first) else None
        if behind is not None:
            return behind
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
