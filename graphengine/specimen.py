"""Tokens that stand for identity numbers in tiny villages, so that cases stay a few lines long.

`@chen`            a resident ID (male, born 1970-01-01), always the same for the same name
`@chen/F1985`      female, born 1985; `@chen` elsewhere in the same village means the same person
`#firm`            a Unified Social Credit Code
`acct:chen`        an account number
`V1`, `V2`, `TOWN`, `COUNTY`   division codes 361025101201, 361025101202, 361025101000, 361025000000
`V1-VC`            a public body's code: a division's code and a suffix of capitals
"""

import hashlib
import re

from graphengine.identifiers import USCC_ALPHABET, resident_check_digit, uscc_check_character

_DIVISIONS = {
    "V1": "361025101201",
    "V2": "361025101202",
    "V3": "361025101203",
    "TOWN": "361025101000",
    "COUNTY": "361025000000",
}
_PERSON = re.compile(r"@(\w+)(?:/([MF])(\d{4}))?")
_COMPANY = re.compile(r"#(\w+)")
_ACCOUNT = re.compile(r"\bacct:(\w+)")
_DIVISION = re.compile(rf"\b({'|'.join(_DIVISIONS)})\b")


def _number(word: str, modulus: int) -> int:
    return int.from_bytes(hashlib.sha256(word.encode()).digest()[:6]) % modulus


def resident_id(name: str, sex: str = "M", year: int = 1970) -> str:
    """Return the resident ID that `@name` stands for."""
    order = _number(name, 499) * 2 + (1 if sex == "M" else 0)
    day = _number("day" + name, 28) + 1
    month = _number("month" + name, 12) + 1
    first = f"361025{year:04d}{month:02d}{day:02d}{order:03d}"
    return first + resident_check_digit(first)


def company_code(name: str) -> str:
    """Return the Unified Social Credit Code that `#name` stands for."""
    tail, rest = "", _number(name, 31**7)
    for _ in range(7):
        tail, rest = USCC_ALPHABET[rest % 31] + tail, rest // 31
    first = f"91361025MA{tail}"
    return first + uscc_check_character(first)


def account_number(name: str) -> str:
    """Return the account number that `acct:name` stands for."""
    return f"62284800{_number('account' + name, 10**11):011d}"


def expanded(registers: dict[str, str]) -> dict[str, str]:
    """Replace the tokens in all registers of one village; blanks around commas are dropped."""
    stated: dict[str, tuple[str, int]] = {}
    for text in registers.values():
        for name, sex, year in _PERSON.findall(text):
            if sex:
                stated[name] = (sex, int(year))

    def person(match: re.Match[str]) -> str:
        return resident_id(match[1], *stated.get(match[1], ("M", 1970)))

    result: dict[str, str] = {}
    for register, text in registers.items():
        lines = [",".join(c.strip() for c in row.split(",")) for row in text.strip().splitlines()]
        done = _PERSON.sub(person, "\n".join(lines))
        done = _COMPANY.sub(lambda m: company_code(m[1]), done)
        done = _ACCOUNT.sub(lambda m: account_number(m[1]), done)
        result[register] = _DIVISION.sub(lambda m: _DIVISIONS[m[1]], done) + "\n"
    return result
