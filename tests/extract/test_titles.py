"""Background facts: who holds which post and who belongs to which party."""

import types
from pathlib import Path
from typing import Any

import pytest
import spacy
import yaml
from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc

from graphbuild.errors import OntologyError
from graphbuild.extract.posts.roles_text import post_entity, role_words
from graphbuild.extract.posts.titles import titles
from graphbuild.model import ORGANISATION, PERSON, Article, Entity, Mention, Statement
from graphbuild.parse import load_model, parse_articles
from graphbuild.vocab import mint_id

ROLES = Path(__file__).parents[2] / "ontologies" / "english" / "roles.yaml"
PARTIES = {
    "Labour": "Labour Party",
    "Tory": "Conservative Party",
    "Tories": "Conservative Party",
    "Conservative": "Conservative Party",
    "Liberal Party": "Liberal Party",
    "Lib Dems": "Liberal Democrats",
    "Liberal Democrat": "Liberal Democrats",
    "UKIP": "UK Independence Party",
    "Veritas": "Veritas",
    "Republican": "Republican Party",
    "Republicans": "Republican Party",
    "GOP": "Republican Party",
    "Democrats": "Democratic Party",
    "Democrat": "Democratic Party",
    "Democratic": "Democratic Party",
}


@pytest.fixture(scope="module")
def ontology() -> Any:
    return types.SimpleNamespace(
        wording=types.SimpleNamespace(data={"roles": yaml.safe_load(ROLES.read_text("utf-8"))})
    )


@pytest.fixture(scope="module")
def nlp() -> Language:
    return load_model()


def mention(doc: Doc, first: int, last: int, entity: Entity, kind: str = "name") -> Mention:
    starts = doc.user_data["starts"]
    span = doc[first : last + 1]
    return Mention(
        starts[first], starts[last] + len(doc[last]), span.text, entity.type, kind, first, last, span.root.i, entity
    )


def find(doc: Doc, text: str, entity: Entity, kind: str = "name") -> list[Mention]:
    found = []
    start = doc.text.find(text)
    while start >= 0:
        span = doc.char_span(start, start + len(text))
        if span is not None:
            found.append(mention(doc, span.start, span.end - 1, entity, kind))
        start = doc.text.find(text, start + 1)
    return found


def mentions_of(doc: Doc, people: dict[str, str], nominals: dict[str, str]) -> list[Mention]:
    """Names, parties and nominals by their words; ``people`` and ``nominals`` map words to full names."""
    found: list[Mention] = []
    taken: set[int] = set()
    forms = [(form, Entity(mint_id(PERSON, name), name, PERSON), "name") for form, name in people.items()]
    forms += [(form, Entity(mint_id(ORGANISATION, name), name, ORGANISATION), "name") for form, name in PARTIES.items()]
    for form, entity, kind in sorted(forms, key=lambda f: -len(f[0])):
        for m in find(doc, form, entity, kind):
            if not taken & set(range(m.first, m.last + 1)):
                taken |= set(range(m.first, m.last + 1))
                found.append(m)
    for form, name in nominals.items():
        found += find(
            doc, form, Entity(mint_id(PERSON, name), name, PERSON), "pronoun" if form.lower() == "he" else "nominal"
        )
    return sorted(found, key=lambda m: (m.first, -m.last))


def told(
    nlp: Language,
    ontology: Any,
    text: str,
    people: dict[str, str] | None = None,
    nominals: dict[str, str] | None = None,
) -> set[tuple[str, str, str]]:
    article = Article(id="a", text=text, date="2016-06-28")
    [(_, doc)] = parse_articles(nlp, [article])
    named = people if people is not None else {name: name for name in NAMES if name in text}
    found: list[Statement] = list(titles(doc, article, mentions_of(doc, named, nominals or {}), ontology))
    for s in found:
        assert article.text[s.evidence.start : s.evidence.end] == s.evidence.text
        assert 0 < s.evidence.confidence <= 1
    return {(s.subject.name, s.relation, s.object.name) for s in found if s.object}


