"""Numbers as English reports write them: digits in several national habits, and words."""

from __future__ import annotations

import re
from dataclasses import dataclass

# Groups of three after a separator; bounded, so that a megabyte of digits costs one pass.
DIGITS = r"\d{1,15}(?:[,.\u066c\u066b]\d{1,9}){0,5}(?:[\u00a0\u2009\u202f '’]\d{3}(?!\d)){0,4}"
_WORD = re.compile(r"[^\W\d_]+|\d[\d.,\u066b\u066c]*")
_SPACED = re.compile(r"(?<=\d)[\u00a0\u2009\u202f '’](?=\d{3}(?!\d))")


@dataclass(frozen=True, slots=True)
class NumberTable:
    """The number words of data/lexicons/numbers.yaml."""

    words: dict[str, int]
    scales: dict[str, int]
    suffixes: dict[str, int]
    fractions: dict[str, float]
    plurals: dict[str, int]
    ordinals: dict[str, int]


def digits_value(written: str) -> float | None:
    """The number that digits and separators write, None where two habits would read it differently.

    "1,234" and "1.000.000" have one reading, as has "1,5"; "1.000" is a thousand in Kyiv and one in London.
    """
    plain = re.sub(r"[\u00a0\u2009\u202f '’]", "", written).replace("\u066c", ",").replace("\u066b", ".")
    commas, points = plain.count(","), plain.count(".")
    if not commas and not points:
        return float(plain) if len(plain) <= 15 else None
    if commas and points:
        return _mixed(plain)
    mark = "," if commas else "."
    groups = plain.split(mark)
    thousands = _in_thousands(groups)
    if len(groups) > 2 or (thousands and mark == ","):
        return float("".join(groups)) if thousands else None
    if thousands and mark == ".":
        return None
    return float(".".join(groups))


def _in_thousands(groups: list[str]) -> bool:
    """Whether the groups can be the thousands of one number."""
    return 1 <= len(groups[0]) <= 3 and groups[0] != "0" and all(len(group) == 3 for group in groups[1:])


def _mixed(plain: str) -> float | None:
    """A number with commas and points: the mark that comes last, once, is the decimal one."""
    decimal = "," if plain.rfind(",") > plain.rfind(".") else "."
    other = "." if decimal == "," else ","
    whole, _, part = plain.rpartition(decimal)
    if decimal in whole or not _in_thousands(whole.split(other)):
        return None
    return float(whole.replace(other, "") + "." + part)


def number_value(written: str, table: NumberTable) -> float | None:
    """The value of a number in digits, words or both, None where it is no number or has two readings."""
    total, current, seen = 0.0, 0.0, False
    for word in _WORD.findall(_SPACED.sub("", written.casefold())):
        step = _step(word, table)
        if step is None:
            continue
        value, multiplies = step
        if value is None:
            return None
        if multiplies and value >= 1000:
            total, current = total + (current if seen and current else 1.0) * value, 0.0
        elif multiplies:
            current = (current or 1.0) * value
        else:
            current += value
        seen = True
    return total + current if seen else None


def _step(word: str, table: NumberTable) -> tuple[float | None, bool] | None:
    """What one word does to a number: its value and whether it multiplies; None if it is no part of one."""
    if word[0].isdecimal():
        return digits_value(word.rstrip(".,")), False
    if word in table.words:
        return float(table.words[word]), False
    if word in table.scales:
        return float(table.scales[word]), True
    if word == "half":
        return 0.5, False  # "two and a half million", "half a dozen": it adds up before the scale multiplies
    if word in table.suffixes:
        return float(table.suffixes[word]), True
    return None
