"""graph.html in a browser: what a reader sees and does, with nothing fetched and nothing executed from the texts."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from graphbuild.export.html import write_html
from graphbuild.model import Article, Entity, Evidence, Statement
from graphbuild.ontology import load_ontology

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine")

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


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    with playwright.sync_playwright() as driver:
        started = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield started
        started.close()


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
    page.open(hostile)
    tab = page.tab
    for attack in ATTACKS:
        tab.evaluate(
            "id => { location.hash = 'node=' + encodeURIComponent(id) }",
            f"person/{attack}".encode("utf-8", "replace").decode(),
        )
    for index in range(tab.locator("#card button").count()):
        tab.locator("#card button").nth(index).hover()
    assert tab.evaluate("window.hit") is None
    assert tab.locator("img, svg[onload], main script").count() == 0
    assert not [link for link in tab.locator("a").evaluate_all("all => all.map(a => a.protocol)") if link != "https:"]
    page.check(hostile)
