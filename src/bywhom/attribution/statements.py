"""Statements: in one sentence, each cue with its source phrase and the stretch of text that is its content."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bywhom.attribution.cues import Cue, CueKind, Skip, find_cues
from bywhom.attribution.lexicon import Lexicon
from bywhom.attribution.phrases import PRONOUNS, Phrase, phrase_after, phrase_before, pronoun_form
from bywhom.prose.tokens import Token
from bywhom.records import SourceKind, Span


@dataclass(frozen=True, slots=True)
class Statement:
    """One cue of a sentence, its source and its content, in tokens [first, last) of the sentence."""

    cue: Cue
    source: Phrase | None
    contents: tuple[tuple[int, int], ...]
    listener: Phrase | None = None  # to whom it was said: "told Reuters"
    relays: tuple[Phrase, ...] = ()  # "citing X": X is then the source and this sentence's subject a relay
    frame: tuple[int, int] = (0, 0)  # cue and source, without content


_TIME_WORDS = frozenset(
    "on late early last this monday tuesday wednesday thursday friday saturday sunday today yesterday earlier later again".split()
)
_REPORT_ADJECTIVES = frozenset(
    "unverified unconfirmed initial first early media press news local conflicting earlier recent some several many intelligence field preliminary".split()
)
_END_MARKS = frozenset(".,;:!?")


def find_statements(words: Sequence[Token], skip: Skip, lexicon: Lexicon) -> tuple[Statement, ...]:
    """The statements of one sentence, in text order; contents of different statements do not overlap."""
    found: list[Statement] = []
    start = inside_phrase = 0
    cues = find_cues(words, skip, lexicon)
    for number, cue in enumerate(cues):
        limit = cues[number + 1].first if number + 1 < len(cues) else len(words)
        statement = _statement(words, cue, start, limit, skip, lexicon, found)
        if found and cue.kind is CueKind.NOUN and found[-1].cue.phrase and cue.first - found[-1].cue.last < 7:
            continue  # "confirmed reports that": the confirming is the saying
        if statement is None or cue.first < inside_phrase or not _credible(words, statement, lexicon):
            continue
        found.append(statement)
        start = cue.last
        if cue.kind is CueKind.ACCORDING and statement.source is not None:
            inside_phrase = statement.source.last
    return _settle(words, found, lexicon)


def _statement(
    words: Sequence[Token], cue: Cue, start: int, limit: int, skip: Skip, lexicon: Lexicon, earlier: list[Statement]
) -> Statement | None:
    match cue.kind:
        case CueKind.ACCORDING:
            return _according(words, cue, start, lexicon)
        case CueKind.GERUND:
            return _gerund(words, cue, earlier, lexicon)
        case CueKind.RELAY:
            return _relay(words, cue, start, lexicon, earlier)
        case CueKind.PASSIVE:
            return _passive(words, cue, start, lexicon)
        case CueKind.IMPERSONAL:
            return _impersonal(words, cue, start, lexicon)
        case CueKind.NOUN:
            return _noun(words, cue, start, lexicon)
        case _:
            return _active(words, cue, start, skip, lexicon)


def _according(words: Sequence[Token], cue: Cue, start: int, lexicon: Lexicon) -> Statement | None:
    source = phrase_after(words, cue.last, len(words), lexicon, by=True)
    if source is None:
        return None
    source = _interviewed(words, source, lexicon) or source
    end = _after_apposition(words, source.last, lexicon)
    opens = (
        words[cue.first - 1].text in {"(", ";"}
        or not any(w.is_word for w in words[start : cue.first])
        or all(w.lower in lexicon.grammar.adverbs | {"but", "and", "however", ","} for w in words[start : cue.first])
    )
    if opens:
        bracket = cue.first > 0 and words[cue.first - 1].text == "("
        first = cue.first if bracket or words[cue.first - 1].text == ";" else start
        last = next((i for i in range(end, len(words)) if bracket and words[i].text == ")"), len(words))
        return Statement(cue, Phrase(source.first, end), ((_skip_comma(words, end), last),), frame=(first, end))
    contents = [(start, cue.first)]
    if end < len(words) and words[end].text == "," and any(w.lower in lexicon.finite for w in words[end:]):
        return Statement(
            cue,
            source,
            _around_saying(words, contents[0], ((end + 1, len(words)),), lexicon),
            frame=(cue.first, source.last),
        )
    return Statement(cue, source, tuple(contents), frame=(cue.first, source.last))


def _interviewed(words: Sequence[Token], source: Phrase, lexicon: Lexicon) -> Phrase | None:
    """ "According to an interview with X": X speaks."""
    if words[source.last - 1].lower == "interview" and source.last < len(words) and words[source.last].lower == "with":
        return phrase_after(words, source.last + 1, len(words), lexicon)
    return None


def _after_apposition(words: Sequence[Token], end: int, lexicon: Lexicon, *, at_end: bool = False) -> int:
    """Past "…, Deputy Minister of Defence," behind a name; `at_end` lets the apposition run to the sentence's end."""
    if end < len(words) and words[end].text == ",":
        closing = next((i for i in range(end + 1, min(end + 16, len(words))) if words[i].text == ","), None)
        if closing is None and at_end and len(words) - end < 20:
            closing = len(words)
        if closing and not any(w.lower in lexicon.finite for w in words[end + 1 : closing]):
            following = words[end + 1].lower
            if following in {"a", "an", "the", "who", "which"} or words[end + 1].is_capital:
                if (
                    following in {"a", "an", "the"}
                    and words[end + 2].lower not in lexicon.role_kinds
                    and not any(w.lower in lexicon.role_kinds for w in words[end + 1 : closing])
                ):
                    return end
                if any(w.lower in lexicon.role_kinds for w in words[end + 1 : closing]):
                    return closing
    return end


