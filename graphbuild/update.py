"""Changes of a finished build, one article at a time, without building it anew.

    add_articles(DIR, sources)    read articles and add them; unchanged ones are skipped
    remove_articles(DIR, ids)     remove articles and what they alone support
    correct(DIR, correction)      write a correction down and apply it

Afterwards store, graph.ttl, statements.jsonl and articles.jsonl are what a fresh build of the same articles gives. The
store is changed first, one transaction an article, and what it was given is in DIR/pending.jsonl until the files
are written too: so a killed run loses no article, and the next change writes what is missing.
"""

import json
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from dataclasses import replace as dataclasses_replace
from functools import partial, reduce
from pathlib import Path

import pyoxigraph as ox

from graphbuild.clean import clean_article
from graphbuild.corrections import (
    Correction,
    append_correction,
    apply_corrections,
    check_correction,
    concerned_articles,
    correction_triples,
    known_entities,
    load_corrections,
)
from graphbuild.duplicates import families
from graphbuild.errors import GraphbuildError
from graphbuild.export.html import write_html
from graphbuild.graph import article_graph, statements_from_triples, write_turtle
from graphbuild.journal import PENDING, Journal, open_journal
from graphbuild.link.gazetteer import Gazetteer, load_gazetteer
from graphbuild.link.identity import Namesakes, widened
from graphbuild.model import Article, Entity, Statement, article_from_dict, to_dict
from graphbuild.ontology import Ontology, load_ontology
from graphbuild.pipeline import configuration_hash, extract_articles, fault_of
from graphbuild.read import read_articles
from graphbuild.records import statement_lines
from graphbuild.rules import Rules, load_rules
from graphbuild.store import (
    article_triples,
    has_article,
    is_stored,
    open_store,
    remove_article,
    replace_article,
    replace_corrections,
    stored_hashes,
)
from graphbuild.vocab import DEFAULT_BASE

CORRECTIONS = "corrections.jsonl"


@dataclass
class Update:
    """What a change did: article ids ``added``, ``replaced``, ``removed``, ``unchanged``, ``corrected``, and inputs
    ``skipped`` with the reason."""

    added: list[str] = field(default_factory=list)
    replaced: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    corrected: list[str] = field(default_factory=list)
    skipped: list[dict[str, str]] = field(default_factory=list)


@dataclass
class _Build:
    """An opened build: its store, the lines of its files by article, and what reading needs."""

    folder: Path
    base: str
    store: ox.Store
    journal: Journal
    ontology: Ontology
    rules: Rules
    gazetteer: Gazetteer
    corrections: list[Correction]
    configuration: str
    articles: dict[str, str]
    statements: dict[str, list[str]]

    def put(self, article: Article, statements: Sequence[Statement], configuration: str) -> None:
        """Write one article into journal, store and lines."""
        self.journal.add(article, configuration, statements)
        self.put_again(article, statements, configuration)

    def read_articles(self) -> dict[str, Article]:
        """The articles of the build, by id."""
        return {i: article_from_dict(json.loads(line)) for i, line in self.articles.items()}

    def settle_families(self) -> None:
        """Put the articles again whose family the change gave another first member."""
        articles = self.read_articles()
        copies = families(articles.values())
        hashes = stored_hashes(self.store)
        for given, article in sorted(articles.items()):
            if article.family != copies.get(given, ""):
                statements = statements_from_triples(article_triples(self.store, given, self.base), self.base)
                self.put(dataclasses_replace(article, family=copies.get(given, "")), statements, hashes[given][1])

    def read_all(self) -> list[tuple[Article, list[Statement]]]:
        """Every article of the build with its statements, by id."""
        found: dict[str, list[Statement]] = {}
        for s in statements_from_triples((q.triple for q in self.store), self.base):
            found.setdefault(s.evidence.article, []).append(s)
        return [(article, found.get(i, [])) for i, article in sorted(self.read_articles().items())]

    def settle_namesakes(self) -> None:
        """Put the articles again in which the change makes somebody one with a namesake, or another."""
        before, hashes = self.read_all(), stored_hashes(self.store)
        # An addition is in the store already; what changes or rejects may concern the new id.
        others = [c for c in self.corrections if c.action != "add"]
        namesakes = Namesakes(self.gazetteer)
        for article, old in before:
            namesakes.add(article, old)
        for article, old in before:
            new = namesakes.told_apart(article, old)
            if old != new:
                self.put(article, apply_corrections(article, new, others), hashes[article.id][1])

    def span(self, but: Collection[str] = (), more: Iterable[Article] = ()) -> tuple[str, str]:
        """The time of the build's dated articles, without some and with more."""
        dates = [a.date for i, a in self.read_articles().items() if i not in but] + [a.date for a in more]
        return reduce(widened, dates, ("", ""))

    def put_again(self, article: Article, statements: Sequence[Statement], configuration: str) -> None:
        """As put, without the journal."""
        part = article_graph(
            article, statements, self.base, configuration=configuration, party_of=self.gazetteer.party_of
        )
        replace_article(self.store, part, self.rules, self.base)
        self.articles[article.id] = json.dumps(to_dict(article), ensure_ascii=False, sort_keys=True) + "\n"
        self.statements[article.id] = statement_lines(article, statements, self.base)


