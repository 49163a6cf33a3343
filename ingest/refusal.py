"""Why a whole file is refused: one table of codes with what happened and what to do."""

import csv
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum

import polars as pl
import pyarrow as pa

from graphengine.errors import RegisterFileError
from graphengine.language import Text


class Code(StrEnum):
    """The reasons, by name."""

    REGISTER_UNKNOWN = "register.unknown"
    REGISTER_AMBIGUOUS = "register.ambiguous"
    COLUMNS_MISSING = "columns.missing"
    COLUMNS_DUPLICATE = "columns.duplicate"
    COLUMNS_TOO_MANY = "columns.too_many"
    MAPPING_INVALID = "mapping.invalid"
    FILE_MISSING = "file.missing"
    FILE_FORM = "file.form"
    FILE_EMPTY = "file.empty"
    FILE_NUL = "file.nul"
    FILE_ENCODING = "file.encoding"
    FILE_TRUNCATED = "file.truncated"
    FILE_BOMB = "file.bomb"
    FILE_TOO_LARGE = "file.too_large"
    FILE_RECORD_TOO_LONG = "file.record_too_long"
    FILE_UNREADABLE = "file.unreadable"


_SAVE_AGAIN = Text("请重新导出或复制该文件", "export or copy the file again")
_SPLIT = Text("请拆分该文件后再试", "split the file and try again")

_REFUSALS: dict[Code, tuple[Text, Text]] = {
    Code.REGISTER_UNKNOWN: (
        Text("看不出是哪一种登记表", "the name tells no register"),
        Text(
            "请用 --as 指定，或把文件（工作表）改名为：{known}",
            "say which with --as, or name the file or sheet after one of: {known}",
        ),
    ),
    Code.REGISTER_AMBIGUOUS: (
        Text("名称可指多种登记表：{candidates}", "the name fits several registers: {candidates}"),
        Text("请用 --as 指定其中一种", "say which with --as"),
    ),
    Code.COLUMNS_MISSING: (
        Text("缺少必需的列：{columns}", "required columns are missing: {columns}"),
        Text(
            "请补上这些列，或用 --mapping 说明它们在文件中的列名",
            "add the columns, or say with --mapping what the file calls them",
        ),
    ),
    Code.COLUMNS_DUPLICATE: (
        Text("几列都指同一项：{columns}", "several columns mean the same: {columns}"),
        Text("每一项只留一列", "keep one column for each"),
    ),
    Code.COLUMNS_TOO_MANY: (
        Text("列数 {found} 超过上限 {limit}", "{found} columns are more than {limit}"),
        Text("请检查分隔符和表头", "check the delimiter and the header"),
    ),
    Code.MAPPING_INVALID: (
        Text("对照文件有误：{why_zh}", "the mapping file is not valid: {why}"),
        Text(
            '格式：register = "payments"，[columns] 下每行 "文件中的列名" = "标准列名"',
            'form: register = "payments", and under [columns] lines "header" = "canonical name"',
        ),
    ),
    Code.FILE_MISSING: (
        Text("没有这个文件", "there is no such file"),
        Text("请检查路径", "check the path"),
    ),
    Code.FILE_FORM: (
        Text("不认识的文件形式", "the form of the file is not known"),
        Text(
            "可读：CSV、TSV、gzip 压缩的 CSV、XLSX、Parquet、JSON Lines",
            "known: CSV, TSV, gzip-compressed CSV, XLSX, Parquet, JSON Lines",
        ),
    ),
    Code.FILE_EMPTY: (Text("文件是空的", "the file is empty"), _SAVE_AGAIN),
    Code.FILE_NUL: (
        Text("文件含有空字节，不是文本", "the file holds NUL bytes and is no text"),
        _SAVE_AGAIN,
    ),
    Code.FILE_ENCODING: (
        Text(
            "从第 {line} 行起的文字既不是 UTF-8 也不是 GB18030，或两者混用",
            "from line {line} on the text is neither UTF-8 nor GB18030, or a mixture of both",
        ),
        Text("请另存为 UTF-8 再试", "save it as UTF-8 and try again"),
    ),
    Code.FILE_TRUNCATED: (
        Text("文件不完整（被截断或损坏）", "the file is cut off or damaged"),
        _SAVE_AGAIN,
    ),
    Code.FILE_BOMB: (
        Text(
            "解压后过大：{size} 字节，为压缩前的 {ratio} 倍",
            "unpacks to {size} bytes, {ratio} times its size",
        ),
        Text(
            "请核实来源；确属数据的，解压后再读", "check where it is from; if it is data, unpack it"
        ),
    ),
    Code.FILE_TOO_LARGE: (
        Text("{size} 字节超过上限 {limit}", "{size} bytes are more than {limit}"),
        _SPLIT,
    ),
    Code.FILE_RECORD_TOO_LONG: (
        Text(
            "从第 {row} 行起的一条记录没有尽头，可能是引号未闭合",
            "the record that begins at row {row} does not end: a quote may not be closed",
        ),
        Text("请检查该行的引号", "check the quotes of that row"),
    ),
    Code.FILE_UNREADABLE: (
        Text("读不了这个文件（{why}）", "the file cannot be read ({why})"),
        _SAVE_AGAIN,
    ),
}


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a file was refused whole, and what to do."""

    code: Code
    message: Text
    remedy: Text


class RefusedError(RegisterFileError):
    """A register file is refused whole; `refusal` says why."""

    def __init__(self, code: Code, zh: dict[str, object] | None = None, **en: object) -> None:
        """Fill the code's texts; `zh` replaces values that read differently in Chinese."""
        message, remedy = (
            Text(text.zh.format(**{**en, **(zh or {})}), text.en.format(**en))
            for text in _REFUSALS[code]
        )
        super().__init__(message, remedy)
        self.refusal = Refusal(code, message, remedy)


@contextmanager
def unreadable(*others: type[Exception]) -> Iterator[None]:
    """Turn what libraries raise at a damaged file into a refusal: their messages quote cells."""
    try:
        yield
    except (csv.Error, pl.exceptions.PolarsError, pa.ArrowException, *others) as error:
        raise RefusedError(Code.FILE_UNREADABLE, why=type(error).__name__) from None
