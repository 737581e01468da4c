"""Which contest an object means: a party's nomination under its many names, "the race" that the article tells, and
candidacies given up."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from graphbuild.extract.elections.field import PRESIDENT, contest_entity, is_nomination, primary_label
from graphbuild.extract.posts.roles_text import role_words, with_article
from graphbuild.model import GROUP, PERSON, PHRASE, Entity, Statement
from graphbuild.ontology import Ontology

PARTY_WORDS = {"GOP": "Republican", "G.O.P.": "Republican", "Democrats": "Democratic", "Republicans": "Republican"}


def of_the_other_party(person: Entity, label: str) -> bool:
    """Nobody runs for another party's nomination."""
    return {person.party.split(" ")[0], label.split(" ")[0]} == {"Democratic", "Republican"}


def leadership_of(party: str, data: Mapping[str, Any]) -> str:
    """ "leader of the Labour Party", "leader of Fine Gael"; ``data`` is the wording's."""
    return f"leader of {with_article(role_words(data['roles']), party)}"


def of_another_party(person: Entity, label: str) -> bool:
    """Nobody runs for the leadership of a party that is not his."""
    led = label.removeprefix("leader of ").removeprefix("the ")
    return led != label and bool(person.party) and led != person.party.removeprefix("the ")


def american(person: Entity) -> str:
    party = person.party.split(" ")[0]
    return party if party in ("Democratic", "Republican") else ""


_UNGIVEN = re.compile(r"supports/(?:have|win|gain|maintain|receive|secure|earn|get|attract|garner)")


def tells_nothing(s: Statement) -> bool:
    """Support of "a super PAC" of no name, and that a group of people has not endorsed somebody yet."""
    if s.relation != "supports":
        return False
    unnamed = s.subject.name == "PAC" or (s.object is not None and s.object.name == "PAC")
    return unnamed or (s.polarity == "negative" and s.subject.type == GROUP and bool(_UNGIVEN.match(s.evidence.rule)))


_BOWING = re.compile(r"resigns_from/(?:quit|bow-out|step-aside|walk-away|exit|departure)")


def bowed_out(found: Sequence[Statement]) -> list[Statement]:
    """A candidate who "would quit", with nothing said of what, quits the contest."""
    runs = {s.subject.id: s for s in found if s.relation == "stands_for" and s.object is not None}
    return [
        replace(s, relation="stands_for", object=runs[s.subject.id].object, role="",
                polarity="negative" if s.polarity == "positive" else "positive")
        if s.relation == "resigns_from" and s.object is None and s.subject.id in runs and _BOWING.match(s.evidence.rule)
        else s
        for s in found
    ]  # fmt: skip


_PRESIDENTIAL = re.compile(
    r"(?:[a-z]\S+ )*(?P<party>Democratic|Democrats|Republican|Republicans|GOP|G\.O\.P\.)(?:['’]s?)?(?: Party(?:['’]s)?)?(?: presidential nomination"
    r"| nomination for (?:the )?(?:president|presidency)(?: of the United States)?)(?: of the United States)?"
)


# Ways of naming the presidency, and a party's nomination, by the contest.
_PRESIDENCY = re.compile(
    r"(?:the )?(?:(?:19|20)\d\d |last |next |this year['’]s )*(?:U\.?S\.? )?(?:presidential (?:race|election|contest|bid|run)"
    r"|(?:race|run|bid|contest|campaign) for (?:the )?(?:White House|(?:U\.?S\.? )?presidency)|White House(?: race| bid| run)?|presidency)"
    r"(?: (?:in|of) (?:19|20)\d\d)?"
)
_PARTYS_RACE = re.compile(
    r"(?:the )?(?:(?:19|20)\d\d )?(?P<party>Democratic|Republican|GOP)(?: presidential)? (?:race|field)"
)


_OWN_PARTY = re.compile(
    r"(?:\w+ )?(?:(?:his|her|their|own|major|the) )*(?:party(?:['’]s)? )?(?:presidential )?(?:nomination|nominee)(?: for president)?|"
    r"(?:likely |presum\w+ |eventual )?(?P<party>Democratic|Republican|GOP) (?:presidential )?nominee"
)


