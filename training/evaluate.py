"""How far the network is, on texts that it is not taught with.

    python -m training.evaluate DATA_FOLDER READER.pt [READER.pt ...]

prints what each reader gets right of the claims of the kept texts, at the annotators' spans.
"""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import torch

from bywhom.tagging.decoding import (
    Chunk,
    Numbers,
    Outputs,
    best_paths,
    chances,
    claims,
    end_chances,
    field_chances,
    mention_chances,
    relay_chances,
)
from bywhom.tagging.joining import attributions
from bywhom.tagging.labels import FIELDS, columns
from bywhom.tagging.windows import SIZE, Window, windows
from bywhom.tagging.wordpieces import Vocabulary
from training.batches import collated
from training.corpora import (
    UNLABELLED,
    Claim,
    Example,
    Row,
    annotated_rows,
    claim_examples,
    held_out,
    paragraphs_of_lines,
    vocabulary_of,
)
from training.invented import invented_rows
from training.network import Network, Told, start_folder

Figures = dict[str, float]
MENTIONS = tuple(name + rest for name in ("source", "name", "place", "time") for rest in ("", " filled"))


def scorer(path: Path) -> ModuleType:
    """The program that scores attributions, from where it lies."""
    spec = importlib.util.spec_from_file_location("score_attribution", path)
    if spec is None or spec.loader is None:
        raise SystemExit(f"{path} is no program that scores attributions")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def outputs(network: Network, examples: Sequence[Example], vocabulary: Vocabulary, size: int = 16) -> list[Outputs]:
    """What the network says of each window."""
    network.eval()
    order = sorted(range(len(examples)), key=lambda i: sum(map(len, examples[i].pieces)))
    found: dict[int, Outputs] = {}
    for at in range(0, len(order), size):
        part = order[at : at + size]
        batch = collated([examples[i] for i in part], vocabulary)
        with torch.inference_mode(), torch.autocast("cpu", dtype=torch.bfloat16):
            told = network(batch.ids, batch.features, batch.bias, batch.heads)
        for row, i in enumerate(part):
            found[i] = _outputs(told, row, len(examples[i].pieces))
    network.train()
    return [found[i] for i in range(len(examples))]


def _outputs(told: Told, row: int, words: int) -> Outputs:
    per_word = (told.roles, told.tags, told.fields, told.weights)
    roles, tags, fields, weights = (each[row, :words].float().numpy() for each in per_word)
    cues, sources = (each[row, :words, : words + 1].float().numpy() for each in (told.cues, told.sources))
    asked, offered = told.asked[row, :words].float().numpy(), told.offered[row, : words + 1].float().numpy()
    offsets = told.offsets.detach().float().numpy()
    return Outputs(roles, cues, sources, tags, fields, weights, asked, offered, offsets)


def attribution_figures(
    network: Network, rows: Sequence[Row], vocabulary: Vocabulary, score: ModuleType, size: int = SIZE
) -> dict[str, Any]:
    """The scorer's figures on texts in which source, cue and content are marked."""
    cut = [list(windows(row["text"], paragraphs_of_lines(row["text"]), vocabulary, size)) for row in rows]
    flat = [plain(window) for each in cut for window in each]
    told = iter(outputs(network, flat, vocabulary))
    moves = network.role_crf.table().detach().numpy()
    predicted = []
    for row, each in zip(rows, cut, strict=True):
        said = [next(told) for _ in each]
        paths = best_paths([one.roles for one in said], moves)
        sure = chances([one.roles for one in said], moves)
        found = [a for parts in zip(each, said, paths, sure, strict=True) for a in _rows(*parts)]
        predicted.append({"id": row["id"], "attributions": found})
    return dict(score.score_docs(list(rows), predicted))


def plain(window: Window) -> Example:
    """A window of which nothing is known."""
    features = np.array([window.features[head] for head in window.heads])
    return Example([w.pieces for w in window.words], features, np.zeros(len(window.words), np.int64))


def _rows(window: Window, said: Outputs, path: Sequence[int], sure: Numbers) -> Iterator[Row]:
    def span(chunk: Chunk) -> list[int]:
        found = chunk.span(window.words)
        return [found.start, found.end]

    for one in attributions(said, path, sure):
        yield {
            "content": [span(content) for content in one.contents],
            "cue": [span(one.cue)] if one.cue else [],
            "source": [span(one.source)] if one.source else [],
        }


