"""A claim's fields in words, safe to show."""

from __future__ import annotations

import json

from bywhom.cli.terminal import clean
from bywhom.ledger import LedgerClaim
from bywhom.records import (
    Act,
    Attribution,
    Capture,
    Claim,
    Derived,
    Hop,
    Independence,
    Modality,
    OriginGroup,
    Place,
    PlaceOutcome,
    PlaceRelation,
    Polarity,
    Quantity,
    Quote,
    Resolution,
    Timespan,
    Verdict,
)

OWN_VOICE = "publisher’s own voice"
UNKNOWN = "unknown"
SHORT_ID = 8  # digits of a claim id that are shown; `trace` asks for more where they fit several

RESOLUTIONS = {
    Resolution.NAMED: "named here",
    Resolution.SURNAME: "part of a fuller name in the report",
    Resolution.PRONOUN: "a pronoun, led back to the name",
    Resolution.DESCRIPTION: "a description, led back to the name",
    Resolution.CARRIED: "no cue in this sentence: the source before it goes on",
    Resolution.LEAD: "the sentences after it name the source",
    Resolution.HEADLINE: "named in the headline",
}

DERIVATIONS = {
    Derived.STATED: "stated",
    Derived.RESOLVED: "counted from the report’s own date",
    Derived.INFERRED: "lent by a dated statement, or by the story’s running date",
}


def who(claim: Claim) -> str:
    """Who answers for the claim."""
    source = claim.attribution.source
    if source is None:
        return OWN_VOICE
    return f"{clean(source.name)}" if source.name else f"{UNKNOWN} ({source.kind.value})"


def what(claim: Claim) -> str:
    """The words of the claim, between quotation marks where they are the source's own."""
    text = clean(claim.text)
    if claim.attribution.quote is not Quote.DIRECT or text.startswith(("“", '"', "«", "„")):
        return text
    return f"“{text}”"


def via(attribution: Attribution) -> str:
    """The relays, nearest the publisher first, an unknown one as such; empty where there are none."""
    return ", ".join(hop_name(hop) for hop in attribution.relays)


def hop_name(hop: Hop) -> str:
    return clean(hop.name) if hop.name else UNKNOWN


def event(claim: Claim) -> str:
    """The type of event, and that it is said not to have happened where it is."""
    return f"not: {claim.event.type.value}" if claim.polarity is Polarity.NEGATIVE else claim.event.type.value


def confidence(claim: Claim) -> str:
    """How sure the program is of the source; empty where no trained reader has looked or a person has decided."""
    sure = claim.attribution.confidence
    return "" if sure is None else f"the source is right in about {round(100 * sure)} of 100 claims read so"


def certainty(claim: Claim) -> str:
    """How sure the source is, and what stands beside it: no plain fact of the past, distance."""
    marks = [claim.certainty.value]
    if claim.modality is not Modality.ACTUAL:
        marks.append(claim.modality.value)
    if claim.distanced:
        marks.append("distanced")
    return ", ".join(marks)


def place(found: Place | None) -> str:
    """The place as known, and as worded where the two differ; a question mark where it could not be led to a point."""
    if found is None:
        return ""
    mention = clean(found.mention.text)
    relation = "" if found.relation is PlaceRelation.IN else f"{found.relation.value} "
    if found.name is None:
        return f"{relation}{mention}?"
    name = clean(found.name)
    return f"{relation}{name}" if name.casefold() == mention.casefold() else f"{relation}{name} (“{mention}”)"


def place_in_full(found: Place) -> str:
    """The place with its words, its point and how it was reached."""
    if found.name is None or found.lat is None or found.lon is None:
        state = "ambiguous" if found.outcome is PlaceOutcome.AMBIGUOUS else "not resolved"
        others = ", ".join(f"{clean(other.name)} ({other.country or '?'})" for other in found.alternatives)
        return f"{place(found)}  {state}" + (f"; it might be {others}" if others else "")
    at = f"{found.lat:.2f}, {found.lon:.2f}" + (f" ± {found.radius_km:g} km" if found.radius_km else "")
    return "  ".join(filter(None, (place(found), found.country, at, clean(found.why))))


def time(found: Timespan | None) -> str:
    """The time, a span in words."""
    return found.value.replace("/", " to ") if found else ""


def time_in_full(found: Timespan) -> str:
    """The time with the words that gave it."""
    return f"{time(found)}  from “{clean(found.evidence.text)}”, {DERIVATIONS[found.derived]}"


