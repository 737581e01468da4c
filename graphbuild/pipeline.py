"""The only composer of the stages: sources -> articles -> Docs -> mentions -> statements -> graph, store and files."""

import gc
import hashlib
import itertools
import json
import os
import platform
import shutil
import tempfile
import time
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TextIO

from graphbuild.clean import clean_article, is_off_topic
from graphbuild.corrections import Correction, apply_corrections, correction_triples, load_corrections
from graphbuild.duplicates import Copies
from graphbuild.errors import GraphbuildError, SourceError
from graphbuild.export.html import write_html
from graphbuild.extract import extract_statements
from graphbuild.graph import graph_triples, write_turtle
from graphbuild.journal import PENDING, Journal, open_journal, read_through
from graphbuild.link import link_article
from graphbuild.link.gazetteer import load_gazetteer
from graphbuild.link.identity import Namesakes, widened
from graphbuild.model import Article, Dropped, Entity, Statement, article_from_dict, digest, to_dict
from graphbuild.ontology import load_ontology, ontologies_dir
from graphbuild.parse import load_model, parse_articles, sections
from graphbuild.pipeline_clock import Clock
from graphbuild.read import read_articles
from graphbuild.records import statement_lines
from graphbuild.rules import load_rules
from graphbuild.scale import Result, in_processes, on_dask
from graphbuild.store import build_store, open_store
from graphbuild.vocab import DEFAULT_BASE

# How the reason begins for which an article as a whole is left out when a rule fails on it, a fault of graphbuild's own.
FAILED = "could not be read for a fault of graphbuild"
Progress = Callable[[Article, int], None]


@dataclass
class Report:
    """What a build did; written as report.json. ``off_topic`` counts the articles that are not about politics, which
    give no statements; ``skipped`` lists inputs that were not read, with the reason;
    ``reused`` counts the articles that an earlier build into the same folder had read in the same way; ``dropped`` the
    passages that cleaning left out, which articles.jsonl lists with their places; ``stages`` gives the seconds of each
    stage, those of all workers together."""

    articles: int = 0
    off_topic: int = 0
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
    stages: dict[str, float] = field(default_factory=dict)
    versions: dict[str, str] = field(default_factory=dict)


def extract_articles(
    articles: Iterable[Article],
    *,
    model: str = "",
    gazetteer: Sequence[Path] = (),
    min_confidence: float = 0.0,
    any_topic: bool = False,
    workers: int = 1,
    period: tuple[str, str] = ("", ""),
    scheduler: str = "",
    shards: Path | str = "shards",
    clock: Clock | None = None,
) -> Iterator[tuple[Article, list[Statement]]]:
    """Cleaned articles with their statements, in order; a few batches are held at a time.

    Statements less sure than ``min_confidence`` are left out. An article that is not about politics gives
    none, unless ``any_topic`` asks for those of every article.
    ``period`` is the time that the corpus spans: in an undated article a post is resolved to who held it all through.
    With several ``workers`` the articles are read in as many processes, with ``scheduler`` by the workers of the Dask
    scheduler at that address, over the shared folder ``shards``; the result is the same (a script that asks for
    processes needs the ``if __name__ == "__main__"`` guard of multiprocessing). ``clock`` counts the seconds by stage,
    those of all workers together. Raises GraphbuildError for a missing model or a worker that died,
    OntologyError for bad data files.
    """
    clock = clock or Clock()
    articles = clock.over("read", articles)
    if workers > 1 or scheduler:
        load_model(model)  # a missing model is told here, not by a worker
        options = _Options(
            model, tuple(Path(folder).resolve() for folder in gazetteer), min_confidence, any_topic, period
        )
        if scheduler:
            options = replace(options, configuration=configuration_hash(model, gazetteer, min_confidence, any_topic))
            results = on_dask(articles, _Reading(options), scheduler, Path(shards))
        else:
            results = in_processes(articles, _Reading(options), workers)
        for pairs, seconds in clock.over("wait", results):
            clock.seconds.update(seconds)
            yield from pairs
        return
    nlp, known, ontology = load_model(model), load_gazetteer(gazetteer), load_ontology()
    _ = ontology.wording  # read now, as the model is: else the first article would seem slow
    waiting: deque[tuple[Article, int]] = deque()

    def parts() -> Iterator[Article]:
        for article in clock.over("clean", (clean_article(a, any_topic) for a in articles)):
            cut = sections(article)
            waiting.append((article, len(cut)))
            yield from cut

    kept: list[Statement] = []
    done, failed = 0, ""
    with _settled_memory():
        for part, doc in clock.over("parse", parse_articles(nlp, parts())):
            try:
                with clock.stage("link"):
                    mentions = link_article(doc, part, known, period) if len(doc) else []
                with clock.stage("extract"):
                    found = extract_statements(doc, part, mentions, ontology) if len(doc) else iter(())
                    kept += [s for s in found if s.evidence.confidence >= min_confidence]
            except Exception as error:  # whatever a rule trips over in one article, the others are read
                failed = f"{FAILED}: {type(error).__name__} {error}".strip()
            done += 1
            article, count = waiting[0]
            if done == count:
                if failed:
                    article, kept = replace(article, dropped=(Dropped(0, len(article.text), failed),)), []
                yield article, kept
                waiting.popleft()
                kept, done, failed = [], 0, ""


