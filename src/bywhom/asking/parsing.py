"""What a model answered, as far as it can be used: in a code fence, with talk around it, or broken off half-way."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, islice

_KEY = "claims"
_THOUGHT = "</think>"
_FENCED = re.compile(r"```\w*\n(.*?)```", re.DOTALL)
_FIRST = 12  # fences, and braces in the talk around an answer, that are tried in turn
_BETWEEN = " \t\r\n,"
_DECODER = json.JSONDecoder()


@dataclass(frozen=True, slots=True)
class Parsed:
    """The claims in an answer, each still any JSON value, and whether the answer came to its end."""

    claims: tuple[object, ...]
    whole: bool = True


def parse(answer: str) -> Parsed | None:
    """The claims of an answer; None where there is nothing to be made of it."""
    text = answer.rpartition(_THOUGHT)[2].lstrip("\ufeff").strip()
    if text == "[]":
        return Parsed(())
    for value in _values(text):
        claims = _claims(value)
        if claims is not None:
            return Parsed(tuple(claims))
    rest = tuple(_whole_objects(text))
    return Parsed(rest, whole=False) if rest else None


def _values(text: str) -> Iterator[object]:
    """What may be meant as the answer: all of it, what stands in code fences, what begins at a brace."""
    fenced = (match[1] for match in islice(_FENCED.finditer(text), _FIRST))
    for part in chain([text], fenced):
        try:
            yield json.loads(part)
        except (ValueError, RecursionError):
            continue
    for brace in islice(re.finditer(r"[{\[]", text), _FIRST):
        found = _decoded(text, brace.start())
        if found is not None:
            yield found[0]


def _claims(value: object) -> list[object] | None:
    if isinstance(value, dict):
        held = value.get(_KEY)
        return held if isinstance(held, list) else None
    # An empty or another list may be a part of a claim, in an answer that broke off.
    if isinstance(value, list) and value and all(isinstance(each, dict) and "text" in each for each in value):
        return value
    return None


def _whole_objects(text: str) -> Iterator[object]:
    """The claims that an answer gives before it breaks off."""
    start = text.find("[", max(0, text.find(f'"{_KEY}"')))
    at = start + 1 if start >= 0 else len(text)
    while found := _decoded(text, at):
        value, at = found
        yield value


def _decoded(text: str, at: int) -> tuple[object, int] | None:
    """The JSON value that begins at a place, and where the next may begin; None where there is none."""
    try:
        value, end = _DECODER.raw_decode(text, at)
    except (ValueError, RecursionError):
        return None
    while end < len(text) and text[end] in _BETWEEN:
        end += 1
    return value, end
