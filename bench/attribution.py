"""How well and how fast the trained reader finds who says what: PolNeAR, beside the checkout, with the scorer that lies there.

    python bench/attribution.py --split dev              figures, reliability, speed
    python bench/attribution.py --split test             for the final number only: its authors ask that it be looked at once
    python bench/attribution.py --split dev --model M    another model file, the float one of training/export.py for instance

Speed is that of a whole reading by the reader (cutting, network, decoding) on one core and on all, one process for each, in seconds and in
seconds of the processor, which a busy machine falsifies less; and as a part of what the machine can do at most in whole numbers of eight bits.
"""

from __future__ import annotations

import argparse
import gzip
import json
import multiprocessing
import os
import resource
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np

from bywhom.records import Block, BlockKind, Document, Span, Tagged
from bywhom.tagging.model import Model
from bywhom.tagging.sight import TrainedReader
from bywhom.tagging.windows import SIZE

SHARED = Path(__file__).resolve().parents[2] / "shared"
SCORER = SHARED / "bench" / "score_attribution.py"
POLNEAR = SHARED / "data" / "polnear"
SHOWN = ("relation", "relation.exact", "content.iou50", "content.exact", "content.overlap", "segment.source", "segment.cue",
         "segment.content", "quote.strict")  # fmt: skip
BINS = 10
# Operations for one piece: six layers of 384 wide with an inner width of 1536, and the heads; two for each weight.
LINEAR = 2 * (6 * (4 * 384 * 384 + 2 * 384 * 1536) + 384 * 1856)
ATTENTION = 2 * 6 * 2 * 384  # for each other piece in the window
Row = dict[str, Any]


