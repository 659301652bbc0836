"""Make a checkpoint the model that ships: one ONNX file with eight-bit weights, its vocabulary and its tables inside.

    python -m training.export CHECKPOINT.pt OUT.onnx [--float] [--version 1] [--cues 0.6] [--contents 0.4]

The graph is written node by node instead of being traced, so that attention is the fused operator of ONNX Runtime, and
whatever is faster apart stays apart. Weights are whole numbers for each output column (each row of the embeddings), kept to seven
bits, because processors without VNNI saturate on eight. `--float` writes the same network without that, to compare with.
Cues that training hid make the network cautious: `--cues` and `--contents` make up for it, and are
chosen on held-out texts.
"""

from __future__ import annotations

import argparse
import json
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper

from bywhom.tagging.labels import CLAIM_TAGS, FIELDS, ROLES
from bywhom.tagging.windows import SIZE
from training.network import CLAIM_POINTER, HEADS, LAYERS, POINTER, Network

OURS = "com.microsoft"
OUTPUTS = ("roles", "cues", "sources", "tags", "fields", "weights", "asked", "offered")
Array = np.ndarray
BITS = 7


@dataclass
class Graph:
    """An ONNX graph while it is written."""

    eight_bit: bool
    nodes: list[onnx.NodeProto] = field(default_factory=list)
    tables: list[onnx.TensorProto] = field(default_factory=list)
    number: int = 0

    def name(self, hint: str) -> str:
        self.number += 1
        return f"{hint}_{self.number}"

    def table(self, value: Array, hint: str = "w") -> str:
        name = self.name(hint)
        self.tables.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def add(self, op: str, inputs: list[str], out: str | None = None, domain: str = "", **attributes: object) -> str:
        """The name of the one output of a new node."""
        out = out or self.name(op.lower())
        self.nodes.append(helper.make_node(op, inputs, [out], domain=domain, **attributes))
        return out

    def linear(self, x: str, weight: Array, bias: Array, out: str | None = None) -> str:
        """X times a weight that stands as PyTorch has it: outputs by inputs."""
        if not self.eight_bit:
            return self.add("Add", [self.add("MatMul", [x, self.table(weight.T)]), self.table(bias)], out)
        whole, scale = whole_numbers(weight.T, axis=0)
        inputs = [x, self.table(whole), self.table(scale), "", self.table(bias)]
        return self.add("DynamicQuantizeMatMul", inputs, out, domain=OURS)

    def attention(self, x: str, weight: Array, bias: Array) -> str:
        """Attention of all heads, from one weight for queries, keys and values."""
        if not self.eight_bit:
            inputs = [x, self.table(weight.T), self.table(bias)]
            return self.add("Attention", inputs, domain=OURS, num_heads=HEADS)
        whole, scale = whole_numbers(weight.T, axis=0)
        names = [self.name(hint) for hint in ("whole", "scale", "zero")]
        self.nodes.append(helper.make_node("DynamicQuantizeLinear", [x], names))
        zeros = self.table(np.zeros(len(scale), np.int8))
        inputs = [names[0], self.table(whole), self.table(bias), names[1], self.table(scale), "", names[2], zeros]
        return self.add("QAttention", inputs, domain=OURS, num_heads=HEADS)

    def embedding(self, rows: Array, at: str) -> str:
        """The rows of a table that `at` names."""
        if not self.eight_bit:
            return self.add("Gather", [self.table(rows), at])
        whole, scale = whole_numbers(rows, axis=1, bits=8)
        values = self.add("Cast", [self.add("Gather", [self.table(whole), at])], to=TensorProto.FLOAT)
        scales = self.add("Gather", [self.table(scale[:, None]), at])
        return self.add("Mul", [values, scales])


