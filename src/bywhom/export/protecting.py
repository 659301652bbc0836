"""Claims without the names of private people: what leaves a ledger unless somebody asks for the names and says who it is.

Names are replaced by what their bearers are. Where words of a report are quoted, each letter of a name is blotted out instead, so
that offsets hold. Whoever bywhom does not know as private stays, and so does a name in an address or in the name of a file that is no word by itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from enum import Enum
from itertools import islice
from typing import TypeVar, cast

from bywhom.export.withholding import Withheld, withheld
from bywhom.ledger import Ledger, LedgerClaim, LinkedPair
from bywhom.records import Actor, Claim, Hop, Mention, Place, Situation, Source

T = TypeVar("T")
_PAGE = 200
# The fields that hold words about somebody. Words of a report are in Mention.text and Claim.text.
_SAID = frozenset(
    ["name", "origin", "why", "value", "reason", "document", "names", "publisher", "url", "title", "side", "a", "b"]
)
_AS_WORDED = ((Mention, "text"), (Claim, "text"))
NOBODY = Withheld({}, 0)


@dataclass(slots=True)
class Tally:
    """How many rows were written, and how many of them lack a name."""

    rows: int = 0
    masked: int = 0


@dataclass(frozen=True, slots=True)
class Hidden:
    """Whom one report mentions and nothing may name."""

    names: Withheld
    ids: frozenset[str]


def protected(
    ledger: Ledger, found: Iterable[LedgerClaim], *, names: bool = False, tally: Tally | None = None
) -> Iterator[LedgerClaim]:
    """The claims without the names of private people, marked where one was left out; with `names` only marked."""
    tally, rest = tally or Tally(), iter(found)
    while page := list(islice(rest, _PAGE)):
        hidden = people(ledger, _reports(ledger, page))
        origins = ledger.reports_of([group.id for each in page for group in each.groups])
        for each in page:
            own = hidden.get(each.claim.document_id)
            others = {origins[group.id] for group in each.groups if group.id in origins}
            all_of_them = [one for report in sorted({each.claim.document_id, *others}) if (one := hidden.get(report))]
            masked = _without(each, own, all_of_them)
            tally.rows, tally.masked = tally.rows + 1, tally.masked + (masked != each)
            yield replace(each if names else masked, protected=masked != each)


def without_names(ledger: Ledger, found: Iterable[LinkedPair]) -> Iterator[LinkedPair]:
    """Relations without the names of private people."""
    rest = iter(found)
    while page := list(islice(rest, _PAGE)):
        hidden = people(ledger, {end.document_id for each in page for end in (each.a, each.b)})
        for each in page:
            yield _without(each, None, [one for end in (each.a, each.b) if (one := hidden.get(end.document_id))])


def unnamed(ledger: Ledger, found: Iterable[T], reports: Iterable[str]) -> Iterator[T]:
    """Records of any kind without the names of the private people in these reports."""
    hidden = list(people(ledger, reports).values())
    for each in found:
        yield _without(each, None, hidden)


def nameless(ledger: Ledger, found: Iterable[Situation]) -> Iterator[Situation]:
    """Situations without the names of private people."""
    for each in found:
        yield from unnamed(ledger, [each], ledger.reports_of(each.claims).values())


def people(ledger: Ledger, reports: Iterable[str]) -> dict[str, Hidden]:
    """Report -> whom it mentions and nothing may name; reports that mention nobody of the kind are not in the answer."""
    found = {}
    for report, known in ledger.protected_in(sorted(set(reports))).items():
        names = withheld(known)
        if names.people:
            found[report] = Hidden(names, frozenset(each.entity.id for each in known if each.entity.protected))
    return found


def _reports(ledger: Ledger, page: Sequence[LedgerClaim]) -> set[str]:
    groups = [group.id for each in page for group in each.groups]
    return {each.claim.document_id for each in page} | set(ledger.reports_of(groups).values())


# One record -----------------------------------------------------------------------------------------------------------


def _without(one: T, own: Hidden | None, everybody: Sequence[Hidden]) -> T:
    """A record without names, equal where there are none: `own` are those in the words of its report."""
    return _walk(one, own, everybody) if own or everybody else one


def _walk(one: T, own: Hidden | None, everybody: Sequence[Hidden]) -> T:
    if isinstance(one, tuple):
        return cast("T", tuple(_walk(each, own, everybody) for each in one))
    if not is_dataclass(one) or isinstance(one, type):
        return one
    changed: dict[str, object] = {}
    for each in fields(one):
        was = getattr(one, each.name)
        now = _field(one, each.name, was, own, everybody)
        if now != was:
            changed[each.name] = now
    return replace(one, **changed) if changed else one


def _field(one: object, name: str, was: object, own: Hidden | None, everybody: Sequence[Hidden]) -> object:
    if isinstance(one, (Source, Hop, Actor)) and name == "id":
        return None if own and was in own.ids else was
    if isinstance(was, str) and not isinstance(was, Enum):
        if any(isinstance(one, kind) and name == field for kind, field in _AS_WORDED):
            return own.names.blotted(was) if own else was
        is_said = name in _SAID and not isinstance(one, Place)
        return _told(was, everybody) if is_said else was
    if isinstance(was, tuple) and name in _SAID:
        return tuple(_told(each, everybody) if isinstance(each, str) else _walk(each, own, everybody) for each in was)
    return _walk(was, own, everybody)


def _told(text: str, everybody: Sequence[Hidden]) -> str:
    for each in everybody:
        text = each.names(text)
    return text
