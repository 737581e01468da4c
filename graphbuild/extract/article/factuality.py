"""Polarity and modality of what a trigger says: negation, refusal, future, hedge, condition, allegation, question.

The walk goes from the trigger up through the clauses that govern it; each governor may flip the polarity
("refused to", "no plans to") or weaken the modality ("is expected to", "if", "reportedly"). After Saurí and
Pustejovsky, FactBank (2009), with the codebook's four modalities.
"""

from spacy.tokens import Token

from graphbuild.extract.syntax.grammar import children
from graphbuild.ontology import word_set
from graphbuild.wording import Wording

_STRENGTH = {"actual": 0, "intended": 1, "alleged": 2, "possible": 3}
# Through these links what governs a clause tells whether it happened.
_CLIMB = word_set("climb")


def weaker(first: str, second: str) -> str:
    """The weaker of two modalities."""
    return first if _STRENGTH[first] >= _STRENGTH[second] else second


def _negations(token: Token, below: Token | None = None) -> int:
    """How often this very word is negated; what is ``below`` has been counted before."""
    count = int(_is_put_off(token))
    if token.dep_ in ("relcl", "acl") and token.head.lower_ == "way":  # "there was no way he could support Corbyn"
        count += any(c.dep_ == "det" and _denies(c) for c in children(token.head))
    for child in children(token):
        if below is not None and child == below and child.dep_ == "dobj":
            continue  # "has no intention of leaving"
        if child.dep_ == "dobj" and child.lemma_ in ("option", "choice", "alternative"):
            continue  # "had no option but to sack him"
        if child.lower_ == "all" and child.dep_ == "advmod" and any(g.dep_ == "neg" for g in children(child)):
            count += 1  # "will not after all be standing"
        if child.dep_ == "neg" and child.i > token.i + 3:
            continue  # "promising to lift rules - probably not what he had in mind"
        if child.dep_ == "neg" or (
            child.lower_ in ("never", "hardly", "scarcely", "nor", "neither")
            and child.dep_ in ("advmod", "cc", "preconj", "neg")
        ):
            # "not only", "not just" affirm.
            if child.i + 1 < len(token.doc) and child.nbor().lower_ in ("only", "just", "merely", "simply"):
                continue
            count += 1
        elif child.dep_ == "prep" and any(
            g.lemma_ in ("circumstance", "way", "account", "means", "condition", "mood", "rush", "hurry")
            and any(d.dep_ == "det" and d.lower_ == "no" for d in children(g))
            for g in children(child)
        ):
            count += 1  # "can under no circumstances vote for it"
        elif child.lower_ == "longer" and child.i and child.nbor(-1).lower_ in ("no", "any"):
            count += child.nbor(-1).lower_ == "no"
        elif (
            child.dep_ in ("nsubj", "nsubjpass", "dobj")
            and (
                child.lower_ in ("nobody", "none", "no-one", "neither", "nothing")
                or any(g.dep_ in ("det", "preconj") and _denies(g) for g in children(child))
            )
        ) or (child.dep_ == "det" and _denies(child)):
            count += 1
    return count


def _is_put_off(verb: Token) -> bool:
    """ "has *yet to* endorse him", "abstained *rather than* vote for him", "*instead of* backing him"."""
    first = next((c.i for c in children(verb) if c.dep_ == "aux" and c.lower_ == "to"), verb.i)
    doc = verb.doc
    before = [doc[i].lower_ for i in range(max(0, first - 2), first)]
    if first < verb.i:
        return before[-1:] == ["yet"]
    return verb.pos_ == "VERB" and before in (["rather", "than"], ["instead", "of"])


def _denies(determiner: Token) -> bool:
    """ "no deal", "neither bill"; not the number of "No 10"."""
    number = determiner.i + 1 < len(determiner.doc) and determiner.nbor().like_num and determiner.text[0] == "N"
    return determiner.lower_ in ("no", "neither") and not number


