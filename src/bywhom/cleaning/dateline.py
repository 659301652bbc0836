"""The agency date line that opens a dispatch: "PARIS, 3 JUN 17 (Havas) -- ..."."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from bywhom.cleaning.dates import date_at, date_pattern
from bywhom.cleaning.tables import CleaningTables
from bywhom.cleaning.wording import straight
from bywhom.prose.patterns import one_of
from bywhom.records import Dateline, Mention, Span, Stated

# A date line is short; looking no further keeps a paragraph of a million characters cheap.
_LOOK = 600
_LOOK_INSIDE = 1500
_LONGEST_PLACE = 4  # words
# With its country, and before a word that opens sentences, a town need not be known.
_BARE_ABROAD = re.compile(r"(?P<town>[A-Z]{4,}(?: [A-Z]{3,}){0,2}) [A-Z][a-z]{3,}(?=\s(?:A|An|At|The)\s)")


@dataclass(frozen=True, slots=True)
class DatelinePatterns:
    """The expressions of datelines.yaml, compiled."""

    opening: re.Pattern[str]
    inside: re.Pattern[str]
    agency: re.Pattern[str]
    monitored: re.Pattern[str]
    agencies: frozenset[str]
    towns: frozenset[str]
    not_in_places: frozenset[str]
    not_places: frozenset[str]
    notes: frozenset[str]


@lru_cache(maxsize=4)
def dateline_patterns(tables: CleaningTables) -> DatelinePatterns:
    """The expressions for date lines, compiled once for `tables`."""
    table = tables.datelines
    agency = one_of(table.agencies)
    return DatelinePatterns(
        opening=re.compile(_opening(agency, tables), re.IGNORECASE),
        inside=re.compile(rf"(?<=[.!?\"])\s+(?=(?:[A-Z][\w'-]+,?\s){{0,3}}(?:\d{{1,2}} )?\((?:{agency})\)\s?-)"),
        agency=re.compile(rf"\b(?:{agency})\b"),
        monitored=re.compile(_monitored(one_of(table.languages)), re.IGNORECASE),
        agencies=frozenset(name.lower() for name in table.agencies),
        towns=frozenset(name.lower() for name in table.towns),
        not_in_places=frozenset(table.not_in_places),
        not_places=frozenset(table.not_places),
        notes=frozenset(table.notes),
    )


def find_dateline(text: str, span: Span, tables: CleaningTables) -> Dateline | None:
    """The date line at the head of the paragraph `span`, if it opens with one."""
    patterns = dateline_patterns(tables)
    plain = straight(text[span.start : min(span.end, span.start + _LOOK)])
    match = patterns.opening.match(plain)
    if not match or not _goes_on(plain[match.end() :]) or not _stands(match, plain, text, span, patterns):
        return None
    noted = _notes_length(match, patterns)
    end = span.start + match.end("sep") + noted
    end = _second_end(text, Span(end, span.end), patterns) if noted else end
    return Dateline(
        span=Span(span.start, max(end, span.start + 1)).trimmed(text),
        place=_place(match, text, span, patterns),
        agencies=_agencies(match, text, span, patterns),
        date=_date(match, text, span, tables),
    )


def _second_end(text: str, rest: Span, patterns: DatelinePatterns) -> int:
    """Where a second date line ends, the report's own behind that of the service that monitored it: "… -- [TEXT] LIMA --"."""
    plain = straight(text[rest.start : min(rest.end, rest.start + _LOOK)])
    blank = len(plain) - len(plain.lstrip())
    match = patterns.opening.match(plain[blank:])
    if not match or match["sep"] != "--" or not match["place"] or match["notes"]:
        return rest.start
    words = re.findall(r"[\w'-]+", match["place"].lower())
    named = len(words) <= _LONGEST_PLACE and not set(words) & patterns.not_in_places
    return rest.start + blank + match.end("sep") if named and _goes_on(plain[blank + match.end() :]) else rest.start


def find_monitored(text: str, span: Span, tables: CleaningTables) -> Dateline | None:
    """The head that a monitoring service writes above what a station sent: "Lima Radio Sur in Spanish 1200 GMT 14 Jun 88"."""
    patterns = dateline_patterns(tables)
    match = patterns.monitored.match(text, span.start, min(span.end, span.start + _LOOK))
    if match is None or set(match["station"].lower().split()) & patterns.not_in_places:
        return None
    if not (match["date"] or match["text"] or match.end() == span.end or text[match.end()] == "\n"):
        return None  # a sentence: "A blast was heard in Arabic at 0900 GMT, it said"
    date = date_at(text, *match.span("date"), tables.dates) if match["date"] else None
    return Dateline(
        Span(*match.span()),
        place=_stretch(match, "hidden", text),
        agencies=tuple(filter(None, (_stretch(match, "station", text),))),
        date=Stated(date.value, date.span.of(text), Mention.at(date.span, text)) if date else None,
    )


