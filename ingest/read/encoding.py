"""The encoding of a text file, found in the one pass that also takes its digest.

UTF-8 (with or without byte order mark), UTF-16 by its mark, else GB18030, the superset of GBK and
GB 2312. A file that mixes UTF-8 and GB18030 can pass as GB18030 with wrong characters; lines that
are whole sentences in UTF-8 give it away.
"""

import codecs
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import polars as pl

from ingest.read.bytestream import Stream, blocks, opened
from ingest.refusal import Code, RefusedError

Encoding = Literal["utf-8", "gb18030", "utf-16"]
_UTF16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_HAN_PAIR = re.compile(rb"(?:[\xe4-\xe9][\x80-\xbf]{2}){2}")
_HAN = re.compile("[\u4e00-\u9fff]")
_SENTENCE = 4
_PARTIAL = 3


@dataclass(frozen=True, slots=True)
class TextFacts:
    """What the first pass over a text file finds."""

    sha256: str
    encoding: Encoding


def text_facts(stream: Stream) -> TextFacts:
    """Read a text file once; raise RefusedError for NUL bytes and unknown or mixed encodings."""
    digest = hashlib.sha256()
    lines = 0
    pending = b""
    wrong: int | None = None
    utf16 = False
    for number, block in enumerate(blocks(stream, digest.update)):
        if number == 0 and block.startswith(_UTF16_MARKS):
            utf16 = True
        if utf16:
            continue
        if b"\0" in block:
            raise RefusedError(Code.FILE_NUL)
        if wrong is None:
            held = len(pending) and pending.count(b"\n")
            pending, bad = _checked(pending + block)
            wrong = None if bad is None else lines - held + bad
            lines += block.count(b"\n")
    if not utf16 and wrong is None and pending:
        rest, bad = _unfinished(pending)
        wrong = lines if rest or bad is not None else None
    if utf16:
        return TextFacts(digest.hexdigest(), "utf-16")
    if wrong is None:
        return TextFacts(digest.hexdigest(), "utf-8")
    _require_gb18030(stream, wrong + 1)
    return TextFacts(digest.hexdigest(), "gb18030")


def _checked(block: bytes) -> tuple[bytes, int | None]:
    """Return the bytes of a last, unfinished line and the line of the first wrong byte."""
    cut = block.rfind(b"\n") + 1 or len(block)
    try:
        pl.Series([block[:cut]], dtype=pl.Binary).cast(pl.String)
    except pl.exceptions.ComputeError:
        return _unfinished(block)
    return block[cut:], None


def _unfinished(block: bytes) -> tuple[bytes, int | None]:
    try:
        block.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.reason == "unexpected end of data" and len(block) - error.start <= _PARTIAL:
            return block[error.start :], None
        return b"", block.count(b"\n", 0, error.start)
    return b"", None


def _require_gb18030(stream: Stream, first_wrong: int) -> None:
    """Raise RefusedError unless the whole file is GB18030 and no part of it is UTF-8."""
    decoder = codecs.getincrementaldecoder("gb18030")()
    held = b""
    sentences = 0
    for block in blocks(opened(stream.path)):
        try:
            decoder.decode(block)
        except UnicodeDecodeError:
            raise RefusedError(Code.FILE_ENCODING, line=first_wrong) from None
        held += block
        cut = held.rfind(b"\n") + 1
        sentences += _utf8_sentences(held[:cut])
        held = held[cut:]
    try:
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        raise RefusedError(Code.FILE_ENCODING, line=first_wrong) from None
    if sentences + _utf8_sentences(held):
        raise RefusedError(Code.FILE_ENCODING, line=first_wrong)


def _utf8_sentences(block: bytes) -> int:
    """Count the lines that are UTF-8 throughout and hold several Chinese characters."""
    found = 0
    seen = -1
    for match in _HAN_PAIR.finditer(block):
        if match.start() < seen:
            continue
        start = block.rfind(b"\n", 0, match.start()) + 1
        end = block.find(b"\n", start)
        seen = len(block) if end < 0 else end
        line = block[start:seen]
        try:
            text = line.decode("utf-8")
        except UnicodeDecodeError:
            continue
        found += len(_HAN.findall(text)) >= _SENTENCE
    return found


def utf8_blocks(stream: Stream, encoding: Encoding) -> Iterator[bytes]:
    """Yield the text as UTF-8, without byte order mark, its lines ending in line feeds."""
    decoder = None if encoding == "utf-8" else codecs.getincrementaldecoder(encoding)()
    held = b""
    old_mac: bool | None = None
    first = True
    for block in blocks(stream):
        piece = held + (block if decoder is None else _decoded(decoder, block))
        held = b"\r" if piece.endswith(b"\r") else b""
        piece = piece.removesuffix(held)
        if first:
            piece = piece.removeprefix(codecs.BOM_UTF8)
            first = False
        if old_mac is None and (b"\n" in piece or b"\r" in piece):
            old_mac = b"\n" not in piece
        yield _line_feeds(piece, old_mac=bool(old_mac)) if b"\r" in piece else piece
    if decoder is not None:
        _decoded(decoder, b"", final=True)
    if held:
        yield b"\n"


def _line_feeds(text: bytes, *, old_mac: bool) -> bytes:
    """End lines in line feeds; a stray carriage return inside a line is a blank."""
    return text.replace(b"\r\n", b"\n").replace(b"\r", b"\n" if old_mac else b" ")


def _decoded(decoder: codecs.IncrementalDecoder, block: bytes, *, final: bool = False) -> bytes:
    try:
        text = decoder.decode(block, final)
    except UnicodeDecodeError:
        raise RefusedError(Code.FILE_TRUNCATED) from None
    if "\0" in text:
        raise RefusedError(Code.FILE_NUL)
    return text.encode()
