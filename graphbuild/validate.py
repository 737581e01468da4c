"""Checks a graph and the data files, and says what is wrong in words that a person can act on.

    check_graph(DIR or graph.ttl)     against ontologies/shapes.ttl (SHACL), and every quote against articles.jsonl
    check_ontologies(directory)       every data file of ontologies/

SHACL (https://www.w3.org/TR/shacl/) is checked by pyshacl, the reference, or by the faster package ``shacl`` where
that is installed; both find the same problems.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import pyoxigraph as ox

from graphbuild import rdf
from graphbuild.errors import GraphbuildError, OntologyError, StoreError
from graphbuild.model import digest
from graphbuild.ontology import load_ontology, ontologies_dir, read_turtle
from graphbuild.rdf import term
from graphbuild.rules import load_rules
from graphbuild.vocab import POL, PREFIXES

ENGINES = ("pyshacl", "shacl")
VIOLATION, WARNING = "violation", "warning"
_SH = PREFIXES["sh"]


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing wrong: ``severity`` is "violation" or "warning", ``where`` the node or file, ``about`` what that is in
    words, ``message`` what ought to be, ``value`` the offending value if there is one."""

    severity: str
    where: str
    message: str
    value: str = ""
    about: str = ""

    def __str__(self) -> str:
        about = f" ({self.about})" if self.about else ""
        value = f"; it is {self.value!r}" if self.value else ""
        return f"{self.severity}: {self.where}{about}: {self.message}{value}"


def check_graph(path: Path, *, engine: str = "", articles: Path | None = None) -> list[Problem]:
    """The problems of a graph, sorted: the folder of a build, or a Turtle file.

    In the folder of a build the quotes are checked against its articles.jsonl; ``articles`` names another file.
    ``engine`` is one of ENGINES, the fastest installed one unless told. Raises GraphbuildError when there is no graph
    or no engine.
    """
    path = Path(path)
    turtle = path / "graph.ttl" if path.is_dir() else path
    if not turtle.is_file():
        raise GraphbuildError(
            f"{path}: no graph here; give a folder that `graphbuild build --out` wrote, or a .ttl file"
        )
    store = ox.Store()
    try:
        store.bulk_load(path=str(turtle), format=ox.RdfFormat.TURTLE)
    except (SyntaxError, ValueError) as error:
        return [Problem(VIOLATION, turtle.name, f"the file is Turtle: {error}")]
    texts = articles or (path / "articles.jsonl" if path.is_dir() else None)
    found = list(_shacl_problems(turtle, store, engine))
    if path.is_dir() and (path / "store").is_dir():
        found += _store_problems(store, path / "store")
    if texts is not None:
        if texts.is_file():
            found += check_quotes(store, texts)
        else:
            found.append(Problem(WARNING, texts.name, "the file is not there, so quotes were not checked"))
    return sorted(set(found))


def _shacl_problems(turtle: Path, store: ox.Store, engine: str) -> Iterator[Problem]:
    engine = engine or _fastest()
    if engine not in ENGINES:
        raise GraphbuildError(f"check: unknown engine {engine!r}; allowed are {', '.join(ENGINES)}")
    if find_spec(engine) is None:
        raise GraphbuildError(f"check: the package {engine} is not installed; pip install graphbuild[validate]")
    run = _run_shacl if engine == "shacl" else _run_pyshacl
    for severity, node, message, value in run(turtle, ontologies_dir() / "shapes.ttl"):
        yield Problem(severity, _short(node, store), message, _short(value, store), describe(store, ox.NamedNode(node)))


def _fastest() -> str:
    return next((name for name in reversed(ENGINES) if find_spec(name) is not None), ENGINES[0])


_Result = tuple[str, str, str, str]


def _run_pyshacl(turtle: Path, shapes: Path) -> Iterator[_Result]:
    import pyshacl
    import rdflib

    # Oxigraph parses, since rdflib's own parser takes ten times as long.
    data = rdflib.Graph().parse(data=_ntriples(turtle), format="nt")
    rules = rdflib.Graph().parse(shapes, format="turtle")
    _, report, _ = pyshacl.validate(data, shacl_graph=rules, allow_warnings=True, inplace=True)
    sh = rdflib.Namespace(_SH)
    assert isinstance(report, rdflib.Graph)
    for result in report.subjects(rdflib.RDF.type, sh.ValidationResult):
        node, severity, message, value = (
            report.value(result, prop) for prop in (sh.focusNode, sh.resultSeverity, sh.resultMessage, sh.value)
        )
        yield _severity(str(severity)), str(node), str(message), "" if value is None else str(value)


