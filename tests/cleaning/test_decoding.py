"""In which encoding bytes are read."""

from __future__ import annotations

import pytest

from bywhom.cleaning.decoding import decode, without_lone_surrogates

RUSSIAN = "Солдаты отказались идти в атаку, сообщил вчера офицер штаба дивизии. В городе слышны выстрелы."
ENGLISH = "“They refused,” the officer said – and Müller’s company stayed."


@pytest.mark.parametrize(
    ("data", "declared", "text", "faults"),
    [
        (ENGLISH.encode(), None, ENGLISH, 0),
        (ENGLISH.encode(), "utf-8", ENGLISH, 0),
        (b"\xef\xbb\xbfmutiny", None, "\ufeffmutiny", 0),
        (ENGLISH.encode("utf-16"), None, "\ufeff" + ENGLISH, 0),
        (ENGLISH.encode("utf-16-le"), None, ENGLISH, 1),
        (RUSSIAN.encode("utf-16-be"), None, RUSSIAN, 1),
        (("\ufeff" + ENGLISH).encode("utf-32-le"), None, "\ufeff" + ENGLISH, 0),
        (RUSSIAN.encode("koi8-r"), "koi8-r", RUSSIAN, 0),
        (RUSSIAN.encode("cp1251"), None, RUSSIAN, 1),
        (ENGLISH.encode("cp1252"), None, ENGLISH, 1),
        # Wrongly declared: UTF-8 called something else, and something else called UTF-8.
        (RUSSIAN.encode(), "windows-1251", RUSSIAN, 1),
        (RUSSIAN.encode("cp1251"), "utf-8", RUSSIAN, 1),
        (ENGLISH.encode(), "no-such-charset", ENGLISH, 0),
        (ENGLISH.encode(), "base64", ENGLISH, 1),
        (b"a NUL \x00 is kept", None, "a NUL \x00 is kept", 0),
    ],
)
def test_the_encoding_is_found(data: bytes, declared: str | None, text: str, faults: int) -> None:
    decoded = decode(data, declared)
    assert decoded.text == text
    assert len(decoded.faults) == faults


def test_damage_is_shown_and_counted() -> None:
    decoded = decode(RUSSIAN.encode()[:40] + b"\xff\xfe\xff" + RUSSIAN.encode()[40:])
    assert decoded.text is not None
    assert decoded.text.count("\ufffd") == 3
    assert "3 places not readable as utf-8" in decoded.faults[0]


@pytest.mark.parametrize("data", [b"\x89PNG\r\n\x1a\n", b"PK\x03\x04", b"\x7fELF\x02", bytes(range(32)) * 9])
def test_binary_is_no_text(data: bytes) -> None:
    decoded = decode(data)
    assert decoded.text is None
    assert decoded.faults


@pytest.mark.parametrize(
    ("words", "kept", "faults"), [("plain", "plain", 0), ("a\ud83d\ude00b", "a😀b", 0), ("a\ud800b", "a\ufffdb", 1)]
)
def test_surrogates_do_not_reach_the_text(words: str, kept: str, faults: int) -> None:
    decoded = without_lone_surrogates(words)
    assert decoded.text == kept
    assert len(decoded.faults) == faults
