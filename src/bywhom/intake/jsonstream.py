"""The items of a large JSON file, one at a time.

A messenger's export or a dump of articles is one JSON value of any size; json would hold it whole. Here only the outer
objects and arrays are walked by hand, and each item inside them is read by json.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import BinaryIO

from bywhom.intake.jsontext import DECODER, Json, Refused, reason_of
from bywhom.intake.options import MIB
from bywhom.intake.sniff import bom_of

_CHUNK = 64 * 1024
_BLANK = re.compile(r"[ \t\r\n\ufeff]*")
# What exports call their list of items.
_LISTS = frozenset(
    {"messages", "articles", "posts", "documents", "docs", "entries", "items", "results", "stories", "news", "data"}
)
_CHATS = frozenset({"chats", "left_chats"})  # Telegram's full export: {"chats": {"list": [{chat}, …]}}


@dataclass(frozen=True, slots=True)
class Element:
    """One item of a list, or the outermost object itself."""

    value: Json
    number: int = 0  # within its list, from 1; 0 for the outermost object
    list_name: str = ""
    around: Mapping[str, Json] | None = None  # what stood before the list in the same object
    nested: bool = False  # the list's object is itself one of several


class _Broken(Exception):
    """The file is not JSON from here on."""


def elements(stream: BinaryIO, limit: int) -> Iterator[Element | Refused]:
    """Each item, then what of the outermost object is no list; at a fault what came before it, and the fault.

    No item may have more than `limit` characters.
    """
    scanner = _Scanner(stream, limit)
    try:
        if scanner.peek() == "[":
            yield from _items_of(scanner, "", {}, nested=False)
        else:
            yield from _object(scanner)
        if scanner.peek():
            yield Refused(f"goes on after its end, at character {scanner.position + 1}")
    except _Broken as broken:
        yield Refused(str(broken))
    if scanner.replaced:
        yield Refused(f"is not UTF-8: {scanner.replaced} characters were replaced by U+FFFD")


def _object(scanner: _Scanner, *, nested: bool = False) -> Iterator[Element]:
    """The items of the lists in one object; of the outermost one also what stands beside them."""
    around: dict[str, Json] = {}
    for key in _keys(scanner):
        if scanner.peek() == "[" and key in _LISTS:
            yield from _items_of(scanner, key, around, nested=nested)
        elif scanner.peek() == "{" and key in _CHATS:
            yield from _chats(scanner)
        else:
            around[key] = scanner.value()
            scanner.hold()
    if not nested:
        yield Element(around)


def _chats(scanner: _Scanner) -> Iterator[Element]:
    for key in _keys(scanner):
        if key != "list" or scanner.peek() != "[":
            scanner.value()
            continue
        for _ in _places(scanner, "[", "]"):
            yield from _object(scanner, nested=True)
            scanner.release()


def _items_of(scanner: _Scanner, name: str, around: dict[str, Json], *, nested: bool) -> Iterator[Element]:
    for number in _places(scanner, "[", "]"):
        yield Element(scanner.value(), number, name, around, nested)


def _keys(scanner: _Scanner) -> Iterator[str]:
    """Each key of the object that begins here, the scanner standing at its value."""
    for _ in _places(scanner, "{", "}"):
        key = scanner.value()
        if not isinstance(key, str):
            raise _Broken(f"is not JSON (a key is missing at character {scanner.position + 1})")
        scanner.take(":")
        yield key


def _places(scanner: _Scanner, opening: str, closing: str) -> Iterator[int]:
    """The number of each member of an object or array, the scanner standing at it."""
    scanner.take(opening)
    number = 0
    while scanner.peek() != closing:
        if number:
            scanner.take(",")
        number += 1
        scanner.peek()
        yield number
    scanner.take(closing)


class _Scanner:
    """A window that moves over the text of a stream."""

    def __init__(self, stream: BinaryIO, limit: int) -> None:
        self.replaced = 0
        self._stream = stream
        self._limit = limit
        self._held = 0
        self._text = ""
        self._at = 0
        self._before = 0  # characters that have left the window
        self._ended = False
        first = stream.read(_CHUNK)
        self._decoder = codecs.getincrementaldecoder(bom_of(first) or "utf-8")("replace")
        self._append(first)

    @property
    def position(self) -> int:
        """How many characters of the file have been used."""
        return self._before + self._at

    def peek(self) -> str:
        """The next character that is not blank; empty at the end of the file."""
        while True:
            blank = _BLANK.match(self._text, self._at)
            self._at = blank.end() if blank else self._at
            if self._at < len(self._text):
                return self._text[self._at]
            if not self._more():
                return ""

    def take(self, mark: str) -> None:
        """Step over a mark that has to come now."""
        found = self.peek()
        if not found:
            raise _Broken("breaks off in the middle")
        if found != mark:
            raise _Broken(f"is not JSON (no {mark!r} at character {self.position + 1})")
        self._at += 1

    def value(self) -> Json:
        """The value that begins here."""
        if not self.peek():
            raise _Broken("breaks off in the middle")
        while True:
            fault = ""
            try:
                value, end = DECODER.raw_decode(self._text, self._at)
                if end < len(self._text) or not self._more():
                    self._at = end
                    return value  # type: ignore[no-any-return]
            except RecursionError as error:
                raise _Broken(reason_of(error)) from error
            except ValueError as error:
                fault = reason_of(error, self._before)
            if fault and (len(self._text) - self._at > self._limit or not self._more()):
                raise _Broken(self._verdict(fault))

    def hold(self) -> None:
        """Count the value just read among those that stay in memory."""
        self._held += 1
        if self._held > self._limit // 1024:
            raise _Broken("has too many keys in one object")

    def release(self) -> None:
        """Forget the values counted so far."""
        self._held = 0

    def _verdict(self, fault: str) -> str:
        if not self._ended:
            return f"has an item longer than {self._limit // MIB} MiB or {fault}"
        return f"{fault}, or breaks off in the middle"

    def _more(self) -> bool:
        """Let the window grow by as much as it holds; False at the end of the file."""
        if self._ended:
            return False
        self._before += self._at
        self._text = self._text[self._at :]
        self._at = 0
        data = self._stream.read(max(_CHUNK, len(self._text)))
        self._append(data)
        return True

    def _append(self, data: bytes) -> None:
        self._ended = not data
        text = self._decoder.decode(data, final=self._ended)
        if "\ufffd" in text:
            self.replaced += text.count("\ufffd") - data.count(b"\xef\xbf\xbd")
        self._text += text
