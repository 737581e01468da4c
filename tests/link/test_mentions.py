"""Who the names, posts and pronouns of short articles denote, on the real model."""

from collections.abc import Callable

import pytest

from graphbuild.link import link_article
from graphbuild.link.gazetteer import load_gazetteer
from graphbuild.model import Article
from graphbuild.parse import load_model, parse_articles

Link = Callable[..., list[tuple[str, str | None]]]


@pytest.fixture(scope="module")
def linked() -> Link:
    """(surface, name of its entity) of the mentions of a text, by place."""
    gazetteer, nlp = load_gazetteer(), load_model()

    def run(text: str, date: str = "2019-06-12") -> list[tuple[str, str | None]]:
        article = Article(id="a", text=text, date=date)
        ((_, doc),) = parse_articles(nlp, [article])
        return [(m.text, m.entity.name if m.entity else None) for m in link_article(doc, article, gazetteer)]

    return run


# (text, date, surface as the article has it, who it is)
NAMES = [
    ("Sir Keir Starmer spoke. Starmer was cheered by Labour MPs.", "2024-01-10", "Starmer", "Keir Starmer"),
    ("Sir Keir Starmer spoke. Sir Keir then left.", "2024-01-10", "Keir", "Keir Starmer"),
    ("Gloria De Piero resigned. De Piero had been a minister.", "2016-06-27", "De Piero", "Gloria De Piero"),
    ("Ursula von der Leyen spoke in Brussels.", "2021-02-10", "Ursula von der Leyen", "Ursula von der Leyen"),
    ("Michelle O'Neill met Mary Lou McDonald.", "2021-02-10", "Michelle O'Neill", "Michelle O'Neill"),
    ("Sinn Féin criticised the DUP.", "2021-02-10", "Sinn Féin", "Sinn Féin"),
    ("The move was criticised by Sinn Fein.", "2021-02-10", "Sinn Fein", "Sinn Féin"),
    ("Liam Fox resigned. Dr Fox apologised to MPs.", "2011-10-14", "Fox", "Liam Fox"),
    ("Ed Balls spoke. Mr Balls attacked the plan.", "2013-10-14", "Balls", "Ed Balls"),
    ("Yvette Cooper spoke. Ms Cooper attacked the plan.", "2013-10-14", "Cooper", "Yvette Cooper"),
    ("Hilary Benn was sacked by Jeremy Corbyn. Benn had led the revolt.", "2016-06-26", "Benn", "Hilary Benn"),
    ("Stephen Kinnock spoke before his father Neil Kinnock did.", "2016-06-26", "Neil Kinnock", "Neil Kinnock"),
    ("Stephen Kinnock spoke before his father Neil Kinnock did.", "2016-06-26", "Stephen Kinnock", "Stephen Kinnock"),
    ("Bill Clinton and Hillary Clinton campaigned. Mrs Clinton lost.", "2016-11-12", "Clinton", "Hillary Clinton"),
    ("Bill Clinton and Hillary Clinton campaigned. Mr Clinton wept.", "2016-11-12", "Clinton", "Bill Clinton"),
    ("Angela Eagle and Angela Rayner voted. Rayner won.", "2020-04-04", "Rayner", "Angela Rayner"),
    ("Angela Eagle and Angela Rayner voted. Eagle lost.", "2020-04-04", "Eagle", "Angela Eagle"),
    (
        "Jody Wilson-Raybould resigned. Wilson-Raybould said no.",
        "2019-03-04",
        "Wilson-Raybould",
        "Jody Wilson-Raybould",
    ),
    ("“They asked [Robert] Mueller,” said Robert Mueller.", "2019-03-24", "Robert] Mueller", "Robert Mueller"),
    ("Alexandria Ocasio-Cortez spoke.", "2019-03-24", "Alexandria Ocasio-Cortez", "Alexandria Ocasio-Cortez"),
    ("Theresa May resigned. In May, Mrs May had lost a vote.", "2019-06-12", "Theresa May", "Theresa May"),
    ("Jack Straw spoke. Mr Straw criticised the plan.", "2005-06-12", "Straw", "Jack Straw"),
    ("Gordon Brown spoke. Brown denied the claim.", "2009-06-12", "Brown", "Gordon Brown"),
    ("Dan Coats resigned. Coats had led the agency.", "2019-07-29", "Coats", "Dan Coats"),
]


