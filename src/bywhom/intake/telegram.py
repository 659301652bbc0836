"""Messages of a Telegram Desktop export, result.json: of one chat or of the whole account."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bywhom.intake.jsonstream import Element
from bywhom.intake.jsontext import Json, canonical, writable
from bywhom.intake.origin import Origin
from bywhom.intake.rows import epoch, text_of
from bywhom.records import Problem, RawDocument

_CHAT_TYPES = frozenset(
    {
        "personal_chat", "bot_chat", "saved_messages", "private_group", "private_supergroup", "public_supergroup",
        "private_channel", "public_channel",
    }
)  # fmt: skip


def is_export(element: Element) -> bool:
    """Whether an item comes from a Telegram export: by the chat it stands in, or by its own shape."""
    around = element.around if element.number else element.value
    if isinstance(around, dict) and around.get("type") in _CHAT_TYPES:
        return True
    value = element.value
    return (
        element.list_name == "messages"
        and isinstance(value, dict)
        and value.get("type") in {"message", "service"}
        and "date" in value
    )


def message_items(element: Element, origin: Origin) -> Iterator[RawDocument | Problem]:
    """The message as a report. Pictures without caption and notes of service are nothing to read, and no fault.

    The publisher is the chat; the author is whoever a forwarded message came from, else the sender.
    """
    message, chat = element.value, element.around or {}
    if not isinstance(message, dict):
        at = origin.part(f"message={element.number}", "telegram")
        yield at.problem("The message is not a JSON object.", "Export the chat again.")
        return
    text = _text_of(message.get("text"))
    if message.get("type") != "message" or not text.strip():
        return
    number = text_of(message, ("id",)) or str(element.number)
    chat_id = text_of(chat, ("id",)) if element.nested else None
    at = origin.part(f"chat={chat_id}&message={number}" if chat_id else f"message={number}", "telegram")
    at = at.declaring(
        publisher=text_of(chat, ("name",)),
        author=_author(message, chat),
        published=_date(message),
        url=None,
        media_type=None,
        charset=None,
    )
    name = f"{origin.stem}#{chat_id}/{number}" if chat_id else f"{origin.stem}#{number}"
    whose = text_of(message, ("forwarded_from",))
    passed_on = f"Forwarded from: {whose}\n\n" if whose and whose != text_of(chat, ("name",)) else ""
    yield at.document(name, canonical(message), "text", passed_on + text)


def _text_of(text: Json) -> str:
    """The words of a message: a string, or a list of strings and of marked-up pieces."""
    if isinstance(text, str):
        return writable(text)
    if not isinstance(text, list):
        return ""
    pieces = (piece.get("text") if isinstance(piece, dict) else piece for piece in text)
    return writable("".join(piece for piece in pieces if isinstance(piece, str)))


def _author(message: Mapping[str, Json], chat: Mapping[str, Json]) -> str | None:
    author = text_of(message, ("forwarded_from", "from"))
    return None if author == text_of(chat, ("name",)) else author


def _date(message: Mapping[str, Json]) -> str | None:
    """The time in UTC: `date` alone is in the time zone of whoever exported."""
    stamp = message.get("date_unixtime")
    try:
        moment = epoch(float(stamp)) if isinstance(stamp, (str, int)) else None
    except ValueError:
        moment = None
    return moment or text_of(message, ("date",))
