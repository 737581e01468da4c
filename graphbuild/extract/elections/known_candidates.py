"""Candidates whom the gazetteer knows: an article of the campaign speaks of their polls, debates and voters and rarely says
what they run for. Where it tells of a contest that is under way on its day, a person who stands in it then, in a sentence
about the campaign, stands for it; and in such a contest nobody else does without being called a candidate."""

import re
from collections.abc import Collection, Iterator, Sequence

from graphbuild.extract.article.context import Context
from graphbuild.extract.article.statements import make_statement
from graphbuild.extract.elections.field import (
    PRESIDENT,
    SECOND,
    contest_entity,
    is_nomination,
    is_presidential,
    past_year,
    telling,
    under_way,
)
from graphbuild.model import PERSON, Statement

_CAMPAIGNING = re.compile(
    r"\b(?:candidates?|candidac\w+|nominations?|nominees?|primar(?:y|ies)|caucus\w*|polls?|polling|delegates?|debates?|campaign trail|"
    r"(?:presidential|leadership|White House) (?:race|bid|run|contest|campaign|hopefuls?|contenders?|candidates?|election|rivals?)|rivals?|contenders?|"
    r"front-?runner|opponents?|challengers?|voters?|vot(?:e|es|ed|ing) for|elections?|ballots?|rall(?:y|ies)|running (?:for|against|mate)|"
    r"beat|defeat|trail(?:s|ed|ing)|leads? (?:over|by)|victory|hustings|re-?elect\w*)\b"
)
# What tells a campaign of those days where no sentence names what is run for.
_SEASON = re.compile(
    r"\b(?:Democratic|Republican|GOP|G\.O\.P\.)(?: Party)?(?:['’]s)? (?:nominat\w+|primar\w+|race|field|debate|contest|front-?runner|candidates?|hopefuls?)"
    r"|\b[Cc]aucuses\b|\b[Pp]rimaries\b|\bSuper Tuesday\b|\b(?:Iowa|New Hampshire|South Carolina|Nevada) (?:caucus|primary|voters)|\b[Pp]residential (?:race|candidate|campaign|election|hopeful)"
)


_SEEKING = re.compile(
    r"\b(?:re-?elect\w*|second term|rivals?|opponents?|challengers?|candidates?|nominees?|campaign rally|polls?|beat|defeat|running against|vot(?:e|es|ed|ing) for|"
    r"presidential (?:race|campaign|election))\b"
)


def known_candidates(
    context: Context, told: Sequence[tuple[int, str]], found: Sequence[Statement]
) -> Iterator[Statement]:
    """Statements of stands_for for the candidates of the contests of the day that the article tells of."""
    labels = {label for _, label in told}
    running = {
        (s.subject.id, _kind(s.object.name)) for s in found if s.relation == "stands_for" and s.object is not None
    }
    ended = {s.subject.id for s in found if s.relation == "stands_for" and s.polarity == "negative"}
    standing = under_way(context)
    if not standing:
        return
    named = {
        m.entity.id for ms in context.arguments.by_head.values() for m in ms if m.entity is not None and m.kind == "name"
    }  # fmt: skip
    if PRESIDENT not in labels and _SEASON.search(context.article.text):
        labels |= {
            contest for contest, people in standing.items()
            if is_presidential(contest) and len(people & named) > 1
        }  # fmt: skip
    presidents = {
        s.subject.id for s in found if s.relation == "holds_role" and s.object is not None and s.object.name == PRESIDENT
    }  # fmt: skip
    for contest, people in sorted(standing.items()):
        if not _is_told(contest, labels):
            continue
        entered: set[str] = set()
        for index in sorted(context.arguments.by_head):
            for mention in context.arguments.by_head[index]:
                person = mention.entity
                if person is None or mention.type != PERSON or mention.kind != "name" or person.id not in people:
                    continue
                token = context.doc[index]
                if person.id in entered | ended or (person.id, _kind(contest)) in running:
                    continue
                text = token.sent.text
                if token.dep_ == "dobj" and token.head.lemma_ in ("endorse", "back", "support"):
                    continue  # "ended her campaign and endorsed him": the campaign is hers
                if person.id in presidents and not _SEEKING.search(text):
                    continue  # a president is in the news for what he does, too
                if not _CAMPAIGNING.search(text) or past_year(text, context.article):
                    continue
                entered.add(person.id)
                yield make_statement(
                    "stands_for", person, contest_entity(contest), telling(person, token, context), context,
                    polarity="positive", modality="actual", source=None, role="", topic="", rule="contests/known",
                    confidence=0.75,
                )  # fmt: skip


def _is_told(contest: str, labels: Collection[str]) -> bool:
    if not is_presidential(contest):
        return contest in labels
    parties = {label for label in labels if is_nomination(label)}
    if not parties:
        return PRESIDENT in labels or SECOND in labels
    return contest == PRESIDENT or contest in parties


def _kind(contest: str) -> str:
    """A nomination for president and the presidency are one candidacy."""
    return PRESIDENT if is_nomination(contest) else contest
