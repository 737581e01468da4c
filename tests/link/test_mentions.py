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
    ("Margaret Appleton Slams Gordon Pickles. The mayor spoke.", "2019-06-12", "Gordon Pickles", "Gordon Pickles"),
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
    ("Kezban Oyeleru resigned on Monday. Ms Oyeleru left the party.", "2020-07-29", "Oyeleru", "Kezban Oyeleru"),
    ("Dan Coats resigned. Coats had led the agency.", "2019-07-29", "Coats", "Dan Coats"),
]


# (text, name of the group that acts)
GROUPS = [
    ("Hundreds of protesters jeered the president in Ohio.", "protesters"),
    ("Other senior Tories attacked the plan.", "senior Tories"),
    ("Union leaders backed Ed Miliband.", "union leaders"),
    ("Howard Flight resigned. Mr Flight's supporters attacked Michael Howard.", "Howard Flight's supporters"),
    ("Jill Stein attacked the corporate media. The media ignored her.", "corporate media"),
    ("The House Republican leadership blocked the bill.", "House Republican leadership"),
]


@pytest.mark.parametrize(("text", "expected"), GROUPS)
def test_groups_are_named_by_what_tells_them_apart(linked: Link, text: str, expected: str) -> None:
    assert expected in [name for _, name in linked(text)]


def test_the_leadership_of_somebody_is_no_group(linked: Link) -> None:
    text = "Hilary Benn organised opposition to Jeremy Corbyn's leadership."
    assert not any(surface.endswith("leadership") for surface, _ in linked(text))


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


@pytest.mark.parametrize(
    ("text", "pronoun", "expected"),
    [
        ("Nadhim Zahawi's career lay in tatters after Rishi Sunak sacked him.", "him", "Nadhim Zahawi"),
        ("Jacinda Ardern rang Todd Muller to congratulate him.", "him", "Todd Muller"),
        ("Kemi Badenoch spoke. Her supporters include Claire Coutinho. She opposes a cap.", "She", "Kemi Badenoch"),
    ],
)
def test_who_acts_is_not_acted_on(linked: Link, text: str, pronoun: str, expected: str) -> None:
    assert (pronoun, expected) in linked(text, "2023-01-10")


def test_a_speaker_is_i_in_his_words(linked: Link) -> None:
    assert ("I", "Anas Sarwar") in linked('"I am not willing to go on," Anas Sarwar said.', "2026-02-10")


