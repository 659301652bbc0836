"""`bywhom review`: what people decide about claims, links, sources and situations, and what was decided so far."""

from __future__ import annotations

import getpass
import os
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bywhom.cli.options import ledger_option, opened
from bywhom.cli.terminal import clean, counted, on_terminal, stderr_console, stdout_console
from bywhom.errors import UsageError

if TYPE_CHECKING:
    from bywhom.ledger import Ledger, LedgerClaim
    from bywhom.records import Verdict


@dataclass(frozen=True, slots=True)
class Asked:
    """What the command line asks for."""

    claim: str | None
    link: str | None
    together: str | None
    apart: str | None
    source: str | None
    who: str | None
    same: str | None
    report: str | None
    name: str | None
    confirm: bool
    reject: bool
    puts: tuple[str, ...]
    by: str
    reason: str

    @property
    def parts(self) -> tuple[str, ...]:
        """The options that say what is decided."""
        given = {"--confirm": self.confirm, "--reject": self.reject, "--set": self.puts, "--together": self.together,
                 "--apart": self.apart, "--same": self.same, "--is": self.name}  # fmt: skip
        return tuple(option for option, value in given.items() if value)

    @property
    def about(self) -> tuple[str, ...]:
        """The options that only say what the decision is about."""
        given = {"--link": self.link, "--source": self.source, "--who": self.who, "--in": self.report}
        return tuple(option for option, value in given.items() if value)


@click.command()
@click.argument("claim", required=False)
@click.option("--confirm", is_flag=True, help="It is as it was read; with --link: the two are linked as found.")
@click.option("--reject", is_flag=True, help="It is no claim, or misread; with --link: the two are not linked.")
@click.option(
    "--set", "puts", multiple=True, metavar="FIELD=VALUE", help="Put something in the place of what was read."
)
@click.option(
    "--link", metavar="CLAIM", help="The other claim, where the verdict is on what the two are to each other."
)
@click.option("--together", metavar="CLAIM", help="The two tell of one situation.")
@click.option("--apart", metavar="CLAIM", help="CLAIM does not belong to the situation of this other claim.")
@click.option("--source", metavar="NAME", help="With --set reliability=LETTER: of everything this source says.")
@click.option("--who", metavar="NAME", help="Somebody in the ledger, by name or id, with --same or with --in and --is.")
@click.option("--same", metavar="NAME", help="With --who: this other one is the same; who --who names goes on.")
@click.option("--in", "report", metavar="REPORT", help="With --who and --is: in this report it is somebody else.")
@click.option("--is", "name", metavar="NAME", help="With --who and --in: who it is there, by name or id.")
@click.option("--reason", default="", help="Why. Every verdict needs it.")
@click.option(
    "--by", envvar="BYWHOM_REVIEWER", default="", show_envvar=True, help="Your name. [default: your user name]"
)
@click.option(
    "--undo", metavar="N", type=click.IntRange(min=1), help="Take verdict N back; what was before it counts again."
)
@click.option("--history", is_flag=True, help="All verdicts, the newest first; with CLAIM those on it.")
@click.option("--limit", metavar="N", type=click.IntRange(min=1), default=20, show_default=True, help="List so many.")
@ledger_option
def review(
    *,
    claim: str | None,
    confirm: bool,
    reject: bool,
    puts: tuple[str, ...],
    link: str | None,
    together: str | None,
    apart: str | None,
    source: str | None,
    who: str | None,
    same: str | None,
    report: str | None,
    name: str | None,
    reason: str,
    by: str,
    undo: int | None,
    history: bool,
    limit: int,
    ledger: Path,
) -> None:
    """Confirm, reject or change what was read, linked and graded.

    Without a claim: what nobody has reviewed yet, contested claims first. Verdicts are appended with name, time and reason;
    nothing is overwritten, a verdict is taken back by another, and all outlive every new reading and linking.

    \b
    bywhom review CLAIM --confirm --reason "heard the recording"
    bywhom review CLAIM --reject --reason "a headline of another story"
    bywhom review CLAIM --set "source=Nurse Holm (witness)" --reason "…"
    bywhom review CLAIM --set "place=Dybbøl, DK" --reason "…"   # or a name with its point: Dybbøl@54.91,9.75
    bywhom review CLAIM --set valid=yes --reason "…"            # it proved right: what letters rest on
    bywhom review CLAIM --set credibility=2 --reason "…"
    bywhom review CLAIM --link OTHER --set relation=corroborates/independent --reason "…"
    bywhom review CLAIM --apart OTHER --reason "…"              # two situations; --together: one
    bywhom review --who "I. Holm" --same "Ingrid Holm" --reason "…"
    bywhom review --who Holm --in REPORT --is "Karl Holm" --reason "…"

    FIELD is source, place, time, span (characters of the report: 120-168), event, polarity, certainty, valid (yes, no), plausibility (logical, reasonable,
    illogical), credibility (1 to 6) or reliability (A to F: of all that the claim's source says). An empty value blanks a
    source, a place or a time.
    """  # noqa: D301 (the backslash is click's mark for lines that stay as they are)
    asked = Asked(
        claim, link, together, apart, source, who, same, report, name, confirm, reject, puts, by or _user(), reason
    )
    with opened(ledger) as book:
        if undo is not None:
            _undo(book, undo, asked)
        elif asked.parts:
            _decide(book, asked)
        elif asked.about:
            raise UsageError(
                f"{asked.about[0]} says what a verdict is about, not what it is; add {_MISSING[asked.about[0]]}"
            )
        elif history:
            _list(book, book.verdict_history(claim=book.claim(claim).claim.id if claim else None, limit=limit))
        else:
            _unreviewed(book, claim, limit)


