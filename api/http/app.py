"""The HTTP API as one application; who binds it to an address decides who may reach it."""

from collections.abc import Collection

from fastapi import FastAPI

from api.http import catalogue, clues, nodes, pages, queries
from api.http.engines import Engines
from api.http.guard import LOCAL_HOSTS, Guard
from api.http.newest import Newest
from api.http.problems import handle_problems
from api.http.shapes import ProblemShape
from graphengine.workspace import Workspace

_DESCRIPTION = (
    "Clues and the graph behind them, read-only and masked. A clue is a reason to look, never a "
    "verdict. 线索只是值得核实的理由，不是结论。"
)


def create_app(workspace: Workspace, *, hosts: Collection[str] | None = LOCAL_HOSTS) -> FastAPI:
    """Return the API of a workspace; `hosts` are the names it answers to, None: any.

    A newer detection or graph is used from the next request on. Nothing is logged here; serve it
    without an access log, for query strings may hold names.
    """
    app = FastAPI(
        title="Shunteng",
        version="1",
        description=_DESCRIPTION,
        docs_url=None,
        redoc_url=None,
        responses={"default": {"model": ProblemShape, "description": "A problem (RFC 9457)"}},
        # FastAPI would otherwise report requests and messages of exceptions to any collector
        # that the environment names.
        telemetry={
            "tracing": False,
            "metrics": False,
            "logs": False,
            "operation_spans": False,
            "auto_configure": False,
        },
    )
    app.state.newest = Newest(workspace)
    app.state.engines = Engines(workspace)
    for part in (clues, nodes, queries, catalogue, pages):
        app.include_router(part.router)
    handle_problems(app)
    app.add_middleware(Guard, hosts=hosts)
    return app
