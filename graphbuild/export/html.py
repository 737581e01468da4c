"""graph.html: one self-contained page made with pyvis and templates of our own.

Nothing is fetched from a network: the vis-network that pyvis carries is written into the page, under a
Content-Security-Policy that admits this very script and style and nothing else. Places are computed beforehand, physics
is off. The page holds all statements; above MAX_NODES names it opens on the best connected and grows on demand.
"""

import base64
import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import networkx as nx
import pyvis
from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup
from pyvis.network import Network

from graphbuild.errors import GraphbuildError
from graphbuild.export.files import replaced
from graphbuild.export.page_data import (
    STANDINGS,
    RelationInfo,
    Tables,
    day,
    drawn_object,
    gather,
    known,
    link_id,
    party_of,
    tidy,
    wikidata_of,
)
from graphbuild.export.page_layout import place
from graphbuild.model import Article, Statement
from graphbuild.ontology import load_ontology

MAX_NODES = 1_500
OPENING = 250
_SHAPES = {"person": "dot", "organisation": "square", "group": "triangle", "place": "diamond"}
_TEMPLATES = Path(__file__).parent / "templates"
_SCRIPTS = ("data.js", "ego.js", "picture.js", "cards.js", "lists.js", "controls.js")
_NO_PARTY = "#9aa5b1"


def write_html(
    path: Path,
    articles: Iterable[Article],
    statements: Iterable[Statement],
    relations: Mapping[str, RelationInfo],
    *,
    title: str = "graphbuild",
    focus: str = "",
    hops: int = 2,
    since: str = "",
    until: str = "",
    relation: Sequence[str] = (),
) -> int:
    """Write the page and return how many names it holds.

    ``focus`` is a name: only what lies within ``hops`` links of it is kept. ``since`` and ``until`` (2016, 2016-06 or
    2016-06-26, both included) keep statements of that time, by the event's date or else the article's; statements
    without a date are left out then. ``relation`` keeps these relations. Statements with a phrase as object (posts,
    policies) stand on the cards of their subjects, not in the picture.

    Raises GraphbuildError for an unknown focus or relation and a malformed date.
    """
    _check(relations, since, until, relation, hops)
    dated = {a.id: a for a in articles}
    wanted = frozenset(relation)
    kept = [
        s for s in statements
        if (not wanted or s.relation in wanted) and _within(day(s, dated), since, until)
    ]  # fmt: skip
    tables = gather(dated, kept)
    if focus:
        near = _near(tables, focus, hops)
        kept = [s for s in kept if s.subject.id in near and (drawn_object(s) or s.subject).id in near]
        tables = gather(dated, kept)
    _write(path, _page(tables, relations, title))
    return len(tables.names)


def write_page(
    build: Iterable[tuple[Article, Sequence[Statement]]],
    path: Path,
    *,
    focus: str = "",
    hops: int = 2,
    since: str = "",
    until: str = "",
    relation: Sequence[str] = (),
) -> None:
    """graph.html: one page for the browser, all or a part of the graph, that needs no network."""
    pairs = list(build)
    write_html(
        path, [a for a, _ in pairs], [s for _, found in pairs for s in found], load_ontology().relations,
        title=focus or "graphbuild", focus=focus, hops=hops, since=since, until=until, relation=relation,
    )  # fmt: skip