def fault_of(article: Article) -> str:
    """Why graphbuild could not read an article, "" for one that it has read."""
    return next((passage.reason for passage in article.dropped if passage.reason.startswith(FAILED)), "")


@contextmanager
def _settled_memory() -> Iterator[None]:
    """Keep the garbage collector from walking through model and gazetteer, a million lasting objects, again and again."""
    if gc.get_freeze_count():
        yield
        return
    gc.collect()
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


@dataclass(frozen=True)
class _Options:
    """What a worker is told: ``configuration`` is the hash that its installation must have, "" where it is the same."""

    model: str
    gazetteer: tuple[Path, ...]
    min_confidence: float
    any_topic: bool
    period: tuple[str, str] = ("", "")
    configuration: str = ""


@dataclass(frozen=True)
class _Reading:
    """The work of one batch, for another process."""

    options: _Options

    def __call__(self, batch: list[Article]) -> Result:
        options = self.options
        chosen = {"model": options.model, "gazetteer": options.gazetteer, "min_confidence": options.min_confidence}
        chosen |= {"any_topic": options.any_topic, "period": options.period}
        if options.configuration and _configuration_here(options) != options.configuration:
            raise GraphbuildError(
                f"{platform.node()}: this worker has another version of graphbuild, its data files, its model or Python "
                f"than the machine that builds; install the same"
            )
        if not gc.get_freeze_count():  # once for all batches of this process; see _settled_memory
            load_model(options.model), load_gazetteer(options.gazetteer)
            gc.collect()
            gc.freeze()
        clock = Clock()
        return list(extract_articles(batch, clock=clock, **chosen)), dict(clock.seconds)  # type: ignore[arg-type]


@lru_cache(maxsize=4)
def _configuration_here(options: _Options) -> str:
    return configuration_hash(options.model, options.gazetteer, options.min_confidence, options.any_topic)


# The modules that decide what is read from an article; a change of the page or the server asks for no new reading.
_DECIDING = ("clean.py", "discourse.py", "model.py", "parse*.py", "wording.py", "link/*.py", "extract/*.py")


