"""Problem documents (RFC 9457): one table from the error tree to status, type and title.

A problem never repeats what was asked: a query may hold a name or a number.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse

from graphengine.errors import (
    AmbiguousError,
    IntegrityError,
    NotFoundError,
    QuestionError,
    RegisterFileError,
    SettingsError,
    ShuntengError,
    StoreError,
    WorkspaceError,
)
from graphengine.language import Language, Text

MEDIA_TYPE = "application/problem+json"
_TYPE = "urn:shunteng:problem:"


@dataclass(frozen=True, slots=True)
class Problem:
    """A kind of problem: its slug makes the stable `type`."""

    slug: str
    status: int
    title: Text


NOT_FOUND = Problem("not-found", 404, Text("找不到", "not found"))
NOT_ACCEPTABLE = Problem("not-acceptable", 406, Text("没有这种格式", "no such representation"))
INVALID = Problem("invalid-parameter", 422, Text("参数不对", "a parameter is not valid"))
STALE_CURSOR = Problem("stale-cursor", 410, Text("列表已更新", "the list has changed"))
NOT_READY = Problem("not-ready", 503, Text("尚未就绪", "not ready yet"))
WRONG_HOST = Problem("wrong-host", 421, Text("主机名不对", "another host was asked for"))
FAILED = Problem("failed", 500, Text("内部错误", "an internal error"))

PROBLEMS: Mapping[type[ShuntengError], Problem] = {
    NotFoundError: NOT_FOUND,
    AmbiguousError: Problem("ambiguous", 409, Text("对应多个对象", "several nodes fit")),
    WorkspaceError: Problem("workspace", 503, Text("工作区不可用", "workspace not available")),
    SettingsError: Problem("settings", 500, Text("设置有误", "the settings are not valid")),
    RegisterFileError: Problem("register-file", 422, Text("文件被拒收", "the file is refused")),
    QuestionError: Problem("question", 422, Text("问题或参数不对", "the question is not valid")),
    StoreError: Problem("store", 503, Text("图库不可用", "the graph store is not available")),
    IntegrityError: Problem("integrity", 500, Text("数据被改动", "stored data was changed")),
    ShuntengError: Problem("expected-failure", 422, Text("无法完成", "it cannot be done")),
}
_BY_STATUS = {
    404: NOT_FOUND,
    405: Problem("method-not-allowed", 405, Text("不支持此方法", "method not allowed")),
}


class ProblemError(Exception):
    """A problem of the request itself, with a detail for this occurrence."""

    def __init__(self, problem: Problem, detail: Text) -> None:
        """Keep the kind and the detail; the detail repeats nothing of the request's values."""
        super().__init__(problem.slug)
        self.problem = problem
        self.detail = detail


def language_of(request: Request) -> Language:
    """Return the first language of the request's `Accept-Language` that there is."""
    for part in request.headers.get("accept-language", "").lower().split(","):
        tag = part.strip()
        if tag.startswith("zh"):
            return "zh"
        if tag.startswith("en"):
            return "en"
    return "en"


def document(
    problem: Problem,
    language: Language,
    detail: Text | None = None,
    remedy: Text | None = None,
    **members: object,
) -> JSONResponse:
    """Return the response of a problem: `title` and `detail` in the asked language, and both."""
    content: dict[str, Any] = {
        "type": _TYPE + problem.slug,
        "status": problem.status,
        "title": problem.title.said(language),
        "titles": problem.title.as_json(),
        **members,
    }
    if detail:
        content |= {"detail": detail.said(language), "details": detail.as_json()}
    if remedy:
        content |= {"remedy": remedy.said(language), "remedies": remedy.as_json()}
    return JSONResponse(content, problem.status, media_type=MEDIA_TYPE)


def problem_of(error: ShuntengError) -> Problem:
    """Return the row of the table for an error: its own or its nearest ancestor's."""
    return next(PROBLEMS[kind] for kind in type(error).__mro__ if kind in PROBLEMS)


def handle_problems(app: FastAPI) -> None:
    """Answer every failure of an app with a problem document."""
    app.add_exception_handler(ShuntengError, _expected)
    app.add_exception_handler(ProblemError, _stated)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _status)


async def _expected(request: Request, error: Exception) -> JSONResponse:
    if not isinstance(error, ShuntengError):
        raise error
    return document(problem_of(error), language_of(request), error.message, error.remedy)


async def _stated(request: Request, error: Exception) -> JSONResponse:
    if not isinstance(error, ProblemError):
        raise error
    return document(error.problem, language_of(request), error.detail)


async def _invalid(request: Request, error: Exception) -> JSONResponse:
    if not isinstance(error, RequestValidationError):
        raise error
    wrong = [
        {"in": str(e["loc"][0]), "name": ".".join(map(str, e["loc"][1:])), "problem": e["type"]}
        for e in error.errors()
    ]
    names = ", ".join(sorted({e["name"] for e in wrong}))
    detail = Text(f"请检查参数：{names}", f"check these parameters: {names}")
    return document(INVALID, language_of(request), detail, errors=wrong)


async def _status(request: Request, error: Exception) -> JSONResponse:
    if not isinstance(error, HTTPException):
        raise error
    problem = _BY_STATUS.get(error.status_code, FAILED)
    return document(problem, language_of(request))
