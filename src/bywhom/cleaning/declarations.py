"""What the head of a web page declares about it: JSON-LD, Open Graph, meta elements."""

from __future__ import annotations

import json
from collections.abc import Iterator

from lxml import etree

from bywhom.cleaning.metadata import Field
from bywhom.cleaning.tables import MarkupTable

# A page's own JSON-LD is a few kilobytes; more is a shop's catalogue or an attack.
_LARGEST = 500_000
_MOST_OBJECTS = 2000


def page_fields(root: etree._Element, table: MarkupTable) -> tuple[Field, ...]:
    """The title, publisher, author, date and address that the page declares, each with the name of its field."""
    found = [*_json_ld(root), *_meta(root, table), *_elements(root)]
    return tuple(field for field in found if field.value)


def page_language(root: etree._Element) -> str | None:
    """The language that the page declares for itself, as two letters."""
    lang = (root.get("lang") or "").split("-")[0].strip().lower()
    return lang if len(lang) == 2 and lang.isalpha() else None


def _json_ld(root: etree._Element) -> Iterator[Field]:
    for script in root.iter("script"):
        if "ld+json" not in (script.get("type") or "") or not script.text or len(script.text) > _LARGEST:
            continue
        try:
            content = json.loads(script.text)
        except (ValueError, RecursionError):
            continue
        for thing in _objects(content):
            if "Article" in str(thing.get("@type", "")) or "datePublished" in thing:
                yield from _article(thing)


def _objects(content: object) -> Iterator[dict[str, object]]:
    """All objects in decoded JSON, outer before inner."""
    waiting = [content]
    for _ in range(_MOST_OBJECTS):
        if not waiting:
            return
        thing = waiting.pop(0)
        if isinstance(thing, dict):
            yield thing
            waiting += thing.values()
        elif isinstance(thing, list):
            waiting += thing


def _article(thing: dict[str, object]) -> Iterator[Field]:
    yield Field("title", _words(thing.get("headline")), "json-ld headline")
    yield Field("published", _words(thing.get("datePublished")), "json-ld datePublished")
    yield Field("author", _names(thing.get("author")), "json-ld author")
    yield Field("publisher", _names(thing.get("publisher")), "json-ld publisher")


def _names(value: object) -> str:
    values = value if isinstance(value, list) else [value]
    names = [_words(each.get("name") if isinstance(each, dict) else each) for each in values[:10]]
    return ", ".join(name for name in names if name)


def _words(value: object) -> str:
    return " ".join(value.split())[:500] if isinstance(value, str) else ""


def _meta(root: etree._Element, table: MarkupTable) -> Iterator[Field]:
    for element in root.iter("meta"):
        name = (element.get("property") or element.get("name") or element.get("itemprop") or "").strip().lower()
        value = _words(element.get("content"))
        if name == "og:title":
            yield Field("title", value, "og:title")
        elif name == "og:site_name":
            yield Field("publisher", value, "og:site_name")
        elif name in ("og:url", "twitter:url"):
            yield Field("url", value, "og:url")
        elif name in ("publisher", "dc.publisher", "application-name"):
            yield Field("publisher", value, "meta publisher")
        elif name in table.author_fields and not value.startswith("http"):
            yield Field("author", value, "meta author")
        elif name in table.date_fields:
            where = "article:published_time" if name.endswith("article:published_time") else "meta date"
            yield Field("published", value, where)


def _elements(root: etree._Element) -> Iterator[Field]:
    for element in root.iter("link"):
        if (element.get("rel") or "").lower() == "canonical":
            yield Field("url", _words(element.get("href")), "canonical")
    for element in root.iter("title"):
        yield Field("title", _words(element.text), "title element")
        break
    for element in root.iter("time"):
        yield Field("published", _words(element.get("datetime")), "time element")