NAMES = (
    "Michael Howard", "Jonathan Sayeed", "Andy Slaughter", "Petrina Holdsworth", "Liam Fox", "Charles Clarke",
    "Adam Schiff", "Richard Shelby", "Asjad Mahmood", "Andy McDonald", "Sobia Malik", "Paul Boateng",
    "Morgan McSweeney", "Tim Allan", "Ken Livingstone", "Ralph Norman", "Archie Parnell", "Angela Rayner",
    "Tom Watson", "Jo Stevens", "Vince Cable", "Ed Davey", "Dan Coats", "Jacob Rees-Mogg", "Kelly Ayotte",
    "John McCain", "Lindsey Graham", "Chuck Hagel", "Jack Straw", "Diane Abbott", "Clive Lewis", "Andrew Tyrie",
    "Dominic Raab", "Liz Truss", "Suella Braverman", "Justin Trudeau", "Nicola Sturgeon", "Rishi Sunak",
    "Tony Blair", "Gordon Brown", "Theresa May", "Boris Johnson", "Roy Moore", "Jeff Zucker", "Simon Schama",
    "Joe Biden", "Keir Starmer", "Chris Smith", "Will Wragg", "Kamala Harris", "Hillary Clinton", "Barack Obama",
    "Robert Jackson", "Jeremy Corbyn", "Sadiq Khan", "Robert Mueller", "Benjamin Netanyahu",
    "Ted Cruz", "Marco Rubio", "Susan Collins", "Mark Kirk", "Harry Reid", "Mitt Romney", "Tim Kaine", "John Kerry", "Donald Trump",
)  # fmt: skip

