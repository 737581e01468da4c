"""Contests told over a whole article: who stands, who won and lost, in and out of the American primaries."""

from collections.abc import Callable

import pytest

from graphbuild.model import Statement

Extract = Callable[..., list[Statement]]
PRIMARIES, AUTUMN = "2016-03-02", "2020-10-04"


def told(found: list[Statement], *relations: str) -> set[tuple[str, ...]]:
    """Subject, relation, object, and the polarity where it is negative."""
    return {
        (s.subject.name, s.relation, s.object.name if s.object else "") + (("negative",) if s.polarity == "negative" else ())
        for s in found
        if s.relation in relations
    }  # fmt: skip


def test_a_primary_has_rivals_for_a_nomination(extract: Extract) -> None:
    text = "Democratic hopeful Bernie Sanders edged out rival Hillary Clinton in Tuesday's Oklahoma primary."
    found = told(extract(text, date=PRIMARIES), "stands_for", "challenges", "defeats")
    assert found == {
        ("Bernie Sanders", "stands_for", "Democratic nomination for president"),
        ("Hillary Clinton", "stands_for", "Democratic nomination for president"),
        ("Bernie Sanders", "challenges", "Hillary Clinton"),
        ("Bernie Sanders", "defeats", "Hillary Clinton"),
    }


def test_a_state_won_in_spring_is_a_primary_of_the_party(extract: Extract) -> None:
    text = "Donald Trump swept to victory in Arizona. Ted Cruz, his rival for the Republican nomination, won Utah's caucuses."
    found = told(extract(text, date=PRIMARIES), "elected_to")
    assert found == {
        ("Donald Trump", "elected_to", "Arizona Republican primary"),
        ("Ted Cruz", "elected_to", "Utah Republican caucuses"),
    }


def test_who_won_a_primary_beat_the_only_rival(extract: Extract) -> None:
    text = (
        "Hillary Clinton and Bernie Sanders are running for the Democratic presidential nomination. "
        "Sanders won the Wisconsin primary."
    )
    assert told(extract(text, date=PRIMARIES), "defeats") == {("Bernie Sanders", "defeats", "Hillary Clinton")}


def test_a_primary_won_is_no_nomination(extract: Extract) -> None:
    text = "Hillary Clinton, who is running for the Democratic presidential nomination, beat Bernie Sanders in Delaware's primary."
    assert not any("nomination" in row[2] for row in told(extract(text, date=PRIMARIES), "elected_to"))


@pytest.mark.parametrize(
    "wording", ["the GOP presidential nomination", "the Republican Party's presidential nomination"]
)
def test_a_nomination_is_one_node(extract: Extract, wording: str) -> None:
    found = told(extract(f"Ted Cruz is running for {wording}.", date=PRIMARIES), "stands_for")
    assert found == {("Ted Cruz", "stands_for", "Republican nomination for president")}


def test_the_opponent_of_a_nominee_stands_too(extract: Extract) -> None:
    text = "Democratic nominee Joe Biden could lose the presidential election to President Donald Trump."
    found = told(extract(text, date=AUTUMN), "stands_for")
    assert found == {("Joe Biden", "stands_for", "president"), ("Donald Trump", "stands_for", "president")}


def test_running_mates_and_who_is_up_again(extract: Extract) -> None:
    text = (
        "Joe Biden and his running mate Kamala Harris campaigned in Maine. "
        "Senator Susan Collins of Maine faces re-election in November."
    )
    found = told(extract(text, date=AUTUMN), "stands_for")
    assert ("Kamala Harris", "stands_for", "vice president") in found
    assert ("Susan Collins", "stands_for", "re-election as senator for Maine") in found
    assert ("Joe Biden", "stands_for", "vice president") not in found


def test_a_suspended_campaign_is_a_candidacy_withdrawn(extract: Extract) -> None:
    text = "Ted Cruz has been quiet since suspending his campaign for the Republican presidential nomination."
    found = told(extract(text, date="2016-06-09"), "stands_for")
    assert found == {("Ted Cruz", "stands_for", "Republican nomination for president", "negative")}


def test_newly_elected(extract: Extract) -> None:
    found = told(extract("Donald Trump met London's newly elected mayor Sadiq Khan.", date="2016-05-10"), "elected_to")
    assert found == {("Sadiq Khan", "elected_to", "mayor of London")}


def test_polls_tell_of_support(extract: Extract) -> None:
    text = "Joe Biden leads Donald Trump among black voters and independents. 54 percent of white women back Trump."
    found = told(extract(text, date=AUTUMN), "supports")
    assert found == {
        ("black voters", "supports", "Joe Biden"),
        ("independents", "supports", "Joe Biden"),
        ("white women", "supports", "Donald Trump"),
    }