def documents(split: str) -> list[Row]:
    """The annotated texts of one part."""
    with gzip.open(POLNEAR / f"{split}.jsonl.gz", "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def document(row: Row) -> Document:
    """A text as the reader takes it: each line is a paragraph."""
    at, blocks = 0, []
    for line in row["text"].split("\n"):
        if line.strip():
            blocks.append(Block(Span(at, at + len(line)), BlockKind.BODY))
        at += len(line) + 1
    return Document(row["id"], row["id"], row["text"], "", "text", "bench", tuple(blocks))


def predicted(row: Row, found: Sequence[Tagged]) -> Row:
    """What was found, in the scorer's form."""
    return {"id": row["id"], "attributions": [
        {
            "content": [[c.start, c.end] for c in one.contents],
            "cue": [[one.cue.start, one.cue.end]] if one.cue else [],
            "source": [[one.source.start, one.source.end]] if one.source else [],
        }
        for one in found
    ]}  # fmt: skip


@cache
def scorer() -> ModuleType:
    """The program that scores attributions."""
    spec = spec_from_file_location("score_attribution", SCORER)
    if spec is None or spec.loader is None or not SCORER.exists():
        raise SystemExit(f"{SCORER} is not there: the corpora lie beside the checkout, in ../shared")
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


# -- Reliability -------------------------------------------------------------------------------------------------------


def judged(row: Row, found: Sequence[Tagged]) -> Iterator[tuple[float, bool]]:
    """For each attribution found, its confidence and whether content and source are right."""
    score = scorer()
    tokens = score.Tokens(row["text"])
    gold = [{role: tokens.cover(a[role]) for role in ("content", "source")} for a in row["attributions"]]
    mine = [
        {role: tokens.cover(a[role]) for role in ("content", "source")} for a in predicted(row, found)["attributions"]
    ]
    pairs = []
    for i, a in enumerate(gold):
        for j, b in enumerate(mine):
            shared = len(a["content"] & b["content"])
            if shared and (iou := shared / len(a["content"] | b["content"])) >= 0.5:
                pairs.append(((score.same_or_share(a["source"], b["source"], False), iou), i, j))
    right = {j for (same, _), _, j in score.greedy(pairs) if same}
    for j, one in enumerate(found):
        yield one.score * one.source_score, j in right


def reliability(cases: Sequence[tuple[float, bool]]) -> float:
    """Prints how often the reader is right, by how sure it is; the mean distance of the two."""
    print("\nconfidence   cases   right")
    apart = 0.0
    for low in range(BINS):
        inside = [(sure, right) for sure, right in cases if low <= min(sure * BINS, BINS - 0.001) < low + 1]
        if inside:
            sure, right = (float(np.mean([case[i] for case in inside])) for i in (0, 1))
            apart += abs(sure - right) * len(inside) / len(cases)
            print(f"  {sure:.2f}     {len(inside):6}    {right:.2f}  {'#' * round(40 * right)}")
    return apart


# -- Speed -------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Pace:
    """What one process took."""

    load: float
    read: float
    processor: float  # seconds of it while reading
    peak_mb: int


def _timed(job: tuple[Path | None, list[Row], int]) -> Pace:
    """How long it takes to load and to read, in a process of its own."""
    model, rows, size = job
    begun = time.perf_counter()
    reader = load(model)
    loaded, used = time.perf_counter(), time.process_time()
    for row in rows:
        tuple(reader.see(document(row), size).attributions())
    ended, used = time.perf_counter(), time.process_time() - used
    return Pace(loaded - begun, ended - loaded, used, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)


def speed(model: Path | None, rows: list[Row], size: int) -> float:
    """Prints how long it takes on one core and on all; texts a second on all."""
    cores, words = os.cpu_count() or 1, sum(len(row["text"].split()) for row in rows)
    for processes in sorted({1, cores}):
        parts = [(model, rows[i::processes], size) for i in range(processes)]
        with multiprocessing.get_context("spawn").Pool(processes) as pool:
            told = pool.map(_timed, parts, chunksize=1)
        pace, used = len(rows) / max(one.read for one in told), sum(one.processor for one in told)
        print(f"{processes} process(es): {pace:.1f} texts/s, {1000 * used / words:.3f} s of the processor for 1,000 words,"
              f" loading {max(one.load for one in told):.2f} s, peak {max(one.peak_mb for one in told)} MB each")  # fmt: skip
    return pace


def peak_gops() -> float:
    """What one core can do at most, in 10^9 operations a second on whole numbers of eight bits: one product of matrices, all day."""
    import onnxruntime as ort  # noqa: PLC0415

    rows, inner, columns = 2048, 384, 1536
    rng = np.random.default_rng(0)
    options = ort.SessionOptions()
    options.intra_op_num_threads = 1
    weight = rng.integers(-127, 127, (inner, columns)).astype(np.int8)
    session = ort.InferenceSession(_product(rows, weight), options, providers=["CPUExecutionProvider"])
    x = rng.integers(0, 255, (rows, inner)).astype(np.uint8)
    best = min(_seconds(lambda: session.run(None, {"x": x})) for _ in range(50))
    return float(2 * rows * inner * columns / best / 1e9)


_UINT8, _INT8, _INT32 = 2, 3, 6  # kinds of numbers, as ONNX counts them


def _product(rows: int, weight: np.ndarray[Any, Any]) -> bytes:
    """An ONNX model that multiplies whole numbers, x by a weight; written out, as ONNX itself is needed for training alone."""

    def tensor(name: bytes, kind: int, shape: Sequence[int]) -> bytes:
        sides = b"".join(_part(1, _part(1, side)) for side in shape)
        return _part(1, name) + _part(2, _part(1, _part(1, kind) + _part(2, sides)))

    inner, columns = weight.shape
    node = _part(1, b"x") + _part(1, b"w") + _part(2, b"y") + _part(4, b"MatMulInteger")
    table = _part(1, inner) + _part(1, columns) + _part(2, _INT8) + _part(8, b"w") + _part(9, weight.tobytes())
    ends = _part(11, tensor(b"x", _UINT8, (rows, inner))) + _part(12, tensor(b"y", _INT32, (rows, columns)))
    graph = _part(1, node) + _part(2, b"peak") + _part(5, table) + ends
    return _part(1, 8) + _part(7, graph) + _part(8, _part(1, b"") + _part(2, 17))


def _part(number: int, value: int | bytes) -> bytes:
    """One field of a protocol buffer."""
    if isinstance(value, int):
        return _varint(8 * number) + _varint(value)
    return _varint(8 * number + 2) + _varint(len(value)) + value


def _varint(value: int) -> bytes:
    low, rest = value & 127, value >> 7
    return bytes([low | 128]) + _varint(rest) if rest else bytes([low])


def _seconds(do: Any) -> float:  # noqa: ANN401
    begun = time.perf_counter()
    do()
    return time.perf_counter() - begun


# -- The command -------------------------------------------------------------------------------------------------------


def load(model: Path | None) -> TrainedReader:
    """The reader that ships, or another file."""
    if model is None:
        return TrainedReader.load()
    content = model.read_bytes()
    return TrainedReader(Model(content), model.stem, sha256(content).hexdigest())


def figures(rows: Sequence[Row], told: Sequence[Sequence[Tagged]]) -> Row:
    """The scorer's figures."""
    return dict(scorer().score_docs(rows, [predicted(row, found) for row, found in zip(rows, told, strict=True)]))


def main() -> None:
    """Print everything."""
    given = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    given.add_argument("--split", choices=["dev", "test"], default="dev")
    given.add_argument("--model", type=Path)
    given.add_argument("--size", type=int, default=SIZE, help="pieces in a window")
    given.add_argument("--no-speed", dest="speed", action="store_false")
    options = given.parse_args()
    rows, reader = documents(options.split), load(options.model)
    told = [tuple(reader.see(document(row), options.size).attributions()) for row in rows]
    found = figures(rows, told)
    print(
        f"{reader.name} ({reader.digest[:12]}), PolNeAR {options.split}, {len(rows)} texts, windows of {options.size}\n"
    )
    for name in SHOWN:
        print(f"{name:18} P {found[name]['p']:.4f}  R {found[name]['r']:.4f}  F1 {found[name]['f1']:.4f}")
    source = found["source"]
    print(f"wrong or invented source in {1 - source['overlap']:.1%} of {source['n']} matched claims")
    cases = [case for row, each in zip(rows, told, strict=True) for case in judged(row, each)]
    print(f"mean distance of confidence and truth: {reliability(cases):.3f}")
    if options.speed:
        show_speed(options.model, rows, options.size, reader)


def show_speed(model: Path | None, rows: list[Row], size: int, reader: TrainedReader) -> None:
    """Print how fast, and how near to what the machine can do."""
    print()
    pace, most, cores = speed(model, rows, size), peak_gops(), os.cpu_count() or 1
    pieces = [len(window.pieces) for row in rows for window in reader.cut(document(row), size)]
    work = sum(n * (LINEAR + ATTENTION * n) for n in pieces) / len(rows) / 1e9
    print(f"{sum(pieces) / len(rows):.0f} pieces and {work:.1f} billion operations a text")
    print(f"a core does {most:.0f} billion a second at most: {pace * work / (most * cores):.0%} of that is reached")


if __name__ == "__main__":
    main()