def _stretch(match: re.Match[str], group: str, text: str) -> Mention | None:
    return Mention.at(Span(*match.span(group)).trimmed(text, " ()"), text) if match[group] else None


def find_bare_town(text: str, span: Span, tables: CleaningTables) -> Dateline | None:
    """A town in capitals whose dash is lost: "BEIRUT The army", "NAMUR Belgium The army". Only safe after other metadata."""
    patterns = dateline_patterns(tables)
    plain = straight(text[span.start : min(span.end, span.start + _LOOK)])
    match = re.match(r"[A-Z]{4,}(?: [A-Z]{3,})?(?=\s(?:[A-Z][a-z]|A\s))", plain)
    abroad = _BARE_ABROAD.match(plain)
    if abroad and not set(abroad["town"].lower().split()) & patterns.not_places:
        town = Span(span.start, span.start + abroad.end("town"))
        return Dateline(Span(span.start, span.start + abroad.end()), place=Mention.at(town, text))
    if not match or plain.isupper() or match[0].lower() not in patterns.towns:
        return None
    place = Span(span.start, span.start + match.end())
    return Dateline(place, place=Mention.at(place, text))


def find_inner_dateline(text: str, span: Span, tables: CleaningTables) -> Dateline | None:
    """A date line after the first sentences of a paragraph whose breaks are lost: "... (UPI) - ..."."""
    patterns = dateline_patterns(tables)
    plain = straight(text[span.start : min(span.end, span.start + _LOOK_INSIDE)])
    match = patterns.inside.search(plain)
    return find_dateline(text, Span(span.start + match.end(), span.end), tables) if match else None


def signed_dateline(text: str, span: Span, tables: CleaningTables) -> Dateline | None:
    """The agencies and the date of a line of metadata that an agency signs: "Havas Sunday 3 June 1917"."""
    patterns = dateline_patterns(tables)
    if len(span) > 200:
        return None
    found = tuple(
        Mention.at(Span(span.start + m.start(), span.start + m.end()), text)
        for m in patterns.agency.finditer(straight(span.of(text)))
    )
    return Dateline(span, agencies=found) if found else None


def _opening(agency: str, tables: CleaningTables) -> str:
    cap = r"(?-i:[A-ZÀ-ÖØ-Þ])"
    word = rf"{cap}[\w'.]*(?:-\w[\w'.]*)*"
    small = r"(?:al|el|de|of|do|da|la|du|sur|on|air|base)"
    place = rf"{word}(?:[ ]{{1,2}}(?:{word}|{small})){{0,4}}(?:, (?!(?-i:{agency}|NO DATE)\b){word}(?: {word}){{0,2}})?"
    month = "|".join(sorted((w for ws in tables.dates.months.values() for w in ws), key=len, reverse=True))
    weekday = "|".join(w for words in tables.dates.weekdays for w in words)
    yearless = rf"(?:(?:{weekday}),? )?(?:(?:{month})\.? \d{{1,2}}|\d{{1,2}} (?:{month})\b\.?)"
    day = rf"(?:{date_pattern(tables.dates)}|{yearless}|(?-i:NO DATE))"
    signed = rf"(?:[(\[](?P<agency>[^()\[\]]{{2,60}})\)|(?P<bare>(?-i:{agency})(?:\s?[/,]\s?(?-i:{agency}))*))"
    return (
        rf"(?:(?P<place>{place})(?P<country>\s?\([^()]{{2,40}}\))?)?"
        rf"(?:[,\s]{{1,2}}(?P<date>{day}))?(?:\s?[,/]?\s?{signed})?(?:[,\s]{{1,2}}(?P<date2>{day}))?"
        rf"(?:\s?\([^()]{{2,40}}\))?\s{{0,6}}(?P<sep>-{{1,3}}|:)\s*(?P<notes>(?:\[[^\[\]]{{1,300}}\]\s*){{0,8}})"
    )


