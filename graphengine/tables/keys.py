"""The key of a row: one number of its whole content, the same in every version that holds it."""

from graphengine.tables.schema import schema_of

_NULL, _BETWEEN = "chr(30)", "chr(31)"


def key_of(kind: str) -> str:
    """Return the SQL expression of a row's key (UBIGINT) over the columns of a kind's table."""
    whole = ", ".join(f'coalesce("{name}"::VARCHAR, {_NULL})' for name in schema_of(kind).names)
    return f"md5_number_lower(concat_ws({_BETWEEN}, '{kind}', {whole}))"
