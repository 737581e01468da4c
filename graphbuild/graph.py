"""Statement <-> RDF, the only converter.

    graph_triples([(article, statements), ...])   the whole graph of some articles
    statements_from_triples(triples)              the statements back, sorted
    write_turtle(triples, path)                   sorted, prefix-bound, the same bytes for the same triples

What stands in a graph (RDF 1.1, no blank nodes; pol: is the ontology, the other names are under the base IRI):

    statement:H  a pol:Statement, rdf:Statement ; rdf:subject, rdf:predicate, rdf:object (absent where unknown),
                 pol:polarity, pol:modality, pol:role (literals) ; pol:source (entity) ; pol:date ;
                 pol:evidence evidence:... ; pol:topic ; pol:outlets, pol:families (counts)
    evidence:H   a pol:Evidence ; prov:wasQuotedFrom article:... ; oa:exact, oa:start, oa:end ;
                 pol:trigger, pol:rule, pol:confidence, pol:topic ; pol:correction
    mention:H    a pol:Mention ; pol:article, pol:entity ; pol:name, pol:alias, pol:wikidata ; pol:party
    article:ID   a schema:NewsArticle ; dcterms:identifier, schema:headline, schema:datePublished, schema:publisher,
                 schema:url, schema:author, schema:inLanguage, pol:text_hash, pol:content_hash, pol:configuration,
                 pol:text_family
    person:... (organisation:, group:, place:, phrase:)  a pol:Person ... ; rdfs:label ; skos:altLabel ; owl:sameAs ;
                 pol:party
    S pol:RELATION O    where some article asserts it in its own voice

Evidence, mention and article nodes belong to one article; all else follows from them (see rdf.py), so that a store can
add or remove one article and hold the graph of a fresh build.
"""

from collections.abc import Callable, Iterable, Mapping

import pyoxigraph as ox

from graphbuild import rdf
from graphbuild.errors import GraphbuildError
from graphbuild.model import ORGANISATION, Article, Entity, Evidence, Statement, digest
from graphbuild.rdf import ArticleGraph, EntityFacts, StatementFacts, Triples, literal, number, term, write_turtle
from graphbuild.vocab import DEFAULT_BASE, POL, article_id, iri, local_id, mint_id, relation_iri

# Gives the party of a person (by id) at an ISO date, or None; the gazetteer's party_of is one.
PartyOf = Callable[[str, str], Entity | None]
__all__ = ["article_graph", "graph_triples", "statements_from_triples", "write_turtle"]

CORRECTION_RULE = "correction/"  # evidence that a person gave has the local id of the correction as its rule


def article_graph(
    article: Article,
    statements: Iterable[Statement],
    base: str = DEFAULT_BASE,
    *,
    configuration: str = "",
    party_of: PartyOf | None = None,
) -> ArticleGraph:
    """What one article puts into the graph. ``configuration`` is the hash of what it was read with; ``party_of`` dates
    the parties of people, else an entity's own ``party`` is taken.

    Raises GraphbuildError for a statement whose evidence is from another article.
    """
    kept = _distinct(article, statements, base)
    entities = _entity_facts(article, kept, party_of)
    own = set(_article_triples(article, base, configuration))
    for entity_id, facts in entities.items():
        own.update(_mention_triples(article, entity_id, facts, base))
    by_node: dict[ox.NamedNode, StatementFacts] = {}
    for statement in kept:
        own.update(_evidence_triples(statement, base))
        node = _statement_node(statement, base)
        if node not in by_node:
            by_node[node] = StatementFacts(frozenset(_core_triples(statement, base)), _edge(statement, base))
        by_node[node].topics.add(statement.topic)
    return ArticleGraph(
        _article_node(article.id, base), article.source, article.family or article.id, own, entities, by_node
    )


