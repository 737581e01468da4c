"""RSS and Atom files: one article an entry, by feedparser."""

from collections.abc import Iterator
from typing import Any

from graphbuild.errors import SourceError
from graphbuild.model import Article
from graphbuild.read.dates import find_date, parse_date
from graphbuild.read.encoding import storable
from graphbuild.read.html import needs, page_paragraphs, parse_page
from graphbuild.read.source import Source


def read_feed(source: Source) -> Iterator[Article]:
    """The entries of a feed: their full text where the feed has it, else their summary. Nothing is fetched."""
    try:
        import feedparser
    except ImportError as error:
        raise needs("feedparser", "feeds", "RSS and Atom", error) from error
    data = source.read()
    if b"<!ENTITY" in data[:100_000]:
        raise SourceError("the XML declares entities, which feeds have no use for and which may grow without end")
    feed: Any = feedparser.parse(data)  # bytes, not a name: feedparser would fetch an address
    if not feed.get("version") and not feed.entries:
        raise SourceError(f"not an RSS or Atom feed{': ' + str(feed.bozo_exception) if feed.get('bozo') else ''}")
    if not feed.entries:
        raise SourceError("the feed has no entries")
    for number, entry in enumerate(feed.entries, 1):
        name = f"{source.name}, entry {number}"
        contents = [c.get("value", "") for c in entry.get("content", ())] + [entry.get("summary", "")]
        text = max((_text(c) for c in contents if c), key=len, default="")
        if not text.strip():
            source.skipped(name, "the entry has no text")
            continue
        url = entry.get("link", "")
        date = parse_date(entry.get("published", "") or entry.get("updated", ""))
        outlet = (entry.get("source") or {}).get("title") or feed.feed.get("title", "")
        yield Article(
            id=storable(entry.get("id") or url or f"{source.stem}-{number}"), text=text, url=storable(url),
            title=storable(entry.get("title", "")), date=date or find_date(text, url=url),
            source=storable(outlet), author=storable(entry.get("author", "")),
        )  # fmt: skip


def _text(content: str) -> str:
    if "<" not in content:
        return storable(content)
    return "\n\n".join(page_paragraphs(parse_page(f"<html><body>{content}</body></html>")))