H, M = "holds_role", "member_of"
REP, DEM = "Republican Party", "Democratic Party"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Tory leader Michael Howard spoke.", {("Michael Howard", H, "leader of the Conservative Party")}),
        ("Labour MP Clive Lewis spoke.", {("Clive Lewis", H, "MP"), ("Clive Lewis", M, "Labour Party")}),
        ("Shadow justice minister Andy Slaughter left.", {("Andy Slaughter", H, "shadow justice minister")}),
        (
            "UKIP chairman Petrina Holdsworth spoke.",
            {("Petrina Holdsworth", H, "chairman of the UK Independence Party")},
        ),
        ("Tory co-chairman Liam Fox spoke.", {("Liam Fox", H, "co-chairman of the Conservative Party")}),
        ("Home Secretary Charles Clarke spoke.", {("Charles Clarke", H, "home secretary")}),
        ("He met former Culture Secretary Chris Smith.", {("Chris Smith", H, "culture secretary")}),
        ("Burnley Council leader Asjad Mahmood spoke.", {("Asjad Mahmood", H, "leader of Burnley Council")}),
        (
            "House Intelligence Committee Chairman Adam Schiff spoke.",
            {("Adam Schiff", H, "chairman of the House Intelligence Committee")},
        ),
        ("London mayor Sadiq Khan spoke.", {("Sadiq Khan", H, "mayor of London")}),
        ("Israeli Prime Minister Benjamin Netanyahu spoke.", {("Benjamin Netanyahu", H, "prime minister of Israel")}),
        ("Work and pensions secretary Liz Truss spoke.", {("Liz Truss", H, "work and pensions secretary")}),
        (
            "It was said by Director of National Intelligence Dan Coats.",
            {("Dan Coats", H, "director of National Intelligence")},
        ),
        ("Special counsel Robert Mueller reported.", {("Robert Mueller", H, "special counsel")}),
        (
            "Labour MPs Diane Abbott and Clive Lewis spoke.",
            {(n, r, o) for n in ("Diane Abbott", "Clive Lewis") for r, o in ((H, "MP"), (M, "Labour Party"))},
        ),
        (
            "Republican Senators John McCain, Lindsey Graham and Kelly Ayotte spoke.",
            {
                (n, r, o)
                for n in ("John McCain", "Lindsey Graham", "Kelly Ayotte")
                for r, o in ((H, "senator"), (M, "Republican Party"))
            },
        ),
        (
            "Rep. Adam Schiff (D-Calif.) spoke.",
            {("Adam Schiff", H, "representative for California"), ("Adam Schiff", M, "Democratic Party")},
        ),
        (
            "Sen. Richard Shelby, R-Ala., spoke.",
            {("Richard Shelby", H, "senator for Alabama"), ("Richard Shelby", M, "Republican Party")},
        ),
        (
            "Former foreign secretary and Labour MP Jack Straw spoke.",
            {("Jack Straw", H, "foreign secretary"), ("Jack Straw", H, "MP"), ("Jack Straw", M, "Labour Party")},
        ),
        (
            "Sen. Lindsey Graham, a South Carolina Republican, spoke.",
            {("Lindsey Graham", H, "senator for South Carolina"), ("Lindsey Graham", M, REP)},
        ),
        ("Veritas president Liz Truss spoke.", {("Liz Truss", H, "president of Veritas")}),
        ("Republican President Liz Truss spoke.", {("Liz Truss", H, "president"), ("Liz Truss", M, REP)}),
        ("Opposition leader Ed Davey spoke.", {("Ed Davey", H, "leader of the opposition")}),
        ("WASHINGTON U.S. President Joe Biden spoke.", {("Joe Biden", H, "president")}),
        ("Former New York Mayor Ed Davey spoke.", {("Ed Davey", H, "mayor of New York")}),
        ("Commons leader Jack Straw spoke.", {("Jack Straw", H, "leader of the House of Commons")}),
    ],
)
def test_titles_before_names(nlp: Language, ontology: Any, text: str, expected: set[tuple[str, str, str]]) -> None:
    assert told(nlp, ontology, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Andy McDonald, the MP for Middlesbrough, spoke.", {("Andy McDonald", H, "MP for Middlesbrough")}),
        (
            "Sobia Malik, a Lancashire County councillor, resigned.",
            {("Sobia Malik", H, "councillor for Lancashire County")},
        ),
        (
            "Paul Boateng, chief secretary to the Treasury, spoke.",
            {("Paul Boateng", H, "chief secretary to the Treasury")},
        ),
        ("Robert Jackson, 58, MP for Wantage in Oxfordshire, spoke.", {("Robert Jackson", H, "MP for Wantage")}),
        (
            "It came after Starmer's chief of staff, Morgan McSweeney, quit.",
            {("Morgan McSweeney", H, "chief of staff to Keir Starmer")},
        ),
        (
            "Starmer's chief of staff, Morgan McSweeney, and director of communications, Tim Allan, resigned.",
            {
                ("Morgan McSweeney", H, "chief of staff to Keir Starmer"),
                ("Tim Allan", H, "director of communications to Keir Starmer"),
            },
        ),
        (
            "They wrote to leader of Pendle Borough Council Asjad Mahmood.",
            {("Asjad Mahmood", H, "leader of Pendle Borough Council")},
        ),
        (
            "Chairman of the European Research Group (ERG) Jacob Rees-Mogg spoke.",
            {("Jacob Rees-Mogg", H, "chairman of the European Research Group")},
        ),
        ("Labour's deputy leader Angela Rayner spoke.", {("Angela Rayner", H, "deputy leader of the Labour Party")}),
        (
            "Labour said no. The party's deputy leader, Tom Watson, spoke.",
            {("Tom Watson", H, "deputy leader of the Labour Party")},
        ),
        ("Liberal Democrat leader Sir Ed Davey spoke.", {("Ed Davey", H, "leader of the Liberal Democrats")}),
        ("Ed Davey, the member for Maribyrnong, spoke.", {("Ed Davey", H, "MP for Maribyrnong")}),
        ("Ed Davey was one of the Tory MPs.", {("Ed Davey", H, "MP"), ("Ed Davey", M, "Conservative Party")}),
        (
            "Diane Abbott and Clive Lewis, both Labour MPs, spoke.",
            {(n, r, o) for n in ("Diane Abbott", "Clive Lewis") for r, o in ((H, "MP"), (M, "Labour Party"))},
        ),
        ("It was so during the premiership of Tony Blair.", {("Tony Blair", H, "prime minister")}),
        ("Andrew Tyrie MP spoke.", {("Andrew Tyrie", H, "MP")}),
        (
            "Will Wragg, the chair of the public administration select committee, spoke.",
            {("Will Wragg", H, "chair of the public administration select committee")},
        ),
        ("Scotland's First Minister Nicola Sturgeon spoke.", {("Nicola Sturgeon", H, "first minister of Scotland")}),
    ],
)
def test_appositions(nlp: Language, ontology: Any, text: str, expected: set[tuple[str, str, str]]) -> None:
    people = {name: name for name in NAMES if name in text} | {"Starmer": "Keir Starmer"}
    assert told(nlp, ontology, text, people) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Dominic Raab was sacked as justice secretary.", {("Dominic Raab", H, "justice secretary")}),
        ("Boris Johnson wanted to replace Liz Truss as prime minister.", {("Liz Truss", H, "prime minister")}),
        (
            "He was criticised for reinstating Suella Braverman as home secretary.",
            {("Suella Braverman", H, "home secretary")},
        ),
        ("Theresa May served as home secretary for six years.", {("Theresa May", H, "home secretary")}),
        ("Jeremy Corbyn has vowed to stay on as Labour leader.", {("Jeremy Corbyn", H, "leader of the Labour Party")}),
        ("Gordon Brown is the chancellor.", {("Gordon Brown", H, "chancellor")}),
        ("Gordon Brown became prime minister in 2007.", {("Gordon Brown", H, "prime minister")}),
        ("Theresa May has no interest in being prime minister.", set()),
        ("They demanded that Theresa May become prime minister.", set()),
        ("Theresa May wants to be prime minister.", set()),
        ("Theresa May would be prime minister.", set()),
        ("Theresa May is not the prime minister.", set()),
        ("Theresa May could be appointed as home secretary.", set()),
    ],
)
def test_predicates(nlp: Language, ontology: Any, text: str, expected: set[tuple[str, str, str]]) -> None:
    assert told(nlp, ontology, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Republican Ralph Norman beat Democrat Archie Parnell.", {("Ralph Norman", REP), ("Archie Parnell", DEM)}),
        ("Labour's Ken Livingstone spoke.", {("Ken Livingstone", "Labour Party")}),
        ("Veteran Tory Michael Howard spoke.", {("Michael Howard", "Conservative Party")}),
        ("For the Lib Dems, Vince Cable said no.", {("Vince Cable", "Liberal Democrats")}),
        (
            "Parcels went to prominent Democrats, including former President Barack Obama and Hillary Clinton.",
            {("Barack Obama", DEM), ("Hillary Clinton", DEM)},
        ),
        (
            "Senior Labour figures Angela Rayner, Tom Watson and Diane Abbott spoke.",
            {(n, "Labour Party") for n in ("Angela Rayner", "Tom Watson", "Diane Abbott")},
        ),
        ("Theresa May, a Conservative stalwart, spoke.", {("Theresa May", "Conservative Party")}),
        ("Chuck Hagel, a Republican, spoke.", {("Chuck Hagel", "Republican Party")}),
        ("MPs were expelled from Justin Trudeau's Liberal Party.", {("Justin Trudeau", "Liberal Party")}),
        (
            "A Conservative MP has defected. Robert Jackson, 58, MP for Wantage, spoke.",
            {("Robert Jackson", "Conservative Party")},
        ),
        (
            "Two Labour council leaders quit. Pendle Council leader Asjad Mahmood met Hyde Council leader Tom Watson.",
            {("Asjad Mahmood", "Labour Party"), ("Tom Watson", "Labour Party")},
        ),
        ("Two Labour MPs quit. Tom Watson MP, Ed Davey MP and Roy Moore MP spoke.", set()),
        ("Labour criticised Theresa May.", set()),
        ("He met ex-UKIP MEP Roy Moore.", set()),
    ],
)
def test_memberships(nlp: Language, ontology: Any, text: str, expected: set[tuple[str, str]]) -> None:
    assert {(s, o) for s, r, o in told(nlp, ontology, text) if r == M} == expected


