"""Title, publisher, author and date of a report, each with the words that state it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urlsplit

from bywhom.cleaning.dates import find_dates, read_date
from bywhom.cleaning.furniture import is_sentence
from bywhom.cleaning.layout import Paragraph
from bywhom.cleaning.mail import SENDER
from bywhom.cleaning.tables import CleaningTables
from bywhom.cleaning.wording import any_of, filled, fillers, straight
from bywhom.records import BlockKind, Dateline, Declared, Mention, Span, Stated

_BYLINE = re.compile(r"(?:^|\b)(?:[Bb]y|BY)\b:?\s+")
_LABELLED = re.compile(r"\b(?:publi|posted|issued|date of|first )", re.IGNORECASE)
_SOURCE_LINE = re.compile(r"\bsource\s*:\s*(https?://\S+|www\.\S+)", re.IGNORECASE)
_DATE_IN_ADDRESS = re.compile(r"/((?:19|20)\d\d)[/-]([01]?\d)(?:[/-]([0-3]?\d))?(?=[/-])")


@dataclass(frozen=True, slots=True)
class Field:
    """What the markup or the container declares, and in which field."""

    what: str  # title, publisher, author, published, url
    value: str
    where: str  # the name of the field: "og:site_name"


@dataclass(frozen=True, slots=True)
class Found:
    """A value and where on the page it was found."""

    where: str
    stated: Stated


def declared_fields(declared: Declared, location: str) -> tuple[Field, ...]:
    """What the container says about a report, and the address it was read from."""
    values = (
        ("title", declared.title),
        ("publisher", declared.publisher),
        ("author", declared.author),
        ("published", declared.published),
        ("url", declared.url),
    )
    fields = tuple(Field(what, value.strip(), "container") for what, value in values if value and value.strip())
    web = location.split("#", maxsplit=1)[0]
    address = (Field("url", web, "address"),) if re.match(r"https?://", web) else ()
    return fields + address


def find_published(
    text: str, parts: Sequence[Paragraph], fields: Sequence[Field], dateline: Dateline | None, tables: CleaningTables
) -> Stated | None:
    """The date of publication, from the place on the page that is believed most; None where none is stated."""
    found = [*_dates_on_page(text, parts, tables)]
    if dateline and dateline.date:
        found.append(Found("date line", dateline.date))
    found += [
        Found(field.where, Stated(value, f"{field.where}: {field.value}"))
        for field in fields
        if field.what == "published" and (value := read_date(field.value, tables.dates))
    ]
    found += _dates_in_addresses(fields, tables)
    return _first(found, [place.where for place in tables.dates.order])


def find_publisher(
    text: str, parts: Sequence[Paragraph], fields: Sequence[Field], tables: CleaningTables
) -> Stated | None:
    """Who published the page; None where it does not say."""
    found = [*_source_lines(text, parts, tables), *_named_in_furniture(text, parts, tables), *_site_names(text, parts)]
    for field in fields:
        if field.what == "publisher":
            found.append(Found(field.where, Stated(field.value, f"{field.where}: {field.value}")))
        elif field.what == "url" and (host := publisher_host(field.value, tables)):
            found.append(Found("address", Stated(host, f"{field.where}: {field.value}")))
    return _first(found, tables.metadata.publisher_order)


def find_title(text: str, parts: Sequence[Paragraph], fields: Sequence[Field], tables: CleaningTables) -> Stated | None:
    """The headline, from the page before any declaration of it."""
    found = [
        Found("headline", Stated(part.span.of(text), part.span.of(text), Mention.at(part.span, text)))
        for part in parts
        if part.kind is BlockKind.TITLE
    ]
    found += [Found(f.where, Stated(f.value, f"{f.where}: {f.value}")) for f in fields if f.what == "title"]
    return _first(found, tables.metadata.title_order)


def find_author(
    text: str, parts: Sequence[Paragraph], fields: Sequence[Field], tables: CleaningTables
) -> Stated | None:
    """Who wrote the report, as the by-line words it."""
    found = [
        Found("byline", author)
        for part in parts
        if part.reason == "by-line" and (author := _author_in(text, part.span, tables))
    ]
    found += [
        Found("label", Stated(part.span.of(text), part.span.of(text), Mention.at(part.span, text)))
        for part in parts
        if part.reason == SENDER
    ]
    found += [Found(f.where, Stated(f.value, f"{f.where}: {f.value}")) for f in fields if f.what == "author"]
    return _first(found, tables.metadata.author_order)


def find_url(fields: Sequence[Field]) -> str | None:
    """The address of the page: its own word before the container's, and that before where it was read."""
    order = ["canonical", "og:url", "container", "address"]
    urls = [field for field in fields if field.what == "url"]
    return next((f.value for where in order for f in urls if f.where == where), None)


