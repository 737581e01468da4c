"""Loads ontologies/: the relations of party-politics.ttl, and the wording of ontologies/english/ when asked for."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

import pyoxigraph as ox

from graphbuild.errors import OntologyError
from graphbuild.vocab import POL, PREFIXES
from graphbuild.wording import Wording, load_sets, load_wording

_RDF, _RDFS, _OWL, _SKOS = (PREFIXES[p] for p in ("rdf", "rdfs", "owl", "skos"))
_SIGNS = (-1, 0, 1)
_REQUIRED = {
    "rdfs:label": _RDFS + "label",
    "skos:definition": _SKOS + "definition",
    "rdfs:domain": _RDFS + "domain",
    "rdfs:range": _RDFS + "range",
    "pol:family": POL + "family",
    "pol:sign": POL + "sign",
}


@dataclass(frozen=True, slots=True)
class Relation:
    """One relation of the ontology; the comments in party-politics.ttl say what each part means.

    ``label`` is what an edge says ("calls for the resignation of"), ``domain`` and ``range`` are class names without
    prefix ("Actor", "Entity"), ``super`` names the more general relations, ``inverse`` the converse one. ``sign`` is
    -1 (against the object), 0 or 1 (for it). ``inferred`` relations are written by rules, never by extractors.
    """

    name: str
    label: str
    definition: str
    domain: str
    range: str
    family: str
    sign: int
    scope: str = ""
    examples: tuple[str, ...] = ()
    inverse: str = ""
    super: tuple[str, ...] = ()
    symmetric: bool = False
    phrase_object: bool = False
    plover: str = ""
    wikidata: tuple[str, ...] = ()
    inferred: bool = False

    @property
    def iri(self) -> str:
        return POL + self.name


@dataclass(frozen=True)
class Ontology:
    """``relations`` are those that articles assert, ``inferred`` those that rules add, both by name."""

    relations: dict[str, Relation]
    inferred: dict[str, Relation]
    classes: dict[str, tuple[str, ...]]
    directory: Path

    @cached_property
    def wording(self) -> Wording:
        """How each relation is put into words; read at first use. Raises OntologyError for a malformed file."""
        return load_wording(self.directory / "english", frozenset(self.relations))

    def relation(self, name: str) -> Relation:
        """The relation ``name``, inferred ones included. Raises OntologyError for an unknown one."""
        found = self.relations.get(name) or self.inferred.get(name)
        if found is None:
            raise OntologyError(f"ontology: unknown relation {name!r}; allowed are {', '.join(sorted(self.relations))}")
        return found


def ontologies_dir() -> Path:
    """The folder of the data files: beside the package in a checkout, inside it in a wheel."""
    package = Path(__file__).resolve().parent
    for candidate in (package.parent / "ontologies", package / "ontologies"):
        if (candidate / "party-politics.ttl").is_file():
            return candidate
    raise OntologyError(f"ontology: no folder ontologies with party-politics.ttl in or beside {package}")


@cache
def _grammar() -> dict[str, frozenset[str]]:
    return load_sets(ontologies_dir() / "english" / "grammar.yaml")


def word_set(name: str) -> frozenset[str]:
    """Words that clause structure turns on, such as the verbs of control: a set of ontologies/english/grammar.yaml."""
    return _grammar()[name]


def load_ontology(path: Path | None = None) -> Ontology:
    """Load the ontology: the shipped one, or that of the folder or Turtle file ``path``.

    Raises OntologyError, naming the file, the relation, the property and what is allowed.
    """
    directory = ontologies_dir() if path is None else Path(path)
    file = directory / "party-politics.ttl" if directory.is_dir() else directory
    if not file.is_file():
        raise OntologyError(f"{file}: no such file; the ontology is a Turtle file such as party-politics.ttl")
    subjects = _by_subject(read_turtle(file))
    relations = {r.name: r for r in _relations(subjects, POL + "Relation", file.name)}
    inferred = {r.name: r for r in _relations(subjects, POL + "InferredRelation", file.name)}
    if not relations:
        raise OntologyError(f"{file.name}: no relation; a relation is a subject of type pol:Relation")
    _check_links(relations, inferred, file.name)
    classes = {
        s.removeprefix(POL): tuple(c.removeprefix(POL) for c in _values(facts, _RDFS + "subClassOf"))
        for s, facts in subjects.items()
        if _OWL + "Class" in _values(facts, _RDF + "type") and s.startswith(POL)
    }
    _check_ends(relations | inferred, classes, file.name)
    return Ontology(relations, inferred, classes, file.parent)


def read_turtle(file: Path) -> list[ox.Triple]:
    """The triples of a Turtle file. Raises OntologyError that names file, line and column of a syntax error."""
    try:
        return [quad.triple for quad in ox.parse(path=str(file), format=ox.RdfFormat.TURTLE)]
    except (SyntaxError, ValueError) as error:
        raise OntologyError(f"{file.name}: not valid Turtle: {error}") from error


_Facts = dict[str, list[str]]


def _by_subject(triples: Iterable[ox.Triple]) -> dict[str, _Facts]:
    subjects: dict[str, _Facts] = {}
    for triple in triples:
        if isinstance(triple.subject, ox.NamedNode):
            value = getattr(triple.object, "value", "")
            subjects.setdefault(triple.subject.value, {}).setdefault(triple.predicate.value, []).append(value)
    return subjects


def _values(facts: _Facts, prop: str) -> list[str]:
    return sorted(facts.get(prop, ()))


def _one(facts: _Facts, prop: str) -> str:
    return next(iter(_values(facts, prop)), "")


def _relations(subjects: dict[str, _Facts], kind: str, file: str) -> list[Relation]:
    # Properties of statements, such as pol:subject_party, are inferred too but are no relations between entities.
    return [
        _relation(subject.removeprefix(POL), facts, kind.endswith("InferredRelation"), file)
        for subject, facts in sorted(subjects.items())
        if kind in facts.get(_RDF + "type", ()) and POL + "Statement" not in _values(facts, _RDFS + "domain")
    ]


def _relation(name: str, facts: _Facts, inferred: bool, file: str) -> Relation:
    for curie, prop in _REQUIRED.items():
        if not facts.get(prop):
            raise OntologyError(f"{file}: relation {name}: {curie} is missing; a relation needs {', '.join(_REQUIRED)}")
        if len(set(facts[prop])) > 1:
            raise OntologyError(f"{file}: relation {name}: {curie} has {len(set(facts[prop]))} values; one is allowed")
    sign = _one(facts, POL + "sign")
    if sign not in map(str, _SIGNS):
        raise OntologyError(f"{file}: relation {name}: pol:sign is {sign!r}; allowed are -1, 0 and 1")
    return Relation(
        name=name,
        label=_one(facts, _RDFS + "label"),
        definition=_one(facts, _SKOS + "definition"),
        domain=_one(facts, _RDFS + "domain").removeprefix(POL),
        range=_one(facts, _RDFS + "range").removeprefix(POL),
        family=_one(facts, POL + "family"),
        sign=int(sign),
        scope=_one(facts, _SKOS + "scopeNote"),
        examples=tuple(_values(facts, _SKOS + "example")),
        inverse=_one(facts, _OWL + "inverseOf").removeprefix(POL),
        super=tuple(v.removeprefix(POL) for v in _values(facts, _RDFS + "subPropertyOf")),
        symmetric=_OWL + "SymmetricProperty" in facts[_RDF + "type"],
        phrase_object=_one(facts, POL + "phraseObject") == "true",
        plover=_one(facts, POL + "plover"),
        wikidata=tuple(
            v.removeprefix(PREFIXES["wdt"])
            for match in ("closeMatch", "relatedMatch")
            for v in _values(facts, _SKOS + match)
            if v.startswith(PREFIXES["wdt"])
        ),
        inferred=inferred,
    )


def _check_links(relations: dict[str, Relation], inferred: dict[str, Relation], file: str) -> None:
    """Inverses and super-relations exist and are inferred: a rule must never write what an article could assert."""
    for relation in (*relations.values(), *inferred.values()):
        for prop, names in (("owl:inverseOf", (relation.inverse,)), ("rdfs:subPropertyOf", relation.super)):
            for name in names:
                known = {**inferred, **(relations if relation.inferred and prop == "owl:inverseOf" else {})}
                if name and name not in known:
                    raise OntologyError(
                        f"{file}: relation {relation.name}: {prop} names {name!r}, which is no inferred relation; "
                        f"allowed are {', '.join(sorted(inferred))}"
                    )


def _check_ends(relations: dict[str, Relation], classes: dict[str, tuple[str, ...]], file: str) -> None:
    for relation in relations.values():
        for prop, name in (("rdfs:domain", relation.domain), ("rdfs:range", relation.range)):
            if name not in classes:
                raise OntologyError(
                    f"{file}: relation {relation.name}: {prop} is {name!r}; allowed are {', '.join(sorted(classes))}"
                )
