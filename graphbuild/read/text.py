"""Plain text files: one article a file, or the articles of a newspaper archive's export."""

from collections.abc import Iterator

from graphbuild.errors import SourceError
from graphbuild.model import Article
from graphbuild.read.dates import find_date
from graphbuild.read.encoding import decode
from graphbuild.read.newspapers import is_export, read_export, unwrapped
from graphbuild.read.source import Source


def read_text(source: Source) -> Iterator[Article]:
    """The article in a plain text file; its id is the file's name without the ending."""
    text = decode(source.read())
    if not text.strip():
        raise SourceError("empty: the file has no text")
    if is_export(text):
        yield from read_export(source, unwrapped(text))
    else:
        yield Article(id=source.stem, text=text, date=find_date(text, source.stem))