def graph_triples(
    articles: Iterable[tuple[Article, Iterable[Statement]]],
    base: str = DEFAULT_BASE,
    *,
    configuration: str = "",
    party_of: PartyOf | None = None,
) -> Triples:
    """The whole graph of some articles, each triple once; the order of the articles does not matter.

    Arguments as for article_graph. Raises GraphbuildError for an article id given twice.
    """
    seen: set[str] = set()
    entities: dict[str, EntityFacts] = {}
    support: dict[ox.NamedNode, tuple[set[str], set[str], set[str]]] = {}
    edges: set[ox.Triple] = set()
    for article, statements in articles:
        if article.id in seen:
            raise GraphbuildError(f"graph: the article id {article.id!r} occurs twice; ids must differ")
        seen.add(article.id)
        part = article_graph(article, statements, base, configuration=configuration, party_of=party_of)
        yield from part.own
        for entity_id, facts in part.entities.items():
            entities.setdefault(entity_id, EntityFacts()).update(facts)
        for node, said in part.statements.items():
            if node not in support:
                support[node] = (set(), set(), set())
                yield from said.core
                edges.update([said.edge] if said.edge else [])
            for gathered, values in zip(support[node], (said.topics, {part.outlet}, {part.family}), strict=True):
                gathered |= values
    yield from edges
    for entity_id, facts in entities.items():
        yield from rdf.entity_triples(entity_id, facts, base)
    for node, sets in support.items():
        yield from rdf.support_triples(node, *sets)


def _distinct(article: Article, statements: Iterable[Statement], base: str) -> list[Statement]:
    """Two readings of one passage by one rule are one piece of evidence: the surer one, whatever their order."""
    kept: dict[ox.NamedNode, Statement] = {}
    for s in statements:
        if s.evidence.article != article.id:
            raise GraphbuildError(
                f"graph: article {article.id!r} has a statement with evidence from {s.evidence.article!r}"
            )
        old = kept.get(node := _evidence_node(s, base))
        if old is None or _rank(s) > _rank(old):
            kept[node] = s
    return list(kept.values())


def _rank(statement: Statement) -> tuple[float, str, str, str]:
    evidence = statement.evidence
    return evidence.confidence, evidence.trigger, evidence.text, statement.topic


def _statement_node(statement: Statement, base: str) -> ox.NamedNode:
    return ox.NamedNode(iri(f"statement/{statement.id}", base))


def _evidence_node(statement: Statement, base: str) -> ox.NamedNode:
    return ox.NamedNode(iri(f"evidence/{digest([statement.id, statement.evidence.id])}", base))


def _article_node(given_id: str, base: str) -> ox.NamedNode:
    return ox.NamedNode(iri(article_id(given_id), base))


def _core_triples(statement: Statement, base: str) -> Triples:
    node = _statement_node(statement, base)
    yield ox.Triple(node, rdf.TYPE, term("pol:Statement"))
    yield ox.Triple(node, rdf.TYPE, term("rdf:Statement"))
    yield ox.Triple(node, rdf.SUBJECT, ox.NamedNode(iri(statement.subject.id, base)))
    yield ox.Triple(node, rdf.PREDICATE, ox.NamedNode(relation_iri(statement.relation)))
    if statement.object is not None:
        yield ox.Triple(node, rdf.OBJECT, ox.NamedNode(iri(statement.object.id, base)))
    yield ox.Triple(node, rdf.POLARITY, literal(statement.polarity))
    yield ox.Triple(node, rdf.MODALITY, literal(statement.modality))
    if statement.source is not None:
        yield ox.Triple(node, rdf.SOURCE, ox.NamedNode(iri(statement.source.id, base)))
    if statement.role:
        yield ox.Triple(node, rdf.ROLE, literal(statement.role))
    if statement.date:
        yield ox.Triple(node, rdf.DATE, rdf.date_literal(statement.date))


def _edge(statement: Statement, base: str) -> ox.Triple | None:
    """The plain edge of a statement that an article asserts, else None."""
    if not statement.direct or statement.object is None:
        return None
    ends = (ox.NamedNode(iri(entity.id, base)) for entity in (statement.subject, statement.object))
    subject, obj = ends
    return ox.Triple(subject, ox.NamedNode(relation_iri(statement.relation)), obj)


