"""The statements of one sentence made to agree: relays folded into what they relay, contents cut apart."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from bywhom.attribution.cues import CueKind
from bywhom.attribution.handing import is_said, nested, tells_of
from bywhom.attribution.line import Line
from bywhom.attribution.phrases import Phrase
from bywhom.attribution.statement import Statement, Stretch

_STANDS_ALONE = frozenset({CueKind.SAY, CueKind.ACT, CueKind.GERUND, CueKind.RELAY})


def settle(line: Line, found: Sequence[Statement]) -> tuple[Statement, ...]:
    """The statements with contents that do not overlap; those that say nothing of their own are gone."""
    settled: list[Statement] = []
    handed: tuple[Phrase, ...] = ()  # relays that wait for the statement of whom they cite
    for statement in found:
        if statement.cue.kind is CueKind.RELAY and not statement.contents:
            if settled and not _has_own_clause(line, statement):
                settled[-1] = _cited(settled[-1], statement)
            else:
                handed = statement.relays
            continue
        ready = replace(statement, relays=handed) if handed else statement
        handed = ()
        _join(line, settled, ready)
    if handed and found[-1].source is not None:
        last = found[-1]
        settled.append(replace(last, contents=((last.frame[1] + 1, len(line)),)))
    return _apart(line, settled)


def _has_own_clause(line: Line, relay: Statement) -> bool:
    """Whether what is cited speaks in a clause of its own: "cites a source who claimed"."""
    return line.low(relay.frame[1]) == "who"


def _cited(told: Statement, relay: Statement) -> Statement:
    """The earlier statement led to whom the later one cites: in "X reported that …, citing Y", Y answers for it, and X hands it on."""
    hands = (told.source,) if told.source is not None else ()
    return replace(told, source=relay.source, relays=(*told.relays, *hands))


def _join(line: Line, settled: list[Statement], statement: Statement) -> None:
    """Add a statement to those before it, or fold it into the last of them."""
    if not settled:
        settled.append(statement)
        return
    told = settled[-1]
    if _attests(line, told, statement):
        settled[-1] = _attested(line, told, statement)
    elif statement.cue.kind is CueKind.IMPERSONAL and _inside(statement.cue.first, told.contents):
        pass  # "adding that the toll was expected to rise": a hedge inside a content
    elif tells_of(line, told, statement) and not is_said(line, statement):
        pass  # "the governor said that the army hoped": hopes and findings stay with who tells of them
    elif len(settled) == 1 and _tells_of_deed(line, told, statement):
        settled[-1] = replace(statement, contents=((told.contents[0][0], statement.frame[0]),))
    elif _hands_on(told, statement):
        settled[:] = [_handed_on(each, statement) if each.source == told.source else each for each in settled]
    else:
        if tells_of(line, told, statement):
            statement = nested(told, statement)
        elif _opens_report(told, statement) and told.source is not None:
            statement = replace(statement, relays=(*statement.relays, told.source))
        settled[-1] = _cut(line, told, statement)
        settled.append(statement)


def _inside(at: int, stretches: Iterable[Stretch]) -> bool:
    return any(first <= at < last for first, last in stretches)


def _attests(line: Line, told: Statement, according: Statement) -> bool:
    """Whether "according to" closes a sentence whose content is somebody else's already."""
    if according.cue.kind is not CueKind.ACCORDING or len(told.contents) != 1:
        return False
    first, last = told.contents[0]
    return last == len(line) and told.cue.last <= first


def _attested(line: Line, told: Statement, according: Statement) -> Statement:
    """The earlier statement with a relay: in "X said that …, according to Y", Y hands it on, unless Y is mere "reports"."""
    contents = tuple((first, min(last, according.cue.first)) for first, last in told.contents)
    source = according.source
    named = source is not None and any(line.is_capital(i) for i in range(source.first, source.last))
    relays = (*told.relays, source) if source is not None and named else told.relays
    return replace(told, contents=contents, relays=relays)


