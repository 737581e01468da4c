"""Results: who won or lost which contest, state, seat or election ("won the Iowa caucuses", "carried Ohio", "a win in
Nevada", "Labour held Batley and Spen", "getting 40 seats in parliament")."""

import re
from collections.abc import Iterator, Sequence

from spacy.tokens import Doc, Token

from graphbuild.extract.article.context import Context, make_context
from graphbuild.extract.article.factuality import factuality, is_hypothetical, is_unachieved
from graphbuild.extract.article.statements import assemble
from graphbuild.extract.elections.field import PRESIDENT, contest_entity
from graphbuild.extract.syntax import governors, grammar, light_verbs, participants, predication
from graphbuild.extract.syntax.grammar import children, noun_phrase
from graphbuild.extract.syntax.phrases import phrase_entity, phrase_text, seat_name, second_place
from graphbuild.model import ORGANISATION, PERSON, PLACE, Article, Entity, Mention, Statement
from graphbuild.ontology import Ontology


def results(doc: Doc, article: Article, mentions: Sequence[Mention], ontology: Ontology) -> Iterator[Statement]:
    """Statements of elected_to from words for winning and losing."""
    context = make_context(doc, article, mentions, ontology)
    words = ontology.wording.data["contests"]["results"]
    won, lost = frozenset(words["won"]), frozenset(words["lost"])
    victories, losses = frozenset(words["victories"]), frozenset(words["losses"])
    for token in context.triggers(won | lost | victories | losses):
        lemma = token.lemma_.lower()
        if token.pos_ == "VERB" and (lemma in won or lemma in lost):
            found = _by_verb(token, context, words)
        elif token.pos_ in ("NOUN", "PROPN") and (lemma in victories or lemma in losses):
            found = _by_noun(token, context, words)
        else:
            continue
        if token.pos_ == "VERB" and lemma in won:
            yield from _taken_from(token, context)
        negative = lemma in lost or lemma in losses
        for subject, obj in found:
            polarity, modality = factuality(token, context.wording)
            if token.dep_ == "acl" and token.tag_ == "VBN":
                modality = "actual"  # "the election won by X" has been won, whatever it is called
            if negative:
                polarity = "positive" if polarity == "negative" else "negative"
            yield from assemble(
                "elected_to", subject, obj, token, context, rule=f"results/{lemma}", confidence=0.7,
                polarity=polarity, modality=modality,
            )  # fmt: skip


_SEATS = frozenset(
    "leadership crown nomination seat constituency riding district council ward mayoralty governorship presidency".split()
)


def _taken_from(verb: Token, context: Context) -> Iterator[Statement]:
    """ "won Clacton from Labour", "snatched the seat from Balls": who takes a seat from somebody defeats him."""
    losers = grammar.prepositional(verb, "from")
    prizes = grammar.own_objects(verb)
    if not losers or not prizes or factuality(verb, context.wording) != ("positive", "actual"):
        return
    if is_unachieved(verb) or is_hypothetical(verb, context.wording):
        return
    prize = prizes[0]
    seat = prize.lemma_.lower() in _SEATS or (
        prize.pos_ == "PROPN"
        and not any(m.entity is not None and m.entity.kind for m in context.arguments.mentions_at(prize))
    )
    if not seat:
        return
    beaten = _winners(losers, context)
    for winner in _winners(participants.agents(verb), context) if len(beaten) == 1 else ():
        if winner.id == beaten[0].id:
            continue
        yield from assemble("defeats", winner, beaten[0], verb, context, rule="results/from", confidence=0.7)
        if prize.pos_ == "PROPN" and winner.type == PERSON:
            yield from assemble(
                "elected_to", winner, phrase_entity(prize, seat_name(prize)), verb, context, rule="results/from",
                confidence=0.7,
            )  # fmt: skip


_AMERICAN = ("Democratic Party", "Republican Party")
_PARTISANS = frozenset("democrat republican conservative tory liberal".split())


def _winners(heads: Sequence[Token], context: Context) -> list[Entity]:
    # "A Democrat has not won Texas": one of the party, not the party.
    heads = [h for h in heads if h.lower_ not in _PARTISANS]
    heads = [h.head if h.dep_ == "appos" and not context.arguments.mentions_at(h) else h for h in heads]
    out = [e for h in heads for e in context.arguments.entities(h, types=(PERSON, ORGANISATION))]
    return [e for e in out if (e.type == PERSON and e.kind in ("", "politician")) or e.kind == "party"]


