"""What follows from results: who won a primary has beaten his rival in it, and "the newly elected mayor" was elected."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Token

from graphbuild.extract.article.context import Context
from graphbuild.extract.article.factuality import factuality
from graphbuild.extract.article.statements import make_statement
from graphbuild.extract.elections.field import contest_entity, is_nomination, past_year, season
from graphbuild.extract.syntax import participants, predication
from graphbuild.extract.syntax.grammar import children, spotted
from graphbuild.model import PERSON, Entity, Statement

_PRIMARY = re.compile(r"\b(?:primary|primaries|caucus|caucuses|contests?)\b")


def implied_results(context: Context, found: Sequence[Statement]) -> Iterator[Statement]:
    """Statements of defeats and elected_to that other statements of the article carry."""
    yield from _beaten(context, found)
    yield from _newly_elected(context, found)
    yield from _took_over(context, found)


def primaries_by_state(context: Context, found: Sequence[Statement]) -> list[Statement]:
    """ "Trump won Arizona" in a primary season is the Arizona Republican primary: another party has its own there."""
    if season(context.article) != "primary":
        return list(found)
    states = {name: name for name in context.wording.data["roles"]["states"].values()}
    states |= {f"{short}": name for short, name in context.wording.data["roles"]["states"].items()}
    parties: dict[str, str] = {}
    for label, people in _runs(found).items():
        parties |= {person: label.split(" ")[0] for person in people if is_nomination(label)}
    return [_of_party(s, parties, states, context) for s in found]


def _of_party(s: Statement, parties: dict[str, str], states: dict[str, str], context: Context) -> Statement:
    if s.relation != "elected_to" or s.object is None or not s.evidence.rule.startswith("results/"):
        return s
    party = parties.get(s.subject.id) or s.subject.party.split(" ")[0]
    place = _PLACE.sub("", s.object.name).replace(".", "")
    state = states.get(place) or _state_of_primary(s.object.name, states)
    if not state or party not in ("Democratic", "Republican"):
        return s
    if past_year(s.evidence.text, context.article) or _ELECTION.search(s.evidence.text):
        return s
    caucus = re.search(r"\b[Cc]aucus(?:es)?\b", s.evidence.text if place in states else s.object.name)
    kind = caucus[0].lower() if caucus else "primary"
    return replace(s, object=contest_entity(f"{state} {party} {kind}"))


# The election itself, where a state has one winner.
_ELECTION = re.compile(r"\bgeneral election\b|\b(?:in|on|since) (?:the |an? )?(?:presidential )?[Ee]lection\b")
_PLACE = re.compile(r"^(?:(?:[a-z]+|the|her|his) )+(?:of )?(?=[A-Z])")
_STATE_PRIMARY = re.compile(
    r"(?:(?:[Tt]he|[a-z]+|\w+day['’]s|first-in-the-nation) )*(?P<state>(?:New |North |South |West |Rhode )?[A-Z][a-z]+)(?:['’]s?)?"
    r"(?: (?:Democratic|Republican|GOP|presidential|[Pp]arty|open|closed))* (?:[Pp]rimary|[Cc]aucus|[Cc]aucuses|contest)(?: election| contest| vote)?"
)


def _state_of_primary(text: str, states: dict[str, str]) -> str:
    """ "Tuesday's Oklahoma primary", "Utah's Republican caucuses": the state."""
    named = _STATE_PRIMARY.fullmatch(text)
    return states.get(named["state"], "") if named is not None else ""


def _runs(found: Sequence[Statement]) -> dict[str, dict[str, Entity]]:
    """Contest -> the people who stand in it."""
    out: dict[str, dict[str, Entity]] = {}
    for s in found:
        if s.relation == "stands_for" and s.polarity == "positive" and s.object is not None:
            out.setdefault(s.object.name, {})[s.subject.id] = s.subject
    return out


def _beaten(context: Context, found: Sequence[Statement]) -> Iterator[Statement]:
    """Who won a primary defeated the rival for the nomination whom the sentence names, or the only one."""
    nominations = {label: people for label, people in _runs(found).items() if is_nomination(label)}
    for s in found if nominations else ():
        if (
            s.relation != "elected_to"
            or s.object is None
            or s.modality != "actual"
            or not s.evidence.rule.startswith("results/")
        ):
            continue
        if not _PRIMARY.search(s.object.name) or past_year(s.evidence.text, context.article):
            continue
        fields = [people for people in nominations.values() if s.subject.id in people]
        others = [
            p for people in fields[:1] for p in people.values() if p.id != s.subject.id and not _apart(p, s.subject)
        ]
        here = [p for p in others if re.search(rf"\b{re.escape(p.name.split()[-1])}\b", s.evidence.text)]
        if len(others) > 1 and len(here) != 1:
            continue
        for other in (here or others)[:1]:
            first, second = (s.subject, other) if s.polarity == "positive" else (other, s.subject)
            yield replace(
                s, subject=first, relation="defeats", object=second, polarity="positive",
                evidence=replace(s.evidence, rule="outcomes/primary", confidence=0.6),
            )  # fmt: skip


def _apart(one: Entity, other: Entity) -> bool:
    """Whether two are of the two big American parties."""
    return {one.party.split(" ")[0], other.party.split(" ")[0]} == {"Democratic", "Republican"}


_FRESHLY = frozenset("newly recently just freshly duly democratically re".split())


def _newly_elected(context: Context, found: Sequence[Statement]) -> Iterator[Statement]:
    """ "London's newly elected mayor Sadiq Khan", "President-elect Donald Trump"."""
    posts = [s for s in found if s.relation == "holds_role" and s.object is not None and s.polarity == "positive"]
    for s in posts:
        label = s.object.name if s.object is not None else ""
        if re.search(r"(?:-|\s)elect\b", label):
            yield _elected(s, re.sub(r"\s*(?:-|\s)elect\b", "", label))
    for token in spotted(context.doc, frozenset(("elected", "reelected"))) if posts else ():
        if token.dep_ != "amod" or not _recent(token):
            continue
        if re.search(r"\b[Ii]f\b", token.sent.text):
            continue
        noun = token.head
        heads = [noun, *predication.self_heads(noun)]
        people = {e.id for h in heads for e in context.arguments.entities(h, types=(PERSON,), spread=False)}
        for s in posts:
            start = token.doc.user_data["starts"][token.i]
            near = s.evidence.start <= start < s.evidence.end
            if near and s.subject.id in people and s.object is not None and _names(noun, s.object.name):
                yield _elected(s, s.object.name)


def _recent(token: Token) -> bool:
    before = [t.lower_ for t in token.doc[max(0, token.i - 2) : token.i]]
    return bool(_FRESHLY & set(before)) or token.lower_ == "reelected"


def _names(noun: Token, label: str) -> bool:
    words = {t.lower_ for t in noun.subtree}
    return label.split()[0].lower() in words and not re.search(r"\b(?:candidate|nominee)\b", label)


def _elected(statement: Statement, label: str) -> Statement:
    return replace(
        statement, relation="elected_to", object=contest_entity(label), modality="actual",
        evidence=replace(statement.evidence, rule="outcomes/newly", confidence=0.75),
    )  # fmt: skip


# Coming into a post; with "after" and somebody's going it is his.
_COMING = frozenset("become take serve step".split())
_PUT_IN = frozenset("appoint name pick handpick elect nominate install choose promote select tap".split())
_PUT_OUT = frozenset({"resigns_from", "sacked_by"})


def _took_over(context: Context, found: Sequence[Statement]) -> Iterator[Statement]:
    """ "Ryan took over the post after Boehner stepped down", "was picked to lead the FBI after Trump fired Comey"."""
    for s in found:
        if s.relation not in _PUT_OUT or s.polarity != "positive" or s.modality != "actual":
            continue
        after = _after(context, s)
        verb = after.head if after is not None else None
        while verb is not None and verb.dep_ in ("xcomp", "conj") and verb.lemma_ not in _COMING | _PUT_IN:
            verb = verb.head
        if verb is None or verb.lemma_ not in _COMING | _PUT_IN or not _into_post(verb):
            continue
        heads = participants.patients(verb) if verb.lemma_ in _PUT_IN else participants.surface_subjects(verb)
        polarity, modality = factuality(verb, context.wording)
        people = [e for h in heads for e in context.arguments.entities(h, types=(PERSON,), spread=False)]
        others = {s.subject.id, s.object.id if s.object is not None else ""}
        if polarity == "positive" and len(people) == 1 and people[0].id not in others:
            yield make_statement(
                "succeeds", people[0], s.subject, verb, context, polarity="positive", modality=modality, source=None,
                role=s.role, topic="", rule="outcomes/after", confidence=0.65,
            )  # fmt: skip


def _after(context: Context, s: Statement) -> Token | None:
    """The verb or noun of a departure, where it hangs by "after" or "following" on something."""
    starts = context.doc.user_data["starts"]
    for token in spotted(context.doc, frozenset(("after", "following"))):
        if not s.evidence.start <= starts[token.i] < s.evidence.end:
            continue
        if token.dep_ == "mark":
            clause, top = token.head, token.head
        else:
            inside = [c for c in children(token) if c.dep_ in ("pobj", "pcomp")]
            clause, top = (inside[0], token) if inside else (token, token)
        if clause.text == s.evidence.trigger and top.head != top:
            return top
    return None


def _into_post(verb: Token) -> bool:
    if verb.lemma_ in _PUT_IN:
        return True
    if verb.lemma_ == "step":
        return any(c.lower_ in ("in", "up") for c in children(verb))
    if verb.lemma_ == "take":
        return any(c.lower_ in ("over", "office", "charge") for c in children(verb))
    if verb.lemma_ == "serve":
        return any(c.lower_ == "as" for c in children(verb))
    return any(c.dep_ == "attr" and not any(g.dep_ in ("relcl", "acl") for g in children(c)) for c in children(verb))
