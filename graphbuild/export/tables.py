"""Tables for spreadsheets, R and pandas: nodes, edges, statements, evidence; a statement table as DNA/rDNA uses it."""

import csv
import shutil
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from graphbuild.errors import GraphbuildError
from graphbuild.export.files import replaced
from graphbuild.model import PHRASE, Article, Entity, Statement
from graphbuild.records import read_build

Build = Sequence[tuple[Article, Sequence[Statement]]]
Table = tuple[tuple[str, ...], list[tuple[Any, ...]]]


def tables(build: Build) -> dict[str, Table]:
    """(column names, sorted rows) of the tables nodes, edges, statements and evidence.

    ``edges`` has what is asserted, one row for two actors and a relation, with the number of articles and outlets.
    """
    nodes: dict[str, tuple[Any, ...]] = {}
    statements, evidence = {}, []
    edges: dict[tuple[str, str, str], tuple[set[str], set[str], set[str]]] = {}
    for article, found in build:
        for s in found:
            for entity in filter(None, (s.subject, s.object, s.source)):
                nodes[entity.id] = _node(entity)
            statements[s.id] = (
                s.id, s.subject.id, s.relation, s.object.id if s.object else "", s.polarity, s.modality,
                s.source.id if s.source else "", s.role, s.date,
            )  # fmt: skip
            e = s.evidence
            evidence.append(
                (s.id, e.article, article.date, article.source, e.start, e.end, e.text, e.trigger, e.rule, e.confidence)
            )
            if s.direct and s.object is not None:
                told = edges.setdefault((s.subject.id, s.relation, s.object.id), (set(), set(), set()))
                told[0].add(article.id)
                told[1].update([article.source] if article.source else [])
                told[2].update(filter(None, [s.date or article.date]))
    return {
        "nodes": (("id", "name", "type"), sorted(nodes.values())),
        "edges": (
            ("subject", "relation", "object", "articles", "outlets", "first", "last"),
            [
                (*key, len(a), len(o), min(d, default=""), max(d, default=""))
                for key, (a, o, d) in sorted(edges.items())
            ],
        ),
        "statements": (
            ("id", "subject", "relation", "object", "polarity", "modality", "source", "role", "date"),
            sorted(statements.values()),
        ),
        "evidence": (
            ("statement", "article", "published", "outlet", "start", "end", "text", "trigger", "rule", "confidence"),
            sorted(evidence),
        ),
    }


def _node(entity: Entity) -> tuple[str, str, str]:
    return entity.id, entity.name, entity.type


def write_csv_tables(folder: Path, target: Path) -> None:
    """A folder with nodes.csv, edges.csv, statements.csv and evidence.csv."""
    target.mkdir(parents=True, exist_ok=True)
    for name, (columns, rows) in tables(read_build(folder)).items():
        _write(target / f"{name}.csv", columns, rows)


def write_parquet(folder: Path, target: Path) -> None:
    """A folder with nodes, edges, statements and evidence as Parquet files (needs pyarrow)."""
    try:
        import pyarrow as pa
        from pyarrow import parquet
    except ImportError as error:
        raise GraphbuildError("export parquet: needs more packages: pip install 'graphbuild[parquet]'") from error
    target.mkdir(parents=True, exist_ok=True)
    for name, (columns, rows) in tables(read_build(folder)).items():
        by_column = {c: [row[i] for row in rows] for i, c in enumerate(columns)}
        with replaced(target / f"{name}.parquet") as new:
            parquet.write_table(pa.table(by_column), new)


def write_statements(folder: Path, target: Path) -> None:
    """statements.jsonl: one statement in one article a line."""
    read_build(folder)
    with replaced(target) as new:
        shutil.copyfile(folder / "statements.jsonl", new)


def write_dna(folder: Path, target: Path) -> None:
    """A statement table for discourse network analysis: actor, concept and agreement with date and text."""
    rows = []
    for article, found in read_build(folder):
        for s in found:
            if s.relation in ("favours", "calls_for", "opposes") and s.object is not None and s.object.type == PHRASE:
                agrees = (s.relation != "opposes") == (s.polarity == "positive")
                rows.append(
                    (
                        article.id, s.date or article.date, s.subject.name, s.subject.party, s.object.name, int(agrees),
                        s.modality, s.evidence.text,
                    )
                )  # fmt: skip
    _write(
        target, ("document", "date", "person", "organization", "concept", "agreement", "modality", "text"), sorted(rows)
    )


def _write(target: Path, header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    with replaced(target) as new, new.open("w", encoding="utf-8", errors="replace", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)
