"""Noun phrases that can be a source: where they stand beside a cue, and whom they name.

No parser is on board: a phrase is walked from the cue outward over words that a noun phrase may hold. That is enough
for the subjects of reporting verbs, which are short and stand close to them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bywhom.attribution.lexicon import Lexicon
from bywhom.prose.tokens import Token
from bywhom.records import Mention, SourceKind

_DETERMINERS = frozenset(
    "a an the this that these those his her its their our my your some several many most one two three four another no each "
    "every both".split()
)
_PERSON_PRONOUNS = frozenset("he she him her his".split())
_PLURAL_PRONOUNS = frozenset("they them their".split())
_THING_PRONOUNS = frozenset("it its".split())
_OWN_PRONOUNS = frozenset("i we you us me my our".split())
PRONOUNS = _PERSON_PRONOUNS | _PLURAL_PRONOUNS | _THING_PRONOUNS | _OWN_PRONOUNS
_PARTICLES = frozenset("al el bin ibn de del der da di du van von la le abu ben ould ag dos".split())
_PARTITIVES = frozenset("one some many several two three four most all each none both another".split())
_QUANTIFIERS = frozenset("all none many some both others several most few meanwhile separately".split())
_CALENDAR = frozenset(
    "january february march april may june july august september october november december monday tuesday wednesday thursday friday "
    "saturday sunday".split()
)
_NAME_LINKS = frozenset("of for and the".split())
_MARKS = frozenset("\"'“”‘’«»:;()[]—–…!?")
_ADVERB_ENDING = "ly"
_WEEKDAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday today yesterday earlier later".split())
_MAX_WORDS = 22
_LONG_SUBJECT = 9  # words: a longer plain subject has swallowed the clause before it


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase beside a cue: tokens [first, last) of its sentence."""

    first: int
    last: int
    relative: bool = False  # "X, who said": the phrase is the antecedent of the relative pronoun


@dataclass(frozen=True, slots=True)
class Named:
    """What a noun phrase says of whom it stands for."""

    mention: Mention
    name: str  # a proper name, or the phrase without its article
    kind: SourceKind | None  # None: a bare name, whose role stands elsewhere
    proper: bool  # whether `name` is a proper name
    person: bool
    plural: bool
    definite: bool
    pronoun: str | None = None
    head: str = ""  # the role noun, lower case
    modifiers: frozenset[str] = frozenset()  # every other word of the phrase, lower case
    outlet: str | None = None  # the outlet named in the phrase, if it is or works for one


def phrase_before(words: Sequence[Token], end: int, start: int, lexicon: Lexicon) -> Phrase | None:
    """The noun phrase that ends just before token `end`, looking no further back than `start`."""
    last = _skip_adverbs_back(words, end, start, lexicon)
    if last <= start:
        return None
    if words[last - 1].text == ",":
        return _around_apposition(words, last - 1, start, lexicon)
    if words[last - 1].text in {"”", '"', "»"} and last - 2 > start and words[last - 2].text == ",":
        opener = next((i for i in range(last - 3, max(start, last - 10), -1) if words[i].text in {"“", '"', "«"}), None)
        return (
            _around_apposition(words, last - 2, start, lexicon) if opener is not None and opener > start + 1 else None
        )
    if words[last - 1].text == ")":
        opening = next((i for i in range(last - 1, start - 1, -1) if words[i].text == "("), None)
        if opening is None or opening <= start:
            return None
        before = phrase_before(words, opening, start, lexicon)
        return Phrase(before.first, last, before.relative) if before else None
    lower = pronoun_form(words[last - 1])
    if lower in {"who", "which", "that"}:
        antecedent = phrase_before(words, last - 1, start, lexicon)
        return Phrase(antecedent.first, antecedent.last, relative=True) if antecedent else None
    if lower in PRONOUNS:
        return (
            Phrase(last - 1, last) if lower not in {"his", "her", "my", "our", "their", "its", "him", "them"} else None
        )
    first = _walk_left(words, last, start, lexicon)
    who = _relative_before(words, first, start, lexicon)
    if who is not None:
        return phrase_before(words, who + 1, start, lexicon)
    first = _near_end(words, _trim_left(words, first, last, lexicon), last, lexicon)
    return Phrase(first, last) if first < last else None


