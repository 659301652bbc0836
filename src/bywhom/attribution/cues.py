"""Cues: the words of one sentence that signal an attribution, found before anybody asks for source or content."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bywhom.attribution.lexicon import CueWord, Form
from bywhom.attribution.line import Line


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
    """One cue: words [first, last) of its sentence."""

    first: int
    last: int
    lemma: str
    kind: CueKind
    phrase: bool = False  # the content may be a noun phrase
    needs_that: bool = False
    told: bool = False  # a listener may stand between cue and content


@dataclass(frozen=True, slots=True)
class _Verb:
    """A verb form at its place in a line, with the auxiliaries before it."""

    line: Line
    at: int
    word: CueWord

    @property
    def lemma(self) -> str:
        return self.word.lemma

    @property
    def before(self) -> str:
        return self.line.low(self.at - 1)

    @property
    def after(self) -> str:
        return self.line.low(self.at + 1)

    def cue(self, kind: CueKind, *, phrase: bool = False) -> Cue:
        """This verb as a cue."""
        return Cue(self.at, self.at + 1, self.lemma, kind, phrase=phrase)


_OPENING = frozenset({"“", '"', "«", "‘"})
_DETERMINERS = frozenset("the a an his her its their my this that these those of no any our your".split())
_SUBJECT_ENDS = frozenset({",", ")", "”", '"', "’"})  # marks that may stand between a subject and its verb
_POSSESSIVE = ("'s", "’s", "s’", "s'")


def find_cues(line: Line) -> tuple[Cue, ...]:
    """The cues of a sentence in order, those inside quotations left out."""
    found: list[Cue] = []
    taken = -1
    shouted = sum(w.text.isupper() for w in line.words if w.is_word) * 2 > len(line)
    for i, word in enumerate(line.words):
        # A capital inside a sentence is a name: "the United States".
        name = word.is_capital and line.is_word(i - 1) and not shouted
        if i < taken or line.quoted[i] or name:
            continue
        cue = _at(line, i)
        if cue is not None:
            found.append(cue)
            taken = cue.last
    return tuple(found)


def _at(line: Line, i: int) -> Cue | None:
    low, lex = line.low(i), line.lex
    if low == "according" and line.low(i + 1) == "to":
        return Cue(i, i + 2, "according to", CueKind.ACCORDING)
    if low == "per" and _cites(line, i):
        return Cue(i, i + 1, "per", CueKind.ACCORDING)
    if low == "in" and line.lows[i + 1 : i + 4] == ("the", "words", "of"):
        return Cue(i, i + 4, "in the words of", CueKind.ACCORDING)
    if low in lex.phrasal and line.low(i + 1) == lex.phrasal[low][0]:
        return _phrasal(line, i)
    if low.startswith("call") and (appeal := _calls_upon(line, i)) is not None:
        return appeal
    if low in lex.nouns and _carries_content(line, i):
        return Cue(i, i + 1, low, CueKind.NOUN)
    if low in {"hold", "holds", "held"} and line.holds(i + 2, i + 9, {"responsible"}):
        return Cue(i, i + 1, "hold responsible", CueKind.ACT)
    if low in lex.tolled and _tolls(line, i):
        return Cue(i, i + 1, "put the toll", CueKind.ACT)
    if low in lex.voicing and _voices(line, i):
        return Cue(i, i + 1, "voice", CueKind.ACT)
    word = lex.verbs.get(low)
    return _verb(_Verb(line, i, word)) if word else None


_NEAR_GROUP = 7  # words between a group and its verb
_VOICED_NEAR = 5  # words between "voiced" and "concern"


def _voices(line: Line, i: int) -> bool:
    """Whether an act of speech is what is brought out: "voiced deep concern", not "raised the flag"."""
    grammar = line.lex.grammar
    if (
        i == 0
        or line.low(i - 1) in _DETERMINERS | grammar.prepositions | {"to", "the"}
        or line.low(i - 1) in grammar.be
    ):
        return False
    for k in range(i + 1, min(i + 1 + _VOICED_NEAR, len(line))):
        if line.low(k) in line.lex.cues.voiced:
            return True
        if not line.is_word(k) or line.low(k) in grammar.prepositions or line.is_finite(k):
            return False
    return False


def _tolls(line: Line, i: int) -> bool:
    """Whether "put", "gave", "raised" at `i` takes a toll: "put the toll at nine", "put the number of dead at nine"."""
    if line.holds(i + 1, i + 6, line.lex.cues.toll_nouns):
        return True
    noun = line.find(i + 1, i + 4, line.lex.cues.counts)
    at = line.find(noun + 1, noun + 8, {"at", "to"}) if noun is not None else None
    return at is not None and any(line.mark(k)[:1].isdigit() for k in range(at + 1, at + 4))


def _calls_upon(line: Line, i: int) -> Cue | None:
    """The cue of "called upon" and "called Wednesday on"."""
    if line.low(i) not in {"call", "calls", "called", "calling"}:
        return None
    if line.low(i + 1) == "upon":
        return Cue(i, i + 2, "call on", CueKind.ACT)
    if line.low(i + 1) in line.lex.days and line.low(i + 2) in {"on", "for"}:
        return Cue(i, i + 3, f"call {line.low(i + 2)}", CueKind.ACT)
    return None


def _cites(line: Line, i: int) -> bool:
    """Whether "per" names a source: "Per the ministry, …", "as per reports", not "per day"; "as" belongs to it."""
    opens = i == 0 or line.low(i - 1) == "as" or line.mark(i - 1) in {",", "("}
    return opens and (line.is_capital(i + 1) or line.low(i + 1) == "the" or line.is_role(i + 1))


def _phrasal(line: Line, i: int) -> Cue | None:
    if line.low(i - 1) in _DETERMINERS:
        return None
    lemma = line.lex.phrasal[line.low(i)][1]
    kind = CueKind.ACT if lemma.startswith("call") else CueKind.SAY
    if kind is CueKind.SAY and line.low(i).endswith("ing"):
        kind = CueKind.GERUND
    noun_phrase = lemma in {"speak of", "talk of", "point out"}
    return Cue(i, i + 2, lemma, kind, phrase=noun_phrase, needs_that=lemma == "make clear")


def _carries_content(line: Line, i: int) -> bool:
    """Whether a noun has its content behind it: "reports that", "claims of", "reports surface of"."""
    if line.low(i + 1) == "that" or made_by(line, i) is not None:
        if (
            line.low(i - 1) == "and"
            and line.low(i).endswith("s")
            and line.low(i) in line.lex.verbs
            and line.has_finite(0, i)
        ):
            return False  # "has accused the rebels and claims that"
        return not (_subject_like(line, i - 1) or _heads_plural(line, i)) or line.low(i) not in line.lex.verbs
    if line.low(i) not in line.lex.cues.hearsay:
        return False
    owned = line.mark(i - 1).endswith(("'s", "’s")) or line.low(i - 1) in {"his", "her", "its", "their"}
    return not owned and (line.low(i + 1) in line.lex.surfacing or line.low(i + 1) == "of")


def _heads_plural(line: Line, i: int) -> bool:
    """Whether a base form has for its subject a group told of by where it is: "sources in the town report that"."""
    word = line.lex.verbs.get(line.low(i))
    groups = line.lex.plural_roles | {"sources"}
    where = next((k for k in range(i - 1, max(-1, i - _NEAR_GROUP), -1) if line.low(k) in groups), None)
    if word is None or Form.BASE not in word.forms or where is None:
        return False
    placed = line.low(where + 1) in {"in", "at", "on", "from", "near", "inside"} and where + 2 < i
    return placed and all(line.is_word(k) and not line.is_finite(k) for k in range(where, i))


def made_by(line: Line, i: int) -> int | None:
    """Where "that" stands in "the claim by villagers that"."""
    that = line.find(i + 3, i + 12, {"that"}) if line.low(i + 1) == "by" else None
    return that if that is not None and not line.has_finite(i + 2, that) and "," not in line.lows[i:that] else None


def _verb(verb: _Verb) -> Cue | None:
    line, i, word = verb.line, verb.at, verb.word
    if verb.before in _DETERMINERS and not (verb.before == "that" and word.lemma == "say"):
        return None
    if _read_more(verb) or _is_deed(verb):
        return _responsibility(line, i)
    auxiliaries = _auxiliaries(line, i)
    in_be = bool(auxiliaries & line.lex.grammar.be)
    if in_be and Form.PAST in word.forms:
        return _passive(verb)
    if Form.GERUND in word.forms:
        return _gerund(verb, finite=in_be)
    if word.forms == {Form.PAST} and verb.after == "by" and word.lemma in line.lex.cues.said_by:
        return verb.cue(CueKind.PASSIVE, phrase=True)
    if word.relay:
        return verb.cue(CueKind.RELAY, phrase=True) if i and verb.after != "by" else None
    return _active(verb) if _is_verb(verb) else None


def _read_more(verb: _Verb) -> bool:
    """Whether this is a link and not a reading: "READ MORE", "Read also"."""
    return verb.line.low(verb.at) == "read" and verb.after in {"more", "also", "next"}


def _is_deed(verb: _Verb) -> bool:
    """Whether what is told is a deed: "claimed nine lives", "protested against the order"."""
    cues = verb.line.lex.cues
    if verb.lemma == "ask" and verb.line.lows[verb.at + 1 : verb.at + 4] == ("not", "to", "be"):
        return True  # "a nurse, who asked not to be named, told"
    if verb.lemma != "claim":
        return verb.after in cues.deed_before.get(verb.lemma, ())
    return verb.line.holds(verb.at + 1, verb.at + 5, cues.deeds) or verb.after in cues.tolls or _counts_dead(verb)


def _counts_dead(verb: _Verb) -> bool:
    """Whether a bare number is what was claimed: "claiming eight and injuring ten", not "claimed two attacks"."""
    number, behind = verb.after, verb.line.low(verb.at + 2)
    counted = number[:1].isdigit() or number in verb.line.lex.grammar.counts
    return counted and (behind == "and" or not verb.line.is_word(verb.at + 2))


def _responsibility(line: Line, i: int) -> Cue | None:
    end = line.find(i + 1, i + 4, {"responsibility"})
    return Cue(i, end + 1, "claim responsibility", CueKind.ACT) if end is not None else None


def _auxiliaries(line: Line, i: int) -> set[str]:
    """The auxiliaries just before word `i`, over adverbs."""
    grammar = line.lex.grammar
    found: set[str] = set()
    k = i - 1
    while k >= 0 and (
        line.lows[k] in grammar.auxiliaries or line.lows[k] in grammar.adverbs or line.lows[k].endswith("ly")
    ):
        found.add(line.lows[k])
        k -= 1
    return found


def _passive(verb: _Verb) -> Cue | None:
    line, i, lemma = verb.line, verb.at, verb.lemma
    if lemma == "quote" and verb.after == "by" and line.holds(i + 2, i + 12, {"as"}):
        return Cue(i, i + 2, "quote", CueKind.PASSIVE)
    if verb.after == "by":
        return verb.cue(CueKind.PASSIVE, phrase=True) if lemma in line.lex.cues.said_by else None
    if lemma == "quote" and verb.after == "as":
        return Cue(i, min(i + 3, len(line)), "quote", CueKind.PASSIVE)
    if lemma == "accuse":
        return _accused(verb)
    opens = verb.after in {"that", "to"} or line.holds(i - 4, i, {"it"})
    if line.low(i) in line.lex.cues.impersonal and opens:
        return verb.cue(CueKind.IMPERSONAL)
    if line.low(i) == "reported" and verb.after != "as":
        return verb.cue(CueKind.IMPERSONAL)
    return None


def _accused(verb: _Verb) -> Cue | None:
    """The cue of "was accused of": of somebody not named, unless "by X" follows in the clause."""
    if verb.after != "of" or verb.line.holds(verb.at, len(verb.line), {"by"}):
        return None
    return verb.cue(CueKind.IMPERSONAL)


def _gerund(verb: _Verb, *, finite: bool) -> Cue | None:
    """The cue of "citing X", "is claiming that", "…, adding that", "…, blaming the garrison"."""
    line, i, cues = verb.line, verb.at, verb.line.lex.cues
    if verb.word.relay:
        return verb.cue(CueKind.RELAY, phrase=True)
    if finite:
        return _active(verb, listens_back=False)
    behind = i == 0 or line.mark(i - 1) in {",", "—", "–", "-"} or verb.before in cues.before_gerund
    quoted = verb.after in {"“", '"', ":"} or (verb.after == "," and line.mark(i + 2) in {"“", '"'})
    plain = behind and verb.lemma in cues.speaks_on and line.has_finite(i + 1, i + 14)
    if verb.after in {"that", "how", "it", "he", "she", "they", "there", "whether"} or quoted or plain:
        return verb.cue(CueKind.GERUND)
    if behind and verb.lemma in cues.speaks_of and verb.after not in {"the", "more", "at", ""}:
        return verb.cue(CueKind.GERUND, phrase=True)
    return None


def _is_verb(verb: _Verb) -> bool:
    """Whether a form that may also be a noun or adjective ("reports", "claims", "alleged") is a verb here."""
    line, i, word = verb.line, verb.at, verb.word
    grammar = line.lex.grammar
    if Form.PAST in word.forms:
        return i > 0 and verb.before not in {"so", "self"} and not _attributive(verb) and not _reduced(verb)
    if not i or line.mark(i - 1).endswith(_POSSESSIVE):
        return False
    if verb.before == "to" or verb.before in grammar.modal | grammar.do:
        return False  # "refused to say", "would confirm": not said
    if word.lemma not in line.lex.cues.also_nouns and (Form.THIRD in word.forms or verb.before.endswith("s")):
        return line.is_word(i - 1) or line.mark(i - 1) in _SUBJECT_ENDS
    return _is_verb_and_no_noun(verb)


def _is_verb_and_no_noun(verb: _Verb) -> bool:
    """Whether a base or -s form that is a noun too is a verb, by what stands beside it."""
    line, i, word = verb.line, verb.at, verb.word
    base = Form.BASE in word.forms
    if base and word.lemma == "say" and line.is_word(i - 1) and verb.before not in {"not", "n't"}:
        return True  # no noun without an article: "the commission SRGC say", "officials heard by the paper say"
    if base and verb.before in line.lex.plural_roles and verb.after not in {"of", "from", "by"}:
        return True
    if base and _heads_plural(line, i):
        return verb.after in {"that", "how"}
    if base and not _can_be_plural(verb.before):
        return False  # "the other report", "communist rule": a base form needs a plural, "I" or "you" before it
    if verb.before == "united":
        return False  # "THE UNITED STATES" in a text of capitals
    if _is_plural_noun(verb):
        return False
    named = line.is_capital(i - 1) and not line.mark(i - 1).isupper()
    noun_after = verb.after in {"of", "from", "by", "about", "for", "to", "in", "on", "at", "with"}
    if noun_after and not named and verb.before not in line.lex.grammar.subject_pronouns:
        return False
    if _subject_like(line, i - 1) or line.mark(i - 1) in _SUBJECT_ENDS:
        return verb.after not in {"of", "about"} or verb.before in {"he", "she", "they"}
    return verb.after == "that" and line.is_word(i - 1) and verb.before.endswith("s") is base


def _is_plural_noun(verb: _Verb) -> bool:
    """Whether a form in -s is a noun by its neighbours: "amid [fears]", "Western [states] would", "[documents] leaked"."""
    line, i, grammar = verb.line, verb.at, verb.line.lex.grammar
    if Form.THIRD not in verb.word.forms:
        return False
    if verb.before in grammar.prepositions or verb.before in line.lex.nations:
        return True
    if verb.after.endswith("ed") and line.low(i + 2) in grammar.prepositions:
        return True
    governs = verb.after in grammar.modal | grammar.be | grammar.have or verb.after in line.lex.finite
    return governs and verb.after not in line.lex.cues.attributive


def _can_be_plural(word: str) -> bool:
    return word.endswith("s") or word in {
        "i",
        "you",
        "we",
        "they",
        "who",
        "people",
        "men",
        "women",
        "media",
        "police",
        "also",
        "now",
        "that",
    }


def _subject_like(line: Line, i: int) -> bool:
    """Whether word `i` can end a subject, or stands between a subject and its verb."""
    return (
        line.is_capital(i)
        or line.low(i) in line.lex.grammar.subject_pronouns
        or line.is_role(i)
        or line.low(i) in {"also", "now", "further", "that", "spokesperson"}
    )


_BEFORE_ADJECTIVE = frozenset("an a the this these his its their of for with by as and despite no any".split())


def _attributive(verb: _Verb) -> bool:
    """Whether a participle stands before its noun: "alleged victims", "an announced visit", "the reported blast"."""
    low, cues = verb.line.low(verb.at), verb.line.lex.cues
    if verb.before not in _BEFORE_ADJECTIVE or low not in cues.attributive:
        return False
    return verb.before != "and" or low in cues.doubting


def _reduced(verb: _Verb) -> bool:
    """Whether a participle tells of a paper and says nothing: "a statement [published] on the site"."""
    line = verb.line
    paper = verb.before.rstrip("s") in line.lex.roles.issued or verb.before in line.lex.roles.issued
    named = line.is_capital(verb.at - 1)  # "the Harbour Post reported on Monday"
    return paper and not named and verb.word.takes_phrase and verb.after in line.lex.grammar.prepositions


def _active(verb: _Verb, *, listens_back: bool = True) -> Cue | None:
    """A finite verb of saying, if what stands around it is said; `listens_back`: a quotation may go before."""
    line, i, word = verb.line, verb.at, verb.word
    said = _that_follows(line, i) or _quote_follows(line, i, marked=listens_back)
    if word.needs_that and not word.say:
        if said or _clause_follows(verb):
            return Cue(i, i + 1, word.lemma, CueKind.SAY, needs_that=True)
        if not (word.takes_phrase or word.act):
            return None
    if word.act and not (said and word.say):
        return _act(verb, said=said, quoted=_quote_follows(line, i, marked=listens_back))
    if word.lemma == "continue" and not _goes_on_speaking(verb, marked=listens_back):
        return None
    if word.lemma in line.lex.cues.only_with_words and not said:
        before = listens_back and any(line.quoted[max(0, i - 14) : i])
        if not (before or _ends_clause(line, i)):
            return None
    told = word.lemma in line.lex.cues.tells
    return Cue(i, i + 1, word.lemma, CueKind.SAY, phrase=word.takes_phrase, told=told)


def _act(verb: _Verb, *, said: bool, quoted: bool) -> Cue | None:
    line, i = verb.line, verb.at
    if verb.lemma == "call" and verb.after not in {"the", "it", "him", "them", "on", "for", "her"} and not quoted:
        return None
    open_to = said or verb.after in {"to", "on"} or line.holds(i + 1, i + 9, {"to"})
    if verb.lemma in line.lex.cues.needs_infinitive and not open_to:
        return None
    return verb.cue(CueKind.ACT)


def _goes_on_speaking(verb: _Verb, *, marked: bool) -> bool:
    """Whether "continued" stands beside words that are said: "…, he continued"."""
    line, i = verb.line, verb.at
    beside = line.mark(i - 1) in {",", "”", '"'} or verb.after in {",", ".", ":"}
    return beside or _quote_follows(line, i, marked=marked)


def _that_follows(line: Line, i: int) -> bool:
    """Whether "that" follows soon: "said that", "said on Friday that", "told the agency yesterday that"."""
    for k in range(i + 1, min(i + 14, len(line))):
        if line.lows[k] in {"that", "whether", "how"}:
            return True
        if line.is_finite(k) or line.lows[k] in {".", ";", ":"}:
            return False
    return False


def _quote_follows(line: Line, i: int, *, marked: bool) -> bool:
    """Whether a quotation opens soon behind word `i`; `marked`: known quotations count too, not only their marks."""
    for k in range(i + 1, min(i + 12, len(line))):
        if line.mark(k) in _OPENING or (marked and line.quoted[k]):
            return True
        if line.mark(k) in {".", ";"}:
            return False
    return False


def _clause_follows(verb: _Verb) -> bool:
    """Whether a clause follows at once: "believes he was", "fear the regime could"."""
    line, i = verb.line, verb.at
    if i + 1 >= len(line) or line.mark(i + 1) in {",", "."}:
        return _ends_clause(line, i) and i > 2
    if verb.lemma in line.lex.cues.perceives:
        return verb.after in {"he", "they", "she", "it", "there"} and line.has_finite(i + 2, i + 5)
    return line.has_finite(i + 2, i + 9) and verb.after not in {"in", "on", "for", "with", "to", "of"}


def _ends_clause(line: Line, i: int) -> bool:
    return i + 1 >= len(line) or line.mark(i + 1) in {".", ",", ":", "”", '"', "…"}