def _ntriples(turtle: Path) -> bytes:
    out = ox.serialize(ox.parse(path=str(turtle), format=ox.RdfFormat.TURTLE), format=ox.RdfFormat.N_TRIPLES)
    assert out is not None
    return out


def _run_shacl(turtle: Path, shapes: Path) -> Iterator[_Result]:
    import shacl

    for result in shacl.Shapes.from_file(str(shapes)).validate_file(str(turtle), allow_warnings=True).results:
        node = result.focus_node.removeprefix("<").removesuffix(">")
        yield _severity(result.severity_iri), node, result.message or "", result.value_plain or ""


def _severity(iri: str) -> str:
    return VIOLATION if iri == _SH + "Violation" else WARNING


def _short(iri: str, store: ox.Store) -> str:
    """The last two parts of a node's IRI ("statement/4f..."), or the value as it is."""
    if iri.startswith(POL):
        return "pol:" + iri.removeprefix(POL)
    return "/".join(iri.rsplit("/", 2)[1:]) if iri.startswith("http") and iri.count("/") > 3 else iri


def describe(store: ox.Store, node: ox.NamedNode) -> str:
    """A node in words: "Anas Sarwar calls_to_resign Keir Starmer", or the article and words of a piece of evidence."""

    def value(subject: ox.NamedNode | None, prop: ox.NamedNode) -> ox.NamedNode | ox.Literal | None:
        quads = store.quads_for_pattern(subject, prop, None) if subject else ()
        return next((q.object for q in quads if isinstance(q.object, ox.NamedNode | ox.Literal)), None)

    def node_of(subject: ox.NamedNode | None, prop: ox.NamedNode) -> ox.NamedNode | None:
        found = value(subject, prop)
        return found if isinstance(found, ox.NamedNode) else None

    def text(subject: ox.NamedNode | None, prop: ox.NamedNode) -> str:
        found = value(subject, prop)
        return found.value if found is not None else ""

    if (relation := text(node, rdf.PREDICATE)) or text(node, rdf.POLARITY):
        ends = [text(node_of(node, p), rdf.LABEL) or "(nobody)" for p in (rdf.SUBJECT, rdf.OBJECT)]
        return f"{ends[0]} {relation.removeprefix(POL)} {ends[1]}"
    if quote := text(node, rdf.EXACT):
        return f"article {text(node_of(node, rdf.QUOTED_FROM), rdf.IDENTIFIER)}: “{quote}”"
    return text(node, rdf.LABEL) or text(node, rdf.IDENTIFIER) or text(node, rdf.NAME)


def check_quotes(store: ox.Store, articles: Path) -> Iterator[Problem]:
    """Check that every quote stands in its article's stored text at the offsets given.

    ``articles`` is the articles.jsonl that a build wrote. Offsets count characters (code points).
    """
    ids = {q.subject: str(getattr(q.object, "value", "")) for q in store.quads_for_pattern(None, rdf.IDENTIFIER, None)}
    hashes = {ids.get(q.subject, ""): q.object for q in store.quads_for_pattern(None, term("pol:text_hash"), None)}
    evidence: dict[str, list[ox.NamedNode]] = {}
    for quad in store.quads_for_pattern(None, rdf.QUOTED_FROM, None):
        if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.NamedNode):
            evidence.setdefault(ids.get(quad.object, ""), []).append(quad.subject)
    for number, line in enumerate(articles.read_text("utf-8").split("\n"), 1):
        if not line:
            continue
        try:
            record = json.loads(line)
            given, text = record["id"], record["text"]
        except (ValueError, KeyError, TypeError):
            yield Problem(VIOLATION, f"{articles.name}, line {number}", "a line is a JSON object with id and text")
            continue
        if given not in hashes:
            continue
        if hashes.pop(given) != rdf.literal(digest([text])):
            yield Problem(VIOLATION, f"article {given}", f"the text in {articles.name} is the one that was read")
        for node in evidence.get(given, ()):
            yield from _check_quote(store, node, text)
    for given in sorted(hashes):
        yield Problem(WARNING, f"article {given}", f"the text is in {articles.name}, so that quotes can be checked")


def _check_quote(store: ox.Store, node: ox.NamedNode, text: str) -> Iterator[Problem]:
    quads = store.quads_for_pattern(node, None, None)
    facts = {q.predicate: q.object.value for q in quads if isinstance(q.object, ox.Literal)}
    where = _short(node.value, store)
    try:
        start, end, quote = int(facts[rdf.START]), int(facts[rdf.END]), facts[rdf.EXACT]
    except (KeyError, ValueError):
        return  # the shapes tell of it
    if not 0 <= start <= end <= len(text):
        message = f"the offsets lie in the article, which has {len(text)} characters"
        yield Problem(VIOLATION, where, message, f"{start} to {end}", describe(store, node))
    elif rdf.literal(text[start:end]).value != quote:
        yield Problem(VIOLATION, where, "the quote stands at its offsets", text[start:end], describe(store, node))


