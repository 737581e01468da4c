"""Plain text files: one article a file; a date in the text or the file name is the publication date."""

import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from graphbuild.errors import SourceError
from graphbuild.model import Article

_DATE = re.compile(r"^\W{0,3}(?:date|published|publication date)\W{0,3}((?:19|20)\d\d-[01]\d-[0-3]\d)\b", re.I | re.M)
_NAMED = re.compile(r"(?<!\d)((?:19|20)\d\d)[-_]?([01]\d)[-_]?([0-3]\d)(?!\d)")


def decode(data: bytes, name: str) -> str:
    """UTF-8 text of a file, a byte order mark left out. Raises SourceError naming the byte for anything else."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise SourceError(
            f"not UTF-8 text: byte {data[error.start]:#04x} at {error.start}; save the file as UTF-8"
        ) from error
    if "\x00" in text:
        raise SourceError("binary data: the text has NUL characters")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def find_date(text: str, name: str = "") -> str:
    """A date that the first lines state ("date 2023-11-03") or that stands in the file name, else ""."""
    stated = _DATE.search(text[:600])
    if stated:
        return stated.group(1)
    named = _NAMED.search(name)
    if named and 1 <= int(named.group(2)) <= 12 and 1 <= int(named.group(3)) <= 31:
        return "-".join(named.groups())
    return ""


def read_text(path: Path, mapping: Mapping[str, str], skipped: Callable[[str, str], None]) -> Iterator[Article]:
    """The article in a plain text file; its id is the file's name without the ending."""
    text = decode(path.read_bytes(), path.name)
    if not text.strip():
        raise SourceError("empty: the file has no text")
    yield Article(id=path.stem, text=text, date=find_date(text, path.stem))
