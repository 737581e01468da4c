"""Bytes -> text: UTF-8, UTF-16 and UTF-32 by their marks, Windows-1252 where it can be told, else a reason.

Text that is already decoded (JSON strings, pages) is made storable one character for one, so that offsets given for it
still hold.
"""

import codecs
import re
from collections.abc import Iterator
from io import BufferedReader
from typing import Any

from graphbuild.errors import SourceError
from graphbuild.read.source import MAX_BYTES

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF32_LE, "utf-32-le"), (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"),
)  # fmt: skip
# What a wrong decoding shows: control characters, private use, replacement marks; and letters seldom in English news.
_UNLIKELY = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f¤¦¬¯¸¨´\ufffd\ue000-\uf8ff]")
_UNSTORABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
# Marks that are not seen and not said; between words they would hide a name from the reader.
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


def encoding_of(head: bytes) -> tuple[str, int]:
    """The encoding that the first bytes tell, and the length of its mark; "" when they do not tell."""
    for mark, encoding in _MARKS:
        if head.startswith(mark):
            return encoding, len(mark)
    even, odd = head[0:512:2], head[1:512:2]
    if len(odd) >= 8:  # English text in UTF-16 without a mark has every other byte zero
        if odd.count(0) > 0.7 * len(odd) and even.count(0) < 0.1 * len(even):
            return "utf-16-le", 0
        if even.count(0) > 0.7 * len(even) and odd.count(0) < 0.1 * len(odd):
            return "utf-16-be", 0
    return "", 0


def _lenient(data: bytes) -> str:
    """UTF-8 text, else Windows-1252 that reads like text. Raises SourceError naming the byte."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        reason = SourceError(f"not UTF-8 text: byte {data[error.start]:#04x} at {error.start}; save the file as UTF-8")
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        raise reason from None
    foreign = sum(c > "\x7f" for c in text)
    letters = sum(c.isalpha() for c in text)
    if _UNLIKELY.search(text) or foreign > 0.15 * max(letters, 20):
        raise reason
    return text


def decode(data: bytes) -> str:
    """The text of a file, its byte order mark left out and line ends as "\\n".

    A file that is UTF-8 in some lines and Windows-1252 in others is read line by line. Raises SourceError for bytes
    that are no text and for encodings that cannot be told.
    """
    encoding, skip = encoding_of(data[:1024])
    if encoding and encoding != "utf-8":
        try:
            text = data[skip:].decode(encoding)
        except UnicodeDecodeError as error:
            raise SourceError(f"not {encoding.upper()} text, as its first bytes say: {error.reason}") from error
    else:
        data = data[skip:]
        if data.count(0) or sum(data[:4096].count(c) for c in range(1, 9)) > 4:
            raise SourceError("binary data: the text has NUL or control characters")
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError:
            text = "".join(_lenient(line) for line in data.splitlines(keepends=True))
    return storable(text.replace("\r\n", "\n").replace("\r", "\n"))


def text_lines(file: "BufferedReader[Any]") -> Iterator[tuple[int, str | SourceError]]:
    """(line number, line with its end) of a file of any size; for a line that is no text, a SourceError in its place."""
    encoding, skip = encoding_of(file.peek(1024)[:1024])
    file.read(skip)
    if encoding and encoding != "utf-8":
        reader = codecs.lookup(encoding).streamreader(file, "replace")
        yield from enumerate(iter(lambda: reader.readline(MAX_BYTES), ""), 1)
        return
    number = 0
    while line := file.readline(MAX_BYTES + 1):
        number += 1
        if len(line) > MAX_BYTES:
            while line and not line.endswith(b"\n"):
                line = file.readline(1 << 20)
            yield number, SourceError(f"the line is longer than {MAX_BYTES >> 20} MB")
            continue
        try:
            yield number, _lenient(line)
        except SourceError as error:
            yield number, error


def storable(text: str) -> str:
    """The text with what no file of a graph can hold (control characters, lone surrogates) put as spaces or "\\ufffd",
    one character for one."""
    if _UNSTORABLE.search(text) is None:
        return text
    return _UNSTORABLE.sub(lambda m: "\ufffd" if m.group() >= "\ud800" else " ", text)


def seen(text: str) -> str:
    """Text taken out of a page or document without the marks that are not seen (zero width, direction, soft hyphen)."""
    return _UNSEEN.sub("", text)
