"""Which contests an article tells of, and where: "the Tory leadership race", "the Democratic nomination", "the Batley and
Spen by-election". The expressions are in ontologies/english/contests.yaml."""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any

from spacy.tokens import Token

from graphbuild.extract.article.context import Context
from graphbuild.extract.elections.contest_names import PARTY_WORDS, leadership_of
from graphbuild.extract.elections.field import PRESIDENT, SECOND, season
from graphbuild.model import ORGANISATION


@lru_cache(maxsize=64)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def told_contests(context: Context, patterns: Sequence[dict[str, Any]]) -> list[tuple[int, str]]:
    """(token index, label) of each passage that names a contest, found once for an article."""
    data = context.doc.user_data
    if data.get("contests", ((), ()))[0] is not context:
        data["contests"] = (context, list(_find_told(context, patterns)))
    told: list[tuple[int, str]] = data["contests"][1]
    return told


def _find_told(context: Context, patterns: Sequence[dict[str, Any]]) -> Iterator[tuple[int, str]]:
    """The first pattern that finds a place wins it."""
    text, starts = context.article.text, context.doc.user_data["starts"]
    gates = {word: word in text for entry in patterns for word in entry.get("gate", ("",))}
    taken: set[int] = set()
    for entry in patterns:
        if not any(gates[word] for word in entry.get("gate", ("",))):
            continue  # plain words first: a search for them is cheap
        if "when" in entry and not _compiled(entry["when"]).search(text):
            continue
        if "season" in entry and entry["season"] != season(context.article):
            continue
        for match in _compiled(entry["find"]).finditer(text):
            first, last = bisect_right(starts, match.start()) - 1, bisect_left(starts, match.end()) - 1
            span = range(first, last + 1)
            left_out = first < 0 or starts[first] + len(context.tokens[first]) <= match.start()
            if left_out or not taken.isdisjoint(span):
                continue
            taken.update(span)
            party = match.groupdict().get("party") or ""
            label = entry["label"].replace("{party}", PARTY_WORDS.get(party, party))
            label = label.replace("{seat}", match.groupdict().get("seat") or "")
            if "{leader}" in label:
                label = _party_leader(context.tokens[first], context)
            if label:
                yield first, label


def _party_leader(token: Token, context: Context) -> str:
    """ "leader of the X Party" for the party nearest before the words in their sentence, else the article's most named."""

    def parties(tokens: Sequence[Token]) -> list[str]:
        found = {
            m.first: m
            for t in tokens
            for m in context.arguments.by_token.get(t.i, ())
            if m.type == ORGANISATION and m.entity is not None
        }
        return [
            m.entity.name
            for _, m in sorted(found.items())
            if m.entity
            and m.entity.name not in ("Democratic Party", "Republican Party")  # their nominees stand for president
            and (
                m.entity.kind == "party" or re.search(r"Party|Democrats|Plaid|Sinn|Fianna|Fine|SNP|Bloc", m.entity.name)
            )
        ]

    near = parties([t for t in token.sent if t.i <= token.i + 4])
    if near:
        return leadership_of(near[-1], context.wording.data)
    ranked = Counter(parties(context.tokens)).most_common(2)
    if not ranked or (len(ranked) > 1 and ranked[0][1] == ranked[1][1]):
        return ""
    return leadership_of(ranked[0][0], context.wording.data)


def nearest_label(token: Token, told: Sequence[tuple[int, str]]) -> str:
    """The contest told nearest in the token's sentence, else the only one of the article that is no presidency."""
    near = [
        (abs(index - token.i) + (3 if index > token.i else 0), label)
        for index, label in told
        if token.sent.start <= index < token.sent.end
    ]
    if near:
        return min(near)[1]
    labels = Counter(label for _, label in told)
    specific = [x for x in labels if x not in (PRESIDENT, SECOND)]
    return specific[0] if len(specific) == 1 else ""
