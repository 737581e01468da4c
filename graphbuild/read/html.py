"""News pages: body text, title, date, outlet, author and address by trafilatura; exports of newspaper archives."""

import logging
import re
from collections.abc import Iterator
from typing import Any

from graphbuild.errors import SourceError
from graphbuild.model import Article
from graphbuild.read.dates import find_date, parse_date
from graphbuild.read.encoding import decode, encoding_of, seen, storable
from graphbuild.read.newspapers import is_export, is_factiva, read_export, read_factiva
from graphbuild.read.source import Source

# No article's page is longer; a longer one is a list or a trap, and parsing takes thirty times its size in memory.
MAX_PAGE = 10 << 20
# What trafilatura falls back to on a page without an article is a word or two of its menu.
_FEWEST_WORDS = 5
_BLOCKS = "p div li tr h1 h2 h3 h4 h5 h6 blockquote br article section table pre dt dd".split()


def needs(package: str, extra: str, what: str, error: ImportError) -> SourceError:
    """The reason to give when an optional package is missing, or one that it needs itself."""
    cause = "" if error.name in (None, package) else f" ({error.name} is missing)"
    return SourceError(f"reading {what} needs {package}{cause}: pip install 'graphbuild[{extra}]'")


def page_article(data: bytes | str, given: str, *, url: str = "", name: str = "") -> Article:
    """The article of a page; offsets count in the body text that was found in it.

    ``url`` is where the page was got, ``name`` its file's name, used for a date where the page has none. Raises
    SourceError when the page has no article text.
    """
    try:
        import trafilatura
    except ImportError as error:
        raise needs("trafilatura", "html", "HTML", error) from error
    for library in ("trafilatura", "htmldate"):  # what they have to tell is told by the reason
        logging.getLogger(library).addHandler(logging.NullHandler())
    # The extensive search for dates guesses (a copyright year becomes a first of January): unknown is better.
    found: Any = trafilatura.bare_extraction(
        data, url=url or None, with_metadata=True, include_comments=False, include_tables=False,
        date_extraction_params={"extensive_search": False, "original_date": True},
    )  # fmt: skip
    text = getattr(found, "text", None) if found is not None else None
    if not text or len(text.split()) < _FEWEST_WORDS:
        raise SourceError("no article text was found in the page")
    title = storable(found.title or "")
    first, _, rest = storable(seen(text)).partition("\n")
    # A page repeats its headline above the story; as the title it is kept once.
    text = (
        rest.lstrip() if first.strip().casefold() == title.strip().casefold() and rest.strip() else f"{first}\n{rest}"
    )
    address = found.url or url
    return Article(
        id=given, text=text, title=title, url=storable(address), author=_authors(found.author or ""),
        date=parse_date(found.date or "") or find_date(text, name, address),
        source=storable(found.sitename or found.hostname or ""),
    )  # fmt: skip


def _authors(text: str) -> str:
    """The names of a byline, one that is given again as part of an address left out."""
    names = {re.sub(r"\W", "", name).lower(): name.strip() for name in reversed(storable(text).split(";"))}
    return "; ".join(reversed(names.values()))


def read_html(source: Source) -> Iterator[Article]:
    """The article of a saved web page, or the articles of a Nexis or Factiva export saved as HTML."""
    data = source.read(MAX_PAGE)
    if not data.strip():
        raise SourceError("empty: the file has no text")
    marks = data if encoding_of(data[:1024])[0] in ("", "utf-8") else decode(data).encode()
    if is_factiva(marks) or _is_nexis(marks):
        tree = parse_page(decode(data))
        yield from read_factiva(source, tree) if is_factiva(marks) else read_export(source, page_paragraphs(tree))
        return
    yield page_article(data if marks is data else marks.decode(), source.stem, name=source.stem)


def _is_nexis(data: bytes) -> bool:
    if re.search(rb"(?i)end of document|\d of \d+ documents?", data) is None:
        return False
    return is_export(re.sub(rb"<[^>]{0,500}>", b"\n", data).decode("latin-1"))


def parse_page(text: str) -> Any:
    """The lxml tree of a page, scripts and styles left out. Raises SourceError when there is none."""
    try:
        import lxml.html
    except ImportError as error:
        raise needs("lxml", "html", "HTML", error) from error
    parser = lxml.html.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
    try:
        tree = lxml.html.document_fromstring(text.encode(), parser=parser)
    except (ValueError, lxml.etree.LxmlError) as error:
        raise SourceError(f"not an HTML page: {error}") from error
    for node in list(tree.iter("script", "style", "head")):
        node.drop_tree()
    return tree


def page_paragraphs(tree: Any) -> list[str]:
    """The text of a page or snippet by paragraphs, as they follow each other."""
    from lxml import etree

    pieces: list[str] = []
    for event, node in etree.iterwalk(tree, events=("start", "end")):
        pieces.append("\n" if node.tag in _BLOCKS else "")
        piece = node.text if event == "start" else node.tail if node is not tree else ""
        pieces.append((piece or "").replace("\n", " "))
    lines = (" ".join(line.split()) for line in seen("".join(pieces)).split("\n"))
    return [storable(line) for line in lines if line]
