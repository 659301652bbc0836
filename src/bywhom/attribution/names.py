"""Proper names in a line: runs of capitals, the people, bodies and outlets that they name."""

from __future__ import annotations

from collections.abc import Iterator

from bywhom.attribution.lexicon import Lexicon
from bywhom.attribution.line import Line, plain
from bywhom.records import Mention, SourceKind

_LONGEST_OUTLET = 5  # words
_NEXT_SENTENCE = frozenset({"The", "This", "These"})  # behind a name: the full stop before it was lost
_PLACES_BEFORE = frozenset("of in at from for with near on by within".split())  # "of X" is where or whose, not who


def is_shouted(line: Line) -> bool:
    """Whether the line is written in capitals throughout, so that they tell nothing."""
    letters = "".join(w.text for w in line.words if w.is_word)
    return len(letters) > 5 and letters.upper() == letters


def proper_runs(line: Line) -> list[tuple[int, int]]:
    """Runs of capitalised words, with "of", "and", "the" inside the names of bodies."""
    shouted = is_shouted(line)
    runs: list[tuple[int, int]] = []
    i = 0
    while i < len(line):
        if not _is_name_word(line, i, shouted):
            i += 1
            continue
        last = _run_end(line, i, shouted)
        runs.append((i, last))
        i = last
    return runs


def _run_end(line: Line, first: int, shouted: bool) -> int:
    j = first + 1
    while j < len(line):
        low = line.lows[j]
        if line.mark(j) in _NEXT_SENTENCE and not line.is_capital(j + 1) and not shouted:
            break
        if j > first + 1 and line.mark(j) == "The" and not shouted and opens_outlet(line, j):
            break  # "Anna Kolb The Herald's correspondent", its comma lost
        if _is_name_word(line, j, shouted):
            j += 1
        elif low in line.lex.phrases.particles and j + 1 < len(line) and _is_name_word(line, j + 1, shouted):
            j += 2
        elif low in {"of", "for", "and", "the"} and _links(line, first, j, shouted):
            j += 2 if low == "of" and line.low(j + 1) == "the" else 1
        elif _is_initial(line, j - 1) and line.mark(j) == "." and line.is_capital(j + 1):
            j += 1  # "J. R. Varga"
        elif line.mark(j) in {"“", '"', "”"} and line.is_capital(j + 1) and not shouted:
            j += 1
        else:
            break
    return j


def opens_outlet(line: Line, article: int) -> bool:
    """Whether the name of an outlet stands behind an article."""
    ends = range(article + 2, min(article + 1 + _LONGEST_OUTLET, len(line)) + 1)
    return any(line.is_capital(article + 1) and outlet_name(line.part(article, end)) for end in ends)


def _is_initial(line: Line, i: int) -> bool:
    return len(line.mark(i)) == 1 and line.is_capital(i)


def _is_name_word(line: Line, i: int, shouted: bool) -> bool:
    low, lex = line.lows[i], line.lex
    if not line.is_word(i) or not line.may_be_named(i):
        return False
    if shouted:
        return low not in lex.plain_words and low not in lex.role_kinds
    if low in lex.never_names and not line.mark(i).isupper():
        return False
    return not (i == 0 and low in lex.never_opens_name)


def _links(line: Line, first: int, link: int, shouted: bool) -> bool:
    """Whether "of" or "for" at `link` lies inside the name of a body: "Ministry of Defence", "Centre for Defence"."""
    after = link + (2 if line.lows[link] == "of" and line.low(link + 1) == "the" else 1)
    if after >= len(line) or not _is_name_word(line, after, shouted) or line.lows[link] == "and":
        return False
    bodies = line.lex.roles.body_words
    return any(w.text in bodies or w.text.title() in bodies for w in line.words[first:link])


# -- people -------------------------------------------------------------------------------------------------------------


