"""Tables for spreadsheets, R and pandas: entities, statements, evidence; and a statement table as DNA/rDNA uses it."""

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path

from graphbuild.model import PHRASE, Article, Statement

Build = Sequence[tuple[Article, Sequence[Statement]]]


def write_csv_tables(build: Build, path: Path) -> None:
    """A folder with entities.csv, statements.csv and evidence.csv."""
    path.mkdir(parents=True, exist_ok=True)
    entities, statements, evidence = {}, {}, []
    for article, found in build:
        for s in found:
            for entity in filter(None, (s.subject, s.object, s.source)):
                entities[entity.id] = (entity.id, entity.name, entity.type)
            statements[s.id] = (
                s.id, s.subject.id, s.relation, s.object.id if s.object else "", s.polarity, s.modality,
                s.source.id if s.source else "", s.role, s.date,
            )  # fmt: skip
            e = s.evidence
            evidence.append(
                (s.id, e.article, article.date, article.source, e.start, e.end, e.text, e.trigger, e.rule, e.confidence)
            )
    _write(path / "entities.csv", ("id", "name", "type"), sorted(entities.values()))
    _write(
        path / "statements.csv",
        ("id", "subject", "relation", "object", "polarity", "modality", "source", "role", "date"),
        sorted(statements.values()),
    )
    _write(
        path / "evidence.csv",
        ("statement", "article", "published", "outlet", "start", "end", "text", "trigger", "rule", "confidence"),
        sorted(evidence),
    )


def write_dna(build: Build, path: Path) -> None:
    """A statement table for discourse network analysis: actor, concept and agreement with date and text."""
    rows = []
    for article, found in build:
        for s in found:
            if s.relation in ("favours", "calls_for", "opposes") and s.object is not None and s.object.type == PHRASE:
                agrees = (s.relation != "opposes") == (s.polarity == "positive")
                rows.append(
                    (
                        article.id,
                        s.date or article.date,
                        s.subject.name,
                        s.subject.party,
                        s.object.name,
                        int(agrees),
                        s.modality,
                        s.evidence.text,
                    )
                )
    _write(
        path, ("document", "date", "person", "organization", "concept", "agreement", "modality", "text"), sorted(rows)
    )


def _write(path: Path, header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    temporary = path.with_name(f".{path.name}.new")
    with temporary.open("w", encoding="utf-8", errors="replace", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)
    temporary.replace(path)