# (rule, text, date, surface, who it is or None)
POSTS = [
    ("title with a place", "Vermont senator Bernie Sanders spoke in Iowa.", "2020-01-10", "Vermont senator", "Bernie Sanders"),
    ("apposition of any noun", "Asha Verdi, a security guard, backed Joe Biden. The security guard smiled.", "2020-01-21", "The security guard", "Asha Verdi"),
    ("post before a comma", "Labour's deputy leader, Angela Rayner, spoke. The deputy leader left.", "2022-01-10", "The deputy leader", "Angela Rayner"),
    ("post before a dash", "It was invented by the previous home secretary—Mrs May.", "2018-05-01", "the previous home secretary", "Theresa May"),
    ("owner of a post", "Keir Starmer met the prime minister's predecessor, Theresa May, in London.", "2021-06-10", "the prime minister", "Boris Johnson"),
    ("chief for leader", "Burnley Council leader Afrasiab Anwar resigned. The Burnley Council chief was angry with Labour.", "2023-11-03", "The Burnley Council chief", "Afrasiab Anwar"),
    ("senator of a state", "Marco Rubio debated Chris Christie. Voters liked what the Florida senator said.", "2016-02-08", "the Florida senator", "Marco Rubio"),
    ("former holder named", "Donald Trump mocked Joe Biden. He said the former vice president was weak.", "2020-09-25", "the former vice president", "Joe Biden"),
    ("vacant office", "Robert Mueller reported to Congress. Nancy Pelosi thanked the special counsel.", "2019-07-29", "the special counsel", "Robert Mueller"),
    ("epithet", "Steve Baker spoke to reporters.\n\nThe outspoken ex-minister attacked Boris Johnson.", "2020-09-27", "The outspoken ex-minister", "Steve Baker"),
    ("epithet of two", "Steve Baker met David Davis.\n\nThe outspoken activist left.", "2020-09-27", "The outspoken activist", None),
    ("epithet of another gender", "Reporters asked Robert Peston if she had resigned.\n\nThe young activist laughed.", "2020-09-27", "The young activist", None),
    ("headline", "GOP chair calls for unity\n\nGOP chair Reince Priebus spoke on Friday.", "2016-04-22", "GOP chair", "Reince Priebus"),
    ("headline with a colon", "Boris Johnson: Former PM announces plans to stand\n\nBoris Johnson spoke on Friday.", "2022-11-29", "Former PM", "Boris Johnson"),
    ("lead", "Labour loses an MP\n\nA Conservative MP and former minister has defected.\n\nRobert Jackson, a Conservative MP since 1983, said he was sad.", "2005-01-15", "A Conservative MP", "Robert Jackson"),
    ("seat after the title", "Kenneth Clarke will not stand again, friends of Theresa May said.\n\nThe MP for Rushcliffe told the BBC so.", "2016-06-26", "The MP", "Kenneth Clarke"),
    ("who is chosen", "Members of the Liberal Democrats have chosen Jo Swinson over Ed Davey. The East Dunbartonshire MP takes over in July.", "2019-07-22", "The East Dunbartonshire MP", "Jo Swinson"),
    ("who acts", "Sam Tarry lost by 99 votes to Jas Athwal, and Labour was split. \"I am sorry,\" said the former shadow transport minister.", "2022-10-11", "the former shadow transport minister", "Sam Tarry"),
    ("no trade commissioner", "Gordon Brown recalled Peter Mandelson. The trade commissioner will go to the Lords.", "2008-10-04", "The trade commissioner", None),
    ("title cut in two", "Iain Duncan Smith came in for a fresh barrage yesterday over his benefit reforms.\n\nThe Work and Pensions Secretary has already been upbraided.", "2014-02-20", "The Work and Pensions Secretary", "Iain Duncan Smith"),
    ("premier of elsewhere", "Alexis Tsipras was in Athens with the Greek finance minister.\n\nThe premier said that a deal was days away.", "2015-11-04", "The premier", "Alexis Tsipras"),
    ("outgoing", "Theresa May sacked George Osborne, and Philip Hammond came in. The outgoing chancellor left by the back door.", "2016-07-14", "The outgoing chancellor", "George Osborne"),
    ("cleft", "Mitt Romney spoke in Iowa, as did Ron Paul. It was the Texas congressman who was applauded.", "2011-12-29", "the Texas congressman", "Ron Paul"),
    ("subject of a saying", "She backed Joe Biden, the Hawaii congresswoman announced on Thursday.", "2020-03-19", "the Hawaii congresswoman", None),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "text", "date", "surface", "expected"), POSTS, ids=[p[0] for p in POSTS])
def test_words_for_a_post_lead_to_whom_they_mean(
    linked: Link, rule: str, text: str, date: str, surface: str, expected: str | None
) -> None:
    people = {name for words, name in linked(text, date) if words == surface}
    assert people - {None} == ({expected} - {None}), rule


def test_an_undated_article_is_of_the_time_of_the_posts_it_gives(linked: Link) -> None:
    text = "Tory leader Michael Howard attacked Gordon Brown and Tony Blair.\n\nThe prime minister hailed Labour MPs."
    assert ("The prime minister", "Tony Blair") in linked(text, "")
    assert ("The prime minister", None) in linked(text.replace("Tory leader ", ""), "")


