"""Who says so, on whose word, through whose hands.

    reading = bywhom.read("The mayor said that two bridges were destroyed.")
    with bywhom.open("bywhom.db") as ledger:
        for found in ledger.claims(bywhom.ClaimQuery(source="mayor")):
            print(found.document, found.claim.text)

Everything here is loaded when it is first used: importing bywhom costs next to nothing.
"""

from __future__ import annotations

from functools import lru_cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bywhom.errors import BywhomError
    from bywhom.jobs import Reading
    from bywhom.ledger import ClaimQuery, Ledger, LedgerClaim
    from bywhom.reading import Tools
    from bywhom.records import Attribution, Claim, Document, Hop, Problem, Source, Span

__version__ = "0.1.0"

__all__ = [
    "Attribution",
    "BywhomError",
    "Claim",
    "ClaimQuery",
    "Document",
    "Hop",
    "Ledger",
    "LedgerClaim",
    "Problem",
    "Reading",
    "Source",
    "Span",
    "__version__",
    "open",
    "read",
]

_HOMES = {
    "Attribution": "records",
    "BywhomError": "errors",
    "Claim": "records",
    "ClaimQuery": "ledger",
    "Document": "records",
    "Hop": "records",
    "Ledger": "ledger",
    "LedgerClaim": "ledger",
    "Problem": "records",
    "Reading": "jobs",
    "Source": "records",
    "Span": "records",
}


def read(text: str, *, name: str = "text", published: str | None = None) -> Reading:
    """The document that a text makes, the claims in it, and what was wrong with it. Nothing is stored.

    `published` is the report's own date as you know it ("2024-05-27"), for counting "on Friday" from; the text's own date
    line outranks it. For files, feeds and archives, and for keeping what was read: bywhom.pipeline.add.
    """
    from bywhom import reading  # noqa: PLC0415
    from bywhom.records import Collection, Declared, RawDocument  # noqa: PLC0415
    from bywhom.versions import TOOL  # noqa: PLC0415

    collection = Collection(name, "text", "", TOOL)
    data = text.encode("utf-8", "surrogatepass")
    declared = Declared(published=published)
    return reading.read(RawDocument(name, data, "text", collection, declared, text), _tools())


def open(path: str | Path, *, create: bool = False) -> Ledger:  # noqa: A001  bywhom.open reads well
    """The ledger in the file `path`; close it, or use it in a `with`.

    Raises: UsageError where there is none and none shall be made, NotALedger, LedgerTooNew, LedgerLocked.
    """
    from bywhom.ledger import Ledger  # noqa: PLC0415

    return Ledger.open(Path(path), create=create)


@lru_cache(maxsize=1)
def _tools() -> Tools:
    from bywhom.reading import Tools  # noqa: PLC0415

    return Tools.load()


def __getattr__(name: str) -> object:
    if name in _HOMES:
        return getattr(import_module(f"bywhom.{_HOMES[name]}"), name)
    raise AttributeError(f"module 'bywhom' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
