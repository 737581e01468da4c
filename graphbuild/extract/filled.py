"""What a statement leaves open and the rest of the article fixes: the party that expelled, whom one succeeds, who appointed,
which post was given up, whose resignation is asked for."""

import re
from collections.abc import Sequence
from dataclasses import replace

from graphbuild.extract.posts.roles_text import post_entity
from graphbuild.model import PERSON, PHRASE, Entity, Statement
from graphbuild.ontology import word_set

# With one of these it is another post.
LESSER = frozenset("vice deputy shadow assistant acting".split())
SMALL = frozenset("a an the of for in on at to and his her their its with by from as".split())
# Words for a post or contest that leave open which.
_VAGUE = word_set("vague")
_POST_IN = re.compile(
    r"(?:(?:primary |party )?membership of|(?:posts?|positions?|roles?|jobs?|places?|seats?) (?:on|in|at|within|as)|"
    r"(?:post|position|role|job|office) of) (?:the )?(.+)$"
)
_TENURES = {
    "presidency": "president", "premiership": "(?:prime minister|premier)", "mayoralty": "mayor",
    "chief": "leader", "boss": "leader", "supremo": "leader",
}  # fmt: skip
_TENURE = re.compile(
    r"\b(leadership|chairmanship|speakership|governorship|chancellorship|presidency|premiership|mayoralty|chief|boss|supremo)(?:$| of)",
    re.IGNORECASE,
)
_SEAT_WORDS = frozenset("mp msp mep td mla senator representative congressman congresswoman member councillor".split())
_SEAT_SIGNS = frozenset("election elections re-election reelection term parliament congress seat constituency".split())
# Posts that one is elected to, where a bare "was elected" is all that is said; no minister is.
_ELECTIVE = re.compile(
    r"(?<!deputy )(?<!co-)\b(?:leader of (?!the (?:Opposition|House|Commons|Lords|Senate))|mayor\b|MP\b|MSP\b|MEP\b|senator\b|governor\b|"
    r"(?<!vice )president of the (?:United States|[A-Z])|congress(?:man|woman)|councillor\b)"
)
# How far back, in characters, "the resignation" may refer to a demand made before.
_NEAR = 1_000


def with_own_party(statement: Statement, statements: Sequence[Statement]) -> Statement:
    """Who lost "the whip" or was thrown out lost that of his party, or left it, where the article tells it."""
    if statement.relation not in ("suspended_by", "expelled_by") or statement.object is not None:
        return statement
    here = [s for s in statements if s.relation == "member_of" and s.object is not None]
    own = [s for s in here if s.subject.id == statement.subject.id]
    beside = {
        t.subject.id for t in statements
        if t.relation == statement.relation and t.evidence.start == statement.evidence.start
    }  # fmt: skip
    expelled = [s for s in statements if s.relation == "expelled_by" == statement.relation]
    same = [s for s in expelled if s.object and s.object.kind == "party"]
    found = {s.object.id: s.object for s in own or [s for s in here if s.subject.id in beside] or same if s.object}
    return replace(statement, object=next(iter(found.values()))) if len(found) == 1 else statement


def with_predecessor(statement: Statement, statements: Sequence[Statement]) -> Statement | None:
    """Whom somebody succeeds, where the sentence does not say: the one person whom the article has leave that post, or
    any post. (Whoever merely becomes minister follows nobody who leaves another ministry.)"""
    if statement.relation != "succeeds" or statement.object is not None:
        return statement
    becomes = statement.evidence.rule == "succeeds/become"
    left = {
        s.subject.id: s.subject for s in statements
        if s.relation in ("resigns_from", "" if becomes else "sacked_by") and s.polarity == "positive" and s.subject.type == PERSON
        and (s.object is None or s.object.id != statement.subject.id)
    }  # fmt: skip
    if statement.subject.id in left or any(
        s.relation == "succeeds" and s.object and s.subject.id == statement.subject.id for s in statements
    ):
        return None
    fitting = {
        s.subject.id: s.subject for s in statements
        if s.relation in ("holds_role", "resigns_from") and s.subject.id in left and s.object and _same_post(s.object.name, statement.role)
    }  # fmt: skip
    chosen = fitting or ({} if becomes else left)
    return replace(statement, object=next(iter(chosen.values()))) if len(chosen) == 1 else None


