"""Time to interactive of graph.html in Chromium, beside plain pyvis of the same graph with the same places and physics off.

    python tests/benchmarks/page.py                      # 100, 1,000 and 5,000 names; 20,000 statements
    python tests/benchmarks/page.py --shot page.png      # a picture of the sample's page as well
    python tests/benchmarks/page.py --shot page.png --build output --hash node=person/keir-starmer --only-shot

A page is ready when its first frame is drawn: the clock runs from the start of the navigation to the second animation
frame after the scripts are done. Plain pyvis asks a content network for files, which are refused at once here, so that
no time goes into waiting for them. The best of five runs, taken in turns, counts; files are opened by file://.
"""

import argparse
import random
import shutil
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright
from pyvis.network import Network

from graphbuild.export.html import write_html
from graphbuild.export.page_layout import place
from graphbuild.model import Article, Entity, Evidence, Statement
from graphbuild.ontology import load_ontology
from graphbuild.records import read_build

READY = (
    """() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now()))))"""
)
RELATIONS = ("criticises", "supports", "calls_to_resign", "meets", "challenges", "sacked_by", "accuses", "praises")


def corpus(names: int, statements: int) -> tuple[list[Article], list[Statement]]:
    """Articles and statements in which few names are in many and most in few, as in news; every name has a link."""
    chance = random.Random(names)
    people = [Entity(f"person/p{i}", f"Given{i % 97} Family{i}", "person") for i in range(names)]
    articles, found = [], []
    for i in range(statements):
        day = f"{2015 + i % 11}-{1 + i % 12:02}-{1 + i % 28:02}"
        text = f"The speaker number {i} criticised the other one on {day}, in a sentence that is about as long as those in newspapers are."
        if i % 4 == 0:
            articles.append(Article(f"a{i}", text, f"Title {i}", day, f"Outlet {i % 23}", f"https://example.org/{i}"))
        one = people[i] if i < names else people[int(names * chance.random() ** 3)]
        other = people[int(names * chance.random() ** 3)]
        if one is other:
            other = people[(people.index(one) + 1) % names]
        evidence = Evidence(articles[-1].id, 0, len(text), text, "criticised", "benchmark")
        modality = "intended" if i % 10 == 9 else "actual"
        found.append(Statement(one, chance.choice(RELATIONS), other, evidence, modality=modality, date=day))
    return articles, found


def plain(path: Path, statements: list[Statement]) -> None:
    """The same names, links and places by pyvis alone."""
    labels = {e.id: e.name for s in statements for e in (s.subject, s.object) if e}
    pairs = sorted({(s.subject.id, s.object.id, s.relation) for s in statements if s.object and s.modality == "actual"})
    network = Network(directed=True, cdn_resources="in_line", height="750px")
    for node, (x, y) in place(labels, [p[:2] for p in pairs]).items():
        network.add_node(node, label=labels[node], x=x, y=y, physics=False)
    for one, other, label in pairs:
        network.add_edge(one, other, label=label)
    network.toggle_physics(False)
    path.write_text(network.generate_html(notebook=False), "utf-8")


def ready(browser: Any, page: Path, selector: str) -> float:
    """Seconds from the start of the navigation until a frame is drawn with the graph in it."""
    tab = browser.new_page(viewport={"width": 1280, "height": 800})
    tab.route("**/*", lambda route: route.continue_() if route.request.url.startswith("file:") else route.abort())
    tab.goto(page.as_uri(), wait_until="load", timeout=120_000)
    tab.wait_for_selector(selector, state="attached", timeout=120_000)
    spent = float(tab.evaluate(READY)) / 1000
    tab.close()
    return spent


def moves(browser: Any, page: Path) -> dict[str, float]:
    """Seconds that a filter, a search and a card take, each until its frame is drawn."""
    tab = browser.new_page(viewport={"width": 1280, "height": 800})
    tab.goto(page.as_uri())
    tab.wait_for_selector("body[data-ready]")
    spent = {}
    for name, action in {
        "filter": "document.querySelector('#standings input[value=intended]').click()",
        "search": "{ const f = document.getElementById('find'); f.value = 'family1'; f.dispatchEvent(new Event('input')); }",
        "card": "document.querySelector('#card button').click()",
    }.items():
        started = time.monotonic()
        tab.evaluate(action)
        tab.evaluate(READY)
        spent[name] = time.monotonic() - started
    tab.close()
    return spent


def measure(browser: Any, folder: Path, names: int, statements: int) -> None:
    articles, found = corpus(names, statements)
    ours, theirs = folder / "graph.html", folder / "plain.html"
    started = time.monotonic()
    write_html(ours, articles, found, load_ontology().relations)
    written = time.monotonic() - started
    plain(theirs, found)
    own, other = float("inf"), float("inf")
    for _ in range(5):  # in turns, so that both see the same machine
        own = min(own, ready(browser, ours, "body[data-ready]"))
        other = min(other, ready(browser, theirs, "#mynetwork canvas"))
    spent = ", ".join(f"{name} {seconds:.2f} s" for name, seconds in moves(browser, ours).items())
    sys.stdout.write(
        f"{names:6,} names {statements:7,} statements: ready in {own:.2f} s (plain pyvis {other:.2f} s), {spent}; "
        f"{ours.stat().st_size / 1e6:.1f} MB, written in {written:.1f} s\n"
    )


def shot(browser: Any, target: Path, build: Path, state: str, size: str, scheme: str) -> None:
    """A picture of the page of a build."""
    width, _, height = size.partition("x")
    tab = browser.new_page(viewport={"width": int(width), "height": int(height)}, color_scheme=scheme)
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "graph.html"
        pairs = read_build(build)
        write_html(page, [a for a, _ in pairs], [s for _, f in pairs for s in f], load_ontology().relations)
        tab.goto(page.as_uri() + (f"#{state}" if state else ""))
        tab.wait_for_selector("body[data-ready]")
        tab.wait_for_timeout(600)
        tab.screenshot(path=target)
    tab.close()


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--shot", type=Path, help="write a PNG of a build's page here")
    options.add_argument("--build", type=Path, default=Path("output"), help="the build for --shot")
    options.add_argument("--hash", default="", help="state of the page for --shot, as node=person/keir-starmer")
    options.add_argument("--size", default="1280x800")
    options.add_argument("--scheme", default="light", choices=("light", "dark"))
    options.add_argument("--only-shot", action="store_true", help="no measuring")
    given = options.parse_args()
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        sys.exit("no Chromium on this machine")
    with sync_playwright() as driver, tempfile.TemporaryDirectory() as folder:
        browser = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        if given.shot:
            shot(browser, given.shot, given.build, given.hash, given.size, given.scheme)
        if not given.only_shot:
            for names, statements in ((100, 300), (1_000, 2_500), (5_000, 12_000), (5_000, 20_000)):
                measure(browser, Path(folder), names, statements)
        browser.close()


if __name__ == "__main__":
    main()
