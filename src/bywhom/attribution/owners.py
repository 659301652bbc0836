"""People and bodies named only by whose they are: "my husband" is the husband of whoever speaks."""

from __future__ import annotations

from dataclasses import replace

from bywhom.attribution.names import without_article
from bywhom.attribution.naming import Named
from bywhom.records import SourceKind

_SPEAKER = frozenset({"my", "our"})
_TOLD_OF = {"his": "he", "her": "she"}
_SPOUSES = {"husband": "wife", "wife": "husband"}
_NOBODY = frozenset({None, SourceKind.ANONYMOUS, SourceKind.DOCUMENT})  # "his figures", "her remarks"


def owner(named: Named) -> str | None:
    """The possessive pronoun that opens a description, in lower case."""
    first = named.mention.text.split()[0].lower()
    somebody = bool(named.head) and named.kind not in _NOBODY and not named.proper
    described = somebody and named.name.lower().startswith(f"{first} ")
    return first if described and (first in _SPEAKER or first in _TOLD_OF) else None


def is_speakers(named: Named) -> bool:
    """Whether somebody is told of as the speaker's own: "my husband"."""
    return owner(named) in _SPEAKER


def owner_as_pronoun(named: Named) -> Named | None:
    """The pronoun by which the owner can be found: "he" in "his brother"."""
    form = _TOLD_OF.get(owner(named) or "")
    return replace(named, pronoun=form) if form else None


def of_owner(named: Named, whose: str | None) -> Named:
    """The description without its pronoun: "husband of Anna Kolb", or "husband" where nobody knows whose.

    What tells more of somebody stands for the owner: "brother, a sailor"; the husband of the wife of a miner is the miner.
    """
    rest = named.name.partition(" ")[2]
    spouse, _, partner = (whose or "").partition(" of ")
    if partner and _SPOUSES.get(rest) == spouse.lower():
        return replace(named, name=without_article(partner))
    told = whose if "," not in rest and " of " not in rest else None
    return replace(named, name=f"{rest} of {told}" if told else rest)
