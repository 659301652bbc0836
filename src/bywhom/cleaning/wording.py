"""Rules of the lexicons made ready to look with: placeholders filled in, expressions compiled once per table."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from bywhom.cleaning.dates import date_pattern
from bywhom.cleaning.tables import CleaningTables, FlatRules, Rule
from bywhom.prose.patterns import one_of
from bywhom.records import BlockKind

_STRAIGHT = str.maketrans(
    {"’": "'", "‘": "'", "ʼ": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"'}
    | dict.fromkeys("‐‑‒–—―−", "-")
    | dict.fromkeys("\xa0\u2002\u2003\u2009\u202f\t\n\r\x0b\x0c\x85\u2028\u2029", " ")
)
_LETTERS = re.compile(r"[a-z'+-]*[a-z][a-z'+-]*")
_CAPITAL = r"(?-i:[A-ZÀ-ÖØ-Þ])"
_WORD = rf"{_CAPITAL}[\w'.-]*"


@dataclass(frozen=True, slots=True)
class Wording:
    """A rule that can be asked about a paragraph."""

    name: str
    kind: BlockKind
    phrases: frozenset[str]
    pattern: re.Pattern[str]
    unless: re.Pattern[str] | None
    longest: int

    def is_whole(self, plain: str, key: str) -> bool:
        """Whether the paragraph, straightened, is worded so from end to end."""
        if len(plain) > self.longest:
            return False
        if key in self.phrases:
            return True
        return bool(self.pattern.fullmatch(plain)) and not (self.unless and self.unless.search(plain))


@dataclass(frozen=True, slots=True)
class FlatWords:
    """The words by which furniture in a flattened page is known, compiled."""

    opener: re.Pattern[str]
    strict_opener: re.Pattern[str]
    people: re.Pattern[str]
    title_word: re.Pattern[str]
    link: re.Pattern[str]
    picture: re.Pattern[str]
    agency_line: re.Pattern[str]
    credit: re.Pattern[str]
    caption: re.Pattern[str]
    head_caption: re.Pattern[str]
    dated_end: re.Pattern[str]
    foot: re.Pattern[str]
    foot_end: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Wordings:
    """All rules of furniture.yaml, compiled."""

    whole: tuple[Wording, ...]
    heads: tuple[Wording, ...]
    heads_after_title: tuple[Wording, ...]
    tails: tuple[Wording, ...]
    insides: tuple[Wording, ...]
    comments_sure: re.Pattern[str]
    comments_likely: re.Pattern[str]
    comment_signs: re.Pattern[str]
    author_headings: frozenset[str]
    about_author: tuple[re.Pattern[str], ...]
    credit: re.Pattern[str]
    flat: FlatWords


def straight(words: str) -> str:
    """`words` with plain quotes, dashes and spaces, character for character."""
    return words.translate(_STRAIGHT)


def undecorated(plain: str) -> str:
    """Straightened words without the bullets and arrows before and after them."""
    plain = plain.strip()
    return re.sub(r"^[^\w\"'(©\[#@.-]+", "", plain, count=1) or plain


def letters(plain: str) -> str:
    """The words alone, in small letters: what phrases are compared by."""
    return " ".join(_LETTERS.findall(plain.lower())) if len(plain) <= 80 else ""


@lru_cache(maxsize=4)
def wordings(tables: CleaningTables) -> Wordings:
    """The furniture rules of `tables`, compiled."""
    table = tables.furniture
    filler = fillers(tables)
    return Wordings(
        whole=tuple(_wording(rule, filler) for rule in table.rules),
        heads=tuple(_wording(rule, filler) for rule in table.heads),
        heads_after_title=tuple(_wording(rule, filler) for rule in table.heads_after_title),
        tails=tuple(_wording(rule, filler) for rule in table.tails),
        insides=tuple(_wording(rule, filler) for rule in table.insides),
        comments_sure=any_of(table.comments.sure, filler),
        comments_likely=any_of(table.comments.likely, filler),
        comment_signs=any_of(table.comments.signs, filler),
        author_headings=frozenset(table.author_box.headings),
        credit=re.compile(filled(r"{agency}(?:\s/)?(?:\s[A-Z][\w'-]+){2,3}?(?=\s[A-Z])", filler)),
        flat=_flat_words(table.flattened, filler),
        about_author=tuple(any_of([pattern], filler) for pattern in table.author_box.about),
    )


def _flat_words(rules: FlatRules, filler: tuple[tuple[str, str], ...]) -> FlatWords:
    signed = "|".join(rules.credits)
    sure = "|".join(rules.sure_credits)
    return FlatWords(
        opener=_exactly(r"{opener}", filler),
        strict_opener=_exactly(rf"(?:{'|'.join(rules.strict_openers)})(?=\s)", filler),
        people=_exactly(rules.people, filler),
        title_word=_exactly("|".join(rules.title_words), filler),
        link=_exactly(rf"(?<=[.!?\")] )(?:{'|'.join(rules.links)})(?=\s[A-Z])", filler),
        picture=_exactly(rf"(?<=[.!?\"] )(?:{'|'.join(rules.pictures)})(?:\s\W+)?(?=\s[A-Z\d])", filler),
        agency_line=_exactly(
            rf"(?P<headline>(?:[^.!?\"()]|(?<=[A-Z])\.){{8,240}}?)\s(?P<line>{rules.agency_line})", filler
        ),
        credit=_exactly(rf"(?:Source:? [A-Z]\w+ )?\((?:(?P<sure>{sure})|{signed})\)(?=\s+[\"'(]?[A-Z\d]|\s*$)", filler),
        caption=any_of(rules.captions, filler),
        head_caption=any_of(rules.head_captions, filler),
        dated_end=_exactly(r"(?i:{date})[.]?$", filler),
        foot=_exactly(rf"(?<=[.!?\"] )(?:{'|'.join(rules.feet)})", filler),
        foot_end=any_of(rules.foot_ends, filler),
    )


def _exactly(pattern: str, filler: tuple[tuple[str, str], ...]) -> re.Pattern[str]:
    """`pattern` with its placeholders replaced, capitals as they stand."""
    return re.compile(filled(pattern, filler))


@lru_cache(maxsize=4)
def fillers(tables: CleaningTables) -> tuple[tuple[str, str], ...]:
    """What stands for {name}, {outlet}, {date} and the others in patterns."""
    date = date_pattern(tables.dates)
    agency = one_of(tables.datelines.agencies)
    small = one_of(tables.furniture.byline_words)
    token = rf"(?:{date}|\d{{1,2}}:\d\d|(?:{small})\b|{_WORD}|@\w+)"
    return (
        ("{name}", rf"{_WORD}(?:\s(?:{_WORD}|and|&|de|van|von|der|bin|al|el)){{0,5}}"),
        ("{outlet}", rf"{_CAPITAL}[\w'.&-]*(?:\s(?:{_CAPITAL}[\w'.&-]*|of|for|and|the)){{0,5}}"),
        ("{byline}", rf"{token}(?:[\s,|/&-]{{1,4}}{token}){{0,18}}[\s,.;:|]{{0,3}}"),
        ("{date}", date),
        (
            "{time}",
            r"(?:at\s)?(?:\d{1,2}:\d\d(?::\d\d)?|(?<=at\s)\d{4}\b|\d{4}(?=\s(?:\d|[ap]m\b|utc|gmt)))(?:\s?[ap]\.?m\.?)?(?:\s?\(?(?:gmt|utc(?:\+\d)?|est|edt|et|bst|msk|cet|eet|ist)\)?)?",
        ),
        ("{number}", r"(?:\d[\d,]*|no|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"),
        ("{platform}", "(?:" + "|".join(tables.furniture.platforms) + r")\b"),
        ("{opener}", rf"(?-i:\b(?:{'|'.join(tables.furniture.flattened.openers)})(?=\s)|(?<=\s)\"(?=[A-Z]))"),
        ("{agency}", rf"\b(?-i:{agency})\b"),
    )


def any_of(patterns: list[str], filler: tuple[tuple[str, str], ...]) -> re.Pattern[str]:
    """One expression for any of `patterns`, in any case; one that never matches where there are none."""
    return re.compile("|".join(f"(?:{filled(p, filler)})" for p in patterns) or r"(?!)", re.IGNORECASE)


def filled(pattern: str, filler: tuple[tuple[str, str], ...]) -> str:
    """`pattern` with its placeholders replaced."""
    for name, expression in filler:
        pattern = pattern.replace(name, f"(?:{expression})")
    return pattern


def _wording(rule: Rule, filler: tuple[tuple[str, str], ...]) -> Wording:
    return Wording(
        name=rule.name,
        kind=BlockKind(rule.kind),
        phrases=frozenset(letters(phrase) for phrase in rule.phrases),
        pattern=any_of(rule.patterns, filler),
        unless=any_of(rule.unless, filler) if rule.unless else None,
        longest=rule.longest,
    )
