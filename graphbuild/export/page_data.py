"""What graph.html holds: names, links, statements, sentences and articles as tables that point to each other.

Everything is inside, whatever is drawn at first. Names lose control and direction characters (a name must not turn the
words around it); sentences stay exactly as they were read.
"""

import csv
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Protocol

from graphbuild.model import PHRASE, Article, Entity, Statement, digest
from graphbuild.ontology import ontologies_dir

# How an article puts a statement; the page shows the first alone until asked for more.
STANDINGS = ("asserted", "claimed", "intended", "possible", "denied", "negated")
# What is said of a name alone, beside what has a phrase as object: it goes on the card, not into the picture.
_ON_CARDS = frozenset({"holds_role", "member_of"})
_DATE = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?")
_LONGEST_NAME = 80


class RelationInfo(Protocol):
    """What the page needs of a relation."""

    @property
    def label(self) -> str: ...
    @property
    def family(self) -> str: ...
    @property
    def sign(self) -> int: ...


@dataclass
class Tables:
    """The tables of a page. ``names`` are the entities by id; a link is (subject id, object id or "", object in words,
    relation, standing) with the numbers of its statements; ``drawn`` are the links of the picture, ``facts`` those that
    only stand on the card of their subject."""

    articles: list[list[str]] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    statements: list[list[Any]] = field(default_factory=list)
    names: dict[str, Entity] = field(default_factory=dict)
    links: dict[tuple[str, str, str, str, str], list[int]] = field(default_factory=lambda: defaultdict(list))
    parties: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))

    def drawn(self) -> list[tuple[str, str, str, str, str]]:
        return [key for key in self.links if key[1]]


def standing(statement: Statement) -> str:
    """One of STANDINGS: how the article puts it. Whatever is attributed to somebody is claimed, not asserted."""
    if statement.polarity == "negative":
        return "denied" if statement.source else "negated"
    if statement.modality == "actual":
        return "claimed" if statement.source else "asserted"
    return "claimed" if statement.modality == "alleged" else statement.modality


def day(statement: Statement, articles: Mapping[str, Article]) -> str:
    """The date of the event where known, otherwise of the article; "" for none or one that is not ISO 8601."""
    article = articles.get(statement.evidence.article)
    for date in (statement.date, article.date if article else ""):
        if found := _DATE.match(date):
            return found.group()
    return ""


def drawn_object(statement: Statement) -> Entity | None:
    """The object when it is a name of the picture; None when the statement only stands on its subject's card."""
    target = statement.object
    return target if target and target.type != PHRASE and statement.relation not in _ON_CARDS else None


def gather(articles: Mapping[str, Article], statements: Iterable[Statement]) -> Tables:
    """The tables of some statements, in an order that depends on nothing but them."""
    tables = Tables()
    rows: dict[str, int] = {}
    texts: dict[str, int] = {}
    ordered = sorted(
        statements,
        key=lambda s: (s.subject.id, s.relation, s.id, day(s, articles), s.evidence.article, s.evidence.start),
    )
    for s in ordered:
        target = drawn_object(s)
        for entity in (s.subject, target):
            if entity is not None:
                tables.names.setdefault(entity.id, entity)
        if s.relation == "member_of" and s.object and standing(s) == "asserted":
            tables.parties[s.subject.id][s.object.name] += 1
        words = "" if target else tidy(s.object.name if s.object else s.role)
        evidence = s.evidence
        if evidence.article not in rows:
            rows[evidence.article] = len(tables.articles)
            tables.articles.append(_article(articles.get(evidence.article), evidence.article))
        number = texts.setdefault(evidence.text, len(tables.texts))
        if number == len(tables.texts):
            tables.texts.append(evidence.text)
        key = (s.subject.id, target.id if target else "", words, s.relation, standing(s))
        tables.links[key].append(len(tables.statements))
        tables.statements.append([
            rows[evidence.article], number, evidence.trigger, day(s, articles), tidy(s.source.name) if s.source else "",
            tidy(s.topic), tidy(s.role), s.modality, round(evidence.confidence, 2),
        ])  # fmt: skip
    return tables


def _article(article: Article | None, name: str) -> list[str]:
    """Id, title, outlet, date, address (only http and https) and family of copies of an article."""
    if article is None:
        return [tidy(name), "", "", "", "", name]
    url = article.url if re.match(r"https?://", article.url) else ""
    return [tidy(article.id), tidy(article.title, 300), tidy(article.source), tidy(article.date), url,
            article.family or article.id]  # fmt: skip


def link_id(key: Sequence[str]) -> str:
    """A short name of a link for addresses: the same for as long as subject, relation, object and standing are."""
    return digest(key)[:12]


def tidy(text: str, longest: int = _LONGEST_NAME) -> str:
    """A text for display: one line, without controls, direction marks and invisible spaces, not longer than ``longest``.

    >>> tidy("Evil\\u202e\\u200b  name\\n")
    'Evil name'
    """
    kept = (c if unicodedata.category(c) not in ("Cc", "Zl", "Zp") else " " for c in text)
    plain = "".join(c for c in kept if c in "\u200c\u200d" or unicodedata.category(c) not in ("Cf", "Cs", "Co", "Cn"))
    line = " ".join(plain.split())
    return line if len(line) <= longest else line[: longest - 1] + "…"


@cache
def known() -> tuple[dict[str, str], dict[str, str], dict[str, str]]:
    """From the shipped lists: colour by name of the party, name of the party by id of a person, Wikidata id by id."""
    folder = ontologies_dir() / "gazetteer"
    colours: dict[str, str] = {}
    names: dict[str, str] = {}
    members: dict[str, str] = {}
    wikidata: dict[str, str] = {}
    for kind, file in (("organisation", "parties"), ("organisation", "bodies"), ("person", "people")):
        with (folder / f"{file}.csv").open(encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines):
                entity = f"{kind}/{row['id']}"
                if row.get("wikidata"):
                    wikidata[entity] = row["wikidata"]
                if file == "parties":
                    names[row["id"]] = row["name"]
                    if re.fullmatch(r"#[0-9A-Fa-f]{6}", row["colour"]):
                        colours[row["name"]] = row["colour"]
                elif file == "people" and row["party"] in names:
                    members[entity] = names[row["party"]]
    return colours, members, wikidata


def party_of(entity: Entity, tables: Tables) -> str:
    """The party of a person, or a party's own name: as given, as listed, or as the articles say most often."""
    colours, members, _ = known()
    if entity.kind == "party" or entity.name in colours:
        return entity.name
    said = tables.parties.get(entity.id)
    usual = min(said, key=lambda name: (-said[name], name)) if said else ""
    return entity.party or members.get(entity.id, "") or usual


def wikidata_of(entity: Entity) -> str:
    """A Wikidata id such as "Q6383803", or "" where none is known."""
    found = [q for q in (*entity.same_as, known()[2].get(entity.id, "")) if re.fullmatch(r"Q\d+", q)]
    return found[0] if found else ""
