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
        if _opens_clause(line, i - 1):
            return None  # "if the duchy wants war, …"
        if (told := _leads(line, i)) is not None:
            return None if _goes_on(line, i + 1) else told
        if line.is_finite(i) and not _is_auxiliary(line, i):
            return _held(line, i)
        if regular_past(line, i):
            return _held(line, i)
    return None


def _opens_clause(line: Line, i: int) -> bool:
    """Whether a clause opens here that only leads to another or belongs to a noun."""
    grammar, low = line.lex.grammar, line.low(i)
    return low != "that" and (low in grammar.relatives or low in grammar.subordinators - grammar.prepositions)


def _leads(line: Line, i: int) -> Stance | None:
    """What word `i` tells as the verb of a subject before it: no adjective, no noun, no passive."""
    told, k = _of_verb(line, i), i - 1
    if told is None or not _is_governing(line, i, told):
        return None
    while k >= 0 and (line.low(k) in line.lex.grammar.adverbs or line.low(k).endswith("ly")):
        k -= 1
    is_gerund, after_be = line.low(i).endswith("ing"), line.low(k) in line.lex.grammar.be
    if is_gerund != after_be or not line.is_word(k):
        return None  # "was planned for", "believing that"
    return None if _is_bound(line, k) or _is_noun(line, i, k) else told


def _is_bound(line: Line, before: int) -> bool:
    """Whether the word before makes a noun or adjective of what follows: "the feared", "his fears", "renewed fear"."""
    lex, low = line.lex, line.low(before)
    owned = line.mark(before).endswith(("'s", "’s"))
    closed = (
        low in lex.phrases.determiners
        or low in lex.grammar.determiners
        or low in lex.grammar.prepositions
        or low in lex.grammar.counts
    )
    return owned or closed or low.endswith("ed")


def _is_noun(line: Line, i: int, before: int) -> bool:
    """Whether a form that is a noun too is one: "a secret plan to", where no plural, pronoun or auxiliary stands before it."""
    if line.low(i) not in line.lex.stance_nouns or line.low(i).endswith("s"):
        return False
    grammar, low = line.lex.grammar, line.low(before)
    verbal = (
        low in grammar.subject_pronouns or low in grammar.modal or low in grammar.do or low in line.lex.plural_roles
    )
    return not verbal and (not low.endswith("s") or line.is_capital(before))


def _is_governing(line: Line, i: int, told: Stance) -> bool:
    """Whether what stands behind a verb is what is wanted or meant: "wants to leave", but not "thought to be"."""
    lex, after = line.lex, line.low(i + 1)
    if after == "that" or (line.low(i) in lex.stance_with_object and line.is_word(i + 1) and after != "to"):
        return True
    said = lex.verbs.get(line.low(i + 2))
    if after != "to" or (said is not None and said.say):
        return False  # "we want to say here that"
    return told is Stance.PLAN or line.low(i) in lex.stance_with_to


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