def configuration_hash(
    model: str = "", gazetteer: Sequence[Path] = (), min_confidence: float = 0.0, any_topic: bool = False
) -> str:
    """Hash of everything besides the article that decides what is read from it: program, data files, model, options."""
    meta = load_model(model).meta
    parts = [
        meta["name"],
        meta["version"],
        repr((min_confidence, any_topic)),
        *(f"{k} {v}" for k, v in _versions().items()),
    ]
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
    any_topic: bool = False,
    gazetteer: Sequence[Path] = (),
    base: str = DEFAULT_BASE,
    mapping: Mapping[str, str] | None = None,
    workers: int = 1,
    scheduler: str = "",
    progress: Progress | None = None,
) -> Report:
    """Build the graph of some articles into the folder ``out``: statements.jsonl, articles.jsonl, graph.ttl,
    graph.html, store/, journal.jsonl and report.json.

    Everything is made in a temporary folder beside ``out`` and then moved, so that a build that fails leaves the last
    one as it was. What the journal of ``out`` tells to have been read in the same way is not read again, so that an
    interrupted build goes on where it stopped; the corrections in ``out`` are applied anew. ``workers`` processes read
    the articles, or the workers of the Dask ``scheduler`` at an address such as tcp://10.0.0.1:8786, which must share
    the folder ``out``; the bytes are the same as from one process. Statements less sure than ``min_confidence`` are left out. An article that is not about politics is kept but
    gives no statements, unless ``any_topic`` is set. One bad article never stops
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

    clock = Clock()
    dropped: Counter[str] = Counter()
    corrections = load_corrections(target / "corrections.jsonl", load_ontology().relations)
    report.configuration = configuration_hash(model, gazetteer, min_confidence, any_topic)

    spanned = ("", "")  # the time of the dated articles

    def read(articles: Iterable[Article]) -> Iterator[tuple[Article, list[Statement]]]:
        for pair in extract_articles(
            articles, model=model, gazetteer=gazetteer, min_confidence=min_confidence, any_topic=any_topic,
            workers=workers, scheduler=scheduler, shards=target / "shards", clock=clock, period=spanned,
        ):  # fmt: skip
            report.reused -= 1
            yield pair

    def everything(journal: Journal, articles: Iterable[Article]) -> Iterator[tuple[Article, list[Statement]]]:
        """Dated articles first: what an undated one says of posts depends on the time of the others."""
        with tempfile.TemporaryFile("w+", encoding="utf-8", errors="surrogatepass") as undated:

            def dated() -> Iterator[Article]:
                nonlocal spanned
                for article in articles:
                    if article.date:
                        spanned = widened(spanned, article.date)
                        yield article
                    else:
                        undated.write(json.dumps(to_dict(article)) + "\n")

            yield from read_through(journal, report.configuration, dated(), read)
            undated.seek(0)
            waiting = (article_from_dict(json.loads(line)) for line in undated)
            yield from read_through(journal, digest([report.configuration, *spanned]), waiting, read)

    with open_journal(target / PENDING) as pending, open_journal(target / "journal.jsonl") as journal:
        pending.clear()  # a change that was killed has no part in a new build
        copies, ids, namesakes = Copies(), set(), Namesakes(load_gazetteer(gazetteer))
        articles = read_articles(sources, mapping=mapping or {}, skipped=skipped)
        for article, statements in clock.over("journal", everything(journal, articles)):
            ids.add(article.id)
            namesakes.add(article, statements)
            with clock.stage("copies"):
                copies.add(article)
            report.words += len(article.text.split())
            report.off_topic += is_off_topic(article)
            report.dropped += len(article.dropped)
            for passage in article.dropped:
                dropped[passage.reason] += 1
            if fault := fault_of(article):
                skipped(article.id, fault)
            if progress is not None:
                progress(article, len(statements))
        journal.compact(ids)
        report.articles = len(ids)
        report.reused += report.articles
        report.dropped_by_reason = dict(sorted(dropped.items()))
        with clock.stage("copies"):
            families = copies.families()
            del copies  # its sketches are not needed while the graph is made
        report.copies = len(families) - len(set(families.values()))

        def stored() -> Iterator[tuple[Article, list[Statement]]]:
            # What was read is in the journal, so that it need not be in memory.
            for given in sorted(ids):
                article, statements = journal.stored(given)
                found = apply_corrections(article, namesakes.told_apart(article, statements), corrections)
                yield replace(article, family=families.get(given, "")), found

        with tempfile.TemporaryDirectory(dir=target, prefix=".building-") as folder:
            _write_all(Path(folder), stored, base, report, gazetteer, corrections, clock)
            report.seconds = round(time.monotonic() - started, 2)
            report.words_a_second = round(report.words / report.seconds, 1) if report.seconds else 0.0
            report.stages = {name: round(seconds, 2) for name, seconds in sorted(clock.seconds.items())}
            with _new(Path(folder) / "report.json") as file:
                file.write(json.dumps(asdict(report), indent=1, ensure_ascii=False) + "\n")
            _move(Path(folder), target)
    (target / PENDING).unlink()
    if strict and report.skipped:
        first = report.skipped[0]
        raise GraphbuildError(
            f"{len(report.skipped)} inputs were skipped, the first being {first['input']}: {first['reason']}"
        )
    return report


def _write_all(
    folder: Path, results: Callable[[], Iterator[tuple[Article, list[Statement]]]], base: str, report: Report,
    gazetteer: Sequence[Path], corrections: Sequence[Correction], clock: Clock,
) -> None:  # fmt: skip
    """Write everything in two passes over the articles: one for the lines and the store, which keeps nothing in memory,
    and one for the page, once the store's memory is free again."""
    known, ontology = load_gazetteer(gazetteer), load_ontology()

    def written() -> Iterator[tuple[Article, list[Statement]]]:
        with _new(folder / "statements.jsonl") as lines, _new(folder / "articles.jsonl") as texts:
            for article, found in results():
                lines.writelines(statement_lines(article, found, base))
                texts.write(json.dumps(to_dict(article), ensure_ascii=False, sort_keys=True) + "\n")
                report.statements += len(found)
                yield article, found

    triples = itertools.chain(
        graph_triples(
            clock.over("lines", written()), base, configuration=report.configuration, party_of=known.party_of
        ),
        correction_triples(corrections, base),
    )
    with clock.stage("store"):
        build_store(folder / "store", clock.over("graph", triples), load_rules(ontology))
    with clock.stage("turtle"):
        store = open_store(folder / "store")
        # The Turtle is what the store holds, inferred triples included: two engines, one graph.
        report.triples = write_turtle((quad.triple for quad in store), folder / "graph.ttl", base)
        del store
    with clock.stage("page"):
        write_html(folder / "graph.html", *_shown(results()), ontology.relations)


