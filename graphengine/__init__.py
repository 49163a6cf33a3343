"""The vocabulary, the graph at rest and the algorithms on it: what every other package speaks.

What a script or notebook needs is here by name and loaded when first used: answers as networkx,
Arrow, Polars or pandas and back (see docs/exchange.md).
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # named for type checkers; loading them takes a second that not everybody needs
    from graphengine.exchange import (
        About,
        Tables,
        WholeGraph,
        from_arrow,
        from_networkx,
        from_pandas,
        from_polars,
        node_id_of,
        open_graph,
        to_arrow,
        to_networkx,
        to_pandas,
        to_polars,
        to_workspace,
    )
else:

    def __getattr__(name: str) -> object:
        """Load a public name when it is first used."""
        if name not in __all__:
            raise AttributeError(name)
        return getattr(import_module("graphengine.exchange"), name)

    def __dir__() -> list[str]:
        return __all__


__all__ = [
    "About",
    "Tables",
    "WholeGraph",
    "from_arrow",
    "from_networkx",
    "from_pandas",
    "from_polars",
    "node_id_of",
    "open_graph",
    "to_arrow",
    "to_networkx",
    "to_pandas",
    "to_polars",
    "to_workspace",
]
