"""Identity numbers and node ids: check digits, keyed hashes, masks."""

import hashlib
import hmac
import re
from typing import NewType

NodeId = NewType("NodeId", str)
RecordId = NewType("RecordId", int)

_RESIDENT_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_RESIDENT_CHECK = "10X98765432"
USCC_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_USCC_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
_DIGEST_HEX = 20
_HIDDEN_NUMBER = re.compile(r"(?<![0-9A-Za-z])(\d{17}[0-9Xx]|\d{15})(?![0-9A-Za-z])")


def resident_check_digit(first17: str) -> str:
    """Return the 18th character of a resident ID (GB 11643-1999, ISO 7064 MOD 11-2).

    >>> resident_check_digit("11010519491231002")
    'X'
    """
    total = sum(int(d) * w for d, w in zip(first17, _RESIDENT_WEIGHTS, strict=True))
    return _RESIDENT_CHECK[total % 11]


def uscc_check_character(first17: str) -> str:
    """Return the 18th character of a Unified Social Credit Code (GB 32100-2015, MOD 31-3).

    >>> uscc_check_character("91350100M000100Y4")
    '3'
    """
    values = (USCC_ALPHABET.index(c) for c in first17)
    total = sum(v * w for v, w in zip(values, _USCC_WEIGHTS, strict=True))
    return USCC_ALPHABET[-total % 31]


def keyed_hash(key: bytes, text: str) -> str:
    """Return 80 bits of HMAC-SHA-256 as 20 hexadecimal digits (RFC 2104)."""
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()[:_DIGEST_HEX]


def node_id(prefix: str, number: str, key: bytes) -> NodeId:
    """Return the pseudonymous id of a node: its kind's prefix and a keyed hash of its number."""
    return NodeId(f"{prefix}:" + keyed_hash(key, f"{prefix}\x1f{number}"))


def masked_name(name: str) -> str:
    """Keep the first character of a person's name.

    >>> masked_name("陈志远")
    '陈**'
    """
    return name[:1] + "*" * max(len(name) - 1, 0)


def masked_number(number: str) -> str:
    """Keep the last four characters of a number that points at one person or account."""
    return "*" * max(len(number) - 4, 0) + number[-4:] if len(number) > 4 else "****"  # noqa: PLR2004


def without_numbers(text: str) -> str:
    """Hide what looks like a resident ID inside free text.

    >>> without_numbers("致 11010519491231002X 先生")
    '致 ****** 先生'
    """
    return _HIDDEN_NUMBER.sub("******", text)
