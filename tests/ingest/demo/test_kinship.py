"""Kin in and beyond scope on a family of three generations."""

import numpy as np

from ingest.demo.kinship import Kinship

ELDER, ELDERS_WIFE, FATHER, UNCLE, AUNT, MOTHER, EGO, BROTHER, UNCLES_WIFE, COUSIN = range(10)
MOTHERS_BROTHER, MOTHERS_FATHER, NEPHEW, BROTHERS_WIFE, HER_BROTHER, HER_FATHER = range(10, 16)
WIFE, WIFES_FATHER, WIFES_SISTER = range(16, 19)
_PARENTS = {
    FATHER: (ELDER, ELDERS_WIFE),
    UNCLE: (ELDER, ELDERS_WIFE),
    AUNT: (ELDER, ELDERS_WIFE),
    MOTHER: (MOTHERS_FATHER, -1),
    MOTHERS_BROTHER: (MOTHERS_FATHER, -1),
    EGO: (FATHER, MOTHER),
    BROTHER: (FATHER, MOTHER),
    COUSIN: (UNCLE, UNCLES_WIFE),
    NEPHEW: (BROTHER, BROTHERS_WIFE),
    BROTHERS_WIFE: (HER_FATHER, -1),
    HER_BROTHER: (HER_FATHER, -1),
    WIFE: (WIFES_FATHER, -1),
    WIFES_SISTER: (WIFES_FATHER, -1),
}
_COUPLES = (
    (ELDER, ELDERS_WIFE),
    (FATHER, MOTHER),
    (UNCLE, UNCLES_WIFE),
    (BROTHER, BROTHERS_WIFE),
    (EGO, WIFE),
)


def _family() -> Kinship:
    father, mother, spouse = (np.full(19, -1, dtype=np.int64) for _ in range(3))
    for child, (one, other) in _PARENTS.items():
        father[child], mother[child] = one, other
    for one, other in _COUPLES:
        spouse[one], spouse[other] = other, one
    return Kinship(father, mother, spouse)


def test_near_kin() -> None:
    assert _family().near(EGO) == {FATHER, MOTHER, BROTHER, WIFE}


def test_kin_in_scope_is_close_kin_affines_and_collateral_kin() -> None:
    assert _family().in_scope(EGO) == {
        *(ELDER, ELDERS_WIFE, MOTHERS_FATHER, FATHER, MOTHER, BROTHER, WIFE),
        *(BROTHERS_WIFE, WIFES_FATHER, WIFES_SISTER),
        *(UNCLE, AUNT, MOTHERS_BROTHER, COUSIN, NEPHEW),
    }


def test_remote_kin_is_in_scope_and_not_near() -> None:
    family = _family()
    assert family.remote(EGO) >= {WIFES_SISTER, COUSIN, NEPHEW, BROTHERS_WIFE, UNCLE}
    assert family.remote(EGO) <= family.in_scope(EGO) - family.near(EGO)


def test_kin_of_kin_is_beyond() -> None:
    family = _family()
    assert family.beyond(EGO) == {HER_BROTHER, HER_FATHER}
    assert not family.beyond(EGO) & family.arguable(EGO)


def test_scope_is_mutual() -> None:
    family = _family()
    for one in range(19):
        for other in family.in_scope(one):
            assert one in family.in_scope(other)
