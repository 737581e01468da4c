"""The only composer of the stages: sources -> articles -> Docs -> mentions -> statements -> graph, store and files."""

import hashlib
import itertools
import json
import multiprocessing
import os
import platform
import shutil
import tempfile
import time
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import asdict, dataclass, field, replace
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, TextIO

from graphbuild.clean import clean_article
from graphbuild.corrections import Correction, apply_corrections, correction_triples, load_corrections
from graphbuild.duplicates import families
from graphbuild.errors import GraphbuildError, SourceError
from graphbuild.export.html import write_html
from graphbuild.extract import extract_statements
from graphbuild.graph import graph_triples, write_turtle
from graphbuild.journal import PENDING, open_journal, read_through
from graphbuild.link import link_article
from graphbuild.link.gazetteer import load_gazetteer
from graphbuild.model import Article, Statement, digest, to_dict
from graphbuild.ontology import load_ontology, ontologies_dir
from graphbuild.parse import load_model, parse_articles, sections
from graphbuild.read import read_articles
from graphbuild.records import statement_lines
from graphbuild.rules import load_rules
from graphbuild.store import build_store, open_store
from graphbuild.vocab import DEFAULT_BASE

Progress = Callable[[Article, int], None]


@dataclass
class Report:
    """What a build did; written as report.json. ``skipped`` lists inputs that were not read, with the reason;
    ``reused`` counts the articles that an earlier build into the same folder had read in the same way; ``dropped`` the
    passages that cleaning left out, which articles.jsonl lists with their places."""

    articles: int = 0
    reused: int = 0
    statements: int = 0
    triples: int = 0
    words: int = 0
    seconds: float = 0.0
    words_a_second: float = 0.0
    model: str = ""
    skipped: list[dict[str, str]] = field(default_factory=list)
    dropped: int = 0
    dropped_by_reason: dict[str, int] = field(default_factory=dict)
    copies: int = 0
    configuration: str = ""
    versions: dict[str, str] = field(default_factory=dict)


def extract_articles(
    articles: Iterable[Article],
    *,
    model: str = "",
    gazetteer: Sequence[Path] = (),
    min_confidence: float = 0.0,
    workers: int = 1,
) -> Iterator[tuple[Article, list[Statement]]]:
    """Cleaned articles with their statements, in order; a few batches are held at a time.

    With several ``workers`` the articles are read in as many processes, with the same result (a script that asks for
    them needs the ``if __name__ == "__main__"`` guard of multiprocessing). Raises GraphbuildError for a missing model
    or a worker that died, OntologyError for bad data files.
    """
    if workers > 1:
        yield from _in_processes(articles, workers, (model, tuple(gazetteer), min_confidence))
        return
    nlp, known, ontology = load_model(model), load_gazetteer(gazetteer), load_ontology()
    waiting: deque[tuple[Article, int]] = deque()

    def parts() -> Iterator[Article]:
        for article in map(clean_article, articles):
            cut = sections(article)
            waiting.append((article, len(cut)))
            yield from cut

    found: list[Statement] = []
    done = 0
    for part, doc in parse_articles(nlp, parts()):
        statements = extract_statements(doc, part, link_article(doc, part, known), ontology)
        found += (s for s in statements if s.evidence.confidence >= min_confidence)
        done += 1
        article, count = waiting[0]
        if done == count:
            yield article, found
            waiting.popleft()
            found, done = [], 0


_Options = tuple[str, tuple[Path, ...], float]
# Words that a worker is given at once: enough to outweigh the passing, little enough to keep memory flat.
_BATCH_WORDS = 20_000


def _batches(articles: Iterable[Article]) -> Iterator[list[Article]]:
    batch: list[Article] = []
    words = 0
    for article in articles:
        batch.append(article)
        words += len(article.text) // 6
        if words >= _BATCH_WORDS:
            yield batch
            batch, words = [], 0
    if batch:
        yield batch


def _read_batch(batch: list[Article], options: _Options) -> list[tuple[Article, list[Statement]]]:
    model, gazetteer, min_confidence = options
    return list(extract_articles(batch, model=model, gazetteer=gazetteer, min_confidence=min_confidence))


def _in_processes(
    articles: Iterable[Article], workers: int, options: _Options
) -> Iterator[tuple[Article, list[Statement]]]:
    load_model(options[0])  # a missing model is told here, not by a worker
    waiting: deque[Future[list[tuple[Article, list[Statement]]]]] = deque()
    pool = ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("spawn"))
    try:
        for batch in _batches(articles):
            waiting.append(pool.submit(_read_batch, batch, options))
            while len(waiting) > 2 * workers:
                yield from waiting.popleft().result()
        while waiting:
            yield from waiting.popleft().result()
    except BrokenProcessPool as error:
        raise GraphbuildError("a worker process died; build again to go on where it stopped") from error
    finally:
        pool.shutdown(cancel_futures=True)


# The modules that decide what is read from an article; a change of the page or the server asks for no new reading.
_DECIDING = ("clean.py", "discourse.py", "model.py", "parse.py", "wording.py", "link/*.py", "extract/*.py")


def configuration_hash(model: str = "", gazetteer: Sequence[Path] = (), min_confidence: float = 0.0) -> str:
    """Hash of everything besides the article that decides what is read from it: program, data files, model, options."""
    meta = load_model(model).meta
    parts = [meta["name"], meta["version"], repr(min_confidence), *(f"{k} {v}" for k, v in _versions().items())]
    package = Path(__file__).parent
    files = [path for name in _DECIDING for path in package.glob(name)] + [*ontologies_dir().rglob("*.*")]
    files += [path for folder in gazetteer for path in Path(folder).rglob("*.*")]
    parts += [hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(files) if path.is_file()]
    return digest(parts)


