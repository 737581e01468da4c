"""The pattern-driven extractor: every wording of every relation, over the grammar of grammar.py.

A token whose lemma is a trigger is looked up in the wording; each pattern names the slots of its arguments. The walk
is by trigger, so the cost does not grow with the number of patterns.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from spacy.attrs import LEMMA
from spacy.tokens import Doc, Token

from graphbuild.discourse import DOCUMENTS
from graphbuild.extract import governors, grammar, light_verbs, participants, predication
from graphbuild.extract.addressees import POLLED, addressees, askers, holders
from graphbuild.extract.arguments import Arguments
from graphbuild.extract.attribution import Speech
from graphbuild.extract.dates import event_date
from graphbuild.extract.demands import goes
from graphbuild.extract.enactments import enacted
from graphbuild.extract.factuality import factuality, is_hypothetical, is_unachieved, spoken_up, weaker
from graphbuild.extract.phrases import bare_list, fullest, joint_portfolio, phrase_entity, phrase_text
from graphbuild.extract.policies import (
    CONTRARY,
    FOR_IT,
    GOVERNING,
    PROPOSING,
    STANCES,
    UNDERGONE,
    blamed_on,
    clause_objects,
    has_content,
    meant,
    money_for,
    proposed_clauses,
    purposes,
    takes_no_side,
)
from graphbuild.extract.policy_labels import stance_phrase
from graphbuild.extract.politics import political_tokens
from graphbuild.extract.told_deeds import told_before
from graphbuild.model import GROUP, ORGANISATION, PERSON, Article, Entity, Evidence, Mention, Statement
from graphbuild.ontology import Ontology
from graphbuild.parse import offsets
from graphbuild.wording import Pattern, Wording

_KINDS = {
    "VERB": ("verb", "adj"),
    "AUX": ("verb",),
    "NOUN": ("noun", "adj", "verb"),
    "PROPN": ("noun", "verb"),
    "ADJ": ("adj", "verb", "noun"),
    "ADP": ("adj",),
}


# What happens or does not; a mere prospect of it is no statement. (A stance may well be taken "in order to".)
_OUTCOMES = frozenset(
    """elected_to defeats succeeds joins leaves expelled_by sacked_by suspended_by appointed_by resigns_from urges
    calls_to_resign meets investigates accuses criticises apologises_to threatens warns""".split()
)
# What a letter or a speech does its author does.
_SAYINGS = frozenset(
    "criticises accuses praises warns threatens urges calls_to_resign calls_for supports apologises_to denies_claim_of".split()
)
# Aimed at somebody by what he said or did before.
_OF_DEEDS = frozenset({"criticises", "praises"})
_AGENTS_APART = frozenset({"expelled_by", "suspended_by"})
ANY_INFINITIVE = frozenset({"to"})


@dataclass(frozen=True)
class Context:
    """What an extractor needs of one article. ``tokens`` are those of the Doc, which makes new ones at every pass;
    ``political`` those of them that can tell something of a political actor."""

    doc: Doc
    tokens: tuple[Token, ...]
    political: tuple[Token, ...]
    article: Article
    arguments: Arguments
    speech: Speech
    wording: Wording


_LAST: list[tuple[Sequence[Mention], Context]] = []


def make_context(doc: Doc, article: Article, mentions: Sequence[Mention], ontology: Ontology) -> Context:
    """Index the mentions and the speech of an article; the extractors of one article share the index."""
    if _LAST and _LAST[0][0] is mentions and _LAST[0][1].doc is doc and _LAST[0][1].wording is ontology.wording:
        return _LAST[0][1]
    arguments = Arguments(doc, mentions)
    speech = Speech(doc, arguments, ontology.wording)
    context = Context(doc, tuple(doc), political_tokens(doc), article, arguments, speech, ontology.wording)
    _LAST[:] = [(mentions, context)]
    return context


def events(doc: Doc, article: Article, mentions: Sequence[Mention], ontology: Ontology) -> Iterator[Statement]:
    """Statements worded by a trigger: "May sacked Williamson", "calls from MPs for Corbyn to go"."""
    context = make_context(doc, article, mentions, ontology)
    for token in context.political:
        kinds = _KINDS.get(token.pos_)
        if not kinds:
            continue
        done: set[str] = set()
        known: dict[str, frozenset[str]] = {}
        for kind in kinds:
            for pattern in context.wording.patterns.get((kind, token.lemma_.lower()), ()):
                if pattern.relation in done:
                    continue
                found = list(match(pattern, token, context, known))
                if found:
                    done.add(pattern.relation)
                    yield from found


def match(
    pattern: Pattern, token: Token, context: Context, known: dict[str, frozenset[str]] | None = None
) -> Iterator[Statement]:
    """Statements of one pattern at one trigger token; ``known`` is shared by the patterns of the token."""
    if pattern.kind == "verb" and not grammar.particle_fits(token, pattern.particle):
        return
    if pattern.kind == "verb" and pattern.passive is not None and grammar.is_passive(token) != pattern.passive:
        return
    known = {} if known is None else known
    if any(not _stands(token, slot, words, known) for slot, words in pattern.needs):
        return
    if any(_stands(token, slot, words, known) for slot, words in pattern.bars):
        return
    if (
        pattern.relation == "challenges"
        and token.lemma_ == "challenge"
        and any(c.dep_ == "xcomp" for c in token.children)
    ):
        return  # "challenged Cameron to defend the deal" asks something of him
    if pattern.relation == "sacked_by" and token.lemma_ == "dismiss":
        called = [t for h in grammar.prepositional(token, "as") for t in (h.nbor(-1), *h.children)]
        if any(t.lower_ in ("a", "an") or t.is_quote for t in called):
            return  # "dismissed him as a clown", "as 'sleepy'": a word, no sack
    if pattern.sentence or pattern.not_sentence:
        lemmas = {t.lemma_.lower() for t in token.sent}
        if (pattern.sentence and not lemmas & pattern.sentence) or lemmas & pattern.not_sentence:
            return
    if pattern.under and not any(g.lemma_.lower() in pattern.under for g in governors.governors(token)):
        return
    wanted = pattern.kind == "noun" and pattern.relation in ("favours", "calls_for")
    if wanted and any(c.dep_ == "det" and c.lower_ == "no" for c in token.children):
        return  # "has no plans to cut taxes"
    if pattern.relation in STANCES and pattern.kind == "verb" and takes_no_side(token):
        return
    # What is demanded, or said to be due, has not happened: the demand is the statement.
    held = pattern.relation in STANCES and pattern.kind == "noun"  # "told him to scrap his plan": the plan is his
    asked = governors.is_demanded(token, context.wording.words("demand_verbs"), context.wording.words("demand_nouns"))
    if asked and not held and pattern.phrase and pattern.relation in ("favours", "opposes") and pattern.kind == "verb":
        asking = [e for h in askers(token) for e in context.arguments.entities(h)]
        if asking:
            yield from _with_phrase(pattern, token, None, asking, context, modality="actual")
        return
    if asked and pattern.relation in ("praises", "supports", "apologises_to") and governors.is_own_will(token):
        asked = False
    if (asked and not held) or (pattern.relation == "supports" and clause_objects(token)):
        return  # (who "supported Britain staying" does not support Britain)
    mover = _mover(token) if pattern.relation in ("challenges", "supports") else None
    if mover is not None and pattern.relation == "supports":
        return
    foreseen = pattern.relation in _OUTCOMES and not pattern.under and is_hypothetical(token, context.wording)
    if foreseen and not (pattern.relation in _SAYINGS | {"meets"} and spoken_up(token, pattern.relation)):
        return
    if pattern.relation in ("defeats", "elected_to") and pattern.kind == "verb" and is_unachieved(token):
        return
    if pattern.relation == "elected_to" and pattern.kind == "verb" and _any_holder(pattern, token, context):
        return
    clause = _clause(token, pattern, context.wording.words("post_nouns")) if pattern.clause else None
    if pattern.clause and clause is None:
        return
    subjects = _fill(pattern, pattern.subject, token, clause, context, pattern.subject_types, via=False)
    if not subjects and pattern.relation in ("favours", "opposes") and token.lemma_.lower() in POLLED:
        subjects = holders(participants.agents(token))
    if mover is not None:
        subjects = [e for h in participants.agents(mover) for e in context.arguments.entities(h)]
        pattern = replace(pattern, polarity="positive")
    if not subjects:
        return
    if pattern.phrase:
        if pattern.relation in STANCES and blamed_on(token, context.wording.words("accuse_verbs")):
            return
        yield from _with_phrase(pattern, token, clause, subjects, context)
        return
    if pattern.kind == "verb" and len(subjects) > 1 and pattern.relation != "meets" and grammar.reciprocal(token):
        for one in subjects:
            for other in subjects:
                if one != other:
                    yield from assemble(pattern.relation, one, other, token, context, pattern=pattern)
        return
    if pattern.mutual and pattern.relation != "meets" and len(subjects) != 2:
        return  # in a row between three it stays open who is against whom
    if pattern.mutual:
        for number, one in enumerate(subjects):
            for other in subjects[number + 1 :]:
                yield from assemble(pattern.relation, one, other, token, context, pattern=pattern)
                if pattern.relation != "meets":
                    yield from assemble(pattern.relation, other, one, token, context, pattern=pattern)
        return
    objects: Sequence[Entity | None] = _fill(
        pattern, pattern.object, token, clause, context, pattern.types, via=pattern.via
    )
    if pattern.relation in _AGENTS_APART and "subj" in pattern.object and "from" in pattern.object:
        # Body and officer may both be named: "Trudeau expelled her from the Liberal Party".
        body = _fill(pattern, ("from", "out_of"), token, clause, context, frozenset({ORGANISATION}), via=True)
        objects = [*objects, *(b for b in body if b not in objects)]
    if not objects and pattern.relation in ("urges", "warns") and pattern.kind == "verb":
        objects = addressees(token, clause)
    if not objects:
        if not pattern.object_optional or _agent_unknown(pattern, token):
            return
        objects = [None]
    if pattern.relation == "sacked_by" and objects == [None]:
        objects = _opposed(token, context) or [None]
    if (
        [o.id for o in objects if o] == [s.id for s in subjects]
        and token.dep_ == "advcl"
        and token.head.dep_ == "ccomp"
    ):
        # "Mahmood added Sir Keir had failed to listen, urging him to resign": Mahmood urges.
        above = participants.agents(token.head.head)
        subjects = [e for h in above for e in context.arguments.entities(h, types=pattern.subject_types)]
    if token.dep_ == "advcl" and [o.id for o in objects if o] == [s.id for s in subjects]:
        # "Ross wrote to Johnson asking him to stand down": he asks the one he writes to.
        told = [*grammar.prepositional(token.head, "to"), *grammar.own_objects(token.head)]
        objects = [e for h in told for e in context.arguments.entities(h, types=(PERSON,))] or objects
    if pattern.relation == "meets" and pattern.object == ("to",) and not pattern.sentence:
        # "spoke to Clinton" is a meeting, "spoke to Jake Tapper" an interview
        subjects, objects = [[e for e in side if e and e.kind == "politician"] for side in (subjects, objects)]
    # "did not like Trump's attack on Romney": what is somebody's has been made.
    owned = pattern.kind == "noun" and pattern.relation in _OF_DEEDS and any(c.dep_ == "poss" for c in token.children)
    made = "positive" if owned or pattern.subject == ("mod",) else ""
    for subject in subjects:
        for obj in objects:
            if obj is None or obj.id != subject.id:
                yield from assemble(pattern.relation, subject, obj, token, context, pattern=pattern, polarity=made)


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
        and not any(c.dep_ == "appos" for c in head.children)
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


_SUBJUNCTIVE = frozenset("demand insist request urge recommend ask require propose suggest".split())
# "called for him to be sacked" demands that he go.
_DISMISSED = frozenset("sack fire dismiss remove oust force axe impeach depose".split())
_GO_ON = frozenset("after back on ahead further through into along over to public home with beyond out".split())
_HOUSES = frozenset("parliament politics commons senate congress house dáil seanad assembly caucus".split())
_LEAVE_SOMETHING = frozenset("leave quit withdraw retire exit abandon".split())


def _clause(token: Token, pattern: Pattern, posts: frozenset[str]) -> Token | None:
    """The complement verb that the pattern asks for."""
    for head in light_verbs.complements(token):
        if pattern.clause == ANY_INFINITIVE:
            if head.dep_ in ("acl", "relcl") and head.head.dep_ == "pobj" and head.head.head.lower_ == "including":
                continue
            if pattern.relation == "urges" and _subjunctive(head, token):
                return head
            if head.tag_ == "VB" and any(c.dep_ == "aux" and c.lower_ == "to" for c in head.children):
                return None if head.lemma_.lower() in pattern.not_clause else head
            continue
        marks = {c.lower_ for c in head.children if c.dep_ == "mark"}
        be = any(c.dep_ == "auxpass" and c.lower_ == "be" for c in head.children)  # "demanded that Hogan be fired"
        subjunctive = token.lemma_ in _SUBJUNCTIVE and (head.tag_ in ("VB", "VBP", "NN") or be)
        if marks & {"if", "whether"} or ("that" in marks and not subjunctive):
            continue  # "asked if she had resigned" asks for no resignation
        for verb in grammar.clause_verbs(head):
            lemma = verb.lemma_.lower()
            if pattern.relation == "calls_to_resign" and lemma in _DISMISSED and grammar.is_passive(verb):
                return verb
            if pattern.relation == "calls_to_resign" and goes(verb):
                return verb
            if lemma == "go" and verb.i + 1 < len(verb.doc) and verb.nbor().lower_ in _GO_ON:
                continue  # "pressed him to go after Biden", "asked her to go back to the old system"
            if lemma in _LEAVE_SOMETHING and any(
                c.dep_ == "dobj" and c.lemma_.lower() not in posts | _HOUSES for c in verb.children
            ):
                continue  # "to leave Ukraine alone" is no demand to go
            if lemma in pattern.clause or any(
                word.startswith(lemma + " ") and grammar.has_particle(verb, word.split(" ", 1)[1])
                for word in pattern.clause
            ):
                return verb
            # "consider his position"
            for child in verb.children:
                if child.dep_ == "dobj" and f"{lemma} {child.lemma_.lower()}" in pattern.clause:
                    return verb
    return None


def _subjunctive(verb: Token, asking: Token) -> bool:
    """ "demanded that Newton apologise", "his request that Ukraine investigate": a bare verb with its own subject."""
    return (
        verb.dep_ in ("ccomp", "acl")
        and verb.tag_ in ("VB", "VBP")
        and asking.lemma_.lower() in _SUBJUNCTIVE
        and any(c.dep_ == "nsubj" and c.pos_ != "PRON" for c in verb.children)
        and not any(c.dep_ == "aux" for c in verb.children)
        and verb.lemma_ not in ("be", "have")
    )


def slot_heads(pattern: Pattern, name: str, token: Token, clause: Token | None) -> list[Token]:
    """Heads of the phrases that fill a slot."""
    if name == "subj":
        return (
            participants.agents(token)
            if token.pos_ in ("VERB", "AUX") or pattern.kind == "verb"
            else participants.surface_subjects(token.head)
        )
    if name == "obj":
        if pattern.particle and pattern.kind == "verb":
            through = [] if grammar.is_passive(token) else grammar.prepositional(token, pattern.particle)
            return through or participants.patients(token)
        return participants.patients(token)
    if name == "surface":
        return participants.surface_subjects(token)
    if name == "poss":
        own = [c for c in token.children if c.dep_ == "poss"]
        if not own and token.dep_ == "conj" and not any(c.dep_ == "det" for c in token.children):
            own = [c for c in token.head.children if c.dep_ == "poss"]  # "her stance on X and opposition to Y"
        return own
    if name == "mod":
        # "Tory defector Jackson": the parser hangs both words on the name.
        beside = [c for c in token.head.children if c.i < token.i] if token.dep_ in ("compound", "nmod") else []
        return [c for c in [*token.children, *beside] if c.dep_ in ("compound", "amod", "nmod")]
    if name == "obj_poss":
        return [g for c in grammar.own_objects(token) for g in c.children if g.dep_ == "poss"]
    if name == "phrase_mod":
        return [c for c in token.children if c.dep_ in ("compound", "nmod") and c.i == token.i - 1]
    if name == "attr":
        return [c for c in token.children if c.dep_ in ("attr", "oprd", "dobj")]
    if name == "head":
        return [token.head] if token.dep_ in ("amod", "compound", "nmod") else []
    if name == "self":
        return predication.self_heads(token)
    if name == "giver":
        return light_verbs.light_giver(token)
    if name == "receiver":
        return light_verbs.light_receiver(token)
    if name == "clause_subj":
        return participants.surface_subjects(clause) if clause is not None else []
    if name == "clause_obj":
        if clause is None:
            return []
        return participants.patients(clause) or [
            h for p in ("for", "behind", "around", "with") for h in grammar.prepositional(clause, p)
        ]
    if name == "clause_role":
        if clause is None:
            return []
        return [c for c in clause.children if c.dep_ in ("attr", "oprd")] or grammar.prepositional(clause, "as")
    if name == "clause":
        return [clause] if clause is not None else []
    if name == "label":
        return predication.labels(token)
    if name == "labelled":
        return predication.labelled(token)
    if name == "claimant":
        return predication.claimants(token)
    if name == "opposite":
        return predication.opposite(token)
    if name == "rival_of":
        return predication.rival_of(token)
    if name == "above":
        return participants.doer_above(token)
    if name == "for_whom":
        deeds = [h for h in grammar.prepositional(token, "for") if h.pos_ == "VERB"]
        return [p for deed in deeds for p in predication.labelled(deed) or participants.patients(deed)]
    if name == "dative":
        return [c for c in token.children if c.dep_ == "dative"]
    found = grammar.prepositional(token, name)
    if not found and pattern.kind == "noun":
        # "came under fire from Starmer", "threw his support behind Moore": the phrase hangs on the light verb.
        found = (
            light_verbs.beside(token, name) or grammar.beyond(token, name)
            if name in ("from", "by")
            else light_verbs.beside(token, name)
        )
        found = found or (grammar.prepositional(clause, name) if clause is not None and name in ("from", "by") else [])
    return found


def _fill(
    pattern: Pattern,
    slots: tuple[str, ...],
    token: Token,
    clause: Token | None,
    context: Context,
    types: frozenset[str],
    *,
    via: bool,
) -> list[Entity]:
    for name in slots:
        out: list[Entity] = []
        for given in slot_heads(pattern, name, token, clause):
            # "critical of how Johnson handled it" is critical of Johnson.
            doers = participants.agents(given) if via and given.pos_ == "VERB" and given.dep_ == "pcomp" else []
            head = doers[0] if doers else given
            own = head.head == token or token.dep_ in ("acl", "relcl", "pcomp", "xcomp") or name == "self"
            if own and head.lemma_.lower() in DOCUMENTS and name in ("subj", "self") and pattern.relation in _SAYINGS:
                written = participants.authors(head)
                head = written[0] if written else head
            # "fired prosecutor X and current prosecutor Y": the participle is about X alone.
            alone = (
                token.dep_ in ("amod", "compound", "nmod") and head == token.head and token.tag_ not in ("NNS", "NNPS")
            ) or (
                name == "self" and token.dep_ == "appos" and token.tag_ == "NN"
            )  # "Warren, a critic of it, and Castro"
            through = via or (pattern.phrase and name == "subj" and head.lemma_.lower() in GOVERNING)
            found = context.arguments.entities(head, types=types, via=through, spread=not alone)
            if not found and via and pattern.relation in _OF_DEEDS:
                found = [e for e in told_before(head, context.arguments, context.speech) if e.type in types]
            for entity in found:
                if entity not in out:
                    out.append(entity)
        if name == "subj" and pattern.relation in _SAYINGS and out:
            out += [e for e in _likewise(token, context) if e not in out]
        if name in ("subj", "above", "giver") and all(e.type == GROUP or e.name.endswith("Cabinet") for e in out):
            verb = token if pattern.kind == "verb" else next((t for t in token.ancestors if t.pos_ == "VERB"), token)
            named = [
                e
                for h in participants.listed(verb)
                for e in context.arguments.entities(h, types=(PERSON,), spread=False)
            ]
            subjects = participants.agents(verb)
            if (
                named
                and subjects
                and (
                    out
                    or subjects[0].tag_ in ("NNS", "NNPS", "CD")
                    or any(c.lower_ in ("every", "each") for c in subjects[0].children)
                )
            ):
                return list(dict.fromkeys(named))
        if out:
            return out
    return []


def _likewise(token: Token, context: Context) -> list[Entity]:
    """Whom "like" or "along with" before the subject puts beside it: "Like Higgins, Connolly has condemned Israel"."""
    verb = token
    while verb.dep_ in ("pcomp", "prep", "acomp", "xcomp") and verb.head != verb:
        verb = verb.head
    if not any(c.dep_ == "prep" and c.lower_ in ("like", "alongside") and c.i == c.sent.start for c in verb.children):
        return []
    heads = [h for word in ("like", "alongside") for h in grammar.prepositional(verb, word)]
    return [e for h in heads for e in context.arguments.entities(h, types=(PERSON,))]


def _stands(token: Token, slot: str, words: frozenset[str], known: dict[str, frozenset[str]]) -> bool:
    """Whether one of the words (lemmas) stands in a slot of the trigger, or anything where there are none. ``known``
    keeps the words of the slots looked at: the patterns of one trigger ask for the same few."""
    if not words and slot == "obj":
        return any(c.dep_ == "dobj" for c in token.children)
    if not words and slot not in _LOOKED_AT:
        return bool(grammar.prepositional(token, slot))
    if slot not in known:
        known[slot] = frozenset(_words_in(token, slot))
    return not words.isdisjoint(known[slot])


_LOOKED_AT = frozenset({"word", "det", "obj", "subj", "mod", "head", "attr", "label"})


def _words_in(token: Token, slot: str) -> Iterator[str]:
    if slot == "det":
        yield from (c.lower_ for c in token.children if c.dep_ in ("det", "poss"))
        return
    if slot == "word":  # anywhere directly below the trigger
        for child in token.children:
            yield child.lemma_.lower()
            yield child.lower_
        return
    if slot == "obj":
        heads = [c for c in token.children if c.dep_ in ("dobj", "attr", "oprd")] or participants.patients(token)
    elif slot == "subj":
        heads = participants.agents(token)
    elif slot == "mod":
        heads = [c for c in token.children if c.dep_ in ("compound", "amod", "nmod")]
    elif slot == "head":
        heads = [token.head]
    elif slot == "attr":
        heads = [c for c in token.children if c.dep_ in ("attr", "oprd")] or predication.labels(token)
    elif slot == "label":
        heads = predication.labels(token)
    else:
        heads = grammar.prepositional(token, slot)
    doc = token.doc
    for head in heads:  # the tokeniser splits "re-election"
        if head.i >= 2 and doc[head.i - 1].text == "-":
            yield f"{doc[head.i - 2].lower_}-{head.lemma_.lower()}"
    if slot in ("label", "as"):  # "called him the worst prime minister in history"
        heads = [*heads, *(c for h in heads for c in h.children if c.dep_ == "amod")]
        heads += [g for h in heads for g in grammar.prepositional(h, "of")]  # "the queen of warmongers"
    for head in (h for outer in heads for h in grammar.conjuncts(outer)):
        yield head.lemma_.lower()
        yield head.lower_


def _phrase_heads(pattern: Pattern, token: Token, clause: Token | None, people: frozenset[str]) -> list[Token]:
    for name in pattern.object:
        if name == "clause" and clause is None:
            heads = [
                h for h in (proposed_clauses(token) if pattern.relation in STANCES else [])
                if h.lemma_ != "be" and h.lemma_.lower() not in pattern.not_clause
            ]  # fmt: skip
            heads += [
                c for c in light_verbs.complements(token)
                if c.tag_ == "VB" and c.i > token.i and c.lemma_.lower() not in pattern.not_clause and c not in heads
                and any(g.dep_ == "aux" and g.lower_ == "to" for g in c.children)
            ]  # fmt: skip
        elif name == "obj":
            heads = grammar.own_objects(token)
            if pattern.relation in STANCES:
                heads = clause_objects(token) or heads
        else:
            heads = slot_heads(pattern, name, token, clause)
        if pattern.relation in STANCES:
            heads = [meant(h, token) for h in heads]
            if token.pos_ == "VERB":
                heads = [h for h in heads if not (h.pos_ == "VERB" and h.dep_ == "acl" and h.head.dep_ == "pobj")]
        heads = [h for h in heads if not _no_phrase(h) or (pattern.relation in STANCES and money_for(h))]
        if token.lemma_.lower() in _FOES:
            heads = [h for h in heads if h.pos_ != "PROPN" or enacted(h) or h.text.isupper() or h.lower_ in _CAUSES]
        if heads and pattern.relation not in _NAMED_OBJECTS:
            heads = [
                h for h in heads
                if h.lemma_.lower() not in people
                and not (h.ent_type_ in ("ORG", "FAC") and h.pos_ == "PROPN" and not enacted(h))
                and (h.ent_type_ not in ("PERSON", "NORP") or enacted(h))
                and not (h.pos_ == "PROPN" and h.ent_type_ in ("GPE", "LOC") and not enacted(h))
            ]  # fmt: skip
        if heads:
            return heads
    return []


def _no_phrase(head: Token) -> bool:
    if head.pos_ in ("VERB", "AUX") and head.dep_ == "pcomp" and head.head.lower_ in ("from", "as", "of", "in"):
        return not (head.head.lower_ in ("of", "in") and head.head.head.lemma_.lower() in FOR_IT)
    if any(c.dep_ == "mark" and c.lower_ == "that" for c in head.children):
        return True
    return (
        head.pos_ in ("PRON", "NUM", "SYM", "DET")
        or head.tag_ in ("WP", "WDT")
        or head.ent_type_
        in (
            "DATE",
            "TIME",
            "CARDINAL",
            "PERCENT",
            "MONEY",
        )
    )


# A critic of Wall Street is against no policy.
_FOES = frozenset({"critic", "opponent", "enemy", "foe"})
_CAUSES = frozenset({"brexit", "obamacare", "medicare", "medicaid"})
# Posts, seats and bodies may be actors' names; policies may not.
_NAMED_OBJECTS = frozenset({"resigns_from", "stands_for", "elected_to", "holds_role"})


def _with_phrase(
    pattern: Pattern,
    token: Token,
    clause: Token | None,
    subjects: Sequence[Entity],
    context: Context,
    modality: str = "",
) -> Iterator[Statement]:
    found = False
    stance = pattern.relation in STANCES
    for head in _phrase_heads(pattern, token, clause, context.wording.words("people_nouns")):
        joined = stance and bare_list(head)
        portfolio = joint_portfolio(head, context.wording.words("post_nouns")) if not stance else ""
        parts = (
            [head]
            if joined or portfolio
            else grammar.conjuncts(head)
            if head.pos_ != "VERB"
            else grammar.clause_verbs(head)
        )
        if stance and head.pos_ == "NOUN" and not joined:
            parts = [act for part in parts for act in (purposes(part) or [part])]
        if stance and head.pos_ == "VERB":  # "to invest in education and tackling the crisis"
            parts += [c for c in head.children if c.dep_ == "conj" and c.tag_ == "VBG" and c not in parts]
        for part in parts:
            if stance and part.pos_ == "VERB" and not has_content(part, context.arguments, context.wording):
                continue
            law = stance and enacted(part)
            named = [] if law else context.arguments.entities(part, spread=False)
            if (
                pattern.relation not in _NAMED_OBJECTS
                and not law
                and any(m.type in (PERSON, GROUP) for m in context.arguments.mentions_at(part))
            ):
                continue
            several = (
                pattern.relation == "elected_to" and bool(named) and named[0].type == GROUP and part.text.endswith("s")
            )
            if named and not several and (pattern.relation not in _NAMED_OBJECTS or named[0].type != ORGANISATION):
                continue
            if pattern.relation not in _NAMED_OBJECTS and _owned(
                part, context, judged=stance and _judges(token, context)
            ):
                continue
            obj = (
                named[0]
                if named and pattern.relation == "resigns_from"
                else stance_phrase(fullest(part), token)
                if stance
                else _phrase(part if pattern.relation in _NAMED_OBJECTS else fullest(part), context)
            )
            if portfolio:
                obj = phrase_entity(part, portfolio)
            if obj is None:
                continue
            if several:  # "were elected MEPs": each of them MEP
                obj = phrase_entity(part, obj.name.removesuffix("s"))
            elif pattern.relation == "elected_to" and part.pos_ == "NOUN":
                # "elected Htin Kyaw president": the parser takes the name for part of the post
                surnames = "|".join(re.escape(s.name.split()[-1]) for s in subjects)
                obj = phrase_entity(part, re.sub(rf"^.*\b(?:{surnames}) (?=[a-z])", "", obj.name))
            found = True
            relation = pattern.relation
            if relation == "favours" and part.pos_ == "VERB" and part.lemma_ in ("block", "veto", "thwart"):
                # "vowed to block the tax cuts": against them
                things = [stance_phrase(h, part) for h in grammar.own_objects(part)[:1] if h.pos_ == "NOUN"]
                relation, obj = ("opposes", things[0]) if things and things[0] is not None else (relation, obj)
            if stance and part.pos_ == "VERB" and any(c.dep_ == "neg" for c in part.children):
                relation = CONTRARY[relation]  # "pledged not to raise taxes"
            for subject in subjects:
                kept = (
                    "positive" if stance and token.pos_ == "NOUN" and _told_of_another(token, subject, context) else ""
                )
                kept = "positive" if modality else kept
                yield from assemble(
                    relation, subject, obj, token, context, pattern=pattern, polarity=kept, modality=modality
                )
    if not found and pattern.object_optional:
        for subject in subjects:
            yield from assemble(pattern.relation, subject, None, token, context, pattern=pattern)


def _owned(head: Token, context: Context, *, judged: bool = False) -> bool:
    """Whether the phrase is somebody's doing ("Trump's comments"): then the stance is towards that somebody. Plans
    and the like stay policies whosoever they are."""
    if any(c.dep_ == "poss" and c.lemma_.lower() == "other" for c in head.children):
        return True  # "attacked each other's policies"
    if head.lemma_.lower() in context.wording.words("policy_nouns") and not judged:
        return False
    if head.lemma_.lower() in UNDERGONE and not judged:
        return False
    return any(c.dep_ == "poss" and (c.pos_ == "PRON" or context.arguments.mentions_at(c)) for c in head.children)


def _told_of_another(noun: Token, holder: Entity, context: Context) -> bool:
    """Whether the clause around "his plans" tells of somebody else's act: "Brussels told him to scrap his plans" leaves
    them his."""
    if any(c.dep_ == "det" and c.lower_ == "no" for c in noun.children):
        return False
    if noun.dep_ == "pobj":
        return True  # "rejected an exception to his call for a ban"
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
    text = phrase_text(head)
    for owner in (c for c in head.children if c.dep_ == "poss"):
        # "quit Corbyn's front bench" leaves the front bench.
        if any(m.type == PERSON for m in context.arguments.mentions_at(owner)) and head.lemma_.lower() not in (
            context.wording.words("policy_nouns")
        ):
            text = re.sub(r"^.*?['’]s? ", "", text) if owner.right_edge.i < head.i else text
    return phrase_entity(head, text) if text else None


def assemble(
    relation: str, subject: Entity, obj: Entity | None, token: Token, context: Context, *,
    pattern: Pattern | None = None, rule: str = "", confidence: float = 0.0, polarity: str = "", modality: str = "",
) -> Iterator[Statement]:  # fmt: skip
    """Put factuality, attribution, date, role and evidence to a found relation."""
    anchor = token
    if pattern is not None and pattern.reset:
        anchor = next(g for g in governors.governors(token) if g.lemma_.lower() in pattern.under)
    found_polarity, found_modality = factuality(anchor, context.wording)
    if pattern is not None:
        if pattern.polarity == "negative":
            found_polarity = "positive" if found_polarity == "negative" else "negative"
        if pattern.modality:
            found_modality = weaker(found_modality, pattern.modality)
    polarity, modality = polarity or found_polarity, modality or found_modality
    if relation == "favours" and polarity == "negative" and _withheld(token):
        relation, polarity, modality = "opposes", "positive", "actual"  # "could not support the bill"
    if relation in STANCES and modality == "intended":
        modality = "actual"  # taking a position is the act
    if relation == "favours" and polarity == "negative" and token.lemma_.lower() in PROPOSING:
        return  # who puts forward no plan has none
    if relation in STANCES and polarity == "negative" and (modality == "possible" or token.lemma_ == "rule"):
        return  # "refused to rule out" takes no position
    if modality == "possible" and (subject.type == GROUP or relation == "succeeds"):
        return  # "MPs can still stand down" is said of nobody, "is thinking of replacing him" of another one
    said = context.speech.attribution(token)
    source = None
    if said is not None:
        if said.speaker is None:
            modality = weaker(modality, "alleged") if not said.quoted else modality
        elif (
            subject not in said.speakers
            and said.speaker.id != subject.id
            and not (relation.endswith("_by") and obj is not None and said.speaker.id == obj.id)
        ):
            source = said.speaker
            if source.type != ORGANISATION or (obj is not None and source.id == obj.id):
                modality = weaker(modality, "alleged") if modality == "actual" else modality
    yield make_statement(
        relation, subject, obj, token, context, polarity=polarity, modality=modality, source=source,
        role=_text(pattern.role, pattern, token) if pattern else "", topic=_text(pattern.topic, pattern, token) if pattern else "",
        rule=rule or (pattern.rule if pattern else ""), confidence=confidence or (pattern.confidence if pattern else 0.5),
    )  # fmt: skip


_DISPOSED = frozenset("inclined incline prepared prepare willing ready going minded able about".split())


def _withheld(token: Token) -> bool:
    """ "could not support the bill", "is not inclined to vote for it": a favour that one will not do is opposition."""
    if any(c.dep_ == "aux" and c.lower_ in ("can", "ca", "could", "will", "wo", "would") for c in token.children):
        return True
    return token.dep_ == "xcomp" and (token.head.lemma_ in _DISPOSED or token.head.lower_ in _DISPOSED)


def _text(slots: tuple[str, ...], pattern: Pattern | None, token: Token) -> str:
    for name in slots:
        if pattern is not None:
            for head in slot_heads(pattern, name, token, None):
                return phrase_text(head)
    return ""


def make_statement(
    relation: str, subject: Entity, obj: Entity | None, token: Token, context: Context, *, polarity: str, modality: str,
    source: Entity | None, role: str, topic: str, rule: str, confidence: float,
) -> Statement:  # fmt: skip
    """A statement whose evidence is the trigger's sentence."""
    start, end = offsets(token.sent)
    text = context.article.text[start:end]
    trimmed = text.strip()
    start += text.index(trimmed) if trimmed else 0
    evidence = Evidence(context.article.id, start, start + len(trimmed), trimmed, token.text, rule, confidence)
    date = event_date(token, context.article)
    if role in (subject.name, obj.name if obj else ""):
        role = ""
    return Statement(subject, relation, obj, evidence, polarity, modality, source, topic, role, date)


def departed_body(doc: Doc, mentions: Sequence[Mention]) -> Entity | None:
    """The body that the article says people are leaving: "11 shadow Cabinet resignations", "resignations from the
    shadow cabinet"; None when it names none or several."""
    found: dict[str, Entity] = {}
    nouns = {doc.vocab.strings.add(noun) for noun in ("resignation", "departure", "walkout", "exodus")}
    for token in (doc[i] for i, lemma in enumerate(doc.to_array(LEMMA).tolist()) if lemma in nouns):
        if token.pos_ == "NOUN":
            arguments = Arguments(doc, mentions)
            heads = [c for c in token.children if c.dep_ in ("compound", "amod", "nmod")] + grammar.prepositional(
                token, "from"
            )
            for entity in (e for h in heads for e in arguments.entities(h, types=(ORGANISATION,), spread=False)):
                found[entity.id] = entity
    return next(iter(found.values())) if len(found) == 1 else None
