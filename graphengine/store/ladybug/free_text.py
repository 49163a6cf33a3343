"""Free Cypher text in the words of the embedded engine, so that it means there what it means.

Ladybug walks where Cypher goes trails, counts list positions from 1, has lambdas instead of
comprehensions and no predicate for kinds; whatever cannot be said there is refused.
"""

import re
from collections.abc import Mapping
from dataclasses import replace

from graphengine.store.cypher.saying import Said, said
from graphengine.store.guard import Checked
from graphengine.store.ladybug.expressions import rewrite_expressions
from graphengine.store.ladybug.parts import Parts
from graphengine.store.ladybug.patterns import rewrite_patterns
from graphengine.store.ladybug.values import Rows
from graphengine.store.ladybug.worker import Ladybug


def ladybug_text(checked: Checked, parameters: Mapping[str, object], rows: int) -> Said:
    """Return a checked text as the engine is told it, looking for one row more than `rows`.

    Raises CypherTextError for what the engine cannot say.
    """
    parts = Parts(checked.statement, list(checked.parts))
    repeated = rewrite_patterns(parts)
    rewrite_expressions(parts, repeated, parameters)
    whole = list(checked.statement.tree.find_data("union"))[-1]
    if not checked.limited and len(whole.children) == 1:
        parts.after(len(checked.parts) - 1, f" LIMIT {rows + 1}")
    return said(checked.statement.tokens, parts.written())


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
    used = set(re.findall(r"\$(\w+)", text.text))
    given = {name: parameters[name] for name in checked.parameters if name in used}
    found = store.run(text, given, seconds=seconds, rows=rows)
    return found if checked.columns is None else replace(found, columns=checked.columns)