def _near_end(words: Sequence[Token], first: int, last: int, lexicon: Lexicon) -> int:
    """The subject proper where commas were lost before it: "… no easy figure Ivanov said", "… heavy strikes aid agencies said"."""
    if all(w.text.isupper() for w in words[first:last] if w.is_word):
        return first
    k = last
    while k > first and (
        words[k - 1].is_capital or words[k - 1].lower in _PARTICLES or words[k - 1].lower.startswith(("al-", "el-"))
    ):
        k -= 1
    if first < k < last:
        before = words[k - 1].lower
        linked = (
            before in lexicon.role_kinds
            or before in _DETERMINERS | lexicon.grammar.prepositions | {"and", "named", "called", "late"}
            or not words[k - 1].is_word
        )
        return first if linked or k == first + 1 else k
    if last - first > _LONG_SUBJECT and words[last - 1].lower in lexicon.role_kinds:
        k = last - 1
        while (
            k > max(first, last - 4)
            and words[k - 1].is_word
            and words[k - 1].lower not in lexicon.grammar.prepositions
            and not words[k - 1].lower.endswith(("ing", "ies", "s"))
        ):
            k -= 1
        return k
    return first


def _relative_before(words: Sequence[Token], first: int, start: int, lexicon: Lexicon) -> int | None:
    """The "who" whose clause this phrase closes: "a man who had no training said"."""
    who = next((i for i in range(first - 1, max(start, first - 14) - 1, -1) if words[i].lower == "who"), None)
    if who is None or who == start:
        return None
    between = words[who + 1 : first]
    if any(w.text in {",", ";", "“", "”", '"'} for w in between):
        return None
    return who if any(w.lower in lexicon.finite or w.lower.endswith("ed") for w in between) else None


def phrase_after(words: Sequence[Token], start: int, end: int, lexicon: Lexicon, *, by: bool = False) -> Phrase | None:
    """The noun phrase that begins at token `start`, up to `end` at most; with `by`, "reports by X" is one phrase."""
    first = start
    while first < end and words[first].lower in {"also", "then", "later"}:
        first += 1
    if first >= end or not words[first].is_word:
        return None
    if pronoun_form(words[first]) in PRONOUNS - _DETERMINERS:
        return Phrase(first, first + 1)
    i = first
    seen_noun = False
    while i < end and i - first < _MAX_WORDS:
        word = words[i]
        lower = word.lower
        if word.text == "(" or (not word.is_word and word.text not in {"-", "’", "'", "&", "."}):
            break
        if seen_noun and _breaks_right(words, i, lexicon) and not (by and lower in {"by", "from"}):
            break
        if lower in lexicon.grammar.relatives or lower in lexicon.grammar.subordinators - {"as"} or lower == "as":
            break
        seen_noun = seen_noun or (word.is_word and lower not in _DETERMINERS)
        i += 1
    while i > first and words[i - 1].lower in lexicon.grammar.prepositions | {"and", "."}:
        i -= 1
    return Phrase(first, i) if i > first else None


def pronoun_form(word: Token) -> str:
    """The word in lower case, except "US", which is no pronoun."""
    return word.text if word.text == "US" else word.lower


def _breaks_right(words: Sequence[Token], i: int, lexicon: Lexicon) -> bool:
    """Words that end a phrase read to the right: a verb, a day, a preposition that belongs to the saying."""
    lower = words[i].lower
    if lower in lexicon.finite or lower in _WEEKDAYS or (lower in lexicon.verbs and lower.endswith("ing")):
        return True
    if lower in {
        "in",
        "on",
        "at",
        "during",
        "after",
        "before",
        "when",
        "while",
        "via",
        "through",
        "to",
        "that",
        "by",
        "with",
        "about",
    }:
        follows = words[i + 1] if i + 1 < len(words) else None
        return lower != "in" or follows is None or not follows.is_capital
    return lower == "and" and i + 1 < len(words) and not words[i + 1].is_capital


def _skip_adverbs_back(words: Sequence[Token], end: int, start: int, lexicon: Lexicon) -> int:
    """Over what stands between subject and verb: auxiliaries, adverbs, "on Friday"."""
    i = end
    while i > start:
        lower = words[i - 1].lower
        if (
            lower in lexicon.grammar.auxiliaries - {"to"}
            or lower in {"never", "also", "n't"}
            or lower in lexicon.grammar.adverbs
            or (lower.endswith(_ADVERB_ENDING) and len(lower) > 4 and lower not in {"family", "italy", "july"})
        ):
            i -= 1
        elif lower in _WEEKDAYS and i - 1 > start:
            i -= 2 if words[i - 2].lower in {"on", "late", "early", "last"} else 1
        else:
            break
    return i


