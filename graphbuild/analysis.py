"""The graph as a signed network: who is for and against whom, by period, party and person.

    network = signed_network(read_build(DIR), since="2016-06", until="2016-07")
    balance(network)          # share of balanced triangles
    party_matrix(read_build(DIR), -1)

Edges are what articles assert in their own voice: +1 for backing and praise; -1 for attacks, accusations, threats,
challenges and demands to resign: what ontologies/party-politics.ttl puts below friendly_to and hostile_to.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

import networkx as nx

from graphbuild.link.gazetteer import Gazetteer, load_gazetteer
from graphbuild.model import PHRASE, Article, Entity, Statement
from graphbuild.ontology import Relation, load_ontology

Build = Sequence[tuple[Article, Sequence[Statement]]]


def signs(relations: Mapping[str, Relation] | None = None) -> dict[str, int]:
    """Relation -> +1 for friendly acts (below friendly_to), -1 for hostile ones; other relations are left out."""
    found = relations if relations is not None else load_ontology().relations
    kinds = {"friendly_to": 1, "hostile_to": -1}
    return {name: kinds[wider] for name, r in found.items() for wider in r.super if wider in kinds}


def told(build: Build, since: str = "", until: str = "") -> Iterable[tuple[Article, Statement, str]]:
    """(article, statement, date) of what is asserted between two days, months or years; undated ones only when neither
    is given. The date is the event's where the article gives it, else that of publication."""
    for article, statements in build:
        for s in statements:
            date = s.date or article.date
            if s.direct and s.object is not None and (not (since or until) or (date and _within(date, since, until))):
                yield article, s, date


def _within(date: str, since: str, until: str) -> bool:
    return (not since or date[: len(since)] >= since[: len(date)]) and (
        not until or date[: len(until)] <= until[: len(date)]
    )


def signed_network(build: Build, since: str = "", until: str = "") -> nx.MultiDiGraph:
    """Actors and the signed relations between them: nodes with label, type and party, edges with relation, sign, date,
    article."""
    signed, graph = signs(), nx.MultiDiGraph()
    for article, s, date in told(build, since, until):
        if s.relation not in signed or s.object is None or s.object.type == PHRASE:
            continue
        for entity in (s.subject, s.object):
            graph.add_node(entity.id, label=entity.name, type=entity.type, party=party_name(entity, date))
        key = (s.relation, article.id)
        graph.add_edge(
            s.subject.id, s.object.id, key, relation=s.relation, sign=signed[s.relation], date=date, article=article.id
        )
    return graph


@lru_cache(maxsize=1)
def _known() -> Gazetteer:
    return load_gazetteer()


def party_name(entity: Entity, date: str = "") -> str:
    """The party of a person at a date, or a party's own name, by what the entity says or the gazetteer knows; "" when
    neither does."""
    if entity.kind == "party" or entity.id in _known().parties:
        return entity.name
    party = _known().party_of(entity.id, date)
    return entity.party or (party.name if party is not None else "")


def ties(graph: nx.MultiDiGraph) -> nx.Graph:
    """One undirected tie for each pair of actors: ``sign`` of the sum over all edges (0 ties are left out), ``weight``."""
    sums: Counter[tuple[str, str]] = Counter()
    weights: Counter[tuple[str, str]] = Counter()
    for a, b, data in graph.edges(data=True):
        if a != b:
            pair = (min(a, b), max(a, b))
            sums[pair] += data["sign"]
            weights[pair] += 1
    out = nx.Graph()
    for (a, b), total in sorted(sums.items()):
        if total:
            out.add_edge(a, b, sign=1 if total > 0 else -1, weight=weights[a, b])
    for node in out:
        out.nodes[node].update(graph.nodes[node])
    return out


def balance(graph: nx.MultiDiGraph) -> dict[str, float]:
    """Structural balance (Cartwright and Harary 1956): number of triangles among the ties, how many are balanced (an
    even number of negative ties) and their share; the share is 0.0 without triangles."""
    signed = ties(graph)
    triangles = balanced = 0
    order = {node: i for i, node in enumerate(sorted(signed))}
    for a, b in signed.edges:
        low, high = sorted((a, b), key=order.__getitem__)
        for c in set(signed[a]) & set(signed[b]):
            if order[c] > order[high]:
                triangles += 1
                balanced += signed[low][high]["sign"] * signed[low][c]["sign"] * signed[high][c]["sign"] > 0
    return {"triangles": triangles, "balanced": balanced, "share": balanced / triangles if triangles else 0.0}