_MISSING = {
    "--link": "--confirm, --reject or --set relation=TYPE",
    "--source": "--set reliability=LETTER",
    "--who": "--same NAME, or --in REPORT --is NAME",
    "--in": "--who NAME and --is NAME",
}


def _user() -> str:
    """The name under which somebody is logged in; empty where the system does not know."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return os.environ.get("USER", "")


# Deciding ------------------------------------------------------------------------------------------------------------


def _undo(book: Ledger, seq: int, asked: Asked) -> None:
    from bywhom.reviewing import undo  # noqa: PLC0415

    _tell(undo(book, seq, asked.by, asked.reason))


def _decide(book: Ledger, asked: Asked) -> None:
    from bywhom.pipeline import LinkTools  # noqa: PLC0415
    from bywhom.reviewing import review as enter  # noqa: PLC0415

    given = list(_verdicts(book, asked))
    tools = LinkTools.load()
    for verdict in given:
        _tell(enter(book, verdict, tools=tools))


def _verdicts(book: Ledger, asked: Asked) -> Iterable[Verdict]:
    """What is asked for, as verdicts.

    Raises: UsageError where the command line says too little, or too much at once.
    """
    if asked.confirm and asked.reject:
        raise UsageError("a verdict confirms or rejects; not both")
    if asked.who or asked.same or asked.name:
        return [_of_entity(book, asked)]
    if asked.source:
        return [_of_source(asked)]
    if asked.claim is None:
        raise UsageError("say which claim: bywhom review CLAIM …; without one only --source, --history and --undo work")
    found = book.claim(asked.claim)
    if (asked.together or asked.apart or asked.link or asked.reject) and len(asked.parts) > 1:
        raise UsageError(f"{' and '.join(asked.parts)} are two verdicts; give them one after the other")
    if asked.together or asked.apart:
        return [_of_situation(book, found, asked)]
    if asked.link:
        return [_of_link(book, found, book.claim(asked.link), asked)]
    return _of_claim(book, found, asked)


def _of_source(asked: Asked) -> Verdict:
    from bywhom.records import Act, Subject, Verdict  # noqa: PLC0415
    from bywhom.regrading import name_key  # noqa: PLC0415

    field, value = _put(asked.puts[0]) if len(asked.puts) == 1 else ("", "")
    if field != "reliability" or not asked.source:
        raise UsageError("of a source the letter can be set: --source NAME --set reliability=B")
    return Verdict(Subject.source(name_key(asked.source)), field, Act.SET, asked.by, asked.reason, value)


def _of_entity(book: Ledger, asked: Asked) -> Verdict:
    """The verdict that two are one, or that in one report it is somebody else."""
    from bywhom.reviewing import on_apart, on_same  # noqa: PLC0415

    if asked.who and asked.parts == ("--same",) and not asked.report:
        kept = _entity(book, asked.who)
        return on_same(book, kept, _entity(book, asked.same or ""), keep=kept, by=asked.by, reason=asked.reason)
    if asked.who and asked.report and asked.parts == ("--is",):
        whom = [each.entity.id for each in book.named(asked.name or "")]
        one = whom[0] if len(whom) == 1 else asked.name or ""
        return on_apart(book, _entity(book, asked.who), asked.report, one, by=asked.by, reason=asked.reason)
    raise UsageError(
        "say who is one: --who NAME --same NAME; or who is somebody else: --who NAME --in REPORT --is NAME"
    )


def _entity(book: Ledger, name: str) -> str:
    """The id of the one whom a name means."""
    found = book.named(name)
    if len(found) == 1:
        return found[0].entity.id
    listed = "; ".join(f"{each.entity.id} {clean(each.entity.name)}" for each in found[:8])
    said = (
        f"{len(found)} go by the name {name!r}: {listed}; give the id"
        if found
        else f"nobody in the ledger is called {name!r}"
    )
    raise UsageError(f"{said}; `bywhom entities` lists them")


def _of_claim(book: Ledger, found: LedgerClaim, asked: Asked) -> list[Verdict]:
    from bywhom.records import Act  # noqa: PLC0415
    from bywhom.reviewing import on_claim  # noqa: PLC0415

    given = []
    if asked.confirm or asked.reject:
        act = Act.CONFIRM if asked.confirm else Act.REJECT
        given.append(on_claim(book, found, "reading", "", act=act, by=asked.by, reason=asked.reason))
    for put in asked.puts:
        field, value = _put(put)
        given.append(on_claim(book, found, field, value, act=Act.SET, by=asked.by, reason=asked.reason))
    return given


def _put(text: str) -> tuple[str, str]:
    field, equals, value = text.partition("=")
    if not equals:
        raise UsageError(f"--set {text!r} is not FIELD=VALUE; write for example --set place=Verdun")
    return field.strip(), value.strip()


# Pairs ---------------------------------------------------------------------------------------------------------------


def _of_link(book: Ledger, one: LedgerClaim, other: LedgerClaim, asked: Asked) -> Verdict:
    """The verdict on what two claims are to each other."""
    from bywhom.records import Act  # noqa: PLC0415
    from bywhom.reviewing import on_link  # noqa: PLC0415

    act = Act.SET if asked.puts else Act.REJECT if asked.reject else Act.CONFIRM
    field, written = _put(asked.puts[0]) if asked.puts else ("relation", "")
    if field != "relation" or len(asked.puts) > 1:
        raise UsageError("of a link the relation can be set, and nothing else: --set relation=TYPE")
    return on_link(book, one, other, written, act=act, by=asked.by, reason=asked.reason)


def _of_situation(book: Ledger, one: LedgerClaim, asked: Asked) -> Verdict:
    from bywhom.reviewing import on_situation  # noqa: PLC0415

    other = book.claim(asked.together or asked.apart or "")
    return on_situation(one, other, together=bool(asked.together), by=asked.by, reason=asked.reason)


# Listing -------------------------------------------------------------------------------------------------------------


def _tell(verdict: Verdict) -> None:
    from bywhom.cli.words import verdict as in_words  # noqa: PLC0415

    click.echo(f"verdict {in_words(verdict)}")
    click.echo(f'  to take it back: bywhom review --undo {verdict.seq} --reason "…"', err=True)


def _list(book: Ledger, found: Sequence[Verdict]) -> None:
    """Every act with the number by which it is taken back, and whether it has been."""
    from bywhom.cli.words import verdict as in_words  # noqa: PLC0415

    undone = book.undone([each.seq for each in found])
    if not on_terminal():
        import msgspec  # noqa: PLC0415

        for each in found:
            row = {"number": each.seq, "undone": each.seq in undone, **msgspec.to_builtins(each)}
            sys.stdout.buffer.write(msgspec.json.encode(row) + b"\n")
        return
    console = stdout_console()
    for each in found:
        state = "  (taken back)" if each.seq in undone else ""
        console.print(f"verdict {in_words(each)}{state}\n     {each.subject.kind.value} {_about(each)}", soft_wrap=True)
    if found:
        stderr_console().print('\nTo take one back: bywhom review --undo NUMBER --reason "…"', style="dim")


def _about(one: Verdict) -> str:
    """The claims that a verdict is about, by id and words; else the source or entity."""
    from bywhom.cli.words import SHORT_ID  # noqa: PLC0415

    if not one.anchors:
        return clean(" ".join(one.subject.ids))
    return "; ".join(f"{each.claim[:SHORT_ID]} “{clean(each.text)}”" for each in one.anchors)


def _unreviewed(book: Ledger, claim: str | None, limit: int) -> None:
    """What waits for a person: one claim of each origin, contested ones first, then those that most reports repeat."""
    from bywhom.cli.claims import table_parts  # noqa: PLC0415
    from bywhom.export import protected, write_jsonl  # noqa: PLC0415
    from bywhom.regrading import graded  # noqa: PLC0415

    ids = [claim] if claim else book.unreviewed(limit)
    found = graded(book, (book.claim(each) for each in ids))
    if not on_terminal():
        write_jsonl(protected(book, found), sys.stdout.buffer)
        return
    console = stdout_console()
    for part in table_parts(found, console):
        console.print(part.shown)
    if claim:
        stderr_console().print(f"\nWhat was decided: bywhom review {clean(claim)} --history", style="dim")
        return
    stderr_console().print(
        f"\n{counted(len(ids), 'claim')} that nobody has reviewed, contested ones first, one of each origin.\n"
        'Next: bywhom trace CLAIM, then bywhom review CLAIM --confirm --reason "…"',
        style="dim",
    )
