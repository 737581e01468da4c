"""What a policy is called: its wording in the text, cut to what it holds, and the id under which two articles meet."""

import re

from spacy.tokens import Doc, Token

from graphbuild.extract.policy.enactments import (
    ENACTMENT_NOUNS,
    Span,
    described,
    name_start,
    named_enactment,
    only_described,
)
from graphbuild.extract.syntax import grammar
from graphbuild.extract.syntax.grammar import children, noun_phrase, prepositional
from graphbuild.extract.syntax.phrases import FUNCTION, bare_list, gerund, phrase_text, verb_phrase
from graphbuild.model import PHRASE, Entity
from graphbuild.ontology import word_set
from graphbuild.vocab import mint_id

# Adjectives of the reporter's, no part of what a policy is called.
PRAISE_OR_BLAME = word_set("praise_or_blame")
# Said of nothing in particular.
_VAGUE = word_set("vague_policies")
# "Backed it", "said no": the policy that the article is about there (antecedents.py).
AT_ISSUE = Entity(mint_id("phrase", "it"), "it", PHRASE)
_AMOUNT = re.compile(
    r"^(?:more than |up to |about )?(?:[£$€]|pounds )?\d[\d.,]*\s?(?:bn|m|tn|k|million|billion|trillion)?$", re.I
)
# A rise in these is news, no policy.
_COUNTED = re.compile(
    r"\b(?:deaths?(?! penalty)|infections?|cases|casualties|profits?|losses|sales|arrests?|turnout|re-election|damages|commercials"
    r"|ads?|adverts?|airtime|fundraisers?|running mate|face-to-face)\b|^election of ",
    re.I,
)
# Where it was announced is no part of a policy.
_WHERE_SAID = re.compile(
    r" (?:in|at|on|during|via|to) (?:(?:a|an|the|his|her|their|its) )?(?:[\w-]+ ){0,2}?(?:press conference|conference|speech|interview|House of Commons"
    r"|Commons|chamber|Senate|House|Lords|statement|letter|article|tweet|Twitter|television|rally|meeting|summit|parliament|MPs|reporters|voters)$"
)
_WHEN_SAID = re.compile(r" (?:(?:last|this|next) (?:night|morning|week|month|weekend|\w+day)|yesterday|today|tonight)$")
_AIMS = word_set("aims")
_SO_THAT = re.compile(r" that (?:they|he|she|it|we)\b")
# How a policy is called is no part of it.
_JUDGED_AS = re.compile(r"(?<!such) as (?!part of|a result).*$")


def stance_phrase(head: Token, trigger: Token) -> Entity | None:
    """The policy that a stance is about, in the text's words; with its purpose where that follows at once ("a reform to
    speed up building"), and with the key of its content words in any order, so that "tax cuts" and "cut taxes" meet."""
    if not phrase_text(head) or _is_no_policy(head):
        return None
    if head.pos_ == "NUM":
        return _sum(head, trigger)
    if (thing := called_for(head)) is not None:
        return stance_phrase(thing, head)
    doc = head.doc
    if head.lemma_.lower() in _CHANGES and (purpose := _to_what_end(head)) is not None:
        return to_end(head, purpose)
    first, last, text = _with_doer(head, *_named_or_described(head, trigger))
    last, text = _with_purpose(head, trigger, last, text)
    act = head.head
    if text == head.text and head.lemma_.lower() in _LAWS and head.dep_ == "nsubj" and act.pos_ == "VERB" and any(c.dep_ == "aux" and c.lower_ in ("would", "will") for c in children(act)):  # fmt: skip
        last, text = verb_phrase(act)[1], f"{text} to {phrase_text(act)}"  # "a bill tabled by Cruz would ban it"
    if doc[last].tag_ == "VBG" and doc[last].dep_ == "acl" and last > head.i and text.endswith(f" {doc[last].text}"):
        text = text.rsplit(" ", 1)[0]  # "a motion demanding that it be scrapped"
    text = _SO_THAT.split(text)[0]  # "so opposed to the plan that they left"
    if trigger.pos_ == "VERB" and text.count(" as ") == 1:
        text = _JUDGED_AS.sub("", text)  # "condemned the proposal as divisive"
    text = _WHEN_SAID.sub("", _WHERE_SAID.sub("", text))
    if len(text.split()) == 1 and trigger.pos_ == "VERB" and (end := _hung_on_verb(head, trigger, last)) is not None:
        last = end
        text = f"{text} {doc[head.i + 1 : last + 1].text}"
    if _AMOUNT.match(text):
        takers = (c for c in children(trigger) if c.dep_ in ("prep", "dative") and c.lower_ in ("for", "to", "on"))
        given = next((c for c in takers if c.i == last + 1), None)
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
        definite = head.pos_ == "NOUN" and any(
            (c.dep_ == "det" and c.lower_ in grammar.DEFINITE) or (c.dep_ == "poss" and c.pos_ == "PRON") for c in children(head)
        )  # fmt: skip
        return policy_entity(doc, first, last, text) if definite else None  # antecedents.py says what it is
    if _COUNTED.search(text) or words[-1].lower() in ("that", "this", "it", "them"):
        return None
    while len(words) > 2 and words[0].lower() in PRAISE_OR_BLAME:
        words = words[1:]
    text = as_noun(head, " ".join(words[:14]).rstrip(" -–—,;:")).removesuffix(" into law")
    if text.isupper() and len(text) > 5:
        return None  # a line in capitals advertises another story
    if "confidence" in text.lower():
        return None  # a motion of no confidence challenges a person
    return policy_entity(doc, first, last, text)