def _skip_comma(words: Sequence[Token], i: int) -> int:
    while i < len(words) and words[i].text in {",", "-", "—", "–", ":"}:
        i += 1
    return i


def _gerund(words: Sequence[Token], cue: Cue, earlier: list[Statement], lexicon: Lexicon) -> Statement:
    """The statement of "…, adding that": the subject speaks on; in "a bulletin stating that" the bulletin does."""
    content = ((_content_start(words, cue.last, lexicon), len(words)),)
    if cue.first and words[cue.first - 1].lower in lexicon.roles.issued:
        paper = phrase_before(words, cue.first, 0, lexicon)
        subject = _sentence_subject(words, cue.first, lexicon)
        if paper is not None and subject is not None and subject != paper:
            return Statement(cue, paper, content, relays=(subject,), frame=(cue.first, cue.last))
    source = next((s.source for s in reversed(earlier) if s.source is not None), None) or _sentence_subject(
        words, cue.first, lexicon
    )
    return Statement(
        cue, source, ((_content_start(words, cue.last, lexicon), len(words)),), frame=(cue.first, cue.last)
    )


def _sentence_subject(words: Sequence[Token], end: int, lexicon: Lexicon) -> Phrase | None:
    verb = next((i for i in range(1, end) if words[i].lower in lexicon.finite or _regular_past(words, i)), None)
    return phrase_before(words, verb, 0, lexicon) if verb else None


def _regular_past(words: Sequence[Token], i: int) -> bool:
    """A word in -ed behind a word that can end a subject."""
    before = words[i - 1].lower
    return (
        words[i].lower.endswith("ed")
        and not words[i].is_capital
        and words[i - 1].is_word
        and before not in {"the", "a", "an", "of", "and", "being", "be", "been", "having", "by"}
    )