def _monitored(language: str) -> str:
    """The head of a monitored broadcast or cable: "Lima Radio Sur in Spanish to Peru 1200 GMT 14 June 1988"."""
    return (
        r"(?:[A-Z]{2}\d{6,12}\s)?(?P<hidden>\(clandestine\)\s)?(?P<station>[A-Z][^\n,(){}]{2,70}?),?\s"
        rf"in\s(?:{language})\s(?:to\s[\w ]{{2,40}}?,?\s)?(?:at\s)?\d{{4}}\sGMT"
        r"(?:\s(?P<date>\d{1,2}\s[a-z]{3,9}\.?\s\d{2,4}))?[.:]?(?P<text>\s+\[?TEXT\]?\.?)?"
    )


def _goes_on(rest: str) -> bool:
    """Whether what follows can open a report; nothing follows where the date line is a paragraph of its own."""
    rest = rest.lstrip()
    return not rest or (rest[0].isupper() or rest[0].isdigit() or rest[0] in "\"'([.")


def _stands(match: re.Match[str], plain: str, text: str, span: Span, patterns: DatelinePatterns) -> bool:
    """Whether the words before the dash are a place, an agency or a date and not the opening of a sentence."""
    if not _parted(match, text, span):
        return False
    place = (match["place"] or "").lower()
    if set(re.findall(r"[\w'-]+", place)) & patterns.not_in_places:
        return False
    signed = _is_signed(match, patterns)
    if signed or (match["date"] or match["date2"]):
        return bool(place) or signed
    if not place or place in patterns.not_places or set(place.split()) & patterns.not_places:
        return False
    if place.split(",")[0] in patterns.towns or patterns.towns.issuperset(place.split()):
        return not plain.isupper()
    in_capitals = match["place"].isupper() and not plain.isupper() and len(place) >= 4
    return in_capitals and match["sep"] != ":"


def _is_signed(match: re.Match[str], patterns: DatelinePatterns) -> bool:
    if match["bare"]:
        return True
    words = match["agency"] or (match["country"] or "").strip(" ()")
    known = any(part.strip().lower() in patterns.agencies for part in re.split(r"[/,]", words))
    # With a place or date beside it, a bracket's short capitals are an agency that the table does not know.
    beside = bool(match["place"] and match["agency"])
    return known or bool(match["date"] and match["agency"]) or (beside and words.isupper())


def _parted(match: re.Match[str], text: str, span: Span) -> bool:
    """Whether the dash parts two things: a bare hyphen without a space joins them ("LIÈGE-based")."""
    at = span.start + match.start("sep")
    if text[at] != "-" or match["sep"] != "-" or match["bare"]:
        return True
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    return before.isspace() or after.isspace() or before == ")"


def _notes_length(match: re.Match[str], patterns: DatelinePatterns) -> int:
    """How far the bracketed notes of a monitoring service reach, up to the last that is no speaker's name."""
    length = 0
    for note in re.finditer(r"\[(\w+)[^\]]*\]", match["notes"]):
        if note[1].lower() in patterns.notes:
            length = match.start("notes") - match.end("sep") + note.end()
    return length


def _mention(match: re.Match[str], group: str, text: str, span: Span) -> Mention | None:
    if not match[group]:
        return None
    start, end = match.span(group)
    return Mention.at(Span(span.start + start, span.start + end).trimmed(text, " ()"), text)


def _place(match: re.Match[str], text: str, span: Span, patterns: DatelinePatterns) -> Mention | None:
    """The place, unless the word before the agency is a section of the paper, or itself an agency."""
    words = (match["place"] or "").lower()
    return None if words in patterns.not_places | patterns.agencies else _mention(match, "place", text, span)


def _agencies(match: re.Match[str], text: str, span: Span, patterns: DatelinePatterns) -> tuple[Mention, ...]:
    groups = [name for name in ("agency", "bare") if match[name]]
    if not groups and match["country"] and _is_signed(match, patterns):
        groups = ["country"]
    if groups and (match["place"] or "").lower() in patterns.agencies:
        groups = ["place", *groups]
    signed = [mention for group in groups if (mention := _mention(match, group, text, span))]
    spans = (
        Span(mention.start + part.start(), mention.start + part.end()).trimmed(text)
        for mention in signed
        for part in re.finditer(r"[^/,]+?(?=\s*(?:[/,]|\sand\s|$))", mention.text)
    )
    return tuple(Mention.at(part, text) for part in spans if len(part))


def _date(match: re.Match[str], text: str, span: Span, tables: CleaningTables) -> Stated | None:
    for group in ("date", "date2"):
        if match[group]:
            start, end = match.span(group)
            found = date_at(text, span.start + start, span.start + end, tables.dates)
            if found:
                return Stated(found.value, found.span.of(text), Mention.at(found.span, text))
    return None