def _same_post(one: str, other: str) -> bool:
    """ "prime minister of Iceland" and "new prime minister", not "deputy prime minister"."""
    first, second = (frozenset(name.casefold().split()) - SMALL for name in (one, other))
    return (
        bool(first and second) and (first <= second or second <= first) and not (first ^ second) & LESSER - {"acting"}
    )


def with_agent(statement: Statement, statements: Sequence[Statement]) -> Statement:
    """Who appointed or sacked somebody where the sentence leaves it open: the one person who does so in the article,
    "Modi gave Shah the Home portfolio. Sitharaman gets Finance." """
    if statement.relation not in ("appointed_by", "sacked_by") or statement.object is not None:
        return statement
    told = [
        s for s in statements
        if s.relation in ("appointed_by", "sacked_by") and s.object is not None and s.polarity == "positive" and s.modality == "actual"
        and s.subject.id != statement.subject.id and abs(s.evidence.start - statement.evidence.start) < _NEAR
    ]  # fmt: skip
    found = {s.object.id: s.object for s in told if s.object is not None}
    agent = next(iter(found.values()), None)
    if len(found) != 1 or agent is None or agent.type != PERSON or agent.id == statement.subject.id:
        return statement
    return replace(statement, object=agent)


def with_post(statement: Statement, statements: Sequence[Statement], body: Entity | None) -> Statement:
    """A resignation whose post the sentence leaves open ("quit his post", "is to stand down") is from the post that the
    article gives the person, when it gives one that fits."""
    obj = statement.object
    if statement.relation not in ("resigns_from", "elected_to", "stands_for") or (
        obj is not None and obj.type != PHRASE
    ):
        return statement
    if statement.relation == "stands_for" and obj is None:
        return statement
    if obj is not None and statement.relation == "resigns_from" and (named := _named_post(statement, obj, statements)):
        return named
    words = (
        set(obj.name.casefold().split()) - {"party", "a", "labour", "tory", "conservative", "liberal", "democrat"}
        if obj
        else set()
    )
    if obj is not None and not words <= _VAGUE:
        return statement
    if obj is None and statement.relation == "resigns_from" and re.search(r"\bmembership\b", statement.evidence.text):
        own = {s.object.id: s.object for s in statements
               if s.relation == "member_of" and s.subject.id == statement.subject.id and s.object}  # fmt: skip
        return replace(statement, object=next(iter(own.values()))) if len(own) == 1 else statement
    posts = [
        s for s in statements
        if s.relation == "holds_role" and s.subject.id == statement.subject.id and s.object is not None and s.polarity == "positive"
        and not (statement.relation == "resigns_from" and statement.polarity == "negative" and _was_left(s))
    ]  # fmt: skip
    if not posts and statement.relation == "resigns_from":
        return _with_post_passed_on(statement, statements, body)
    if statement.relation != "resigns_from" and obj is not None and words & {"seat", "seats", "constituency"}:
        # "was elected to the seat", "lost her seat": the one that he is said to sit for
        posts = [s for s in posts if _SEAT_WORDS & set(s.object.name.casefold().split())]  # type: ignore[union-attr]
        words = set()
    if statement.relation == "elected_to" and obj is None:
        posts = [s for s in posts if _ELECTIVE.search(s.object.name)]  # type: ignore[union-attr]
    if statement.relation != "resigns_from" and obj is not None and words:
        posts = [s for s in posts if words & set(s.object.name.casefold().split())]  # type: ignore[union-attr]
    same_sentence = [s for s in posts if s.evidence.start == statement.evidence.start]
    chosen = [s for s in posts if words & set(s.object.name.casefold().split()) & _VAGUE] or same_sentence or posts  # type: ignore[union-attr]
    if "mp" in words and not any(_SEAT_WORDS & set(s.object.name.casefold().split()) for s in chosen if s.object):
        return statement
    ids = {s.object.id for s in chosen if s.object}
    if len(ids) == 1 or (obj is not None and chosen and words & {"mp", "leader", "chairman", "chair", "minister"}):
        best = max(chosen, key=lambda s: (len(s.object.name), s.object.name))  # type: ignore[union-attr]
        if "term" in words and best.object is not None:  # "ran for a second term": for the post held then
            return replace(statement, object=post_entity(re.sub(r"^(?:former |ex-)", "", best.object.name)))
        return replace(statement, object=best.object, role=best.object.name if best.object else "")
    if obj is None and statement.relation == "resigns_from" and posts:
        # "is to stand down at the next election" leaves a seat; "Prime Minister X, leader of Y, announced his
        # resignation" leaves the post that he is introduced with.
        seats = [s for s in posts if s.object and _SEAT_WORDS & set(s.object.name.casefold().split())]
        election = _SEAT_SIGNS & set(statement.evidence.text.casefold().replace(".", " ").replace(",", " ").split())
        # Who stays keeps the post that he is introduced with.
        stays = [s for s in posts if statement.polarity == "negative" and s.evidence.rule != "titles/nominal"]
        first = sorted(stays, key=lambda s: s.evidence.start)[:1]
        best_post = next(iter(seats if election and seats else [] if election else same_sentence or first), None)
        if best_post is not None and best_post.object is not None:
            return replace(statement, object=best_post.object, role=best_post.object.name)
    return statement


