"""Comparators of wording: which words two claims have in common, and how much that says.

Every comparator returns a score from -1 (speaks against) to 1 (speaks for), 0 where it cannot tell. Its docstring is the
sentence shown to the reader.
"""

from __future__ import annotations

from bywhom.linking.profile import Profile
from bywhom.linking.tables import LinkingTables
from bywhom.records import Evidence

SINGULAR = 10.0  # weight of shared words that few claims of a report have, from which more say no more
PECULIAR = 4.0  # the same for the most telling of them alone
BEGINNING = 5  # letters in which "captive" and "captivity" are alike


def wording(a: Profile, b: Profile, tables: LinkingTables) -> Evidence:  # noqa: ARG001
    """The words that both have in common, rare ones counting more."""
    shared = _shared(a, b)
    score = min(1.0, 2 * shared / (a.total + b.total)) if a.total and b.total else 0.0
    common = sorted(a.words.keys() & b.words.keys(), key=lambda word: (-a.words[word], word))
    return Evidence(
        "wording", score, f"in common: {', '.join(common[:6]) or 'nothing'}", str(len(a.words)), str(len(b.words))
    )


def containment(a: Profile, b: Profile, tables: LinkingTables) -> Evidence:  # noqa: ARG001
    """How much of the shorter claim the longer one says too."""
    least = min(a.total, b.total)
    score = min(1.0, _shared(a, b) / least) if least >= 1 else 0.0
    return Evidence("containment", score, "share of the shorter claim", f"{a.total:.1f}", f"{b.total:.1f}")


def rare_words(a: Profile, b: Profile, tables: LinkingTables) -> Evidence:  # noqa: ARG001
    """Words that are not everywhere in reports of war stand in both."""
    found = sorted(word for word, weight in a.words.items() if weight >= 1 and word in b.words)
    weight = sum(a.words[word] for word in found)
    return Evidence("rare_words", min(1.0, weight / 5), f"in common: {', '.join(found[:6]) or 'none'}", "", "")


def names(a: Profile, b: Profile, tables: LinkingTables) -> Evidence:  # noqa: ARG001
    """Names that stand in both, or only in one of them."""
    shared = a.names & b.names
    if shared:
        return Evidence(
            "names", min(1.0, len(shared) / 3), f"in common: {', '.join(sorted(shared))}", *listed(a.names, b.names)
        )
    score = -0.5 if a.names and b.names else 0.0
    return Evidence("names", score, "no name in common", *listed(a.names, b.names))


def titles(a: Profile, b: Profile, tables: LinkingTables) -> Evidence:  # noqa: ARG001
    """Whether the titles of two reports announce one story."""
    shown = (a.told.title or "", b.told.title or "")
    if a.report == b.report or not a.title or not b.title:
        return Evidence("titles", 0.0, "one report, or no titles", *shown)
    shared = sum(max(weight, b.title[word]) for word, weight in a.title.items() if word in b.title)
    score = 2 * shared / (sum(a.title.values()) + sum(b.title.values()))
    return Evidence("titles", min(1.0, score), "words that both titles share", *shown)


def copied(a: Profile, b: Profile, tables: LinkingTables) -> Evidence:  # noqa: ARG001
    """Runs of three words in common, out of the shorter claim's."""
    score = likeness(a, b)
    return Evidence("copied", score, f"{score:.0%} of the three-word runs in common", str(a.length), str(b.length))


def singular(a: Profile, b: Profile, tables: LinkingTables) -> Evidence:  # noqa: ARG001
    """Words in common that hardly any other claim of the report has."""
    telling = _singular(a, b)
    common = sorted(telling, key=lambda word: (-telling[word], word))
    reason = f"in few claims besides: {', '.join(common[:4]) or 'none'}"
    return Evidence("singular", min(1.0, sum(telling.values()) / SINGULAR), reason, *_sizes(a, b))


def peculiar(a: Profile, b: Profile, tables: LinkingTables) -> Evidence:  # noqa: ARG001
    """The one word in common that sets the two apart from the rest of the report."""
    telling = _singular(a, b)
    word = min(telling, key=lambda one: (-telling[one], one), default="")
    return Evidence("peculiar", min(1.0, telling.get(word, 0.0) / PECULIAR), word or "none", *_sizes(a, b))


def beginnings(a: Profile, b: Profile, tables: LinkingTables) -> Evidence:  # noqa: ARG001
    """How many words of the shorter claim begin like words of the longer one."""
    one, other = ({word[:BEGINNING] for word in claim.words} for claim in (a, b))
    least = min(len(one), len(other))
    return Evidence("beginnings", len(one & other) / least if least else 0.0, "words that begin alike", *_sizes(a, b))


def likeness(a: Profile, b: Profile) -> float:
    """Share of the shorter claim's three-word runs that the other has too."""
    least = min(len(a.shingles), len(b.shingles))
    return len(a.shingles & b.shingles) / least if least else 0.0


def listed(a: frozenset[str], b: frozenset[str]) -> tuple[str, str]:
    """Two sets of words as they are shown."""
    return " ".join(sorted(a)), " ".join(sorted(b))


def _singular(a: Profile, b: Profile) -> dict[str, float]:
    """Each word in common with its weight: the rarer among the claims of the report, the heavier; none in two reports."""
    if a.report != b.report:
        return {}
    shared = a.among.keys() & b.among.keys()
    return {word: a.among[word] * min(1.0, max(a.words[word], b.words[word])) for word in shared}


def _sizes(a: Profile, b: Profile) -> tuple[str, str]:
    return str(len(a.words)), str(len(b.words))


def _shared(a: Profile, b: Profile) -> float:
    short, long = (a.words, b.words) if len(a.words) <= len(b.words) else (b.words, a.words)
    return sum(max(weight, long[word]) for word, weight in short.items() if word in long)