# "To hold an inquiry" is the inquiry.
HOLDING = frozenset("hold launch establish conduct call convene commission institute have".split())


def called_for(act: Token) -> Token | None:
    """The event of an act that does no more than bring it about: "hold a *referendum*", "an *inquiry* should be held"."""
    if act.pos_ != "VERB" or act.lemma_ not in HOLDING or any(c.dep_ in ("prt", "neg") for c in children(act)):
        return None
    things = [c for c in children(act) if c.dep_ in ("dobj", "nsubjpass") and c.pos_ == "NOUN"]
    events = [t for t in things if t.lemma_.lower() in _EVENTS and t.lemma_.lower() not in ("support", "talk", "cut")]
    return events[0] if len(things) == 1 and events and events[0].dep_ == "dobj" else None


def to_end(thing: Token, act: Token) -> Entity:
    """A motion or amendment by what it is for: "amendment to lift the cap"."""
    return policy_entity(thing.doc, act.i, verb_phrase(act)[1], f"{thing.text} to {phrase_text(act)}")


def as_noun(head: Token, text: str) -> str:
    """A policy is called by a noun phrase: "scrapping tuition fees", not "scrap tuition fees"."""
    if head.tag_ not in ("VB", "VBP", "VBD", "VBZ") or head.pos_ != "VERB":
        return text
    words = text.split()
    at = next((i for i, word in enumerate(words) if word == head.text), None)
    if at is None:
        return text
    return " ".join([*(w for w in words[:at] if w != "to"), gerund(head.lemma_), *words[at + 1 :]])


def _is_no_policy(head: Token) -> bool:
    """A motion against a person challenges him; somebody's re-election, split by the tokeniser, is his."""
    if head.lemma_.lower() == "motion" and any(h.pos_ == "PROPN" for h in prepositional(head, "against")):
        return True
    return head.lower_ == "election" and head.i > 1 and head.doc[head.i - 2].lower_ == "re"


def _named_or_described(head: Token, trigger: Token) -> Span:
    """The phrase of a head, under the name of the law that it is or with the clause that says which it is."""
    doc, text = head.doc, phrase_text(head)
    first, last = verb_phrase(head) if head.pos_ in ("VERB", "AUX") else noun_phrase(head)
    if bare_list(head):
        last = head.i + 2
        text = doc[first : last + 1].text
    if head.pos_ == "PROPN" and head.lower_ in ENACTMENT_NOUNS and head.i and doc[head.i - 1].text == ")":
        first = name_start(doc, head.i)  # "the European Union (Withdrawal) Bill"
        text = doc[first : head.i + 1].text
    if head.lemma_.lower() in ENACTMENT_NOUNS and len(text.split()) > 1 and last == head.i and only_described(head):
        first, last, text = named_enactment(head) or (first, last, text)  # "the 'law-breaking' Bill"
    if head.pos_ == "NOUN" and len(text.split()) == 1:
        first, last, text = named_enactment(head) or described(head, trigger) or (first, last, text)
    return first, last, text


def _with_doer(head: Token, first: int, last: int, text: str) -> Span:
    """An act with the noun phrase that is its subject, where a preposition has that one for its object."""
    doc = head.doc
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
            text = f"{phrase_text(subject)} {text}"  # "for the furlough scheme to continue"
    return first, last, text