@pytest.mark.parametrize(
    "text",
    [
        "CNN President Jeff Zucker spoke.",
        "Delaware State University President Simon Schama spoke.",
        "The glamorous boss of the shoe shop, Simon Schama, spoke.",
        "Ed Davey, the chairman of the committee, spoke.",
        "The historian Simon Schama spoke.",
        "Spokesman Simon Schama declined to comment.",
        "Joe Biden has won, the Hawaii congresswoman announced.",
        "The chairman of the football club, Simon Schama, spoke.",
        "Labour MPs met Theresa May.",
        "MailOnline has contacted the council, Joe Biden said.",
        "Theresa May, the Scottish Parliament and Labour MPs disagree.",
    ],
)
def test_what_tells_no_post(nlp: Language, ontology: Any, text: str) -> None:
    assert told(nlp, ontology, text) == set()


def test_a_noun_phrase_completes_the_only_such_post(nlp: Language, ontology: Any) -> None:
    one = "Sen. Ed Davey spoke. The Queensland senator left."
    assert told(nlp, ontology, one) == {("Ed Davey", H, "senator for Queensland")}
    two = "Sen. Ed Davey met Sen. Tom Watson. The Queensland senator left."
    assert told(nlp, ontology, two) == {("Ed Davey", H, "senator"), ("Tom Watson", H, "senator")}


def test_a_noun_phrase_does_not_promote_a_shadow(nlp: Language, ontology: Any) -> None:
    text = "Shadow foreign secretary Tom Watson spoke. The foreign secretary left."
    nominals = {"The foreign secretary": "Tom Watson"}
    assert told(nlp, ontology, text, nominals=nominals) == {("Tom Watson", H, "shadow foreign secretary")}


def test_nominals_add_a_post_of_the_person_they_denote(nlp: Language, ontology: Any) -> None:
    text = "Keir Starmer spoke. The Labour leader left, and the Nottingham East MP met the California Democrat."
    nominals = {
        "The Labour leader": "Keir Starmer",
        "the Nottingham East MP": "Diane Abbott",
        "the California Democrat": "Adam Schiff",
    }
    assert told(nlp, ontology, text, nominals=nominals) == {
        ("Keir Starmer", H, "leader of the Labour Party"),
        ("Diane Abbott", H, "MP for Nottingham East"),
        ("Adam Schiff", M, "Democratic Party"),
    }


