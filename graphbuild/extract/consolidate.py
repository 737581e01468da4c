"""Rules between the statements of one article: one expression gives one most specific relation, what is left open is
filled from the article where it fixes it (filled.py), and the same statement from one sentence is said once."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from graphbuild.extract.article.antecedents import with_antecedents
from graphbuild.extract.filled import (
    LESSER,
    SMALL,
    with_agent,
    with_own_party,
    with_post,
    with_predecessor,
    with_target,
)
from graphbuild.model import GROUP, PERSON, PHRASE, Entity, Statement
from graphbuild.ontology import Ontology, word_set

# In one sentence the first swallows the second for the same pair of actors.
_SWALLOWS = {
    "accuses": ("criticises", "denies_claim_of"),
    "denies_claim_of": ("criticises",),
    "calls_to_resign": ("urges", "challenges"),
    "challenges": ("succeeds",),
    "urges": ("warns",),
    "expelled_by": ("sacked_by", "suspended_by"),
    "suspended_by": ("sacked_by",),
    "supports": ("praises",),
    "defeats": ("sacked_by", "criticises"),
    "joins": ("supports",),
}  # fmt: skip


def consolidate(
    statements: Sequence[Statement], ontology: Ontology, body: Entity | None = None, measure: Entity | None = None
) -> Iterator[Statement]:
    """The statements that hold together, sorted by place in the text. ``body`` is what the article says people are
    leaving ("a spate of resignations from the shadow cabinet"), ``measure`` what it says was voted on."""
    kept = _without_own_party(_most_specific(with_antecedents(statements, ontology.wording, measure)))
    kept = [filled for s in kept if (filled := with_predecessor(s, kept)) is not None]
    kept = [with_post(s, kept, body) for s in kept]
    kept = [  # "MPs who resigned", of whom nobody is told what they left
        s for s in kept
        if s.relation != "resigns_from" or s.subject.type != GROUP or s.object is not None
    ]  # fmt: skip
    kept = _where_named([with_agent(with_own_party(s, kept), kept) for s in _without_demanded(kept)])
    quitters = {s.subject.id for s in kept if _quits_party(s)}
    kept = [s for s in kept if s.evidence.rule != "leaves/join" or s.subject.id not in quitters]
    kept += list(_left_behind(kept))
    kept = [filled for s in kept if (filled := with_target(s, kept)) is not None]
    kept = [s for s in _firmest(_named_before_groups(kept)) if not tells_no_contest(s)]
    kept = _one_presidency(_one_stance(_fullest_phrases(kept)))
    best: dict[tuple[str, ...], Statement] = {}
    for s in kept:
        key = (s.id, str(s.evidence.start))
        if key not in best or best[key].evidence.confidence < s.evidence.confidence:
            best[key] = s
    yield from sorted(best.values(), key=lambda s: (s.evidence.start, s.relation, s.subject.id, s.id))


def _without_demanded(statements: Sequence[Statement]) -> list[Statement]:
    """ "demanded that Hogan be fired", "suggested that he make way": the demand is the statement, no sacking or going."""
    demanded = {
        (s.evidence.start, s.object.id) for s in statements
        if s.relation == "calls_to_resign" and s.polarity == "positive" and s.object is not None
    }  # fmt: skip
    return [
        s for s in statements
        if s.relation not in ("sacked_by", "resigns_from") or s.modality == "actual" or s.polarity == "negative"
        or (s.evidence.start, s.subject.id) not in demanded
    ]  # fmt: skip


def _quits_party(statement: Statement) -> bool:
    quits = statement.relation == "resigns_from" and statement.polarity == "positive"
    return quits and statement.object is not None and statement.object.kind == "party"


def _left_behind(statements: Sequence[Statement]) -> Iterator[Statement]:
    """Who joins a party leaves the one that the article has him in."""
    moved = {s.subject.id for s in statements if s.relation in ("leaves", "expelled_by") or _quits_party(s)}
    for s in statements:
        if s.relation != "joins" or s.object is None or s.object.kind != "party" or s.subject.id in moved:
            continue
        own = {
            t.object.id: t.object for t in statements
            if t.relation == "member_of" and t.subject.id == s.subject.id and t.object and t.object.kind == "party"
        }  # fmt: skip
        own.pop(s.object.id, None)
        if len(own) == 1 and s.polarity == "positive":
            evidence = replace(s.evidence, rule="leaves/join", confidence=0.8 * s.evidence.confidence)
            yield replace(s, relation="leaves", object=next(iter(own.values())), evidence=evidence)


def _most_specific(statements: list[Statement]) -> list[Statement]:
    def pair(s: Statement) -> tuple[int, str, str]:
        return s.evidence.start, s.subject.id, s.object.id if s.object else ""

    by_sentence: dict[tuple[int, str, str], set[str]] = defaultdict(set)
    for s in statements:
        by_sentence[pair(s)].add(s.relation)
    swallowed = {
        (key, weak) for key, relations in by_sentence.items() for r in relations for weak in _SWALLOWS.get(r, ())
    }
    told = {(pair(s), s.evidence.trigger) for s in statements if s.relation in _SWALLOWS}

    def is_told(s: Statement) -> bool:
        if (pair(s), s.relation) not in swallowed:
            return True
        # "accused her of lying and condemned her conduct" is two deeds
        apart = s.evidence.rule.startswith(("criticises/", "praises/")) and s.evidence.trigger.endswith(("ed", "ing"))
        apart = apart and (pair(s), s.evidence.trigger) not in told
        return apart and by_sentence[pair(s)].isdisjoint({"denies_claim_of", "defeats"})

    out = [s for s in statements if is_told(s)]
    # "refused to back a ceasefire" is opposition, not also a favour withheld.
    opposed = {(s.subject.id, s.object.id if s.object else "") for s in out if s.relation == "opposes"}
    withheld = [s for s in out if s.relation == "favours" and s.polarity == "negative" and s.object]
    lost = {id(s) for s in withheld if s.object and (s.subject.id, s.object.id) in opposed}
    out = [s for s in out if id(s) not in lost]
    # "was thrown out of the ANC" is no sacking besides.
    thrown = {s.subject.id for s in out if s.relation == "expelled_by" and s.object is not None}
    suspended = {(s.subject.id, s.evidence.start) for s in out if s.relation == "suspended_by" and s.object is not None}
    out = [
        s for s in out
        if s.relation != "sacked_by" or s.object is not None
        or (s.subject.id not in thrown and (s.subject.id, s.evidence.start) not in suspended)
    ]  # fmt: skip
    return _where_named(out)


def _where_named(statements: list[Statement]) -> list[Statement]:
    """Where an agent or a post is named, the same event without one adds nothing."""
    named = {(s.subject.id, s.relation, s.polarity) for s in statements if s.object is not None}
    return [s for s in statements if s.object is not None or (s.subject.id, s.relation, s.polarity) not in named]


def _without_own_party(statements: list[Statement]) -> list[Statement]:
    """Words about a party are no criticism by a rival where the article has the speaker in that party."""
    own: dict[str, str] = defaultdict(str)
    for s in statements:
        if s.relation in ("member_of", "holds_role") and s.object is not None:
            own[s.subject.id] += f"|{s.object.name}"
    return [
        s for s in statements
        if s.evidence.rule != "evaluation/rival" or s.object is None or s.object.name not in own[s.subject.id]
    ]  # fmt: skip


def _one_stance(statements: list[Statement]) -> list[Statement]:
    """One sentence gives one stance on one thing: a demand for a ceasefire is no favour besides, and "pledged to push for
    an amendment" is a pledge."""

    def words(s: Statement) -> frozenset[str]:
        return frozenset(s.object.name.casefold().split()) - SMALL if s.object is not None else frozenset()

    stances = [s for s in statements if s.relation in ("favours", "calls_for", "opposes") and s.object is not None]
    lost = set()
    for s in stances:
        for other in stances:
            same = s.subject.id == other.subject.id and s.evidence.start == other.evidence.start
            if same and s.relation == "opposes" and other.relation == "favours" and words(s) < words(other):
                lost.add(id(other))  # who wants to stop the bill opposes it
            less = words(s) < words(other) or (words(s) == words(other) and s.relation == "favours")
            if same and less and s.relation != other.relation and "opposes" not in (s.relation, other.relation):
                lost.add(id(s))
    return [s for s in statements if id(s) not in lost]


