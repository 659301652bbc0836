"""Finding claims: what can be asked, page by page, and how many there are of each kind.

Results stand in the order of their numbers (findrows.number), the latest first, so a page is read off the index and nothing is sorted.
What a claim *is* stands as words in the full-text index and is looked up there together with the words that are asked for. What
follows from links and verdicts, and the place on the map, stands in tables of their own: few such claims are listed first, and
many are checked one by one as the index yields them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection

from bywhom.errors import UsageError
from bywhom.ledger import findcells
from bywhom.ledger.days import bounds
from bywhom.ledger.engine import fetched
from bywhom.ledger.findrows import DAY, DOUBTFUL, EVERY, heard_of, words_in
from bywhom.ledger.folding import fold
from bywhom.ledger.queries import LedgerClaim, matching_documents
from bywhom.ledger.query import Box, ClaimQuery, check
from bywhom.prose.scripts import latin

COUNTED = 5_000  # of so many claims, the latest, facets are counted
FEW = 20_000  # claims that a condition may list before it is rather checked one by one
FEW_PLACES = 60_000  # the same for a part of the map: the R*Tree lists them fast, and those of one town may all be old
_LISTED_OF = 5  # claims of a ledger, one at most is listed before what a word finds is rather checked
YEAR = 366


@dataclass(frozen=True, slots=True)
class Facet:
    """How many claims there are of each value of one field, the most frequent first."""

    field: str  # of ClaimQuery
    values: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Page:
    """Some of the claims that fit, the latest first, and how many there are of each kind."""

    claims: tuple[LedgerClaim, ...]
    after: str  # where the next page begins; empty on the last
    counted: int  # how many claims fit, as far as they were counted
    is_whole: bool  # whether all were counted; else there are more, and facets are those of the latest
    facets: tuple[Facet, ...]
    speakers: tuple[tuple[str, str], ...] = ()  # each value of the facet of sources, and a claim of theirs


@dataclass(frozen=True, slots=True)
class Hits:
    """What the index answers: ids of claims, the latest first."""

    ids: tuple[str, ...]
    after: str
    counted: int
    is_whole: bool
    facets: tuple[Facet, ...]
    speakers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Timed:
    """When what a claim tells of was: days as ordinals, 0 where not known, FOREVER as the last of a span that is open."""

    claim: str
    first: int
    last: int


Letters = Mapping[str, frozenset[str]]  # reliability -> the keys of the sources that have it; "F" is all others


# What is asked of the database ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition that the full-text index does not know: how to check a claim, and how to list all that fit."""

    check: str
    values: tuple[Any, ...]
    listed: str = ""  # selects ids; empty where listing them is never worth while
    listed_values: tuple[Any, ...] = ()
    counted: str = ""  # selects as many rows for the same values, for less; empty where nothing does
    few: int = FEW


@dataclass(frozen=True, slots=True)
class Plan:
    """One search as the parts of a statement."""

    match: str
    conditions: tuple[Condition, ...]
    since: int = 0
    until: int = 0
    lists: tuple[Condition, ...] = field(default=())  # those that are listed first


_LONG = f"SELECT id FROM found WHERE last_day - first_day > {YEAR} AND last_day >= ?"  # noqa: S608  our own words
_COLUMNS = ("event", "kind", "certainty", "country", "source", "outlet", "digit", "contested", "reviewed")


def find(
    connection: Connection, search: ClaimQuery, *, after: str = "", limit: int = 50, letters: Letters | None = None
) -> Hits:
    """The claims that fit, and the counts of all, or of the latest where there are very many.

    Raises: UsageError for dates and cursors that cannot be.
    """
    plan = planned(connection, search, letters)
    whole = _run(connection, plan, _COLUMNS, None, COUNTED + 1)
    is_whole = len(whole) <= COUNTED
    counted = whole[:COUNTED]
    start = _cursor(after)
    page = counted[: limit + 1] if start is None else _run(connection, plan, (), start, limit + 1)
    return Hits(
        ids=tuple(row[1] for row in page[:limit]),
        after=f"{page[limit - 1][0]:x}" if len(page) > limit else "",
        counted=len(counted),
        is_whole=is_whole,
        facets=(facets := tuple(_facets(counted))),
        speakers=tuple(_speakers(counted, facets)),
    )


