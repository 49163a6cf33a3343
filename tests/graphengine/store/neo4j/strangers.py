"""Servers that are no Neo4j 5: one too old, one that speaks another protocol, one that is dumb."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

Manner = Callable[[socket.socket], None]

_SUCCESS = b"\x70"


@contextmanager
def stranger(manner: Manner) -> Iterator[str]:
    """Listen on a free port, treat every connection in one manner; give the address."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        stop = threading.Event()
        server.settimeout(0.1)

        def serve() -> None:
            while not stop.is_set():
                try:
                    connection, _ = server.accept()
                except TimeoutError:
                    continue
                with connection:
                    connection.settimeout(10)
                    manner(connection)

        thread = threading.Thread(target=serve)
        thread.start()
        try:
            yield f"bolt://127.0.0.1:{server.getsockname()[1]}"
        finally:
            stop.set()
            thread.join()


def refuses_every_version(connection: socket.socket) -> None:
    """Answer Bolt's handshake with: none of the versions that you offer."""
    connection.recv(20)
    connection.sendall(b"\x00\x00\x00\x00")


def speaks_something_else(connection: socket.socket) -> None:
    """Answer as a web server does."""
    connection.recv(20)
    connection.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")


def is_version_four(connection: socket.socket) -> None:
    """Agree on Bolt 4.4 and greet as a Neo4j 4.4 does."""
    connection.recv(20)
    connection.sendall(b"\x00\x00\x04\x04")
    _message(connection)
    said = {"server": "Neo4j/4.4.40", "connection_id": "bolt-1"}
    packed = b"".join(_text(name) + _text(value) for name, value in said.items())
    body = b"\xb1" + _SUCCESS + bytes([0xA0 + len(said)]) + packed
    connection.sendall(len(body).to_bytes(2, "big") + body + b"\x00\x00")
    connection.recv(1024)


def says_nothing(connection: socket.socket) -> None:
    """Take what comes and never answer."""
    try:
        while connection.recv(1024):
            pass
    except OSError:
        return


def _text(text: str) -> bytes:
    packed = text.encode()
    return bytes([0x80 + len(packed)]) + packed


def _message(connection: socket.socket) -> None:
    while size := int.from_bytes(connection.recv(2), "big"):
        while size:
            size -= len(connection.recv(size))
