"""Patterns whose object is a phrase: a policy that somebody is for or against, a post or seat that he takes, holds or
leaves."""

import re
from collections.abc import Iterator, Sequence

from spacy.tokens import Token

from graphbuild.extract.article.context import Context
from graphbuild.extract.article.statements import assemble
from graphbuild.extract.elections.seats import no_seat
from graphbuild.extract.patterns.slots import slot_heads
from graphbuild.extract.policy.enactments import enacted
from graphbuild.extract.policy.policies import (
    CONTRARY,
    FATES,
    FOR_IT,
    ON_PLEDGES,
    STANCES,
    UNDERGONE,
    clause_objects,
    has_content,
    meant,
    money_for,
    proposed_clauses,
    purposes,
)
from graphbuild.extract.policy.policy_labels import AT_ISSUE, policy_id, stance_phrase, to_end
from graphbuild.extract.syntax import grammar, light_verbs, participants
from graphbuild.extract.syntax.grammar import children
from graphbuild.extract.syntax.phrases import (
    bare_list,
    fullest,
    joint_portfolio,
    phrase_entity,
    phrase_text,
    seat_name,
    second_place,
)
from graphbuild.model import GROUP, ORGANISATION, PERSON, PHRASE, Entity, Statement
from graphbuild.ontology import word_set
from graphbuild.wording import Pattern


def _phrase_heads(pattern: Pattern, token: Token, clause: Token | None, context: Context) -> list[Token]:
    people = context.wording.words("people_nouns")
    for name in pattern.object:
        if name == "clause" and clause is None:
            heads = [
                h for h in (proposed_clauses(token) if pattern.relation in STANCES else [])
                if h.lemma_ != "be" and h.lemma_.lower() not in pattern.not_clause
            ]  # fmt: skip
            heads += [
                c for c in light_verbs.complements(token)
                if c.tag_ == "VB" and c.i > token.i and c.lemma_.lower() not in pattern.not_clause and c not in heads
                and any(g.dep_ == "aux" and g.lower_ == "to" for g in children(c))
            ]  # fmt: skip
        elif name == "obj":
            through = (
                grammar.prepositional(token, pattern.particle) if pattern.particle and token.dep_ == "relcl" else []
            )
            heads = through or grammar.own_objects(token)
            if pattern.relation in STANCES:
                heads = clause_objects(token) or heads
        else:
            heads = slot_heads(pattern, name, token, clause)
            if (
                not heads and pattern.kind == "verb" and grammar.is_passive(token)
            ):  # "calls for an inquiry were rejected by"
                heads = [h for c in children(token) if c.dep_ == "nsubjpass" for h in grammar.prepositional(c, name)]
        if pattern.relation in STANCES:
            heads = [meant(h, token) for h in heads]
            if token.pos_ == "VERB" and token.lemma_ not in ON_PLEDGES:
                heads = [h for h in heads if not (h.pos_ == "VERB" and h.dep_ == "acl" and h.head.dep_ == "pobj")]
        if name == "as" and pattern.relation == "resigns_from":  # "quit as Zille's return tore the party apart"
            heads = [
                h for h in heads if h.lemma_ in people or not any(c.dep_ == "poss" and c.ent_type_ for c in children(h))
            ]
        heads = [
            h for h in heads if not _no_phrase(h) or (pattern.relation in STANCES and (money_for(h) or h.lower_ in _POINTING))
        ]  # fmt: skip
        if token.lemma_.lower() in _FOES:
            heads = [h for h in heads if h.pos_ != "PROPN" or enacted(h) or h.text.isupper()]
        if pattern.relation == "elected_to" and name == "clause_role":
            # "the first challenger to unseat an incumbent" is no post
            heads = [h for h in heads if not any(c.dep_ in ("acl", "relcl") and c.tag_ == "VB" for c in children(h))]
        if name in ("seat", "seat_obj", "clause_seat"):
            heads = [h for h in heads if not no_seat(h, context)]
        if heads and pattern.relation not in _NAMED_OBJECTS:
            # Of "more police, cleaner hospitals and lower taxes" what follows the people is a policy still.
            whole = pattern.relation == "favours"
            told = [next((c for c in (grammar.conjuncts(h) if whole and h.pos_ == "NOUN" else [h]) if _names_nobody(c, people)), None) for h in heads]  # fmt: skip
            heads = [h for h in told if h is not None]
        if heads:
            return heads
    return []


