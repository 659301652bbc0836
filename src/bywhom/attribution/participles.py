"""What a participle says before the subject, where commas were lost: "Speaking on Sunday in Lima [General Osei] said"."""

from __future__ import annotations

from itertools import chain

from bywhom.attribution.line import Line
from bywhom.attribution.names import outlet_name

_LINKS = frozenset("after at before by during for from in of on over through to via with".split())
_LONGEST_OUTLET = 5  # words


def opens_participle(line: Line, first: int) -> bool:
    """Whether a participle with what belongs to it opens the sentence here: "Writing in the Herald"."""
    low = line.low(first)
    opens = first == 0 or not line.is_word(first - 1) or line.low(first - 1) in line.lex.grammar.conjunctions
    said = low.endswith("ing") and not line.is_role(first)
    return opens and said and (line.low(first + 1) in _LINKS or _is_time(line, first + 1))


def subject_behind(line: Line, first: int, last: int) -> int | None:
    """Where the subject begins behind a participle that opens at `first`; None where nothing shows it."""
    met = (i for i in range(first + 2, last) if line.is_capital(i) and line.low(i - 1) in line.lex.plural_roles)
    begins = (i for i in range(first + 2, last) if _begins_subject(line, i, last))
    return next(chain(met, begins), None)  # "Speaking after meeting Peruvian envoys [General] Osei"


def _begins_subject(line: Line, i: int, last: int) -> bool:
    before = line.low(i - 1)
    if before in _LINKS or before in line.lex.phrases.determiners or not line.is_word(i):
        return False
    if line.low(i) in line.lex.phrases.determiners:
        return True
    if not line.is_capital(i) or _is_time(line, i):
        return False
    return not line.is_capital(i - 1) or _is_time(line, i - 1) or _ends_place(line, i, last)


def _ends_place(line: Line, i: int, last: int) -> bool:
    """Whether the name of a place or an outlet ends just before word `i`: "in Lima [Colonel] Varga", "in the Herald [Kolb]"."""
    titled = line.is_role(i) or line.mark(i).rstrip(".").title() in line.lex.roles.titles
    return titled or last - i == _size_of_person(line, i, last) or _ends_outlet(line, i)


def _size_of_person(line: Line, i: int, last: int) -> int:
    """2 where word `i` opens the last two names of a row that begins behind "in" or "at"; else 0."""
    start = i
    while start > 0 and line.is_capital(start - 1):
        start -= 1
    placed = start < i and line.low(start - 1) in {"in", "at", "from"}
    return 2 if placed and all(line.is_capital(k) for k in range(i, last)) else 0


def _ends_outlet(line: Line, i: int) -> bool:
    firsts = range(max(0, i - _LONGEST_OUTLET), i)
    return any(line.is_capital(k) and outlet_name(line.part(k, i)) is not None for k in firsts)


def _is_time(line: Line, i: int) -> bool:
    low = line.low(i)
    return (
        low in line.lex.phrases.weekdays
        or low in line.lex.phrases.months
        or low in line.lex.phrases.times
        or low.isdigit()
    )