def _article_triples(article: Article, base: str, configuration: str) -> Triples:
    node = _article_node(article.id, base)
    yield ox.Triple(node, rdf.TYPE, term("schema:NewsArticle"))
    yield ox.Triple(node, rdf.IDENTIFIER, literal(article.id))
    yield ox.Triple(node, term("pol:text_hash"), literal(digest([article.text])))
    yield ox.Triple(node, rdf.CONTENT_HASH, literal(article.content_hash))
    yield ox.Triple(node, rdf.TEXT_FAMILY, literal(article.family or article.id))
    if article.date:
        yield ox.Triple(node, term("schema:datePublished"), rdf.date_literal(article.date))
    for prop, value in (
        (term("schema:headline"), article.title),
        (rdf.PUBLISHER, article.source),
        (term("schema:url"), article.url),
        (term("schema:author"), article.author),
        (term("schema:inLanguage"), article.language),
        (rdf.CONFIGURATION, configuration),
    ):
        if value:
            yield ox.Triple(node, prop, literal(value))


def _evidence_triples(statement: Statement, base: str) -> Triples:
    evidence, node = statement.evidence, _evidence_node(statement, base)
    yield ox.Triple(_statement_node(statement, base), rdf.EVIDENCE, node)
    yield ox.Triple(node, rdf.TYPE, term("pol:Evidence"))
    yield ox.Triple(node, rdf.QUOTED_FROM, _article_node(evidence.article, base))
    yield ox.Triple(node, rdf.EXACT, literal(evidence.text))
    yield ox.Triple(node, rdf.START, number(evidence.start))
    yield ox.Triple(node, rdf.END, number(evidence.end))
    yield ox.Triple(node, rdf.CONFIDENCE, number(float(evidence.confidence)))
    for prop, value in ((rdf.TRIGGER, evidence.trigger), (rdf.RULE, evidence.rule), (rdf.TOPIC, statement.topic)):
        if value:
            yield ox.Triple(node, prop, literal(value))
    if evidence.rule.startswith(CORRECTION_RULE):
        yield ox.Triple(node, rdf.CORRECTION, ox.NamedNode(iri(evidence.rule, base)))


def _mention_triples(article: Article, entity_id: str, facts: EntityFacts, base: str) -> Triples:
    node = ox.NamedNode(iri(f"mention/{digest([article.id, entity_id])}", base))
    yield ox.Triple(node, rdf.TYPE, term("pol:Mention"))
    yield ox.Triple(node, rdf.MENTION_ARTICLE, _article_node(article.id, base))
    yield ox.Triple(node, rdf.MENTION_ENTITY, ox.NamedNode(iri(entity_id, base)))
    for prop, values in ((rdf.NAME, facts.names), (rdf.ALIAS, facts.aliases), (rdf.WIKIDATA, facts.wikidata)):
        for value in values:
            yield ox.Triple(node, prop, literal(value))
    for party in facts.parties:
        yield ox.Triple(node, rdf.PARTY, ox.NamedNode(iri(party, base)))


def _entity_facts(
    article: Article, statements: Iterable[Statement], party_of: PartyOf | None
) -> dict[str, EntityFacts]:
    """The entities of an article's statements and their parties, by id."""
    facts: dict[str, EntityFacts] = {}

    def note(entity: Entity) -> EntityFacts:
        found = facts.setdefault(entity.id, EntityFacts())
        found.names.add(entity.name)
        found.aliases.update(entity.aliases)
        found.wikidata.update(entity.same_as)
        return found

    for statement in statements:
        for entity in (statement.subject, statement.object, statement.source):
            if entity is None:
                continue
            found = note(entity)
            party = party_of(entity.id, article.date) if party_of else None
            if party is None and entity.party:
                party = Entity(mint_id(ORGANISATION, entity.party), entity.party, ORGANISATION)
            if party is not None:
                found.parties.add(party.id)
                note(party).parties.add(party.id)  # a party is its own, for counting party against party
    for entity_id, found in facts.items():
        name = rdf.best_name(entity_id.partition("/")[0], found.names)
        found.aliases = (found.aliases | found.names) - {name}
        found.names = {name}
    return facts


