"""From weights to probabilities: one mention means at most one person, perhaps nobody on file."""

import math

import numpy as np
from numpy.typing import NDArray

from ingest.resolve.parameters import KindParameters

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
_FLOOR = 1e-6


def before_evidence(known: KindParameters) -> float:
    """Return the log2 odds of one party on file against nobody on file, before any evidence.

    Each of the parties has the same share of the chance that the mention means one of them and
    that blocking reached it.
    """
    reached = known.on_file * known.blocking_recall
    return math.log2(reached / (1 - reached) / max(known.people, 1))


def posteriors(mention: Ints, weight: Floats, known: KindParameters) -> tuple[Floats, Floats]:
    """Return the chance of every pair, and of every mention that it means nobody on file.

    Pairs are sorted by mention; `weight` is the evidence in bits. Sums run in the pairs' order, so
    that the result does not depend on threads. The second array has one entry per distinct
    mention, in order.
    """
    if not len(mention):
        return np.zeros(0), np.zeros(0)
    odds = np.exp2(np.minimum(before_evidence(known) + weight, 500.0))
    begin = np.flatnonzero(np.diff(mention, prepend=mention[0] - 1))
    total = 1.0 + np.add.reduceat(odds, begin)
    size = np.diff(np.append(begin, len(mention)))
    return odds / np.repeat(total, size), 1.0 / total


def log_loss(mention: Ints, told: NDArray[np.bool_], chances: tuple[Floats, Floats]) -> float:
    """Return the mean surprise (nats) at what the told pairs say.

    A mention without a told pair means nobody among its candidates.
    """
    chance, nobody = chances
    if not len(mention):
        return 0.0
    begin = np.flatnonzero(np.diff(mention, prepend=mention[0] - 1))
    hit = np.add.reduceat(np.where(told, chance, 0.0), begin)
    answered = np.add.reduceat(told.astype(np.int64), begin) > 0
    right = np.where(answered, hit, nobody)
    return float(-np.log(np.maximum(right, _FLOOR)).mean())
