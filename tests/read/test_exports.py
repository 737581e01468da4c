"""Newspaper archives' exports: where articles begin and end, their dates, outlets, titles and authors, in each format."""

from collections.abc import Callable
from pathlib import Path

import pytest

from graphbuild.model import Article
from graphbuild.read import read_articles

# (title, outlet, date line, iso date, author, paragraphs)
ARTICLES = [
    (
        "Starmer sacks Tarry over picket line interview",
        "The Northern Post (London)",
        ("July 27, 2022 Wednesday 6:14 PM GMT", "27 July 2022"),
        "2022-07-27",
        "Jane Doe",
        [
            "Keir Starmer sacked Sam Tarry as a shadow minister on Wednesday.",
            "He had joined workers on a picket line. Length: too long, one member of staff joked.",
        ],
    ),
    (
        "Truss resigns after 45 days",
        "Sunday Example",
        ("October 20, 2022", "20 October 2022"),
        "2022-10-20",
        "John Roe and Ann Poe",
        ["Liz Truss resigned on Thursday after 45 days in office.", "Keir Starmer called for an election."],
    ),
    (
        "Sarwar tells leader to go",
        "Glasgow Echo",
        ("February 9, 2026 Monday", "9 February 2026"),
        "2026-02-09",
        "",
        ["Anas Sarwar called on Keir Starmer to resign.", "The document of the party's executive was clear."],
    ),
]
Lines = list[str]


def nexis_lines() -> Lines:
    """Nexis Uni with its cover."""
    lines = [
        "User Name: reader", "Date and Time: Friday, January 6, 2023 10:11:00 AM GMT", "Job Number: 123456789",
        "Documents (3)",
    ]  # fmt: skip
    for n, (title, *_) in enumerate(ARTICLES, 1):
        lines += [f"{n}. {title}", "Client/Matter: -None-", "Search Terms: starmer", "Search Type: Natural Language"]
    for title, outlet, (day, _), _, author, text in ARTICLES:
        lines += [title, outlet, day, "Copyright 2022 Example Media All Rights Reserved", "Section: NEWS; Pg. 4"]
        lines += ["Length: 21 words"] + ([f"Byline: {author}"] if author else [])
        lines += ["Highlight: A summary of it.", "Body", *text]
        lines += ["Graphic", "A picture of the speaker", "Classification", "Language: ENGLISH"]
        lines += [
            "Publication-Type: Newspaper",
            "Subject: POLITICS (90%)",
            "Load-Date: February 10, 2026",
            "End of Document",
        ]
    return lines


def lexisnexis_text() -> str:
    """LexisNexis plain text, broken to a width and centred."""
    out = ["", "Download Request: Selected Items: 1-3", "Time Of Request: Friday, March 20, 2026 16:51:31", ""]
    for n, (title, outlet, (day, _), _, author, text) in enumerate(ARTICLES, 1):
        out += [
            f"{n} of 3 DOCUMENTS".center(80),
            "",
            outlet.center(80),
            "",
            day.center(80),
            "Edition 1;".center(80),
            "",
            title,
            "",
        ]
        out += ([f"BYLINE: {author}", ""] if author else []) + ["SECTION: NEWS; Pg. 6", "", "LENGTH: 21 words", ""]
        for paragraph in text:
            words = paragraph.split()
            out += [" ".join(words[i : i + 5]) for i in range(0, len(words), 5)] + [""]
        out += ["LOAD-DATE: February 10, 2026", "", "LANGUAGE: ENGLISH", "", "PUBLICATION-TYPE: Newspaper", ""]
        out += ["Copyright 2022 Example Media".center(80), "All Rights Reserved".center(80), ""]
    return "\n".join(out)


def accession(n: int) -> str:
    return f"EXMPL000020220727ei7r0000{n}"


def factiva_lines() -> Lines:
    lines = []
    for n, (title, outlet, (_, day), _, author, text) in enumerate(ARTICLES):
        lines += ["News", title] + ([f"By {author}"] if author else [])
        lines += ["1,021 words", day, "06:14 PM", outlet, "EXMPL", "English", "(c) 2022 Example Media", *text]
        lines += [f"Document {accession(n)}"]
    return lines


def factiva_html() -> str:
    parts = []
    for n, (title, outlet, (_, day), _, author, text) in enumerate(ARTICLES):
        by = f'<div class="author">{author}</div>' if author else ""
        body = "".join(f'<p class="articleParagraph enarticleParagraph">\n{p}</p>' for p in text)
        parts.append(
            f'<div id="article-{accession(n)}" class="article"><div class="article enArticle"><p>News</p>'
            f'<div id="hd"><span class="enHeadline">{title}</span></div>{by}<div>1,021 words</div><div>{day}</div>'
            f"<div>18:14</div><div>{outlet}</div><div>EXMPL</div><div>English</div><div>(c) 2022 Example</div>{body}"
            f"<p>Document {accession(n)}</p></div></div>"
        )
    return f"<html><body><div id='articleFrame'>{''.join(parts)}</div></body></html>"


