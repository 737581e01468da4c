"""How long each shipped query takes on a large graph: through the query process, on Oxigraph directly, on rdflib.

    python tests/benchmarks/queries.py [--articles 8000] [--folder DIR] [--rdflib] [--json FILE]

Makes a synthetic graph of the project's own shapes (8,000 articles give 1.7 million triples), lays it out as
a build does, and prints a table: seconds of the best of three runs, and the ratio of the first column to the second.
"""

import argparse
import json
import multiprocessing
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from graphbuild.graph import graph_triples
from graphbuild.model import Article, Entity, Evidence, Statement
from graphbuild.ontology import load_ontology
from graphbuild.query import QueryPool
from graphbuild.query_library import ask_shipped, bind_parameters, shipped_queries
from graphbuild.rules import as_quad, infer, load_rules
from graphbuild.vocab import mint_id

PARTIES = [f"{word} Party" for word in "Amber Birch Cedar Dune Elm Fern Grove Heath Ivy Juniper Kelp Laurel".split()]
OUTLETS = [f"The {word}" for word in "Echo Mercury Courier Gazette Herald Post Star Times Tribune Chronicle".split()]
SPEECH = (
    "criticises",
    "accuses",
    "supports",
    "praises",
    "calls_to_resign",
    "urges",
    "meets",
    "threatens",
    "challenges",
)
LIMIT = 60.0  # seconds that rdflib may take for one query


def _people(count: int) -> list[Entity]:
    return [
        Entity(mint_id("person", f"Member {i:04d}"), f"Member {i:04d}", "person", (f"M. {i:04d}",), (), PARTIES[i % 12])
        for i in range(count)
    ]


def _party(name: str) -> Entity:
    return Entity(mint_id("organisation", name), name, "organisation")


def articles(count: int, seed: int = 42) -> Iterator[tuple[Article, list[Statement]]]:
    """Synthetic articles: actors by a long-tailed choice, five statements each, a tenth of the texts copied."""
    chance = random.Random(seed)
    people = _people(2000)
    weights = [1 / (i + 3) for i in range(len(people))]
    policies = [Entity(mint_id("phrase", f"policy {i}"), f"policy {i}", "phrase") for i in range(300)]
    posts = [Entity(mint_id("phrase", f"minister {i}"), f"minister {i}", "phrase") for i in range(120)]
    for number in range(count):
        date = f"{2015 + number * 10 // count}-{chance.randint(1, 12):02d}-{chance.randint(1, 28):02d}"
        family = f"article-{number - 1}" if number and chance.random() < 0.1 else ""
        name = f"article-{number}"
        found: list[Statement] = []
        for place in range(5):
            one, two, three = chance.choices(people, weights, k=3)
            relation = chance.choice((*SPEECH, "favours", "opposes", "holds_role", "resigns_from", "joins", "leaves"))
            target: Entity = two
            if relation in ("favours", "opposes"):
                target = chance.choice(policies)
            elif relation in ("holds_role", "resigns_from"):
                target = chance.choice(posts)
            elif relation in ("joins", "leaves"):
                target = _party(chance.choice(PARTIES))
            quote = f"{one.name} {relation.replace('_', ' ')} {target.name} in report {number}, sentence {place}."
            evidence = Evidence(name, place * 90, place * 90 + len(quote), quote, relation, f"{relation}/verb", 0.9)
            found.append(
                Statement(
                    one,
                    relation,
                    target,
                    evidence,
                    polarity="negative" if chance.random() < 0.1 else "positive",
                    modality="actual" if chance.random() < 0.8 else chance.choice(("intended", "possible", "alleged")),
                    source=three if chance.random() < 0.2 else None,
                    date=date if chance.random() < 0.3 else "",
                )
            )
        text = " ".join(s.evidence.text for s in found)
        yield Article(name, text, f"Report {number}", date, chance.choice(OUTLETS), family=family), found


def write_graph(folder: Path, count: int) -> int:
    """Write ``folder``/store and ``folder``/graph.nt; returns the number of triples."""
    parties = {mint_id("organisation", name): _party(name) for name in PARTIES}
    memory, rules = ox.Store(), load_rules(load_ontology())
    memory.bulk_extend(
        as_quad(t) for t in graph_triples(articles(count), party_of=lambda entity, _: parties.get(entity))
    )
    memory.bulk_extend(as_quad(t) for t in rules.schema)
    infer(memory, rules)
    (folder / "store").mkdir(parents=True)
    memory.dump(str(folder / "graph.nt"), ox.RdfFormat.N_TRIPLES, from_graph=ox.DefaultGraph())
    disk = ox.Store(str(folder / "store"))
    disk.bulk_load(path=str(folder / "graph.nt"), format=ox.RdfFormat.N_TRIPLES)
    disk.flush()
    return len(memory)