def _relay(
    words: Sequence[Token], cue: Cue, start: int, lexicon: Lexicon, earlier: list[Statement]
) -> Statement | None:
    """ "X cites Y who claimed", "reported, citing Y, that": Y is the source, X the relay."""
    source = phrase_after(words, cue.last, len(words), lexicon)
    if source is None:
        return None
    relay = next((s.source for s in reversed(earlier) if s.source is not None), None)
    finite = not words[cue.first].lower.endswith("ing")
    if relay is None:
        relay = phrase_before(words, cue.first, start, lexicon)
    if not _can_speak(words, source, lexicon):
        return None
    rest = _skip_comma(words, source.last)
    if rest < len(words) and words[rest].lower == "who":
        return Statement(cue, source, (), relays=(relay,) if relay else (), frame=(cue.first, rest))
    if rest < len(words) and words[rest].lower in {"which", "that", "as"}:
        rest += 1
    contents = ((rest, len(words)),) if finite or not earlier else ()
    return Statement(cue, source, contents, relays=(relay,) if relay else (), frame=(cue.first, source.last))


def _can_speak(words: Sequence[Token], phrase: Phrase, lexicon: Lexicon) -> bool:
    """Whether a phrase cited can be a source: it holds a name or a role noun, not only things ("citing fears of")."""
    inside = words[phrase.first : phrase.last]
    if any(lexicon.role_kinds.get(w.lower) is SourceKind.DOCUMENT for w in inside):
        return False
    return any(w.lower in lexicon.role_kinds or (w.is_capital and w.text not in lexicon.adjectives) for w in inside)


def _passive(words: Sequence[Token], cue: Cue, start: int, lexicon: Lexicon) -> Statement | None:
    """ "was announced by X", "was told by X that": the speaker follows; "X was quoted as saying": he goes before."""
    if cue.lemma == "quote":
        source = phrase_before(words, cue.first, start, lexicon)
        relay = None
        end = cue.last
        if end < len(words) and words[end - 1].lower == "by":
            relay = phrase_after(words, end, len(words), lexicon)
            end = relay.last if relay else end
        return Statement(
            cue,
            source,
            ((_content_start(words, end, lexicon), len(words)),),
            relays=(relay,) if relay else (),
            frame=(cue.first, end),
        )
    source = phrase_after(words, cue.last + 1, len(words), lexicon)
    if source is None:
        return None
    if cue.lemma in {"tell", "inform"}:
        listener = phrase_before(words, cue.first, start, lexicon)
        return Statement(
            cue,
            source,
            ((_content_start(words, source.last, lexicon), len(words)),),
            listener=listener,
            frame=(cue.first, source.last),
        )
    first = next(
        (
            i + 1
            for i in range(cue.first - 1, start - 1, -1)
            if words[i].text == ";" or words[i].lower in {"but", "while", "although"}
        ),
        start,
    )
    if cue.lemma in {"portray", "describe"} and source.last < len(words) and words[source.last].lower == "as":
        noun = phrase_before(words, cue.first, first, lexicon)
        return Statement(cue, source, ((noun.first if noun else first, len(words)),))
    return Statement(cue, source, ((first, source.last),))


def _impersonal(words: Sequence[Token], cue: Cue, start: int, lexicon: Lexicon) -> Statement | None:
    following = words[cue.last].lower if cue.last < len(words) else ""
    if following == "that" or any(w.lower == "it" for w in words[max(start, cue.first - 4) : cue.first]):
        return Statement(cue, None, ((_content_start(words, cue.last, lexicon), len(words)),), frame=(start, cue.last))
    return Statement(cue, None, ((start, len(words)),), frame=(cue.first, cue.last))


def _noun(words: Sequence[Token], cue: Cue, start: int, lexicon: Lexicon) -> Statement | None:
    """ "media reports that …", "unverified claims of …": the phrase itself is the source, unless a genitive names one."""
    source = _bare_noun(words, cue, start, lexicon)
    after = cue.last
    if after < len(words) and words[after].lower in lexicon.surfacing:
        after += 1
    while after < len(words) and words[after].lower in {"that", "of"}:
        after += 1
    return Statement(cue, source, ((after, len(words)),), frame=(source.first, after))


_MEANS = frozenset(
    "address article briefing broadcast bulletin call communique email interview letter message post report speech statement telegram tweet video".split()
)


