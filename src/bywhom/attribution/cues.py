"""Cues: the words of one sentence that signal an attribution, found before anybody asks for source or content."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from bywhom.attribution.lexicon import CueWord, Form, Lexicon
from bywhom.prose.tokens import Token

Skip = Callable[[int], bool]  # whether the token at an index stands inside a quotation that is not being read


class CueKind(StrEnum):
    """How a cue takes its source and its content."""

    SAY = "say"
    ACT = "act"  # doing by saying: the clause is the content
    GERUND = "gerund"  # "…, adding that": the source is the subject of the sentence
    ACCORDING = "according"
    RELAY = "relay"  # "citing X", "quoted X as saying"
    PASSIVE = "passive"  # "was quoted as saying", "was told by", "announced by"
    IMPERSONAL = "impersonal"  # "it was reported that", "is believed to"
    NOUN = "noun"  # "reports that", "claims of"


@dataclass(frozen=True, slots=True)
class Cue:
    """One cue: tokens [first, last) of its sentence."""

    first: int
    last: int
    lemma: str
    kind: CueKind
    phrase: bool = False  # the content may be a noun phrase
    needs_that: bool = False
    told: bool = False  # a listener may stand between cue and content
    denies: bool = False


_DENIALS = frozenset({"deny", "reject", "dismiss"})
_LISTENER = frozenset({"tell", "inform", "ask", "warn", "assure", "remind"})
_NOT_AFTER = frozenset("the a an his her its their this that these those of no any my our your".split())
# What is claimed here is a life or a deed, not a fact told. "Claimed responsibility" is an act of its own.
_DEEDS = frozenset("responsibility credit life lives victory asylum".split())
# "was … by X" where X speaks; "observed by radar", "accepted by all" are no sayings.
_SAID_BY = frozenset(
    "allege announce assert cite claim confirm corroborate declare deny describe detail disclose dismiss document inform portray publish "
    "reject report reveal state substantiate tell verify".split()
)
_SPEAKS_ON = frozenset("add allege argue assert claim declare explain insist note say state stress warn".split())
_ALSO_NOUNS = frozenset(
    "account appeal ask call caution claim comment complain counter cite demand doubt estimate fear forecast guess hope joke know "
    "mention note offer order plead pledge post praise promise propose quote regret remark repeat reply report request request rule "
    "shout signal state stress swear threaten tweet urge vow warn welcome worry".split()
)
_NOUN_FOLLOWED_BY = frozenset("of from by about for to in on at with".split())
_READER = frozenset("more also next".split())  # "READ MORE"


def find_cues(words: Sequence[Token], skip: Skip, lexicon: Lexicon) -> tuple[Cue, ...]:
    """The cues of a sentence in order, those inside skipped quotations left out."""
    found: list[Cue] = []
    taken = -1
    shouted = sum(w.text.isupper() for w in words if w.is_word) * 2 > len(words)
    for i in range(len(words)):
        if i < taken or skip(i) or (words[i].is_capital and i and words[i - 1].is_word and not shouted):
            continue  # a capital inside a sentence is a name: "the United States"
        cue = _at(words, i, skip, lexicon)
        if cue is not None:
            found.append(cue)
            taken = cue.last
    return tuple(found)


def _at(words: Sequence[Token], i: int, skip: Skip, lexicon: Lexicon) -> Cue | None:
    lower = words[i].lower
    following = words[i + 1].lower if i + 1 < len(words) else ""
    if lower == "according" and following == "to":
        return Cue(i, i + 2, "according to", CueKind.ACCORDING)
    if lower == "in" and [w.lower for w in words[i + 1 : i + 4]] == ["the", "words", "of"]:
        return Cue(i, i + 4, "in the words of", CueKind.ACCORDING)
    if lower in lexicon.phrasal and following == lexicon.phrasal[lower][0]:
        return _phrasal(words, i, lexicon)
    if lower in lexicon.nouns and _carries_content(words, i, lexicon):
        return Cue(i, i + 1, lower, CueKind.NOUN)
    if lower in {"hold", "holds", "held"} and "responsible" in {w.lower for w in words[i + 2 : i + 9]}:
        return Cue(i, i + 1, "hold responsible", CueKind.ACT)
    word = lexicon.verbs.get(lower)
    return _verb(words, i, word, skip, lexicon) if word else None


def _phrasal(words: Sequence[Token], i: int, lexicon: Lexicon) -> Cue | None:
    lemma = lexicon.phrasal[words[i].lower][1]
    if i and words[i - 1].lower in _NOT_AFTER:
        return None
    kind = CueKind.ACT if lemma.startswith("call") else CueKind.SAY
    if words[i].lower.endswith("ing") and kind is CueKind.SAY:
        kind = CueKind.GERUND
    return Cue(
        i, i + 2, lemma, kind, phrase=lemma in {"speak of", "talk of", "point out"}, needs_that=lemma == "make clear"
    )


def _carries_content(words: Sequence[Token], i: int, lexicon: Lexicon) -> bool:
    """ "reports that", "claims of", "reports surface of": a noun with its content behind it."""
    following = words[i + 1].lower if i + 1 < len(words) else ""
    before = words[i - 1] if i else None
    if following == "that":
        return not (before and _subject_like(before, lexicon)) or words[i].lower not in lexicon.verbs
    if words[i].lower in {"reports", "rumours", "rumors", "claims", "allegations", "accounts"}:
        owned = before is not None and (
            before.text.endswith(("'s", "’s")) or before.lower in {"his", "her", "its", "their"}
        )
        return not owned and (following in lexicon.surfacing or following == "of")
    return False


def _verb(words: Sequence[Token], i: int, word: CueWord, skip: Skip, lexicon: Lexicon) -> Cue | None:
    before = words[i - 1] if i else None
    previous = before.lower if before else ""
    following = words[i + 1].lower if i + 1 < len(words) else ""
    if previous in _NOT_AFTER and not (previous == "that" and word.lemma == "say"):
        return None
    if _read_more(words, i, following) or (word.lemma == "claim" and _claims_deed(words, i)):
        return _responsibility(words, i) if "responsibility" in {w.lower for w in words[i + 1 : i + 4]} else None
    auxiliaries = _auxiliaries(words, i, lexicon)
    passive = bool(auxiliaries & lexicon.grammar.be) and Form.PAST in word.forms
    start = i
    if passive:
        return _passive(words, i, word, auxiliaries, lexicon)
    if Form.GERUND in word.forms:
        return _gerund(words, i, word, auxiliaries, following, lexicon)
    if word.forms == {Form.PAST} and following == "by" and word.lemma in _SAID_BY:
        return Cue(start, i + 1, word.lemma, CueKind.PASSIVE, phrase=True)
    if word.relay:
        return Cue(start, i + 1, word.lemma, CueKind.RELAY, phrase=True) if before else None
    if not _verbal(words, i, word, following, skip, lexicon):
        return None
    return _active(words, i, word, following, skip, lexicon)


def _read_more(words: Sequence[Token], i: int, following: str) -> bool:
    return words[i].lower == "read" and following in _READER


def _claims_deed(words: Sequence[Token], i: int) -> bool:
    ahead = [w.lower for w in words[i + 1 : i + 5]]
    return bool(_DEEDS & set(ahead[:4])) or bool(
        ahead and ahead[0] in {"at", "more", "dozens", "hundreds", "thousands"}
    )


def _responsibility(words: Sequence[Token], i: int) -> Cue:
    end = next(k for k in range(i + 1, i + 4) if words[k].lower == "responsibility")
    return Cue(i, end + 1, "claim responsibility", CueKind.ACT)


def _auxiliaries(words: Sequence[Token], i: int, lexicon: Lexicon) -> set[str]:
    """The auxiliaries just before token `i`, over adverbs."""
    found: set[str] = set()
    k = i - 1
    while k >= 0 and (
        words[k].lower in lexicon.grammar.auxiliaries
        or words[k].lower in lexicon.grammar.adverbs
        or words[k].lower.endswith("ly")
    ):
        found.add(words[k].lower)
        k -= 1
    return found


def _passive(words: Sequence[Token], i: int, word: CueWord, auxiliaries: set[str], lexicon: Lexicon) -> Cue | None:
    following = [w.lower for w in words[i + 1 : i + 4]]
    if following[:1] == ["by"]:
        if word.lemma not in _SAID_BY:
            return None
        return Cue(i, i + 1, word.lemma, CueKind.PASSIVE, phrase=True)
    if word.lemma == "quote" and following[:1] == ["as"]:
        return Cue(i, min(i + 3, len(words)), "quote", CueKind.PASSIVE)
    if words[i].lower in lexicon.cues.impersonal and (following[:1] in (["that"], ["to"]) or _it(words, i)):
        return Cue(i, i + 1, word.lemma, CueKind.IMPERSONAL)
    if words[i].lower == "reported" and not following[:1] == ["as"]:
        return Cue(i, i + 1, word.lemma, CueKind.IMPERSONAL)
    return None


def _it(words: Sequence[Token], i: int) -> bool:
    return any(w.lower == "it" for w in words[max(0, i - 4) : i])


def _gerund(
    words: Sequence[Token], i: int, word: CueWord, auxiliaries: set[str], following: str, lexicon: Lexicon
) -> Cue | None:
    if word.relay:
        return Cue(i, i + 1, word.lemma, CueKind.RELAY, phrase=True)
    if auxiliaries & lexicon.grammar.be:  # "is claiming that": a finite verb
        return _active(words, i, word, following, lambda _: False, lexicon)
    comma = (
        i == 0
        or words[i - 1].text in {",", "—", "–", "-"}
        or words[i - 1].lower in {"statement", "report", "and", "before", "while", "twitter", "telegram"}
    )
    quoted = following in {"“", '"', ":"} or (
        following == "," and i + 2 < len(words) and words[i + 2].text in {"“", '"'}
    )
    plain = comma and word.lemma in _SPEAKS_ON and any(w.lower in lexicon.finite for w in words[i + 1 : i + 14])
    if following in {"that", "how", "it", "he", "she", "they", "there", "whether"} or quoted or plain:
        return Cue(i, i + 1, word.lemma, CueKind.GERUND, denies=word.lemma in _DENIALS)
    if (
        comma
        and word.lemma in {"claim", "confirm", "call", "urge", "demand", "accuse", "describe", "blame"}
        and following not in {"the", "more", "at", ""}
    ):
        return Cue(i, i + 1, word.lemma, CueKind.GERUND, phrase=True)
    return None


def _verbal(words: Sequence[Token], i: int, word: CueWord, following: str, skip: Skip, lexicon: Lexicon) -> bool:
    """Whether a form that may also be a noun or adjective ("reports", "claims", "alleged") is a verb here."""
    before = words[i - 1] if i else None
    if Form.PAST in word.forms:
        return before is not None and before.lower not in {"so", "self"} and not _attributive(words, i, lexicon)
    if before is None or before.text.endswith(("'s", "’s", "s’", "s'")):
        return False
    if before.lower == "to" or before.lower in lexicon.grammar.modal | lexicon.grammar.do:
        return False  # "refused to say", "would confirm": not said
    if word.lemma not in _ALSO_NOUNS and (Form.THIRD in word.forms or before.lower.endswith("s")):
        return before.is_word or before.text in {",", ")", "”", '"', "’"}
    if Form.BASE in word.forms and before.lower in lexicon.plural_roles and following not in {"of", "from", "by"}:
        return True
    if (
        following in _NOUN_FOLLOWED_BY
        and before.lower not in lexicon.grammar.subject_pronouns
        and not (before.is_capital and not before.text.isupper())
    ):
        return False
    if _subject_like(before, lexicon) or before.text in {",", ")", "”", '"', "’"}:
        return following not in {"of", "about"} or before.lower in {"he", "she", "they"}
    return following == "that" and before.is_word and before.lower.endswith("s") is (Form.BASE in word.forms)


def _subject_like(word: Token, lexicon: Lexicon) -> bool:
    lower = word.lower
    return (
        word.is_capital
        or lower in lexicon.grammar.subject_pronouns
        or lower in lexicon.role_kinds
        or lower in {"also", "now", "further", "that", "spokesperson"}
    )


def _attributive(words: Sequence[Token], i: int, lexicon: Lexicon) -> bool:
    """ "alleged victims", "an announced visit", "the reported blast": a participle before its noun."""
    lower = words[i].lower
    before = words[i - 1].lower
    if before in {
        "an",
        "a",
        "the",
        "this",
        "these",
        "his",
        "its",
        "their",
        "of",
        "for",
        "with",
        "by",
        "as",
        "and",
        "despite",
        "no",
        "any",
    } and lower in {
        "alleged",
        "reported",
        "claimed",
        "announced",
        "suspected",
        "promised",
        "proposed",
        "declared",
        "feared",
        "estimated",
        "confirmed",
        "threatened",
        "expected",
        "known",
        "accused",
    }:
        return before not in {"and"} or lower in {"alleged", "reported", "suspected", "feared"}
    return False


def _active(words: Sequence[Token], i: int, word: CueWord, following: str, skip: Skip, lexicon: Lexicon) -> Cue | None:
    that = _that_follows(words, i, lexicon)
    quoted = _quote_follows(words, i, skip)
    told = word.lemma in _LISTENER
    denies = word.lemma in _DENIALS
    if word.needs_that and not word.say:
        if that or quoted or _clause_follows(words, i, word, lexicon):
            return Cue(i, i + 1, word.lemma, CueKind.SAY, needs_that=True, denies=denies)
        if not (word.takes_phrase or word.act):
            return None
    if word.act and not ((that or quoted) and word.say):
        if word.lemma == "call" and following not in {"the", "it", "him", "them", "on", "for", "her"} and not quoted:
            return None
        if (
            word.lemma in {"order", "offer", "insist", "ask", "propose"}
            and not (that or quoted)
            and following not in {"to", "on"}
            and "to" not in {w.lower for w in words[i + 1 : i + 9]}
        ):
            return None
        return Cue(i, i + 1, word.lemma, CueKind.ACT, denies=denies)
    if (
        word.lemma == "continue"
        and not quoted
        and words[i - 1].text not in {",", "”", '"'}
        and following not in {",", ".", ":"}
    ):
        return None
    if word.lemma in {
        "maintain",
        "observe",
        "relate",
        "post",
        "respond",
        "signal",
        "swear",
        "counter",
        "repeat",
        "answer",
    } and not (that or quoted or _ends_clause(words, i) or any(skip(k) for k in range(max(0, i - 14), i))):
        return None
    return Cue(i, i + 1, word.lemma, CueKind.SAY, phrase=word.takes_phrase, told=told, denies=denies)


def _that_follows(words: Sequence[Token], i: int, lexicon: Lexicon) -> bool:
    """ "said that", "said on Friday that", "told the agency yesterday that"."""
    for k in range(i + 1, min(i + 14, len(words))):
        if words[k].lower in {"that", "whether", "how"}:
            return True
        if words[k].lower in lexicon.finite or words[k].text in {".", ";", ":"}:
            return False
    return False


def _quote_follows(words: Sequence[Token], i: int, skip: Skip) -> bool:
    ahead = range(i + 1, min(i + 12, len(words)))
    for k in ahead:
        if words[k].text in {"“", '"', "«", "‘"} or skip(k):
            return True
        if words[k].text in {".", ";"}:
            return False
    return False


def _clause_follows(words: Sequence[Token], i: int, word: CueWord, lexicon: Lexicon) -> bool:
    """ "believes he was", "fear the regime could": a subject and a finite verb of its own follow at once."""
    ahead = words[i + 1 : i + 9]
    if not ahead or ahead[0].text in {",", "."}:
        return _ends_clause(words, i) and i > 2
    if word.lemma in {
        "see",
        "find",
        "hear",
        "show",
        "know",
        "feel",
        "consider",
        "decide",
        "agree",
        "accept",
        "read",
        "learn",
        "prove",
        "judge",
        "rule",
        "demonstrate",
        "verify",
    }:
        return ahead[0].lower in {"he", "they", "she", "it", "there"} and any(
            w.lower in lexicon.finite for w in ahead[1:4]
        )
    return any(w.lower in lexicon.finite for w in ahead[1:]) and ahead[0].lower not in {
        "in",
        "on",
        "for",
        "with",
        "to",
        "of",
    }


def _ends_clause(words: Sequence[Token], i: int) -> bool:
    return i + 1 >= len(words) or words[i + 1].text in {".", ",", ":", "”", '"', "…"}
