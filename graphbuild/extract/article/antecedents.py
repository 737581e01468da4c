"""What "the proposal", "the provision" or "that deal" is, as the object of a stance: the policy that a stance before it in
the article was about."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import islice

from spacy.tokens import Doc

from graphbuild.extract.policy.policies import STANCES
from graphbuild.extract.policy.policy_labels import policy_entity, stance_phrase
from graphbuild.extract.syntax.grammar import children
from graphbuild.extract.syntax.phrases import is_headline
from graphbuild.model import Entity, Statement
from graphbuild.ontology import word_set
from graphbuild.wording import Wording

# These say nothing by themselves; where the article gives no antecedent, the statement is dropped.
_EMPTY = word_set("empty_policies")
_UNTOLD = word_set("untold_policies")


def _as_bill(measure: Entity) -> Entity:
    """ "The bill" of an article on "ID cards" is the ID cards bill."""
    words = measure.name.split()
    if len(words) > 3 or words[0].endswith("ing") or {"bill", "of", "to"} & {w.casefold() for w in words}:
        return measure
    return Entity(f"{measure.id}-bill", f"{measure.name} bill", measure.type)


# What they hold is what counts: "tabled an amendment" tells no policy, "called for an inquiry" does.
_FORMS = word_set("policy_forms")
_WHOLE_FORMS = frozenset("bill bills legislation package text document matter".split())
_MEASURES = frozenset("bill legislation law cut cuts change changes reform reforms resolution motion".split())
# In characters: how far back an antecedent may stand, of a noun and of a pronoun.
_NEAR, _AT_HAND = 1_500, 500


def with_antecedents(
    statements: Sequence[Statement], wording: Wording, measure: Entity | None = None
) -> list[Statement]:
    """The statements, each bare definite policy ("the proposal") under the wording of the last fitting one before it: of
    any policy for a word that says nothing by itself, else of one of its kind; where there is none it is the ``measure``
    that the article says was voted on."""
    told = [
        s for s in statements
        if s.relation in STANCES and s.object is not None and not _is_bare(s.object, wording)
        and not _OWN_POINTER.search(s.object.name) and not _OWNED.match(s.object.name)
    ]  # fmt: skip
    if measure is not None and _OWNED.match(measure.name):
        measure = None
    told_of_owner = [s for s in told if s.relation == "favours"]
    out = []
    for s in statements:
        if s.relation not in STANCES or s.object is None or not _is_bare(s.object, wording):
            owned = _OWNED.match(s.object.name) if s.object is not None and s.relation in STANCES else None
            out.append(_as_owner_told(s, owned[1], told_of_owner, told, wording) if owned else s)
            continue
        word = s.object.name.casefold()
        if word in _UNTOLD:
            continue
        text = s.evidence.text.casefold()
        if word in _FORMS and re.search(
            rf"\b(?:an?|another) {word}\b(?! (?:to|on|for|in|of|that|which|by|with)\b)", text
        ):
            continue  # "tabled an amendment" tells nothing of what it holds
        if (
            word != "it"
            and re.search(rf"\b{word}\b", text)
            and not re.search(
                rf"\b(?:the|this|that|these|those|such|his|her|their|its|whose|\w+['\u2019]s?) {word}\b", text
            )
        ):
            out += [s] if word not in _FORMS else []  # "legislation", "votes": something new
            continue
        before = [
            t for t in told
            if _stands_before(t, s, _AT_HAND if word == "it" else _NEAR) and t.object is not None
            and not (word == "provision" and _WHOLE.search(t.object.name))
        ]  # fmt: skip
        like = [t for t in before if t.object and not (wording.nouns_like(word) | {word}).isdisjoint(t.object.name.casefold().split())]  # fmt: skip
        if word not in _EMPTY:
            before = like or (before if word in _WHOLE_FORMS and measure is None else [])
        last = max(before, key=lambda t: (t.evidence.start, t.object.name if t.object else ""), default=None)
        if last is not None:
            out.append(replace(s, object=last.object))
        elif measure is not None and (
            word in _EMPTY | _MEASURES | _WHOLE_FORMS or word in measure.name.casefold().split()
        ):
            out.append(replace(s, object=_as_bill(measure) if word == "bill" else measure))
        elif word not in _EMPTY | _FORMS:
            out.append(s)
    return out


# What an article is about is told at its head.
_LEAD = 3
_NO_ISSUE = _EMPTY | _UNTOLD | frozenset("debate decision move push vote election war system bid strike poll talk meeting summit conference law order charge".split())  # fmt: skip


def at_issue(doc: Doc, wording: Wording) -> Entity | None:
    """The policy that an article opens with, under a telling name; None when its first sentences name none."""
    nouns = wording.words("policy_nouns") | {"ceasefire", "plebiscite", "recount", "expansion"}
    for sent in islice(doc.sents, _LEAD):
        for head in sent:
            if (
                head.pos_ not in ("NOUN", "PROPN")
                or head.lemma_.lower() not in nouns
                or head.lemma_.lower() in _NO_ISSUE
            ):
                continue
            if head.dep_ in ("compound", "nmod", "poss") or any(c.dep_ == "poss" for c in children(head)):
                continue
            told = is_headline(head) and head.i and doc[head.i - 1].pos_ in ("NOUN", "ADJ")
            policy = policy_entity(doc, head.i - 1, head.i, doc[head.i - 1 : head.i + 1].text) if told else stance_phrase(head, head)  # fmt: skip
            if policy is not None and 2 <= len(policy.name.split()) <= _LONGEST:
                return policy
    return None


_LONGEST = 9


def _stands_before(other: Statement, bare: Statement, reach: int) -> bool:
    """Whether another statement's policy is told before a bare one, in the same sentence by the place of its words."""
    at, start = other.evidence.start, bare.evidence.start
    if at != start or other.object is None or bare.object is None or other.subject.id == bare.subject.id:
        return start - reach < at < start
    text = bare.evidence.text
    return 0 <= text.find(other.object.name) < text.find(bare.evidence.trigger)