def publisher_host(url: str, tables: CleaningTables) -> str | None:
    """The host of an address without "www.", with the account where the host is a platform of many publishers."""
    try:
        parts = urlsplit(url if "//" in url else f"//{url}")
        host = (parts.hostname or "").removeprefix("www.").removeprefix("m.").removeprefix("amp.")
    except ValueError:
        return None
    if "." not in host or host.replace(".", "").isdigit():
        return None
    account = re.match(r"/(?:s/)?@?([\w.-]{2,})", parts.path)
    return f"{host}/{account[1]}" if host in tables.metadata.platforms and account else host


def _first(found: Iterable[Found], order: Sequence[str]) -> Stated | None:
    """The value from the place that stands first in `order`; the earlier on the page among equals."""
    found = list(found)
    return next((f.stated for where in order for f in found if f.where == where), None)


# ---- dates ----------------------------------------------------------------------------------------------------------


def _dates_on_page(text: str, parts: Sequence[Paragraph], tables: CleaningTables) -> list[Found]:
    title = next((i for i, part in enumerate(parts) if part.kind is BlockKind.TITLE), None)
    report = next((i for i, part in enumerate(parts) if _is_report(text, part)), len(parts))
    found: list[Found] = []
    for index, part in enumerate(parts):
        if part.kind is not BlockKind.METADATA or part.reason in ("tags", "agency date line"):
            continue
        for date in find_dates(text, part.span.start, min(part.span.end, part.span.start + 600), tables.dates):
            before = straight(text[max(part.span.start, date.span.start - 40) : date.span.start])
            where = _where(text, part, parts, index, before, title, report)
            where = "revision" if where and _is_other_date(before, tables) else where
            if where:
                found.append(Found(where, Stated(date.value, part.span.of(text)[:200], Mention.at(date.span, text))))
    return found


def _is_report(text: str, part: Paragraph) -> bool:
    return part.kind in (None, BlockKind.BODY) and is_sentence(part.span.of(text))


def _where(
    text: str, part: Paragraph, parts: Sequence[Paragraph], index: int, before: str, title: int | None, report: int
) -> str | None:
    """At which place of the page a date stands, in the words of dates-in-pages.yaml; None where it tells nothing."""
    if part.reason == "by-line":
        return "byline"
    if _LABELLED.search(before) or re.search(r"\bdate\s*:\s*$", before, re.IGNORECASE):
        return "label"
    neighbours = (parts[i] for i in (index - 1, index + 1) if 0 <= i < len(parts))
    if index < report and any(near.reason == "by-line" for near in neighbours):
        return "byline"
    if index > report:
        return None
    if title is not None and index < title:
        return "above the title"
    glued = index + 1 < len(parts) and "\n" not in text[part.span.end : parts[index + 1].span.start]
    return "head of the report" if glued else "below the title"


def _is_other_date(before: str, tables: CleaningTables) -> bool:
    last = re.sub(r"\s(?:on|at|in)$", "", before.lower().rstrip(" :(["))
    return any(last.endswith(word) for word in tables.dates.not_publication) or bool(
        re.search(r"updated\s[\d:]+\s*$", before.lower())
    )


def _dates_in_addresses(fields: Sequence[Field], tables: CleaningTables) -> list[Found]:
    found: list[Found] = []
    for field in fields:
        match = _DATE_IN_ADDRESS.search(field.value) if field.what == "url" else None
        value = read_date("-".join(f"{int(n):02d}" for n in match.groups() if n), tables.dates) if match else None
        if value:
            found.append(Found("address", Stated(value, f"{field.where}: {field.value}")))
    return found


# ---- publisher and author -------------------------------------------------------------------------------------------