def add_articles(
    folder: Path | str,
    sources: Iterable[Path | str],
    *,
    replace: bool = False,
    model: str = "",
    min_confidence: float = 0.0,
    any_topic: bool = False,
    gazetteer: Sequence[Path] = (),
    base: str = DEFAULT_BASE,
    mapping: Mapping[str, str] | None = None,
    progress: Callable[[Article, int], None] | None = None,
) -> Update:
    """Read ``sources`` and add their articles to the build in ``folder``, one transaction each.

    An article that the build has in exactly this form is left alone. One that it has in another form is replaced with
    ``replace``, and otherwise skipped with a reason. Raises GraphbuildError when ``folder`` is no build, StoreError
    when somebody else is writing to it.
    """
    done = Update()

    def skipped(name: str, reason: str) -> None:
        done.skipped.append({"input": name, "reason": reason})

    def change(build: _Build) -> None:
        given = [
            clean_article(a, any_topic) for a in read_articles(list(sources), mapping=mapping or {}, skipped=skipped)
        ]
        taken = {a.id for a in given if replace or not has_article(build.store, a.id, base)}
        kept = [a for i, a in build.read_articles().items() if i not in taken]
        copies = families([*kept, *(a for a in given if a.id in taken)])

        def wanted() -> Iterable[Article]:
            for article in (dataclasses_replace(a, family=copies.get(a.id, "")) for a in given):
                if is_stored(build.store, article, build.configuration, base):
                    done.unchanged.append(article.id)
                elif has_article(build.store, article.id, base) and not replace:
                    skipped(article.id, "another article of this id is in the build; replace it instead")
                else:
                    yield article

        before, after = build.span(), build.span(taken, (a for a in given if a.id in taken))
        read = partial(
            extract_articles, model=model, gazetteer=gazetteer, min_confidence=min_confidence, any_topic=any_topic,
            period=after,
        )  # fmt: skip
        for article, statements in read(wanted()):
            (done.replaced if has_article(build.store, article.id, base) else done.added).append(article.id)
            if fault := fault_of(article):
                skipped(article.id, fault)
            build.put(article, apply_corrections(article, statements, build.corrections), build.configuration)
            if progress is not None:
                progress(article, len(statements))
        if before != after:
            _read_undated(build, read, {a.id for a in given})
        build.settle_families()
        build.settle_namesakes()

    _changed(Path(folder), base, gazetteer, change, configuration_hash(model, gazetteer, min_confidence, any_topic))
    return done


def _read_undated(
    build: _Build, read: Callable[[Iterable[Article]], Iterable[tuple[Article, list[Statement]]]], but: Collection[str]
) -> None:
    """Read the undated articles of a build anew, since the time that its other articles span has changed."""
    again = [a for i, a in sorted(build.read_articles().items()) if not a.date and i not in but]
    families_of = {a.id: a.family for a in again}
    for article, statements in read(again):
        article = dataclasses_replace(article, family=families_of[article.id])
        build.put(article, apply_corrections(article, statements, build.corrections), build.configuration)


def remove_articles(
    folder: Path | str,
    ids: Iterable[str],
    *,
    model: str = "",
    min_confidence: float = 0.0,
    any_topic: bool = False,
    gazetteer: Sequence[Path] = (),
    base: str = DEFAULT_BASE,
) -> Update:
    """Remove the articles of these ids, one transaction each; unknown ids are skipped with a reason.

    ``model`` and the like are those of the build; undated articles are read anew when the others now span another
    time. Raises as add_articles does.
    """
    done = Update()

    def change(build: _Build) -> None:
        before = build.span()
        for given in ids:
            if not has_article(build.store, given, base):
                done.skipped.append({"input": given, "reason": "no article of this id is in the build"})
                continue
            remove_article(build.store, given, build.rules, base)
            build.articles.pop(given, None)
            build.statements.pop(given, None)
            done.removed.append(given)
        if before != (after := build.span()):
            read = partial(
                extract_articles, model=model, gazetteer=gazetteer, min_confidence=min_confidence, any_topic=any_topic,
                period=after,
            )  # fmt: skip
            _read_undated(build, read, ())
        build.settle_families()
        build.settle_namesakes()

    _changed(Path(folder), base, gazetteer, change)
    return done