def _around_apposition(words: Sequence[Token], comma: int, start: int, lexicon: Lexicon) -> Phrase | None:
    """The phrase before a closing comma: "X, the head of Y, said", "the head of Y, X, said"."""
    opening = next((i for i in range(comma - 1, start - 1, -1) if words[i].text == ","), None)
    if opening is None or opening <= start or comma - opening > _MAX_WORDS:
        who = next((i for i in range(comma - 1, max(start, comma - _MAX_WORDS), -1) if words[i].lower == "who"), None)
        return phrase_before(words, who + 1, start, lexicon) if who is not None else None
    between = words[opening + 1 : comma]
    if any(w.text in _MARKS - {"(", ")", "’", "'", "“", "”", '"', "‘"} for w in between):
        return None
    relative = between[0].lower in lexicon.grammar.relatives
    if not relative and (_has_finite(between, lexicon) or between[0].lower in lexicon.grammar.subordinators):
        return None
    before = phrase_before(words, opening, start, lexicon)
    if before is None or (before.relative and not relative):
        return None
    return Phrase(before.first, comma if not relative else before.last)


def _walk_left(words: Sequence[Token], last: int, start: int, lexicon: Lexicon) -> int:
    i = last
    while i > start and last - i < _MAX_WORDS:
        word = words[i - 1]
        lower = word.lower
        if word.text in _MARKS or word.text == ",":
            if word.text in "’'" and i < last:  # a possessive cut off by the tokenizer
                i -= 1
                continue
            break
        if not word.is_word and word.text not in {"-", "&", "."}:
            break
        if lower in {"and", "or"}:
            if not _joins_names(words, i - 1, start, lexicon):
                break
        elif lower in _DETERMINERS and lower not in {"that"}:
            before = words[i - 2].lower if i - 2 >= start else ""
            i -= 1
            if before in {"of", "for", "from", "with", "in", "at", "within", "inside", "to", "near"} and i - 1 > start:
                if (
                    before in {"of", "for", "within", "from"}
                    or words[i - 2].is_capital
                    or _role_before(words, i - 2, start, lexicon)
                ):
                    continue
            break
        elif _stops_phrase(words, i - 1, lexicon):
            break
        i -= 1
    return i


def _role_before(words: Sequence[Token], i: int, start: int, lexicon: Lexicon) -> bool:
    """Whether a role noun stands just before the preposition at `i`."""
    return i - 1 >= start and words[i - 1].lower in lexicon.role_kinds


def _joins_names(words: Sequence[Token], i: int, start: int, lexicon: Lexicon) -> bool:
    """Whether the "and" at `i` joins two names or nouns of one subject, not two clauses."""
    if i - 1 < start or i + 1 >= len(words):
        return False
    if _has_finite(words[start:i], lexicon):
        return False
    return (words[i - 1].is_capital and words[i + 1].is_capital) or words[i - 1].lower in lexicon.role_kinds


def _stops_phrase(words: Sequence[Token], i: int, lexicon: Lexicon) -> bool:
    lower = words[i].lower
    if lower in lexicon.grammar.relatives or lower == "that":
        return True
    if lower in lexicon.grammar.subordinators and lower not in lexicon.grammar.prepositions:
        return True
    if lower in {"but", "because", "as", "than", "if"}:
        return True
    if (
        lower.endswith("ed")
        and not words[i].is_capital
        and i + 1 < len(words)
        and (words[i + 1].lower in _DETERMINERS | {"at", "in", "on"} or words[i + 1].text[0].isdigit())
    ):
        return True  # a verb with its object: "killed six people AFP reports"
    return lower in lexicon.finite and not words[i].is_capital and not _adjectival(words, i)


def _adjectival(words: Sequence[Token], i: int) -> bool:
    """A past participle before its noun or after a determiner: "the alleged victims", "a named source"."""
    return i > 0 and words[i - 1].lower in _DETERMINERS and words[i].lower.endswith("ed")


def _has_finite(words: Sequence[Token], lexicon: Lexicon) -> bool:
    return any(w.lower in lexicon.finite and not _adjectival(words, i) for i, w in enumerate(words))


