"""Routes of clues: the queue, one clue, its subgraph."""

from collections.abc import Sequence
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request
from starlette.responses import JSONResponse, Response

from api.divisions import prefix_of
from api.http.forms import FORMS, form_of, respond
from api.http.newest import Reads
from api.http.paging import Cursor, Limit, page
from api.http.shapes import ClueShape, PageShape, SubgraphShape
from graphengine.clue import present
from graphengine.subgraph import MOST_NODES, of_clue
from queries.showing import rows_at_hand

router = APIRouter(prefix="/v1/clues", tags=["clues"])

DivisionCode = Annotated[
    str | None,
    Query(pattern=r"^\d{2,12}$", description="division code; trailing zeros mean all below it"),
]
RuleIds = Annotated[Sequence[str], Query(max_length=50, description="only these rules")]
NodeLimit = Annotated[int, Query(ge=1, le=MOST_NODES, description="nodes at most")]
DRAWN: dict[int | str, dict[str, Any]] = {
    200: {
        "model": SubgraphShape,
        "description": "The subgraph, in the form that `Accept` asks for",
        "content": {form: {} for form in FORMS},
    }
}


@router.get("", responses={200: {"model": PageShape[ClueShape]}})
def clues(  # noqa: PLR0913, PLR0917 - the query's parameters
    newest: Reads,
    rule: RuleIds = (),
    division: DivisionCode = None,
    kind: Literal["suspicion", "efficiency", "data"] | None = None,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> Response:
    """List the clues of the newest detection, the first to verify first."""
    known = newest.known()
    prefix = prefix_of(division)
    chosen = [
        clue
        for clue in known.clues
        if (not rule or clue.finding.rule in rule)
        and clue.finding.division.startswith(prefix)
        and kind in (None, clue.kind)
    ]
    found = page(chosen, known.detection.id, cursor, limit)
    with newest.graph(known.detection.version) as graph:
        shown = present(found.items, graph, reveal=False)
    return JSONResponse(
        {
            "items": shown,
            "total": found.total,
            "next": found.next,
            "detection": known.detection.id,
        }
    )


@router.get("/{clue_id}", responses={200: {"model": ClueShape}})
def clue(newest: Reads, clue_id: str) -> Response:
    """Return one clue in full."""
    found = newest.clue(clue_id)
    with newest.graph(newest.known().detection.version) as graph:
        return JSONResponse(present([found], graph, reveal=False)[0])


@router.get("/{clue_id}/subgraph", responses=DRAWN)
def subgraph(request: Request, newest: Reads, clue_id: str, limit: NodeLimit = 300) -> Response:
    """Return the nodes and relations on a clue's path and between its subjects, with evidence."""
    form = form_of(request)
    found = newest.clue(clue_id)
    with newest.graph(newest.known().detection.version) as graph:
        rows = rows_at_hand(newest.workspace, graph)
        return respond(of_clue(found, graph, most=limit, rows=rows), form)
