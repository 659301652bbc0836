"""What is reported: that something is so, or somebody's attitude, or a plan."""

from __future__ import annotations

from bywhom.attribution.contents import regular_past
from bywhom.attribution.line import Line
from bywhom.records import Mention, Span, Stance

_LINKED = 4  # words behind "and" in which a second clause shows its verb
_JOINTS = frozenset({"and", "but", ";"})


def stance_of(line: Line, cue: Mention | None, content: Span) -> Stance:
    """What the cue makes of a content, or, where that only says it, the verb that leads the content."""
    at = next((i for i, word in enumerate(line.words) if cue is not None and word.start == cue.start), None)
    if at is not None and (told := _of_verb(line, at) or _of_noun(line, at)):
        return told
    said = line.between(content.start, content.end)
    return _of_content(said) or Stance.STATEMENT


def _of_verb(line: Line, at: int) -> Stance | None:
    """What a verb form tells, with the "to" behind it: "agreed to"."""
    verbs, low = line.lex.stance_verbs, line.low(at)
    if low not in verbs and f"{low} to" not in verbs:
        return None
    to = verbs.get(f"{low} to") if line.low(at + 1) == "to" else None
    return to or verbs.get(low)


def _of_noun(line: Line, at: int) -> Stance | None:
    """What a noun tells that has its content behind it: "fears that", "plans to"."""
    return line.lex.stance_nouns.get(line.low(at)) if line.low(at + 1) in line.lex.stances.noun_opens else None


def _of_content(line: Line) -> Stance | None:
    """What the first verb of a content tells, if it governs all of it."""
    if (opening := _of_noun(line, 0)) is not None:
        return opening
    for i in range(1, len(line)):
        if (told := _leads(line, i)) is not None:
            return None if _goes_on(line, i + 1) else told
        if line.is_finite(i) and not _is_auxiliary(line, i):
            return _held(line, i)
        if regular_past(line, i):
            return _held(line, i)
    return None


def _leads(line: Line, i: int) -> Stance | None:
    """What word `i` tells as the verb of a subject before it: no adjective, no noun, no passive."""
    told = _of_verb(line, i)
    if told is None or not _is_governing(line, i):
        return None
    k = i - 1
    while k >= 0 and (line.low(k) in line.lex.grammar.adverbs or line.low(k).endswith("ly")):
        k -= 1
    passive = line.low(k) in line.lex.grammar.be and not line.low(i).endswith("ing")
    before = line.low(k)
    bound = before in line.lex.phrases.determiners or before in line.lex.grammar.prepositions
    return None if passive or bound or not line.is_word(k) else told


def _is_governing(line: Line, i: int) -> bool:
    after = line.low(i + 1)
    return after in {"to", "that"} or (line.low(i) in line.lex.stance_with_object and line.is_word(i + 1))


def _held(line: Line, i: int) -> Stance | None:
    """What a noun tells that somebody is said to hold: "expressed fears that", "has plans to"."""
    if line.low(i) not in line.lex.stance_holders or _goes_on(line, i + 1):
        return None
    return next((told for k in range(i + 1, i + 4) if (told := _of_noun(line, k)) is not None), None)


def _is_auxiliary(line: Line, i: int) -> bool:
    grammar, low = line.lex.grammar, line.low(i)
    if low in grammar.have:
        return not any(_of_noun(line, k) for k in range(i + 1, i + 4))
    return low in grammar.be or low in grammar.do or low in grammar.modal


def _goes_on(line: Line, first: int) -> bool:
    """Whether a second clause follows, of which the verb before it tells nothing: "wants peace and sent nine ships"."""
    joints = [i for i in range(first, len(line)) if line.low(i) in _JOINTS]
    behind = (i for joint in joints for i in range(joint + 1, min(joint + 1 + _LINKED, len(line))))
    return any(line.is_finite(i) or regular_past(line, i) for i in behind)
