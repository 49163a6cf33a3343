"""Kin words, sums and shares as sentences say them, in plain Chinese and English."""

from graphengine.language import Text

_TERMS = """
S|丈夫|妻子|husband|wife
U|父亲|母亲|father|mother
D|儿子|女儿|son|daughter
UD|兄弟|姐妹|brother|sister
UU|祖父或外祖父|祖母或外祖母|grandfather|grandmother
DD|孙子或外孙|孙女或外孙女|grandson|granddaughter
DS|女婿|儿媳|son-in-law|daughter-in-law
SU|配偶的父亲|配偶的母亲|father-in-law|mother-in-law
US|继父|继母|stepfather|stepmother
SD|继子|继女|stepson|stepdaughter
UDS|姐妹的丈夫|兄弟的妻子|sister's husband|brother's wife
SUD|配偶的兄弟|配偶的姐妹|spouse's brother|spouse's sister
SUDS|配偶姐妹的丈夫|配偶兄弟的妻子|spouse's sister's husband|spouse's brother's wife
UUS|继祖父|继祖母|step-grandfather|step-grandmother
SUU|配偶的祖父或外祖父|配偶的祖母或外祖母|spouse's grandfather|spouse's grandmother
SDD|配偶的孙子或外孙|配偶的孙女或外孙女|spouse's grandson|spouse's granddaughter
DDS|孙女或外孙女的丈夫|孙子或外孙的妻子|granddaughter's husband|grandson's wife
UUD|叔伯或舅舅|姑姑或姨妈|uncle|aunt
UUDS|姑父或姨父|婶婶、伯母或舅妈|aunt's husband|uncle's wife
UDD|侄子或外甥|侄女或外甥女|nephew|niece
UDDS|侄女婿或外甥女婿|侄媳或外甥媳|niece's husband|nephew's wife
UUDD|堂兄弟或表兄弟|堂姐妹或表姐妹|male cousin|female cousin
UUDDS|堂表姐妹的丈夫|堂表兄弟的妻子|cousin's husband|cousin's wife
DSU|亲家公|亲家母|child's father-in-law|child's mother-in-law
UUU|曾祖父或外曾祖父|曾祖母或外曾祖母|great-grandfather|great-grandmother
DDD|曾孙或外曾孙|曾孙女或外曾孙女|great-grandson|great-granddaughter
"""
_OTHER = (Text("亲属", "relative"), Text("亲属", "relative"))
_TURNED = str.maketrans("UD", "DU")


def _pair(line: str) -> tuple[str, tuple[Text, Text]]:
    word, *terms = line.split("|")
    return word, (Text(terms[0], terms[2]), Text(terms[1], terms[3]))


_TERM_OF = dict(map(_pair, _TERMS.strip().splitlines()))


def term(word: str, sex: str | None) -> Text:
    """Return what the relative at the end of a kin word is called.

    >>> term("DS", "M").en, term("UDD", "F").zh
    ('son-in-law', '侄女或外甥女')
    """
    return _TERM_OF.get(word, _OTHER)[sex == "F"]


def money(fen: int) -> str:
    """Return an amount of fen as yuan for a sentence.

    >>> money(43_400_005)
    '434,000.05'
    """
    return f"{'-' if fen < 0 else ''}{abs(fen) // 100:,}.{abs(fen) % 100:02d}"


def percent(share: float) -> str:
    """Return a share in per cent, with at most two decimals.

    >>> percent(0.05), percent(0.125), percent(1.0)
    ('5%', '12.5%', '100%')
    """
    return f"{round(share * 100, 2):g}%"


def tie(word: str, sex: str | None) -> Text:
    """Return what somebody is to the relative at the end of the word, for a path's arrow.

    >>> tie("D", "M")
    Text(zh='是其父亲', en='father of')
    """
    turned = term(word[::-1].translate(_TURNED), sex)
    return Text(f"是其{turned.zh}", f"{turned.en} of")
