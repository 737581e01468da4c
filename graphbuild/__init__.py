"""graphbuild turns news articles about party politics into a knowledge graph whose every edge leads to its sentence.

    import graphbuild
    graphbuild.build(["articles.jsonl"], "output")            # what `graphbuild build` does
    graph = graphbuild.open_graph("output")
    graph.rows("resignation-calls", person="Keir Starmer")    # or SPARQL text

Names are imported when first used, so that `import graphbuild` costs nothing.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from graphbuild.errors import GraphbuildError, OntologyError, QueryError, SourceError, StoreError
    from graphbuild.model import Article, Entity, Evidence, Mention, Statement
    from graphbuild.opened import OpenGraph, open_graph
    from graphbuild.query import run_query

__version__ = "0.1.0"
_HOMES = {
    "Article": "model",
    "Entity": "model",
    "Evidence": "model",
    "GraphbuildError": "errors",
    "Mention": "model",
    "OntologyError": "errors",
    "OpenGraph": "opened",
    "QueryError": "errors",
    "SourceError": "errors",
    "Statement": "model",
    "StoreError": "errors",
    "build": "pipeline",
    "open_graph": "opened",
    "run_query": "query",
}
__all__ = [
    "Article",
    "Entity",
    "Evidence",
    "GraphbuildError",
    "Mention",
    "OntologyError",
    "OpenGraph",
    "QueryError",
    "SourceError",
    "Statement",
    "StoreError",
    "open_graph",
    "run_query",
]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'graphbuild' has no attribute {name!r}")
    value = getattr(import_module(f"graphbuild.{_HOMES[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *_HOMES})