def person_name(line: Line) -> str | None:
    """The personal name in a phrase, without titles; None where it names a body, a place, or nobody."""
    runs = sorted(proper_runs(line), key=lambda run: (_is_behind_body(line, run[0]), -run[0]))  # the last first
    for first, last in runs:
        if line.low(first - 1) in _PLACES_BEFORE and not _ends_office(line, first):
            continue
        behind_article = line.low(first - 1) == "the" and line.low(first - 2) in _PLACES_BEFORE
        cut, end = _without_titles(line, first, last)
        if (
            cut < end
            and (cut > first or not behind_article)
            and _may_be_person(line, (first, cut), end, last)
            and _shown_as_person(line, first, cut, end, last)
        ):
            return line.span(cut, end).of(line.text)
    return None


def _is_behind_body(line: Line, first: int) -> bool:
    """Whether the noun before a name says that it is a body's: "Jan Roth, head of the firm Ergo"."""
    return line.low(first - 1) in line.lex.phrases.not_persons


def _ends_office(line: Line, i: int) -> bool:
    """Whether word `i` ends the name of an office: "Secretary of [State] Anna Kolb"."""
    office = f"{line.low(i - 2)} {line.low(i - 1)} {line.low(i)}"
    known = office in line.lex.role_kinds or office in line.lex.phrases.whole
    return line.low(i - 1) == "of" and known and not line.is_role(i + 1)


def _without_titles(line: Line, first: int, last: int) -> tuple[int, int]:
    """A run cut after its last title and before marks at its end: "Defence Secretary John Smith" -> John Smith."""
    cut = first
    for i in range(first, last):
        cut = _title_end(line, cut, i, last)
    if line.low(first - 1) == "of" and cut == first:
        cut += 1  # the rest of an office: "Secretary of State Anna Kolb"
    end = last
    while end > cut and (not line.is_word(end - 1) or line.lows[end - 1] in line.lex.grammar.prepositions):
        end -= 1
    return cut, end


def behind_outlet(line: Line, first: int, last: int) -> int:
    """Where the paper ends in which somebody writes, its comma lost: "in the Harbour Post [Anna Kolb]"."""
    if line.low(first - 1) != "the" or line.low(first - 2) not in {"in", "for", "to"}:
        return first
    return next((k for k in range(last - 2, first, -1) if outlet_name(line.part(first, k)) is not None), first)


def _title_end(line: Line, cut: int, i: int, last: int) -> int:
    """Where the name may begin after word `i`: behind it if it is a title, a nation or their like."""
    lex, word = line.lex, line.mark(i)
    if word.rstrip(".").title() in lex.roles.titles or line.is_role(i):
        return i + 1
    if word.endswith(("'s", "’s")) and i + 1 < last:
        return i + 1 if any(w.text.title() in lex.roles.titles for w in line.words[i + 1 : last]) else cut
    nation = plain(word) in lex.adjectives and i + 1 < last
    return i + 1 if i == cut and (nation or word == ".") else cut


def _may_be_person(line: Line, starts: tuple[int, int], end: int, last: int) -> bool:
    """Whether nothing speaks against a person: no body word, outlet, nation or government, no role noun behind.

    `starts`: where the run of capitals begins with its titles, and without them.
    """
    first, cut = starts
    lex = line.lex
    words = line.span(cut, end).of(line.text)
    if any(w.text.title() in lex.roles.body_words for w in line.words[cut:end]):
        return False
    if line.low(cut) in {"of", "for", "and", "the"}:
        return False  # the rest of "Ministry of Health" behind its role noun
    listed = exact_body(words, lex) or outlet_name(line.part(cut, end)) or outlet_name(line.part(first, end))
    if listed or words.removeprefix("the ") in lex.adjectives or words in lex.government_of:
        return False
    return last >= len(line) or not (line.mark(end - 1).endswith(("'s", "’s")) or line.is_role(last))


