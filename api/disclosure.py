"""Revealing on record (see `graphengine.disclosure`)."""

from graphengine.disclosure import record_disclosure

__all__ = ["record_disclosure"]
