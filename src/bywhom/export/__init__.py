"""The ledger in the forms that other programs read."""

from bywhom.export.files import replacing
from bywhom.export.jsonl import line, write_jsonl
from bywhom.export.records import record
from bywhom.export.table import COLUMNS, row, write_csv

__all__ = ["COLUMNS", "line", "record", "replacing", "row", "write_csv", "write_jsonl"]
