"""Lists by cursor: a page says where the next one starts, and of which detection it is."""

import base64
import binascii
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Generic, TypeVar

from fastapi import Query

from api.http.problems import INVALID, STALE_CURSOR, ProblemError
from graphengine.language import Text

MOST = 200
T = TypeVar("T")

Limit = Annotated[int, Query(ge=1, le=MOST, description="items on a page")]
Cursor = Annotated[
    str | None, Query(max_length=200, description="`next` of the page before, as it is")
]


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """Items in their order, how many there are in all, and the next page's cursor."""

    items: Sequence[T]
    total: int
    next: str | None


def page(items: Sequence[T], of: str, cursor: str | None, limit: int) -> Page[T]:
    """Return the page of `items` that starts at the cursor; `of` names what they were taken from.

    Raises ProblemError: stale-cursor where the list is another by now.

    >>> first = page("abc", "v1", None, 2)
    >>> first.items, page("abc", "v1", first.next, 2).items
    ('ab', 'c')
    """
    start = _start(of, cursor) if cursor else 0
    end = start + limit
    onward = _encoded(of, end) if end < len(items) else None
    return Page(items[start:end], len(items), onward)


def _encoded(of: str, start: int) -> str:
    return base64.urlsafe_b64encode(json.dumps([of, start]).encode()).decode().rstrip("=")


def _start(of: str, cursor: str) -> int:
    try:
        stated = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        source, start = stated
        valid = isinstance(source, str) and type(start) is int and start >= 0
    except (ValueError, TypeError, binascii.Error) as error:
        raise _no_cursor() from error
    if not valid:
        raise _no_cursor()
    if source != of:
        raise ProblemError(
            STALE_CURSOR,
            Text("列表已更新，请从第一页重新开始", "the list has changed; start at its first page"),
        )
    return int(start)


def _no_cursor() -> ProblemError:
    return ProblemError(
        INVALID, Text("cursor 不是上一页给出的值", "cursor is not what the page before gave")
    )
