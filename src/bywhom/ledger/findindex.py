"""What claims are found by, kept in step with the claims, their links and what people decided."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby, islice
from typing import Any

from sqlalchemy import Connection, delete, exists, func, select, text, update

from bywhom.ledger import findcells, verdicts
from bywhom.ledger.corrections import corrected
from bywhom.ledger.engine import chunks, insert_many, run_many
from bywhom.ledger.findrows import DAY, Head, found_row, number
from bywhom.ledger.identities import identities, in_reports
from bywhom.ledger.rows import Row, claim_of
from bywhom.ledger.schema import anchors, claims, documents, found, in_force, linked, standings
from bywhom.records import Digit

_PAGE = 2000
_dot = findcells.dot
_PLACE = (found.c.id, found.c.lat, found.c.lon, found.c.radius_km)
_LATER = {"digit": 0, "contested": 0, "reviewed": 0}  # what links and verdicts put in
_TEXT = (
    "INSERT INTO search_text (rowid, words, source, via, outlet, place, marks) "
    "VALUES (:id, :t_words, :t_source, :t_via, :t_outlet, :t_place, :t_marks)"
)
_MAP = "INSERT INTO search_map (id, south, north, west, east) VALUES (:id, :lat, :lat, :lon, :lon)"
_NOT_FOUND = text("DELETE FROM search_text WHERE rowid = :id"), text("DELETE FROM search_map WHERE id = :id")


def add(connection: Connection, rows: Sequence[Row]) -> None:
    """Let claims be found."""
    if not rows:
        return
    placed = _placed(connection, rows)
    insert_many(connection, found, [_LATER | {k: v for k, v in row.items() if k[:2] != "t_"} for row in placed])
    run_many(connection, _TEXT, placed)
    if points := [row for row in placed if row["lat"] is not None]:
        run_many(connection, _MAP, points)
        findcells.put(connection, (_dot(row["id"], row["lat"], row["lon"], row["radius_km"]) for row in points))


def _placed(connection: Connection, rows: Sequence[Row]) -> list[Row]:
    """The rows with numbers that no other claim has."""
    taken: set[int] = set()
    for chunk in chunks([row["id"] for row in rows]):
        taken |= set(connection.scalars(select(found.c.id).where(found.c.id.in_(chunk))))
    placed = []
    for row in rows:
        free = row["id"] if row["id"] not in taken else _free(connection, row, taken)
        taken.add(free)
        placed.append(row if free == row["id"] else {**row, "id": free})
    return placed


def _free(connection: Connection, row: Row, taken: set[int]) -> int:
    attempt = 1
    while True:
        one = number(row["id"] >> DAY, row["document_id"], 0, attempt)
        if one not in taken and connection.scalar(select(found.c.id).where(found.c.id == one)) is None:
            return one
        attempt += 1


def drop(connection: Connection, document_ids: Sequence[str]) -> None:
    """Let the claims of these reports be found no more."""
    for chunk in chunks(document_ids):
        _drop(connection, list(connection.scalars(select(found.c.id).where(found.c.document_id.in_(chunk)))))


def _drop(connection: Connection, numbers: Sequence[int]) -> None:
    if numbers:
        for statement in _NOT_FOUND:
            connection.execute(statement, [{"id": each} for each in numbers])
    for chunk in chunks(numbers):
        here = found.c.id.in_(chunk)
        placed = connection.execute(select(*_PLACE).where(here, found.c.lat.is_not(None))).all()
        connection.execute(delete(found).where(here))
        findcells.take(connection, [_dot(*row) for row in placed])


def refresh(connection: Connection, claim_ids: Sequence[str]) -> None:
    """Make anew what these claims are found by, as people have corrected them, with their digits and what was decided."""
    for chunk in chunks(list(dict.fromkeys(claim_ids))):
        old = connection.execute(select(found.c.id, found.c.claim_id).where(found.c.claim_id.in_(chunk))).all()
        _drop(connection, [row.id for row in old])
        add(connection, _rows(connection, [row.claim_id for row in old]))
        _set_flags(connection, chunk)
        _set_digits_of(connection, chunk)


def refresh_judged(connection: Connection, document_ids: Sequence[str]) -> None:
    """The same for the claims of these reports on which somebody has decided something."""
    for chunk in chunks(document_ids):
        judged = select(anchors.c.now).join(claims, claims.c.id == anchors.c.now).where(claims.c.document_id.in_(chunk))
        refresh(connection, sorted(set(connection.scalars(judged))))


def refresh_known(connection: Connection, document_ids: Sequence[str]) -> None:
    """The same for the claims of these reports in which somebody goes by another name than was read."""
    refresh(connection, in_reports(connection, document_ids))


def _rows(connection: Connection, claim_ids: Sequence[str]) -> list[Row]:
    about = documents.c
    columns = (claims.c.id, claims.c.document_id, claims.c.record, claims.c.start_at, claims.c.end_at)
    heads = (about.name, about.publisher, about.published)
    chosen = select(*columns, *heads).join_from(claims, documents).where(claims.c.id.in_(claim_ids))
    judged = verdicts.for_claims(connection, claim_ids)
    known = identities(connection)
    made = []
    for row in connection.execute(chosen):
        read = claim_of(row.record)
        claim = known.claim(corrected(read, judged.get(row.id, ())) or read)
        made.append(found_row(claim, Head(row.name, row.publisher, row.published), _place(connection, row)))
    return made


def _place(connection: Connection, row: Any) -> int:  # noqa: ANN401  a row of claims
    """The place of a claim among those of its report."""
    before = (claims.c.start_at, claims.c.end_at, claims.c.id)
    here = (row.start_at, row.end_at, row.id)
    earlier = (before[0] < here[0]) | (
        (before[0] == here[0]) & ((before[1] < here[1]) | ((before[1] == here[1]) & (before[2] < here[2])))
    )
    chosen = select(func.count()).select_from(claims).where(claims.c.document_id == row.document_id, earlier)
    return connection.scalar(chosen) or 0


# Links and verdicts ---------------------------------------------------------------------------------------------------

_DIGIT = text(
    "UPDATE found SET digit = :digit, contested = :contested "
    "WHERE claim_id IN (SELECT claim_id FROM linked WHERE origin = :origin) "
    "AND (digit <> :digit OR contested <> :contested)"
)
_GRADED = text(
    "UPDATE found SET (digit, contested) = (SELECT standings.digit, standings.contested FROM linked "
    "JOIN standings ON standings.origin = linked.origin WHERE linked.claim_id = found.claim_id) "
    "WHERE claim_id IN (SELECT claim_id FROM linked JOIN standings ON standings.origin = linked.origin)"
)


def set_digits(connection: Connection, digits: Mapping[str, Digit]) -> None:
    """Put the digits of origin groups beside their claims."""
    if digits:
        connection.execute(
            _DIGIT, [{"origin": o, "digit": d.value, "contested": int(d.contested)} for o, d in digits.items()]
        )


def clear_digits(connection: Connection, claim_ids: Sequence[str] | None = None) -> None:
    """Claims that are linked no more have no digit; None: no claim has."""
    graded = (found.c.digit != 0) | (found.c.contested != 0)
    if claim_ids is None:
        connection.execute(update(found).where(graded).values(digit=0, contested=0))
        return
    for chunk in chunks(claim_ids):
        connection.execute(update(found).where(found.c.claim_id.in_(chunk), graded).values(digit=0, contested=0))


def _set_digits_of(connection: Connection, claim_ids: Sequence[str]) -> None:
    digit = (
        select(linked.c.claim_id, standings.c.digit, standings.c.contested)
        .join(standings, standings.c.origin == linked.c.origin)
        .where(linked.c.claim_id.in_(claim_ids))
    )
    for row in connection.execute(digit).all():
        here = update(found).where(found.c.claim_id == row.claim_id)
        connection.execute(here.values(digit=row.digit, contested=row.contested))


def _set_flags(connection: Connection, claim_ids: Sequence[str]) -> None:
    """Whether somebody has confirmed or rejected what was read."""
    judged = exists().where(
        anchors.c.seq == in_force.c.seq, in_force.c.field == "reading", anchors.c.now == found.c.claim_id
    )
    chosen = update(found).where(found.c.claim_id.in_(claim_ids))
    connection.execute(chosen.where(judged).values(reviewed=1))
    connection.execute(chosen.where(~judged).values(reviewed=0))


# An older ledger ------------------------------------------------------------------------------------------------------


def fill(connection: Connection) -> None:
    """Let all claims of a ledger be found that was made before there was anything to find them by."""
    made = _all_rows(connection)
    while page := list(islice(made, _PAGE)):
        add(connection, page)
    connection.execute(_GRADED)
    judged = select(anchors.c.now).where(anchors.c.now.is_not(None)).distinct()
    refresh(connection, sorted(connection.scalars(judged)))


def _all_rows(connection: Connection) -> Iterator[Row]:
    heads = (documents.c.name, documents.c.publisher, documents.c.published)
    chosen = (
        select(claims.c.document_id, claims.c.record, *heads)
        .join_from(claims, documents)
        .order_by(claims.c.document_id, claims.c.start_at, claims.c.end_at, claims.c.id)
    )
    by_report: Iterable[tuple[str, Iterator[Any]]] = groupby(
        connection.execute(chosen, execution_options={"yield_per": _PAGE}), key=lambda row: row.document_id
    )
    for _, rows in by_report:
        for place, row in enumerate(rows):
            yield found_row(claim_of(row.record), Head(row.name, row.publisher, row.published), place)