def _trim_left(words: Sequence[Token], first: int, last: int, lexicon: Lexicon) -> int:
    """Cut what opens a sentence but is no part of its subject: "However", "In May", "On Tuesday the"."""
    while first < last:
        lower = words[first].lower
        if (
            lower in lexicon.grammar.conjunctions
            or lower in lexicon.grammar.adverbs - {"only"}
            or lower in {"meanwhile", "however", "separately", "nevertheless"}
        ) or (not words[first].is_word and words[first].text != "("):
            first += 1
        elif lower in {"after", "before", "since", "until", "as", "while", "because"} and words[first + 1 : last]:
            first += 1
        elif lower in lexicon.grammar.prepositions | lexicon.grammar.subordinators:
            inner = _subject_after_preposition(words, first, last)
            if inner is None:
                return last
            first = inner
        elif lower in _WEEKDAYS and first + 1 < last:
            first += 1
        else:
            break
    return first


def _subject_after_preposition(words: Sequence[Token], first: int, last: int) -> int | None:
    """Where the subject begins in "In an interview Pushkov", "In September 2022 the ministry"."""
    for i in range(first + 2, last):
        before = words[i - 1]
        if words[i].lower in _DETERMINERS and before.lower not in {
            "of",
            "in",
            "at",
            "on",
            "for",
            "with",
            "to",
            "from",
            "by",
        }:
            return i
        if words[i].is_capital and (
            before.text[0].isdigit()
            or before.text == ","
            or (
                before.is_word
                and not before.is_capital
                and before.lower
                not in {"of", "in", "at", "on", "for", "with", "to", "from", "by", "and", "the", "al", "el"}
            )
        ):
            return i
    return None


def _proper_runs(words: Sequence[Token], caps: bool, lexicon: Lexicon) -> list[tuple[int, int]]:
    """Runs of capitalised words, with "of", "and", "the" inside the names of bodies."""
    runs: list[tuple[int, int]] = []
    i = 0
    while i < len(words):
        if not _is_name_word(words, i, caps, lexicon):
            i += 1
            continue
        j = i + 1
        while j < len(words):
            if _is_name_word(words, j, caps, lexicon):
                j += 1
            elif words[j].lower in _PARTICLES and j + 1 < len(words) and _is_name_word(words, j + 1, caps, lexicon):
                j += 2
            elif words[j].lower in _NAME_LINKS and _links(words, i, j, caps, lexicon):
                j += 1 if not (words[j].lower == "of" and j + 1 < len(words) and words[j + 1].lower == "the") else 2
            elif words[j].text in {"“", '"', "”"} and j + 1 < len(words) and words[j + 1].is_capital and not caps:
                j += 1
            else:
                break
        runs.append((i, j))
        i = j
    return runs


def _is_name_word(words: Sequence[Token], i: int, caps: bool, lexicon: Lexicon) -> bool:
    word = words[i]
    if not word.is_word or not (word.is_capital or word.lower.startswith(("al-", "el-"))):
        return False
    if caps:
        plain = (
            lexicon.grammar.prepositions
            | lexicon.grammar.adverbs
            | lexicon.grammar.conjunctions
            | _DETERMINERS
            | lexicon.finite
        )
        return word.lower not in plain and word.lower not in lexicon.role_kinds
    grammar = lexicon.grammar
    closed = (
        grammar.subordinators
        | grammar.conjunctions
        | grammar.relatives
        | grammar.possessives
        | grammar.subject_pronouns
        | grammar.adverbs
        | _QUANTIFIERS
    )
    if word.lower in closed | _CALENDAR and word.text != "US" and not word.text.isupper():
        return False
    return not (
        i == 0
        and word.lower
        in _DETERMINERS | lexicon.grammar.prepositions | {"sources", "reports", "officials", "doctors", "residents"}
    )


def _links(words: Sequence[Token], start: int, link: int, caps: bool, lexicon: Lexicon) -> bool:
    """Whether "of"/"for"/"and" at `link` lies inside the name of a body: "Ministry of Defence", "Centre for Defence"."""
    after = link + 1
    if words[link].lower == "of" and after < len(words) and words[after].lower == "the":
        after += 1
    if after >= len(words) or not _is_name_word(words, after, caps, lexicon):
        return False
    body = any(
        words[k].text in lexicon.roles.body_words or words[k].text.title() in lexicon.roles.body_words
        for k in range(start, link)
    )
    return body and words[link].lower != "and"