def parameters(pool: QueryPool) -> Iterator[tuple[str, dict[str, str]]]:
    """Each shipped query as widely as its parameters allow, and once for the busiest person."""
    person = {"person": "Member 0000"}
    for name, query in shipped_queries().items():
        needed = {p.name for p in query.parameters if p.required}
        known = {p.name for p in query.parameters}
        if name == "article":
            yield name, {"article": "article-17"}
        elif name == "edge":
            yield name, person | {"object": "Member 0001"}
        elif not needed:
            yield name, {}
        if "person" in known and name != "edge":
            yield name, person


def best(work: Callable[[], Any], runs: int = 3) -> float:
    """Seconds of the fastest of some runs."""
    seconds = []
    for _ in range(runs):
        started = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - started)
    return min(seconds)


def _rdflib_times(file: str, texts: list[str], answers: Any) -> None:
    import rdflib

    started = time.perf_counter()
    graph = rdflib.Graph().parse(file, format="nt")
    answers.put(time.perf_counter() - started)
    for text in texts:
        answers.put(best(lambda text=text: list(graph.query(text)), 1))  # type: ignore[misc]


def rdflib_seconds(file: Path, texts: list[str]) -> list[float | None]:
    """Seconds of each query on rdflib's engine in memory; None where it took longer than LIMIT."""
    out: list[float | None] = []
    while len(out) < len(texts):
        answers: Any = multiprocessing.get_context("spawn").Queue()
        arguments = (str(file), texts[len(out) :], answers)
        process = multiprocessing.get_context("spawn").Process(target=_rdflib_times, args=arguments)
        process.start()
        answers.get(timeout=1800)
        try:
            while len(out) < len(texts):
                out.append(answers.get(timeout=LIMIT))
        except Exception:  # queue.Empty: over the limit, or the process died of it
            out.append(None)
        process.kill()
        process.join()
    return out


def main() -> None:
    """Run the benchmark and print its table."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--articles", type=int, default=8000)
    options.add_argument("--folder", type=Path, help="keep the graph here, and use it if it is there already")
    options.add_argument("--rdflib", action="store_true", help="time rdflib in memory too (takes many minutes)")
    options.add_argument("--json", type=Path, help="write the figures here too")
    given = options.parse_args()
    folder = given.folder or Path(tempfile.mkdtemp()) / "out"
    if not (folder / "store").exists():
        started = time.perf_counter()
        count = write_graph(folder, given.articles)
        sys.stdout.write(f"{count} triples written in {time.perf_counter() - started:.1f} s to {folder}\n")
    store = ox.Store.read_only(str(folder / "store"))
    figures: list[dict[str, Any]] = []
    with QueryPool(folder, timeout=300) as pool:
        for name, params in parameters(pool):
            text = bind_parameters(pool, shipped_queries()[name], params)
            direct = best(lambda text=text: _serialize(store, text))  # type: ignore[misc]
            asked = best(lambda text=text: pool.ask(text, max_rows=10**7))  # type: ignore[misc]
            named = best(lambda: ask_shipped(pool, name, params, max_rows=10**7))  # noqa: B023  (runs at once)
            figures.append(
                {"query": name, "params": params, "text": text, "asked": asked, "named": named, "direct": direct}
            )
    if given.rdflib:
        for figure, seconds in zip(
            figures, rdflib_seconds(folder / "graph.nt", [f["text"] for f in figures]), strict=True
        ):
            figure["rdflib"] = seconds
    sys.stdout.write(f"{'query':42} {'asked':>8} {'by name':>8} {'direct':>8} {'ratio':>6} {'rdflib':>8}\n")
    for figure in figures:
        title = f"{figure['query']} {' '.join(figure['params'].values())}"
        other = (
            f"> {LIMIT:g}"
            if figure.get("rdflib", 0) is None
            else f"{figure['rdflib']:.3f}"
            if "rdflib" in figure
            else ""
        )
        sys.stdout.write(
            f"{title:42} {figure['asked']:8.3f} {figure['named']:8.3f} {figure['direct']:8.3f} "
            f"{figure['asked'] / figure['direct']:6.2f} {other:>8}\n"
        )
    if given.json:
        given.json.write_text(json.dumps(figures, indent=1), "utf-8")


def _serialize(store: ox.Store, text: str) -> None:
    result: Any = store.query(text)
    if isinstance(result, ox.QueryTriples):
        result.serialize(format=ox.RdfFormat.TURTLE)
    else:
        result.serialize(format=ox.QueryResultsFormat.JSON)


if __name__ == "__main__":
    main()
