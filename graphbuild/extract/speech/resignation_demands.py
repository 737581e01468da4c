"""Words by which somebody's going is meant: verbs of resigning, and what says as much without one ("her time is up", "he
can no longer govern", "she should consider her future", "he ought to do the decent thing", "spare us this by leaving")."""

from collections import defaultdict
from collections.abc import Callable
from functools import lru_cache

from spacy.tokens import Token

from graphbuild.extract.syntax import grammar, participants
from graphbuild.extract.syntax.grammar import children
from graphbuild.ontology import word_set

_ENDED = frozenset({"time", "game", "number", "race"})
# What one does who goes: verb and object, "clear his desk".
_GOING = {
    "pack": frozenset({"bag"}), "clear": frozenset({"desk"}), "do": frozenset({"thing"}), "call": frozenset({"day", "time"}),
    "make": frozenset({"way"}), "take": frozenset({"walk"}), "fall": frozenset({"sword"}), "throw": frozenset({"towel"}),
    "hang": frozenset({"boot"}), "walk": frozenset({"plank"}), "show": frozenset({"door", "exit"}), "leave": frozenset({"parliament", "politics", "stage"}),
    "quit": frozenset({"parliament", "politics"}),
}  # fmt: skip
_ENDING = frozenset({"end", "suspend", "abandon", "drop", "exit", "leave", "quit"})
_RUNS = frozenset({"campaign", "bid", "candidacy", "race", "contest", "run"})
_DECENT = frozenset({"decent", "honourable", "honorable", "right"})
_STANDING = frozenset({"position", "future", "role", "status", "option"})
_WEIGHING = word_set("weighing")
_STAYING = frozenset({"govern", "lead", "continue", "remain", "stay", "serve", "carry"})
_OFFICE = word_set("office")
# After "should go" these say when; other words say where.
_WHEN = frozenset("now and immediately according after over today at once soon quickly before because".split())
_GOING_VERBS = frozenset({"resign", "quit", "leave", "go", "step", "stand"})
_OFFERED = frozenset({"offer", "volunteer", "agree", "choose", "decide"})
_VIRTUES = word_set("virtues")


def goes(verb: Token) -> bool:
    """Whether what somebody should do is to go: "clear his desk", "consider her position", "spare us by leaving"."""
    lemma = verb.lemma_.lower()
    if lemma == "leave" and any(h.lemma_ in ("dignity", "effect") for h in grammar.prepositional(verb, "with")):
        return True
    objects = {c.lemma_.lower(): c for c in children(verb) if c.dep_ in ("dobj", "oprd")}
    meant = _GOING.get(lemma, frozenset()) & objects.keys()
    if meant and lemma == "do":
        return any(c.lower_ in _DECENT for c in objects["thing"].children)
    if meant and lemma == "show":
        return grammar.is_passive(verb)
    if meant:
        return True
    runs = [c for word, c in objects.items() if word in _RUNS]
    if lemma == "get" or lemma == "drop" or lemma == "pull":
        out = grammar.prepositional(verb, "out_of")
        if any(h.lemma_ in _RUNS for h in out) or (
            lemma == "drop" and not objects and not out and verb.nbor().lower_ == "out"
        ):
            return True  # "get out of the race", "drop out"
    if lemma in _ENDING and any(g.lower_ in ("his", "her", "the") for c in runs for g in children(c)):
        return not any(g.lower_ == "of" for c in runs for g in children(c))  # "end his campaign"
    if lemma == "fall" and any(h.lemma_ == "sword" for h in grammar.prepositional(verb, "on")):
        return True
    if lemma == "have" and objects.keys() & (_VIRTUES | {"grace", "courage", "sense"}):  # "have the decency to resign"
        return any(
            c.lemma_ in _GOING_VERBS for o in objects.values() for c in children(o) if c.dep_ in ("acl", "relcl")
        )
    if lemma in _WEIGHING:
        below = {t.lemma_.lower() for t in verb.subtree if t.i > verb.i}
        if "whether" in below and below & _STAYING:
            return True  # "think about whether he can carry on"
        heads = [*objects.values(), *grammar.prepositional(verb, "on"), *grammar.prepositional(verb, "about")]
        return any(h.lemma_.lower() in _STANDING and any(c.tag_ == "PRP$" for c in children(h)) for h in heads)
    if lemma == "ask" and any(c.lower_ in ("himself", "herself", "themselves") for c in children(verb)):
        return any(t.lemma_.lower() in ("future", "position", "continue", "remain", "stay") for t in verb.subtree)
    for by in (c for c in children(verb) if c.dep_ == "prep" and c.lower_ == "by"):
        if any(c.dep_ == "pcomp" and c.lemma_ in _GOING_VERBS for c in children(by)):
            return True
    return False


