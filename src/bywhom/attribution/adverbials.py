"""What stands between a subject and its verb and belongs to neither: "the ministry [on Friday also] said"."""

from __future__ import annotations

from bywhom.attribution.line import Line

_NO_ADVERBS = frozenset("family italy july".split())  # -ly, but nouns


def skip_back(line: Line, end: int, start: int) -> int:
    """Where the subject ends whose verb stands at word `end`: over auxiliaries, adverbs, "both", "three years ago"."""
    i = end
    while i > start:
        before = _over(line, i, start)
        if before == i:
            break
        i = before
    return i


def _over(line: Line, i: int, start: int) -> int:
    """Where one adverbial that ends just before word `i` begins; `i` where none ends there."""
    size = next((size for size in (3, 2) if i - size > start and _tells_when(line, i - size, i)), 0)
    if size:
        return i - size
    if _is_adverb(line, i - 1) or _floats(line, i - 1, start):
        return i - 1
    if line.lows[i - 1] in line.lex.days and i - 1 > start:
        return i - 2 if line.lows[i - 2] in {"on", "late", "early", "last"} else i - 1
    return i


def _is_adverb(line: Line, i: int) -> bool:
    grammar, low = line.lex.grammar, line.lows[i]
    if low in grammar.auxiliaries:
        return low != "to"
    by_form = low.endswith("ly") and len(low) > 4 and low not in _NO_ADVERBS
    return by_form or low in grammar.adverbs or low in line.lex.phrases.mid_adverbs


def _floats(line: Line, i: int, start: int) -> bool:
    """Whether a word that goes back to the subject stands behind it: "the guard and the ministry [both] said"."""
    if line.lows[i] not in line.lex.phrases.floating or i <= start:
        return False
    return line.is_word(i - 1) and line.low(i - 1) not in line.lex.grammar.prepositions


def _tells_when(line: Line, first: int, last: int) -> bool:
    """Whether the words say when: "three years ago", "last week", "in 2018", "on 13 November"."""
    table, lows = line.lex.phrases, line.lows[first:last]
    if lows[-1] == "ago":
        return lows[-2] in table.units and len(lows) == 3
    if lows[-1] in table.units:
        return len(lows) == 2 and lows[0] in {"last", "this"}
    if lows[0] == "in":
        return len(lows) == 2 and (lows[1] in table.months or (lows[1].isdigit() and len(lows[1]) == 4))
    return lows[0] == "on" and len(lows) == 3 and bool({*lows[1:]} & table.months)
