"""Copies of one text: agencies' reports and syndicated pieces count as one independent text, whatever the outlet.

Two articles are of one family when their word five-grams agree to a half (Jaccard), estimated with MinHash over 128
permutations (Broder 1997) and found by locality-sensitive hashing; texts of fewer than 25 words must be the same words.
A family is named by its earliest member.
"""

import re
from collections.abc import Iterable

from rensa import RMinHash, RMinHashLSH

from graphbuild.model import Article

LIKENESS = 0.5
_SHORT, _GRAM, _PERMUTATIONS, _BANDS, _SEED = 25, 5, 128, 32, 42
_WORD = re.compile(r"\w+")


def families(articles: Iterable[Article]) -> dict[str, str]:
    """Article id -> id of the first member of its family, for the articles that have copies; others are left out.

    Members are ordered by publication date (undated ones last), then by id; the order of ``articles`` does not matter.
    """
    ordered = sorted(articles, key=lambda a: (a.date or "9999", a.id))
    leader = list(range(len(ordered)))

    def find(i: int) -> int:
        while leader[i] != i:
            leader[i] = leader[leader[i]]
            i = leader[i]
        return i

    index = RMinHashLSH(threshold=LIKENESS, num_perm=_PERMUTATIONS, num_bands=_BANDS)
    sketches: list[RMinHash | None] = []
    exact: dict[str, int] = {}
    for i, article in enumerate(ordered):
        words = _words(article)
        first = exact.setdefault(" ".join(words), i)
        sketch = _sketch(words)
        sketches.append(sketch)
        near = [first] if words else []
        if sketch is not None and first == i:
            for j in index.query(sketch):
                other = sketches[j]
                if other is not None and sketch.jaccard(other) >= LIKENESS:
                    near.append(j)
            index.insert(i, sketch)
        for j in near:
            a, b = sorted((find(i), find(j)))
            leader[b] = a
    sizes: dict[int, int] = {}
    for i in range(len(ordered)):
        sizes[find(i)] = sizes.get(find(i), 0) + 1
    return {a.id: ordered[find(i)].id for i, a in enumerate(ordered) if sizes[find(i)] > 1}


def _words(article: Article) -> list[str]:
    """The words of the story, passages that cleaning dropped left out."""
    kept, at = [], 0
    for passage in article.dropped:
        kept.append(article.text[at : passage.start])
        at = passage.end
    kept.append(article.text[at:])
    return _WORD.findall(" ".join(kept).casefold())


def _sketch(words: list[str]) -> RMinHash | None:
    if len(words) < _SHORT:
        return None
    sketch = RMinHash(num_perm=_PERMUTATIONS, seed=_SEED)
    sketch.update([" ".join(words[i : i + _GRAM]) for i in range(len(words) - _GRAM + 1)])
    return sketch
