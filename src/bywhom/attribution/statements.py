"""Statements: in one sentence, each cue with its source phrase and the stretch of text that is its content."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from bywhom.attribution.colons import told_by_colon
from bywhom.attribution.contents import (
    after_apposition,
    around_saying,
    before_means,
    closes,
    content_before,
    content_start,
    regular_past,
    rest_after,
)
from bywhom.attribution.credible import is_credible
from bywhom.attribution.cues import Cue, CueKind, find_cues, made_by
from bywhom.attribution.handing import handed_on, quoted_by
from bywhom.attribution.lexicon import Form
from bywhom.attribution.line import Line
from bywhom.attribution.listeners import listener_of
from bywhom.attribution.names import outlets_in
from bywhom.attribution.phrases import Phrase, opens_sentence, phrase_after, phrase_before
from bywhom.attribution.settling import settle
from bywhom.attribution.statement import Statement, Stretch
from bywhom.attribution.subjects import whole_subject
from bywhom.attribution.versions import announces_version
from bywhom.attribution.walking import relative_before
from bywhom.records import SourceKind

_TAG = 9  # words before the verb of a sentence that only tells who spoke
_NEAR_NOUN = 7  # words between a saying and the noun that belongs to it
_SHORT = 5  # words and marks: a denied content so short only points back to what was told
_OWN = frozenset({"i", "we", "you"})
_INVERTS = frozenset({"add", "explain", "report", "say", "write"})  # verbs that go before their subject without a comma


@dataclass(frozen=True, slots=True)
class _Around:
    """A cue in its sentence, and the statements found before it."""

    line: Line
    cue: Cue
    start: int  # behind the last cue that made a statement: no source of this one stands before it
    earlier: Sequence[Statement]

    def to_end(self, first: int) -> tuple[Stretch, ...]:
        """The content from here to the end of the sentence."""
        return ((first, len(self.line)),)

    def own_start(self, source: Phrase) -> int:
        """Where the saying begins: with its source, or with its verb where the source is that of an earlier statement."""
        return source.first if source.first >= self.start else self.cue.first

    @property
    def spoke_last(self) -> Phrase | None:
        """Who speaks in the last statement before this one that is not of "we" or "I": they speak inside a content."""
        spoke = (s.source for s in reversed(self.earlier) if s.source is not None and s.cue.kind is not CueKind.NOUN)
        return next((p for p in spoke if self.line.low(p.first) not in _OWN), None)

    @property
    def spoke_before(self) -> Phrase | None:
        """Who speaks in the statement before this one."""
        spoke = (s.source for s in reversed(self.earlier) if s.source is not None and s.cue.kind is not CueKind.NOUN)
        return next(spoke, None)


def find_statements(line: Line) -> tuple[Statement, ...]:
    """The statements of one sentence, in text order; contents of different statements do not overlap."""
    headed = told_by_colon(line) or _version_told(line)
    found = [headed] if headed is not None else []
    start = inside_phrase = headed.frame[1] if headed is not None else 0
    for cue in find_cues(line):
        if found and cue.kind is CueKind.NOUN and _belongs_to(line, cue, found[-1]):
            continue
        statement = _FINDERS.get(cue.kind, _active)(_Around(line, cue, start, found))
        if statement is None or cue.first < inside_phrase or not is_credible(line, statement):
            continue
        found.append(handed_on(line, statement))
        start = cue.last
        if cue.kind is CueKind.ACCORDING and statement.source is not None:
            inside_phrase = statement.source.last
        elif cue.lemma == "quote" or cue.kind is CueKind.RELAY:
            inside_phrase = statement.frame[1]  # the "saying" of "quoted by X as saying" is no second cue
    return settle(line, found)


def _version_told(line: Line) -> Statement | None:
    version = announces_version(line)
    return replace(version, frame=(0, version.contents[0][0])) if version is not None and version.contents else None


def find_tag(line: Line) -> Statement | None:
    """Who speaks in a sentence that has a subject and a verb of saying, and nothing that is said: "Kolb asked a sailor"."""
    for i in range(1, min(len(line), _TAG)):
        word = line.lex.verbs.get(line.lows[i])
        if word is None or not (word.say or word.lemma in line.lex.cues.tells) or Form.PAST not in word.forms:
            continue
        source = phrase_before(line, i, 0)
        cue = Cue(i, i + 1, word.lemma, CueKind.SAY, told=word.lemma in line.lex.cues.tells)
        listener, after = listener_of(line, cue)
        if (
            source is None
            or source.first > 0
            or line.has_finite(after, len(line))
            or line.holds(after, len(line), {"that"})
        ):
            return None
        statement = Statement(cue, source, (), listener, frame=(0, len(line)))
        return statement if is_credible(line, statement) and closes(line, after) else None
    return None


def is_bare(line: Line) -> bool:
    """Whether a sentence is only a subject with a verb of saying: "The ministry announced." tells nothing."""
    i = next((i for i in range(len(line) - 1, 0, -1) if line.is_word(i)), 0)
    word = line.lex.verbs.get(line.low(i))
    if (
        word is None
        or not (word.say or word.lemma in line.lex.cues.announces)
        or not {Form.PAST, Form.THIRD} & word.forms
    ):
        return False
    source = phrase_before(line, i, 0)
    if source is None or any(line.is_word(k) for k in range(source.first)):
        return False
    return is_credible(line, Statement(Cue(i, i + 1, word.lemma, CueKind.SAY), source, (), frame=(0, len(line))))


def _belongs_to(line: Line, noun: Cue, told: Statement) -> bool:
    """Whether a noun is part of the saying before it: "confirmed reports that", "said in a recent statement that"."""
    if told.cue.kind not in {CueKind.SAY, CueKind.ACT, CueKind.GERUND} or told.source is None:
        return False
    near = noun.first - told.cue.last
    if told.cue.phrase or told.cue.lemma in line.lex.cues.denials:
        return near < _NEAR_NOUN
    return (
        line.low(noun.first) in line.lex.roles.issued
        and line.holds(told.cue.last, noun.first, {"in"})
        and near < _NEAR_NOUN
    )


# -- "according to" -----------------------------------------------------------------------------------------------------


def _according(at: _Around) -> Statement | None:
    line, cue, start = at.line, at.cue, at.start
    source = phrase_after(line, cue.last, len(line), by=True)
    if source is None:
        return None
    source = _interviewed(line, source) or source
    if _opens(at):
        return _according_first(at, source)
    relay = quoted_by(line, source.last, len(line))
    source = Phrase(source.first, relay.last) if relay else source
    end = after_apposition(line, source.last)
    frame, before = (cue.first, source.last), (start, cue.first)
    relative = line.low(end + 1) in line.lex.grammar.relatives
    if line.mark(end) == "," and line.has_finite(end, len(line)) and not relative:
        return Statement(cue, source, around_saying(line, before, ((end + 1, len(line)),)), frame=frame)
    return Statement(cue, source, (before,), frame=frame)


def _interviewed(line: Line, source: Phrase) -> Phrase | None:
    """Who speaks in "according to an interview with X": X."""
    if line.low(source.last - 1) == "interview" and line.low(source.last) == "with":
        return phrase_after(line, source.last + 1, len(line))
    return None


def _opens(at: _Around) -> bool:
    """Whether nothing that is said stands before "according to" in its clause."""
    line, first = at.line, at.cue.first
    linking = line.lex.grammar.adverbs | {"but", "and", "however", ","}
    before = line.lows[at.start : first]
    return (
        line.mark(first - 1) in {"(", ";"}
        or not line.has_words(at.start, first)
        or all(low in linking for low in before)
    )


def _according_first(at: _Around, source: Phrase) -> Statement:
    """The statement of "According to X, …", also in brackets."""
    line, cue = at.line, at.cue
    relay = quoted_by(line, source.last, len(line))
    end = after_apposition(line, relay.last if relay else source.last)
    bracket = line.mark(cue.first - 1) == "("
    first = cue.first if bracket or line.mark(cue.first - 1) == ";" else at.start
    closing = line.find(end, len(line), {")"}) if bracket else None
    content = end
    while line.mark(content) in {",", "-", "—", "–", ":"}:
        content += 1
    last = closing if closing is not None else len(line)
    return Statement(cue, Phrase(source.first, end), ((content, last),), frame=(first, end))


# -- gerunds, relays, passives, nobody, nouns -----------------------------------------------------------------------------


def _gerund(at: _Around) -> Statement:
    """The statement of "…, adding that": the subject speaks on; in "a bulletin stating that" the bulletin does."""
    line, cue = at.line, at.cue
    content, frame = at.to_end(content_start(line, cue.last)), (cue.first, cue.last)
    subject = _sentence_subject(line, cue.first)
    if line.low(cue.first - 1) in line.lex.roles.issued:
        paper = phrase_before(line, cue.first, 0)
        if paper is not None and subject is not None and subject != paper:
            return Statement(cue, paper, content, relays=(subject,), frame=frame)
    return Statement(cue, at.spoke_before or subject, content, frame=frame)


def _sentence_subject(line: Line, end: int) -> Phrase | None:
    verb = next((i for i in range(1, end) if line.is_finite(i) or regular_past(line, i)), None)
    return phrase_before(line, verb, 0) if verb else None


def _relay(at: _Around) -> Statement | None:
    """The statement of "X cites Y who claimed" and "reported, citing Y, that": Y is the source, X the relay."""
    line, cue = at.line, at.cue
    source = phrase_after(line, cue.last, len(line))
    if source is None or not _can_be_cited(line, source):
        return None
    finite = not line.low(cue.first).endswith("ing")
    comma = line.mark(cue.first - 1) == "," and not finite
    own = phrase_before(line, cue.first - comma, at.start) if finite else None
    relay = own or at.spoke_before or phrase_before(line, cue.first - comma, at.start)
    relays = (relay,) if relay else ()
    rest = source.last
    while line.mark(rest) in {",", "-", "—", "–", ":"}:
        rest += 1
    if line.low(rest) == "who":
        return Statement(cue, source, (), relays=relays, frame=(cue.first, rest))
    says = line.low(rest) == "as" and line.low(rest + 1).endswith("ing")
    if says:
        rest = content_start(line, rest + 2)  # "quoted X as saying that"
    elif line.low(rest) in {"which", "that", "as"}:
        rest += 1
    listener = None
    if line.mark(source.last) == "," and line.low(rest) in line.lex.verbs:  # "X, citing Y, told Z that"
        told = line.lex.verbs[line.low(rest)].lemma in line.lex.cues.tells
        listener, after = listener_of(line, Cue(rest, rest + 1, line.low(rest), CueKind.SAY, told=told))
        rest = content_start(line, after)
    contents = at.to_end(rest) if line.has_words(rest, len(line)) and (finite or not at.earlier) else ()
    return Statement(cue, source, contents, listener, relays, (cue.first, rest if says else source.last))


def _can_be_cited(line: Line, phrase: Phrase) -> bool:
    """Whether a phrase cited can be a source: it holds a name or a role noun, not only things ("citing fears of")."""
    places = range(phrase.first, phrase.last)
    roles = line.lex.role_kinds
    if any(roles.get(line.lows[i]) is SourceKind.DOCUMENT for i in places):
        return False
    return any(line.is_role(i) or (line.is_capital(i) and line.mark(i) not in line.lex.adjectives) for i in places)


def _passive(at: _Around) -> Statement | None:
    """The statement of "was announced by X", where the speaker follows, and of "X was quoted as saying"."""
    line, cue = at.line, at.cue
    if cue.lemma == "quote":
        return _quoted(at)
    source = phrase_after(line, cue.last + 1, len(line))
    if source is None:
        return None
    if cue.lemma in {"tell", "inform"}:
        listener = phrase_before(line, cue.first, at.start)
        content = at.to_end(content_start(line, source.last))
        return Statement(cue, source, content, listener=listener, frame=(cue.first, source.last))
    apposed = _called_before(line, cue.first)
    if apposed is not None:
        return Statement(cue, source, ((apposed, source.last),), frame=(cue.first, source.last))
    joint = line.rfind(at.start, cue.first, {";", "but", "while", "although"})
    first = joint + 1 if joint is not None else at.start
    if cue.lemma in {"portray", "describe"} and line.low(source.last) == "as":
        noun = phrase_before(line, cue.first, first)
        link = line.rfind(noun.first, cue.first, line.lex.grammar.prepositions) if noun is not None else None
        begin = link + 1 if link is not None else noun.first if noun is not None else first
        return Statement(cue, source, at.to_end(begin), frame=(cue.first, source.last))
    return Statement(cue, source, ((first, source.last),), listener=_heard_by(line, source.last))


def _heard_by(line: Line, at: int) -> Phrase | None:
    """The outlet that heard it: "confirmed by a clerk [to the Harbour Post]"."""
    heard = phrase_after(line, at + 1, len(line)) if line.low(at) == "to" else None
    return heard if heard is not None and outlets_in(line.part(heard.first, heard.last)) else None


def _quoted(at: _Around) -> Statement:
    """The statement of "X was quoted by Y as saying": X is the source, Y the relay."""
    line, cue = at.line, at.cue
    source = phrase_before(line, cue.first, at.start)
    relay = phrase_after(line, cue.last, len(line)) if line.low(cue.last - 1) == "by" else None
    end = relay.last if relay else cue.last
    end += 2 if relay and line.low(end) == "as" else 0  # "as saying"
    relays = (relay,) if relay else ()
    content = content_start(line, end)
    if source is not None and not line.has_words(content, len(line)):
        return Statement(cue, source, ((at.start, source.first),), relays=relays, frame=(source.first, end))
    return Statement(cue, source, at.to_end(content), relays=relays, frame=(cue.first, end))


def _impersonal(at: _Around) -> Statement:
    line, cue = at.line, at.cue
    if line.low(cue.last) == "that" or line.holds(max(at.start, cue.first - 4), cue.first, {"it"}):
        return Statement(cue, None, at.to_end(content_start(line, cue.last)), frame=(at.start, cue.last))
    return Statement(cue, None, at.to_end(at.start), frame=(cue.first, cue.last))


def _noun(at: _Around) -> Statement | None:
    """The statement of "unverified media reports that …": the phrase itself is the source, unless it is called false."""
    line, cue = at.line, at.cue
    if line.low(cue.last) == "that" and line.holds(cue.last, len(line), line.lex.cues.called_false):
        return None
    first = cue.first
    while first > at.start and line.low(first - 1) in line.lex.cues.hearsay_adjectives:
        first -= 1
    after = cue.last + (line.low(cue.last) in line.lex.surfacing)
    while line.low(after) in {"that", "of"}:
        after += 1
    that = made_by(line, cue.first)
    if that is not None:
        return Statement(cue, phrase_after(line, cue.last + 1, that), at.to_end(that + 1), frame=(first, that + 1))
    return Statement(cue, Phrase(first, cue.last), at.to_end(after), frame=(first, after))


# -- finite verbs -------------------------------------------------------------------------------------------------------


def _active(at: _Around) -> Statement | None:
    line, cue = at.line, at.cue
    before = phrase_before(line, cue.first, at.start)
    inverted = _inverted(at, before)
    if inverted is None:
        inverted = _inverted_without_comma(at, before)
    if inverted is not None:
        after = after_apposition(line, inverted.last, at_end=True)
        unmarked = not any(line.quoted) and opens_sentence(line, after)
        rest = at.to_end(after) if unmarked else rest_after(line, after)
        contents = around_saying(line, (at.start, cue.first), rest)
        return Statement(cue, inverted, contents, frame=(cue.first, inverted.last))
    source = before or _shared_subject(at)
    if source is None or _is_a_toll(at, source):
        return None
    if at.start == 0 and not closes(line, cue.last):
        source = whole_subject(line, source)
    apposed = _apposed(at, source)
    if apposed is not None:
        return apposed
    if cue.kind is CueKind.ACT and not _ends_with_cue(at, source):
        first = at.own_start(source)
        return Statement(cue, source, at.to_end(first), frame=(first, cue.last))
    return _said(at, source)


def _is_a_toll(at: _Around, source: Phrase) -> bool:
    """Whether a count is the subject, and nobody: "An earlier toll from the strike on the fort reported ten dead"."""
    line = at.line
    head = line.find(0, source.first, line.lex.cues.toll_nouns) if at.start == 0 else None
    return head is not None and not line.has_finite(0, source.first) and "," not in line.lows[head : source.first]


def _ends_with_cue(at: _Around, source: Phrase) -> bool:
    """Whether an act of speech stands behind what it announces: "Forty men died, the ministry announced"."""
    line, cue = at.line, at.cue
    if cue.lemma not in line.lex.cues.announces:
        return False
    return closes(line, cue.last) and content_before(line, at.start, source.first, ends=True)


def _apposed(at: _Around, source: Phrase) -> Statement | None:
    """The statement of "…, a charge the army denied": what was charged is somebody else's word."""
    line, cue, source = at.line, at.cue, _without_apposition(at.line, source)
    end = source.first - (line.low(source.first - 1) in {"that", "which"})
    first = _called_before(line, end)
    if first is None:
        return None
    last = cue.last
    if line.is_finite(last):  # "a claim the rebels said was false"
        last = line.find(last, len(line), {",", ";"}) or len(line)
    return Statement(cue, source, ((first, last),), frame=(source.first, cue.last))