def test_groups_of_one_party_are_one_node_whatever_it_is_called() -> None:
    gazetteer, nlp = load_gazetteer(), load_model()
    article = Article(
        id="a", text="Tory MPs met Labour peers. Conservative MPs left. Union leaders cheered.", date="2019-06-12"
    )
    ((_, doc),) = parse_articles(nlp, [article])
    found = {m.text: m.entity for m in link_article(doc, article, gazetteer) if m.type == "group" and m.entity}
    assert found["Tory MPs"].id == found["Conservative MPs"].id == "group/conservative-mps"
    assert found["Labour peers"].id == "group/labour-peers"
    assert found["Union leaders"].name == "union leaders"


def test_a_local_party_is_a_party_of_its_own(linked: Link) -> None:
    found = linked("The Texas Democratic Party attacked Ted Cruz. The Democratic Party won.", "2020-06-12")
    assert ("Texas Democratic Party", "Texas Democratic Party") in found
    assert "Democratic Party" in [name for _, name in found]


def test_a_text_broken_at_a_fixed_width_is_read_in_paragraphs(linked: Link) -> None:
    text = (
        "The deputy leader of the ruling party in the country, Sigrun Ingi\nJohansdottir, told reporters on Tuesday that she"
        " had not yet\nspoken to the president of the republic about it, and that it\nwould take some time until anybody knew"
        " what was going to\nhappen in the end, since many of those who had a say in the\nmatter were not at home and did"
        " not want to come back so\nsoon after the last of these meetings.\n"
    )
    assert ("Sigrun Ingi\nJohansdottir", "Sigrun Ingi Johansdottir") in linked(text)


def test_abbreviations_lead_to_the_body_they_abbreviate(linked: Link) -> None:
    found = linked("The Muttahida Qaumi Movement (MQM) met in Karachi. The MQM criticised the government.")
    assert found.count(("MQM", "Muttahida Qaumi Movement")) == 2


def test_a_person_is_shown_under_the_name_that_the_article_writes(linked: Link) -> None:
    assert ("Menendez", "Robert Menendez") in linked("Senator Robert Menendez spoke. Menendez is from New Jersey.")
    assert ("Menendez", "Bob Menendez") in linked("Senator Bob Menendez spoke. Menendez is from New Jersey.")


def test_the_administration_is_the_one_named(linked: Link) -> None:
    named = linked(
        "The Trump administration sued in Washington. Democrats criticised the administration.", "2020-01-08"
    )
    assert ("the administration", "Trump Administration") in named
    plain = linked("Democrats in Washington criticised the administration and the US Senate.", "2020-01-08")
    assert ("the administration", "US Government") in plain


def test_nations_act_as_groups(linked: Link) -> None:
    assert ("Americans", "Americans") in linked("Americans oppose the bill, a poll found.")


def test_what_is_told_after_a_verb_of_blame_or_thanks_is_its_objects(linked: Link) -> None:
    assert ("his", "Barack Obama") in linked("John Boehner sued Barack Obama over his decision.", "2014-07-10")
    assert ("his", "John Boehner") in linked("John Boehner resigned over his decision.", "2015-09-25")


def test_an_undated_text_is_no_older_than_the_years_it_tells_of(linked: Link) -> None:
    assert ("Clinton", "Hillary Clinton") in linked("Donald Trump beat Clinton, his rival in 2016.", "")


def test_one_speech_cut_in_two_speaks_of_one_man(linked: Link) -> None:
    text = 'Gordon Brown spoke. "Tony Blair is able," said Charles Kennedy, "but he must listen."'
    assert ("he", "Tony Blair") in linked(text, "2004-06-12")


def test_a_lone_surname_that_acts_is_its_only_bearers(linked: Link) -> None:
    assert ("Kinzinger", "Adam Kinzinger") in linked("Kinzinger has also criticized Trump on other occasions.", "")


def test_a_surname_that_two_unknown_people_share_is_the_one_last_named_here_else_the_first(linked: Link) -> None:
    text = (
        "Councillor Dora Quibble faced her critics.\n\nQuibble spoke first. Her brother, Neil Quibble, sat behind her, "
        "and Quibble wept.\n\nVoters then cheered Quibble."
    )
    meant = [name for surface, name in linked(text) if surface == "Quibble"]
    assert meant == ["Dora Quibble", "Neil Quibble", "Dora Quibble"]


