"""The mean of the weights of several checkpoints of one training: steadier than any of them, and as small.

python -m training.averaging OUT.pt CHECKPOINT.pt ...
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch


def mean(states: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """A checkpoint whose weights are the means of those of others."""
    first, *others = states
    if any(other["pieces"] != first["pieces"] for other in others):
        raise SystemExit("the checkpoints have other vocabularies, so their weights do not belong together")
    networks = [state["network"] for state in states]
    total = {name: sum(network[name] for network in networks) / len(networks) for name in first["network"]}
    return {"network": total, "pieces": first["pieces"]}


def main(out: Path, paths: Sequence[Path]) -> None:
    """Write the mean."""
    torch.save(mean([torch.load(path, weights_only=True) for path in paths]), out)
    print(f"{out}: the mean of {len(paths)} checkpoints")


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    main(Path(sys.argv[1]), [Path(name) for name in sys.argv[2:]])