def _called_before(line: Line, end: int) -> int | None:
    """Where what was said is called something in an apposition that ends here: "…, [a charge] denied by the army"."""
    if line.low(end - 1) not in line.lex.nouns | line.lex.cues.called:
        return None
    first = end - 2 if line.low(end - 2) in {"a", "an"} else end - 3  # "a death toll"
    return first if line.low(first) in {"a", "an"} and line.mark(first - 1) == "," else None


def _without_apposition(line: Line, source: Phrase) -> Phrase:
    """The name alone where the noun before it was taken for its title: "…, a report [Osk] denied"."""
    name = source.first + 2
    opens = line.low(source.first) in {"a", "an"} and line.mark(source.first - 1) == ","
    named = name < source.last and all(line.is_capital(i) for i in range(name, source.last))
    told = line.low(name - 1) in line.lex.nouns | line.lex.cues.called
    return Phrase(name, source.last) if opens and named and told else source


def _said(at: _Around, source: Phrase) -> Statement | None:
    """A subject with its verb of saying; in "told X, quoted by Y, that" both X and Y are relays."""
    listener, after = listener_of(at.line, at.cue)
    handed = quoted_by(at.line, after, len(at.line)) if listener is not None else None
    if listener is None or handed is None:
        return _with_contents(at, source, listener, after)
    said = _with_contents(at, source, None, handed.last)
    return replace(said, relays=(handed, listener)) if said is not None else None