def _source_lines(text: str, parts: Sequence[Paragraph], tables: CleaningTables) -> list[Found]:
    found: list[Found] = []
    for part in parts:
        match = _SOURCE_LINE.search(part.span.of(text)[:900]) if part.kind is BlockKind.METADATA else None
        host = publisher_host(match[1], tables) if match else None
        if match and host:
            span = Span(part.span.start + match.start(), part.span.start + match.end())
            found.append(Found("source line", Stated(host, span.of(text), Mention.at(span, text))))
    return found


@lru_cache(maxsize=4)
def _publisher_patterns(tables: CleaningTables) -> tuple[tuple[str, re.Pattern[str]], ...]:
    filler = fillers(tables)
    return tuple(
        (rule.name, re.compile(filled(rule.pattern, filler), re.IGNORECASE)) for rule in tables.metadata.publishers
    )


def _named_in_furniture(text: str, parts: Sequence[Paragraph], tables: CleaningTables) -> list[Found]:
    """Outlets that the page's own furniture names: "Most read in The Gazette"."""
    found: list[Found] = []
    for part in parts:
        if part.kind not in (BlockKind.METADATA, BlockKind.FURNITURE) or part.reason == "comment section":
            continue
        plain = straight(part.span.of(text)[:900]).strip()
        for name, pattern in _publisher_patterns(tables):
            match = pattern.search(plain)
            outlet = _outlet(match["outlet"], name, tables) if match else None
            if outlet:
                found.append(Found(name, Stated(outlet, plain, Mention.at(part.span, text))))
    return found


def _site_names(text: str, parts: Sequence[Paragraph]) -> list[Found]:
    """The last part of what a site adds to the titles of its pages."""
    found: list[Found] = []
    for part in parts:
        if part.reason == "site name":
            words = part.span.of(text)
            name = re.split(r"\s[-–—|]\s", words)[-1].strip(" |-–—")
            found.append(Found("title suffix", Stated(name, words, Mention.at(part.span, text))))
    return found


def _outlet(words: str, rule: str, tables: CleaningTables) -> str | None:
    """The outlet's name as written, without the network it is followed on; None for sections, agencies and capitals.

    "Most read in Football" names a section: one plain word is no outlet's name. Capitals hide which words are a name.
    """
    networks = "|".join(tables.furniture.platforms)
    name = re.sub(rf"(?:\s(?:{networks}))+$", "", re.sub(r"^the ", "The ", words.rstrip(".")), flags=re.IGNORECASE)
    plain = " " not in name and "." not in name and rule != "author's note"
    if plain or name in tables.datelines.agencies or (name.isupper() and len(name) > 4):
        return None
    return name


def _author_in(text: str, span: Span, tables: CleaningTables) -> Stated | None:
    """The name in a by-line, without "By", its date and its outlet."""
    line = span.of(text)[:300]
    opening = list(_BYLINE.finditer(line))
    if re.match(
        r"\W*(?:additional|editing|edited|translated|compiled|with|from|h/t|hat tip|courtesy)\b", line, re.IGNORECASE
    ):
        return None
    start = opening[0].end() if opening else 0
    name = _author_name(tables).match(line, start)
    if not name:
        return None
    words = Span(span.start + start, span.start + start + _names_end(name[0])).trimmed(text, " ,.;|-")
    return Stated(words.of(text), line, Mention.at(words, text)) if len(words) else None


def _names_end(line: str) -> int:
    """Where the names of a by-line end: before its next sentence, and before the town of "Anna Keller, Namur"."""
    stop = re.search(r"(?<=\w{3})\.(?=\s|$)", line)
    names = line[: stop.start()] if stop else line
    first, comma, last = names.rpartition(",")
    return len(first) if comma and len(last.split()) == 1 and len(first.split()) > 1 else len(names)


@lru_cache(maxsize=4)
def _author_name(tables: CleaningTables) -> re.Pattern[str]:
    months = "|".join(word for words in tables.dates.months.values() for word in words)
    word = rf"(?!(?:{months})\b|(?:{months})\d)(?-i:[A-ZÀ-ÖØ-Þ])[\w'’.-]*"
    return any_of([rf"{word}(?:(?:\s|\sand\s|,\s|\sde\s|\svan\s|\svon\s|\sal-){word}){{0,8}}"], ())