# What has provisions is none.
_WHOLE = re.compile(r"\b(?:bill|act|law|treaty|constitution)$", re.I)
# "Johnson's plans" are what Johnson favours.
_OWNED = re.compile(
    r"(?:(?:Mr|Mrs|Ms|Miss|Sir|Dr|President) )?(?:[\w.-]+ ){0,2}?([\w-]+?)(?:['\u2019]s|['\u2019]) (?:plans?|proposals?|scheme|polic(?:y|ies)|measures?|bill|amendments?|motion|legislation)$"
)
# No antecedent: its own wording points elsewhere.
_OWN_POINTER = re.compile(
    r"\b(?:it|them|this|that|these|those|the (?:group|law|bill|plan|measure|deal|company|party|move))$", re.I
)


def _as_owner_told(
    statement: Statement, owner: str, told_of_owner: Sequence[Statement], told: Sequence[Statement], wording: Wording
) -> Statement:
    """ "Lansley's bill" as what Lansley is said to favour, else as the bill that the article tells of."""
    own = [t for t in told_of_owner if t.subject.name.casefold().split()[-1:] == [owner.casefold()]]
    at = statement.evidence.start
    if not own:
        word = statement.object.name.casefold().split()[-1] if statement.object else ""
        kind = wording.nouns_like(word) | {word}
        own = [t for t in told if t.evidence.start < at and t.object and not kind.isdisjoint(t.object.name.casefold().split())]  # fmt: skip
    elif statement.subject.id == own[0].subject.id:
        return statement
    if not own:
        return statement
    best = min(own, key=lambda t: (t.evidence.start > at, abs(t.evidence.start - at)))
    return replace(statement, object=best.object)


def _is_bare(entity: Entity, wording: Wording) -> bool:
    word = entity.name.casefold()
    return word in _EMPTY or word in _UNTOLD or word in _FORMS or bool(wording.nouns_like(word))