_Node = dict[ox.NamedNode, list[str]]  # values by predicate: IRIs and texts


def statements_from_triples(triples: Iterable[ox.Triple], base: str = DEFAULT_BASE) -> list[Statement]:
    """The statements of a graph, one for each piece of evidence, sorted; the inverse of graph_triples.

    An entity's names are those of the mention in the evidence's article. Triples about other things are ignored.
    Raises GraphbuildError for a statement or evidence node that lacks a part.
    """
    nodes: dict[str, _Node] = {}
    for triple in triples:
        if isinstance(triple.subject, ox.NamedNode) and isinstance(triple.object, ox.NamedNode | ox.Literal):
            nodes.setdefault(triple.subject.value, {}).setdefault(triple.predicate, []).append(triple.object.value)
    entities = {
        (facts[rdf.MENTION_ARTICLE][0], facts[rdf.MENTION_ENTITY][0]): _entity(facts, nodes, base)
        for facts in nodes.values()
        if rdf.MENTION_ENTITY in facts
    }
    found = [
        _statement(node, evidence, nodes, entities)
        for node, facts in nodes.items()
        for evidence in facts.get(rdf.EVIDENCE, ())
    ]
    return sorted(
        found, key=lambda s: (s.evidence.article, s.evidence.start, s.evidence.end, s.relation, s.id, s.evidence.rule)
    )


def _text(facts: _Node, prop: ox.NamedNode) -> str:
    return min(facts.get(prop, ()), default="")


def _entity(facts: _Node, nodes: Mapping[str, _Node], base: str) -> Entity:
    entity_id = local_id(facts[rdf.MENTION_ENTITY][0], base)
    kind = entity_id.partition("/")[0]
    name = rdf.best_name(kind, facts[rdf.NAME])
    aliases = {*facts[rdf.NAME], *facts.get(rdf.ALIAS, ())} - {name}
    party = nodes.get(_text(facts, rdf.PARTY), {})
    return Entity(
        entity_id,
        name,
        kind,
        tuple(sorted(aliases)),
        tuple(sorted(facts.get(rdf.WIKIDATA, ()))),
        _text(party, rdf.LABEL),
    )


def _statement(
    node: str, evidence: str, nodes: Mapping[str, _Node], entities: Mapping[tuple[str, str], Entity]
) -> Statement:
    try:
        facts, quote = nodes[node], nodes[evidence]
        article = quote[rdf.QUOTED_FROM][0]
        ends = {p: entities[article, facts[p][0]] for p in (rdf.SUBJECT, rdf.OBJECT, rdf.SOURCE) if p in facts}
        return Statement(
            subject=ends[rdf.SUBJECT],
            relation=facts[rdf.PREDICATE][0].removeprefix(POL),
            object=ends.get(rdf.OBJECT),
            evidence=Evidence(
                article=nodes[article][rdf.IDENTIFIER][0],
                start=int(quote[rdf.START][0]),
                end=int(quote[rdf.END][0]),
                text=quote[rdf.EXACT][0],
                trigger=_text(quote, rdf.TRIGGER),
                rule=_text(quote, rdf.RULE),
                confidence=float(quote[rdf.CONFIDENCE][0]),
            ),
            polarity=_text(facts, rdf.POLARITY),
            modality=_text(facts, rdf.MODALITY),
            source=ends.get(rdf.SOURCE),
            topic=_text(quote, rdf.TOPIC),
            role=_text(facts, rdf.ROLE),
            date=_text(facts, rdf.DATE),
        )
    except KeyError as error:
        raise GraphbuildError(f"graph: the statement {node} or its evidence {evidence} lacks {error}") from error
