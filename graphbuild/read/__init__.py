"""Sources -> articles: one module a family of sources, each a generator that holds one article at a time."""

import os
import stat
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from graphbuild.errors import SourceError
from graphbuild.model import Article
from graphbuild.read.archives import unpack_gzip, unpack_tar, unpack_zip
from graphbuild.read.documents import read_docx, read_pdf, read_rtf
from graphbuild.read.feeds import read_feed
from graphbuild.read.html import read_html
from graphbuild.read.language import language_of
from graphbuild.read.source import ArchiveLimitError, Skipped, Source, open_source
from graphbuild.read.tables import FIELDS, read_csv, read_jsonl
from graphbuild.read.text import read_text
from graphbuild.read.web_archives import read_warc

READERS: dict[str, Callable[[Source], Iterator[Article]]] = {
    ".txt": read_text,
    ".text": read_text,
    ".jsonl": read_jsonl,
    ".ndjson": read_jsonl,
    ".csv": read_csv,
    ".tsv": read_csv,
    ".html": read_html,
    ".htm": read_html,
    ".xhtml": read_html,
    ".rss": read_feed,
    ".atom": read_feed,
    ".warc": read_warc,
    ".wet": read_warc,
    ".pdf": read_pdf,
    ".docx": read_docx,
    ".rtf": read_rtf,
}
UNPACKERS: dict[str, Callable[[Source], Iterator[Source]]] = {
    ".gz": unpack_gzip,
    ".tgz": unpack_gzip,
    ".zip": unpack_zip,
    ".tar": unpack_tar,
}
# What the first bytes of a file tell whose name does not: of standard input, of files without an ending, of XML.
_MAGIC = (
    (b"\x1f\x8b", ".gz"), (b"%PDF-", ".pdf"), (b"{\\rtf", ".rtf"), (b"WARC/", ".warc"), (b"PK\x03\x04", ".zip"), (b"{", ".jsonl"),
)  # fmt: skip
_TOLD_BY_CONTENT = ("", ".xml", ".php", ".asp", ".aspx", ".shtml", ".cms")
# Parts of one file, such as lines, that are named when they cannot be read; the others are counted.
MAX_NAMED = 1000
# What `graphbuild build` writes, first while it runs; a folder that holds the one and one of the others is no source.
_JOURNAL, _WRITTEN = "journal.jsonl", ("statements.jsonl", "pending.jsonl")


def read_articles(
    sources: Iterable[Path | str], *, mapping: Mapping[str, str] | None = None, skipped: Skipped | None = None
) -> Iterator[Article]:
    """English articles of files, archives and folders (recursively, in name order); "-" is standard input.

    ``mapping`` gives the column or key of a field where it has another name ({"text": "body"}). What cannot be read
    is passed to ``skipped(name, reason)`` and the rest goes on; so are articles in other languages. An id that was
    seen before gets "-2", "-3" ... Raises SourceError for a source that does not exist.
    """
    unknown = sorted(set(mapping or {}) - set(FIELDS))
    if unknown:
        raise SourceError(f"mapping: {unknown[0]!r} is no field; fields are {', '.join(FIELDS)}")
    report: Skipped = skipped or (lambda name, reason: None)
    seen: dict[str, int] = {}
    for name, path in _files(sources, report):
        try:
            if path is None:
                yield from _read(sys.stdin.buffer, name, None, mapping or {}, seen, report)
            else:
                with path.open("rb") as file:
                    yield from _read(file, name, path, mapping or {}, seen, report)
        except OSError as error:
            report(name, f"cannot be opened: {error.strerror or error}")
        except ArchiveLimitError as error:
            report(name, str(error))


def _read(
    file: BinaryIO, name: str, path: Path | None, mapping: Mapping[str, str], seen: dict[str, int], report: Skipped
) -> Iterator[Article]:
    """The articles of one file that was given, and what of it cannot be read, the first MAX_NAMED by name."""
    named = 0

    def skipped(part: str, reason: str) -> None:
        nonlocal named
        named += 1
        if named <= MAX_NAMED:
            report(part, reason)

    found = False
    for article in _accepted(_guarded(open_source(file, name, skipped, mapping, path=path)), name, seen, skipped):
        found = True
        yield article
    if not found and not named:
        report(name, "no articles were found in it")
    if named > MAX_NAMED:
        report(name, f"{named - MAX_NAMED} more parts of this file were not read")


