"""The ledger in the forms that other programs read."""

from bywhom.export.files import replacing
from bywhom.export.jsonl import line, write_jsonl
from bywhom.export.links import relation_record, why, write_relations
from bywhom.export.records import record
from bywhom.export.table import COLUMNS, row, write_csv

__all__ = [
    "COLUMNS",
    "line",
    "record",
    "relation_record",
    "replacing",
    "row",
    "why",
    "write_csv",
    "write_jsonl",
    "write_relations",
]