def _before_means(words: Sequence[Token], content: int, lexicon: Lexicon) -> int:
    """Where a content ends before the means of saying it: "…, in a letter received by the Herald"."""
    for i in range(content + 3, len(words) - 2):
        if (
            words[i].text == ","
            and words[i + 1].lower == "in"
            and words[i + 2].lower in {"a", "an", "its", "his", "her", "their"}
        ):
            inside = words[i + 3 : i + 7]
            if any(w.lower in _MEANS for w in inside) and not any(
                w.lower in lexicon.grammar.have | lexicon.grammar.be for w in words[i:]
            ):
                return i
    return len(words)


def _bare_noun(words: Sequence[Token], cue: Cue, start: int, lexicon: Lexicon) -> Phrase:
    """The noun with the adjectives before it: "unverified media reports"."""
    first = cue.first
    while first > start and words[first - 1].is_word and words[first - 1].lower in _REPORT_ADJECTIVES:
        first -= 1
    return Phrase(first, cue.last)


def _active(words: Sequence[Token], cue: Cue, start: int, skip: Skip, lexicon: Lexicon) -> Statement | None:
    before = phrase_before(words, cue.first, start, lexicon)
    inverted = _inverted(words, cue, before, start, skip, lexicon)
    if inverted is not None:
        rest = _rest_after(words, _after_apposition(words, inverted.last, lexicon, at_end=True), lexicon)
        contents = _around_saying(words, (start, cue.first), rest, lexicon)
        return Statement(cue, inverted, contents, frame=(cue.first, inverted.last))
    if before is None:
        before = _shared_subject(words, cue, start, lexicon)
        if before is None:
            return None
    if cue.kind is CueKind.ACT:
        return Statement(cue, before, ((before.first, len(words)),), frame=(before.first, cue.last))
    listener, after = _listener(words, cue, skip, lexicon)
    ends = not any(w.is_word for w in words[after:])
    if _content_before(words, start, before.first, skip, lexicon, ends=ends) and _closes(words, after, lexicon):
        contents = _around_saying(words, (start, before.first), _rest_after(words, after, lexicon), lexicon)
        return Statement(cue, before, contents, listener, frame=(before.first, after))
    content = _content_start(words, after, lexicon)
    if content >= len(words) or not any(w.is_word for w in words[content:]):
        if _content_before(words, start, before.first, skip, lexicon):
            return Statement(cue, before, ((start, before.first),), listener, frame=(before.first, after))
        return None
    end = _before_means(words, content, lexicon)
    return Statement(cue, before, ((content, end),), listener, frame=(before.first, content))


def _inverted(
    words: Sequence[Token], cue: Cue, before: Phrase | None, start: int, skip: Skip, lexicon: Lexicon
) -> Phrase | None:
    """ "…", said the mayor: a source behind its cue."""
    previous = words[cue.first - 1] if cue.first else None
    if previous is None or cue.kind is CueKind.ACT or cue.told:
        return None
    after_quote = _closes_quote(words, cue.first - 1) or (
        previous.text == "," and cue.first > 1 and (_closes_quote(words, cue.first - 2) or skip(cue.first - 2))
    )
    if before is not None and not after_quote:
        return None
    if not after_quote and previous.text != ",":
        return None
    source = phrase_after(words, cue.last, len(words), lexicon)
    if source is None or words[source.first].lower in {"that", "it"}:
        return None
    return (
        source if after_quote or source.last >= len(words) or words[source.last].text in _END_MARKS | {"who"} else None
    )


def _closes_quote(words: Sequence[Token], i: int) -> bool:
    """Whether the mark at `i` ends a quotation; straight marks open and close in turn."""
    if words[i].text == '"':
        return sum(w.text == '"' for w in words[:i]) % 2 == 1 or not any(w.text == '"' for w in words[:i])
    return words[i].text in {"”", "»", "’"}


