"""Which statements are about politics: the same verbs tell of footballers and film stars.

An actor is political when the gazetteer knows him (a politician, party, government, council, union), when the article
gives him a party or a public post, or when his name says so ("Labour MPs", "Pendle Borough Council"). A statement
between actors needs one of them to be political; a stance on a policy needs its holder to be.
"""

import re
from collections.abc import Iterator, Sequence

from graphbuild.model import GROUP, PERSON, PHRASE, PLACE, Entity, Statement
from graphbuild.ontology import Ontology

_STANCES = frozenset({"favours", "opposes", "calls_for"})
_POSTS = frozenset({"resigns_from", "sacked_by", "appointed_by", "stands_for", "elected_to", "succeeds"})
_MOVES = frozenset({"joins", "leaves"})
_DEPARTURES = frozenset({"leaves", "resigns_from", "expelled_by"})
_OTHER_KINDS = frozenset({"newspaper", "broadcaster", "company"})


def political(statements: Sequence[Statement], ontology: Ontology) -> Iterator[Statement]:
    """Statements with a political actor; background facts (holds_role, member_of) are kept as they are."""
    words = ontology.wording.words("political_words")
    known = {
        s.subject.id for s in statements
        if s.relation == "member_of" or (s.relation == "holds_role" and s.object and _words(s.object.name) & words)
    }  # fmt: skip

    def is_political(entity: Entity | None) -> bool:
        if entity is None:
            return False
        if entity.kind:
            return entity.kind not in _OTHER_KINDS
        if entity.id in known:
            return True
        return entity.type != PERSON and bool(_words(entity.name) & words)

    for s in statements:
        if s.relation in _MOVES and s.object is not None and not _can_be_left(s.object, words):
            continue
        if s.relation in _DEPARTURES and s.object is not None and s.object.kind == "international":
            continue  # a country's way out of the European Union is a policy, not somebody's departure
        if s.relation in ("holds_role", "member_of") or is_political(s.subject):
            yield s
        elif s.relation in _STANCES:
            if s.subject.type == GROUP and s.source is not None and is_political(s.source):
                yield s
        elif (s.object is not None and s.object.type not in (PHRASE, PLACE) and is_political(s.object)) or (
            s.relation in _POSTS and _words(f"{s.role} {s.object.name if s.object else ''}") & words
        ):
            yield s


def _can_be_left(body: Entity, words: frozenset[str]) -> bool:
    """Whether one can be a member of a body: a party, a group, a government; not a street, a court or a league."""
    if body.kind:
        return body.kind in (
            "party",
            "campaign",
            "cabinet",
            "government",
            "committee",
            "union",
            "council",
            "international",
        )
    return bool(_words(body.name) & (words | {"group", "movement", "alliance", "bloc", "league", "front", "veritas"}))


def _words(text: str) -> frozenset[str]:
    return frozenset(re.sub(r"['\u2019]s\b|[^\w\s]", " ", text.casefold()).split())
