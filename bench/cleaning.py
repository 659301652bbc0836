"""Measure the cleaning of annotated texts: what is lost of the report, what stays of the page around it.

    python bench/cleaning.py GOLD TEXTS [--only STEM ...] [--verbose]

GOLD holds <stem>.yaml in the format of the acceptance set, TEXTS the <stem>.txt beside it. Told are: furniture that
stands outside BODY and TITLE, annotated claims that stand wholly inside them, and titles, dates and publishers that
agree, a missing one agreeing with none.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from bywhom.cleaning import CleaningTables, clean
from bywhom.records import BlockKind, Collection, Document, RawDocument

READ = (BlockKind.BODY, BlockKind.TITLE)


@dataclass(frozen=True)
class Check:
    """One question put to one text, and whether the answer was right."""

    stem: str
    what: str
    right: bool
    seen: str


def checks(gold: Path, text: Path, tables: CleaningTables) -> Iterator[Check]:
    """Every question that an annotation answers."""
    head = yaml.safe_load(gold.read_text(encoding="utf-8"))
    doc = cleaned(text, tables)
    for words in head["document"].get("body_must_exclude") or []:
        yield Check(gold.stem, "furniture out", not _reads(doc, words), words)
    for claim in head["claims"]:
        yield Check(gold.stem, "claim in", _holds(doc, claim["text"]), claim["text"])
    for words in head["document"].get("unscored") or []:
        yield Check(gold.stem, "commentary in", _holds(doc, words), words)
    for name in ("title", "published", "publisher"):
        stated = getattr(doc, name)
        wanted = head["document"].get(name)
        value = stated.value if stated else None
        yield Check(gold.stem, name, value == (str(wanted) if wanted else None), f"{value!r}, not {wanted!r}")


def cleaned(path: Path, tables: CleaningTables) -> Document:
    """The document that cleaning makes of a text file."""
    raw = RawDocument(path.stem, path.read_bytes(), "text", Collection(str(path), "file", "", ""))
    return clean(raw, tables=tables).items[0]


def _places(doc: Document, words: str) -> list[tuple[int, int]]:
    places: list[tuple[int, int]] = []
    at = doc.text.find(words)
    while at >= 0:
        places.append((at, at + len(words)))
        at = doc.text.find(words, at + 1)
    return places


def _read_blocks(doc: Document) -> list[tuple[int, int]]:
    return [(block.span.start, block.span.end) for block in doc.blocks if block.kind in READ]


def _reads(doc: Document, words: str) -> bool:
    """Whether every occurrence of the words touches text that claims are read from."""
    found = _places(doc, words)
    inside = [any(start < e and s < end for s, e in _read_blocks(doc)) for start, end in found]
    return bool(inside) and all(inside)


def _holds(doc: Document, words: str) -> bool:
    return any(s <= start and end <= e for start, end in _places(doc, words) for s, e in _read_blocks(doc))


def report(found: Sequence[Check], *, verbose: bool) -> None:
    """Print the shares, and with `verbose` every wrong answer."""
    for what in dict.fromkeys(check.what for check in found):
        of = [check for check in found if check.what == what]
        sys.stdout.write(f"{what:14} {sum(c.right for c in of):4} of {len(of):4}\n")
    for check in found:
        if verbose and not check.right:
            sys.stdout.write(f"  {check.stem} {check.what}: {check.seen[:160]}\n")


def main() -> None:
    """Read the arguments and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("gold", type=Path)
    parser.add_argument("texts", type=Path)
    parser.add_argument("--only", nargs="*", default=None)
    parser.add_argument("--skip", nargs="*", default=[])
    parser.add_argument("--verbose", action="store_true")
    args = parser.parse_args()
    tables = CleaningTables.load()
    paths = sorted(path for path in args.gold.glob("*.yaml") if path.stem not in ("links", *args.skip))
    stems = [path for path in paths if args.only is None or path.stem in args.only]
    found = [check for path in stems for check in checks(path, args.texts / f"{path.stem}.txt", tables)]
    report(found, verbose=args.verbose)


if __name__ == "__main__":
    main()