def _modal(verb: Token) -> str:
    """Modality from the auxiliaries of a verb."""
    modality = "actual"
    for child in children(verb):
        if child.dep_ not in ("aux", "auxpass"):
            continue
        word = child.lower_
        if word in ("will", "'ll", "shall", "wo", "’ll", "ll"):
            modality = weaker(modality, "intended")
        elif word in ("may", "might", "could", "can"):
            modality = weaker(modality, "possible")
        elif word == "'d" and verb.tag_ == "VBN":
            continue  # "who'd endorsed"
        elif word in ("would", "'d"):
            modality = weaker(modality, "intended" if _reported(verb) else "possible")
    return modality


def _reported(verb: Token) -> bool:
    """Whether a "would" is a future told in the past: "said he would stand down"."""
    node = verb
    for _ in range(3):
        if node.dep_ == "ccomp" and node.head.tag_ in ("VBD", "VBN", "VBP", "VBZ", "VBG"):
            return not any(
                c.dep_ == "advcl" and any(g.lower_ in ("if", "unless") for g in children(c)) for c in children(verb)
            )
        if node.dep_ == "conj":
            node = node.head
        else:
            break
    return False


def is_condition(verb: Token) -> bool:
    """Whether the clause is one of "if" or "unless", or has its auxiliary first: "Should he be elected, she will go"."""
    if any(c.dep_ == "mark" and c.lower_ in ("if", "unless") for c in children(verb)):
        return True
    # The parser is at a loss with these: the words from the comma before to the verb tell more than its tree.
    doc, first = verb.doc, verb.i
    while first and not doc[first].is_sent_start and doc[first - 1].text not in (",", "-", "–", "—", ";"):
        first -= 1
    inverted = doc[first].lower_ in ("should", "had", "were") and first + 1 < verb.i
    asked = doc[first + 1].pos_ in ("PROPN", "PRON", "DET", "NOUN") and doc[first + 1].lower_ not in (
        "both",
        "all",
        "each",
    )
    return inverted and asked and verb.sent[-1].text != "?"


def _own_clause(token: Token, wording: Wording) -> str:
    modality = "possible" if is_condition(token) else "actual"
    for child in children(token):
        if child.dep_ == "mark" and child.lower_ == "whether":
            modality = weaker(modality, "possible")
        elif child.dep_ == "advmod" and child.lower_ in wording.words("alleging_adverbs"):
            modality = weaker(modality, "alleged")
        elif child.dep_ == "advmod" and child.lower_ in wording.words("hedging_adverbs"):
            modality = weaker(modality, "possible")
    return modality


def is_question(token: Token) -> bool:
    """Whether the trigger's own clause is asked: subject-auxiliary inversion or a closing question mark."""
    data = token.doc.user_data
    if "asked" not in data:  # the tokens of all questions, found once for a Doc
        asked = (s for s in token.doc.sents if s[-1].text == "?" or (len(s) > 1 and s[-2].text == "?"))
        data["asked"] = frozenset(i for s in asked for i in range(s.start, s.end))
    return token.i in data["asked"]


def _performs(verb: Token) -> bool:
    """ "I want to thank her", "I would like to apologise": who says so does it."""
    above = verb.head
    return (
        verb.dep_ == "xcomp"
        and above.lemma_ in ("want", "like", "wish")
        and verb.lemma_ in _PERFORMED
        and any(c.dep_ == "nsubj" and c.lower_ in ("i", "we") for c in children(above))
        and not any(
            c.dep_ == "neg" or (c.dep_ == "aux" and c.tag_ == "MD" and c.lower_ not in ("would", "'d"))
            for c in children(above)
        )
    )


_PERFORMED = word_set("performed")