def test_a_post_is_told_once_in_its_fullest_form(nlp: Language, ontology: Any) -> None:
    text = "Labour MP Andy McDonald spoke. Andy McDonald, the MP for Middlesbrough, left."
    assert told(nlp, ontology, text) == {
        ("Andy McDonald", H, "MP for Middlesbrough"),
        ("Andy McDonald", M, "Labour Party"),
    }


def test_a_predecessor_held_the_same_post(nlp: Language, ontology: Any) -> None:
    assert told(nlp, ontology, "UKIP leader Ed Davey accused his predecessor Roy Moore of smears.") == {
        ("Ed Davey", H, "leader of the UK Independence Party"),
        ("Roy Moore", H, "leader of the UK Independence Party"),
    }


def test_a_seat_that_was_represented(nlp: Language, ontology: Any) -> None:
    text = "Tory MP Jonathan Sayeed is to stand down. Jonathan Sayeed represented Bristol East from 1983 to 1992."
    assert ("Jonathan Sayeed", H, "MP for Bristol East") in told(nlp, ontology, text)


def test_candidates_stand_for_what_the_words_say(nlp: Language, ontology: Any) -> None:
    text = "Democratic presidential candidate Hillary Clinton spoke. Joe Biden, Tory candidate for Slough, left."
    assert told(nlp, ontology, text) == {
        ("Hillary Clinton", M, "Democratic Party"),
        ("Joe Biden", "stands_for", "Slough"),
        ("Joe Biden", M, "Conservative Party"),
    }


def hand_built(words: list[str], pos: list[str], tags: list[str]) -> Doc:
    """A Doc without a parse, one sentence: grammar that titles must not need."""
    doc = Doc(
        spacy.blank("en").vocab,
        words=words,
        pos=pos,
        tags=tags,
        heads=[0] * len(words),
        deps=["ROOT"] + ["dep"] * (len(words) - 1),
    )
    doc.user_data["starts"] = [t.idx for t in doc]
    doc.user_data["paragraphs"] = [0] * len(doc)
    return doc


def test_titles_do_not_need_a_parse(ontology: Any) -> None:
    words = ["Tory", "leader", "Michael", "Howard", "and", "shadow", "chancellor", "Oliver", "Letwin", "spoke", "."]
    pos = ["ADJ", "NOUN", "PROPN", "PROPN", "CCONJ", "ADJ", "NOUN", "PROPN", "PROPN", "VERB", "PUNCT"]
    tags = ["JJ", "NN", "NNP", "NNP", "CC", "JJ", "NN", "NNP", "NNP", "VBD", "."]
    doc = hand_built(words, pos, tags)
    found = titles(
        doc,
        Article(id="a", text=doc.text),
        mentions_of(doc, {n: n for n in ("Michael Howard", "Oliver Letwin")}, {}),
        ontology,
    )
    assert {(s.subject.name, s.object.name) for s in found if s.object} == {
        ("Michael Howard", "leader of the Conservative Party"),
        ("Oliver Letwin", "shadow chancellor"),
    }


def test_an_unknown_kind_of_post_is_named() -> None:
    with pytest.raises(OntologyError, match="posts: unknown kind 'wizard'"):
        role_words({"posts": {"wizard": {}}})