# A seat or a past office that only the gazetteer knows, of somebody whom the article names.
OFFICES = [
    (
        "Bernie Sanders spoke in Iowa. The Vermont senator attacked the plan.",
        "2016-01-10",
        "Vermont senator",
        "Bernie Sanders",
    ),
    ("Ted Cruz and John McCain met. The Texas senator left early.", "2016-01-10", "Texas senator", "Ted Cruz"),
    (
        "Lindsey Graham and Rand Paul met. The South Carolina Republican left.",
        "2016-01-10",
        "South Carolina Republican",
        "Lindsey Graham",
    ),
    (
        "Hillary Clinton spoke. The former secretary of state was cheered.",
        "2016-05-10",
        "former secretary",
        "Hillary Clinton",
    ),
    (
        "Bill Clinton campaigned for his wife. The former president was booed.",
        "2016-05-10",
        "former president",
        "Bill Clinton",
    ),
    ("Bernie Sanders spoke in Iowa. The Texas senator attacked the plan.", "2016-01-10", "Texas senator", None),
]


@pytest.mark.parametrize(("text", "date", "phrase", "expected"), OFFICES)
def test_offices_denote_who_is_named(linked: Link, text: str, date: str, phrase: str, expected: str | None) -> None:
    found = [name for surface, name in linked(text, date) if surface.endswith(phrase)]
    assert expected in found if expected else not any(found)


@pytest.mark.parametrize(("text", "date", "surface", "expected"), NAMES)
def test_a_name_leads_to_its_bearer(linked: Link, text: str, date: str, surface: str, expected: str) -> None:
    assert (surface, expected) in linked(text, date)


@pytest.mark.parametrize(
    ("text", "date", "surface", "expected"),
    [
        ("Sen. Bernie Sanders spoke in Iowa.\n\nVoters cheered the Vermont senator.", "2020-01-10", "the Vermont senator", "Bernie Sanders"),
        ("Scottish Labour leader Anas Sarwar spoke.\n\nThe Scottish Labour leader was cheered.", "2026-02-10", "The Scottish Labour leader", "Anas Sarwar"),
        ("Rep. Tulsi Gabbard left the race. She was backing former Vice President Joe Biden, the Hawaii congresswoman announced.", "2020-03-19", "the Hawaii congresswoman", "Tulsi Gabbard"),
        ("Tony Blair spoke to Labour MPs. The prime minister was cheered.", "2004-05-01", "The prime minister", "Tony Blair"),
    ],
)  # fmt: skip
def test_a_post_leads_to_its_holder(linked: Link, text: str, date: str, surface: str, expected: str) -> None:
    assert (surface, expected) in linked(text, date)


def test_two_who_fit_as_well_are_none(linked: Link) -> None:
    found = linked("Sen. Bernie Sanders met Sen. Marco Rubio.\n\nReporters asked the Ohio senator.", "2016-03-01")
    assert ("the Ohio senator", None) in found


def test_a_congresswoman_is_no_man(linked: Link) -> None:
    found = linked(
        "Congressman John Lewis spoke in Atlanta.\n\nReporters asked the Georgia congresswoman.", "2016-03-01"
    )
    assert ("the Georgia congresswoman", "John Lewis") not in found
    assert "the Georgia congresswoman" in dict(found)


def test_the_subject_of_a_saying_is_no_apposition(linked: Link) -> None:
    found = linked(
        "She was throwing her support behind former Vice President Joe Biden, the Hawaii congresswoman announced on Thursday.",
        "2020-03-19",
    )
    assert ("the Hawaii congresswoman", "Joe Biden") not in found


@pytest.mark.parametrize(("pronoun", "expected"), [("She", "Angela Rayner"), ("He", "Keir Starmer")])
def test_a_pronoun_leads_to_the_person_it_fits(linked: Link, pronoun: str, expected: str) -> None:
    assert (pronoun, expected) in linked(f"Angela Rayner met Keir Starmer. {pronoun} left early.", "2023-01-10")


def test_a_speaker_is_i_in_his_words(linked: Link) -> None:
    assert ("I", "Anas Sarwar") in linked('"I am not willing to go on," Anas Sarwar said.', "2026-02-10")
