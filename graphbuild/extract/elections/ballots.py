"""Contests in rounds: who is told to have got so many votes in the article's one contest for a leadership or a seat stands
for it and beats those with fewer; who is knocked out, falls or trails in last has not been elected.

"Davis topped the poll with 62, six ahead of Cameron, while Fox on 42 lives to fight another day" tells of three who
stand and who beat whom. Surveys of opinion are no ballots, and a division of a parliament is none.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Token

from graphbuild.extract.article.context import Context
from graphbuild.extract.article.factuality import factuality
from graphbuild.extract.article.statements import make_statement
from graphbuild.extract.elections.contest_names import of_another_party
from graphbuild.extract.elections.field import contest_entity, past_year
from graphbuild.extract.syntax import grammar, participants
from graphbuild.extract.syntax.grammar import children, spotted
from graphbuild.model import PERSON, Entity, Statement

_COUNTED = re.compile(
    r"\b(?:votes?|ballots?|per ?cent|first preferences|nominations|rounds?|backers|topp(?:ed|ing) the poll|top of the poll)\b|%"
)
_NO_BALLOT = re.compile(
    r"\b(?:polls (?:show|suggest|put|give)\w*|opinion polls?|polling|surveys?|pollsters?|YouGov|Ipsos|odds|majority of|bill|amendment|motion"
    r"|seats|division|Commons|legislation|turnout)\b"
)
# Out of it: passive verbs with their particle, verbs that need a round or a hurdle, and places at the end.
_PUT_OUT = {
    "eliminate": "", "knock": "out", "dump": "out", "vote": "out", "squeeze": "out", "kick": "out", "boot": "out",
}  # fmt: skip
_FALLEN = frozenset("fall crash go exit bow tumble drop fail miss stumble".split())
_STAGES = frozenset(
    "round hurdle ballot fence stage vote cut final run-off runoff threshold shortlist two three".split()
)
_PLACED = frozenset("come finish trail end place".split())
_LAST = frozenset("last bottom".split())
_BEHIND = frozenset("second third fourth fifth sixth".split())
_FACING = frozenset("face faces facing faced".split())
_FINALS = frozenset("run-off runoff final ballot members leadership contest head-to-head off".split())
_RACES = frozenset("race contest leadership election bid tilt".split())
_AGAINST = frozenset("against v vs versus".split())
_LINKS = frozenset("on with at ( - – : , just only second third fourth last a an mere had has top poll the".split())
_MARGINS = frozenset("by within of from than under over".split())
_WORDS = frozenset(
    """eliminated knocked dumped voted squeezed kicked booted packing fall falls fell fallen crash crashes crashed went exits
    exited tumbled failed fails missed misses stumbled last bottom second third fourth fifth sixth""".split()
)


@dataclass(frozen=True)
class _Tally:
    person: Entity
    count: float
    token: Token


def ballots(context: Context, label: str) -> Iterator[Statement]:
    """Statements of stands_for, elected_to and defeats about the contest of a label, from figures and from who falls."""
    out: dict[str, tuple[Entity, Token]] = {}
    for token in spotted(context.doc, _WORDS):
        for person in _fallen(token, context):
            if not of_another_party(person, label):
                out.setdefault(person.id, (person, token))
    counted = [t for t in _tallies(context) if not of_another_party(t.person, label)]
    if len({t.person.id for t in counted}) < 2 and not (counted and out):
        counted = []
    standing = {p.id: (p, t) for p, t in _paired(context) if not of_another_party(p, label)}
    standing |= {t.person.id: (t.person, t.token) for t in counted}
    standing |= {i: (p, t) for i, (p, t) in out.items() if i in standing or _named_race(t)}
    for person, token in standing.values():
        yield _statement("stands_for", person, contest_entity(label), token, context)
    for person, token in out.values():
        yield _statement("elected_to", person, contest_entity(label), token, context, polarity="negative")
    yield from _beaten(counted, out, context)


def _statement(
    relation: str, subject: Entity, obj: Entity, token: Token, context: Context, polarity: str = "positive"
) -> Statement:
    return make_statement(
        relation, subject, obj, token, context, polarity=polarity, modality="actual", source=None, role="", topic="",
        rule=f"ballots/{'count' if relation == 'defeats' else token.lemma_.lower()}", confidence=0.7,
    )  # fmt: skip


def _fallen(token: Token, context: Context) -> list[Entity]:
    """Who is out, where the word tells that somebody is."""
    verb = token if token.pos_ == "VERB" else token.head
    if verb.pos_ not in ("VERB", "AUX") or factuality(verb, context.wording)[1] != "actual":
        return []
    lemma = verb.lemma_
    if lemma in _PUT_OUT:
        told = grammar.is_passive(verb) and (not _PUT_OUT[lemma] or grammar.has_particle(verb, _PUT_OUT[lemma]))
    elif lemma == "send":
        told = grammar.is_passive(verb) and token.lower_ == "packing"
    elif lemma in _PLACED:
        told = token.head == verb and (token.lower_ in _LAST or (token.lower_ in _BEHIND and _in_race(verb)))
    elif lemma == "crash":
        told = grammar.has_particle(verb, "out")
    else:
        told = lemma in _FALLEN and _at_stage(verb)
    heads = participants.surface_subjects(verb) if told and not _past(verb, context) else []
    return [e for h in heads for e in context.arguments.entities(h, types=(PERSON,))]


def _in_race(verb: Token) -> bool:
    return any(t.lower_ in _RACES for h in grammar.prepositional(verb, "in") for t in h.subtree)


def _at_stage(verb: Token) -> bool:
    """ "fell in the earlier rounds", "failed to make the final two", "went out of the race"."""
    below = [c for c in children(verb) if c.dep_ in ("prep", "xcomp", "dobj")]
    nouns = {t.lemma_.lower() for c in below for t in c.subtree if t.i > verb.i}
    if verb.lemma_ in ("fail", "miss"):
        return bool(nouns & _STAGES) and "vote" not in nouns
    if verb.lemma_ in ("go", "drop", "bow"):
        return False  # "dropped out", "bowed out": a candidacy withdrawn
    return any(c.lower_ in ("at", "in") for c in below) and bool(nouns & _STAGES)


def _named_race(token: Token) -> bool:
    """ "was eliminated from the leadership race", where the words name what he stood for."""
    verb = token if token.pos_ == "VERB" else token.head
    return any(t.lower_ in _RACES for t in verb.subtree)


def _past(verb: Token, context: Context) -> bool:
    return past_year(verb.sent.text, context.article)


def _paired(context: Context) -> Iterator[tuple[Entity, Token]]:
    """ "It's Badenoch against Jenrick", "Truss v Sunak": two names around the word."""
    for token in spotted(context.doc, _AGAINST):
        if not 0 < token.i < len(context.doc) - 1 or past_year(token.sent.text, context.article):
            continue
        sides = (
            [m.entity for m in context.arguments.by_token.get(token.i - 1, ()) if m.last == token.i - 1],
            [m.entity for m in context.arguments.by_token.get(token.i + 1, ()) if m.first == token.i + 1],
        )
        people = [[e for e in side if e is not None and e.type == PERSON] for side in sides]
        if all(people):
            yield from ((side[0], token) for side in people)
    for token in spotted(context.doc, _FACING):
        # "will face Sunak in the run-off"
        if token.pos_ != "VERB" or not any(t.lower_ in _FINALS for t in token.subtree):
            continue
        one, other = (
            [e for h in heads for e in context.arguments.entities(h, types=(PERSON,))]
            for heads in (participants.agents(token), grammar.own_objects(token))
        )
        if one and other and not past_year(token.sent.text, context.article):
            yield from ((e, token) for e in (*one, *other))


def _tallies(context: Context) -> Iterator[_Tally]:
    """Who got how many votes, in the sentences that speak of a count."""
    for sentence in context.doc.sents:
        if (
            not _COUNTED.search(sentence.text)
            or _NO_BALLOT.search(sentence.text)
            or past_year(sentence.text, context.article)
        ):
            continue
        for token in sentence:
            if token.like_num and (value := _value(token.text)) is not None:
                beside = _beside(token, context)
                if not beside and _is_other_number(token):
                    continue
                people = beside or _owners(token, context)
                if len(people) == 1:
                    yield _Tally(people[0], value, token)


def _beside(number: Token, context: Context) -> list[Entity]:
    """The name right before a number: "Fox on 42", "Truss (71)", "Jenrick took 41", "Nandy 16 per cent"."""
    unit = number.nbor().lower_ if number.i + 1 < len(number.doc) else ""
    if unit in ("years", "times", "more", "fewer", "points", "ahead", "behind", "-", "minutes", "days", "weeks"):
        return []
    for index in range(number.i - 1, max(number.i - 9, number.sent.start - 1), -1):
        names = [m for m in context.arguments.by_token.get(index, ()) if m.last == index and m.kind == "name"]
        if names:
            return [m.entity for m in names if m.type == PERSON and m.entity is not None][:1]
        token = number.doc[index]
        if token.lower_ not in _LINKS and token.pos_ not in ("VERB", "AUX", "ADV", "ADP"):
            return []
    return []


def _value(text: str) -> float | None:
    try:
        return float(text.replace(",", "").rstrip("%"))
    except ValueError:
        return None


def _is_other_number(token: Token) -> bool:
    """A margin, a date, an age, a part of a name: no count of somebody's votes."""
    if (
        token.ent_type_ in ("DATE", "TIME", "ORDINAL")
        or token.text[0] in "£$€"
        or token.dep_ in ("compound", "quantmod", "npadvmod")
    ):
        return True
    noun = token.head if token.dep_ == "nummod" else token
    if token.dep_ == "nummod" and not re.search(
        r"^(?:votes?|per|cent|percent|%|ballots?|nominations?|mps|members|first|backers|points?)$", noun.lower_
    ):
        return True
    if any(
        c.lower_ in ("more", "fewer", "less", "ahead", "behind", "short") for c in (*children(token), *children(noun))
    ):
        return True
    return noun.dep_ == "pobj" and noun.head.lower_ in _MARGINS


