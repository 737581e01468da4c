"""The JSON lines of a build: statements.jsonl and articles.jsonl, written and read back."""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from graphbuild.errors import GraphbuildError
from graphbuild.model import Article, Entity, Evidence, Statement, article_from_dict
from graphbuild.vocab import DEFAULT_BASE, iri


def statement_lines(article: Article, statements: Iterable[Statement], base: str = DEFAULT_BASE) -> list[str]:
    """The lines of statements.jsonl for one article, sorted."""
    lines = [json.dumps(statement_record(s, base), ensure_ascii=False, sort_keys=False) + "\n" for s in statements]
    return sorted(lines)


def statement_record(statement: Statement, base: str = DEFAULT_BASE) -> dict[str, Any]:
    """One line of statements.jsonl as a dictionary."""

    def node(entity: Entity) -> dict[str, str]:
        return {"name": entity.name, "iri": iri(entity.id, base), "type": entity.type}

    evidence = statement.evidence
    return {
        "article": evidence.article,
        "subject": node(statement.subject),
        "relation": statement.relation,
        "object": node(statement.object) if statement.object else {"name": "", "type": ""},
        "polarity": statement.polarity,
        "modality": statement.modality,
        "source": {"name": statement.source.name, "iri": iri(statement.source.id, base)} if statement.source else None,
        "topic": statement.topic,
        "role": statement.role,
        "date": statement.date,
        "evidence": {
            "text": evidence.text, "start": evidence.start, "end": evidence.end, "trigger": evidence.trigger,
            "rule": evidence.rule, "confidence": evidence.confidence,
        },
    }  # fmt: skip


def read_build(folder: Path) -> list[tuple[Article, list[Statement]]]:
    """The articles and statements of a build, from its articles.jsonl and statements.jsonl.

    Raises GraphbuildError when ``folder`` is no build.
    """
    if not (folder / "statements.jsonl").is_file() or not (folder / "articles.jsonl").is_file():
        raise GraphbuildError(f"{folder}: no build here; give the folder that `graphbuild build --out` wrote")
    articles = [article_from_dict(json.loads(line)) for line in (folder / "articles.jsonl").open(encoding="utf-8")]
    found: dict[str, list[Statement]] = {a.id: [] for a in articles}
    for line in (folder / "statements.jsonl").open(encoding="utf-8"):
        statement = _statement(json.loads(line))
        found[statement.evidence.article].append(statement)
    return [(a, found[a.id]) for a in articles]


def _statement(record: Mapping[str, Any]) -> Statement:
    def entity(data: Mapping[str, str] | None) -> Entity | None:
        if not data or not data.get("iri"):
            return None
        kind, _, name = data["iri"].rpartition("/")
        return Entity(f"{kind.rpartition('/')[2]}/{name}", data["name"], data.get("type", ""))

    subject, evidence = entity(record["subject"]), record["evidence"]
    assert subject is not None
    return Statement(
        subject, record["relation"], entity(record["object"]),
        Evidence(record["article"], evidence["start"], evidence["end"], evidence["text"], evidence.get("trigger", ""), evidence["rule"], evidence["confidence"]),
        record["polarity"], record["modality"], entity(record["source"]), record["topic"], record["role"], record["date"],
    )  # fmt: skip
