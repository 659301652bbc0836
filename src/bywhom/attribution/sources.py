"""The cast of one report: who speaks in it, and whom a pronoun, a surname or a description comes back to.

Nothing resolved beats wrongly resolved: a pronoun without a fitting speaker before it stays unresolved, and the source
is then an explicit unknown.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from bywhom.attribution.lexicon import Lexicon
from bywhom.attribution.phrases import Named, described_groups, named_bodies, named_people
from bywhom.prose.tokens import Token
from bywhom.records import Channel, Hop, Mention, Resolution, Source, SourceKind

_ACRONYM = re.compile(r"\(([A-Z][A-Za-z.&-]{1,9})\)")
_FIT = 2  # a description comes back to somebody when at least two things fit: head and kind, or head and a modifier
_TITLE_HONORIFIC = frozenset("mr mrs ms".split())


@dataclass(slots=True)
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


class Cast:
    """The speakers of one report, in the order in which they spoke."""

    def __init__(self, lexicon: Lexicon, text: str, sentences: Sequence[Sequence[Token]]) -> None:
        self._lexicon = lexicon
        self._text = text
        self._acronyms = _acronyms(text)
        self._people = _introduced(text, sentences, lexicon)
        self._bodies = [body for words in sentences for body in named_bodies(words, text, lexicon)]
        self._described = _described(text, sentences, lexicon)
        self._spoken: list[Speaker] = []

    @property
    def last(self) -> Speaker | None:
        return self._spoken[-1] if self._spoken else None

    @property
    def people(self) -> Sequence[Named]:
        """Everybody the text names, in text order."""
        return self._people

    def find(self, named: Named) -> tuple[Speaker | None, Resolution]:
        """The speaker a phrase stands for, made if new; None for a pronoun that comes back to nobody."""
        if named.pronoun is not None:
            return self._by_pronoun(named), Resolution.PRONOUN
        if named.proper and named.person:
            return self._by_name(named)
        if named.definite or (named.proper and not named.person):
            known = self._by_description(named)
            if known is not None:
                return known, Resolution.DESCRIPTION if known.name != named.name else Resolution.NAMED
        return self._new(named), Resolution.NAMED

    def find_first(self, named: Named, after: int) -> Speaker | None:
        """Whom an indefinite description in a lead turns out to be: the first person of that role named below it."""
        for person in self._people:
            same = named.head and person.head == named.head
            if (
                same
                and person.mention.start > after
                and person.proper
                and _nation(named, self._lexicon) <= person.modifiers
            ):
                return self._by_name(person)[0]
        broader = self._lexicon.roles.comes_back_to.get(named.head, ())
        for body in self._bodies:
            if body.mention.start > after and _name_words(body.name) & set(broader):
                return self._by_description(body) or self._new(body)
        return None

    def speak(self, speaker: Speaker) -> None:
        """Note that `speaker` spoke last."""
        if speaker in self._spoken:
            self._spoken.remove(speaker)
        self._spoken.append(speaker)

    def _recent(self) -> Iterator[Speaker]:
        return reversed(self._spoken)

    def _by_pronoun(self, named: Named) -> Speaker | None:
        match named.pronoun:
            case "he" | "she" | "him" | "her":
                spoken = next((s for s in self._recent() if s.person and not s.plural), None)
                between = self._person_before(named.mention.start, spoken.spoke_at if spoken else 0)
                return between or spoken
            case "they" | "them":
                return next((s for s in self._recent() if s.plural or not s.proper or s.issues_papers), None)
            case "it":
                return next((s for s in self._recent() if not s.person), None)
            case _:
                return None

    def _person_before(self, position: int, after: int) -> Speaker | None:
        """The one person named just before `position` and since the last speaker spoke."""
        near = [p for p in self._people if max(after, position - 300) <= p.mention.start < position]
        same_paragraph = [p for p in near if "\n" not in self._text[p.mention.end : position]]
        names = {p.name for p in same_paragraph if p.kind is not None}
        return self._by_name(same_paragraph[-1])[0] if len(names) == 1 else None

    def _by_name(self, named: Named) -> tuple[Speaker, Resolution]:
        full = self._full_name(named)
        name = full.name if full else named.name
        speaker = next((s for s in self._spoken if s.name == name), None)
        if speaker is None:
            kind = named.kind or (full.kind if full else None) or SourceKind.OFFICIAL
            speaker = Speaker(name, kind, person=True, plural=False, proper=True)
        for seen in (full, named):
            if seen is not None and seen.head:
                speaker.heads.add(seen.head)
                speaker.modifiers |= seen.modifiers
                speaker.outlet = speaker.outlet or seen.outlet
        return speaker, Resolution.NAMED if name == named.name else Resolution.SURNAME

    def _full_name(self, named: Named) -> Named | None:
        """The fullest naming of the same person: whose words include these; a role is worth more than none."""
        words = _name_words(named.name)
        fits = [
            p
            for p in self._people
            if words <= _name_words(p.name) or (_name_words(p.name) <= words and len(_name_words(p.name)) > 1)
        ]
        return max(fits, key=lambda p: (p.kind is not None, len(p.name), -p.mention.start), default=None)

    def _by_description(self, named: Named) -> Speaker | None:
        name = self._acronyms.get(named.name, named.name)
        exact = next((s for s in self._recent() if s.name in {name, named.name}), None)
        if exact is not None:
            return exact
        if named.head in self._lexicon.roles.issued or named.head.rstrip("s") in self._lexicon.roles.issued:
            return next((s for s in self._recent() if s.issues_papers), None) or self._issuer(named)
        scored = [(self._fit(named, s), -i, s) for i, s in enumerate(self._recent())]
        best = max(scored, key=lambda x: x[:2], default=None)
        if best and best[0] >= _FIT:
            return best[2]
        return self._person_described(named) or self._group_described(named)

    def _group_described(self, named: Named) -> Speaker | None:
        """ "The women" for "dozens of wives and mothers of soldiers" told of just before."""
        if (
            named.head not in self._lexicon.roles.comes_back_to
            or not named.plural
            or _content_words(named) - {named.head}
        ):
            return None
        near = [d for d in self._described if named.mention.start - 900 < d.mention.start < named.mention.start]
        fits = [d for d in near if self._same_head(named.head, {d.head}) and len(d.modifiers) > 1]
        return self._new(fits[-1]) if fits else None

    def _issuer(self, named: Named) -> Speaker | None:
        """ "The statement said": whoever spoke last in his own name, unless that was a medium."""
        return next((s for s in self._recent() if s.kind is not SourceKind.MEDIA and s.proper), None)

    def _person_described(self, named: Named) -> Speaker | None:
        """ "The DPR leader" for somebody introduced in the text who has not spoken yet."""
        if not named.head or not named.definite:
            return None
        near = [
            p
            for p in self._people
            if p.mention.start < named.mention.start and p.head and self._same_head(named.head, {p.head})
        ]
        fits = [p for p in near if _content_words(named) & p.modifiers]
        return self._by_name(fits[-1])[0] if fits else None

    def _fit(self, named: Named, speaker: Speaker) -> int:
        """How many things speak for the description meaning this speaker; 0 where something speaks against it."""
        if named.plural != speaker.plural and not (speaker.plural or not speaker.person):
            return 0
        head = self._same_head(named.head, speaker.heads)
        words = _content_words(named)
        if speaker.proper and not speaker.person:
            inside = _name_words(speaker.name or "") | speaker.modifiers
            capital = {w for w in words if w in inside}
            return (
                (2 if head else 0)
                + len(capital & _name_words(speaker.name or ""))
                - 2 * bool(words - inside and not head)
            )
        if not head:
            return 0
        if len(words - speaker.modifiers - speaker.heads) > 2:
            return 0  # too much that is new: somebody else
        nation = _nation(named, self._lexicon)
        if nation and speaker.modifiers and not nation <= speaker.modifiers:
            return 0
        return 2 + len(words & speaker.modifiers)

    def _same_head(self, head: str, heads: set[str]) -> bool:
        """Whether a later head may stand for one of the earlier heads: the same word, or a broader one."""
        if not head:
            return False
        last = head.rsplit(" ", maxsplit=1)[-1]
        lasts = {h.split(" ")[-1] for h in heads}
        broader = {*self._lexicon.roles.comes_back_to.get(head, ()), *self._lexicon.roles.comes_back_to.get(last, ())}
        return head in heads or last in lasts or bool(broader & (heads | lasts))

    def _new(self, named: Named) -> Speaker:
        name = self._acronyms.get(named.name, named.name)
        known = next((s for s in self._spoken if s.name == name and s.proper), None)
        if known is not None:
            return known
        kind = named.kind or SourceKind.ANONYMOUS
        if name != named.name and kind is SourceKind.ANONYMOUS:
            kind = _kind_of_body(name, self._lexicon)
        heads = {named.head} if named.head else {"outlet"} if kind is SourceKind.MEDIA else set()
        return Speaker(name, kind, named.person, named.plural, named.proper, heads, set(named.modifiers), named.outlet)


def source_of(speaker: Speaker, named: Named, resolution: Resolution) -> Source:
    """The source record of a speaker mentioned so."""
    return Source(speaker.name, speaker.kind, named.mention, resolution)


def carried(speaker: Speaker, mention: Mention | None) -> Source:
    """The source record of a speaker who simply goes on."""
    return Source(speaker.name, speaker.kind, mention, Resolution.CARRIED)


def _introduced(text: str, sentences: Sequence[Sequence[Token]], lexicon: Lexicon) -> list[Named]:
    """Everybody the text names, with role and apposition where it gives them, in text order."""
    return [person for words in sentences for person in named_people(words, text, lexicon)]


def _described(text: str, sentences: Sequence[Sequence[Token]], lexicon: Lexicon) -> list[Named]:
    """The groups of people that the text describes without a name, in text order."""
    return [group for words in sentences for group in described_groups(words, text, lexicon)]


def _acronyms(text: str) -> dict[str, str]:
    """ "Long Name (LN)" -> {LN: Long Name}."""
    found: dict[str, str] = {}
    for match in _ACRONYM.finditer(text):
        letters = [c for c in match.group(1) if c.isupper()]
        before = re.findall(r"[A-Za-zÀ-ÿ’'-]+", text[max(0, match.start() - 120) : match.start()])
        for size in range(len(letters), min(len(letters) + 4, len(before)) + 1):
            words = before[-size:]
            initials = [w[0] for w in words if w[0].isupper()]
            if initials == letters and words[0][0].isupper():
                found.setdefault(match.group(1), " ".join(words))
                break
    return found


def _kind_of_body(name: str, lexicon: Lexicon) -> SourceKind:
    words = name.lower().split()
    for size in (3, 2, 1):
        for i in range(len(words) - size, -1, -1):
            kind = lexicon.role_kinds.get(" ".join(words[i : i + size]))
            if kind is not None:
                return kind
    return SourceKind.ORGANISATION


def _name_words(name: str) -> frozenset[str]:
    return (
        frozenset(re.findall(r"[\w-]+", name.lower().replace("’s", "").replace("'s", "")))
        - _TITLE_HONORIFIC
        - {"the", "of"}
    )


def _content_words(named: Named) -> frozenset[str]:
    return named.modifiers - {"the", "of", "a", "an", "same", "and", "in", "for", "based"}


def _nation(named: Named, lexicon: Lexicon) -> frozenset[str]:
    adjectives = {a.lower() for a in lexicon.adjectives}
    return frozenset(w for w in named.modifiers if w in adjectives)