def _owners(number: Token, context: Context) -> list[Entity]:
    """Whose number it is: the subject of "took 41", "was stranded on 37", or the name before "on 42", "with 62"."""
    node = number.head if number.dep_ == "nummod" else number
    for _ in range(4):
        named = context.arguments.entities(node, types=(PERSON,), spread=False) if node is not number else []
        if named:
            return named
        if node.pos_ in ("VERB", "AUX"):
            return [
                e for h in participants.agents(node) or participants.surface_subjects(node)
                for e in context.arguments.entities(h, types=(PERSON,), spread=False)
            ]  # fmt: skip
        if node.head == node:
            return []
        node = node.head
    return []


def _beaten(counted: Sequence[_Tally], out: dict[str, tuple[Entity, Token]], context: Context) -> Iterator[Statement]:
    """Of those counted in one paragraph the first beats each other one, and each beats who falls; a runner-up told only
    as "six ahead of Cameron" is beaten too."""
    paragraphs = context.doc.user_data["paragraphs"]
    groups: dict[int, dict[str, _Tally]] = {}
    for tally in counted:
        groups.setdefault(paragraphs[tally.token.i], {}).setdefault(tally.person.id, tally)
    for group in groups.values():
        ranked = sorted(group.values(), key=lambda t: -t.count)
        if len(ranked) < 2 or ranked[0].count == ranked[1].count:
            continue
        behind = _behind(ranked[0], context)
        losers = [t.person for t in ranked[1:]] + [p for p in behind if p.id not in group]
        for loser in losers:
            yield _statement("defeats", ranked[0].person, loser, ranked[0].token, context)
        last = ranked[-1]
        if last.person.id in out or last.count < ranked[-2].count:
            winners = [t.person for t in ranked[1:-1]] + [p for p in behind if p.id not in group]
            for winner in winners if last.person.id in out else ():
                yield _statement("defeats", winner, last.person, last.token, context)


def _behind(first: _Tally, context: Context) -> list[Entity]:
    found = []
    for token in first.token.sent:
        if token.lower_ in ("ahead", "clear") and token.i > first.token.i:
            found += [
                e for h in grammar.prepositional(token, "of")
                for e in context.arguments.entities(h, types=(PERSON,), spread=False)
            ]  # fmt: skip
    return [e for e in found if e.id != first.person.id]