def _shared_subject(words: Sequence[Token], cue: Cue, start: int, lexicon: Lexicon) -> Phrase | None:
    """ "Russia denied the raid and accused Kyiv": the subject of the first verb."""
    k = cue.first - 1
    while k > start and (words[k].lower in lexicon.grammar.adverbs or words[k].lower.endswith("ly")):
        k -= 1
    if k > 0 and words[k].lower in {"and", "but"} and start == 0:
        return _sentence_subject(words, k, lexicon)
    return None


def _content_before(
    words: Sequence[Token], start: int, end: int, skip: Skip, lexicon: Lexicon, *, ends: bool = False
) -> bool:
    """Whether what stands before the source is a content, not an adverbial: quoted words or a clause of its own."""
    between = range(start, end)
    if any(skip(i) for i in between):
        return True
    first = next((words[i].lower for i in between if words[i].is_word), "")
    if first in lexicon.grammar.subordinators and first not in {"as"} and not ends:
        return False
    inside = words[start:end]
    return _opens_parenthesis(words, start, end, lexicon) or (
        sum(w.is_word for w in inside) >= 3 and any(w.lower in lexicon.finite or w.lower.endswith("ed") for w in inside)
    )


def _opens_parenthesis(words: Sequence[Token], start: int, end: int, lexicon: Lexicon) -> bool:
    """A subject cut off from its verb by a comma: "This fear, [he claimed,] has become"."""
    inside = [w for w in words[start:end] if w.is_word]
    first = inside[0].lower if inside else ""
    return (
        bool(inside)
        and words[end - 1].text == ","
        and first
        not in lexicon.grammar.prepositions
        | lexicon.grammar.adverbs
        | {"meanwhile", "however", "but", "and", "speaking", "asked"}
        and not inside[0].text.endswith(("ing", "ly"))
    )


def _closes(words: Sequence[Token], after: int, lexicon: Lexicon) -> bool:
    """Whether the saying ends here: a full stop, a comma, a quotation mark, or only an adjunct to the end."""
    if after >= len(words) or words[after].text in _END_MARKS | {"”", '"', "»", "("}:
        return not (after < len(words) and words[after].text == ":")
    if words[after].lower in {"that", "“", "‘"} or words[after].text in {"“", "«"}:
        return False
    rest = words[after:]
    if any(w.lower == "that" for w in rest[:12]):
        return False
    adjunct = rest[0].lower in lexicon.grammar.prepositions | _TIME_WORDS | {"carried"}
    stop = next((i for i, w in enumerate(rest) if w.text in {",", ".", ";"}), len(rest))
    return adjunct and not any(w.lower in lexicon.finite for w in rest[:stop])


def _rest_after(words: Sequence[Token], after: int, lexicon: Lexicon) -> tuple[tuple[int, int], ...]:
    """What of the content follows a saying put in the middle: "…, he said, and …"."""
    comma = next((i for i in range(after, min(after + 24, len(words))) if words[i].text in {",", "“", ";"}), None)
    if comma is None:
        return ()
    first = comma + (words[comma].text in {",", ";"})
    rest = words[first:]
    if sum(w.is_word for w in rest) < 3:
        return ()
    opener = next((w.lower for w in rest if w.is_word), "")
    speech = opener in lexicon.verbs and opener.endswith("ing")
    return () if speech or opener in lexicon.grammar.relatives else ((first, len(words)),)


def _around_saying(
    words: Sequence[Token], before: tuple[int, int], rest: tuple[tuple[int, int], ...], lexicon: Lexicon
) -> tuple[tuple[int, int], ...]:
    """The content around a saying put in its middle: one stretch where the first part is no clause of its own."""
    if rest and not any(
        w.lower in lexicon.finite or _regular_past(words, i)
        for i, w in enumerate(words[before[0] : before[1]], before[0])
        if i
    ):
        return ((before[0], rest[-1][1]),)
    return (before, *rest)


