"""Leaderships told by other words: "the Tory crown", "gave up the leadership", "the Lib Dem race" are the post of leader of
a party, "the whip" is membership of it, "was elected deputy" is deputy leader, and "beat her to the leadership" elects one
and not the other."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from spacy.tokens import Token

from graphbuild.extract.article.context import Context
from graphbuild.extract.article.factuality import factuality
from graphbuild.extract.article.statements import make_statement
from graphbuild.extract.elections.contest_names import leadership_of, of_another_party
from graphbuild.extract.elections.field import contest_entity
from graphbuild.extract.posts.roles_text import post_entity, role_words, with_article
from graphbuild.extract.syntax import grammar, participants
from graphbuild.extract.syntax.grammar import children, spotted
from graphbuild.model import ORGANISATION, PERSON, Entity, Mention, Statement

_LEADING = re.compile(
    r"^(?:\d{4} )?(?:(?:race|contest|bid|battle|campaign|fight|tilt) (?:for|at) (?:the )?)?(?:(?P<party>.+?)(?:['’]s)? )?(?:party )?(?:leadership|crown|throne|top job|helm|leader)(?: (?:race|contest|election|battle|bid|campaign)s?)?$",
    re.IGNORECASE,
)
_LEADER_OF = re.compile(r"^(?P<deputy>deputy )?leader of (?:the )?(?P<party>.+)$")
_RACE = re.compile(r"^(?P<party>.+?)(?:['’]s)? (?:race|contest|election)$", re.IGNORECASE)
_WHIP = re.compile(r"^(?:(?P<party>.+?)(?:['’]s)? )?(?:party )?whip$", re.IGNORECASE)
# "the French presidency", "the ANC's deputy presidency", "the leadership of the House": the post that the noun is about.
_TIMES = {"leadership": "leader", "presidency": "president", "mayoralty": "mayor", "governorship": "governor",
          "chairmanship": "chairman", "speakership": "speaker", "premiership": "prime minister"}  # fmt: skip
_TIME = re.compile(
    rf"^(?:the )?(?:(?P<whose>.+?)(?:['’]s)? )??(?P<deputy>deputy )?(?P<noun>{'|'.join(_TIMES)})(?: of (?:the )?(?P<of>.+))?$",
    re.IGNORECASE,
)
_RACE_FOR = re.compile(
    r"^(?:race|contest|battle|fight|bid|campaign|ballot|run) (?:for|to (?:be|become)) (?:the )?(?:next |new )?"
    r"(?P<post>(?:deputy |general )?(?:leader|mayor|president|governor|speaker|chair\w*|secretary|premier|prime minister)\b.*)$"
)
_BARE = re.compile(r"^(?:the |his |her )?(?:post|job|role|position|office|portfolio|brief|duties)$")
_TO_LEAD = re.compile(r"^(?:bid|race|contest|campaign|battle|fight) to lead (?:the )?(?P<party>.+)$")
_POSTS = ("stands_for", "elected_to", "resigns_from")
_DEPUTY = re.compile(r"^(?:(?:its|the|new|first) )*deputy$", re.IGNORECASE)


def named_leaderships(
    found: Sequence[Statement], mentions: Sequence[Mention], data: Mapping[str, Any]
) -> list[Statement]:
    """Statements with the party's leadership, or the party, in place of such a phrase."""
    if not any(s.relation in _POSTS and s.object is not None for s in found):
        return list(found)
    parties: dict[str, Entity] = {}
    counts: Counter[str] = Counter()
    for m in mentions:
        if (
            m.type == ORGANISATION
            and m.entity is not None
            and m.entity.kind == "party"
            and m.kind in ("name", "nominal")
        ):
            parties[m.text.casefold()] = m.entity
            counts[m.entity.id] += 1
    known = {e.id: e for e in parties.values()}
    ranked = counts.most_common(2)
    main = known[ranked[0][0]] if ranked and (len(ranked) == 1 or ranked[0][1] > ranked[1][1]) else None
    told = any(re.search(r"\b(?:leadership|leader of)\b", s.object.name) for s in found if s.object is not None)
    # Where no party is named, a post that is given up keeps its name.
    return [
        _named(s, parties, main, data, told=told) if parties or s.relation != "resigns_from" else s for s in found
    ]  # fmt: skip


