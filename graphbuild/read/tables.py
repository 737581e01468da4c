"""JSONL, CSV and TSV: one article a line or row, read one at a time from a file of any size."""

import csv
import json
from collections.abc import Iterator, Mapping
from typing import Any

from graphbuild.errors import SourceError
from graphbuild.model import Article
from graphbuild.read.dates import find_date, parse_date
from graphbuild.read.encoding import storable, text_lines
from graphbuild.read.source import MAX_BYTES, Source

FIELDS = ("id", "title", "date", "source", "url", "text", "language", "author")
_DELIMITERS = "\t,;|"


def _article(record: Mapping[str, Any], source: Source, number: int) -> Article:
    """The article of one record. Raises SourceError when it has no text; a date that is none is named and left out."""
    keys = {f: source.mapping.get(f, f) for f in FIELDS}
    values = {f: record.get(key) for f, key in keys.items()}
    text = values["text"]
    if text is not None and not isinstance(text, str):
        raise SourceError(f"the text under the key {keys['text']!r} is {type(text).__name__}, not a string")
    if not text or not text.strip():
        known = ", ".join(map(str, list(record)[:12]))
        raise SourceError(f"no text under the key {keys['text']!r}; keys are {known}")
    given = {f: storable(_plain(v)) for f, v in values.items() if f != "text"}
    date = parse_date(given["date"])
    if given["date"].strip() and not date:
        source.skipped(
            f"{source.name}:{number}",
            f"the date {given['date']!r} is not like 2016-06-26, 2016-06 or 2016; the article is read without it",
        )
    text = storable(text)
    return Article(
        id=given["id"] or f"{source.stem}-{number}", text=text, title=given["title"],
        date=date or find_date(text, url=given["url"]), source=given["source"], url=given["url"],
        language=given["language"], author=given["author"],
    )  # fmt: skip


def _plain(value: Any) -> str:
    """A field as one string: authors may be a list, a source an object with a name."""
    if value is None:
        return ""
    if isinstance(value, list):
        return ", ".join(filter(None, map(_plain, value)))
    if isinstance(value, dict):
        return _plain(value.get("name") or value.get("title"))
    return str(value)


def read_jsonl(source: Source) -> Iterator[Article]:
    """Articles of a JSONL file: {"id", "title", "date", "source", "url", "text"} a line, all but text optional."""
    empty = True
    for number, line in text_lines(source.file):
        if isinstance(line, str) and not line.strip():
            continue
        empty = False
        try:
            if isinstance(line, SourceError):
                raise line
            record = json.loads(line)
            if not isinstance(record, dict):
                raise SourceError("not a JSON object")
            article = _article(record, source, number)
        except (SourceError, ValueError, RecursionError) as error:
            source.skipped(f"{source.name}:{number}", f"not an article: {error}")
            continue
        yield article
    if empty:
        raise SourceError("empty: the file has no lines")


def read_csv(source: Source) -> Iterator[Article]:
    """Articles of a CSV or TSV file with a header row; its separator is a comma, semicolon, tab or bar."""
    csv.field_size_limit(MAX_BYTES)
    header = source.head().decode("utf-8", "ignore").partition("\n")[0].replace("\x00", "")
    delimiter = "\t" if source.ending == ".tsv" else max(_DELIMITERS[::-1], key=header.count)

    def lines() -> Iterator[str]:
        for number, line in text_lines(source.file):
            if isinstance(line, SourceError):
                source.skipped(f"{source.name}:{number}", str(line))
            else:
                yield line

    rows = csv.DictReader(lines(), delimiter=delimiter)
    try:
        if not rows.fieldnames:
            raise SourceError("empty: the file has no header row")
        key = source.mapping.get("text", "text")
        if key not in rows.fieldnames:
            raise SourceError(
                f"no column {key!r}; columns are {', '.join(rows.fieldnames[:12])}: name it with --map text=COLUMN"
            )
        for number, record in enumerate(rows, 2):
            try:
                article = _article({k: v for k, v in record.items() if k is not None}, source, number)
            except SourceError as error:
                source.skipped(f"{source.name}:{number}", f"not an article: {error}")
                continue
            yield article
    except csv.Error as error:
        raise SourceError(f"not a CSV file from line {rows.line_num} on: {error}") from error