def factuality(trigger: Token, wording: Wording) -> tuple[str, str]:
    """(polarity, modality) of the event named by ``trigger``."""
    if _performs(trigger):
        return "positive", "actual"
    negative = 0
    modality = "possible" if is_question(trigger) else "actual"
    # A headline infinitive: "Ocasio-Cortez to endorse Sanders".
    if (
        trigger.tag_ == "VB"
        and trigger.dep_ in ("ROOT", "acl", "relcl", "conj")
        and any(c.dep_ == "aux" and c.lower_ == "to" for c in children(trigger))
        and (trigger.dep_ == "ROOT" or (trigger.head.dep_ == "ROOT" and trigger.head.pos_ in ("PROPN",)))
    ):
        modality = weaker(modality, "intended")
    node, below = trigger, None
    for _ in range(8):
        negative += _negations(node, below)
        if node.pos_ in ("VERB", "AUX"):
            modality = weaker(modality, _modal(node))
        modality = weaker(modality, _own_clause(node, wording))
        if any(c.dep_ == "mark" and c.lower_ == "whether" for c in children(node)):
            break  # "is not sure whether he will vote for it" denies nothing
        if below is not None:
            flip, weaken = _governs(node, below, wording)
            if flip and negative and node.lemma_ in ("refuse", "rule", "decline", "deny"):
                # "refused to rule out", "did not deny": neither asserted nor denied
                modality = weaker(modality, "possible")
            negative += flip
            modality = weaker(modality, weaken)
        # "an undertaking to vote", read as a relative clause
        infinitive = node.dep_ == "relcl" and any(c.dep_ == "aux" and c.lower_ == "to" for c in children(node))
        if (node.dep_ not in _CLIMB and node.lower_ != "short" and not infinitive) or node.head == node:
            break
        if node.dep_ == "conj":
            # What stands before a coordinated verb governs it only where the first verb is governed too.
            if _has_own_auxiliary(node):
                break
            if node.tag_ in ("VBD", "VBZ") and node.head.tag_ == "VB":
                break  # "refused to use the term and called for her to go"
            below, node = node, node.head
            while node.dep_ == "conj":
                node = node.head
            modality = weaker(modality, _modal(node) if below.tag_ == "VB" else "actual")
            negative += _negations(node) if below.tag_ == "VB" and _joined_by(below, "or", "nor") else 0
            if node.dep_ not in _CLIMB or node.head == node:
                break
            below, node = node, node.head
            if not _passes(below, node, wording):
                break
            continue
        below, node = node, node.head
        if not _passes(below, node, wording):
            break
    return ("negative" if negative % 2 else "positive"), modality


def _joined_by(token: Token, *words: str) -> bool:
    return any(c.dep_ == "cc" and c.lower_ in words for c in children(token.head))


def _has_own_auxiliary(verb: Token) -> bool:
    return any(c.dep_ in ("nsubj", "nsubjpass") or (c.dep_ == "aux" and c.lower_ != "to") for c in children(verb))


def _passes(below: Token, node: Token, wording: Wording) -> bool:
    """Whether the governor ``node`` can bear on the event below it."""
    if node.lower_ == "short":
        return True
    words, lemma = wording.words, node.lemma_
    if below.dep_ == "ccomp":
        # Reporting verbs are attribution's business; only those that deny or foretell go on.
        return node.tag_ == "VB" or lemma in words("deny_verbs") | words("expect_verbs") | words("possible_governors")
    if below.dep_ in ("nsubj", "nsubjpass"):
        return lemma in words("cancel_verbs")
    if below.dep_ == "advcl" and below.tag_ == "VBG" and lemma == "rule":
        return True  # "ruled out resigning"
    if below.dep_ == "advcl" and node.lemma_ == "bring" and any(c.lower_.endswith("self") for c in children(node)):
        return True  # "cannot bring himself to vote for her"
    if below.dep_ == "advcl":
        meant = words("intend_governors") | words("negative_implicatives") | words("expect_verbs")
        return lemma in meant and any(c.dep_ == "aux" and c.lower_ == "to" for c in children(below))
    if below.dep_ == "prep" and below.lower_ in _CIRCUMSTANCE:
        return False
    if below.dep_ in ("dobj", "pobj", "prep"):
        doing = words("negative_implicatives") | words("light_verbs") | words("deny_verbs")
        return node.pos_ == "ADP" or lemma in doing | words("intend_governors") | words("possible_governors")
    return True


