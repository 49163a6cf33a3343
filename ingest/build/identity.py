"""Node ids inside SQL: the keyed hash of `graphengine.identifiers` as DuckDB macros.

HMAC-SHA-256 (RFC 2104) is spelled out on DuckDB's `sha256`, so that millions of numbers are hashed
without leaving the database; a test holds the macros against Python's `hmac`.
"""

import duckdb

_BLOCK = 64

_RESIDENT = r"^[1-8]\d{5}(18|19|20)\d{2}(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])\d{3}[\dX]$"
_BODY = r"^\d{12}-[A-Z0-9]+$"


def define_identity(connection: duckdb.DuckDBPyConnection, key: bytes) -> None:
    """Define the macros `node_id(prefix, number)`, `party_prefix(number)` and `party_id(number)`.

    A party number is a resident ID, a public-body code (division and suffix) or else a Unified
    Social Credit Code; the register's own validation has refused everything else.
    """
    padded = key.ljust(_BLOCK, b"\0")
    inner = bytes(b ^ 0x36 for b in padded).hex()
    outer = bytes(b ^ 0x5C for b in padded).hex()
    connection.execute(
        "CREATE OR REPLACE TEMP MACRO keyed_hash(message) AS left(sha256("
        f"unhex('{outer}') || unhex(sha256(unhex('{inner}') || encode(message)))), 20)"
    )
    connection.execute(
        "CREATE OR REPLACE TEMP MACRO node_id(prefix, number) AS "
        "CASE WHEN number IS NULL THEN NULL "
        "ELSE prefix || ':' || keyed_hash(prefix || chr(31) || number) END"
    )
    connection.execute(
        "CREATE OR REPLACE TEMP MACRO party_prefix(number) AS "
        f"CASE WHEN number IS NULL THEN NULL WHEN regexp_matches(number, '{_RESIDENT}') "
        "THEN 'person' "
        f"WHEN regexp_matches(number, '{_BODY}') THEN 'body' ELSE 'company' END"
    )
    connection.execute(
        "CREATE OR REPLACE TEMP MACRO party_id(number) AS node_id(party_prefix(number), number)"
    )
