"""Mails as they are saved (.eml): the words of one, under its subject, and the files that hang on it."""

from __future__ import annotations

import email
import io
from collections.abc import Callable, Iterator
from dataclasses import replace
from email.message import EmailMessage, MIMEPart
from email.policy import default as modern
from email.utils import parseaddr
from hashlib import sha256

from bywhom.intake.content import readable
from bywhom.intake.jsontext import one_line, writable
from bywhom.intake.options import MIB, TOO_LARGE, IntakeOptions
from bywhom.intake.origin import Origin
from bywhom.intake.single import is_blank
from bywhom.intake.sniff import HEAD, Kind, kind_of
from bywhom.intake.streams import buffered, read_at_most
from bywhom.records import Problem, RawDocument

Reader = Callable[[io.BufferedReader, Origin, IntakeOptions], Iterator[RawDocument | Problem]]

_READ = frozenset({Kind.TEXT, Kind.HTML, Kind.PDF, Kind.MAIL})


def read_mail(
    stream: io.BufferedReader, origin: Origin, options: IntakeOptions, read: Reader
) -> Iterator[RawDocument | Problem]:
    """The mail as a report, then its readable attachments: mails passed on, texts, pages, PDFs."""
    limit = options.limits.pdf
    data = read_at_most(stream, limit)
    if data is None:
        yield origin.problem(f"The mail is larger than {limit // MIB} MiB.", TOO_LARGE)
        return
    message = email.message_from_bytes(data, policy=modern)
    at = origin.declaring(author=_sender(message), published=_header(message, "date"), media_type=None, charset=None)
    body, marked = _body(message)
    title = _header(message, "subject")
    if body.strip() or title:
        found = readable(title, writable(body), marked=marked)
        yield at.document(origin.stem, data, found.form, found.text)
    else:
        yield origin.problem("The mail holds no words.")
    yield from _attached(message, sha256(data).hexdigest(), origin, options, read)


def _header(message: EmailMessage, name: str) -> str | None:
    """What a header says, decoded, on one line; None where it cannot be had."""
    try:
        value = message.get(name)
        return one_line(writable(str(value))) if value and str(value).strip() else None
    except (ValueError, IndexError, AttributeError, TypeError):  # email.policy raises these on headers that are none
        return None


def _sender(message: EmailMessage) -> str | None:
    """The sender's name, else the address."""
    name, address = parseaddr(_header(message, "from") or "")
    return name or address or None


def _body(message: EmailMessage) -> tuple[str, bool]:
    """The words of a mail and whether they are marked up: its plain text before its page."""
    for kind in ("plain", "html"):
        part = message.get_body((kind,))
        words = _words(part) if part is not None else ""
        if words.strip():
            return words, kind == "html"
    return "", False


def _words(part: MIMEPart) -> str:
    try:
        content = part.get_content()
    except (LookupError, ValueError, KeyError):  # an encoding that does not exist
        data = part.get_payload(decode=True)
        content = data.decode("utf-8", "replace") if isinstance(data, bytes) else ""
    return content if isinstance(content, str) else ""


def _attached(
    message: EmailMessage, digest: str, origin: Origin, options: IntakeOptions, read: Reader
) -> Iterator[RawDocument | Problem]:
    """The readable files that hang on a mail, each at its number; the mail, by its digest, is what they were taken out of."""
    if not message.is_multipart():
        return
    for number, part in enumerate(message.iter_attachments(), 1):
        data = _data(part)
        name = one_line(writable(part.get_filename() or "")) or ("mail.eml" if _is_mail(part) else "")
        inner = replace(
            origin.part(f"attachment={number}", "mail"),
            file=name or "attachment",
            depth=origin.depth + 1,
            container=digest,
        )
        if (
            not is_blank(data)
            and kind_of(data[:HEAD], inner.ending) in _READ
            and part.get_content_maintype() != "image"
        ):
            yield from read(buffered(io.BytesIO(data)), inner, options)


def _is_mail(part: EmailMessage) -> bool:
    return part.get_content_type() == "message/rfc822"


def _data(part: EmailMessage) -> bytes:
    """The bytes of an attached file; those of a mail are the mail's own."""
    if _is_mail(part):
        inner = part.get_payload(0) if part.is_multipart() else None
        return bytes(inner) if isinstance(inner, EmailMessage) else b""
    data = part.get_payload(decode=True)
    return data if isinstance(data, bytes) else b""
