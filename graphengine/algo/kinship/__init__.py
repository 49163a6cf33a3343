"""The kin algebra: relations between any two persons, composed over parent and spouse ties."""

from graphengine.algo.kinship.pedigree import ANONYMOUS, TIE_SCHEMA, Pedigree
from graphengine.algo.kinship.scope import CIVIL_SERVANT, DEFAULT, Scope
from graphengine.algo.kinship.table import kin_in_scope, stated_kin

__all__ = [
    "ANONYMOUS",
    "CIVIL_SERVANT",
    "DEFAULT",
    "TIE_SCHEMA",
    "Pedigree",
    "Scope",
    "kin_in_scope",
    "stated_kin",
]
