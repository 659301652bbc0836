"""What a caller may decide about the collecting."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from bywhom.errors import UsageError

KIB = 1024
MIB = 1024 * KIB
GIB = 1024 * MIB
TOO_LARGE = "Split it; from Python, IntakeOptions(limits=Limits(…)) takes more."


@dataclass(frozen=True, slots=True)
class Fields:
    """Which keys of a JSON row hold what: the first that is there and not empty counts. "a.b" looks into an object."""

    text: tuple[str, ...] = ("text", "body", "content", "maintext", "fulltext", "article", "html")
    title: tuple[str, ...] = ("title", "headline")
    date: tuple[str, ...] = (
        "published", "date", "date_publish", "publish_date", "published_at", "publishedAt", "datePublished",
        "pubDate", "datetime", "timestamp", "created_at",
    )  # fmt: skip
    publisher: tuple[str, ...] = ("publisher", "source", "outlet", "source_name", "sitename", "source_domain")
    author: tuple[str, ...] = ("author", "authors", "byline")
    url: tuple[str, ...] = ("url", "link", "uri")
    language: tuple[str, ...] = ("language", "lang")
    id: tuple[str, ...] = ("id", "uuid", "guid")

    def using(self, given: Mapping[str, str]) -> Fields:
        """These fields, with the user's own key in place of the guesses: {"text": "article.body"}.

        Raises: UsageError for a field that does not exist.
        """
        unknown = sorted(set(given) - set(self.__slots__))
        if unknown:
            raise UsageError(f"there is no field {unknown[0]!r}; the fields are {', '.join(self.__slots__)}")
        return replace(self, **{field: (key,) for field, key in given.items()})


@dataclass(frozen=True, slots=True)
class Limits:
    """Bytes beyond which something is taken for a trap or a mistake, and reported instead of read."""

    text: int = 16 * MIB  # one text, page, row or message: a long book has 2
    feed: int = 64 * MIB
    pdf: int = 256 * MIB
    unpacked: int = 64 * GIB  # all that comes out of one gzip or zip file; it is read as a stream
    depth: int = 3  # a zip in a gzip in a zip


@dataclass(frozen=True, slots=True)
class Fetching:
    """How a URL is fetched."""

    timeout: float = 20.0  # seconds for one step: connecting, one read
    deadline: float = 120.0  # seconds in all
    size: int = 256 * MIB
    redirects: int = 5
    allow_private: bool = False  # loopback, private, link-local and metadata addresses


@dataclass(frozen=True, slots=True)
class IntakeOptions:
    """Everything that `collect` may be told."""

    fields: Fields = Fields()
    limits: Limits = Limits()
    fetching: Fetching = Fetching()
    skip: tuple[Path, ...] = ()  # passed over wherever they turn up: the ledger itself and its archive
    tool: str = "bywhom"  # name and version, for the record of collection