@pytest.mark.parametrize(
    "text",
    [
        "Hillary Clinton holds a lead of 300 delegates over Bernie Sanders.",
        "A majority of Republican voters support Donald Trump's ban.",
        "Joe Biden trails among older voters.",
    ],
)
def test_figures_that_tell_of_no_support(extract: Extract, text: str) -> None:
    assert told(extract(text, date=AUTUMN), "supports") == set()


def test_an_unsuccessful_candidate_was_not_elected(extract: Extract) -> None:
    text = "George Pataki, an unsuccessful candidate for the Republican presidential nomination, endorsed John Kasich."
    found = told(extract(text, date="2016-04-15"), "elected_to")
    assert found == {("George Pataki", "elected_to", "Republican nomination for president", "negative")}


def test_names_after_a_plural(extract: Extract) -> None:
    text = "The senators running for president -- Ted Cruz of Texas, Rand Paul of Kentucky and Marco Rubio of Florida -- met."
    names = {row[0] for row in told(extract(text, date="2015-12-08"), "stands_for")}
    assert names == {"Ted Cruz", "Rand Paul", "Marco Rubio"}


def test_who_takes_over_after_a_departure_succeeds(extract: Extract) -> None:
    text = "Paul Ryan took over as speaker of the House after John Boehner stepped down."
    assert told(extract(text, date="2016-02-02"), "succeeds") == {("Paul Ryan", "succeeds", "John Boehner")}


def test_who_quits_the_race_keeps_his_office(extract: Extract) -> None:
    text = "Ohio Governor John Kasich is running for the Republican presidential nomination. Kasich said he would quit."
    found = told(extract(text, date="2016-05-05"), "resigns_from", "stands_for")
    assert ("John Kasich", "stands_for", "Republican nomination for president", "negative") in found
    assert not any(row[1] == "resigns_from" for row in found)


def test_a_ballot_in_rounds_tells_who_stands_who_leads_and_who_is_out(extract: Extract) -> None:
    text = (
        "The race to lead the Conservatives has two ballots left. Rishi Sunak led the field with 101 votes, ahead of "
        "Penny Mordaunt on 83 and Liz Truss on 64. Suella Braverman was knocked out with 27 votes."
    )
    found = told(extract(text, date="2022-07-14"), "stands_for", "defeats", "elected_to")
    post = "leader of the Conservative Party"
    names = ("Rishi Sunak", "Penny Mordaunt", "Liz Truss", "Suella Braverman")
    assert {(n, "stands_for", post) for n in names} <= found
    assert {("Rishi Sunak", "defeats", n) for n in names[1:]} <= found
    assert {(n, "defeats", "Suella Braverman") for n in names[:3]} <= found
    assert {row for row in found if row[1] == "elected_to"} == {("Suella Braverman", "elected_to", post, "negative")}


@pytest.mark.parametrize(
    "sentence",
    [
        "A YouGov poll put Rishi Sunak on 42 per cent and Liz Truss on 38 per cent of the vote.",
        "The Commons voted for the bill, with Rishi Sunak among 42 Tories and Liz Truss on 38 votes.",
        "Rishi Sunak held his seat with 27,000 votes and a majority of 9,000.",
    ],
)
def test_figures_of_other_counts_are_no_ballot(extract: Extract, sentence: str) -> None:
    found = extract(f"The race to lead the Conservatives has begun. {sentence}", date="2022-07-14")
    assert not [s for s in found if s.evidence.rule.startswith("ballots/")]


def test_who_falls_in_a_round_was_not_elected(extract: Extract) -> None:
    text = "Humza Yousaf won the SNP leadership contest. Ash Regan was eliminated in the first round."
    found = told(extract(text, date="2023-03-27"), "elected_to")
    assert ("Ash Regan", "elected_to", "leader of the Scottish National Party", "negative") in found


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "Stephen Twigg defeated Michael Portillo in Enfield Southgate.",
            {("Stephen Twigg", "elected_to", "Enfield Southgate"), ("Michael Portillo", "elected_to", "Enfield Southgate", "negative"),
             ("Stephen Twigg", "defeats", "Michael Portillo")},
        ),
        (
            "Andrea Jenkyns took Morley and Outwood from Ed Balls.",
            {("Andrea Jenkyns", "elected_to", "Morley and Outwood"), ("Andrea Jenkyns", "defeats", "Ed Balls")},
        ),
        (
            "Ed Balls lost his Morley and Outwood seat to Andrea Jenkyns.",
            {("Andrea Jenkyns", "elected_to", "Morley and Outwood seat"), ("Andrea Jenkyns", "defeats", "Ed Balls"),
             ("Ed Balls", "elected_to", "Morley and Outwood seat", "negative")},
        ),
        ("The Conservatives gained Workington from Labour.", {("Conservative Party", "defeats", "Labour Party")}),
        ("Ed Balls won applause from Labour.", set()),
        ("Boris Johnson beat Jeremy Corbyn in Tuesday's debate.", {("Boris Johnson", "defeats", "Jeremy Corbyn")}),
    ],
)  # fmt: skip
def test_a_seat_goes_from_the_loser_to_the_winner(
    extract: Extract, sentence: str, expected: set[tuple[str, ...]]
) -> None:
    assert told(extract(sentence, date="2019-12-13"), "elected_to", "defeats") >= expected
    assert bool(told(extract(sentence, date="2019-12-13"), "elected_to", "defeats")) == bool(expected)


