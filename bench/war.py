"""A made-up war for the benches of big ledgers: reports on incidents, and a ledger filled with them past the reader.

The war goes on as the ledger grows: every day has its dozen incidents, every town some each week, so that blocking keys fill as they do in
life. An incident is told by some reports and the great one of its day by some fifteen; a good third of them reprint a dispatch, others put it in
words of their own, and their numbers and speakers differ. The same number always makes the same report.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from hashlib import sha256
from itertools import islice

from sqlalchemy import Connection, insert, text

from bywhom.grading import chain_end, publisher_end, subject
from bywhom.ledger import Indexed, Ledger, keyindex, rows, schema
from bywhom.linking import keys
from bywhom.pipeline import LinkTools
from bywhom.records import (
    Attribution,
    Certainty,
    Claim,
    Derived,
    Event,
    EventType,
    Mention,
    Modality,
    Place,
    PlaceOutcome,
    Polarity,
    Quantity,
    Quote,
    Source,
    SourceKind,
    Span,
    Timespan,
    Told,
    claim_id,
)

CLAIMS_OF_REPORT = 12
OF_AN_INCIDENT = 40  # claims, on the average
INCIDENTS_OF_A_DAY = 12
TOWNS = 40
PER_WRITE = 500  # reports
BEGAN = date(1914, 8, 1).toordinal()

THINGS = "bridge mill station market barracks school hospital depot church ferry quarry granary townhall bakery tannery".split()
SOURCES = "mayor prefect consul stationmaster abbot surgeon notary miller ferryman schoolmaster".split()
GENERALS = "Aubert Brisson Caron Delmas Estève Fabre Garnier Hamel Imbert Joly Keller Lambert".split()
COLOURS = "grey white black green blue brown".split()

# What can be told of an incident, each in several wordings; the first is the one of the dispatch.
FACETS: tuple[tuple[EventType, tuple[str, ...]], ...] = (
    (EventType.ATTACK, ("{column} shelled the {thing} of {town} at {hour}", "Shells of {column} fell on the {thing} in {town}", "At {hour} guns opened fire on {town} and hit its {thing}")),
    (EventType.CASUALTY, ("{dead} people were killed at the {thing} of {town}", "The shelling of {town} left {dead} people dead", "{dead} people killed near the {thing}")),
    (EventType.CASUALTY, ("{hurt} people were wounded in {town} by splinters", "Splinters wounded {hurt} people in {town}")),
    (EventType.DESTROY, ("the roof of the {thing} in {town} burned down to the walls", "Fire destroyed the {thing} of {town}", "nothing but walls is left of the {thing}")),
    (EventType.SEIZE, ("{column} captured the {colour} ridge above {town}", "The {colour} ridge near {town} has fallen to {column}")),
    (EventType.WITHDRAW, ("the garrison of {town} withdrew across the {river}", "Soldiers left {town} and crossed the {river} at {hour}")),
    (EventType.DETAIN, ("{column} detained {taken} men in {town} and marched them to the {thing}", "{taken} men of {town} were taken away by {column}")),
    (EventType.FLEE, ("{fled} families left {town} on carts along the {river}", "Carts with {fled} families from {town} stand along the {river}")),
    (EventType.APPEAL, ("{town} asks for surgeons and bandages by the {hour} train", "Surgeons are wanted in {town}")),
    (EventType.OTHER, ("the telegraph to {town} is cut beyond the {colour} bridge", "No telegram has come from {town} since {hour}")),
)  # fmt: skip


def report(number: int, size: int, seed: str = "report") -> list[Told]:
    """The claims of one report on an incident and a second one of the same days; `size` claims tell how long the war has been going on."""
    rng = random.Random(f"{seed} {number}")  # noqa: S311 (disorder that can be repeated)
    last = max(INCIDENTS_OF_A_DAY, size // OF_AN_INCIDENT) - 1
    near = min(last, number * CLAIMS_OF_REPORT // OF_AN_INCIDENT)
    great = near - near % INCIDENTS_OF_A_DAY
    main = great if rng.random() < 0.4 else min(last, great + rng.randrange(INCIDENTS_OF_A_DAY))
    beside = min(last, great + rng.randrange(INCIDENTS_OF_A_DAY))
    day = date.fromordinal(BEGAN + main // INCIDENTS_OF_A_DAY + (rng.random() < 0.3)).isoformat()
    head = Told(
        _NOTHING,
        f"{seed}-{number}",
        f"Gazette {rng.randrange(40)}",
        day,
        f"{_facts(main)['thing']} of {_facts(main)['town']}",
    )
    reprint = rng.random() < 0.35
    told: list[Told] = []
    for at in range(CLAIMS_OF_REPORT):
        start = told[-1].claim.span.end + 1 if told else 0
        incident, facet = (main, at) if at < len(FACETS) - 2 else (beside, rng.randrange(len(FACETS)))
        told.append(replace(head, claim=_claim(rng, head.document, start, incident, facet, reprint=reprint)))
    return told


def _facts(incident: int) -> dict[str, str]:
    """What happened; the same for everybody who tells of it."""
    about = random.Random(f"incident {incident}")  # noqa: S311
    return {
        "town": f"Ville{about.randrange(TOWNS)}", "thing": about.choice(THINGS), "column": f"Column {about.randrange(90)}",
        "colour": about.choice(COLOURS), "river": f"Eau{about.randrange(25)}", "hour": about.choice("dawn noon dusk midnight".split()),
        "dead": str(about.randrange(2, 60)), "hurt": str(about.randrange(60, 200)), "taken": str(about.randrange(5, 90)),
        "fled": str(about.randrange(20, 400)), "general": about.choice(GENERALS),
    }  # fmt: skip


def _claim(rng: random.Random, name: str, start: int, incident: int, facet: int, *, reprint: bool) -> Claim:
    """One claim on one incident: of the dispatch, or in the reporter's own words and with his own speaker."""
    facts, (kind, wordings) = _facts(incident), FACETS[facet]
    number = next((each for each in ("dead", "hurt", "taken", "fled") if f"{{{each}}}" in wordings[0]), "")
    if number and not reprint and rng.random() < 0.3:
        facts[number] = str(int(facts[number]) + rng.randrange(1, 9))
    text = (wordings[0] if reprint else rng.choice(wordings)).format(**facts)
    place = random.Random(facts["town"])  # noqa: S311
    town, span = facts["town"], Span(start, start + len(text))
    at = Mention(start, start + len(town), town)
    day = date.fromordinal(BEGAN + incident // INCIDENTS_OF_A_DAY).isoformat()
    many = facts.get(number, "")
    counted = (
        (Quantity(Mention(start, start + len(many), many), int(many), int(many), unit=_UNITS[number]),)
        if many and many in text
        else ()
    )
    return Claim(
        f"{name}.{start:05}", name, span, text, _said(rng, span, at, facts, reprint=reprint), Certainty.CERTAIN, Polarity.POSITIVE, Modality.ACTUAL, distanced=False,
        event=Event(kind), place=Place(at, PlaceOutcome.SETTLEMENT, town, "FR", lat=place.uniform(45, 55), lon=place.uniform(0, 12), radius_km=5.0),
        time=Timespan(day, at, Derived.STATED), quantities=counted,
    )  # fmt: skip


_UNITS = {"dead": "people killed", "hurt": "people wounded", "taken": "men detained", "fled": "families"}


def _said(rng: random.Random, span: Span, at: Mention, facts: dict[str, str], *, reprint: bool) -> Attribution:
    """Who says so: one of few who are quoted every day, somebody of the town, or the publisher itself."""
    chance = 0.0 if reprint else rng.random()
    if chance < 0.2:
        return Attribution(span, Quote.INDIRECT, Source(f"General {facts['general']}", SourceKind.MILITARY, at))
    if chance < 0.7:
        who = f"{rng.choice(SOURCES)} Martin{facts['town'][5:]}{rng.randrange(25)}"
        return Attribution(span, Quote.INDIRECT, Source(who, SourceKind.OFFICIAL, at))
    return Attribution(span, Quote.NONE)


_AT = Mention(0, 1, "-")
_NOTHING = Claim(
    "", "", Span(0, 1), "-", Attribution(Span(0, 1), Quote.NONE), Certainty.CERTAIN, Polarity.POSITIVE, Modality.ACTUAL, distanced=False, event=Event(EventType.OTHER)
)  # fmt: skip


# As a ledger has it ---------------------------------------------------------------------------------------------------


def made(size: int) -> Iterator[list[Told]]:
    """Reports as a ledger knows them: with digests for names."""
    return (named(report(number, size)) for number in range(size // CLAIMS_OF_REPORT))


def named(told: Sequence[Told]) -> list[Told]:
    """The claims of one report under the ids that a ledger gives."""
    document = sha256(told[0].document.encode()).hexdigest()
    return [renamed(each, document) for each in told]


def renamed(told: Told, document: str) -> Told:
    """The same claim in another report."""
    source = told.claim.attribution.source
    own = claim_id(document, told.claim.span, source.mention if source else None)
    return replace(told, claim=replace(told.claim, id=own, document_id=document))


def fill(ledger: Ledger, size: int, tools: LinkTools, waiting: int | None = None) -> None:
    """So many claims, straight into the tables: the last `waiting` of them wait to be linked (None: all), the others only stand in the index.

    Rows are indexed once all are there: one by one, a million would touch every page of every index a hundred times.
    """
    reports = enumerate(made(size))
    first = 0 if waiting is None else (size - waiting) // CLAIMS_OF_REPORT
    with ledger.linking() as links:
        links.start_anew(tools.version)
        indexes = _without_indexes(links._connection)  # noqa: SLF001  filled past the front door
    while batch := list(islice(reports, PER_WRITE)):
        early = [indexed(each, tools) for number, told in batch if number < first for each in told]
        with ledger.linking() as links:
            _write(links._connection, [told for _, told in batch], early, batch[0][0] * CLAIMS_OF_REPORT)  # noqa: SLF001
            links.wait([told[0].claim.document_id for number, told in batch if number >= first])
    with ledger.linking() as links:
        for statement in (_SORTED, "DROP TABLE early_keys", *indexes):
            links._connection.exec_driver_sql(statement)  # noqa: SLF001


_SORTED = "INSERT INTO link_keys SELECT key, day, number FROM early_keys ORDER BY key, day, number"
_INDEXES = """SELECT name, sql FROM sqlite_master
WHERE type = 'index' AND sql IS NOT NULL AND tbl_name IN ('documents', 'claims', 'linked')"""


def _without_indexes(connection: Connection) -> list[str]:
    """The statements that make the indexes anew, which are gone now."""
    connection.exec_driver_sql("CREATE TABLE early_keys (key INTEGER, day INTEGER, number INTEGER)")
    there = connection.exec_driver_sql(_INDEXES).all()
    for name, _ in there:
        connection.exec_driver_sql(f"DROP INDEX {name}")
    return [sql for _, sql in there]


def _write(connection: Connection, reports: Sequence[list[Told]], early: Sequence[Indexed], last: int) -> None:
    """The rows of some reports; `early` are those of their claims that stand in the index, numbered from after `last`."""
    written = [rows_of(told) for told in reports]
    connection.execute(insert(schema.documents), [document for document, _ in written])
    connection.execute(insert(schema.claims), [row for _, claims in written for row in claims])
    members, keys = keyindex.entries(early, last)
    if members:
        connection.execute(insert(schema.linked), members)
        connection.execute(text("INSERT INTO early_keys VALUES (:key, :day, :number)"), keys)


def indexed(told: Told, tools: LinkTools) -> Indexed:
    """A claim under its keys."""
    end, publisher = chain_end(told, tools.grading), publisher_end(told, tools.grading)
    return Indexed(told, keys(told, tables=tools.linking), end.key, end.name, publisher.key, subject(told))


def rows_of(told: list[Told]) -> tuple[rows.Row, list[rows.Row]]:
    """A report as rows; its original is in no archive."""
    head = told[0]
    document = {
        "id": head.claim.document_id, "sha1": "", "size": 0, "name": head.document, "appearance": "[]", "form": "text",
        "state": "read", "why": "", "reader": "bench", "publisher": head.publisher, "published": head.published,
        "published_evidence": "", "title": head.title, "claims": len(told),
    }  # fmt: skip
    return document, [rows.claim_row(each.claim) for each in told]
