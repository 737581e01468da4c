"""The pattern-driven extractor: every wording of every relation, over the grammar of grammar.py and participants.py.

A token whose lemma is a trigger is looked up in the wording; each pattern names the slots of its arguments. The walk
is by trigger, so the cost does not grow with the number of patterns.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import combinations, permutations

from spacy.attrs import LEMMA
from spacy.tokens import Doc, Token

from graphbuild.extract.article.addressees import POLLED, addressees, askers, holders, wronged
from graphbuild.extract.article.arguments import Arguments
from graphbuild.extract.article.context import Context, make_context
from graphbuild.extract.article.factuality import factuality, is_hypothetical, is_unachieved, spoken_up
from graphbuild.extract.article.statements import assemble
from graphbuild.extract.patterns.phrase_objects import with_phrase
from graphbuild.extract.patterns.slots import OF_DEEDS, SAYINGS, fill, pattern_clause, slot_heads, stands, words_around
from graphbuild.extract.policy.policies import STANCES, blamed_on, clause_objects, takes_no_side
from graphbuild.extract.syntax import governors, grammar, participants
from graphbuild.extract.syntax.grammar import children
from graphbuild.model import ORGANISATION, PERSON, Article, Entity, Mention, Statement
from graphbuild.ontology import Ontology, word_set
from graphbuild.wording import Pattern

_KINDS = {
    "VERB": ("verb", "adj"),
    "AUX": ("verb",),
    "NOUN": ("noun", "adj", "verb"),
    "PROPN": ("noun", "verb"),
    "ADJ": ("adj", "verb", "noun"),
    "ADP": ("adj",),
}
# What happens or does not; a mere prospect of it is no statement. (A stance may well be taken "in order to".)
_OUTCOMES = word_set("outcomes")
_AGENTS_APART = frozenset({"expelled_by", "suspended_by"})


def events(doc: Doc, article: Article, mentions: Sequence[Mention], ontology: Ontology) -> Iterator[Statement]:
    """Statements worded by a trigger: "May sacked Williamson", "calls from MPs for Corbyn to go"."""
    context = make_context(doc, article, mentions, ontology)
    for token in context.triggers(context.wording.triggers):
        kinds = _KINDS.get(token.pos_)
        if not kinds or token.tag_ == "MD":
            continue  # "can" sacks nobody
        lemma = token.lemma_.lower()
        done: set[str] = set()
        known: dict[str, frozenset[str]] = {}
        for pattern in (p for kind in kinds for p in context.wording.fitting(kind, lemma, words_around(token))):
            if pattern.relation in ("sacked_by", "succeeds", "defeats") and "challenges" in done:
                continue  # who tried to oust him has not done it
            if pattern.relation in done or (pattern.relation == "defeats" and _is_put_out(token)):
                continue
            found = list(match(pattern, token, context, known))
            if found:
                done.add(pattern.relation)
                yield from found


def match(pattern: Pattern, token: Token, context: Context, known: dict[str, frozenset[str]]) -> Iterator[Statement]:
    """Statements of one pattern at one trigger token; ``known`` is shared by the patterns of the token."""
    if not _is_worded_so(pattern, token, known) or _is_something_else(pattern, token):
        return
    # What is demanded, or said to be due, has not happened: the demand is the statement.
    asked = _is_asked_for(pattern, token, context)
    if asked and pattern.phrase and pattern.relation in ("favours", "opposes") and pattern.kind == "verb":
        asking = [e for h in askers(token) for e in context.arguments.entities(h)]
        if asking:
            yield from with_phrase(pattern, token, None, asking, context, modality="actual")
        return
    if asked or not _is_told(pattern, token, context):
        return
    clause = pattern_clause(token, pattern, context.wording.words("post_nouns")) if pattern.clause else None
    if pattern.clause and clause is None:
        return
    subjects = fill(pattern, pattern.subject, token, clause, context, pattern.subject_types, via=False)
    if not subjects and pattern.relation in ("favours", "opposes") and token.lemma_.lower() in POLLED:
        subjects = holders(participants.agents(token))
    mover = _mover(token) if pattern.relation == "challenges" else None
    if mover is not None:
        subjects = [e for h in participants.agents(mover) for e in context.arguments.entities(h)]
    if not subjects:
        return
    if pattern.phrase:
        if pattern.relation not in STANCES or not blamed_on(token, context.wording.words("accuse_verbs")):
            yield from with_phrase(pattern, token, clause, subjects, context)
        return
    if pattern.kind == "verb" and len(subjects) > 1 and pattern.relation != "meets" and grammar.reciprocal(token):
        for one, other in permutations(subjects, 2):
            yield from assemble(pattern.relation, one, other, token, context, pattern=pattern)
        return
    if pattern.mutual:
        yield from _with_each_other(pattern, token, subjects, context)
        return
    body = _party_left(token, context) if pattern.relation == "sacked_by" else None
    if body is not None:  # "was fired from Zanu PF"
        pattern = replace(pattern, relation="expelled_by", object=(*pattern.object, "from", "out_of"))
    subjects, objects = _both_sides(pattern, token, clause, subjects, context)
    if pattern.relation == "expelled_by" and token.lemma_ not in ("expel", "deselect"):
        pattern, objects = _from_office(pattern, token, objects)
    if pattern.relation == "succeeds" and any(slot.endswith("_poss") for slot in pattern.object):
        doers = [e.id for h in participants.agents(token) for e in context.arguments.entities(h)]
        # "he sent her in his place": in whose?
        objects = [e for e in objects if e is not None and e.id not in doers] or ([None] if objects else [])
    # "did not like Trump's attack on Romney": what is somebody's has been made.
    owned = pattern.kind == "noun" and pattern.relation in OF_DEEDS and any(c.dep_ == "poss" for c in children(token))
    if pattern.kind == "noun" and pattern.relation in ("urges", "calls_to_resign"):  # "rejected a request from X"
        owned = any(c.dep_ == "poss" or (c.dep_ == "prep" and c.lower_ in ("from", "by")) for c in children(token))
    made = "positive" if owned or pattern.subject == ("mod",) or token.lemma_ == "predecessor" else ""
    # "urged them not to vote for Moore"
    barred = "negative" if clause is not None and pattern.relation == "supports" and _negated(clause) else ""
    for subject in subjects:
        for obj in objects:
            if obj is None and pattern.relation in _AGENTS_APART and not grammar.by_agents(token):
                obj = _own_body(subject, token, context)
            if obj is None or obj.id != subject.id:
                yield from assemble(
                    pattern.relation, subject, obj, token, context, pattern=pattern, polarity=made or barred
                )
            if pattern.relation == "joins" and obj is not None and obj.kind == "party":
                left = _party_named(subject.party, context)
                if left is not None and left.id != obj.id and factuality(token, context.wording)[0] == "positive":
                    yield from assemble("leaves", subject, left, token, context, rule="leaves/join", confidence=0.55)


def _from_office(
    pattern: Pattern, token: Token, objects: Sequence[Entity | None]
) -> tuple[Pattern, Sequence[Entity | None]]:
    """Who is put out of a government, or is put out by a chamber, loses a post: "ejected him from the Home Office", "House
    throws out McCarthy"."""
    kept = [e for e in objects if e is None or e.kind not in ("government", "office")]
    chamber = any(e and e.kind == "chamber" for e in kept) and token.lemma_ != "eject"
    if len(kept) < len(objects) or (chamber and not grammar.prepositional(token, "from")):
        return replace(pattern, relation="sacked_by"), kept or [None]
    return pattern, objects


