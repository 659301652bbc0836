"""What people decided: appended, signed, with a reason; taken back only by another act; never lost.

The last act on a field of a subject is in force, once what was undone is left out. Two people who decide at once are both in the
log, in the order in which they came; the later one is in force, and the history shows both.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, Row, Select, delete, func, insert, select, update

from bywhom.errors import Overtaken, UsageError
from bywhom.ledger import custody
from bywhom.ledger.corrections import checked
from bywhom.ledger.engine import chunks
from bywhom.ledger.rows import writable
from bywhom.ledger.schema import anchors, claims, documents, in_force, verdicts
from bywhom.records import (
    Act,
    Anchor,
    Certainty,
    EventType,
    Plausibility,
    Polarity,
    Reliability,
    Subject,
    SubjectKind,
    Verdict,
)

# Field -> what it may be set to; an empty choice: anything, or nothing.
CLAIM_FIELDS: dict[str, tuple[str, ...]] = {
    "reading": (),  # is this a claim, and read as it stands? confirmed or rejected
    "span": (),  # which words of the report make the claim
    "source": (),
    "place": (),
    "time": (),
    "event": tuple(EventType),
    "polarity": tuple(Polarity),
    "certainty": tuple(Certainty),
    "valid": ("yes", "no"),  # did it prove right? what the letter of its source rests on
    "plausibility": tuple(Plausibility),
    "credibility": ("1", "2", "3", "4", "5", "6"),
    "reliability": tuple(Reliability),  # of a claim whose source is nobody in particular
}
FIELDS: dict[SubjectKind, dict[str, tuple[str, ...]]] = {
    SubjectKind.CLAIM: CLAIM_FIELDS,
    SubjectKind.LINK: {"relation": ()},
    SubjectKind.SITUATION: {"together": ()},
    SubjectKind.SOURCE: {"reliability": tuple(Reliability)},
    SubjectKind.ENTITY: {"same": (), "apart": (), "name": (), "kind": (), "protected": ("yes", "no")},
}
# What changes how a claim is linked, and not just how it is graded or shown.
RELINKS = frozenset(["reading", "span", "source", "place", "time", "event", "polarity"])


def append(connection: Connection, verdict: Verdict, at: str) -> Verdict:
    """The verdict as it stands in the log; the caller's transaction keeps other writers out.

    Raises: UsageError for a verdict without a name or a reason, or about something that there is not.
    """
    _check(verdict)
    seq = (connection.scalar(select(func.max(verdicts.c.seq))) or 0) + 1
    entered = replace(verdict, seq=seq, at=at, by=writable(verdict.by.strip()), reason=writable(verdict.reason.strip()))
    connection.execute(insert(verdicts), _row(entered))
    if entered.anchors:
        connection.execute(insert(anchors), [_anchor_row(entered, place) for place in range(len(entered.anchors))])
        reanchor(connection, sorted({anchor.document_id for anchor in entered.anchors}))
    _renew(connection, entered.subject.key, entered.field)
    custody.append(connection, [_act(entered)])
    return entered


def undo(connection: Connection, seq: int, by: str, reason: str, at: str) -> Verdict:
    """The act that takes another back; what was in force before it is in force again.

    Raises: UsageError where there is no such act.
    """
    found = history(connection, seq=seq)
    if not found:
        raise UsageError(f"there is no verdict {seq}; `bywhom review --history` lists them")
    undone = found[0]
    act = replace(undone, act=Act.UNDO, by=by, reason=reason, value=None, undoes=seq)
    return append(connection, act, at)


def _check(verdict: Verdict) -> None:
    if not verdict.by.strip():
        raise UsageError(
            "a verdict needs the name of whoever gives it: --by NAME, or BYWHOM_REVIEWER in the environment"
        )
    if not verdict.reason.strip():
        raise UsageError('a verdict needs a reason: --reason "…"; it is what the next reader will ask for')
    fields = FIELDS[verdict.subject.kind]
    if verdict.field not in fields:
        raise UsageError(f"{verdict.field!r} is nothing to decide about a {verdict.subject.kind}: {', '.join(fields)}")
    choices = fields[verdict.field]
    if verdict.act is Act.SET and choices and verdict.value not in choices:
        raise UsageError(f"{verdict.field} cannot be {verdict.value!r}; it is one of: {', '.join(choices)}")
    if verdict.act is Act.SET:
        checked(verdict.field, verdict.value)


def _row(verdict: Verdict) -> dict[str, Any]:
    return {
        "seq": verdict.seq,
        "at": verdict.at,
        "reviewer": verdict.by,
        "subject": verdict.subject.key,
        "field": verdict.field,
        "act": verdict.act.value,
        "value": None if verdict.value is None else writable(verdict.value),
        "reason": verdict.reason,
        "undoes": verdict.undoes,
    }


def _anchor_row(verdict: Verdict, place: int) -> dict[str, Any]:
    anchor = verdict.anchors[place]
    return {
        "seq": verdict.seq,
        "position": place,
        "claim_id": anchor.claim,
        "document_id": anchor.document_id,
        "text_id": anchor.text_id,
        "start_at": anchor.start,
        "end_at": anchor.end,
        "text": anchor.text,
        "now": anchor.claim,
    }


def _act(verdict: Verdict) -> custody.Act:
    """The entry in the custody log: with its digest, a verdict cannot be changed unseen."""
    subject = verdict.anchors[0].document_id if verdict.anchors else ""
    details = {"seq": verdict.seq, "by": verdict.by, "digest": digest(_row(verdict))}
    return custody.Act(verdict.at, "verdict", subject, custody.canonical(details))


def digest(row: dict[str, Any]) -> str:
    """The digest of a verdict's words."""
    return sha256(custody.canonical(row).encode()).hexdigest()


