"""Routes of the question library: what can be asked, and asking it."""

import hashlib
from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Body, Path, Request
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import JSONResponse, Response

from api.divisions import prefix_of
from api.http.answer_shapes import QuestionShape
from api.http.asking import ANSWERED, SECONDS, answered, respond_answer
from api.http.forms import form_of
from api.http.newest import Reads
from api.http.paging import Cursor, Limit, page
from api.http.shapes import ListShape
from graphengine.settings import EngineName
from graphengine.store.engine import Limits
from graphengine.store.question import MOST_NODES, Asked, Question
from queries.library import questions

router = APIRouter(prefix="/v1/queries", tags=["graph"])

_MOST = 500
_LONGEST = 200
One = Annotated[str, Field(max_length=_LONGEST)]


class Asking(BaseModel):
    """A question's parameters and limits; names and ids travel in the body, never in the URL."""

    model_config = ConfigDict(extra="forbid")

    parameters: dict[str, int | One | Annotated[list[One], Field(max_length=MOST_NODES)]] = {}
    limit: Annotated[int | None, Field(ge=1, le=_MOST, description="ways or nodes shown")] = None
    since: date | None = None
    until: date | None = None
    division: Annotated[str | None, Field(pattern=r"^\d{2,12}$")] = None
    engine: EngineName | None = None


@router.get("", responses={200: {"model": ListShape[QuestionShape]}})
def queries(cursor: Cursor = None, limit: Limit = 50) -> Response:
    """List the questions of the library with their parameters."""
    every = questions()
    state = hashlib.sha256("\n".join(q.name for q in every).encode()).hexdigest()[:16]
    found = page(every, state, cursor, limit)
    return JSONResponse(
        {
            "items": [question_json(q) for q in found.items],
            "total": found.total,
            "next": found.next,
        }
    )


@router.post("/{name}", responses=ANSWERED)
def query(
    request: Request,
    newest: Reads,
    name: Annotated[str, Path(pattern=r"^[a-z][a-z-]{0,60}$")],
    asked: Annotated[Asking, Body()],
) -> Response:
    """Answer a question: ways with their relations, dates and register rows."""
    form = form_of(request)
    limits = Limits(
        seconds=SECONDS,
        since=asked.since,
        until=asked.until,
        division=prefix_of(asked.division),
    )
    answer = answered(request, newest, name, asked.parameters, (limits, asked.limit, asked.engine))
    return respond_answer(answer, form)


def question_json(question: Question) -> Mapping[str, Any]:
    """Return a question as the API states it."""
    return {
        "name": question.name,
        "title": question.title.as_json(),
        "answers": question.answers.as_json(),
        "method": question.method,
        "order": question.order,
        "parameters": [_parameter(p) for p in question.parameters],
        "text": question.text,
    }


def _parameter(asked: Asked) -> Mapping[str, Any]:
    bounded = asked.type in ("whole", "days")
    return {
        "name": asked.name,
        "type": asked.type,
        "text": asked.text.as_json(),
        "kinds": list(asked.kinds),
        "low": asked.low if bounded else None,
        "high": asked.high if bounded else None,
        "default": asked.default,
        "required": asked.default is None,
    }
