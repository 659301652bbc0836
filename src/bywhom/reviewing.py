"""What people decide, and what follows from it: links and digits are made anew in one transaction with the verdict."""

from __future__ import annotations

import msgspec

from bywhom.errors import UsageError
from bywhom.grounding.gazetteer import Gazetteer
from bywhom.ledger import RELINKS, Ledger, Links, SetPlace
from bywhom.pipeline import LinkTools, link_reports
from bywhom.records import SubjectKind, Verdict
from bywhom.regrading import regrade


def review(ledger: Ledger, verdict: Verdict, *, tools: LinkTools | None = None) -> Verdict:
    """The verdict as entered, and all that follows from it: links and digits made anew, in one transaction with it.

    Raises: UsageError for a verdict without a name or a reason, or with a value that cannot be.
    """
    tools = tools or LinkTools.load()
    with ledger.linking() as links:
        entered = links.judge(verdict)
        _follow(links, entered, tools)
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
        reports = sorted({anchor.document_id for anchor in verdict.anchors})
        if links.linker() == tools.version:
            link_reports(links, reports, tools)
        else:
            links.wait(reports)
    elif verdict.subject.kind is SubjectKind.LINK or verdict.field == "plausibility":
        regrade(links, claims, tools.grading)


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
