"""Where a content begins and ends in its sentence."""

from __future__ import annotations

from bywhom.attribution.line import Line
from bywhom.attribution.statement import Stretch
from bywhom.records import Span

_END_MARKS = frozenset(".,;:!?")
_HANDED_ON = 6  # words
_TRIMMED = frozenset('"“”«»,;:.—–-…()')


def content_span(line: Line, content: Stretch) -> Span | None:
    """Where a content stands in the text, trimmed of the marks around it; None where nothing but marks is left."""
    first, last = content
    while first < last and line.mark(first) in _TRIMMED:
        first += 1
    while last > first and line.mark(last - 1) in _TRIMMED:
        last -= 1
    while first < last and line.low(first) in {"and", "but", "that"}:
        first += 1
    return line.span(first, last) if first < last else None


def content_start(line: Line, i: int) -> int:
    """Past "on Friday", "in a statement", "that", colon and opening marks, to where the content begins."""
    that = line.find(i, i + 26, {"that", "how"})
    colon = line.find(i, i + 20, {":"})
    if that is not None and _only_adjuncts(line, i, that):
        return that + 1
    if colon is not None and (that is None or colon < that) and _only_adjuncts(line, i, colon):
        return colon + 1
    first = i
    while line.low(i) in line.lex.time_adjuncts or line.mark(i) == ",":
        i += 1
    return first if line.low(first) == "this" and not line.has_words(i, len(line)) else i  # "the army denied this"


def _only_adjuncts(line: Line, first: int, last: int) -> bool:
    """Whether nothing but a day, a place or a listener stands in [first, last)."""
    told = line.has_finite(first, last) or any(regular_past(line, i) for i in range(first + 1, last))
    if first == last or not told:
        return True
    opener, grammar = line.low(first), line.lex.grammar
    links = opener in grammar.prepositions or opener in grammar.adverbs
    return links or opener in line.lex.time_adjuncts or opener == ","


def content_before(line: Line, first: int, last: int, *, ends: bool = False) -> bool:
    """Whether what stands before a source is a content, not an adverbial: quoted words or a clause of its own.

    `ends`: the sentence ends with the saying, so that a clause with "after" or "when" before it is said too.
    """
    if any(line.quoted[first:last]):
        return True
    opener = next((line.lows[i] for i in range(first, last) if line.is_word(i)), "")
    if opener in line.lex.grammar.subordinators and opener != "as" and not ends:
        return False
    if _is_parenthesis(line, first, last):
        return True
    words = sum(line.is_word(i) for i in range(first, last))
    inside = line.lows[first:last]
    return words >= 3 and any(low in line.lex.finite or low.endswith("ed") for low in inside)


def _is_parenthesis(line: Line, first: int, last: int) -> bool:
    """Whether the saying cuts a subject off from its verb: "This fear, [he claimed,] has become"."""
    opener = next((i for i in range(first, last) if line.is_word(i)), None)
    if opener is None or line.mark(last - 1) != "," or line.mark(opener).endswith(("ing", "ly")):
        return False
    low, grammar = line.low(opener), line.lex.grammar
    linking = low in {"meanwhile", "however", "but", "and", "speaking", "asked"}
    return not linking and low not in grammar.prepositions and low not in grammar.adverbs


def closes(line: Line, after: int) -> bool:
    """Whether the saying ends here: a full stop, a comma, a quotation mark, or only an adjunct to the end."""
    mark = line.mark(after)
    if after >= len(line) or mark in _END_MARKS | {"”", '"', "»", "("}:
        return mark != ":"
    if _is_gerund_cue(line, after) or _is_handed_on(line, after) or _is_aside(line, after):
        return True
    stop = next(
        (i for i in range(after, len(line)) if line.mark(i) in {",", ".", ";"} or _is_gerund_cue(line, i)), None
    )
    that = line.find(after, after + 12, {"that"})
    another = stop is not None and line.low(stop + 1).endswith("ing") and line.low(stop + 1) in line.lex.verbs
    goes_on = that is not None and (stop is None or that < stop or (line.mark(stop) in {",", ".", ";"} and not another))
    if goes_on or mark in {"“", "«", "‘"}:
        return False
    low, lex = line.low(after), line.lex
    adjunct = low in lex.grammar.prepositions or low in lex.time_adjuncts or low == "carried"
    return adjunct and not line.has_finite(after, stop if stop is not None else len(line))


def _is_gerund_cue(line: Line, i: int) -> bool:
    """Whether a saying goes on here without a comma: "local authorities told reporters [stressing] that"."""
    return line.low(i).endswith("ing") and line.low(i) in line.lex.verbs and not line.is_finite(i - 1)


