"""The slots of a pattern: the heads that stand in them, the words and the entities of these, and the clause that completes
the trigger."""

from collections.abc import Callable, Iterator

from spacy.tokens import Span, Token

from graphbuild.discourse import DOCUMENTS
from graphbuild.extract.article.context import Context
from graphbuild.extract.elections.seats import fought_in, is_seat
from graphbuild.extract.policy.policies import GOVERNING
from graphbuild.extract.speech.resignation_demands import goes
from graphbuild.extract.speech.told_deeds import told_before
from graphbuild.extract.syntax import grammar, light_verbs, participants, predication
from graphbuild.extract.syntax.grammar import children
from graphbuild.model import GROUP, PERSON, Entity
from graphbuild.ontology import word_set
from graphbuild.wording import Pattern

# What a letter or a speech does its author does.
SAYINGS = word_set("sayings")
# Aimed at somebody by what he said or did before.
OF_DEEDS = frozenset({"criticises", "praises"})
_ANY_INFINITIVE = frozenset({"to"})
_SUBJUNCTIVE = frozenset("demand insist request urge recommend ask require propose suggest".split())
# "called for him to be sacked" demands that he go.
_DISMISSED = frozenset("sack fire dismiss remove oust force axe impeach depose relieve replace recall".split())
_GO_ON = frozenset("after back on ahead further through into along over to public home with beyond out".split())
_HOUSES = word_set("houses")
_CANDIDACIES = frozenset("candidacy candidature bid nomination".split())
_LEAVE_SOMETHING = frozenset("leave quit withdraw retire exit abandon".split())
# Who is to give these up goes when they are posts.
_HAND_BACK = frozenset("give hand vacate relinquish surrender".split())


def pattern_clause(token: Token, pattern: Pattern, posts: frozenset[str]) -> Token | None:
    """The complement verb that the pattern asks for."""
    for head in light_verbs.complements(token):
        if pattern.clause == _ANY_INFINITIVE:
            if head.dep_ in ("acl", "relcl") and head.head.dep_ == "pobj" and head.head.head.lower_ == "including":
                continue
            if pattern.relation == "urges" and _subjunctive(head, token):
                return head
            to = any(c.dep_ == "aux" and c.lower_ == "to" for c in children(head))
            if head.tag_ == "VB" and (to or (head.dep_ == "pobj" and head.head.lower_ == "to") or _is_order(head)):
                return None if head.lemma_.lower() in pattern.not_clause else head
            continue
        marks = {c.lower_ for c in children(head) if c.dep_ == "mark"}
        be = any(c.dep_ == "auxpass" and c.lower_ == "be" for c in children(head))  # "demanded that Hogan be fired"
        subjunctive = token.lemma_ in _SUBJUNCTIVE and (head.tag_ in ("VB", "VBP", "NN") or be)
        if any(c.tag_ == "MD" and c.lower_ in ("would", "will", "could", "'d", "might", "may") for c in children(head)):
            continue  # "insisted that he would not resign"
        if pattern.relation == "calls_to_resign" and any(
            c.dep_ == "neg" or (c.dep_ in ("aux", "auxpass") and c.tag_ in ("VBD", "VBZ")) for c in children(head)
        ):
            continue  # "implored him not to leave", "told reporters he was stepping down"
        told = head.tag_ == "VBD" and token.lemma_ in _SUBJUNCTIVE and not grammar.is_passive(head)
        if told or marks & {"if", "whether"} or ("that" in marks and not subjunctive):
            continue  # "asked if she had resigned", "insisted she left unbidden" ask for no resignation
        for verb in grammar.clause_verbs(head):
            lemma = verb.lemma_.lower()
            wanted = token.lemma_ == "want" and verb.tag_ in ("VBN", "VBD")  # "wants Dlamini fired"
            if pattern.relation == "calls_to_resign" and lemma in _DISMISSED and (grammar.is_passive(verb) or wanted):
                return verb
            if pattern.relation == "calls_to_resign" and goes(verb):
                return verb
            if lemma == "go" and verb.i + 1 < len(verb.doc) and verb.nbor().lower_ in _GO_ON:
                continue  # "pressed him to go after Biden", "asked her to go back to the old system"
            froms = [t for t in verb.subtree if t.lower_ == "from"] if lemma == "step" else []
            if any(g.dep_ == "pcomp" for t in froms for g in children(t)):
                continue  # "called for him to step back from raising taxes"
            left = _CANDIDACIES if lemma == "withdraw" else posts | _HOUSES  # "withdraw the whip" is no going
            if lemma in _LEAVE_SOMETHING and any(
                c.dep_ == "dobj" and c.lemma_.lower() not in left for c in children(verb)
            ):
                continue  # "to leave Ukraine alone" is no demand to go
            if lemma in _HAND_BACK and not any(
                c.dep_ == "dobj" and c.lemma_.lower() in posts | _HOUSES for c in children(verb)
            ):
                continue
            if lemma in pattern.clause or any(
                word.startswith(lemma + " ") and grammar.has_particle(verb, word.split(" ", 1)[1])
                for word in pattern.clause
            ):
                return verb
            # "consider his position"
            for child in children(verb):
                if child.dep_ == "dobj" and f"{lemma} {child.lemma_.lower()}" in pattern.clause:
                    return verb
    return None


