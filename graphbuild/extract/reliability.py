"""How far a statement can be trusted: the confidence of its rule, corrected by how its relation fared on unseen articles.

Rules know the texts that they were made from too well. ontologies/english/reliability.yaml tells, for each relation,
the share of statements right in annotated articles that no rule was made from, over the share that the rules promised.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from graphbuild.model import Statement
from graphbuild.ontology import Ontology


def corrected(statements: Iterable[Statement], ontology: Ontology) -> Iterator[Statement]:
    """The statements with their confidence (0 to 1) times the factor of their relation; 1 for a relation without one."""
    factors = ontology.wording.data["reliability"]["factors"]
    for s in statements:
        confidence = round(min(s.evidence.confidence * float(factors.get(s.relation, 1.0)), 0.99), 2)
        yield replace(s, evidence=replace(s.evidence, confidence=confidence))
