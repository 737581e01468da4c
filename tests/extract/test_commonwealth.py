"""Posts and parties as the press of the Commonwealth and Ireland tells them."""

from collections.abc import Callable

import pytest

from graphbuild.model import Statement


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("EFF leader Julius Malema spoke.", {("holds_role", "leader of Economic Freedom Fighters")}),
        ("DA chief whip John Steenhuisen spoke.", {("holds_role", "chief whip of the Democratic Alliance")}),
        ("Shadow treasurer Jim Chalmers spoke.", {("holds_role", "shadow treasurer")}),
        ("Taoiseach Micheál Martin spoke.", {("holds_role", "taoiseach")}),
        ("The two-term Bay of Plenty MP Todd Muller spoke.", {("holds_role", "MP for Bay of Plenty")}),
        ("Ethics commissioner Mario Dion spoke.", {("holds_role", "ethics commissioner")}),
        (
            "Conservative finance critic Pierre Poilievre spoke.",
            {
                ("holds_role", "finance critic for the Conservative Party of Canada"),
                ("member_of", "Conservative Party of Canada"),
            },
        ),
        ("Former APC national chairman Adams Oshiomhole spoke.", {("holds_role", "national chairman of the All Progressives Congress")}),
        ("Mr Godwin Obaseki of the Peoples Democratic Party (PDP) spoke.", {("member_of", "Peoples Democratic Party")}),
        ("Mmusi Maimane walked away from the leadership of the DA.", {("holds_role", "leader of the Democratic Alliance")}),
        ("Nyesom Wike, who chaired the PDP campaign council, spoke.", {("holds_role", "chair of the PDP campaign council")}),
    ],
)  # fmt: skip
def test_posts(text: str, told: set[tuple[str, str]], extract: Callable[..., list[Statement]]) -> None:
    found = extract(text, date="2020-06-01")
    assert {
        (s.relation, s.object.name) for s in found if s.object and s.relation in ("holds_role", "member_of")
    } == told


def test_governors_of_a_list_have_each_their_state(extract: Callable[..., list[Statement]]) -> None:
    found = extract(
        "Those present included governors Seyi Makinde of Oyo and Samuel Ortom of Benue.", date="2022-09-21"
    )
    assert {(s.subject.name, s.object.name) for s in found if s.object and s.relation == "holds_role"} == {
        ("Seyi Makinde", "governor of Oyo"),
        ("Samuel Ortom", "governor of Benue"),
    }


def test_who_is_critic_by_post_criticises_nobody_by_it(extract: Callable[..., list[Statement]]) -> None:
    found = extract(
        "NDP health critic Don Davies met Pierre Poilievre, the Conservative finance critic.", date="2020-06-01"
    )
    assert not [s for s in found if s.relation == "criticises"]


SHARED = [
    ("Reform UK's founder and leader, Nigel Farage, spoke.", {("Nigel Farage", "founder of Reform UK"), ("Nigel Farage", "leader of Reform UK")}),
    (
        "Tom Perez, chairman and chief executive of the Democratic National Committee, spoke.",
        {("Tom Perez", "chairman of the Democratic National Committee"), ("Tom Perez", "chief executive of the Democratic National Committee")},
    ),
    (
        "Reps. Hakeem Jeffries (N.Y.) and Suzan DelBene (Wash.) backed Joe Biden.",
        {("Hakeem Jeffries", "representative for New York"), ("Suzan DelBene", "representative for Washington")},
    ),
    ("Transport union the RMT, led by Bob Crow, backed Labour.", {("Bob Crow", "leader of the RMT")}),
    ("Congress, led by Paul Ryan, and Democrats led by Harry Reid met Barack Obama.", set()),
]  # fmt: skip


@pytest.mark.parametrize(("text", "told"), SHARED, ids=[text[:30] for text, _ in SHARED])
def test_posts_of_one_body_and_names_of_one_list(
    text: str, told: set[tuple[str, str]], extract: Callable[..., list[Statement]]
) -> None:
    found = extract(text, date="2019-07-30")
    assert {(s.subject.name, s.object.name) for s in found if s.object and s.relation == "holds_role"} == told
