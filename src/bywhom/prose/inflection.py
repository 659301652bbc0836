"""The forms English words take: enough to find a verb or a noun of a lexicon in running text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from bywhom import lexicons

_ONE_SYLLABLE = re.compile(r"^[^aeiou]*[aeiou][^aeiouwxy]$|^qu[aeiou][^aeiouwxy]$")
_ISE = re.compile(r"(?<=[a-z]{3})is(e|es|ed|ing|ation|ations|er|ers)$")
# Words in -ise that no dictionary writes with z.
_NEVER_Z = re.compile(
    r"(adv|surpr|comprom|exerc|superv|prom|prem|rev|dev|telev|improv|desp|enterpr|expert|no|prec|pro|ra|demise|disgu|franch|ar|w)is(e|es|ed|ing)$"
)
_OUR = {"armour": "armor", "behaviour": "behavior", "favour": "favor", "harbour": "harbor", "honour": "honor",
        "labour": "labor", "neighbour": "neighbor", "rumour": "rumor", "defence": "defense", "offence": "offense",
        "centre": "center", "manoeuvre": "maneuver", "programme": "program", "paralyse": "paralyze"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Irregular:
    """What the rules cannot know: data/lexicons/irregular-verbs.yaml."""

    verbs: dict[str, tuple[tuple[str, ...], tuple[str, ...]]]  # base -> pasts, participles
    doubling: frozenset[str]
    single: frozenset[str]
    nouns: dict[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class VerbForms:
    """Every written form of one verb."""

    base: tuple[str, ...]
    third: tuple[str, ...]
    past: tuple[str, ...]
    participle: tuple[str, ...]
    gerund: tuple[str, ...]

    @property
    def every(self) -> tuple[str, ...]:
        """All of them."""
        return (*self.base, *self.third, *self.past, *self.participle, *self.gerund)


@lru_cache(maxsize=1)
def irregular() -> Irregular:
    """The shipped table of irregular forms."""
    table: Irregular = lexicons.load("lexicons/irregular-verbs", Irregular)
    return table


def verb_forms(verb: str, table: Irregular) -> VerbForms:
    """All forms of a verb given in its base form, in British and American spelling."""
    pasts, participles = table.verbs.get(verb) or (_past(verb, table), _past(verb, table))
    forms = ((verb,), (_third(verb),), pasts, participles, _gerund(verb, table))
    return VerbForms(*(_spelt(group) for group in forms))


def noun_forms(noun: str, table: Irregular) -> tuple[str, ...]:
    """Singular and plural of a noun, in British and American spelling."""
    plurals = table.nouns.get(noun) or (_third(noun),)
    return _spelt((noun, *plurals))


def spellings(word: str) -> tuple[str, ...]:
    """The word as given and, where it differs, in American spelling."""
    american = _ISE.sub(r"iz\1", word) if not _NEVER_Z.search(word) else word
    for british, other in _OUR.items():
        american = american.replace(british, other)
    return (word,) if american == word else (word, american)


def _spelt(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(form for word in words for form in spellings(word)))


def _third(word: str) -> str:
    if re.search(r"[^aeiou]y$", word):
        return f"{word[:-1]}ies"
    if re.search(r"(s|x|z|ch|sh|[^aeiou]o)$", word):
        return f"{word}es"
    return f"{word}s"


def _past(verb: str, table: Irregular) -> tuple[str, ...]:
    if verb.endswith("e"):
        return (f"{verb}d",)
    if re.search(r"[^aeiou]y$", verb):
        return (f"{verb[:-1]}ied",)
    return tuple(f"{stem}ed" for stem in _stems(verb, table))


def _gerund(verb: str, table: Irregular) -> tuple[str, ...]:
    if verb.endswith("ie"):
        return (f"{verb[:-2]}ying",)
    if re.search(r"[^eoy]e$", verb) and verb != "be":
        return (f"{verb[:-1]}ing",)
    return tuple(f"{stem}ing" for stem in _stems(verb, table))


def _stems(verb: str, table: Irregular) -> tuple[str, ...]:
    """The stems that an ending is put to: doubled, single, or both where usage differs ("travelled", "traveled")."""
    if verb in table.single:
        return (verb,)
    if verb in table.doubling or _ONE_SYLLABLE.search(verb):
        return (verb + verb[-1],)
    if re.search(r"[^aeiou][aeiou]l$", verb):
        return (verb + "l", verb)
    return (verb,)
