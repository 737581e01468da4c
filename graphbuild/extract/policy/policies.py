"""Which words a stance is about: noun phrases, gerunds ("ruled out raising taxes"), small clauses ("supported Britain
staying in the EU", "campaigned for the UK to remain") and pronouns that stand for a bill or plan ("voted against it")."""

from spacy.tokens import Token

from graphbuild.extract.article.arguments import Arguments
from graphbuild.extract.syntax import grammar
from graphbuild.extract.syntax.grammar import children
from graphbuild.model import PERSON
from graphbuild.ontology import word_set
from graphbuild.wording import Wording

STANCES = frozenset({"favours", "opposes", "calls_for"})
# What a stance becomes when its object is negated: "pledged not to raise taxes" opposes raising them.
CONTRARY = {"favours": "opposes", "opposes": "favours", "calls_for": "opposes"}
# What is done to its owner: "refused to approve Boateng's appointment" is a stance on it.
UNDERGONE = word_set("undergone")
# What parliaments and parties decide about a politician, and what it is called.
FATES = {
    "impeach": "impeachment", "convict": "conviction", "acquit": "acquittal", "censure": "censure", "expel": "expulsion",
    "suspend": "suspension", "confirm": "confirmation", "pardon": "pardon", "prosecute": "prosecution", "indict": "indictment",
    "extradite": "extradition", "deselect": "deselection", "readmit": "readmission", "reinstate": "reinstatement",
    "exonerate": "exoneration", "deport": "deportation", "nominate": "nomination", "remove": "removal",
}  # fmt: skip
# What an actor governs by: "Labour's manifesto promises", "a Tory government would".
GOVERNING = word_set("governing")
# "in favour of leaving", "in support of staying": the gerund is what is favoured.
FOR_IT = word_set("for_it")


def clause_objects(verb: Token) -> list[Token]:
    """Heads of gerunds that are the verb's object."""
    if grammar.is_passive(verb):
        # "the Act, passed by the House": what is passed stands before the participle
        return [verb.head] if verb.dep_ == "acl" and verb.tag_ == "VBN" and verb.head.pos_ in ("NOUN", "PROPN") else []
    return [c for c in children(verb) if c.dep_ in ("xcomp", "ccomp") and c.i > verb.i and c.tag_ == "VBG"]


def proposed_clauses(verb: Token) -> list[Token]:
    """ "campaigned for the UK to remain": the infinitive whose subject stands after "for"."""
    return [
        c for c in children(verb)
        if c.dep_ in ("advcl", "ccomp", "xcomp", "acl") and c.tag_ == "VB" and c.i > verb.i
        and any(g.dep_ == "mark" and g.lower_ == "for" for g in children(c))
    ]  # fmt: skip


def meant(head: Token, trigger: Token) -> Token:
    """The gerund after a name that is its subject ("against UKIP working with them"), or what a pronoun stands for."""
    after = head.i + 1
    if head.dep_ == "pobj" and head.pos_ == "PROPN" and after < len(head.doc):
        verb = head.doc[after]
        if verb.tag_ == "VBG" and verb.dep_ in ("advcl", "acl", "pcomp") and verb.head in (trigger, head, head.head):
            return verb
    if head.dep_ == "pobj" and head.head.lower_ == "for":
        # "proposals for pubs to close early"
        end = head.right_edge.i + 1
        for verb in (v for v in trigger.subtree if v.tag_ == "VB" and head.i < v.i <= end + 2):
            plain = not any(c.dep_ == "prep" for c in children(head)) and verb.i - head.i <= 4
            if plain and verb.dep_ in ("advcl", "acl", "relcl", "xcomp") and verb.nbor(-1).lower_ == "to":
                return verb
    if head.dep_ == "appos" and head.lemma_.lower() in _SUMMED_UP and head.head.pos_ == "NOUN":
        return head.head  # "called for compensation, something ministers have ruled out"
    if head.pos_ == "NUM" or head.lower_ in ("all", "most", "some", "much", "part", "parts", "elements"):
        # "accepted all six of her recommendations"
        return next((g for c in children(head) if c.lower_ == "of" for g in children(c) if g.pos_ == "NOUN"), head)
    if trigger.lemma_ in ON_PLEDGES and head.lemma_.lower() in _PLEDGES:  # "ran on a pledge to cut taxes"
        return next((c for c in children(head) if c.dep_ in ("acl", "relcl") and c.tag_ == "VB"), head)
    if head.lemma_.lower() in _ABOUT and (inside := _content_of(head)):
        return inside[0]  # "dismissed the idea of a wealth tax", "abstained in the vote on fees"
    if head.pos_ == "PRON" and head.lower_ in ("it", "this", "that", "them"):
        return _before(head, trigger) or head
    return head