_WISHED = frozenset("hope wish pray fear worry want doubt imagine suppose dread".split())


def _by_verb(verb: Token, context: Context, words: dict[str, list[str]]) -> Iterator[tuple[Entity, Entity]]:
    if (
        verb.head.lower_ == "case"  # "in case Trump won"
        or is_unachieved(verb)
        or is_hypothetical(verb, context.wording)
        or not grammar.particle_fits(verb, "up" if verb.lemma_ == "pick" else "")
        or (verb.lemma_ in ("hold", "keep") and verb.tag_ == "VBN" and verb.dep_ == "acl")  # "the seat held by Gandhi"
    ):
        return
    if governors.is_demanded(verb, context.wording) or (verb.dep_ == "ccomp" and verb.head.lemma_ in _WISHED):
        return
    if (
        verb.lemma_ == "lose"
        and grammar.prepositional(verb, "to")
        and any(h.lemma_.lower() in _PEOPLE for h in grammar.own_objects(verb))
    ):
        return  # "the SNP loses a second MP to Alba"
    subjects = _winners(participants.agents(verb), context) or _winners(_beside_who(verb), context)
    if not subjects:
        return
    for head in grammar.own_objects(verb) or participants.patients(verb) or _won_in(verb):
        for part in _listed_places(head) or ([head] if _one_seat(head, context) else grammar.conjuncts(head)):
            for obj in _contests(part, verb, subjects, context, words):
                yield from ((subject, obj) for subject in subjects)


def _one_seat(head: Token, context: Context) -> bool:
    """ "won Tiverton and Honiton": two places of one seat; states are won one by one."""
    second = second_place(head)
    if second is None:
        return False
    roles = context.wording.data["roles"]
    states = {*roles["states"], *roles["states"].values()}
    return not ({head.text, second.text} & states or any(c.dep_ in ("conj", "cc") for c in children(second)))


_PEOPLE = frozenset(
    "mp msp mep mla td ms senator member councillor peer minister voter supporter donor activist".split()
)


def _won_in(verb: Token) -> list[Token]:
    """ "won big in Utah's caucuses", "lost in Ohio": where, when nothing else is said to be won."""
    return grammar.prepositional(verb, "in") if verb.lemma_ in ("win", "lose") else []


_SEVERAL = frozenset("state contest primary caucus county race seat number handful series string".split())


def _listed_places(head: Token) -> list[Token]:
    """ "won a number of caucus states, including Washington and Alaska": the places named."""
    if head.lemma_.lower() not in _SEVERAL:
        return []
    for token in head.subtree:
        if token.lower_ in ("including", "like") and token.i > head.i:
            places = [p for c in children(token) if c.dep_ in ("pobj", "dobj") for p in grammar.conjuncts(c)]
            return [p for p in places if p.ent_type_ == "GPE"]
    return []


def _contests(
    head: Token, verb: Token, subjects: Sequence[Entity], context: Context, words: dict[str, list[str]]
) -> list[Entity]:
    """ "won contests in Utah and Idaho" tells of two."""
    places = [p for c in grammar.prepositional(head, "in") for p in grammar.conjuncts(c) if p.ent_type_ == "GPE"]
    if head.tag_ == "NNS" and len(places) > 1 and head.lemma_.lower() in words["contest_nouns"]:
        kind = (
            "primary"
            if head.lemma_.lower() not in ("caucus", "caucuse", "contest")
            else phrase_text(head).split(" in ")[0]
        )
        kind = kind.rsplit(" ", 1)[-1].removesuffix("s") if kind.endswith("contests") else kind
        return [phrase_entity(p, f"{phrase_text(p)} {kind}") for p in places]
    obj = _contest(head, verb, subjects, context, words)
    return [obj] if obj is not None else []