_PRESIDENCY = re.compile(
    r"president|(?:\w+ )?(?:presidential )?nomination(?: for president)?|(?:the )?(?:White House|presidential) (?:race|contest|bid|campaign|election|run)"
    r"|\w+ nominee\b.*"
)


def _one_presidency(statements: list[Statement]) -> list[Statement]:
    """Who runs for president runs in one contest of an article: the one that it is told to be in most often, where the
    others are inferred ("Clinton's campaign") or leave open which ("the White House race")."""
    runs: dict[str, list[Statement]] = defaultdict(list)
    for s in statements:
        stands = s.relation == "stands_for" and s.polarity == "positive"
        if stands and s.object and _PRESIDENCY.fullmatch(s.object.name):
            runs[s.subject.id].append(s)
    lost = set()
    for told in runs.values():
        named = Counter(
            s.object.id
            for s in told
            if s.object and (s.object.name == "president" or "nomination" in s.object.name.split())
        )
        best = max(named, key=lambda key: (named[key], key), default=None)
        for s in told:
            inferred = s.evidence.rule.startswith("contests/") or (s.object and s.object.id not in named)
            if best is not None and s.object and s.object.id != best and inferred:
                lost.add(id(s))
    return [s for s in statements if id(s) not in lost]


def _fullest_phrases(statements: list[Statement]) -> list[Statement]:
    """One actor's posts, seats and policies under their fullest wording: "co-leader" and "co-leader of the Green Party"
    are one resignation."""
    phrases: dict[tuple[str, str], dict[str, Entity]] = defaultdict(dict)
    for s in statements:
        if s.object is not None and s.object.type == PHRASE and s.relation not in ("holds_role", "member_of"):
            phrases[s.subject.id, s.relation][s.object.id] = s.object

    def words(entity: Entity) -> frozenset[str]:
        return frozenset(entity.name.casefold().replace("-", " ").split()) - SMALL

    fuller: dict[tuple[str, str, str], Entity] = {}
    for (subject, relation), objects in phrases.items():
        for given in objects.values():
            wider = [
                o for o in objects.values()
                if words(given) <= words(o) and len(words(o)) <= 8 and not (words(o) - words(given)) & LESSER
            ]  # fmt: skip
            if relation in ("favours", "opposes", "calls_for"):
                # "a ceasefire", then "a ceasefire in Gaza"; not "Brexit", then "tear up the Brexit deal"
                wider = [o for o in wider if _opens_or_ends(o.name, given.name)]
            best = max(wider, key=lambda o: (len(words(o)), o.id), default=given)
            if words(given):
                fuller[subject, relation, given.id] = best
    return [
        replace(s, object=fuller[s.subject.id, s.relation, s.object.id])
        if s.object is not None and (s.subject.id, s.relation, s.object.id) in fuller
        else s
        for s in statements
    ]