_SUMMED_UP = frozenset("something move idea step prospect".split())
ON_PLEDGES = frozenset("campaign run stand elect".split())
_PLEDGES = frozenset("pledge promise vow commitment platform manifesto".split())


def _content_of(noun: Token) -> list[Token]:
    places = [c for c in children(noun) if c.dep_ == "prep" and c.lower_ in _ABOUT[noun.lemma_.lower()]]
    inside = [g for c in places for g in children(c)]
    return (
        [g for g in inside if g.dep_ == "pobj" and g.pos_ == "NOUN"]
        if not any(g.dep_ == "pcomp" for g in inside)
        else []
    )


# The stance is on what these are about.
_ABOUT = {
    **dict.fromkeys(("idea", "notion", "prospect", "possibility", "suggestion", "concept"), ("of",)),
    **dict.fromkeys(("division", "ballot"), ("on", "over")),
    **dict.fromkeys(("backing", "support", "case", "push", "demand", "call"), ("for",)),
}
_POLICY = word_set("pointed_at")


def _before(pronoun: Token, trigger: Token) -> Token | None:
    """The bill or plan named last before a pronoun, in its sentence or the one before."""
    doc = pronoun.doc
    sent = pronoun.sent
    start = doc[sent.start - 1].sent.start if sent.start else 0
    plural = pronoun.lower_ == "them"
    for index in range(trigger.i - 1, start - 1, -1):
        token = doc[index]
        if token.pos_ in ("NOUN", "PROPN") and token.dep_ in ("dobj", "pobj", "nsubj", "nsubjpass", "attr"):
            told = any(
                c.dep_ in ("compound", "amod", "nmod", "prep", "acl", "relcl", "det", "poss") for c in children(token)
            )
            if (token.tag_ in ("NNS", "NNPS")) == plural and token.lemma_.lower() in _POLICY and told:
                return token
            if token.sent == sent and token.i > trigger.left_edge.i and token.dep_ in ("nsubj", "nsubjpass"):
                continue
    return None


def _compounds(noun: Token) -> list[Token]:
    return [c for c in children(noun) if c.dep_ in ("compound", "amod", "nmod")]


def blamed_on(trigger: Token, accusing: frozenset[str]) -> bool:
    """Whether the stance is only what somebody is accused of: then the accusation is the statement."""
    node = trigger
    for _ in range(6):
        head = node.head
        if head == node:
            return False
        if node.dep_ in ("prep", "pcomp", "acl", "ccomp") and head.lemma_.lower() in accusing - {"claim"}:
            return True
        node = head
    return False


def is_public_act(verb: Token, wording: Wording) -> bool:
    """Whether a verb, with its particle, is one of those of governing: "scrap", "break up"."""
    acts, lemma = wording.words("policy_verbs"), verb.lemma_.lower()
    return lemma in acts or any(c.dep_ == "prt" and f"{lemma} {c.lower_}" in acts for c in children(verb))


