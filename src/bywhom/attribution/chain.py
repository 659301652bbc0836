"""Through whose hands: relays, channels, and the outlet whose report is being told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bywhom.attribution.lexicon import Lexicon
from bywhom.attribution.phrases import Named, outlets_in
from bywhom.prose.tokens import Token
from bywhom.records import Channel, Document, Hop, Mention, SourceKind

_OUTLET_WORDS = frozenset(
    "outlet newspaper paper agency channel media site website magazine station daily tabloid broadcaster".split()
)
_PRESS_WORDS = frozenset("reporters journalists newsmen press conference briefing".split())
_INTRODUCES = frozenset(
    "newspaper paper agency daily weekly magazine broadcaster channel outlet website station tabloid portal".split()
)
_NAME_PARTICLES = frozenset("de del des du la le el al di da van von der of and".split())
_SPEAKING_TO = frozenset(
    "interview speaking spoke spoken speech talking talked told conversation comments comment telling interviewed".split()
)
_HANDED = frozenset("carried published quoted received obtained seen sent given shared leaked".split())
_TAKES_OVER = frozenset("to with by of for newspaper agency outlet".split())


@dataclass(frozen=True, slots=True)
class Frame:
    """An outlet whose report is being told, and how firmly: a firm frame holds for everybody who speaks in it."""

    hops: tuple[Hop, ...] = ()
    firm: bool = False

    @property
    def names(self) -> frozenset[str]:
        return frozenset(h.name for h in self.hops if h.name)


def dispatch_frame(doc: Document, lexicon: Lexicon) -> Frame:
    """The agency that signs the date line, or the outlet that the headline ends in: a relay of the whole body."""
    if doc.dateline is not None and doc.dateline.agencies:
        return Frame(
            tuple(Hop(_agency_name(a.text, lexicon), SourceKind.MEDIA, a) for a in doc.dateline.agencies), firm=True
        )
    if doc.title is not None and doc.title.mention is not None:
        hop = _headline_outlet(doc.title.mention, doc, lexicon)
        if hop is not None:
            return Frame((hop,), firm=True)
    return Frame()


def _agency_name(words: str, lexicon: Lexicon) -> str:
    plain = " ".join(words.split())
    squeezed = plain.replace(" - ", "-").replace(" -", "-").replace("- ", "-")
    return lexicon.outlet_names.get(squeezed, squeezed)


def _is_outlet(name: str, doc: Document, lexicon: Lexicon) -> bool:
    """A known outlet, a name that ends like one, or a name that the body brings in as a newspaper or agency."""
    words = name.split()
    if name in lexicon.outlet_names:
        return True
    if not words or len(words) > 5 or not words[0][0].isupper() or not words[-1][0].isupper():
        return False
    return len(words) > 1 and words[-1] in lexicon.roles.outlet_endings and name in doc.text[len(name) :]


def _headline_outlet(title: Mention, doc: Document, lexicon: Lexicon) -> Hop | None:
    """ "… – Outlet", "… | Outlet", "Outlet: …" in a headline."""
    for dash in (" – ", " — ", " - ", " | "):
        head, found, tail = title.text.rpartition(dash)
        name = tail.strip().rstrip(".")
        if found and head and _is_outlet(name, doc, lexicon):
            start = title.start + len(head) + len(dash) + (len(tail) - len(tail.lstrip()))
            return Hop(lexicon.outlet_names.get(name, name), SourceKind.MEDIA, Mention(start, start + len(name), name))
    return None


def local_outlets(sentences: Sequence[Sequence[Token]], text: str, lexicon: Lexicon) -> dict[str, str]:
    """The outlets that this report introduces as such: "the Spanish newspaper Diario del Ebro"."""
    found: dict[str, str] = {}
    for words in sentences:
        for i, word in enumerate(words):
            if lexicon.role_kinds.get(word.lower) is SourceKind.MEDIA and word.lower in _INTRODUCES:
                last = i + 1
                while (
                    last < len(words)
                    and last - i < 6
                    and (words[last].is_capital or (last > i + 1 and words[last].lower in _NAME_PARTICLES))
                ):
                    last += 1
                while last > i + 1 and words[last - 1].lower in _NAME_PARTICLES:
                    last -= 1
                if last > i + 1 and not text[words[i].start : words[last - 1].end].isupper():
                    name = text[words[i + 1].start : words[last - 1].end]
                    found.setdefault(name, name)
    return found


def hops_of(names: Sequence[str], mention: Mention | None, cue: Mention | None = None) -> tuple[Hop, ...]:
    """One hop for each outlet named."""
    return tuple(Hop(name, SourceKind.MEDIA, mention, cue) for name in names)


def split_outlets(named: Named, words: Sequence[Token], text: str, lexicon: Lexicon) -> tuple[Hop, ...]:
    """The hops a phrase names: two for "A and B", one for an outlet or its correspondent, none for others."""
    names = outlets_in([w for w in words if named.mention.start <= w.start < named.mention.end], text, lexicon)
    return hops_of(names, named.mention)


def relays_of_listener(
    named: Named, words: Sequence[Token], text: str, lexicon: Lexicon, open_frame: Frame
) -> tuple[tuple[Hop, ...], Channel | None]:
    """What a listener makes of a saying: a relay where an outlet listened, a channel in any case."""
    hops = split_outlets(named, words, text, lexicon)
    if hops:
        return hops, Channel.INTERVIEW
    lowered = {w.lower() for w in named.mention.text.split()}
    if lowered & _PRESS_WORDS:
        return (), Channel.PRESS
    if lowered & _OUTLET_WORDS or (named.kind is SourceKind.MEDIA and named.pronoun is None):
        return (open_frame.hops, Channel.INTERVIEW) if open_frame.hops else ((), Channel.INTERVIEW)
    return (), None


def relays_in_frame(words: Sequence[Token], text: str, lexicon: Lexicon) -> tuple[Hop, ...]:
    """Outlets that a saying's own words bring in: "in an interview with X", "speaking to X", "carried by X"."""
    for i, word in enumerate(words):
        if word.lower in _SPEAKING_TO | _HANDED:
            for k in range(i + 1, min(i + 4, len(words))):
                if words[k].lower in _TAKES_OVER:
                    hops = _first_outlets(words[k + 1 : k + 9], text, lexicon) or _unnamed_media(
                        words[k + 1 : k + 5], text, lexicon
                    )
                    if hops:
                        return hops
    return ()


