"""A real Neo4j for the tests: one server a session, shared by all workers, empty for each module.

`neo4j_database` is what a test asks for: the server, with an empty database that no other worker
uses meanwhile, and the credentials in the environment. `scripts/neo4j.sh` makes the server ready;
where it lacks the tests are left out, loudly, and with CI=true they fail.
"""

import json
import os
import secrets
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

import neo4j
import pytest
from filelock import FileLock

from graphengine.store.neo4j.connection import PASSWORD, USER

_SCRIPTS = Path(__file__).resolve().parents[1] / "scripts"
_FIRST_PASSWORD = "neo4j"  # noqa: S105 - what every new server starts with
_OPENED = ("java.nio", "java.lang", "java.io", "sun.nio.ch")
_PATIENCE = 240.0
_CONF = """\
server.bolt.enabled=true
server.bolt.listen_address=127.0.0.1:{port}
server.http.enabled=false
server.https.enabled=false
dbms.security.auth_enabled=true
dbms.usage_report.enabled=false
server.memory.pagecache.size=512m
db.memory.transaction.max=512m
db.tx_log.preallocate=false
"""
_TLS = """\
server.bolt.tls_level=OPTIONAL
dbms.ssl.policy.bolt.enabled=true
dbms.ssl.policy.bolt.base_directory={folder}
dbms.ssl.policy.bolt.private_key=private.key
dbms.ssl.policy.bolt.public_certificate=public.crt
dbms.ssl.policy.bolt.client_auth=NONE
"""
NOT_RUN = "the real Neo4j was not run"


@dataclass(frozen=True, slots=True)
class Neo4jServer:
    """A running server: where it listens, its password, its process and its home folder."""

    port: int
    password: str
    pid: int
    home: str

    @property
    def uri(self) -> str:
        """Return its address."""
        return f"bolt://127.0.0.1:{self.port}"

    def driver(self) -> neo4j.Driver:
        """Open the official driver, without any code of ours."""
        return neo4j.GraphDatabase.driver(
            self.uri, auth=("neo4j", self.password), notifications_min_severity="OFF"
        )

    def environment(self) -> dict[str, str]:
        """Return the variables from which our code takes the credentials."""
        return {USER: "neo4j", PASSWORD: self.password}

    def empty(self) -> None:
        """Delete all nodes and relations; constraints stay, they take long to make."""
        with self.driver() as driver:
            for pattern in ("()-[x]->()", "(x)"):
                statement = f"MATCH {pattern} WITH x LIMIT 20000 DELETE x"
                while driver.execute_query(statement).summary.counters.contains_updates:
                    pass

    def kill(self) -> None:
        """End the process at once, as a power failure would, and wait until it is gone."""
        os.kill(self.pid, signal.SIGKILL)
        _wait(lambda: not _lives(self.pid), "the killed server did not go")

    def lives(self) -> bool:
        """Tell whether the process is still there."""
        return _lives(self.pid)

    def stand_still(self) -> None:
        """Stop the process from running; connections stay open and nothing answers."""
        os.kill(self.pid, signal.SIGSTOP)

    def go_on(self) -> None:
        """Let the process run again."""
        os.kill(self.pid, signal.SIGCONT)


def missing() -> str | None:
    """Say why no server can be started here; None where one can."""
    if shutil.which("java") is None or shutil.which("javac") is None:
        return "there is no JDK (make neo4j)"
    if not (_jars() / ".complete").exists():
        return "its jars have not been fetched (make neo4j)"
    return None


def start(
    home: Path, *, watched: int, password: str | None = None, tls: bool = False
) -> Neo4jServer:
    """Start a server on a free port and wait until it answers; it ends with the process `watched`.

    With `password`, of a home that had a server before; else the first password is set.
    """
    home.mkdir(parents=True, exist_ok=True)
    port = _free_port()
    conf = _CONF.format(port=port) + (_TLS.format(folder=_certificate(home)) if tls else "")
    (home / "neo4j.conf").write_text(conf, "utf-8")
    server = Neo4jServer(
        port, password or secrets.token_hex(8), _launched(home, watched), str(home)
    )
    _await_ready(server, password or _FIRST_PASSWORD)
    if password is None:
        with neo4j.GraphDatabase.driver(server.uri, auth=("neo4j", _FIRST_PASSWORD)) as driver:
            driver.execute_query(
                "ALTER CURRENT USER SET PASSWORD FROM $old TO $new",
                old=_FIRST_PASSWORD,
                new=server.password,
                database_="system",
            )
    return server


