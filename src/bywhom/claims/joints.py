"""Joints: the places in a content where one claim may end and the next begin, and what speaks for a cut there.

A joint is a word that joins or subordinates ("and", "after", "which"), a comma or dash, or a participle. Whether it parts two
claims is no matter of one rule: "nine died and ten were hurt" is one toll, "the fort fell and the mill burnt" is two events. So
what can be seen at a joint is weighed, with the weights of data/weights/cuts.yaml, which `bench/fit_cuts.py` sets on annotated texts.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from bywhom import lexicons
from bywhom.claims.events import EventTable, triggers_in
from bywhom.prose.lexis import Tag
from bywhom.prose.syntax import Clause, Group, read_clause
from bywhom.prose.verbs import Shape
from bywhom.records import EventType, Opening, Span

# Words behind which the second claim begins, and those that belong to it.
_JOINING = frozenset(
    "and but or yet while whereas although though as after before because since when until once if that despite following "
    "with without".split()
)
_BELONGING = frozenset({"which", "who", "whose", "where", "to"})
_MARKS = {",": "comma", ";": "semicolon", ":": "colon", "—": "dash", "–": "dash", "-": "dash", "--": "dash"}
BEFORE_PARTICIPLE = frozenset({Tag.NOUN, Tag.NUMBER, Tag.MARK, Tag.ADVERB, Tag.PRONOUN})
_NOMINAL = frozenset({Tag.NOUN, Tag.PRONOUN, Tag.NUMBER, Tag.DETERMINER})
_ASKING = frozenset({Tag.VERB, Tag.BE})
_SUBJECT = 14  # words between a joining word and its verb, at most
REACH = 12  # words behind a verb in which its event is looked for
_NEAR = 4  # words behind a joint in which an event stands near it
_SOON = 8  # words within which the second part ends at a mark
_SHARED = 3  # words between a joining word and a verb that shares its subject
_SIZES = ((3, "under 3"), (5, "3 to 4"), (8, "5 to 7"), (13, "8 to 12"))


@dataclass(frozen=True, slots=True)
class SeenWeight:
    """How much a trained reader has to say on a cut: base + weight x the log-odds that a claim begins there."""

    base: float
    weight: float
    least: float  # the log-odds are this much below or above nought at most


@dataclass(frozen=True, slots=True)
class CutTable:
    """data/weights/cuts.yaml: from which log-odds a cut is made or undone; and trait -> its value -> the weight of it."""

    bar: float
    bars: dict[str, float]
    undone: float
    seen: SeenWeight
    base: float
    weights: dict[str, dict[str, float]]


@lru_cache(maxsize=1)
def cut_table() -> CutTable:
    """The shipped table."""
    table: CutTable = lexicons.load("weights/cuts", CutTable)
    return table


@dataclass(frozen=True, slots=True)
class Content:
    """A content read for its structure; positions count the words of the clause."""

    text: str
    clause: Clause
    table: EventTable
    told: tuple[tuple[int, EventType, bool], ...]  # the events: where, which, and whether a verb tells it
    openings: Sequence[Opening] | None = None  # of the whole report, in text order; None: no trained reader has looked

    @classmethod
    def read(cls, text: str, span: Span, table: EventTable, openings: Sequence[Opening] | None = None) -> Content:
        """The content that stands at `span`."""
        clause = read_clause(text, span, table.lex)
        starts = [word.start for word in clause.words]
        found = triggers_in(text, span, table=table)
        told = ((bisect_left(starts, t.mention.start), t.type, t.is_verb) for t in found)
        return cls(text, clause, table, tuple(one for one in told if one[1] is not EventType.OTHER), openings)

    def __len__(self) -> int:
        return len(self.clause.words)

    def low(self, i: int) -> str:
        """Word `i` in lower case."""
        return self.clause.words[i].low if 0 <= i < len(self) else ""

    def span(self, first: int, last: int) -> Span:
        """Where the words [first, last) stand."""
        return Span(self.clause.words[first].start, self.clause.words[last - 1].end)

    def size(self, first: int, last: int) -> int:
        """How many words there are in [first, last), marks left out."""
        return sum(tag is not Tag.MARK for tag in self.clause.tags[first:last])

    def types(self, first: int, last: int) -> set[EventType]:
        """The events told in [first, last), read by itself."""
        found = triggers_in(self.text, self.span(first, last), table=self.table) if first < last else ()
        return {trigger.type for trigger in found}

    def types_here(self, first: int, last: int) -> set[EventType]:
        """The events that the whole content tells in [first, last)."""
        return {kind for at, kind, _ in self.told if first <= at < last}

    def has_finite(self, first: int, last: int) -> bool:
        """Whether a finite verb stands in [first, last)."""
        return self.last_finite(first, last) is not None

    def last_finite(self, first: int, last: int) -> Group | None:
        """The last finite verb in [first, last)."""
        verbs = (g for g in reversed(self.clause.groups) if g.shape is Shape.FINITE and first <= g.head < last)
        return next(verbs, None)

    def next_finite(self, first: int) -> Group | None:
        """The finite verb of the clause that begins at `first`, before the next word that joins or sets off a clause."""
        finite = {group.first: group for group in reversed(self.clause.groups) if group.shape is Shape.FINITE}
        for i in range(first, len(self)):
            if i in finite:
                return finite[i]
            if self.low(i) in {";", ":", "that", "which", "who", "if", "when"} or (i > first and self.low(i) == "but"):
                return None
        return None

    def own_subject(self, first: int, verb: Group) -> bool:
        """Whether a noun or pronoun stands between the joining word and the verb, as its subject."""
        tags = self.clause.tags
        if first < verb.first and tags[first] in {Tag.PREPOSITION, Tag.ADVERB}:  # "and, over time, the help will"
            comma = next((k for k in range(first, min(first + 6, verb.first)) if self.low(k) == ","), None)
            first = comma + 1 if comma is not None else first
        between = tags[first : verb.first]
        broken = len(between) > _SUBJECT or not {Tag.MARK, Tag.TO, Tag.VERB}.isdisjoint(between)
        return bool(between) and not broken and between[0] is not Tag.PREPOSITION and not _NOMINAL.isdisjoint(between)


@dataclass(frozen=True, slots=True)
class Joint:
    """A place at which a content may be cut: before word `at`; the second part begins at word `opens`."""

    at: int
    opens: int
    word: str  # as written in lower case, or "comma", "dash", "colon", "participle"


def joints(read: Content) -> Iterator[Joint]:
    """The joints of a content, in order."""
    for i in range(1, len(read) - 1):
        word = _word(read, i)
        if word in _BELONGING or word == "participle":
            yield Joint(i, i, word)
        elif word in _JOINING:
            yield Joint(i, i + 1 + (read.low(i + 1) == "that"), word)
        elif word is not None and _word(read, i + 1) is None:  # ", and" is one joint, not two
            yield Joint(i, i + 1, word)


def _word(read: Content, i: int) -> str | None:
    low, tags = read.low(i), read.clause.tags
    if low in _JOINING or (low in _BELONGING and (low != "to" or tags[i] is Tag.TO)):
        return low
    group = read.clause.group_of(i)
    if group is not None and group.shape is Shape.GERUND and tags[i - 1] in BEFORE_PARTICIPLE:
        return "participle"
    return _MARKS.get(low)


def chance_of_cut(read: Content, joint: Joint, start: int, table: CutTable) -> float:
    """The log-odds that two claims meet here; `start` is where the first of them begins."""
    seen = ((trait, value) for trait, values in traits(read, joint, start).items() for value in values)
    return table.base + sum(table.weights.get(trait, {}).get(value, 0.0) for trait, value in seen)


def chance_of_opening(read: Content, joint: Joint, table: CutTable) -> float:
    """What a trained reader adds to these log-odds; nought where none has looked."""
    if read.openings is None:
        return 0.0
    words, seen = read.clause.words, table.seen
    first, last = words[joint.at].start, words[min(joint.opens + 1, len(words) - 1)].start
    low = bisect_left(read.openings, first, key=_at)
    high = bisect_right(read.openings, last, key=_at)
    chance = max((opening.chance for opening in read.openings[low:high]), default=0.0)
    odds = math.log(chance / (1 - chance)) if 0 < chance < 1 else math.copysign(seen.least, chance - 0.5)
    return seen.base + seen.weight * min(max(odds, -seen.least), seen.least)


def _at(opening: Opening) -> int:
    return opening.at


def parts_tell(read: Content, joint: Joint, start: int) -> bool:
    """Whether both sides of a joint can be claims: each has a verb or an event, and the second is not what a verb asks for."""
    if joint.word == "that" and read.clause.tags[joint.at - 1] in _ASKING:
        return False  # "the ministry promised that …"
    end = len(read)
    before = read.has_finite(start, joint.at) or read.types_here(start, joint.at)
    return bool(before and (read.has_finite(joint.opens, end) or read.types_here(joint.opens, end)))


def traits(read: Content, joint: Joint, start: int) -> dict[str, tuple[str, ...]]:
    """What is to be seen at a joint: trait -> its values."""
    verb = read.next_finite(joint.opens)
    before = read.last_finite(start, joint.at)
    left, right = read.types_here(start, joint.at), read.types_here(joint.opens, _event_end(read, joint, verb))
    kind, events, near = _verb(read, joint, verb), _meeting(left, right), _near(read, joint)
    return {
        "word": (joint.word,),
        "verb": (kind,),
        "events": (events,),
        "near": (near,),
        "word and verb": (f"{joint.word}, {kind}",),
        "word and events": (f"{joint.word}, {events}",),
        "word and near": (f"{joint.word}, {near}",),
        "told before": tuple(sorted(map(str, left))),
        "told behind": tuple(sorted(map(str, right))),
        "words before": (_size(read.size(start, joint.at)),),
        "words behind": (_size(read.size(joint.opens, len(read))),),
        "next": (str(read.clause.tags[joint.opens].name).lower(),) if joint.opens < len(read) else (),
        "verb before": ("none",) if before is None else ("main",) if before.depth == 0 else ("deep",),
        "verb behind": ("none",) if verb is None else ("main",) if verb.depth == 0 else ("deep",),
        "modal behind": ("yes",) if verb is not None and verb.modal else (),
        "mark before": ("yes",) if read.low(joint.at - 1) in _MARKS else (),
        "ends soon": ("yes",) if any(read.low(k) in _MARKS for k in range(joint.opens, joint.opens + _SOON)) else (),
    }


def _event_end(read: Content, joint: Joint, verb: Group | None) -> int:
    return min((verb.head if verb else joint.opens) + REACH, len(read))


def _verb(read: Content, joint: Joint, verb: Group | None) -> str:
    """How the second part has its verb: with a subject of its own, sharing the first one's, far off, or none."""
    if verb is None:
        return "none"
    if read.own_subject(joint.opens, verb):
        return "own"
    return "shared" if verb.first - joint.opens < _SHARED else "far"


def _meeting(left: set[EventType], right: set[EventType]) -> str:
    if left and right:
        return "same" if left & right else "other"
    return "before" if left else "behind" if right else "none"


def _near(read: Content, joint: Joint) -> str:
    """Whether an event stands at the head of the second part, and as a verb or a noun."""
    verbs = [is_verb for at, _, is_verb in read.told if joint.opens <= at < joint.opens + _NEAR]
    return "verb" if any(verbs) else "noun" if verbs else "none"


def _size(words: int) -> str:
    return next((name for least, name in _SIZES if words < least), "over 12")
