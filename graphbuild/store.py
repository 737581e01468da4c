"""The graph on disk: an Oxigraph store with one flat default graph, in which single articles come and go.

    build_store(path, triples, rules)     a fresh store, whole or not at all
    open_store(path)                      to read; open_store(path, read_only=False) to change; one writer at a time
    add_article, replace_article, remove_article     one article, one transaction each

A change leaves exactly the triples that a fresh build of the same articles gives, inferred ones included. All
triples stand in the default graph, each once, so that counting counts and no query needs to know of named graphs.
"""

import itertools
import shutil
from collections.abc import Iterable
from pathlib import Path

import pyoxigraph as ox

from graphbuild import rdf
from graphbuild.errors import StoreError
from graphbuild.model import Article
from graphbuild.rdf import ArticleGraph, EntityFacts, StatementFacts
from graphbuild.rules import Rules, as_quad, infer
from graphbuild.store_change import Change, Node
from graphbuild.vocab import DEFAULT_BASE, article_id, iri, local_id

# Triples loaded at once.
_PORTION = 20_000
_SUPPORT = (rdf.TOPIC, rdf.OUTLETS, rdf.FAMILIES)
_ENTITY = (rdf.TYPE, rdf.LABEL, rdf.ALT_LABEL, rdf.SAME_AS, rdf.PARTY)


