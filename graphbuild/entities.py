"""The entities of a build for review: names, counts, and pairs that may be one person or body under two names.

    listed = list_entities(read_build(DIR), gazetteer)
    pairs = candidate_pairs(listed, gazetteer)

Whether a pair is one is for people to say: `graphbuild gazetteer judge` writes it down. Pairs come from rapidfuzz (ratio
over folded names) within blocks that share a first or a last word, so that cost grows with the blocks. Two whom the
gazetteer tells apart, or whom somebody has judged, are no candidates.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from rapidfuzz import fuzz

from graphbuild.link.gazetteer import Gazetteer, fold
from graphbuild.model import ORGANISATION, PERSON, Article, Entity, Statement

Build = Iterable[tuple[Article, Sequence[Statement]]]
# From this ratio on two names are worth a look; "Iain Murray" and "Ian Murray" have 95, two Angelas 72.
LIKENESS = 88.0
# And the one word in which they differ: "Kier" and "Keir" have 75, "Anas" and "Anwar" 67.
WORD_LIKENESS = 70.0


@dataclass(slots=True)
class Listed:
    """One entity of a build: its node, what it is called, how often and when it is spoken of."""

    id: str
    name: str
    type: str
    known: bool
    party: str = ""
    aliases: list[str] = field(default_factory=list)
    statements: int = 0
    articles: int = 0
    first: str = ""
    last: str = ""


@dataclass(frozen=True, slots=True)
class CandidatePair:
    """Two entities that may be one, how alike their names are (0 to 100), and what makes them candidates."""

    a: Listed
    b: Listed
    likeness: float
    reason: str


def list_entities(build: Build, gazetteer: Gazetteer, types: Iterable[str] = ()) -> list[Listed]:
    """The entities of a build, most spoken of first; only those of some ``types`` when given."""
    found: dict[str, Listed] = {}
    names: dict[str, set[str]] = defaultdict(set)
    articles: dict[str, set[str]] = defaultdict(set)
    allowed = frozenset(types)
    for article, statements in build:
        for s in statements:
            for entity in {e.id: e for e in (s.subject, s.object, s.source) if e is not None}.values():
                if allowed and entity.type not in allowed:
                    continue
                if entity.id not in found:
                    found[entity.id] = _listed(entity, gazetteer)
                one = found[entity.id]
                one.statements += 1
                names[entity.id].update((entity.name, *entity.aliases))
                articles[entity.id].add(article.id)
                if article.date:
                    one.first = min(one.first or article.date, article.date)
                    one.last = max(one.last, article.date)
    for one in found.values():
        known = gazetteer.get(one.id)
        one.name = known.name if known else max(names[one.id], key=lambda n: (len(n), n))
        one.aliases = sorted((names[one.id] | set(known.aliases if known else ())) - {one.name})
        one.articles = len(articles[one.id])
    return sorted(found.values(), key=lambda e: (-e.statements, e.id))


def _listed(entity: Entity, gazetteer: Gazetteer) -> Listed:
    known = gazetteer.get(entity.id)
    return Listed(
        entity.id, entity.name, entity.type, known is not None, (known.party if known else entity.party) or ""
    )


def candidate_pairs(
    entities: Iterable[Listed], gazetteer: Gazetteer, likeness: float = LIKENESS
) -> list[CandidatePair]:
    """Pairs of people or organisations that may be one, the likeliest first, those spoken of more before others."""
    blocks: dict[tuple[str, str], list[Listed]] = defaultdict(list)
    for entity in entities:
        if entity.type in (PERSON, ORGANISATION):
            words = fold(entity.name).split()
            for word in {words[0], words[-1]} if words else ():
                blocks[entity.type, word].append(entity)
    pairs: dict[frozenset[str], CandidatePair] = {}
    for block in blocks.values():
        for a, b in combinations(block, 2):
            key = frozenset((a.id, b.id))
            if key in pairs or (a.known and b.known) or key in gazetteer.apart:
                continue
            if found := _compared(a, b, likeness):
                # The one that would stay comes first: somebody known, else whoever is spoken of most.
                first, second = sorted((a, b), key=lambda e: (not e.known, -e.statements, e.id))
                pairs[key] = CandidatePair(first, second, *found)
    return sorted(pairs.values(), key=lambda p: (-p.likeness, -p.a.statements - p.b.statements, p.a.id, p.b.id))


def _compared(a: Listed, b: Listed, likeness: float) -> tuple[float, str] | None:
    """(likeness, reason) of two entities, None when they are no candidates."""
    first, second = fold(a.name).split(), fold(b.name).split()
    if first == second:
        return 100.0, "one name"
    best = max(
        (fuzz.ratio(x, y) for x in _folded(a) for y in _folded(b)),
        default=0.0,
    )
    if best == 100.0:
        return 100.0, "an alias of the other"
    if a.type == PERSON:
        short, long = sorted((first, second), key=len)
        if len(short) == 1 and short[0] == long[-1]:
            return 75.0, "a surname"
        if short[-1] == long[-1] and len(short) > 1:
            if len(short[0]) == 1 or len(long[0]) == 1:
                return (90.0, "an initial") if short[0][0] == long[0][0] else None
            if short[0] == long[0] and set(short) < set(long):
                return 95.0, "a middle name"
    elif set(first) < set(second) or set(second) < set(first):
        return None  # "Slough Labour Party" is a part of the other
    # Other first names are other people: a typing error changes a word a little, not its first letter.
    changed = [(x, y) for x, y in zip(first, second, strict=False) if x != y]
    if len(first) != len(second) or len(changed) != 1 or best < likeness:
        return None
    (x, y), *_ = changed
    return (round(best, 1), "spelt alike") if x[0] == y[0] and fuzz.ratio(x, y) >= WORD_LIKENESS else None


def _folded(entity: Listed) -> Iterator[str]:
    yield from dict.fromkeys(f for f in (fold(n) for n in (entity.name, *entity.aliases)) if " " in f)
