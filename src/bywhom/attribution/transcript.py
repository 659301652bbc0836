"""What monitoring services write in square brackets: who speaks in a whole text, whose turn it is, what is a recording."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from bywhom.attribution.lexicon import Lexicon
from bywhom.attribution.line import Line
from bywhom.attribution.naming import Named, read_phrase
from bywhom.attribution.phrases import Phrase
from bywhom.attribution.tables import TranscriptTable
from bywhom.prose.tokens import tokens
from bywhom.records import Channel, Mention, Span

_BRACKET = re.compile(r"\s*\[(?P<words>[^\[\]]{2,160})\]?")
_CLOSING = re.compile(r"\[(?P<words>[^\[\]]{2,60})\]\W*$")
_COLON = re.compile(r"(?P<name>[A-Z][A-Z.'’ -]{2,30}[A-Z]):\s+(?=\S*[a-z])")
_PROGRESS = re.compile(r",? (?:IN PROGRESS|CONTINUING|INTERRUPTING|LAUGHING|SHOUTING)$")
_BY_WHOM = re.compile(r"\b(?:BY|FROM|OF|WITH)\s+(?P<name>.{3,}?)(?:\s+BY\s.*)?$")
_COLON_WORDS = 4
_NAME_WORDS = 24  # in a label: a name with its title and its office


@dataclass(frozen=True, slots=True)
class Header:
    """What the head of a text says of the whole of it."""

    form: str
    name: Mention | None
    channel: Channel | None
    spoken: bool | None  # None: by whether a person or a body speaks
    reported: bool


@dataclass(frozen=True, slots=True)
class Labels:
    """The words of a sentence, without the brackets around them, and what those said."""

    span: Span
    before: tuple[Mention, ...] = ()
    name: Mention | None = None  # "NAME: …"
    ends: bool = False  # a recording ends behind the sentence


def unlabelled(text: str, span: Span, table: TranscriptTable) -> Labels:
    """A sentence without the brackets in capitals at its head and at its end."""
    found: list[Mention] = []
    start = span.start
    while (match := _BRACKET.match(text, start, span.end)) and _shouted(match["words"]):
        found.append(Mention(match.start("words"), match.end("words"), match["words"]))
        start = match.end()
    name = _name_before_colon(text, Span(start, span.end), table)
    start = name.end + 1 if name is not None else start
    closing = _CLOSING.search(text, start, span.end)
    ends = closing is not None and _opens_with(closing["words"], table.ends)
    last = closing.start() if closing is not None and ends else span.end
    return Labels(Span(start, max(start, last)).trimmed(text), tuple(found), name, ends)


def header_of(text: str, body: int, lexicon: Lexicon) -> Header | None:
    """The header before character `body`: its form and whom it names."""
    table = lexicon.transcripts
    groups = [Mention(m.start("words"), m.end("words"), m["words"]) for m in _BRACKET.finditer(text, 0, body)]
    for number, group in enumerate(groups):
        form = next((form for form in table.forms if _opens_with(group.text, (form,))), None)
        if form is not None:
            following = next((g for g in groups[number + 1 : number + 2] if not is_note(g.text, table)), None)
            name = _named_in(group) or following
            spoken = None if form in table.either else form in table.spoken
            return Header(form, _without_progress(name), table.channels.get(form), spoken, form in table.reported)
    return None


def is_note(words: str, table: TranscriptTable) -> bool:
    """Whether a bracket names nobody: "[CONTINUED]", "[PASSAGE OMITTED]"."""
    return words.split(maxsplit=1)[0].strip(",.").lower() in table.notes or len(words.split()) > _NAME_WORDS


def speaker_in(label: Mention, text: str, lexicon: Lexicon) -> Named | None:
    """Whom a label names; None for who only asks."""
    label = _without_progress(label) or label
    if label.text.lower() in lexicon.transcripts.askers:
        return None
    line = Line.of(tokens(text, label.span), text, lexicon)
    named = read_phrase(line, Phrase(0, len(line)))
    if named.proper or named.head:
        return named
    return Named(label, " ".join(label.text.split()), None, proper=True, person=True)


def header_lines(text: str, mentions: Iterable[Mention | None], lexicon: Lexicon) -> Iterator[Line]:
    """The names of a header as lines, so that whom they introduce is known in the text."""
    return (Line.of(tokens(text, mention.span), text, lexicon) for mention in mentions if mention is not None)


def is_station(name: str, table: TranscriptTable) -> bool:
    """Whether a name is that of a radio or television station."""
    words = f" {name.lower()} "
    return any(f" {word} " in words for word in table.stations)


def begins_recording(label: str, table: TranscriptTable) -> bool:
    """Whether a bracket says that a recording begins."""
    return _opens_with(label, table.begins)


def ends_recording(label: str, table: TranscriptTable) -> bool:
    """Whether a bracket says that a recording ends."""
    return _opens_with(label, table.ends)


def _name_before_colon(text: str, span: Span, table: TranscriptTable) -> Mention | None:
    match = _COLON.match(text, span.start, span.end)
    if match is None or len(match["name"].split()) > _COLON_WORDS or is_note(match["name"], table):
        return None
    return Mention(match.start("name"), match.end("name"), match["name"])


def _shouted(words: str) -> bool:
    return words.isupper() and len(words) > 2


def _opens_with(words: str, openings: Iterable[str]) -> bool:
    plain = f"{' '.join(words.lower().split())} ".replace(",", " ")
    return any(plain.startswith(f"{opening} ") for opening in openings)


def _named_in(group: Mention) -> Mention | None:
    """The name inside a header: "[INTERVIEW WITH X BY Y]"."""
    match = _BY_WHOM.search(group.text)
    if match is None:
        return None
    start = group.start + match.start("name")
    return Mention(start, start + len(match["name"]), match["name"])


def _without_progress(label: Mention | None) -> Mention | None:
    """A label without the note that somebody is speaking already, or how."""
    if label is None:
        return None
    plain = _PROGRESS.sub("", label.text)
    return replace(label, text=plain, end=label.start + len(plain))