def centralities(graph: nx.MultiDiGraph) -> list[dict[str, Any]]:
    """A row an actor: label, attacks and support given and received (in articles), PageRank, betweenness of the ties."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for a, b, data in graph.edges(data=True):
        what = "support" if data["sign"] > 0 else "attacks"
        counts[a][f"{what} given"] += 1
        counts[b][f"{what} received"] += 1
    plain = nx.Graph(graph)
    rank = _pagerank(graph)
    between = nx.betweenness_centrality(plain) if len(plain) else {}
    rows = [
        {
            "id": node, "label": data["label"], "party": data["party"],
            **{f"{w} {d}": counts[node][f"{w} {d}"] for w in ("attacks", "support") for d in ("given", "received")},
            "pagerank": round(rank.get(node, 0.0), 6), "betweenness": round(between.get(node, 0.0), 6),
        }
        for node, data in graph.nodes(data=True)
    ]  # fmt: skip
    return sorted(rows, key=lambda row: (-(row["attacks received"] + row["support received"]), row["id"]))


def _pagerank(graph: nx.MultiDiGraph, damping: float = 0.85, rounds: int = 60) -> dict[str, float]:
    """PageRank by the power method: networkx's own needs SciPy, which nothing else here does."""
    nodes = sorted(graph)
    if not nodes:
        return {}
    rank = dict.fromkeys(nodes, 1 / len(nodes))
    for _ in range(rounds):
        lost = sum(rank[n] for n in nodes if not graph.out_degree(n))
        new = dict.fromkeys(nodes, (1 - damping + damping * lost) / len(nodes))
        for a, b, _key in graph.edges(keys=True):
            new[b] += damping * rank[a] / graph.out_degree(a)
        rank = new
    return rank


def communities(graph: nx.MultiDiGraph) -> list[list[str]]:
    """Groups of actors who back each other (greedy modularity over the positive ties), the largest first."""
    signed = ties(graph)
    friends = nx.Graph((a, b) for a, b, d in signed.edges(data=True) if d["sign"] > 0)
    if not friends:
        return []
    found = nx.community.greedy_modularity_communities(friends)
    return sorted((sorted(group) for group in found), key=lambda group: (-len(group), group))


def party_matrix(build: Build, sign: int, since: str = "", until: str = "") -> dict[tuple[str, str], int]:
    """(party, party) -> number of acts of this sign by the first's people and itself towards the second's, in how many
    articles each; actors without a known party are left out."""
    found: Counter[tuple[str, str]] = Counter()
    graph = signed_network(build, since, until)
    for a, b, data in graph.edges(data=True):
        pair = (graph.nodes[a]["party"], graph.nodes[b]["party"])
        if data["sign"] == sign and all(pair):
            found[pair] += 1
    return dict(sorted(found.items()))


def over_time(build: Build, relations: Sequence[str] = (), period: str = "month") -> dict[str, int]:
    """Period ("2016-06") -> number of distinct statements of these relations; of all hostile ones when none is given.

    ``period`` is "day", "month" or "year"; a statement whose date is less precise is left out.
    """
    length = {"day": 10, "month": 7, "year": 4}[period]
    wanted = set(relations) or {name for name, sign in signs().items() if sign < 0}
    seen: dict[str, set[str]] = defaultdict(set)
    for _, s, date in told_or_open(build):
        if s.relation in wanted and len(date) >= length:
            seen[date[:length]].add(s.id)
    return {key: len(found) for key, found in sorted(seen.items())}


def told_or_open(build: Build) -> Iterable[tuple[Article, Statement, str]]:
    """As told, with statements whose object the article leaves open ("she resigned")."""
    for article, statements in build:
        for s in statements:
            if s.polarity == "positive" and s.modality == "actual" and s.source is None:
                yield article, s, s.date or article.date


def summary(build: Build) -> dict[str, Any]:
    """What `graphbuild stats` prints: counts of articles, actors and statements, by relation and modality, the most
    attacked and most supported, the balance."""
    statements = [s for _, found in build for s in found]
    entities = {e.id: e for s in statements for e in (s.subject, s.object) if e is not None and e.type != PHRASE}
    graph = signed_network(build)
    rows = centralities(graph)
    dates = sorted(a.date for a, _ in build if a.date)
    return {
        "articles": len(build),
        "first": dates[0] if dates else "",
        "last": dates[-1] if dates else "",
        "actors": Counter(e.type for e in entities.values()),
        "statements": len(statements),
        "relations": Counter(s.relation for s in statements),
        "modalities": Counter(
            s.modality if s.polarity == "positive" else f"{s.modality} but denied" for s in statements
        ),
        "attacked": [(r["label"], r["attacks received"]) for r in rows if r["attacks received"]],
        "supported": [(r["label"], r["support received"]) for r in rows if r["support received"]],
        "balance": balance(graph),
    }


def plot_over_time(counts: Mapping[str, int], title: str = "") -> Any:
    """A bar chart of over_time as a matplotlib Figure (needs graphbuild[notebooks])."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(8, 3), layout="constrained")
    axes = figure.subplots()
    axes.bar(list(counts), list(counts.values()), color="#4477aa")
    axes.set_ylabel("statements")
    axes.set_title(title)
    axes.tick_params(axis="x", rotation=60 if len(counts) > 8 else 0)
    return figure
