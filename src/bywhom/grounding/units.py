"""Military units in words: "2nd Battalion of the 10th Mountain Division" -> number, branch, size, and what it is part of."""

from __future__ import annotations

import re
from dataclasses import dataclass

_SIZES = (
    "army corps|army group|tank army|battalion tactical group|tactical group|air wing|task force"
    "|squad|platoon|company|battery|battalion|squadron|regiment|brigade|division|corps|army|fleet|flotilla|wing|legion"
)
_ONES = (
    "zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth \
fifteenth sixteenth seventeenth eighteenth nineteenth".split()
)
_TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}
_ROUND = {
    "twentieth": 20, "thirtieth": 30, "fortieth": 40, "fiftieth": 50, "sixtieth": 60, "seventieth": 70, "eightieth": 80,
    "ninetieth": 90, "hundredth": 100,
}  # fmt: skip
_IN_WORDS = (
    {word: number for number, word in enumerate(_ONES) if number}
    | _ROUND
    | {f"{ten}-{word}": value + n for ten, value in _TENS.items() for n, word in enumerate(_ONES[:10]) if n}
)
_WORDS = "|".join(sorted(_IN_WORDS, key=len, reverse=True))
# An ordinal in words begins with a capital: "the first battalion to arrive" is no First Battalion.
_NUMBER = (
    rf"(?P<n>\d{{1,4}})(?:st|nd|rd|th)?(?=\s)|(?:no\.? ?)(?P<no>\d{{1,4}})(?=\s)"
    rf"|(?=(?-i:[A-Z]))(?P<w>{_WORDS})(?=\s)|(?P<r>(?-i:[IVXL]{{1,6}}))(?=\s)"
)
# What may stand between number and size. Words of rank in an army ("separate") are dropped, the rest is the branch.
_DROPPED = frozenset("separate independent detached elite so-called".split())
_BRANCH = (
    "air|airborne|airmobile|amphibious|armored|armoured|anti-aircraft|artillery|assault|aviation|border|cavalry|combined|arms|commando"
    "|defence|defense|engineer|engineering|field|fighter|foreign|grenadier|guards|guard|heavy|helicopter|infantry|jaeger|jäger|jager|light"
    "|logistics|marine|marines|mechanised|mechanized|medical|missile|mobile|motor|motorised|motorized|mountain|national|naval|operational"
    "|panzer|panzergrenadier|parachute|paratroop|paratrooper|paratroops|presidential|rangers|ranger|reconnaissance|red|banner|republican"
    "|reserve|rifle|rifles|rocket|security|shock|signals|special|forces|operations|purpose|ss|spetsnaz|storm|submarine|support|tactical"
    "|tank|territorial|volunteer|waffen-ss|mechanical|separate|independent|detached|elite|so-called|combat|strike|drone|unmanned|systems|training"
)
_UNIT = re.compile(
    rf"(?:the\s+)?(?:{_NUMBER})\s+(?P<branch>(?:(?:{_BRANCH})\s+)*)(?P<size>{_SIZES})(?P<s>s?)\b"
    rf"|(?:the\s+)?(?P<n2>\d{{1,3}})(?:st|nd|rd|th)\s+(?P<bare>ss|marines|infantry|cavalry|airborne|panzer|rifles|rangers)\b",
    re.IGNORECASE,
)
_NAMED = re.compile(
    r"(?:the\s+)?(?P<name>[A-Z][\w’'-]+(?:\s[A-Z][\w’'-]+)?)\s+(?P<size>(?i:battalion|brigade|regiment|legion|division))$"
)
_OF = re.compile(r"\s*(?:,\s*|\s+(?:of|in|from|within)\s+)", re.IGNORECASE)
_SPELT = {
    "armoured": "armored", "mechanised": "mechanized", "motorised": "motorized", "defence": "defense", "marines": "marine",
    "jäger": "jaeger", "jager": "jaeger", "paratroop": "parachute", "paratrooper": "parachute", "rifles": "rifle",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit, and the units that it is part of, the smallest first."""

    number: int | None
    branch: tuple[str, ...]
    size: str
    named: str = ""  # the name that it bears instead of a number
    part_of: tuple[Unit, ...] = ()

    @property
    def name(self) -> str:
        """How it is called: "2nd Battalion, 10th Mountain Division"."""
        what = " ".join(
            word.upper() if word == "ss" else word.capitalize() for word in (*self.branch, *self.size.split())
        )
        own = f"{self.named or ordinal(self.number or 0)} {what}".strip()
        return ", ".join((own, *(unit.name for unit in self.part_of)))


def parse_unit(words: str) -> tuple[Unit, str] | None:
    """The unit that the words begin with, and the words after it; None where they begin with none."""
    match = _UNIT.match(words)
    if match is None:
        return _named_unit(words)
    if match["s"]:  # "12 brigades": so many, and none in particular
        return None
    unit, rest = _unit(match), words[match.end() :]
    parents: list[Unit] = []
    while (link := _OF.match(rest)) and (further := _UNIT.match(rest, link.end())):
        parents.append(_unit(further))
        rest = rest[further.end() :]
    return (Unit(unit.number, unit.branch, unit.size, part_of=tuple(parents)) if parents else unit), rest


def _named_unit(words: str) -> tuple[Unit, str] | None:
    match = _NAMED.match(words)
    return (Unit(None, (), match["size"].lower(), match["name"]), "") if match else None


def _unit(match: re.Match[str]) -> Unit:
    if match["bare"]:
        return Unit(int(match["n2"]), (match["bare"].lower(),), "")
    words = (word.lower() for word in match["branch"].split())
    branch = tuple(_SPELT.get(word, word) for word in words if word not in _DROPPED)
    return Unit(_number(match), branch, " ".join(match["size"].lower().split()))


def _number(match: re.Match[str]) -> int:
    if digits := match["n"] or match["no"]:
        return int(digits)
    return _IN_WORDS[match["w"].lower()] if match["w"] else _roman(match["r"])


def _roman(letters: str) -> int:
    values = [{"I": 1, "V": 5, "X": 10, "L": 50}[letter] for letter in letters.upper()]
    return sum(-v if v < max(values[i:]) else v for i, v in enumerate(values))


def ordinal(number: int) -> str:
    """The number as it stands in a unit's name: 1st, 22nd, 113th."""
    ending = "th" if 10 <= number % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"
