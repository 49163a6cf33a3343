"""The kin algebra: relations between any two persons, composed over parent and spouse ties."""

from graphengine.algo.kinship.path import KinPath, relation_between
from graphengine.algo.kinship.pedigree import ANONYMOUS, TIE_SCHEMA, Pedigree
from graphengine.algo.kinship.scope import CIVIL_SERVANT, DEFAULT, Scope
from graphengine.algo.kinship.table import kin_in_scope, stated_kin
from graphengine.algo.kinship.term import Traits, kin_word, path_term, term

__all__ = [
    "ANONYMOUS",
    "CIVIL_SERVANT",
    "DEFAULT",
    "TIE_SCHEMA",
    "KinPath",
    "Pedigree",
    "Scope",
    "Traits",
    "kin_in_scope",
    "kin_word",
    "path_term",
    "relation_between",
    "stated_kin",
    "term",
]
