"""Whom a noun phrase names: a person, a body, a government, an outlet, or a description, and in which role."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bywhom.attribution.line import Line
from bywhom.attribution.names import (
    armed_group,
    clean,
    exact_body,
    is_shouted,
    joined,
    outlets_in,
    person_name,
    without_article,
)
from bywhom.attribution.phrases import Phrase, pronoun_form
from bywhom.attribution.roles import armed, core_of, head_of, plain_words
from bywhom.records import Mention, SourceKind


@dataclass(frozen=True, slots=True)
class Named:
    """What a noun phrase says of whom it stands for."""

    mention: Mention
    name: str  # a proper name, or the phrase without its article
    kind: SourceKind | None  # None: a bare name, whose role stands elsewhere
    proper: bool  # whether `name` is a proper name
    person: bool
    plural: bool = False
    definite: bool = False
    pronoun: str | None = None
    head: str = ""  # the role noun, lower case
    modifiers: frozenset[str] = frozenset()  # every other word of the phrase, lower case
    outlet: str | None = None  # the outlet named in the phrase, if it is or works for one
    issued: bool = False  # what is named is a paper of theirs


@dataclass(frozen=True, slots=True)
class _Seen:
    """A phrase taken apart."""

    line: Line
    mention: Mention
    core: Line
    head: str
    kind: SourceKind | None
    outlets: tuple[str, ...]

    def named(self, name: str, kind: SourceKind | None, *, proper: bool, person: bool) -> Named:
        """The phrase as standing for somebody."""
        return Named(
            self.mention,
            name,
            kind,
            proper,
            person,
            plural=_is_plural(self),
            definite=self.line.low(0) in {"the", "this", "that", "these", "those"},
            head=self.head,
            modifiers=_modifiers(self),
            outlet=self.outlets[0] if self.outlets else None,
        )


def read_phrase(line: Line, phrase: Phrase) -> Named:
    """Whom a noun phrase names: the first reading that fits, from the surest to the last resort."""
    inside = line.part(phrase.first, phrase.last)
    mention = inside.mention(0, len(inside))
    pronoun = _pronoun(inside, mention)
    if pronoun is not None:
        return pronoun
    core = core_of(inside)
    head, kind = head_of(core, inside)
    seen = _Seen(inside, mention, core, head, armed(inside, kind), outlets_in(inside))
    return (
        _several(seen)
        or _issuer(seen)
        or _person(seen)
        or _body(seen)
        or _outlet(seen)
        or _armed_group(seen)
        or _described(seen)
    )


def _pronoun(line: Line, mention: Mention) -> Named | None:
    form = pronoun_form(line, 0)
    if len(line) != 1 or form not in line.lex.pronouns:
        return None
    table = line.lex.phrases
    plural = form in table.plural_pronouns or form in {"we", "us", "our"}
    person = form in table.person_pronouns
    return Named(mention, mention.text, SourceKind.ANONYMOUS, False, person, plural, definite=True, pronoun=form)


def _person(seen: _Seen) -> Named | None:
    several = len(seen.core) < len(seen.line) and _is_plural(
        seen
    )  # "clergymen from the Catholic, Lutheran and other churches"
    name = person_name(seen.core if several else seen.line)
    if name is None or (seen.head and _head_follows(seen, name)):
        return None
    return seen.named(clean(name), seen.kind, proper=True, person=True)


def _several(seen: _Seen) -> Named | None:
    """Two who are both named: "Interior Minister Anna Osei and General Varga", "Peru and Chile"."""
    at = seen.line.find(1, len(seen.line) - 1, {"and"})
    if at is None or seen.outlets or "," in seen.line.lows or exact_body(seen.mention.text, seen.line.lex):
        return None
    one, two = (read_phrase(seen.line, Phrase(*part)) for part in ((0, at), (at + 1, len(seen.line))))
    if not (_is_full_name(one, seen.line) and _is_full_name(two, seen.line)):
        return None
    name = joined((one.name, two.name))
    return replace(
        one, mention=seen.mention, name=name, kind=one.kind or two.kind, person=one.person and two.person, plural=True
    )


def _is_full_name(named: Named, line: Line) -> bool:
    """Whether somebody is named beyond doubt: by two names, by a role and a name, or as a body that is known."""
    if not named.proper:
        return False
    return (
        (" " in named.name or bool(named.head))
        if named.person
        else exact_body(named.mention.text, line.lex) is not None
    )


def _issuer(seen: _Seen) -> Named | None:
    """Whose paper speaks: "the Foreign Ministry statement", "a BBC report" are the ministry and the BBC."""
    at = seen.core.find(1, len(seen.core), seen.line.lex.roles.issued)
    if at is not None and at + 1 == len(seen.core) and seen.line.low(at + 1) in {"by", "in", "from"} and seen.outlets:
        return seen.named(seen.outlets[0], SourceKind.MEDIA, proper=True, person=False)
    if at is None or at + 1 < len(seen.core) or (seen.core.is_capital(at) and not is_shouted(seen.line)):
        return None  # "the Harbour Post" is no post
    if seen.head == "report" and seen.outlets:
        return None
    first = 1 if seen.core.low(0) in seen.line.lex.phrases.determiners else 0
    if first == at or not seen.core.is_capital(at - 1):
        return None
    whose = read_phrase(seen.core, Phrase(first, at))
    if not whose.proper and whose.head != seen.core.low(at - 1):
        return None
    return replace(whose, mention=seen.mention, definite=True, issued=True)


def _head_follows(seen: _Seen, person: str) -> bool:
    """Whether the role noun comes after the name inside the core: "Putin spokesman", not "spokesman Putin"."""
    texts = " ".join(w.text for w in seen.core.words if w.is_word)
    _, found, after = texts.partition(person)
    behind = after.lower().split()
    apposed = bool(behind) and behind[0] in {"a", "an", "the"}  # "Jan Varga the head of the guard", its comma lost
    return bool(found) and bool(behind) and not apposed and seen.head in after.lower()


def _body(seen: _Seen) -> Named | None:
    body = exact_body(seen.mention.text, seen.line.lex) or _body_behind(seen)
    return seen.named(*body, proper=True, person=False) if body is not None else None


def _body_behind(seen: _Seen) -> tuple[str, SourceKind] | None:
    """The body whose name stands behind what it is: "the UN children's agency UNICEF"."""
    line, last = seen.line, seen.head.rsplit(" ", maxsplit=1)[-1]
    at = line.rfind(0, len(line) - 1, {last}) if last in line.lex.phrases.not_persons else None
    if at is None or seen.outlets or not line.is_capital(at + 1):
        return None
    name = clean(line.span(at + 1, len(line)).of(line.text))
    return (name, line.lex.body_names[name]) if name in line.lex.body_names else None


def _outlet(seen: _Seen) -> Named | None:
    in_name = bool(seen.outlets) and seen.head in seen.outlets[0].lower().split()  # "the Harbour Post" is no post
    medium = not seen.head or in_name or seen.kind is SourceKind.MEDIA or seen.head.rstrip("s").endswith("report")
    works = seen.head.rsplit(" ", maxsplit=1)[-1].rstrip("s") in seen.line.lex.phrases.works_for
    if not seen.outlets or not medium or works:
        return None
    several = "and" in seen.line.lows
    name = joined(seen.outlets) if several else seen.outlets[0]
    return seen.named(name, SourceKind.MEDIA, proper=True, person=False)


_MAY_BE_ARMED = frozenset({None, SourceKind.ORGANISATION, SourceKind.ANONYMOUS, SourceKind.OFFICIAL})


def _armed_group(seen: _Seen) -> Named | None:
    group = armed_group(without_article(seen.mention.text), seen.line.lex)
    if group is None or seen.kind not in _MAY_BE_ARMED or _is_person_head(seen, seen.head or "group"):
        return None
    return seen.named(group, SourceKind.COMBATANT, proper=True, person=False)


def _described(seen: _Seen) -> Named:
    description = without_article(seen.mention.text)
    outlet = seen.outlets[0] if seen.outlets else None
    if outlet is not None and description.startswith(f"{outlet}s "):
        description = outlet + description[len(outlet) + 1 :]  # a possessive that lost its apostrophe
    body = any(w.is_capital and w.text in seen.line.lex.roles.body_words for w in seen.core.words)
    human = not seen.head and not body and _somebody(seen)
    person = human or (bool(seen.head) and seen.kind is not None and _is_person_head(seen, seen.head))
    kind = seen.kind or _fallback(seen.head, body=body, human=human)
    return seen.named(clean(description), kind, proper=body and not person, person=person)


def _somebody(seen: _Seen) -> bool:
    """Whether an unknown noun is taken for a person: "a merchant", "the delegate", but not "the statement"."""
    article = seen.line.low(0) in {"a", "an", "the", "one", "another"}
    last, lex = seen.core.low(len(seen.core) - 1), seen.line.lex
    return article and bool(last) and last not in lex.roles.issued and last not in lex.nouns


def _fallback(head: str, *, body: bool, human: bool) -> SourceKind:
    """The kind of a source whose role no table knows."""
    if body:
        return SourceKind.ORGANISATION
    if human:
        return SourceKind.WITNESS
    return SourceKind.OFFICIAL if head else SourceKind.ANONYMOUS


def _is_plural(seen: _Seen) -> bool:
    if not seen.head:
        return "and" in seen.core.lows
    one = seen.line.low(0) in {"one", "another", "each"}
    return not one and seen.head.split(" ")[-1] in seen.line.lex.plural_roles


def _modifiers(seen: _Seen) -> frozenset[str]:
    return frozenset(plain_words(seen.line)) - {seen.head} - seen.line.lex.phrases.determiners


def _is_person_head(seen: _Seen, head: str) -> bool:
    works = head.rsplit(" ", maxsplit=1)[-1].rstrip("s") in seen.line.lex.phrases.works_for
    if seen.kind is SourceKind.MEDIA and not works:
        return False
    return seen.line.lex.phrases.not_persons.isdisjoint(head.split(" "))