def _negated(verb: Token) -> bool:
    return any(c.dep_ == "neg" or c.lower_ == "never" for c in children(verb))


def _party_named(name: str, context: Context) -> Entity | None:
    everywhere = (
        m.entity for mentions in context.arguments.by_token.values() for m in mentions if m.entity is not None
    )
    return next((e for e in everywhere if e.kind == "party" and e.name == name), None) if name else None


def _is_put_out(verb: Token) -> bool:
    """ "ousted from his party two former ministers": no contest is won."""
    return verb.lemma_ == "oust" and any(
        h.lemma_.lower() in ("party", "caucus", "government", "cabinet") for h in grammar.prepositional(verb, "from")
    )


def _party_left(token: Token, context: Context) -> Entity | None:
    heads = [h for word in ("from", "out_of") for h in grammar.prepositional(token, word)]
    named = [m.entity for h in heads for m in context.arguments.mentions_at(h) if m.entity is not None]
    return next((e for e in named if e.kind == "party"), None)


_SITTINGS = frozenset("session sitting chamber speaker commons sabha senate seanad dáil parliament house".split())


def _own_body(subject: Entity, token: Token, context: Context) -> Entity | None:
    """Who suspends or expels somebody where the sentence does not say it of the deed: the chamber or party that it
    names, or the person's party where the article names it."""
    by_token, sent = context.arguments.by_token, token.sent
    here = {m.entity.id: m.entity for i in range(sent.start, sent.end) for m in by_token.get(i, ()) if m.entity}
    kind = "party" if _SITTINGS.isdisjoint(words_around(token)) else "chamber"
    bodies = [e for e in here.values() if e.kind == kind]
    if subject.type != PERSON or (len(bodies) != 1 and kind == "chamber"):
        return None
    return bodies[0] if len(bodies) == 1 else _party_named(subject.party, context)


