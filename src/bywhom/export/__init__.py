"""The ledger in the forms that other programs read."""

from bywhom.export.files import replacing
from bywhom.export.jsonl import as_line, line, write_jsonl
from bywhom.export.links import relation_record, why, write_relations
from bywhom.export.protecting import Tally, nameless, protected, without_names
from bywhom.export.records import record, report_record
from bywhom.export.table import COLUMNS, row, write_csv

__all__ = [
    "COLUMNS",
    "Tally",
    "as_line",
    "line",
    "nameless",
    "protected",
    "record",
    "relation_record",
    "replacing",
    "report_record",
    "row",
    "why",
    "without_names",
    "write_csv",
    "write_jsonl",
    "write_relations",
]
