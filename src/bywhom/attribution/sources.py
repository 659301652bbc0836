"""The cast of one report: who speaks in it, and whom a pronoun, a surname or a description comes back to.

Nothing resolved beats wrongly resolved: a pronoun without a fitting speaker before it stays unresolved, and the source
is then an explicit unknown.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice

from bywhom.attribution.lexicon import Lexicon
from bywhom.attribution.line import Line
from bywhom.attribution.naming import Named
from bywhom.attribution.roster import Roster, name_words
from bywhom.prose.quotations import QuotationIndex
from bywhom.records import Channel, Hop, Mention, Resolution, Source, SourceKind

_ACRONYM = re.compile(r"\(([A-Z][A-Za-z.&-]{1,9})\)")
_FIT = 2  # a description comes back to somebody when at least two things fit: head and kind, or head and a modifier
_MEMORY = 200  # speakers: who has not spoken for so many is not meant by "he" or "the official"
_BASED = ("-based", "-run")  # where somebody sits tells nobody apart
_SENTENCE_ENDS = frozenset(".!?\n")
_PERSON_ENDINGS = ("er", "or", "ist", "ian", "ant", "ete", "man", "woman", "ee")
_SPOKE_NEAR = 500  # characters after somebody's words in which "the former adviser" may mean who spoke them
_NEAR = 300  # characters before a pronoun in which one person named is meant by it
_TOLD_OF = 900  # characters before "the women" in which they were told of


@dataclass(slots=True, eq=False)
class Speaker:
    """Somebody who answers for contents of this report."""

    name: str | None
    kind: SourceKind
    person: bool
    plural: bool
    proper: bool
    heads: set[str] = field(default_factory=set)
    modifiers: set[str] = field(default_factory=set)
    outlet: str | None = None
    relays: tuple[Hop, ...] = ()  # through whose hands this speaker's words came, where the text said so
    channel: Channel | None = None
    spoke_at: int = 0  # where in the text the last sentence of theirs ends
    issues_papers: bool = False  # speaks through a report, statement, proposal
    called: str | None = None  # "he" or "she", where the report has shown which


class Cast:
    """The speakers of one report, in the order in which they spoke."""

    def __init__(
        self, lines: Sequence[Line], text: str, lexicon: Lexicon, quoted: QuotationIndex | None = None
    ) -> None:
        self._lexicon = lexicon
        self._quoted = quoted
        self._text = text
        self._acronyms = _acronyms(text)
        self.roster = Roster(lines)
        self._spoken: dict[int, Speaker] = {}  # by identity, who spoke last at the end
        self._latest: dict[str | None, Speaker] = {}  # name -> who spoke last under it

    @property
    def last(self) -> Speaker | None:
        """Who spoke last."""
        return next(self._recent(), None)

    def speak(self, speaker: Speaker) -> None:
        """Note that `speaker` spoke last."""
        self._spoken.pop(id(speaker), None)
        self._spoken[id(speaker)] = speaker
        self._latest[speaker.name] = speaker

    def before(self, speaker: Speaker) -> Speaker | None:
        """Which other person spoke last."""
        return next((one for one in self._recent() if one is not speaker and one.person), None)

    def channel_of(self, name: str | None) -> Channel | None:
        """The channel through which somebody of this name spoke."""
        spoke = self._latest.get(name)
        return spoke.channel if spoke is not None else None

    def find(self, named: Named) -> tuple[Speaker | None, Resolution]:
        """The speaker a phrase stands for, made if new; None for a pronoun that comes back to nobody."""
        if named.pronoun is not None:
            return self._by_pronoun(named), Resolution.PRONOUN
        if named.name in self._acronyms:
            named = replace(named, person=False)  # "(RC)" stood behind a body's name
        if named.proper and named.person:
            return self._by_name(named)
        if named.definite or named.proper:
            known = self._by_description(named) or self._redescribed(named)
            if known is not None:
                return known, Resolution.DESCRIPTION if known.name != named.name else Resolution.NAMED
            body = self._body_in_full(named)
            if body is not None:
                return self._new(body), Resolution.DESCRIPTION
        return self._new(named), Resolution.NAMED

    def find_first(self, named: Named, after: int) -> Speaker | None:
        """Whom an indefinite description in a lead turns out to be: the first person of that role named below it."""
        if named.head:
            nation = named.modifiers & self._lexicon.nations
            introduced = self.roster.first_in_role(named.head, after)
            person = next((p for p in introduced if nation <= p.modifiers), None)
            if person is not None:
                return self._by_name(person)[0]
        table = self._lexicon.roles.comes_back_to
        words = table.get(named.head) or table.get(named.head.rsplit(" ", maxsplit=1)[-1], ())
        body = self.roster.first_body(words, after)
        return (self._by_description(body) or self._new(body)) if body is not None else None

    def _recent(self) -> Iterator[Speaker]:
        return islice(reversed(self._spoken.values()), _MEMORY)

    # -- pronouns and names ------------------------------------------------------------------------------------------

    def _by_pronoun(self, named: Named) -> Speaker | None:
        match named.pronoun:
            case "he" | "she" | "him" | "her":
                return self._he_or_she(named.mention.start, "she" if named.pronoun in {"she", "her"} else "he")
            case "they" | "them":
                return next((s for s in self._recent() if s.plural or not s.proper or s.issues_papers), None)
            case "it":
                return next((s for s in self._recent() if not s.person), None)
            case _:
                return None

    def _he_or_she(self, position: int, form: str) -> Speaker | None:
        """The person meant by "he" or "she": named since the last speaker spoke, or else who spoke last and may be called so."""
        spoken = next((s for s in self._recent() if s.person and not s.plural), None)
        fitting = next((s for s in self._recent() if s.person and not s.plural and s.called in {None, form}), None)
        found = self._person_before(position, spoken.spoke_at if spoken else 0, form) or fitting
        if found is not None:
            found.called = form
        return found

    def _person_before(self, position: int, after: int, form: str) -> Speaker | None:
        """The one person named just before `position` and since the last speaker spoke; of several, who heads the last sentence."""
        near = self.roster.people.between(max(after, position - _NEAR), position)
        told = [p for p in near if self._quoted is None or not self._quoted.touching(p.mention.span)]
        fitting = [p for p in told if "\n" not in self._text[p.mention.end : position] and self._may_be_called(p, form)]
        shown = [p for p in fitting if self._shown(p) == form]
        named = shown or [p for p in fitting if p.kind is not None] or [p for p in fitting if self._heads_sentence(p)]
        if len({p.name for p in named}) > 1:
            named = [p for p in fitting if self._opens_sentence(p)][-1:]
        return self._by_name(named[-1])[0] if len({p.name for p in named}) == 1 else None

    def _may_be_called(self, person: Named, form: str) -> bool:
        """Whether nothing that the report has shown speaks against calling somebody so."""
        known = self._latest.get(person.name)
        return self._shown(person) in {None, form} and (known is None or known.called in {None, form})

    def _shown(self, named: Named) -> str | None:
        """Which of "he" and "she" a title or role beside a name shows."""
        words = {named.head, *named.modifiers}
        return next((form for form, shown in self._lexicon.phrases.sexes.items() if words & shown), None)

    def _opens_sentence(self, person: Named) -> bool:
        before = self._text[max(0, person.mention.start - 3) : person.mention.start]
        return not before.strip(" \t") or before.rstrip(" \t")[-1:] in _SENTENCE_ENDS

    def _heads_sentence(self, person: Named) -> bool:
        """Whether somebody of whose name the report knows two words opens a sentence: "Osei was right when he said"."""
        full = self.roster.fullest(person.name)
        return self._opens_sentence(person) and " " in (full.name if full else person.name)

    def _by_name(self, named: Named) -> tuple[Speaker, Resolution]:
        full = self.roster.fullest(named.name)
        name = full.name if full else named.name
        speaker = self._latest.get(name)
        if speaker is None:
            kind = named.kind or (full.kind if full else None) or SourceKind.OFFICIAL
            speaker = Speaker(name, kind, person=True, plural=False, proper=True)
        for seen in (full, named):
            if seen is not None and seen.head:
                speaker.heads.add(seen.head)
                speaker.modifiers |= seen.modifiers
                speaker.outlet = speaker.outlet or seen.outlet
            if seen is not None:
                speaker.called = speaker.called or self._shown(seen)
        return speaker, Resolution.NAMED if name == named.name else Resolution.SURNAME

    # -- descriptions ------------------------------------------------------------------------------------------------

    def _by_description(self, named: Named) -> Speaker | None:
        exact = self._latest.get(self._acronyms.get(named.name, named.name)) or self._latest.get(named.name)
        if exact is not None:
            return exact
        issued = self._lexicon.roles.issued
        if named.head in issued or named.head.rstrip("s") in issued:
            return self._issuer(named)
        best = max(self._recent(), key=lambda speaker: self._fit(named, speaker), default=None)
        if best is not None and self._fit(named, best) >= _FIT:
            return best
        return self._person_described(named) or self._group_described(named)

    def _redescribed(self, named: Named) -> Speaker | None:
        """The person who spoke just before, told of in other words: "the former adviser", "the 25-year-old athlete"."""
        if not named.person:
            return self._outlets_redescribed(named) or self._body_redescribed(named)
        one = named.definite and not (named.plural or named.proper)
        last = next((s for s in self._recent() if s.person and (s.proper or s.heads) and not s.plural), None)
        if not one or last is None or not -_SPOKE_NEAR < named.mention.start - last.spoke_at < _SPOKE_NEAR:
            return None
        return last if self._is_somebody(named) and self._may_mean(named, last) else None

    def _outlets_redescribed(self, named: Named) -> Speaker | None:
        """The outlets that spoke together just before, called so: "the news outlets"."""
        last = next((s for s in self._recent() if s.kind is SourceKind.MEDIA), None)
        joint = last is not None and last.proper and " and " in (last.name or "")
        several = named.kind is SourceKind.MEDIA and named.plural and named.definite and not named.proper
        return (
            last
            if last is not None and joint and several and named.mention.start - last.spoke_at < _SPOKE_NEAR
            else None
        )

    def _body_redescribed(self, named: Named) -> Speaker | None:
        """The body that spoke just before, called by what it is: "the rights group", "the alliance"."""
        last = next((s for s in self._recent() if s.proper and not s.person), None)
        if last is None or named.proper or named.plural or not 0 <= named.mention.start - last.spoke_at < _SPOKE_NEAR:
            return None
        head = named.head.rsplit(" ", maxsplit=1)[-1]
        fits = named.definite and head in self._lexicon.roles.bodies_are.get(last.kind, ())
        nation = named.modifiers & self._lexicon.nations
        return last if fits and not (nation and not nation & name_words(last.name or "")) else None

    def _is_somebody(self, named: Named) -> bool:
        """Whether the noun of a description is one of persons: a role, or a word that ends like one."""
        core = re.split(r"\b(?:of|for|from|in|at|who)\b", named.mention.text.lower())[0].split()
        return bool(core) and (core[-1] in self._lexicon.role_kinds or core[-1].endswith(_PERSON_ENDINGS))

    def _may_mean(self, named: Named, speaker: Speaker) -> bool:
        """Whether nothing in a description speaks against a person: another nation, another office."""
        nation, theirs = named.modifiers & self._lexicon.nations, speaker.modifiers & self._lexicon.nations
        if nation and theirs and not nation & theirs:
            return False
        words = named.mention.text.lower().split()
        if self._lexicon.roles.past.intersection(words):
            return True
        if "of" in words and not self._content_words(named) & speaker.modifiers:
            return False  # "the head of the guard" is introduced by what he heads
        office = named.head in self._lexicon.role_kinds and named.head not in self._lexicon.roles.broad
        return not office or not speaker.heads or self._same_head(named.head, speaker.heads)

    def _issuer(self, named: Named) -> Speaker | None:
        """Who issued "the statement": who spoke through papers last, or else in his own name; media issue only reports."""
        papers = next((s for s in self._recent() if s.issues_papers), None)
        report = named.head.rstrip("s") == "report"
        return papers or next(
            (s for s in self._recent() if s.proper and (report or s.kind is not SourceKind.MEDIA)), None
        )

    def _person_described(self, named: Named) -> Speaker | None:
        """Somebody introduced in the text who has not spoken yet: "the republic's leader"."""
        if not named.head or not named.definite:
            return None
        words = self._content_words(named)
        before = self.roster.in_roles.before(named.mention.start)
        fits = (p for p in before if words & p.modifiers and self._same_head(named.head, {p.head}))
        person = next(fits, None)
        return self._by_name(person)[0] if person is not None else None

    def _group_described(self, named: Named) -> Speaker | None:
        """The group told of just before: "the women" are those "dozens of wives and mothers of soldiers"."""
        bare = named.plural and not self._content_words(named) - {named.head}
        if not bare or named.head not in self._lexicon.roles.comes_back_to:
            return None
        start = named.mention.start
        near = self.roster.groups.between(max(0, start - _TOLD_OF + 1), start)
        fits = [d for d in near if self._same_head(named.head, {d.head}) and len(d.modifiers) > 1]
        return self._new(fits[-1]) if fits else None

    def _body_in_full(self, named: Named) -> Named | None:
        """The body whose full name stands elsewhere in the text: "the Observatory" is "Arvale Observatory for Peace"."""
        words = {word for word in name_words(named.name) if not word.endswith(_BASED)}
        if named.person or len(words) != 1 or not words & self._lexicon.body_words_low:
            return None
        return self.roster.nearest_body(words, named.mention.start)

    def _fit(self, named: Named, speaker: Speaker) -> int:
        """How many things speak for the description meaning this speaker; 0 where something speaks against it."""
        if named.plural != speaker.plural and not speaker.plural and speaker.person:
            return 0
        words = self._content_words(named)
        head = self._same_head(named.head, speaker.heads)
        if speaker.proper and not speaker.person:
            own = named.proper and not words & name_words(speaker.name or "")
            return 0 if own else _fit_of_body(words, speaker, head=head)
        if named.proper:
            return 0  # a body of its own name is nobody described before
        if not head or len(words - speaker.modifiers - speaker.heads) > 2:
            return 0  # another role, or too much that is new: somebody else
        nation = named.modifiers & self._lexicon.nations
        if nation and speaker.modifiers and not nation <= speaker.modifiers:
            return 0
        return 2 + len(words & speaker.modifiers)

    def _same_head(self, head: str, heads: set[str]) -> bool:
        """Whether a later head may stand for one of the earlier heads: the same word, or a broader one."""
        if not head:
            return False
        last = head.rsplit(" ", maxsplit=1)[-1]
        lasts = {h.split(" ")[-1] for h in heads}
        table = self._lexicon.roles.comes_back_to
        broader = {*table.get(head, ()), *table.get(last, ())}
        return head in heads or last in lasts or bool(broader & (heads | lasts))

    def _content_words(self, named: Named) -> frozenset[str]:
        return frozenset(word for word in named.modifiers - self._lexicon.phrases.empty if not word.endswith(_BASED))

    def _new(self, named: Named) -> Speaker:
        name = self._acronyms.get(named.name, named.name)
        known = self._latest.get(name)
        if known is not None and known.proper:
            return known
        kind = named.kind or SourceKind.ANONYMOUS
        if name != named.name and kind in {SourceKind.ANONYMOUS, SourceKind.WITNESS}:  # letters told no role
            kind = _kind_of_body(name, self._lexicon)
        heads = {named.head} if named.head else {"outlet"} if kind is SourceKind.MEDIA else set()
        made = Speaker(name, kind, named.person, named.plural, named.proper, heads, set(named.modifiers), named.outlet)
        made.called = self._shown(named)
        return made


def source_of(speaker: Speaker, named: Named, resolution: Resolution) -> Source:
    """The source record of a speaker mentioned so."""
    return Source(speaker.name, speaker.kind, named.mention, resolution)


def carried(speaker: Speaker, mention: Mention | None) -> Source:
    """The source record of a speaker who simply goes on."""
    return Source(speaker.name, speaker.kind, mention, Resolution.CARRIED)


def _fit_of_body(words: frozenset[str], speaker: Speaker, *, head: bool) -> int:
    """How well a description fits a body with a name: its head, the words of its name, nothing foreign."""
    name = name_words(speaker.name or "")
    new = len(words - name - speaker.modifiers)
    foreign = new > (1 if head else 0)
    return 2 * head + len(words & name) - 2 * foreign


def _acronyms(text: str) -> dict[str, str]:
    """Acronym -> name, as the text gives them: "Long Name (LN)"."""
    found: dict[str, str] = {}
    for match in _ACRONYM.finditer(text):
        letters = [c for c in match.group(1) if c.isupper()]
        before = re.findall(r"[A-Za-zÀ-ÿ’'-]+", text[max(0, match.start() - 120) : match.start()])
        name = _spelt_out(letters, before)
        if name is not None:
            found.setdefault(match.group(1), name)
    return found


def _spelt_out(letters: list[str], before: list[str]) -> str | None:
    """The words before a bracket whose initials are these letters."""
    for size in range(len(letters), min(len(letters) + 4, len(before)) + 1):
        words = before[-size:]
        if [w[0] for w in words if w[0].isupper()] == letters and words[0][0].isupper():
            return " ".join(words)
    return None


def _kind_of_body(name: str, lexicon: Lexicon) -> SourceKind:
    words = name.lower().split()
    for size in (3, 2, 1):
        for i in range(len(words) - size, -1, -1):
            kind = lexicon.role_kinds.get(" ".join(words[i : i + size]))
            if kind is not None:
                return kind
    return SourceKind.ORGANISATION