def _beside_who(verb: Token) -> list[Token]:
    """ "The rivalry between Rubio and Cruz, who won Iowa": the name before the pronoun, where its clause hangs too high."""
    who = next((c for c in children(verb) if c.lower_ == "who" and c.i > 1), None)
    if who is None or who.nbor(-1).pos_ == "VERB":
        return []
    before = who.nbor(-2) if who.nbor(-1).text == "," else who.nbor(-1)
    return [before] if before.pos_ == "PROPN" else []


def _bare(head: Token) -> bool:
    """Whether a phrase says nothing of which contest it is: "her primary", "that district", "the first race"."""
    first, last = noun_phrase(head)
    rival = next((t.i for t in head.doc[head.i : last + 1] if t.lower_ in ("against", "over", "by", "to")), last + 1)
    last = rival - 1
    return not any(
        t.i != head.i and t.pos_ in ("NOUN", "PROPN", "ADJ") and t.ent_type_ not in ("ORDINAL",) and t.lower_ not in _VAGUE
        for t in head.doc[first : last + 1]
    ) and not any(t.pos_ == "NUM" for t in head.doc[first:head.i])  # fmt: skip


_VAGUE = frozenset("own last next other local same recent historic big key crucial tight close final".split())


def _contest(
    head: Token, verb: Token, subjects: Sequence[Entity], context: Context, words: dict[str, list[str]]
) -> Entity | None:
    """What was won: a contest by its noun, seats in a body, or a place where the talk is of votes."""
    lemma = head.lemma_.lower()
    if (head.i and head.nbor(-1).text in ("(", "[")) or (
        head.i > 1 and head.nbor(-1).text == "-" and head.nbor(-2).text in ("R", "D", "I")
    ):
        return None  # "Sen. Bernie Sanders (I-Vt.)"
    if head.i > 1 and head.nbor(-1).text == "-" and head.nbor(-2).lower_ == "re":
        return None  # "won re-election"
    if [t.lower_ for t in head.doc[head.i + 1 : head.i + 4]] == ["by", "-", "election"]:
        return phrase_entity(head, seat_name(head))  # "won the Wakefield by-election", read as "won Wakefield by"
    post = grammar.prepositional(head, "for")
    if post and lemma in ("race", "contest", "election", "battle"):
        return None  # "lost the race for mayor": elected_to.yaml tells the post
    party = any(s.type == ORGANISATION for s in subjects)
    if lemma in words["contest_nouns"]:
        text = re.split(r" (?:against|over|by|to) ", phrase_text(head))[0]
        where = [g for g in grammar.prepositional(verb, "in") if g.ent_type_ == "GPE"]
        if where and lemma in ("primary", "caucus", "contest") and " in " not in text:
            text = f"{text} in {where[0].text}"
        elif _bare(head) or (
            lemma in ("state", "county", "district", "primary", "contest") and not any(c.isupper() for c in text)
        ):
            return None  # "her primary", "delegate-rich home states"
        return phrase_entity(head, text) if text else None
    if party and lemma == "seat":
        bodies = grammar.prepositional(head, "in") or grammar.prepositional(verb, "in")
        body = next((b for b in bodies if b.ent_type_ not in ("DATE", "TIME")), None)
        return phrase_entity(body or head, phrase_text(body or head))
    if party and lemma in words["party_prizes"] and verb.lemma_ in ("win", "lose", "secure", "gain"):
        return phrase_entity(head, phrase_text(head))
    by_votes = verb.lemma_ in {*words["places_taken"], *words["places_won"]} and _by_votes(verb, context)
    held = by_votes or (party and verb.lemma_ == "hold")
    changed = by_votes or (verb.lemma_ == "lose" and bool(grammar.prepositional(verb, "to")))
    if not (verb.lemma_.lower() in words["places_won"] or held) or not (
        changed or _told_of_votes(head, context, words)
    ):
        return None
    place = any(m.type == PLACE for m in context.arguments.mentions_at(head)) or head.ent_type_ in ("GPE", "LOC")
    named = context.arguments.mentions_at(head)
    # "Central Fife" may be taken for a body of no known kind.
    actors = [
        m for m in named if m.type in (PERSON, ORGANISATION) and not (by_votes and m.entity and not m.entity.kind)
    ]
    if head.pos_ == "PROPN" and (place or not actors):
        several = second_place(head) is not None and not _one_seat(head, context)
        return phrase_entity(head, phrase_text(head) if several else seat_name(head))
    return None


