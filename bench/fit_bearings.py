"""How much a trained reader should have to say on the places and days of claims: `seen` of data/weights/places.yaml and days.yaml.

    python bench/fit_bearings.py CORPUS_FOLDER WITNESS.onnx

Prints, for some values of `said` and `lead`, what becomes of the annotated texts that neither the witness nor the rules were made with
(fit_weighing.py says which these are): the share of claims with the right place or day, blanks among them; the same of those that have
one; and the share with a wrong place. The values in the tables are chosen by hand from these: blanks are cheap on texts in which annotators
left many, but a report's users miss them.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from itertools import product
from pathlib import Path

import score
from fit_weighing import second_round, witness_of
from fitting import paired, raw_of

from bywhom.grounding.carriedtimes import carried_table
from bywhom.grounding.choosing import place_table, places_of
from bywhom.grounding.heard import Heard
from bywhom.grounding.located import DocumentPlaces
from bywhom.grounding.places import resolve_document
from bywhom.grounding.times import DocumentTimes, resolve_times, time_of
from bywhom.reading import Tools, in_mixed_case, read, without_marks
from bywhom.records import Bearings, Claim, Document, Place, Timespan
from bywhom.tagging.sight import TrainedReader

SAID = (0.0, 0.1, 0.2, 0.3, 0.4)
PLACE_LEADS = (-1.0, -0.75, -0.5, 0.0)
DAY_LEADS = (0.0, 0.5, 1.0, 1.5)
LEAST = 1e-3


@dataclass(frozen=True)
class Case:
    """One report: its claims, what the witness sees of each, and what the annotators say of those that they have too."""

    doc: Document
    claims: Sequence[Claim]
    seen: Sequence[Bearings | None]
    meant: dict[int, score.Reading]
    places: DocumentPlaces
    times: DocumentTimes


def cases(corpus: Path, witness: TrainedReader) -> Iterator[Case]:
    """The reports of the second round."""
    tools = replace(Tools.load(), tagger=witness)
    for report in second_round(corpus):
        reading = read(raw_of(report), tools)
        if reading.document is not None and reading.claims:
            doc, sight = in_mixed_case(without_marks(reading.document)), witness.see(reading.document)
            seen = [sight.bearings(claim.span) for claim in reading.claims]
            meant = {number: gold for gold, _, number in paired(report, reading.claims)}
            places = resolve_document(doc, gazetteer=tools.gazetteer, table=tools.toponyms)
            yield Case(doc, reading.claims, seen, meant, places, resolve_times(doc, tools.times))


Judgement = tuple[bool, bool, bool]  # whether it is right, whether the annotators have one, whether it is a wrong one


def by_place(case: Case, seen: Heard) -> Iterator[Judgement]:
    """What becomes of the places of the claims."""
    found = places_of(case.doc, case.claims, case.places, replace(place_table(), seen=seen), case.seen)
    for number, gold in case.meant.items():
        said = _place(found[number])
        right = score.places_agree(gold.place, said)
        yield right, gold.place is not None, not right and said is not None and said.lat is not None


def by_day(case: Case, seen: Heard) -> Iterator[Judgement]:
    """What becomes of their times."""
    table = replace(carried_table(), seen=seen)
    for number, gold in case.meant.items():
        bearings = case.seen[number]
        found = time_of(case.doc, case.claims[number], case.times, table, bearings.time if bearings else None)
        right = score.times_agree(gold.time, _time(found))
        yield right, gold.time is not None, not right and found is not None


def _place(found: Place | None) -> score.Place | None:
    return (
        score.Place(**{k: v for k, v in asdict(found).items() if k in {"lat", "lon", "radius_km"}}) if found else None
    )


def _time(found: Timespan | None) -> score.Time | None:
    return score.Time(found.value) if found else None


def figures(judged: Iterable[Judgement]) -> str:
    """The three shares."""
    told = list(judged)
    filled = [right for right, has, _ in told if has]
    right, wrong = (sum(each[at] for each in told) / len(told) for at in (0, 2))
    return f"{right:.3f} right, {sum(filled) / len(filled):.3f} of those that have one, {wrong:.3f} wrong"


def show(
    name: str, told: Sequence[Case], judge: Callable[[Case, float, float], Iterator[Judgement]], leads: Sequence[float]
) -> None:
    """A line for each choice."""
    for said, lead in product(SAID, leads):
        if said or not lead:
            judged = figures(each for case in told for each in judge(case, said, lead))
            sys.stdout.write(f"{name}, said {said:.1f}, lead {lead:+.2f}: {judged}\n")


def main() -> None:
    """Print what becomes of places and days."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path, help="the folder of the annotated texts")
    parser.add_argument("witness", type=Path)
    args = parser.parse_args()
    told = list(cases(args.corpus, witness_of(args.witness)))
    show("place", told, lambda case, said, lead: by_place(case, Heard(said, LEAST, lead)), PLACE_LEADS)
    show("day", told, lambda case, said, lead: by_day(case, Heard(said, LEAST, lead)), DAY_LEADS)


if __name__ == "__main__":
    main()
