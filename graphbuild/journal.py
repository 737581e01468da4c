"""What a build has read so far, so that an interrupted build goes on where it stopped and unchanged articles are skipped.

A journal is a file of one JSON line an article: the article, the hash of the configuration it was read with, and its
statements. Lines are only ever added; the last line of an article counts, and a line cut short by a crash does not.

    with open_journal(path) as journal:
        statements = journal.find(article, configuration)      # None when the article has to be read
        journal.add(article, configuration, statements)
"""

import json
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

from graphbuild.errors import GraphbuildError
from graphbuild.model import Article, Statement, article_from_dict, statement_from_dict, to_dict

# The journal of a change to a finished build; it is there only while one is being made, or after one was killed.
PENDING = "pending.jsonl"


class Journal:
    """The lines of a journal by article id; open_journal makes one."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._places: dict[str, tuple[str, str, int]] = {}
        end = 0
        for start, line in _lines(file):
            record = _record(line)
            if record is None:
                break
            self._places[record["article"]["id"]] = (record["content"], record["configuration"], start)
            end = start + len(line)
        # Whatever follows the last whole line was being written when the process died.
        file.truncate(end)
        file.seek(end)

    def find(self, article: Article, configuration: str) -> tuple[Article, list[Statement]] | None:
        """The article as it was cleaned and its statements, if exactly this article was read with this configuration."""
        content, known, place = self._places.get(article.id, ("", "", 0))
        if not content or (content, known) != (article.content_hash, configuration):
            return None
        self._file.seek(place)
        record = _record(self._file.readline())
        self._file.seek(0, os.SEEK_END)
        if record is None:
            return None
        return article_from_dict(record["article"]), [statement_from_dict(s) for s in record["statements"]]

    def stored(self, given: str) -> tuple[Article, list[Statement]]:
        """The last line of one article. Raises KeyError when there is none."""
        self._file.seek(self._places[given][2])
        record = _record(self._file.readline())
        self._file.seek(0, os.SEEK_END)
        if record is None:
            raise KeyError(given)
        return article_from_dict(record["article"]), [statement_from_dict(s) for s in record["statements"]]

    def latest(self) -> Iterator[tuple[Article, str, list[Statement]]]:
        """The last line of every article: the article, the configuration it was read with, its statements."""
        for _, configuration, place in list(self._places.values()):
            self._file.seek(place)
            record = _record(self._file.readline())
            self._file.seek(0, os.SEEK_END)
            if record is not None:
                statements = [statement_from_dict(s) for s in record["statements"]]
                yield article_from_dict(record["article"]), configuration, statements

    def add(self, article: Article, configuration: str, statements: Iterable[Statement]) -> None:
        """Write one article down; once this returns, a killed process does not lose it."""
        record = {
            "content": article.content_hash,
            "configuration": configuration,
            "article": to_dict(article),
            "statements": [to_dict(s) for s in statements],
        }
        place = self._file.tell()
        self._file.write(json.dumps(record).encode() + b"\n")
        self._file.flush()
        self._places[article.id] = (article.content_hash, configuration, place)

    def compact(self, keep: set[str]) -> None:
        """Drop the lines that no longer count, and those of articles whose id is not in ``keep``, once they outweigh
        the others. What is lost when the process dies meanwhile is only read again."""
        live = [(given, *self._places[given]) for given in sorted(self._places) if given in keep]
        self._file.seek(0)
        if sum(1 for _ in self._file) <= 2 * len(live):
            self._file.seek(0, os.SEEK_END)
            return
        lines = []
        for *_, place in live:
            self._file.seek(place)
            lines.append(self._file.readline())
        self.clear()
        for (given, content, configuration, _), line in zip(live, lines, strict=True):
            self._places[given] = (content, configuration, self._file.tell())
            self._file.write(line)
        self._file.flush()

    def clear(self) -> None:
        """Forget everything."""
        self._file.truncate(0)
        self._file.seek(0)
        self._places.clear()

    def __len__(self) -> int:
        return len(self._places)


@contextmanager
def open_journal(path: Path) -> Iterator[Journal]:
    """Open the journal at ``path``, or begin one. Raises GraphbuildError when another process is writing to it."""
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch()
    with path.open("r+b") as file:
        _lock(file, path)
        yield Journal(file)
        file.flush()
        os.fsync(file.fileno())


def _lock(file: BinaryIO, path: Path) -> None:
    try:
        import fcntl
    except ImportError:  # not on Windows, where the store's own lock still stops a second writer
        return
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        raise GraphbuildError(f"{path}: another build is writing here; wait for it to end or stop it") from error


def _lines(file: BinaryIO) -> Iterator[tuple[int, bytes]]:
    place = 0
    for line in file:
        yield place, line
        place += len(line)


def _record(line: bytes) -> dict[str, Any] | None:
    """The record of a whole line, or None."""
    try:
        record = json.loads(line) if line.endswith(b"\n") else None
    except ValueError:
        return None
    return (
        record
        if isinstance(record, dict) and {"content", "configuration", "article", "statements"} <= set(record)
        else None
    )


def read_through(
    journal: Journal,
    configuration: str,
    articles: Iterable[Article],
    read: Callable[[Iterable[Article]], Iterator[tuple[Article, list[Statement]]]],
) -> Iterator[tuple[Article, list[Statement]]]:
    """Articles with their statements: from the journal where they are known, else read by ``read`` and written down.

    The order need not be that of ``articles``, since ``read`` may work in batches.
    """
    known: list[tuple[Article, list[Statement]]] = []

    def unread() -> Iterator[Article]:
        for article in articles:
            found = journal.find(article, configuration)
            if found is None:
                yield article
            else:
                known.append(found)

    for article, statements in read(unread()):
        journal.add(article, configuration, statements)
        yield from known
        known.clear()
        yield article, statements
    yield from known