def build_store(path: Path, triples: Iterable[ox.Triple], rules: Rules | None = None) -> int:
    """Make the store at ``path`` anew from ``triples`` and what ``rules`` infer; return how many triples it holds.

    It is loaded in a folder beside and renamed when complete: whatever happens, ``path`` is the old store or the new.
    Raises StoreError when the folder is in use by another writer or holds something that is no store.
    """
    path = Path(path)
    fresh = path.with_name(f".{path.name}.new")
    _settle(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.exists():
        open_store(path, read_only=False)  # refused while somebody else writes
    store = _open(fresh)
    if len(store):  # what an interrupted build left behind
        del store
        shutil.rmtree(fresh)
        store = _open(fresh)
    # In portions: a bulk load holds in memory what it is given at once.
    given = map(as_quad, triples)
    while portion := list(itertools.islice(given, _PORTION)):
        store.bulk_extend(portion)
    if rules is not None:
        store.bulk_extend(map(as_quad, rules.schema))
        infer(store, rules)
    store.flush()
    size = len(store)
    del store  # gives the lock back
    old = _old(path)
    if path.exists():
        shutil.rmtree(old, ignore_errors=True)  # of a build that was killed while it cleared away
        path.rename(old)
    fresh.rename(path)
    shutil.rmtree(old, ignore_errors=True)
    return size


def open_store(path: Path, read_only: bool = True) -> ox.Store:
    """Open the store at ``path``. Several may read; only one may write, and nobody should read meanwhile.

    Raises StoreError when there is no store, or another process or variable is writing to it.
    """
    path = Path(path)
    _settle(path)
    if not (path / "CURRENT").is_file():
        raise StoreError(f"{path}: no store here; `graphbuild build SOURCE --out DIR` writes one to DIR/store")
    return _open(path, read_only)


def _open(path: Path, read_only: bool = False) -> ox.Store:
    try:
        return ox.Store.read_only(str(path)) if read_only else ox.Store(str(path))
    except OSError as error:
        if "lock" in str(error).lower():
            raise StoreError(
                f"{path}: another process is writing to this store; wait for it to end or stop it"
            ) from error
        raise StoreError(f"{path}: the store cannot be opened: {error}") from error


def _old(path: Path) -> Path:
    return path.with_name(f".{path.name}.old")


def _settle(path: Path) -> None:
    """Finish or undo the renaming of a build that was killed between its two steps."""
    if not path.exists() and _old(path).exists():
        _old(path).rename(path)


def stored_hashes(store: ox.Store) -> dict[str, tuple[str, str]]:
    """Content hash and configuration hash of every article in the store, by the id given to the article."""
    ids, contents, configurations = (
        {q.subject: _text(q.object) for q in store.quads_for_pattern(None, prop, None)}
        for prop in (rdf.IDENTIFIER, rdf.CONTENT_HASH, rdf.CONFIGURATION)
    )
    return {given: (contents.get(node, ""), configurations.get(node, "")) for node, given in ids.items()}


def is_stored(store: ox.Store, article: Article, configuration: str = "", base: str = DEFAULT_BASE) -> bool:
    """Whether the store has this very article, read with this configuration, so that it need not be read again."""
    node = _article_node(article.id, base)
    facts = {q.predicate: _text(q.object) for q in store.quads_for_pattern(node, None, None)}
    wanted = {rdf.CONTENT_HASH: article.content_hash, rdf.TEXT_FAMILY: article.family or article.id}
    return facts.get(rdf.CONFIGURATION, "") == configuration and all(facts.get(p) == v for p, v in wanted.items())


def has_article(store: ox.Store, article: str, base: str = DEFAULT_BASE) -> bool:
    """Whether the store has an article of this id."""
    return _has(store, _article_node(article, base))


def add_article(store: ox.Store, part: ArticleGraph, rules: Rules | None = None, base: str = DEFAULT_BASE) -> None:
    """Add what one article puts into the graph (graph.article_graph makes it), in one transaction.

    Raises StoreError when the store has an article of that id.
    """
    if _has(store, part.node):
        raise StoreError(f"store: article {_given(store, part.node)!r} is in the store already; replace it instead")
    change = Change(store, rules)
    _add(change, part, base)
    change.commit()


def replace_article(store: ox.Store, part: ArticleGraph, rules: Rules | None = None, base: str = DEFAULT_BASE) -> None:
    """Put an article in the place of the stored one of the same id, if there is one, in one transaction."""
    change = Change(store, rules)
    _remove(change, part.node, base)
    _add(change, part, base)
    change.commit()


def remove_article(store: ox.Store, article: str, rules: Rules | None = None, base: str = DEFAULT_BASE) -> None:
    """Remove the article of this id and whatever it alone supports, in one transaction.

    Raises StoreError when the store has no such article.
    """
    node = _article_node(article, base)
    if not _has(store, node):
        raise StoreError(f"store: no article {article!r} in the store")
    change = Change(store, rules)
    _remove(change, node, base)
    change.commit()


def replace_corrections(store: ox.Store, triples: Iterable[ox.Triple]) -> None:
    """Let ``triples`` (corrections.correction_triples makes them) be all that the store says of corrections."""
    change = Change(store, None)
    for node in list(change.subjects(rdf.TYPE, rdf.term("pol:Correction"))):
        change.remove_node(node)
    for triple in triples:
        change.add(triple)
    change.commit()


def article_triples(store: ox.Store, article: str, base: str = DEFAULT_BASE) -> set[ox.Triple]:
    """The triples from which graph.statements_from_triples gives back the statements of one article."""
    change, node = Change(store, None), _article_node(article, base)
    evidence = set(change.subjects(rdf.QUOTED_FROM, node))
    mentions = list(change.subjects(rdf.MENTION_ARTICLE, node))
    statements = {s for e in evidence for s in change.subjects(rdf.EVIDENCE, e)}
    parties = {p for m in mentions for p in change.nodes(m, rdf.PARTY)}
    found = {t for n in (node, *evidence, *mentions, *statements, *parties) for t in change.match(n, None, None)}
    return {t for t in found if t.predicate != rdf.EVIDENCE or t.object in evidence}


def _article_node(given: str, base: str) -> ox.NamedNode:
    return ox.NamedNode(iri(article_id(given), base))


def _has(store: ox.Store, node: ox.NamedNode) -> bool:
    return next(iter(store.quads_for_pattern(node, rdf.IDENTIFIER, None)), None) is not None


def _given(store: ox.Store, node: ox.NamedNode) -> str:
    return _text(next(iter(store.quads_for_pattern(node, rdf.IDENTIFIER, None))).object)


def _text(value: object) -> str:
    return value.value if isinstance(value, ox.Literal | ox.NamedNode) else ""


def _remove(change: Change, article: ox.NamedNode, base: str) -> None:
    """Take out the article's own nodes, then settle the statements and entities that it spoke of."""
    statements: set[Node] = set()
    for evidence in list(change.subjects(rdf.QUOTED_FROM, article)):
        for statement in list(change.subjects(rdf.EVIDENCE, evidence)):
            statements.add(statement)
            change.remove(ox.Triple(statement, rdf.EVIDENCE, evidence))
        change.remove_node(evidence)
    entities: dict[Node, EntityFacts] = {}
    for mention in list(change.subjects(rdf.MENTION_ARTICLE, article)):
        for entity in change.nodes(mention, rdf.MENTION_ENTITY):
            entities[entity] = _mention_facts(change, mention, base)
        change.remove_node(mention)
    change.remove_node(article)
    gone = {s for s in statements if next(change.nodes(s, rdf.EVIDENCE), None) is None}
    edges = {edge for s in gone if (edge := _edge_of(change, s)) is not None}
    for statement in gone:
        change.remove_node(statement)
    for edge in edges:
        if not _asserted_elsewhere(change, edge, gone):
            change.remove(edge)
            change.edges.add(edge)
    for statement in statements - gone:
        _set_support(change, statement)
        change.statements.add(statement)
    for entity, lost in entities.items():
        _settle_entity(change, entity, lost, base)
    change.infer_again()


def _mention_facts(change: Change, mention: Node, base: str) -> EntityFacts:
    names, aliases, wikidata, parties = (
        change.values(mention, prop) for prop in (rdf.NAME, rdf.ALIAS, rdf.WIKIDATA, rdf.PARTY)
    )
    return EntityFacts(names, aliases, wikidata, {local_id(p, base) for p in parties})


def _edge_of(change: Change, statement: Node) -> ox.Triple | None:
    """The plain edge that this statement asserts, if it does."""
    said = [change.values(statement, prop) for prop in (rdf.POLARITY, rdf.MODALITY, rdf.SOURCE)]
    if said != [{"positive"}, {"actual"}, set()]:
        return None
    subject, relation, obj = (next(change.nodes(statement, p), None) for p in (rdf.SUBJECT, rdf.PREDICATE, rdf.OBJECT))
    return ox.Triple(subject, relation, obj) if subject and relation and obj else None


def _asserted_elsewhere(change: Change, edge: ox.Triple, gone: set[Node]) -> bool:
    rows = change.store.query(
        f"SELECT ?s {{ ?s {rdf.OBJECT} {edge.object} ; {rdf.SUBJECT} {edge.subject} ; {rdf.PREDICATE} {edge.predicate} "
        f'; {rdf.POLARITY} "positive" ; {rdf.MODALITY} "actual" . FILTER NOT EXISTS {{ ?s {rdf.SOURCE} ?source }} }}'
    )
    assert isinstance(rows, ox.QuerySolutions)
    return any(row["s"] not in gone for row in rows)


def _set_support(change: Change, statement: Node) -> None:
    """Write topics and counts of a statement from all its evidence."""
    topics: set[str] = set()
    outlets: set[str] = set()
    families: set[str] = set()
    for evidence in change.nodes(statement, rdf.EVIDENCE):
        topics |= change.values(evidence, rdf.TOPIC)
        for article in change.nodes(evidence, rdf.QUOTED_FROM):
            outlets |= change.values(article, rdf.PUBLISHER)
            families |= change.values(article, rdf.TEXT_FAMILY)
    change.set_values(statement, _SUPPORT, rdf.support_triples(statement, topics, outlets, families))


def _settle_entity(change: Change, entity: Node, lost: EntityFacts, base: str) -> None:
    """Drop an entity without mentions; otherwise write it anew if one of the names and facts lost was the last."""
    kept = EntityFacts()
    for mention in change.subjects(rdf.MENTION_ENTITY, entity):
        kept.update(_mention_facts(change, mention, base))
        if kept.covers(lost):
            return
    triples = rdf.entity_triples(local_id(entity.value, base), kept, base) if kept.names else ()
    change.set_values(entity, _ENTITY, triples)


def _add(change: Change, part: ArticleGraph, base: str) -> None:
    for triple in part.own:
        change.add(triple)
    for entity_id, facts in part.entities.items():
        _add_entity(change, entity_id, facts, base)
    for node, said in part.statements.items():
        _add_statement(change, node, said, part)
    change.infer_more(part)


def _add_entity(change: Change, entity_id: str, facts: EntityFacts, base: str) -> None:
    node = ox.NamedNode(iri(entity_id, base))
    labels = change.values(node, rdf.LABEL)
    # The label is the best of all names so far, so the best of it and the new names is the best of all.
    names = {rdf.best_name(entity_id.partition("/")[0], {*labels, *facts.names})}
    aliases = change.values(node, rdf.ALT_LABEL).union(labels, facts.names, facts.aliases)
    wikidata = {i.removeprefix(rdf.WIKIDATA_BASE) for i in change.values(node, rdf.SAME_AS)} | facts.wikidata
    parties = {local_id(p, base) for p in change.values(node, rdf.PARTY)} | facts.parties
    change.set_values(
        node, _ENTITY, rdf.entity_triples(entity_id, EntityFacts(names, aliases, wikidata, parties), base)
    )


def _add_statement(change: Change, node: ox.NamedNode, said: StatementFacts, part: ArticleGraph) -> None:
    counts = [int(n) for prop in (rdf.OUTLETS, rdf.FAMILIES) for n in change.values(node, prop)]
    if not counts:
        for triple in said.core:
            change.add(triple)
        if said.edge is not None and said.edge not in change:
            change.add(said.edge)
            change.edges.add(said.edge)
        change.set_values(node, _SUPPORT, rdf.support_triples(node, said.topics, {part.outlet}, {part.family}))
        return
    outlets, families = counts
    outlets += bool(part.outlet) and not _outlet_says(change, node, part)
    families += not _family_says(change, node, part)
    topics = change.values(node, rdf.TOPIC) | said.topics
    change.set_values(node, _SUPPORT, rdf.counted_triples(node, topics, outlets, families))


def _outlet_says(change: Change, statement: ox.NamedNode, part: ArticleGraph) -> bool:
    """Whether another article of the same outlet carries the statement."""
    outlet = rdf.literal(part.outlet)
    for evidence in change.nodes(statement, rdf.EVIDENCE):
        for article in change.nodes(evidence, rdf.QUOTED_FROM):
            if article != part.node and ox.Triple(article, rdf.PUBLISHER, outlet) in change:
                return True
    return False


def _family_says(change: Change, statement: ox.NamedNode, part: ArticleGraph) -> bool:
    """Whether another copy of the same text carries the statement; few articles have copies, so start from these."""
    copies = (a for a in change.subjects(rdf.TEXT_FAMILY, rdf.literal(part.family)) if a != part.node)
    quotes = (e for article in copies for e in change.subjects(rdf.QUOTED_FROM, article))
    return any(ox.Triple(statement, rdf.EVIDENCE, evidence) in change for evidence in quotes)
