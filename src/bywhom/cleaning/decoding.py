"""Bytes to text: which encoding, and what could not be read in it."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from charset_normalizer import from_bytes

# Encodings of text that only a program would declare, some of them slow on hostile bytes.
_NO_PAGE_USES = {"idna", "punycode", "raw_unicode_escape", "undefined", "unicode_escape", "utf_7"}
_SAMPLE = 1 << 16
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark opens it
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MAGIC = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a ZIP archive or office document"),
    (b"\x1f\x8b", "gzip data"),
    (b"\x89PNG", "a PNG image"),
    (b"GIF8", "a GIF image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
    (b"SQLite format 3", "a database"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"7z\xbc\xaf", "a 7-Zip archive"),
    (b"Rar!", "a RAR archive"),
    (b"OggS", "a sound file"),
    (b"ID3", "a sound file"),
)
_CONTROLS = bytes(range(9)) + bytes(range(14, 27)) + bytes(range(28, 32))
_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text, the encoding it was read in, and in words what went wrong; text None where the bytes are no text."""

    text: str | None
    encoding: str = ""
    faults: tuple[str, ...] = ()


def decode(data: bytes, declared: str | None = None) -> Decoded:
    """The text of `data`, byte order mark and all: by its mark, the declared encoding, UTF-8, or by likelihood."""
    marked = next((name for mark, name in _BOMS if data.startswith(mark)), None)
    if marked:
        return _strict(data, marked) or _with_replacements(data, marked)
    if found := what_binary(data):
        return Decoded(None, faults=(f"the file is {found}, not text",))
    unmarked = _wide_without_mark(data)
    if unmarked:
        return unmarked
    if _control_share(data) > 0.1:
        return Decoded(None, faults=("the file is binary, not text",))
    return _declared(data, declared) or _strict(data, "utf-8") or _likeliest(data)


def without_lone_surrogates(text: str) -> Decoded:
    """`text` as it can be stored: surrogate pairs joined, lone surrogates replaced and counted."""
    if not _SURROGATE.search(text):
        return Decoded(text, "text")
    joined = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    lone = joined.count("\ufffd") - text.count("\ufffd")
    faults = (f"{lone} lone surrogate{'s' * (lone != 1)} replaced by U+FFFD",) if lone else ()
    return Decoded(joined, "text", faults)


def what_binary(data: bytes) -> str | None:
    """What kind of file the first bytes name, where it is none of text."""
    return next((name for magic, name in _MAGIC if data.startswith(magic)), None)


def _strict(data: bytes, encoding: str) -> Decoded | None:
    try:
        return Decoded(data.decode(encoding), encoding)
    except (UnicodeDecodeError, LookupError, ValueError):
        return None


def _with_replacements(data: bytes, encoding: str) -> Decoded:
    text = data.decode(encoding, "replace")
    count = text.count("\ufffd")
    fault = f"{count} place{'s' * (count != 1)} not readable as {encoding}, replaced by U+FFFD"
    return Decoded(text, encoding, (fault,))


def _wide_without_mark(data: bytes) -> Decoded | None:
    """UTF-16 with no mark: one byte of each pair hardly varies and is mostly a control character or NUL."""
    sample = data[: 4096 & ~1]
    if len(data) % 2 or len(sample) < 8:
        return None
    for high, encoding in ((sample[1::2], "utf-16-le"), (sample[::2], "utf-16-be")):
        low_values = sum(byte < 9 for byte in high)
        if low_values / len(high) > 0.8 and (decoded := _strict(data, encoding)):
            return Decoded(decoded.text, encoding, (f"no encoding declared; read as {encoding}",))
    return None


def _control_share(data: bytes) -> float:
    sample = data[:_SAMPLE]
    return 1 - len(sample.translate(None, _CONTROLS)) / len(sample) if sample else 0.0


def _declared(data: bytes, declared: str | None) -> Decoded | None:
    """`data` in the declared encoding, unless it is plainly UTF-8 under another name."""
    name = _known(declared)
    if name is None:
        return None
    if name not in ("utf-8", "ascii") and not data.isascii() and (utf8 := _strict(data, "utf-8")):
        return Decoded(utf8.text, "utf-8", (f"declared as {declared}, but it is UTF-8",))
    return _strict(data, name)


def _known(declared: str | None) -> str | None:
    try:
        name = codecs.lookup(declared or "").name
    except (LookupError, ValueError):
        return None
    # Browsers read "latin-1" as its superset: pages say the one and mean the other.
    name = {"iso8859-1": "cp1252"}.get(name, name)
    return None if name.replace("-", "_") in _NO_PAGE_USES else name


def _likeliest(data: bytes) -> Decoded:
    """Neither marked, nor rightly declared, nor valid UTF-8."""
    repaired = data.decode("utf-8", "replace")
    damaged = repaired.count("\ufffd")
    beyond_ascii = len(repaired) - len(repaired.encode("ascii", "ignore")) - damaged
    if beyond_ascii > 2 * damaged:
        return _with_replacements(data, "utf-8")
    for encoding in _candidates(data):
        if decoded := _strict(data, encoding):
            return Decoded(decoded.text, encoding, (f"no valid encoding declared; read as {encoding}",))
    return _with_replacements(data, "utf-8")


def _candidates(data: bytes) -> tuple[str, ...]:
    """Encodings to try. Few high bytes in English are typographic quotes, which a guess by frequency often misses."""
    sample = data[:_SAMPLE]
    high = sum(byte > 127 for byte in sample)
    best = from_bytes(sample).best()
    guessed = (best.encoding,) if best else ()
    western = ("cp1252",) if high < len(sample) * 0.08 else ()
    return (*western, *guessed)
