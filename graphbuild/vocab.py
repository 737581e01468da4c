"""Prefixes, CURIEs and IRIs: the only module that builds an IRI.

Inside the program a node is named by the local part of its IRI ("person/keir-starmer"); full IRIs appear in files,
stores and answers. The ontology's namespace is fixed; the base of entity IRIs is the user's to choose.
"""

import re
import unicodedata
import urllib.parse

from graphbuild.errors import GraphbuildError
from graphbuild.model import digest

POL = "https://w3id.org/graphbuild/ontology#"
DEFAULT_BASE = "https://w3id.org/graphbuild/id/"
PREFIXES = {
    "pol": POL,
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "prov": "http://www.w3.org/ns/prov#",
    "oa": "http://www.w3.org/ns/oa#",
    "org": "http://www.w3.org/ns/org#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "schema": "http://schema.org/",
    "dcterms": "http://purl.org/dc/terms/",
    "time": "http://www.w3.org/2006/time#",
    "sh": "http://www.w3.org/ns/shacl#",
    "wd": "http://www.wikidata.org/entity/",
    "wdt": "http://www.wikidata.org/prop/direct/",
}
# One prefix a kind of node keeps names free of escapes: person:keir-starmer, not gb:person\/keir-starmer.
KINDS = (
    "person",
    "organisation",
    "group",
    "place",
    "phrase",
    "statement",
    "evidence",
    "article",
    "mention",
    "correction",
)


def prefixes(base: str = DEFAULT_BASE) -> dict[str, str]:
    """All prefixes, those of the node kinds under ``base`` included."""
    return PREFIXES | {kind: f"{base}{kind}/" for kind in KINDS}


def slug(text: str) -> str:
    """Lower-case ASCII words joined by hyphens; text without any Latin letter or digit falls back to its hash.

    >>> slug("Sinn Féin"), slug("Nicola O'Brien-Smith")
    ('sinn-fein', 'nicola-obrien-smith')
    """
    folded = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().casefold()
    folded = folded.replace("'", "").replace("’", "")
    words = re.sub(r"[^a-z0-9]+", "-", folded).strip("-")
    return words[:80].strip("-") if words else digest([text])[:12]


def mint_id(kind: str, name: str, qualifier: str = "") -> str:
    """The local id of a node, e.g. mint_id("person", "Keir Starmer") == "person/keir-starmer".

    ``qualifier`` tells namesakes apart. Raises GraphbuildError for an unknown kind.
    """
    if kind not in KINDS:
        raise GraphbuildError(f"vocab: unknown kind of node {kind!r}; allowed are {', '.join(KINDS)}")
    return f"{kind}/{slug(name)}" + (f"--{slug(qualifier)}" if qualifier else "")


def article_id(given: str) -> str:
    """The local id of an article: its given id, with what an IRI cannot hold percent-encoded, so that no two ids meet.

    >>> article_id("seed-000"), article_id("news/a b.txt")
    ('article/seed-000', 'article/news%2Fa%20b.txt')
    """
    return "article/" + urllib.parse.quote(given, safe="", errors="replace")


def iri(local_id: str, base: str = DEFAULT_BASE) -> str:
    """Full IRI of a local id."""
    return base + local_id


def local_id(full: str, base: str = DEFAULT_BASE) -> str:
    """The inverse of iri; raises GraphbuildError when the IRI is not under ``base``."""
    if not full.startswith(base):
        raise GraphbuildError(f"vocab: the IRI {full!r} is not under the base {base!r}")
    return full[len(base) :]


def node_id(given: str, base: str = DEFAULT_BASE) -> str:
    """The local id that a CURIE, a local id or an IRI of a node stands for; "" when it is none of these.

    >>> node_id("person:keir-starmer"), node_id("person/keir-starmer"), node_id("Keir Starmer")
    ('person/keir-starmer', 'person/keir-starmer', '')
    """
    found = re.fullmatch(r"([a-z]+)[:/]([A-Za-z0-9%._~-]+)", given.strip().removeprefix(base))
    return f"{found[1]}/{found[2]}" if found and found[1] in KINDS else ""


def expand(curie: str, base: str = DEFAULT_BASE) -> str:
    """Full IRI of a CURIE; raises GraphbuildError for an unknown prefix."""
    prefix, _, rest = curie.partition(":")
    known = prefixes(base)
    if prefix not in known:
        raise GraphbuildError(f"vocab: unknown prefix in {curie!r}; known are {', '.join(sorted(known))}")
    return known[prefix] + rest


def relation_iri(name: str) -> str:
    """IRI of a relation, e.g. pol:calls_to_resign."""
    return POL + name
