"""JSONL and CSV: one article a line or row."""

import csv
import json
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from graphbuild.errors import SourceError
from graphbuild.model import Article
from graphbuild.read.text import find_date

FIELDS = ("id", "title", "date", "source", "url", "text", "language", "author")
_ISO = re.compile(r"(?:19|20)\d\d(?:-[01]\d(?:-[0-3]\d)?)?")


def _article(record: Mapping[str, Any], mapping: Mapping[str, str], fallback: str) -> Article:
    values = {f: record.get(mapping.get(f, f)) for f in FIELDS}
    text = values["text"]
    if not isinstance(text, str) or not text.strip():
        raise SourceError(
            f"no text under the key {mapping.get('text', 'text')!r}; keys are {', '.join(map(str, list(record)[:12]))}"
        )
    date = str(values["date"] or "").strip()
    found = _ISO.match(date)
    if date and not found:
        raise SourceError(f"the date {date!r} is not like 2016-06-26, 2016-06 or 2016")
    return Article(
        id=str(values["id"] if values["id"] not in (None, "") else fallback), text=text, title=str(values["title"] or ""),
        date=found.group() if found else find_date(text), source=str(values["source"] or ""), url=str(values["url"] or ""),
        language=str(values["language"] or ""), author=str(values["author"] or ""),
    )  # fmt: skip


def read_jsonl(path: Path, mapping: Mapping[str, str], skipped: Callable[[str, str], None]) -> Iterator[Article]:
    """Articles of a JSONL file: {"id", "title", "date", "source", "url", "text"} a line, all but text optional."""
    empty = True
    with path.open("rb") as lines:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            empty = False
            try:
                record = json.loads(line.decode("utf-8-sig" if number == 1 else "utf-8"))
                if not isinstance(record, dict):
                    raise SourceError("not a JSON object")
                yield _article(record, mapping, f"{path.stem}-{number}")
            except UnicodeDecodeError as error:
                skipped(f"{path}:{number}", f"not UTF-8 text: byte {error.object[error.start]:#04x} at {error.start}")
            except (SourceError, ValueError, RecursionError) as error:
                skipped(f"{path}:{number}", f"not an article: {error}")
    if empty:
        raise SourceError("empty: the file has no lines")


def read_csv(path: Path, mapping: Mapping[str, str], skipped: Callable[[str, str], None]) -> Iterator[Article]:
    """Articles of a CSV file with a header row."""
    csv.field_size_limit(200_000_000)
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            for number, record in enumerate(csv.DictReader(file), 2):
                try:
                    yield _article(record, mapping, f"{path.stem}-{number}")
                except SourceError as error:
                    skipped(f"{path}:{number}", f"not an article: {error}")
    except (UnicodeDecodeError, csv.Error) as error:
        raise SourceError(f"not a UTF-8 CSV file: {error}") from error