def _named(
    s: Statement, parties: dict[str, Entity], main: Entity | None, data: Mapping[str, Any], *, told: bool
) -> Statement:
    if s.relation not in _POSTS or s.object is None or s.object.type in (PERSON, ORGANISATION):
        return s
    name = s.object.name
    if s.relation == "resigns_from" and _BARE.match(name):
        return replace(s, object=None)  # "gave up the post": the one that the article gives him
    if (lead := _TO_LEAD.match(name)) and s.relation == "stands_for":
        party = parties.get(lead["party"].casefold())
        return s if party is None else replace(s, object=post_entity(leadership_of(party.name, data)))
    if s.relation == "resigns_from" and (whip := _WHIP.match(name)):
        party = parties.get((whip["party"] or "").casefold()) or (main if not whip["party"] else None)
        # A chief whip holds an office; who gives up "the whip" leaves the parliamentary party.
        return replace(s, object=party, role=name) if party is not None and "chief" not in name.casefold() else s
    if s.relation == "elected_to" and _DEPUTY.match(name) and main is not None:
        return replace(s, object=post_entity(f"deputy {leadership_of(main.name, data)}"))
    if (led := _LEADER_OF.match(name)) and (party := parties.get(led["party"].casefold())) is not None:
        return replace(s, object=post_entity(f"{led['deputy'] or ''}{leadership_of(party.name, data)}"))  # "of the DUP"
    if (race := _RACE_FOR.match(name)) is not None:
        s = replace(s, object=post_entity(name := race["post"]))  # "the race for leader of the Greens"
    if (post := _post_of(name, parties, data)) is not None:
        return replace(s, object=post)
    leading = _LEADING.match(name)
    race = _RACE.match(name) if leading is None and s.relation == "stands_for" else None
    match = leading or race
    if match is None or (name.casefold() == "leader" and (s.relation != "elected_to" or main is None)):
        return s
    word = (match["party"] or "").casefold().removeprefix("the ").removesuffix(" party")
    word = re.sub(r"^(?:federal|national|new|next) ", "", word)
    word = "" if word in ("new", "next", "new party", "interim", "their new") else word
    party = parties.get(word) or parties.get(f"{word} party") or parties.get(f"the {word}")
    if party is None and leading is not None and word and word in s.subject.party.casefold():
        return replace(s, object=post_entity(leadership_of(s.subject.party, data)))  # "the Liberal leadership"
    if party is None and leading is not None and not word:
        own = {e.id: e for e in parties.values() if s.subject.party and e.name == s.subject.party}
        party = next(iter(own.values()), None) or (main if not s.subject.party else None)
    if party is None or party.name in ("Democratic Party", "Republican Party") or (race is not None and not told):
        return s
    return replace(s, object=post_entity(leadership_of(party.name, data)))


def _post_of(name: str, parties: Mapping[str, Entity], data: Mapping[str, Any]) -> Entity | None:
    """The post in "ANC presidency", "SNP group leadership", "London mayoralty"; None for a party's mere leadership."""
    match = _TIME.match(name)
    whose = (match["of"] or match["whose"] or "").removeprefix("the ") if match is not None else ""
    if (
        match is None
        or not whose
        or whose.casefold() in ("party", "own", "his", "her", "new", "next", "deputy", "vice")
    ):
        return None
    party = parties.get(whose.casefold())
    if party is None and not (whose[0].isupper() and (match["noun"] != "leadership" or whose.endswith("group"))):
        return None
    nation = data["roles"]["nationalities"].get(whose)
    body = party.name if party is not None else nation or whose
    noun = _TIMES[match["noun"].casefold()]
    if noun == "leader":
        of = with_article(role_words(data["roles"]), body) if not body.endswith("group") else f"the {body}"
    else:
        of = with_article(role_words(data["roles"]), body) if nation is None else body
    return post_entity(f"{(match['deputy'] or '').lower()}{noun} of {of}")


