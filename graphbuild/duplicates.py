"""Copies of one text: agencies' reports and syndicated pieces count as one independent text, whatever the outlet.

Two articles are of one family when their word five-grams agree to a half (Jaccard), estimated with MinHash over 128
permutations (Broder 1997) and found by locality-sensitive hashing; texts of fewer than 25 words must be the same words.
A family is named by its earliest member.
"""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from rensa import RMinHash, RMinHashLSH

from graphbuild.model import Article, digest

LIKENESS = 0.5
_SHORT, _GRAM, _PERMUTATIONS, _BANDS, _SEED = 25, 5, 128, 32, 42
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class _Text:
    """What is kept of an article: its place in the order of dates, a hash of its words ("" for none), its sketch."""

    date: str
    id: str
    words: str
    sketch: RMinHash | None


class Copies:
    """Looks for families among articles given one at a time, of which it keeps no text."""

    def __init__(self) -> None:
        self._texts: list[_Text] = []

    def add(self, article: Article) -> None:
        """Take note of one article."""
        words = _words(article)
        self._texts.append(_Text(article.date or "9999", article.id, digest(words) if words else "", _sketch(words)))

    def families(self) -> dict[str, str]:
        """As the function families, for the articles added so far."""
        ordered = sorted(self._texts, key=lambda text: (text.date, text.id))
        leader = list(range(len(ordered)))

        def find(i: int) -> int:
            while leader[i] != i:
                leader[i] = leader[leader[i]]
                i = leader[i]
            return i

        index = RMinHashLSH(threshold=LIKENESS, num_perm=_PERMUTATIONS, num_bands=_BANDS)
        exact: dict[str, int] = {}
        for i, text in enumerate(ordered):
            first = exact.setdefault(text.words, i) if text.words else i
            near = [first]
            if text.sketch is not None and first == i:
                for j in index.query(text.sketch):
                    other = ordered[j].sketch
                    if other is not None and text.sketch.jaccard(other) >= LIKENESS:
                        near.append(j)
                index.insert(i, text.sketch)
            for j in near:
                a, b = sorted((find(i), find(j)))
                leader[b] = a
        sizes = Counter(find(i) for i in range(len(ordered)))
        return {text.id: ordered[find(i)].id for i, text in enumerate(ordered) if sizes[find(i)] > 1}


def families(articles: Iterable[Article]) -> dict[str, str]:
    """Article id -> id of the first member of its family, for the articles that have copies; others are left out.

    Members are ordered by publication date (undated ones last), then by id; the order of ``articles`` does not matter.
    """
    copies = Copies()
    for article in articles:
        copies.add(article)
    return copies.families()


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