def timed(
    connection: Connection, search: ClaimQuery, most: int, letters: Letters | None = None
) -> tuple[list[Timed], bool]:
    """When the latest claims that fit were, at most so many, and whether these are all."""
    rows = _run(connection, planned(connection, search, letters), ("first_day", "last_day"), None, most + 1)
    return [Timed(*row[1:]) for row in rows[:most]], len(rows) <= most


def _cursor(after: str) -> int | None:
    if not after:
        return None
    if not re.fullmatch(r"[0-9a-f]{1,16}", after):
        raise UsageError(f"after={after[:40]!r} is no place in a list of results; begin with the first page")
    return min(int(after, 16), (1 << 63) - 1)


def planned(connection: Connection, search: ClaimQuery, letters: Letters | None) -> Plan:
    """How a search is asked of the database: which conditions are listed first, and which are checked.

    Raises: UsageError for values that cannot be, and where no report is called so.
    """
    check(search)
    if search.reliability and letters is None:
        raise UsageError(
            "to find claims by reliability, give what each letter means: letters=regrading.letters(ledger)"
        )
    match = match_of(search)
    conditions = (*_unsought(search), *_conditions(search, letters or {}), *_in_report(connection, search.report))
    lists = tuple(one for one in conditions if one.listed and _is_few(connection, one, is_worded=bool(match)))
    since, until = _day(search.since, 0, "since"), _day(search.until, 1, "until")
    checked = tuple(one for one in conditions if one not in lists)
    return Plan(match, checked, since, until, lists)


