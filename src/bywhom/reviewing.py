"""What people decide, and what follows from it: links and digits are made anew in one transaction with the verdict."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence

import msgspec

from bywhom.errors import UsageError
from bywhom.grounding.gazetteer import Gazetteer
from bywhom.ledger import RELINKS, Ledger, LedgerClaim, LedgerEntity, Links, SetPlace, relation_value
from bywhom.pipeline import LinkTools, link_reports
from bywhom.records import DIRECTED, Act, EntityKind, Independence, RelationType, Span, Subject, SubjectKind, Verdict
from bywhom.regrading import regrade

RELINKED = (
    60  # reports that are linked anew while somebody waits for a verdict on a source; more wait for the next link
)


def review(ledger: Ledger, verdict: Verdict, *, tools: LinkTools | None = None, since: int | None = None) -> Verdict:
    """The verdict as entered, and all that follows from it: links and digits made anew, in one transaction with it."""
    return review_all(ledger, [verdict], tools=tools, since=since)[0]


def review_all(
    ledger: Ledger, verdicts: Sequence[Verdict], *, tools: LinkTools | None = None, since: int | None = None
) -> list[Verdict]:
    """Several verdicts as entered, all or none, and what follows from them.

    `since` is the number of the last verdict that the reviewer has seen. Raises: UsageError for a verdict without a name or a
    reason, or with a value that cannot be; Overtaken where somebody decided about the same claims after `since`.
    """
    tools = tools or LinkTools.load()
    with ledger.linking() as links:
        entered = [links.judge(verdict, since) for verdict in verdicts]
        for each in entered:
            _follow(links, each, tools)
    return entered


def undo(ledger: Ledger, seq: int, by: str, reason: str, *, tools: LinkTools | None = None) -> Verdict:
    """The act that takes a verdict back; what was before it is in force again, and so are its links and digits.

    Raises: UsageError where there is no such verdict.
    """
    tools = tools or LinkTools.load()
    with ledger.linking() as links:
        entered = links.undo(seq, by, reason)
        _follow(links, entered, tools)
    return entered


def _follow(links: Links, verdict: Verdict, tools: LinkTools) -> None:
    """Make anew what a verdict bears upon."""
    claims = links.now(verdict.seq)
    if verdict.subject.kind is SubjectKind.CLAIM and verdict.field in RELINKS:
        _relink(links, sorted({anchor.document_id for anchor in verdict.anchors}), tools)
    elif verdict.subject.kind is SubjectKind.ENTITY:
        _relink(links, sorted(set(links.renamed)), tools)
        links.renamed.clear()
    elif verdict.subject.kind is SubjectKind.LINK or verdict.field == "plausibility":
        regrade(links, claims, tools.grading)


def _relink(links: Links, reports: Sequence[str], tools: LinkTools) -> None:
    """Link reports anew: now, where they are few and all others were linked by the same version; else they wait for it."""
    if reports and len(reports) <= RELINKED and links.linker() == tools.version:
        link_reports(links, reports, tools)
    else:
        links.wait(reports)


# Verdicts from what people write -------------------------------------------------------------------------------------


def on_claim(
    ledger: Ledger, found: LedgerClaim, field: str, written: str, *, act: Act, by: str, reason: str
) -> Verdict:
    """The verdict on one field of a claim; the letter of a source that has a name is of all that it says.

    Raises: UsageError where what is written cannot be put into the field.
    """
    if field == "reliability" and (key := source_key(ledger, found)):
        return Verdict(Subject.source(key), field, act, by, reason, written or None)
    value = field_value(ledger, found, field, written) if act is Act.SET else None
    return Verdict(Subject.claim(found.claim.id), field, act, by, reason, value, anchors=(found.anchor,))


def source_key(ledger: Ledger, found: LedgerClaim) -> str:
    """The key of the name at the end of the chain; empty where that is nobody in particular."""
    basis = ledger.bases([found.claim.id]).get(found.claim.id)
    return basis.member.end_key if basis else ""


def field_value(ledger: Ledger, found: LedgerClaim, field: str, written: str) -> str | None:
    """What is written as a verdict keeps it: sources, places and words as JSON, an empty one as nothing."""
    if not written:
        return None
    if field == "source":
        return source_value(ledger, found, written)
    if field == "place":
        return place_value(written)
    return words_value(ledger, found, written) if field == "span" else written


def source_value(ledger: Ledger, found: LedgerClaim, written: str) -> str:
    """A source as a verdict keeps it, from "Nurse Holm (witness)", and with "… [120-130]" the characters of the report for it."""
    match = re.fullmatch(r"(.+?)(?:\s*\((\w+)\))?(?:\s*(\[\d+-\d+\]))?", written, re.DOTALL)
    if match is None:
        raise UsageError(
            f"{written[:80]!r} is no source; write a name, and after it in brackets what it is: Holm (witness)"
        )
    name, kind, at = match.groups()
    put: dict[str, object] = {"name": " ".join(name.split())}
    if kind:
        put["kind"] = kind
    if at:
        put["mention"] = json.loads(words_value(ledger, found, at))
    return json.dumps(put, ensure_ascii=False)


def words_value(ledger: Ledger, found: LedgerClaim, written: str) -> str:
    """Words of the report as a verdict keeps them, from their characters: "120-168".

    Raises: UsageError where the report has no such characters.
    """
    match = re.fullmatch(r"\[?(\d{1,9})-(\d{1,9})\]?", written)
    doc = ledger.document(found.claim.document_id).document
    if match is None or doc is None or not int(match[1]) < int(match[2]) <= len(doc.text):
        raise UsageError(f"{written[:80]!r} are no characters of the report; write where they begin and end: 120-168")
    span = Span(int(match[1]), int(match[2])).trimmed(doc.text)
    return json.dumps({"start": span.start, "end": span.end, "text": span.of(doc.text)}, ensure_ascii=False)


def on_link(
    ledger: Ledger, one: LedgerClaim, other: LedgerClaim, written: str, *, act: Act, by: str, reason: str
) -> Verdict:
    """The verdict on what two claims are to each other, from "corroborates/independent"; what is confirmed is written down.

    Raises: UsageError where they are one claim, where there is nothing to confirm, or where no two claims can be so related.
    """
    first, second = sorted((one, other), key=lambda each: each.claim.id)
    if first.claim.id == second.claim.id:
        raise UsageError("a claim cannot be linked to itself")
    value = None
    if act is Act.SET:
        value = relation_of(written, reversed_=one.claim.id > other.claim.id)
    elif act is Act.CONFIRM:
        value = _there(ledger, one, other)
    subject = Subject.link(first.claim.id, second.claim.id)
    return Verdict(subject, "relation", act, by, reason, value, anchors=(first.anchor, second.anchor))


def _there(ledger: Ledger, one: LedgerClaim, other: LedgerClaim) -> str:
    """What was found between two claims, written down so that it outlives new links."""
    there = [each for each in ledger.relations(one.claim.id) if other.claim.id in (each.a, each.b)]
    if not there:
        raise UsageError("these two claims are not linked; say how they are: --set relation=corroborates/independent")
    return ", ".join(relation_value(each) for each in there)


def relation_of(written: str, *, reversed_: bool) -> str:
    """A relation as a verdict keeps it, from "TYPE/INDEPENDENCE" or "TYPE"."""
    kind, _, independence = written.partition("/")
    choices, independences = list(RelationType), list(Independence)
    if kind not in choices:
        raise UsageError(f"of a link the relation can be set: --set relation=TYPE, one of {', '.join(choices)}")
    independence = independence or ("dependent" if kind.startswith("same") else "unknown")
    if independence not in independences:
        raise UsageError(f"{independence!r} is not one of: {', '.join(independences)}")
    return f"{kind} {independence}" + (" reversed" if reversed_ and RelationType(kind) in DIRECTED else "")


def on_protection(ledger: Ledger, entity_id: str, written: str, *, by: str, reason: str) -> Verdict:
    """The verdict whether an entity is a private person, whose name leaves the ledger only where somebody asks for it: yes or no.

    Raises: UsageError where there is no such entity.
    """
    if not any(each.entity.id == entity_id for each in ledger.named(entity_id)):
        raise UsageError(f"nobody in the ledger has the id {entity_id[:80]!r}; `bywhom entities` lists them")
    return Verdict(Subject.entity(entity_id), "protected", Act.SET, by, reason, written)


def on_same(ledger: Ledger, one: str, other: str, *, keep: str, by: str, reason: str) -> Verdict:
    """The verdict that two entities are one, which goes by the id and the name of the one that is kept.

    Raises: UsageError where they are one already, or where one of them is not there or is a place.
    """
    first, second = _entity(ledger, one), _entity(ledger, other)
    if first.entity.id == second.entity.id:
        raise UsageError(f"these two are one already: {first.entity.name[:80]!r}")
    pair = {each.entity.id: each for each in (first, second)}
    if keep not in pair:
        raise UsageError(f"{keep[:80]!r} is neither of the two; say which of them goes on: {', '.join(sorted(pair))}")
    return Verdict(Subject.entity(*pair), "same", Act.SET, by, reason, keep)


def on_apart(ledger: Ledger, own: str, report: str, whom: str, *, by: str, reason: str) -> Verdict:
    """The verdict that in one report an entity is somebody else: one that is there, by its id, or one that is given a name.

    Raises: UsageError where the entity is not in the report, or is taken for itself.
    """
    found, document = _entity(ledger, own), ledger.document(report)
    read = ledger.read_as(found.entity.id, document.id)
    if read is None:
        raise UsageError(f"{found.entity.name[:80]!r} is not mentioned in the report {document.name[:80]!r}")
    named = [each for each in ledger.named(whom) if each.entity.id == whom]
    if (named[0].entity.id if named else "") in (found.entity.id, read):
        raise UsageError("give the name or the id of somebody else")
    if not named and not (whom.strip() and any(letter.isalpha() for letter in whom)):
        raise UsageError("say who it is: a name that tells the two apart, or the id of a source that is there")
    return Verdict(
        Subject(SubjectKind.ENTITY, (read, document.id)), "apart", Act.SET, by, reason, " ".join(whom.split())
    )


def _entity(ledger: Ledger, own: str) -> LedgerEntity:
    """The entity with an id. Raises: UsageError where there is none, or where it is a place."""
    found = [each for each in ledger.named(own) if each.entity.id == own]
    if not found:
        raise UsageError(f"nobody in the ledger has the id {own[:80]!r}; `bywhom entities` lists them")
    if found[0].entity.kind is EntityKind.PLACE:
        raise UsageError(f"{found[0].entity.name[:80]!r} is a place; correct it on the claims that tell of it")
    return found[0]


def on_situation(one: LedgerClaim, other: LedgerClaim, *, together: bool, by: str, reason: str) -> Verdict:
    """The verdict whether `one` tells of the situation of `other`."""
    pair = sorted((one, other), key=lambda each: each.claim.id)
    subject = Subject.situation(*(each.claim.id for each in pair))
    act, value = (Act.CONFIRM, None) if together else (Act.REJECT, str(pair.index(one)))
    anchors = tuple(each.anchor for each in pair)
    return Verdict(subject, "together", act, by, reason, value, anchors=anchors)


def place_value(text: str, gazetteer: Gazetteer | None = None) -> str:
    """A place as a verdict keeps it, from "Verdun, FR" or, beside the gazetteer, "Verdun@49.16,5.38".

    Raises: UsageError where the gazetteer has no such place, or several, which it names.
    """
    name, at, point = (part.strip() for part in text.partition("@"))
    if at:
        lat, lon = _point(point)
        return _as_json(SetPlace(name, lat=lat, lon=lon))
    name, _, country = (part.strip() for part in name.partition(","))
    named = [each for each in (gazetteer or Gazetteer()).named(name) if not country or each.country == country.upper()]
    found = [each for each in named if each.kind == "settlement"] or named
    if len(found) != 1:
        listed = "; ".join(
            f"{each.name}@{each.lat:.2f},{each.lon:.2f} ({each.country}, {each.region})" for each in found[:8]
        )
        said = f"{len(found)} places are called {name!r}: {listed}" if found else f"the gazetteer has no place {text!r}"
        raise UsageError(f"{said}; write the name with its point: {name}@LATITUDE,LONGITUDE")
    one = found[0]
    return _as_json(SetPlace(one.name, one.country, one.region, one.lat, one.lon, one.geonameid, one.radius_km))


def _point(text: str) -> tuple[float, float]:
    lat, _, lon = text.partition(",")
    try:
        return float(lat), float(lon)
    except ValueError:
        raise UsageError(f"{text!r} is no point; write degrees, latitude first: 49.16,5.38") from None


def _as_json(put: SetPlace) -> str:
    return msgspec.json.encode(put).decode()
