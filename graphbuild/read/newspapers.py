"""Exports of newspaper archives: many articles in one document, as Nexis Uni, LexisNexis and Factiva write them.

The readers of DOCX, RTF, PDF, HTML and plain text give the document as paragraphs; here they become articles.

    Nexis Uni    title, outlet, date, copyright, "Section:", "Length:", "Byline:" ..., "Body", text, "Classification",
                 "Load-Date:" ..., "End of Document"; the file begins with a cover that lists the titles
    LexisNexis   "3 of 10 DOCUMENTS", outlet, date, title, "BYLINE:", "LENGTH:" ..., text, "LOAD-DATE:", copyright
    Factiva      section, title, author, "640 words", date, time, outlet, code, language, copyright, text,
                 "Document GRDN000020160626ec6q0001l"; with indexing each field has a code: HD, BY, PD, SN, LP, TD, AN
"""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from graphbuild.model import Article
from graphbuild.read.dates import is_date_line, parse_date
from graphbuild.read.encoding import seen, storable
from graphbuild.read.source import Source

_NEXIS_END = re.compile(r"^end of document$", re.I)
_NEXIS_START = re.compile(r"^\W*\d+ of \d+ documents?\W*$", re.I)
_FACTIVA_END = re.compile(r"^Document ([A-Z][A-Za-z0-9]{20,})$")
_MARK = re.compile(
    r"^[^\S\n]*(?:end of document|\d+ of \d+ documents?|Document [A-Z][A-Za-z0-9]{20,})[^\S\n]*$", re.I | re.M
)

_LABELLED = re.compile(
    r"^(section|length|byline|highlight|dateline|series|edition|column|correction-date)\s*:\s*(.*)", re.I | re.S
)
_TAIL = re.compile(
    r"^(?:classification|graphics?|(?:load-date|language|publication-type|subject|document-type|journal-code|pub-type|acc-no|graphic|update|correction)\s*:.*|"
    r"copyright (?:\(c\) )?(?:19|20)\d\d\b.*)$",
    re.I | re.S,
)
_COPYRIGHT = re.compile(r"^(?:copyright\b|©|\(c\) ?(?:19|20)\d\d)|\ball rights reserved\b", re.I)
_COVER = re.compile(
    r"^(?:\d+\.\s|documents? \(\d+\)|(?:user name|date and time|job number|client/matter|search terms|search type|content type|narrowed by|news|timeline|sources?|language|print|\| about)\b.*)",
    re.I,
)
_WORDS = re.compile(r"^[\d,. ]+ words$", re.I)
_TIME = re.compile(r"^\d{1,2}:\d\d(?:\s*[ap]m)?(?:\s+[A-Z]{2,4})?$", re.I)
_CODES = "HD CR BY WC PD ET SN SC ED PG LA CY LP TD CT RF CO IN NS RE IPC IPD PUB AN".split()
_CODED = re.compile(rf"^({'|'.join(_CODES)})(?:\s+|$)(.*)", re.S)


def is_export(text: str) -> bool:
    """Whether a document is an archive's export: it has the lines that part the articles of one."""
    return _MARK.search(text) is not None


def is_factiva(page: bytes) -> bool:
    """Whether an HTML page is a Factiva export."""
    return re.search(rb'class="article [a-z]{2}Article"|class="articleParagraph', page) is not None


def unwrapped(text: str) -> list[str]:
    """Paragraphs of an export in plain text: what stands between blank lines, where lines are broken to a width."""
    if any(_NEXIS_START.match(line) for line in text.split("\n")):
        return [" ".join(block.split()) for block in re.split(r"\n[^\S\n]*\n", text) if block.strip()]
    return [line.strip() for line in text.split("\n") if line.strip()]


def read_export(source: Source, paragraphs: Iterable[str]) -> Iterator[Article]:
    """The articles of an export given by paragraphs; one without text or date line is named and skipped or read."""
    for number, (kind, block, mark) in enumerate(_blocks(paragraphs), 1):
        found = {"nexis": _nexis, "lexisnexis": _lexisnexis, "factiva": _factiva}[kind](block)
        if found is None or not found["text"]:
            source.skipped(f"{source.name}, document {number}", "no article text was found in this part of the export")
            continue
        yield _article(storable(mark or f"{source.stem}-{number}"), found)