def _shown(results: Iterable[tuple[Article, list[Statement]]]) -> tuple[list[Article], list[Statement]]:
    """What the page says: articles without their texts, and statements that share their entities, since the journal
    gives every statement entities of its own and those of all articles are few."""
    articles: list[Article] = []
    statements: list[Statement] = []
    known: dict[object, Entity] = {}

    def shared(entity: Entity | None) -> Entity | None:
        return entity and known.setdefault(
            (entity.id, entity.name, entity.aliases, entity.same_as, entity.party, entity.kind), entity
        )

    for article, found in results:
        articles.append(replace(article, text="", dropped=()))
        statements += (
            replace(s, subject=shared(s.subject) or s.subject, object=shared(s.object), source=shared(s.source))
            for s in found
        )
    return articles, statements


def _move(folder: Path, target: Path) -> None:
    """Put the finished files in place, one rename each."""
    for name in sorted(p.name for p in folder.iterdir()):
        place = target / name
        if place.is_dir():
            old = folder / f"{name}.old"
            os.replace(place, old)
        os.replace(folder / name, place)
        shutil.rmtree(folder / f"{name}.old", ignore_errors=True)


def _new(path: Path) -> TextIO:
    return path.open("w", encoding="utf-8", errors="replace", newline="\n")


def _versions() -> dict[str, str]:
    found = {"python": platform.python_version()}
    for name in ("graphbuild", "spacy", "rdflib", "pyoxigraph", "networkx", "pyvis"):
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found
