"""Train the reader: from annotated corpora to a checkpoint that `training.export` makes a model of.

    python -m training.train --polnear FOLDER --conflict FOLDER --out FOLDER [--epochs 8] [--processes 2]

Stopped, it goes on from its last checkpoint when it is called again. What is printed also stands in OUT/progress.txt.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import time
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
import torch.distributed as dist
import torch.multiprocessing as mp

from bywhom.tagging.windows import SIZE
from bywhom.tagging.wordpieces import Vocabulary
from training.batches import Batch, Cues, Variation, Varier, collated, shuffled
from training.corpora import (
    ROUNDS,
    Example,
    Row,
    annotated_rows,
    attribution_examples,
    claim_examples,
    held_out,
    read_lines,
    vocabulary_of,
)
from training.evaluate import attribution_figures, claim_figures, scorer
from training.invented import invented_rows
from training.losses import loss
from training.network import LAYERS, Network, start_folder

SHOWN = ("relation", "content.iou50", "segment.source", "segment.cue", "segment.content", "relation.exact")
PORT = 29517


@dataclass(frozen=True)
class Settings:
    """All that decides on the outcome, besides the corpora."""

    polnear: Path
    conflict: Path | None
    out: Path
    silver: Path | None
    silver_share: float  # how much of it an epoch shows
    start: Path | None  # a checkpoint to go on from with other corpora or rates
    annotations: Path
    scorer: Path
    epochs: float
    repeat: int  # how often an epoch shows each annotated text
    batch: int
    rate: float
    seed: int
    slowing: float  # the rate of a layer is so many times that of the one above it
    freeze_words: bool  # leave the embeddings of words as they are
    vary: float  # how often examples are changed, 1: as Variation says
    processes: int
    threads: int
    save_minutes: float
    attribution: bool  # whether the texts with attributions are among the examples
    all_texts: bool  # also the held-out annotated texts: for the model that ships
    sizes: tuple[int, ...]  # pieces in a window, epoch by epoch: texts cut elsewhere teach more
    texts: int | None  # so many of each corpus alone, to try things out
    rounds: int  # so many rounds of annotation: what came later is left out, as if it had not been made yet
    annotated: int | None  # so many of the annotated texts alone, the same ones each time: training/curve.py


def main() -> None:
    """Train, as the command line says."""
    settings = _settings()
    settings.out.mkdir(parents=True, exist_ok=True)
    if settings.processes == 1:
        _work(0, settings)
    else:
        mp.spawn(_work, (settings,), nprocs=settings.processes)


def _settings() -> Settings:
    here = Path(__file__).parent
    given = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    given.add_argument("--polnear", type=Path, required=True, help="train.jsonl.gz and dev.jsonl.gz with attributions")
    given.add_argument("--conflict", type=Path, help="the corpora of which training/annotations speaks")
    given.add_argument("--out", type=Path, required=True)
    given.add_argument("--silver", type=Path, help="more claims in that form, read by rules; they count less")
    given.add_argument("--silver-share", type=float, default=0.25)
    given.add_argument("--start", type=Path)
    given.add_argument("--annotations", type=Path, default=here / "annotations")
    given.add_argument("--scorer", type=Path, default=here.parents[1] / "shared" / "bench" / "score_attribution.py")
    given.add_argument("--epochs", type=float, default=8)
    given.add_argument("--repeat", type=int, default=1)
    given.add_argument("--batch", type=int, default=8)
    given.add_argument("--rate", type=float, default=2.5e-4)
    given.add_argument("--seed", type=int, default=1)
    given.add_argument("--slowing", type=float, default=0.9)
    given.add_argument("--freeze-words", action="store_true")
    given.add_argument("--vary", type=float, default=1)
    given.add_argument("--processes", type=int, default=1)
    given.add_argument("--threads", type=int, default=os.cpu_count() or 1)
    given.add_argument("--save-minutes", type=float, default=4)
    given.add_argument("--no-attribution", dest="attribution", action="store_false")
    given.add_argument("--all-texts", action="store_true")
    given.add_argument("--sizes", type=_numbers, default=(SIZE,), help="pieces in a window, epoch by epoch: 224,256")
    given.add_argument("--texts", type=int)
    given.add_argument("--rounds", type=int, default=ROUNDS, help="leave out texts that were annotated later")
    given.add_argument("--annotated", type=int, help="learn from so many of the annotated texts alone")
    return Settings(**vars(given.parse_args()))


def _numbers(words: str) -> tuple[int, ...]:
    return tuple(map(int, words.split(",")))


@dataclass
class Corpora:
    """What there is to learn from, and to choose by."""

    examples: list[list[Example]]  # for each size of windows in turn
    silver: list[Example]
    attributed: list[Row]
    claimed: list[Example]
    invented: list[Example]

    def of_epoch(self, epoch: int, share: float, chance: random.Random) -> list[Example]:
        """What one epoch shows: everything that people annotated, and a share of what rules read."""
        taught = self.examples[epoch % len(self.examples)]
        return taught + chance.sample(self.silver, int(share * len(self.silver)))

    def steps(self, epoch: int, settings: Settings) -> int:
        """How many steps one epoch takes."""
        shown = len(self.examples[epoch % len(self.examples)]) + int(settings.silver_share * len(self.silver))
        return -(-shown // (settings.batch * settings.processes))

    @classmethod
    def read(cls, settings: Settings, vocabulary: Vocabulary) -> Corpora:
        rows = annotated_rows(settings.conflict, settings.annotations)[: settings.texts] if settings.conflict else []
        invented = invented_rows(settings.annotations / "invented")[: settings.texts]
        claimed, told = (claim_examples(filter(held_out, each), vocabulary) for each in (rows, invented))
        examples = [_taught(settings, [*rows, *invented], vocabulary, size) for size in settings.sizes]
        silver = claim_examples(read_lines(settings.silver), vocabulary, weight=0.3) if settings.silver else []
        return cls(examples, silver, read_lines(settings.polnear / "dev.jsonl.gz")[: settings.texts], claimed, told)


def _taught(settings: Settings, rows: list[Row], vocabulary: Vocabulary, size: int) -> list[Example]:
    taught = [row for row in rows if row["round"] <= settings.rounds and (settings.all_texts or not held_out(row))]
    if settings.annotated is not None:
        taught = sorted(taught, key=lambda row: row["sha256"])[: settings.annotated]
    examples = claim_examples(taught, vocabulary, size) * settings.repeat
    if settings.attribution:
        rows = read_lines(settings.polnear / "train.jsonl.gz")[: settings.texts]
        examples += attribution_examples(rows, vocabulary, size)
    return examples


@dataclass(frozen=True)
class Schedule:
    """At which step which epoch begins."""

    begins: tuple[int, ...]
    total: int

    @classmethod
    def of(cls, corpora: Corpora, settings: Settings) -> Schedule:
        begins = [0]
        while len(begins) <= settings.epochs:
            begins.append(begins[-1] + corpora.steps(len(begins) - 1, settings))
        last = len(begins) - 1
        rest = int((settings.epochs - last) * corpora.steps(last, settings))
        return cls(tuple(begins), begins[-1] + rest)

    def at(self, step: int) -> tuple[int, int]:
        """The epoch of a step, and how many steps of it came before."""
        epoch = bisect_right(self.begins, step) - 1
        return epoch, step - self.begins[epoch]

    def ends(self, step: int) -> bool:
        """Whether that many steps make whole epochs, or all."""
        return step in self.begins or step == self.total


class Training:
    """The state of a training: what is saved, and gone on from."""

    def __init__(self, settings: Settings, rank: int) -> None:
        self.settings, self.rank = settings, rank
        pieces, kept = vocabulary_of(start_folder())
        self.vocabulary, self.names = Vocabulary(pieces), pieces
        torch.manual_seed(settings.seed)
        self.network = Network(len(pieces))
        self.network.start_from(start_folder(), kept)
        self.average: dict[str, torch.Tensor] = {}
        self.step = 0
        if settings.start:
            self._take(torch.load(settings.start, weights_only=True))
            self.step = 0
        self.optimizer = torch.optim.AdamW(self._groups(), betas=(0.9, 0.98), fused=True)
        saved = settings.out / "state.pt"
        if saved.exists():
            state = torch.load(saved, weights_only=True)
            self._take(state)
            self.optimizer.load_state_dict(state["optimizer"])

    def _take(self, state: dict[str, Any]) -> None:
        self.network.load_state_dict(state["network"])
        self.average, self.step = dict(state["average"]), state["step"]

    def save(self) -> None:
        """Write the state beside the old one, then put it in its place."""
        new = self.settings.out / "state.new"
        state = {"network": self.network.state_dict(), "average": self.average, "step": self.step}
        torch.save({**state, "optimizer": self.optimizer.state_dict()}, new)
        new.replace(self.settings.out / "state.pt")

    def _groups(self) -> list[dict[str, Any]]:
        """The weights by how fast they may move: heads fast, the encoder slower the nearer to the words."""
        groups: dict[tuple[float, float], list[torch.nn.Parameter]] = {}
        for name, weight in self.network.named_parameters():
            rate = self.settings.rate * _slowness(name, self.settings)
            decay = 0.01 if weight.ndim >= 2 and "norm" not in name and not name.startswith("pieces") else 0.0
            groups.setdefault((rate, decay), []).append(weight)
        return [{"params": p, "top": rate, "lr": 0.0, "weight_decay": decay} for (rate, decay), p in groups.items()]

    def learn(self, batch: Batch, part: float) -> float:
        """One step; `part` says how much of the training is done."""
        warm = min(1.0, (self.step + 1) / 100)
        for group in self.optimizer.param_groups:
            group["lr"] = group["top"] * warm * max(0.02, 1 - part)
        with torch.autocast("cpu", dtype=torch.bfloat16):
            told = self.network(batch.ids, batch.features, batch.bias, batch.heads)
        total = loss(self.network, told, batch)
        self.optimizer.zero_grad(set_to_none=False)
        total.backward()
        self._shared_gradient()
        self.optimizer.step()
        self.step += 1
        self._remember()
        return float(total.detach())

    def _shared_gradient(self) -> None:
        weights = list(self.network.parameters())
        for weight in weights:
            if weight.grad is None:  # its head had nothing to learn from this batch, that of another process may
                weight.grad = torch.zeros_like(weight)
        if self.settings.processes > 1:
            flat = torch.cat([w.grad.reshape(-1) for w in weights]).to(torch.bfloat16)
            dist.all_reduce(flat)
            flat = flat.float() / self.settings.processes
            at = 0
            for weight in weights:
                weight.grad.copy_(flat[at : at + weight.numel()].view_as(weight))
                at += weight.numel()
        torch.nn.utils.clip_grad_norm_(weights, 1.0, foreach=True)

    def _remember(self) -> None:
        """Let the mean of the last thousand or so steps follow."""
        if self.rank or self.step % 5:
            return
        state = self.network.state_dict()
        if not self.average:
            self.average = {name: value.clone() for name, value in state.items()}
        share = max(0.01, 1 / (1 + self.step / 5 / 4))
        for name, value in state.items():
            self.average[name].lerp_(value, share)

    def averaged(self) -> Network:
        """The network with the means of its weights."""
        network = Network(len(self.vocabulary))
        network.load_state_dict(self.average or self.network.state_dict())
        return network


def _slowness(name: str, settings: Settings) -> float:
    head, _, rest = name.partition(".")
    if head == "layers":
        return settings.slowing ** (LAYERS - 1 - int(rest.split(".")[0]))
    return {"pieces": 0.0 if settings.freeze_words else 0.4, "positions": 0.5, "norm": 0.5}.get(head, 4.0)


def _work(rank: int, settings: Settings) -> None:
    torch.set_num_threads(1 if settings.processes > 1 else settings.threads)
    if settings.processes > 1:
        dist.init_process_group("gloo", init_method=f"tcp://127.0.0.1:{PORT}", rank=rank, world_size=settings.processes)
    training = Training(settings, rank)
    corpora = Corpora.read(settings, training.vocabulary)
    say = _Printer(settings.out, rank)
    say(
        f"{len(corpora.examples[0])} windows to learn from, {len(corpora.silver)} read by rules, {len(corpora.claimed)} held out, {training.step} steps done"
    )
    torch.manual_seed(settings.seed * 1000 + rank)
    _run(training, corpora, say)
    if rank == 0:
        training.save()
        torch.save({"network": training.average, "pieces": training.names}, settings.out / "reader.pt")
        say("done: " + str(settings.out / "reader.pt"))


def _run(training: Training, corpora: Corpora, say: _Printer) -> None:
    settings, schedule = training.settings, Schedule.of(corpora, training.settings)
    cues = Cues(corpora.examples[0], training.vocabulary)
    began, saved, mean = time.monotonic(), time.monotonic(), 0.0
    first, total = training.step, schedule.total
    for epoch, batch in _batches(training, corpora, cues, schedule):
        value = training.learn(batch, training.step / total)
        mean = value if not mean else 0.98 * mean + 0.02 * value
        if training.step % 50 == 0:
            pace = (time.monotonic() - began) / (training.step - first)
            say(
                f"step {training.step}/{total}  loss {mean:.3f}  {pace:.2f} s a step  {(total - training.step) * pace / 60:.0f} min left"
            )
        if training.rank == 0 and time.monotonic() - saved > 60 * settings.save_minutes:
            training.save()
            saved = time.monotonic()
        if schedule.ends(training.step):
            _report(training, corpora, say, epoch + 1)


def _batches(training: Training, corpora: Corpora, cues: Cues, schedule: Schedule) -> Iterator[tuple[int, Batch]]:
    """What is left to learn, in an order that only the seed decides."""
    settings, vocabulary = training.settings, training.vocabulary
    varier = Varier(vocabulary, cues, Variation().times(settings.vary))
    while training.step < schedule.total:
        epoch, done = schedule.at(training.step)
        chance = random.Random(settings.seed * 1_000_003 + epoch)
        examples_now = corpora.of_epoch(epoch, settings.silver_share, chance)
        wide = shuffled(examples_now, settings.batch * settings.processes, chance)
        for number, examples in enumerate(wide[done:], done):
            mine = examples[training.rank :: settings.processes] or examples[:1]
            own = random.Random(f"{settings.seed} {epoch} {number} {training.rank}")
            yield epoch, collated([varier.varied(e, own) for e in mine], vocabulary)
            if training.step >= schedule.total:
                return


def _report(training: Training, corpora: Corpora, say: _Printer, epoch: int) -> None:
    if training.rank:
        return
    network = training.averaged()
    if training.settings.attribution and training.settings.scorer.exists():
        score = scorer(training.settings.scorer)
        found = attribution_figures(network, corpora.attributed, training.vocabulary, score)
        say(f"epoch {epoch}: " + "  ".join(f"{name} {found[name]['f1']:.4f}" for name in SHOWN))
        say(f"  source {json.dumps(found['source'])}")
    for what, examples in (("claims", corpora.claimed), ("invented", corpora.invented)):
        if examples:
            figures = claim_figures(network, examples, training.vocabulary)
            say(f"  {what}: " + "  ".join(f"{name} {value:.3f}" for name, value in figures.items()))
    torch.save({"network": training.average, "pieces": training.names}, training.settings.out / f"epoch{epoch}.pt")
    training.save()


class _Printer:
    """Says it on the screen and writes it down."""

    def __init__(self, folder: Path, rank: int) -> None:
        self._path, self._rank = folder / "progress.txt", rank

    def __call__(self, words: str) -> None:
        if self._rank == 0:
            line = f"{time.strftime('%H:%M:%S')} {words}"
            print(line, flush=True)
            with self._path.open("a", encoding="utf-8") as out:
                out.write(line + "\n")


if __name__ == "__main__":
    np.seterr(all="raise", under="ignore")
    main()
