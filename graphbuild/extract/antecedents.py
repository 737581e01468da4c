"""What "the proposal", "the provision" or "that deal" is, as the object of a stance: the policy that a stance before it in
the article was about."""

import re
from collections.abc import Sequence
from dataclasses import replace

from graphbuild.extract.policies import STANCES
from graphbuild.model import Entity, Statement
from graphbuild.wording import Wording

# These say nothing by themselves; where the article gives no antecedent, the statement is dropped.
_EMPTY = frozenset("proposal proposals plan plans policy idea move measure measures provision scheme reforms".split())
_UNTOLD = frozenset(
    """policies ideas moves provisions step steps change changes approach reform strategy project system option options thing
    things action actions rule rules""".split()
)


def _as_bill(measure: Entity) -> Entity:
    """ "The bill" of an article on "ID cards" is the ID cards bill."""
    words = measure.name.split()
    if len(words) > 3 or words[0].endswith("ing") or {"bill", "of", "to"} & {w.casefold() for w in words}:
        return measure
    return Entity(f"{measure.id}-bill", f"{measure.name} bill", measure.type)


# What they hold is what counts: "tabled an amendment" tells no policy, "called for an inquiry" does.
_FORMS = frozenset("amendment motion bill resolution plan proposal policy measure compromise law".split())
_MEASURES = frozenset("bill legislation law cut cuts change changes reform reforms resolution motion".split())
# In characters: how far back an antecedent may stand.
_NEAR = 1_500


def with_antecedents(
    statements: Sequence[Statement], wording: Wording, measure: Entity | None = None
) -> list[Statement]:
    """The statements, each bare definite policy ("the proposal") under the wording of the last fitting one before it: of
    any policy for a word that says nothing by itself, else of one of its kind; where there is none it is the ``measure``
    that the article says was voted on."""
    told = [
        s for s in statements
        if s.relation in STANCES and s.object is not None and not _is_bare(s.object, wording)
        and not _POINTING.search(s.object.name)
    ]  # fmt: skip
    told_of_owner = [s for s in told if s.relation == "favours" and s.object and not _OWNED.match(s.object.name)]
    out = []
    for s in statements:
        if s.relation not in STANCES or s.object is None or not _is_bare(s.object, wording):
            owned = _OWNED.match(s.object.name) if s.object is not None and s.relation in STANCES else None
            out.append(_as_owner_told(s, owned[1], told_of_owner) if owned else s)
            continue
        word = s.object.name.casefold()
        if word in _UNTOLD:
            continue
        text = s.evidence.text.casefold()
        if word in _FORMS and re.search(
            rf"\b(?:an?|another) {word}\b(?! (?:to|on|for|in|of|that|which|by|with)\b)", text
        ):
            continue  # "tabled an amendment" tells nothing of what it holds
        if re.search(rf"\b{word}\b", text) and not re.search(
            rf"\b(?:the|this|that|these|those|such|his|her|their|its) {word}\b", text
        ):
            out.append(s)  # "an amendment", "legislation": something new
            continue
        before = [
            t for t in told
            if s.evidence.start - _NEAR < t.evidence.start < s.evidence.start and t.object is not None
            and (word in _EMPTY or not wording.nouns_like(word).isdisjoint(t.object.name.casefold().split()))
            and not (word == "provision" and _WHOLE.search(t.object.name))
        ]  # fmt: skip
        last = max(before, key=lambda t: (t.evidence.start, t.object.name if t.object else ""), default=None)
        if last is not None:
            out.append(replace(s, object=last.object))
        elif measure is not None and (word in _EMPTY | _MEASURES or word in measure.name.casefold().split()):
            out.append(replace(s, object=_as_bill(measure) if word == "bill" else measure))
        elif word not in _EMPTY:
            out.append(s)
    return out


# What has provisions is none.
_WHOLE = re.compile(r"\b(?:bill|act|law|treaty|constitution)$", re.I)
# "Johnson's plans" are what Johnson favours.
_OWNED = re.compile(
    r"(?:(?:Mr|Mrs|Ms|Miss|Sir|Dr|President) )?(?:[\w.-]+ ){0,2}?([\w-]+?)(?:['\u2019]s|['\u2019]) (?:plans?|proposals?|scheme|polic(?:y|ies)|measures?)$"
)
# No antecedent: its own wording points elsewhere.
_POINTING = re.compile(
    r"\b(?:it|them|this|that|these|those|the (?:group|law|bill|plan|measure|deal|company|party|move))$", re.I
)


def _as_owner_told(statement: Statement, owner: str, told: Sequence[Statement]) -> Statement:
    own = [t for t in told if t.subject.name.casefold().split()[-1:] == [owner.casefold()]]
    if not own or statement.subject.id == own[0].subject.id:
        return statement
    at = statement.evidence.start
    best = min(own, key=lambda t: (t.evidence.start > at, abs(t.evidence.start - at)))
    return replace(statement, object=best.object)


def _is_bare(entity: Entity, wording: Wording) -> bool:
    word = entity.name.casefold()
    return word in _EMPTY or word in _UNTOLD or bool(wording.nouns_like(word))
