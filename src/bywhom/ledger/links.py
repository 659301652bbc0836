"""One transaction of linking: what waits, who its neighbours are, and the rows for what came of it.

What is decided here is only where things are kept. Which claims are compared, what they are to each other and how they are
graded is decided by the rooms that linking and grading are done in; pipeline.py calls both.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Connection, Row, delete, func, insert, or_, select, update

from bywhom.ledger import custody, findindex, keyindex, verdicts
from bywhom.ledger.corrections import corrected
from bywhom.ledger.engine import chunks, insert_new
from bywhom.ledger.identities import Identities, identities, renamed
from bywhom.ledger.keyindex import Indexed
from bywhom.ledger.rows import claim_of, problem_row
from bywhom.ledger.schema import (
    anchors,
    claims,
    documents,
    link_keys,
    linked,
    meta,
    problems,
    relations,
    standings,
    to_link,
)
from bywhom.records import (
    DIRECTED,
    Act,
    Digit,
    Evidence,
    Independence,
    Plausibility,
    Polarity,
    Problem,
    Relation,
    RelationType,
    SubjectKind,
    Told,
    Verdict,
)

LINKER = "linker"  # in the table meta: the version that made all links
BY_REVIEWER = "reviewer"  # the rule of a relation that a person drew


@dataclass(frozen=True, slots=True)
class Member:
    """What the ledger knows of a linked claim."""

    claim: str
    document_id: str
    origin: str
    end_key: str
    end_name: str | None
    sourced: bool
    publisher_key: str
    subject: str | None
    polarity: Polarity


class Links:
    """What linking asks of a ledger, inside one transaction."""

    def __init__(self, connection: Connection, at: str = "") -> None:
        self._connection = connection
        self._at = at  # when it is done, for the logs
        self.renamed: list[
            str
        ] = []  # reports in which somebody goes by another name since a verdict of this transaction

    # What waits -------------------------------------------------------------------------------------------------------

    def linker(self) -> str | None:
        """The version that made the links; None for a ledger that has none."""
        return self._connection.scalar(select(meta.c.value).where(meta.c.name == LINKER))

    def start_anew(self, version: str) -> None:
        """Drop all links: every report waits to be linked by this version. Verdicts stay."""
        for table in (link_keys, linked, relations, standings, to_link):
            self._connection.execute(delete(table))
        findindex.clear_digits(self._connection)
        waiting = select(documents.c.id).where(documents.c.claims > 0)
        self._connection.execute(insert(to_link).from_select(["document_id"], waiting))
        self._connection.execute(delete(meta).where(meta.c.name == LINKER))
        self._connection.execute(insert(meta), {"name": LINKER, "value": version})

    def waiting(self, most: int) -> list[str]:
        """Reports that wait to be linked, in the order in which they were published: at most so many claims, and at least one report.

        Reports of one time share their neighbours: in this order each neighbour is looked at seldom.
        """
        found: list[str] = []
        held = 0
        chosen = select(to_link.c.document_id, documents.c.claims).outerjoin(
            documents, documents.c.id == to_link.c.document_id
        )
        for row in self._connection.execute(chosen.order_by(documents.c.published, to_link.c.document_id).limit(most)):
            if found and held + (row.claims or 0) > most:
                break
            found.append(row.document_id)
            held += row.claims or 0
        return found

    def wait(self, document_ids: Iterable[str]) -> None:
        """Let these reports wait to be linked anew."""
        insert_new(self._connection, to_link, [{"document_id": each} for each in sorted(set(document_ids))])

    def done(self, document_ids: Sequence[str], version: str, drawn: Mapping[str, int]) -> None:
        """These reports are linked: they wait no more, and the custody log says so."""
        for chunk in chunks(document_ids):
            self._connection.execute(delete(to_link).where(to_link.c.document_id.in_(chunk)))
        details = ({"linker": version, "relations": drawn.get(each, 0)} for each in document_ids)
        acts = (
            custody.Act(self._at, "link", each, custody.canonical(one))
            for each, one in zip(document_ids, details, strict=True)
        )
        custody.append(self._connection, acts)

    def give_up(self, fault: Problem, version: str) -> None:
        """Pass over the report that is next: it was not to be linked. The problem says so; the next version tries again."""
        document_id = self.waiting(1)[0]
        self.forget([document_id])
        name = self._connection.scalar(select(documents.c.name).where(documents.c.id == document_id))
        problem = replace(fault, document_id=document_id, where=name or "")
        insert_new(self._connection, problems, [problem_row(problem, of_reading=True)])
        self.done([document_id], version, {})

    # Claims -----------------------------------------------------------------------------------------------------------

    def told(self, document_ids: Sequence[str]) -> list[Told]:
        """The claims of these reports as people have corrected them, without those they rejected."""
        found: list[Told] = []
        for chunk in chunks(document_ids):
            found += self._told(claims.c.document_id.in_(chunk))
        return found

    def told_claims(self, ids: Sequence[str]) -> list[Told]:
        """The same for single claims."""
        found: list[Told] = []
        for chunk in chunks(ids):
            found += self._told(claims.c.id.in_(chunk))
        return found

    def pinned(self, ids: Sequence[str]) -> frozenset[str]:
        """The claims among these whose source a person has named."""
        judged = verdicts.for_claims(self._connection, ids)
        return frozenset(
            claim
            for claim, each in judged.items()
            if any(verdict.field == "source" and verdict.act is Act.SET and verdict.value for verdict in each)
        )

    def _told(self, condition: ColumnElement[bool]) -> Iterator[Told]:
        about = documents.c
        columns = (claims.c.id, claims.c.record, about.name, about.publisher, about.published, about.title, about.url)
        rows = self._connection.execute(
            select(*columns).join_from(claims, documents).where(condition).order_by(claims.c.id)
        ).all()
        judged = verdicts.for_claims(self._connection, [row.id for row in rows])
        known = identities(self._connection)
        for row in rows:
            claim = corrected(claim_of(row.record), judged.get(row.id, ()))
            if claim is not None:
                yield Told(known.claim(claim), row.name, row.publisher, row.published, row.title, row.url)

    # The index of keys ------------------------------------------------------------------------------------------------

    def forget(self, document_ids: Sequence[str]) -> Forgotten:
        """Take the links of these reports out; who was linked to them, and on which subjects they spoke."""
        old: list[Row[Any]] = []
        for chunk in chunks(document_ids):
            old += self._connection.execute(select(linked).where(linked.c.document_id.in_(chunk))).all()
        gone = [row.claim_id for row in old]
        touched = {end for each in self._pairs(gone) for end in each} - set(gone)
        keyindex.drop(self._connection, old)
        findindex.clear_digits(self._connection, gone)
        for chunk in chunks(gone):
            self._connection.execute(delete(linked).where(linked.c.claim_id.in_(chunk)))
            self._connection.execute(delete(relations).where(or_(relations.c.a.in_(chunk), relations.c.b.in_(chunk))))
        origins = frozenset(row.origin for row in old)
        subjects = frozenset((row.subject, Polarity(row.polarity)) for row in old if row.subject)
        touched |= {member.claim for member in self.members_of(origins)}
        return Forgotten(frozenset(touched), origins, subjects)

    def _pairs(self, ids: Sequence[str]) -> Iterator[tuple[str, str]]:
        for chunk in chunks(ids):
            there = or_(relations.c.a.in_(chunk), relations.c.b.in_(chunk)) & _GROUPING
            for row in self._connection.execute(select(relations.c.a, relations.c.b).where(there)):
                yield row.a, row.b
        for a, b, _ in verdicts.on_pairs(self._connection, SubjectKind.LINK, ids):
            yield a, b

    def index(self, new: Sequence[Indexed]) -> None:
        """Enter claims, each as a group of its own, under their keys."""
        keyindex.enter(self._connection, new)

    def met(self, new: Sequence[Indexed]) -> tuple[list[Told], tuple[tuple[str, str], ...]]:
        """Claims of other reports that these, which are in the index, meet there, and the pairs to be compared."""
        found = keyindex.met(self._connection, new)
        return self.told_claims(found.others), found.pairs

    # Relations --------------------------------------------------------------------------------------------------------

    def relate(self, found: Iterable[Relation]) -> None:
        """Write relations; those between the same claims and of the same type are there once."""
        rows = [_relation_row(one) for one in found]
        insert_new(self._connection, relations, rows)

    def recast(self, changed: Iterable[Relation]) -> None:
        """Write what relations that are there now say of origins, and by which rule; their evidence stays."""
        for one in changed:
            there = (relations.c.a == one.a) & (relations.c.b == one.b) & (relations.c.type == one.type.value)
            says = {"independence": one.independence.value, "rule": one.rule}
            self._connection.execute(update(relations).where(there).values(**says))

    def by_rule(self, rule: str, ids: Iterable[str]) -> list[Relation]:
        """The relations of claims that one rule gave; without evidence."""
        found = relations_of(self._connection, ids, only=relations.c.rule == rule)
        return [one for one in found if one.rule == rule]

    def weighed(self, ids: Iterable[str]) -> list[Relation]:
        """The relations of claims that grading weighs: for, against, and what may rest on another's word; without evidence."""
        return [one for one in relations_of(self._connection, ids, only=_WEIGHED) if _is_weighed(one)]

    def parted(self, ids: Iterable[str]) -> list[tuple[str, str]]:
        """The pairs, one of these claims in each, that a person said do not belong to each other in any way."""
        judged = verdicts.on_pairs(self._connection, SubjectKind.LINK, sorted(set(ids)))
        return [(a, b) for a, b, verdict in judged if verdict.act is Act.REJECT and verdict.value is None]

    def family(self, ids: Iterable[str]) -> tuple[list[str], list[Relation]]:
        """The claims that same_origin ties to these, themselves among them, and what each is for and against others."""
        seen: set[str] = set()
        told: dict[tuple[str, str, str], Relation] = {}
        front = set(ids)
        while front:
            seen |= front
            found = relations_of(self._connection, front, only=_GROUPING)
            told |= {(one.a, one.b, one.type.value): one for one in found}
            ends = self._ends({end for one in found if one.type in _TYING for end in (one.a, one.b)})
            front = {end for one in found if _ties(one, ends) for end in (one.a, one.b)} - seen
        return sorted(member.claim for member in self.members(seen)), [told[one] for one in sorted(told)]

    def _ends(self, ids: Iterable[str]) -> dict[str, str]:
        return {member.claim: member.end_key for member in self.members(ids)}

    # Groups and their digits ------------------------------------------------------------------------------------------

    def members(self, ids: Iterable[str]) -> list[Member]:
        """What is known of these claims, those that are not linked left out."""
        found: list[Member] = []
        for chunk in chunks(sorted(set(ids))):
            found += map(_member, self._connection.execute(select(linked).where(linked.c.claim_id.in_(chunk))))
        return found

    def members_of(self, origins: Iterable[str]) -> list[Member]:
        """All claims of these origin groups."""
        found: list[Member] = []
        for chunk in chunks(sorted(set(origins))):
            found += map(_member, self._connection.execute(select(linked).where(linked.c.origin.in_(chunk))))
        return found

    def regroup(self, groups: Mapping[str, str]) -> None:
        """Put claims into their origin groups."""
        for claim, origin in groups.items():
            self._connection.execute(update(linked).where(linked.c.claim_id == claim).values(origin=origin))

    def speaking(self, subjects: Iterable[str]) -> dict[str, dict[str, set[Polarity]]]:
        """Subject -> the origin groups that speak on it -> whether they say that it happened."""
        found: dict[str, dict[str, set[Polarity]]] = {}
        for chunk in chunks(sorted(set(subjects))):
            columns = (linked.c.subject, linked.c.origin, linked.c.polarity)
            for row in self._connection.execute(select(*columns).where(linked.c.subject.in_(chunk)).distinct()):
                found.setdefault(row.subject, {}).setdefault(row.origin, set()).add(Polarity(row.polarity))
        return found

    def sizes(self, origins: Iterable[str]) -> dict[str, int]:
        """Origin group -> how many claims it has."""
        return sizes(self._connection, origins)

    def plausibility(self, ids: Iterable[str]) -> dict[str, tuple[int, Plausibility]]:
        """Claim -> what a reviewer made of it taken by itself, after the number of that verdict."""
        found = {}
        for claim, judged in verdicts.for_claims(self._connection, sorted(set(ids))).items():
            for verdict in judged:
                if verdict.field == "plausibility" and verdict.act is Act.SET and verdict.value:
                    found[claim] = (verdict.seq, Plausibility(verdict.value))
        return found

    def grade(self, digits: Mapping[str, Digit], gone: Iterable[str] = ()) -> None:
        """Write the digits of origin groups; those of groups that are gone go."""
        for chunk in chunks(sorted({*digits, *gone})):
            self._connection.execute(delete(standings).where(standings.c.origin.in_(chunk)))
        if digits:
            self._connection.execute(insert(standings), [_standing_row(one, digits[one]) for one in sorted(digits)])
            findindex.set_digits(self._connection, digits)

    # Verdicts ---------------------------------------------------------------------------------------------------------

    def judge(self, verdict: Verdict, since: int | None = None) -> Verdict:
        """Append a verdict to the log; `since` is the last verdict that the reviewer has seen.

        Raises: UsageError where it lacks a name or a reason, or its value cannot be; Overtaken where somebody decided
        about the same claims after that.
        """
        if since is not None:
            verdicts.refuse_if_overtaken(self._connection, verdict, since)
        before = identities(self._connection)
        return self._entered(verdicts.append(self._connection, verdict, self._at), before)

    def undo(self, seq: int, by: str, reason: str) -> Verdict:
        """Take a verdict back by another act."""
        before = identities(self._connection)
        return self._entered(verdicts.undo(self._connection, seq, by, reason, self._at), before)

    def _entered(self, verdict: Verdict, before: Identities) -> Verdict:
        """The verdict, once its claims are found by what it says."""
        if verdict.subject.kind is SubjectKind.CLAIM:
            findindex.refresh(self._connection, self.now(verdict.seq))
        elif verdict.subject.kind is SubjectKind.ENTITY:
            moved = renamed(self._connection, before, identities(self._connection))
            findindex.refresh(self._connection, [claim for claim, _ in moved])
            self.renamed += sorted({document for _, document in moved})
        return verdict

    def now(self, seq: int) -> list[str]:
        """The claims that a verdict is about, as they are called today."""
        chosen = select(anchors.c.now).where(anchors.c.seq == seq, anchors.c.now.is_not(None))
        return list(self._connection.scalars(chosen.order_by(anchors.c.position)))

    def reanchor(self, document_ids: Sequence[str]) -> None:
        """Lead the verdicts on these reports to the claims that now have their words."""
        verdicts.reanchor(self._connection, document_ids)
        findindex.refresh_judged(self._connection, document_ids)


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What the links of reports leave behind once they are taken out."""

    touched: frozenset[str]  # claims of other reports that were linked to theirs, or stood in one group with them
    origins: frozenset[str]  # the groups that their claims were in
    subjects: frozenset[tuple[str, Polarity]]  # and what they said


_AGAINST_AND_FOR = (RelationType.CORROBORATES.value, RelationType.CONTRADICTS.value)
_GROUPING = relations.c.type.in_((*_AGAINST_AND_FOR, RelationType.SAME_ORIGIN.value))
_WEIGHED = relations.c.type.in_(_AGAINST_AND_FOR) | (
    (relations.c.type == RelationType.SAME_ORIGIN.value) & (relations.c.independence == Independence.UNKNOWN.value)
)


def _is_weighed(one: Relation) -> bool:
    if one.type is RelationType.SAME_ORIGIN:
        return one.independence is Independence.UNKNOWN
    return one.type.value in _AGAINST_AND_FOR


_TYING = frozenset([RelationType.SAME_ORIGIN, RelationType.CORROBORATES])


def _ties(one: Relation, ends: Mapping[str, str]) -> bool:
    """Whether two claims may rest on one word: they are said to, or end with one speaker and say the same."""
    if one.type is RelationType.SAME_ORIGIN:
        return True
    end = ends.get(one.a, "")
    return one.type is RelationType.CORROBORATES and bool(end) and end == ends.get(one.b)


# Rows -----------------------------------------------------------------------------------------------------------------


def _member(row: Row[Any]) -> Member:
    return Member(
        row.claim_id,
        row.document_id,
        row.origin,
        row.end_key,
        row.end_name,
        bool(row.sourced),
        row.publisher_key,
        row.subject,
        Polarity(row.polarity),
    )


def _relation_row(one: Relation) -> dict[str, Any]:
    return {
        "a": one.a,
        "b": one.b,
        "type": one.type.value,
        "independence": one.independence.value,
        "rule": one.rule,
        "evidence": msgspec.json.encode([_flat(each) for each in one.evidence]).decode(),
    }


def _flat(one: Evidence) -> tuple[str, float, str, str, str]:
    return one.feature, round(one.score, 3), one.reason, one.a, one.b


def _relation(row: Row[Any], *, evidence: bool) -> Relation:
    found = tuple(Evidence(*each) for each in msgspec.json.decode(row.evidence)) if evidence else ()
    return Relation(row.a, row.b, RelationType(row.type), Independence(row.independence), row.rule, found)


def relation_value(one: Relation) -> str:
    """A relation as a verdict keeps it: "refines independent", with "reversed" where the greater id refines the smaller."""
    return f"{one.type} {one.independence}" + (" reversed" if one.a > one.b else "")


def relations_of(
    connection: Connection,
    ids: Iterable[str],
    *,
    only: ColumnElement[bool] | None = None,
    evidence: bool = False,
) -> list[Relation]:
    """The relations of claims as people have corrected them, sorted."""
    wanted = sorted(set(ids))
    columns = [column for column in relations.c if evidence or column is not relations.c.evidence]
    found: dict[tuple[str, str, str], Relation] = {}
    for chunk in chunks(wanted):
        for end in (relations.c.a, relations.c.b):
            chosen = select(*columns).where(end.in_(chunk))
            for row in connection.execute(chosen if only is None else chosen.where(only)):
                found[row.a, row.b, row.type] = _relation(row, evidence=evidence)
    for a, b, verdict in verdicts.on_pairs(connection, SubjectKind.LINK, wanted) if wanted else ():
        _overrule(found, a, b, verdict)
    return [found[one] for one in sorted(found)]


def _overrule(found: dict[tuple[str, str, str], Relation], a: str, b: str, verdict: Verdict) -> None:
    """Lay a person's word over what was found between two claims: `a` and `b` stand as in the verdict's subject."""
    for identity in [one for one in found if {one[0], one[1]} == {a, b}]:
        if verdict.act is not Act.REJECT or verdict.value in (None, identity[2]):
            del found[identity]
    if verdict.act is Act.REJECT:
        return
    for value in (verdict.value or "").split(", "):
        kind, independence, *turned = value.split(" ")
        of = RelationType(kind)
        first, second = ((b, a) if turned else (a, b)) if of in DIRECTED else sorted((a, b))
        one = Relation(first, second, of, Independence(independence), BY_REVIEWER, (_said(verdict),))
        found[one.a, one.b, one.type.value] = one


def _said(verdict: Verdict) -> Evidence:
    return Evidence(BY_REVIEWER, 1.0, f"{verdict.by}: {verdict.reason}", verdict.act.value, str(verdict.seq))


def _standing_row(origin: str, one: Digit) -> dict[str, Any]:
    return {
        "origin": origin,
        "digit": one.value,
        "rule": one.rule,
        "contested": int(one.contested),
        "record": msgspec.json.encode(one).decode(),
    }


def standings_of(connection: Connection, origins: Iterable[str]) -> dict[str, Digit]:
    """Origin group -> its digit, with the sizes that groups have today."""
    found: dict[str, Digit] = {}
    for chunk in chunks(sorted(set(origins))):
        for row in connection.execute(select(standings).where(standings.c.origin.in_(chunk))):
            found[row.origin] = msgspec.json.decode(row.record, type=Digit)
    return found


def sizes(connection: Connection, origins: Iterable[str]) -> dict[str, int]:
    """Origin group -> how many claims it has."""
    found: dict[str, int] = {}
    for chunk in chunks(sorted(set(origins))):
        chosen = select(linked.c.origin, func.count().label("size")).where(linked.c.origin.in_(chunk))
        found |= {row.origin: row.size for row in connection.execute(chosen.group_by(linked.c.origin))}
    return found


def resized(digit: Digit, sizes: Mapping[str, int]) -> Digit:
    """The digit with groups as large as they are now."""
    was = digit.standing
    standing = replace(
        was,
        own=replace(was.own, claims=sizes.get(was.own.id, was.own.claims)),
        agreeing=tuple(replace(one, claims=sizes.get(one.id, one.claims)) for one in was.agreeing),
        opposed=tuple(replace(one, claims=sizes.get(one.id, one.claims)) for one in was.opposed),
    )
    return replace(digit, standing=standing)
