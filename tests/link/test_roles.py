"""Who held a post at a date: wordings, boundary days, partial dates, former and future holders, and what stays open."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphbuild.link.gazetteer import Gazetteer, load_gazetteer
from graphbuild.link.roles import (
    find_office,
    former_holders,
    holder,
    holders,
    next_holder,
    resolve_role,
    roles_of,
    terms_at,
)

GAZETTEER = load_gazetteer()


@pytest.fixture
def gazetteer() -> Gazetteer:
    return GAZETTEER


@pytest.mark.parametrize(
    ("phrase", "country", "date", "expected"),
    [
        ("the prime minister", "GB", "2004-05-01", "Tony Blair"),
        ("PM", "GB", "2023-11-03", "Rishi Sunak"),
        ("the premier", "GB", "2004-05-01", "Tony Blair"),
        ("the prime minister", "GB", "2007-06-26", "Tony Blair"),
        ("the prime minister", "GB", "2007-06-27", "Gordon Brown"),
        ("the prime minister", "CA", "2019-03-01", "Justin Trudeau"),
        ("the prime minister", "AU", "2010-06-24", "Julia Gillard"),
        ("the prime minister", "NZ", "2019-03-15", "Jacinda Ardern"),
        ("the chancellor", "GB", "2004-12-01", "Gordon Brown"),
        ("the chancellor", "DE", "2004-12-01", "Gerhard Schröder"),
        ("British prime minister", "US", "2019-12-01", "Boris Johnson"),
        ("Britain's prime minister", "", "2019-12-01", "Boris Johnson"),
        ("the Labour leader", "GB", "2004-05-01", "Tony Blair"),
        ("Labour's leader", "GB", "2018-05-01", "Jeremy Corbyn"),
        ("leader of the Labour Party", "GB", "2018-05-01", "Jeremy Corbyn"),
        ("Labour leader", "NZ", "2018-05-01", "Jacinda Ardern"),
        ("Tory leader", "GB", "2005-02-01", "Michael Howard"),
        ("leader of the Conservatives", "GB", "2005-02-01", "Michael Howard"),
        ("Lib Dem leader", "GB", "2005-02-01", "Charles Kennedy"),
        ("UKIP leader", "GB", "2004-10-05", "Roger Knapman"),
        ("SNP leader", "GB", "2020-01-01", "Nicola Sturgeon"),
        ("the Scottish Labour leader", "GB", "2026-02-10", "Anas Sarwar"),
        ("shadow home secretary", "GB", "2005-01-01", "David Davis"),
        ("home secretary", "GB", "2004-12-14", "David Blunkett"),
        ("home secretary", "GB", "2004-12-15", "Charles Clarke"),
        ("health and social care secretary", "GB", "2020-04-01", "Matt Hancock"),
        ("Speaker of the House", "US", "2019-06-01", "Nancy Pelosi"),
        ("the Speaker", "GB", "2019-06-01", "John Bercow"),
        ("the president", "US", "2004-06-01", "George W. Bush"),
        ("US president", "GB", "2019-06-01", "Donald Trump"),
        ("Senate majority leader", "US", "2020-01-01", "Mitch McConnell"),
        ("the defense secretary", "US", "2020-06-01", "Mark Esper"),
        ("RNC chairman", "US", "2016-07-01", "Reince Priebus"),
        ("Scotland's first minister", "GB", "2020-01-01", "Nicola Sturgeon"),
        ("the taoiseach", "GB", "2019-01-01", "Leo Varadkar"),
        ("French president", "GB", "2003-02-01", "Jacques Chirac"),
        ("Ukrainian president", "US", "2019-09-25", "Volodymyr Zelensky"),
        ("opposition leader", "AU", "2020-01-01", "Anthony Albanese"),
        ("mayor of London", "GB", "2005-02-01", "Ken Livingstone"),
        ("the then chancellor", "GB", "2010-01-01", "Alistair Darling"),
    ],
)
def test_a_role_phrase_denotes_its_holder_at_the_date(
    gazetteer: Gazetteer, phrase: str, country: str, date: str, expected: str
) -> None:
    found = resolve_role(gazetteer, phrase, date, country)
    assert found is not None
    assert found.name == expected


@pytest.mark.parametrize(
    ("phrase", "country", "date"),
    [
        ("the prime minister", "", "2004-05-01"),  # of which country?
        ("the prime minister", "GB", ""),
        ("the prime minister", "GB", "2010"),  # two that year
        ("the prime minister", "GB", "2010-05"),
        ("the president", "GB", "2004-05-01"),
        ("the first minister", "GB", "2020-01-01"),  # three of them
        ("the treasurer", "GB", "2019-01-01"),  # not Australia's
        ("the minister", "GB", "2020-01-01"),
        ("chief biscuit taster", "GB", "2020-01-01"),
        ("", "GB", "2020-01-01"),
        ("former prime minister", "GB", "2020-01-01"),  # five of them
        ("Downing Street chief of staff", "GB", "2009-06-01"),  # a gap
        ("acting Labour leader", "GB", "2018-01-01"),  # the leader was not acting
        ("Green Party co-leader", "GB", "2019-01-01"),  # two at once
    ],
)
def test_what_words_and_date_do_not_fix_is_none(gazetteer: Gazetteer, phrase: str, country: str, date: str) -> None:
    assert resolve_role(gazetteer, phrase, date, country) is None


def test_a_party_tells_leaders_apart(gazetteer: Gazetteer) -> None:
    found = resolve_role(gazetteer, "the party leader", "2005-03-01", "GB", "organisation/veritas")
    assert found is not None
    assert found.name == "Robert Kilroy-Silk"
    assert find_office(gazetteer, "Labour leader", "", "organisation/new-zealand-labour-party") == (
        "new-zealand-labour-party-leader"
    )


def test_a_partial_date_is_enough_when_nobody_else_is_possible(gazetteer: Gazetteer) -> None:
    for date, expected in (("2005", "Tony Blair"), ("2010-04", "Gordon Brown")):
        found = holder(gazetteer, "uk-prime-minister", date)
        assert found is not None
        assert found.name == expected


def test_a_date_range_needs_one_holder_all_through(gazetteer: Gazetteer) -> None:
    found = resolve_role(gazetteer, "prime minister", "2004-06-01", "GB", until="2005-06-30")
    assert found is not None
    assert found.name == "Tony Blair"
    assert resolve_role(gazetteer, "prime minister", "2006-06-01", "GB", until="2008-06-30") is None


@pytest.mark.parametrize("phrase", ["president-elect", "the US president-elect", "incoming president"])
def test_elect_is_who_comes_next(gazetteer: Gazetteer, phrase: str) -> None:
    found = resolve_role(gazetteer, phrase, "2016-12-01", "US")
    assert found is not None
    assert found.name == "Donald Trump"
    assert resolve_role(gazetteer, phrase, "2018-12-01", "US") is None


def test_acting_is_an_acting_holder(gazetteer: Gazetteer) -> None:
    found = resolve_role(gazetteer, "acting Labour leader", "2010-06-01", "GB")
    assert found is not None
    assert found.name == "Harriet Harman"


def test_former_is_the_only_one_before_or_a_list(gazetteer: Gazetteer) -> None:
    found = resolve_role(gazetteer, "the former mayor of London", "2010-01-01", "GB")
    assert found is not None
    assert found.name == "Ken Livingstone"
    names = [e.name for e in former_holders(gazetteer, "uk-prime-minister", "2008-01-01")]
    assert names[:2] == ["Tony Blair", "John Major"]
    assert "Gordon Brown" not in names


def test_roles_of_somebody_at_a_date(gazetteer: Gazetteer) -> None:
    brown = "person/gordon-brown"
    assert {o.id for o in roles_of(gazetteer, brown, "2005-01-01")} == {"uk-chancellor"}
    assert {"uk-prime-minister", "labour-party-leader"} <= {o.id for o in roles_of(gazetteer, brown, "2009-01-01")}
    assert {"uk-chancellor", "uk-prime-minister"} <= {o.id for o in roles_of(gazetteer, brown)}


def test_the_successor_holds_every_day_of_change() -> None:
    """Property over all single-seat offices known to the day: on the day of change only the successor holds it."""
    checked = 0
    for office in GAZETTEER.offices.values():
        for before, after in pairwise(holders(GAZETTEER, office.id)):
            if office.seats == 1 and before.end == after.start and len(after.start) == 10:
                checked += 1
                assert {t.person for t in terms_at(GAZETTEER, office.id, after.start)} == {after.person}
    assert checked > 1000


@given(
    st.sampled_from(sorted(o.id for o in GAZETTEER.offices.values() if o.seats == 1)),
    st.dates().map(str),
)
def test_a_coarser_date_never_names_somebody_else(office: str, date: str) -> None:
    by_day = holder(GAZETTEER, office, date)
    for coarse in (date[:7], date[:4]):
        found = holder(GAZETTEER, office, coarse)
        assert found is None or by_day is None or found == by_day


def test_an_unknown_office_has_no_holder(gazetteer: Gazetteer) -> None:
    assert holders(gazetteer, "king-of-nowhere") == []
    assert holder(gazetteer, "king-of-nowhere", "2020-01-01") is None
    assert next_holder(gazetteer, "king-of-nowhere", "2020-01-01") is None
    assert roles_of(gazetteer, "person/nobody-at-all") == []