def whole_numbers(weight: Array, axis: int, bits: int = BITS) -> tuple[Array, Array]:
    """A weight as whole numbers, and what each row or column is to be multiplied by; the sum over `axis` is one scale."""
    most = 2 ** (bits - 1) - 1
    scale = np.maximum(np.abs(weight).max(axis=axis), 1e-12) / most
    spread = scale[None, :] if axis == 0 else scale[:, None]
    return np.clip(np.rint(weight / spread), -most, most).astype(np.int8), scale.astype(np.float32)


class _Writer:
    """Writes one network down."""

    def __init__(self, network: Network, graph: Graph) -> None:
        self.state = {name: value.detach().float().numpy() for name, value in network.state_dict().items()}
        self.graph = graph

    def pair(self, name: str) -> tuple[Array, Array]:
        return self.state[f"{name}.weight"], self.state[f"{name}.bias"]

    def stacked(self, *names: str) -> tuple[Array, Array]:
        """Several linear layers as one."""
        pairs = [self.pair(name) for name in names]
        return np.concatenate([w for w, _ in pairs]), np.concatenate([b for _, b in pairs])

    def encoder(self) -> str:
        """The output for the first mark and for the first piece of each word, in one row: nobody asks for that of the others."""
        graph = self.graph
        zero, one = graph.table(np.array([0], np.int64)), graph.table(np.array([1], np.int64))
        length = graph.add("Shape", ["ids"])
        positions = graph.add("Slice", [graph.table(self.state["positions.weight"][:SIZE]), zero, length, zero, one])
        x = graph.add("Add", [graph.embedding(self.state["pieces.weight"], "ids"), positions])
        x = graph.add("Add", [x, graph.add("Gather", [graph.table(self.state["features.weight"]), "features"])])
        x = graph.add("LayerNormalization", [x, *map(graph.table, self.pair("norm"))], epsilon=1e-12)
        x = graph.add("Unsqueeze", [x, zero])
        for number in range(LAYERS - 1):
            x = self.layer(x, f"layers.{number}.")
        return self.layer(x, f"layers.{LAYERS - 1}.", graph.add("Concat", [zero, "heads"], axis=0))

    def layer(self, x: str, at: str, wanted: str = "") -> str:
        """One layer; `wanted` names the pieces that are wanted of it, all unless it is given."""
        graph = self.graph
        mixed = graph.attention(x, *self.pair(at + "qkv"))
        if wanted:
            mixed, x = (graph.add("Gather", [each, wanted], axis=1) for each in (mixed, x))
        x = self.normed(graph.linear(mixed, *self.pair(at + "out")), x, at + "norm1")
        turned = graph.add("Gelu", [graph.linear(x, *self.pair(at + "up"))], domain=OURS)
        return self.normed(graph.linear(turned, *self.pair(at + "down")), x, at + "norm2")

    def normed(self, y: str, x: str, norm: str) -> str:
        """The sum, normed. In two nodes: what ONNX Runtime would make of them in one takes ten times as long."""
        total = self.graph.add("Add", [y, x])
        return self.graph.add("LayerNormalization", [total, *map(self.graph.table, self.pair(norm))], epsilon=1e-12)

    def heads(self, x: str) -> None:
        """The outputs by name."""
        graph = self.graph
        first, behind, last = (graph.table(np.array([at], np.int64)) for at in (0, 1, np.iinfo(np.int64).max))
        ends = graph.add("Squeeze", [x, first])
        words = graph.add("Slice", [ends, behind, last, first])
        self.split(self.plain(words, *self.stacked("roles", "tags")), (len(ROLES), len(CLAIM_TAGS)), ("roles", "tags"))
        hidden = graph.add("Gelu", [graph.linear(words, *self.pair("hidden"))], domain=OURS)
        sizes = (self.state["fields.weight"].shape[0], len(FIELDS))
        self.split(self.plain(hidden, *self.stacked("fields", "weights")), sizes, ("fields", "weights"))
        asked = self.split(graph.linear(words, *self.asking("content_query", "cue_query")), (POINTER, POINTER))
        offered = self.split(graph.linear(ends, *self.stacked("cue_key", "source_key")), (POINTER, POINTER))
        for query, key, name in zip(asked, offered, ("cues", "sources"), strict=True):
            graph.add("MatMul", [query, graph.add("Transpose", [key], perm=[1, 0])], out=name)
        graph.linear(words, *self.asking("asking", width=CLAIM_POINTER), out="asked")
        graph.linear(ends, *self.pair("offering"), out="offered")

    def asking(self, *names: str, width: int = POINTER) -> tuple[Array, Array]:
        """Layers that ask pointers, as one, with the scale of what comes of the product."""
        weight, bias = self.stacked(*names)
        scale = np.float32(width**-0.5)
        return weight * scale, bias * scale

    def plain(self, x: str, weight: Array, bias: Array) -> str:
        """A linear layer that is small enough to stay as it is."""
        return self.graph.add("Gemm", [x, self.graph.table(weight), self.graph.table(bias)], transB=1)

    def split(self, x: str, sizes: tuple[int, ...], names: tuple[str, ...] = ()) -> tuple[str, ...]:
        names = names or tuple(self.graph.name("part") for _ in sizes)
        parts = self.graph.table(np.array(sizes, np.int64))
        self.graph.nodes.append(helper.make_node("Split", [x, parts], list(names), axis=1))
        return names