def correct(
    folder: Path | str, correction: Correction, *, gazetteer: Sequence[Path] = (), base: str = DEFAULT_BASE
) -> Update:
    """Write a correction to DIR/corrections.jsonl and apply it to the articles that it concerns.

    Raises GraphbuildError when it is malformed or concerns nothing that the build holds, and as add_articles does.
    """
    done = Update()
    folder = Path(folder)

    def change(build: _Build) -> None:
        check_correction(correction, build.ontology.relations)
        everything = statements_from_triples((q.triple for q in build.store), base)
        decision = known_entities(correction, everything)
        concerned = sorted(a for a in concerned_articles(decision, everything) if a in build.articles)
        if not concerned:
            raise GraphbuildError("correct: no statement or article of this build is concerned; nothing was written")
        revised = []
        for given in concerned:
            article = article_from_dict(json.loads(build.articles[given]))
            statements = statements_from_triples(article_triples(build.store, given, base), base)
            revised.append((article, apply_corrections(article, statements, [decision])))
        append_correction(folder / CORRECTIONS, decision, build.ontology.relations)
        hashes = stored_hashes(build.store)
        for article, statements in revised:
            build.put(article, statements, hashes[article.id][1])
        replace_corrections(build.store, correction_triples([*build.corrections, decision], base))
        done.corrected.extend(concerned)

    _changed(folder, base, gazetteer, change)
    return done


def _changed(
    folder: Path, base: str, gazetteer: Sequence[Path], change: Callable[[_Build], None], configuration: str = ""
) -> None:
    """Open a build, catch up on what a killed run left, change it, and write its files."""
    if not (folder / "articles.jsonl").is_file():
        raise GraphbuildError(f"{folder}: no build here; give the folder that `graphbuild build --out` wrote")
    store, ontology = open_store(folder / "store", read_only=False), load_ontology()
    with open_journal(folder / PENDING) as journal:
        hashes = stored_hashes(store)
        known = sorted({configuration for _, configuration in hashes.values()})
        build = _Build(
            folder, base, store, journal, ontology, load_rules(ontology), load_gazetteer(gazetteer),
            load_corrections(folder / CORRECTIONS, ontology.relations), configuration or (known[-1] if known else ""),
            {json.loads(line)["id"]: line for line in _read_lines(folder / "articles.jsonl")}, {},
        )  # fmt: skip
        for line in _read_lines(folder / "statements.jsonl"):
            build.statements.setdefault(json.loads(line)["article"], []).append(line)
        _catch_up(build, hashes)
        try:
            change(build)
        finally:
            _write_files(build)
            # Also when the change was refused: what it had done by then is in the files.
            (folder / PENDING).unlink()


def _read_lines(path: Path) -> list[str]:
    with path.open(encoding="utf-8", newline="\n") as file:  # texts may hold other line separators
        return list(file)


def _catch_up(build: _Build, hashes: Mapping[str, tuple[str, str]]) -> None:
    """Finish what a killed run began: the store may be ahead of the files, and the journal one article ahead of it."""
    ahead = len(build.journal) > 0
    for given in set(build.articles) - set(hashes):
        del build.articles[given]
        build.statements.pop(given, None)
        ahead = True
    for article, configuration, statements in build.journal.latest():
        build.put_again(article, statements, configuration)
    if ahead:
        _write_files(build)
        build.journal.clear()


def _write_files(build: _Build) -> None:
    """Write the files of the build from the lines and the store, each at once."""
    ids = sorted(build.articles)
    _write(build.folder / "articles.jsonl", (build.articles[i] for i in ids))
    _write(build.folder / "statements.jsonl", (line for i in ids for line in build.statements.get(i, ())))
    triples = [quad.triple for quad in build.store]
    write_turtle(triples, build.folder / "graph.ttl", build.base)
    articles = [article_from_dict(json.loads(build.articles[i])) for i in ids]
    statements = [_as_listed(s, build.gazetteer) for s in statements_from_triples(triples, build.base)]
    write_html(build.folder / "graph.html", articles, statements, build.ontology.relations)


def _as_listed(statement: Statement, gazetteer: Gazetteer) -> Statement:
    """The statement with what the gazetteer knows of its entities, which the graph does not repeat."""

    def listed(entity: Entity | None) -> Entity | None:
        return gazetteer.get(entity.id) or entity if entity is not None else None

    subject = listed(statement.subject)
    assert subject is not None
    return dataclasses_replace(
        statement, subject=subject, object=listed(statement.object), source=listed(statement.source)
    )


def _write(path: Path, lines: Iterable[str]) -> None:
    temporary = path.with_name(f".{path.name}.new")
    with temporary.open("w", encoding="utf-8", errors="replace", newline="\n") as file:
        file.writelines(lines)
    temporary.replace(path)