def _is_worded_so(pattern: Pattern, token: Token, known: dict[str, frozenset[str]]) -> bool:
    """Whether the words that the pattern asks for stand around the trigger, and none that it bars."""
    if pattern.kind == "verb" and not grammar.particle_fits(token, pattern.particle):
        return False
    if pattern.kind == "verb" and pattern.passive is not None and grammar.is_passive(token) != pattern.passive:
        return False
    if any(not stands(token, slot, words, known) for slot, words in pattern.needs):
        return False
    if any(stands(token, slot, words, known) for slot, words in pattern.bars):
        return False
    if pattern.not_sentence and not pattern.not_sentence.isdisjoint(words_around(token)):
        return False
    return not pattern.under or any(g.lemma_.lower() in pattern.under for g in governors.governors(token))


def _is_something_else(pattern: Pattern, token: Token) -> bool:
    """Whether the trigger has a sense here that is none of the relation."""
    if pattern.relation == "challenges" and token.lemma_ == "challenge":
        # "challenged Cameron to defend the deal" asks something of him
        return any(c.dep_ == "xcomp" for c in children(token))
    if pattern.rule == "urges/want" and pattern.clause:  # "he and Obama want to act" asks nothing of each other
        return not any(
            g.dep_ in grammar.SUBJECTS for c in children(token) if c.dep_ in ("ccomp", "xcomp") for g in children(c)
        )
    if pattern.relation == "leaves" and token.lemma_ == "leave":  # "left the Tories cheering"
        return any(
            c.dep_ in ("xcomp", "ccomp", "oprd") or (c.dep_ == "acl" and c.tag_ == "VBG") for c in children(token)
        )
    if pattern.relation == "accuses" and token.lemma_ == "impeach":
        return token.tag_ == "VB" and token.head.lemma_ not in ("lead", "cause")  # "a bid to impeach": not done
    if pattern.relation == "sacked_by" and token.lemma_ == "dismiss":
        called = [t for h in grammar.prepositional(token, "as") for t in (h.nbor(-1), *children(h))]
        # "dismissed him as a clown", "as 'sleepy'": a word, no sack
        return any(t.lower_ in ("a", "an") or t.is_quote for t in called)
    if pattern.kind == "noun" and pattern.relation in ("favours", "calls_for"):
        # "has no plans to cut taxes", "called the plan a giveaway to banks"
        if token.dep_ == "dobj" and token.head.lemma_ in ("call", "brand", "label", "dub"):
            return True
        return any(c.dep_ == "det" and c.lower_ == "no" for c in children(token))
    return pattern.relation in STANCES and pattern.kind == "verb" and takes_no_side(token)


def _is_asked_for(pattern: Pattern, token: Token, context: Context) -> bool:
    """Whether the event is only demanded, or said to be due."""
    if pattern.relation in STANCES and pattern.kind == "noun":
        return False  # "told him to scrap his plan": the plan is his
    if not governors.is_demanded(token, context.wording):
        return False
    return pattern.relation not in ("praises", "supports", "apologises_to") or not governors.is_own_will(token)