# What goes on beside an event says nothing of whether it happens: "under pressure from MPs, he plans to speak".
_CIRCUMSTANCE = word_set("circumstance")


def _governs(node: Token, below: Token, wording: Wording) -> tuple[int, str]:
    """(flips of polarity, modality) that the governor ``node`` lays on the event below it."""
    lemma = node.lemma_.lower()
    if below.dep_ in ("advcl", "xcomp") and lemma in _MOVING and any(c.dep_ == "dobj" for c in children(node)):
        return 0, "actual"  # "abandoned the party to join another"
    if node.lower_ == "without" and below.dep_ == "pcomp":
        return 1, "actual"
    particle = {c.lower_ for c in children(node) if c.dep_ in ("prt", "advmod", "prep")}
    if lemma == "drop" and particle & {"in", "by"}:
        return 0, "actual"  # "dropped in on a meeting"
    if (
        lemma in wording.words("negative_implicatives")
        or (lemma == "rule" and "out" in particle)
        or (lemma == "pass" and "up" in particle)
        or (lemma == "stop" and ("short" in {t.lower_ for t in node.subtree}))
        or (lemma == "back" and ("away" in particle or "down" in particle))
    ):
        return 1, "actual"
    if lemma in wording.words("deny_verbs"):
        return (1, "actual") if below.dep_ in ("xcomp", "pcomp", "dobj", "ccomp") else (0, "actual")
    if lemma in wording.words("accuse_verbs") and below.dep_ in ("prep", "pcomp"):
        return 0, "alleged"
    infinitive = any(c.dep_ == "aux" and c.lower_ == "to" for c in children(below))
    if lemma in wording.words("expect_verbs") and (infinitive or below.dep_ in ("ccomp", "xcomp")):
        return 0, "intended"
    if lemma in wording.words("alleging_verbs") and (infinitive or below.dep_ == "ccomp"):
        return 0, "alleged"
    if lemma == "unlikely":
        return 1, "possible"
    if lemma == "go" and node.tag_ in ("VBD", "VBN", "VBZ", "VBP"):
        return 0, "actual"  # "went on to become", "goes on to win"
    if lemma in wording.words("intend_governors") and (infinitive or below.dep_ in ("pcomp", "ccomp", "prep", "dobj")):
        return 0, "intended"
    if lemma in wording.words("possible_governors"):
        return 0, "possible"
    if lemma == "be" and infinitive and below.dep_ == "xcomp" and below.tag_ == "VB":
        ranked = any(c.dep_ == "attr" and any(g.lower_ in _RANKED for g in children(c)) for c in children(node))
        return 0, "actual" if ranked else "intended"  # "is the third MP to defect"
    return 0, "actual"


# Who left one thing to join another has joined it.
_MOVING = frozenset("cross quit leave defect resign desert abandon switch return come go break split".split())


# Who is chosen to fill a place fills it.
_CHOOSING = frozenset("appoint elect choose pick select tap name promote vote".split())
_RANKED = word_set("ranked")


# "overturned a majority of 24,000 to win the seat"
_BEATING = word_set("beating")
# An infinitive under these tells of a result, had or foreseen.
_ACHIEVING = word_set("achieving")


_STRIVING = word_set("striving")
_IMAGINED = frozenset("imagine envision envisage picture fear avoid prevent stop risk contemplate consider".split())