def _names_nobody(head: Token, people: frozenset[str]) -> bool:
    """Whether a head is neither people nor an actor's name."""
    proper = head.pos_ == "PROPN" and (head.ent_type_ in ("ORG", "FAC") or (head.ent_type_ in ("GPE", "LOC") and not _wished_for(head)))  # fmt: skip
    return (
        head.lemma_.lower() not in people
        and head.text[0] != "@"
        and (enacted(head) or not (proper or head.ent_type_ in ("PERSON", "NORP")))
    )


def _wished_for(head: Token) -> bool:
    """Whether a name is no actor but a policy: a law's, or that of a country as it is to be ("a united Ireland")."""
    place = head.ent_type_ in ("GPE", "LOC") and any(c.dep_ == "amod" for c in children(head))
    return enacted(head) or (place and any(c.dep_ == "det" and c.lower_ in ("a", "an") for c in children(head)))


def _no_phrase(head: Token) -> bool:
    if head.pos_ in ("VERB", "AUX") and head.dep_ == "pcomp" and head.head.lower_ in ("from", "as", "of", "in"):
        return not (head.head.lower_ in ("of", "in") and head.head.head.lemma_.lower() in FOR_IT)
    if any(c.dep_ == "mark" and c.lower_ == "that" for c in children(head)):
        return True
    return (
        head.pos_ in ("PRON", "NUM", "SYM", "DET")
        or head.tag_ in ("WP", "WDT")
        or head.ent_type_ in ("DATE", "TIME", "CARDINAL", "PERCENT", "MONEY")
    )


# What these point back to, antecedents.py says.
_POINTING = frozenset({"it", "this", "its"})
# Put to a vote by their movers: "a Labour amendment to lift the cap".
_TABLED = frozenset({"motion", "amendment", "bill", "resolution", "legislation", "petition"})
# The clause after these is what they are about, not what they are.
_TOLD_OF = word_set("told_of")
# A critic of Wall Street is against no policy.
_FOES = frozenset({"critic", "opponent", "enemy", "foe"})
# Posts, seats and bodies may be actors' names; policies may not.
_NAMED_OBJECTS = frozenset({"resigns_from", "stands_for", "elected_to", "holds_role"})


def with_phrase(
    pattern: Pattern,
    token: Token,
    clause: Token | None,
    subjects: Sequence[Entity],
    context: Context,
    modality: str = "",
) -> Iterator[Statement]:
    """Statements of a pattern whose object is a phrase: one for each subject and each of the phrases that are joined."""
    found = False
    stance = pattern.relation in STANCES
    for head in _phrase_heads(pattern, token, clause, context):
        portfolio = joint_portfolio(head, context.wording.words("office_holders")) if not stance else ""
        whole = portfolio or _one_seat(pattern, head, context)
        for part in [head] if whole else _parts(head, stance):
            obj = _phrase_object(pattern, part, portfolio, token, subjects, context)
            if obj is None:
                continue
            found = True
            relation, obj = _side_taken(pattern.relation, part, obj)
            for subject in subjects:
                if relation == "resigns_from" and subject.type == ORGANISATION:  # a party leaves a coalition
                    if obj.type == ORGANISATION:
                        yield from assemble("leaves", subject, obj, token, context, pattern=pattern)
                    continue
                kept = stance and token.pos_ == "NOUN" and _told_of_another(token, subject, context)
                yield from assemble(
                    relation, subject, obj, token, context,
                    pattern=pattern, polarity="positive" if kept or modality else "", modality=modality,
                )  # fmt: skip
    if not found and pattern.object_optional:
        for subject in subjects:
            yield from assemble(
                pattern.relation, subject, AT_ISSUE if stance else None, token, context, pattern=pattern
            )


def _one_seat(pattern: Pattern, head: Token, context: Context) -> bool:
    """ "Gorton and Denton": one seat of two places; two states are none."""
    if pattern.relation == "elected_to":
        if not {"seat", "clause_seat"} & set(pattern.object) or no_seat(head, context):
            return False
    elif pattern.relation != "stands_for":
        return False
    return second_place(head) is not None