def _is_told(pattern: Pattern, token: Token, context: Context) -> bool:
    """Whether the clause tells of the event as such, not of a prospect of it or of another one."""
    relation = pattern.relation
    gerund = not grammar.is_passive(token) and clause_objects(token)
    if relation == "supports" and (gerund or _mover(token) is not None):
        return False  # who "supported Britain staying" does not support Britain
    if (relation == "supports" or (relation == "resigns_from" and pattern.polarity == "negative")) and _is_asked(token):
        return False
    foreseen = relation in _OUTCOMES and not pattern.under and is_hypothetical(token, context.wording)
    planned = relation == "threatens" and token.dep_ == "acl"  # "a plan to sue Obama" threatens him
    if foreseen and not planned and not (relation in SAYINGS | {"meets"} and spoken_up(token, relation)):
        return False
    if relation == "resigns_from" and token.tag_ == "VB" and token.dep_ == "ccomp" and _is_subjunctive(token):
        return False  # "Trump demands Ginsburg resign"
    if relation in ("defeats", "elected_to") and pattern.kind == "verb" and is_unachieved(token):
        return False
    return relation != "elected_to" or pattern.kind != "verb" or not _any_holder(pattern, token, context)


def _is_subjunctive(verb: Token) -> bool:
    """A bare verb with a subject of its own, which nobody lets or sees do it."""
    own = {c.dep_ for c in children(verb)}
    return (
        "nsubj" in own
        and "aux" not in own
        and verb.head.lemma_ not in ("see", "watch", "let", "make", "have", "help", "hear")
    )


_ASKING = frozenset("ask quiz press question hedge say know decide consider clear unclear wonder".split())


def _is_asked(token: Token) -> bool:
    """ "asked if he would support Trump", "hedged on whether to back her": a question tells no support."""
    verb = token if token.pos_ in ("VERB", "AUX") else token.head
    while verb.dep_ in ("xcomp", "conj") and verb.head.pos_ in ("VERB", "AUX", "ADJ"):
        verb = verb.head
    if not any(c.dep_ == "mark" and c.lower_ in ("if", "whether") for c in children(verb)):
        return False
    above = verb.head.head if verb.dep_ == "pcomp" else verb.head
    return verb.dep_ in ("ccomp", "pcomp", "advcl", "csubj") and above.lemma_.lower() in _ASKING


def _with_each_other(
    pattern: Pattern, token: Token, subjects: Sequence[Entity], context: Context
) -> Iterator[Statement]:
    """ "Foster and O'Neill met", "a row between X and Y"."""
    if pattern.relation != "meets" and len(subjects) != 2:
        return  # in a row between three it stays open who is against whom
    for one, other in combinations(subjects, 2):
        yield from assemble(pattern.relation, one, other, token, context, pattern=pattern)
        if pattern.relation != "meets":
            yield from assemble(pattern.relation, other, one, token, context, pattern=pattern)


def _both_sides(
    pattern: Pattern, token: Token, clause: Token | None, subjects: list[Entity], context: Context
) -> tuple[list[Entity], Sequence[Entity | None]]:
    """The subjects and the objects of a relation between actors; no objects where the pattern needs one in vain, one
    None where it does without."""
    objects: Sequence[Entity | None] = fill(
        pattern, pattern.object, token, clause, context, pattern.types, via=pattern.via
    )
    if pattern.relation in _AGENTS_APART and "subj" in pattern.object and "from" in pattern.object:
        # Body and officer may both be named: "Trudeau expelled her from the Liberal Party".
        body = fill(pattern, ("from", "out_of"), token, clause, context, frozenset({ORGANISATION}), via=True)
        objects = [*objects, *(b for b in body if b not in objects)]
    if pattern.relation == "suspended_by" and objects:  # "the Chief Whip withdrew the *Conservative* whip from him"
        whips = [c for c in (*children(token), *grammar.prepositional(token, "of")) if c.lower_ == "whip"]
        party = [e for w in whips for c in children(w) for e in context.arguments.entities(c) if e.kind == "party"]
        objects = [*objects, *(e for e in party if e not in objects)]
    if pattern.relation == "calls_to_resign" or pattern.rule == "urges/want":
        objects = [e for e in objects if e is None or e.kind != "country"]
    if not objects and pattern.relation in ("urges", "warns") and pattern.kind == "verb" and pattern.clause:
        objects = addressees(token, clause)
    if not objects and pattern.relation == "apologises_to":
        heads = [h for slot in pattern.object for h in slot_heads(pattern, slot, token, clause)]
        objects = wronged(heads, context.wording.words("wronged_people"))
    if not objects:
        if not pattern.object_optional or _agent_unknown(pattern, token):
            return subjects, []
        objects = [None]
    if pattern.relation == "sacked_by" and objects == [None]:
        objects = _opposed(token, context) or [None]
    if pattern.relation == "denies_claim_of" and token.dep_ == "relcl" and objects == subjects:
        # "X accused Y of lying, a charge he denies": Y does
        accused = participants.patients(token.head.head) if token.head.head.pos_ == "VERB" else []
        subjects = [e for h in accused for e in context.arguments.entities(h, types=pattern.subject_types)]
    if token.dep_ == "advcl":
        subjects, objects = _above_participle(pattern, token, subjects, objects, context)
    if pattern.relation == "meets" and pattern.object == ("to",) and not pattern.sentence:
        # "spoke to Clinton" is a meeting, "spoke to Jake Tapper" an interview
        return [e for e in subjects if e.kind == "politician"], [e for e in objects if e and e.kind == "politician"]
    return subjects, objects