def claim_figures(network: Network, examples: Sequence[Example], vocabulary: Vocabulary) -> Figures:
    """Claims found, and what is said of the annotated ones, right or wrong, in the windows of held-out texts."""
    capitals = [
        replace(e, features=np.where(e.lengths > 0, e.features - e.features % 4 + 2, e.features)) for e in examples
    ]
    found = _claims_of(network, examples, vocabulary)
    found["F1 in capitals"] = _claims_of(network, capitals, vocabulary)["claim F1"]
    return found


def _claims_of(network: Network, examples: Sequence[Example], vocabulary: Vocabulary) -> Figures:
    told = outputs(network, examples, vocabulary)
    paths = best_paths([one.tags for one in told], network.tag_crf.table().detach().numpy())
    hits = predicted = gold = 0
    relays = np.zeros(3)
    right: dict[str, list[bool]] = {name: [] for name in (*FIELDS, *MENTIONS)}
    at = columns()
    for example, said, path in zip(examples, told, paths, strict=True):
        spans = [(c.begin, c.end) for c in claims(path, said.tags)]
        own = [(c.begin, c.end) for c in example.claims]
        hits, predicted, gold = hits + _met(own, spans), predicted + len(spans), gold + len(own)
        for claim in example.claims:
            chances = field_chances(said, claim.begin, claim.end, at)
            for name, label in zip(FIELDS, claim.labels, strict=True):
                if label != UNLABELLED:
                    right[name].append(int(chances[name].argmax()) == label)
            for kind, same, filled in (*_mentioned(said, claim), *_told(said, claim)):
                right[kind].append(same)
                if filled:
                    right[f"{kind} filled"].append(same)
            if claim.relays is not None:
                first_words, _ = relay_chances(said, claim.begin, claim.end)
                told_of, there = {int(w) + 1 for w in np.flatnonzero(first_words > 0.5)}, {w for w, _ in claim.relays}
                relays += np.array([len(told_of & there), len(told_of), len(there)])
    return {
        "claim F1": 2 * hits / max(1, predicted + gold),
        "relay F1": 2 * relays[0] / max(1, relays[1] + relays[2]),
        **{name: sum(each) / max(1, len(each)) for name, each in right.items()},
    }


def _mentioned(said: Outputs, claim: Claim) -> Iterator[tuple[str, bool, bool]]:
    """Source and its full name: whether words of its mention are pointed at, or none where there is none, and whether there is one."""
    for kind, known in (("source", claim.source), ("name", claim.name)):
        if known[0] != UNLABELLED:
            begins, ends = mention_chances(said, claim.begin, claim.end, kind)
            first, last = int(begins.argmax()), int(ends.argmax())
            yield kind, (first == 0) == (known[0] == 0) and first <= known[1] and last >= known[0], known[0] > 0


def _told(said: Outputs, claim: Claim) -> Iterator[tuple[str, bool, bool]]:
    """Place and time: whether the right word is pointed at, or none where there is none, and whether there is one."""
    for kind, known in zip(("place", "time"), claim.told, strict=True):
        if known != UNLABELLED:
            yield kind, int(end_chances(said, claim.begin, claim.end, kind).argmax()) == known, known > 0


def _met(gold: Sequence[tuple[int, int]], found: Sequence[tuple[int, int]]) -> int:
    """How many gold spans have a found one of their own with which they share at least 0.4 of both."""
    pairs = sorted(
        (-shared / (b - a + d - c - shared), i, j)
        for i, (a, b) in enumerate(gold)
        for j, (c, d) in enumerate(found)
        if (shared := max(0, min(b, d) - max(a, c)))
    )
    left: set[int] = set()
    used: set[int] = set()
    for score, i, j in pairs:
        if -score >= 0.4 and i not in left and j not in used:
            left.add(i)
            used.add(j)
    return len(left)


def main(data: Path, readers: Sequence[Path]) -> None:
    """Print what each reader gets right of the kept texts of conflict news and of the kept invented reports."""
    pieces, _ = vocabulary_of(start_folder())
    vocabulary = Vocabulary(pieces)
    texts = {"conflict news": annotated_rows(data / "conflict-news"), "invented": invented_rows()}
    for name, rows in texts.items():
        examples = claim_examples(filter(held_out, rows), vocabulary)
        for path in readers:
            network = Network(len(pieces))
            network.load_state_dict(torch.load(path, weights_only=True)["network"])
            figures = claim_figures(network, examples, vocabulary)
            print(f"{path}, {name}: " + "  ".join(f"{field} {value:.3f}" for field, value in figures.items()))


if __name__ == "__main__":
    main(Path(sys.argv[1]), [Path(each) for each in sys.argv[2:]])