def _listener(words: Sequence[Token], cue: Cue, skip: Skip, lexicon: Lexicon) -> tuple[Phrase | None, int]:
    """To whom it was said, and where the saying goes on."""
    after = cue.last
    if after < len(words) and words[after].lower == "to" and not cue.told:
        phrase = phrase_after(words, after + 1, len(words), lexicon)
        return (phrase, phrase.last) if phrase else (None, after)
    if not cue.told:
        return None, after
    stop = next(
        (
            i
            for i in range(after, len(words))
            if words[i].lower in {"that", "how", "whether"} or words[i].text in {":", "“", "”", '"', ","} or skip(i)
        ),
        len(words),
    )
    phrase = _listener_phrase(words, after, stop, lexicon)
    return (phrase, phrase.last) if phrase else (None, after)


def _listener_phrase(words: Sequence[Token], first: int, stop: int, lexicon: Lexicon) -> Phrase | None:
    if first >= stop:
        return None
    if words[first].lower in {"him", "her", "them", "us", "me", "you"}:
        return Phrase(first, first + 1)
    i = first
    while i < stop:
        lower = words[i].lower
        name = words[i].is_capital
        article = i == first and lower in {"the", "a", "an", "his", "her", "their", "our", "its"}
        inner = lower in lexicon.role_kinds or lower in {
            "news",
            "local",
            "state",
            "same",
            "and",
            "state-run",
            "independent",
            "french",
            "conference",
            "briefing",
        }
        linked = lower == "of" and i + 1 < stop and words[i + 1].is_capital
        apostrophe = words[i].text in {"'", "’", "/", "-"}
        if not (name or article or inner or linked or apostrophe) or (i > first and lower in lexicon.finite):
            break
        if (
            name
            and i > first
            and words[i - 1].lower in lexicon.role_kinds - {"news agency": None}.keys()
            and lower in {"he", "she", "it", "they"}
        ):
            break
        if i > first and lower in {"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"}:
            break
        if i > first and lower in {"he", "she", "they", "there", "it"}:
            break
        i += 1
    while i > first and words[i - 1].lower in {"and", "of", "the", "a", "an"}:
        i -= 1
    return Phrase(first, i) if i > first else None


def _content_start(words: Sequence[Token], i: int, lexicon: Lexicon) -> int:
    """Past "on Friday", "in a statement", "that", colon and opening marks, to where the content begins."""
    that = next((k for k in range(i, min(i + 26, len(words))) if words[k].lower in {"that", "how"}), None)
    colon = next((k for k in range(i, min(i + 20, len(words))) if words[k].text == ":"), None)
    if that is not None and (that == i or _only_adjuncts(words, i, that, lexicon)):
        return that + 1
    if (
        colon is not None
        and (that is None or colon < that)
        and (colon == i or _only_adjuncts(words, i, colon, lexicon))
    ):
        return colon + 1
    while i < len(words) and (words[i].lower in _TIME_WORDS or words[i].text == ","):
        i += 1
    return i


def _only_adjuncts(words: Sequence[Token], first: int, last: int, lexicon: Lexicon) -> bool:
    inside = words[first:last]
    opener = inside[0].lower
    return (
        opener in lexicon.grammar.prepositions | _TIME_WORDS | lexicon.grammar.adverbs | {","}
        or inside[0].is_capital
        or not any(w.lower in lexicon.finite for w in inside)
    )


_EVIDENCE = frozenset(
    "suggest indicate show demonstrate mean prove reveal signal underline underscore highlight imply confirm mark note".split()
)
_WHEN = frozenset("when after once before until if because as since although while".split())


