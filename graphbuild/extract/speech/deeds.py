"""Judgements told in several words: "let us down", "has no plan", "is doing a great job", "broke the code", "is part of
the problem", "cannot lead". Which words go together is in ontologies/english/judgements.yaml.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from spacy.tokens import Token

from graphbuild.extract.article.context import Context
from graphbuild.extract.syntax import grammar
from graphbuild.extract.syntax.grammar import children

_NOTHING = frozenset({"nothing", "little"})
_NOTHING_DONE = frozenset("do learn offer achieve deliver say contribute build accomplish".split())
_HAVING = frozenset("have show offer provide demonstrate display exercise command possess give".split())
_STATES = frozenset({"in", "out", "at", "beneath", "beyond", "under", "behind"})


def whole(token: Token) -> str:
    """The lemma of a noun with what a hyphen ties to it: "cover-up"."""
    doc, i = token.doc, token.i
    tied = i >= 2 and doc[i - 1].text == "-" and not doc[i - 2].whitespace_
    return f"{doc[i - 2].lower_}-{token.lemma_.lower()}" if tied else str(token.lemma_.lower())


def anti(word: Token) -> bool:
    """ "non-racist", "anti-corrupt"."""
    return word.i >= 2 and word.nbor(-1).text == "-" and word.nbor(-2).lower_ in ("non", "anti", "counter")


def deed(verb: Token, negative: bool, context: Context) -> str:
    """The relation in which the verb's doer is judged (criticises, accuses or praises), or ""."""
    data: dict[str, Any] = context.wording.data["judgements"]
    objects = _objects(verb, context)
    if negative:
        return _left_undone(verb, objects, context)
    if manner := _manner(verb, context):
        return manner
    if _does(verb, objects, data["wrongs"]) or _with_particle(verb, data["wrongs_particles"]):
        return "accuses"
    if _in_wrongdoing(verb, context):
        return "accuses"
    praise = _does(verb, objects, data["praised"]) and not _spoilt(objects, context) and not _would_have(verb)
    good, bad = _works(verb, objects, context)
    if bad or (not good and _blamed(verb, objects, data, context)):
        return "criticises"
    return "praises" if good or praise else ""


# What one does well or badly; of other verbs an adverb tells something else ("fell badly", "is desperately poor").
_CONDUCT = frozenset(
    "behave act conduct handle manage govern lead treat respond serve speak preside represent discharge acquit negotiate".split()
)
_BADLY, _WELL = frozenset({"badly", "poorly", "ill"}), frozenset({"well", "ably", "admirably", "superbly"})


def _manner(verb: Token, context: Context) -> str:
    """The relation of how something is done: "behaved disgracefully", "has handled this brilliantly"."""
    lemma = verb.lemma_.lower()
    if lemma not in _CONDUCT and lemma not in ("do", "work", "campaign", "fight"):
        return ""
    words = context.wording.words
    with_what = {h.lemma_.lower() for h in grammar.prepositional(verb, "with")}
    if with_what & (words("positive_nouns") | words("negative_nouns")):  # "acted with courage", "with contempt"
        return "praises" if with_what & words("positive_nouns") else "criticises"
    for child in children(verb):
        asked = any(g.lower_ == "how" for g in children(child))
        if child.dep_ != "advmod" or child.tag_ not in ("RB", "RBR", "JJ") or asked or lemma not in _CONDUCT:
            continue
        stem = child.lower_.removesuffix("ly")
        alike = {stem, stem + "e", stem.removesuffix("i") + "y", stem + "le", child.lower_.removesuffix("ally")}
        alike = alike if stem != child.lower_ else set()
        if child.lower_ in _BADLY or alike & words("negative_adjectives"):
            return "criticises"
        if child.lower_ in _WELL or alike & words("positive_adjectives"):
            return "praises"
    return ""


def _would_have(verb: Token) -> bool:
    """ "he would have saved lives": he did not."""
    return {"would", "have"} <= {c.lower_ for c in children(verb) if c.dep_ == "aux"}


def _objects(verb: Token, context: Context) -> list[Token]:
    own = (
        grammar.own_objects(verb)
        if grammar.is_passive(verb)
        else [c for c in children(verb) if c.dep_ in ("dobj", "attr")]
    )
    measures = context.wording.words("measure_nouns")
    own += [h for thing in own if thing.lemma_.lower() in measures for h in grammar.prepositional(thing, "of")]
    return [part for thing in own for part in grammar.conjuncts(thing)]


def _does(verb: Token, objects: Sequence[Token], deeds: dict[str, list[str]]) -> bool:
    wanted = deeds.get(verb.lemma_.lower())
    return wanted is not None and any(whole(t) in wanted for t in objects)


