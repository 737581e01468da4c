"""Sources -> articles: one module a family of sources, each a generator that holds one article at a time."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

from graphbuild.errors import SourceError
from graphbuild.model import Article
from graphbuild.read.html import read_html
from graphbuild.read.tables import read_csv, read_jsonl
from graphbuild.read.text import read_text

Skipped = Callable[[str, str], None]
READERS: dict[str, Callable[[Path, Mapping[str, str], Skipped], Iterator[Article]]] = {
    ".txt": read_text,
    ".text": read_text,
    ".jsonl": read_jsonl,
    ".ndjson": read_jsonl,
    ".csv": read_csv,
    ".html": read_html,
    ".htm": read_html,
}


def read_articles(
    sources: Iterable[Path | str], *, mapping: Mapping[str, str] | None = None, skipped: Skipped | None = None
) -> Iterator[Article]:
    """Articles of files and folders (recursively, in name order).

    ``mapping`` gives the column or key of a field where it has another name ({"text": "body"}). What cannot be read
    is passed to ``skipped(name, reason)`` and the rest goes on. An id that was seen before gets "-2", "-3" ... Raises
    SourceError for a source that does not exist.
    """
    report: Skipped = skipped or (lambda name, reason: None)
    seen: dict[str, int] = {}
    for path in _files(sources, report):
        reader = READERS.get(path.suffix.lower())
        if reader is None:
            report(str(path), f"the ending {path.suffix!r} is not one of {', '.join(sorted(READERS))}")
            continue
        try:
            for article in reader(path, mapping or {}, report):
                yield _unique(article, seen, report)
        except (OSError, SourceError) as error:
            report(str(path), str(error))


def _files(sources: Iterable[Path | str], report: Skipped) -> Iterator[Path]:
    for source in sources:
        path = Path(source)
        if path.is_dir():
            for child in sorted(p for p in path.rglob("*") if p.is_file() and not p.name.startswith(".")):
                if child.suffix.lower() in READERS:
                    yield child
                else:
                    report(str(child), f"the ending {child.suffix!r} is not one of {', '.join(sorted(READERS))}")
        elif path.exists():
            yield path
        else:
            raise SourceError(f"{path}: there is no such file or folder")


def _unique(article: Article, seen: dict[str, int], report: Skipped) -> Article:
    from dataclasses import replace

    count = seen.get(article.id, 0) + 1
    seen[article.id] = count
    if count == 1:
        return article
    report(article.id, f"the id {article.id!r} was used before; this article is read as {article.id}-{count}")
    return replace(article, id=f"{article.id}-{count}")
