"""Terms, literals and node contents that the modules which touch RDF share; graph.py's text says what a graph holds.

An ArticleGraph is what one article puts into the graph. Its ``own`` triples belong to it alone. The nodes of entities
and statements belong to all articles that speak of them: entity_triples and support_triples derive them from what
those articles say, whatever their order, so that adding an article and building afresh give the same triples.
"""

import datetime
import os
import re
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from heapq import merge
from itertools import groupby, islice
from pathlib import Path

import pyoxigraph as ox

from graphbuild.model import ENTITY_TYPES, PHRASE
from graphbuild.vocab import DEFAULT_BASE, PREFIXES, iri, prefixes

Triples = Iterator[ox.Triple]


def term(curie: str) -> ox.NamedNode:
    """The node of a CURIE of a fixed vocabulary, e.g. term("rdf:type")."""
    prefix, _, name = curie.partition(":")
    return ox.NamedNode(PREFIXES[prefix] + name)


TYPE, LABEL, ALT_LABEL, SAME_AS = (term(c) for c in ("rdf:type", "rdfs:label", "skos:altLabel", "owl:sameAs"))
SUBJECT, PREDICATE, OBJECT = (term(c) for c in ("rdf:subject", "rdf:predicate", "rdf:object"))
QUOTED_FROM, EVIDENCE, TOPIC = term("prov:wasQuotedFrom"), term("pol:evidence"), term("pol:topic")
OUTLETS, FAMILIES, SOURCE = term("pol:outlets"), term("pol:families"), term("pol:source")
MENTION_ARTICLE, MENTION_ENTITY = term("pol:article"), term("pol:entity")
NAME, ALIAS, WIKIDATA, PARTY = (term(c) for c in ("pol:name", "pol:alias", "pol:wikidata", "pol:party"))
IDENTIFIER, PUBLISHER, TEXT_FAMILY = term("dcterms:identifier"), term("schema:publisher"), term("pol:text_family")
CONTENT_HASH, CONFIGURATION = term("pol:content_hash"), term("pol:configuration")
POLARITY, MODALITY, ROLE, DATE = (term(c) for c in ("pol:polarity", "pol:modality", "pol:role", "pol:date"))
EXACT, START, END = term("oa:exact"), term("oa:start"), term("oa:end")
TRIGGER, RULE, CONFIDENCE = term("pol:trigger"), term("pol:rule"), term("pol:confidence")
CORRECTION = term("pol:correction")
WIKIDATA_BASE = PREFIXES["wd"]
ENTITY_CLASS = {kind: term(f"pol:{kind.capitalize()}") for kind in ENTITY_TYPES}
_DATE_TYPES = ((r"\d{4}-\d\d-\d\d", "xsd:date"), (r"\d{4}-\d\d", "xsd:gYearMonth"), (r"\d{4}", "xsd:gYear"))


def literal(text: str) -> ox.Literal:
    """A plain literal; what cannot be encoded in UTF-8 becomes "?"."""
    return ox.Literal(text.encode("utf-8", "replace").decode())


def date_literal(date: str) -> ox.Literal:
    """An ISO date at its precision, as xsd:date, xsd:gYearMonth or xsd:gYear; anything else stays a plain literal."""
    date = date[:10]
    for pattern, datatype in _DATE_TYPES:
        if re.fullmatch(pattern, date) and date > "0001":
            try:
                datetime.date.fromisoformat((date + "-01-01")[:10])
            except ValueError:
                break
            return ox.Literal(date, datatype=term(datatype))
    return literal(date)


def number(value: float) -> ox.Literal:
    """An integer, or a decimal in the canonical form that Oxigraph stores ("0.9", not "0.90")."""
    if isinstance(value, int):
        return ox.Literal(str(value), datatype=term("xsd:integer"))
    return ox.Literal(f"{Decimal(repr(round(value, 6))).normalize():f}", datatype=term("xsd:decimal"))


@dataclass(slots=True)
class EntityFacts:
    """What the mentions of an entity say of it, over any number of articles."""

    names: set[str] = field(default_factory=set)
    aliases: set[str] = field(default_factory=set)
    wikidata: set[str] = field(default_factory=set)
    parties: set[str] = field(default_factory=set)

    def update(self, other: "EntityFacts") -> None:
        self.names |= other.names
        self.aliases |= other.aliases
        self.wikidata |= other.wikidata
        self.parties |= other.parties

    def covers(self, other: "EntityFacts") -> bool:
        """Whether nothing of ``other`` is missing here, so that the entity's node does not need it."""
        return (
            other.names <= self.names
            and other.aliases <= self.names | self.aliases
            and other.wikidata <= self.wikidata
            and other.parties <= self.parties
        )