def _with_contents(at: _Around, source: Phrase, listener: Phrase | None, after: int) -> Statement | None:
    """The statement of a subject and its verb: what goes before it, what follows, or both are its content."""
    line, cue = at.line, at.cue
    first = at.own_start(source)
    told, frame = (at.start, max(at.start, source.first)), (first, after)
    ends = not line.has_words(after, len(line))
    if content_before(line, *told, ends=ends) and closes(line, after):
        return Statement(cue, source, around_saying(line, told, rest_after(line, after)), listener, frame=frame)
    content = content_start(line, after)
    if not line.has_words(content, len(line)):
        return Statement(cue, source, (told,), listener, frame=frame) if content_before(line, *told) else None
    end = before_means(line, content)
    if _tells_in_short(line, cue, content):
        return Statement(cue, source, ((first, end),), listener, frame=(first, cue.last))
    return Statement(cue, source, ((content, end),), listener, frame=(first, content))


def _tells_in_short(line: Line, cue: Cue, content: int) -> bool:
    """Whether what is said is only a noun phrase, so that the whole clause tells it: "confirmed the loss of ten men"."""
    if cue.lemma in line.lex.cues.whole:
        return True
    end = len(line)
    if line.holds(cue.last, content, {"that"}) or line.has_clause(content, end):
        return False
    if cue.lemma in line.lex.cues.denials:
        return end - content > _SHORT
    told = any(line.quoted[i] or line.is_finite(i) or regular_past(line, i) for i in range(content, end))
    return cue.phrase and not told


