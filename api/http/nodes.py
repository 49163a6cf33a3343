"""Routes of relationship questions: a node, its network, paths between two, search by name."""

from typing import Annotated

from fastapi import APIRouter, Path, Query, Request
from starlette.responses import JSONResponse, Response

from api.http.asking import SECONDS, answered
from api.http.clues import DRAWN, NodeLimit
from api.http.forms import form_of, respond
from api.http.newest import Reads
from api.http.shapes import ItemsShape, MatchShape, NodeShape
from graphengine.identifiers import NodeId
from graphengine.store.engine import Limits
from graphengine.store.pattern import MOST_HOPS
from graphengine.vocabulary import KIND_BY_PREFIX
from queries.arguments import Said
from queries.names import search
from queries.showing import one_node
from viz.wire import as_json

router = APIRouter(prefix="/v1", tags=["graph"])

_ID = rf"^({'|'.join(KIND_BY_PREFIX)}):[0-9a-f]{{1,40}}$"
Node = Annotated[str, Path(pattern=_ID, description="a node id")]
End = Annotated[str, Query(min_length=1, max_length=200, description="a node id or a full name")]


@router.get("/nodes/{node_id}", responses={200: {"model": NodeShape}})
def node(newest: Reads, node_id: Node) -> Response:
    """Return one node with its evidence; `hidden` is how many neighbours it has."""
    with newest.graph(newest.known().version) as graph:
        found = one_node(newest.workspace, graph, NodeId(node_id))
    return JSONResponse(as_json(found)["nodes"][0])


@router.get("/nodes/{node_id}/network", responses=DRAWN)
def network(
    request: Request,
    newest: Reads,
    node_id: Node,
    hops: Annotated[int, Query(ge=0, le=4)] = 1,
    limit: NodeLimit = 100,
) -> Response:
    """Return what lies around a node, nearest first, then by id."""
    form = form_of(request)
    if not hops:
        with newest.graph(newest.known().version) as graph:
            return respond(one_node(newest.workspace, graph, NodeId(node_id)), form)
    said: dict[str, Said] = {"node": node_id, "max_hops": hops}
    answer = answered(request, newest, "network", said, (Limits(seconds=SECONDS), limit, None))
    return respond(answer.subgraph, form)


@router.get("/paths", responses=DRAWN)
def paths(
    request: Request,
    newest: Reads,
    source: Annotated[End, Query(alias="from")],
    target: Annotated[End, Query(alias="to")],
    max_hops: Annotated[int, Query(ge=1, le=MOST_HOPS)] = 6,
) -> Response:
    """Return the shortest routes between two nodes; `routes` is empty where there is none."""
    form = form_of(request)
    said: dict[str, Said] = {"a": source, "b": target, "max_hops": max_hops}
    answer = answered(request, newest, "shortest-ties", said, (Limits(seconds=SECONDS), None, None))
    return respond(answer.subgraph, form)


@router.get("/search", responses={200: {"model": ItemsShape[MatchShape]}})
def search_names(
    newest: Reads,
    q: Annotated[str, Query(min_length=1, max_length=100, description="a name or a part of it")],
    limit: Annotated[int, Query(ge=1, le=50)] = 20,
) -> Response:
    """Return the nodes that bear a name, masked: exactly first, then those that contain it."""
    with newest.graph(newest.known().version) as graph:
        matches = search(graph, q, limit=limit)
    return JSONResponse(
        {
            "items": [
                {"id": m.node, "kind": m.kind, "label": m.label, "division_code": m.division}
                for m in matches
            ]
        }
    )
