"""What a model is told: the prompt of data/prompts/, the vocabularies, the report between marks, the form of the answer."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from hashlib import sha256
from string import Template

from bywhom import lexicons
from bywhom.asking.pieces import Paragraph, Piece
from bywhom.records import Certainty, Channel, Document, EventType, Modality, Polarity, Role, SourceKind

_LONGEST_FACT = 300  # code points of a title or a name that are shown


@dataclass(frozen=True, slots=True)
class PromptTable:
    """data/prompts/claims.yaml."""

    version: int
    system: str
    user: str


@dataclass(frozen=True, slots=True)
class _Definition:
    """What a prompt says of one file of data/ontology/."""

    type: EventType
    definition: str


@dataclass(frozen=True, slots=True)
class Prompt:
    """The prompt with its vocabularies filled in, the schema of the answer, and the digest of both."""

    system: str
    user: str
    schema: dict[str, object]
    digest: str  # 12 hexadecimal digits

    def messages(self, doc: Document, piece: Piece) -> list[dict[str, str]]:
        """What one request says. The mark around the report is made from its text, so that no text can contain its own."""
        about, before = _about(doc), _numbered(doc.text, piece.before)
        report = _numbered(doc.text, piece.paragraphs)
        fence = f"=== {sha256(_bytes(about + before + report)).hexdigest()[:16]} ==="
        shown = {"fence": fence, "about": f"{fence}\n{about}\n{fence}", "before": before, "report": report}
        return [
            {"role": "system", "content": self.system},  # always the same, so that a server may keep what it made of it
            {"role": "user", "content": Template(self.user).safe_substitute(shown)},
        ]


@lru_cache(maxsize=1)
def prompt() -> Prompt:
    """The shipped prompt.

    Raises: LexiconBroken.
    """
    table: PromptTable = lexicons.load("prompts/claims", PromptTable)
    entries = [lexicons.load(f"ontology/{each.value}", _Definition) for each in EventType]
    system = Template(table.system).safe_substitute(
        kinds=_list(SourceKind),
        channels=_list(Channel),
        roles=_list(Role),
        events="\n".join(f"    {entry.type}: {' '.join(entry.definition.split())}" for entry in entries),
    )
    schema = _schema()
    digest = sha256(json.dumps([system, table.user, schema]).encode()).hexdigest()[:12]
    return Prompt(system, table.user, schema, digest)


def _list(labels: Iterable[StrEnum]) -> str:
    return ", ".join(labels)


def _about(doc: Document) -> str:
    facts = (("title", doc.title), ("publisher", doc.publisher), ("published", doc.published))
    told = [f"{name}: {' '.join(fact.value.split())[:_LONGEST_FACT]}" for name, fact in facts if fact]
    return "\n".join(told) or "nothing is known"


def _numbered(text: str, paragraphs: Sequence[Paragraph]) -> str:
    return "\n\n".join(f"[{each.number}] {each.span.of(text)}" for each in paragraphs) or "nothing"


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


# The form of the answer -----------------------------------------------------------------------------------------------


def _schema() -> dict[str, object]:
    words, or_none = {"type": "string"}, {"type": ["string", "null"]}
    claim = {
        "paragraph": {"type": "integer"},
        "text": words,
        "source": or_none,
        "source_name": or_none,
        "source_kind": _label(SourceKind),
        "cue": or_none,
        "via": _many({"name": words, "kind": _label(SourceKind)}),
        "channel": {"enum": [*Channel, None]},
        "certainty": _label(Certainty),
        "polarity": _label(Polarity),
        "modality": _label(Modality),
        "distance": {"type": "array", "items": words},
        "event": _label(EventType),
        "actors": _many({"name": words, "role": _label(Role)}),
    }
    return _object({"claims": _many(claim)})


def _label(labels: Iterable[StrEnum]) -> dict[str, object]:
    return {"type": "string", "enum": list(labels)}


def _many(properties: dict[str, object]) -> dict[str, object]:
    return {"type": "array", "items": _object(properties)}


def _object(properties: dict[str, object]) -> dict[str, object]:
    return {"type": "object", "properties": properties, "required": [*properties], "additionalProperties": False}
