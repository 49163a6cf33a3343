"""Reproducible chance: one stream of random numbers per topic, all derived from the plan's seed."""

import zlib
from typing import Final

import numpy as np
from numpy.random import PCG64, Generator, SeedSequence

from ingest.demo.calendar import Flags, Ints, Reals

Chance = Generator
_SALT: Final = 20_240_601


def stream(seed: int, topic: str) -> Chance:
    """Return the generator of one topic; other topics do not move when one draws more."""
    return Generator(PCG64(SeedSequence([_SALT, seed, zlib.crc32(topic.encode())])))


def zipf_weights(count: int, exponent: float = 1.0, shift: float = 0.0) -> Reals:
    """Return probabilities that fall with rank as (rank + shift) ** -exponent."""
    weights = (np.arange(1, count + 1) + shift) ** -exponent
    return np.asarray(weights / weights.sum())


def weighted(rng: Chance, weights: Reals, size: int) -> Ints:
    """Draw indices with given probabilities (inverse transform: fast for millions)."""
    return np.asarray(
        np.minimum(np.searchsorted(np.cumsum(weights), rng.random(size)), len(weights) - 1),
        np.int64,
    )


def happens(rng: Chance, probability: float | Reals, size: int) -> Flags:
    """Throw a biased coin `size` times."""
    return np.asarray(rng.random(size) < probability)


def one_of(rng: Chance, options: Ints) -> int:
    """Pick one element; the options must not be empty."""
    return int(options[int(rng.integers(len(options)))])


def spread_numbers(count: int, modulus: int, start: int, stride: int) -> Ints:
    """Return scattered numbers below a modulus, distinct if the stride shares no factor with it."""
    return np.asarray((start + np.arange(count, dtype=np.int64) * stride) % modulus)
