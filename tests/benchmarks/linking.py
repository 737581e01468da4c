"""Linking on annotated articles: what share of an actor's names in a text leads to that actor, and what share to another.

    python tests/benchmarks/linking.py GOLD.jsonl            # the table
    python tests/benchmarks/linking.py GOLD.jsonl --errors   # and every name that led nowhere or elsewhere

A line of GOLD has an article ("id", "text", "date", "title") and its "entities": [{"name", "type", "aliases"}]. Every
name and alias that stands in the text counts once an entity; pronouns are left out. A mention answers for an alias when
it overlaps it and goes little beyond it, but the "Trump" of "Trump lawyer" does not; of several places in the text the commonest answer counts.
"""

import argparse
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from graphbuild.link import link_article
from graphbuild.link.gazetteer import fold, load_gazetteer
from graphbuild.model import PERSON, Article, Mention
from graphbuild.parse import load_model, parse_articles

PRONOUNS = frozenset(["he", "she", "i", "they", "him", "her", "we", "his", "their", "me", "us", "them", "my"])
# A mention may go so many characters beyond the annotated alias: "the ", "Sir ", "'s".
SLACK = 12
RIGHT, WRONG, NONE = "right", "wrong", "none"


def rows(gold: Path) -> list[dict[str, Any]]:
    """The annotated articles."""
    return [json.loads(line) for line in gold.read_text("utf-8").splitlines() if line.strip()]


def bare(name: str) -> str:
    return fold(name).removeprefix("the ").strip()


def answer(alias: str, text: str, mentions: Iterable[Mention], person: bool) -> str | None:
    """Name of the entity that the alias leads to in the text, None when it leads nowhere; "" when it is not there."""
    alias = re.sub(r" (?:him|her|them|it)sel(?:f|ves)$", "", alias)  # "Trump himself" is Trump
    places = [m.span() for m in re.finditer(rf"(?<!\w){re.escape(alias)}(?!\w)", text)]
    if not places:
        return ""
    mentions = [m for m in mentions if m.kind != "pronoun" and m.entity and (not person or m.type == PERSON)]
    found: Counter[str] = Counter()
    for start, end in places:
        shared = [
            (min(m.end, end) - max(m.start, start), m)
            for m in mentions
            if m.start < end
            and m.end > start
            and m.start >= start - SLACK
            and m.end <= end + SLACK
            and not (m.kind == "name" and m.end < end and 2 * (m.end - start) < end - start)
        ]
        size, best = max(shared, key=lambda pair: (pair[0], pair[1].start - pair[1].end), default=(0, None))
        if size and best is not None and best.entity is not None:
            found[best.entity.name] += 1
    return min(found, key=lambda name: (-found[name], name)) if found else None


def same(found: str, entity: dict[str, Any]) -> bool:
    """Whether the name found is the entity's name, one of its longer aliases or, of a person, a fuller form of it."""
    got, wanted = bare(found), bare(entity["name"])
    if got == wanted or got in {bare(a) for a in entity["aliases"] if len(a.split()) > 1}:
        return True
    a, b = got.split(), wanted.split()
    contained = set(a) <= set(b) or set(b) <= set(a)
    return bool(entity["type"] == PERSON and len(a) > 1 and len(b) > 1 and a[-1] == b[-1] and contained)


def judge(articles: list[dict[str, Any]]) -> Iterator[tuple[str, str, str, str, str, str]]:
    """(type, verdict, article, gold name, alias, name found) of every alias that stands in its text."""
    gazetteer, nlp = load_gazetteer(), load_model()
    given = [
        Article(id=r["id"], text=r["text"], title=r.get("title") or "", date=r.get("date") or "") for r in articles
    ]
    for row, (article, doc) in zip(articles, parse_articles(nlp, given), strict=True):
        mentions = link_article(doc, article, gazetteer)
        for entity in row["entities"]:
            for alias in sorted({entity["name"], *entity["aliases"]}):
                if alias.lower() in PRONOUNS:
                    continue
                found = answer(alias, row["text"], mentions, entity["type"] == PERSON)
                if found == "":
                    continue
                verdict = NONE if found is None else RIGHT if same(found, entity) else WRONG
                yield entity["type"], verdict, row["id"], entity["name"], alias, found or ""


def main() -> int:
    parser = argparse.ArgumentParser(description="Linking on annotated articles.")
    parser.add_argument("gold", type=Path)
    parser.add_argument("--errors", action="store_true", help="list what led nowhere or elsewhere")
    options = parser.parse_args()
    counts: Counter[tuple[str, str]] = Counter()
    for type_, verdict, article, name, alias, found in judge(rows(options.gold)):
        counts[type_, verdict] += 1
        if options.errors and verdict != RIGHT:
            print(f"{type_:12} {verdict:5} {article:20.20} {name} | {alias} -> {found or '-'}")
    for type_ in sorted({t for t, _ in counts}):
        total = sum(n for (t, _), n in counts.items() if t == type_)
        shares = "  ".join(f"{v} {counts[type_, v] / total:.3f}" for v in (RIGHT, WRONG, NONE))
        print(f"{type_:12} {total:5}  {shares}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