_COUNTS = frozenset("vote majority margin swing".split())


def _by_votes(verb: Token, context: Context) -> bool:
    """ "took Dover with a majority of 1,252", "held Dover for the Greens": no town is taken so."""
    counted = (h for word in ("with", "by", "on") for h in grammar.prepositional(verb, word))
    if any(h.lemma_.lower() in _COUNTS for h in counted):
        return True
    for_whom = grammar.prepositional(verb, "for")
    return any(e.kind == "party" for h in for_whom for e in context.arguments.entities(h, types=(ORGANISATION,)))


def _told_of_votes(token: Token, context: Context, words: dict[str, list[str]]) -> bool:
    near = {t.lemma_.lower() for t in context.doc[max(token.i - 60, 0) : token.i + 60]}
    return bool(near & set(words["vote_words"]))


def _by_noun(noun: Token, context: Context, words: dict[str, list[str]]) -> Iterator[tuple[Entity, Entity]]:
    if noun.dep_ in ("compound", "nmod") or is_hypothetical(noun, context.wording):
        return
    if noun.lemma_.lower() in ("winner", "victor", "loser"):
        heads = predication.self_heads(noun)
    else:
        heads = [c for c in children(noun) if c.dep_ == "poss"] or grammar.prepositional(noun, "by")
        heads = heads or light_verbs.light_giver(noun)
    subjects = _winners(heads or grammar.prepositional(noun, "for"), context)
    if not subjects:
        subjects = _winners(_above(noun), context)
    if not subjects:
        return
    for preposition in ("in", "of"):
        places = grammar.prepositional(noun, preposition) or (
            grammar.prepositional(noun.head.head, "in")
            if noun.dep_ == "pobj" and noun.head.head.lemma_ in _SWEEPING
            else []
        )
        found = False
        for head in (c for p in places for c in grammar.conjuncts(p)):
            obj = _contest(head, noun, subjects, context, {**words, "places_won": [noun.lemma_.lower()]})
            if obj is not None:
                found = True
                yield from ((subject, obj) for subject in subjects)
        if found:
            return
    for child in children(noun):
        if child.dep_ in ("compound", "amod") and child.lemma_.lower() in words["victory_modifiers"]:
            first = min(
                c.i
                for c in children(noun)
                if c.dep_ in ("compound", "amod", "nummod") and c.i <= child.i and c.pos_ != "DET"
            )
            text = context.doc[first : child.i + 1].text
            if child.lemma_ in ("election", "presidential") and all(s.party in _AMERICAN for s in subjects):
                yield from ((s, contest_entity(PRESIDENT)) for s in subjects if s.type == PERSON)
            elif any(c.lower_ in _MAYBE for c in children(noun)):
                return  # "a possible election defeat"
            elif any(c.dep_ == "nummod" and len(c.text) != 4 for c in children(noun)):
                return  # "two election defeats"
            elif len(text.split()) > 1 or child.lemma_.lower() not in words["open_results"]:
                yield from ((subject, phrase_entity(child, text)) for subject in subjects)
            return


_MAYBE = frozenset("possible potential likely unlikely feared expected".split())
_SWEEPING = frozenset("sweep cruise romp roll coast storm ride power march charge sail surge race".split())


_LED_TO = frozenset("lead guide carry propel take".split())
_CLAIMED = frozenset("want score celebrate see secure need expect claim notch pull".split())


def _above(noun: Token) -> list[Token]:
    """ "Fresh off a sweep of five states, Trump ...", "wants a win in Indiana", "led the NLD to a landslide win"."""
    above, preposition = noun.head.head, noun.head.lower_ if noun.dep_ == "pobj" else ""
    if preposition == "to" and above.lemma_ in _LED_TO:
        return [c for c in children(above) if c.dep_ == "dobj"] or participants.surface_subjects(above)
    if preposition == "to" and above.lemma_ in _SWEEPING:
        return participants.surface_subjects(above)
    verb = next((a for a in noun.ancestors if a.pos_ == "VERB"), None)
    with_it = preposition == "with" and above == verb
    told = verb is not None and (with_it or noun.i < verb.i or verb.lemma_ in _CLAIMED)
    return participants.agents(verb) if verb is not None and told else []