def read_phrase(words: Sequence[Token], phrase: Phrase, text: str, lexicon: Lexicon) -> Named:
    """Whom a noun phrase names: a person, a body, a government, or a description."""
    inside = list(words[phrase.first : phrase.last])
    mention = Mention(inside[0].start, inside[-1].end, text[inside[0].start : inside[-1].end])
    lower = pronoun_form(inside[0])
    if len(inside) == 1 and lower in PRONOUNS:
        plural = lower in _PLURAL_PRONOUNS or lower in {"we", "us", "our"}
        return Named(mention, mention.text, SourceKind.ANONYMOUS, False, lower in _PERSON_PRONOUNS, plural, True, lower)
    caps = _all_caps(inside)
    definite = lower in {"the", "this", "that", "these", "those"}
    core = _core(inside, lexicon)
    head, kind = _head(core, inside, lexicon)
    modifiers = (
        frozenset(w.lower.removesuffix("'s").removesuffix("’s") for w in inside if w.is_word) - {head} - _DETERMINERS
    )
    one = inside[0].lower in {"one", "another", "each"}
    plural = head.split(" ")[-1] in lexicon.plural_roles and not one if head else any(w.lower == "and" for w in core)
    outlet = _outlet_in(inside, text, lexicon)

    def named(name: str, kind_: SourceKind | None, *, proper: bool, person: bool) -> Named:
        return Named(mention, name, kind_, proper, person, plural, definite, None, head, modifiers, outlet)

    person = _person_name(inside, caps, text, lexicon)
    if person is not None and not (head and _head_follows(core, head, person)):
        return named(_clean(person), kind, proper=True, person=True)
    exact = _exact(mention.text, lexicon)
    if exact is not None:
        return named(exact[0], exact[1], proper=True, person=False)
    if (
        outlet is not None
        and (not head or kind is SourceKind.MEDIA or head.rstrip("s").endswith("report"))
        and not _works_for(head)
    ):
        return named(_joined_outlets(inside, text, lexicon) or outlet, SourceKind.MEDIA, proper=True, person=False)
    description = _without_article(mention.text)
    group = _armed_group(description, lexicon)
    if (
        group is not None
        and kind in {None, SourceKind.ORGANISATION, SourceKind.ANONYMOUS, SourceKind.OFFICIAL}
        and not _is_person_head(head or "group")
    ):
        return named(group, SourceKind.COMBATANT, proper=True, person=False)
    if outlet is not None and description.startswith(f"{outlet}s "):
        description = outlet + description[len(outlet) + 1 :]  # a possessive that lost its apostrophe
    body = any(w.text in lexicon.roles.body_words for w in core if w.is_capital)
    human = not head and not body and _somebody(inside, core, lexicon)
    is_person = human or (bool(head) and kind is not None and _is_person_head(head))
    fallback = _fallback(head, body=body, human=human)
    return named(_clean(description), kind or fallback, proper=body and not is_person, person=is_person)


def _somebody(inside: list[Token], core: list[Token], lexicon: Lexicon) -> bool:
    """Whether an unknown noun is taken for a person: "a merchant", "the delegate", but not "the statement"."""
    first = inside[0].lower
    article = first in {"a", "an", "the", "one", "another"}
    return article and bool(core) and core[-1].lower not in lexicon.roles.issued | lexicon.nouns


def _fallback(head: str, *, body: bool, human: bool) -> SourceKind:
    """The kind of a source whose role no table knows."""
    if body:
        return SourceKind.ORGANISATION
    if human:
        return SourceKind.WITNESS
    return SourceKind.OFFICIAL if head else SourceKind.ANONYMOUS


def _core(inside: list[Token], lexicon: Lexicon) -> list[Token]:
    """The phrase up to its first preposition, relative clause or comma; "one of the women" is about the women."""
    of = next(
        (i for i in range(1, min(4, len(inside))) if inside[i].lower == "of" and inside[0].lower in _PARTITIVES), None
    )
    if of is not None:
        return _core(inside[of + 1 :], lexicon) if of + 1 < len(inside) else inside
    for i, word in enumerate(inside):
        if i and (
            word.text in {",", "("}
            or word.lower
            in lexicon.grammar.relatives
            | {
                "of",
                "in",
                "at",
                "from",
                "with",
                "on",
                "for",
                "near",
                "familiar",
                "contributing",
                "working",
                "based",
                "named",
                "within",
                "inside",
                "close",
                "briefed",
                "speaking",
            }
        ):
            return inside[:i]
    return inside


