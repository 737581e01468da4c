"""A change of a store that is being worked out: what goes, what comes, and the graph as it will be.

Reads see the store with the change applied; commit() writes the whole change in one transaction.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from graphbuild import rdf
from graphbuild.rdf import ArticleGraph
from graphbuild.rules import Rules, as_quad, infer

Node = ox.NamedNode
Term = ox.NamedNode | ox.Literal


class Change:
    """``edges`` and ``statements`` collect what has changed and may bear on inferred triples."""

    def __init__(self, store: ox.Store, rules: Rules | None) -> None:
        self.store = store
        self.rules = rules
        self.gone: set[ox.Triple] = set()
        self.new: set[ox.Triple] = set()
        self.edges: set[ox.Triple] = set()
        self.statements: set[Node] = set()
        self._new_at: dict[object, set[ox.Triple]] = defaultdict(set)

    def match(self, subject: Node | None, predicate: Node | None, obj: Term | None) -> Iterator[ox.Triple]:
        """The triples of a pattern whose subject or object is given."""
        for quad in self.store.quads_for_pattern(subject, predicate, obj, ox.DefaultGraph()):
            if quad.triple not in self.gone:
                yield quad.triple
        place = subject if subject is not None else obj
        for triple in tuple(self._new_at.get(place, ())) if place is not None else ():
            if (
                (subject is None or triple.subject == subject)
                and (predicate is None or triple.predicate == predicate)
                and (obj is None or triple.object == obj)
            ):
                yield triple

    def nodes(self, subject: Node, predicate: Node) -> Iterator[Node]:
        """The objects that are nodes."""
        return (t.object for t in self.match(subject, predicate, None) if isinstance(t.object, Node))

    def values(self, subject: Node, predicate: Node) -> set[str]:
        """The objects as text: IRIs, or the lexical form of literals."""
        found = (t.object for t in self.match(subject, predicate, None))
        return {o.value for o in found if isinstance(o, Node | ox.Literal)}

    def subjects(self, predicate: Node, obj: Term) -> Iterator[Node]:
        return (t.subject for t in self.match(None, predicate, obj) if isinstance(t.subject, Node))

    def __contains__(self, triple: ox.Triple) -> bool:
        return triple in self.new or (triple not in self.gone and as_quad(triple) in self.store)

    def add(self, triple: ox.Triple) -> None:
        if triple in self.gone:
            self.gone.discard(triple)
        elif triple not in self.new and as_quad(triple) not in self.store:
            self.new.add(triple)
            for end in (triple.subject, triple.object):
                self._new_at[end].add(triple)

    def remove(self, triple: ox.Triple) -> None:
        if triple in self.new:
            self.new.discard(triple)
            for end in (triple.subject, triple.object):
                self._new_at[end].discard(triple)
        elif as_quad(triple) in self.store:
            self.gone.add(triple)

    def remove_node(self, node: Node) -> None:
        """Remove every triple with this subject."""
        for triple in list(self.match(node, None, None)):
            self.remove(triple)

    def set_values(self, node: Node, properties: Iterable[Node], triples: Iterable[ox.Triple]) -> None:
        """Let ``triples`` be all that the node has of these properties."""
        wanted = set(triples)
        for prop in properties:
            for triple in list(self.match(node, prop, None)):
                if triple not in wanted:
                    self.remove(triple)
        for triple in wanted:
            self.add(triple)

    def infer_again(self) -> None:
        """Drop what was inferred from the changed edges and statements, and infer it from what is left."""
        if self.rules is None:
            return
        for node in self.statements:
            for triple in list(self.match(node, None, None)):
                if triple.predicate in self.rules.inferred:
                    self.remove(triple)
        for triple in [t for pair in self._pairs() for t in self._between(*pair)]:
            if triple.predicate in self.rules.inferred:
                self.remove(triple)
        self._infer({t for s in self.statements for t in self._around(s)})
        self.edges.clear()
        self.statements.clear()

    def infer_more(self, part: ArticleGraph) -> None:
        """Infer what an added article adds: rules that read edges and statements take nothing back for an addition."""
        if self.rules is not None:
            self._infer(part.own.union(*(said.core for said in part.statements.values())))

    def _infer(self, triples: set[ox.Triple]) -> None:
        assert self.rules is not None
        asserted = {t for pair in self._pairs() for t in self._between(*pair) if t.predicate in self.rules.asserted}
        small = ox.Store()
        small.extend(as_quad(t) for t in {*triples, *asserted, *self.rules.schema})
        for triple in infer(small, self.rules, only=("edges", "statements")):
            self.add(triple)

    def _pairs(self) -> set[tuple[Node, Node]]:
        ends = ((e.subject, e.object) for e in self.edges)
        pairs = {(s, o) for s, o in ends if isinstance(s, Node) and isinstance(o, Node)}
        return pairs | {(o, s) for s, o in pairs}

    def _between(self, subject: Node, obj: Node) -> Iterator[ox.Triple]:
        return self.match(subject, None, obj)

    def _around(self, statement: Node) -> Iterator[ox.Triple]:
        """What rules that read statements may see of one: it, its evidence, the articles and their mentions."""
        yield from self.match(statement, None, None)
        ends = {e for prop in (rdf.SUBJECT, rdf.OBJECT) for e in self.nodes(statement, prop)}
        for evidence in self.nodes(statement, rdf.EVIDENCE):
            yield from self.match(evidence, None, None)
            for article in self.nodes(evidence, rdf.QUOTED_FROM):
                yield from self.match(article, None, None)
                for mention in self.subjects(rdf.MENTION_ARTICLE, article):
                    if ends.intersection(self.nodes(mention, rdf.MENTION_ENTITY)):
                        yield from self.match(mention, None, None)

    def commit(self) -> None:
        """Write the change in one transaction: all of it or, if the process dies, nothing."""
        if self.rules is not None and not self.rules.local:
            self._infer_everything()
        steps = [
            f"{verb} DATA {{\n" + "\n".join(f"{t} ." for t in triples) + "\n}"
            for verb, triples in (("DELETE", self.gone), ("INSERT", self.new))
            if triples
        ]
        if steps:
            self.store.update(" ;\n".join(steps))
        self.gone, self.new = set(), set()
        self._new_at.clear()

    def _infer_everything(self) -> None:
        """For rules that read the whole graph: infer it all anew on a copy, and let the change make the difference."""
        assert self.rules is not None
        copy = ox.Store()
        before = set()
        for quad in self.store:
            if quad.predicate in self.rules.inferred:
                before.add(quad.triple)
            elif quad.triple not in self.gone:
                copy.add(quad)
        copy.extend(as_quad(t) for t in self.new if t.predicate not in self.rules.inferred)
        after = infer(copy, self.rules)
        for triple in {t for t in self.new if t.predicate in self.rules.inferred} - after:
            self.remove(triple)
        for triple in after:
            self.add(triple)
        for triple in before - after:
            self.remove(triple)