_BESIDE_VERB = frozenset({"prt", "advmod", "acomp", "oprd", "prep", "agent"})
_PARTICLES = frozenset({"in", "up", "out", "down", "over", "away", "back", "off", "on"})


def _with_particle(verb: Token, phrases: Sequence[str]) -> bool:
    lemma = verb.lemma_.lower()
    for child in children(verb):
        if f"{lemma} {child.lower_}" not in phrases or (child.dep_ not in _BESIDE_VERB and child.tag_ != "RP"):
            continue
        if child.dep_ != "prep" or child.lower_ not in _PARTICLES or child.i == verb.i + 1:
            return True
    return False


def _spoilt(objects: Sequence[Token], context: Context) -> bool:
    """ "did a terrible job", "has no integrity", "made little progress": the object is denied or bad."""
    bad = context.wording.words("negative_adjectives") | {"no", "little", "few", "poor", "any"}
    return any(c.lower_ in bad for t in objects for c in children(t))


def _works(verb: Token, objects: Sequence[Token], context: Context) -> tuple[bool, bool]:
    """(good, bad) of a job done: "is doing a great job", "made a terrible mistake"."""
    words = context.wording.words
    if verb.lemma_.lower() not in ("do", "make", "have", "deliver", "run", "show"):
        return False, False
    for thing in objects:
        modifiers = {whole(c) for c in children(thing) if c.dep_ == "amod" and not anti(c)}
        good, bad = modifiers & words("positive_adjectives"), modifiers & words("negative_adjectives")
        if thing.lower_ == "hell" and any(h.lower_ == "job" for h in grammar.prepositional(thing, "of")):
            return True, False
        if bool(good) != bool(bad) and thing.lemma_.lower() in context.wording.words("works"):
            return bool(good), bool(bad)
        data = context.wording.data["judgements"]
        if (
            verb.lemma_ == "show"
            and thing.lemma_.lower() in data["measures"]
            and modifiers & {*data["faint_adjectives"]}
        ):
            return False, True  # "showed poor judgment"
    return False, False


@lru_cache(maxsize=4_096)
def _beginning_with(phrases: tuple[str, ...], word: str) -> tuple[str, ...]:
    return tuple(p for p in phrases if p.startswith(word + " "))


def _blamed(verb: Token, objects: Sequence[Token], data: dict[str, Any], context: Context) -> bool:
    lemma, words = verb.lemma_.lower(), context.wording.words
    if lemma in ("put", "place", "have", "run", "make", "take", "turn", "set", "give") and _does(
        verb, objects, data["blamed"]
    ):
        return _put_wrong(verb, objects, context)
    if _does(verb, objects, data["blamed"]):
        return lemma != "lose" or not grammar.prepositional(verb, "in")  # who has lost trust in somebody blames him
    if lemma == "take" and objects and any(t.lower_ == "granted" for t in verb.subtree):
        return True
    if lemma == "go" and any(c.lower_ == "far" and c.nbor(-1).lower_ == "too" for c in children(verb)):
        return True
    if lemma in _NOTHING_DONE and any(t.lower_ in _NOTHING and t.doc[t.i + 1].lower_ != "but" for t in objects):
        return True
    if lemma in _HAVING and any(
        t.lemma_.lower() in words("wanted_qualities") and any(c.dep_ == "det" and c.lower_ == "no" for c in children(t))
        for t in objects
    ):
        return True
    if any(
        p not in data["not_blamed_unless_negated"] and _with_particle(verb, [p])
        for p in _beginning_with(tuple(data["blamed_particles"]), lemma)
    ):
        return True
    if lemma == "be" and any(
        f"{p.lower_} {t.lemma_.lower()}" in words("sorry_states")
        for p in children(verb)
        if p.dep_ == "prep" and p.lower_ in _STATES
        for t in p.subtree
    ):
        return True
    if lemma == "be":
        return _is_the_problem(verb, data)
    idioms = data["blamed_idioms"].get(lemma, ())
    beside = [c for c in children(verb) if c.dep_ in ("prt", "advmod")] if idioms else []
    return bool(idioms) and any(
        f"{p.lower_} {t.lemma_.lower()}" in idioms
        for place in (verb, *objects, *beside)
        for p in children(place)
        if p.dep_ == "prep"
        for t in children(p)
        if t.dep_ in ("pobj", "pcomp", "amod")
    )


_OWNED_ILLS = frozenset("blood blame contempt disregard obsession nerve cheek gall audacity temerity brass".split())


