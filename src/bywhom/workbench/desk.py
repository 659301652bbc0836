"""What every page works with: the ledger, the tables, the templates."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeVar, cast

from jinja2 import Environment
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse

from bywhom.errors import LedgerError, UsageError
from bywhom.grading import GradingTables
from bywhom.ledger import Ledger, LedgerClaim, LedgerDocument
from bywhom.ledger.finding import Letters, Page
from bywhom.ledger.query import ClaimQuery
from bywhom.pipeline import LinkTools
from bywhom.regrading import Grader, letters
from bywhom.workbench.adding import Adding
from bywhom.workbench.settings import Settings

T = TypeVar("T")
REMEMBERED = 64  # answers


class LedgerGone(LedgerError):
    """The file of the ledger is no longer where it was."""


@dataclass(frozen=True)
class Desk:
    """One ledger, open for work."""

    ledger: Ledger
    settings: Settings
    templates: Environment
    secret: bytes = field(repr=False)  # what form tokens are made with; another one at every start
    _memory: dict[Hashable, object] = field(default_factory=dict, repr=False)

    @cached_property
    def link_tools(self) -> LinkTools:
        """What linking and grading need, loaded when the first verdict is given."""
        return LinkTools.load()

    @cached_property
    def adding(self) -> Adding:
        """What reads the reports that are added here."""
        return Adding(self.ledger, self.settings)

    @cached_property
    def grading(self) -> GradingTables:
        return GradingTables.load()

    def page(self, request: Request, template: str, status: int = 200, **parts: object) -> HTMLResponse:
        """A page made of a template."""
        words = self.templates.get_template(template).render(
            form_token=request.scope.get("bywhom_form_token", ""), path=request.url.path, **parts
        )
        return HTMLResponse(words, status_code=status)

    def remembered(self, name: Hashable, make: Callable[[], T]) -> T:
        """What takes long to work out, as it was worked out for the ledger's present state."""
        key = (name, self.ledger.state())
        if key not in self._memory:
            if len(self._memory) >= REMEMBERED:
                self._memory.clear()
            self._memory[key] = make()
        return cast("T", self._memory[key])

    def there(self) -> None:
        """Nothing, where the ledger is still in its place.

        Raises: LedgerGone.
        """
        if not self.ledger.path.exists():
            raise LedgerGone(
                f"the ledger {self.ledger.path} is no longer there; put the file back where it was, "
                "or end this program and start it on another: bywhom serve --ledger FILE"
            )

    def graded(self, found: Iterable[LedgerClaim]) -> list[LedgerClaim]:
        """The claims with their grades."""
        return Grader(self.ledger, self.grading).graded(list(found))

    def letters(self, search: ClaimQuery) -> Letters:
        """The sources of each letter, where a search asks for letters."""
        return letters(self.ledger, self.grading) if search.reliability else {}

    def find(self, search: ClaimQuery, *, after: str = "", limit: int = 50) -> Page:
        """The claims that fit, the latest first."""
        return self.ledger.find(search, after=after, limit=limit, letters=self.letters(search))

    def claim(self, prefix: str) -> LedgerClaim:
        """The claim that is meant, with its grade; a page that says so where there is none."""
        try:
            found = self.ledger.claim(prefix)
        except UsageError as error:
            raise HTTPException(404, str(error)) from error
        return self.graded([found])[0]

    def claims(self, ids: Sequence[str]) -> dict[str, LedgerClaim]:
        """Claims by their ids, graded; those that are no longer there are not in the answer."""
        return {each.claim.id: each for each in self.graded(self.ledger.claims_by_id(ids))}

    def report(self, name: str) -> LedgerDocument:
        """The report that is meant, with its text; a page that says so where there is none."""
        try:
            return self.ledger.document(name)
        except UsageError as error:
            raise HTTPException(404, str(error)) from error
