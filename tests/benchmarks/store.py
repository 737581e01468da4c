"""How long the store takes: load, add and remove an article, on a synthetic graph of the project's own shapes.

    python tests/benchmarks/store.py [--articles 2600] [--changes 40]

Prints one line a measure: what, graphbuild, pyoxigraph used directly. Times are wall seconds, the middle of the runs.
"Directly" is the same triples with nothing kept right: loading without inference, inserting or deleting the triples of
the change as one transaction. The aim is an article added in under 0.05 s.
"""

import argparse
import random
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pyoxigraph as ox

from graphbuild.graph import article_graph, graph_triples, write_turtle
from graphbuild.model import Article, Entity, Evidence, Statement
from graphbuild.rules import as_quad, load_rules
from graphbuild.store import add_article, build_store, open_store, remove_article, replace_article

ACTS = ("criticises", "accuses", "supports", "praises", "urges", "meets", "calls_to_resign", "challenges", "threatens")
WORDS = "minister party vote leader said budget would could Monday speech motion member council report call".split()


def synthetic(count: int, seed: int = 42) -> Iterator[tuple[Article, list[Statement]]]:
    """``count`` articles of ten statements each, about 2,000 people of 12 parties, some much oftener than others."""
    rng = random.Random(seed)
    parties = [Entity(f"organisation/party-{n}", f"Party {n}", "organisation") for n in range(12)]
    people = [
        Entity(f"person/person-{n}", f"Person Number{n}", "person", (f"Number{n}",), (f"Q{n + 1}",), f"Party {n % 12}")
        for n in range(2000)
    ]
    weights = [1 / (n + 1) for n in range(2000)]
    policies = [Entity(f"phrase/policy-{n}", f"policy {n}", "phrase") for n in range(3000)]
    for number in range(count):
        text = " ".join(rng.choices(WORDS, k=400))
        day = f"20{number % 20:02d}-{rng.randint(1, 12):02d}-{rng.randint(1, 28):02d}"
        article = Article(
            f"a{number:06d}", text, f"Title {number}", day, f"Outlet {number % 60}", f"https://x.org/{number}"
        )
        found = []
        for index in range(10):
            subject, obj, source = rng.choices(people, weights, k=3)
            relation, end = rng.choice(ACTS), obj
            if index == 0:
                relation, end = "member_of", parties[int(subject.id.rpartition("-")[2]) % 12]
            elif index < 3:
                relation, end = rng.choice(("favours", "opposes", "calls_for")), rng.choice(policies)
            start = rng.randint(0, len(text) - 150)
            evidence = Evidence(
                article.id, start, start + 120, text[start : start + 120], relation, f"{relation}/x", 0.9
            )
            modality = rng.choice(("actual", "actual", "actual", "alleged"))
            date = day if index % 3 == 0 else ""
            found.append(
                Statement(
                    subject,
                    relation,
                    end,
                    evidence,
                    modality=modality,
                    source=source if index == 5 else None,
                    date=date,
                )
            )
        yield article, found


def timed(what: Callable[[], object]) -> float:
    started = time.perf_counter()
    what()
    return time.perf_counter() - started


def line(what: str, own: float, direct: float | None = None) -> None:
    print(f"{what:46} {own:10.4f} s" + (f" {direct:10.4f} s {own / direct:8.2f}x" if direct else ""), flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=2600)
    parser.add_argument("--changes", type=int, default=40)
    parser.add_argument(
        "--keep", type=Path, help="a folder to leave store and graph.ttl in, for the queries' benchmark"
    )
    given = parser.parse_args()
    folder = given.keep or Path(tempfile.mkdtemp(prefix="graphbuild-benchmark-"))
    items, extra = list(synthetic(given.articles)), list(synthetic(given.articles + given.changes))[given.articles :]
    rules = load_rules()

    triples: list[ox.Triple] = []
    line("make the triples", timed(lambda: triples.extend(graph_triples(items))))
    direct_path = folder / "direct"
    direct = timed(lambda: ox.Store(str(direct_path)).bulk_extend(map(as_quad, triples)))
    line("load without inference", timed(lambda: build_store(folder / "store", triples)), direct)
    line("load and infer", timed(lambda: build_store(folder / "store", triples, rules)), direct)
    store = open_store(folder / "store", read_only=False)
    print(f"{len(store)} triples, {given.articles} articles")
    line("write Turtle", timed(lambda: write_turtle((q.triple for q in store), folder / "graph.ttl")))

    other = ox.Store(str(direct_path))
    added, removed, replaced, inserted, deleted = [], [], [], [], []
    for article, statements in extra:
        part = article_graph(article, statements)
        added.append(timed(lambda part=part: add_article(store, part, rules)))
        quads = " .\n".join(map(str, part.own | {t for s in part.statements.values() for t in s.core}))
        inserted.append(timed(lambda quads=quads: other.update(f"INSERT DATA {{ {quads} }}")))
    for article, statements in items[:: max(1, len(items) // given.changes)]:
        part = article_graph(article, statements[1:])
        replaced.append(timed(lambda part=part: replace_article(store, part, rules)))
    for article, statements in extra:
        removed.append(timed(lambda article=article: remove_article(store, article.id, rules)))
        quads = " .\n".join(map(str, article_graph(article, statements).own))
        deleted.append(timed(lambda quads=quads: other.update(f"DELETE DATA {{ {quads} }}")))
    line("add one article", statistics.median(added), statistics.median(inserted))
    line("add one article, slowest", max(added), max(inserted))
    line("replace one article", statistics.median(replaced))
    line("remove one article", statistics.median(removed), statistics.median(deleted))
    line("remove one article, slowest", max(removed), max(deleted))
    shutil.rmtree(direct_path)
    if not given.keep:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
