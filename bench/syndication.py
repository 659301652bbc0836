"""Copies made of real reports: how often a copy passes for corroboration, and how often it is known for what it is.

    python bench/syndication.py [--shared ../shared] [--reports 60] [--seed 1]

Each report is copied for another outlet: verbatim (with another headline, with another byline), cut to its first half, with its
paragraphs in another order, lightly paraphrased, and with its names garbled as machines garble them. All copies stand in one
ledger with their originals. A claim of a copy answers to the claim of the original that was made from the same sentence.

False corroboration: of the copies' claims, the share that independently corroborates any claim of its original.
Same-origin recall: of the pairs of answering claims, the share that is one origin.
"""

from __future__ import annotations

import argparse
import random
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from linked import news, raw, told
from rapidfuzz import fuzz

from bywhom.linking import LinkingTables, relate
from bywhom.records import Independence, RawDocument, Relation, RelationType, Told

NEWS = ("syria-fakes", "elsalvador-muc3", "ukraine-web")
TARGETS = {"false corroboration": 0.02, "verbatim": 0.95, "rewritten": 0.80}
SAME_SENTENCE = 70.0  # of 100: two claims from one sentence, whatever was done to it
_SENTENCE = re.compile(r"(?<=[.!?”\"])\s+(?=[A-Z“\"])")
# One for one: the light hand of a rewriting desk. Both ways, so that old and new wording stay equally common.
SYNONYMS = {
    "said": "stated", "killed": "left dead", "wounded": "injured", "attack": "assault", "attacks": "assaults", "troops": "soldiers",
    "soldiers": "troops", "about": "around", "around": "about", "near": "close to", "also": "in addition", "began": "started", "city": "town",
    "town": "city", "destroyed": "demolished", "fighters": "militants", "militants": "fighters", "officials": "authorities",
    "including": "among them", "area": "zone", "large": "big", "several": "a number of", "children": "minors", "according": "according",
    "announced": "declared", "claimed": "maintained", "shelling": "bombardment", "captured": "seized", "dozens": "scores", "many": "numerous",
    "houses": "homes", "after": "following", "civilians": "residents", "strikes": "raids", "raids": "strikes", "hospital": "clinic",
}  # fmt: skip


@dataclass(frozen=True)
class Copy:
    """One way of copying, and what it is measured as."""

    name: str
    kind: str  # verbatim, rewritten
    make: Callable[[str, random.Random], str]


