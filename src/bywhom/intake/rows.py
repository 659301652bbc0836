"""One article out of one JSON object, whatever its keys are called."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from bywhom.intake.content import readable
from bywhom.intake.jsontext import Json, one_line, writable
from bywhom.intake.options import Fields
from bywhom.intake.origin import Origin
from bywhom.records import Problem, RawDocument

_MILLISECONDS = 10**11  # epoch seconds reach this in the year 5138
_INNER = ("rendered", "name", "title", "value", "#text")  # {"rendered": "<p>…"}, {"id": null, "name": "Gazette"}


@dataclass(frozen=True, slots=True)
class Body:
    """The text of a row, and whether its key says that it is marked up."""

    text: str
    marked: bool | None


def row_items(row: Json, data: bytes, origin: Origin, number: int, fields: Fields) -> Iterator[RawDocument | Problem]:
    """The article in one row, or the problem with it. `data` is the row as it lies in its file."""
    if not isinstance(row, dict):
        yield origin.problem(f"The row is a JSON {_json_type(row)}, not an object.", "Write one object per row.")
        return
    body = body_of(row, fields)
    if body is None:
        yield origin.problem(*_no_text(row, fields))
        return
    url, title = _url_of(row, fields), text_of(row, fields.title)
    content = readable(title, body.text, marked=body.marked)
    at = origin.declaring(
        title=title,
        publisher=text_of(row, fields.publisher),
        author=text_of(row, fields.author),
        language=text_of(row, fields.language),
        published=date_of(row, fields.date),
        url=url,
        media_type=None,
        charset=None,
    )
    name = url or f"{origin.stem}#{text_of(row, fields.id) or number}"
    yield at.document(name, data, content.form, content.text)


def body_of(row: Mapping[str, Json], fields: Fields) -> Body | None:
    """The first text field that is not empty."""
    for key in fields.text:
        value = _value(row, key)
        text = _joined(value, "\n\n") if isinstance(value, (str, list, dict)) else None
        if text and text.strip():
            return Body(writable(text), True if key.rpartition(".")[2] == "html" else None)
    return None


def text_of(row: Mapping[str, Json], keys: tuple[str, ...]) -> str | None:
    """The first of these fields that is not empty, on one line."""
    for key in keys:
        text = _joined(_value(row, key), ", ")
        if text and text.strip():
            return one_line(text)
    return None


def date_of(row: Mapping[str, Json], keys: tuple[str, ...]) -> str | None:
    """The first date as worded; seconds since 1970 as a UTC time."""
    for key in keys:
        value = _value(row, key)
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            return epoch(value)
        text = text_of(row, (key,))
        if text:
            return text
    return None


def epoch(seconds: float) -> str | None:
    """A UTC time in ISO 8601 for seconds (or milliseconds) since 1970; None for what is no time."""
    try:
        moment = datetime.fromtimestamp(seconds / 1000 if abs(seconds) >= _MILLISECONDS else seconds, UTC)
    except (ValueError, OverflowError, OSError):
        return None
    return moment.isoformat(timespec="seconds")


def _value(row: Mapping[str, Json], key: str) -> Json:
    """What stands under a key; "a.b" is looked for as it is, then as b inside a."""
    if key in row or "." not in key:
        return row.get(key)
    outer, _, inner = key.partition(".")
    within = row.get(outer)
    return _value(within, inner) if isinstance(within, dict) else None


def _joined(value: Json, joint: str) -> str | None:
    """A value as text: strings, numbers, lists of them, and objects that wrap one."""
    if isinstance(value, str):
        return value
    if isinstance(value, dict):
        inner = (value.get(key) for key in _INNER)
        return next((text for text in inner if isinstance(text, str)), None)
    if isinstance(value, list):
        return joint.join(text for text in (_joined(item, joint) for item in value[:10_000]) if text) or None
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return str(value)
    return None


def _url_of(row: Mapping[str, Json], fields: Fields) -> str | None:
    url = text_of(row, fields.url)
    return url if url and url.lower().startswith(("http://", "https://")) else None


def _no_text(row: Mapping[str, Json], fields: Fields) -> tuple[str, str]:
    keys = ", ".join(writable(str(key))[:40] for key in list(row)[:12]) or "none"
    looked = ", ".join(fields.text)
    if any(key in row for key in fields.text):
        return f"The row's text is empty (looked in {looked}).", ""
    return (
        f"The row has no text: its keys are {keys}.",
        f"Say which key holds the text: --field text=KEY (looked for {looked}).",
    )


def _json_type(value: Json) -> str:
    names = {str: "string", list: "array", bool: "boolean", int: "number", float: "number"}
    return names.get(type(value), "null")