def test_nobody_runs_for_another_party(extract: Extract) -> None:
    text = "Nigel Farage of UKIP was the favourite of many in the Conservative leadership contest."
    assert not told(extract(text, date="2016-07-01"), "stands_for")


VACANCY = "Iain Duncan Smith resigned as leader of the Conservative Party on Wednesday. "


def test_a_candidate_of_an_unnamed_contest_stands_for_the_post_that_falls_vacant(extract: Extract) -> None:
    text = VACANCY + (
        "Michael Howard threw his hat into the ring within the hour. David Davis took himself out of the running. Oliver "
        "Letwin and Michael Ancram are seen as contenders. Kenneth Clarke is weighing up a bid."
    )
    found = extract(text, date="2003-10-29")
    post = "leader of the Conservative Party"
    assert told(found, "stands_for") == {
        ("Michael Howard", "stands_for", post),
        ("David Davis", "stands_for", post, "negative"),
        ("Oliver Letwin", "stands_for", post),
        ("Michael Ancram", "stands_for", post),
        ("Kenneth Clarke", "stands_for", post),
    }
    how = {s.subject.name: s.modality for s in found if s.relation == "stands_for"}
    assert how["Michael Howard"] == how["David Davis"] == "actual"
    assert how["Oliver Letwin"] == how["Michael Ancram"] == how["Kenneth Clarke"] == "possible"


@pytest.mark.parametrize(
    "text",
    [
        VACANCY + "Charles Kennedy, the Liberal Democrat, is weighing up a bid.",
        "Matt Hancock and Jeremy Hunt are seen as contenders.",
    ],
    ids=["of another party", "no vacancy"],
)
def test_a_candidate_of_nothing_that_is_told_stands_for_nothing(extract: Extract, text: str) -> None:
    assert told(extract(text, date="2003-10-29"), "stands_for") == set()


def test_candidates_of_the_day_are_known(extract: Extract) -> None:
    text = (
        "The Republican presidential field met in Houston on Thursday. Marco Rubio attacked Donald Trump in the debate, and "
        "Ted Cruz told voters that both were soft on immigration. Lindsey Graham, whose own hopes are long over, watched the "
        "debate. Mitch McConnell stayed out of the debate."
    )
    found = told(extract(text, date="2016-02-26"), "stands_for")
    label = "Republican nomination for president"
    assert {
        ("Marco Rubio", "stands_for", label),
        ("Donald Trump", "stands_for", label),
        ("Ted Cruz", "stands_for", label),
    } <= found
    assert not {row for row in found if row[0] in ("Lindsey Graham", "Mitch McConnell")}


def test_candidates_of_the_day_stand_only_where_the_contest_is_told(extract: Extract) -> None:
    text = "Donald Trump won a lawsuit over a golf course in Scotland. Ted Cruz voted against the budget."
    assert told(extract(text, date="2016-02-26"), "stands_for") == set()


def test_a_president_stands_again_only_where_it_is_told(extract: Extract) -> None:
    text = (
        "The presidential campaign goes on. President Donald Trump signed the order on Monday after a victory in court. "
        "Joe Biden leads the polls."
    )
    found = told(extract(text, date="2020-09-10"), "stands_for")
    assert found == {("Joe Biden", "stands_for", "president")}


def test_who_gave_up_is_told_by_the_dates_which_race(extract: Extract) -> None:
    text = "Jeb Bush dropped out of the race on Saturday night. Ted Cruz is staying in."
    found = told(extract(text, date="2016-02-22"), "stands_for")
    assert ("Jeb Bush", "stands_for", "Republican nomination for president", "negative") in found


def test_the_evidence_of_a_candidacy_is_the_sentence_that_says_so(extract: Extract) -> None:
    text = (
        "Donald Trump is trailing Ted Cruz in the polls in Wisconsin. Cruz will meet voters in Milwaukee on Tuesday.\n\n"
        "Cruz and Trump are the leading candidates for the Republican nomination."
    )
    found = [s for s in extract(text, date="2016-04-02") if s.relation == "stands_for"]
    assert {s.subject.name for s in found} == {"Donald Trump", "Ted Cruz"}
    assert all("candidates" in s.evidence.text for s in found)
