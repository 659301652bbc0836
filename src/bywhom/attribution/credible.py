"""Whether the subject of a cue can speak at all: "the lack of orders suggests" is an inference of the publisher's."""

from __future__ import annotations

from bywhom.attribution.cues import Cue, CueKind
from bywhom.attribution.lexicon import Form
from bywhom.attribution.line import Line
from bywhom.attribution.phrases import pronoun_form
from bywhom.attribution.statement import Statement
from bywhom.prose.lexis import NOBODY

_WHEN = frozenset("when after once before until if because as since although while".split())
_OPEN = frozenset("if unless whether until".split())
_TELLS_WHOSE = frozenset("of to in for from on at near inside".split())
_ALL_THAT = frozenset("everything anything nothing whatever".split())
_COUNTED = frozenset("one some many several most two three".split())


def is_credible(line: Line, statement: Statement) -> bool:
    """Whether the source of a statement can speak; cited sources and hearsay were looked at where they were found."""
    source, cue = statement.source, statement.cue
    if source is None or cue.kind in {CueKind.NOUN, CueKind.RELAY}:
        return True
    if line.low(source.first) in NOBODY:
        return False  # "no group has claimed the attack" is the report's own word
    before = line.low(source.first - 1)
    if before in _OPEN or (before in _WHEN and cue.needs_that):
        return False  # "when the officers realised that" is told, "if the ministry confirms that" is not said
    if _is_a_thing_that_tells(line, statement) or before in _ALL_THAT:
        return False  # "everything the ministry says" is told of
    if source.last - source.first == 1:
        return _may_speak_alone(line, source.first, needs_that=cue.needs_that)
    inside = line.part(source.first, source.last)
    heads = _heads(inside)
    if _are_many(heads) and _is_for_one(line, cue):
        return False  # "officers to look into rebel reports": those do not "report"
    if _known(inside, heads) or heads.is_capital(len(heads) - 1):
        return True
    if cue.lemma in line.lex.cues.evidence:
        return False
    short = inside.low(0) in {"a", "an", "one", "two", "three"} and len(inside) < 10
    return short or any(inside.is_capital(i) or _is_plain_role(inside, i) for i in range(len(inside)))


def _is_a_thing_that_tells(line: Line, statement: Statement) -> bool:
    """Whether what was said before is what tells: "it tells us that the war is lost"."""
    source, cue = statement.source, statement.cue
    what = source is not None and source.last - source.first == 1 and line.low(source.first) in {"it", "this", "that"}
    return what and line.low(cue.first) == "tells" and line.low(cue.first + 1) in {"us", "me", "you"}


def _are_many(heads: Line) -> bool:
    last = heads.low(len(heads) - 1)
    return (
        last.endswith("s")
        and not heads.is_capital(len(heads) - 1)
        and last in heads.lex.plural_roles
        and last not in heads.lex.phrases.not_persons
    )


def _is_for_one(line: Line, cue: Cue) -> bool:
    """Whether the verb is of the form that only one subject takes: "says"."""
    word = line.lex.verbs.get(line.low(cue.first))
    return word is not None and word.forms == {Form.THIRD}


def _may_speak_alone(line: Line, i: int, *, needs_that: bool) -> bool:
    if line.low(i) in {"all", "none", "both", "others"}:
        return not needs_that
    counted = line.low(i) in {"many", "some"}
    return counted or line.may_be_named(i) or line.is_role(i) or pronoun_form(line, i) in line.lex.pronouns


def _heads(inside: Line) -> Line:
    """The phrase up to its first preposition; "many of the soldiers" is about the soldiers, so all of it."""
    if inside.low(0) in _COUNTED:
        return inside
    end = inside.find(1, len(inside), _TELLS_WHOSE)
    return inside.part(0, end) if end is not None else inside


def _known(inside: Line, heads: Line) -> bool:
    """Whether a role noun or a paper is the head: among the last two words, or anywhere in a partitive or apposition."""
    partitive = len(heads) == len(inside) and inside.find(1, len(inside), _TELLS_WHOSE)
    whole = bool(partitive) or "," in heads.lows
    first = 0 if whole else max(0, len(heads) - 2)
    issued = inside.lex.roles.issued
    return any(_is_plain_role(heads, i) or heads.low(i) in issued for i in range(first, len(heads)))


def _is_plain_role(line: Line, i: int) -> bool:
    return line.is_role(i) and line.low(i) not in {"many", "some"}