def _blocks(paragraphs: Iterable[str]) -> Iterator[tuple[str, list[str], str]]:
    """(kind, paragraphs, accession number) of each article of an export."""
    block: list[str] = []
    started = False
    for paragraph in paragraphs:
        line = paragraph.strip()
        end = _FACTIVA_END.match(line)
        if _NEXIS_START.match(line):
            if started:
                yield "lexisnexis", block, ""
            block, started = [], True
        elif _NEXIS_END.match(line):
            yield "lexisnexis" if started else "nexis", block, ""
            block = []
        elif end or (block and re.match(r"^AN\s+Document ", line)):
            yield "factiva", block, (end.group(1) if end else line.split()[-1])
            block = []
        elif line:
            block.append(storable(seen(line)))
    if started and block:
        yield "lexisnexis", block, ""


def _body(lines: list[str]) -> str:
    """The paragraphs before the export's own closing fields."""
    end = next((i for i, line in enumerate(lines) if _TAIL.match(line)), len(lines))
    return "\n\n".join(lines[:end]).strip()


def _header(lines: list[str]) -> tuple[dict[str, str], int]:
    """The labelled fields of a header, and the index after the last of them."""
    fields: dict[str, str] = {}
    last = 0
    for i, line in enumerate(lines):
        match = _LABELLED.match(line)
        if match:
            fields[match.group(1).lower()] = match.group(2).strip()
            last = i + 1
        elif last and i >= last + 1:
            break
    return fields, last


def _nexis(lines: list[str]) -> dict[str, str] | None:
    """Fields of an article as Nexis Uni writes it: title, outlet, date, ..., "Body", text."""
    body = next((i for i, line in enumerate(lines) if line.lower() == "body"), None)
    head = lines[:body] if body is not None else lines
    length = next((i for i, line in enumerate(head) if _LABELLED.match(line) or _COPYRIGHT.search(line)), len(head))
    day = next((i for i in range(length - 1, 0, -1) if _starts_with_date(head[i])), None)
    if day is None:
        return None
    fields, last = _header(lines[day + 1 : body] if body is not None else lines[day + 1 :])
    cover = max((i for i in range(day - 1) if _COVER.match(lines[i])), default=-1)
    title = " ".join(lines[max(cover + 1, 0) : day - 1])
    if len(title) > 300 or not title:
        title = lines[day - 2] if day >= 2 else ""
    text = _body(lines[body + 1 :] if body is not None else lines[day + 1 + last :])
    return {
        "text": text, "title": title, "source": lines[day - 1], "date": _starts_with_date(lines[day]),
        "author": fields.get("byline", ""),
    }  # fmt: skip


def _lexisnexis(lines: list[str]) -> dict[str, str] | None:
    """Fields of an article as LexisNexis wrote it until 2019: outlet, date, title, fields, text."""
    day = next((i for i, line in enumerate(lines[:6]) if _starts_with_date(line)), None)
    if day is None:
        return None
    fields, last = _header(lines[day + 1 :])
    first = next((i for i, line in enumerate(lines[day + 1 :]) if _LABELLED.match(line)), 0)
    title = " ".join(line for line in lines[day + 1 : day + 1 + first] if not line.lower().endswith("edition"))
    outlet = [line for line in lines[:day] if not _COPYRIGHT.search(line)]
    return {
        "text": _body(lines[day + 1 + last :]), "title": title, "source": outlet[0] if outlet else "",
        "date": _starts_with_date(lines[day]), "author": fields.get("byline", ""),
    }  # fmt: skip


def _starts_with_date(line: str) -> str:
    """The date of a header's date line, which may go on with a weekday, a time and an edition."""
    found = is_date_line(line) or (parse_date(line) if len(line) < 80 else "")
    return found if len(found) == 10 or (len(found) == 7 and len(line) < 20) else ""


