"""Where bytes come from, and the records made of them."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import Path

from bywhom.records import Capture, Collection, Declared, Problem, RawDocument

# Only what looks like an ending is cut off: "Report No. 5" and "v1.2" keep theirs.
_ENDING = re.compile(r"\.[A-Za-z][A-Za-z0-9]{0,7}$")
_PACKED = re.compile(r"\.gz$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Container:
    """A file that other reports are taken out of. It comes before its parts, so that it can be archived first.

    `path` is good until the next item is asked for (standard input lies in a temporary file); `data` stands in its
    place for what was fetched.
    """

    sha256: str
    size: int
    collection: Collection
    path: Path | None = None
    data: bytes | None = None


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a stretch of bytes comes from: a file, a URL, or a part of either."""

    location: str  # as the user gave it, with the part: "wire.jsonl#line=3"
    file: str  # the file's name, with its ending
    method: str
    collected_at: str
    tool: str
    container: str | None = None
    declared: Declared = Declared()  # noqa: RUF009  frozen, and safe to share
    depth: int = 0  # how many containers it lies in
    capture: Capture | None = None

    @property
    def stem(self) -> str:
        """The file's name without its ending, and without the .gz before that."""
        return _ENDING.sub("", _PACKED.sub("", self.file)) or self.file

    @property
    def ending(self) -> str:
        """The file's ending in lower case with its dot, .gz left aside; empty where there is none.

        A server's word that it sends HTML counts as one.
        """
        if "html" in (self.declared.media_type or ""):
            return ".html"
        found = _ENDING.search(_PACKED.sub("", self.file))
        return found.group().lower() if found else ""

    @property
    def collection(self) -> Collection:
        return Collection(self.location, self.method, self.collected_at, self.tool, self.container, self.capture)

    def part(self, fragment: str, method: str) -> Origin:
        """The origin of one part of this, "feed.xml" to "feed.xml#entry=3"."""
        joint = "&" if "#" in self.location else "#"
        return replace(self, location=f"{self.location}{joint}{fragment}", method=method)

    def declaring(self, **declared: str | None) -> Origin:
        """The same origin, with what the container says about the report."""
        return replace(self, declared=replace(self.declared, **declared))

    def problem(self, message: str, remedy: str = "") -> Problem:
        """A problem with what lies here."""
        return Problem("intake", message, remedy, self.location)

    def document(self, name: str, data: bytes, form: str, content: str | bytes | None = None) -> RawDocument:
        """The report that lies here."""
        return RawDocument(name, data, form, self.collection, self.declared, content)


def counted(count: int, noun: str) -> str:
    """The number with its noun: 1 report, 2 reports."""
    return f"{count:,} {noun}" + ("" if count == 1 else "s")


def printable(path: Path | str) -> str:
    """A path as text that can be written anywhere: file names need not be UTF-8, and may hold line breaks."""
    text = str(path).encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    return "".join(char if char.isprintable() else "\ufffd" for char in text)