def quantity(found: Quantity) -> str:
    """The number as worded, and the bounds it sets."""
    low, high = (None if bound is None else f"{bound:,.15g}" for bound in (found.low, found.high))
    bounds = low if low == high else " to ".join(filter(None, (low and f"at least {low}", high and f"at most {high}")))
    about = "about " if found.approximate else ""
    unit = f" {clean(found.unit)}" if found.unit else ""
    return f"“{clean(found.mention.text)}”: {about}{bounds or 'no number'}{unit}{_whose(found)}"


def number(found: Quantity) -> str:
    """The number and what it counts in the report's words, and whose they are: "12 killed (Ruritanian)"."""
    fate = found.unit.rsplit(maxsplit=1)[-1] if found.fate and found.unit else ""
    return clean(" ".join(filter(None, (found.mention.text, fate)))) + _whose(found)


def _whose(found: Quantity) -> str:
    """Whose those counted are, where the words for them do not say it."""
    return f" ({clean(found.side)})" if found.side and found.side not in found.unit else ""


def short(claim: Claim) -> str:
    """The digits of the id that people type."""
    return claim.id[:SHORT_ID]


def report_line(found: LedgerClaim) -> str:
    """The report a claim stands in: its name, its publisher, its date."""
    copies = f"and {len(found.names) - 1} more" if len(found.names) > 1 else ""
    parts = (found.document, copies, found.publisher or "", found.published or "undated")
    return " · ".join(clean(part) for part in parts if part)


def captured(capture: Capture) -> tuple[str, ...]:
    """When, by whom and from where an archive captured its copy, in the archive's own word; a line each."""
    by = f" by {clean(capture.collector)}" if capture.collector else ""
    parts = (
        f"{clean(capture.captured_at or 'at an unknown time')}{by}",
        clean(capture.target or ""),
        f"record {clean(capture.record_id)}" if capture.record_id else "",
    )
    return tuple(filter(None, parts))


# Grades --------------------------------------------------------------------------------------------------------------


def grade(found: LedgerClaim) -> str:
    """The grade in two characters, and what stands beside it; blank where the claim is not linked yet."""
    if found.rejected:
        return "rejected"
    if found.grade is None:
        return ""
    return f"{found.grade} contested" if found.grade.contested else str(found.grade)


def origin(group: OriginGroup) -> str:
    """One origin on one line, however many reports repeat it: "Nurse Holm · independent · 40 appearances"."""
    name = clean(group.origin) if group.origin else "an origin that is not known"
    independence = {Independence.INDEPENDENT: "independent", Independence.UNKNOWN: "independence not known"}
    return " · ".join(filter(None, (name, independence.get(group.independence, ""), appearances(group.claims))))


def appearances(count: int) -> str:
    return "1 appearance" if count == 1 else f"{count:,} appearances"


def decided(found: LedgerClaim) -> str:
    """What people made of the claim, in a few words: who rejected it, or which fields they put; empty where nobody did."""
    if found.rejected:
        last = next((one for one in reversed(found.verdicts) if one.act is Act.REJECT), None)
        return f"rejected by {clean(last.by)} (verdict {last.seq})" if last else "rejected"
    puts = {one.field: put_by(found, one.field) for one in found.verdicts}
    return ", ".join(f"{clean(field)} {by}" for field, by in puts.items() if by)


def put_by(found: LedgerClaim, field: str) -> str:
    """Who put what stands in a field: "put by Ana (verdict 3)"; empty where it is as it was read."""
    last = next((one for one in reversed(found.verdicts) if one.field == field), None)
    if last is None or last.act is not Act.SET or found.rejected:  # what was put in a rejected claim does not count
        return ""
    return f"put by {clean(last.by)} (verdict {last.seq})"


def verdict(one: Verdict) -> str:
    """A verdict on one line: number, what was done, by whom, when, why."""
    return f"{one.seq}  {_did(one)}  by {clean(one.by)}, {one.at}: {clean(one.reason)}"


def _did(one: Verdict) -> str:
    """What was done: "source set to “Nurse Holm”"."""
    if one.act is Act.UNDO:
        return f"undid {one.undoes}"
    if one.field == "together":
        return "put into one situation" if one.act is Act.CONFIRM else "put into two situations"
    did = {Act.CONFIRM: "confirmed", Act.REJECT: "rejected"}.get(one.act, "set to")
    return " ".join(filter(None, (clean(one.field), did, put(one))))


def put(one: Verdict) -> str:
    """What a verdict puts in the place of what was read: of a source or a place its name."""
    value = one.value or ""
    if value.startswith("{"):
        value = str(json.loads(value).get("name", ""))
    return f"“{clean(value)}”" if value else "nothing" if one.act is Act.SET else ""
