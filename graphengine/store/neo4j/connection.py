"""A connection to a Neo4j 5 server: who, where, how long to wait, what to try again."""

import os
import threading
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from types import TracebackType
from typing import Self, TypeVar
from urllib.parse import urlsplit

from graphengine.errors import StoreError
from graphengine.language import Text
from graphengine.store.neo4j.driver import BookmarkManager, neo4j
from graphengine.store.neo4j.trouble import in_words, silent, unfit

USER, PASSWORD = "SHUNTENG_NEO4J_USER", "SHUNTENG_NEO4J_PASSWORD"
"""The environment variables that hold the credentials; no option and no log ever does."""

SCHEMES = ("bolt", "bolt+s", "bolt+ssc", "neo4j", "neo4j+s", "neo4j+ssc")
_OLDEST = 5
_PORT = 7687
_FETCH = 10_000
_GRACE = 5.0

Result = TypeVar("Result")
Work = Callable[[neo4j.ManagedTransaction], Result]


@dataclass(frozen=True, slots=True)
class Patience:
    """Seconds: to reach a server, to get a connection, and to go on trying what may pass."""

    connect: float = 10.0
    acquire: float = 30.0
    retry: float = 30.0


@dataclass(frozen=True, slots=True)
class Connection:
    """A server and database, ready to be asked; threads may share it."""

    address: str
    database: str | None
    _driver: neo4j.Driver
    _seen: BookmarkManager

    def read(self, work: Work[Result], *, seconds: float) -> Result:
        """Run work in one read-only transaction; it is run again where the trouble may pass.

        The server gives up after `seconds`; a server that says nothing is given up soon after.
        Raise StoreError.
        """

        def asked() -> Result:
            with self._session(neo4j.READ_ACCESS) as session:
                return session.execute_read(neo4j.unit_of_work(timeout=seconds)(work))

        return self._waited(asked, seconds)

    def write(self, work: Work[Result], *, seconds: float) -> Result:
        """Run work in one transaction, like `read`; where it fails nothing of it is written."""

        def asked() -> Result:
            with self._session(neo4j.WRITE_ACCESS) as session:
                return session.execute_write(neo4j.unit_of_work(timeout=seconds)(work))

        return self._waited(asked, seconds)

    def close(self) -> None:
        """Close all connections to the server."""
        self._driver.close()

    def __enter__(self) -> Self:
        """Return the connection itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the connection."""
        self.close()

    def _session(self, access: str) -> neo4j.Session:
        return self._driver.session(
            database=self.database,
            default_access_mode=access,
            fetch_size=_FETCH,
            bookmark_manager=self._seen,  # what was written is seen, whichever server is asked next
        )

    def _waited(self, asked: Callable[[], Result], seconds: float) -> Result:
        return waited(asked, self.address, seconds + _GRACE)


def waited(asked: Callable[[], Result], address: str, seconds: float) -> Result:
    """Return what a call to the server returns; raise StoreError where it fails or is silent.

    The driver itself would wait for minutes on a server that stands still, so the call runs in a
    thread of its own, which is left behind.
    """
    future: Future[Result] = Future()

    def run() -> None:
        try:
            future.set_result(asked())
        except BaseException as error:  # noqa: BLE001 - raised again where it is waited for
            future.set_exception(error)

    threading.Thread(target=run, daemon=True, name="neo4j").start()
    with in_words(address):
        try:
            return future.result(seconds)
        except TimeoutError as error:
            if future.done():
                raise
            raise silent(address, seconds) from error


def connect(
    uri: str, *, database: str | None = None, patience: Patience | None = None
) -> Connection:
    """Connect to a server of Neo4j 5 or newer; credentials come from the environment.

    `uri` is one of SCHEMES (+s: TLS with a trusted certificate, +ssc: with any). Raise StoreError.
    """
    address = _address(uri)
    user, password = _credentials()
    patience = patience or Patience()
    with in_words(address):
        driver = neo4j.GraphDatabase.driver(
            uri,
            auth=(user, password),
            connection_timeout=patience.connect,
            connection_acquisition_timeout=patience.acquire,
            max_transaction_retry_time=patience.retry,
            notifications_min_severity="OFF",
            user_agent="shunteng",
        )
    try:
        _check(driver, address, patience)
    except BaseException:
        driver.close()
        raise
    seen = neo4j.GraphDatabase.bookmark_manager()
    return Connection(address, database, driver, seen)


def _check(driver: neo4j.Driver, address: str, patience: Patience) -> None:
    """Raise StoreError unless the server answers, lets us in and is of a fitting version."""
    seconds = patience.connect + _GRACE
    agent = waited(lambda: driver.get_server_info().agent, address, seconds)
    if not _fits(agent):
        raise unfit(address, agent)


def _credentials() -> tuple[str, str]:
    user, password = os.environ.get(USER, "neo4j"), os.environ.get(PASSWORD)
    if not password:
        raise StoreError(
            Text(f"环境变量 {PASSWORD} 未设置", f"the environment variable {PASSWORD} is not set"),
            Text(
                f"请设置 {PASSWORD}（用户名 {USER}，默认 neo4j）",
                f"set {PASSWORD} (and {USER}, by default neo4j)",
            ),
        )
    return user, password


def _address(uri: str) -> str:
    """Return what may be said of a URI: scheme, host and port; raise StoreError."""
    try:
        parts = urlsplit(uri)
        host, port = parts.hostname, parts.port
    except ValueError:
        host, port, parts = None, None, urlsplit("")
    if parts.scheme not in SCHEMES or not host or parts.username or parts.password:
        schemes = ", ".join(f"{scheme}://" for scheme in SCHEMES)
        raise StoreError(
            Text("这不是 Neo4j 服务器的地址", "this is not the address of a Neo4j server"),
            Text(
                f"写成 bolt://主机:7687（可用 {schemes}），不要写用户名和密码",
                f"write bolt://HOST:7687 (one of {schemes}), without user and password",
            ),
        )
    return f"{parts.scheme}://{host}:{port or _PORT}"


def _fits(agent: str) -> bool:
    """Tell whether a server is a Neo4j 5 or newer.

    >>> _fits("Neo4j/5.26.30"), _fits("Neo4j/2025.01.0"), _fits("Neo4j/4.4.40"), _fits("Other/9")
    (True, True, False, False)
    """
    product, _, version = agent.partition("/")
    major = version.split(".")[0]
    return product == "Neo4j" and major.isdecimal() and int(major) >= _OLDEST