def _shown_as_person(line: Line, first: int, cut: int, end: int, last: int) -> bool:
    """Whether a title, a role, a second name or the whole phrase shows that a person is named."""
    titled = cut > first
    shouted = is_shouted(line)
    role_before = line.is_role(first - 1) or line.low(first - 1) in {"named", "called", ","}
    alone = last - first == len(line)
    if shouted and not (titled or role_before or (end - cut == 1 and alone)):
        return False  # capitals say nothing in a text that has no others
    opens = first == 0 and line.low(last) in {",", "in", "at", "who"} and not shouted
    only_words = last - first == sum(w.is_word for w in line.words)
    return titled or role_before or opens or end - cut > 1 or only_words


# -- bodies and outlets -------------------------------------------------------------------------------------------------


def exact_body(words: str, lex: Lexicon) -> tuple[str, SourceKind] | None:
    """A body or government whose whole name this is, and its kind."""
    name = plain(clean(without_article(words)))
    government = name.removesuffix(" Government").removesuffix(" government")
    acronym = name.upper() if len(name) > 3 and name.istitle() else name  # "Nato", "Unicef", as some papers write them
    for candidate in (name, f"{name}.", name.removesuffix(" group"), government, acronym):
        if candidate in lex.body_names:
            return candidate, lex.body_names[candidate]
        if candidate in lex.government_of:
            return lex.government_of[candidate], SourceKind.OFFICIAL
    return None


def armed_group(words: str, lex: Lexicon) -> str | None:
    """The armed group that a phrase names among other words: "the terrorist group of X", "X group"."""
    marks = str.maketrans('(),;"', "     ")
    padded = f" {words.translate(marks)} "
    groups = lex.shouted_groups if padded.isupper() else lex.armed_groups
    return next((group for group in groups if f" {group} " in padded), None) or next(
        (group for group in lex.group_acronyms if f" {group.title()} " in padded), None
    )


def outlets_in(line: Line) -> tuple[str, ...]:
    """The outlets named in the line, in order."""
    return tuple(name for name, _ in outlets_at(line))


def outlets_at(line: Line) -> Iterator[tuple[str, Mention]]:
    """The outlets named in the line with the words that name them, in order."""
    i = 0
    while i < len(line):
        longest = min(_LONGEST_OUTLET, len(line) - i)
        names = ((size, outlet_name(line.part(i, i + size))) for size in range(longest, 0, -1))
        size, name = next(((size, name) for size, name in names if name), (1, None))
        inside = size == 1 and line.mark(i) in line.lex.roles.body_words and line.is_capital(i - 1)
        if name and not inside:  # "the Arvale Liberation Front" names no paper
            yield name, line.mention(i, i + size)
        i += size


def outlet_name(run: Line) -> str | None:
    """The outlet whose whole name these words are: a listed one, or one that ends like a paper."""
    lex = run.lex
    words = plain(clean(run.span(0, len(run)).of(run.text))).replace(" - ", "-")
    if words in lex.outlet_names:
        return lex.outlet_names[words]
    if len(run) == 1 and words.endswith("s") and words[:-1].isupper() and words[:-1] in lex.outlet_names:
        return lex.outlet_names[words[:-1]]  # a possessive that lost its apostrophe
    last = run.mark(len(run) - 1)
    ends = plain(last) in lex.roles.outlet_endings and last not in lex.phrases.unsure_endings
    opens = run.mark(0) in lex.roles.outlet_openings
    if (
        len(run) > 1
        and (ends or opens)
        and all(w.is_word and w.is_capital for w in run.words)
        and not run.is_role(len(run) - 1)
    ):
        return words.removeprefix("The ")
    return None


def joined(names: tuple[str, ...]) -> str:
    """Several names as one: "A, B and C"."""
    return f"{', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else names[0]


def without_article(words: str) -> str:
    """The words without the article that opens them."""
    first, _, rest = words.partition(" ")
    return rest if first.lower() in {"the", "a", "an"} and rest else words


def clean(words: str) -> str:
    """The words with single blanks, without marks at the ends."""
    return " ".join(words.split()).strip(" ,.")