def refuse_if_overtaken(connection: Connection, verdict: Verdict, since: int) -> None:
    """Nothing, where no verdict on the same claims, or on the same subject, is later than `since`, the last that the reviewer saw.

    Raises: Overtaken, naming who decided what.
    """
    about = [history(connection, claim=anchor.claim) for anchor in verdict.anchors]
    for acts in about or [on_subject(connection, verdict.subject)]:
        later = [one for one in acts if one.seq > since]
        if later:
            what = "claim" if verdict.anchors else str(verdict.subject.kind)
            said = "; ".join(f"{one.by} at {one.at}: {one.act.value} {one.field} ({one.reason})" for one in later[:5])
            raise Overtaken(f"somebody else decided about this {what} while you were at it. {said}")


# In force -------------------------------------------------------------------------------------------------------------


def _renew(connection: Connection, subject: str, field: str) -> None:
    """Find out anew what is in force for one field of one subject."""
    connection.execute(delete(in_force).where(in_force.c.subject == subject, in_force.c.field == field))
    rows = connection.execute(
        select(verdicts.c.seq, verdicts.c.act, verdicts.c.undoes)
        .where(verdicts.c.subject == subject, verdicts.c.field == field)
        .order_by(verdicts.c.seq.desc())
    ).all()
    seq = last_word([(row.seq, row.undoes) for row in rows])
    if seq:
        connection.execute(insert(in_force), {"subject": subject, "field": field, "seq": seq})


def last_word(acts: Iterable[tuple[int, int | None]]) -> int | None:
    """The act in force among acts (number, the act it undoes), the newest first: an undo can itself be undone."""
    undone = set()
    for seq, undoes in acts:
        if seq in undone:
            continue
        if undoes is None:
            return seq
        undone.add(undoes)
    return None


def _in_force() -> Select[Any]:
    return select(verdicts).join(in_force, in_force.c.seq == verdicts.c.seq)


def for_claims(connection: Connection, ids: Sequence[str]) -> dict[str, tuple[Verdict, ...]]:
    """Claim -> the verdicts on it that are in force, the oldest first; links are not among them."""
    found: dict[str, list[Verdict]] = defaultdict(list)
    for chunk in chunks(ids):
        chosen = (
            select(verdicts, anchors.c.now.label("claim_now"))
            .join(in_force, in_force.c.seq == verdicts.c.seq)
            .join(anchors, anchors.c.seq == verdicts.c.seq)
            .where(anchors.c.now.in_(chunk), verdicts.c.subject.startswith(SubjectKind.CLAIM.value + " "))
            .order_by(verdicts.c.seq)
        )
        for row in connection.execute(chosen):
            found[row.claim_now].append(_verdict(row, ()))
    return {claim: tuple(each) for claim, each in found.items()}


