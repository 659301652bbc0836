"""JSON files: a list of articles, one article, or what a messenger exported."""

from __future__ import annotations

import io
from collections.abc import Iterator

from bywhom.intake.jsonstream import Element, elements
from bywhom.intake.jsontext import Refused, canonical
from bywhom.intake.options import IntakeOptions
from bywhom.intake.origin import Origin, counted
from bywhom.intake.rows import body_of, row_items
from bywhom.intake.telegram import is_export, message_items
from bywhom.records import Problem, RawDocument


def read_json(stream: io.BufferedReader, origin: Origin, options: IntakeOptions) -> Iterator[RawDocument | Problem]:
    """Each article or message of the file. The document's bytes are its object, written in one canonical way."""
    found = 0
    for element in elements(stream, options.limits.text):
        if isinstance(element, Refused):
            came = f"{counted(found, 'item')} came before that"
            yield origin.problem(f"The file {element.reason}; {came}.", "Export or fetch it again.")
            found += 1
        else:
            for item in _element_items(element, origin, options, first=not found):
                found += 1
                yield item
    if not found:
        yield origin.problem("The file holds no article and no message with text.")


def _element_items(
    element: Element, origin: Origin, options: IntakeOptions, *, first: bool
) -> Iterator[RawDocument | Problem]:
    if element.number == 0:
        yield from _outermost_items(element, origin, options, first=first)
    elif is_export(element):
        yield from message_items(element, origin)
    else:
        at = origin.part(f"item={element.number}", "json")
        yield from row_items(element.value, canonical(element.value), at, element.number, options.fields)


def _outermost_items(
    element: Element, origin: Origin, options: IntakeOptions, *, first: bool
) -> Iterator[RawDocument | Problem]:
    """The outermost object as an article: where it has a text, or where nothing else was found that might be meant."""
    row = element.value
    if not isinstance(row, dict) or is_export(element):
        return
    if body_of(row, options.fields) or (first and row):
        at = origin.part("item=1", "json")
        yield from row_items(row, canonical(row), at, 1, options.fields)
