"""The progress line of a build: articles and words a second and the time left on a terminal, nothing elsewhere."""

import io
import json
from pathlib import Path

import pytest
from rich.console import Console
from typer.testing import CliRunner

import graphbuild.cli_progress
from graphbuild.cli import app
from graphbuild.cli_progress import build_progress
from graphbuild.model import Article


def shown(monkeypatch: pytest.MonkeyPatch, inputs: list[Path], *, terminal: bool) -> str:
    out = io.StringIO()
    monkeypatch.setattr(graphbuild.cli_progress, "stderr", Console(file=out, force_terminal=terminal, width=120))
    monkeypatch.setattr("sys.stderr.isatty", lambda: terminal, raising=False)
    with build_progress(inputs) as tell:
        for number in range(3):
            tell(Article(str(number), "five words are in here"), 0)
    return out.getvalue()


def test_a_terminal_is_told_rates_and_the_time_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.jsonl").write_text("\n".join(json.dumps({"text": "five words are in here"}) for _ in range(30)))
    text = shown(monkeypatch, [tmp_path], terminal=True)
    assert "3 articles" in text
    assert "articles/s" in text
    assert "words/s" in text
    assert "left:" in text


def test_inputs_that_do_not_tell_their_length_are_built_without_an_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.html").write_text("<p>text</p>")
    for inputs in ([tmp_path], [Path("-")]):
        text = shown(monkeypatch, inputs, terminal=True)
        assert "words/s" in text
        assert "left:" not in text


def test_a_file_is_told_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert shown(monkeypatch, [tmp_path], terminal=False) == ""


@pytest.mark.parametrize("options", [["--engine", "dask"], ["--scheduler", "tcp://127.0.0.1:9"], ["--engine", "spark"]])
def test_engine_and_scheduler_go_together(options: list[str], tmp_path: Path) -> None:
    answer = CliRunner().invoke(app, ["build", "--sample", "--out", str(tmp_path), *options])
    assert answer.exit_code == 2