@given(st.text(alphabet="abcdefghij ", min_size=3, max_size=30).filter(lambda t: t.strip()))
def test_articles_and_case_do_not_change_a_post(words: str) -> None:
    label = f"leader of {words.strip()}"
    assert post_entity(label).id == post_entity(f"Leader of the {words.strip()}").id


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Hillary Clinton is not the only Democrat to complain.", {("Hillary Clinton", M, DEM)}),
        (
            "Two Democrats are ahead: Kamala Harris leads Joe Biden by a point.",
            {("Kamala Harris", M, DEM), ("Joe Biden", M, DEM)},
        ),
        ("Kamala Harris thanked her fellow Democrats. Joe Biden and fellow Democrats met.", {("Joe Biden", M, DEM)}),
        ("Clive Lewis, who hails from Labour, spoke.", {("Clive Lewis", M, "Labour Party")}),
        ("Vince Cable, from the Lib Dems, spoke.", {("Vince Cable", M, "Liberal Democrats")}),
        (
            "House Speaker Dan Coats (R-Ind.) spoke.",
            {
                ("Dan Coats", H, "speaker of the House of Representatives"),
                ("Dan Coats", H, "representative for Indiana"),
                ("Dan Coats", M, REP),
            },
        ),
        (
            "Reps. Adam Schiff (D-Calif.) and Ralph Norman (R-S.C.) spoke.",
            {
                ("Adam Schiff", H, "representative for California"),
                ("Ralph Norman", H, "representative for South Carolina"),
                ("Adam Schiff", M, DEM),
                ("Ralph Norman", M, REP),
            },
        ),
        (
            "Hillary Clinton moved to New York and represented the state in the Senate for eight years.",
            {("Hillary Clinton", H, "senator for New York")},
        ),
        ("Jo Stevens, who holds the justice portfolio, spoke.", {("Jo Stevens", H, "justice minister")}),
        (
            "As leader of the Conservative Party, Theresa May lost.",
            {("Theresa May", H, "leader of the Conservative Party")},
        ),
        # Lists that a plural announces.
        (
            "The Republican senators running for president -- Ted Cruz of Texas and Marco Rubio of Florida -- voted for it.",
            {
                ("Ted Cruz", H, "senator for Texas"),
                ("Marco Rubio", H, "senator for Florida"),
                ("Ted Cruz", M, REP),
                ("Marco Rubio", M, REP),
            },
        ),
        (
            "Several MPs were there, among them Jo Stevens and Clive Lewis.",
            {("Jo Stevens", H, "MP"), ("Clive Lewis", H, "MP")},
        ),
        (
            "Some Republicans have praised the plan, including Susan Collins.",
            {("Susan Collins", M, REP)},
        ),
        ("Some Republicans have attacked several laws, including Barack Obama's.", set()),
        (
            "Mark Kirk of Illinois and Susan Collins of Maine were the only Republicans to object.",
            {("Mark Kirk", M, REP), ("Susan Collins", M, REP)},
        ),
        # A second noun in apposition, the state after a name, a year.
        (
            "Jo Stevens, a lawyer and former shadow culture secretary, spoke.",
            {("Jo Stevens", H, "shadow culture secretary")},
        ),
        (
            "Harry Reid of Nevada, the Senate minority leader, spoke.",
            {("Harry Reid", H, "Senate minority leader")},
        ),
        ("Trump attacked Mitt Romney, the 2012 Republican nominee.", {("Mitt Romney", M, REP)}),
        (
            "Tim Kaine has experience as a former governor of Virginia and a former mayor of Richmond.",
            {("Tim Kaine", H, "governor of Virginia"), ("Tim Kaine", H, "mayor of Richmond")},
        ),
        # Sides, campaigns, nominations.
        (
            "On the Democratic side, Hillary Clinton leads in Ohio.",
            {("Hillary Clinton", M, DEM)},
        ),
        (
            "With Donald Trump as the presumptive Republican nominee, donors left.",
            {("Donald Trump", M, REP)},
        ),
        ("Voters dream of a state with Joe Biden as president.", set()),
        (
            "Mitt Romney, who represents Utah in the Senate, spoke.",
            {("Mitt Romney", H, "senator for Utah")},
        ),
        # Posts beside other people's, seats, what is led.
        (
            "Ed Davey, the health secretary, met Ed Davey's opposite number, Liz Truss.",
            {("Ed Davey", H, "health secretary"), ("Liz Truss", H, "shadow health secretary")},
        ),
        (
            "Senate Majority Leader Harry Reid spoke, as did Harry Reid's Republican counterpart, Mitt Romney.",
            {
                ("Harry Reid", H, "Senate majority leader"),
                ("Mitt Romney", H, "Senate Republican leader"),
                ("Mitt Romney", M, REP),
            },
        ),
        (
            "Labour leader Keir Starmer, whose deputy Angela Rayner spoke, left.",
            {
                ("Keir Starmer", H, "leader of the Labour Party"),
                ("Angela Rayner", H, "deputy leader of the Labour Party"),
            },
        ),
        ("Andrew Tyrie's Chichester seat is safe.", {("Andrew Tyrie", H, "MP for Chichester")}),
        ("Andrew Tyrie's Westminster seat and Ed Davey's Labour seat are safe.", set()),
        ("Veritas, led by Ken Livingstone, won.", {("Ken Livingstone", H, "leader of Veritas")}),
        ("Ed Davey, who leads the Lib Dems, spoke.", {("Ed Davey", H, "leader of the Liberal Democrats")}),
        ("Ed Davey wants to lead the Lib Dems. Andrew Tyrie led Tory rebels.", set()),
        (
            "Hyde Council's Labour leader, Ed Davey, spoke.",
            {("Ed Davey", H, "leader of Hyde Council"), ("Ed Davey", M, "Labour Party")},
        ),
        ("Jack Straw, who as Europe minister backed it, spoke.", {("Jack Straw", H, "Europe minister")}),
        ("Jack Straw, himself a former home secretary, spoke.", {("Jack Straw", H, "home secretary")}),
        ("Jack Straw, the longest-serving MP, spoke.", {("Jack Straw", H, "MP")}),
        ("Jack Straw was told Jack Straw's 38-day stint as chancellor was over.", {("Jack Straw", H, "chancellor")}),
        (
            "Jo Stevens gave up the veterans affairs post.",
            {("Jo Stevens", H, "veterans affairs minister")},
        ),
        (
            "Many Tories object. They include Jo Stevens and Clive Lewis.",
            {("Jo Stevens", M, "Conservative Party"), ("Clive Lewis", M, "Conservative Party")},
        ),
        ("Many Tories object. Critics include Jo Stevens and Clive Lewis.", set()),
        (
            "Harry Reid, the No. 2 Senate Democrat, spoke.",
            {("Harry Reid", H, "No. 2 Senate Democrat"), ("Harry Reid", M, DEM)},
        ),
        ("One Tory, Andrew Tyrie, spoke.", {("Andrew Tyrie", M, "Conservative Party")}),
        ("Union leader Tom Watson spoke.", {("Tom Watson", H, "union leader")}),
        (
            "Jo Stevens, Clive Lewis and Tom Watson were among Tories who objected. Simon Schama was one of a handful of Republicans.",
            {(p, M, "Conservative Party") for p in ("Jo Stevens", "Clive Lewis", "Tom Watson")}
            | {("Simon Schama", M, REP)},
        ),
        (
            "Jo Stevens and Clive Lewis are not the only Democrats there.",
            {("Jo Stevens", M, DEM), ("Clive Lewis", M, DEM)},
        ),
        (
            "Forty Labour MPs, Jo Stevens and Clive Lewis among them, rebelled.",
            {(p, r, o) for p in ("Jo Stevens", "Clive Lewis") for r, o in ((H, "MP"), (M, "Labour Party"))},
        ),
        (
            "Two Labour rivals, Jo Stevens and Clive Lewis, spoke. Three Labour aims, Jo Stevens said, were met.",
            {("Jo Stevens", M, "Labour Party"), ("Clive Lewis", M, "Labour Party")},
        ),
        (
            "Andrew Tyrie (Con, Chichester) spoke.",
            {("Andrew Tyrie", H, "MP for Chichester"), ("Andrew Tyrie", M, "Conservative Party")},
        ),
        ("President-elect Joe Biden spoke.", {("Joe Biden", H, "president-elect")}),
        (
            "Tom Watson, until April leader of the Tories, spoke.",
            {("Tom Watson", H, "leader of the Conservative Party")},
        ),
        (
            "Labour was split. Tom Watson, the general secretary, spoke.",
            {("Tom Watson", H, "general secretary of the Labour Party")},
        ),
        (
            "The Tories, whose chairman, Andrew Tyrie, spoke, were split.",
            {("Andrew Tyrie", H, "chairman of the Conservative Party")},
        ),
        ("Tom Watson, who chairs the housing committee, spoke.", {("Tom Watson", H, "chair of the housing committee")}),
        ("Tom Watson, who ran Joe Biden's campaign, spoke.", {("Tom Watson", H, "campaign manager for Joe Biden")}),
        (
            "Tom Watson sold it to fellow Tories. Jo Stevens and other Democrats met.",
            {("Tom Watson", M, "Conservative Party"), ("Jo Stevens", M, DEM)},
        ),
        ("Clive Lewis, a lawyer and a Democrat, spoke.", {("Clive Lewis", M, DEM)}),
        ("Joe Biden, Democrat of Delaware, spoke.", {("Joe Biden", M, DEM)}),
        (
            "Labour chose Clive Lewis to fight it. Andrew Tyrie, one of two Tories, spoke.",
            {("Clive Lewis", M, "Labour Party"), ("Andrew Tyrie", M, "Conservative Party")},
        ),
        (
            "Andrew Tyrie, the council's Tory leader, spoke.",
            {("Andrew Tyrie", H, "leader of the council"), ("Andrew Tyrie", M, "Conservative Party")},
        ),
        ("The home secretary since 2019, Jo Stevens, spoke.", {("Jo Stevens", H, "home secretary")}),
        (
            "Jo Stevens took the seat for the Tories. Clive Lewis stood for Labour.",
            {("Jo Stevens", M, "Conservative Party"), ("Clive Lewis", M, "Labour Party")},
        ),
        (
            "The Tories' leader in Scotland, Jo Stevens, spoke.",
            {("Jo Stevens", H, "leader of the Conservative Party in Scotland")},
        ),
        ("The Labour leader at the time, Jo Stevens, spoke.", {("Jo Stevens", H, "leader of the Labour Party")}),
        (
            "The Republican House speaker, Dan Coats, spoke.",
            {("Dan Coats", H, "speaker of the House of Representatives"), ("Dan Coats", M, REP)},
        ),
        ("Jo Stevens, the policing minister, spoke.", {("Jo Stevens", H, "policing minister")}),
        ("Jo Stevens, cabinet member for housing, spoke.", {("Jo Stevens", H, "cabinet member for housing")}),
        (
            "Tom Watson threw in the towel as party chairman of Labour.",
            {("Tom Watson", H, "chairman of the Labour Party")},
        ),
        ("N.J. Gov. Tim Kaine spoke.", {("Tim Kaine", H, "governor of New Jersey")}),
        ("Both he and (Texas Sen.) Ted Cruz spoke.", {("Ted Cruz", H, "senator for Texas")}),
        (
            "Labour's Tom Watson and Dame Jo Stevens agreed.",
            {("Tom Watson", M, "Labour Party"), ("Jo Stevens", M, "Labour Party")},
        ),
        (
            "Tory MPs, led by Will Wragg, rebelled.",
            {("Will Wragg", H, "MP"), ("Will Wragg", M, "Conservative Party")},
        ),
        (
            "Two of Labour's most powerful mayors, Sadiq Khan and Tom Watson, agreed.",
            {(n, r, o) for n in ("Sadiq Khan", "Tom Watson") for r, o in ((H, "mayor"), (M, "Labour Party"))},
        ),
        (
            "Tom Watson shadows Liz Truss, the education secretary.",
            {("Tom Watson", H, "shadow education secretary"), ("Liz Truss", H, "education secretary")},
        ),
        (
            "Jo Stevens, vice chairwoman of Hillary Clinton's campaign, spoke.",
            {("Jo Stevens", H, "vice chairwoman of Hillary Clinton's campaign")},
        ),
        (
            "Tom Watson, a spokesman for House Speaker Ted Cruz, spoke.",
            {("Tom Watson", H, "spokesman for Ted Cruz"), ("Ted Cruz", H, "speaker of the House of Representatives")},
        ),
        # Not so.
        ("Protests led by Will Wragg hurt Tory MPs. Tory MPs met Tom Watson and Jo Stevens, MPs said.", set()),
        (
            "Jo Stevens may stand for Labour. Clive Lewis asked to run for the Tories. Tom Watson spoke for the Tories' critics.",
            set(),
        ),
        (
            "Tom Watson led his campaign there. Jo Stevens ran the committee down. Labour chose to fight Joe Biden's plan.",
            set(),
        ),
        ("Labour and the Tories chose Clive Lewis. Labour will choose Tom Watson.", set()),
        ("Tom Watson was the keynote speaker. Jo Stevens was a speaker at the convention.", set()),
        ("Joe Biden and other speakers met. Critics and other Tories, Tom Watson said, were wrong.", set()),
        ("Jo Stevens is the Labour MPs' favourite. Tom Watson was among friends of the Tories' leader.", set()),
        ("Labour and the Tories were split. Tom Watson, the general secretary, spoke.", set()),
        (
            "His deputy spoke. A deputy of Joe Biden, the deputy prime minister of Britain, left.",
            {("Joe Biden", H, "deputy prime minister of Britain")},
        ),
        (
            "Joe Biden is a stronger leader than Barack Obama, a Democrat. Ted Cruz is a great leader.",
            {("Barack Obama", M, DEM)},
        ),
        ("Some Republicans are opposed to electing Donald Trump as president.", set()),
        ("In the final ballot of MPs Clive Lewis came top.", set()),
        ("The footballer's agent Simon Schama spoke. It begins at 9pm Eastern.", set()),
        ("A portrait shows Roy Moore (R) with a horse. Roy Moore (R) smiles.", set()),
        ("Two Democrats met Joe Biden on Monday.", set()),
        ("Kamala Harris would be the first Democrat to win there.", set()),
        ("As prime minister, Boris Johnson would cut taxes.", set()),
    ],
)
def test_clauses_tell_parties_and_posts(
    nlp: Language, ontology: Any, text: str, expected: set[tuple[str, str, str]]
) -> None:
    assert told(nlp, ontology, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("West Virginia Democrat Joe Manchin voted no.", {("Joe Manchin", "senator for West Virginia")}),
        ("Susan Collins (R-Maine) voted no.", {("Susan Collins", "senator for Maine")}),
        ("Theresa May sacked Nicky Morgan as education secretary.", {("Nicky Morgan", "education secretary")}),
        ("Jim Jones (R-Maine) voted no.", set()),
        ("Amber Rudd resigned from the cabinet.", set()),
    ],
)
def test_a_known_seat_and_a_post_left_are_posts(extract: Any, text: str, expected: set[tuple[str, str]]) -> None:
    found = extract(text, date="2022-06-12")
    assert {(s.subject.name, s.object.name) for s in found if s.relation == H and s.object} == expected