def _parts(head: Token, stance: bool) -> list[Token]:
    """The heads of the phrases joined in one; of plans that have no name the acts that they are for."""
    if stance and bare_list(head):
        return [head]
    parts = grammar.conjuncts(head) if head.pos_ != "VERB" else grammar.clause_verbs(head)
    if stance and head.pos_ == "NOUN":
        parts = [act for part in parts for act in (purposes(part) or [part])]
    if stance and head.pos_ == "VERB":  # "to invest in education and tackling the crisis"
        parts += [c for c in children(head) if c.dep_ == "conj" and c.tag_ == "VBG" and c not in parts]
    return parts


def _phrase_object(
    pattern: Pattern, part: Token, portfolio: str, token: Token, subjects: Sequence[Entity], context: Context
) -> Entity | None:
    """The phrase (or the whole label of a joint portfolio) as an entity; None where it names an actor or what is
    somebody's, or says nothing."""
    stance, to_post = pattern.relation in STANCES, pattern.relation in _NAMED_OBJECTS
    if stance and part.lower_ in _POINTING:
        return AT_ISSUE
    if stance and part.lemma_ in FATES and (done := fate(part, context)) is not None:
        return done
    if stance and part.pos_ == "VERB" and any(c.dep_ == "nsubjpass" for c in children(part)):
        return None  # "wants the cap to be lifted": oughts.py
    if stance and part.pos_ == "VERB" and part.lemma_ in ("resign", "quit"):
        return None  # "ruled out resigning" is about a post
    if (
        stance
        and part.pos_ == "VERB"
        and any(
            c.lower_ == "against" or (c.dep_ in ("attr", "acomp") and part.lemma_ == "remain") for c in children(part)
        )
    ):
        return None  # "vowed to organise against him", "intends to remain an MP"
    if stance and part.pos_ == "VERB" and not has_content(part, context.arguments, context.wording):
        return None
    if pattern.relation == "resigns_from" and part == token.head and part.lemma_.lower() in _TOLD_OF:
        return None  # "amid concerns he could resign"
    law = stance and _wished_for(part)
    # "the leadership over Robertson and Jones" is no person, whatever is put after it
    plain = pattern.relation == "elected_to" and part.pos_ == "NOUN" and not context.arguments.mentions_at(part)
    named = [] if law or plain else context.arguments.entities(part, spread=False)
    if not to_post and not law and any(m.type in (PERSON, GROUP) for m in context.arguments.mentions_at(part)):
        return None
    if pattern.relation == "elected_to" and (part.pos_ in ("ADJ", "ADV") or part.lower_ == "unopposed"):
        return None  # "was elected unopposed"
    several = pattern.relation == "elected_to" and named and named[0].type == GROUP and part.text.endswith("s")
    if named and not several and (not to_post or named[0].type != ORGANISATION):
        return None
    of_party = pattern.relation == "stands_for" and named and named[0].kind == "party"
    if of_party and any(m.first <= part.i <= m.last for m in context.arguments.mentions_at(part)):
        return phrase_entity(part, "candidate")  # "stood for the Ulster Unionists": in which contest, it does not say
    if not to_post and _owned(part, context, judged=stance and _judges(token, context)):
        return None
    if stance and token.lemma_ in _TABLED and part.pos_ == "VERB":
        return to_end(token, part) if part.tag_ == "VB" and part.nbor(-1).lower_ == "to" else None
    if stance:
        return stance_phrase(fullest(part, context.wording), token)
    if _one_seat(pattern, part, context):
        return phrase_entity(part, seat_name(part))
    obj = _phrase(part if to_post else fullest(part, context.wording), context)
    if named and pattern.relation == "resigns_from" and not part.lemma_.endswith("ship"):  # "the SNP leadership"
        obj = named[0]
    if obj is not None and portfolio:
        obj = phrase_entity(part, portfolio)
    if obj is not None and several:  # "were elected MEPs": each of them MEP
        return phrase_entity(part, obj.name.removesuffix("s"))
    if obj is not None and pattern.relation == "elected_to":
        # "the seat from Labour", "the next mayor of Dover"
        obj = phrase_entity(part, re.sub(r"^(?:new|next) (?=\w)", "", re.split(r" (?:from|over) ", obj.name)[0]))
        if part.pos_ == "PROPN" and "seat" in pattern.object:
            return phrase_entity(part, seat_name(part))
    if obj is not None and pattern.relation == "elected_to" and part.pos_ == "NOUN":
        # "elected Htin Kyaw president": the parser takes the name for part of the post
        surnames = "|".join(re.escape(s.name.split()[-1]) for s in subjects)
        return phrase_entity(part, re.sub(rf"^.*\b(?:{surnames}) (?=[a-z])", "", obj.name))
    return obj


