"""What people decided about statements: kept in a file of its own, applied whenever a graph is built.

DIR/corrections.jsonl holds one JSON object a line, in the order in which they were made:

    {"action": "reject", "match": {"statement": "ID"}, "reason": "...", "by": "...", "date": "2026-02-10"}
    {"action": "reject", "match": {"article": "a1", "subject": "Keir Starmer", "relation": "criticises"}}
    {"action": "change", "match": {...}, "set": {"object": {"name": "Ed Miliband", "type": "person"}}}
    {"action": "add", "set": {"subject": {...}, "relation": "supports", "object": {...}},
     "evidence": {"article": "a1", "text": "the sentence as it stands in the article"}}

``match`` selects statements by the id of the graph or by any of article, subject, relation, object (names or ids),
polarity, modality, source; all that is given must agree. ``set`` says what is put in place. What a change or an
addition gives has a rule "correction/ID" as its evidence, and every correction is a node of the graph.
"""

import json
import os
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from graphbuild import rdf
from graphbuild.errors import GraphbuildError
from graphbuild.model import ENTITY_TYPES, MODALITIES, POLARITIES, Article, Entity, Evidence, Statement, digest
from graphbuild.rdf import Triples, literal, term
from graphbuild.vocab import DEFAULT_BASE, iri, mint_id

ACTIONS = ("reject", "change", "add")
_KEYS = {"action", "match", "set", "evidence", "reason", "by", "date"}
_MATCH = ("statement", "article", "subject", "relation", "object", "polarity", "modality", "source")
_SET = ("subject", "relation", "object", "polarity", "modality", "source", "topic", "role", "date")
_ENTITIES = ("subject", "object", "source")
_EVIDENCE = ("article", "text")


@dataclass(frozen=True, slots=True)
class Correction:
    """One line of the file; the module text says what each part means. ``id`` is a hash of what is to be done."""

    action: str
    match: Mapping[str, str] = field(default_factory=dict)
    set: Mapping[str, Any] = field(default_factory=dict)
    evidence: Mapping[str, str] = field(default_factory=dict)
    reason: str = ""
    by: str = ""
    date: str = ""

    @property
    def id(self) -> str:
        """The local id of the correction's node."""
        what = [self.action, *(json.dumps(dict(p), sort_keys=True) for p in (self.match, self.set, self.evidence))]
        return f"correction/{digest(what)}"


def load_corrections(path: Path, relations: Iterable[str] = ()) -> list[Correction]:
    """The corrections of a file, none when there is no file. With ``relations``, others are refused.

    Raises GraphbuildError naming the file, the line, the key and what is allowed.
    """
    path = Path(path)
    if not path.exists():
        return []
    found = []
    for number, line in enumerate(path.read_text("utf-8").split("\n"), 1):  # texts may hold other line separators
        if not line.strip():
            continue
        where = f"{path.name}, line {number}"
        try:
            data = json.loads(line)
        except ValueError as error:
            raise GraphbuildError(f"{where}: not a JSON object: {error}") from error
        found.append(_correction(data, where, frozenset(relations)))
    return found


def check_correction(correction: Correction, relations: Iterable[str] = ()) -> dict[str, Any]:
    """The correction as it stands in the file, without what it leaves out.

    Raises GraphbuildError as load_corrections does.
    """
    data = {
        key: dict(value) if isinstance(value, Mapping) else value
        for key in ("action", "match", "set", "evidence", "reason", "by", "date")
        if (value := getattr(correction, key))
    }
    _correction(data, "correction", frozenset(relations))
    return data


def append_correction(path: Path, correction: Correction, relations: Iterable[str] = ()) -> None:
    """Check a correction and add it to the end of the file, which is made when it is not there.

    Raises GraphbuildError as load_corrections does.
    """
    data = check_correction(correction, relations)
    path = Path(path)
    before = path.read_text("utf-8") if path.exists() else ""
    if before and not before.endswith("\n"):
        before += "\n"
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    temporary.write_text(before + json.dumps(data, ensure_ascii=False) + "\n", "utf-8")
    temporary.replace(path)