def _guarded(source: Source) -> Iterator[Article]:
    """The articles of a source, through its archives; whatever stops the reading is named and only stops this source."""
    try:
        kind = _kind(source)
        unpack = UNPACKERS.get(kind)
        if unpack is None:
            yield from READERS[kind](source)
        else:
            for inner in unpack(source):
                yield from _guarded(inner)
    except ArchiveLimitError:
        raise
    except (SourceError, OSError) as error:
        source.skipped(source.name, str(error))
    except Exception as error:  # a library that fails on a strange file must not cost the other files
        source.skipped(source.name, f"cannot be read: {type(error).__name__}: {str(error)[:200]}")


def _kind(source: Source) -> str:
    """The ending that says how to read a source. Raises SourceError when there is none."""
    ending = source.ending
    if ending in READERS or ending in UNPACKERS:
        return ending
    if ending not in _TOLD_BY_CONTENT:
        raise SourceError(f"the ending {ending!r} is not one of {', '.join(sorted(READERS | UNPACKERS))}")
    head = source.head()
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    for magic, kind in _MAGIC:
        if start.startswith(magic):
            return ".docx" if kind == ".zip" and b"word/" in head else kind
    lower = start[:2000].lower()
    if any(mark in lower for mark in (b"<rss", b"<feed", b"<rdf:rdf")):
        return ".rss"
    if any(mark in lower for mark in (b"<html", b"<!doctype html")):
        return ".html"
    if ending == "":
        return ".txt"
    raise SourceError("the file is neither a feed nor a web page")


def _accepted(articles: Iterator[Article], name: str, seen: dict[str, int], report: Skipped) -> Iterator[Article]:
    """The English articles, each with an id of its own."""
    for article in articles:
        if len(article.text) > 2000 and len(article.text.split()) < len(article.text) / 200:
            report(f"{name}, article {article.id}", "no running text: it has hardly a space")
            continue
        found = language_of(article.text)
        if found not in ("", "en"):
            report(f"{name}, article {article.id}", f"not in English but, it seems, in {found!r}; only English is read")
            continue
        yield _unique(replace(article, language=article.language or found), seen, report)


def _files(sources: Iterable[Path | str], report: Skipped) -> Iterator[tuple[str, Path | None]]:
    """(name, path) of every file; no path for standard input."""
    for source in sources:
        path = Path(source)
        if str(source) == "-":
            yield "stdin", None
        elif path.is_dir():
            yield from _walk(path, report, set())
        elif path.exists() or path.is_symlink():
            yield str(path), path
        else:
            raise SourceError(f"{path}: there is no such file or folder")


def _walk(folder: Path, report: Skipped, above: set[tuple[int, int]]) -> Iterator[tuple[str, Path]]:
    """The files below a folder in name order; links are followed, but not back to a folder that they are in."""
    try:
        status = folder.stat()
        names = sorted(os.listdir(folder))
    except OSError as error:
        report(str(folder), f"cannot be opened: {error.strerror or error}")
        return
    here = (status.st_dev, status.st_ino)
    if here in above:
        report(str(folder), "a link to a folder that it is in")
        return
    if _JOURNAL in names and any(name in names for name in _WRITTEN):
        report(str(folder), "a folder that graphbuild wrote; give the articles that it was built from")
        return
    for name in names:
        path = folder / name
        if name.startswith("."):
            continue
        try:
            mode = path.stat().st_mode
        except OSError as error:
            report(str(path), f"a link that leads nowhere: {error.strerror or error}")
            continue
        if stat.S_ISDIR(mode):
            yield from _walk(path, report, above | {here})
        elif stat.S_ISREG(mode):
            yield str(path), path
        else:
            report(str(path), "not a regular file")


def _unique(article: Article, seen: dict[str, int], report: Skipped) -> Article:
    count = seen.get(article.id, 0) + 1
    seen[article.id] = count
    if count == 1:
        return article
    given = f"{article.id}-{count}"
    while given in seen:
        count += 1
        given = f"{article.id}-{count}"
    seen[given] = 1
    report(article.id, f"the id {article.id!r} was used before; this article is read as {given}")
    return replace(article, id=given)