def _inverted(at: _Around, before: Phrase | None) -> Phrase | None:
    """The source behind its cue: "…", said the mayor."""
    line, cue = at.line, at.cue
    comma = line.mark(cue.first - 1) == ","
    if cue.first == 0 or ((cue.kind is CueKind.ACT or cue.told) and not _closes_a_telling(at)):
        return None
    quoted = _closes_quote(line, cue.first - 1) or (
        comma and cue.first > 1 and (_closes_quote(line, cue.first - 2) or line.quoted[cue.first - 2])
    )
    if not quoted and (before is not None or not comma):
        return None
    source = phrase_after(line, cue.last, len(line))
    if source is None or line.low(source.first) in {"that", "it"}:
        return None
    ends = source.last >= len(line) or line.low(source.last) in {".", ",", ";", ":", "!", "?", "who"}
    return source if quoted or ends else None


def _closes_a_telling(at: _Around) -> bool:
    """Whether a verb that takes an object is one of saying here: "…, promises the mayor", "…, informs Captain Osk"."""
    word = at.line.lex.verbs.get(at.line.low(at.cue.first))
    third = word is not None and word.forms == {Form.THIRD}
    return third and at.line.has_finite(at.start, at.cue.first)


def _inverted_without_comma(at: _Around, before: Phrase | None) -> Phrase | None:
    """The source behind its cue where commas were lost: "Forty men died in the fire [said the mayor]"."""
    line, cue = at.line, at.cue
    if (
        cue.kind is not CueKind.SAY
        or cue.told
        or cue.lemma not in _INVERTS
        or not content_before(line, at.start, cue.first)
    ):
        return None
    source = phrase_after(line, cue.last, len(line))
    if source is None or line.low(source.first) in line.lex.time_adjuncts:
        return None
    anew = opens_sentence(line, source.last)
    spoke = before is not None and is_credible(line, Statement(cue, before, ((cue.last, len(line)),)))
    if not anew and (spoke or (line.low(source.last) != "who" and not closes(line, source.last))):
        return None
    places = range(source.first, source.last)
    named = any(line.is_role(i) or line.may_be_named(i) for i in places)
    return source if named else None


def _closes_quote(line: Line, i: int) -> bool:
    """Whether the mark at `i` ends a quotation; straight marks open and close in turn."""
    if line.mark(i) == '"':
        before = line.lows[:i].count('"')
        return before % 2 == 1 or before == 0
    return line.mark(i) in {"”", "»", "’"}


def _shared_subject(at: _Around) -> Phrase | None:
    """The subject of the first of two verbs: "Peru denied the raid and accused Chile"."""
    line = at.line
    k = at.cue.first - 1
    while k > at.start and (line.lows[k] in line.lex.grammar.adverbs or line.lows[k].endswith("ly")):
        k -= 1
    joined = k > 0 and line.lows[k] in {"and", "but"}
    if not joined:
        return None
    who = relative_before(line, k, at.start)
    if who is not None:
        return phrase_before(line, who + 1, at.start)
    return _sentence_subject(line, k) if at.start == 0 else at.spoke_last


_FINDERS: dict[CueKind, Callable[[_Around], Statement | None]] = {
    CueKind.ACCORDING: _according,
    CueKind.GERUND: _gerund,
    CueKind.RELAY: _relay,
    CueKind.PASSIVE: _passive,
    CueKind.IMPERSONAL: _impersonal,
    CueKind.NOUN: _noun,
}
