"""PDF, DOCX and RTF: one article a document, or the articles of a newspaper archive's export."""

import logging
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from typing import Any

from graphbuild.errors import SourceError
from graphbuild.model import Article
from graphbuild.read.archives import seekable
from graphbuild.read.dates import find_date
from graphbuild.read.encoding import seen, storable
from graphbuild.read.html import needs
from graphbuild.read.newspapers import is_export, read_export
from graphbuild.read.source import MAX_BYTES, Source

_PAGE_LINE = re.compile(r"^(?:page \d+(?: of \d+)?|\d{1,4}|- ?\d{1,4} ?-)$", re.I)
_SENTENCE_END = re.compile(r"[.!?:…][\"'”’)\]]*$")


def _articles(
    source: Source, paragraphs: list[str], *, title: str = "", date: str = "", author: str = ""
) -> Iterator[Article]:
    paragraphs = [p for p in (storable(seen(p)).strip() for p in paragraphs) if p]
    if not paragraphs:
        raise SourceError("no text was found in the document; a scanned one needs text recognition first")
    if is_export("\n".join(paragraphs)):
        yield from read_export(source, paragraphs)
        return
    text = "\n\n".join(paragraphs)
    yield Article(
        id=source.stem,
        text=text,
        title=storable(title),
        date=date or find_date(text, source.stem),
        author=storable(author),
    )


def read_docx(source: Source) -> Iterator[Article]:
    """The paragraphs of a Word document, tables included. Its own dates are those of the file and are not taken."""
    try:
        import docx
    except ImportError as error:
        raise needs("python-docx", "documents", "DOCX", error) from error
    with seekable(source) as file:
        try:
            with zipfile.ZipFile(file) as packed:
                size = sum(info.file_size for info in packed.infolist() if info.filename.endswith((".xml", ".rels")))
            if size > MAX_BYTES:
                raise SourceError(f"unpacks to {size >> 20} MB of XML; at most {MAX_BYTES >> 20} MB are read")
            file.seek(0)
            document = docx.Document(file)
        except (zipfile.BadZipFile, KeyError, ValueError, SyntaxError) as error:
            raise SourceError(f"not a Word document, or a damaged one: {error}") from error
        paragraphs: list[str] = []
        blocks: Any = document.iter_inner_content()
        for block in blocks:
            rows = getattr(block, "rows", None)
            if rows is None:
                paragraphs += block.text.split("\n")
            else:
                paragraphs += ["\t".join(dict.fromkeys(cell.text for cell in row.cells)) for row in rows]
        properties = document.core_properties
        title = "" if properties.title in (None, "Word Document") else properties.title
    yield from _articles(source, paragraphs, title=title)


def read_rtf(source: Source) -> Iterator[Article]:
    """The paragraphs of an RTF file."""
    try:
        from striprtf.striprtf import rtf_to_text
    except ImportError as error:
        raise needs("striprtf", "documents", "RTF", error) from error
    data = source.read()
    if not data.lstrip().startswith(b"{\\rtf"):
        raise SourceError("not an RTF file: it does not begin with {\\rtf")
    # Destinations that hold pictures and objects are long and say nothing.
    convert: Any = rtf_to_text  # carries no type information
    text = convert(data.decode("latin-1"), encoding="cp1252", errors="replace")
    yield from _articles(source, text.split("\n"))


def read_pdf(source: Source) -> Iterator[Article]:
    """The text of a PDF, its lines joined to paragraphs; page numbers are left out."""
    try:
        import pypdf
    except ImportError as error:
        raise needs("pypdf", "documents", "PDF", error) from error
    logging.getLogger("pypdf").addHandler(logging.NullHandler())  # it warns on stderr of what it mends
    with seekable(source) as file:
        try:
            reader = pypdf.PdfReader(file)
            if reader.is_encrypted and not reader.decrypt(""):
                raise SourceError("the PDF is locked with a password")
            lines: list[tuple[str, float]] = []
            size = 0
            for page in reader.pages:
                found = _page_lines(page)
                size += sum(len(text) for text, _ in found)
                if size > MAX_BYTES:
                    raise SourceError(f"the PDF has more than {MAX_BYTES >> 20} MB of text")
                lines += found
            about = reader.metadata
        except (
            pypdf.errors.PyPdfError,
            pypdf.errors.DependencyError,
            ValueError,
            KeyError,
            TypeError,
            AttributeError,
        ) as error:
            raise SourceError(f"not a PDF, or a damaged one: {error}") from error
        title = str(about.title or "") if about is not None else ""
        author = str(about.author or "") if about is not None else ""
    # The document's dates are those of the file, not of publication.
    yield from _articles(source, joined_lines(lines), title=title, author=author)


def _page_lines(page: Any) -> list[tuple[str, float]]:
    """(text, distance to the line above) of the lines of a page, in the order in which they are drawn."""
    lines: list[tuple[str, float]] = []
    above = y = 0.0
    pieces: list[str] = []

    def visit(text: str, user: Any, matrix: Any, font: Any, size: float) -> None:
        nonlocal above, y, pieces
        for n, piece in enumerate(text.split("\n")):
            if n and "".join(pieces).strip():
                lines.append(("".join(pieces), above - y))
                above, pieces = y, []
            if piece.strip() and not "".join(pieces).strip():
                y = float(matrix[5]) * float(user[3]) + float(user[5])
            pieces.append(piece)

    page.extract_text(visitor_text=visit)
    if "".join(pieces).strip():
        lines.append(("".join(pieces), above - y))
    return lines


def joined_lines(lines: list[tuple[str, float]]) -> list[str]:
    """Paragraphs of the lines of a document, each with its distance to the line above.

    A paragraph begins where the distance is larger than is usual, and after a line that is short, or that ends a
    sentence well before the margin. A word broken with a hyphen is joined; page numbers are left out.
    """
    kept: list[tuple[str, float]] = []
    turned = False
    for line, gap in lines:
        text = " ".join(line.split())
        if _PAGE_LINE.match(text):
            turned = True
        elif text:
            kept.append((text, -1 if turned else gap))
            turned = False
    widths = sorted(len(text) for text, _ in kept)
    width = widths[int(0.9 * (len(widths) - 1))] if widths else 0
    gaps = Counter(round(gap) for _, gap in kept if gap >= 6)
    usual = min((gap for gap, count in gaps.items() if count >= 0.05 * len(kept)), default=0)
    apart = {gap for gap in gaps if usual and gap > 1.45 * usual}
    paragraphs: list[str] = []
    joining, last, before = False, 0, ""
    for text, gap in kept:
        # A new page or column: does the sentence go on?
        parted = gap < 0 and not text[0].islower() and (last < 0.8 * width or _SENTENCE_END.search(before))
        if not joining or parted or round(gap) in apart:
            paragraphs.append(text)
        elif paragraphs[-1].endswith("-") and text[0].islower():
            paragraphs[-1] = paragraphs[-1][:-1] + text
        else:
            paragraphs[-1] += " " + text
        last, before = len(text), text
        # Where distances tell, width is asked only for what is no line of running text at all.
        margin = 0.4 if apart else 0.6
        joining = not (
            len(text) < margin * width or (not apart and len(text) < 0.85 * width and _SENTENCE_END.search(text))
        )
    return paragraphs
