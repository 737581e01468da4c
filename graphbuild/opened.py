"""A built graph opened for Python: rdflib, rows for pandas, networkx.

graph = open_graph("output")
graph.rows("resignation-calls", person="Keir Starmer")     list of dicts; pandas.DataFrame(...) takes it as it is
graph.dataset() / graph.graph()                            rdflib over the same store, read-only
graph.network()                                            networkx.MultiDiGraph
"""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from graphbuild.errors import GraphbuildError, QueryError
from graphbuild.query import MAX_ROWS, TIMEOUT, Answer, QueryPool
from graphbuild.query_guard import check_query
from graphbuild.query_library import ask_shipped, find_base, is_name

if TYPE_CHECKING:
    import networkx
    import rdflib


class OpenGraph:
    """A build folder opened for reading; close it, or use it in a `with` statement.

    ``timeout`` is seconds a query may take. Queries see what a later build or `graphbuild add` wrote to the folder;
    ``graph()`` and ``dataset()`` show the store as it was when they were called.
    """

    def __init__(self, directory: Path | str, *, timeout: float = TIMEOUT) -> None:
        self.directory = Path(directory)
        self._pool = QueryPool(directory, timeout=timeout)
        self._pool.base = find_base(self._pool)

    def query(self, query: str, *, format: str = "json", max_rows: int = MAX_ROWS, **params: str) -> Answer:
        """Answer a shipped query (by name, with its parameters) or SPARQL text, written in ``format``.

        Raises QueryError.
        """
        graph = format if format in ("turtle", "ntriples", "jsonld", "rdfxml") else "turtle"
        rows = "json" if format == graph else format
        # Parameters such as from are words of Python: from_="2024" is taken for from.
        named = {name.rstrip("_"): value for name, value in params.items()}
        if is_name(query):
            return ask_shipped(self._pool, query, named, rows=rows, graph=graph, max_rows=max_rows)
        if named:
            raise QueryError("query: parameters go with a shipped query; write values into the text of your own")
        return self._pool.ask(query, rows=rows, graph=graph, max_rows=max_rows)

    def rows(self, query: str, *, max_rows: int = MAX_ROWS, **params: str) -> list[dict[str, Any]]:
        """Rows of a SELECT query as dicts: text and IRIs as str, numbers as int or float, unbound as None."""
        return self.query(query, max_rows=max_rows, **params).rows()

    def dataset(self) -> "rdflib.Dataset":
        """The store as an rdflib Dataset, whose default graph holds everything. Needs graphbuild[rdf].

        Its queries run in this process without a time limit; SERVICE and FROM are refused as elsewhere.
        """
        import rdflib

        return rdflib.Dataset(store=self._rdflib_store())

    def graph(self) -> "rdflib.Graph":
        """The store as one rdflib Graph. Needs graphbuild[rdf]."""
        import rdflib
        from rdflib.graph import DATASET_DEFAULT_GRAPH_ID

        return rdflib.Graph(store=self._rdflib_store(), identifier=DATASET_DEFAULT_GRAPH_ID)

    def _rdflib_store(self) -> Any:
        try:
            from oxrdflib.store import OxigraphStore
        except ImportError as error:
            raise GraphbuildError("open_graph: needs oxrdflib: pip install graphbuild[rdf]") from error
        import pyoxigraph
        from rdflib.plugins import sparql

        # rdflib would read any file or address that a prepared query names in FROM.
        sparql.SPARQL_LOAD_GRAPHS = False

        class GuardedStore(OxigraphStore):
            def query(self, query: Any, *args: Any, **options: Any) -> Any:
                if isinstance(query, str):
                    check_query(query)
                return super().query(query, *args, **options)

        return GuardedStore(store=pyoxigraph.Store.read_only(str(self._pool.store)))

    def network(self, **options: Any) -> "networkx.MultiDiGraph[str]":
        """The statements as a networkx MultiDiGraph; ``options`` are those of graphbuild.export.network.to_network."""
        from graphbuild.export.network import to_network
        from graphbuild.records import read_build

        return to_network(read_build(Path(self.directory)), **options)

    def close(self) -> None:
        """End the query process."""
        self._pool.close()

    def __enter__(self) -> "OpenGraph":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def open_graph(directory: Path | str, *, timeout: float = TIMEOUT) -> OpenGraph:
    """Open the folder that a build wrote. Raises StoreError when it holds no store."""
    return OpenGraph(directory, timeout=timeout)
