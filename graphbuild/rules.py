"""Inference by the rules of ontologies/rules/: SPARQL CONSTRUCT queries, run until they give nothing new.

A rule file begins with a line that says what it infers and a line that says what it reads:

    # The inverse of every asserted edge: Benn sacked_by Corbyn, so Corbyn sacks Benn.
    # reads: edges

``edges``: plain edges between the two ends of the inferred triple, and what the ontology says of relations.
``statements``: one statement, its evidence, the articles of that, and their mentions. Both allow a change of one
article to be followed up where it happened. ``graph``: anything; such rules are run anew on the whole graph.

A rule may write only properties of type pol:InferredRelation, and nothing else writes these: so inferred triples are
marked by their predicate, can be dropped and made again, and are never taken for what an article says.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from graphbuild.errors import OntologyError
from graphbuild.ontology import Ontology, load_ontology, read_turtle
from graphbuild.rdf import LABEL, TYPE, term

READS = ("edges", "statements", "graph")
_INFERRED, _RELATION = term("pol:InferredRelation"), term("pol:Relation")
# What the rules and a reader of the graph need to know of a relation.
_DESCRIPTION = (TYPE, LABEL, term("rdfs:subPropertyOf"), term("owl:inverseOf"))


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule file: what it infers in words, its CONSTRUCT query, and what that reads (one of READS)."""

    name: str
    description: str
    query: str
    reads: str


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules, the properties that they may write, the relations that articles assert, and ``schema``: the triples
    about all of these that stand in every graph, so that a graph explains its own relations and inferred triples."""

    rules: tuple[Rule, ...]
    inferred: frozenset[ox.NamedNode]
    asserted: frozenset[ox.NamedNode]
    schema: frozenset[ox.Triple]

    @property
    def local(self) -> bool:
        """Whether the rules read only edges and statements, so that a change can be followed up where it happened."""
        return all(rule.reads != "graph" for rule in self.rules)


def load_rules(ontology: Ontology | None = None) -> Rules:
    """The rules beside the ontology. Raises OntologyError that names the file and what is allowed."""
    directory = (ontology or load_ontology()).directory
    rules = tuple(_read_rule(path) for path in sorted((directory / "rules").glob("*.rq")))
    triples = read_turtle(directory / "party-politics.ttl")
    types = [(t.subject, t.object) for t in triples if t.predicate == TYPE and isinstance(t.subject, ox.NamedNode)]
    inferred, asserted = (frozenset(s for s, o in types if o == kind) for kind in (_INFERRED, _RELATION))
    known = inferred | asserted
    schema = frozenset(t for t in triples if t.subject in known and t.predicate in _DESCRIPTION)
    return Rules(rules, inferred, asserted, schema)


def _read_rule(path: Path) -> Rule:
    text = path.read_text("utf-8")
    first, second, *_ = [*text.splitlines(), "", ""]
    if not first.startswith("# ") or not second.startswith("# reads: "):
        raise OntologyError(
            f"{path.name}: line 1 says '# what the rule infers' and line 2 '# reads: {'|'.join(READS)}'"
        )
    reads = second.removeprefix("# reads: ").strip()
    if reads not in READS:
        raise OntologyError(f"{path.name}: reads is {reads!r}; allowed are {', '.join(READS)}")
    try:
        answer = ox.Store().query(text)
    except SyntaxError as error:
        raise OntologyError(f"{path.name}: not valid SPARQL: {error}") from error
    if not isinstance(answer, ox.QueryTriples):
        raise OntologyError(f"{path.name}: a rule is a CONSTRUCT query")
    return Rule(path.stem, first.removeprefix("# "), text, reads)


def infer(store: ox.Store, rules: Rules, only: Iterable[str] = READS) -> set[ox.Triple]:
    """Run the rules that read what ``only`` names until nothing new comes; put what they give into the store.

    Returns what was added. The store must hold ``rules.schema``. Raises OntologyError when a rule writes a property
    that is no inferred one.
    """
    chosen = [rule for rule in rules.rules if rule.reads in set(only)]
    added: set[ox.Triple] = set()
    new = True
    while new:
        new = False
        for rule in chosen:
            answer = store.query(rule.query)
            assert isinstance(answer, ox.QueryTriples)  # _read_rule saw to it
            found = set(answer) - added
            for triple in found:
                if triple.predicate not in rules.inferred:
                    raise OntologyError(
                        f"{rule.name}.rq: writes {triple.predicate.value}, which is no pol:InferredRelation; "
                        f"a rule may write only these"
                    )
            found = {t for t in found if as_quad(t) not in store}
            store.bulk_extend(map(as_quad, found))
            added |= found
            new = new or bool(found)
    return added


def as_quad(triple: ox.Triple) -> ox.Quad:
    """The triple in the default graph."""
    return ox.Quad(triple.subject, triple.predicate, triple.object)
