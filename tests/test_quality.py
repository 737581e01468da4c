"""The quality gate holds on the annotated sample, and graphbuild's own scorer agrees with an independent one."""

import importlib.util
import json
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest
from places import SHARED

from graphbuild.evaluate import evaluate_files
from graphbuild.pipeline import build

HERE = Path(__file__).parent


@pytest.fixture(scope="module")
def quality() -> ModuleType:
    spec = importlib.util.spec_from_file_location("quality", HERE / "benchmarks" / "quality.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_annotations_are_those_the_floors_were_set_for(quality: ModuleType) -> None:
    assert json.loads(quality.FLOORS.read_text("utf-8"))["gold"] == quality.gold_hash()


def test_every_figure_reaches_its_floor(quality: ModuleType, sample_build: Path) -> None:
    floors = json.loads(quality.FLOORS.read_text("utf-8"))
    assert len(floors["floors"]) > 20
    assert quality.shortfalls(quality.figures(quality.measure(sample_build)), floors) == []


def test_a_lost_statement_is_noticed(quality: ModuleType, sample_build: Path, tmp_path: Path) -> None:
    lines = (sample_build / "statements.jsonl").read_text("utf-8").splitlines(keepends=True)
    kept = [line for line in lines if json.loads(line)["relation"] != "sacked_by"]
    (tmp_path / "statements.jsonl").write_text("".join(kept), "utf-8")
    found = quality.figures(evaluate_files(quality.GOLD, tmp_path))
    floors = json.loads(quality.FLOORS.read_text("utf-8"))
    assert any(line.startswith("sacked_by") for line in quality.shortfalls(found, floors))


def test_the_figures_are_those_of_an_independent_scorer(tmp_path: Path) -> None:
    gold, scorer = SHARED / "gold" / "dev.jsonl", SHARED / "gold" / "score.py"
    if not gold.is_file():
        pytest.skip("the annotated articles are not beside the project")
    some = tmp_path / "gold.jsonl"
    some.write_text("".join(gold.open(encoding="utf-8").readlines()[:12]), "utf-8")
    build([some], tmp_path / "out")
    run = subprocess.run(
        [sys.executable, str(scorer), str(some), str(tmp_path / "out" / "statements.jsonl"), "--json"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    theirs = json.loads(run.stdout)
    ours = evaluate_files(some, tmp_path / "out")
    for kind in ("strict", "modal"):
        given = theirs[kind]
        wanted = [given[k] for k in given if k.lower() in ("p", "precision", "r", "recall", "f1")]
        assert list(ours.figures(kind)) == pytest.approx(wanted, abs=0.0015)
