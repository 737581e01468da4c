"""graph.html in a browser: what a reader sees and does, with nothing fetched and nothing executed from the texts."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from graphbuild.export.html import write_html
from graphbuild.model import Article, Entity, Evidence, Statement
from graphbuild.ontology import load_ontology

STARMER = Entity("person/keir-starmer", "Keir Starmer", "person", party="Labour Party")
SARWAR = Entity("person/anas-sarwar", "Anas Sarwar", "person", party="Labour Party")
BADENOCH = Entity("person/kemi-badenoch", "Kemi Badenoch", "person", party="Conservative Party")
STREETING = Entity("person/wes-streeting", "Wes Streeting", "person", party="Labour Party")
LABOUR = Entity("organisation/labour-party", "Labour Party", "organisation", kind="party")
LEADER = Entity("phrase/leader-of-scottish-labour", "leader of Scottish Labour", "phrase")

# Two reports of one demand, one copy of the first, and sayings of every standing.
ARTICLES = [
    Article("a1", "Anas Sarwar called on Keir Starmer to resign.", "Sarwar tells Starmer to go", "2026-02-09", "The Herald", "https://example.org/a1"),
    Article("a2", "Anas Sarwar called on Keir Starmer to resign.", "Copy", "2026-02-10", "Daily Copy", family="a1"),
    Article("a3", "Sarwar again demanded that Starmer quit.", "Again", "2026-02-12", "BBC News", "javascript:alert(1)"),
    Article("a4", "Wes Streeting plans to challenge Keir Starmer, Kemi Badenoch said. He praised Sarwar.", "", "2026-04-01", "The Times"),
]  # fmt: skip


def found(
    article: Article, subject: Entity, relation: str, target: Entity | None, trigger: str, **more: Any
) -> Statement:
    """A statement whose evidence is the whole text of the article."""
    evidence = Evidence(article.id, 0, len(article.text), article.text, trigger, f"{relation}/test", 0.9)
    return Statement(subject, relation, target, evidence, **more)


STATEMENTS = [
    found(ARTICLES[0], SARWAR, "calls_to_resign", STARMER, "called"),
    found(ARTICLES[0], SARWAR, "holds_role", LEADER, "Sarwar"),
    found(ARTICLES[1], SARWAR, "calls_to_resign", STARMER, "called"),
    found(ARTICLES[2], SARWAR, "calls_to_resign", STARMER, "demanded"),
    found(ARTICLES[3], STREETING, "challenges", STARMER, "challenge", modality="intended", source=BADENOCH),
    found(ARTICLES[3], STREETING, "praises", SARWAR, "praised"),
    found(ARTICLES[3], STREETING, "praises", SARWAR, "plans"),
    found(ARTICLES[3], BADENOCH, "criticises", LABOUR, "said", polarity="negative"),
    found(ARTICLES[3], STREETING, "member_of", LABOUR, "plans"),
]


ATTACKS = [
    "<script>window.hit=1</script>",
    "</script><script>window.hit=2</script>",
    "<img src=x onerror=window.hit=3>",
    "<!--<script>window.hit=4",
    "javascript:window.hit=5",
    "\"'><svg onload=window.hit=6>",
    "{{ 7*7 }}{% raw %}",
    "__proto__",
    "\u202eevil\u202c name",
    "zero\u200bwidth\ufeff",
    "a\u2028b\u2029c\\u003c\x00\x1b[31m",
    "lone \ud800 surrogate",
    "أحمد الشرع",
    "A" * 2_000,
]
"""Names and sentences at once; each is also the id, title, outlet, address, date, role and source of something."""


class Page:
    """A page in the browser, with everything it asked for and everything it complained about."""

    def __init__(self, tab: Any) -> None:
        self.tab = tab
        self.requests: list[str] = []
        self.complaints: list[str] = []
        tab.on("request", lambda request: self.requests.append(request.url))
        tab.on("console", lambda line: line.type in ("error", "warning") and self.complaints.append(line.text))
        tab.on("pageerror", lambda error: self.complaints.append(str(error)))
        tab.on("dialog", lambda dialog: (self.complaints.append("dialog"), dialog.dismiss()))

    def open(self, file: Path, state: str = "") -> "Page":
        self.tab.goto(file.as_uri() + state)
        self.tab.wait_for_selector("body[data-ready]", timeout=20_000)
        return self

    def check(self, file: Path) -> None:
        assert self.complaints == []
        assert {url.partition("#")[0] for url in self.requests} == {file.as_uri()}


@pytest.fixture
def page(browser: Any) -> Iterator[Page]:
    tab = browser.new_page(viewport={"width": 1280, "height": 800})
    yield Page(tab)
    tab.close()


@pytest.fixture(scope="session")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("page") / "graph.html"
    write_html(file, ARTICLES, STATEMENTS, load_ontology().relations)
    return file


def test_opens_by_itself_and_shows_the_names(page: Page, graph: Path) -> None:
    page.open(graph)
    text = page.tab.inner_text("body")
    assert "Keir Starmer" in text
    assert "Anas Sarwar" in text
    page.check(graph)


def test_an_edge_leads_to_its_sentences(page: Page, graph: Path) -> None:
    page.open(graph)
    page.tab.get_by_role("button", name="Anas Sarwar", exact=True).first.click()
    page.tab.get_by_role("button", name="calls for the resignation of").first.click()
    card = page.tab.inner_text("#card")
    assert "Anas Sarwar called on Keir Starmer to resign." in card
    assert "Sarwar again demanded that Starmer quit." in card
    assert "The Herald" in card
    assert "2026-02-09" in card
    assert page.tab.locator("#card mark").all_inner_texts() == ["called", "called", "demanded"]
    assert page.tab.locator("#card a").evaluate_all("all => all.map(a => a.href)") == ["https://example.org/a1"]
    page.check(graph)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    people = [Entity(f"person/{attack}", attack, "person", party=attack) for attack in ATTACKS]
    victim = Entity("person/keir-starmer", "Keir Starmer", "person")
    articles = [Article(a, a, a, a, a, "javascript:window.hit=9" if i % 2 else f"https://example.org/{a}") for i, a in enumerate(ATTACKS)]  # fmt: skip
    statements = [
        found(article, person, "criticises", victim, article.text, source=person, topic=article.text, date=article.text)
        for article, person in zip(articles, people, strict=True)
    ] + [
        found(article, victim, "criticises", person, "", role=article.text)
        for article, person in zip(articles, people, strict=True)
    ]
    file = tmp_path_factory.mktemp("hostile") / "graph.html"
    write_html(file, articles, statements, load_ontology().relations, title=ATTACKS[1])
    return file


def test_nothing_from_the_texts_is_executed(page: Page, hostile: Path) -> None:
    tab = page.open(hostile, "#say=asserted,claimed").tab
    nodes, links = tab.evaluate("[graphbuild.data.nodes.map(n => n.id), graphbuild.data.links.map(l => l[0])]")
    assert len(nodes) == len(ATTACKS) + 1
    assert len(links) == 2 * len(ATTACKS)
    said = ""
    for key, values in (("node", nodes), ("link", links)):
        for value in values:
            chosen = tab.evaluate(
                """([key, value]) => new Promise(done => {
                    addEventListener('hashchange', () => done(document.body.dataset.chosen), {once: true});
                    location.hash = new URLSearchParams({[key]: value, say: 'asserted,claimed'}); })""",
                [key, value],
            )
            assert chosen == value
            said += tab.locator("#card").inner_text()
    assert ATTACKS[1] in said, "texts are shown as they are"
    assert "\u202eevil" in said
    box = tab.locator("#net").bounding_box()
    for node in nodes:
        spot = tab.evaluate("id => graphbuild.net.canvasToDOM(graphbuild.net.getPosition(id))", node)
        tab.mouse.move(box["x"] + spot["x"], box["y"] + spot["y"])
        tab.wait_for_timeout(30)
    tab.get_by_role("button", name="List", exact=True).click()
    for start in ("<", "java", "zero", "evil"):
        tab.get_by_label("Find a person or party").fill(start)
    assert tab.evaluate("window.hit") is None
    assert tab.locator("img, iframe, object, main script, svg[onload]").count() == 0
    assert set(tab.locator("a").evaluate_all("all => all.map(a => a.protocol)")) <= {"https:"}
    page.check(hostile)


def shown_edges(page: Page) -> set[str]:
    """The drawn links in words, as the tooltips have them."""
    titles = page.tab.evaluate("graphbuild.net.body.data.edges.get().map(e => e.title)")
    return {title.partition("\n")[0] for title in titles}


def shown_names(page: Page) -> set[str]:
    return set(page.tab.evaluate("graphbuild.net.body.data.nodes.get().map(n => n.title.split('\\n')[0])"))


RESIGN = "Anas Sarwar calls for the resignation of Keir Starmer"
PRAISE = "Wes Streeting praises Anas Sarwar"
CHALLENGE = "Wes Streeting plans: challenges Keir Starmer"
NOT_CRITICISED = "Kemi Badenoch not: criticises Labour Party"


def test_clicking_a_line_and_a_name_in_the_picture_opens_their_cards(page: Page, graph: Path) -> None:
    page.open(graph)
    spot = page.tab.evaluate("""() => {
        const edge = graphbuild.net.body.edges[graphbuild.net.body.data.edges.get().find(e => e.title.includes('resignation')).id];
        return graphbuild.net.canvasToDOM(edge.edgeType.getPoint(.5)); }""")
    box = page.tab.locator("#net").bounding_box()
    page.tab.mouse.click(box["x"] + spot["x"], box["y"] + spot["y"])
    page.tab.wait_for_url("**#link=**")
    card = page.tab.inner_text("#card")
    assert "Sarwar again demanded that Starmer quit." in card
    assert "2 independent texts, 3 outlets, 3 sentences" in card, "a copy of a text counts once"
    spot = page.tab.evaluate("graphbuild.net.canvasToDOM(graphbuild.net.getPosition('person/anas-sarwar'))")
    page.tab.mouse.click(box["x"] + spot["x"], box["y"] + spot["y"])
    page.tab.wait_for_url("**#node=**")
    card = page.tab.inner_text("#card")
    assert "person · Labour Party" in card
    assert "holds the role of leader of Scottish Labour (1)" in card
    assert "Wes Streeting praises Anas Sarwar (1)" in card
    page.check(graph)


def test_only_facts_are_drawn_until_more_is_asked_for(page: Page, graph: Path) -> None:
    page.open(graph)
    assert shown_edges(page) == {RESIGN, PRAISE}
    page.tab.get_by_label("planned").check()
    page.tab.get_by_label("reported not to be so").check()
    assert shown_edges(page) == {RESIGN, PRAISE, CHALLENGE, NOT_CRITICISED}
    looks = page.tab.evaluate("""() => Object.fromEntries(graphbuild.net.body.data.edges.get().map(
        e => [e.title.split('\\n')[0], [e.dashes !== false, e.arrows?.to?.type || 'arrow', e.color.color]]))""")
    assert looks[RESIGN][:2] == [False, "arrow"]
    assert looks[CHALLENGE][:2] == [True, "arrow"]
    assert looks[NOT_CRITICISED][:2] == [True, "bar"]
    assert len({look[2] for look in looks.values()}) == 4, "families and negation have their own colours"
    page.tab.get_by_label("planned").uncheck()
    assert shown_edges(page) == {RESIGN, PRAISE, NOT_CRITICISED}
    page.check(graph)


def test_who_says_so_stands_on_the_card(page: Page, graph: Path) -> None:
    page.open(graph, "#say=intended")
    page.tab.get_by_role("button", name="List", exact=True).click()
    page.tab.get_by_role("button", name="plans: challenges").click()
    card = page.tab.inner_text("#card")
    assert "Who says so: Kemi Badenoch" in card
    assert "planned" in card
    assert page.tab.locator("#card mark").all_inner_texts() == ["challenge"]
    assert page.tab.locator("#card blockquote b").all_inner_texts() == ["Wes Streeting", "Keir Starmer"]


def test_one_sentence_read_by_two_rules_is_shown_once(page: Page, graph: Path) -> None:
    page.open(graph)
    page.tab.get_by_role("button", name="Wes Streeting", exact=True).click()
    page.tab.get_by_role("button", name="praises Anas Sarwar (1)").click()
    assert page.tab.locator("#card blockquote").count() == 1
    assert page.tab.locator("#card mark").all_inner_texts() == ["plans", "praised"]


def test_filters_of_family_party_time_and_support(page: Page, graph: Path) -> None:
    page.open(graph)
    page.tab.get_by_label("demand").uncheck()
    assert shown_edges(page) == {PRAISE}
    page.tab.get_by_label("demand").check()
    page.tab.get_by_label("at least").fill("2")
    page.tab.keyboard.press("Enter")
    assert shown_edges(page) == {RESIGN}
    page.tab.get_by_role("button", name="Reset").click()
    page.tab.get_by_label("Party", exact=True).select_option("Conservative Party")
    assert shown_edges(page) == set()
    assert page.tab.get_by_text("Nothing passes these filters.").is_visible()
    page.tab.get_by_role("button", name="Reset").click()
    # 2026-02-09 to 2026-04-01: the slider of days.
    page.tab.locator("#until").fill("10")
    page.tab.wait_for_url("**#until=2026-02-19")
    assert shown_edges(page) == {RESIGN}
    page.tab.locator("#from").fill("2")
    page.tab.wait_for_url("**from=2026-02-11*")
    page.tab.get_by_role("button", name="Anas Sarwar", exact=True).click()
    page.tab.get_by_role("button", name="calls for the resignation of").click()
    assert page.tab.locator("#card blockquote").count() == 1, "the card tells of the chosen time"
    page.check(graph)


def test_search_completes_by_keyboard(page: Page, graph: Path) -> None:
    page.open(graph)
    page.tab.keyboard.press("/")
    page.tab.keyboard.type("str")
    assert page.tab.locator("#found").get_by_role("option").all_inner_texts() == [
        "Wes Streeting · Labour Party · person"
    ]
    page.tab.get_by_label("Find a person or party").fill("lab")
    assert "Labour Party" in page.tab.locator("#found").get_by_role("option").first.inner_text()
    page.tab.get_by_label("Find a person or party").fill("a")
    page.tab.keyboard.press("ArrowDown")
    chosen = page.tab.locator("[role=option][aria-selected=true]").inner_text()
    page.tab.keyboard.press("Enter")
    assert page.tab.inner_text("#card h2") == chosen.partition(" · ")[0]
    assert page.tab.evaluate("document.activeElement.tagName") == "H2", "the reader goes on at the card"
    page.tab.keyboard.press("Escape")
    assert page.tab.inner_text("#card h2") == "Who is connected most"


def test_a_reload_restores_what_was_chosen(page: Page, graph: Path) -> None:
    page.open(graph)
    page.tab.get_by_label("planned").check()
    page.tab.get_by_label("cooperation").uncheck()
    page.tab.get_by_label("Party", exact=True).select_option("Labour Party")
    page.tab.get_by_role("button", name="List", exact=True).click()
    page.tab.get_by_role("button", name="calls for the resignation of").click()
    before = page.tab.evaluate("location.hash"), shown_edges(page), page.tab.inner_text("#card")
    page.tab.reload()
    page.tab.wait_for_selector("body[data-ready]")
    assert (page.tab.evaluate("location.hash"), shown_edges(page), page.tab.inner_text("#card")) == before
    assert page.tab.get_by_role("table").is_visible()
    assert not page.tab.get_by_label("cooperation").is_checked()
    page.tab.keyboard.press("l")
    spots = page.tab.evaluate(
        "Object.values(graphbuild.net.getPositions()).map(p => graphbuild.net.canvasToDOM(p)).map(p => [p.x, p.y])"
    )
    box = page.tab.locator("#net").bounding_box()
    assert spots
    assert all(0 < x < box["width"] and 0 < y < box["height"] for x, y in spots), "the picture fits when it comes"
    page.check(graph)


@pytest.mark.parametrize(
    "state",
    [
        "#node=nobody",
        "#say=&from=2026-99&support=-3&hops=x",
        "#%E0%A4%A",
        "#only=__proto__&hide=constructor",
        "#===&&&",
    ],
)
def test_an_address_that_makes_no_sense_does_no_harm(page: Page, graph: Path, state: str) -> None:
    page.open(graph, state)
    assert page.tab.inner_text("#card h2") == "Who is connected most"
    page.check(graph)


def test_list_view_says_the_same_as_the_picture(page: Page, graph: Path) -> None:
    page.open(graph, "#say=asserted,claimed,intended,possible,denied,negated")
    drawn = shown_edges(page)
    page.tab.keyboard.press("l")
    rows = page.tab.locator("#list tbody tr").evaluate_all(
        "all => all.map(row => [...row.cells].slice(0, 3).map(c => c.textContent).join(' '))"
    )
    assert set(rows) == drawn
    assert not page.tab.locator("#net").is_visible()


def test_the_keyboard_alone_leads_from_the_start_to_a_sentence(page: Page, graph: Path) -> None:
    page.open(graph)
    keys = page.tab.keyboard
    keys.press("Tab")
    assert page.tab.evaluate("document.activeElement.id") == "skip"
    keys.press("Enter")
    assert page.tab.evaluate("document.activeElement.id") == "list"
    keys.press("Tab")
    keys.press("Tab")
    keys.press("Enter")
    assert page.tab.evaluate("document.activeElement.innerText") == RESIGN
    assert page.tab.locator("#card blockquote").count() == 3


def test_narrow_light_and_dark(browser: Any, graph: Path) -> None:
    backgrounds = set()
    for scheme in ("light", "dark"):
        tab = browser.new_page(viewport={"width": 375, "height": 740}, color_scheme=scheme)
        Page(tab).open(graph)
        backgrounds.add(tab.evaluate("getComputedStyle(document.body).backgroundColor"))
        assert tab.evaluate("document.documentElement.scrollWidth") <= 375, "nothing sticks out at the side"
        assert tab.locator("#net canvas").bounding_box()["height"] > 250
        tab.close()
    assert len(backgrounds) == 2


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """1,700 names: a ring of the first 300 with spokes, and the others in chains that hang from it."""
    people = [Entity(f"person/p{i}", f"Person {i}", "person") for i in range(1_700)]
    article = Article("a", "One criticised another.", "Title", "2024-05-01", "The Paper")
    pairs = [(i, (i + step) % 300) for i in range(300) for step in (1, 7)] + [(i, i - 300) for i in range(300, 1_700)]
    file = tmp_path_factory.mktemp("large") / "graph.html"
    statements = [found(article, people[a], "criticises", people[b], "criticised") for a, b in pairs]
    assert write_html(file, [article], statements, load_ontology().relations) == 1_700
    return file


def test_a_large_graph_opens_on_its_core_and_grows(page: Page, large: Path) -> None:
    page.open(large)
    at_first = shown_names(page)
    assert 100 < len(at_first) < 500
    assert "Person 1699" not in at_first
    page.tab.get_by_label("Find a person or party").fill("person 1699")
    page.tab.keyboard.press("Enter")
    assert shown_names(page) == at_first | {"Person 1699"}
    page.tab.get_by_role("button", name="Add 1 hidden neighbour").click()
    assert shown_names(page) == at_first | {"Person 1699", "Person 1399"}
    page.tab.reload()
    page.tab.wait_for_selector("body[data-ready]")
    assert shown_names(page) == at_first | {"Person 1699", "Person 1399"}
    page.tab.get_by_role("button", name="Only this and its neighbours").click()
    assert shown_names(page) == {"Person 1699", "Person 1399"}
    page.tab.get_by_label("How far around").select_option("3")
    assert shown_names(page) == {"Person 1699", "Person 1399", "Person 1099", "Person 799"}
    page.check(large)
