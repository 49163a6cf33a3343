"""What every response carries, and which hosts are answered at all.

There is no login: whoever reaches the port reads masked clues. So pages of other origins may not
read them (no CORS), nor a name that someone points at this machine (DNS rebinding).
"""

import logging
from collections.abc import Collection
from traceback import format_tb

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.http.problems import FAILED, WRONG_HOST, document, language_of
from graphengine.language import Text

_LOG = logging.getLogger("shunteng.http")
LOCAL_HOSTS = ("127.0.0.1", "localhost", "::1")
_HEADERS = {
    "cache-control": "no-store",
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'; base-uri 'none'",
    "cross-origin-resource-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
}


class Guard:
    """Checks the host and adds the headers; `hosts` None answers every host.

    An unexpected failure is logged by its kind and place, without its message: that may hold what
    was asked for.
    """

    def __init__(self, app: ASGIApp, hosts: Collection[str] | None) -> None:
        """Stand before an app."""
        self._app = app
        self._hosts = None if hosts is None else frozenset(h.lower() for h in hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        started: list[bool] = []

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                started.append(True)
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        if self._hosts is not None and _host(scope) not in self._hosts:
            detail = Text(
                "请用启动时指定的地址访问", "use the address that the server was started with"
            )
            refusal = document(WRONG_HOST, language_of(Request(scope)), detail)
            await refusal(scope, receive, guarded)
            return
        try:
            await self._app(scope, receive, guarded)
        except Exception as error:  # noqa: BLE001 - whatever failed, the answer is a problem
            _LOG.error("%s\n%s", type(error).__name__, "".join(format_tb(error.__traceback__)))
            if not started:
                await document(FAILED, language_of(Request(scope)))(scope, receive, guarded)


def _host(scope: Scope) -> str:
    """Return the name of the Host header without its port.

    >>> _host({"type": "http", "headers": [(b"host", b"[::1]:8000")]})
    '::1'
    """
    stated = Headers(scope=scope).get("host", "").lower()
    if stated.startswith("["):
        return stated[1:].partition("]")[0]
    return stated.partition(":")[0]