_BEATING = frozenset("beat beats beating beaten defeated defeat defeating pipped pipping edged pip pips".split())
_PRIZES = frozenset(
    "leadership crown nomination job post presidency throne chairmanship premiership mayoralty candidacy".split()
)


def beaten_to(context: Context) -> Iterator[Statement]:
    """ "beat Long-Bailey to the leadership": who beat somebody to a post was elected to it, and the other was not."""
    for token in spotted(context.doc, _BEATING):
        if token.pos_ != "VERB":
            continue
        prize = next(
            (h for p in ("to", "for", "in") for h in grammar.prepositional(token, p) if h.lemma_.lower() in _PRIZES),
            None,
        )
        if prize is None or factuality(token, context.wording) != ("positive", "actual"):
            continue
        label = _label(prize)
        for heads, polarity in ((participants.agents(token), "positive"), (participants.patients(token), "negative")):
            for person in (e for h in heads for e in context.arguments.entities(h, types=(PERSON,))):
                yield make_statement(
                    "elected_to", person, contest_entity(label), token, context, polarity=polarity, modality="actual",
                    source=None, role="", topic="", rule="leaderships/beaten-to", confidence=0.7,
                )  # fmt: skip


def _label(prize: Token) -> str:
    words = [t.text for t in prize.doc[prize.left_edge.i : prize.i + 1] if t.pos_ not in ("DET", "PRON", "PUNCT")]
    return " ".join(words).replace(" 's", "'s")


_FIGHTS = frozenset(
    """fight fights contest contests race races battle duel showdown tussle run-off runoff head-to-head choice field running
    ballot shortlist""".split()
)


def _spelt_out(token: Token, context: Context) -> list[Entity]:
    """ "leaves four in the field: A, B and C", "those left in the running include A and B": the names of the list."""
    doc, stop = token.doc, token.sent.end
    opens = next(
        (t.i for t in doc[token.i + 1 : min(token.i + 12, stop)] if t.text in (":", "—", "–") or t.lemma_ in ("include", "be")), 0
    )  # fmt: skip
    if not opens or token.head.lower_ not in ("in", "on", "of"):
        return []
    if doc[opens].text == ":" and opens + 1 >= stop:
        stop = doc[min(opens + 1, len(doc) - 1)].sent.end
    people = [
        m.entity for i in range(opens + 1, stop) for m in context.arguments.by_head.get(i, ())
        if m.type == PERSON and m.kind == "name" and m.entity is not None
    ]  # fmt: skip
    first = next((i for i in range(opens + 1, stop) if doc[i].pos_ == "PROPN"), stop)
    return people if len(people) > 1 and first < opens + 5 else []


def between(context: Context, label: str) -> Iterator[Statement]:
    """ "a three-cornered fight between A, B and C": they stand in the article's contest for a leadership."""
    for token in spotted(context.doc, _FIGHTS):
        if token.pos_ not in ("NOUN", "VERB"):
            continue
        told = grammar.prepositional(token, "between")
        if not told and token.dep_ == "nsubj" and token.head.lemma_ == "be":
            told = grammar.prepositional(token.head, "between")  # "the contest is between A and B"
        if not told:  # where the parser loses the thread: the "between" that follows
            after = (t for t in token.doc[token.i + 1 : min(token.i + 14, token.sent.end)] if t.lower_ == "between")
            told = [c for t in after for c in children(t) if c.dep_ == "pobj"]
        people = [e for h in told for e in context.arguments.entities(h, types=(PERSON,))] or _spelt_out(token, context)
        people = [p for p in people if not of_another_party(p, label)]
        for person in people if len(people) > 1 else ():
            yield make_statement(
                "stands_for", person, contest_entity(label), token, context, polarity="positive", modality="actual",
                source=None, role="", topic="", rule="leaderships/between", confidence=0.65,
            )  # fmt: skip
