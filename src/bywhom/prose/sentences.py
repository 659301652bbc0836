"""English text cut into sentences.

Own code because reports are not clean prose: paragraph breaks are lost, the blank after a full stop is missing
("recuperation.“There"), wire copy has no lower case, and a cut inside a quotation must stay visible to the stage
that looks for its speaker.
"""

from __future__ import annotations

import re

from bywhom.records import Span

_OPENERS = "\"'“‘«„([—–-"
_CLOSERS = "\"'”’»)]"

# A full stop after these is no end, whatever follows.
_TITLES = frozenset(
    "mr mrs ms dr prof gen lt col maj capt cpl sgt adm brig cmdr pvt rep sen gov pres hon rev fr st sr jr vs etc "
    "no nos art fig ca approx dept est inc ltd co corp".split()
)
# A full stop after these is an end only before a word that can begin a sentence.
_SHORT = frozenset(
    "jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thur thurs fri sat sun a.m p.m am pm "
    "u.s u.k u.n e.u u.s.a d.c i.e e.g".split()
)
_STARTERS = frozenset(
    "the a an in on at it he she they we i there this that these those but and however according meanwhile as after "
    "before when while if for by from with his her their its our some many several most no one two three more at "
    "under earlier later also officials police russian ukrainian".split()
)

_END = re.compile(r"(?P<mark>[.!?…]+)(?P<close>[\"'”’»)\]]*)(?P<gap>\s+|(?=[A-Z“‘\"«][a-z’]|[“‘«\"][A-Z])|$)")
_LAST_WORD = re.compile(r"[\w.’'-]+$")


def sentences(text: str, span: Span | None = None) -> tuple[Span, ...]:
    """The sentences of `text` inside `span`, in order, trimmed of white space; together they cover all its words."""
    whole = span or Span(0, len(text))
    cuts = [
        whole.start,
        *(m.end() for m in _END.finditer(text, whole.start, whole.end) if _is_end(text, whole, m)),
        whole.end,
    ]
    pieces = (Span(a, b).trimmed(text) for a, b in zip(cuts, cuts[1:], strict=False))
    return tuple(piece for piece in pieces if len(piece))


def _is_end(text: str, whole: Span, match: re.Match[str]) -> bool:
    after = text[match.end() : min(match.end() + 40, whole.end)]
    if not after.strip():
        return True
    if not match["gap"]:
        return _glued(text, match)
    if "\n" in match["gap"] and "\n\n" in match["gap"].replace("\r", ""):
        return True
    if match["mark"] == ".":
        return _full_stop(text, whole, match, after)
    if match["mark"][0] in ".…":
        return _begins(after) and not match["close"]
    return _begins(after)


def _glued(text: str, match: re.Match[str]) -> bool:
    """A missing blank: "basements.Thus", "recuperation.“There", but neither "U.S.Army" nor "t.me"."""
    before = text[max(0, match.start() - 3) : match.start()]
    return match["mark"] in {".", "!", "?"} and len(before) == 3 and before.isalpha() and before[1:].islower()


def _full_stop(text: str, whole: Span, match: re.Match[str], after: str) -> bool:
    found = _LAST_WORD.search(text, max(whole.start, match.start() - 24), match.start())
    word = found.group().lower() if found else ""
    if not match["close"]:
        if word in _TITLES and not (word == "no" and _begins_plainly(after)):
            return False
        if len(word) == 1 and word.isalpha() and word != "i":
            return False  # an initial
        if word in _SHORT or re.fullmatch(r"(?:[a-z]\.)+[a-z]", word):
            return _begins_plainly(after)
    return _begins(after)


def _begins(after: str) -> bool:
    first = after.lstrip(_OPENERS + " ")[:1]
    return (
        first.isupper()
        or first.isdigit()
        or (bool(after) and after[0] in '“‘«"•–—-' and not first.islower())
        or not first
    )


def _begins_plainly(after: str) -> bool:
    word = re.match(r"\W*([\w’']+)", after)
    return bool(word) and word.group(1)[0].isupper() and word.group(1).lower() in _STARTERS
