"""Numbers and bounds as worded, and what they count. Dates, ordinals and names with numbers in them count nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bywhom.grounding.numbers import NumberTable, number_value
from bywhom.grounding.quantityrules import QuantityRules, load_quantity_rules
from bywhom.grounding.timex import TimeExpression, TimeKind, find_times
from bywhom.prose.articles import without_article
from bywhom.records import Mention, Quantity, Span

__all__ = ["QuantityRules", "load_quantity_rules", "quantities_in"]


def quantities_in(text: str, span: Span | None = None, *, table: QuantityRules) -> tuple[Quantity, ...]:
    """The quantities inside a span, in text order."""
    span = span or Span(0, len(text))
    dates = [one for one in find_times(text, span, anchor=None, table=table.times) if _is_date(one)]
    return tuple(_Counter(text, span, table, dates).quantities())


def _is_date(one: TimeExpression) -> bool:
    """Whether an expression of time is a point of the calendar, so that its numbers count nothing."""
    return one.kind in (TimeKind.DATE, TimeKind.TIME) and one.rule not in ("ago", "units-ago", "vague")


_SIGNS = {"½": "1/2", "¼": "1/4", "¾": "3/4"}
_TELEPHONE = re.compile(r"\+\d{1,3}[\s-](?:\(?\d{1,5}\)?[\s-]?){2,5}")


_POSSESSIVE = re.compile(r"['’]s?$")
_ENDS_PHRASE = re.compile(r"\s?(?:and\b|or\b|[,.;]\s?|$)")
_HALF_OF_PLACE = re.compile(r"\b(?:\w+ern|first|second|latter|other|upper|lower|top|bottom)\s$", re.IGNORECASE)
_NAMED_BY_WORD = re.compile(r"\b(?:world war|group of)\s$", re.IGNORECASE)
_LISTED = re.compile(r"(?P<word>[^\W\d_]{3,})\s\d{1,4}(?:,\s\d{1,4})*(?:,?\s(?:and|or|to|through)\s|,\s)$")
_TOO_COMMON = frozenset({"at", "age", "aged", "level", "group", "day", "week", "page", "unit", "no", "number", "war"})
_HOUR = re.compile(r"(?:[01]\d|2[0-3])[.:]?[0-5]\d|\d[.:][0-5]\d")
_AT = re.compile(
    r"\b(?:at|by|until|from)\s(?:about\s|around\s|approximately\s|some\s|roughly\s|nearly\s)?$", re.IGNORECASE
)
_ZONE = re.compile(
    r"\s?(?:(?:and|to|-|–)\s?\d{1,2}[.:]?\d{2}\s)?(?:GMT|UTC|CET|EET|local time|Moscow time|Kyiv time|hours|hrs)\b",
    re.IGNORECASE,
)
_STATES = frozenset({"US", "UK", "UN", "EU", "UAE", "IS"})
_AND = re.compile(r"\s{1,2}(?:and|to)\s{1,2}", re.IGNORECASE)  # in "between 3 and 5"
_TO = re.compile(r"\s{1,2}(?:to|or)\s{1,2}|\s?[-–—]\s?", re.IGNORECASE)
_JOINED = re.compile(r"[\s-]?([^\W\d_]+)")
_RATED = re.compile(r"\sof\s\d")
_UNDER_AGE = re.compile(
    r"\b(?:children|boys|girls|kids|people|men|women|persons|those|anyone|adults|civilians)\s(?:aged\s)?(?:under|over|below|above)\s$",
    re.IGNORECASE,
)
_RATING = re.compile(r"\b(?:score|rating|rated|scored|grade)\s(?:of\s)?(?:\d+\s?/\s?)?$", re.IGNORECASE)
_RESULT = re.compile(
    r"\b(?:won|beat|beaten|lost|drew|defeated|match|game|victory|win|final)\b[^.\d]{0,22}\b\d{1,2}[-–]\d{1,2}\b(?!-)"
)


@dataclass(frozen=True, slots=True)
class _Range:
    low: float | None
    high: float | None
    approximate: bool = False


class _Counter:
    """Reads the numbers of one span."""

    def __init__(self, text: str, span: Span, rules: QuantityRules, dates: list[TimeExpression]) -> None:
        self.text, self.span, self.rules, self.table = text, span, rules, rules.table
        telephones = [Span(*found.span()) for found in _TELEPHONE.finditer(text, span.start, span.end)]
        spoken_for = [*(one.mention.span for one in dates), *telephones]
        self.taken = {at for part in spoken_for for at in range(part.start, part.end)}

    def quantities(self) -> Iterator[Quantity]:
        """Numbers from left to right, ranges as one."""
        position = self.span.start
        while match := self.rules.number.search(self.text, position, self.span.end):
            position = match.end()
            if not self._counts(match):
                continue
            second = self._range_end(match)
            if second is not None:
                position = second.end()
            found = self._quantity(match, second)
            if found is not None:
                yield found
                position = max(position, found.mention.end)

    # What counts nothing

    def _counts(self, match: re.Match[str]) -> bool:
        if match.start() in self.taken:
            return False
        if match["digits"] is not None:
            return not (self._part_of_name(match) or self._of_another_kind(match))
        if match["article"] and _RATED.match(self.text[match.end() : match.end() + 8]):
            return False
        if match["single"] is not None:
            return self._word_before(match.start()).lower() in self.table.single_before
        if match["spelled"] is not None:
            return self._spelled_counts(match)
        return True

    def _part_of_name(self, match: re.Match[str]) -> bool:
        """Whether the digits belong to a name: "Panther-2", "Su-34", "T-72", "Article 5", "Fort 2"."""
        start, end = match.start(), match.end()
        before, after = self.text[max(0, start - 1) : start], self.text[end : end + 2]
        if match["money"]:
            return False
        if (before in tuple("-–@#/_.,:№+") and self._dash_of_name(start)) or re.match(r"[^\W\d]|_", after):
            return True
        word = self._word_before_list(start) or self._word_before(start)
        plural = self._plural_follows(end)
        if word.lower().rstrip(".") in self.table.named_by_number and not match["percent"]:
            return not (plural and word.lower() in self.table.counts_before_plural)
        return self._number_of_a_name(word, start, end, plural)

    def _word_before_list(self, start: int) -> str:
        """The word before the first of several numbers: "Articles" for the second of "Articles 5 and 7"."""
        found = _LISTED.search(self.text[max(0, start - 40) : start])
        word = found["word"] if found else ""
        return word if word.lower() in self.table.named_by_number - _TOO_COMMON else ""

    def _dash_of_name(self, start: int) -> bool:
        mark, ahead = self.text[start - 1], self.text[max(0, start - 2) : start - 1]
        if mark in "-–":
            return (bool(ahead) and ahead.isalpha()) or ahead.isdigit()
        return mark in "@#/_№+" or ahead.isdigit()

    def _number_of_a_name(self, word: str, start: int, end: int, plural: bool) -> bool:
        """Whether a capitalised word right before makes the number a name's: not where things are counted after it."""
        if len(word) < 4 and word.isupper() and word not in _STATES:
            return True  # "T 72 tanks"
        name = without_article(word)
        if plural or not name or not name[0].isupper() or self._first_of_sentence(start - len(word) - 1):
            return False
        ahead = self.text[end : end + 5]
        if self._measures(self._word_after(end)) or (_POSSESSIVE.search(word) and _ENDS_PHRASE.match(ahead)):
            return False  # "at Gotland 30 km to the north", "Sweden’s 90 guns and Denmark’s 60."
        if self.text[start - 1] not in "  " or word.lower() in self.rules.times.table.weekdays:
            return False
        follows = self._word_after(end)
        return not (
            follows.lower() in self.table.fates or re.match(r"(?:more|others?|of|have|has|were|was|are)\b", follows)
        )

    def _of_another_kind(self, match: re.Match[str]) -> bool:
        """Whether digits are an ordinal, a time, an age, a calibre, a list number or a telephone number."""
        end = match.end()
        after = self.text[end : end + 14]
        if re.match(r"(?:st|nd|rd|th)\b|[:/]\d|-\d{3,}|°|['’′″]\d?", after, re.IGNORECASE):
            return True
        if re.match(r"[\s-]?(?:years?|months?)[\s-]olds?\b", self.text[end : end + 20], re.IGNORECASE):
            return True
        if self.rules.calibre.match(after):
            return True
        if self._clock(match) or _RATING.search(self.text[max(0, match.start() - 24) : match.start()]):
            return True
        before = self.text[max(0, match.start() - 4) : match.start()]
        first = not before.strip() and ("\n" in before or match.start() < 4)
        first = first or bool(re.search(r"[.!?:]\s+$", before))
        listed = re.match(r"[.)]\s", after) and first and len(match["digits"]) < 3
        return bool(listed) or self._age(match) or self._score(match) or self._limit_of_age(match)

    def _limit_of_age(self, match: re.Match[str]) -> bool:
        """Whether digits are an age that people are under or over: "children under 5"."""
        limited = _UNDER_AGE.search(self.text[max(0, match.start() - 40) : match.start()])
        return limited is not None and not self._plural_follows(match.end())

    def _clock(self, match: re.Match[str]) -> bool:
        """Whether digits are a time of day: "at about 1330", "between 11.30 and 12.00 local time"."""
        if not _HOUR.fullmatch(match["digits"].rstrip(".,")) or match["scale"] or match["percent"] or match["money"]:
            return False
        if match["digits"].startswith("0") or _ZONE.match(self.text[match.end() : match.end() + 40]):
            return True
        plural = self._plural_follows(match.end())
        return bool(_AT.search(self.text[max(0, match.start() - 24) : match.start()])) and not plural

    def _score(self, match: re.Match[str]) -> bool:
        """Whether digits are one of the two numbers of a result: "won 3-1", "beat them 2–0"."""
        around = self.text[max(0, match.start() - 30) : match.end() + 4]
        found = _RESULT.search(around)
        return found is not None and len(match["digits"]) < 3

    def _age(self, match: re.Match[str]) -> bool:
        """Whether a number stands between commas after a name: "Olena, 35, said"."""
        return bool(re.search(r"[A-Z]\w+,\s$", self.text[max(0, match.start() - 20) : match.start()])) and bool(
            re.match(r"(?:,|;|[.]?\s*$|\.\s|\s(?:and|who|was|is)\b)", self.text[match.end() : match.end() + 5])
        )

    def _spelled_counts(self, match: re.Match[str]) -> bool:
        word, end = match["spelled"].lower(), match.end()
        joined = re.match(r"-([a-z]+)", self.text[end : end + 20], re.IGNORECASE)
        if joined and joined[1].lower() not in self.table.hyphen_units:
            return False
        if re.match(r"[\s-]years?[\s-]olds?\b", self.text[end : end + 12], re.IGNORECASE):
            return False
        before = self.text[max(0, match.start() - 16) : match.start()]
        if word == "half":
            return self._half_counts(end) and not _HALF_OF_PLACE.search(before)
        if (word == "zero" or _NAMED_BY_WORD.search(before)) and not self._plural_follows(end):
            return False
        return self._one_counts(match) if word == "one" else True

    def _half_counts(self, end: int) -> bool:
        return bool(re.match(r"\s(?:of|a|an|the|his|its|their)\s", self.text[end : end + 8], re.IGNORECASE))

    def _one_counts(self, match: re.Match[str]) -> bool:
        """Whether "one" is the number: "one missile", not "one of them", "no one", "one can think"."""
        after, before = self._word_after(match.end()).lower(), self._word_before(match.start()).lower()
        bounded = self.rules.bound.search(self.text[max(self.span.start, match.start() - 24) : match.start()])
        if not after or after in self.table.one_not_before or (before in self.table.one_not_after and not bounded):
            return False
        rest = re.split(r"[.!?]\s", self.text[match.end() : match.end() + 200].lower())[0]
        return not any(f" {word} " in rest for word in self.table.one_contrasts)

    # Values

    def _range_end(self, match: re.Match[str]) -> re.Match[str] | None:
        """The second number of "20 to 30", "20-30", "between 3 and 5"."""
        if match["open"] or (match["percent"] and match["spelled"]):
            return None
        between = re.search(
            r"\bbetween\s$", self.text[max(self.span.start, match.start() - 9) : match.start()], re.IGNORECASE
        )
        found = (_AND if between else _TO).match(self.text, match.end(), self.span.end)
        second = self.rules.number.match(self.text, found.end(), self.span.end) if found else None
        if second is None or second["open"] or second.start() in self.taken:
            return None
        if match["percent"] and not second["percent"]:
            return None  # "rose 2 percent to 1,250 points"
        low, high = self._value(match), self._value(second)
        if low is None or high is None:
            return None
        scaled = self._scale(second) and not self._scale(match)  # "2 to 3 million"
        return second if low < high or scaled else None

    def _value(self, match: re.Match[str]) -> float | None:
        """The number that a match writes."""
        numbers = self.rules.numbers
        if match["open"]:
            return _open_value(match["open"].lower(), numbers)
        if match["fraction"]:
            return _fraction_value(match["fraction"].lower(), numbers)
        if match["digits"]:
            value = number_value(match["digits"].rstrip(".,"), numbers)
            value = value + _part_value(match["part"] or match["sign"]) if value is not None else None
            for word in (match["scale"], match["scale2"]):
                if word and value is not None:
                    value *= {**numbers.scales, **numbers.suffixes}[word.lower()]
            return value
        return 1.0 if match["single"] else number_value(match["article"] or match["spelled"], numbers)

    def _scale(self, match: re.Match[str]) -> float | None:
        """The scale written after digits, as in the second number of "2 to 3 million"."""
        word = (match["scale"] or "").lower()
        return {**self.rules.numbers.scales, **self.rules.numbers.suffixes}.get(word)

    def _quantity(self, match: re.Match[str], second: re.Match[str] | None) -> Quantity | None:
        value = self._value(match)
        if value is None:
            return None
        start, bound = self._bound(match.start())
        end = (second or match).end()
        while self.text[end - 1] in ".,":
            end -= 1
        unit, fate = self._unit(second or match, start)
        later = self._bound_after(end, unit)
        bound = bound or later or ("low" if match["plus"] else "")
        ends = self._ends(value, match, second, bound)
        words = unit.split(" ")[0] if second is None else ""
        end = self._with_measure(end, words)
        return Quantity(Mention.at(Span(start, end), self.text), ends.low, ends.high, ends.approximate, unit, fate)

    def _ends(self, value: float, match: re.Match[str], second: re.Match[str] | None, bound: str) -> _Range:
        if second is not None:
            high = self._value(second)
            scale = self._scale(second)
            if scale and not self._scale(match) and high is not None and value < high / scale:
                value *= scale
            return _Range(value, high, bound == "about")
        if match["open"]:
            return _Range(value, None, bound == "about")
        if bound == "low":
            return _Range(value, None)
        return _Range(None, value) if bound == "high" else _Range(value, value, bound == "about")

    def _bound(self, start: int) -> tuple[int, str]:
        """Where the wording of the number begins, and the bound it sets."""
        window = self.text[max(self.span.start, start - 24) : start]
        found = self.rules.bound.search(window)
        if not found:
            return start, ""
        word = re.sub(r"\s+", " ", found["word"].lower())
        return start - (len(window) - found.start()), self.table.bounds[word]

    def _bound_after(self, end: int, unit: str) -> str:
        """The bound behind the number or behind what is counted: "20 civilians at least"."""
        for position in (end, end + 1 + len(unit.split(" ", maxsplit=1)[0])):
            found = self.rules.after.match(self.text, position, min(self.span.end, position + 20))
            if found:
                return self.table.after[re.sub(r"\s+", " ", found["word"].lower())]
        return ""

    # What is counted

    def _unit(self, match: re.Match[str], start: int) -> tuple[str, str]:
        """What is counted and what became of it, as worded; and what became of it in one word for all that mean the same."""
        if match["money"]:
            return self.table.money[match["money"].upper()], ""
        currency = self._word_after(match.end()).lower()
        if currency in self.table.currencies:
            return self.table.currencies[currency], ""
        counted = self._counted(match.end())
        if match["percent"]:
            return f"per cent {counted}".strip(), ""
        fate = "" if self._measures(counted) else self._fate(start, match.end())
        return " ".join(part for part in (counted, fate) if part), self.table.fate_kinds.get(fate, fate)

    def _measures(self, counted: str) -> bool:
        """Whether what is counted is time or length, to which nothing happens: "five-year war"."""
        first = counted.split(" ", maxsplit=1)[0].lower()
        return first in self.rules.times.table.units or first.rstrip("s") in self.table.hyphen_units

    def _counted(self, end: int) -> str:
        """The words after a number up to a verb, a preposition or a mark."""
        tail = self.text[end : min(self.span.end, end + 80)]
        words: list[str] = []
        reached = 0
        for found in re.finditer(r"[\s-]{0,2}(?:(?:of|the)\s(?=\w)){0,2}((?:[A-Z]\.){2,}|[^\W\d_][\w’'-]*)", tail):
            word = found[1]
            if found.start() != reached or self._ends_phrase(word, words):
                break
            words.append(word)
            reached = found.end()
            if len(words) == 4:
                break
        return " ".join(words)

    def _ends_phrase(self, word: str, words: list[str]) -> bool:
        lower = word.lower()
        return (
            lower in self.table.stops
            or lower in self.table.fates
            or (bool(words) and re.fullmatch(r"[a-z]{3,}(?:ed|ing)", lower) is not None)
        )

    def _fate(self, start: int, end: int) -> str:
        """Killed, wounded, captured: the nearest such word before the number, else the first after it."""
        if re.search(r"\d\sof\s$", self.text[max(0, start - 8) : start]):
            return ""  # "18 of 29 bombers": the fate is that of the 18
        phrase = re.split(r"[.;:]|\band\b", self.text[max(self.span.start, start - 40) : start])[-1]
        before = re.findall(r"[^\W\d_]+", phrase)
        for word in reversed(before[-3:]):
            if word.lower() in self.table.fates:
                return self.table.fates[word.lower()]
        clause = re.split(r"[.;]\s|,\s", self.text[end : min(self.span.end, end + 120)])[0]
        for word in re.findall(r"[^\W\d_]+", clause):
            if word.lower() in self.table.fates:
                return self.table.fates[word.lower()]
        return ""

    def _with_measure(self, end: int, word: str) -> int:
        """The end of the wording with its unit of time or length, as in "three days" and "15 km"."""
        found = _JOINED.match(self.text, end, min(self.span.end, end + 20))
        return found.end() if found and found[1] == word and self._measures(word) else end

    # Words around

    def _word_before(self, start: int) -> str:
        found = re.search(r"([^\W\d_][\w.’'-]*)[\s  (]{1,2}$", self.text[max(0, start - 30) : start])
        return found[1] if found else ""

    def _word_after(self, end: int) -> str:
        found = re.match(r"[\s-]{1,2}([^\W\d_]+)", self.text[end : end + 30])
        return found[1] if found else ""

    def _plural_follows(self, end: int) -> bool:
        """Whether one of the next three words is a plural, so that something is counted."""
        words = re.findall(r"\s([^\W\d_]+)", re.split(r"[.,;:()]", self.text[end : end + 40])[0])[:3]
        return any(
            word.lower() in self.table.counted or (word[0].islower() and re.fullmatch(r"\w{2,}[^s]s", word))
            for word in words
        ) or any(word.isupper() and len(word) > 3 and word.endswith("S") for word in words)

    def _first_of_sentence(self, start: int) -> bool:
        before = self.text[max(0, start - 3) : max(0, start)].rstrip()
        return not before or before[-1] in ".!?:\n"


def _open_value(words: str, numbers: NumberTable) -> float:
    """The least that an open plural says: two of its scale ("dozens" is 24, "tens of thousands" 20,000)."""
    value = 1.0
    parts = re.findall(r"[a-z]+", words)
    for word in parts:
        value *= numbers.plurals.get(word, numbers.scales.get(word, 10 if word == "tens" else 1))
    return 2 * value


def _part_value(written: str | None) -> float:
    """The part behind a whole number: "1 1/2", "2½"."""
    if not written:
        return 0.0
    above, _, below = _SIGNS.get(written, written).partition("/")
    return int(above) / int(below)


def _fraction_value(words: str, numbers: NumberTable) -> float:
    """The share that a fraction writes, or the number ("a quarter of a million")."""
    count, part, *of = re.split(r"[\s-]", words)
    return numbers.words.get(count, 1) * numbers.fractions[part] * (numbers.scales[of[-1]] if of else 1)