def factiva_indexed() -> str:
    parts = []
    for n, (title, outlet, (_, day), _, author, text) in enumerate(ARTICLES):
        rows = {
            "HD": title, "BY": f"By {author}" if author else "", "WC": "21 words", "PD": day, "ET": "18:14", "SN": outlet,
            "SC": "EXMPL", "LA": "English", "CY": "(c) 2022 Example", "LP": text[0], "TD": "".join(f"<p>{p}</p>" for p in text[1:]),
            "IN": "i1 : Something", "AN": f"Document {accession(n)}",
        }  # fmt: skip
        table = "".join(f"<tr><td><b>{c}</b>&nbsp;</td><td>{v}</td></tr>" for c, v in rows.items() if v)
        parts.append(f'<div class="article enArticle"><table>{table}</table></div>')
    return f"<html><body>{''.join(parts)}</body></html>"


def write_rtf(path: Path, lines: Lines) -> None:
    body = "".join(f"{{\\pard {line}\\par}}\n" for line in lines)
    path.write_text("{\\rtf1\\ansi\\ansicpg1252{\\fonttbl{\\f0 Times;}}\\f0\\fs20\n" + body + "}", "latin-1")


def write_docx(path: Path, lines: Lines) -> None:
    docx = pytest.importorskip("docx", reason="needs graphbuild[documents]")
    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    document.save(str(path))


def write_pdf(path: Path, lines: Lines) -> None:
    fpdf = pytest.importorskip("fpdf", reason="needs fpdf2")
    pdf = fpdf.FPDF()
    pdf.add_page()
    pdf.set_font("Helvetica", size=11)
    for n, line in enumerate(lines):
        pdf.multi_cell(75, 5, line, new_x="LMARGIN", new_y="NEXT")
        pdf.ln(4)
        if n % 12 == 11:
            pdf.multi_cell(0, 5, f"Page {n // 12 + 1} of 9", new_x="LMARGIN", new_y="NEXT")
    pdf.output(str(path))


def write_html(path: Path, lines: Lines) -> None:
    path.write_text(
        "<html><body>" + "".join(f"<p><span>{line}</span></p>" for line in lines) + "</body></html>", "utf-8"
    )


FORMATS: dict[str, Callable[[Path], None]] = {
    "nexis.docx": lambda p: write_docx(p, nexis_lines()),
    "nexis.rtf": lambda p: write_rtf(p, nexis_lines()),
    "nexis.pdf": lambda p: write_pdf(p, nexis_lines()),
    "nexis.html": lambda p: write_html(p, nexis_lines()),
    "nexis.txt": lambda p: p.write_text("\n".join(nexis_lines()), "utf-8") and None,
    "lexisnexis.txt": lambda p: p.write_text(lexisnexis_text(), "utf-8") and None,
    "lexisnexis.html": lambda p: write_html(
        p, [" ".join(b.split()) for b in lexisnexis_text().split("\n\n") if b.strip()]
    ),
    "factiva.html": lambda p: p.write_text(factiva_html(), "utf-8") and None,
    "indexed.html": lambda p: p.write_text(factiva_indexed(), "utf-8") and None,
    "factiva.rtf": lambda p: write_rtf(p, factiva_lines()),
    "factiva.docx": lambda p: write_docx(p, factiva_lines()),
}


@pytest.mark.parametrize("name", FORMATS)
def test_every_article_of_an_export_is_found_whole(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    FORMATS[name](path)
    skipped: list[tuple[str, str]] = []
    found = list(read_articles([path], skipped=lambda n, reason: skipped.append((n, reason))))
    assert skipped == []
    assert [a.title for a in found] == [title for title, *_ in ARTICLES]
    assert [a.date for a in found] == [iso for _, _, _, iso, *_ in ARTICLES]
    assert [a.source for a in found] == [outlet for _, outlet, *_ in ARTICLES]
    assert [a.author for a in found] == [author for *_, author, _ in ARTICLES]
    assert [a.text for a in found] == ["\n\n".join(text) for *_, text in ARTICLES]
    assert len({a.id for a in found}) == len(found)
    if name.startswith(("factiva", "indexed")):
        assert [a.id for a in found] == [accession(n) for n in range(len(ARTICLES))]


def test_one_article_a_file_without_a_cover(tmp_path: Path) -> None:
    lines = nexis_lines()
    start, end = lines.index(ARTICLES[1][0], 20), [i for i, x in enumerate(lines) if x == "End of Document"][1]
    write_rtf(tmp_path / "one.rtf", lines[start : end + 1])
    (found,) = read_articles([tmp_path / "one.rtf"])
    assert (found.title, found.source, found.date) == (ARTICLES[1][0], ARTICLES[1][1], ARTICLES[1][3])


def test_a_document_without_text_is_named_and_the_others_are_read(tmp_path: Path) -> None:
    lines = nexis_lines()
    first = lines.index("Body")
    del lines[first : lines.index("End of Document")]
    (tmp_path / "a.txt").write_text("\n".join(lines), "utf-8")
    skipped: list[str] = []
    found: list[Article] = list(read_articles([tmp_path / "a.txt"], skipped=lambda n, reason: skipped.append(n)))
    assert [a.title for a in found] == [title for title, *_ in ARTICLES[1:]]
    assert len(skipped) == 1
    assert skipped[0].endswith("a.txt, document 1")


def test_other_documents_are_one_article(tmp_path: Path) -> None:
    lines = ["Published: 27 July 2022", *ARTICLES[0][5]]
    write_docx(tmp_path / "a.docx", lines)
    write_rtf(tmp_path / "b.rtf", lines)
    write_pdf(tmp_path / "c.pdf", lines)
    for article in read_articles([tmp_path]):
        assert article.text == "\n\n".join(lines)
        assert article.date == "2022-07-27"
        assert article.id in "abc"