def _check(relations: Mapping[str, RelationInfo], since: str, until: str, relation: Sequence[str], hops: int) -> None:
    for name in relation:
        if name not in relations:
            raise GraphbuildError(f"relation {name!r}: unknown; {_hint(name, relations)}")
    for option, date in (("since", since), ("until", until)):
        if date and not re.fullmatch(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?", date):
            raise GraphbuildError(f"{option} {date!r}: not a date; write 2016, 2016-06 or 2016-06-26")
    if since and until and since[: len(until)] > until:
        raise GraphbuildError(f"since {since!r} is later than until {until!r}")
    if hops < 0:
        raise GraphbuildError(f"hops {hops}: must be 0 or more")


def _hint(name: str, allowed: Iterable[str]) -> str:
    """The names that ``name`` may have meant: those that hold it or one of its words, then those spelt alike."""
    names = sorted(set(allowed))
    words = [w for w in name.casefold().split() if len(w) > 2]
    holding = [n for n in names if any(w in n.casefold() for w in words)]
    folded = {n.casefold(): n for n in names}
    alike = [folded[f] for f in get_close_matches(name.casefold(), folded, n=5, cutoff=0.6)]
    near = list(dict.fromkeys([*alike, *holding]))[:5]
    if near:
        return f"did you mean {', '.join(near)}?"
    return f"some that are there: {', '.join(names[:8])}" if names else "the graph is empty"


def _within(date: str, since: str, until: str) -> bool:
    return (not since or (bool(date) and date >= since[: len(date)])) and (
        not until or (bool(date) and date[: len(until)] <= until)
    )


def _near(tables: Tables, focus: str, hops: int) -> set[str]:
    """Ids of the names within ``hops`` links of every name spelt ``focus``."""
    found = sorted(i for i, e in tables.names.items() if focus.casefold() in (e.name.casefold(), i.casefold()))
    if not found:
        names = (e.name for e in tables.names.values())
        raise GraphbuildError(f"focus {focus!r}: no such name in this graph; {_hint(focus, names)}")
    graph = nx.Graph()
    graph.add_nodes_from(tables.names)
    graph.add_edges_from(key[:2] for key in tables.drawn())
    return {n for start in found for n in nx.single_source_shortest_path_length(graph, start, cutoff=hops)}


def _page(tables: Tables, relations: Mapping[str, RelationInfo], title: str) -> dict[str, Any]:
    """Everything the scripts read, as plain lists and dictionaries."""
    order = sorted(tables.names)
    number = {name: i for i, name in enumerate(order)}
    drawn = tables.drawn()
    used = sorted({key[3] for key in tables.links})
    relation_number = {name: i for i, name in enumerate(used)}
    core = _core(drawn) if len(order) > MAX_NODES else []
    return {
        "title": tidy(title),
        "nodes": _nodes(tables, drawn, order, frozenset(core)),
        "links": [
            [link_id(key), number[key[0]], number[key[1]] if key[1] else -1, key[2], relation_number[key[3]], STANDINGS.index(key[4]), rows]
            for key, rows in sorted(tables.links.items())
        ],
        "relations": [{"name": n, "label": relations[n].label, "family": relations[n].family, "sign": relations[n].sign} for n in used],
        "statements": tables.statements, "texts": tables.texts, "articles": tables.articles,
        "standings": STANDINGS, "core": sorted(number[n] for n in core),
    }  # fmt: skip


def _nodes(
    tables: Tables, drawn: Sequence[Sequence[str]], order: Sequence[str], core: frozenset[str]
) -> list[dict[str, Any]]:
    """The names as pyvis has them, with their places, and what their cards say."""
    colours = known()[0]
    labels = {i: tidy(tables.names[i].name) or "(no name)" for i in order}
    places = place(labels, ((key[0], key[1]) for key in drawn), core)
    neighbours: dict[str, set[str]] = {i: set() for i in order}
    for key in drawn:
        neighbours[key[0]].add(key[1])
        neighbours[key[1]].add(key[0])
    network = Network(directed=True, cdn_resources="local")
    for node in order:
        entity = tables.names[node]
        party = party_of(entity, tables)
        network.add_node(
            node, label=labels[node], shape=_SHAPES.get(entity.type, "dot"), x=places[node][0], y=places[node][1],
            size=round(8 + 4 * min(len(neighbours[node]), 40) ** 0.5, 1), color=colours.get(party, _NO_PARTY),
            party=tidy(party), type=entity.type, kind=tidy(entity.kind), wikidata=wikidata_of(entity),
        )  # fmt: skip
    for data in network.nodes:
        # In the address of the page stands what UTF-8 can say.
        data["id"] = data["id"].encode("utf-8", "replace").decode("utf-8")
    return list(network.nodes)


def _core(drawn: Sequence[Sequence[str]]) -> list[str]:
    """The names that a large page opens with.

    They are found by stripping: the name with fewest links to the others goes first, so what stays is dense. Links
    that are asserted count alone, since only they are drawn at first.
    """
    graph = nx.Graph()
    graph.add_edges_from(key[:2] for key in drawn if key[4] == "asserted" and key[0] != key[1])
    depth = nx.core_number(graph)
    return sorted(graph, key=lambda n: (-depth[n], -graph.degree(n), n))[:OPENING]


def _write(path: Path, page: Mapping[str, Any]) -> None:
    library = Path(pyvis.__file__).parent / "templates" / "lib" / "vis-9.1.2" / "vis-network.min.js"
    script = "\n".join((_TEMPLATES / name).read_text("utf-8") for name in _SCRIPTS)
    style = (_TEMPLATES / "graph.css").read_text("utf-8")
    code = [_inline(library.read_text("utf-8"), "script"), _inline(script, "script")]
    policy = "; ".join([
        "default-src 'none'", f"script-src {' '.join(_hash(c) for c in code)}", f"style-src {_hash(_inline(style, 'style'))}",
        "img-src 'none'", "base-uri 'none'", "form-action 'none'",
    ])  # fmt: skip
    data = json.dumps(page, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    for sign in "<>&":
        data = data.replace(sign, f"\\u{ord(sign):04x}")
    environment = Environment(loader=FileSystemLoader(_TEMPLATES), autoescape=True)
    html = environment.get_template("graph.html").render(
        title=page["title"], policy=Markup(policy), data=Markup(data), library=Markup(code[0]),
        script=Markup(code[1]), style=Markup(_inline(style, "style")),
    )  # fmt: skip
    with replaced(path) as new:
        new.write_text(html, "utf-8", newline="\n")


def _inline(code: str, tag: str) -> str:
    """Code that can stand inside its element: line ends as HTML reads them, and nothing that closes the element."""
    text = code.replace("\r\n", "\n").replace("\r", "\n")
    if f"</{tag}" in text.lower():
        raise GraphbuildError(f"a {tag} of the page contains its own end tag")
    return text


def _hash(code: str) -> str:
    return "'sha256-" + base64.b64encode(hashlib.sha256(code.encode()).digest()).decode() + "'"
