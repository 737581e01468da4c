"""Errors that a caller can act on: each message is one sentence naming the file, the key, the value and what is allowed."""


class GraphbuildError(Exception):
    """Anything graphbuild refuses to do; the message is meant for the user."""


class SourceError(GraphbuildError):
    """An input that cannot be read as an article."""


class OntologyError(GraphbuildError):
    """A data file under ontologies/ that is malformed or contradicts another one."""


class StoreError(GraphbuildError):
    """A store that cannot be opened, is in use by another writer, or refuses a change."""


class QueryError(GraphbuildError):
    """A query that cannot be run: syntax, unknown name or parameter, time limit, or a forbidden feature."""
