"""How words are written in mixed text, counted in news: makes src/bywhom/data/casing.tsv.

    python training/casing.py CORPUS.jsonl.gz ...           writes the table
    python training/casing.py --held-out CORPUS.jsonl.gz    how well every twentieth text is written again from its capitals

A corpus is JSON Lines with a key `text`. Counted are words inside sentences that are mostly small; every twentieth text is left out.
The table holds counts of words, of pairs of words that differ from their parts, and of endings: no sentence of the corpora.
"""

from __future__ import annotations

import gzip
import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from bywhom.prose.casing import CAPITAL, SMALL, CasingTable, recased
from bywhom.records import Span

TARGET = Path(__file__).parents[1] / "src" / "bywhom" / "data" / "casing.tsv"
TOKEN = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*|[^\w\s]|\d[\w.,]*")
OPENING = frozenset("“\"‘'([-–—:")  # what a new beginning may follow
RARE, SEEN, MOST = 3, 2, 9999
HELD_OUT = 20
Forms = list[int]


def texts(paths: Iterable[str], *, held_out: bool) -> Iterator[str]:
    """The texts of the corpora: every twentieth, or the others."""
    for path in paths:
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for number, line in enumerate(lines):
                if (number % HELD_OUT == HELD_OUT - 1) is held_out:
                    yield json.loads(line)["text"]


def form(word: str) -> int:
    """How a word is written."""
    return 2 if word.isupper() and len(word) > 1 else int(word[0].isupper())


def sentences(text: str) -> Iterator[list[str]]:
    """The tokens of each sentence that is mostly small."""
    for paragraph in text.split("\n"):
        found: list[str] = []
        for token in TOKEN.findall(paragraph):
            found.append(token)
            if token in {".", "!", "?"}:
                yield from _mixed(found)
                found = []
        yield from _mixed(found)


def _mixed(tokens: list[str]) -> Iterator[list[str]]:
    words = [token for token in tokens if token[0].isalpha()]
    if len(words) >= 5 and sum(form(word) > 0 for word in words) * 2 < len(words):
        yield tokens


class Counts:
    """What was counted."""

    def __init__(self) -> None:
        self.words: dict[str, Forms] = defaultdict(lambda: [0, 0, 0])
        self.pairs: dict[tuple[str, str], Forms] = defaultdict(lambda: [0, 0, 0])
        self.following = [[0, 0, 0] for _ in range(4)]

    def add(self, tokens: list[str]) -> None:
        """Count a sentence, less its first word and the first after an opening mark: their capitals tell nothing."""
        before: str | None = None
        after = 3
        first = True
        for token in tokens:
            if not token[0].isalpha():
                before, after = None, 3
                first = first or token in OPENING
                continue
            if not first:
                self.words[token.lower()][form(token)] += 1
                self.following[after][form(token)] += 1
                if before:
                    self.pairs[before, token.lower()][form(token)] += 1
            before, after, first = token.lower(), form(token), False

    def rows(self) -> Iterator[tuple[str, Forms]]:
        """The rows of the table."""
        names = ("after a small word", "after a capital", "after an acronym", "after a mark")
        yield from ((f"> {name}", counts) for name, counts in zip(names, self.following, strict=True))
        endings: dict[str, Forms] = defaultdict(lambda: [0, 0, 0])
        for word, counts in self.words.items():
            if sum(counts) <= RARE:
                endings[word[-3:]] = [a + b for a, b in zip(endings[word[-3:]], counts, strict=True)]
        yield from ((f"-{ending}", counts) for ending, counts in sorted(endings.items()) if sum(counts) > 5)
        yield from ((word, counts) for word, counts in sorted(self.words.items()) if sum(counts) >= SEEN)
        yield from (
            (" ".join(pair), counts) for pair, counts in sorted(self.pairs.items()) if self._tells(pair, counts)
        )

    def _tells(self, pair: tuple[str, str], counts: Forms) -> bool:
        """Whether the second word is mostly written otherwise after the first than elsewhere."""
        return sum(counts) >= RARE and _usual(counts) != _usual(self.words[pair[1]])


def _usual(counts: Forms) -> int:
    return max(range(3), key=counts.__getitem__)


def make(paths: list[str]) -> None:
    """Write the table."""
    counts = Counts()
    for text in texts(paths, held_out=False):
        for tokens in sentences(text):
            counts.add(tokens)
    lines = [
        "# How often a word is written small, with a capital, in capitals, inside sentences of mixed news text.",
        '# Made by training/casing.py. "> ": what follows a form; "-": rare words by their ending; two words: the second after the first.',
        *(
            "\t".join([name, *(str(min(count, MOST)) if name[0] != ">" else str(count) for count in forms)])
            for name, forms in counts.rows()
        ),
    ]
    TARGET.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{TARGET.name}: {len(lines) - 2:,} rows, {TARGET.stat().st_size / 1e3:,.0f} kB")


def measure(paths: list[str]) -> None:
    """Print how many of the words of held-out texts come back from capitals as they were written."""
    table = CasingTable.load()
    found: Counter[tuple[bool, bool]] = Counter()
    for text in texts(paths, held_out=True):
        for tokens in sentences(text):
            line = " ".join(tokens)
            if line.upper().lower() != line.lower() or len(line.upper()) != len(line):
                continue
            back = recased(line.upper(), [Span(0, len(line))], table).split(" ")
            inside = list(zip(tokens, back, strict=True))[1:]
            found.update((form(a) > SMALL, form(b) > SMALL) for a, b in inside if a[0].isalpha())
    right = found[True, True]
    total = sum(found.values())
    print(
        f"{total:,} words, {(right + found[False, False]) / total:.1%} as written; of capitalised words (form {CAPITAL} or more)"
    )
    print(f"  precision {right / (right + found[False, True]):.3f}, recall {right / (right + found[True, False]):.3f}")


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["--held-out", *paths] if paths:
            measure(paths)
        case [_, *_]:
            make(sys.argv[1:])
        case _:
            sys.exit(__doc__)
