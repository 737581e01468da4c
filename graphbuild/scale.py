"""Many articles at once: batches by words, worked on by a pool of processes or by a Dask cluster, results in order.

Neither knows what the work is; pipeline.py gives a function of one batch that can be sent to another process. Only a few
batches are under way at a time, so that memory does not grow with the number of articles.
"""

import json
import multiprocessing
import os
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from graphbuild.errors import GraphbuildError
from graphbuild.model import Article, Statement, article_from_dict, digest, statement_from_dict, to_dict

# Words of a batch: enough to outweigh the passing, little enough to keep memory flat.
BATCH_WORDS = 20_000
# Seconds to wait for a scheduler.
PATIENCE = 20
Result = tuple[list[tuple[Article, list[Statement]]], dict[str, float]]
"""The articles of a batch with their statements, and the seconds that each stage took."""
Work = Callable[[list[Article]], Result]


def batches(articles: Iterable[Article]) -> Iterator[list[Article]]:
    """Consecutive articles in lists of about BATCH_WORDS words."""
    batch: list[Article] = []
    words = 0
    for article in articles:
        batch.append(article)
        words += len(article.text) // 6
        if words >= BATCH_WORDS:
            yield batch
            batch, words = [], 0
    if batch:
        yield batch


def in_processes(articles: Iterable[Article], work: Work, workers: int) -> Iterator[Result]:
    """The results of ``work`` for each batch, in order, made by so many processes.

    Raises GraphbuildError when a process dies.
    """
    waiting: deque[Future[Result]] = deque()
    pool = ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("spawn"))
    try:
        for batch in batches(articles):
            waiting.append(pool.submit(work, batch))
            while len(waiting) > 2 * workers:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    except BrokenProcessPool as error:
        raise GraphbuildError("a worker process died; build again to go on where it stopped") from error
    finally:
        pool.shutdown(cancel_futures=True)


def on_dask(articles: Iterable[Article], work: Work, scheduler: str, shards: Path) -> Iterator[Result]:
    """The results of ``work`` for each batch, in order, made by the workers of the Dask scheduler at this address.

    A worker writes what it made of a batch into a file of the folder ``shards``, which all machines must share, and
    this process reads the files one after the other. So a lost worker takes nothing with it but the batch that it was
    at, which Dask gives to another; and a shard that an interrupted build left is not made again. The folder is removed
    at the end.

    Raises GraphbuildError when dask is missing, the scheduler does not answer, a batch cannot be worked on, or
    the machines do not share the folder.
    """
    try:
        from distributed import Client
    except ImportError as error:
        raise GraphbuildError("--engine dask: needs dask: pip install 'graphbuild[scale]'") from error
    shards = shards.resolve()
    shards.mkdir(parents=True, exist_ok=True)
    try:
        client: Any = Client(scheduler, timeout=PATIENCE, set_as_default=False)  # type: ignore[no-untyped-call]  # untyped
    except (OSError, ValueError) as error:
        raise GraphbuildError(f"--scheduler {scheduler!r}: no Dask scheduler answers there: {error}") from error
    write = _Shard(work, shards)
    waiting: deque[Any] = deque()
    with client:
        for batch in batches(articles):
            waiting.append(client.submit(write, batch, pure=False, retries=2))
            while len(waiting) > 2 * max(1, sum(client.nthreads().values())):
                yield _load(waiting.popleft(), shards)
        while waiting:
            yield _load(waiting.popleft(), shards)
    shards.rmdir()


# A process has one spaCy pipeline, which only one thread may use at a time.
_ONE_AT_A_TIME = threading.Lock()


@dataclass(frozen=True)
class _Shard:
    """What a Dask worker does with a batch: work on it, write the result into a file, and tell the file's name."""

    work: Work
    folder: Path

    def __call__(self, batch: list[Article]) -> str:
        name = digest([repr(self.work), *(article.content_hash for article in batch)]) + ".jsonl"
        path = self.folder / name
        if path.exists():
            return name
        with _ONE_AT_A_TIME:
            found, seconds = self.work(batch)
        lines = [json.dumps(seconds)]
        lines += [json.dumps([to_dict(a), [to_dict(s) for s in statements]]) for a, statements in found]
        temporary = path.with_name(f".{name}.{os.getpid()}")
        temporary.write_text("\n".join(lines) + "\n", "utf-8")
        temporary.replace(path)
        return name


def _load(future: Any, shards: Path) -> Result:
    try:
        path = shards / future.result()
    except GraphbuildError:
        raise
    except Exception as error:  # whatever a worker raised, or distributed's own for a batch that kills every worker
        raise GraphbuildError(
            f"--engine dask: a batch failed on its worker: {error or type(error).__name__}"
        ) from error
    if not path.is_file():
        raise GraphbuildError(
            f"{path}: a worker wrote this file but it is not here; all machines must share the folder"
        )
    with path.open(encoding="utf-8") as file:
        seconds = json.loads(next(file))
        rows = [json.loads(line) for line in file]
    path.unlink()
    return [(article_from_dict(a), [statement_from_dict(s) for s in found]) for a, found in rows], seconds
