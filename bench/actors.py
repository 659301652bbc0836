"""Who is said to have done it to whom: agents and targets of annotated claims, as the whole program reads them.

    python bench/actors.py CORPUS_FOLDER [--errors]        the folder with ukraine-web.jsonl.gz and the others

Claims are paired by their characters, as everywhere; what was found for a claim that nobody annotated counts nowhere. Two names are the
same where they end in the same word, where half the words of the shorter are in the other, where the report gives one for the other's
letters, or where both are led to one entity (a state acts through its government, and by the name of its seat).

Many claims are annotated with no actor at all, and an annotator who names who acts may leave out who suffers: "named" is the precision
among the claims whose annotation names somebody in that role. One text in six is kept from rules and training: its figures stand apart.
"""

from __future__ import annotations

import json
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import annotated
import score

from bywhom.grounding.actortables import ActorTables
from bywhom.grounding.bodies import Bodies

ROLES = ("agent", "target")
_EMPTY = frozenset("the a an of and in s".split())


@dataclass(frozen=True)
class Part:
    """Somebody in a claim."""

    name: str
    role: str
    entity: str | None = None


@dataclass
class Names:
    """Whether two names of one report are one."""

    bodies: Bodies
    led: dict[str, str] = field(default_factory=dict)  # name -> entity, as the program led it

    def agree(self, one: str, other: str) -> bool:
        """Whether both name the same."""
        spelt = self.bodies.acronyms
        if _alike(spelt.get(one, one), spelt.get(other, other)):
            return True
        ours, theirs = self._entity(one), self._entity(other)
        return ours is not None and ours == theirs

    def _entity(self, name: str) -> str | None:
        known = self.bodies.find(name)
        if known:
            return known.id
        state = self.bodies.nation(name)
        return self.bodies.government(state).id if state else self.led.get(name)


def _alike(one: str, other: str) -> bool:
    a, b = _words(one), _words(other)
    return bool(a and b) and (a[-1] == b[-1] or 2 * len({*a} & {*b}) >= min(len(a), len(b)))


def _words(name: str) -> list[str]:
    return [word for word in re.findall(r"[a-z0-9]+", name.lower()) if word not in _EMPTY]


def annotated_actors() -> dict[str, list[list[Part]]]:
    """The annotated actors: name of the report -> claim by claim."""
    found = {}
    for path in sorted(annotated.ANNOTATIONS.glob("*.jsonl")):
        for row in map(json.loads, path.read_text(encoding="utf-8").splitlines()):
            claims = ([Part(each["name"], each["role"]) for each in claim["actors"]] for claim in row["claims"])
            found[f"{path.stem}-{row['id']}"] = list(claims)
    return found


def read_actors(export: Path) -> dict[str, list[Part]]:
    """The actors that the program names: id of the claim -> who."""
    rows = (json.loads(line) for line in export.read_text(encoding="utf-8").split("\n") if line.strip())
    return {row["id"]: [Part(each["name"], each["role"], each["id"]) for each in row["actors"]] for row in rows}


def compared(
    told: list[score.Report], export: Path, tables: ActorTables
) -> Iterator[tuple[score.Report, score.Reading, str, Names, list[str], list[str]]]:
    """Report, claim, role, how its names are compared, the annotated names and ours: for every pair of claims."""
    gold, mine = annotated_actors(), read_actors(export)
    claims = score.load_predictions(export)
    for report in told:
        own = [claim for claim in claims if claim.document == report.name]
        led = {part.name: part.entity for claim in own for part in mine[claim.id] if part.entity}
        names = Names(Bodies(report.text, tables), led)
        for expected, claim in score.pair(report, own):
            for role in ROLES:
                right = [part.name for part in gold[report.name][int(expected.id)] if part.role == role]
                found = [part.name for part in mine[claim.id] if part.role == role]
                yield report, claim, role, names, right, found


def main() -> None:
    """Print precision and recall of agents and targets."""
    arguments = [each for each in sys.argv[1:] if each != "--errors"]
    if len(arguments) != 1:
        sys.exit(__doc__)
    told = annotated.reports(Path(arguments[0]))
    counts: dict[tuple[str, bool], Counter[str]] = {(role, kept): Counter() for kept in (False, True) for role in ROLES}
    with tempfile.TemporaryDirectory() as folder:
        export = annotated.exported(told, Path(folder))
        for report, claim, role, names, right, found in compared(told, export, ActorTables.load()):
            kept = annotated.is_kept(report)
            hits = [name for name in found if any(names.agree(name, other) for other in right)]
            met = sum(any(names.agree(name, other) for name in found) for other in right)
            counts[role, kept].update(
                found=len(found), hits=len(hits), right=len(right), met=met, named=len(found) if right else 0
            )
            if "--errors" in sys.argv and not kept and (len(hits) < len(found) or met < len(right)):
                print(
                    f"{report.name} {role}: read {found}, annotated {right} in {' '.join(claim.text.split())[:160]!r}"
                )
    for (role, kept), count in counts.items():
        print(f"{'kept' if kept else 'others':<7}{role:<7} {_figures(count)}")


def _figures(count: Counter[str]) -> str:
    shares = (("precision", "hits", "found"), ("named", "hits", "named"), ("recall", "met", "right"))
    told = (f"{name} {count[part] / count[whole] if count[whole] else 0:.3f}" for name, part, whole in shares)
    return f"{', '.join(told)} ({count['found']} found, {count['right']} annotated)"


if __name__ == "__main__":
    main()
