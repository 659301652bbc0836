"""In which role a noun phrase speaks: the role noun that decides in it, and whose side or body that noun stands for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from bywhom.attribution.line import Line, plain
from bywhom.attribution.names import armed_group
from bywhom.records import SourceKind

_CIVIL = frozenset({"minister", "ministry", "government", "president"})
_DEFENCE = frozenset({"defence", "defense"})
_MEMBER = frozenset({"of", "from", "with", "at"})  # "Anna Kolb of the Relief Committee"
_TELLS = frozenset({"of", "from", "in", "at", "by"})  # what stands between a paper or a source and whose it is
_BEHIND_SOURCES = frozenset(
    {SourceKind.MILITARY, SourceKind.OFFICIAL, SourceKind.COMBATANT, SourceKind.ORGANISATION, SourceKind.WITNESS}
)
_ARMED = frozenset({"army", "armed", "military", "forces", "navy", "general", "colonel"})
_CHURCH = frozenset({"father", "brother", "sister", "mother"})
# Whom a body listed by name is among the kinds that its words tell of.
_BODY_ORDER = (
    SourceKind.MILITARY,
    SourceKind.COMBATANT,
    SourceKind.ORGANISATION,
    SourceKind.MEDIA,
    SourceKind.EXPERT,
    SourceKind.OFFICIAL,
)


def core_of(line: Line) -> Line:
    """The phrase up to its first preposition, relative clause or comma; "one of the women" is about the women."""
    of = line.find(1, 4, {"of"}) if line.low(0) in line.lex.phrases.partitives else None
    if of is not None and not any(line.is_role(i) for i in range(1, of)):  # "two residents of" are the residents
        return core_of(line.part(of + 1, len(line))) if of + 1 < len(line) else line
    table = line.lex.phrases
    ends = line.lex.grammar.relatives | table.core_ends | table.given_out | {",", "("}
    end = line.find(1, len(line), ends)
    return line.part(0, end) if end is not None else line


def head_of(core: Line, inside: Line) -> tuple[str, SourceKind | None]:
    """The role noun that decides, and its kind. "Ministry of Defence" is one noun; a spokesman takes his body's kind."""
    whole = _whole_head(inside)
    if whole is not None:
        return whole
    found = _last_head(core, inside)
    if found is not None:
        kind = _kind_of_head(core, inside, found)
        return found, SourceKind.EXPERT if kind is SourceKind.MILITARY and _is_expert(core, inside) else kind
    words = plain_words(core)
    if words and words[-1] in inside.lex.roles.issued:
        return words[-1], _issuer_kind(inside, words[-1])
    told = ((head, kind) for part in _appositions(inside) for head, kind in (head_of(core_of(part), part),) if head)
    return next(told, ("", _body_of_member(core, inside) or _told_behind(inside)))


def _is_expert(core: Line, inside: Line) -> bool:
    """Whether somebody of a rank speaks as one who studies war: "Colonel Varga, a military analyst"."""
    words = [plain_words(part) for part in (core, *map(core_of, _appositions(inside)))]
    return any(inside.lex.role_kinds.get(word) is SourceKind.EXPERT for part in words for word in part)


def _told_behind(inside: Line) -> SourceKind | None:
    """The kind that a clause behind a name tells: "Anna Kolb, who runs the observatory", "who served as head of the guard"."""
    who = inside.find(1, len(inside), {"who"})
    if who is None:
        return None
    part, table = inside.part(who + 2, len(inside)), inside.lex.phrases
    if inside.low(who + 1) in table.runs:
        return _body_kind(core_of(part), "")
    if inside.low(who + 1) in table.served and part.low(0) == "as":
        role = part.part(1, len(part))
        return head_of(core_of(role), role)[1] if role else None
    return None


def armed(inside: Line, kind: SourceKind | None) -> SourceKind | None:
    """The kind of a role: a commander or spokesman of an armed group is a combatant."""
    if kind not in {SourceKind.MILITARY, SourceKind.ORGANISATION}:
        return kind
    return SourceKind.COMBATANT if armed_group(inside.span(0, len(inside)).of(inside.text), inside.lex) else kind


def plain_words(line: Line) -> list[str]:
    """The words of a line in lower case, without possessive endings."""
    return [_bare(line, word.text, low) for low, word in zip(line.lows, line.words, strict=True) if word.is_word]


def _bare(line: Line, word: str, low: str) -> str:
    """A word in lower case without its possessive ending; some copy has lost its apostrophes: "the UNs envoy"."""
    bare = plain(low)
    role = bare[:-1] in line.lex.role_kinds and bare not in line.lex.role_kinds
    return bare[:-1] if bare.endswith("s") and (role or (len(word) > 2 and word[:-1].isupper())) else bare