def _with_purpose(head: Token, trigger: Token, last: int, text: str) -> tuple[int, str]:
    """A noun phrase with the infinitive after it that tells its purpose: "a reform to speed up building"."""
    doc, after = head.doc, last + 1
    if head.pos_ != "NOUN":
        return last, text
    while after < len(doc) and doc[after].ent_type_ in ("DATE", "TIME"):
        after += 1
    if after + 1 < len(doc) and doc[after].lower_ == "to" and doc[after + 1].tag_ == "VB":
        purpose = doc[after + 1]
        own = purpose.dep_ == "relcl" and purpose.head == head  # "a bill to ban it"
        if (
            own or (purpose.dep_ in ("advcl", "xcomp") and purpose.head == trigger)
        ) and purpose.lower_ not in text.split():
            return verb_phrase(purpose)[1], f"{text} to {phrase_text(purpose)}"
    return last, text


_OF_WHAT = frozenset("of for into on by against between with about to from over".split())
_EVENTS = word_set("called_events")


def _hung_on_verb(head: Token, trigger: Token, last: int) -> int | None:
    """Last token of what tells which: "called for an *investigation by the Audit Office*", hung on the verb."""
    doc = head.doc
    if last != head.i or last + 2 >= len(doc) or head.lemma_.lower() not in _EVENTS:
        return None
    after = doc[last + 1]
    if after.dep_ not in ("prep", "agent") or after.lower_ not in _OF_WHAT or after.head not in (trigger, head):
        return None
    inner = next((c for c in children(after) if c.dep_ in ("pobj", "pcomp")), None)
    if inner is None or inner.ent_type_ in ("DATE", "TIME") or inner.pos_ == "PRON":
        return None
    if inner.lemma_.lower() in grammar.CHANNELS | {"vote", "majority", "margin"}:
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


def is_own_party(subject: Token) -> bool:
    """ "pledged that *his party* would restore it": what he pledges for his own."""
    own = any(c.dep_ == "poss" and c.pos_ == "PRON" for c in children(subject))
    return own and subject.lemma_.lower() in ("party", "government", "administration", "coalition")


def assured(verb: Token) -> Entity | None:
    """What a that-clause promises: "that Britain would leave the EU" -> "Britain leaving the EU", "that we leave" -> the act."""
    doc = verb.doc
    subject = next((c for c in children(verb) if c.dep_ in ("nsubj", "nsubjpass")), None)
    if subject is not None and is_own_party(subject):
        subject = None
    first, last = verb_phrase(verb)
    words = [t.text for t in doc[verb.i + 1 : last + 1]]
    if (not words and not grammar.is_passive(verb)) or last - first > 12:
        return None
    rest = doc[verb.i + 1 : last + 1].text
    act = gerund(verb.lemma_)
    if subject is None or subject.pos_ == "PRON":
        if grammar.is_passive(verb):
            return None
        return policy_entity(doc, verb.i, last, f"{act} {rest}")
    thing = phrase_text(subject)
    start = noun_phrase(subject)[0]
    if grammar.is_passive(verb):
        return policy_entity(doc, start, last, f"{act} {thing} {rest}".rstrip())
    return policy_entity(doc, start, last, f"{thing} {act} {rest}".rstrip(" -–—,;:"))


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


def _told_by_clause(head: Token, last: int) -> int | None:
    """Last token of the clause that says what "a budget that *provides $1 trillion*" holds, right after a short phrase."""
    doc = head.doc
    if head.lemma_.lower() not in _LAWS or last + 2 >= len(doc) or doc[last + 1].lower_ not in ("that", "which"):
        return None
    if any(c.lower_ in ("the", "this", "that", "these") or c.dep_ == "poss" for c in children(head)):
        return None
    clause = next((c for c in children(head) if c.dep_ == "relcl" and c.left_edge.i == last + 1), None)
    if (
        clause is None
        or clause.tag_ == "VBD"
        or doc[last + 1].head != clause
        or not any(c.dep_ == "dobj" for c in children(clause))
    ):
        return None
    end = verb_phrase(clause)[1]
    return int(end) if end - last <= 9 else None


_LAWS = word_set("laws")
_CHANGES = frozenset("amendment provision rider clause addition".split())


def _to_what_end(head: Token) -> Token | None:
    """The act of "amendments to the budget bill that would *defund* the group"."""
    inside = [head, *(g for c in children(head) if c.dep_ == "prep" for g in children(c) if g.dep_ == "pobj")]
    for child in (c for t in inside for c in children(t) if c.dep_ == "relcl" and c.i > t.i):
        that = child.left_edge.lower_ in ("that", "which")
        if that and any(c.dep_ == "aux" and c.lower_ in ("would", "will") for c in children(child)):
            return child if any(c.dep_ == "dobj" for c in children(child)) else None
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
        if t.pos_ not in FUNCTION and t.lower_ not in PRAISE_OR_BLAME and not t.is_punct
    }  # fmt: skip
    return Entity(policy_id(lemmas or {text.casefold()}), text, PHRASE)
