"""What the trained reader can say of a word and of a claim: the order of its outputs, and their names.

Training writes this order into the model, reading takes it from here: whoever changes it trains anew.
"""

from __future__ import annotations

from bywhom.records import Certainty, Channel, EventType, Modality, Polarity, Quote, SourceKind

ROLES = ("O", "B-source", "I-source", "B-cue", "I-cue", "B-content", "I-content")
CLAIM_TAGS = ("O", "B-claim", "I-claim")
# Where the first and the last word of mentions stand: of the source as the claim's sentence has it, of its name in full
# wherever that stands, and of each relay; and the first words of what tells the claim's place, and its time.
CLAIM_POINTERS = ("source_begin", "source_end", "name_begin", "name_end", "relay_begin", "relay_end", "place", "time")

# Field of a claim -> its values, in the order of the outputs of its head.
FIELDS: dict[str, tuple[str, ...]] = {
    "event": tuple(EventType),
    "quote": tuple(Quote),
    "certainty": tuple(Certainty),
    "polarity": tuple(Polarity),
    "modality": tuple(Modality),
    "distanced": ("no", "yes"),
    "source_kind": tuple(SourceKind),
    "channel": (*Channel, "none"),
}
OUTPUTS = sum(map(len, FIELDS.values()))


def columns() -> dict[str, slice]:
    """Which columns of the claim head belong to which field."""
    found, at = {}, 0
    for name, values in FIELDS.items():
        found[name] = slice(at, at + len(values))
        at += len(values)
    return found
