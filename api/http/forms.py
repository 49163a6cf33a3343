"""A subgraph in the form that the request's `Accept` asks for."""

import json
from collections.abc import Callable, Mapping

from fastapi import Request
from starlette.responses import Response

from api.http.problems import NOT_ACCEPTABLE, ProblemError
from graphengine.language import Text
from graphengine.subgraph import Subgraph
from viz.export import cytoscape, gexf, graphml, to_networkx
from viz.frames import frames_of
from viz.wire import as_json


def _json(subgraph: Subgraph) -> bytes:
    return json.dumps(as_json(subgraph), ensure_ascii=False).encode()


FORMS: Mapping[str, Callable[[Subgraph], bytes]] = {
    "application/json": _json,
    "application/vnd.cytoscape+json": lambda s: cytoscape(to_networkx(frames_of(s))),
    "application/graphml+xml": lambda s: graphml(to_networkx(frames_of(s))),
    "application/gexf+xml": lambda s: gexf(to_networkx(frames_of(s))),
}


def form_of(request: Request) -> str:
    """Return the media type that the request likes best; raise ProblemError where none fits.

    Must be asked before the work is done. Without `Accept`, and for `*/*`, it is JSON.
    """
    accepted = _accepted(request.headers.get("accept") or "*/*")
    liked = {form: _quality(form, accepted) for form in FORMS}
    best = max(FORMS, key=lambda form: liked[form])
    if liked[best] <= 0:
        raise ProblemError(
            NOT_ACCEPTABLE,
            Text("可用格式：" + "、".join(FORMS), "there are: " + ", ".join(FORMS)),
        )
    return best


def _accepted(header: str) -> dict[str, float]:
    """Return media ranges with their quality (RFC 9110, 12.5.1); an unreadable quality is 0."""
    ranges: dict[str, float] = {}
    for part in header.split(","):
        name, *parameters = (piece.strip().lower() for piece in part.split(";"))
        stated = next((p[2:] for p in parameters if p.startswith("q=")), "1")
        try:
            ranges[name] = float(stated)
        except ValueError:
            ranges[name] = 0.0
    return ranges


def _quality(form: str, accepted: Mapping[str, float]) -> float:
    """Return the quality of the most specific range that a form falls into."""
    for name in (form, form.partition("/")[0] + "/*", "*/*"):
        if name in accepted:
            return accepted[name]
    return 0.0


def respond(subgraph: Subgraph, form: str, told: bytes | None = None) -> Response:
    """Return the subgraph in a form; headers say for every form whether it was cut.

    `told` is the JSON of an answer that says more than its subgraph.
    """
    content = told if told and form == "application/json" else FORMS[form](subgraph)
    omitted = ", ".join(f"{kind}={count}" for kind, count in sorted(subgraph.omitted.items()))
    headers = {
        "vary": "Accept",
        "shunteng-version": subgraph.version,
        "shunteng-truncated": "true" if subgraph.truncated else "false",
        **({"shunteng-omitted": omitted} if omitted else {}),
    }
    return Response(content, media_type=form, headers=headers)