def _head(core: list[Token], inside: list[Token], lexicon: Lexicon) -> tuple[str, SourceKind | None]:
    """The role noun that decides, and its kind. "Ministry of Defence" is one noun; a spokesman takes his body's kind."""
    lowered = [w.lower.removesuffix("'s").removesuffix("’s") for w in inside if w.is_word]
    whole = " ".join(lowered)
    for entry in (
        "ministry of defence",
        "ministry of defense",
        "ministry of foreign affairs",
        "member of parliament",
        "chief of staff",
        "secretary of state",
        "armed forces",
        "police officer",
    ):
        if entry in whole and not any(w in whole for w in ("minister", "spokes", "adviser", "deputy min")):
            kind = SourceKind.MILITARY if "defen" in entry or entry == "armed forces" else SourceKind.OFFICIAL
            return entry, kind
    roles = lexicon.role_kinds
    words = [w.lower.removesuffix("'s").removesuffix("’s") for w in core if w.is_word]
    for end in range(len(words), 0, -1):
        for size in (3, 2, 1):
            entry = " ".join(words[max(0, end - size) : end])
            if end - size >= 0 and entry in roles:
                kind = roles[entry]
                return entry, kind if kind is not None else _body_kind(lowered, entry, lexicon)
    if words and words[-1] in lexicon.roles.issued:
        return words[-1], None
    for part in _appositions(inside):
        found = _head(part, part, lexicon) if part != inside and len(part) < len(inside) else ("", None)
        if found[0]:
            return found
    return "", None


def _appositions(inside: list[Token]) -> list[list[Token]]:
    """The parts of a phrase between its commas, the first left out."""
    parts: list[list[Token]] = [[]]
    for word in inside:
        if word.text in {",", "(", ")"}:
            parts.append([])
        else:
            parts[-1].append(word)
    return [part for part in parts[1:] if part]


_BODY_ORDER = (
    SourceKind.MILITARY,
    SourceKind.COMBATANT,
    SourceKind.ORGANISATION,
    SourceKind.MEDIA,
    SourceKind.EXPERT,
    SourceKind.OFFICIAL,
)


def _body_kind(lowered: list[str], head: str, lexicon: Lexicon) -> SourceKind:
    """The kind of the body that a spokesman, adviser or director speaks for; official where none is named."""
    rest = [w for w in lowered if w != head]
    kinds = {
        lexicon.role_kinds.get(" ".join(rest[i : i + size])) for size in (1, 2, 3) for i in range(len(rest) - size + 1)
    }
    names = {
        kind
        for name, kind in lexicon.body_names.items()
        if name.lower() in " ".join(rest).split(" ") or f" {name.lower()} " in f" {' '.join(rest)} "
    }
    if (
        SourceKind.OFFICIAL in kinds
        and {"minister", "ministry", "government", "president"} & set(rest)
        and not {"defence", "defense"} & set(rest)
    ):
        return SourceKind.OFFICIAL
    if names:
        return next(kind for kind in _BODY_ORDER if kind in names)
    return next((kind for kind in _BODY_ORDER if kind in kinds), SourceKind.OFFICIAL)


def _all_caps(inside: list[Token]) -> bool:
    letters = "".join(w.text for w in inside if w.is_word)
    return len(letters) > 5 and letters.upper() == letters


def _person_name(inside: list[Token], caps: bool, text: str, lexicon: Lexicon) -> str | None:
    """The personal name in a phrase, without titles; None where it names a body, a place, or nobody."""
    for first, last in reversed(_proper_runs(inside, caps, lexicon)):
        run = inside[first:last]
        before = inside[first - 1].lower if first else ""
        if before in {"of", "in", "at", "from", "for", "with", "near", "on", "by", "within"} and first > 0:
            continue
        titled, name = _split_titles(run, lexicon)
        if not name or any(w.text.title() in lexicon.roles.body_words for w in name):
            continue
        words = text[name[0].start : name[-1].end]
        if (
            _exact(words, lexicon)
            or _outlet_name(name, text, lexicon)
            or words.removeprefix("the ") in lexicon.adjectives
            or words in lexicon.government_of
        ):
            continue
        if name[-1].text.endswith(("'s", "’s")) and last < len(inside):
            continue
        if last < len(inside) and inside[last].lower in lexicon.role_kinds and inside[last].text != ",":
            continue
        role_before = before in lexicon.role_kinds or before in {"named", "called", ","}
        opens = first == 0 and last < len(inside) and inside[last].lower in {",", "in", "at", "who"} and not caps
        if caps and not (titled or role_before or (len(name) == 1 and last - first == len(inside))):
            continue  # capitals say nothing in a text that has no others
        if (
            titled
            or role_before
            or opens
            or len(name) > 1
            or (len(run) == last - first == len([w for w in inside if w.is_word]))
        ):
            return words
    return None


