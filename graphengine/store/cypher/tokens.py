"""The tokens of a Cypher text: what is said where, and how it is said to an engine.

Comments are dropped, strings are said anew with the fewest escapes, and every name that could be
taken for a word of the language is quoted, so an engine sees the very tokens that were checked.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from graphengine.errors import CypherTextError
from graphengine.language import Text
from graphengine.store.cypher.words import RESERVED

MOST_CHARACTERS = 20_000
"""A longer text is refused."""

_TOKEN = re.compile(
    r"""(?P<SPACE>\s+|//[^\r\n]*|/\*(?:[^*]|\*(?!/))*\*/)
    |(?P<STRING>'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")
    |(?P<QUOTED>`[^`]*`)
    |(?P<FLOAT>[0-9]+\.[0-9]+(?:[eE][+-]?[0-9]+)?|[0-9]+[eE][+-]?[0-9]+)
    |(?P<INT>[0-9]+)
    |(?P<NAME>[^\W\d]\w*)
    |(?P<PARAMETER>\$[A-Za-z_][A-Za-z0-9_]*)
    |(?P<SIGN><>|<=|>=|=~|\.\.|/(?!\*)|[()\[\]{},:.|;=<>+\-*%^])""",
    re.VERBOSE | re.DOTALL,
)
_PLAIN = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_QUOTABLE = re.compile(r"[\w \-+/%.,:;!?()（）、，。·：；—]{1,100}")
_ESCAPES = {"\\": "\\", "'": "'", '"': '"', "n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f"}
_ESCAPED = str.maketrans(
    {v: "\\" + k for k, v in _ESCAPES.items() if k != '"'}  # one quote mark needs no escape
)
_LARGEST = 2**63 - 1
_FULL_WIDTH = {
    ord(a): b for a, b in zip("（），：；’‘“”＝＜＞｛｝【】", "(),:;''\"\"=<>{}[]", strict=True)
}


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands in the text as written; both count from 1."""

    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Token:
    """One token: `kind` is what it is to the grammar, `said` how it is said to an engine."""

    kind: str
    value: str
    said: str
    offset: int
    place: Place
    spaced: bool


def refusal(place: Place | None, why: Text, remedy: Text) -> CypherTextError:
    """Return the error that says what is refused, where and what to do instead."""
    if place is None:
        return CypherTextError(why, remedy)
    zh = f"第 {place.line} 行第 {place.column} 个字符：{why.zh}"
    en = f"line {place.line}, column {place.column}: {why.en}"
    return CypherTextError(Text(zh, en), remedy)


def quoted(name: str) -> str:
    """Return a name as it is said to an engine: in back-ticks unless it can only be a name.

    >>> quoted("name"), quoted("delete"), quoted("姓名")
    ('name', '`delete`', '`姓名`')
    """
    return name if _PLAIN.fullmatch(name) and name.upper() not in RESERVED else f"`{name}`"


def string(value: str) -> str:
    r"""Return a text as a string of Cypher.

    >>> print(string("a'b\\c"))
    'a\'b\\c'
    """
    return f"'{value.translate(_ESCAPED)}'"


def tokens(text: str) -> tuple[Token, ...]:
    """Return the tokens of a text; raise CypherTextError for what is none. Cost: linear."""
    if len(text) > MOST_CHARACTERS:
        raise refusal(
            None,
            Text(
                f"语句超过 {MOST_CHARACTERS} 个字符",
                f"the text has over {MOST_CHARACTERS} characters",
            ),
            Text("把长的名单作为参数（$名称）传入", "pass long lists as parameters ($name)"),
        )
    return tuple(_tokens(text))


def _tokens(text: str) -> Iterator[Token]:
    at, spaced = 0, True
    while at < len(text):
        found = _TOKEN.match(text, at)
        if found is None:
            raise _strange(text, at)
        kind = str(found.lastgroup)
        if kind != "SPACE":
            yield _token(text, found, spaced=spaced)
        elif "\\u" in found[0] or "\\U" in found[0]:
            raise _strange(text, at + found[0].lower().index("\\u"))
        spaced = kind == "SPACE"
        at = found.end()


def _token(text: str, found: re.Match[str], *, spaced: bool) -> Token:
    kind, said, at = str(found.lastgroup), found[0], found.start()
    value = said
    if kind == "STRING":
        value = _unescaped(text, at, said[1:-1])
        said = string(value)
    elif kind in ("NAME", "QUOTED"):
        value = said.strip("`")
        if kind == "QUOTED" and not (_QUOTABLE.fullmatch(value) and value.strip()):
            raise refusal(_place(text, at), _BAD_NAME, _BAD_NAME_REMEDY)
        said = quoted(value)
    elif kind == "INT" and (int(said) > _LARGEST or (said[0] == "0" and len(said) > 1)):
        raise refusal(_place(text, at), _BAD_NUMBER, _BAD_NUMBER_REMEDY)
    after = text[found.end() : found.end() + 1]
    if kind in ("INT", "FLOAT") and (after == "_" or after.isalpha()):
        raise refusal(_place(text, at), _BAD_NUMBER, _BAD_NUMBER_REMEDY)
    return Token(kind, value, said, at, _place(text, at), spaced)


def _unescaped(text: str, at: int, inside: str) -> str:
    parts: list[str] = []
    position = 0
    while position < len(inside):
        sign = inside[position]
        if sign == "\\":
            position += 1
            escape = inside[position]
            if escape not in _ESCAPES:
                raise refusal(_place(text, at + position), _BAD_ESCAPE, _BAD_ESCAPE_REMEDY)
            sign = _ESCAPES[escape]
            if sign == "\\" and inside[position + 1 : position + 2] in ("u", "U"):
                # some engines decode this before they look for the end of a string
                raise refusal(_place(text, at + position), _BAD_ESCAPE, _BAD_ESCAPE_REMEDY)
        elif sign < " " and sign not in "\t\r\n":
            raise refusal(_place(text, at + position + 1), _BAD_ESCAPE, _BAD_ESCAPE_REMEDY)
        parts.append(sign)
        position += 1
    return "".join(parts)


def _strange(text: str, at: int) -> CypherTextError:
    place, sign = _place(text, at), text[at]
    if sign in "'\"`" or text.startswith("/*", at):
        return refusal(place, _OPEN, _OPEN_REMEDY)
    if text[at : at + 2].lower() == "\\u":
        return refusal(place, _BAD_ESCAPE, _BAD_ESCAPE_REMEDY)
    plain = sign.translate(_FULL_WIDTH)
    if plain != sign:
        return refusal(
            place,
            Text(
                f"全角符号“{sign}”不是 Cypher 的符号",
                f"the full-width sign {sign} is none of Cypher's",
            ),
            Text(f"改用半角 {plain}", f"write {plain} instead"),
        )
    shown = sign if sign.isprintable() and sign.isascii() else f"U+{ord(sign):04X}"
    return refusal(
        place,
        Text(f"这里不允许字符 {shown}", f"the character {shown} is not allowed here"),
        Text("去掉它，或把它放进字符串", "leave it out, or put it into a string"),
    )


def _place(text: str, at: int) -> Place:
    return Place(text.count("\n", 0, at) + 1, at - (text.rfind("\n", 0, at) + 1) + 1)


_OPEN = Text("字符串、反引号或注释没有结束", "a string, a back-tick or a comment has no end")
_OPEN_REMEDY = Text("补上结束符号", "close it")
_BAD_NAME = Text(
    "反引号里的名称含有不允许的字符", "a name in back-ticks holds characters that are not allowed"
)
_BAD_NAME_REMEDY = Text(
    "名称只用文字、数字、空格和常用标点，不超过 100 个字符",
    "use letters, digits, spaces and common punctuation, 100 characters at most",
)
_BAD_NUMBER = Text("这不是可用的数字", "this is no number that can be used")
_BAD_NUMBER_REMEDY = Text(
    "写十进制数字，不带前导零和字母，不超过 64 位整数",
    "write a decimal number without leading zeros or letters that fits 64 bits",
)
_BAD_ESCAPE = Text("不允许的转义（包括 \\u）", "an escape that is not allowed (\\u among them)")
_BAD_ESCAPE_REMEDY = Text(
    "直接写出该字符，或作为参数（$名称）传入；可用的转义：\\\\ \\' \\\" \\n \\t \\r \\b \\f",
    "write the character itself or pass it as a parameter ($name); "
    "escapes that work: \\\\ \\' \\\" \\n \\t \\r \\b \\f",
)
