"""News pages: body text, title, date, outlet and author by trafilatura."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from graphbuild.errors import SourceError
from graphbuild.model import Article
from graphbuild.read.text import find_date


def read_html(path: Path, mapping: Mapping[str, str], skipped: Callable[[str, str], None]) -> Iterator[Article]:
    """The article of a saved web page; offsets count in the body text that was found in it."""
    try:
        import trafilatura
    except ImportError as error:
        raise SourceError("reading HTML needs trafilatura: pip install 'graphbuild[html]'") from error
    found: Any = trafilatura.bare_extraction(
        path.read_bytes(), favor_precision=True, include_comments=False, include_tables=False
    )
    text = getattr(found, "text", None) if found is not None else None
    if found is None or not text:
        raise SourceError("no article text was found in the page")
    yield Article(
        id=path.stem, text=text, title=found.title or "", date=found.date or find_date(text, path.stem),
        source=found.sitename or "", url=found.url or "", author=found.author or "",
    )  # fmt: skip
