"""The progress line of a build on stderr: articles and words a second, and about how long it will take; only on a terminal."""

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn, TimeRemainingColumn

from graphbuild.console import stderr
from graphbuild.model import Article

# Files whose length tells how much text they hold; of others (web pages, archives, PDF) it is not known beforehand.
_PLAIN = frozenset({".txt", ".text", ".jsonl", ".ndjson", ".csv", ".tsv"})
# What a line of JSON or CSV has besides title, address and text: field names, date, outlet.
_FRAME = 100


@contextmanager
def build_progress(inputs: Iterable[Path]) -> Iterator[Callable[[Article, int], None]]:
    """A function to be called with each article that was read and the number of its statements."""
    columns = (
        SpinnerColumn(), TextColumn("{task.fields[told]}"), BarColumn(20), TimeElapsedColumn(),
        TextColumn("{task.fields[left]}"), TimeRemainingColumn(),
    )  # fmt: skip
    with Progress(*columns, console=stderr, disable=not sys.stderr.isatty(), transient=True) as bar:
        expected = None if bar.disable else _expected(inputs)
        task = bar.add_task("build", total=expected, told="0 articles", left="left:" if expected else "")
        articles = words = 0

        def tell(article: Article, statements: int) -> None:
            nonlocal articles, words
            if bar.disable:
                return
            articles, words = articles + 1, words + len(article.text.split())
            seconds = max(bar.tasks[task].elapsed or 0.0, 0.01)
            bar.update(
                task,
                advance=len(article.text) + len(article.title) + len(article.url) + _FRAME,
                told=f"{articles:,} articles, {articles / seconds:,.1f} articles/s, {words / seconds:,.0f} words/s",
            )

        yield tell


def _expected(inputs: Iterable[Path]) -> int | None:
    """About how many characters will be read; None when an input does not tell."""
    total = 0
    for given in inputs:
        for path in sorted(p for p in given.rglob("*") if p.is_file()) if given.is_dir() else [given]:
            if path.suffix.lower() not in _PLAIN or not path.is_file():
                return None
            total += path.stat().st_size
    return total or None
