"""WARC files of web crawls: the news pages among their records, by warcio."""

from collections.abc import Iterator
from typing import Any

from graphbuild.errors import SourceError
from graphbuild.model import Article
from graphbuild.read.dates import find_date
from graphbuild.read.encoding import decode
from graphbuild.read.html import MAX_PAGE, needs, page_article
from graphbuild.read.source import Source


def read_warc(source: Source) -> Iterator[Article]:
    """The articles of the HTML pages and extracted texts in a WARC file, one record at a time; images and the like are
    passed over. The day of the crawl is no publication date and is not taken for one."""
    try:
        from warcio.archiveiterator import ArchiveIterator
        from warcio.exceptions import ArchiveLoadFailed
    except ImportError as error:
        raise needs("warcio", "archives", "WARC", error) from error
    records = 0
    try:
        for record in ArchiveIterator(source.file):
            records += 1
            kind = _kind(record)
            if not kind:
                continue
            url = record.rec_headers.get_header("WARC-Target-URI") or ""
            name, given = f"{source.name}, record {records} ({url})", f"{source.stem}-{records}"
            try:
                data = record.content_stream().read(MAX_PAGE + 1)
                if len(data) > MAX_PAGE:
                    raise SourceError(f"larger than {MAX_PAGE >> 20} MB, the most that one page may be")
                article = (
                    _text_article(data, given, url) if kind == "text/plain" else page_article(data, given, url=url)
                )
            except SourceError as error:
                source.skipped(name, str(error))
                continue
            yield article
    except ArchiveLoadFailed as error:
        raise SourceError(f"not a WARC file, or a damaged one after {records} records: {error}") from error
    if not records:
        raise SourceError("the file has no WARC records")


def _kind(record: Any) -> str:
    """ "text/html" or "text/plain" for a record that may hold an article, else ""."""
    if record.rec_type == "conversion":
        return "text/plain"
    if record.rec_type not in ("response", "resource"):
        return ""
    headers = record.http_headers or record.rec_headers
    if record.http_headers is not None and not record.http_headers.get_statuscode().startswith("2"):
        return ""
    kind = (headers.get_header("Content-Type") or "").partition(";")[0].strip().lower()
    return "text/html" if kind in ("text/html", "application/xhtml+xml") else kind if kind == "text/plain" else ""


def _text_article(data: bytes, given: str, url: str) -> Article:
    text = decode(data)
    if not text.strip():
        raise SourceError("empty: the record has no text")
    return Article(id=given, text=text, url=url, date=find_date(text, url=url))
