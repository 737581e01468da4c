"""Dates from metadata, address, text and file name in this order; encodings; languages; nothing is made up."""

import json
from pathlib import Path

import pytest
from bad_inputs import GOOD

from graphbuild.model import Article
from graphbuild.read import read_articles
from graphbuild.read.dates import date_in_text, date_in_url, parse_date
from graphbuild.read.language import language_of


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2016-06-26", "2016-06-26"), ("2016-06-26T23:30:00+01:00", "2016-06-26"), ("2016/06/26 10:11", "2016-06-26"),
        ("20160626", "2016-06-26"), ("2016-06", "2016-06"), ("2016", "2016"), ("26 June 2016", "2016-06-26"),
        ("26th of June, 2016", "2016-06-26"), ("June 26, 2016", "2016-06-26"), ("Jun. 26 2016", "2016-06-26"),
        ("Sun, 26 Jun 2016 09:14:00 GMT", "2016-06-26"), ("26-Jun-2016", "2016-06-26"), ("June 2016", "2016-06"),
        ("26/06/2016", "2016-06-26"), ("6/26/2016", "2016-06-26"), ("26.06.2016", "2016-06-26"), ("6/6/2016", "2016-06-06"),
        ("06/07/2016", "2016"), ("1466899200", "2016-06-26"), ("1466899200000", "2016-06-26"),
        ("", ""), ("yesterday", ""), ("2016-13-45", ""), ("30 February 2016", ""), ("12", ""), ("1234-01-01", ""),
    ],
)  # fmt: skip
def test_dates_in_the_usual_forms(text: str, date: str) -> None:
    assert parse_date(text) == date


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("date 2023-11-03 Sign up to our email", "2023-11-03"),
        ("Published: 26 June 2016, 10:31 BST", "2016-06-26"),
        ("A headline\nSunday 26 June 2016 11.04 BST\nText", "2016-06-26"),
        ("LONDON, June 26, 2016 (Example) - The prime minister", "2016-06-26"),
        ("WASHINGTON — 26 June 2016 — The senator", ""),
        ("On 26 June 2016 Hilary Benn was sacked.", ""),
        ("June 26, 2016 was a long day for Jeremy Corbyn.", ""),
        ("LONDON (Example) - He was sacked on 26 June 2016.", ""),
        ("Updated 26 June 2020\nText", ""),
    ],
)
def test_dates_that_a_text_states(text: str, date: str) -> None:
    assert date_in_text(text) == date


@pytest.mark.parametrize(
    ("url", "date"),
    [
        ("https://example.org/politics/2016/jun/26/benn", "2016-06-26"), ("https://example.org/2016/06/26/benn", "2016-06-26"),
        ("https://example.org/benn-2016-06-26.html", "2016-06-26"), ("https://example.org/20160626/benn", "2016-06-26"),
        ("https://example.org/2016/06/benn", "2016-06"), ("https://example.org/benn-36634407", ""),
        ("https://example.org/2016/13/45/benn", ""),
    ],
)  # fmt: skip
def test_dates_in_addresses(url: str, date: str) -> None:
    assert date_in_url(url) == date


def one(tmp_path: Path, name: str, row: dict[str, str]) -> Article:
    (tmp_path / name).write_text(json.dumps(row), "utf-8")
    (article,) = read_articles([tmp_path / name])
    return article


def test_the_order_in_which_dates_are_looked_for(tmp_path: Path) -> None:
    row = {"text": f"Published 2022-07-28\n{GOOD}", "url": "https://example.org/2022/07/27/tarry", "date": "2022-07-26"}
    assert one(tmp_path, "a.jsonl", row).date == "2022-07-26"
    del row["date"]
    assert one(tmp_path, "b.jsonl", row).date == "2022-07-27"
    del row["url"]
    assert one(tmp_path, "c.jsonl", row).date == "2022-07-28"
    path = tmp_path / "2022-07-29.txt"
    path.write_text(row["text"], "utf-8")
    assert next(read_articles([path])).date == "2022-07-28"
    path.write_text(GOOD, "utf-8")
    assert next(read_articles([path])).date == "2022-07-29"
    row["text"] = GOOD
    assert one(tmp_path, "d.jsonl", row).date == ""


def test_a_page_without_a_date_has_none(tmp_path: Path) -> None:
    pytest.importorskip("trafilatura", reason="needs graphbuild[html]")
    body = "".join(f"<p>{p}</p>" for p in (GOOD, GOOD.replace("Wednesday", "that day"), "Copyright 2019 Northern Post"))
    (tmp_path / "a.html").write_text(f"<html><body><article>{body}</article></body></html>", "utf-8")
    assert next(read_articles([tmp_path / "a.html"])).date == ""


FRENCH = (
    "Le premier ministre a annoncé lundi qu'il ne quitterait pas son poste malgré les critiques de l'opposition et de "
    "plusieurs de ses propres ministres."
)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (GOOD, "en"),
        (FRENCH, "fr"),
        (
            "La primera ministra dijo el lunes que no dimitirá pese a las críticas de la oposición en el parlamento.",
            "es",
        ),
        ("Der Kanzler hat am Montag erklärt, dass die Regierung das Gesetz nicht zurückziehen werde.", "de"),
        ("Премьер-министр объявил в понедельник, что уходит в отставку.", "ru"),
        ("رئيس الوزراء يعلن استقالته يوم الاثنين بعد خسارة الانتخابات", "ar"),
        ("Resigned", ""),
        ("", ""),
        ("1. 2. 3.", ""),
    ],
)
def test_languages(text: str, code: str) -> None:
    assert language_of(text) == code


def test_articles_in_other_languages_are_named_and_skipped(tmp_path: Path) -> None:
    lines = [{"id": "en", "text": GOOD}, {"id": "fr", "text": FRENCH, "language": "en"}]
    (tmp_path / "a.jsonl").write_text("\n".join(map(json.dumps, lines)), "utf-8")
    skipped: dict[str, str] = {}
    assert [a.id for a in read_articles([tmp_path], skipped=skipped.__setitem__)] == ["en"]
    (name,) = skipped
    assert name.endswith("a.jsonl, article fr")
    assert "'fr'" in skipped[name]


def test_given_data_keeps_its_text_to_the_character(tmp_path: Path) -> None:
    text = "  A\r\nline\u2028with “quotes”\u200b, a\u00ad hyphen,\ttabs\u0007 and a \U0001f600.\r\n\r\n" + GOOD
    article = one(tmp_path, "a.jsonl", {"text": text})
    assert len(article.text) == len(text)
    assert article.text == text.replace("\u0007", " ")