_FORMULAS = frozenset("let look listen see say thank mind suppose forget believe trust remember ask bear take".split())


def _is_order(verb: Token) -> bool:
    """ "'Publish the report,' he told May": a quotation that begins with an imperative."""
    first = verb.left_edge
    opened = first.is_quote or (first.i > 0 and (first.nbor(-1).is_quote or first.nbor(-1).text == ":"))
    bare = not any(c.dep_ in (*grammar.SUBJECTS, "aux", "mark") for c in children(verb))
    return opened and bare and verb.lemma_.lower() not in _FORMULAS


def _subjunctive(verb: Token, asking: Token) -> bool:
    """ "demanded that Newton apologise", "his request that Ukraine investigate": a bare verb with its own subject."""
    own = any(c.dep_ == "nsubj" and (c.pos_ != "PRON" or c.lower_ in ("he", "she", "it")) for c in children(verb))
    as_noun = verb.tag_ == "NN" and any(c.dep_ == "compound" and c.ent_type_ == "PERSON" for c in children(verb))
    return (
        verb.dep_ in ("ccomp", "acl")
        and ((own and verb.tag_ in ("VB", "VBP")) or as_noun)
        and asking.lemma_.lower() in _SUBJUNCTIVE
        and not any(c.dep_ == "aux" for c in children(verb))
        and verb.lemma_ not in ("be", "have")
    )


def slot_heads(pattern: Pattern, name: str, token: Token, clause: Token | None) -> list[Token]:
    """Heads of the phrases that fill a slot; besides the named slots any preposition names its objects."""
    if name in _OF_TRIGGER:
        return _OF_TRIGGER[name](token)
    if name in _OF_CLAUSE:
        return _OF_CLAUSE[name](clause) if clause is not None else []
    if name == "subj":
        active = token.pos_ in ("VERB", "AUX") or pattern.kind == "verb"
        return participants.agents(token) if active else participants.surface_subjects(token.head)
    if name == "obj":
        through = []
        if pattern.particle and pattern.kind == "verb" and not grammar.is_passive(token):
            through = grammar.prepositional(token, pattern.particle)
        return through or participants.patients(token)
    if name.endswith("_poss"):  # whose is what the preposition before it is about: "in *Rudd's* place"
        return [g for c in grammar.prepositional(token, name.removesuffix("_poss")) for g in _whose(c)]
    found = grammar.prepositional(token, name)
    if not found and token.dep_ == "xcomp":
        found = _fronted(token, name)
    if not found and pattern.kind == "verb" and name in ("at", "against", "about", "from") and pattern.needs:
        # "levelled a charge of deceit *at* her", "is looking into claims *against* her"
        # (not "receiving backing despite calls *from* Sarwar")
        beside = [c for c in children(token) if c.dep_ == "prep" and c.lower_ not in _BY_THE_WAY]
        things = [*_things(token), *(g for c in beside for g in children(c))]
        found = [h for c in things for h in grammar.prepositional(c, name) or grammar.beyond(c, name)]
    if not found and pattern.kind == "noun":
        # "came under fire from Starmer", "threw his support behind Moore": the phrase hangs on the light verb.
        found = light_verbs.beside(token, name)
        if not found and name in ("in", "against"):
            found = grammar.beyond(token, name)  # "a motion of no confidence in"
        if not found and name in ("from", "by"):
            found = grammar.beyond(token, name) or (grammar.prepositional(clause, name) if clause is not None else [])
    return found


_BY_THE_WAY = frozenset("despite amid amidst after before since during following because without".split())


