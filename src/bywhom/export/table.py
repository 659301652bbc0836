"""CSV, for spreadsheets: the record flattened, one claim a row.

How it is flattened: `via` holds names between semicolons. `chain` reads from publisher to origin, "name (kind) <- name (kind)",
an unknown hop as "?". `actors` are "role: name" between semicolons. `quantities` are the words between semicolons, with the
bounds of each in `quantities_low` and `quantities_high`, an open bound left blank, and what befell those counted and whose they are
in `quantities_fate` and `quantities_side`. Places and times have a column per part.
What this form cannot carry: what a grade rests on, verdicts, the offsets of the words in a chain, the places that were weighed and not taken, and characters
that nobody sees but a terminal or a spreadsheet would obey (controls, marks that reorder text): they are left out. A cell that
a spreadsheet would run as a formula, since it begins with = + - or @, is given an apostrophe in front. The words exactly as
they stand in the report are in the JSON Lines.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable
from typing import BinaryIO

from bywhom.export.records import chain, record
from bywhom.ledger import LedgerClaim
from bywhom.records import Claim, Hop, Place, Quantity, Timespan

Row = dict[str, object]

COLUMNS = tuple(
    """id document document_id text_id publisher published url text start end quote source source_kind source_id source_confidence cue stance via chain channel certainty
    polarity modality distanced event actors place_mention place_name country lat lon geonameid radius_km place_relation
    place_outcome time time_evidence time_derived quantities quantities_low quantities_high quantities_fate quantities_side grade contested rejected
    protected extractor""".split()
)
_OBEYED = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_WHOLE = set(COLUMNS) - {
    "via",
    "chain",
    "actors",
    "time",
    "quantities",
    "grade",
    "contested",
    "rejected",
    "protected",
    "extractor",
}


def row(found: LedgerClaim) -> Row:
    """One claim as a row: column name to cell."""
    claim, whole = found.claim, record(found)
    cells = {key: value for key, value in whole.items() if key in _WHOLE}
    cells |= _by_whom(found) | _place(claim.place) | _time(claim.time) | _quantities(claim.quantities)
    cells |= {
        "distanced": _said(claim.distanced),
        "rejected": _said(found.rejected),
        "protected": "" if found.protected is None else _said(found.protected),
    }
    cells |= {"grade": str(found.grade), "contested": _said(found.grade.contested)} if found.grade else {}
    cells["extractor"] = f"{claim.extractor.name} {claim.extractor.version}"
    return {column: _harmless(cells.get(column)) for column in COLUMNS}


def _said(it_is: bool) -> str:
    return "true" if it_is else "false"


def write_csv(claims: Iterable[LedgerClaim], file: BinaryIO) -> int:
    """Write a heading and a row for every claim; how many claims there were."""
    # With the mark: without it the most used spreadsheet takes UTF-8 for the code page of the machine, and garbles names.
    page = io.TextIOWrapper(file, encoding="utf-8-sig", newline="", write_through=True)
    writer = csv.DictWriter(page, COLUMNS, lineterminator="\n")
    writer.writeheader()
    count = 0
    for found in claims:
        writer.writerow(row(found))
        count += 1
    page.detach()  # the file belongs to the caller
    return count


def _by_whom(found: LedgerClaim) -> Row:
    claim: Claim = found.claim
    return {
        "via": _list(hop.name or "?" for hop in claim.attribution.relays),
        "chain": " <- ".join(map(_hop, chain(found))),
        "actors": _list(f"{actor.role.value}: {actor.name}" for actor in claim.event.actors),
    }


def _hop(hop: Hop) -> str:
    return f"{hop.name or '?'} ({hop.kind.value})"


def _place(place: Place | None) -> Row:
    if place is None:
        return {}
    return {
        "place_mention": place.mention.text,
        "place_name": place.name,
        "country": place.country,
        "lat": place.lat,
        "lon": place.lon,
        "geonameid": place.geonameid,
        "radius_km": place.radius_km,
        "place_relation": place.relation.value,
        "place_outcome": place.outcome.value,
    }


def _time(time: Timespan | None) -> Row:
    if time is None:
        return {}
    return {"time": time.value, "time_evidence": time.evidence.text, "time_derived": time.derived.value}


def _quantities(quantities: tuple[Quantity, ...]) -> Row:
    return {
        "quantities": _list(quantity.mention.text for quantity in quantities),
        "quantities_low": _list(_bound(quantity.low) for quantity in quantities),
        "quantities_high": _list(_bound(quantity.high) for quantity in quantities),
        "quantities_fate": _list(quantity.fate for quantity in quantities),
        "quantities_side": _list(quantity.side or "" for quantity in quantities),
    }


def _bound(number: float | None) -> str:
    return "" if number is None else f"{number:.15g}"


def _list(words: Iterable[str]) -> str:
    return "; ".join(words)


def _harmless(cell: object) -> object:
    if not isinstance(cell, str):
        return cell
    seen = _OBEYED.sub("", cell)
    return f"'{seen}" if seen.startswith(("=", "+", "-", "@", "\t")) else seen
