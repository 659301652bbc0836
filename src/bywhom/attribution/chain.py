"""Through whose hands: relays, channels, and the outlet whose report is being told."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bywhom.attribution.lexicon import Lexicon
from bywhom.attribution.line import Line, plain
from bywhom.attribution.names import outlets_at, outlets_in
from bywhom.attribution.naming import Named
from bywhom.attribution.transcript import is_station
from bywhom.records import Channel, Document, Hop, Mention, SourceKind

_SIGNATURE = re.compile(r"\(Source:\s+([A-Z][^()\n]*[^()\s.])\.?\)")
_PRESS_OFFICE = re.compile(r"(?:’s|'s)? (?:Media|Press) (?:Office|Department|Center|Centre|Service)$")
_TAIL = 300  # characters at the end of a text in which its signature stands
_LONGEST_NAME = 5  # words in the name of an outlet that a report introduces


@dataclass(frozen=True, slots=True)
class Frame:
    """An outlet whose report is being told, and how firmly: a firm frame holds for everybody who speaks in it."""

    hops: tuple[Hop, ...] = ()
    firm: bool = False

    @property
    def names(self) -> frozenset[str]:
        """The names of the outlets."""
        return frozenset(h.name for h in self.hops if h.name)


def hops_of(names: Iterable[str], mention: Mention | None) -> tuple[Hop, ...]:
    """One hop for each outlet named."""
    return tuple(Hop(name, SourceKind.MEDIA, mention) for name in names)


def join_hops(*groups: tuple[Hop, ...], without: str | None = None) -> tuple[Hop, ...]:
    """The hops of all groups in order, each outlet once, the source itself left out."""
    joined: dict[str | None, Hop] = {}
    for hop in (h for group in groups for h in group):
        if hop.name != without:
            joined.setdefault(hop.name, hop)
    return tuple(joined.values())


def channel_in(text: str, lexicon: Lexicon) -> Channel | None:
    """The channel that these words state, the most specific first."""
    return next((channel for channel, pattern in lexicon.channel_patterns if pattern.search(text)), None)


# -- outlets that a report is told by -----------------------------------------------------------------------------------


def dispatch_frame(doc: Document, lexicon: Lexicon) -> Frame:
    """The agency that signs the date line, or the outlet that the headline ends in: a relay of the whole body."""
    if doc.dateline is not None and doc.dateline.agencies:
        agencies = doc.dateline.agencies
        hidden = doc.dateline.place is not None and doc.dateline.place.text.lower() in lexicon.transcripts.hidden
        kind = SourceKind.COMBATANT if hidden else SourceKind.MEDIA
        return Frame(tuple(Hop(_agency_name(a.text, lexicon), kind, a) for a in agencies), firm=True)
    hop = _headline_outlet(doc.title.mention, doc, lexicon) if doc.title and doc.title.mention else None
    hop = hop or _signed(doc, lexicon)
    return Frame((hop,), firm=True) if hop is not None else Frame()


def _signed(doc: Document, lexicon: Lexicon) -> Hop | None:
    """The body or outlet that signs the text at its end: "(Source: X)"."""
    found = _SIGNATURE.search(doc.text, max(0, len(doc.text) - _TAIL))
    if found is None or found.group(1).count(" ") >= _LONGEST_NAME:
        return None
    name = _without_office(found.group(1), doc.text)
    kind = SourceKind.MEDIA if name in lexicon.outlet_names else lexicon.body_names.get(name, SourceKind.ORGANISATION)
    return Hop(lexicon.outlet_names.get(name, name), kind, Mention(found.start(1), found.end(1), found.group(1)))


def _without_office(name: str, text: str) -> str:
    """The body whose press office signs: "the Arvale Coalition's Media Office"; the apostrophe may be lost."""
    body = _PRESS_OFFICE.sub("", name)
    return body[:-1] if body != name and body.endswith("s") and f"{body[:-1]} " in text else body


def own_channel(dispatch: Frame, lexicon: Lexicon) -> Channel | None:
    """The channel of what a dispatch says in its own voice: a station broadcasts, a paper prints, an agency has none."""
    names = [name for name in dispatch.names if name not in lexicon.agency_names]
    if any(is_station(name, lexicon.transcripts) for name in names):
        return Channel.BROADCAST
    return None


def _agency_name(words: str, lexicon: Lexicon) -> str:
    """The agency's name; wire copy puts blanks around its hyphens."""
    plain = " ".join(words.split())
    squeezed = plain.replace(" - ", "-").replace(" -", "-").replace("- ", "-")
    return lexicon.outlet_names.get(squeezed, squeezed)


def _headline_outlet(title: Mention, doc: Document, lexicon: Lexicon) -> Hop | None:
    """The outlet of "… – Outlet" and "… | Outlet" in a headline."""
    for dash in (" – ", " — ", " - ", " | "):
        head, found, tail = title.text.rpartition(dash)
        name = tail.strip().rstrip(".")
        if found and head and _is_outlet(name, doc, lexicon):
            start = title.start + len(head) + len(dash) + (len(tail) - len(tail.lstrip()))
            return Hop(lexicon.outlet_names.get(name, name), SourceKind.MEDIA, Mention(start, start + len(name), name))
    return None


