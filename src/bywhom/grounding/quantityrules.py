"""The words of lexicons/quantities.yaml, made ready to run."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from bywhom import lexicons
from bywhom.grounding.numbers import DIGITS, NumberTable
from bywhom.grounding.timerules import TimeRules, load_time_rules
from bywhom.prose.patterns import ANY_BLANK, one_of


@dataclass(frozen=True, slots=True)
class QuantityTable:
    """The words of data/lexicons/quantities.yaml."""

    bounds: dict[str, str]
    after: dict[str, str]
    money: dict[str, str]
    currencies: dict[str, str]
    named_by_number: frozenset[str]
    counts_before_plural: frozenset[str]
    hyphen_units: frozenset[str]
    calibres: tuple[str, ...]
    single_units: tuple[str, ...]
    single_before: frozenset[str]
    one_not_before: frozenset[str]
    one_not_after: frozenset[str]
    one_contrasts: tuple[str, ...]
    fates: dict[str, str]
    fate_kinds: dict[str, str]
    counted: frozenset[str]
    stops: frozenset[str]


@dataclass(frozen=True)
class QuantityRules:
    """The tables made ready for use."""

    table: QuantityTable
    numbers: NumberTable
    times: TimeRules
    number: re.Pattern[str] = field(repr=False)
    bound: re.Pattern[str] = field(repr=False)
    after: re.Pattern[str] = field(repr=False)
    calibre: re.Pattern[str] = field(repr=False)  # behind a number


@lru_cache(maxsize=1)
def load_quantity_rules() -> QuantityRules:
    """The shipped tables, compiled once."""
    return compile_quantities(
        lexicons.load("lexicons/quantities", QuantityTable),
        lexicons.load("lexicons/numbers", NumberTable),
        load_time_rules(),
    )


def compile_quantities(table: QuantityTable, numbers: NumberTable, times: TimeRules) -> QuantityRules:
    """The tables as patterns that can be run."""
    return QuantityRules(
        table,
        numbers,
        times,
        _number_pattern(numbers, table),
        _bound_pattern(table),
        re.compile(rf"\s{{0,2}}(?P<word>{_any(table.after)})\b", re.IGNORECASE),
        re.compile(rf"[\s-]?(?:{'|'.join(table.calibres)})\b", re.IGNORECASE),
    )


def _any(words: Iterable[str]) -> str:
    return one_of(words, ANY_BLANK)


def _number_pattern(numbers: NumberTable, table: QuantityTable) -> re.Pattern[str]:
    """Digits or words that write a number, with money before it and a percentage after it."""
    scale, words = _any(numbers.scales), _any(numbers.words)
    tens = _any([word for word, value in numbers.words.items() if value >= 20])
    simple = rf"(?:(?:{tens})[\s-](?:{words})|{words})\b"
    plural = "|".join([*numbers.plurals, "tens"])
    scaled = rf"(?:[\s-](?:an?\s)?(?:{scale})\b(?:\s(?:and\s)?{simple})?)"
    spelled = rf"(?:half|{simple})(?:\sand\s(?:an?\s)?half\b)?{scaled}{{0,4}}"
    open_ = rf"(?P<open>(?:{plural})\b(?:\sof\s(?:{plural})\b){{0,2}}|(?:several|a\sfew|a\scouple\sof|couple\sof)\s(?:{scale}))"
    return re.compile(
        rf"(?<![\w])(?:(?P<money>{_any(table.money)})\s?)?(?:(?P<digits>{DIGITS})(?!\d)(?P<plus>\+)?(?:\s(?P<part>[1-3]/[2-4])(?![\d/])|(?P<sign>[½¼¾]))?(?:[\s-]?(?P<scale>{scale}|(?:{'|'.join(numbers.suffixes)})(?!\w))s?\b(?:\s(?P<scale2>{scale})\b)?)?"
        rf"|{open_}|(?P<fraction>(?:an?|one|two|three)[\s-](?:half|third|thirds|quarters?)\b(?:\sof\san?\s(?:{scale})\b|(?=\sof\b|\sthe\b)))"
        rf"|(?P<article>an?\s(?:half\s)?(?:{scale})\b(?:\s(?:and\s)?{simple})?{scaled}{{0,2}})|(?P<single>an?(?=\s(?:{'|'.join(table.single_units)})\b))|(?P<spelled>{spelled}))"
        rf"(?P<percent>\s{{0,2}}(?:%|per\s?cent\b|percent\b))?",
        re.IGNORECASE,
    )


def _bound_pattern(table: QuantityTable) -> re.Pattern[str]:
    """The bound that ends right before a number."""
    return re.compile(rf"(?<![\w])(?P<word>{_any(table.bounds)})\s{{0,2}}(?:the\s)?$", re.IGNORECASE)
