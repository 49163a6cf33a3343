"""How a name sounds: Mandarin syllables without tones, as an accent may blur them.

Readings come from pypinyin (MIT), loaded when the first name is heard.
"""

import unicodedata
from functools import cache
from typing import Final

_AS_SURNAME: Final = {
    "曾": "zeng", "单": "shan", "解": "xie", "仇": "qiu", "区": "ou", "查": "zha", "任": "ren",
    "盖": "ge", "翟": "zhai", "尉": "yu", "朴": "piao", "种": "chong", "缪": "miao", "乐": "yue",
    "覃": "qin", "洗": "xian", "冼": "xian", "宓": "fu", "牟": "mu", "纪": "ji", "柏": "bai",
}  # fmt: skip
_BLURRED: Final = (("zh", "z"), ("ch", "c"), ("sh", "s"))
_ENDINGS: Final = (("eng", "en"), ("ing", "in"))


def _blurred(syllable: str) -> str:
    """Drop what accents of the south and west do not tell apart."""
    for hard, soft in _BLURRED:
        if syllable.startswith(hard):
            syllable = soft + syllable[2:]
    for back, front in _ENDINGS:
        if syllable.endswith(back):
            syllable = syllable[: -len(back)] + front
    return syllable


@cache
def _readings() -> dict[int, str]:
    from pypinyin.pinyin_dict import pinyin_dict  # noqa: PLC0415 - 0.2 s that only names need

    return dict(pinyin_dict)


@cache
def syllable(character: str) -> str:
    """Return the blurred toneless reading of one character; others stand for themselves.

    >>> syllable("陈"), syllable("程"), syllable("A")
    ('cen', 'cen', 'A')
    """
    reading = _readings().get(ord(character), "").split(",")[0]
    if not reading:
        return character
    parted = unicodedata.normalize("NFD", reading)
    plain = "".join("v" if c == "\u0308" else c for c in parted if c == "\u0308" or c.isalpha())
    return _blurred(plain.replace("uv", "v"))


def sound_key(name: str) -> str:
    """Return a key that is equal for names that sound alike, the surname read as a surname.

    >>> sound_key("曾伟") == sound_key("增炜")
    True
    >>> sound_key("曾伟") == sound_key("曾明")
    False
    """
    first = _AS_SURNAME.get(name[:1])
    heard = [syllable(c) for c in name]
    if first:
        heard[0] = _blurred(first)
    return " ".join(heard)