def _opens_or_ends(name: str, part: str) -> bool:
    name, part = name.casefold(), part.casefold()
    return name.startswith(part) or name.endswith(part)


_LOSING = word_set("losing_relations")


def _named_before_groups(statements: list[Statement]) -> list[Statement]:
    """Drop what a group does where names carry it ("two MPs" beside "Wilson-Raybould and Philpott")."""
    by_subject: set[tuple[str, str]] = set()
    by_object: set[tuple[str, str]] = set()
    for s in statements:
        if s.object is not None and s.polarity == "positive":
            if s.subject.type == PERSON:
                by_subject.add((s.relation, s.object.id))
            if s.object.type == PERSON:
                by_object.add((s.relation, s.subject.id))

    def covered(s: Statement) -> bool:
        if s.relation not in _LOSING or s.object is None:
            return False
        return (
            s.subject.type == GROUP
            and (s.relation, s.object.id) in by_subject
            and s.relation not in ("calls_for", "meets", "urges", "calls_to_resign")
        ) or (s.object.type == GROUP and (s.relation, s.subject.id) in by_object)

    return [s for s in statements if not covered(s)]


# "Stood in the election", "won the seat": a contest that the article never names.
_OPEN = word_set("open")


# "The Nov. 8 election", "22 states", "the nation's largest state": when or how many, not which.
_WHEN = word_set("when")


def tells_no_contest(statement: Statement) -> bool:
    """Whether a candidacy or a result leaves open which contest it is about."""
    if statement.relation not in ("stands_for", "elected_to"):
        return False
    if statement.object is None:
        return True
    words = {w.strip(".,") for w in statement.object.name.casefold().split()}
    return {w for w in words if not w.isdigit()} <= _OPEN | _WHEN


def _firmest(statements: list[Statement]) -> list[Statement]:
    """Of the same statement told as fact and as plan, rumour or possibility the fact stays."""
    told = {
        (s.subject.id, s.relation, s.object.id if s.object else "", s.polarity)
        for s in statements if s.modality == "actual" and s.source is None
    }  # fmt: skip
    return [
        s for s in statements
        if (s.modality == "actual" and s.source is None)
        or (s.subject.id, s.relation, s.object.id if s.object else "", s.polarity) not in told
    ]  # fmt: skip