def _last_head(core: Line, inside: Line) -> str | None:
    """The last role noun of a core, the longest that ends there."""
    words = plain_words(core)
    for end in range(len(words), 0, -1):
        for size in range(min(3, end), 0, -1):
            entry = " ".join(words[end - size : end])
            if entry in inside.lex.role_kinds:
                return entry
    return None


def _whole_head(inside: Line) -> tuple[str, SourceKind] | None:
    table = inside.lex.phrases
    words = " ".join(plain_words(inside))
    entry = next((entry for entry in table.whole if entry in words), None)
    if entry is None or any(part in words for part in table.not_whole):
        return None
    staff = entry == "chief of staff" and _ARMED.intersection(words.split())
    return entry, SourceKind.MILITARY if staff else table.whole[entry]


def _kind_of_head(core: Line, inside: Line, head: str) -> SourceKind:
    """The kind of a role noun, as whoever it stands for is named beside it."""
    kind = inside.lex.role_kinds[head]
    if kind is None:
        return _body_kind(inside, head) or SourceKind.OFFICIAL
    if head.rstrip("s") == "source":
        return _kind_of_source(inside, head)
    if kind is SourceKind.ANONYMOUS or head in inside.lex.roles.drawn_up:
        return _issuer_kind(inside, head) or kind
    if kind is SourceKind.MILITARY and head in inside.lex.roles.ranks:
        return _kind_of_rank(core, inside, head)
    if kind is SourceKind.OFFICIAL and head in inside.lex.roles.presides:
        return _kind_of_presiding(inside, head)
    if kind is SourceKind.ORGANISATION and _is_of_state(plain_words(core), inside):
        return SourceKind.OFFICIAL
    called_up = kind is SourceKind.WITNESS and not _CALLED_UP.isdisjoint(plain_words(core))
    if called_up or (head.rstrip("s") in _BANDS and _is_band(core, inside, head)):
        return SourceKind.COMBATANT
    return SourceKind.ORGANISATION if head in _CHURCH and _is_title(inside, head) else kind


_BANDS = frozenset({"alliance", "coalition", "faction", "front", "group", "movement", "network"})
_CALLED_UP = frozenset({"conscripted", "mobilised", "mobilized"})  # whatever they were before
_ARMS = frozenset({"armed", "extremist", "islamist", "paramilitary", "secessionist", "criminal"})


def _is_band(core: Line, inside: Line, head: str) -> bool:
    """Whether a group is one that bears arms: "an insurgent group", "the armed movement"."""
    words = _without(plain_words(core), head)
    return not _ARMS.isdisjoint(words) or SourceKind.COMBATANT in _kinds_named(words, inside)


def _is_of_state(words: Sequence[str], inside: Line) -> bool:
    """Whether an institution is called one of the state: "the National Resistance Center"."""
    table = inside.lex.roles
    at = next((i for i, word in enumerate(words) if word in table.state_words), len(words))
    return not table.state_bodies.isdisjoint(words[at + 1 :])


def _is_title(inside: Line, head: str) -> bool:
    """Whether a word stands as a title before a name: "Father Jan Varga"."""
    at = inside.find(0, len(inside), {head})
    return at is not None and at + 1 < len(inside) and inside.is_capital(at) and inside.is_capital(at + 1)


# -- whom a role noun stands for ----------------------------------------------------------------------------------------


def _kind_of_source(inside: Line, head: str) -> SourceKind:
    """The kind of a source without a name: "a military source" and "a source in the ministry" speak for a body."""
    words = [low for low in plain_words(inside) if low != head]
    told = next((kind for low in words if (kind := inside.lex.source_words.get(low))), None) or _body_kind(inside, head)
    if told in _BEHIND_SOURCES:
        return told
    at = inside.find(0, len(inside), {head})
    return SourceKind.OFFICIAL if at is not None and inside.low(at + 1) == "at" else SourceKind.ANONYMOUS


def _kind_of_rank(core: Line, inside: Line, head: str) -> SourceKind:
    """The kind of a commander or officer: of the rebels, of the police, of an army; an office outranks a rank."""
    words = [low for low in _without(plain_words(inside), head) if low not in _RANK_AND_FILE]
    padded = f" {' '.join(plain_words(core))} "
    office = any(f" {office} " in padded for office in inside.lex.roles.outrank)
    if office or ("police" in words and "military" not in words):
        return SourceKind.OFFICIAL
    return SourceKind.COMBATANT if SourceKind.COMBATANT in _kinds_named(words, inside) else SourceKind.MILITARY


