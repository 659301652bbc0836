"""What the network is taught by: the sum of what each corpus can say of it."""

from __future__ import annotations

import torch
import torch.nn.functional as F  # noqa: N812  its usual name
from torch import Tensor

from training.batches import Batch
from training.corpora import UNLABELLED
from training.network import Network, Told, claim_fields, claim_pointers

LINKS, TAGS, SOURCES, RELAYS, TOLD = 0.4, 1.0, 0.3, 0.1, 0.3  # weights of the parts
FIELD = {"event": 0.5, "quote": 0.3, "certainty": 0.3, "polarity": 0.3, "modality": 0.3, "distanced": 0.3,
         "source_kind": 0.4, "channel": 0.3}  # fmt: skip


def loss(network: Network, told: Told, batch: Batch) -> Tensor:
    """One number: how far the network is from what the annotators wrote."""
    total = 0.0 * (
        told.roles.sum()
        + told.tags.sum()
        + told.fields.sum()
        + told.asked.sum()
        + told.offered.sum()
        + told.offsets.sum()
    )
    some = batch.with_roles
    if some.any():
        share = some.float().mean()
        total = total + share * network.role_crf.loss(told.roles[some], batch.roles[some], batch.held[some])
        nowhere = (~batch.held).float()[:, None, :] * -1e4
        nowhere = F.pad(nowhere, (1, 0))
        for logits, gold in ((told.cues, batch.cue_of), (told.sources, batch.source_of)):
            known = gold != UNLABELLED
            if known.any():
                total = total + share * LINKS * F.cross_entropy((logits + nowhere)[known], gold[known])
    total = total + _tags_loss(network, told, batch)
    return total + _claims_loss(told, batch)


def _tags_loss(network: Network, told: Told, batch: Batch) -> Tensor:
    total = told.tags.sum() * 0.0
    for weight in batch.with_tags.unique():
        some = batch.with_tags == weight
        if weight > 0:
            share = TAGS * weight * some.float().mean()
            total = total + share * network.tag_crf.loss(told.tags[some], batch.tags[some], batch.held[some])
    return total


def _claims_loss(told: Told, batch: Batch) -> Tensor:
    known = batch.weights > 0
    if not known.any():
        return told.fields.sum() * 0.0
    weights = batch.weights[known]
    share = (known.any(1)).float().mean()
    total = torch.zeros(())
    for number, (logits, weight) in enumerate(zip(claim_fields(told, batch.spans), FIELD.values(), strict=True)):
        total = total + weight * _mean(logits[known], batch.labels[..., number][known], weights)
    nowhere = F.pad((~batch.held).float() * -1e4, (1, 0))[:, None, :]
    pointers = claim_pointers(told, batch.spans)
    for number, (gold, end) in enumerate((gold, end) for gold in (batch.sources, batch.names) for end in (0, 1)):
        total = total + SOURCES * _mean((pointers[:, number] + nowhere)[known], gold[..., end][known], weights)
    for number in (0, 1):
        total = total + TOLD * _mean(
            (pointers[:, 6 + number] + nowhere)[known], batch.told[..., number][known], weights
        )
    labelled = known & batch.with_relays
    if labelled.any():
        for end in (0, 1):
            logits, gold = (pointers[:, 4 + end] + nowhere)[labelled], batch.relays[:, :, end][labelled]
            each = F.binary_cross_entropy_with_logits(logits, gold, reduction="none").sum(-1)
            total = total + RELAYS * (each * batch.weights[labelled]).sum() / batch.weights[labelled].sum()
    return share * total


def _mean(logits: Tensor, gold: Tensor, weights: Tensor) -> Tensor:
    there = gold != UNLABELLED
    if not there.any():
        return logits.sum() * 0.0
    each = F.cross_entropy(logits[there], gold[there], reduction="none")
    return (each * weights[there]).sum() / weights[there].sum()