def _is_aside(line: Line, after: int) -> bool:
    """Whether what was done meanwhile follows: "a clerk told the paper [as he locked the door]"."""
    return line.low(after) in {"as", "while", "when"} and line.low(after + 1) in line.lex.grammar.subject_pronouns


def _is_handed_on(line: Line, after: int) -> bool:
    """Whether nothing but a day and who handed it on follows: "a clerk said on Monday [AFP reported]"."""
    words = [i for i in range(after, len(line)) if line.is_word(i) and line.lows[i] not in line.lex.time_adjuncts]
    short = 1 < len(words) < _HANDED_ON
    return short and line.lows[words[-1]] in line.lex.verbs and all(line.is_capital(i) for i in words[:-1])


def rest_after(line: Line, after: int) -> tuple[Stretch, ...]:
    """What of the content follows a saying put in the middle: "…, he said, and …"."""
    comma = line.find(after, after + 24, {",", "“", ";"})
    if comma is None:
        return ()
    first = comma + (line.mark(comma) in {",", ";"})
    words = [line.lows[i] for i in range(first, len(line)) if line.is_word(i)]
    if len(words) < 3:
        return ()
    speech = words[0] in line.lex.verbs and words[0].endswith("ing")
    speech = speech or (words[0] == "as" and words[1] in line.lex.cues.quoted_by)
    met = words[0] in line.lex.cues.met and not line.has_finite(first + 1, len(line))
    return () if speech or met or words[0] in line.lex.grammar.relatives else ((first, len(line)),)


def around_saying(line: Line, before: Stretch, rest: tuple[Stretch, ...]) -> tuple[Stretch, ...]:
    """The content around a saying put in its middle: one stretch where the first part is no clause of its own."""
    clause = any(i and (line.is_finite(i) or regular_past(line, i)) for i in range(*before))
    return (before, *rest) if clause or not rest else ((before[0], rest[-1][1]),)


def regular_past(line: Line, i: int) -> bool:
    """A word in -ed behind a word that can end a subject."""
    if not line.low(i).endswith("ed") or line.is_capital(i) or not line.is_word(i - 1):
        return False
    return line.low(i - 1) not in {"the", "a", "an", "of", "and", "being", "be", "been", "having", "by"}


def before_means(line: Line, content: int) -> int:
    """Where a content ends before the means of saying it: "…, in a letter received by the Herald"."""
    grammar = line.lex.grammar
    for i in range(content + 3, len(line) - 2):
        opens = line.mark(i) == "," and line.low(i + 1) == "in"
        if not opens or line.low(i + 2) not in {"a", "an", "its", "his", "her", "their"}:
            continue
        means = line.holds(i + 3, i + 7, line.lex.cues.means)
        if means and not line.holds(i, len(line), grammar.have | grammar.be):
            return i
    return len(line)


def after_apposition(line: Line, end: int, *, at_end: bool = False) -> int:
    """Past "…, Deputy Minister of Defence," behind a name; `at_end` lets the apposition run to the sentence's end."""
    if line.mark(end) != ",":
        return end
    closing = line.find(end + 1, end + 16, {","})
    if closing is None and at_end and len(line) - end < 20:
        closing = len(line)
    if closing is None or line.has_finite(end + 1, closing) or _is_one_behind_many(line, end, closing):
        return end
    opens = line.low(end + 1) in {"a", "an", "the", "who", "which"} or line.is_capital(end + 1)
    role = any(line.is_role(i) for i in range(end + 1, closing)) or _is_named(line, end, closing)
    return closing if opens and role else end


def _is_one_behind_many(line: Line, comma: int, closing: int) -> bool:
    """Whether somebody else is told of behind several: "according to three porters, [the warden of the jail,] …"."""
    plurals = line.lex.plural_roles
    several = line.low(comma - 1) in plurals and line.low(comma + 1) == "the"
    return several and not line.holds(comma + 1, closing, plurals | {"and"})


def _is_named(line: Line, comma: int, closing: int) -> bool:
    """Whether a person's name stands between commas behind a role: "the director, Dr. Nils Brandt,"."""
    titled = line.mark(comma + 1) in line.lex.roles.titles
    name = [i for i in range(comma + 1, closing) if line.is_word(i)]
    one = line.is_role(comma - 1) and line.low(comma - 1) not in line.lex.plural_roles | line.lex.phrases.not_persons
    return one and (titled or len(name) > 1) and all(line.is_capital(i) for i in name)