def on_pairs(
    connection: Connection, kind: SubjectKind, ids: Sequence[str] | None = None
) -> list[tuple[str, str, Verdict]]:
    """The verdicts in force on two claims of which one is among `ids`: the two as they are now, the oldest first."""
    wanted: list[int] = []
    if ids is None:
        wanted = list(connection.scalars(_in_force_of(kind)))
    for chunk in chunks(ids or ()):
        touching = _in_force_of(kind).join(anchors, anchors.c.seq == in_force.c.seq).where(anchors.c.now.in_(chunk))
        wanted += connection.scalars(touching)
    found = []
    for verdict in _with_anchors(connection, sorted(set(wanted))):
        now = [row.now for row in _anchors_of(connection, verdict.seq)]
        if len(now) == 2 and all(now):
            found.append((now[0], now[1], verdict))
    return found


def _in_force_of(kind: SubjectKind) -> Select[int]:
    return select(in_force.c.seq).where(in_force.c.subject.startswith(kind.value + " "))


def for_sources(connection: Connection, keys: Sequence[str]) -> dict[str, Verdict]:
    """Key of a source's name -> the letter that a reviewer gave it."""
    wanted = {Subject.source(key).key: key for key in keys}
    found = {}
    for chunk in chunks(list(wanted)):
        for row in connection.execute(_in_force().where(in_force.c.subject.in_(chunk))):
            found[wanted[row.subject]] = _verdict(row, ())
    return found


def protection(connection: Connection, ids: Sequence[str]) -> dict[str, bool]:
    """Entity -> whether a person said that it is to be protected, or that it is not."""
    wanted = {Subject.entity(each).key: each for each in ids}
    found = {}
    for chunk in chunks(list(wanted)):
        chosen = _in_force().where(in_force.c.subject.in_(chunk), in_force.c.field == "protected")
        for row in connection.execute(chosen):
            if row.act == Act.SET.value:
                found[wanted[row.subject]] = row.value == "yes"
    return found


def on_subject(connection: Connection, subject: Subject) -> tuple[Verdict, ...]:
    """Every act on one subject, undone ones and undoings included, the newest first."""
    chosen = select(verdicts.c.seq).where(verdicts.c.subject == subject.key).order_by(verdicts.c.seq.desc())
    return tuple(_with_anchors(connection, list(connection.scalars(chosen))))


def of_numbers(connection: Connection, numbers: Sequence[int]) -> tuple[Verdict, ...]:
    """The acts with these numbers, in their order."""
    return tuple(_with_anchors(connection, numbers))


def of_kind(connection: Connection, kind: SubjectKind) -> tuple[Verdict, ...]:
    """All verdicts in force on subjects of a kind, the oldest first."""
    return tuple(_with_anchors(connection, sorted(connection.scalars(_in_force_of(kind)))))


# History --------------------------------------------------------------------------------------------------------------


def history(
    connection: Connection,
    *,
    claim: str | None = None,
    seq: int | None = None,
    limit: int | None = None,
    before: int | None = None,
) -> tuple[Verdict, ...]:
    """Every act, undone ones and undoings included, the newest first; `before` a number, for the next page."""
    chosen = select(verdicts.c.seq).order_by(verdicts.c.seq.desc()).limit(limit)
    if claim is not None:
        chosen = chosen.where(verdicts.c.seq.in_(select(anchors.c.seq).where(anchors.c.now == claim)))
    if seq is not None:
        chosen = chosen.where(verdicts.c.seq == seq)
    if before is not None:
        chosen = chosen.where(verdicts.c.seq < before)
    return tuple(_with_anchors(connection, list(connection.scalars(chosen))))


def undone(connection: Connection, numbers: Sequence[int]) -> frozenset[int]:
    """Which of these acts have been taken back: an undoing can itself be undone."""
    gone: set[int] = set()
    for chunk in chunks(numbers):
        for subject, field in connection.execute(
            select(verdicts.c.subject, verdicts.c.field).where(verdicts.c.seq.in_(chunk)).distinct()
        ).all():
            acts = select(verdicts.c.seq, verdicts.c.undoes).where(
                verdicts.c.subject == subject, verdicts.c.field == field
            )
            gone |= _undone(connection.execute(acts.order_by(verdicts.c.seq.desc())).all())
    return frozenset(gone & set(numbers))