def fate(act: Token, context: Context) -> Entity | None:
    """What is to be done to a politician: "voted to impeach him" is for the impeachment of whom it names."""
    for head in (h for h in grammar.own_objects(act) if context.arguments.mentions_at(h)):
        for person in context.arguments.entities(head, types=(PERSON,), spread=False):
            name = f"{FATES[act.lemma_]} of {person.name}"
            return Entity(policy_id({FATES[act.lemma_], *person.name.casefold().split()}), name, PHRASE)
    return None


def _side_taken(relation: str, part: Token, obj: Entity) -> tuple[str, Entity]:
    """The relation and its object, where the act itself is one of stopping ("vowed to block the tax cuts" is against
    them) or is negated ("pledged not to raise taxes")."""
    if relation == "favours" and part.pos_ == "VERB" and part.lemma_ in ("block", "veto", "thwart"):
        things = [stance_phrase(h, part) for h in grammar.own_objects(part)[:1] if h.pos_ == "NOUN"]
        relation, obj = ("opposes", things[0]) if things and things[0] is not None else (relation, obj)
    if relation in STANCES and part.pos_ == "VERB" and any(c.dep_ == "neg" for c in children(part)):
        relation = CONTRARY[relation]
    return relation, obj


def _owned(head: Token, context: Context, *, judged: bool = False) -> bool:
    """Whether the phrase is somebody's doing ("Trump's comments"): then the stance is towards that somebody. Plans
    and the like stay policies whosoever they are."""
    if any(c.dep_ == "poss" and c.lemma_.lower() == "other" for c in children(head)):
        return True  # "attacked each other's policies"
    if head.lemma_.lower() in context.wording.words("policy_nouns") and not judged:
        return False
    if head.lemma_.lower() in UNDERGONE and not judged:
        return False
    return any(c.dep_ == "poss" and (c.pos_ == "PRON" or context.arguments.mentions_at(c)) for c in children(head))


def _told_of_another(noun: Token, holder: Entity, context: Context) -> bool:
    """Whether the clause around "his plans" tells of somebody else's act: "Brussels told him to scrap his plans" leaves
    them his."""
    if any(c.dep_ == "det" and c.lower_ == "no" for c in children(noun)):
        return False
    if noun.dep_ == "pobj":
        return noun.head.head.lemma_ not in ("renege", "backtrack")  # "rejected an exception to his call for a ban"
    verb = next((t for t in noun.ancestors if t.pos_ == "VERB"), None)
    if verb is None or verb.dep_ == "xcomp":
        return True
    return not any(e.id == holder.id for h in participants.agents(verb) for e in context.arguments.entities(h))


_PRAISING = frozenset("hail applaud praise laud celebrate cheer commend extol".split())


def _judges(token: Token, context: Context) -> bool:
    """Words of criticism or praise: aimed at somebody's plan they are for him, and only nobody's plan gives a stance."""
    lemma = token.lemma_.lower()
    if lemma in _PRAISING:
        return True
    return (lemma in context.wording.words("criticise_verbs") and lemma != "condemn") or lemma in (
        "critical", "scornful", "dismissive", "describe", "brand", "label", "call", "characterise", "characterize", "critic",
    )  # fmt: skip


def _phrase(head: Token, context: Context) -> Entity | None:
    text = phrase_text(head).split(" on the eve of ")[0]
    for owner in (c for c in children(head) if c.dep_ == "poss"):
        # "quit Corbyn's front bench" leaves the front bench.
        if any(m.type == PERSON for m in context.arguments.mentions_at(owner)) and head.lemma_.lower() not in (
            context.wording.words("policy_nouns")
        ):
            text = re.sub(r"^.*?['’]s? ", "", text) if owner.right_edge.i < head.i else text
    return phrase_entity(head, text) if text else None
