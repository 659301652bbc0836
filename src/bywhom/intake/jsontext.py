"""JSON from strangers: read, or refused with a reason; never a crash."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TypeAlias

_SURROGATE = re.compile(r"[\ud800-\udfff]")
_REPLACED = "\ufffd"


Json: TypeAlias = bool | int | float | str | list["Json"] | dict[str, "Json"] | None


@dataclass(frozen=True, slots=True)
class Refused:
    """Why a text is not taken for JSON."""

    reason: str


class _TwiceKeyed(dict[str, Json]):
    """An object in which a key stood twice; the last one counts, as everywhere."""


def _object(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    found = dict(pairs)
    return found if len(found) == len(pairs) else _TwiceKeyed(found)


def _no_number(_: str) -> None:
    """NaN and Infinity are not JSON, and nothing that we read is a number without value."""


# strict=False: raw line breaks and NULs inside strings are common in dumps, and harm nobody.
DECODER = json.JSONDecoder(object_pairs_hook=_object, parse_constant=_no_number, strict=False)


def parse(text: str) -> Json | Refused:
    """The value written in `text`, or why there is none."""
    try:
        value: Json = DECODER.decode(text)
        return value
    except (ValueError, RecursionError) as error:
        return Refused(reason_of(error))


def reason_of(error: ValueError | RecursionError, before: int = 0) -> str:
    """What is wrong, in words; `before` characters came before the text that failed."""
    if isinstance(error, RecursionError):
        return "is nested too deeply"
    if isinstance(error, json.JSONDecodeError):
        fault = error.msg.removesuffix(" starting at").lower()
        return f"is not JSON ({fault} at character {before + error.pos + 1})"
    return "is not JSON (a number in it is too long)"


def keyed_twice(value: Json) -> bool:
    """Whether an object names a key twice, so that readers may disagree on what it says."""
    return isinstance(value, _TwiceKeyed)


def canonical(value: Json) -> bytes:
    """One value always as the same bytes: keys sorted, UTF-8, halves of surrogate pairs escaped."""
    written = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return written.encode("utf-8", "backslashreplace")


def writable(text: str) -> str:
    """The text with halves of surrogate pairs replaced: no file and no database can hold them."""
    return _SURROGATE.sub(_REPLACED, text)


def one_line(text: str) -> str:
    """The text on one line, without characters that a terminal would act upon."""
    return " ".join("".join(char if char.isprintable() else " " for char in writable(text)).split())


def decoded(data: bytes) -> tuple[str, int]:
    """UTF-8 bytes as text, and how many characters had to be replaced."""
    try:
        return data.decode("utf-8"), 0
    except UnicodeDecodeError:
        text = data.decode("utf-8", "replace")
        return text, text.count(_REPLACED) - data.count(_REPLACED.encode())