def _undone(acts: Iterable[Row[int, int | None]]) -> set[int]:
    """The acts taken back among all acts on one field of one subject, the newest first."""
    gone: set[int] = set()
    for act in acts:
        if act.undoes is not None and act.seq not in gone:
            gone.add(act.undoes)
    return gone


def _with_anchors(connection: Connection, numbers: Sequence[int]) -> list[Verdict]:
    found: dict[int, Verdict] = {}
    for chunk in chunks(numbers):
        for row in connection.execute(select(verdicts).where(verdicts.c.seq.in_(chunk))):
            found[row.seq] = _verdict(row, tuple(map(_anchor, _anchors_of(connection, row.seq))))
    return [found[seq] for seq in numbers]


def _anchors_of(connection: Connection, seq: int) -> Sequence[Row[Any]]:
    return connection.execute(select(anchors).where(anchors.c.seq == seq).order_by(anchors.c.position)).all()


def _anchor(row: Row[Any]) -> Anchor:
    return Anchor(row.claim_id, row.document_id, row.text_id, row.start_at, row.end_at, row.text)


def _verdict(row: Row[Any], found: tuple[Anchor, ...]) -> Verdict:
    kind, *ids = row.subject.split(" ") if not row.subject.startswith("source ") else row.subject.split(" ", 1)
    return Verdict(
        subject=Subject(SubjectKind(kind), tuple(ids)),
        field=row.field,
        act=Act(row.act),
        by=row.reviewer,
        reason=row.reason,
        value=row.value,
        at=row.at,
        seq=row.seq,
        undoes=row.undoes,
        anchors=found,
    )


# Anchors --------------------------------------------------------------------------------------------------------------


def reanchor(connection: Connection, document_ids: Sequence[str]) -> None:
    """Lead the verdicts on these reports to the claims that now have their words."""
    for chunk in chunks(document_ids):
        rows = connection.execute(select(anchors).where(anchors.c.document_id.in_(chunk))).all()
        for document_id in sorted({row.document_id for row in rows}):
            _reanchor(connection, document_id, [row for row in rows if row.document_id == document_id])


def _reanchor(connection: Connection, document_id: str, rows: Sequence[Row[Any]]) -> None:
    columns = (claims.c.id, claims.c.start_at, claims.c.end_at, claims.c.text)
    cut = connection.execute(select(*columns).where(claims.c.document_id == document_id).order_by(claims.c.id)).all()
    text_id = connection.scalar(select(documents.c.text_id).where(documents.c.id == document_id))
    for row in rows:
        now = heir(row, cut, same_text=row.text_id == text_id)
        if now != row.now:
            here = (anchors.c.seq == row.seq) & (anchors.c.position == row.position)
            connection.execute(update(anchors).where(here).values(now=now))


def heir(anchor: Row[Any], cut: Sequence[Row[str, int, int, str]], *, same_text: bool) -> str | None:
    """The claim that now has an anchor's words: itself, else the same words, else those that share most of them.

    Where words have to be shared they must be at least half of either; where the text was extracted anew, places mean nothing.
    """
    if any(one.id == anchor.claim_id for one in cut):
        return str(anchor.claim_id)
    same = [one for one in cut if one.text == anchor.text]
    if same:
        return str(min(same, key=lambda one: (abs(one.start_at - anchor.start_at), one.id)).id)
    shared = [(_shared(anchor, one), one.id) for one in cut] if same_text else []
    share, claim = max(shared, key=lambda one: (one[0], one[1]), default=(0.0, ""))
    return claim if share >= 0.5 else None


def _shared(anchor: Row[Any], one: Row[str, int, int, str]) -> float:
    """How much of the two stretches together both have."""
    both = min(anchor.end_at, one.end_at) - max(anchor.start_at, one.start_at)
    either = max(anchor.end_at, one.end_at) - min(anchor.start_at, one.start_at)
    return max(0, both) / either if either else 0.0
