"""Event dates: which time expression dates an event, and what it resolves to."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language

from graphbuild.extract.article.dates import event_date, resolve
from graphbuild.model import Article
from graphbuild.parse import load_model, parse_articles

PUBLISHED = "2016-06-28"  # a Tuesday
DAYS = st.dates(min_value=date(1990, 1, 1), max_value=date(2035, 12, 31))
WEEKDAYS = ("Mon", "Tues", "Wednes", "Thurs", "Fri", "Satur", "Sun")


@pytest.fixture(scope="module")
def nlp() -> Language:
    return load_model()


def dated(nlp: Language, text: str, trigger: str, published: str = PUBLISHED, said: bool = False) -> str:
    article = Article(id="a", text=text, date=published)
    [(_, doc)] = parse_articles(nlp, [article])
    token = next(t for t in doc if t.text == trigger)
    return event_date(token, article, said)


@pytest.mark.parametrize(
    ("text", "trigger", "expected"),
    [
        ("Hilary Benn was sacked on Sunday.", "sacked", "2016-06-26"),
        ("Hilary Benn was sacked on Tuesday.", "sacked", "2016-06-28"),
        ("Yesterday Heidi Alexander resigned.", "resigned", "2016-06-27"),
        ("Heidi Alexander resigned last night.", "resigned", "2016-06-27"),
        ("Heidi Alexander resigned this morning.", "resigned", "2016-06-28"),
        ("Labour MPs will vote on a motion of no confidence on Thursday.", "vote", "2016-06-30"),
        ("Jeremy Corbyn was elected leader last September.", "elected", "2015-09"),
        ("Mr Corbyn met union leaders on 25 May.", "met", "2016-05-25"),
        ("Mr Corbyn met union leaders on May 25, 2014.", "met", "2014-05-25"),
        ("The minister resigned on Nov. 21 after a row.", "resigned", "2015-11-21"),
        ("She joined the party in 2004.", "joined", "2004"),
        ("The minister was dismissed in March 2009.", "dismissed", "2009-03"),
        ("He defected to UKIP two years ago.", "defected", "2014"),
        ("He defected to UKIP three days ago.", "defected", "2016-06-25"),
        ("She left the party last year.", "left", "2015"),
        ("She left the party last month.", "left", "2016-05"),
        ("The resignation on April 29 of the home secretary threatens the government.", "resignation", "2016-04-29"),
        ("On Monday he wrote to her, urging her to quit.", "urging", "2016-06-27"),
        ("The union called on Mr Corbyn to resign on Monday.", "called", "2016-06-27"),
        ("He is resigning from the cabinet, Mr Corbyn announced on Monday.", "resigning", "2016-06-27"),
        ("Mr Corbyn defeated her in the 2015 election.", "defeated", "2015"),
    ],
)
def test_the_text_fixes_the_date(nlp: Language, text: str, trigger: str, expected: str) -> None:
    assert dated(nlp, text, trigger) == expected


@pytest.mark.parametrize(
    ("text", "trigger"),
    [
        ("Heidi Alexander resigned.", "resigned"),
        ("Mr Watson, who was elected in 2001, criticised the leader.", "criticised"),
        ("Mr Watson resigned after MPs voted against him on Monday.", "resigned"),
        ("The leader said on Monday that Mr Watson had resigned.", "resigned"),
        ("The committee urged him to publish the report by Friday.", "urged"),
        ("She may resign.", "resign"),
        ("Ministers resigned some months ago.", "resigned"),
    ],
)
def test_the_date_of_another_event_is_not_taken(nlp: Language, text: str, trigger: str) -> None:
    assert dated(nlp, text, trigger) == ""


def test_without_a_publication_date_only_absolute_dates_are_resolved(nlp: Language) -> None:
    assert dated(nlp, "Hilary Benn was sacked on Sunday.", "sacked", published="") == ""
    assert dated(nlp, "Hilary Benn was sacked on 26 June 2016.", "sacked", published="") == "2016-06-26"
    assert dated(nlp, "Hilary Benn was sacked in 2016.", "sacked", published="not a date") == "2016"


def test_an_act_of_speech_takes_the_time_of_saying(nlp: Language) -> None:
    text = "Mr Corbyn must go, the former minister said on Monday."
    assert dated(nlp, text, "go") == ""
    assert dated(nlp, text, "go", said=True) == "2016-06-27"


@given(DAYS, st.sampled_from(WEEKDAYS))
def test_a_past_weekday_is_the_latest_one_not_after_publication(published: date, weekday: str) -> None:
    found = date.fromisoformat(resolve("weekday", {"weekday": weekday}, published))
    assert published - timedelta(days=6) <= found <= published
    assert found.strftime("%A") == weekday + "day"


@given(DAYS, st.sampled_from(WEEKDAYS))
def test_a_future_weekday_is_the_next_one_not_before_publication(published: date, weekday: str) -> None:
    found = date.fromisoformat(resolve("weekday", {"weekday": weekday}, published, ahead=True))
    assert published <= found <= published + timedelta(days=6)
    assert found.strftime("%A") == weekday + "day"


@given(DAYS, st.integers(1, 28), st.sampled_from(["January", "Feb.", "June", "Sept.", "December"]), st.booleans())
def test_a_day_without_a_year_lies_within_a_year_of_publication(
    published: date, day: int, month: str, ahead: bool
) -> None:
    found = date.fromisoformat(resolve("day", {"month": month, "day": str(day)}, published, ahead))
    assert abs((found - published).days) <= 366
    assert found >= published if ahead else found <= published


@given(DAYS, st.sampled_from(["last", "this", "next"]), st.sampled_from(["week", "weekend", "month", "year"]))
def test_edges_are_months_or_years_near_publication(published: date, edge: str, unit: str) -> None:
    found = resolve("edge", {"edge": edge, "unit": unit}, published)
    assert len(found) == {"year": 4, "month": 7}.get(unit, len(found))
    assert found == "" or abs(int(found[:4]) - published.year) <= 1


@given(st.integers(1800, 2099), st.integers(1, 12), st.integers(1, 31))
def test_impossible_days_have_no_date(year: int, month: int, day: int) -> None:
    parts = {"year": str(year), "mm": f"{month:02d}", "dd": f"{day:02d}"}
    found = resolve("iso", parts, None)
    assert found in ("", f"{year:04d}-{month:02d}-{day:02d}")
    if found:
        assert date.fromisoformat(found).day == day