def _fronted(verb: Token, preposition: str) -> list[Token]:
    """ "Schallenberg, *with whom* he was to hold talks": the phrase stands before the verb that governs this one."""
    above = verb.head
    return [
        grammar.with_antecedent(g)
        for c in children(above) if c.dep_ == "prep" and c.lower_ == preposition and c.i < above.i
        for g in children(c) if g.lower_ in ("whom", "which")
    ]  # fmt: skip


def _owners(token: Token) -> list[Token]:
    own = [_whom(c) for c in children(token) if c.dep_ == "poss"]
    if not own and token.dep_ == "conj" and not any(c.dep_ == "det" for c in children(token)):
        own = [c for c in children(token.head) if c.dep_ == "poss"]  # "her stance on X and opposition to Y"
    return own


def _whom(owner: Token) -> Token:
    """ "*Blair*, whose support for Brown was never in doubt"."""
    if owner.lower_ != "whose":
        return owner
    return next((verb.head for verb in owner.ancestors if verb.dep_ == "relcl"), owner)


def _things(verb: Token) -> list[Token]:
    """Objects, also those that a passive keeps: "was handed Rudd's *job*"."""
    return [*grammar.own_objects(verb), *(c for c in children(verb) if c.dep_ == "dobj" and grammar.is_passive(verb))]


def _whose(noun: Token) -> list[Token]:
    return [c for c in children(noun) if c.dep_ == "poss"] or grammar.prepositional(noun, "of")


def _modifiers(token: Token) -> list[Token]:
    # "Tory defector Jackson": the parser hangs both words on the name.
    beside = [c for c in children(token.head) if c.i < token.i] if token.dep_ in ("compound", "nmod") else []
    return [c for c in [*children(token), *beside] if c.dep_ in ("compound", "amod", "nmod")]


def _for_whom(token: Token) -> list[Token]:
    """Whom a deed is done to: "apologised for calling *her* a liar"."""
    deeds = [h for p in ("for", "after") for h in grammar.prepositional(token, p)]
    done = [
        h
        for d in deeds
        if d.lemma_ in _DONE_TO
        for p in ("of", "on", "against", "towards")
        for h in grammar.prepositional(d, p)
    ]
    return done + [p for d in deeds if d.pos_ == "VERB" for p in predication.labelled(d) or participants.patients(d)]


_DONE_TO = frozenset("treatment attack slur insult abuse jibe outburst mistreatment".split())


def _clause_objects(clause: Token) -> list[Token]:
    found = participants.patients(clause) or [
        h for p in ("for", "behind", "around", "with", "under", "alongside") for h in grammar.prepositional(clause, p)
    ]
    if not found and clause.head.dep_ == "relcl" and any(c.lower_ == "whom" for c in children(clause.head)):
        return [clause.head.head]  # "Rumsfeld, whom Biden has urged Bush to dismiss"
    return found


def _clause_roles(clause: Token) -> list[Token]:
    return [c for c in children(clause) if c.dep_ in ("attr", "oprd")] or grammar.prepositional(clause, "as")


# Slot -> its heads, from the trigger alone.
_OF_TRIGGER: dict[str, Callable[[Token], list[Token]]] = {
    "surface": participants.surface_subjects,
    "poss": _owners,
    "mod": _modifiers,
    "obj_poss": lambda token: [g for c in _things(token) for g in children(c) if g.dep_ == "poss"],
    "subj_poss": lambda token: [
        g for c in participants.surface_subjects(token) for g in children(c) if g.dep_ == "poss"
    ],
    "seat": fought_in,
    "seat_obj": lambda token: [h for h in grammar.own_objects(token) if is_seat(h)],
    "phrase_mod": lambda token: [c for c in children(token) if c.dep_ in ("compound", "nmod") and c.i == token.i - 1],
    "attr": lambda token: [c for c in children(token) if c.dep_ in ("attr", "oprd", "dobj")],
    "head": lambda token: [token.head] if token.dep_ in ("amod", "compound", "nmod") else [],
    "self": predication.self_heads,
    "giver": light_verbs.light_giver,
    "receiver": light_verbs.light_receiver,
    "included": predication.included,
    "label": predication.labels,
    "labelled": predication.labelled,
    "claimant": predication.claimants,
    "hearer": predication.hearers,
    "opposite": predication.opposite,
    "rival_of": predication.rival_of,
    "above": participants.doer_above,
    "told": participants.told_above,
    "for_whom": _for_whom,
    "dative_above": lambda token: [c for c in children(token.head) if c.dep_ == "dative" and token.dep_ == "dobj"],
    "dative": lambda token: [
        g
        for c in children(token)
        if c.dep_ == "dative"
        for g in ((c,) if c.pos_ != "ADP" else children(c))
        if g.dep_ in ("dative", "pobj")
    ],
}
# Slot -> its heads, from the clause that completes the trigger.
_OF_CLAUSE: dict[str, Callable[[Token], list[Token]]] = {
    "clause": lambda clause: [clause],
    "clause_subj": participants.surface_subjects,
    "clause_own": participants.explicit_subjects,
    "clause_obj": _clause_objects,
    "clause_role": _clause_roles,
    "clause_by": grammar.by_agents,
    "clause_seat": lambda clause: [h for h in grammar.own_objects(clause) if is_seat(h)],
}


