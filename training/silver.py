"""Claims that the rules read in texts that nobody annotated: to teach the network the common ground before the annotations.

    python -m training.silver CORPUS_FOLDER OUT.jsonl      every text of CORPUS_FOLDER/*.jsonl.gz that is not held out

The rows have the form of training/annotations, and the text besides: they are for training on this machine, not for keeping.
The rules read alone, whatever reader ships.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from bywhom.attribution import Lexicon, attribute
from bywhom.claims import ClaimTables, assemble
from bywhom.cleaning import CleaningTables, clean
from bywhom.reading import in_mixed_case
from bywhom.records import Claim, Collection, Extractor, RawDocument, SourceKind
from training.corpora import held_out, read_lines

Row = dict[str, Any]


@dataclass(frozen=True)
class Rules:
    """All tables that the rules read with."""

    cleaning: CleaningTables
    lexicon: Lexicon
    claims: ClaimTables

    @classmethod
    def load(cls) -> Rules:
        return cls(CleaningTables.load(), Lexicon.load(), ClaimTables.load())

    def read(self, text: str) -> tuple[Claim, ...]:
        """The claims of one text; none where it cannot be read."""
        raw = RawDocument("text", text.encode(), "text", Collection("text.txt", "file", "", ""))
        documents = clean(raw, tables=self.cleaning).items
        if not documents:
            return ()
        doc = in_mixed_case(documents[0])
        said = attribute(doc, lexicon=self.lexicon).items
        return assemble(doc, said, tables=self.claims, extractor=Extractor("rules", "")).items


def row_of(claim: Claim) -> Row:
    """A claim as an annotator would have written it."""
    said = claim.attribution
    mention = said.source.mention if said.source else None
    return {
        "start": claim.span.start,
        "end": claim.span.end,
        "source": said.source.name if said.source else None,
        "source_kind": said.source.kind if said.source else SourceKind.PUBLISHER,
        "source_mention": [mention.start, mention.end] if mention else None,
        "quote": said.quote,
        "channel": said.channel,
        "event": claim.event.type,
        "certainty": claim.certainty,
        "polarity": claim.polarity,
        "modality": claim.modality,
        "distanced": claim.distanced,
    }


def texts(corpus: Path) -> Iterator[tuple[str, str]]:
    """Names and texts, without those by which choices are made."""
    for path in sorted(corpus.glob("*.jsonl.gz")):
        for number, row in enumerate(read_lines(path)):
            if not held_out({"sha256": sha256(row["text"].encode()).hexdigest()}):
                yield f"{path.name.removesuffix('.jsonl.gz')}-{number:04}", row["text"]


def main(corpus: Path, out: Path) -> None:
    """Write one row for each text that has claims."""
    rules, read = Rules.load(), 0
    new = out.with_suffix(".new")
    with new.open("w", encoding="utf-8") as file:
        for name, text in texts(corpus):
            claims = [row_of(claim) for claim in rules.read(text)]
            if claims:
                file.write(json.dumps({"name": name, "text": text, "claims": claims}, ensure_ascii=False) + "\n")
                read += 1
    new.replace(out)
    print(f"{read} texts")


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(Path(sys.argv[1]), Path(sys.argv[2]))
