"""The mean of two trained readers, weight by weight: what a later run learnt, without all that it forgot.

    python -m training.mixed EARLIER/reader.pt LATER/reader.pt SHARE_OF_THE_LATER OUT/reader.pt

Both have to have come from one run, the later from the earlier, or their mean is none (Wortsman et al., "Robust fine-tuning of
zero-shot models", CVPR 2022, find that such a mean is better than either on texts that neither was taught on).
"""

from __future__ import annotations

import sys
from pathlib import Path

import torch


def mixed(earlier: dict[str, torch.Tensor], later: dict[str, torch.Tensor], share: float) -> dict[str, torch.Tensor]:
    """Each weight of the earlier reader moved by that share of the way to the later one."""
    return {name: torch.lerp(weight.float(), later[name].float(), share) for name, weight in earlier.items()}


def main() -> None:
    """Read two, write one."""
    earlier, later, share, out = sys.argv[1:]
    first, second = (torch.load(Path(path), weights_only=True) for path in (earlier, later))
    Path(out).parent.mkdir(parents=True, exist_ok=True)
    torch.save({**second, "network": mixed(first["network"], second["network"], float(share))}, out)


if __name__ == "__main__":
    main()