def _nominations_alike(statement: Statement, presidential: bool) -> Statement:
    """ "the GOP presidential nomination" and "the Republican nomination for president" are one contest, and so is "her
    party's nomination" where the article is about the presidency."""
    if statement.relation not in ("stands_for", "elected_to") or statement.object is None:
        return statement
    name = re.sub(r"^20\d\d ", "", statement.object.name)
    named = _PRESIDENTIAL.fullmatch(name)
    if named is None and presidential:
        named = _PARTYS_RACE.fullmatch(name)
    if named is None and _PRESIDENCY.fullmatch(statement.object.name) and statement.subject.type == PERSON:
        return replace(statement, object=contest_entity(PRESIDENT))
    if named is None and presidential and (own := _OWN_PARTY.fullmatch(name)):
        party = american(statement.subject) or (own["party"] or "").replace("GOP", "Republican")
        if party and not (own["party"] and of_the_other_party(statement.subject, own["party"])):
            return replace(statement, object=contest_entity(primary_label(party)))
    if named is None:
        return statement
    party = PARTY_WORDS.get(named["party"], named["party"])
    return replace(statement, object=contest_entity(primary_label(party)))


def alike(statements: Sequence[Statement]) -> list[Statement]:
    presidential = any(
        s.object is not None and (s.object.name == PRESIDENT or is_nomination(s.object.name) or _PRESIDENTIAL.fullmatch(s.object.name))
        for s in statements if s.relation == "stands_for"
    )  # fmt: skip
    return [_nominations_alike(s, presidential) for s in statements]


_ANYBODYS = frozenset(
    "own presidential longshot long-shot failed unsuccessful quixotic insurgent independent second third".split()
)


# For whom, not for what, one stands: "ran for Labour", "stood as an independent".
_COLOURS = frozenset(
    "labour conservatives tories conservative tory independent ukip snp dup greens green plaid candidate party".split()
)


# "Labour's candidate in Dover" tells a seat, "a third-party candidate" none.
_CANDIDACY = re.compile(
    r"(?:.*[ -])?(?:candidate|nominee|bearer|hopeful|independent)(?: (?:in|at) the (?:next |coming |general |snap )*election)?(?: (?:in|for|at) (?:the )?(?P<seat>(?:[A-Z]|mayor|governor|president|senator|leader|speaker).*))?",
    re.DOTALL,
)


_TO_FOLLOW = re.compile(r"(?:race|contest|battle|fight|bid|campaign|ballot) to (?:succeed|replace|follow) ")
SEAT_HELD = re.compile(r"(?:MP|MSP|MS|TD|MLA|member|MPP|representative) for .")
_BARE_SEAT = re.compile(r"(?:(?:the|his|her|own|old) )*(?:seat|constituency|electorate|riding|division|district)")


def name_open_contests(
    statements: Sequence[Statement], ontology: Ontology, standing: Mapping[str, frozenset[str]]
) -> list[Statement]:
    """Replace an object that leaves the contest open ("the race", "the nomination") by the contest that the person is or
    was lately ``standing`` in (contest -> ids of people), or by the one contest of the article."""
    open_nouns = frozenset(ontology.wording.data["contests"]["open_nouns"])

    def is_open(entity: Entity) -> bool:
        words = set(entity.name.casefold().split())
        if _TO_FOLLOW.match(entity.name):
            return True
        if words and words <= _COLOURS:
            return True
        if (named := _CANDIDACY.fullmatch(entity.name)) is not None and not named["seat"]:
            return True
        return words <= open_nouns | _ANYBODYS and bool(words & open_nouns)

    statements = [_at_seat(s) for s in alike(statements)]
    told = [s for s in statements if s.relation == "stands_for" and s.object and not is_open(s.object)]

    seats = {
        s.subject.id: s.object for s in statements
        if s.relation == "holds_role" and s.object and SEAT_HELD.match(s.object.name)
    }  # fmt: skip

    vacant = _vacancies(statements)
    held = _posts_held(statements)

    def contest_of(statement: Statement) -> Entity | None:
        """What the same person stands for elsewhere in the article, else the one contest that it tells of, else the one
        post that falls vacant in it."""
        person = statement.subject
        if statement.object and _BARE_SEAT.fullmatch(statement.object.name) and person.id in seats:
            return contest_entity(seats[person.id].name)
        if statement.object and _OWN_POST.fullmatch(statement.object.name) and len(held.get(person.id, ())) == 1:
            return contest_entity(*held[person.id])
        own = {s.object.name: s.object for s in told if s.object and s.subject.id == statement.subject.id}
        named = {
            s.object.name: s.object for s in told
            if s.object and s.evidence.rule.startswith("contests/") and not of_the_other_party(statement.subject, s.object.name)
        }  # fmt: skip
        if statement.object is not None and statement.object.name.casefold().endswith(("leadership", "leader")):
            named = {k: v for k, v in named.items() if "leader" in k}
        for found in (own, {k: v for k, v in named.items() if k != "president"} or named):
            if len(found) == 1:
                return next(iter(found.values()))
        entered = [contest for contest, people in standing.items() if person.id in people]
        if len(entered) == 1 and statement.relation == "stands_for":
            return contest_entity(entered[0])
        open_to = [post for post in vacant if not of_another_party(person, post)]
        if statement.object is not None and re.search(r"\b(?:candidate|seat|constituency)\b", statement.object.name):
            return None  # "the Conservative candidate" stands for a seat
        if named or len(open_to) != 1 or (statement.polarity == "positive" and open_to[0] in held.get(person.id, ())):
            return None
        return contest_entity(open_to[0])

    out = []
    for s in statements:
        if (
            s.relation in ("stands_for", "elected_to")
            and (
                s.object is None
                or (s.object.type == PHRASE and (is_open(s.object) or _BARE_SEAT.fullmatch(s.object.name)))
            )
            and (s.object is not None or s.relation == "stands_for")
            and (contest := contest_of(s)) is not None
        ):
            s = replace(s, object=contest)
        elif (
            s.relation == "stands_for" and s.object and is_open(s.object) and "presidential" in s.object.name.casefold()
        ):
            s = replace(s, object=contest_entity(PRESIDENT))  # "dropped her own presidential bid"
        elif s.relation == "stands_for" and s.object and s.object.name.casefold() in _COLOURS | _NOTHING:
            s = replace(s, object=None)  # for what, only other results may tell: outcomes.py
        out.append(s)
    return _withdrawn(out)