def model(
    network: Network, pieces: list[str], *, eight_bit: bool, version: str, more: dict[str, float]
) -> onnx.ModelProto:
    """The whole file: graph, vocabulary and tables. `more` is added to the score of each word with that tag."""
    graph = Graph(eight_bit)
    writer = _Writer(network, graph)
    writer.heads(writer.encoder())
    inputs = [helper.make_tensor_value_info(name, TensorProto.INT64, [size])
              for name, size in (("ids", "pieces"), ("features", "pieces"), ("heads", "words"))]  # fmt: skip
    outputs = [helper.make_tensor_value_info(name, TensorProto.FLOAT, None) for name in OUTPUTS]
    body = helper.make_graph(graph.nodes, "reader", inputs, outputs, graph.tables)
    imports = [helper.make_opsetid("", 17), helper.make_opsetid(OURS, 1)]
    made = helper.make_model(body, opset_imports=imports, ir_version=8, producer_name="bywhom training.export")
    helper.set_model_props(made, {
        "version": version,
        "vocabulary": "\n".join(pieces),
        "role_moves": json.dumps(_table(network.role_crf.table() + torch.tensor([more.get(tag, 0.0) for tag in ROLES]))),
        "tag_moves": json.dumps(_table(network.tag_crf.table())),
        "offsets": json.dumps([round(float(value), 6) for value in network.offsets.detach()]),
        "labels": json.dumps({"roles": ROLES, "tags": CLAIM_TAGS, **FIELDS}),
    })  # fmt: skip
    return made


def _table(values: torch.Tensor) -> list[list[float]]:
    return [[round(float(value), 4) for value in row] for row in values.detach()]


def main() -> None:
    """Write the file."""
    given = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    given.add_argument("checkpoint", type=Path)
    given.add_argument("out", type=Path)
    given.add_argument("--float", action="store_true")
    given.add_argument("--version", default="1")
    given.add_argument("--cues", type=float, default=0.6, help="added to the score of each cue")
    given.add_argument("--contents", type=float, default=0.4, help="added to the score of each content")
    options = given.parse_args()
    state = torch.load(options.checkpoint, weights_only=True)
    network = Network(len(state["pieces"]))
    network.load_state_dict(state["network"])
    network.eval()
    more = {"B-cue": options.cues, "B-content": options.contents}
    made = model(network, state["pieces"], eight_bit=not options.float, version=options.version, more=more)
    onnx.save(made, options.out)
    print(f"{options.out}: {options.out.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