def admin(*arguments: str, home: Path) -> subprocess.CompletedProcess[str]:
    """Run the server's own administration tool, as `neo4j-admin` does, on a home folder."""
    return subprocess.run(
        ["/bin/sh", "-c", 'exec java -cp "$0" org.neo4j.cli.AdminTool "$@"',
         f"{_jars()}/*", *arguments],
        env={**os.environ, "NEO4J_HOME": str(home), "NEO4J_CONF": str(home)},
        capture_output=True, text=True, check=False, timeout=3600,
    )  # fmt: skip


@pytest.fixture(scope="session")
def neo4j_server(tmp_path_factory: pytest.TempPathFactory) -> Neo4jServer:
    """Give the session's server; all workers of a session share one."""
    runnable()
    worker = "PYTEST_XDIST_WORKER" in os.environ
    base = tmp_path_factory.getbasetemp()
    root = base.parent if worker else base
    told = root / "neo4j.json"
    with FileLock(root / "neo4j.lock"):
        if told.exists():
            return Neo4jServer(**json.loads(told.read_text("utf-8")))
        watched = os.getppid() if worker else os.getpid()
        server = start(root / "neo4j", watched=watched, tls=True)
        told.write_text(json.dumps(asdict(server)), "utf-8")
        told.chmod(0o600)
        return server


@pytest.fixture(scope="module")
def neo4j_database(neo4j_server: Neo4jServer) -> Iterator[Neo4jServer]:
    """Give the session's server with an empty database, for one module alone."""
    with FileLock(Path(neo4j_server.home).parent / "neo4j-database.lock"):
        neo4j_server.empty()
        with pytest.MonkeyPatch.context() as patch:
            for name, value in neo4j_server.environment().items():
                patch.setenv(name, value)
            yield neo4j_server


def runnable() -> None:
    """Leave the test out, or fail with CI=true, where no server can be started here."""
    reason = missing()
    if reason and os.environ.get("CI") == "true":
        pytest.fail(f"{NOT_RUN}: {reason}")
    if reason:
        pytest.skip(f"{NOT_RUN}: {reason}")


def _jars() -> Path:
    said = subprocess.run(
        ["/bin/sh", str(_SCRIPTS / "neo4j.sh"), "--folder"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    return Path(said.stdout.strip())


def _launched(home: Path, watched: int) -> int:
    """Start the server as nobody's child, so that any worker may end it; return its process id."""
    opened = [f"--add-opens=java.base/{package}=ALL-UNNAMED" for package in _OPENED]
    command = [
        "java", "-Xms256m", "-Xmx1g", "-XX:+UseParallelGC", *opened, "-cp", f"{_jars()}/*",
        str(_SCRIPTS / "neo4j" / "Server.java"), str(home), str(watched),
    ]  # fmt: skip
    said = subprocess.run(
        ["/bin/sh", "-c", '"$@" >"$0" 2>&1 </dev/null & echo $!', f"{home}.log", *command],
        capture_output=True, text=True, check=True, start_new_session=True,
    )  # fmt: skip
    return int(said.stdout)


def _await_ready(server: Neo4jServer, password: str) -> None:
    log = Path(f"{server.home}.log")

    def answers() -> bool:
        if not _lives(server.pid):
            message = f"the server ended: {log.read_text('utf-8', 'replace')[-2000:]}"
            raise RuntimeError(message)
        try:
            with neo4j.GraphDatabase.driver(server.uri, auth=("neo4j", password)) as driver:
                driver.get_server_info()
                return True
        except (neo4j.exceptions.DriverError, neo4j.exceptions.TransientError):
            return False

    _wait(answers, f"the server did not get ready, see {log}")


def _wait(until: Callable[[], bool], else_say: str) -> None:
    end = time.monotonic() + _PATIENCE
    while not until():
        if time.monotonic() > end:
            raise TimeoutError(else_say)
        time.sleep(0.2)


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return "\nState:\tZ" not in Path(f"/proc/{pid}/status").read_text("ascii", "replace")


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def _certificate(home: Path) -> Path:
    """Make a certificate that nobody has signed but itself."""
    folder = home.with_name(home.name + "-tls")
    folder.mkdir(exist_ok=True)
    made = (
        "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=127.0.0.1 "
        '-keyout "$0/private.key" -out "$0/public.crt"'
    )
    subprocess.run(["/bin/sh", "-c", made, str(folder)], capture_output=True, check=True)
    return folder