def _named_post(statement: Statement, obj: Entity, statements: Sequence[Statement]) -> Statement | None:
    """A resignation from a post named by another word: membership, "positions on", "the leadership"."""
    if obj.name.casefold().endswith("membership"):
        # "handed in his membership": of his party, where the article speaks of it
        parties = {e.id: e for s in statements for e in (s.subject, s.object) if e and e.kind == "party"}
        own = next((e for e in parties.values() if e.name == statement.subject.party), None)
        return replace(statement, object=own, role=obj.name) if own else statement
    if seat := re.match(r"member of (?:\S+ )?Parliament (for .+)", obj.name):
        return replace(statement, object=post_entity(f"MP {seat[1]}"))
    if inside := _POST_IN.match(obj.name):
        # "resigned from their positions on the shadow cabinet"
        return replace(statement, object=post_entity(inside[1]), role=obj.name)
    if tenure := _TENURE.search(obj.name):
        post = _TENURES.get(tenure[1].lower(), tenure[1].lower().removesuffix("ship"))
        held = [
            s.object for s in statements
            if s.relation == "holds_role" and s.subject.id == statement.subject.id and s.object
            and re.match(rf"(?:former )?{post}\b", s.object.name, re.IGNORECASE)
        ]  # fmt: skip
        if held:  # "vacated the Liberal leadership": as leader of the Liberals
            return replace(statement, object=max(held, key=lambda o: (len(o.name), o.name)), role=obj.name)
    return None


def _was_left(statement: Statement) -> bool:
    """Whether the evidence of a post calls it a former one."""
    post = re.escape(statement.object.name.split()[0]) if statement.object is not None else ""
    return bool(
        re.search(rf"\b(?:former|ex|onetime)[\s-]+(?:\S+\s){{0,2}}{post}\b", statement.evidence.text, re.IGNORECASE)
    )


def _with_post_passed_on(statement: Statement, statements: Sequence[Statement], body: Entity | None) -> Statement:
    """The post that the successor is said to take up, where the article gives the person who resigned none."""
    heirs = {
        s.subject.id for s in statements
        if s.relation == "succeeds" and s.object is not None and s.object.id == statement.subject.id and s.polarity == "positive"
    }  # fmt: skip
    taken = {
        s.object.id: s.object for s in statements
        if s.relation == "holds_role" and s.subject.id in heirs and s.object and s.evidence.rule == "titles/as"
    }  # fmt: skip
    told = re.escape(statement.evidence.trigger)
    if not taken and re.search(rf"\b(?:after|following|since)\b.*\b{told}\b", statement.evidence.text):
        # "was security adviser after Flynn's resignation"
        taken = {
            s.object.id: s.object for s in statements
            if s.relation == "holds_role" and s.object and s.evidence.start == statement.evidence.start
        }  # fmt: skip
    found = next(iter(taken.values())) if len(taken) == 1 else body if statement.polarity == "positive" else None
    return replace(statement, object=found, role=found.name) if found is not None else statement


def with_target(statement: Statement, statements: Sequence[Statement]) -> Statement | None:
    """Whose resignation is asked for, when the sentence does not say: that of the demand made last before it."""
    if statement.relation != "calls_to_resign" or statement.object is not None:
        return statement
    at = statement.evidence.start
    demands = [s for s in statements if s.relation == "calls_to_resign" and s.object is not None]
    before = [s for s in demands if at - _NEAR < s.evidence.start < at]
    last = max(before, key=lambda s: s.evidence.start, default=None)
    if last is None or last.object is None or last.object.id == statement.subject.id:
        return None
    return replace(statement, object=last.object)