# Posts that are contested by candidates; a minister's is given.
_ELECTIVE = re.compile(
    r"(?:deputy )?leader of |speaker of |(?:party )?(?:president|chair\w*) of the .*(?:Party|Congress|Democrats)|general secretary of "
    r"|(?:mayor|governor|premier|police and crime commissioner) of |(?:House|Senate) .*(?:leader|whip|chair)"
)
_OWN_POST = re.compile(r"(?:(?:the|his|her|their|own|old|former) )*(?:job|post|office|position|role)")


_NOTHING = frozenset(
    "running race contest bid campaign candidacy candidature run ballot ticket primary election".split()
)


def _vacancies(statements: Sequence[Statement]) -> list[str]:
    """The posts that somebody gives up, loses or is to lose in the article; where there is none, the leaderships of
    parties that it names, which "a bid" or "the race" is then for."""
    posts = {
        s.object.name for s in statements
        if s.relation in ("resigns_from", "elected_to") and s.object is not None and _ELECTIVE.match(s.object.name)
    }  # fmt: skip
    leaving = {s.subject.id for s in statements if s.relation in ("resigns_from", "sacked_by") and s.object is None}
    leaving |= {
        s.object.id for s in statements if s.relation in ("succeeds", "calls_to_resign", "challenges") and s.object
    }
    held = _posts_held(statements)
    posts |= {post for person in leaving for post in held.get(person, ()) if _ELECTIVE.match(post)}
    return sorted(posts or {post for own in held.values() for post in own if post.startswith("leader of ")})


def _posts_held(statements: Sequence[Statement]) -> dict[str, set[str]]:
    """Person -> the posts that the article gives him, seats left out."""
    held: dict[str, set[str]] = {}
    for s in statements:
        if s.relation == "holds_role" and s.object is not None and not SEAT_HELD.match(s.object.name):
            held.setdefault(s.subject.id, set()).add(s.object.name)
    return held


_TERM = re.compile(r"^(?:a |an |his |her |their )?(?:[\w-]+ ){0,3}term as (?:the )?(?=\w)")
_FOR_PARTY = re.compile(r"^(.+ (?:seat|constituency|by-election)) for (?:the )?[A-Z].*$")


def _at_seat(s: Statement) -> Statement:
    """ "Labour's candidate in Dover" stands for Dover, who seeks "a third term as mayor" for mayor."""
    if s.relation != "stands_for" or s.object is None or s.object.type != PHRASE:
        return s
    if (plain := _TERM.sub("", _FOR_PARTY.sub(r"\1", s.object.name))) != s.object.name and plain:
        return replace(s, object=contest_entity(plain))
    named = _CANDIDACY.fullmatch(s.object.name)
    return replace(s, object=contest_entity(named["seat"])) if named is not None and named["seat"] else s


_RUNNING = re.compile(
    r"(?:contests|stands_for)/(?:campaign|bid|run|candidacy|candidature|field|effort|attempt|stay|remain)"
)


def _withdrawn(statements: Sequence[Statement]) -> list[Statement]:
    """Who has given up a candidacy does not stand by virtue of "his campaign"."""
    given_up = {
        (s.subject.id, s.object.name) for s in statements
        if s.relation == "stands_for" and s.polarity == "negative" and s.modality == "actual" and s.object
    }  # fmt: skip
    return [
        s for s in statements
        if not (
            s.relation == "stands_for" and s.polarity == "positive" and s.object and _RUNNING.match(s.evidence.rule)
            and (s.subject.id, s.object.name) in given_up
        )
    ]  # fmt: skip
