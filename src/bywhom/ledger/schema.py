"""The tables of a ledger, for building statements. migrations.py makes them; a test holds the two together."""

from __future__ import annotations

from sqlalchemy import (
    DOUBLE_PRECISION,
    BigInteger,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    text,
)

metadata = MetaData()

meta = Table(
    "meta",
    metadata,
    Column("name", Text, primary_key=True),
    Column("value", Text, nullable=False),
)

migrations = Table(
    "migrations",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("name", Text, nullable=False),
    Column("applied_at", Text, nullable=False),
)

documents = Table(
    "documents",
    metadata,
    Column("id", Text, primary_key=True),  # SHA-256 of the original bytes
    Column("sha1", Text, nullable=False),
    Column("size", Integer, nullable=False),  # bytes
    Column("name", Text, nullable=False),  # the least of its appearances
    Column("appearance", Text, nullable=False),  # the appearance it was read from: JSON, see rows.Appearance.key
    Column("form", Text, nullable=False),
    Column("state", Text, nullable=False),  # read, unread
    Column("why", Text, nullable=False),  # why it is unread, in words
    Column("reader", Text),  # what read it; NULL where nothing could, so that the next add tries again
    Column("text_id", Text),
    Column("extractor", Text),
    Column("language", Text),
    Column("title", Text),
    Column("publisher", Text),
    Column("author", Text),
    Column("published", Text),
    Column("published_evidence", Text),
    Column("url", Text),
    Column("claims", Integer, nullable=False),  # how many
    Column("record", Text),  # the Document as JSON, without its text (an archive object) and its blocks
    Index("documents_by_name", "name", "id"),
    Index("documents_by_state", "state", "claims"),
)

