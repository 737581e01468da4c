"""A file to read, wherever it lies: on disk, in an archive, on standard input. Bounds on what it may take."""

import io
import tarfile
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO

from graphbuild.errors import SourceError

Skipped = Callable[[str, str], None]
# The longest article, page or document read at once: five million words. What is read line by line has no limit.
MAX_BYTES = 32 << 20
# An archive may unpack to so many times its size once it has unpacked FREE_BYTES; news text compresses 3 to 10 times.
MAX_RATIO = 100
FREE_BYTES = 64 << 20
MAX_DEPTH = 5


class ArchiveLimitError(SourceError):
    """An archive that unpacks without end; what is left of it is not read."""


@dataclass(slots=True)
class Unpacked:
    """Bytes taken from one file that was given and bytes unpacked from it, through all archives in archives."""

    packed: int = 0
    unpacked: int = 0

    def spend(self, count: int) -> None:
        """Count unpacked bytes. Raises ArchiveLimitError when the file unpacks to more than MAX_RATIO times its size."""
        self.unpacked += count
        if self.unpacked > FREE_BYTES + MAX_RATIO * self.packed:
            raise ArchiveLimitError(
                f"unpacks to more than {MAX_RATIO} times its size; it looks like a decompression bomb and is left unread"
            )


class Stream(io.RawIOBase):
    """A raw stream over ``read`` that calls ``count`` with the bytes it passes and names damaged data."""

    def __init__(self, read: Callable[[int], bytes], count: Callable[[int], None], what: str) -> None:
        self._read, self._count, self._what = read, count, what

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # the stub wants any writable buffer
        try:
            data = self._read(len(buffer))
        except (
            EOFError,
            zlib.error,
            tarfile.TarError,
            OSError,
            ValueError,
            NotImplementedError,
            RuntimeError,
        ) as error:
            # zipfile tells encryption by RuntimeError, unknown compression by NotImplementedError
            raise SourceError(f"the {self._what} is damaged, cut short or locked: {error}") from error
        self._count(len(data))
        buffer[: len(data)] = data
        return len(data)


@dataclass(frozen=True, slots=True)
class Source:
    """One file to read. ``name`` is where it is found, as "news.zip/2016/a.html"; ``filename`` its own name, which
    tells the kind; ``mapping`` the column of a field that has another name there; ``path`` is None unless it lies on
    disk by itself; ``depth`` counts the archives around it. What cannot be read of it is passed to ``skipped(name, reason)``."""

    name: str
    filename: str
    file: "io.BufferedReader[Any]"
    skipped: Skipped
    mapping: Mapping[str, str] = field(default_factory=dict)
    unpacked: Unpacked = field(default_factory=Unpacked)
    path: Path | None = None
    depth: int = 0

    @property
    def stem(self) -> str:
        """The file's name without the ending: the id of its article."""
        return PurePosixPath(self.filename).stem

    @property
    def ending(self) -> str:
        return PurePosixPath(self.filename).suffix.lower()

    def head(self, size: int = 4096) -> bytes:
        """The first bytes, which stay to be read."""
        return self.file.peek(size)[:size]

    def read(self, limit: int = MAX_BYTES) -> bytes:
        """All of it. Raises SourceError when that is more than ``limit`` bytes."""
        data = self.file.read(limit + 1)
        if len(data) > limit:
            raise SourceError(f"larger than {limit >> 20} MB, the most that one article or document may be")
        return data

    def inside(self, filename: str, read: Callable[[int], bytes], what: str, *, name: str = "") -> "Source":
        """A file packed in this one, read by ``read(size)``; ``what`` names the packing in reasons."""
        stream = io.BufferedReader(Stream(read, self.unpacked.spend, what), 1 << 16)
        return Source(
            name or f"{self.name}/{filename}", PurePosixPath(filename).name, stream, self.skipped, self.mapping,
            self.unpacked, depth=self.depth + 1,
        )  # fmt: skip


def open_source(
    file: BinaryIO, name: str, skipped: Skipped, mapping: Mapping[str, str], *, path: Path | None = None
) -> Source:
    """A source over an opened binary file, which lies at ``path``, or over a stream."""
    unpacked = Unpacked(packed=path.stat().st_size if path is not None else 0)

    def count(size: int) -> None:
        if path is None:
            unpacked.packed += size

    stream = io.BufferedReader(Stream(file.read, count, "file"), 1 << 16)
    filename = path.name if path is not None else ""
    return Source(name, filename or "stdin", stream, skipped, mapping, unpacked, path)