def build(
    sources: Iterable[Path | str],
    out: Path | str,
    *,
    model: str = "",
    strict: bool = False,
    min_confidence: float = 0.0,
    gazetteer: Sequence[Path] = (),
    base: str = DEFAULT_BASE,
    mapping: Mapping[str, str] | None = None,
    workers: int = 1,
    progress: Progress | None = None,
) -> Report:
    """Build the graph of some articles into the folder ``out``: statements.jsonl, articles.jsonl, graph.ttl,
    graph.html, store/, journal.jsonl and report.json.

    Everything is made in a temporary folder beside ``out`` and then moved, so that a build that fails leaves the last
    one as it was. What the journal of ``out`` tells to have been read in the same way is not read again, so that an
    interrupted build goes on where it stopped; the corrections in ``out`` are applied anew. ``workers``
    processes read the articles, with the same bytes as one. One bad article never stops
    a build: it is named in the report. With ``strict`` GraphbuildError is raised, after everything is written, when an
    input was skipped.
    """
    started = time.monotonic()
    report = Report(model=load_model(model).meta["name"], versions=_versions())
    sources = list(sources)
    for source in sources:
        if str(source) != "-" and not Path(source).exists():
            raise SourceError(f"{source}: there is no such file or folder")
    target = Path(out)
    target.mkdir(parents=True, exist_ok=True)

    def skipped(name: str, reason: str) -> None:
        report.skipped.append({"input": name, "reason": reason})

    results: list[tuple[Article, list[Statement]]] = []
    dropped: Counter[str] = Counter()
    corrections = load_corrections(target / "corrections.jsonl", load_ontology().relations)
    report.configuration = configuration_hash(model, gazetteer, min_confidence)

    def read(articles: Iterable[Article]) -> Iterator[tuple[Article, list[Statement]]]:
        for pair in extract_articles(
            articles, model=model, gazetteer=gazetteer, min_confidence=min_confidence, workers=workers
        ):
            report.reused -= 1
            yield pair

    with open_journal(target / PENDING) as pending, open_journal(target / "journal.jsonl") as journal:
        pending.clear()  # a change that was killed has no part in a new build
        articles = read_articles(sources, mapping=mapping or {}, skipped=skipped)
        for article, statements in read_through(journal, report.configuration, articles, read):
            results.append((article, apply_corrections(article, statements, corrections)))
            report.words += len(article.text.split())
            report.dropped += len(article.dropped)
            for passage in article.dropped:
                dropped[passage.reason] += 1
            if progress is not None:
                progress(article, len(statements))
        journal.compact({article.id for article, _ in results})
        report.articles, report.statements = len(results), sum(len(s) for _, s in results)
        report.reused += report.articles
        report.dropped_by_reason = dict(sorted(dropped.items()))
        copies = families(article for article, _ in results)
        results = sorted(
            ((replace(a, family=copies.get(a.id, "")), found) for a, found in results), key=lambda pair: pair[0].id
        )
        report.copies = len(copies) - len(set(copies.values()))
        with tempfile.TemporaryDirectory(dir=target, prefix=".building-") as folder:
            _write_all(Path(folder), results, base, report, gazetteer, corrections)
            report.seconds = round(time.monotonic() - started, 2)
            report.words_a_second = round(report.words / report.seconds, 1) if report.seconds else 0.0
            _write(
                Path(folder) / "report.json",
                lambda file: file.write(json.dumps(asdict(report), indent=1, ensure_ascii=False) + "\n"),
            )
            _move(Path(folder), target)
    (target / PENDING).unlink()
    if strict and report.skipped:
        first = report.skipped[0]
        raise GraphbuildError(
            f"{len(report.skipped)} inputs were skipped, the first being {first['input']}: {first['reason']}"
        )
    return report


def _write_all(
    folder: Path, results: Sequence[tuple[Article, list[Statement]]], base: str, report: Report,
    gazetteer: Sequence[Path], corrections: Sequence[Correction],
) -> None:  # fmt: skip
    _write(
        folder / "statements.jsonl",
        lambda file: file.writelines(line for a, s in results for line in statement_lines(a, s, base)),
    )
    _write(
        folder / "articles.jsonl",
        lambda file: file.writelines(
            json.dumps(to_dict(a), ensure_ascii=False, sort_keys=True) + "\n" for a, _ in results
        ),
    )
    known, ontology = load_gazetteer(gazetteer), load_ontology()
    triples = itertools.chain(
        graph_triples(results, base, configuration=report.configuration, party_of=known.party_of),
        correction_triples(corrections, base),
    )
    build_store(folder / "store", triples, load_rules(ontology))
    store = open_store(folder / "store")
    # The Turtle is what the store holds, inferred triples included: two engines, one graph.
    report.triples = write_turtle((quad.triple for quad in store), folder / "graph.ttl", base)
    del store
    write_html(
        folder / "graph.html", [a for a, _ in results], [s for _, found in results for s in found], ontology.relations
    )


def _move(folder: Path, target: Path) -> None:
    """Put the finished files in place, one rename each."""
    for name in sorted(p.name for p in folder.iterdir()):
        place = target / name
        if place.is_dir():
            old = folder / f"{name}.old"
            os.replace(place, old)
        os.replace(folder / name, place)
        shutil.rmtree(folder / f"{name}.old", ignore_errors=True)


def _write(path: Path, fill: Callable[[TextIO], Any]) -> None:
    with path.open("w", encoding="utf-8", errors="replace", newline="\n") as file:
        fill(file)


def _versions() -> dict[str, str]:
    found = {"python": platform.python_version()}
    for name in ("graphbuild", "spacy", "rdflib", "pyoxigraph", "networkx", "pyvis"):
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found