def _credible(words: Sequence[Token], statement: Statement, lexicon: Lexicon) -> bool:
    """Whether the source can speak at all: "the lack of orders suggests" is an inference of the publisher's."""
    source = statement.source
    if source is None or statement.cue.kind in {CueKind.NOUN, CueKind.RELAY}:
        return True
    inside = words[source.first : source.last]
    before = words[source.first - 1].lower if source.first else ""
    if (before in _WHEN and statement.cue.needs_that) or before in {"if", "unless", "whether", "until"}:
        return False  # "when the officers realised that" is told, "if the ministry confirms that" is not said
    if len(inside) == 1:
        only = inside[0]
        if only.lower in {"all", "none", "both", "others"}:
            return not statement.cue.needs_that
        return only.is_capital or only.lower in lexicon.role_kinds or pronoun_form(only) in PRONOUNS | {"many", "some"}
    core = next(
        (i for i, w in enumerate(inside) if i and w.lower in {"of", "to", "in", "for", "from", "on"}), len(inside)
    )
    heads = (
        inside[:core] if inside[0].lower not in {"one", "some", "many", "several", "most", "two", "three"} else inside
    )
    partitive = len(heads) == len(inside) and core < len(inside)
    known = any(
        (w.lower in lexicon.role_kinds and w.lower not in {"many", "some"}) or w.lower in lexicon.roles.issued
        for w in (heads if partitive or any(w.text == "," for w in heads) else heads[-2:])
    )
    proper = heads[-1].is_capital
    return (
        known
        or proper
        or (
            inside[0].lower in {"a", "an", "one", "two", "three"}
            and statement.cue.lemma not in _EVIDENCE
            and len(inside) < 10
        )
        or (
            statement.cue.lemma not in _EVIDENCE
            and any(w.is_capital or (w.lower in lexicon.role_kinds and w.lower not in {"many", "some"}) for w in inside)
        )
    )


def _settle(words: Sequence[Token], found: list[Statement], lexicon: Lexicon) -> tuple[Statement, ...]:
    """Cut contents where a later statement of the sentence begins; fold a relay into the statement it relays."""
    settled: list[Statement] = []
    handed: tuple[Phrase, ...] = ()
    for statement in found:
        if statement.cue.kind is CueKind.RELAY and not statement.contents:
            if settled and statement.cue.lemma and not _who(words, statement):
                settled[-1] = _relayed(settled[-1], statement)
            else:
                handed = statement.relays
            continue
        if handed:
            statement, handed = replace(statement, relays=handed), ()  # noqa: PLW2901  the relay goes with what it cites
        if (
            statement.cue.kind is CueKind.ACCORDING
            and settled
            and settled[-1].contents[-1:]
            and settled[-1].contents[-1][1] == len(words)
            and settled[-1].cue.last <= settled[-1].contents[-1][0]
            and len(settled[-1].contents) == 1
        ):
            settled[-1] = _attested(words, settled[-1], statement, lexicon)
            continue
        if (
            settled
            and statement.cue.kind is CueKind.IMPERSONAL
            and any(a <= statement.cue.first < b for a, b in settled[-1].contents)
        ):
            continue  # "adding that the toll was expected to rise": a hedge inside a content
        if settled and _hands_on(settled[-1], statement):
            settled[-1] = _handed_on(settled[-1], statement)
            continue
        if settled and _opens_report(settled[-1], statement) and settled[-1].source is not None:
            statement = replace(statement, relays=(*statement.relays, settled[-1].source))  # noqa: PLW2901  told within that report
        if settled:
            settled[-1] = _cut(words, settled[-1], statement, lexicon)
        settled.append(statement)
    if handed and found and found[-1].source is not None:
        last = found[-1]
        settled.append(replace(last, contents=((last.frame[1] + 1, len(words)),)))
    return tuple(_apart(words, settled))


def _hands_on(told: Statement, statement: Statement) -> bool:
    """ "Sources confirm that …, Agency reported": a saying at the end around a statement that is complete."""
    within = statement.contents[:1] and told.cue.last <= statement.contents[0][0]
    whole = any(a < statement.frame[0] <= b for a, b in told.contents) and told.cue.first < told.contents[0][0]
    return bool(
        within
        and whole
        and statement.contents[0][1] <= statement.frame[0]
        and statement.cue.kind is CueKind.SAY
        and statement.source
    )


def _handed_on(told: Statement, statement: Statement) -> Statement:
    contents = tuple((a, min(b, statement.frame[0])) for a, b in told.contents if a < statement.frame[0])
    return replace(
        told, contents=contents, relays=(*told.relays, statement.source) if statement.source else told.relays
    )