def overdue(verb: Token, quits: bool) -> bool:
    """ "should have resigned", "should have offered to go" (the verb is the one that quits or the one above it)."""
    return quits or (
        verb.lemma_ in _OFFERED and any(c.dep_ == "xcomp" and c.lemma_ in _GOING_VERBS for c in children(verb))
    )


def _is_lost(word: Token) -> bool:
    """ "untenable", "no longer tenable"."""
    if word.lower_ in ("untenable", "unsustainable"):
        return True
    denied = any(c.lower_ in ("no", "not", "longer") for c in (*children(word), *children(word.head)))
    return word.lower_ in ("tenable", "sustainable") and denied


def ended(token: Token, quits: bool) -> list[Token]:
    """Heads of who is told that it is over: "*his* time is up", "*X* can no longer lead", "if *she* had any decency she
    would resign"."""
    if token.pos_ not in ("VERB", "AUX"):
        return []
    if token.lemma_ == "be" and any(c.lower_ == "up" for c in children(token)):
        for subject in (c for c in children(token) if c.dep_ == "nsubj" and c.lemma_.lower() in _ENDED):
            return [*(c for c in children(subject) if c.dep_ == "poss"), *grammar.prepositional(token, "for")]
    if token.lemma_ in ("be", "become") and any(c.dep_ == "acomp" and _is_lost(c) for c in children(token)):
        held = [c for c in children(token) if c.dep_ == "nsubj" and c.lemma_.lower() in ("position", "situation")]
        return [
            h for c in held for h in (*(g for g in children(c) if g.dep_ == "poss"), *grammar.prepositional(c, "of"))
        ]
    if token.lemma_.lower() in _STAYING and any(
        c.dep_ == "aux" and c.lower_ in ("can", "could", "ca") for c in children(token)
    ):
        longer = [c for c in children(token) if c.lower_ == "longer" and c.i and c.nbor(-1).lower_ in ("no", "any")]
        if token.lemma_ in ("continue", "remain", "stay", "carry"):  # "cannot continue in office"
            there = [c for c in children(token) if c.dep_ == "prep"]
            office = {g.lemma_.lower() for c in there for g in children(c)}
            longer += [c for c in children(token) if c.dep_ == "neg" and (not there or office & _OFFICE)]
        if longer and not any(c.dep_ == "dobj" for c in children(token)):
            return participants.surface_subjects(token)
    if (
        quits
        and token.dep_ == "advcl"
        and token.head.lemma_ == "be"
        and any(c.dep_ in ("acomp", "attr") and c.lower_ in ("best", "better", "right") for c in children(token.head))
    ):  # "it would be best if she resigned"
        return participants.surface_subjects(token)
    if (
        quits
        and any(c.dep_ == "aux" and c.lower_ in ("would", "'d") for c in children(token))
        and any(
            c.dep_ == "advcl"
            and any(g.dep_ == "mark" and g.lower_ == "if" for g in children(c))
            and any(t.lemma_.lower() in _VIRTUES for t in c.subtree)
            for c in children(token)
        )
    ):
        return participants.surface_subjects(token)
    return []


@lru_cache(maxsize=4)
def _quitting(words: frozenset[str]) -> dict[str, list[str]]:
    """The particles with which a verb means to leave a post, "" for none, by verb."""
    found = defaultdict(list)
    for word in sorted(words | {"go"}):
        verb, _, particle = word.partition(" ")
        found[verb].append(particle)
    return dict(found)


def quits(verb: Token, words: Callable[[str], frozenset[str]]) -> bool:
    """Whether a verb is one of resigning or leaving a post: "quit", "step down", "relinquish the leadership"."""
    lemma = verb.lemma_.lower()
    for particle in _quitting(words("quit_intransitive")).get(lemma, ()):
        if not particle or grammar.has_particle(verb, particle):
            after = ("prep", "advmod", "xcomp", "prt", "acomp")
            return lemma != "go" or not any(c.dep_ in after and c.lower_ not in _WHEN for c in children(verb))
    if lemma in ("give", "hand", "relinquish", "surrender", "vacate", "leave", "quit"):
        posts = words("post_nouns")
        return any(c.dep_ == "dobj" and c.lemma_.lower() in posts for c in children(verb))
    return lemma == "consider" and any(c.dep_ == "dobj" and c.lemma_ == "position" for c in children(verb))