_MANY = frozenset("handful number group dozen string most many some several more".split())


def fill(
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
            if own and head.lemma_.lower() in DOCUMENTS and name in ("subj", "self") and pattern.relation in SAYINGS:
                written = participants.authors(head)
                head = written[0] if written else head
            # "fired prosecutor X and current prosecutor Y": the participle is about X alone.
            alone = (
                token.dep_ in ("amod", "compound", "nmod") and head == token.head and token.tag_ not in ("NNS", "NNPS")
            ) or (
                name == "self" and token.dep_ == "appos" and token.tag_ == "NN"
            )  # "Warren, a critic of it, and Castro"
            through = via or (pattern.phrase and name == "subj" and head.lemma_.lower() in GOVERNING)
            of_deeds = pattern.relation in OF_DEEDS
            found = context.arguments.entities(head, types=types, via=through, spread=not alone, doers=of_deeds)
            if not found and name == "subj" and head == token.head and any(c.lower_ == "who" for c in children(token)):
                # "Robert Mercer, co-founder of a fund, who backed Cruz", hung on the fund
                above = next((t for t in head.ancestors if t.dep_ == "appos" or t.pos_ in ("VERB", "AUX")), head)
                found = context.arguments.entities(above, types=(PERSON,)) if above.dep_ == "appos" else []
            if not found and via and of_deeds:
                found = [e for e in told_before(head, context.arguments, context.speech) if e.type in types]
            for entity in found:
                if entity not in out:
                    out.append(entity)
        if name == "subj" and pattern.relation in SAYINGS and out:
            out += [e for e in _likewise(token, context) if e not in out]
        if name in ("subj", "above", "giver") and all(e.type == GROUP or e.name.endswith("Cabinet") for e in out):
            verb = token if pattern.kind == "verb" else next((t for t in token.ancestors if t.pos_ == "VERB"), token)
            heads = participants.listed(verb)
            named = [e for h in heads for e in context.arguments.entities(h, types=(PERSON,), spread=False)]
            if named and any(out or _is_many(subject) for subject in participants.agents(verb)[:1]):
                return list(dict.fromkeys(named))
        if out:
            return out
        if name == "poss" and pattern.phrase and _owners(token):
            return []  # "opposition to the EU's plans": they are nobody else's
    return []


def _is_many(noun: Token) -> bool:
    plural = noun.tag_ in ("NNS", "NNPS", "CD") or noun.lemma_.lower() in _MANY
    return plural or any(c.lower_ in ("every", "each") for c in children(noun))


def _likewise(token: Token, context: Context) -> list[Entity]:
    """Whom "like" or "along with" before the subject puts beside it: "Like Higgins, Connolly has condemned Israel"."""
    verb = token
    while verb.dep_ in ("pcomp", "prep", "acomp", "xcomp") and verb.head != verb:
        verb = verb.head
    opening = any(
        c.dep_ == "prep" and c.lower_ in ("like", "alongside") and c.i == c.sent.start for c in children(verb)
    )
    named = [c for c in children(verb) if c.dep_ == "nsubj" and c.pos_ == "PROPN"]  # "Harris, like Murphy, is backing"
    beside = [(verb, "like"), (verb, "alongside")] if opening else [(c, "like") for c in named]
    heads = [h for above, word in beside for h in grammar.prepositional(above, word)]
    return [e for h in heads for e in context.arguments.entities(h, types=(PERSON,))]


def stands(token: Token, slot: str, words: frozenset[str], known: dict[str, frozenset[str]]) -> bool:
    """Whether one of the words (lemmas) stands in a slot of the trigger, or anything where there are none. ``known``
    keeps the words of the slots looked at: the patterns of one trigger ask for the same few."""
    if not words and slot == "obj":
        return any(c.dep_ == "dobj" for c in children(token))
    if not words and slot == "comp":
        return any(c.dep_ in ("ccomp", "xcomp") for c in children(token))
    if not words and slot not in _LOOKED_AT:
        return bool(grammar.prepositional(token, slot))
    if slot not in known:
        known[slot] = frozenset(_words_in(token, slot))
    return not words.isdisjoint(known[slot])


_LOOKED_AT = frozenset({"word", "det", "obj", "subj", "mod", "head", "attr", "attr_mod", "label"})


def words_around(token: Token) -> frozenset[str]:
    """The words of a token's sentence that patterns ask for, found once for all its tokens."""
    sentence = grammar.sentence(token)
    known: dict[int, frozenset[str]] = token.doc.user_data.setdefault("sentence words", {})
    if sentence.start not in known:
        known[sentence.start] = frozenset(_words_within(sentence))
    return known[sentence.start]


def _words_within(sentence: Span) -> Iterator[str]:
    """Every word of a sentence that a slot may be asked for: lemmas, forms, and the halves of "re-election" as one."""
    forms = [token.lower_ for token in sentence]
    lemmas = [token.lemma_.lower() for token in sentence]
    yield from forms
    yield from lemmas
    yield from ("ordinal" for form in forms if _is_ordinal(form))
    yield from ("money" for token in sentence if token.is_currency)
    yield from (f"{one}-{other}" for one, dash, other in zip(forms, forms[1:], lemmas[2:], strict=False) if dash == "-")


def _is_ordinal(word: str) -> bool:
    return word[0].isdigit() and word.endswith(("st", "nd", "rd", "th"))


def _words_in(token: Token, slot: str) -> Iterator[str]:
    if slot == "det":
        yield from (c.lower_ for c in children(token) if c.dep_ in ("det", "poss"))
        return
    if slot == "word":  # anywhere directly below the trigger
        for child in children(token):
            yield child.lemma_.lower()
            yield child.lower_
            if child.dep_ == "dobj":  # "held May responsible"
                yield from (c.lower_ for c in children(child) if c.dep_ == "amod" and c.i > child.i)
        return
    if slot == "obj":
        heads = [c for c in children(token) if c.dep_ in ("dobj", "attr", "oprd")]
        # "shows Erin O'Toole the door", read as a name and what he is
        named = [c for c in children(token) if c.dep_ in ("dobj", "dative")]
        heads += [g for h in named for g in children(h) if g.dep_ == "appos" and g.left_edge.i == h.i + 1]
        if not any(c.dep_ == "dobj" for c in heads):
            heads += participants.patients(token)
        yield from ("no" for h in heads for c in children(h) if c.dep_ == "det" and c.lower_ == "no")
    elif slot == "subj":
        heads = participants.agents(token)
    elif slot == "mod":
        heads = [c for c in children(token) if c.dep_ in ("compound", "amod", "nmod")]
    elif slot == "head":
        heads = [token.head]
    elif slot == "attr":
        heads = [c for c in children(token) if c.dep_ in ("attr", "oprd")] or predication.labels(token)
    elif slot == "label":
        heads = predication.labels(token)
    elif slot == "attr_mod":
        heads = [g for c in children(token) if c.dep_ in ("attr", "oprd") for g in children(c) if g.dep_ == "amod"]
        yield from ("ordinal" for h in heads if _is_ordinal(h.lower_))
    else:
        heads = grammar.prepositional(token, slot)
        if not heads and token.pos_ == "NOUN":  # "joined calls *for* her resignation", hung on the verb
            heads = light_verbs.beside(token, slot)
    doc = token.doc
    for head in heads:  # the tokeniser splits "re-election"
        if head.i >= 2 and doc[head.i - 1].text == "-":
            yield f"{doc[head.i - 2].lower_}-{head.lemma_.lower()}"
    if slot in ("label", "as"):  # "called him the worst prime minister in history"
        heads = [*heads, *(g for h in heads for g in grammar.prepositional(h, "of"))]  # "the queen of warmongers"
        heads += [c for h in heads for c in children(h) if c.dep_ == "amod"]
    for head in (h for outer in heads for h in grammar.conjuncts(outer)):
        yield head.lemma_.lower()
        yield head.lower_
        if head.ent_type_ == "MONEY":
            yield "money"