def is_unachieved(trigger: Token) -> bool:
    """Whether a result is only striven for: "trying to win", "forcing her to fend off", "a leap toward winning",
    "eliminated from winning"; and a race that is still on: "is beating him by two points"."""
    head = trigger.head
    if any(t.lower_ == "enough" for t in (*children(head), *(g for c in children(head) for g in children(c)))):
        return False  # "won enough delegates to secure the nomination"
    if (
        trigger.tag_ == "VB"
        and trigger.dep_ in ("xcomp", "acl", "ccomp", "advcl")
        and not any(c.dep_ == "aux" and c.lower_ not in ("to", "do") for c in children(trigger))
    ):
        return head.lemma_.lower() not in _ACHIEVING
    if trigger.dep_ == "pcomp" and head.lower_ in ("toward", "towards", "from", "to"):
        return True
    if trigger.dep_ == "pcomp" and head.lower_ in ("on", "upon", "of") and head.head.lemma_ in _STRIVING:
        return True
    if trigger.tag_ == "VBG" and trigger.dep_ in ("ccomp", "xcomp") and head.lemma_ in _IMAGINED:
        return True
    return trigger.tag_ == "VBG" and any(c.dep_ == "aux" and c.lemma_ == "be" for c in children(trigger))


def is_hypothetical(trigger: Token, wording: Wording) -> bool:
    """Whether nothing is said to happen: an if-clause, or an infinitive or gerund after a mere prospect
    ("if she wins", "chances of winning", "the race to succeed Cameron")."""
    node = trigger
    if any(c.dep_ == "aux" and c.lower_ in ("would", "'d") for c in children(trigger)) and any(
        c.dep_ == "advcl" and c.tag_ == "VBD" and any(g.dep_ == "mark" and g.lower_ == "if" for g in children(c))
        for c in children(trigger)
    ):
        return True  # "If I was prime minister I wouldn't appoint him"
    for _ in range(4):
        # "would have shown him the door", "would have had to resign"
        if is_condition(node) or {"would", "have"} <= {c.lower_ for c in children(node) if c.dep_ == "aux"}:
            return True
        if node.dep_ == "conj" or (node.dep_ == "xcomp" and node.head.pos_ in ("VERB", "AUX")):
            node = node.head
        else:
            break
    head = trigger.head
    if trigger.dep_ == "xcomp" and head.lemma_ in ("vie", "battle", "compete", "jostle", "fight", "race"):
        return True
    if trigger.dep_ in ("acl", "relcl") and trigger.tag_ == "VB":
        return head.lemma_.lower() in wording.words("prospect_nouns")
    if trigger.dep_ == "pcomp" and head.head.pos_ == "NOUN":
        return head.head.lemma_.lower() in wording.words("prospect_nouns")
    if head.lemma_ in ("be", "become") and any(
        c.dep_ == "attr" and any(g.lower_ in _RANKED or g.tag_ == "JJS" for g in (c, *children(c)))
        for c in children(head)
    ):
        return False  # "was the first MP to call for", "is the latest to quit"
    return (
        trigger.dep_ == "advcl"
        and trigger.tag_ == "VB"
        and any(c.dep_ == "aux" and c.lower_ == "to" for c in children(trigger))
        and (
            head.lemma_.lower() not in _MOVING | _CHOOSING | _BEATING
            and head.lemma_.lower()
            not in wording.words("intend_governors")
            | wording.words("expect_verbs")
            | wording.words("negative_implicatives")
        )
    )


# Whoever does these "to attack" somebody attacks him: "took to Twitter to", "joined forces to", "used the debate to".
_LEADING_UP = word_set("leading_up")


_TRAVELLING = frozenset("fly travel go head visit arrive return come drive stop gather jet sit journey trip".split())


def spoken_up(trigger: Token, relation: str) -> bool:
    """Whether an infinitive of purpose tells what was done: for words, the act before it is one of coming forward, for
    a meeting, one of getting there."""
    verb = trigger.head
    before = _TRAVELLING if relation == "meets" else _LEADING_UP
    there = (
        relation == "meets" and verb.lemma_ == "be" and any(c.dep_ == "prep" for c in children(verb))
    )  # "was in Moscow to"
    if trigger.dep_ != "advcl" or trigger.tag_ != "VB" or (verb.lemma_.lower() not in before and not there):
        return False
    return verb.tag_ != "VB" and not any(c.dep_ == "neg" or c.tag_ == "MD" for c in children(verb))