def _opens_report(first: Statement, statement: Statement) -> bool:
    """ "According to a report by Agency, the proposal calls …": what follows is told in that report."""
    return (
        first.cue.kind is CueKind.ACCORDING and first.frame[0] == 0 and statement.cue.kind in {CueKind.SAY, CueKind.ACT}
    )


def _who(words: Sequence[Token], statement: Statement) -> bool:
    """Whether what is cited speaks in a clause of its own: "cites a source who claimed"."""
    return statement.frame[1] < len(words) and words[statement.frame[1]].lower == "who"


def _attested(words: Sequence[Token], told: Statement, according: Statement, lexicon: Lexicon) -> Statement:
    """ "X said that …, according to Y": Y hands on what X said, if Y can be named; mere "reports" add nothing."""
    contents = tuple((a, min(b, according.cue.first)) for a, b in told.contents)
    named = according.source is not None and any(
        w.is_capital for w in words[according.source.first : according.source.last]
    )
    return replace(
        told, contents=contents, relays=(*told.relays, according.source) if named and according.source else told.relays
    )


def _relayed(told: Statement, relay: Statement) -> Statement:
    """ "X reported that …, citing Y": Y answers for it, and X hands it on."""
    hands = (told.source,) if told.source is not None else ()
    return replace(told, source=relay.source, relays=(*told.relays, *hands))


def _cut(words: Sequence[Token], earlier: Statement, later: Statement, lexicon: Lexicon) -> Statement:
    """The earlier content ends where the later saying begins, if the later one stands on its own."""
    start = later.frame[0] if later.frame[1] else later.cue.first
    while start > 0 and (
        words[start - 1].text in {",", "—", "–"} or words[start - 1].lower in {"and", "but", "while", "as", "although"}
    ):
        start -= 1
    own = later.cue.kind in {CueKind.SAY, CueKind.ACT, CueKind.GERUND, CueKind.RELAY}
    if not own or not any(a < start < b for a, b in earlier.contents):
        return earlier
    return replace(earlier, contents=tuple((a, min(b, start)) for a, b in earlier.contents if a < start))


def _apart(words: Sequence[Token], found: list[Statement]) -> list[Statement]:
    """Make the contents disjoint: what two statements both reach for belongs to the nearer cue."""
    for i, later in enumerate(found):
        for j, earlier in enumerate(found[:i]):
            found[i] = later = replace(later, contents=_minus(later.contents, earlier.frame))
            found[j] = earlier = replace(earlier, contents=_minus(earlier.contents, later.frame))
            for a, b in earlier.contents:
                for c, d in later.contents:
                    if max(a, c) < min(b, d):
                        found[j] = earlier = (
                            replace(earlier, contents=_minus(earlier.contents, (max(a, c), min(b, d))))
                            if c >= earlier.cue.first
                            else earlier
                        )
                        if c < earlier.cue.first:
                            found[i] = later = replace(later, contents=_minus(later.contents, (a, b)))
    return [s for s in found if any(sum(w.is_word for w in words[a:b]) for a, b in s.contents)]


def _minus(spans: tuple[tuple[int, int], ...], cut: tuple[int, int]) -> tuple[tuple[int, int], ...]:
    pieces: list[tuple[int, int]] = []
    for a, b in spans:
        if cut[1] <= a or b <= cut[0]:
            pieces.append((a, b))
            continue
        pieces += [(x, y) for x, y in ((a, cut[0]), (cut[1], b)) if x < y]
    return tuple(pieces)


def content_span(words: Sequence[Token], content: tuple[int, int]) -> Span | None:
    """Where a content stands in the text, trimmed of the marks around it; None where nothing but marks is left."""
    first, last = content
    trim = frozenset('"“”«»,;:.—–-…()')
    while first < last and words[first].text in trim:
        first += 1
    while last > first and words[last - 1].text in trim:
        last -= 1
    while first < last and words[first].lower in {"and", "but", "that"}:
        first += 1
    return Span(words[first].start, words[last - 1].end) if first < last else None
