"""One report asked about: its pieces, their answers, and what of these stands in the report."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import islice
from math import inf
from pathlib import Path

from bywhom.asking.answers import Answer, Answers
from bywhom.asking.calling import SEED, Caller, Failed
from bywhom.asking.endpoint import Endpoint, Limits
from bywhom.asking.parsing import parse
from bywhom.asking.pieces import Piece, pieces
from bywhom.asking.prompt import Prompt, prompt
from bywhom.asking.proposing import NotThere, Report, propose
from bywhom.records import Document, Found, Problem, Proposal, Span

_STAGE = "asking"
_INSTEAD = "The report was read without the model."
_AGAIN = "The next add asks again; answers that came are kept."
_LOOK = "Look at the report yourself before you rely on what was read of it."


@dataclass(frozen=True, slots=True)
class Asking:
    """Whom to ask and within what bounds: all that an asker is made of, but for the key."""

    endpoint: Endpoint
    answers: Path  # the folder in which they are kept
    agent: str = "bywhom"
    digest: str = "0"  # of the code that asks
    limits: Limits = field(default_factory=Limits)

    @property
    def version(self) -> str:
        """The prompt and the code, by their digests."""
        return f"prompt {prompt().digest}, asking {self.digest}"

    @property
    def signature(self) -> str:
        """What a reading is signed with, beside the version of the rules."""
        return f"{self.endpoint.reader}, {self.version}"


@dataclass(frozen=True, slots=True)
class _Told:
    """What one answer gave."""

    proposals: tuple[Proposal, ...]
    claims: int  # that the answer listed
    lost: int  # of these, not in the text
    broken_off: bool


class Asker:
    """A language model as a reader: it proposes, and only what stands in the report is taken."""

    def __init__(self, asking: Asking, *, sleep: Callable[[float], None] = time.sleep) -> None:
        """Reads the key from the environment.

        Raises: UsageError where there is none, LexiconBroken.
        """
        self.endpoint, self.answers, self.limits = asking.endpoint, Answers(asking.answers), asking.limits
        self.reader, self.version = asking.endpoint.reader, asking.version
        self.prompt: Prompt = prompt()
        key = asking.endpoint.key()
        self._caller = Caller(asking.endpoint, asking.limits, agent=asking.agent, key=key, sleep=sleep)
        self._failed = 0  # reports in a row

    def ask(self, doc: Document) -> Found[Proposal]:
        """The claims that the model finds in a report, in the order of its pieces, and what was wrong with the answers.

        Where one piece gets no answer for good there are no claims at all: half a report is no reading of it.
        Raises: UsageError where the endpoint refuses the key, the address or the model; NoSpace, LedgerError.
        """
        cut = list(islice(pieces(doc, size=self.limits.piece, before=self.limits.before), self.limits.pieces + 1))
        if len(cut) > self.limits.pieces:
            characters = f"{self.limits.pieces * self.limits.piece:,} characters"
            return Found((), (Problem(_STAGE, f"The report is longer than the {characters} asked about. {_INSTEAD}"),))
        report, end = Report(doc), time.monotonic() + (self.limits.seconds or inf)
        told: list[_Told] = []
        for piece in cut:
            try:
                told.append(self._read(self._answer(doc, piece, end), report, piece))
            except Failed as failed:
                self._failed += 1
                return Found((), (self._no_answer(failed, piece, len(cut)),))
        return Found(tuple(_once(told)), tuple(_problems(told)))

    def _answer(self, doc: Document, piece: Piece, end: float) -> Answer:
        """The answer that is kept, or else the one that is given now."""
        messages = self.prompt.messages(doc, piece)
        text = sha256(json.dumps(messages[-1]).encode()).hexdigest()
        key = self._key(text)
        kept = self.answers.get(key)
        if kept and parse(kept.content):
            return kept
        tries = self.limits.tries if self._failed < self.limits.patience else 1
        answer = self._caller.ask(messages, self.prompt.schema, _usable, end=end, tries=tries)
        self._failed = 0
        self.answers.put(key, answer, model=self.endpoint.model, prompt=self.prompt.digest, text=text)
        return answer

    def _key(self, text: str) -> str:
        """What an answer is kept under: the text, the prompt, the model and the parameters, and nothing of the key."""
        parameters = {"temperature": 0, "seed": SEED, "tokens": self.limits.tokens}
        asked = [text, self.prompt.digest, self.endpoint.model, parameters]
        return sha256(json.dumps(asked).encode()).hexdigest()

    def _read(self, answer: Answer, report: Report, piece: Piece) -> _Told:
        parsed = parse(answer.content)
        listed = parsed.claims if parsed else ()
        claims, proposals = listed[: self.limits.claims], []
        for claim in claims:
            try:
                proposals.append(propose(claim, report, piece, by=self.reader))
            except NotThere:
                continue
        broken_off = answer.cut_off or not (parsed and parsed.whole) or len(claims) < len(listed)
        return _Told(tuple(proposals), len(claims), len(claims) - len(proposals), broken_off)

    def _no_answer(self, failed: Failed, piece: Piece, count: int) -> Problem:
        where = "" if count == 1 else f" about characters {piece.span.start:,} to {piece.span.end:,}"
        message = f"{self.endpoint.shown} gave no answer{where}: {failed.message}. {_INSTEAD}"
        return Problem(_STAGE, message, _AGAIN)


def _usable(answer: Answer) -> bool:
    return parse(answer.content) is not None


def _once(told: Sequence[_Told]) -> list[Proposal]:
    """Each proposal once: a model that repeats itself says no more by it."""
    kept: dict[tuple[Span, Span | None], Proposal] = {}
    for proposal in (each for piece in told for each in piece.proposals):
        source = proposal.attribution.source
        kept.setdefault((proposal.span, source.mention.span if source and source.mention else None), proposal)
    return sorted(kept.values(), key=lambda proposal: proposal.span)


def _problems(told: Sequence[_Told]) -> list[Problem]:
    claims, lost = sum(each.claims for each in told), sum(each.lost for each in told)
    problems = []
    if lost:
        problems.append(Problem(_STAGE, f"{lost} of {claims} claims were not in the text, and were left out.", _LOOK))
    if broken := sum(each.broken_off for each in told):
        what = "The answer" if len(told) == 1 else f"{broken} of {len(told)} answers"
        message = f"{what} broke off: claims after that point are missing."
        problems.append(Problem(_STAGE, message, _LOOK))
    return problems
