"""How sure the source is of the event, as the words have it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from bywhom import lexicons
from bywhom.claims.phrases import find, first_of, lemmas
from bywhom.prose.lexis import Lexis
from bywhom.prose.syntax import Clause, read_clause
from bywhom.prose.words import Word, words_of
from bywhom.records import Certainty, Event, Mention, Span

_OPENING = '"“„«'
_FEAR_REACHES = 60  # characters
_NEAR = 60  # characters before a cue: enough for the four words next to it, however long the frame
_WHO = frozenset({"i", "we", "he", "she", "it", "they", "you"})
_LEADS = 2  # words a leading "if" may stand behind: "and if"


@dataclass(frozen=True, slots=True)
class CertaintyTable:
    """data/lexicons/certainty.yaml."""

    possible: tuple[str, ...]
    no_doubt_after: frozenset[str]
    feared: tuple[str, ...]
    could: tuple[str, ...]
    not_possible_after: frozenset[str]
    perceived: frozenset[str]
    probable: tuple[str, ...]
    not_probable_before: frozenset[str]
    unknown: tuple[str, ...]
    cue_probable: frozenset[str]
    cue_possible: frozenset[str]
    cue_of_reports: frozenset[str]
    reports: frozenset[str]
    conditional: frozenset[str]
    not_conditional_after: frozenset[str]
    not_conditional_before: frozenset[str]


@lru_cache(maxsize=1)
def certainty_table() -> CertaintyTable:
    """The shipped table."""
    table: CertaintyTable = lexicons.load("lexicons/certainty", CertaintyTable)
    return table


def certainty_of(
    text: str,
    span: Span,
    *,
    cue: Mention | None,
    frame: Span | None,
    table: CertaintyTable,
    lex: Lexis,
    event: Event | None = None,
) -> Certainty:
    """The certainty that the source words; CERTAIN where nothing weakens it."""
    clause = read_clause(text, span, lex)
    trigger = event.trigger.start if event and event.trigger else None
    if first_of(clause.words, table.unknown):
        return Certainty.UNKNOWN
    if _possible(clause, table, trigger, _in_quotation(text, span)):
        return Certainty.POSSIBLE
    by_cue = _of_cue(text, cue, frame, table, lex)
    if by_cue is not Certainty.CERTAIN:
        return by_cue
    return Certainty.PROBABLE if _probable(clause, table) else Certainty.CERTAIN


def _of_cue(text: str, cue: Mention | None, frame: Span | None, table: CertaintyTable, lex: Lexis) -> Certainty:
    """What the verb of the attribution says about how sure the source is."""
    if cue is None:
        return Certainty.CERTAIN
    said = lemmas(words_of(text, cue.span), lex)
    if said & table.cue_possible:
        return Certainty.POSSIBLE
    if said & table.cue_probable:
        return Certainty.PROBABLE
    if not said & table.cue_of_reports:
        return Certainty.CERTAIN
    start = max(frame.start if frame else 0, cue.start - _NEAR)
    before = {word.low for word in words_of(text, Span(min(start, cue.start), cue.start))[-4:]}
    return Certainty.PROBABLE if before & table.reports else Certainty.CERTAIN


def _in_quotation(text: str, span: Span) -> bool:
    """Whether the span opens a quotation: there "would" is the speaker's own condition, not backshifted "will"."""
    return any(mark in _OPENING for mark in text[max(0, span.start - 1) : span.end])


def _possible(clause: Clause, table: CertaintyTable, trigger: int | None, quoted: bool) -> bool:
    words = clause.words
    if any(not is_month(words, i) and not _no_doubt(words, i, table) for i, _ in find(words, table.possible)):
        return True
    if any(_is_possibility(words, i, table) for i, _ in find(words, table.could)):
        return True
    if any(_reaches(words, last, trigger) for _, last in find(words, table.feared)):
        return True
    return _conditional(clause, table) or (quoted and _hypothetical_would(words))


def _no_doubt(words: tuple[Word, ...], i: int, table: CertaintyTable) -> bool:
    return words[i].low == "possible" and i > 0 and words[i - 1].low in table.no_doubt_after


def is_month(words: tuple[Word, ...], i: int) -> bool:
    """Whether "May" is the month: capital, beside a number or after a preposition."""
    if words[i].low != "may":
        return False
    near = words[max(0, i - 1) : i] + words[i + 1 : i + 2]
    dated = any(
        word.low[0].isdigit() or word.low in ("in", "since", "until", "of", "last", "this", "by", "early", "late")
        for word in near
    )
    return dated and words[i].text != "may"


def _is_possibility(words: tuple[Word, ...], i: int, table: CertaintyTable) -> bool:
    after = {word.low for word in words[i + 1 : i + 4]}
    before = words[i - 1].low if i else ""
    perceived = bool(after & table.perceived)
    denied = not {word.low for word in words[i + 1 : i + 2]}.isdisjoint(table.not_possible_after)
    if before in _WHO and "as" in {word.low for word in words[max(0, i - 3) : i - 1]}:
        return False  # "ran as fast as they could"
    return not perceived and not denied and before not in ("who", "all", "everything", "anything", "as")


def _reaches(words: tuple[Word, ...], last: int, trigger: int | None) -> bool:
    """Whether a word of fear stands right before what is feared."""
    if trigger is None:
        return False
    between = {word.low for word in words[last + 1 :] if word.start < trigger}
    return 0 < trigger - words[last].end < _FEAR_REACHES and not between & {"and", "but", ",", ";"}


def _conditional(clause: Clause, table: CertaintyTable) -> bool:
    """Whether the clause hangs on a condition: "if they leave, we will shoot", but not "as if", "asked if"."""
    words = clause.words
    at = next((i for i, word in enumerate(words) if word.low in ("if", "unless")), None)
    if at is None or words[max(0, at - 1)].low in table.not_conditional_after:
        return False
    if any(word.low in table.not_conditional_before for word in words[at + 1 : at + 2]):
        return False
    return any(word.low in table.conditional for word in words) or (at <= _LEADS and not _of_habit(words, at))


def _of_habit(words: tuple[Word, ...], at: int) -> bool:
    """Whether the condition tells what is always so: "if you desert, they take your farm"."""
    return any(word.low in ("you", "anyone", "one") for word in words[at + 1 : at + 2])


def _hypothetical_would(words: tuple[Word, ...]) -> bool:
    """Whether a "would" stands there without the word that says how likely it is: "would likely"."""
    behind = (words[i + 1 : i + 2] for i, word in enumerate(words) if word.low in ("would", "'d"))
    return any(not any(word.low in ("likely", "probably", "presumably") for word in after) for after in behind)


def _probable(clause: Clause, table: CertaintyTable) -> bool:
    words = clause.words
    for _, last in find(words, table.probable):
        after = words[last + 1].low if last + 1 < len(words) else ""
        if after not in table.not_probable_before or not words[last].low.startswith("appear"):
            return True
    return False
