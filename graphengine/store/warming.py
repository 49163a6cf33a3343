"""Making a method's kernel ready before the clock of a question starts.

The first time on a machine it is compiled, for seconds; later it is read from a cache.
"""

import numpy as np

from graphengine.store.adjacency import Adjacency
from graphengine.store.around import Journey, reach, trails
from graphengine.store.network import Sieve
from graphengine.store.question import Method
from graphengine.store.search import Question, shortest_routes, simple_routes
from graphengine.store.sense import ANYWHERE
from graphengine.store.stepping import steps

_ENDS = 2
_ready: set[Method] = set()


def warm(arrays: Adjacency, method: Method) -> None:
    """Run a method's kernels once in this process, on nothing."""
    if method in _ready or len(arrays.ids) < _ENDS:
        return
    nowhere = Question(0, 1, 0)
    net, nothing = arrays.network, Sieve(0, 0)
    with arrays.scratch() as work:
        if method == "reach":
            reach(net, work, 0, 0, 1, sieve=nothing)
        elif method == "shortest":
            shortest_routes(net, work, nowhere, 1, nothing)
        elif method in {"ties", "joints"}:
            simple_routes(net, work, nowhere, 1, nothing)
    if method == "trails":
        trails(arrays.forward, arrays.layers[0].net, Journey(0, 0, 0), 1)
    if method in {"patterns", "trails"}:
        none = np.empty((0, 1), dtype=np.int32)
        steps(net, none, 0, ANYWHERE, sieve=nothing, most=1)
    _ready.add(method)
