"""A small graph whose every answer is known: articles about public events and what a reader would take from them.

Used by the tests of the queries, the server and the other engines. ``write_store(folder)`` lays it out like a build.
"""

import re
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox

from graphbuild.graph import graph_triples
from graphbuild.model import Article, Entity, Evidence, Statement
from graphbuild.rules import as_quad, infer, load_rules
from graphbuild.vocab import mint_id

PEOPLE = {
    "Keir Starmer": "Labour Party",
    "Anas Sarwar": "Labour Party",
    "Jeremy Corbyn": "Labour Party",
    "Hilary Benn": "Labour Party",
    "Heidi Alexander": "Labour Party",
    "Tom Watson": "Labour Party",
    "Theresa May": "Conservative Party",
    "Boris Johnson": "Conservative Party",
    "Christian Wakeford": "Conservative Party",
    "Ian Blackford": "Scottish National Party",
    "Siân Berry": "Green Party",
}
ALIASES = {"Keir Starmer": ("Sir Keir Starmer",), "Labour Party": ("Labour",)}
ORGANISATIONS = ("Labour Party", "Conservative Party", "Scottish National Party", "Green Party", "Shadow Cabinet")

# id, date, outlet, family, then lines "Sentence. => subject | relation | object | polarity? modality? key=value ..."
ARTICLES = """
scotland-1 2026-02-09 The Herald
Anas Sarwar said Sir Keir Starmer should resign. => Anas Sarwar | calls_to_resign | Keir Starmer | date=2026-02-09
Angela Rayner backed him. =>
Mr Sarwar had praised Mr Starmer. => Anas Sarwar | praises | Keir Starmer | date=2025-07
scotland-2 2026-02-10 The Scotsman scotland-1
Anas Sarwar said Sir Keir Starmer should resign. => Anas Sarwar | calls_to_resign | Keir Starmer | date=2026-02-09
scotland-3 2026-02-11 The Telegraph
Anas Sarwar has told Sir Keir Starmer to go. => Anas Sarwar | calls_to_resign | Keir Starmer | date=2026-02-09
Ian Blackford wants Sir Keir Starmer out too. => Ian Blackford | calls_to_resign | Keir Starmer
Sir Keir Starmer could quit as prime minister. => Keir Starmer | resigns_from | prime minister | possible
coup-1 2016-06-26 The Guardian
Hilary Benn was sacked by Jeremy Corbyn. => Hilary Benn | sacked_by | Jeremy Corbyn | role=shadow foreign secretary
Heidi Alexander quit the shadow cabinet. => Heidi Alexander | resigns_from | Shadow Cabinet | date=2016-06-26
Mr Benn urged Jeremy Corbyn to go. => Hilary Benn | calls_to_resign | Jeremy Corbyn
Tom Watson said he backed Mr Corbyn. => Tom Watson | supports | Jeremy Corbyn
Hilary Benn is the MP for Leeds Central. => Hilary Benn | holds_role | MP for Leeds Central
coup-2 2016-06-28 The Times
Tom Watson did not resign, Hilary Benn said. => Tom Watson | resigns_from | Shadow Cabinet | negative source=Hilary Benn
Tom Watson criticised Jeremy Corbyn. => Tom Watson | criticises | Jeremy Corbyn
Mr Watson has not backed Mr Corbyn. => Tom Watson | supports | Jeremy Corbyn | negative source=Hilary Benn
Hilary Benn remains the MP for Leeds Central. => Hilary Benn | holds_role | MP for Leeds Central
brexit-1 2018-11-15 BBC News
Boris Johnson attacked Theresa May. => Boris Johnson | criticises | Theresa May
Jeremy Corbyn accused Theresa May of a botched deal. => Jeremy Corbyn | accuses | Theresa May | topic=a botched deal
Theresa May favours the withdrawal agreement. => Theresa May | favours | withdrawal agreement
Boris Johnson opposes the withdrawal agreement. => Boris Johnson | opposes | withdrawal agreement
brexit-2 2019-10-17 BBC News
Boris Johnson now backs the withdrawal agreement. => Boris Johnson | favours | withdrawal agreement
Siân Berry called for a people's vote. => Siân Berry | calls_for | people's vote
Labour criticised the Tories. => Labour Party | criticises | Conservative Party
defect-1 2022-01-19 BBC News
Christian Wakeford left the Conservatives. => Christian Wakeford | leaves | Conservative Party | date=2022-01-19
Christian Wakeford joined Labour. => Christian Wakeford | joins | Labour Party | date=2022-01-19
""".strip()


def entity(name: str) -> Entity:
    """A person, an organisation, or else a phrase."""
    kind = "person" if name in PEOPLE else "organisation" if name in ORGANISATIONS else "phrase"
    return Entity(mint_id(kind, name), name, kind, ALIASES.get(name, ()), (), PEOPLE.get(name, ""))


def _statement(line: str, article: str, start: int) -> Statement | None:
    sentence, _, claim = line.partition(" => ")
    if not claim.strip():
        return None
    subject, relation, object_, *extra = (part.strip() for part in claim.split("|"))
    words = extra[0] if extra else ""
    keys = dict(re.findall(r"(\w+)=(.*?)(?= \w+=|$)", words))
    statement = Statement(
        entity(subject),
        relation,
        entity(object_),
        Evidence(article, start, start + len(sentence), sentence, relation, f"{relation}/test", 0.9),
        polarity="negative" if "negative" in words.split() else "positive",
        modality="possible" if "possible" in words.split() else "actual",
    )
    source = entity(keys.pop("source")) if "source" in keys else None
    return replace(statement, source=source, **keys)


def hand_made() -> list[tuple[Article, list[Statement]]]:
    """The articles, each with its statements."""
    out: list[tuple[Article, list[Statement]]] = []
    for line in ARTICLES.splitlines():
        if head := re.fullmatch(r"([\w-]+) (\d{4}-\d\d-\d\d) ([\w ]+?)(?: ([a-z]+-\d))?", line):
            name, date, outlet, family = head.groups()
            out.append((Article(name, "", f"Report {name}", date, outlet, family=family or ""), []))
            continue
        article, statements = out[-1]
        start = len(article.text) + 1 if article.text else 0
        text = line.partition(" =>")[0]
        if found := _statement(line, article.id, start):
            statements.append(found)
        out[-1] = (replace(article, text=f"{article.text} {text}".strip()), statements)
    return out


def _party_of(entity_id: str, _: str) -> Entity | None:
    """A party is its own; people's parties stand in their entities."""
    found = [entity(name) for name in set(PEOPLE.values()) if entity(name).id == entity_id]
    return found[0] if found else None


def graph_store() -> ox.Store:
    """The graph in memory, with what the rules infer."""
    store, rules = ox.Store(), load_rules()
    store.extend(as_quad(t) for t in graph_triples(hand_made(), party_of=_party_of))
    store.extend(as_quad(t) for t in rules.schema)
    infer(store, rules)
    return store


def write_store(folder: Path) -> Path:
    """Write ``folder``/store and ``folder``/graph.ttl as a build does; returns ``folder``."""
    memory = graph_store()
    quads = sorted(memory, key=str)
    (folder / "store").mkdir(parents=True)
    disk = ox.Store(str(folder / "store"))
    disk.bulk_extend(quads)
    disk.flush()
    ox.serialize((q.triple for q in quads), str(folder / "graph.ttl"), format=ox.RdfFormat.TURTLE)
    return folder
