"""What a stance is about: besides noun phrases gerunds ("ruled out raising taxes"), small clauses ("supported Britain
staying in the EU", "campaigned for the UK to remain") and pronouns that stand for a bill or plan ("voted against it")."""

import re

from spacy.tokens import Doc, Token

from graphbuild.extract import grammar
from graphbuild.extract.arguments import Arguments
from graphbuild.extract.grammar import noun_phrase, prepositional
from graphbuild.extract.phrases import FUNCTION, bare_list, phrase_text, verb_phrase
from graphbuild.model import PERSON, PHRASE, Entity
from graphbuild.vocab import mint_id
from graphbuild.wording import Wording

STANCES = frozenset({"favours", "opposes", "calls_for"})
# What a stance becomes when its object is negated: "pledged not to raise taxes" opposes raising them.
CONTRARY = {"favours": "opposes", "opposes": "favours", "calls_for": "opposes"}
# What is done to its owner: "refused to approve Boateng's appointment" is a stance on it.
UNDERGONE = frozenset(
    """appointment nomination confirmation deselection expulsion suspension dismissal extradition deportation removal
    sacking firing release promotion impeachment election reappointment peerage knighthood inclusion prosecution""".split()
)
# What an actor governs by: "Labour's manifesto promises", "a Tory government would".
GOVERNING = frozenset("government administration ministry cabinet presidency bill plan budget manifesto".split())
# "in favour of leaving", "in support of staying": the gerund is what is favoured.
FOR_IT = frozenset(
    "favour favor support defence defense idea notion prospect possibility policy principle plan".split()
)


def clause_objects(verb: Token) -> list[Token]:
    """Heads of gerunds and small clauses that are the verb's object."""
    if grammar.is_passive(verb):
        # "the Act, passed by the House": what is passed stands before the participle
        return [verb.head] if verb.dep_ == "acl" and verb.tag_ == "VBN" and verb.head.pos_ in ("NOUN", "PROPN") else []
    return [
        c for c in verb.children
        if c.dep_ in ("xcomp", "ccomp") and c.i > verb.i and (c.tag_ == "VBG" or (c.tag_ == "VBN" and small_clause(c) is not None))
    ]  # fmt: skip


def small_clause(participle: Token) -> Token | None:
    """The subject of "wants postal ballots scrapped": what is to be done to it is wanted, without an auxiliary."""
    if participle.head.lemma_ not in ("want", "like", "prefer", "need", "demand") or participle.dep_ not in (
        "ccomp",
        "xcomp",
    ):
        return None
    if any(c.dep_ in ("aux", "auxpass", "mark") for c in participle.children):
        return None
    return next((c for c in participle.children if c.dep_ in ("nsubj", "nsubjpass") and c.i < participle.i), None)