def has_content(verb: Token, arguments: Arguments, wording: Wording) -> bool:
    """Whether a promised act is about a thing: "to compete", "to stop him", "to meet her" are no policies."""
    plain = verb.dep_ == "pcomp" or (verb.dep_ == "csubj" and verb.lemma_ not in wording.words("no_policy_verbs"))
    if verb.tag_ == "VBG" and plain and not any(True for _ in children(verb)):
        return True  # "support for fracking", "fracking was a mistake"
    objects = grammar.own_objects(verb)
    if verb.lemma_.lower() in wording.words("light_acts") and not grammar.is_passive(verb):
        if verb.lemma_ == "give" and any(c.dep_ == "prt" for c in children(verb)):
            return False  # "will not give in"
        public = wording.words("public_things") | wording.words("policy_nouns") | wording.words("event_nouns")
        reached = objects or [g for c in children(verb) if c.dep_ == "prep" for g in children(c) if g.dep_ == "pobj"]
        if not any(p.lemma_.lower() in public for o in reached for p in (*grammar.conjuncts(o), *_compounds(o))):
            return False
    clauses = [c for c in children(verb) if c.dep_ in ("xcomp", "ccomp", "acomp", "attr", "nsubjpass")]
    if not objects:
        objects = [
            g for c in children(verb) if c.dep_ in ("prep", "prt") for g in children(c) if g.dep_ in ("pobj", "pcomp")
        ]
    own = {
        "bid",
        "campaign",
        "candidacy",
        "race",
        "time",
        "life",
        "career",
    }  # "agreed to end his bid", "to spend his time"
    things = [
        t for t in objects if not (t.pos_ == "PRON" or t.ent_type_ in ("DATE", "TIME") or t.lemma_.lower() in own)
    ]
    return bool(clauses) or any(not any(m.type == PERSON for m in arguments.mentions_at(t)) for t in things)


# Who does so has a policy; who does not do so is against none.
PROPOSING = word_set("proposing")
_ENACTED_BY = frozenset("pass approve adopt ratify enact sign".split())


def takes_no_side(verb: Token) -> bool:
    """ "decide whether to seek", "a deadline for the House to pass it", "the clarity that they want"."""
    lemma = verb.lemma_.lower()
    if any(c.dep_ == "mark" and c.lower_ == "whether" for c in children(verb)):
        return True
    if any(c.dep_ == "advmod" and c.lower_ == "whether" for c in children(verb)):
        return True
    if (
        lemma == "want"
        and verb.dep_ == "relcl"
        and not any(c.dep_ in ("dobj", "xcomp", "ccomp") for c in children(verb))
    ):
        return True
    if lemma not in _ENACTED_BY:
        return False
    if any(c.dep_ == "mark" and c.lower_ in ("if", "unless", "until") for c in children(verb)):
        return True
    to = any(c.dep_ == "aux" and c.lower_ == "to" for c in children(verb))
    return to and verb.dep_ in ("acl", "relcl", "advcl")


def money_for(head: Token) -> bool:
    """Whether a sum of money is given for something: "$30 billion to help regions", "£200m for schools"."""
    after = head.right_edge.i + 1
    tied = any(c.dep_ == "prep" and c.lower_ in ("for", "on", "in", "of", "towards") for c in children(head))
    return head.ent_type_ == "MONEY" and (tied or (after < len(head.doc) and head.doc[after].lower_ in ("to", "for")))


def purposes(head: Token) -> list[Token]:
    """The acts of "budget plans that would slash welfare and cut taxes", where the plans have no name of their own."""
    if head.lemma_.lower() not in _PLANS or any(c.pos_ == "PROPN" or c.dep_ == "poss" for c in children(head)):
        return []
    clause = next((c for c in children(head) if c.dep_ == "relcl" and c.i > head.i), None)
    if clause is None or clause.left_edge.lower_ not in ("that", "which") or clause.left_edge.dep_ != "nsubj":
        return []
    if any(c.dep_ == "aux" and c.lower_ in ("would", "will") for c in children(clause)):
        acts = [clause]
    elif clause.lemma_ in ("seek", "aim", "intend", "propose", "want"):
        acts = [c for c in children(clause) if c.dep_ == "xcomp" and c.tag_ == "VB"]
    else:
        return []
    acts = [v for a in acts for v in grammar.clause_verbs(a)]
    return [a for a in acts if any(c.dep_ == "dobj" and c.pos_ != "PRON" for c in children(a))]


_PLANS = frozenset("plan proposal measure policy reform bill legislation law resolution initiative rule change".split())
