"""Beyond one process: a Dask cluster that loses a worker gives the bytes of a local build; what goes wrong is told."""

import json
import os
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from places import SAMPLE

from graphbuild.errors import GraphbuildError
from graphbuild.model import Article
from graphbuild.pipeline import build
from graphbuild.scale import batches, on_dask

FILES = ("statements.jsonl", "articles.jsonl", "graph.ttl", "graph.html")


def test_batches_keep_the_order_and_lose_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("graphbuild.scale.BATCH_WORDS", 100)
    articles = [Article(str(n), "word " * (n % 7) * 10) for n in range(50)]
    found = list(batches(iter(articles)))
    assert [a for batch in found for a in batch] == articles
    assert len(found) > 5
    assert max(sum(len(a.text) for a in batch[:-1]) for batch in found) <= 600


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    distributed = pytest.importorskip("distributed", reason="dask is not installed: pip install 'graphbuild[scale]'")
    with distributed.LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None) as local:
        yield local


def test_a_cluster_that_loses_a_worker_gives_the_bytes_of_one_process(
    cluster: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = (SAMPLE / "articles.jsonl").read_text("utf-8").splitlines(keepends=True)
    (tmp_path / "in.jsonl").write_text("".join(lines[:8]), "utf-8")
    monkeypatch.setattr("graphbuild.scale.BATCH_WORDS", 100)
    processes = {worker.process.pid for worker in cluster.workers.values()}
    killed: list[int] = []

    def kill_one(article: Article, statements: int) -> None:
        if not killed:  # the first batch is back, others are under way
            killed.append(min(processes))
            os.kill(killed[0], signal.SIGKILL)

    build([tmp_path / "in.jsonl"], tmp_path / "local")
    build([tmp_path / "in.jsonl"], tmp_path / "out", scheduler=cluster.scheduler_address, progress=kill_one)
    assert killed
    assert killed[0] not in {worker.process.pid for worker in cluster.workers.values() if worker.process is not None}
    for name in FILES:
        assert (tmp_path / "out" / name).read_bytes() == (tmp_path / "local" / name).read_bytes(), name
    assert not (tmp_path / "out" / "shards").exists()


def _fails(batch: list[Article]) -> Any:
    raise ValueError(f"no room for {batch[0].id}")


def test_a_batch_that_cannot_be_read_is_an_error_with_its_reason(cluster: Any, tmp_path: Path) -> None:
    with pytest.raises(GraphbuildError, match="no room for a"):
        list(on_dask([Article("a", "text")], _fails, cluster.scheduler_address, tmp_path / "shards"))


def test_a_worker_with_another_version_is_refused(
    cluster: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.jsonl").write_text(json.dumps({"id": "a", "text": "Boris Johnson sacked Michael Gove."}), "utf-8")
    monkeypatch.setattr("graphbuild.pipeline.configuration_hash", lambda *_: "another")
    with pytest.raises(GraphbuildError, match="another version"):
        build([tmp_path / "a.jsonl"], tmp_path / "out", scheduler=cluster.scheduler_address)


def test_an_absent_scheduler_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("distributed", reason="dask is not installed: pip install 'graphbuild[scale]'")
    monkeypatch.setattr("graphbuild.scale.PATIENCE", 1)
    with pytest.raises(GraphbuildError, match=r"127\.0\.0\.1:9"):
        list(on_dask([], _fails, "tcp://127.0.0.1:9", tmp_path / "shards"))