def _hands_on(told: Statement, statement: Statement) -> bool:
    """Whether a saying at the end lies around a complete statement: "Sources confirm that …, Agency reported"."""
    if statement.cue.kind is not CueKind.SAY or statement.source is None or not statement.contents:
        return False
    begin, (first, last) = statement.frame[0], statement.contents[0]
    shared = told.cue.kind is CueKind.ACT and told.source is not None and told.source.first < told.frame[0]
    opens = told.cue.first < told.contents[0][0] or shared  # "…, and called on others to join, Agency reported"
    whole = opens and any(a < begin <= b for a, b in told.contents)
    return whole and told.cue.last <= first and last <= begin


def _tells_of_deed(line: Line, told: Statement, statement: Statement) -> bool:
    """Whether a saying at the end tells of somebody's appeal or order: "The men called on others to join, an officer said"."""
    if told.cue.kind is not CueKind.ACT or statement.cue.kind is not CueKind.SAY or statement.source is None:
        return False
    if len(told.contents) != 1 or len(statement.contents) != 1 or any(line.quoted[slice(*told.contents[0])]):
        return False
    begin, (first, last) = statement.frame[0], statement.contents[0]
    closing = last <= begin and first <= told.cue.last
    return closing and told.contents[0][0] < told.cue.first and begin > told.cue.last


def _handed_on(told: Statement, statement: Statement) -> Statement:
    begin = statement.frame[0]
    hands = (statement.source,) if statement.source else ()
    return replace(told, contents=_until(told.contents, begin), relays=(*told.relays, *hands))


def _until(stretches: Iterable[Stretch], end: int) -> tuple[Stretch, ...]:
    return tuple((first, min(last, end)) for first, last in stretches if first < end)


def _opens_report(first: Statement, statement: Statement) -> bool:
    """Whether what follows is told in the first one's report: "According to a report by Agency, the proposal calls …"."""
    heads = first.cue.kind is CueKind.ACCORDING and first.frame[0] == 0
    return heads and statement.cue.kind in {CueKind.SAY, CueKind.ACT}


def _cut(line: Line, earlier: Statement, later: Statement) -> Statement:
    """The earlier content ends where the later saying begins, if the later one stands on its own."""
    start = later.frame[0] if later.frame[1] else later.cue.first
    while start > 0 and line.low(start - 1) in {",", "—", "–", "and", "but", "while", "as", "although"}:
        start -= 1
    inside = any(first < start < last for first, last in earlier.contents)
    if later.cue.kind not in _STANDS_ALONE or not inside:
        return earlier
    return replace(earlier, contents=_until(earlier.contents, start))


def _apart(line: Line, settled: list[Statement]) -> tuple[Statement, ...]:
    """The statements with disjoint contents: what two of them reach for belongs to the nearer cue."""
    apart: list[Statement] = []
    for statement in settled:
        later = statement
        for j, earlier in enumerate(apart):
            apart[j], later = _divide(earlier, later)
        apart.append(later)
    return tuple(s for s in apart if any(line.has_words(first, last) for first, last in s.contents))


def _divide(earlier: Statement, later: Statement) -> tuple[Statement, Statement]:
    later = replace(later, contents=_minus(later.contents, earlier.frame))
    earlier = replace(earlier, contents=_minus(earlier.contents, later.frame))
    for a, b in earlier.contents:
        for c, d in later.contents:
            if min(b, d) <= max(a, c):
                continue
            if c < earlier.cue.first:
                later = replace(later, contents=_minus(later.contents, (a, b)))
            else:
                earlier = replace(earlier, contents=_minus(earlier.contents, (max(a, c), min(b, d))))
    return earlier, later


def _minus(stretches: Iterable[Stretch], cut: Stretch) -> tuple[Stretch, ...]:
    """The stretches without the words of `cut`."""
    pieces: list[Stretch] = []
    for first, last in stretches:
        if cut[1] <= first or last <= cut[0]:
            pieces.append((first, last))
        else:
            pieces += [(a, b) for a, b in ((first, cut[0]), (cut[1], last)) if a < b]
    return tuple(pieces)