def best_name(kind: str, names: Iterable[str]) -> str:
    """The name to show an entity under: the fullest, but of a phrase's wordings the shortest."""
    if kind == PHRASE:
        return min(names, key=lambda n: (len(n), n.casefold(), n))
    return max(names, key=lambda n: (len(n), n))


def entity_triples(entity_id: str, facts: EntityFacts, base: str = DEFAULT_BASE) -> Triples:
    """The node of an entity, from what all its mentions say."""
    kind = entity_id.partition("/")[0]
    node = ox.NamedNode(iri(entity_id, base))
    label = best_name(kind, facts.names)
    yield ox.Triple(node, TYPE, ENTITY_CLASS[kind])
    yield ox.Triple(node, LABEL, literal(label))
    for name in (facts.names | facts.aliases) - {label}:
        yield ox.Triple(node, ALT_LABEL, literal(name))
    for item in facts.wikidata:
        yield ox.Triple(node, SAME_AS, ox.NamedNode(WIKIDATA_BASE + item))
    for party in facts.parties:
        yield ox.Triple(node, PARTY, ox.NamedNode(iri(party, base)))


def support_triples(
    statement: ox.NamedNode, topics: Iterable[str], outlets: Iterable[str], families: Iterable[str]
) -> Triples:
    """What a statement gathers from its evidence: topics, and how many outlets and independent texts carry it."""
    return counted_triples(statement, topics, len(set(outlets) - {""}), len(set(families)))


def counted_triples(statement: ox.NamedNode, topics: Iterable[str], outlets: int, families: int) -> Triples:
    """As support_triples, from the counts themselves."""
    for topic in set(topics) - {""}:
        yield ox.Triple(statement, TOPIC, literal(topic))
    yield ox.Triple(statement, OUTLETS, number(outlets))
    yield ox.Triple(statement, FAMILIES, number(families))


@dataclass(slots=True)
class StatementFacts:
    """What one article says of a statement: its ``core`` triples, which are the same whichever article says it, the
    plain ``edge`` where it is asserted, and the article's topics."""

    core: frozenset[ox.Triple]
    edge: ox.Triple | None
    topics: set[str] = field(default_factory=set)


@dataclass(slots=True)
class ArticleGraph:
    """What one article puts into the graph; entities by local id, statements by node."""

    node: ox.NamedNode
    outlet: str
    family: str
    own: set[ox.Triple]
    entities: dict[str, EntityFacts]
    statements: dict[ox.NamedNode, StatementFacts]


# Triples that are sorted in memory; more are sorted in runs of so many, on disk, and merged.
SORTED_AT_ONCE = 20_000


def write_turtle(triples: Iterable[ox.Triple], path: Path, base: str = DEFAULT_BASE) -> int:
    """Write triples as Turtle, sorted, and return how many they are; the same triples always give the same bytes.

    The file appears at once and whole: it is written under a temporary name and renamed. Memory does not grow with the
    number of triples.
    """
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    count = 0

    def counted(ordered: Triples) -> Triples:
        nonlocal count
        for count, triple in enumerate(ordered, 1):  # noqa: B007 - the last one is the answer
            yield triple

    try:
        with temporary.open("wb") as file, tempfile.TemporaryDirectory(dir=path.parent, prefix=".sorting-") as runs:
            ordered = counted(_sorted(triples, Path(runs)))
            ox.serialize(ordered, file, format=ox.RdfFormat.TURTLE, prefixes=dict(sorted(prefixes(base).items())))
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
    return count


def _rank(triple: ox.Triple) -> tuple[str, bool, str, str]:
    return str(triple.subject), triple.predicate != TYPE, triple.predicate.value, str(triple.object)


def _sorted(triples: Iterable[ox.Triple], folder: Path) -> Triples:
    """Each triple once, in order; runs that do not fit in memory stand in ``folder`` as N-Triples meanwhile."""
    runs: list[Triples] = []
    given = iter(triples)
    while portion := list(islice(given, SORTED_AT_ONCE)):
        run = sorted(set(portion), key=_rank)
        if len(portion) < SORTED_AT_ONCE and not runs:
            yield from run
            return
        path = folder / f"{len(runs)}.nt"
        ox.serialize(run, str(path), format=ox.RdfFormat.N_TRIPLES)
        runs.append(quad.triple for quad in ox.parse(path=str(path), format=ox.RdfFormat.N_TRIPLES))
    portion = run = []
    yield from (triple for triple, _ in groupby(merge(*runs, key=_rank)))