def _factiva(lines: list[str]) -> dict[str, str] | None:
    """Fields of an article as Factiva writes it, with or without indexing codes."""
    coded = _codes(lines)
    if coded:
        return {
            "text": "\n\n".join(filter(None, (coded.get("LP", ""), coded.get("TD", "")))), "title": coded.get("HD", ""),
            "source": coded.get("SN", ""), "date": parse_date(coded.get("PD", "")), "author": _author(coded.get("BY", "")),
        }  # fmt: skip
    words = next((i for i, line in enumerate(lines) if _WORDS.match(line)), None)
    if words is None or words + 2 >= len(lines):
        return None
    before, after = lines[:words], lines[words + 1 :]
    author = before.pop() if len(before) > 1 and _is_byline(before[-1]) else ""
    date = parse_date(after[0])
    outlet = next((i for i in range(1, len(after)) if not _TIME.match(after[i])), 1)
    start = next((i for i, line in enumerate(after[:12]) if _COPYRIGHT.search(line)), None)
    if start is None:
        start = next((i for i, line in enumerate(after[:12]) if line == "English"), outlet)
    return {
        "text": "\n\n".join(after[start + 1 :]), "title": before[-1] if before else "", "source": after[outlet],
        "date": date, "author": _author(author),
    }  # fmt: skip


def _codes(lines: list[str]) -> dict[str, str]:
    """Text by indexing code; {} when the paragraphs have none."""
    found: dict[str, list[str]] = {}
    code = ""
    for line in lines:
        match = _CODED.match(line)
        if match and match.group(1) not in found:
            code = match.group(1)
            found[code] = [match.group(2).strip()] if match.group(2).strip() else []
        elif code:
            found[code].append(line)
    if not {"HD", "PD"} <= set(found):
        return {}
    return {c: ("\n\n" if c in ("LP", "TD") else " ").join(v) for c, v in found.items()}


def _is_byline(line: str) -> bool:
    words = line.split()
    return bool(re.match(r"by\b", line, re.I)) or (
        2 <= len(words) <= 6 and all(w[0].isupper() or w in ("and", "de", "van", "of") for w in words)
    )


def _author(line: str) -> str:
    return re.sub(r"^by\s+", "", line.strip(), flags=re.I)


def read_factiva(source: Source, tree: Any) -> Iterator[Article]:
    """The articles of a Factiva export in HTML, whose classes tell title, author and text apart."""
    from graphbuild.read.html import page_paragraphs

    for number, node in enumerate(
        tree.xpath('//div[contains(concat(" ", @class), " article ") and contains(@class, "Article")]'), 1
    ):
        lines = page_paragraphs(node)
        end = next((m for m in map(_FACTIVA_END.match, lines) if m), None)
        coded = _codes([line for line in lines if not _FACTIVA_END.match(line)])
        if coded:
            found = _factiva(lines) or {}
            end = end or _FACTIVA_END.match(coded.get("AN", ""))
        else:
            meta = _factiva([line for line in lines if not _FACTIVA_END.match(line)])
            body = [" ".join(page_paragraphs(p)) for p in node.xpath('.//p[contains(@class, "articleParagraph")]')]
            title = [" ".join(page_paragraphs(s)) for s in node.xpath('.//*[contains(@class, "Headline")]')]
            author = [" ".join(page_paragraphs(s)) for s in node.xpath('.//div[@class="author"]')]
            found = {**(meta or {}), "text": "\n\n".join(p for p in body if p)}
            if title:
                found["title"] = title[0]
            if author:
                found["author"] = _author(author[0])
        if not found.get("text"):
            source.skipped(f"{source.name}, document {number}", "no article text was found in this part of the export")
            continue
        yield _article(end.group(1) if end else f"{source.stem}-{number}", found)


def _article(given: str, found: dict[str, str]) -> Article:
    return Article(
        id=given, text=found["text"], title=found["title"], date=found["date"], source=found["source"],
        author=found["author"],
    )  # fmt: skip