def _above_participle(
    pattern: Pattern, token: Token, subjects: list[Entity], objects: Sequence[Entity | None], context: Context
) -> tuple[list[Entity], Sequence[Entity | None]]:
    """Subjects and objects of "..., urging him to resign", where the same actors would stand on both sides."""
    if token.head.dep_ == "ccomp" and [o.id for o in objects if o] == [s.id for s in subjects]:
        # "Mahmood added Sir Keir had failed to listen, urging him to resign": Mahmood urges.
        above = participants.agents(token.head.head)
        subjects = [e for h in above for e in context.arguments.entities(h, types=pattern.subject_types)]
    if [o.id for o in objects if o] == [s.id for s in subjects]:
        # "Ross wrote to Johnson asking him to stand down": he asks the one he writes to.
        told = [*grammar.prepositional(token.head, "to"), *grammar.own_objects(token.head)]
        objects = [e for h in told for e in context.arguments.entities(h, types=(PERSON,))] or objects
    return subjects, objects


def _mover(token: Token) -> Token | None:
    """The verb in "Labor *moved* that the House had no confidence in Turnbull": the mover challenges him."""
    verb = token.head if token.lemma_ == "confidence" else token
    above = verb.head
    if verb.dep_ == "ccomp" and above.lemma_ in ("move", "propose", "table") and above.pos_ == "VERB":
        words = {t.lemma_.lower() for t in verb.subtree}
        return above if {"no", "confidence"} <= words else None
    return None


def _any_holder(pattern: Pattern, token: Token, context: Context) -> bool:
    """ "How we elect our president", "the leader will be elected": whoever it will be, not who it is."""
    return any(
        head.pos_ == "NOUN" and not any(m.kind == "name" for m in context.arguments.mentions_at(head))
        and not any(c.dep_ == "appos" for c in children(head))
        for slot in pattern.subject if slot == "obj" for head in participants.patients(token)
    )  # fmt: skip


def _opposed(token: Token, context: Context) -> list[Entity]:
    """Who sacked somebody "for organising opposition to X's leadership": X."""
    for child in token.subtree:
        if child.lower_ == "for" and child.dep_ == "prep":
            words = {t.lemma_.lower() for t in child.subtree}
            if words & context.wording.words("opposition_words"):
                found = [e for t in child.subtree for e in context.arguments.entities(t, types=(PERSON,), spread=False)]
                if len({e.id for e in found}) == 1:
                    return found[:1]
    return []


def _agent_unknown(pattern: Pattern, token: Token) -> bool:
    """An active verb whose subject is no actor ("the vote forced Corbyn out") names no agentless dismissal."""
    return pattern.kind == "verb" and pattern.object[:1] == ("subj",) and not grammar.is_passive(token)


def departed_body(doc: Doc, mentions: Sequence[Mention]) -> Entity | None:
    """The body that the article says people are leaving: "11 shadow Cabinet resignations", "resignations from the
    shadow cabinet"; None when it names none or several."""
    found: dict[str, Entity] = {}
    nouns = {doc.vocab.strings.add(noun) for noun in ("resignation", "departure", "walkout", "exodus")}
    for token in (doc[i] for i, lemma in enumerate(doc.to_array(LEMMA).tolist()) if lemma in nouns):
        if token.pos_ == "NOUN":
            arguments = Arguments(doc, mentions)
            heads = [c for c in children(token) if c.dep_ in ("compound", "amod", "nmod")] + grammar.prepositional(
                token, "from"
            )
            for entity in (e for h in heads for e in arguments.entities(h, types=(ORGANISATION,), spread=False)):
                found[entity.id] = entity
    return next(iter(found.values())) if len(found) == 1 else None