def _is_few(connection: Connection, one: Condition, *, is_worded: bool) -> bool:
    few = one.few
    if is_worded and few > FEW:
        # What the full-text index yields is soon checked in a small ledger.
        few = min(few, max(FEW, findcells.counted(connection) // _LISTED_OF))
    words = f"SELECT count(*) FROM (SELECT 1 FROM ({one.counted or one.listed}) LIMIT {few + 1})"  # noqa: S608  our own words
    return int(fetched(connection, words, one.listed_values)[0][0]) <= few


def _run(
    connection: Connection, plan: Plan, columns: Sequence[str], start: int | None, most: int
) -> list[tuple[Any, ...]]:
    """The rows that fit, at most so many. Spans of more than a year that began long before `since` come after the rest."""
    floor = (plan.since - YEAR) << DAY if plan.since > YEAR else 0
    columns = ("id", "claim_id", *columns)
    rows = fetched(connection, *statement(plan, columns, start, most, floor=floor))
    if floor and len(rows) < most:
        rows += fetched(connection, *statement(plan, columns, start, most - len(rows), long_before=floor))
    return rows


def of_all(plan: Plan) -> tuple[str, list[Any]]:
    """The words and the values of a statement that gives the ids of all claims that fit, in no order."""
    return statement(plan, ("claim_id",), None, -1)


def statement(
    plan: Plan, columns: Sequence[str], start: int | None, most: int, *, floor: int = 0, long_before: int = 0
) -> tuple[str, list[Any]]:
    """The words and the values of a statement that gives some columns of the claims that fit, the latest first."""
    number = "search_text.rowid" if plan.match else "found.id"
    wheres: list[str] = []
    values: list[Any] = []

    def put(where: str, *given: object) -> None:
        wheres.append(where)
        values.extend(given)

    if plan.match:
        put("search_text MATCH ?", plan.match)
    below = [one for one in (start, long_before, (plan.until + 1) << DAY if plan.until else 0) if one]
    if below:
        put(f"{number} < ?", min(below))
    if floor:
        put(f"{number} >= ?", floor)
    if plan.since:
        put("found.last_day >= ?", plan.since)
    if plan.until:
        put("found.last_day > 0 AND found.first_day <= ?", plan.until)
    if long_before:
        # The plus keeps the database from asking the full-text index anew for each of them.
        put(f"+{number} IN ({_LONG})", plan.since)
    for one in plan.lists:
        put(f"{'+' if plan.match else ''}{number} IN ({one.listed})", *one.listed_values)
    for one in plan.conditions:
        put(one.check, *one.values)
    names = ", ".join(f"found.{name}" for name in columns)
    source = "search_text CROSS JOIN found ON found.id = search_text.rowid" if plan.match else "found"
    where = f" WHERE {' AND '.join(wheres)}" if wheres else ""
    return f"SELECT {names} FROM {source}{where} ORDER BY {number} DESC LIMIT ?", [*values, most]  # noqa: S608  our own words


# Words ----------------------------------------------------------------------------------------------------------------

_TERM = re.compile(r'(-?)(?:"([^"]*)"?|“([^”]*)”?|(\S+))')
_PART = re.compile(r"\w+")
_ANYWHERE = "{words source via outlet place}"


def match_of(search: ClaimQuery) -> str:
    """What the full-text index is asked for; empty where it knows nothing of what is sought."""
    wanted: list[str] = []
    left_out: list[str] = []
    for column, words in _worded(search):
        for is_out, term in _terms(words):
            (left_out if is_out else wanted).append(f"{column} : {term}")
    wanted += [f"marks : ({' OR '.join(_quoted(each) for each in some)})" for some in _marks(search) if some]
    if search.doubtful is False:
        left_out.append(f"marks : {_quoted(DOUBTFUL)}")
    if left_out and not wanted:
        wanted = [f"marks : {_quoted(EVERY)}"]
    found = " AND ".join(wanted)
    return f"({found}) NOT ({' OR '.join(left_out)})" if left_out else found


def _unsought(search: ClaimQuery) -> Iterator[Condition]:
    """Signs without a letter or a digit are in no index: who looks for nothing else finds nothing, and not everything."""
    if any(words.strip() and not list(_terms(words)) for _, words in _worded(search)):
        yield Condition("0", ())


def _worded(search: ClaimQuery) -> Iterator[tuple[str, str]]:
    """Columns of the full-text index, and the words that are sought in them."""
    yield _ANYWHERE, search.words
    for name in ("source", "via", "outlet", "place"):
        yield name, getattr(search, name)


def _terms(words: str) -> Iterator[tuple[bool, str]]:
    """Each word or phrase in the language of the index, and whether it is to be left out."""
    for minus, phrase, curly, word in _TERM.findall(words):
        parts = _PART.findall(latin(fold(phrase or curly or word)))
        if not parts:
            continue
        if phrase or curly:
            yield bool(minus), _quoted(" ".join(parts))
        elif word.endswith("*"):
            yield bool(minus), f"({' AND '.join([*map(_quoted, parts[:-1]), _quoted(parts[-1]) + '*'])})"
        else:
            yield bool(minus), f"({' AND '.join(map(_either, words_in(word)))})"


def _either(word: str) -> str:
    """A word, or what sounds like it."""
    plain, heard = _quoted(" ".join(_PART.findall(latin(fold(word)))) or word), heard_of(word)
    return f"({plain} OR {_quoted(heard)})" if len(heard) > 2 else plain


def _quoted(words: str) -> str:
    return '"' + words.replace('"', '""') + '"'


def _marks(search: ClaimQuery) -> Iterator[list[str]]:
    yield [f"e_{value}" for value in search.events]
    yield [f"k_{value}" for value in search.kinds]
    yield [f"c_{value}" for value in search.certainties]
    yield [f"n_{value.lower()}" for value in search.countries]
    yield [DOUBTFUL] if search.doubtful else []
    for letter, value in (("s", search.says), ("r", search.relays), ("a", search.about)):
        yield [f"{letter}_{value}"] if value else []


# Links, verdicts, days, the map ---------------------------------------------------------------------------------------


_RESTING = "SELECT claim_id FROM linked WHERE origin IN (SELECT origin FROM linked WHERE end_key = ?)"


def _conditions(search: ClaimQuery, letters: Letters) -> Iterator[Condition]:
    if search.contested is not None:
        few = "SELECT id FROM found WHERE contested = 1" if search.contested else ""
        yield Condition("found.contested = ?", (int(search.contested),), few)
    if search.reviewed is not None:
        few = "SELECT id FROM found WHERE reviewed = 1" if search.reviewed else ""
        yield Condition("found.reviewed = ?", (int(search.reviewed),), few)
    if digits := search.credibility:
        some = ", ".join("?" * len(digits))
        yield Condition(f"found.digit IN ({some})", digits, f"SELECT id FROM found WHERE digit IN ({some})", digits)  # noqa: S608
    if search.rests:
        mine = (search.rests,)
        listed = f"SELECT id FROM found WHERE claim_id IN ({_RESTING})"  # noqa: S608  our own words
        yield Condition(f"found.claim_id IN ({_RESTING})", mine, listed, mine)
    if search.reliability:
        yield _of_letters(search.reliability, letters)
    if search.box:
        yield _inside(search.box)


def _in_report(connection: Connection, name: str) -> Iterator[Condition]:
    """In the reports that are called so."""
    if name:
        ids = tuple(reports_called(connection, name))
        some = ", ".join("?" * len(ids))
        check = f"found.document_id IN ({some})"
        yield Condition(check, ids, f"SELECT id FROM found WHERE {check}", ids)  # noqa: S608  our own words


def reports_called(connection: Connection, name: str) -> list[str]:
    """The ids of the reports with a name, a location, or an id that begins so: the most exact way of reading it that finds any.

    Raises: UsageError where there are none.
    """
    for way in matching_documents(name):
        if ids := sorted(connection.scalars(way)):
            return ids
    raise UsageError(f"no report is called {name[:200]!r}; `bywhom reports` lists them")


def _of_letters(wanted: Sequence[str], letters: Letters) -> Condition:
    """Claims whose source has one of these letters; F has whoever has no other."""
    keys = sorted({key for letter in wanted for key in letters.get(letter, ())})
    others = sorted({key for letter, some in letters.items() if letter not in wanted for key in some})
    mine = "found.claim_id IN (SELECT claim_id FROM linked WHERE end_key IN ({}))"
    if "F" in wanted:
        some = ", ".join("?" * len(others))
        check = f"EXISTS (SELECT 1 FROM linked WHERE claim_id = found.claim_id AND end_key NOT IN ({some}))"  # noqa: S608
        # Of a ledger that is hardly linked, few claims have a letter at all.
        theirs = f"SELECT claim_id FROM linked WHERE end_key NOT IN ({some})"  # noqa: S608
        listed = f"SELECT id FROM found WHERE claim_id IN ({theirs})"  # noqa: S608
        return Condition(check, tuple(others), listed, tuple(others), theirs)
    some = ", ".join("?" * len(keys))
    return Condition(mine.format(some), tuple(keys), f"SELECT id FROM found WHERE {mine.format(some)}", tuple(keys))  # noqa: S608


def sides_of(box: Box) -> list[tuple[float, float, float, float]]:
    """A part of the map as rectangles whose west is west of their east: south, west, north, east."""
    if box.west <= box.east:
        return [(box.south, box.west, box.north, box.east)]
    return [(box.south, box.west, box.north, 180.0), (box.south, -180.0, box.north, box.east)]


def _inside(box: Box) -> Condition:
    sides = sides_of(box)
    check = " OR ".join("(found.lat BETWEEN ? AND ? AND found.lon BETWEEN ? AND ?)" for _ in sides)
    listed = " UNION ".join(
        "SELECT id FROM search_map WHERE north >= ? AND south <= ? AND east >= ? AND west <= ?" for _ in sides
    )
    values = tuple(value for south, west, north, east in sides for value in (south, north, west, east))
    return Condition(f"({check})", values, listed, values, few=FEW_PLACES)


def _day(value: str, which: int, name: str) -> int:
    if not value:
        return 0
    day = bounds(value)[which]
    if day is None:
        raise UsageError(f"{name} {value[:80]!r} is no date; write 2024, 2024-05 or 2024-05-27")
    return date.fromisoformat(day).toordinal()


# Facets ---------------------------------------------------------------------------------------------------------------

_SOURCE = 6
# Field of ClaimQuery, place of its column, how many values are listed.
_FACETS = (
    ("events", 2, 20),
    ("kinds", 3, 11),
    ("certainties", 4, 4),
    ("credibility", 8, 6),
    ("contested", 9, 1),
    ("reviewed", 10, 2),
    ("source", _SOURCE, 8),
    ("outlet", 7, 8),
    ("countries", 5, 8),
)
_IN_ORDER = frozenset(["credibility"])
_SAID = {"contested": {1: "yes"}, "reviewed": {0: "no", 1: "yes"}}


def _speakers(rows: Sequence[tuple[Any, ...]], facets: Sequence[Facet]) -> Iterator[tuple[str, str]]:
    """A claim of each source that a facet lists."""
    wanted = {value for facet in facets if facet.field == "source" for value, _ in facet.values}
    for row in rows:
        if not wanted:
            return
        if row[_SOURCE] in wanted:
            wanted.discard(row[_SOURCE])
            yield row[_SOURCE], row[1]


def _facets(rows: Sequence[tuple[Any, ...]]) -> Iterator[Facet]:
    for name, column, most in _FACETS:
        counts = Counter(map(itemgetter(column), rows))
        said = _SAID.get(name)
        values = [
            (said[value] if said else str(value), count)
            for value, count in counts.items()
            if (value in said if said else value)
        ]
        values.sort(key=(lambda each: each[0]) if name in _IN_ORDER else lambda each: (-each[1], each[0]))
        if values:
            yield Facet(name, tuple(values[:most]))