_RANK_AND_FILE = frozenset(
    {"battalion", "commando", "crew", "paratrooper", "private", "tanker", "sergeant", "corporal"}
)


def _kind_of_presiding(inside: Line, head: str) -> SourceKind:
    """The kind of a president or secretary: of a state, or of the association that is named."""
    of = inside.find(0, len(inside), {"of"})
    whole = core_of(inside.part(of + 1, len(inside))) if of is not None else None
    if not whole or (inside.lex.nations.intersection(plain_words(whole)) and not _names_body(whole)):
        return SourceKind.OFFICIAL
    whose = _body_kind(whole, head)
    return SourceKind.ORGANISATION if whose is SourceKind.ORGANISATION else SourceKind.OFFICIAL


def _names_body(line: Line) -> bool:
    """Whether a body that is known by name stands among the words."""
    padded = f" {' '.join(word.text for word in line.words)} "
    return any(f" {name} " in padded for name in line.lex.roles.bodies)


def _issuer_kind(inside: Line, head: str) -> SourceKind | None:
    """The kind of whoever gave out figures, a report, a study: by the words before and by "from the ministry" behind."""
    at = inside.find(0, len(inside), {head.rsplit(" ", maxsplit=1)[-1]})
    if at is None:
        return None
    behind = inside.find(at + 1, len(inside), _TELLS)
    whose = inside.part(behind + 1, len(inside)) if behind is not None else None
    by_words = _body_kind(inside.part(0, at), head)
    return by_words or (head_of(core_of(whose), whose)[1] if whose else None)


def _body_of_member(core: Line, inside: Line) -> SourceKind | None:
    """The kind of the body to which somebody without a role noun belongs: "Anna Kolb, of the Relief Committee"."""
    behind = len(core) + (inside.mark(len(core)) == ",")
    whose = core_of(inside.part(behind + 1, len(inside))) if inside.low(behind) in _MEMBER else None
    return _body_kind(whose, "") if whose else None


def _appositions(line: Line) -> list[Line]:
    """The parts of a phrase between its commas and brackets, the first left out."""
    marks = [i for i, low in enumerate(line.lows) if low in {",", "(", ")"}]
    pieces = [line.part(a + 1, b) for a, b in pairwise([*marks, len(line)])]
    return [
        piece for piece in pieces if len(piece) and not piece.low(0).endswith("ing")
    ]  # not "speaking on state television"


def _body_kind(inside: Line, head: str) -> SourceKind | None:
    """The kind of the body that a spokesman, adviser or director speaks for; None where none is named."""
    lex = inside.lex
    civil = {"intelligence"} if head.rstrip("s") == "official" else set()  # their operatives are military
    rest = [low for low in _without(plain_words(inside), head) if low not in civil]
    kinds = set(_kinds_named(rest, inside))
    if lex.roles.learning.intersection(rest) and SourceKind.MILITARY in kinds:
        return SourceKind.EXPERT
    civilian = SourceKind.OFFICIAL in kinds and _CIVIL & set(rest) and not _DEFENCE & set(rest)
    of_state = SourceKind.MILITARY not in kinds and _is_of_state(rest, inside)
    if civilian or of_state or lex.roles.chambers.intersection(rest):
        return SourceKind.OFFICIAL
    padded = f" {' '.join(rest)} "
    if any(f" {union.lower()} " in padded for union in lex.roles.unions):
        return SourceKind.OFFICIAL
    if lex.roles.wards.intersection(rest):
        return SourceKind.WITNESS
    names = {kind for name, kind in lex.body_names.items() if f" {name.lower()} " in padded}
    return next((kind for kind in _BODY_ORDER if kind in (names or kinds)), None)


def _without(words: Sequence[str], head: str) -> list[str]:
    """The words without those of the head, wherever they stand together."""
    size = len(head.split())
    at = {i for i in range(len(words)) if head and " ".join(words[i : i + size]) == head}
    return [word for i, word in enumerate(words) if not any(i - size < k <= i for k in at)]


def _kinds_named(words: Sequence[str], inside: Line) -> Iterator[SourceKind]:
    """The kinds of the role nouns among these words; "defence ministry" is one noun, and no ministry besides."""
    i = 0
    while i < len(words):
        entries = ((size, " ".join(words[i : i + size])) for size in (3, 2, 1) if i + size <= len(words))
        known = ((size, inside.lex.role_kinds[entry]) for size, entry in entries if entry in inside.lex.role_kinds)
        size, kind = next(known, (1, None))
        if kind is not None and words[i : i + size] != ["private"]:
            yield kind
        i += size