def _split_titles(run: list[Token], lexicon: Lexicon) -> tuple[bool, list[Token]]:
    """A run of capitalised words cut after its last title: "Defence Secretary John Smith" -> John Smith."""
    cut = 0
    for i, word in enumerate(run):
        plain = word.text.removesuffix("'s").removesuffix("’s")
        if word.text.rstrip(".").title() in lexicon.roles.titles or word.lower in lexicon.role_kinds:
            cut = i + 1
        elif word.text.endswith(("'s", "’s")) and i + 1 < len(run):
            cut = max(cut, i + 1) if any(w.text.title() in lexicon.roles.titles for w in run[i + 1 :]) else cut
        elif (plain in lexicon.adjectives and i == cut and i + 1 < len(run)) or (word.text == "." and i == cut):
            cut = i + 1
    name = run[cut:]
    while name and (not name[-1].is_word or name[-1].lower in lexicon.grammar.prepositions):
        name = name[:-1]
    return cut > 0, name


def _exact(words: str, lexicon: Lexicon) -> tuple[str, SourceKind] | None:
    """A body or government whose whole name this is."""
    plain = _clean(_without_article(words)).removesuffix("'s").removesuffix("’s")
    for candidate in (
        plain,
        plain.removesuffix(" group"),
        plain.removesuffix(" Government").removesuffix(" government"),
    ):
        if candidate in lexicon.body_names:
            return candidate, lexicon.body_names[candidate]
        if candidate in lexicon.government_of:
            return lexicon.government_of[candidate], SourceKind.OFFICIAL
    return None


def _armed_group(words: str, lexicon: Lexicon) -> str | None:
    """The armed group that a phrase names among other words: "the terrorist group of X", "X group"."""
    padded = f" {words} "
    return next((g for g in sorted(lexicon.roles.armed_groups, key=len, reverse=True) if f" {g} " in padded), None)


def _outlet_in(inside: list[Token], text: str, lexicon: Lexicon) -> str | None:
    """The first outlet named in the phrase."""
    names = _outlets(inside, text, lexicon)
    return names[0] if names else None


def outlets_in(words: Sequence[Token], text: str, lexicon: Lexicon) -> tuple[str, ...]:
    """The outlets named among these tokens, in order."""
    return tuple(_outlets(list(words), text, lexicon))


def _outlets(inside: list[Token], text: str, lexicon: Lexicon) -> list[str]:
    found: list[str] = []
    i = 0
    while i < len(inside):
        size = next(
            (n for n in (5, 4, 3, 2, 1) if i + n <= len(inside) and _outlet_name(inside[i : i + n], text, lexicon)), 0
        )
        if size:
            found.append(str(_outlet_name(inside[i : i + size], text, lexicon)))
        i += size or 1
    return found


def _outlet_name(run: list[Token], text: str, lexicon: Lexicon) -> str | None:
    words = _clean(text[run[0].start : run[-1].end]).removesuffix("'s").removesuffix("’s")
    if words in lexicon.outlet_names:
        return lexicon.outlet_names[words]
    if run[0].is_capital and words.endswith("s") and words[:-1] in lexicon.agency_names and words[:-1].isupper():
        return lexicon.outlet_names[words[:-1]]  # a possessive that lost its apostrophe
    ends = run[-1].text.removesuffix("'s").removesuffix("’s") in lexicon.roles.outlet_endings
    if (
        len(run) > 1
        and ends
        and all(w.is_word and w.is_capital for w in run)
        and run[-1].text not in {"Press", "Review", "Report", "Monitor", "Voice", "Star", "Media", "Daily", "Weekly"}
    ):
        return words.removeprefix("The ")
    return None


def _joined_outlets(inside: list[Token], text: str, lexicon: Lexicon) -> str | None:
    names = _outlets(inside, text, lexicon)
    if len(names) > 1 and any(w.lower == "and" for w in inside):
        return f"{', '.join(names[:-1])} and {names[-1]}"
    return None


def _works_for(head: str) -> bool:
    """A head that is somebody at an outlet, not the outlet."""
    return head.rsplit(" ", maxsplit=1)[-1].rstrip("s") in {
        "correspondent", "journalist", "photographer", "photojournalist", "reporter", "editor", "anchor", "cameraman", "columnist", "presenter", "source", "blogger",
    }  # fmt: skip


def _head_follows(core: list[Token], head: str, person: str) -> bool:
    """Whether the role noun comes after the name inside the core: "Putin spokesman", not "spokesman Putin"."""
    texts = " ".join(w.text for w in core if w.is_word)
    at = texts.find(person)
    after = texts[at + len(person) :].lower() if at >= 0 else ""
    return bool(after.strip()) and head in after