appearances = Table(
    "appearances",
    metadata,
    Column("document_id", Text, ForeignKey("documents.id"), primary_key=True),
    Column("location", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("method", Text, nullable=False),
    Column("collected_at", Text, nullable=False),
    Column("tool", Text, nullable=False),
    Column("container", Text),
    Column("form", Text, nullable=False),
    Column("declared", Text, nullable=False),  # the Declared record as JSON
    Column("capture", Text),  # the Capture record as JSON
    Index("appearances_by_name", "name"),
    Index("appearances_by_location", "location"),
)

blocks = Table(
    "blocks",
    metadata,
    Column("document_id", Text, ForeignKey("documents.id"), primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("start_at", Integer, nullable=False),
    Column("end_at", Integer, nullable=False),
    Column("kind", Text, nullable=False),
    Column("reason", Text, nullable=False),
)

# The columns beside `record` are for searching and for people who open the file by hand. `*_key` columns are
# folded (folding.fold): case, accents and apostrophes do not count.
claims = Table(
    "claims",
    metadata,
    Column("id", Text, primary_key=True),
    Column("document_id", Text, ForeignKey("documents.id"), nullable=False),
    Column("start_at", Integer, nullable=False),
    Column("end_at", Integer, nullable=False),
    Column("text", Text, nullable=False),
    Column("text_key", Text, nullable=False),
    Column("quote", Text, nullable=False),
    Column("source", Text),
    Column("source_key", Text, nullable=False),
    Column("source_kind", Text, nullable=False),
    Column("via_key", Text, nullable=False),
    Column("certainty", Text, nullable=False),
    Column("polarity", Text, nullable=False),
    Column("modality", Text, nullable=False),
    Column("distanced", Integer, nullable=False),
    Column("event", Text, nullable=False),
    Column("place", Text),
    Column("place_key", Text, nullable=False),
    Column("country", Text),
    Column("lat", DOUBLE_PRECISION),
    Column("lon", DOUBLE_PRECISION),
    Column("time", Text),
    Column("first_day", Text),  # ISO 8601 days that bound `time`; NULL where the year is not known
    Column("last_day", Text),
    Column("record", Text, nullable=False),  # the whole Claim as JSON
    Index("claims_by_document", "document_id", "start_at", "end_at", "id"),
    Index("claims_by_event", "event"),
    Index("claims_by_day", "first_day"),
)

# What one report says of one entity. The same entity has the same id in every report; how it is called and on whose
# side it is, over all reports, is summed up when somebody asks, so that the order of reading leaves no trace.
entities = Table(
    "entities",
    metadata,
    Column("document_id", Text, ForeignKey("documents.id"), primary_key=True),
    Column("id", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("name_key", Text, nullable=False),  # a line for each name, folded, and for each name's sounds
    Column("kind", Text, nullable=False),
    Column("local", Integer, nullable=False),
    Column("protected", Integer, nullable=False),
    Column("record", Text, nullable=False),  # the whole Entity as JSON
    Index("entities_by_id", "id"),
)

# The same added up over all reports (findnames.py): how much there is of each, and each different row of `entities` once.
counted = Table(
    "counted",
    metadata,
    Column("id", Text, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("local", Integer, nullable=False),
    Column("mentions", Integer, nullable=False),
    Column("said", Integer, nullable=False),  # claims that it answers for
    Column("reports", Integer, nullable=False),
    Index("counted_by_mentions", "local", "mentions"),
    Index("counted_by_kind", "kind", "mentions"),
    sqlite_with_rowid=False,
)

called = Table(
    "called",
    metadata,
    Column("id", Text, primary_key=True),
    Column("record", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("name_key", Text, nullable=False),
    Column("local", Integer, nullable=False),
    Column("protected", Integer, nullable=False),
    Column("reports", Integer, nullable=False),
    sqlite_with_rowid=False,
)

mentions = Table(
    "mentions",
    metadata,
    Column("claim_id", Text, ForeignKey("claims.id"), primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),  # among the mentions of the claim
    Column("document_id", Text, ForeignKey("documents.id"), nullable=False),
    Column("entity_id", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("start_at", Integer),  # NULL where the claim has no words for it
    Column("end_at", Integer),
    Column("text", Text),
    Index("mentions_by_entity", "entity_id", "role"),
    Index("mentions_by_document", "document_id"),
)

problems = Table(
    "problems",
    metadata,
    Column("id", Text, primary_key=True),
    Column("stage", Text, nullable=False),
    Column("message", Text, nullable=False),
    Column("remedy", Text, nullable=False),
    Column("location", Text, nullable=False),
    Column("document_id", Text),  # no foreign key: a report can fail before it has a row
    Column("start_at", Integer),
    Column("end_at", Integer),
    Column("of_reading", Integer, nullable=False),  # 1: goes when its document is read again
    Index("problems_by_document", "document_id"),
    Index("problems_by_location", "location"),
)

custody = Table(
    "custody",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("at", Text, nullable=False),
    Column("act", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("details", Text, nullable=False),
    Column("previous", Text, nullable=False),
    Column("digest", Text, nullable=False),
    Index("custody_by_subject", "subject", "act"),
)

# Links ----------------------------------------------------------------------------------------------------------------

# Reports whose claims are to be linked, anew where they were linked before. A report enters in the transaction that writes
# its claims, and leaves in the one that writes their links.
to_link = Table("to_link", metadata, Column("document_id", Text, primary_key=True))

# What linking made of each claim. Claims that a person has rejected are not here.
linked = Table(
    "linked",
    metadata,
    Column("number", Integer, primary_key=True),  # short, for the index of keys
    Column("claim_id", Text, nullable=False),
    Column("document_id", Text, nullable=False),
    Column("origin", Text, nullable=False),  # the group of claims that rest on one word: the least claim id in it
    Column("end_key", Text, nullable=False),  # who stands at the end of the chain; empty: nobody in particular
    Column("end_name", Text),
    Column("sourced", Integer, nullable=False),  # 0: the publisher's own voice
    Column("publisher_key", Text, nullable=False),
    Column("polarity", Text, nullable=False),
    Column("subject", Text),  # type of event, place and days, coarsely; NULL where that says too little
    Column("day", Integer, nullable=False),  # ordinal, of the event, else of publication; 0: not known
    Column("keys", LargeBinary, nullable=False),  # its entries in link_keys, eight bytes each
    Index("linked_by_claim", "claim_id", unique=True),
    Index("linked_by_document", "document_id"),
    Index("linked_by_origin", "origin"),
    Index("linked_by_end", "end_key"),
    Index("linked_by_subject", "subject"),
)

# Who may be compared with whom: claims that share a key. In the order of time within each key.
link_keys = Table(
    "link_keys",
    metadata,
    Column("key", BigInteger, primary_key=True, autoincrement=False),  # of the digest of a key
    Column("day", Integer, primary_key=True, autoincrement=False),
    Column("number", Integer, primary_key=True, autoincrement=False),
    sqlite_with_rowid=False,
)

relations = Table(
    "relations",
    metadata,
    Column("a", Text, primary_key=True),
    Column("b", Text, primary_key=True),
    Column("type", Text, primary_key=True),
    Column("independence", Text, nullable=False),
    Column("rule", Text, nullable=False),
    Column("evidence", Text, nullable=False),  # JSON
    Index("relations_by_b", "b"),
)

# The digit of each origin group: forty copies are graded once.
standings = Table(
    "standings",
    metadata,
    Column("origin", Text, primary_key=True),
    Column("digit", Integer, nullable=False),
    Column("rule", Text, nullable=False),
    Column("contested", Integer, nullable=False),
    Column("record", Text, nullable=False),  # the Standing and the plausibility as JSON
    Index("standings_by_digit", "digit", "contested"),
)

# Verdicts -------------------------------------------------------------------------------------------------------------

# What people decided: rows are never changed, and undone only by further rows.
verdicts = Table(
    "verdicts",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("at", Text, nullable=False),
    Column("reviewer", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("field", Text, nullable=False),
    Column("act", Text, nullable=False),
    Column("value", Text),
    Column("reason", Text, nullable=False),
    Column("undoes", Integer),
    Index("verdicts_by_subject", "subject", "field"),
)

# The words that a verdict is about, and the claim that is cut out of them now. Only `now` changes.
anchors = Table(
    "anchors",
    metadata,
    Column("seq", Integer, ForeignKey("verdicts.seq"), primary_key=True, autoincrement=False),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("claim_id", Text, nullable=False),  # as it was called then
    Column("document_id", Text, nullable=False),
    Column("text_id", Text, nullable=False),
    Column("start_at", Integer, nullable=False),
    Column("end_at", Integer, nullable=False),
    Column("text", Text, nullable=False),
    Column("now", Text),  # NULL: no claim of today has these words
    Index("anchors_by_claim", "now"),
    Index("anchors_by_document", "document_id"),
)

# The last word on each field of each subject, once all that was undone is left out.
in_force = Table(
    "in_force",
    metadata,
    Column("subject", Text, primary_key=True),
    Column("field", Text, primary_key=True),
    Column("seq", Integer, ForeignKey("verdicts.seq"), nullable=False),
    Index("in_force_by_seq", "seq"),
    Index("in_force_by_field", "field"),
)

# Finding --------------------------------------------------------------------------------------------------------------

# What claims are found by: narrow, so that thousands of rows are counted at once. Its number is the place in the order of
# results (findrows.number). Beside it stand two tables of SQLite's own making, search_text (FTS5) and search_map (R*Tree), and
# search_cells, in which places are kept added up (findcells.py).
found = Table(
    "found",
    metadata,
    Column("id", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=False),
    Column("claim_id", Text, nullable=False),
    Column("document_id", Text, nullable=False),
    Column("first_day", Integer, nullable=False),  # of the event, ordinals; 0: not known
    Column("last_day", Integer, nullable=False),
    Column("event", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("certainty", Text, nullable=False),
    Column("country", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("outlet", Text, nullable=False),
    Column("lat", DOUBLE_PRECISION),
    Column("lon", DOUBLE_PRECISION),
    Column("radius_km", DOUBLE_PRECISION),
    # These follow from links and verdicts, and change with them.
    Column("digit", Integer, nullable=False),  # 0: not graded
    Column("contested", Integer, nullable=False),
    Column("reviewed", Integer, nullable=False),
    Index("found_by_claim", "claim_id", unique=True),
    Index("found_by_document", "document_id"),
    Index("found_by_digit", "digit", "id"),
    Index("found_contested", "id", sqlite_where=text("contested = 1")),
    Index("found_reviewed", "id", sqlite_where=text("reviewed = 1")),
    Index("found_long", "id", "last_day", sqlite_where=text("last_day - first_day > 366")),
)

# Searches that people have kept under a name.
searches = Table(
    "searches",
    metadata,
    Column("name", Text, primary_key=True),
    Column("query", Text, nullable=False),  # as it stands in an address
    Column("by", Text, nullable=False),
    Column("at", Text, nullable=False),
)
