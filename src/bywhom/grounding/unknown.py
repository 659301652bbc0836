"""Names that no gazetteer holds, where the words around say plainly that they are places."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bywhom.grounding.around import Around, Unit, apposed, around, evidence, relation_of, unit_of, within
from bywhom.grounding.names import fold
from bywhom.grounding.setting import Setting
from bywhom.grounding.stretches import Stretch, Word, joint, run
from bywhom.grounding.toponym import Search, Toponym
from bywhom.grounding.toponymtable import ToponymTable
from bywhom.records import Mention, Span


def unknown(stretch: Stretch, i: int, search: Search) -> tuple[Toponym | None, int]:
    """A name that no gazetteer holds, where the words around it say plainly that it is a place."""
    words, table = stretch.words, search.table
    word = words[i]
    if stretch.capitals or stretch.headline or word.lower in table.no_unknown or _QUALITY.search(word.lower):
        return None, 1
    count = min(run(words, i), 3)
    at = around(words, i, count, table)
    unit, after = unit_of(words, i, count, at, table)
    holder = within(words, i + count, unit, search.gazetteer, table, search.countries)
    name = joint(words, i, count)
    alias = fold(name) in search.aliases or (fold(name) in search.unknown and at.before in table.locatives)
    if evidence(at, unit, holder, table) >= 2 and not alias:
        alias = any(e.country in search.countries for e in search.gazetteer.alike(name))
    if not alias and not _plainly_place(words, i, count, unit, at, table, after=after):
        return None, 1
    if word.lower in search.people or word.lower in table.given_names or word.text.isupper():
        return None, count
    if unit is None and at.after == "area":
        unit = Unit.QUARTER
    relation, widen = relation_of(words, i, count, at, table)
    mention = Mention.at(Span(word.start, words[i + count - 1].end), search.text)
    return Toponym(mention, name, (), unit, holder, Setting.EVENT, relation, widen, 3), count


def _plainly_place(
    words: Sequence[Word], i: int, count: int, unit: Unit | None, at: Around, table: ToponymTable, *, after: bool
) -> bool:
    if apposed(words, i + count, table):
        return True
    if at.after in {"area", "direction", "countryside"} and at.before in table.locatives:
        return True
    last = words[i + count - 1]
    if last.lower in table.body_words or last.lower in table.institution_words:
        return False
    if at.before in _BESIDE or (at.before in table.locatives and count == 1 and _JOINED.fullmatch(last.text)):
        return True
    article = i > 0 and words[i - 1].lower in {"the", "a", "an"}
    described = unit is Unit.SETTLEMENT and (
        article if after else at.before != "of" and at.second != "the"
    )  # "the Tuareg city"
    return unit in {Unit.SETTLEMENT, Unit.QUARTER, Unit.DISTRICT} and not described


_QUALITY = re.compile(
    r"-(?:held|controlled|run|led|backed|owned|born|dominated|majority|populated|ruled|occupied|era)$"
)
_BESIDE = frozenset({"near", "outside"})  # only places have surroundings
_JOINED = re.compile(r"[^\W\d_]+(?:-[a-zà-ÿ]{1,4})+-[^\W\d_]+")  # "Stratford-upon-Avon", "Châlons-sur-Marne"