def _first_outlets(words: Sequence[Token], text: str, lexicon: Lexicon) -> tuple[Hop, ...]:
    stop = next((i for i, w in enumerate(words) if w.text in {",", ".", ";", ":"}), len(words))
    near = words[:stop]
    names = outlets_in(near, text, lexicon)
    if not names:
        return ()
    return hops_of(names, Mention(near[0].start, near[-1].end, text[near[0].start : near[-1].end]))


def _unnamed_media(words: Sequence[Token], text: str, lexicon: Lexicon) -> tuple[Hop, ...]:
    """ "carried by state media": a medium without a name is a hop too."""
    for size in (3, 2):
        run = words[:size]
        if (len(run) == size and lexicon.role_kinds.get(" ".join(w.lower for w in run[-2:])) is SourceKind.MEDIA) or (
            len(run) == size
            and lexicon.role_kinds.get(run[-1].lower) is SourceKind.MEDIA
            and run[0].lower in {"state", "local", "official", "government"}
        ):
            mention = Mention(run[0].start, run[-1].end, text[run[0].start : run[-1].end])
            return (Hop(mention.text, SourceKind.MEDIA, mention),)
    return ()


def channel_in(text: str, lexicon: Lexicon) -> Channel | None:
    """The channel that these words state, the most specific first."""
    return next((channel for channel, pattern in lexicon.channel_patterns if pattern.search(text)), None)


def join_hops(*groups: tuple[Hop, ...], without: str | None = None) -> tuple[Hop, ...]:
    """The hops of all groups in order, each outlet once, the source itself left out."""
    seen: set[str | None] = {without}
    joined: list[Hop] = []
    for hop in (h for group in groups for h in group):
        if hop.name not in seen:
            seen.add(hop.name)
            joined.append(hop)
    return tuple(joined)