def _is_outlet(name: str, doc: Document, lexicon: Lexicon) -> bool:
    """A known outlet, or a name that ends like one and stands in the report once more."""
    words = name.split()
    if name in lexicon.outlet_names:
        return True
    if not 1 < len(words) < 6 or not words[0][0].isupper() or not words[-1][0].isupper():
        return False
    return words[-1] in lexicon.roles.outlet_endings and name in doc.text[len(name) :]


def local_outlets(line: Line) -> dict[str, str]:
    """The outlets that a sentence introduces as such: "the Spanish newspaper Diario del Ebro", "told The Comet"."""
    found: dict[str, str] = {}
    for first, last in (*_called_in_short(line), *_told_with_article(line)):
        name = plain(line.span(first, last).of(line.text))
        found.setdefault(name, name)
    for i, low in enumerate(line.lows):
        if low in line.lex.accounts.introduces and line.lex.role_kinds.get(low) is SourceKind.MEDIA:
            last = _introduced_end(line, i + 1)
            if last > i + 1 and not line.span(i, last).of(line.text).isupper():
                first = i if line.is_capital(i) and line.low(i - 1) == "the" else i + 1  # "the Daily Lantern"
                name = line.span(first, last).of(line.text)
                found.setdefault(name, name)
    return found


def _called_in_short(line: Line) -> Iterator[tuple[int, int]]:
    """Papers called by the last word of their names: "told the Gazette"."""
    endings = line.lex.roles.outlet_endings - line.lex.phrases.unsure_endings
    for i in range(1, len(line)):
        if plain(line.mark(i)) in endings and line.low(i - 1) == "the" and not line.is_capital(i + 1):
            yield i, i + 1


def _told_with_article(line: Line) -> Iterator[tuple[int, int]]:
    """Names whose own article shows that they are titles, where outlets stand: "told The Comet that"."""
    table = line.lex.accounts
    for i in range(2, len(line)):
        if line.mark(i) != "The" or not line.is_capital(i + 1) or line.is_capital(i - 1):
            continue
        listens = line.low(i - 1) in table.taken_by and line.low(i - 2) in table.brings_outlet
        last = _introduced_end(line, i + 1)
        if (listens or line.low(i - 1) == "told") and (last >= len(line) or _ends_listener(line, last)):
            yield i + 1, last


def _ends_listener(line: Line, i: int) -> bool:
    return not line.is_word(i) or line.low(i) in {"that", "how"} or line.low(i) in line.lex.grammar.subject_pronouns


def _introduced_end(line: Line, first: int) -> int:
    small = line.lex.accounts.inside_names
    last = first
    while last - first < _LONGEST_NAME and (line.is_capital(last) or (last > first and line.low(last) in small)):
        last += 1
    while last > first and line.low(last - 1) in small:
        last -= 1
    return last


# -- outlets in a saying ------------------------------------------------------------------------------------------------


def split_outlets(named: Named, line: Line) -> tuple[Hop, ...]:
    """The hops a phrase names: two for "A and B", one for an outlet or its correspondent, none for others."""
    return hops_of(outlets_in(line.between(named.mention.start, named.mention.end)), named.mention)


def relays_of_listener(named: Named, line: Line, told: Frame) -> tuple[tuple[Hop, ...], Channel | None]:
    """What a listener makes of a saying: a relay where an outlet listened, a channel in any case."""
    hops = split_outlets(named, line)
    if hops:
        return hops, Channel.INTERVIEW
    table = line.lex.accounts
    words = {word.lower() for word in named.mention.text.split()}
    if words & table.press:
        return (), Channel.PRESS
    if words & table.outlets or (named.kind is SourceKind.MEDIA and named.pronoun is None):
        return told.hops, Channel.INTERVIEW
    return (), None


def relays_in_frame(line: Line) -> tuple[Hop, ...]:
    """Outlets that a saying's own words bring in: "in an interview with X", "speaking to X", "carried by X"."""
    table = line.lex.accounts
    for i, low in enumerate(line.lows):
        if low not in table.speaking_to and low not in table.handed:
            continue
        for k in range(i + 1, min(i + 4, len(line))):
            if line.lows[k] in table.taken_by:
                hops = _first_outlets(line.part(k + 1, k + 9)) or _unnamed_media(line.part(k + 1, k + 5))
                if hops:
                    return hops
    return ()


def _first_outlets(line: Line) -> tuple[Hop, ...]:
    stop = line.find(0, len(line), {",", ".", ";", ":"})
    near = line.part(0, stop) if stop is not None else line
    return tuple(Hop(name, SourceKind.MEDIA, mention) for name, mention in outlets_at(near))


def _unnamed_media(line: Line) -> tuple[Hop, ...]:
    """The hop of a medium without a name: "carried by state media"."""
    kinds = line.lex.role_kinds
    for size in (3, 2):
        run = line.part(0, size)
        if len(run) < size:
            continue
        pair = kinds.get(" ".join(run.lows[-2:])) is SourceKind.MEDIA
        owned = run.low(0) in line.lex.accounts.unnamed_media
        if pair or (owned and kinds.get(run.lows[-1]) is SourceKind.MEDIA):
            mention = run.mention(0, size)
            return hops_of((mention.text,), mention)
    return ()
