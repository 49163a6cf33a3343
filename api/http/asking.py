"""Asking a question for a route: the graph and engine lent, the answer in the form asked for."""

import json
from collections.abc import Mapping
from typing import Any

from fastapi import Request
from starlette.responses import Response

from api.http.answer_shapes import AnswerShape
from api.http.engines import Engines
from api.http.forms import FORMS, respond
from api.http.newest import Newest
from graphengine.answer import Answer
from graphengine.settings import EngineName
from graphengine.store.engine import Limits
from queries.arguments import Said
from queries.asking import Asking
from viz.wire import answer_json

ANSWERED: dict[int | str, dict[str, Any]] = {
    200: {
        "model": AnswerShape,
        "description": "The answer, or its subgraph in the form that `Accept` asks for",
        "content": {form: {} for form in FORMS},
    }
}
Bounds = tuple[Limits, int | None, EngineName | None]
SECONDS = 60.0
"""How long an answer may take; the first one after installing also compiles the searches."""


def answered(
    request: Request, newest: Newest, name: str, said: Mapping[str, Said], bounds: Bounds
) -> Answer:
    """Return the masked answer to a question of the newest graph."""
    limits, limit, engine = bounds
    engines: Engines = request.app.state.engines
    with newest.graph(newest.known().version) as graph, engines.engine(graph, engine) as opened:
        return Asking(newest.workspace, graph, opened).ask(name, said, limits, limit)


def respond_answer(answer: Answer, form: str) -> Response:
    """Return an answer: all of it as JSON, its subgraph in the other forms."""
    told = json.dumps(answer_json(answer), ensure_ascii=False).encode()
    return respond(answer.subgraph, form, told)