def main() -> None:
    """Print a line for each way of copying."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--shared", type=Path, default=Path("../shared"))
    ask.add_argument("--reports", type=int, default=60, help="originals, from all files alike")
    ask.add_argument("--seed", type=int, default=1)
    options = ask.parse_args()
    originals = list(_drawn(options.shared, options.reports, options.seed))
    items = told(chain(originals, *(_copies(one, options.seed) for one in originals)))
    _print(measure(items, relate(items, tables=LinkingTables.load()).items))


def _drawn(shared: Path, number: int, seed: int) -> Iterator[RawDocument]:
    """Reports of a middling length, drawn at random."""
    for name in NEWS:
        reports = [
            one for one in news(shared / f"data/conflict-news/{name}.jsonl.gz") if 600 < len(str(one.content)) < 6000
        ]
        yield from random.Random(seed).sample(reports, number // len(NEWS))  # noqa: S311 (disorder that can be repeated)


def _copies(original: RawDocument, seed: int) -> Iterator[RawDocument]:
    """The copies of one report, each by another outlet, a day later at most."""
    for number, copy in enumerate(COPIES):
        text = copy.make(str(original.content), random.Random(f"{seed} {original.name} {copy.name}"))  # noqa: S311 (disorder that can be repeated)
        yield raw(
            f"{original.name}#{copy.name}",
            text,
            publisher=f"Gazette No. {number}",
            published=original.declared.published,
        )


# --- Ways of copying ----------------------------------------------------------------------------------------------------


def _headline(text: str, _: random.Random) -> str:
    head, _gap, body = text.partition("\n\n")
    return f"What is known so far: {' '.join(head.split()[:6]).title()}\n\n{body or text}"


def _byline(text: str, _: random.Random) -> str:
    head, _gap, body = text.partition("\n\n")
    return f"{head}\n\nBy our correspondent\n\n{body or text}"


def _cut(text: str, _: random.Random) -> str:
    sentences = _SENTENCE.split(text)
    return " ".join(sentences[: max(3, len(sentences) // 2)])


def _reordered(text: str, rng: random.Random) -> str:
    """The head stays; paragraphs change places, or sentences where there is one paragraph."""
    paragraphs = text.count("\n\n") > 2
    head, *rest = text.split("\n\n") if paragraphs else _SENTENCE.split(text)
    rng.shuffle(rest)
    return ("\n\n" if paragraphs else " ").join([head, *rest])


def _paraphrased(text: str, rng: random.Random) -> str:
    """Two of three words that have a synonym get it."""
    return re.sub(r"[A-Za-z]+", lambda found: _synonym(found.group(), rng), text)


def _synonym(word: str, rng: random.Random) -> str:
    other = SYNONYMS.get(word.lower())
    if other is None or rng.random() > 0.67:
        return word
    if word.isupper():
        return other.upper()
    return other.capitalize() if word[0].isupper() else other


def _garbled(text: str, rng: random.Random) -> str:
    """Names with two letters changed over or one lost, each always in the same way."""
    wrong: dict[str, str] = {}
    return re.sub(
        r"(?<=[a-z,] )[A-Z][a-z]{4,}", lambda found: wrong.setdefault(found.group(), _slip(found.group(), rng)), text
    )


def _slip(name: str, rng: random.Random) -> str:
    at = rng.randrange(1, len(name) - 2)
    if rng.random() < 0.5:
        return name[:at] + name[at + 1] + name[at] + name[at + 2 :]
    return name[:at] + name[at + 1 :]


COPIES = (
    Copy("headline", "verbatim", _headline),
    Copy("byline", "verbatim", _byline),
    Copy("cut", "verbatim", _cut),
    Copy("reordered", "verbatim", _reordered),
    Copy("paraphrased", "rewritten", _paraphrased),
    Copy("garbled", "rewritten", _garbled),
)


# --- Measuring ------------------------------------------------------------------------------------------------------------


@dataclass
class Figures:
    """What came of one way of copying."""

    claims: int = 0
    false: int = 0
    answering: int = 0
    found: int = 0

    def __add__(self, other: Figures) -> Figures:
        return Figures(*(a + b for a, b in zip(vars(self).values(), vars(other).values(), strict=True)))


def measure(items: Sequence[Told], relations: Iterable[Relation]) -> dict[str, Figures]:
    """The figures of each way of copying."""
    reports: dict[str, list[Told]] = defaultdict(list)
    for item in items:
        reports[item.document].append(item)
    relations = list(relations)
    groups, false = _origins(relations), _false(relations, {item.claim.id: item.document for item in items})
    found: dict[str, Figures] = defaultdict(Figures)
    for name, claims in reports.items():
        original, _, copy = name.partition("#")
        if copy and original in reports:
            pairs = list(_answering(reports[original], claims))
            one = sum(groups.get(a, a) == groups.get(b, b) for a, b in pairs)
            found[copy] += Figures(len(claims), sum(item.claim.id in false for item in claims), len(pairs), one)
    return found


def _origins(relations: Iterable[Relation]) -> dict[str, str]:
    """Claim -> the least claim of its origin: same_origin is closed transitively."""
    roots: dict[str, str] = {}

    def root(one: str) -> str:
        while roots.setdefault(one, one) != one:
            one = roots[one]
        return one

    for relation in relations:
        if relation.type is RelationType.SAME_ORIGIN:
            low, high = sorted((root(relation.a), root(relation.b)))
            roots[high] = low
    return {one: root(one) for one in list(roots)}


def _false(relations: Iterable[Relation], reports: dict[str, str]) -> set[str]:
    """The claims of copies that independently corroborate a claim of their original, or of another copy of it."""
    found = set()
    for one in relations:
        if one.type is RelationType.CORROBORATES and one.independence is Independence.INDEPENDENT:
            a, b = reports[one.a], reports[one.b]
            if a != b and a.partition("#")[0] == b.partition("#")[0]:
                found |= {one.a, one.b}
    return found


def _answering(original: list[Told], copy: list[Told]) -> Iterator[tuple[str, str]]:
    """The pairs of claims made from one sentence: best likeness first, one to one."""
    scored = (
        (fuzz.ratio(a.claim.text, b.claim.text), i, j) for i, a in enumerate(original) for j, b in enumerate(copy)
    )
    left, right = set(), set()
    for score, i, j in sorted(scored, key=lambda one: (-one[0], one[1], one[2])):
        if score < SAME_SENTENCE:
            return
        if i not in left and j not in right:
            left.add(i)
            right.add(j)
            yield original[i].claim.id, copy[j].claim.id


def _print(found: dict[str, Figures]) -> None:
    total = Figures()
    for copy in COPIES:
        one = found[copy.name]
        total += one
        print(f"{copy.name:12} {copy.kind:10} same origin {one.found / max(1, one.answering):.3f} "
              f"(target {TARGETS[copy.kind]:.2f}, of {one.answering})  false corroboration {one.false / max(1, one.claims):.4f}")  # fmt: skip
    for kind in ("verbatim", "rewritten"):
        parts = [found[copy.name] for copy in COPIES if copy.kind == kind]
        print(
            f"{'all':12} {kind:10} same origin {sum(p.found for p in parts) / max(1, sum(p.answering for p in parts)):.3f}"
        )
    print(f"all copies: false corroboration {total.false / max(1, total.claims):.4f} "
          f"(target at most {TARGETS['false corroboration']:.2f}, of {total.claims} claims)")  # fmt: skip


if __name__ == "__main__":
    main()
