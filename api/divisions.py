"""Division codes as users state them."""

_LENGTH = 12
_LEVELS = (2, 4, 6, 9)


def prefix_of(division: str | None) -> str:
    """Return the part of a division code that all codes below it share.

    >>> prefix_of("361025101000"), prefix_of("361025101201"), prefix_of(None)
    ('361025101', '361025101201', '')
    """
    if not division:
        return ""
    padded = division.ljust(_LENGTH, "0")
    for length in _LEVELS:
        if padded[length:] == "0" * (_LENGTH - length):
            return padded[:length]
    return padded
