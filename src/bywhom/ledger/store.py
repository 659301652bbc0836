"""A ledger: one SQLite file, and the archive of originals beside it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from sqlalchemy import Connection, Engine, Row, func, select

from bywhom.archive import Archive
from bywhom.errors import UsageError
from bywhom.ledger import custody, queries, schema, verdicts
from bywhom.ledger.corrections import corrected
from bywhom.ledger.custody import now
from bywhom.ledger.engine import chunks, connect, fetched, insert_new, reading, writing
from bywhom.ledger.entities import (
    LedgerEntity,
    Testimony,
    list_entities,
    named,
    near_names,
    private_in,
    revisions,
    select_claims_with,
)
from bywhom.ledger.finding import Letters, Page, of_all, planned, reports_called
from bywhom.ledger.findstore import FindStore
from bywhom.ledger.identities import decided_of, identities, names_read
from bywhom.ledger.linkstore import LinkStore
from bywhom.ledger.migrations import migrate
from bywhom.ledger.objects import Objects
from bywhom.ledger.queries import Counts, LedgerClaim, LedgerDocument, ReportCounts
from bywhom.ledger.query import ClaimQuery
from bywhom.ledger.recording import Known, Recorded, known, record, record_containers
from bywhom.ledger.rows import Original, Report, claim_of, collection_of, document_of, problem_of, problem_row
from bywhom.ledger.verify import verify
from bywhom.records import Document, EntityKind, MentionRole, Problem, Stated, Verdict

_PAGE = 500  # claims or documents fetched with one statement; SQLite takes at most 999 values in one


class Ledger(FindStore, LinkStore):
    """What was read, from which originals, and what was done to them. Open it with `Ledger.open`."""

    def __init__(self, path: Path, engine: Engine, archive: Objects) -> None:
        self.path = path
        self.archive = archive
        self._engine = engine

    @classmethod
    def open(cls, path: Path, *, create: bool = True, archive: Objects | None = None) -> Ledger:
        """The ledger in the file `path`; its archive is the folder `<path>.archive` unless another is given.

        Raises: UsageError where there is none and none shall be made, NotALedger, LedgerTooNew, LedgerLocked.
        """
        path = Path(path)
        if not create and not path.exists():
            raise UsageError(f"there is no ledger at {path}; make one with: bywhom add PATH --ledger {path}")
        if not path.parent.is_dir():
            raise UsageError(f"the folder {path.parent} does not exist; make it, or name another file with --ledger")
        engine = connect(path)
        try:
            migrate(engine, path, now())
        except BaseException:
            engine.dispose()
            raise
        return cls(path, engine, archive or _archive_of(path))

    def close(self) -> None:
        """Let go of the file. A ledger that nobody holds is one file, its log folded in."""
        self._engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # Writing ----------------------------------------------------------------------------------------------------

    def record(
        self, reports: Sequence[Report], problems: Sequence[Problem] = (), containers: Sequence[Original] = ()
    ) -> Recorded:
        """Write reports, problems of collecting, and containers in one transaction.

        What is there already stays as it is.
        """
        if not reports and not problems and not containers:
            return Recorded()
        with writing(self._engine, self.path) as connection:
            insert_new(connection, schema.problems, [problem_row(problem) for problem in problems])
            record_containers(connection, containers)
            return record(connection, reports, now())

    def known(self, document_ids: Sequence[str]) -> dict[str, Known]:
        """What the ledger knows of these documents, for skipping what has been read."""
        with reading(self._engine, self.path) as connection:
            return known(connection, document_ids)

    # Asking -----------------------------------------------------------------------------------------------------

    def claims(
        self, query: ClaimQuery | None = None, *, limit: int | None = None, letters: Letters | None = None
    ) -> Iterator[LedgerClaim]:
        """All claims that fit, or the first so many, in the order of their document's name, then of the text.

        They are the same that `find` gives page by page. `letters` is needed to find by reliability: see regrading.letters.
        Raises: UsageError for values that cannot be.
        """
        with reading(self._engine, self.path) as connection:
            words, values = queries.listing_claims(_fitting(connection, query, letters), limit)
            rows = connection.execution_options(yield_per=_PAGE).exec_driver_sql(words, tuple(values))
            for page in rows.partitions(_PAGE):
                yield from _ledger_claims(connection, page)

    def claims_of(self, document_id: str) -> Iterator[LedgerClaim]:
        """The claims of one document, in text order."""
        with reading(self._engine, self.path) as connection:
            rows = connection.execute(queries.select_claims(document_id))
            yield from _ledger_claims(connection, rows.all())

    def find(self, search: ClaimQuery, *, after: str = "", limit: int = 50, letters: Letters | None = None) -> Page:
        """The claims that fit, the latest first, page by page: `after` is what the page before says of its end.

        `letters` is needed to search by reliability: see regrading.letters.
        Raises: UsageError for dates and cursors that cannot be.
        """
        hits = self.hits(search, after=after, limit=limit, letters=letters)
        return Page(
            tuple(self.claims_by_id(hits.ids)), hits.after, hits.counted, hits.is_whole, hits.facets, hits.speakers
        )

    def claim(self, prefix: str) -> LedgerClaim:
        """The claim whose id begins so.

        Raises: UsageError where there is none, or several, which it names.
        """
        if not queries.is_digest_prefix(prefix):
            raise UsageError(
                f"{prefix!r} is no claim id; give at least its first four characters, as `claims` lists them"
            )
        with reading(self._engine, self.path) as connection:
            rows = connection.execute(queries.select_claims_by_id(prefix).limit(6)).all()
            found = list(_ledger_claims(connection, rows))
        if len(found) == 1:
            return found[0]
        if not found:
            raise UsageError(f"no claim has an id that begins with {prefix}; `bywhom claims` lists them")
        named = "; ".join(f"{each.claim.id} in {each.document}" for each in found)
        raise UsageError(f"several claims have an id that begins with {prefix}: {named}; give more of it")

    def claims_by_id(self, ids: Sequence[str]) -> list[LedgerClaim]:
        """The claims of these ids, in their order; those that are not there are left out."""
        found: dict[str, LedgerClaim] = {}
        with reading(self._engine, self.path) as connection:
            for chunk in chunks(list(dict.fromkeys(ids))):
                rows = connection.execute(queries.select_claims_of(chunk)).all()
                found |= {each.claim.id: each for each in _ledger_claims(connection, rows)}
        return [found[each] for each in ids if each in found]

    def documents(self, *, state: str | None = None) -> Iterator[LedgerDocument]:
        """The reports in the order of their names, without their texts; `state` is read or unread."""
        with reading(self._engine, self.path) as connection:
            rows = connection.execution_options(yield_per=_PAGE).execute(queries.select_documents(state))
            for page in rows.partitions(_PAGE):
                yield from _ledger_documents(connection, page)

    def documents_page(self, *, after: str = "", limit: int = 100, state: str | None = None) -> list[LedgerDocument]:
        """Some reports in the order of their names; `after` is the name and the id of the last one before, on two lines."""
        name, _, document_id = after.rpartition("\n")
        with reading(self._engine, self.path) as connection:
            chosen = queries.select_documents(state, after=(name, document_id) if document_id else None)
            return list(_ledger_documents(connection, connection.execute(chosen.limit(limit)).all()))

    def document(self, name: str) -> LedgerDocument:
        """The report with this name, location, or id prefix, and in it the Document with its text.

        Raises: UsageError where there is none, or several; ArchiveDamaged where the text is not what it was.
        """
        with reading(self._engine, self.path) as connection:
            document_id = self._find(connection, name)
            row = connection.execute(queries.select_documents().where(schema.documents.c.id == document_id)).one()
            (found,) = _ledger_documents(connection, [row])
            return replace(found, document=self._document(connection, row))

    def entities(
        self,
        kind: EntityKind | str | None = None,
        text: str | None = None,
        limit: int | None = None,
        *,
        local: bool = True,
    ) -> Iterator[LedgerEntity]:
        """Who and where, those with most mentions first; without `local` only what is the same in every report."""
        with reading(self._engine, self.path) as connection:
            yield from list_entities(connection, kind, text, local=local, limit=limit)

    def named(self, name: str) -> list[LedgerEntity]:
        """Whom a name means, in whatever transliteration; several where it is ambiguous. An id will do too."""
        with reading(self._engine, self.path) as connection:
            return named(connection, name)

    def near_names(self, name: str) -> tuple[str, ...]:
        """Names of the ledger that look like one that nobody has; none of private people."""
        with reading(self._engine, self.path) as connection:
            return near_names(connection, name)

    def decided_of(self, entity_id: str) -> tuple[Verdict, ...]:
        """What people decided about one entity, or that it is one with another, undone acts and undoings included, the newest first."""
        with reading(self._engine, self.path) as connection:
            known = identities(connection)
            return decided_of(connection, known.parts(entity_id))

    def read_as(self, entity_id: str, document_id: str) -> str | None:
        """The id under which a report was read to mention an entity; None where it does not."""
        with reading(self._engine, self.path) as connection:
            known = identities(connection)
            chosen = select(schema.mentions.c.entity_id).where(
                known.mentioned([entity_id]), schema.mentions.c.document_id == document_id
            )
            return min(connection.scalars(chosen), default=None)

    def protected_in(self, document_ids: Sequence[str]) -> dict[str, list[LedgerEntity]]:
        """Report -> the private people in it, each with every name that the report has for it; and all that is no person."""
        with reading(self._engine, self.path) as connection:
            return private_in(connection, document_ids)

    def places_of(self, claim_ids: Sequence[str]) -> dict[str, tuple[str, str]]:
        """Claim -> the name and the country of its place, as people have corrected it: less than a claim, and at once."""
        found: dict[str, tuple[str, str]] = {}
        with reading(self._engine, self.path) as connection:
            for chunk in chunks(sorted(set(claim_ids))):
                some = ", ".join("?" * len(chunk))
                words = f"SELECT id, place, country FROM claims WHERE id IN ({some})"  # noqa: S608  our own words
                found.update(
                    (one, (place or "", country or "")) for one, place, country in fetched(connection, words, chunk)
                )
                words = f"SELECT DISTINCT now FROM anchors WHERE now IN ({some})"  # noqa: S608
                judged = verdicts.for_claims(connection, [one for (one,) in fetched(connection, words, chunk)])
                moved = [one for one, acts in judged.items() if any(act.field == "place" for act in acts)]
                for each in _ledger_claims(connection, connection.execute(queries.select_claims_of(moved)).all()):
                    where = each.claim.place
                    found[each.claim.id] = (
                        (where.name or where.mention.text, where.country or "") if where else ("", "")
                    )
        return found

    def reports_of(self, claim_ids: Sequence[str]) -> dict[str, str]:
        """Claim -> the report it stands in."""
        found: dict[str, str] = {}
        with reading(self._engine, self.path) as connection:
            columns = select(schema.claims.c.id, schema.claims.c.document_id)
            for chunk in chunks(sorted(set(claim_ids))):
                found.update(
                    (row[0], row[1]) for row in connection.execute(columns.where(schema.claims.c.id.in_(chunk)))
                )
        return found

    def release(self, by: str, what: str) -> None:
        """Enter into the custody log that somebody took the names of private people out of the ledger.

        Raises: UsageError where nobody says who it is.
        """
        if not by.strip():
            raise UsageError(
                "names of private people leave the ledger under somebody's name only: give yours with --by, or by="
            )
        details = custody.canonical({"by": by.strip()[:200], "what": what[:200], "names": "private people named"})
        with writing(self._engine, self.path) as connection:
            custody.append(connection, [custody.Act(now(), "release", "", details)])

    def names_in(self, decided: Sequence[Verdict]) -> dict[str, str]:
        """The names of the sources and reports that verdicts are about, by their ids, as they were read."""
        ids = sorted({one for each in decided for one in (*each.subject.ids, each.value or "")})
        with reading(self._engine, self.path) as connection:
            found = names_read(connection, [one for one in ids if len(one) == 16])
            for chunk in chunks([one for one in ids if len(one) == 64]):
                chosen = select(schema.documents.c.id, schema.documents.c.name).where(schema.documents.c.id.in_(chunk))
                found |= {row.id: row.name for row in connection.execute(chosen)}
        return found

    def reports_with(self, entity_id: str, limit: int) -> list[tuple[LedgerDocument, int]]:
        """The reports that mention an entity, and how often, those that do most first."""
        with reading(self._engine, self.path) as connection:
            number = func.count()
            where = schema.mentions.c.document_id
            chosen = select(where, number).where(identities(connection).mentioned([entity_id])).group_by(where)
            counted = {row[0]: row[1] for row in connection.execute(chosen.order_by(number.desc(), where).limit(limit))}
            heads = {each.id: each for each in _heads(connection, set(counted))}
        return [(heads[each], count) for each, count in counted.items() if each in heads]

    def who(self, name: str) -> Testimony:
        """Everything that one entity says, through which hands, and what is said of it.

        Raises: UsageError where nobody is called so, or several are, whom it names.
        """
        with reading(self._engine, self.path) as connection:
            found = named(connection, name)
            if len(found) != 1:
                raise UsageError(_nobody(name) if not found else _ambiguous(name, found))
            said, relayed, about = (
                tuple(self._claims_with(connection, found[0].entity.id, roles)) for roles in (_SAYS, _RELAYS, _ACTS)
            )
            return Testimony(found[0], said, relayed, about, revisions(said))

    def problems(self, *, document_id: str | None = None) -> Iterator[Problem]:
        """What was wrong with reports, in the order of their locations."""
        with reading(self._engine, self.path) as connection:
            for row in connection.execution_options(yield_per=_PAGE).execute(queries.select_problems(document_id)):
                yield problem_of(row)

    def problems_without_report(self, limit: int) -> list[Problem]:
        """What was wrong with what never became a report, in the order of locations."""
        with reading(self._engine, self.path) as connection:
            return [problem_of(row) for row in connection.execute(queries.select_lone_problems().limit(limit))]

    def custody(self) -> Iterator[custody.Entry]:
        """What was done to which original, from the first act on."""
        with reading(self._engine, self.path) as connection:
            yield from custody.entries(connection)

    def last_entry(self) -> str:
        """The digest of the last entry of the custody log, which stands for all before it; empty where there is none."""
        with reading(self._engine, self.path) as connection:
            return custody.last_digest(connection)

    def counts(self) -> Counts:
        """How much the ledger holds."""
        with reading(self._engine, self.path) as connection:
            return Counts(*connection.execute(queries.counting()).one())

    def state(self) -> int:
        """A number that grows with everything that is read, linked or decided: what was worked out before may be stale after."""
        with reading(self._engine, self.path) as connection:
            return connection.scalar(select(func.max(schema.custody.c.seq))) or 0

    def report_counts(self) -> ReportCounts:
        """How many reports and claims there are: less than `counts`, and at once in a ledger of any size."""
        with reading(self._engine, self.path) as connection:
            rows = {row.state: row for row in connection.execute(queries.counting_reports())}
        reports = {state: row.reports for state, row in rows.items()}
        return ReportCounts(sum(reports.values()), reports.get("unread", 0), sum(row.claims for row in rows.values()))

    def verify(self) -> Iterator[Problem]:
        """Everything in the ledger and its archive that is not as it was written; nothing where all is well."""
        with reading(self._engine, self.path) as connection:
            yield from verify(connection, self.archive)

    @staticmethod
    def _claims_with(connection: Connection, entity_id: str, roles: Sequence[MentionRole]) -> Iterator[LedgerClaim]:
        for page in connection.execute(select_claims_with(identities(connection), entity_id, roles)).partitions(_PAGE):
            yield from _ledger_claims(connection, page)

    # Parts ------------------------------------------------------------------------------------------------------

    def _find(self, connection: Connection, name: str) -> str:
        ids = reports_called(connection, name)
        if len(ids) > 1:
            raise UsageError(_several(connection, name, ids))
        return ids[0]

    def _document(self, connection: Connection, row: Row[Any]) -> Document | None:
        if row.record is None:
            return None
        blocks = connection.execute(
            select(schema.blocks).where(schema.blocks.c.document_id == row.id).order_by(schema.blocks.c.position)
        )
        return document_of(row, self.archive.get(row.text_id).decode(), blocks)


def _fitting(connection: Connection, query: ClaimQuery | None, letters: Letters | None) -> tuple[str, list[Any]] | None:
    """The statement that gives the ids of the claims that fit; None where all do."""
    if query is None or query == ClaimQuery():
        return None
    return of_all(planned(connection, query, letters))


_SAYS, _RELAYS = (MentionRole.SOURCE,), (MentionRole.RELAY,)
_ACTS = (MentionRole.AGENT, MentionRole.TARGET, MentionRole.OTHER, MentionRole.PLACE)


def _nobody(name: str) -> str:
    return f"nobody in the ledger is called {name!r}; `bywhom entities --text {name.rsplit(maxsplit=1)[-1] if name.split() else 'NAME'}` looks further"


def _ambiguous(name: str, found: Sequence[LedgerEntity]) -> str:
    listed = "; ".join(
        f"{each.entity.id} {each.entity.name} ({each.entity.kind})" for each in found[:8] if not each.entity.protected
    )
    return f"{len(found)} are called {name!r}: {listed}; give the id instead"


def _archive_of(path: Path) -> Objects:
    return Archive(path.with_name(path.name + ".archive"))


def _several(connection: Connection, name: str, ids: list[str]) -> str:
    came = _appearances(connection, ids[:6])
    named = "; ".join(f"{each[:12]} from {came[each][0].location}" for each in ids[:6])
    return f"{len(ids)} reports are called {name!r}: {named}; give the id or the location instead"


def _ledger_claims(connection: Connection, rows: Sequence[Row[str, str, str]]) -> Iterator[LedgerClaim]:
    heads = {each.id: each for each in _heads(connection, {row.document_id for row in rows})}
    judged = verdicts.for_claims(connection, [row.id for row in rows])
    known = identities(connection)
    for row in rows:
        head, said = heads[row.document_id], judged.get(row.id, ())
        read = claim_of(row.record)
        claim = corrected(read, said)
        yield LedgerClaim(
            claim=known.claim(claim or read),
            rejected=claim is None,
            verdicts=said,
            document=head.name,
            names=head.names,
            text_id=head.text_id or "",
            publisher=head.publisher,
            published=head.published.value if head.published else None,
            url=head.url,
        )


def _heads(connection: Connection, ids: set[str]) -> Iterator[LedgerDocument]:
    rows = connection.execute(queries.select_documents().where(schema.documents.c.id.in_(sorted(ids))))
    return _ledger_documents(connection, rows.all())


def _ledger_documents(connection: Connection, rows: Sequence[Row[Any]]) -> Iterator[LedgerDocument]:
    came = _appearances(connection, [row.id for row in rows])
    for row in rows:
        published = Stated(row.published, row.published_evidence) if row.published else None
        yield LedgerDocument(
            id=row.id,
            sha1=row.sha1,
            size=row.size,
            name=row.name,
            names=tuple(sorted({each.name for each in came[row.id]})),
            form=row.form,
            state=row.state,
            why=row.why,
            reader=row.reader,
            text_id=row.text_id,
            extractor=row.extractor,
            language=row.language,
            title=row.title,
            publisher=row.publisher,
            author=row.author,
            published=published,
            url=row.url,
            claims=row.claims,
            collections=tuple(collection_of(each) for each in came[row.id]),
        )


def _appearances(connection: Connection, ids: Sequence[str]) -> dict[str, list[Row[Any]]]:
    table = schema.appearances
    found: dict[str, list[Row[Any]]] = {each: [] for each in ids}
    chosen = select(table).where(table.c.document_id.in_(ids)).order_by(table.c.name, table.c.location)
    for row in connection.execute(chosen):
        found[row.document_id].append(row)
    return found
