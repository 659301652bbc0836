"""What a claim is found by: a narrow row for filters, counts and order, and the words of the full-text index. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from hashlib import blake2b
from typing import Any

from bywhom.ledger.days import bounds
from bywhom.ledger.folding import UNWRITABLE, fold
from bywhom.prose.peoplenames import sounds
from bywhom.prose.scripts import latin
from bywhom.records import Claim, Hop, MentionRole, mentions_of

FOREVER = 4_000_000  # a day after all others: of a span that is open at its end
DOUBTFUL = "d_"  # the mark of a claim whose source the program is none too sure of
EVERY = "x_"  # a mark that every claim has: what a search that only leaves words out begins with
_WORD = re.compile(r"\w+(?:['’ʼ‘`]\w{2,})*")  # "Куп’янськ" is one word; "Kars’s" is Kars and no more
_SURE = 0.6  # confidence of the source, from which on it is not doubtful: about every eighth claim lies below
_LONGEST = 60  # characters of a word of which the sounds are kept
_ROLES = {MentionRole.SOURCE: "s", MentionRole.RELAY: "r"}

# The number of a claim in the index is its place in the order of results: the day, then the report, then the place in the report.
_REPORT_BITS, _PLACE_BITS = 31, 12
DAY = _REPORT_BITS + _PLACE_BITS
PLACES = 1 << _PLACE_BITS


@dataclass(frozen=True, slots=True)
class Head:
    """What must be known of the report that a claim stands in."""

    name: str
    publisher: str | None
    published: str | None


def found_row(claim: Claim, head: Head, place: int) -> dict[str, Any]:
    """What a claim is found by; `place` is its place among the claims of its report."""
    first, last = days(claim)
    day = first or last or _ordinal(bounds(head.published or "")[0])
    source, where = claim.attribution.source, claim.place
    point = where and where.lat is not None and where.lon is not None
    return {
        "id": number(day if day < FOREVER else first, claim.document_id, place),
        "claim_id": claim.id,
        "document_id": claim.document_id,
        "first_day": first,
        "last_day": last,
        "event": claim.event.type.value,
        "kind": source.kind.value if source else "publisher",
        "certainty": claim.certainty.value,
        "country": (where.country if where else None) or "",
        "source": _column(source.name if source and source.name else ""),
        "outlet": _column(head.publisher or ""),
        "lat": where.lat if where and point else None,
        "lon": where.lon if where and point else None,
        "radius_km": where.radius_km if where and point else None,
        **_words(claim, head),
    }


def _words(claim: Claim, head: Head) -> dict[str, str]:
    """The columns of the full-text index."""
    said, where = claim.attribution, claim.place
    source = [said.source.name, said.source.mention.text if said.source.mention else None] if said.source else []
    found = {
        "t_words": keyed(claim.text),
        "t_source": keyed_names(source),
        "t_via": keyed_names(_hop_names(said.relays)),
        "t_outlet": keyed_names([head.publisher, head.name]),
        "t_place": keyed_names([where.mention.text, where.name, where.region] if where else []),
        "t_marks": " ".join(marks(claim)),
    }
    return {column: _column(words) for column, words in found.items()}


def _hop_names(hops: Iterable[Hop]) -> Iterator[str | None]:
    for hop in hops:
        yield hop.name
        yield hop.mention.text if hop.mention else None


def marks(claim: Claim) -> Iterator[str]:
    """What a claim is, each as a word of the index: e_attack, k_witness, s_ and the id of the entity that says it."""
    source = claim.attribution.source
    yield EVERY
    yield f"e_{claim.event.type.value}"
    yield f"k_{source.kind.value if source else 'publisher'}"
    yield f"c_{claim.certainty.value}"
    if is_doubtful(claim):
        yield DOUBTFUL
    if claim.place and claim.place.country:
        yield f"n_{claim.place.country.lower()}"
    yield from dict.fromkeys(f"{_ROLES.get(each.role, 'a')}_{each.entity_id}" for each in mentions_of(claim))


def is_doubtful(claim: Claim) -> bool:
    """Whether the program is none too sure of the source."""
    sure = claim.attribution.confidence
    return sure is not None and sure < _SURE


def keyed(text: str) -> str:
    """The words of a text folded and in Latin letters; then the sounds of those that may be names, each with a line before it."""
    heard = dict.fromkeys(heard_of(word) for word in words_in(text) if word[0].isupper() or not word.isascii())
    return " ".join([latin(fold(text)), *(each for each in heard if each)])


def words_in(text: str) -> list[str]:
    """The words of a text as they stand."""
    return _WORD.findall(text)


def keyed_names(names: Iterable[str | None]) -> str:
    """The same for names, each once."""
    return " ".join(keyed(name) for name in dict.fromkeys(names) if name)


def heard_of(word: str) -> str:
    """The sounds of a word as the index has them: what its spellings in all alphabets and transliterations share."""
    heard = sounds(latin(fold(word[:_LONGEST])))
    return f"_{heard}" if heard else ""


def days(claim: Claim) -> tuple[int, int]:
    """First and last day of the event as ordinals; 0 and 0 where the day is not known."""
    first, last = bounds(claim.time.value) if claim.time else (None, None)
    begin, end = _ordinal(first), _ordinal(last)
    if not begin and not end:
        return 0, 0
    return begin, end or FOREVER


def _ordinal(day: str | None) -> int:
    return date.fromisoformat(day).toordinal() if day else 0


def number(day: int, document_id: str, place: int, attempt: int = 0) -> int:
    """The place of a claim in the order of results, as one number: the later the day, the greater.

    Within a day the claims of one report stand together, the first of them foremost. Another `attempt` gives another number
    where the first is taken: two reports in some thousand millions share one.
    """
    block, within = divmod(place, PLACES)
    seed = f"{document_id} {block} {attempt}" if block or attempt else document_id
    report = int.from_bytes(blake2b(seed.encode(), digest_size=4).digest(), "big") >> 1
    return day << DAY | report << _PLACE_BITS | (PLACES - 1 - within)


def _column(text: str) -> str:
    return text.encode("utf-8", "backslashreplace").decode().translate(UNWRITABLE)