def _put_wrong(verb: Token, objects: Sequence[Token], context: Context) -> bool:
    """ "put lives at risk", "put party before country", "have blood on their hands", "turned a blind eye"."""
    around = {t.lower_ for t in verb.subtree}
    lemma = verb.lemma_.lower()
    if lemma in ("put", "place"):
        return bool(around & {"risk", "jeopardy", "danger", "before", "ahead", "peril", "above"}) or (
            "first" in around
            and bool(
                {t.lemma_.lower() for t in objects}
                & {"party", "interest", "ambition", "profit", "politics", "ideology", "career", "ego"}
            )
        )
    if lemma == "have":
        beside = {c.lemma_.lower() for t in objects if t.lemma_ in ("problem", "hole") for c in children(t)}
        troubled = bool(beside & context.wording.words("troubles"))
        return (
            troubled
            or bool(around & _OWNED_ILLS)
            or ("offer" in around and any(t.lower_ == "nothing" for t in objects))
        )
    if lemma == "turn":
        return bool(around & {"blind", "deaf"}) or any(t.lower_ == "back" for t in objects)
    if lemma == "run":
        return bool(around & {"scared", "ground", "away", "ragged"})
    if lemma == "take":
        return bool(around & {"granted", "backward"}) or any(t.lower_ == "eye" for t in objects)
    if lemma == "make":
        return not around & {"no", "not"}
    return lemma == "give" and "succour" in around


def _is_the_problem(verb: Token, data: dict[str, Any]) -> bool:
    for child in children(verb):
        if child.dep_ == "attr":
            named = [child, *(grammar.prepositional(child, "of") if child.lower_ == "part" else [])]
            if any(
                t.lemma_.lower() in data["blamed_roles"][:4]
                and any(c.lower_ in ("the", "main", "real", "biggest") for c in children(t))
                for t in named
            ):
                return True
        if child.dep_ == "xcomp" and child.lower_ == "blame":
            return True
    return False


def _in_wrongdoing(verb: Token, context: Context) -> bool:
    if verb.lemma_.lower() not in ("engage", "involve", "indulge", "participate", "collude", "complicit"):
        return False
    words = context.wording.words
    return any(
        whole(t) in words("negative_nouns") or whole(t) in words("wrongdoing_nouns")
        for t in grammar.prepositional(verb, "in")
    )


def _left_undone(verb: Token, objects: Sequence[Token], context: Context) -> str:
    """What a politician ought to do or be able to do, denied: "cannot lead", "did not show leadership"."""
    data, lemma = context.wording.data["judgements"], verb.lemma_.lower()
    able = any(c.dep_ == "aux" and c.lower_ in ("can", "ca", "could") for c in children(verb))
    if lemma in _HAVING and any(t.lemma_.lower() in context.wording.words("wanted_qualities") for t in objects):
        return "criticises"
    if (
        able
        and not grammar.is_passive(verb)
        and lemma in data["abilities"]
        and (
            objects
            or lemma in ("lead", "govern", "cope", "deliver", "win", "unite")
            or (lemma in ("handle", "face", "stand") and any(c.dep_ == "xcomp" for c in children(verb)))
        )
    ):
        return "criticises"
    if (lemma == "be" and _not_in_state(verb, data)) or _does(verb, objects, data["undone"]):
        return "criticises"
    if lemma == "go" and any(
        t.lower_ == "far" and t.nbor().lower_ == "enough" for t in verb.doc[verb.i + 1 : verb.i + 4]
    ):
        return "criticises"  # "the plan does not go far enough"
    if lemma in _NOTHING_DONE and any(t.lower_ in ("nothing", "anything") for t in objects):
        return "criticises"  # "has never done anything for us"
    if able and lemma == "trust" and grammar.is_passive(verb):
        return "criticises"
    undone = [*data["not_blamed_unless_negated"], *data["praised_particles"]]
    if _with_particle(verb, undone) and lemma not in (
        "give",
        "make",
        "back",
        "rip",
        "tear",
        "sit",
        "jump",
        "side",
        "play",
    ):
        return "criticises"
    return ""


def _not_in_state(verb: Token, data: dict[str, Any]) -> bool:
    """ "is not up to the job", "is not tough enough"."""
    for child in children(verb):
        if child.dep_ in ("acomp", "attr") and any(g.lower_ == "enough" for g in (child, *children(child))):
            return True
        if child.dep_ in ("prep", "advmod", "acomp", "prt") and any(
            f"{p.lower_} {t.lemma_.lower()}" in data["wanted_states"]
            for p in (child, *children(child))
            for t in children(p)
            if t.dep_ == "pobj"
        ):
            return True
    return False