def apply_corrections(
    article: Article, statements: Iterable[Statement], corrections: Sequence[Correction]
) -> list[Statement]:
    """The statements of one article after every correction that concerns it, in the order of the file.

    Raises GraphbuildError when an addition quotes words that the article does not have.
    """
    found = list(statements)
    for correction in corrections:
        if correction.action == "add":
            if correction.evidence["article"] == article.id:
                found.append(_added(article, correction))
            continue
        kept = []
        for s in found:
            if not _matches(s, correction.match):
                kept.append(s)
            elif correction.action == "change":
                evidence = replace(s.evidence, rule=correction.id, confidence=1.0)
                kept.append(replace(s, evidence=evidence, **_parts(correction.set)))
        found = kept
    return found


def correction_triples(corrections: Iterable[Correction], base: str = DEFAULT_BASE) -> Triples:
    """The node of every correction: what it does, to what, who decided it, when and why."""
    done: set[str] = set()
    for correction in corrections:
        if correction.id in done:
            continue
        done.add(correction.id)
        node = ox.NamedNode(iri(correction.id, base))
        yield ox.Triple(node, rdf.TYPE, term("pol:Correction"))
        yield ox.Triple(node, term("pol:action"), literal(correction.action))
        yield ox.Triple(node, term("rdfs:comment"), literal(_in_words(correction)))
        if correction.match.get("statement"):
            yield ox.Triple(node, term("pol:corrects"), literal(correction.match["statement"]))
        for prop, value in (("skos:note", correction.reason), ("dcterms:creator", correction.by)):
            if value:
                yield ox.Triple(node, term(prop), literal(value))
        if correction.date:
            yield ox.Triple(node, term("dcterms:date"), rdf.date_literal(correction.date))


def _in_words(correction: Correction) -> str:
    parts = [f"{k} {v if isinstance(v, str) else (v or {}).get('name', 'unknown')}" for k, v in correction.set.items()]
    match = [f"{key} {value}" for key, value in correction.match.items()]
    words = [correction.action, ", ".join(match), "to" if match and parts else "", ", ".join(parts)]
    quote = f": “{correction.evidence['text']}”" if correction.evidence else ""
    return " ".join(word for word in words if word) + quote


def _matches(statement: Statement, match: Mapping[str, str]) -> bool:
    for key, wanted in match.items():
        if key == "statement":
            # As files, answers and pages give it: ID, statement:ID or the whole IRI.
            agrees = statement.id == re.split("[/:]", wanted)[-1]
        elif key == "article":
            agrees = statement.evidence.article == wanted
        elif key in _ENTITIES:
            entity = getattr(statement, key)
            agrees = wanted in (entity.name, entity.id, *entity.aliases) if entity else wanted == ""
        else:
            agrees = getattr(statement, key) == wanted
        if not agrees:
            return False
    return True


def known_entities(correction: Correction, statements: Iterable[Statement]) -> Correction:
    """The correction with its entities tied to those that ``statements`` know by this type and name or alias.

    One that is not known stays as it is. Raises GraphbuildError when two entities have the name.
    """
    known: dict[tuple[str, str], set[str]] = {}
    for s in statements:
        for entity in (s.subject, s.object, s.source):
            if entity is not None:
                for name in (entity.name, *entity.aliases):
                    known.setdefault((entity.type, name), set()).add(entity.id)
    tied = dict(correction.set)
    for key in _ENTITIES:
        value = tied.get(key)
        if isinstance(value, Mapping) and not value.get("id"):
            found = sorted(known.get((str(value.get("type")), str(value.get("name"))), ()))
            if len(found) > 1:
                raise GraphbuildError(
                    f"correction: {key} {value['name']!r} names {len(found)} entities; give its id, one of {', '.join(found)}"
                )
            if found:
                tied[key] = {**value, "id": found[0]}
    return replace(correction, set=tied)


