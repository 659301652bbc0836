"""The rules of lexicons/times.yaml, made ready to run."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from bywhom import lexicons
from bywhom.grounding.numbers import DIGITS, NumberTable
from bywhom.prose.patterns import ANY_BLANK, one_of


@dataclass(frozen=True, slots=True)
class TimeRule:
    """One way of writing a time: how it begins, what it looks like, which reading makes its value."""

    name: str
    first: list[str]
    pattern: str
    makes: str


@dataclass(frozen=True, slots=True)
class ClaimWords:
    """Words that tie the event of a claim to a date, or set it apart."""

    saying: list[str]
    relaying: list[str]
    unreal: list[str]
    standing: list[str]
    participles: list[str]
    past: list[str]
    onward: list[str]
    taking_up: list[str]
    common_names: list[str]


@dataclass(frozen=True, slots=True)
class BeforeWords:
    """Words right before an expression that show what it is."""

    months: frozenset[str]
    shouted_months: frozenset[str]
    seasons: frozenset[str]
    to_come: frozenset[str]
    numbers: frozenset[str]
    stretches: frozenset[str]


@dataclass(frozen=True, slots=True)
class TimeTable:
    """The words and rules of data/lexicons/times.yaml."""

    months: dict[str, int]
    weekdays: dict[str, int]
    only_with_number: list[str]
    needs_capital: list[str]
    given_names: list[str]
    vouching: list[str]
    before: BeforeWords
    seasons: dict[str, str]
    dayparts: dict[str, str]
    units: dict[str, str]
    shifts: dict[str, int]
    running_shifts: list[str]
    deictic: dict[str, int]
    vague: dict[str, str]
    sets: dict[str, str]
    feasts: dict[str, str]
    modifiers: dict[str, str]
    future_words: list[str]
    present_words: list[str]
    past_words: list[str]
    counted: list[str]
    pieces: dict[str, str]
    rules: list[TimeRule]
    starters: dict[str, list[str]]
    claims: ClaimWords


@dataclass(frozen=True, slots=True)
class ReadyRule:
    """A rule with its pattern compiled."""

    rule: TimeRule
    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class ClaimPatterns:
    """The words of `ClaimWords` as patterns."""

    saying: re.Pattern[str]
    told_of: re.Pattern[str]  # behind the word of saying: a date that follows is in what is said
    relaying: re.Pattern[str]  # ends where the date begins
    unreal: re.Pattern[str]
    standing: re.Pattern[str]
    past: re.Pattern[str]
    onward: re.Pattern[str]
    taking_up: re.Pattern[str]
    common_names: frozenset[str]


@dataclass(frozen=True)
class TimeRules:
    """The tables made ready for use: rules by the word they begin with."""

    table: TimeTable
    numbers: NumberTable
    starting: dict[str, tuple[ReadyRule, ...]] = field(repr=False)
    vague: re.Pattern[str] = field(repr=False)
    modifier: re.Pattern[str] = field(repr=False)
    tense: re.Pattern[str] = field(repr=False)
    shared_year: re.Pattern[str] = field(repr=False)
    vouching: frozenset[str] = field(repr=False)
    claims: ClaimPatterns = field(repr=False)


@lru_cache(maxsize=1)
def load_time_rules() -> TimeRules:
    """The shipped rules, compiled once."""
    return compile_rules(lexicons.load("lexicons/times", TimeTable), lexicons.load("lexicons/numbers", NumberTable))


def compile_rules(table: TimeTable, numbers: NumberTable) -> TimeRules:
    """The tables as rules that can be run."""
    pieces = _pieces(table, numbers)
    classes = _classes(table, numbers)
    starting: dict[str, list[ReadyRule]] = {}
    for rule in table.rules:
        ready = ReadyRule(rule, re.compile(_spelled_out(rule.pattern, pieces), re.IGNORECASE))
        for word in sorted({word for name in rule.first for word in classes[name]}):
            starting.setdefault(word, []).append(ready)
    return TimeRules(
        table=table,
        numbers=numbers,
        starting={word: tuple(rules) for word, rules in starting.items()},
        vague=re.compile(rf"(?:{_any([*table.vague, *table.sets])})\b", re.IGNORECASE),
        modifier=_modifier_pattern(table),
        tense=_tense_pattern(table),
        shared_year=re.compile(
            rf"\s?(?:and|to|or|until|through|-|–|,)\s?(?:\d{{1,2}}\s)?(?:{_any(table.months)})\.?(?:\s\d{{1,2}},?)?\s(?P<year>\d{{4}})\b",
            re.IGNORECASE,
        ),
        vouching=frozenset(table.vouching),
        claims=_claim_patterns(table.claims),
    )


def _any(words: Iterable[str]) -> str:
    return one_of(words, ANY_BLANK)


def _pieces(table: TimeTable, numbers: NumberTable) -> dict[str, str]:
    """What may stand in braces in a pattern."""
    words = [*numbers.words, *numbers.scales]
    spelled = rf"(?:{_any(words)})(?:[ -](?:and )?(?:{_any(words)})){{0,4}}"
    return {
        **table.pieces,
        "monthword": _any(table.months),
        "months": rf"(?P<months>{_any(table.months)})",
        "weekdays": rf"(?P<weekdays>{_any(table.weekdays)})",
        "seasons": rf"(?P<seasons>{_any(table.seasons)})",
        "dayparts": rf"(?P<dayparts>{_any(table.dayparts)})",
        "units": rf"(?P<units>{_any(table.units)})",
        "ordinals": rf"(?P<ordinals>{_any(numbers.ordinals)}|last|final)",
        "words": rf"(?P<words>{_any(numbers.words)})",
        "feasts": rf"(?P<feasts>{_any(table.feasts)})",
        "number": rf"(?P<number>{DIGITS}|{spelled})",
    }


def _classes(table: TimeTable, numbers: NumberTable) -> dict[str, list[str]]:
    """The first words that each name under `first` stands for."""
    return {
        **table.starters,
        "digit": ["#"],
        "months": list(table.months),
        "weekdays": list(table.weekdays),
        "seasons": list(table.seasons),
        "dayparts": list(table.dayparts),
        "units": list(table.units),
        "shifts": list(table.shifts),
        "ordinals": [*(word.split("-")[0] for word in numbers.ordinals), "last", "final"],
        "words": [*numbers.words, *numbers.scales],
        "deictic": list(table.deictic),
        "feasts": [feast.split()[0].split("'")[0] for feast in table.feasts],
    }


def _spelled_out(pattern: str, pieces: dict[str, str]) -> str:
    """A pattern of the data file as a regular expression: pieces put in, blanks and ~ made white space."""
    for _ in range(2):
        for name, piece in pieces.items():
            pattern = pattern.replace("{" + name + "}", piece)
    pattern = re.sub(r"\[([^\]]*) ([^\]]*)\]", lambda m: f"[{m[1]}\\s{m[2]}]", pattern)
    return pattern.replace("~", r"\s{0,3}").replace(" ", r"\s{1,3}")


def _modifier_pattern(table: TimeTable) -> re.Pattern[str]:
    """What may stand before an expression and sharpen it: "the end of", "early", "mid-"."""
    words, parts = _any(table.modifiers), _any(table.dayparts)
    return re.compile(
        rf"(?:\bthe\s)?(?:\bearly\s|\blate\s)?\b(?P<part>{parts})(?:\shours)?\s(?:of|on)\s$|(?:\bthe\s)?(?:\bvery\s)?\b(?P<word>{words})(?:\s(?:of|in)(?:\sthe)?\s|\s|-)$|\bthe\s$",
        re.IGNORECASE,
    )


def _tense_pattern(table: TimeTable) -> re.Pattern[str]:
    future, past, present = _any(table.future_words), _any(table.past_words), _any(table.present_words)
    return re.compile(
        rf"(?<![a-z])(?:(?P<future>{future})|(?P<present>{present})|(?P<past>(?:{past})|[a-z]{{3,20}}ed))(?![a-z])",
        re.IGNORECASE,
    )


def _claim_patterns(words: ClaimWords) -> ClaimPatterns:
    def pattern(form: str, listed: list[str]) -> re.Pattern[str]:
        return re.compile(form.replace("WORDS", f"(?:{_any(listed)})"), re.IGNORECASE)

    return ClaimPatterns(
        saying=pattern(r"(?<!united )\bWORDS\b", words.saying),
        told_of=pattern(r"[\s,]that\s|\s(?:WORDS|has|have|will|would)\s", words.past),
        relaying=pattern(r"(?<!was )(?<!were )\bWORDS\s(?:\w+\s){0,2}$", words.relaying),
        unreal=pattern(r"(?<!\w)WORDS\b", words.unreal),
        standing=_standing_pattern(words),
        past=pattern(r"\b(?:WORDS|[a-z]{3,20}ed)\b", words.past),
        onward=pattern(r"^\W*(?:but |and )?WORDS\b", words.onward),
        taking_up=pattern(r"^\W*(?:in |during |after )?WORDS\s[a-z]", words.taking_up),
        common_names=frozenset(words.common_names),
    )


def _standing_pattern(words: ClaimWords) -> re.Pattern[str]:
    """Verbs of a state: the present, and "has" without a participle."""
    participle = rf"(?:[a-z]{{3,20}}ed|{_any(words.participles)})\b"
    return re.compile(
        rf"\b(?:{_any(words.standing)})\b|\b(?:has|have)\b(?!\s(?:[a-z]{{2,15}}ly\s|also\s)?{participle})",
        re.IGNORECASE,
    )
