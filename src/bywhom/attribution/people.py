"""The people, bodies and groups that a sentence tells of, whether or not they speak in it."""

from __future__ import annotations

from bywhom.attribution.line import Line
from bywhom.attribution.names import behind_outlet, opens_outlet, proper_runs
from bywhom.attribution.naming import Named, read_phrase
from bywhom.attribution.phrases import Phrase, phrase_after, phrase_before
from bywhom.records import SourceKind

_LONGEST_APPOSITION = 18  # words
_NEAR_ROLE = 5  # words behind an article among which the role noun of an apposition without commas stands


def named_people(line: Line) -> list[Named]:
    """The people a sentence names, each with the title before the name and the apposition behind it."""
    phrases = (
        Phrase(_title_start(line, behind_outlet(line, first, last)), _apposition_end(line, first, last))
        for first, last in proper_runs(line)
        if not _is_medium(line, first - 1)
    )
    read = (read_phrase(line, phrase) for phrase in phrases)
    return [named for named in read if named.person and named.proper]


def _is_medium(line: Line, i: int) -> bool:
    """Whether a paper or agency is told of here, and nobody who works for one: "newspaper Kurier, General Osei"."""
    medium = line.lex.role_kinds.get(line.low(i)) is SourceKind.MEDIA
    return medium and line.low(i).removesuffix("s") not in line.lex.phrases.works_for


def named_bodies(line: Line) -> list[Named]:
    """The bodies a sentence names: ministries, observatories, councils."""
    read = (read_phrase(line, Phrase(first, last)) for first, last in proper_runs(line) if last - first > 1)
    return [named for named in read if named.proper and not named.person]


def described_groups(line: Line) -> list[Named]:
    """The groups a sentence describes by a plural role noun: "two residents of the district"."""
    found: list[Named] = []
    for i, low in enumerate(line.lows):
        if low not in line.lex.plural_roles or not line.is_role(i) or line.is_role(i + 1):
            continue
        before = phrase_before(line, i + 1, 0)
        after = phrase_after(line, i, len(line))
        if before is not None and not before.relative and before.last == i + 1:
            last = max(i + 1, after.last if after else 0)
            found.append(read_phrase(line, Phrase(before.first, last)))
    return [named for named in found if not named.proper and named.head]


def _title_start(line: Line, first: int) -> int:
    """Where the lower-case title before a name begins: "spokesman Piotr", "the army chief, Ivan"."""
    i = first
    if line.mark(i - 1) == "," and line.is_role(i - 2) and line.low(i - 2) not in line.lex.plural_roles:
        i -= 1
    while i > 0 and first - i < 8 and line.is_word(i - 1) and _in_title(line, i - 1, opened=i < first):
        i -= 1
    return i


def _in_title(line: Line, i: int, *, opened: bool) -> bool:
    """Whether word `i` belongs to a title: a role noun, and before one a nation or another capital."""
    nation = line.is_capital(i) or line.low(i).endswith(("n", "ese"))
    return line.is_role(i) or (opened and nation)


def _apposition_end(line: Line, first: int, last: int) -> int:
    """Where "…, the head of the Republic," behind a name ends; an age may stand between: "…, 34, a driver"."""
    if line.mark(last) != ",":
        placed = line.low(first - 1) in line.lex.grammar.prepositions or last - first == 1
        return last if placed else _end_without_comma(line, last)
    if last + 1 >= len(line):
        return last
    aged = line.mark(last + 1).isdigit() and line.mark(last + 2) == "," and last + 3 < len(line)
    comma = last + 2 if aged else last
    if _opens_clause(line, comma + 1):
        return _apposition_stop(line, comma + 2)
    end = _apposition_stop(line, comma)
    told = any(line.is_role(i) for i in range(comma + 1, end))
    member = line.low(comma + 1) in {"of", "from"} and end > comma + 2
    return end if member or (told and _opens_apposition(line, comma + 1)) else last


def _end_without_comma(line: Line, last: int) -> int:
    """The same where commas were lost: "Anna Kolb a nurse at the hospital", "Jan Varga who runs the observatory"."""
    if _opens_clause(line, last):
        return _apposition_stop(line, last + 1)
    article = line.low(last) in {"a", "an", "the"} and (not line.is_capital(last) or opens_outlet(line, last))
    member = line.low(last) in {"of", "from"}
    if not (article or member):
        return last
    end = _apposition_stop(line, last)
    return end if member or any(line.is_role(i) for i in range(last + 1, min(end, last + _NEAR_ROLE))) else last


def _opens_clause(line: Line, i: int) -> bool:
    """Whether "who" stands here before a verb that tells an office: "who runs the observatory"."""
    table = line.lex.phrases
    served = line.low(i + 1) in table.served and line.low(i + 2) == "as"
    return line.low(i) == "who" and (served or line.low(i + 1) in table.runs)


def _apposition_stop(line: Line, comma: int) -> int:
    marks = {",", ".", ";", ":", "”", "“", '"', "—", "–"}
    i = comma + 1
    while i < len(line) and i - comma < _LONGEST_APPOSITION:
        if line.mark(i) in marks or line.is_finite(i) or line.low(i) in {"who", "which", "that", "says"}:
            break
        i += 1
    return i


def _opens_apposition(line: Line, i: int) -> bool:
    article = line.low(i) in {"a", "an", "the", "then", "former"}
    return article or line.is_role(i) or line.is_capital(i) or line.is_role(i + 1)
