"""graph.html in a browser: the picture around one name, the timeline, for and against, and the layout."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from graphbuild.export.html import write_html
from graphbuild.export.page_layout import place
from graphbuild.model import Article, Entity, Evidence, Statement
from graphbuild.ontology import load_ontology


def person(name: str) -> Entity:
    return Entity(f"person/{name.lower().replace(' ', '-')}", name, "person")


CORBYN = person("Jeremy Corbyn")
MPS = Entity("group/labour-mps", "Labour MPs", "group")
NEAR = [person(f"Member {letter}") for letter in "ABCDEFGH"]
FAR = person("Distant Friend")
ARTICLES = [
    Article("a", "Members spoke about Corbyn.", "One", "2016-06-26", "The Paper"),
    Article("b", "Labour MPs challenged Corbyn.", "Two", "2016-07-11", "The Other Paper"),
    Article("c", "A friend backed Member A.", "Three", "", "The Paper"),
]


def said(article: Article, subject: Entity, relation: str, target: Entity, **more: Any) -> Statement:
    evidence = Evidence(article.id, 0, len(article.text), article.text, "spoke", f"{relation}/test", 0.9)
    return Statement(subject, relation, target, evidence, **more)


STATEMENTS = [
    *(said(ARTICLES[0], one, "supports" if i % 2 else "criticises", CORBYN) for i, one in enumerate(NEAR)),
    said(ARTICLES[1], MPS, "challenges", CORBYN),
    said(ARTICLES[1], MPS, "criticises", CORBYN, modality="intended"),
    said(ARTICLES[2], FAR, "supports", NEAR[0]),
]


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("views") / "graph.html"
    write_html(file, ARTICLES, STATEMENTS, load_ontology().relations)
    return file


@pytest.fixture
def tab(browser: Any, graph: Path) -> Iterator[Any]:
    opened = browser.new_page(viewport={"width": 1280, "height": 800})
    complaints: list[str] = []
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    opened.on("console", lambda line: line.type in ("error", "warning") and complaints.append(line.text))
    opened.goto(graph.as_uri())
    opened.wait_for_selector("body[data-ready]")
    yield opened
    opened.close()
    assert complaints == []


def spots(tab: Any) -> dict[str, tuple[float, float]]:
    found = tab.evaluate("Object.entries(graphbuild.net.getPositions()).map(([id, p]) => [id, p.x, p.y])")
    return {name: (x, y) for name, x, y in found}


def test_around_one_name_the_picture_is_rings(tab: Any) -> None:
    before = spots(tab)
    tab.evaluate("choose({only: 'person/jeremy-corbyn', hops: 2})")
    around = spots(tab)
    assert around["person/jeremy-corbyn"] == (0, 0)
    # As seen with the axes made equal, the first ring is one circle and the second lies outside it.
    wide = max(x for x, _ in (around[e.id] for e in (*NEAR, MPS)))
    high = max(y for _, y in (around[e.id] for e in (*NEAR, MPS)))
    reach = {name: ((x / wide) ** 2 + (y / high) ** 2) ** 0.5 for name, (x, y) in around.items()}
    assert all(0.8 < reach[e.id] < 1.2 for e in (*NEAR, MPS))
    assert reach[FAR.id] > 1.5
    # Friends stand together and foes stand together: going round, the sign changes twice at most.
    order = tab.evaluate(
        "[...linksOf[nodeNumber.get('person/jeremy-corbyn')]].filter(link => passes(link)).map(link => "
        "[link.relation.sign, Math.atan2(placeOf(nodes[link.from]).y, placeOf(nodes[link.from]).x)])"
    )
    signs = [sign for sign, _ in sorted(order, key=lambda pair: pair[1])]
    assert sum(a != b for a, b in zip(signs, signs[1:] + signs[:1], strict=True)) == 2
    tab.evaluate("choose({only: ''})")
    assert spots(tab) == before


@pytest.mark.parametrize("only", ["", "person/distant-friend", "person/jeremy-corbyn"])
def test_words_of_level_lines_lie(tab: Any, only: str) -> None:
    """vis-network writes turned words of a level line at the origin, upon whatever is there."""
    tab.evaluate("only => choose({only, hops: 1})", only)
    edges = tab.evaluate("Object.values(net.body.edges).map(e => [e.from.y === e.to.y, e.options.font.align])")
    assert edges
    assert all((align == "horizontal") == level for level, align in edges)
    if only == "person/distant-friend":
        assert any(level for level, _ in edges)


def test_timeline_tells_by_month_what_happened(tab: Any) -> None:
    tab.keyboard.press("t")
    assert tab.locator("#list h3").all_inner_texts() == ["2016-06", "2016-07", "Without a date"]
    months = tab.locator("#list ul")
    assert months.nth(0).locator("li").count() == len(NEAR)
    assert "Labour MPs challenge Jeremy Corbyn" in months.nth(1).inner_text()
    tab.get_by_role("button", name="Labour MPs challenge").click()
    assert "Labour MPs challenged Corbyn." in tab.inner_text("#card")
    assert "timeline=1" in tab.evaluate("location.hash")
    tab.keyboard.press("t")
    assert tab.locator("#net").is_visible()


def test_for_and_against_filter_and_colour(tab: Any) -> None:
    count = "drawnEdges.length"
    assert tab.evaluate(count) == 10
    tab.get_by_label("against the other").uncheck()
    assert tab.evaluate(count) == 5
    assert tab.locator("#tones .count").all_inner_texts() == ["5", "0", "5"], "what a box would show stays countable"
    colours = "[...new Set(drawnEdges.get().map(edge => edge.color.color))].length"
    tab.get_by_label("against the other").check()
    families = tab.evaluate(colours)
    tab.get_by_label("colour the lines by this").check()
    assert (families, tab.evaluate(colours)) == (3, 2)
    tab.reload()
    tab.wait_for_selector("body[data-ready]")
    assert tab.evaluate(colours) == 2, "the address keeps it"


def test_counts_say_what_is_drawn(tab: Any) -> None:
    shown = tab.locator("#families .count").all_inner_texts()
    assert sum(map(int, shown)) == tab.evaluate("drawnEdges.length")
    planned = tab.get_by_label("planned")
    assert tab.locator("#standings .count").all_inner_texts()[2] == "1"
    planned.check()
    assert tab.evaluate("drawnEdges.length") == 11


def test_nothing_left_says_so_and_offers_the_way_back(tab: Any) -> None:
    tab.get_by_label("at least").fill("40")
    tab.keyboard.press("Tab")
    assert "Nothing passes these filters." in tab.inner_text("main")
    tab.get_by_role("button", name="Clear all filters").click()
    assert tab.evaluate("drawnEdges.length") == 10


def test_an_empty_graph_says_that_it_is_empty(browser: Any, tmp_path: Path) -> None:
    write_html(tmp_path / "graph.html", ARTICLES, [], load_ontology().relations)
    tab = browser.new_page()
    tab.goto((tmp_path / "graph.html").as_uri())
    tab.wait_for_selector("body[data-ready]")
    assert "This graph holds no relations between names." in tab.inner_text("main")
    assert tab.inner_text("#card h2") == "No relations"
    tab.close()


def test_names_do_not_lie_on_one_another() -> None:
    hubs = {f"hub{i}": f"Long Name of a Hub {i}" for i in range(4)}
    leaves = {f"leaf{i}": f"Somebody Number {i}" for i in range(60)}
    pairs = [("hub0", f"hub{i}") for i in range(1, 4)] + [(f"leaf{i}", f"hub{i % 4}") for i in range(60)]
    places = place(hubs | leaves, pairs)
    names = sorted(places)
    close = [
        (a, b)
        for i, a in enumerate(names)
        for b in names[i + 1 :]
        if abs(places[a][0] - places[b][0]) < 60 and abs(places[a][1] - places[b][1]) < 60
    ]
    assert close == []
    # A star is spread around its hub, not stacked above and below it.
    for hub in hubs:
        around = [places[a] for a, b in pairs if b == hub and a in leaves]
        wide, high = (max(c) - min(c) for c in zip(*around, strict=True))
        assert wide > 300
        assert high > 200