def _store_problems(turtle: ox.Store, path: Path) -> Iterator[Problem]:
    try:
        stored = ox.Store.read_only(str(path))
    except OSError as error:
        raise StoreError(f"{path}: the store cannot be opened: {error}") from error
    both = (
        (stored, turtle, "graph.ttl has every triple of the store"),
        (turtle, stored, "the store has every triple of graph.ttl"),
    )
    for here, there, message in both:
        missing = [q for q in here if q not in there]
        if missing:
            yield Problem(VIOLATION, path.name, f"{message}; missing: {len(missing)}", str(min(map(str, missing))))


def check_ontologies(directory: Path | None = None) -> list[Problem]:
    """The problems of the data files: ontology, wording, shapes and rules; each names file, key, value, what is allowed."""
    directory = Path(directory) if directory is not None else ontologies_dir()
    found: list[Problem] = []

    def attempt(what: Callable[[], object]) -> None:
        try:
            what()
        except OntologyError as error:
            found.append(Problem(VIOLATION, "ontologies", str(error)))

    attempt(lambda: load_ontology(directory))
    if not found:
        ontology = load_ontology(directory)
        attempt(lambda: ontology.wording)
        attempt(lambda: load_rules(ontology))
        found += _term_problems(directory)
        shapes = directory / "shapes.ttl"
        if shapes.is_file():
            found += _shape_problems(shapes, {r.iri for r in ontology.relations.values()} | _declared(directory))
        else:
            found.append(Problem(VIOLATION, "shapes.ttl", "the file is there"))
    return found


# What a term of the ontology has to say, by its kind; one of the alternatives is enough.
_SAYS = {
    "": (("rdfs:label",), ("skos:definition",)),
    "pol:Relation": (("skos:scopeNote",), ("skos:example",)),
    "owl:ObjectProperty": (("rdfs:domain", "schema:domainIncludes"), ("rdfs:range", "schema:rangeIncludes")),
    "owl:DatatypeProperty": (("rdfs:domain", "schema:domainIncludes"), ("rdfs:range", "schema:rangeIncludes")),
}


def _term_problems(directory: Path) -> Iterator[Problem]:
    """Every pol: term is declared, named, defined and, as a property, says between what it stands."""
    triples = read_turtle(directory / "party-politics.ttl")
    said: dict[str, set[str]] = {}
    kinds: dict[str, set[str]] = {}
    for t in triples:
        if isinstance(t.subject, ox.NamedNode):
            said.setdefault(t.subject.value, set()).add(t.predicate.value)
            if t.predicate == rdf.TYPE and isinstance(t.object, ox.NamedNode):
                kinds.setdefault(t.subject.value, {""}).add(t.object.value)
    used = {n.value for t in triples for n in (t.subject, t.predicate, t.object) if isinstance(n, ox.NamedNode)}
    for name in sorted(n for n in used if n.startswith(POL)):
        where = f"party-politics.ttl, pol:{name.removeprefix(POL)}"
        if name not in kinds:
            yield Problem(VIOLATION, where, "a name that is used is declared with `a`")
        for kind, needs in _SAYS.items():
            if (term(kind).value if kind else "") in kinds.get(name, ()):
                for choices in needs:
                    if not any(term(choice).value in said[name] for choice in choices):
                        yield Problem(VIOLATION, where, f"a {kind or 'term'} has {' or '.join(choices)}")


def _declared(directory: Path) -> set[str]:
    triples = read_turtle(directory / "party-politics.ttl")
    return {t.subject.value for t in triples if t.predicate == rdf.TYPE and isinstance(t.subject, ox.NamedNode)}


def _shape_problems(shapes: Path, declared: Iterable[str]) -> Iterator[Problem]:
    """Every pol: name that the shapes use is declared: a typing error would make a shape that never applies."""
    known = set(declared)
    try:
        triples = read_turtle(shapes)
    except OntologyError as error:
        yield Problem(VIOLATION, shapes.name, str(error))
        return
    used = {t.object.value for t in triples if isinstance(t.object, ox.NamedNode) and t.object.value.startswith(POL)}
    for name in sorted(used - known):
        yield Problem(
            VIOLATION,
            shapes.name,
            "a shape names only what party-politics.ttl declares",
            f"pol:{name.removeprefix(POL)}",
        )