def _is_person_head(head: str) -> bool:
    return not set(head.split(" ")) & {
        "government", "ministry", "parliament", "police", "court", "council", "committee", "army", "military", "navy", "forces", "authorities",
        "administration", "regime", "embassy", "agency", "agencies", "news agency", "observatory", "group", "organisation", "organization", "party",
        "media", "channel", "station", "radio", "tv", "newspaper", "outlet", "monitor", "watchdog", "coalition", "movement", "front", "union",
        "department", "directorate", "office", "bureau", "company", "service", "command", "staff", "intelligence", "report", "statement", "data", "study", "footage",
    }  # fmt: skip


def _without_article(words: str) -> str:
    first, _, rest = words.partition(" ")
    return rest if first.lower() in {"the", "a", "an"} and rest else words


def _clean(words: str) -> str:
    return " ".join(words.split()).strip(" ,.")


def named_people(words: Sequence[Token], text: str, lexicon: Lexicon) -> list[Named]:
    """The people a sentence names, each with the title before the name and the apposition behind it."""
    caps = _all_caps(list(words))
    people: list[Named] = []
    for first, last in _proper_runs(words, caps, lexicon):
        start = _title_start(words, first, lexicon)
        end = _apposition_end(words, last, lexicon)
        named = read_phrase(words, Phrase(start, end), text, lexicon)
        if named.person and named.proper:
            people.append(named)
    return people


def _title_start(words: Sequence[Token], first: int, lexicon: Lexicon) -> int:
    """Where the lower-case title before a name begins: "spokesman Piotr", "the army chief, Ivan"."""
    i = first
    if (
        i > 1
        and words[i - 1].text == ","
        and words[i - 2].lower in lexicon.role_kinds
        and words[i - 2].lower not in lexicon.plural_roles
    ):
        i -= 1
    while (
        i > 0
        and first - i < 8
        and words[i - 1].is_word
        and (
            words[i - 1].lower in lexicon.role_kinds
            or (i < first and (words[i - 1].is_capital or words[i - 1].lower.endswith(("n", "ese"))))
        )
    ):
        i -= 1
    return i


def _apposition_end(words: Sequence[Token], last: int, lexicon: Lexicon) -> int:
    """Where "…, the head of the Republic," behind a name ends."""
    if last + 1 >= len(words) or words[last].text != ",":
        return last
    if last + 3 < len(words) and words[last + 1].text.isdigit() and words[last + 2].text == ",":
        behind_age = _apposition_end(words, last + 2, lexicon)
        return behind_age if behind_age > last + 2 else last
    i = last + 1
    while (
        i < len(words)
        and i - last < 18
        and words[i].text not in {",", ".", ";", ":", "”", "“", '"', "—", "–"}
        and words[i].lower not in lexicon.finite | {"who", "which", "that", "said", "says"}
    ):
        i += 1
    roles = any(w.lower in lexicon.role_kinds for w in words[last + 1 : i])
    begins = (
        words[last + 1].lower in {"a", "an", "the", "then", "former"}
        or words[last + 1].lower in lexicon.role_kinds
        or words[last + 1].is_capital
        or (last + 2 < len(words) and words[last + 2].lower in lexicon.role_kinds)
    )
    return i if roles and begins else last


def described_groups(words: Sequence[Token], text: str, lexicon: Lexicon) -> list[Named]:
    """The groups a sentence describes by a plural role noun: "two residents of the district"."""
    found: list[Named] = []
    for i, word in enumerate(words):
        if (
            word.lower in lexicon.plural_roles
            and word.lower in lexicon.role_kinds
            and not (i + 1 < len(words) and words[i + 1].lower in lexicon.role_kinds)
        ):
            before = phrase_before(words, i + 1, 0, lexicon)
            after = phrase_after(words, i, len(words), lexicon)
            if before is not None and not before.relative and words[before.last - 1] is word:
                found.append(
                    read_phrase(words, Phrase(before.first, max(i + 1, after.last if after else 0)), text, lexicon)
                )
    return [named for named in found if not named.proper and named.head]


def named_bodies(words: Sequence[Token], text: str, lexicon: Lexicon) -> list[Named]:
    """The bodies a sentence names: ministries, observatories, councils."""
    caps = _all_caps(list(words))
    runs = _proper_runs(words, caps, lexicon)
    read = (read_phrase(words, Phrase(first, last), text, lexicon) for first, last in runs if last - first > 1)
    return [named for named in read if named.proper and not named.person]
