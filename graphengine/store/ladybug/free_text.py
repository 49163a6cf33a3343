"""Free Cypher text in the words of the embedded engine, so that it means there what it means.

Ladybug walks where Cypher goes trails, counts list positions from 1, has lambdas instead of
comprehensions and no predicate for kinds; whatever cannot be said there is refused. What stays
different: a pattern without direction meets a relation of a node with itself twice, a position
beyond a list's end is an error instead of null, and numbers and truth read otherwise as text.
"""

from collections.abc import Mapping
from dataclasses import replace

from graphengine.store.cypher.saying import Said, said
from graphengine.store.cypher.tokens import tokens
from graphengine.store.guard import Checked
from graphengine.store.ladybug.expressions import rewrite_expressions
from graphengine.store.ladybug.parts import Parts
from graphengine.store.ladybug.patterns import rewrite_patterns
from graphengine.store.ladybug.values import Rows
from graphengine.store.ladybug.worker import Ladybug

_PREFIX = "$p_"


def ladybug_text(checked: Checked, parameters: Mapping[str, object], rows: int) -> Said:
    """Return a checked text as the engine is told it, looking for one row more than `rows`.

    Raises CypherTextError for what the engine cannot say.
    """
    parts = Parts(checked.statement, list(checked.parts))
    for number, token in enumerate(checked.statement.tokens):
        if token.kind == "PARAMETER":  # $end or $none would be words of the language
            parts.said[number] = _PREFIX + token.value[1:]
    repeated = rewrite_patterns(parts)
    rewrite_expressions(parts, repeated, parameters)
    whole = list(checked.statement.tree.find_data("union"))[-1]
    if not checked.limited and len(whole.children) == 1:
        parts.after(len(checked.parts) - 1, f" LIMIT {rows + 1}")
    return said(checked.statement.tokens, parts.written())


def engine_parameters(
    checked: Checked, text: Said, parameters: Mapping[str, object]
) -> dict[str, object]:
    """Return the parameters that the engine's text still has, by their names there."""
    names = {f"{_PREFIX}{name}"[1:]: name for name in checked.parameters}
    used = {token.value[1:] for token in tokens(text.text) if token.kind == "PARAMETER"}
    return {said: _even(parameters[name]) for said, name in names.items() if said in used}


def _even(value: object) -> object:
    """Give all maps of a list the same keys: the engine takes the last one's for all of them."""
    if not isinstance(value, list | tuple):
        return value
    maps = [inner for inner in value if isinstance(inner, Mapping)]
    keys = sorted({key for inner in maps for key in inner})
    return [
        {key: _even(inner.get(key)) for key in keys} if isinstance(inner, Mapping) else _even(inner)
        for inner in value
    ]


def ask_free_text(
    store: Ladybug,
    checked: Checked,
    parameters: Mapping[str, object],
    *,
    seconds: float = 30.0,
    rows: int = 1_000,
) -> Rows:
    """Return what a checked text finds; raise StoreError or CypherTextError where it fails."""
    text = ladybug_text(checked, parameters, rows)
    given = engine_parameters(checked, text, parameters)
    found = store.run(text, given, seconds=seconds, rows=rows)
    return found if checked.columns is None else replace(found, columns=checked.columns)