def test_a_speaker_told_by_a_pronoun_is_not_he_in_his_own_words(linked: Link) -> None:
    text = 'Ken Livingstone wants to come back. Neil Kinnock was blunt. "He has ever belonged to one party," he said. "I shall vote no."'
    found = linked(text, "2003-12-10")
    assert ("He", "Ken Livingstone") in found
    assert ("he", "Neil Kinnock") in found
    assert ("I", "Neil Kinnock") in found


REFERENCES = [
    (  # a head of state is no namesake that the article comes to speak of later
        "Critics of the Trump White House met. President Trump laughed. She sold Ivanka Trump's dresses.",
        "2017-07-06", "Trump", "Donald Trump",
    ),
    ("Hillary Clinton spoke. She praised what President Clinton had done.", "2016-05-24", "Clinton", "Bill Clinton"),
    ("Dora Quibble said Neil Wren had lied. The former nurse wept.", "2019-06-12", "The former nurse", "Dora Quibble"),
    ("Dora Quibble resigned. She had been ill. The former nurse wept.", "2019-06-12", "The former nurse", "Dora Quibble"),
    ("Neil Wren resigned. The 48-year-old had been ill.", "2019-06-12", "The 48-year-old", "Neil Wren"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "day", "surface", "who"), REFERENCES, ids=[r[2] + " " + r[3] for r in REFERENCES])
def test_who_is_meant_by_a_shared_surname_or_a_description(
    linked: Link, text: str, day: str, surface: str, who: str
) -> None:
    assert (surface, who) in linked(text, day)


def test_a_whip_that_is_withdrawn_and_an_hour_of_the_afternoon_are_nobody(linked: Link) -> None:
    found = linked("Boris Johnson spoke. Anne Marie Morris had the Tory whip removed at 7 pm on Tuesday.", "2022-01-12")
    assert not {"Mark Spencer", "Chris Heaton-Harris"} & {who for _, who in found}
    assert "pm" not in {surface for surface, _ in found}


def test_who_is_called_by_one_seat_is_not_called_by_another(linked: Link) -> None:
    text = "Dora Quibble resigned. Voters liked the North Mercia MP. The South Mercia MP wept."
    found = dict(linked(text))
    assert found["the North Mercia MP"] == "Dora Quibble"
    assert found.get("The South Mercia MP") is None


def test_counted_people_are_of_the_party_told_and_have_been_named_where_they_are_said_to_be_known(linked: Link) -> None:
    text = (
        "Florida votes soon.\n\nThe poll is out.\n\nBoth Democratic candidates enjoyed strong support.\n\n"
        "Republicans Ileana Ros-Lehtinen and Carlos Curbelo were critical. The two politicians wept."
    )
    found = linked(text, "2016-04-22")
    assert ("Both Democratic candidates", "Carlos Curbelo") not in found
    assert ("The two politicians", "Carlos Curbelo") in found


def test_a_colleague_is_the_person_in_the_news(linked: Link) -> None:
    text = (
        "Jacinda Ardern accepted Clare Curran's resignation. Ms Curran had missed questions. Curran will stay an MP. "
        "Ms Ardern thanked her colleague."
    )
    assert ("her colleague", "Clare Curran") in linked(text, "2018-09-07")


def test_a_speaker_named_another_way_is_who_spoke_before(linked: Link) -> None:
    text = "Steve Baker spoke to Sky News.\n\n'It dies like this, with the draconian powers of ministers,' the rebel politician said."
    assert ("the rebel politician", "Steve Baker") in linked(text, "2020-09-27")


def test_a_phrase_with_a_body_of_its_own_may_be_anybody(linked: Link) -> None:
    text = "Steve Baker spoke to Sky News.\n\n'It dies like this,' the boss of the Food Agency said."
    assert not any("boss" in surface and name == "Steve Baker" for surface, name in linked(text, "2020-09-27"))
