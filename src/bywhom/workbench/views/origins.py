"""Origins: where the chains of a search begin, through whose hands they went, and who published them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response

from bywhom.export.records import chain
from bywhom.ledger import LedgerClaim
from bywhom.ledger.query import ClaimQuery
from bywhom.records import Hop, OriginGroup
from bywhom.workbench import wording
from bywhom.workbench.desk import Desk
from bywhom.workbench.drawings.graph import Node, Path, Tie, draw_graph
from bywhom.workbench.searches import Chip, chips, pairs, search_of
from bywhom.workbench.textual import plain
from bywhom.workbench.views.selection import latest

MOST = 200  # claims of one drawing: more are a thicket


@dataclass(frozen=True, slots=True)
class Origin:
    """One origin as the table shows it, with the claims of the search that rest on it."""

    name: str
    claims: tuple[LedgerClaim, ...]
    publishers: tuple[str, ...]

    @property
    def wordings(self) -> list[LedgerClaim]:
        """One claim for each wording: what a second report copies is not worth a second line."""
        return list({" ".join(each.claim.text.casefold().split()): each for each in reversed(self.claims)}.values())[
            ::-1
        ]


@dataclass(frozen=True, slots=True)
class OriginsPage:
    """All that the page shows."""

    search: ClaimQuery
    chips: tuple[Chip, ...]
    hidden: tuple[tuple[str, str], ...]
    drawing: Markup
    origins: tuple[Origin, ...]
    looked_at: int
    is_whole: bool


def page(desk: Desk, request: Request) -> Response:
    """The page of the origins of a search."""
    return desk.page(request, "origins.html", page=origins_page(desk, search_of(request.query_params)))


def origins_page(desk: Desk, search: ClaimQuery) -> OriginsPage:
    """What the page shows."""
    found, is_whole = latest(desk, search, MOST)
    graded = [each for each in desk.graded(found) if not each.rejected]
    return OriginsPage(
        search=search,
        chips=tuple(chips(search, "/origins")),
        hidden=tuple(pair for pair in pairs(search) if pair[0] != "q"),
        drawing=drawn(graded),
        origins=tuple(origins(graded)),
        looked_at=len(found),
        is_whole=is_whole,
    )


def origins(found: Iterable[LedgerClaim]) -> list[Origin]:
    """Claims by the origin that they rest on, those with the most appearances first."""
    groups: dict[str, list[LedgerClaim]] = defaultdict(list)
    for each in found:
        groups[group_of(each)].append(each)
    joined: dict[str, list[LedgerClaim]] = defaultdict(list)
    for group, some in groups.items():  # one who says five things is one origin
        joined[_end_of(some) or group] += some
    listed = [Origin(_origin_name(some[0]), tuple(some), _publishers(some)) for some in joined.values()]
    return sorted(listed, key=lambda one: (-len(one.claims), one.name, one.claims[0].claim.id))


def group_of(found: LedgerClaim) -> str:
    """The id of the origin group of a claim; of one that is not linked, its own."""
    return found.grade.digit.standing.own.id if found.grade else found.claim.id


def _end_of(some: Iterable[LedgerClaim]) -> str | None:
    """Who stands at the end of the chains of a group, where that is known."""
    return next((one for each in some if (one := chain(each)[-1].id)), None)


def _origin_name(found: LedgerClaim) -> str:
    return wording.hop_name(chain(found)[-1])


def _publishers(some: Sequence[LedgerClaim]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(wording.hop_name(chain(each)[0]) for each in some))


def drawn(found: Sequence[LedgerClaim]) -> Markup:
    """The chains of claims as one drawing."""
    return draw_graph([_path(each) for each in found], list(_ties(found)))


def _path(found: LedgerClaim) -> Path:
    hops = list(reversed(chain(found)))
    nodes = [_node(hop, place, len(hops), found) for place, hop in enumerate(hops)]
    return Path(tuple(nodes), plain(found.claim.text, 200))


def _node(hop: Hop, place: int, of: int, found: LedgerClaim) -> Node:
    """A hand in a chain. Those who are not named are only the same where they stand at the end of one origin."""
    role = "publisher" if place == of - 1 else "origin" if place == 0 else "relay"
    if role == "publisher":
        # One who publishes and is quoted elsewhere stands in both columns: lines run one way.
        report = found.claim.document_id
        name = hop.name or found.document
        return Node(
            f"publisher {hop.name or report}", plain(name, 60), role, f"/reports/{report}", hop.name is not None
        )
    nobody = f"nobody {group_of(found) if place == 0 else found.claim.id} {place}"
    link = f"/sources/{hop.id}" if hop.id else f"/claims/{found.claim.id}"
    key = hop.id or (f"name {hop.name}" if hop.name else nobody)
    return Node(key, plain(wording.hop_name(hop), 60), role, link, hop.name is not None)


def _ties(found: Sequence[LedgerClaim]) -> Iterator[Tie]:
    """What grading found between the origins that are drawn."""
    ends = {group_of(each): _path(each).nodes[0].key for each in found if len(chain(each)) > 1}
    seen: set[frozenset[str]] = set()
    for each in found:
        if each.grade is None:
            continue
        standing = each.grade.digit.standing
        sides: tuple[tuple[tuple[OriginGroup, ...], bool], ...] = ((standing.agreeing, True), (standing.opposed, False))
        for groups, agrees in sides:
            for other in groups:
                a, b = ends.get(group_of(each)), ends.get(other.id)
                if a and b and a != b and frozenset((a, b)) not in seen:
                    seen.add(frozenset((a, b)))
                    says = "say the same" if agrees else "say otherwise"
                    yield Tie(
                        a, b, agrees, f"{wording.origin_name(standing.own)} and {wording.origin_name(other)} {says}"
                    )