def proposed_clauses(verb: Token) -> list[Token]:
    """ "campaigned for the UK to remain": the infinitive whose subject stands after "for"."""
    return [
        c for c in verb.children
        if c.dep_ in ("advcl", "ccomp", "xcomp", "acl") and c.tag_ == "VB" and c.i > verb.i
        and any(g.dep_ == "mark" and g.lower_ == "for" for g in c.children)
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
            plain = not any(c.dep_ == "prep" for c in head.children) and verb.i - head.i <= 4
            if plain and verb.dep_ in ("advcl", "acl", "relcl", "xcomp") and verb.nbor(-1).lower_ == "to":
                return verb
    if head.pos_ == "PRON" and head.lower_ in ("it", "this", "that", "them"):
        return _before(head, trigger) or head
    return head


# Names that end so are laws and deals, whatever a tagger takes them for.
ENACTMENTS = frozenset(
    """bill act agreement treaty amendment plan deal accord law protocol resolution motion budget pact backstop convention
    programme program scheme rule order union market""".split()
)


def enacted(head: Token) -> bool:
    """Whether a name is a bill's or a deal's: "the Disability Bill", "the Prevention of Terrorism Bill"."""
    return head.lemma_.lower() in ENACTMENTS or (
        head.pos_ == "PROPN" and head.doc[noun_phrase(head)[1]].lower_ in ENACTMENTS
    )


_POLICY = frozenset(
    """bill amendment motion plan proposal deal agreement treaty law act measure budget reform policy tax referendum
    resolution legislation ban scheme change package tariff cut war withdrawal order programme program rule idea
    ceasefire union strike pact levy""".split()
)


def _before(pronoun: Token, trigger: Token) -> Token | None:
    """The bill or plan named last before a pronoun, in its sentence or the one before."""
    doc = pronoun.doc
    sent = pronoun.sent
    start = doc[sent.start - 1].sent.start if sent.start else 0
    plural = pronoun.lower_ == "them"
    for index in range(trigger.i - 1, start - 1, -1):
        token = doc[index]
        if token.pos_ in ("NOUN", "PROPN") and token.dep_ in ("dobj", "pobj", "nsubj", "nsubjpass", "attr"):
            if (token.tag_ in ("NNS", "NNPS")) == plural and token.lemma_.lower() in _POLICY:
                return token
            if token.sent == sent and token.i > trigger.left_edge.i and token.dep_ in ("nsubj", "nsubjpass"):
                continue
    return None


def compounds(noun: Token) -> list[Token]:
    return [c for c in noun.children if c.dep_ in ("compound", "amod", "nmod")]


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


# These are policy only with a public thing for object: "give the nurses a rise", not "make a speech".
LIGHT = frozenset(
    """call change hand make give get hold set open pay bring build save provide lift launch hire train roll phase close end deliver take put
    keep have offer find use produce reach secure win""".split()
)


def has_content(verb: Token, arguments: Arguments, wording: Wording) -> bool:
    """Whether a promised act is about a thing: "to compete", "to stop him", "to meet her" are no policies."""
    if verb.tag_ == "VBG" and verb.dep_ == "pcomp" and not any(True for _ in verb.children):
        return True  # "support for fracking"
    objects = grammar.own_objects(verb)
    if verb.lemma_.lower() in LIGHT and not grammar.is_passive(verb):
        if verb.lemma_ == "give" and any(c.dep_ == "prt" for c in verb.children):
            return False  # "will not give in"
        public = wording.words("public_things") | wording.words("policy_nouns") | wording.words("event_nouns")
        reached = objects or [g for c in verb.children if c.dep_ == "prep" for g in c.children if g.dep_ == "pobj"]
        if not any(p.lemma_.lower() in public for o in reached for p in (*grammar.conjuncts(o), *compounds(o))):
            return False
    clauses = [c for c in verb.children if c.dep_ in ("xcomp", "ccomp", "acomp", "attr", "nsubjpass")]
    if not objects:
        objects = [
            g for c in verb.children if c.dep_ in ("prep", "prt") for g in c.children if g.dep_ in ("pobj", "pcomp")
        ]
    things = [t for t in objects if not (t.pos_ == "PRON" or t.ent_type_ in ("DATE", "TIME"))]
    return bool(clauses) or any(not any(m.type == PERSON for m in arguments.mentions_at(t)) for t in things)


# Adjectives of the reporter's, no part of what a policy is called.
_PRAISE_OR_BLAME = frozenset(
    """controversial radical sweeping landmark historic flagship latest ambitious bold major key much-vaunted signature
    contentious divisive unpopular popular hated so-called long-awaited much-criticised draconian once-in-a-generation
    proposed planned further bitter furious strong
    """.split()
)


# Said of nothing in particular.
_VAGUE = frozenset(
    "plan proposal policy measure system change step move idea approach scheme rule reform project strategy option thing action".split()
)
_DEFINITE = frozenset({"the", "this", "that", "these", "those", "such"})
_AMOUNT = re.compile(
    r"^(?:more than |up to |about )?(?:[£$€]|pounds )?\d[\d.,]*\s?(?:bn|m|tn|k|million|billion|trillion)?$", re.I
)
# A rise in these is news, no policy.
_COUNTED = re.compile(
    r"\b(?:deaths?|infections?|cases|casualties|profits?|losses|sales|arrests?|turnout|re-election|damages|commercials"
    r"|ads?|adverts?|airtime|fundraisers?|running mate|face-to-face)\b|^election of ",
    re.I,
)
# Where it was announced is no part of a policy.
_WHERE_SAID = re.compile(
    r" (?:in|at|on|during|via|to) (?:(?:a|an|the|his|her|their|its) )?(?:[\w-]+ ){0,2}?(?:press conference|conference|speech|interview|House of Commons"
    r"|Commons|statement|letter|article|tweet|Twitter|television|rally|meeting|summit|parliament|MPs|reporters|voters)$"
)


_AIMS = frozenset(
    "effort attempt plan proposal move bid drive push measure bill law legislation campaign right".split()
)
_SO_THAT = re.compile(r" that (?:they|he|she|it|we)\b")
# How a policy is called is no part of it.
_JUDGED_AS = re.compile(r"(?<!such) as (?!part of|a result).*$")


def stance_phrase(head: Token, trigger: Token) -> Entity | None:
    """The policy that a stance is about, in the text's words; with its purpose where that follows at once ("a reform to
    speed up building"), and with the key of its content words in any order, so that "tax cuts" and "cut taxes" meet."""
    if head.tag_ == "VBN" and (thing := small_clause(head)) is not None:
        return policy_entity(head.doc, thing.left_edge.i, head.i, f"{phrase_text(thing)} {head.text}")
    text = phrase_text(head)
    if not text or (head.lemma_.lower() == "motion" and any(h.pos_ == "PROPN" for h in prepositional(head, "against"))):
        return None  # a motion against a person challenges him
    if head.lower_ == "election" and head.i > 1 and head.doc[head.i - 2].lower_ == "re":
        return None  # somebody's re-election, split by the tokeniser
    if head.pos_ == "NUM":
        return _sum(head, trigger)
    first, last = verb_phrase(head) if head.pos_ in ("VERB", "AUX") else noun_phrase(head)
    doc = head.doc
    if bare_list(head):
        last = head.i + 2
        text = doc[first : last + 1].text
    if head.lemma_.lower() in _CHANGES and (purpose := _to_what_end(head)) is not None:
        last = verb_phrase(purpose)[1]
        return policy_entity(doc, purpose.i, last, f"{head.text} to {phrase_text(purpose)}")
    if head.pos_ == "PROPN" and head.lower_ in _ACTS and head.i and doc[head.i - 1].text == ")":
        first = _name_start(doc, head.i)  # "the European Union (Withdrawal) Bill"
        text = doc[first : head.i + 1].text
    if head.lemma_.lower() in _ACTS and len(text.split()) > 1 and last == head.i and _only_described(head):
        first, last, text = _named(head) or (first, last, text)  # "the 'law-breaking' Bill"
    if head.pos_ == "NOUN" and len(text.split()) == 1:
        first, last, text = _named(head) or _described(head, trigger) or (first, last, text)
    if head.pos_ == "VERB" and head.tag_ == "VBG" and head.dep_ in ("advcl", "acl", "pcomp") and head.i:
        before = doc[head.i - 1]
        if before.dep_ == "pobj" and before.pos_ == "PROPN":
            text = f"{before.text} {text}"  # "UKIP working with such groups"
    if head.tag_ == "VB" and head.i > 1 and doc[head.i - 1].lower_ == "to":
        subject = doc[head.i - 2]
        owned = head.head == subject  # "support for efforts to bolster Ukraine"
        if (
            subject.dep_ == "pobj" and subject.head.lower_ == "for" and head.dep_ != "xcomp" and subject.pos_ != "PRON"
            and not (owned and subject.pos_ == "NOUN" and subject.lemma_.lower() in _AIMS)
        ):  # fmt: skip
            first = noun_phrase(subject)[0]
            text = f"{phrase_text(subject)} to {text}"  # "for the furlough scheme to continue"
    after = last + 1
    while after < len(doc) and doc[after].ent_type_ in ("DATE", "TIME") and head.pos_ == "NOUN":
        after += 1
    if after + 1 < len(doc) and doc[after].lower_ == "to" and doc[after + 1].tag_ == "VB" and head.pos_ == "NOUN":
        purpose = doc[after + 1]
        if purpose.dep_ in ("advcl", "xcomp") and purpose.head == trigger and purpose.lower_ not in text.split():
            text = f"{text} to {phrase_text(purpose)}"
            last = verb_phrase(purpose)[1]
    text = _SO_THAT.split(text)[0]  # "so opposed to the plan that they left"
    if trigger.pos_ == "VERB" and text.count(" as ") == 1:
        text = _JUDGED_AS.sub("", text)  # "condemned the proposal as divisive"
    text = _WHERE_SAID.sub("", text)
    if len(text.split()) == 1 and trigger.pos_ == "VERB" and (end := _hung_on_verb(head, trigger, last)) is not None:
        last = end
        text = f"{text} {doc[head.i + 1 : last + 1].text}"
    if _AMOUNT.match(text):
        given = next(
            (
                c
                for c in trigger.children
                if c.dep_ in ("prep", "dative") and c.i == last + 1 and c.lower_ in ("for", "to", "on")
            ),
            None,
        )
        if given is None:
            return None
        last = given.right_edge.i
        text = doc[first : last + 1].text
    if head.pos_ == "NOUN" and (end := _told_by_clause(head, last)) is not None:
        after_phrase, last = last + 1, end
        text = f"{text} {doc[after_phrase : last + 1].text}"
    text = _union_in_full(re.split(r" ?[\u2012-\u2015]+ ", text)[0], doc)
    words = text.split()
    if len(words) == 1 and (head.lemma_.lower() in _VAGUE or head.tag_ in ("VB", "VBP", "VBD", "VBZ")):
        definite = head.pos_ == "NOUN" and any(c.dep_ == "det" and c.lower_ in _DEFINITE for c in head.children)
        return policy_entity(doc, first, last, text) if definite else None  # antecedents.py says what it is
    if _COUNTED.search(text):
        return None
    while len(words) > 2 and words[0].lower() in _PRAISE_OR_BLAME:
        words = words[1:]
    text = " ".join(words[:14]).rstrip(" -–—,;:")
    if text.isupper() and len(text) > 5:
        return None  # a line in capitals advertises another story
    if "confidence" in text.lower():
        return None  # a motion of no confidence challenges a person
    return policy_entity(doc, first, last, text)


_OF_WHAT = frozenset("of for into on by against between with about to from over".split())
_EVENTS = frozenset(
    """investigation inquiry probe review referendum vote debate election talk negotiation deal agreement pact treaty ban tax
    sanction tariff embargo boycott ceasefire restriction limit curb cut support aid funding reform change law bill
    legislation amendment resolution motion measure rule regulation war strike action trial hearing audit end halt return
    access entry withdrawal extension increase rise freeze""".split()
)


def _hung_on_verb(head: Token, trigger: Token, last: int) -> int | None:
    """Last token of what tells which: "called for an *investigation by the Audit Office*", hung on the verb."""
    doc = head.doc
    if last != head.i or last + 2 >= len(doc) or head.lemma_.lower() not in _EVENTS:
        return None
    after = doc[last + 1]
    if after.dep_ not in ("prep", "agent") or after.lower_ not in _OF_WHAT or after.head not in (trigger, head):
        return None
    inner = next((c for c in after.children if c.dep_ in ("pobj", "pcomp")), None)
    if inner is None or inner.ent_type_ in ("DATE", "TIME") or inner.pos_ == "PRON":
        return None
    if inner.lemma_.lower() in grammar.CHANNELS:
        return None
    end = grammar.noun_phrase(inner)[1] if inner.pos_ in ("NOUN", "PROPN") else inner.right_edge.i
    return int(end) if end - head.i <= 8 else None


_EU = re.compile(r"\bE\.U\b\.?(?!['\u2019]s)")


def _union_in_full(text: str, doc: Doc) -> str:
    """The Union is called what the article calls it."""
    if not _EU.search(text):
        return text
    if "european union" not in doc.user_data:
        doc.user_data["european union"] = "European Union" in doc.text
    return _EU.sub("European Union", text) if doc.user_data["european union"] else text.replace("E.U.", "EU")


def assured(verb: Token) -> Entity | None:
    """What a that-clause promises: "that Britain would leave the EU" -> "Britain leave the EU", "that we leave" -> the act."""
    doc = verb.doc
    subject = next((c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass")), None)
    first, last = verb_phrase(verb)
    words = [t.text for t in doc[verb.i + 1 : last + 1]]
    if not words or last - first > 12:
        return None
    rest = doc[verb.i + 1 : last + 1].text
    act = verb.lemma_
    if subject is None or subject.pos_ == "PRON":
        if grammar.is_passive(verb):
            return None
        return policy_entity(doc, verb.i, last, f"{act} {rest}")
    thing = phrase_text(subject)
    start = noun_phrase(subject)[0]
    if grammar.is_passive(verb):
        return policy_entity(doc, start, last, f"{act} {thing} {rest}")
    return policy_entity(doc, start, last, f"{thing} to {act} {rest}".rstrip(" -–—,;:"))


# Who does so has a policy; who does not do so is against none.
PROPOSING = frozenset(
    """announce unveil outline reveal set lay detail present publish launch release file submit draft table introduce bring put
    roll pilot pass enact praise hail applaud laud tout celebrate cheer commend extol trumpet""".split()
)
_ENACTED_BY = frozenset("pass approve adopt ratify enact sign".split())


def takes_no_side(verb: Token) -> bool:
    """ "decide whether to seek", "a deadline for the House to pass it", "the clarity that they want"."""
    lemma = verb.lemma_.lower()
    if any(c.dep_ == "mark" and c.lower_ == "whether" for c in verb.children):
        return True
    if any(c.dep_ == "advmod" and c.lower_ == "whether" for c in verb.children):
        return True
    if (
        lemma == "want"
        and verb.dep_ == "relcl"
        and not any(c.dep_ in ("dobj", "xcomp", "ccomp") for c in verb.children)
    ):
        return True
    if lemma not in _ENACTED_BY:
        return False
    if any(c.dep_ == "mark" and c.lower_ in ("if", "unless", "until") for c in verb.children):
        return True
    to = any(c.dep_ == "aux" and c.lower_ == "to" for c in verb.children)
    return to and verb.dep_ in ("acl", "relcl", "advcl")


def money_for(head: Token) -> bool:
    """Whether a sum of money is given for something: "$30 billion to help regions", "£200m for schools"."""
    after = head.right_edge.i + 1
    tied = any(c.dep_ == "prep" and c.lower_ in ("for", "on", "in", "of", "towards") for c in head.children)
    return head.ent_type_ == "MONEY" and (tied or (after < len(head.doc) and head.doc[after].lower_ in ("to", "for")))


def _sum(head: Token, trigger: Token) -> Entity | None:
    doc = head.doc
    first = head.left_edge.i
    while doc[first].pos_ not in ("SYM", "NUM") and first < head.i:
        first += 1
    last = noun_phrase(head)[1]
    if last + 2 < len(doc) and doc[last + 1].lower_ == "to" and doc[last + 2].tag_ == "VB":
        last = verb_phrase(doc[last + 2])[1]
    elif last + 2 < len(doc) and doc[last + 1].lower_ in ("for", "towards") and doc[last + 1].head == trigger:
        last = doc[last + 1].right_edge.i
    if last == head.i or last - first > 14:
        return None
    return policy_entity(doc, first, last, doc[first : last + 1].text)


Span = tuple[int, int, str]
_ACTS = frozenset("law bill act measure legislation deal agreement treaty amendment accord".split())
_NUMBERED = re.compile(r"^(?:[HS]\.? ?[BR]\.?|Proposition|Prop\.?|Amendment|Article|Measure|Bill|Section|Clause)$")


def _named(head: Token) -> Span | None:
    """The name of "the law" or "the bill" where the article names exactly one: "HB 2", "the Disability Bill"."""
    if head.lemma_.lower() not in _ACTS or not any(
        c.dep_ == "det" and c.lower_ in ("the", "this", "that") for c in head.children
    ):
        return None
    doc = head.doc
    if "named acts" not in doc.user_data:
        doc.user_data["named acts"] = _named_acts(doc)
    found: dict[str, Span] = doc.user_data["named acts"]
    kind = {
        "law": ("act", "law", "hb"),
        "measure": ("act", "law", "hb", "measure"),
        "legislation": ("act", "bill", "hb"),
    }
    fitting = {
        n: s for n, s in found.items() if n.split()[0] in kind.get(head.lemma_.lower(), (head.lemma_.lower(), "hb"))
    }
    return next(iter(fitting.values())) if len(fitting) == 1 else None


def _told_by_clause(head: Token, last: int) -> int | None:
    """Last token of the clause that says what "a budget that *provides $1 trillion*" holds, right after a short phrase."""
    doc = head.doc
    if head.lemma_.lower() not in _LAWS or last + 2 >= len(doc) or doc[last + 1].lower_ not in ("that", "which"):
        return None
    if any(c.lower_ in ("the", "this", "that", "these") or c.dep_ == "poss" for c in head.children):
        return None
    clause = next((c for c in head.children if c.dep_ == "relcl" and c.left_edge.i == last + 1), None)
    if (
        clause is None
        or clause.tag_ == "VBD"
        or doc[last + 1].head != clause
        or not any(c.dep_ == "dobj" for c in clause.children)
    ):
        return None
    end = verb_phrase(clause)[1]
    return int(end) if end - last <= 9 else None


_LAWS = frozenset(
    "bill law legislation resolution budget measure amendment plan proposal deal package policy treaty ban".split()
)


def purposes(head: Token) -> list[Token]:
    """The acts of "budget plans that would slash welfare and cut taxes", where the plans have no name of their own."""
    if head.lemma_.lower() not in _PLANS or any(c.pos_ == "PROPN" or c.dep_ == "poss" for c in head.children):
        return []
    clause = next((c for c in head.children if c.dep_ == "relcl" and c.i > head.i), None)
    if clause is None or clause.left_edge.lower_ not in ("that", "which") or clause.left_edge.dep_ != "nsubj":
        return []
    if any(c.dep_ == "aux" and c.lower_ in ("would", "will") for c in clause.children):
        acts = [clause]
    elif clause.lemma_ in ("seek", "aim", "intend", "propose", "want"):
        acts = [c for c in clause.children if c.dep_ == "xcomp" and c.tag_ == "VB"]
    else:
        return []
    acts = [v for a in acts for v in grammar.clause_verbs(a)]
    return [a for a in acts if any(c.dep_ == "dobj" and c.pos_ != "PRON" for c in a.children)]


_PLANS = frozenset("plan proposal measure policy reform bill legislation law resolution initiative rule change".split())


def _only_described(head: Token) -> bool:
    """Whether only adjectives in lower case stand before a noun: they judge it, they do not name it."""
    before = [c for c in head.children if c.i < head.i and not c.is_punct and c.dep_ != "det"]
    return bool(before) and all((t.pos_ in ("ADJ", "ADV", "VERB", "NOUN", "PUNCT") and t.text.islower()) or t.is_punct
                                for c in before if c.dep_ == "amod" for t in c.subtree) and all(
        c.dep_ == "amod" for c in before
    )  # fmt: skip


def _name_start(doc: Doc, last: int) -> int:
    """Where the capitalised name that ends in "Bill" or "Act" begins."""
    first = last
    while first and (doc[first - 1].text[0].isupper() or doc[first - 1].text in ("of", "and", "-", "(", ")", "&")):
        if doc[first - 1].is_sent_start and doc[first - 1].pos_ in ("DET", "ADP", "ADV", "PRON"):
            break
        first -= 1
    while first < last and (doc[first].pos_ in ("ADP", "CCONJ", "DET", "PUNCT") or doc[first].text == "The"):
        first += 1
    return first


def _named_acts(doc: Doc) -> dict[str, Span]:
    out: dict[str, Span] = {}
    for token in doc:
        if token.like_num and token.i and _NUMBERED.match(token.nbor(-1).text) and token.nbor(-1).text[0].isupper():
            text = f"{token.nbor(-1).text} {token.text}"
            out.setdefault(f"hb {text}", (token.i - 1, token.i, text))
        elif token.lower_ in _ACTS and token.text[0].isupper() and token.i and token.nbor(-1).text[0].isupper():
            first = _name_start(doc, token.i)
            if token.i - first >= 1:
                text = doc[first : token.i + 1].text
                out.setdefault(f"{token.lower_} {text.casefold()}", (first, token.i, text))
    return out


def _described(head: Token, trigger: Token) -> Span | None:
    """A bare noun with the clause that says which: "an amendment laid down by Brady", "a country that works for all"."""
    for child in head.children:
        if (
            child.i > head.i
            and child != trigger
            and (
                (child.dep_ == "acl" and child.tag_ in ("VBN", "VBG", "VBD") and child.i == head.i + 1)
                or (
                    child.dep_ == "relcl"
                    and child.left_edge.lower_ in ("that", "which")
                    and child.left_edge.i == head.i + 1
                )
            )
        ):
            last = child.right_edge.i
            for index in range(head.i + 1, last + 1):
                if head.doc[index].text in ",;:()-—–" or head.doc[index].is_sent_end:
                    last = index - 1
                    break
            if 1 <= last - head.i <= 11:
                return head.i, last, head.doc[head.i : last + 1].text
    return None


_CHANGES = frozenset("amendment provision rider clause addition".split())


def _to_what_end(head: Token) -> Token | None:
    """The act of "amendments to the budget bill that would *defund* the group"."""
    inside = [head, *(g for c in head.children if c.dep_ == "prep" for g in c.children if g.dep_ == "pobj")]
    for child in (c for t in inside for c in t.children if c.dep_ == "relcl" and c.i > t.i):
        that = child.left_edge.lower_ in ("that", "which")
        if that and any(c.dep_ == "aux" and c.lower_ in ("would", "will") for c in child.children):
            return child if any(c.dep_ == "dobj" for c in child.children) else None
    return None


_UNION = frozenset({"eu", "e.u.", "european", "union", "bloc"})
_BRITAIN = frozenset({"britain", "uk", "u.k.", "united", "kingdom", "country", "british"})
_LEAVING = frozenset({"leave", "exit", "quit", "withdraw", "leaving", "departure"})
_STAYING = frozenset({"remain", "stay", "remaining", "membership"})


def policy_id(lemmas: set[str]) -> str:
    """The id of a policy of these words, in any order; leaving the EU is Brexit, and staying in it is one thing."""
    rest = lemmas - _BRITAIN
    if rest & _UNION and rest - _UNION and (rest - _UNION <= _LEAVING or rest - _UNION <= _STAYING):
        lemmas = {"brexit"} if rest - _UNION <= _LEAVING else {"eu", "remain"}
    return mint_id("phrase", " ".join(sorted(lemmas)))


def policy_entity(doc: Doc, first: int, last: int, text: str) -> Entity:
    """An entity of type phrase for a policy; its id is the sorted set of its content words' lemmas."""
    lemmas = {
        t.lemma_.casefold() for t in doc[first : last + 1]
        if t.pos_ not in FUNCTION and t.lower_ not in _PRAISE_OR_BLAME and not t.is_punct
    }  # fmt: skip
    return Entity(policy_id(lemmas or {text.casefold()}), text, PHRASE)