def _parts(values: Mapping[str, Any]) -> dict[str, Any]:
    """What ``set`` gives, as parts of a Statement."""
    return {key: _entity(value) if key in _ENTITIES else value for key, value in values.items()}


def _entity(value: Mapping[str, str] | None) -> Entity | None:
    if value is None:
        return None
    given = value.get("id", "")
    return Entity(given or mint_id(value["type"], value["name"]), value["name"], value["type"])


def _added(article: Article, correction: Correction) -> Statement:
    text = correction.evidence["text"]
    start = article.text.find(text)
    if start < 0:
        raise GraphbuildError(f"corrections: article {article.id!r} does not contain the quoted words {text!r}")
    evidence = Evidence(article.id, start, start + len(text), text, "", correction.id, 1.0)
    return Statement(evidence=evidence, **({"object": None} | _parts(correction.set)))


def _correction(data: Any, where: str, relations: frozenset[str]) -> Correction:
    if not isinstance(data, dict):
        raise GraphbuildError(f"{where}: not a JSON object")
    _allowed(data, _KEYS, where)
    action = data.get("action")
    if action not in ACTIONS:
        raise GraphbuildError(f"{where}: action is {action!r}; allowed are {', '.join(ACTIONS)}")
    needed = {"reject": ("match",), "change": ("match", "set"), "add": ("set", "evidence")}[action]
    for key, allowed in (("match", _MATCH), ("set", _SET), ("evidence", _EVIDENCE)):
        value = data.get(key) or {}
        if not isinstance(value, dict) or bool(value) != (key in needed):
            raise GraphbuildError(
                f"{where}: a correction with action {action!r} has the keys {', '.join(needed)}, not {key}"
                if key not in needed
                else f"{where}: {key} is missing; it says some of {', '.join(allowed)}"
            )
        _allowed(value, set(allowed), f"{where}, {key}")
    _check_set(data.get("set") or {}, where, relations)
    if action == "add":
        for key, names in (("set", ("subject", "relation")), ("evidence", _EVIDENCE)):
            for name in names:
                if not data[key].get(name):
                    raise GraphbuildError(f"{where}, {key}: {name} is missing; an addition needs {', '.join(names)}")
    for part in ("match", "evidence"):
        for key, value in (data.get(part) or {}).items():
            if not isinstance(value, str):
                raise GraphbuildError(f"{where}, {part}: {key} is {value!r}; it must be text")
    return Correction(**data)


def _allowed(data: Mapping[str, Any], allowed: set[str], where: str) -> None:
    for key in sorted(set(data) - allowed):
        raise GraphbuildError(f"{where}: unknown key {key!r}; allowed are {', '.join(sorted(allowed))}")


def _check_set(values: Mapping[str, Any], where: str, relations: frozenset[str]) -> None:
    closed = {"polarity": POLARITIES, "modality": MODALITIES, "relation": tuple(sorted(relations))}
    for key, value in values.items():
        if key in _ENTITIES:
            if value is None and key != "subject":
                continue
            if not isinstance(value, dict) or not value.get("name") or value.get("type") not in ENTITY_TYPES:
                raise GraphbuildError(
                    f"{where}, set: {key} is {value!r}; it needs a name and a type, one of {', '.join(ENTITY_TYPES)}"
                )
            _allowed(value, {"id", "name", "type"}, f"{where}, set, {key}")
        elif not isinstance(value, str):
            raise GraphbuildError(f"{where}, set: {key} is {value!r}; it must be text")
        elif closed.get(key) and value not in closed[key]:
            raise GraphbuildError(f"{where}, set: {key} is {value!r}; allowed are {', '.join(closed[key])}")


def concerned_articles(correction: Correction, statements: Iterable[Statement]) -> set[str]:
    """The ids of the articles that a correction bears on, given the statements of the graph."""
    if correction.action == "add":
        return {correction.evidence["article"]}
    return {s.evidence.article for s in statements if _matches(s, correction.match)}
