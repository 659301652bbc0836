"""Fits the weights of data/weights/fields.yaml on annotated texts: what a field of a claim is where rules and trained reader differ.

    python bench/fit_weighing.py CORPUS_FOLDER WITNESS.onnx [--penalty 2] [--write FILE]

The witness is a reader that knows the first round of annotation alone (`python -m training … --witness`); the texts are those of the second,
which neither it nor the rules were made with. A conditional logit for each field: the reader's log-probability of each value, and
what the word of the rules adds to theirs. Figures on these texts are "crosswise": every fifth of them is judged by weights from the others.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

import numpy as np
import score
from annotated import is_kept, labels, reports
from fitting import PARTS, Numbers, call_of, key, paired, part_of, raw_of, write

from bywhom.attribution import attribute
from bywhom.claims import assemble
from bywhom.cleaning import clean
from bywhom.reading import Tools, in_mixed_case, without_marks
from bywhom.records import Claim, SourceKind
from bywhom.tagging.fields import LEAST
from bywhom.tagging.labels import FIELDS
from bywhom.tagging.model import Model
from bywhom.tagging.sight import Judged, TrainedReader

FITTED = ("modality", "distanced", "source_kind")
OF_SOURCES = frozenset({"source_kind"})  # decided only where there is a source
EXPECTED, TRUSTED = (
    0.5,
    1.0,
)  # how much the reader's word, and that of the rules, is taken to count before any text is read
STEPS = 60
FINE = 1e-7


@dataclass(frozen=True)
class Case:
    """One claim that is annotated too: what rules and reader say of its fields, and what the annotators do."""

    part: int
    ours: dict[str, str]
    meant: dict[str, str]
    judged: Judged


def witness_of(path: Path) -> TrainedReader:
    """The reader that knows the first round alone."""
    content = path.read_bytes()
    return TrainedReader(Model(content), "witness", sha256(content).hexdigest())


def second_round(corpus: Path) -> Iterator[score.Report]:
    """The texts of the second round that are not kept."""
    known = labels()
    return (report for report in reports(corpus) if known[report.name]["round"] > 1 and not is_kept(report))


def cases(corpus: Path, witness: TrainedReader) -> Iterator[Case]:
    """The claims of the second round."""
    tools, known = replace(Tools.load(), tagger=witness), labels()
    for report in second_round(corpus):
        yield from _cases(report, known[report.name]["claims"], tools, witness)


def _cases(
    report: score.Report, meant: Sequence[dict[str, object]], tools: Tools, witness: TrainedReader
) -> Iterator[Case]:
    for doc in clean(raw_of(report), tables=tools.cleaning).items:
        eased, sight = in_mixed_case(without_marks(doc)), witness.see(doc)
        said, openings = attribute(eased, lexicon=tools.lexicon).items, tuple(sight.openings())
        claims = assemble(eased, said, tables=tools.claims, extractor=tools.extractor, openings=openings).items
        for gold, _, number in paired(report, claims):
            judged = sight.judged(claims[number].span)
            if judged is not None:
                yield Case(part_of(report), ours(claims[number]), annotated(meant[int(gold.id)]), judged)


def ours(claim: Claim) -> dict[str, str]:
    """What the rules say."""
    said = claim.attribution
    return {
        "modality": claim.modality,
        "distanced": "yes" if claim.distanced else "no",
        "source_kind": said.source.kind if said.source else SourceKind.PUBLISHER,
    }


def annotated(claim: dict[str, object]) -> dict[str, str]:
    """What the annotators say, in the same words."""
    plain = {name: str(claim[name]) for name in FITTED if claim.get(name) is not None}
    return {**plain, "distanced": "yes" if claim["distanced"] else "no"}


def values(field: str) -> tuple[str, ...]:
    """What there is to choose from."""
    return tuple(value for value in FIELDS[field] if (field, value) != ("source_kind", SourceKind.PUBLISHER))


def of_field(told: Sequence[Case], field: str) -> list[Case]:
    """The claims that teach one field."""
    known = [case for case in told if case.meant.get(field) in values(field)]
    return [case for case in known if field not in OF_SOURCES or case.ours["source_kind"] != SourceKind.PUBLISHER]


def signs(told: Sequence[Case], field: str) -> Numbers:
    """For each claim and value: the reader's log-probability, then a column for each value of the rules."""
    named = values(field)
    found = np.zeros((len(told), len(named), 1 + len(named)))
    for i, case in enumerate(told):
        found[i, :, 0] = [np.log(max(LEAST, case.judged.chance(field, value))) for value in named]
        at = named.index(case.ours[field])
        found[i, at, 1 + at] = 1
    return found


def meant(told: Sequence[Case], field: str) -> np.ndarray:
    return np.array([values(field).index(case.meant[field]) for case in told])


def fitted(found: Numbers, right: np.ndarray, penalty: float) -> Numbers:
    """The weights, by Newton's method, under a quadratic penalty on what they are more or less than expected."""
    expected = np.full(found.shape[2], TRUSTED)
    expected[0] = EXPECTED
    weights, every = expected.copy(), np.arange(len(found))
    for _ in range(STEPS):
        likely = np.exp(found @ weights - (found @ weights).max(1, keepdims=True))
        likely /= likely.sum(1, keepdims=True)
        mean = np.einsum("nv,nvk->nk", likely, found)
        slope = (mean - found[every, right]).sum(0) + penalty * (weights - expected)
        bent = np.einsum("nv,nvk,nvl->kl", likely, found, found) - mean.T @ mean + penalty * np.eye(len(weights))
        step = np.linalg.solve(bent, slope)
        weights = weights - step
        if np.abs(step).max() < FINE:
            break
    return weights


def crosswise(told: Sequence[Case], field: str, penalty: float) -> float:
    """The share of right values, every part judged by weights from the others."""
    found, right, parts = signs(told, field), meant(told, field), np.array([case.part for case in told])
    hits = 0
    for part in range(PARTS):
        weights = fitted(found[parts != part], right[parts != part], penalty)
        hits += int(((found[parts == part] @ weights).argmax(1) == right[parts == part]).sum())
    return hits / len(told)


def lines_of(table: dict[str, Numbers]) -> list[str]:
    """The weights as YAML."""
    lines = ["fields:"]
    for field, weights in table.items():
        added = ", ".join(
            f"{key(value)}: {weight:.2f}" for value, weight in zip(values(field), weights[1:], strict=True)
        )
        lines += [f"  {field}:", f"    said: {weights[0]:.2f}", f"    ours: {{{added}}}"]
    return lines


def main() -> None:
    """Fit, print what rules, reader and both are worth, and write the table."""
    parser = call_of(__doc__, penalty=2.0)
    parser.add_argument("witness", type=Path)
    args = parser.parse_args()
    told, table = list(cases(args.corpus, witness_of(args.witness))), {}
    sys.stdout.write(f"{len(told)} claims\n")
    for field in FITTED:
        here = of_field(told, field)
        by_rules = np.mean([case.ours[field] == case.meant[field] for case in here])
        by_reader = np.mean(
            [
                values(field)[int(of_value)] == case.meant[field]
                for case, of_value in zip(here, signs(here, field)[:, :, 0].argmax(1), strict=True)
            ]
        )
        both = crosswise(here, field, args.penalty)
        sys.stdout.write(
            f"{field:12} rules {by_rules:.3f}, reader {by_reader:.3f}, both, crosswise {both:.3f} of {len(here)}\n"
        )
        table[field] = fitted(signs(here, field), meant(here, field), args.penalty)
    if args.write:
        write(args.write, lines_of(table))


if __name__ == "__main__":
    main()
