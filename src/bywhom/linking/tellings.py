"""Comparators of the telling: who says it, in what form, and where in the report.

Every comparator returns a score from -1 (speaks against) to 1 (speaks for), 0 where it cannot tell. Its docstring is the
sentence shown to the reader.
"""

from __future__ import annotations

from math import exp

from bywhom.linking.profile import Profile
from bywhom.linking.speakers import cites, same_speaker
from bywhom.linking.tables import LinkingTables
from bywhom.records import Evidence, Quote, Resolution

OPENING = 500  # characters: what stands there is mostly told again below
LEAD = 700  # the same for a lead that names no source


def nearness(a: Profile, b: Profile, tables: LinkingTables) -> Evidence:  # noqa: ARG001
    """How near the two stand to each other in one report."""
    if a.report != b.report:
        return Evidence("nearness", 0.0, "two reports", "", "")
    apart = _apart(a, b)
    return Evidence("nearness", exp(-apart / 600), f"{apart} characters between them", "", "")


def one_voice(a: Profile, b: Profile, tables: LinkingTables) -> Evidence:
    """Whether one speaker answers for both."""
    same = same_speaker(a.speaker, b.speaker, one_report=a.report == b.report, tables=tables)
    shown = (" ".join(sorted(a.speaker.name)), " ".join(sorted(b.speaker.name)))
    return Evidence("one_voice", float(same), "one speaker" if same else "two speakers, or not known", *shown)


def retelling(a: Profile, b: Profile, tables: LinkingTables) -> Evidence:
    """One speaker, told in the report's words and then in his own; or going on in one form, which seldom repeats."""
    if a.report != b.report or one_voice(a, b, tables).score <= 0:
        return Evidence("retelling", 0.0, "two reports, or two voices", *_forms(a, b))
    first, second = sorted((a, b), key=_start)
    forms = (first.told.claim.attribution.quote, second.told.claim.attribution.quote)
    if forms[0] is forms[1]:
        return Evidence("retelling", -1.0, "one form: the speaker goes on", *_forms(a, b))
    quoted = Quote.INDIRECT in forms and Quote.NONE not in forms
    score = (1.0 if forms[0] is Quote.INDIRECT else 0.6) if quoted else 0.0
    return Evidence("retelling", score, "paraphrase and quotation" if quoted else "two forms", *_forms(a, b))


def summary(a: Profile, b: Profile, tables: LinkingTables) -> Evidence:  # noqa: ARG001
    """A lead without a source tells first what the report tells in full below."""
    first, second = sorted((a, b), key=_start)
    lead = _start(first) < LEAD and a.report == b.report
    led = lead and (first.speaker.unsourced or _is_lead(first)) and not second.speaker.unsourced
    return Evidence("summary", float(led), "the lead of the same report" if led else "no lead", *_forms(a, b))


def opening(a: Profile, b: Profile, tables: LinkingTables) -> Evidence:  # noqa: ARG001
    """One of the two stands where a report begins."""
    begins = a.report == b.report and min(_start(a), _start(b)) < OPENING
    return Evidence("opening", float(begins), "the report begins with one" if begins else "neither", "", "")


def unsourced(a: Profile, b: Profile, tables: LinkingTables) -> Evidence:  # noqa: ARG001
    """The report names no source for one of the two, or for neither."""
    bare = a.speaker.unsourced + b.speaker.unsourced
    reasons = ("both have a source", "one has no source", "neither has a source")
    return Evidence("unsourced", (0.0, -1.0, -0.6)[bare], reasons[bare], "", "")


def relayed(a: Profile, b: Profile, tables: LinkingTables) -> Evidence:  # noqa: ARG001
    """The word of one came through the other."""
    through = cites(a.speaker, b.speaker) or cites(b.speaker, a.speaker)
    return Evidence("relayed", float(through), "one relays the other" if through else "no relay", "", "")


def certainty(a: Profile, b: Profile, tables: LinkingTables) -> Evidence:  # noqa: ARG001
    """Whether both are as sure of it."""
    one, other = a.told.claim.certainty, b.told.claim.certainty
    return Evidence("certainty", 0.0 if one is other else -1.0, "how sure it is told", one.value, other.value)


def _start(one: Profile) -> int:
    return one.told.claim.span.start


def _apart(a: Profile, b: Profile) -> int:
    first, second = sorted((a.told.claim.span, b.told.claim.span))
    return max(0, second.start - first.end)


def _is_lead(one: Profile) -> bool:
    source = one.told.claim.attribution.source
    return source is not None and source.resolution in (Resolution.LEAD, Resolution.HEADLINE)


def _forms(a: Profile, b: Profile) -> tuple[str, str]:
    return a.told.claim.attribution.quote.value, b.told.claim.attribution.quote.value
