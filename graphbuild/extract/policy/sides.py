"""Positions that a word carries: the sides of the EU referendum ("a Remainer", "the Leave campaign", "voted Leave"), and
"pro-" and "anti-" before what somebody is for or against ("a pro-fracking MP", "the anti-war senator").

The words and what they stand for are in ontologies/english/sides.yaml.
"""

from collections.abc import Iterator, Sequence

from spacy.tokens import Doc, Token

from graphbuild.extract.article.context import Context, make_context
from graphbuild.extract.article.statements import assemble
from graphbuild.extract.policy.policy_labels import policy_id
from graphbuild.extract.syntax import grammar, participants, predication
from graphbuild.extract.syntax.grammar import children
from graphbuild.extract.syntax.phrases import phrase_text
from graphbuild.model import ORGANISATION, PERSON, PHRASE, Article, Entity, Mention, Statement
from graphbuild.ontology import Ontology

_ACTORS = (PERSON, ORGANISATION, "group")


def sides(doc: Doc, article: Article, mentions: Sequence[Mention], ontology: Ontology) -> Iterator[Statement]:
    """Statements of favours and opposes carried by side words and by "pro-" and "anti-"."""
    context = make_context(doc, article, mentions, ontology)
    data = context.wording.data["sides"]
    given: set[tuple[str, str, str]] = set()
    for token in context.triggers(data["people"].keys(), {*data["camps"], "yes", "no", "pro", "anti"}):
        lower = token.lower_
        found: Iterator[tuple[Token, str, str, float]] = iter(())
        if token.lemma_.lower() in data["people"]:
            found = _called(token, data["people"][token.lemma_.lower()])
        elif lower in data["camps"] and _names_a_camp(token):
            found = _in_camp(token, data)
        elif lower in ("yes", "no") and token.i and _names_a_camp(token) and (topic := _put_to_voters(context)):
            found = _in_camp(token, {**data, "camps": {lower: topic}}, "favours" if lower == "yes" else "opposes")
        elif lower in ("pro", "anti") and token.i + 2 < len(doc) and doc[token.i + 1].text == "-":
            found = _prefixed(token, data, context)
        for head, relation, label, confidence in found:
            entity = _entity(label, context)
            for actor in context.arguments.entities(head, types=_ACTORS):
                if (actor.id, relation, entity.id) not in given:
                    given.add((actor.id, relation, entity.id))
                    yield from assemble(
                        relation, actor, entity, token, context, rule=f"sides/{lower}", confidence=confidence,
                        polarity="positive", modality="actual",
                    )  # fmt: skip


def _entity(label: str, context: Context) -> Entity:
    """The phrase of a label; the Union is called what the article calls it."""
    long = "European Union" in context.article.text
    name = label.replace("{EU}", "European Union" if long else "EU")
    words = {"eu" if w == "{EU}" else w for w in label.casefold().replace("{eu}", "eu").replace("the ", "").split()}
    return Entity(policy_id(words - {"in", "of"}), name, PHRASE)


def _called(token: Token, label: str) -> Iterator[tuple[Token, str, str, float]]:
    """ "a prominent Remainer", "the Brexiteer": who is called so."""
    if token.tag_ in ("NNS", "NNPS") and token.dep_ not in ("appos", "attr"):
        return
    for head in predication.self_heads(token):
        yield head, "favours", label, 0.68


def _names_a_camp(token: Token) -> bool:
    """ "Remain" and "Leave" as names: capitalised inside a sentence, or in quotation marks, or before "campaign"."""
    if token.lower_ == "brexit":
        return True
    before = token.nbor(-1) if token.i else None
    return token.text[0].isupper() and before is not None and not token.is_sent_start and before.text not in (":",)


def _put_to_voters(context: Context) -> str:
    """What a referendum of the article is on: "the referendum on the constitution", "the abortion referendum"."""
    for token in context.tokens:
        if token.lemma_.lower() in ("referendum", "plebiscite"):
            for head in (h for p in ("on", "over") for h in grammar.prepositional(token, p)):
                return phrase_text(head)
            named = [c for c in children(token) if c.dep_ == "compound" and c.text.islower()]
            if named:
                return named[-1].text
    return ""


def _in_camp(token: Token, data: dict, relation: str = "favours") -> Iterator[tuple[Token, str, str, float]]:  # type: ignore[type-arg]
    """ "campaigned for Remain", "a Brexit campaigner", "a leading figure in the Leave campaign"."""
    doc, label = token.doc, data["camps"][token.lower_]
    after = token.i + 1
    if after < len(doc) and doc[after].text in ("'", '"'):
        after += 1
    noun = doc[after] if after < len(doc) else None
    if noun is not None and noun.lemma_.lower() in data["backers"] and noun.pos_ in ("NOUN", "PROPN"):
        if noun.tag_ not in ("NNS", "NNPS") or noun.dep_ in ("appos", "attr"):
            for head in predication.self_heads(noun):
                yield head, relation, label, 0.7
        return
    if token.lower_ in ("yes", "no"):
        if noun is not None and noun.like_num:
            return  # "No 10"
        before = doc[token.i - 1] if doc[token.i - 1].text not in ("'", '"', "a", "for") else doc[token.i - 2]
        if before.lemma_ == "vote" and before.pos_ == "VERB":
            yield from ((head, relation, label, 0.7) for head in participants.agents(before))
            return
    node = noun if noun is not None and noun.lemma_.lower() in data["gatherings"] else token
    if node is token and token.lower_ == "brexit":
        return
    for above in (node, *node.ancestors):
        if above.pos_ in ("NOUN", "PROPN") and above.lemma_.lower() in data["figures"]:
            for head in predication.self_heads(above):
                yield head, relation, label, 0.68
            return
        if above.pos_ in ("VERB", "AUX"):
            if above.lemma_.lower() in data["verbs"] and above is not token and _reaches(node, above):
                for head in participants.agents(above):
                    yield head, relation, label, 0.7
            return


def _reaches(node: Token, verb: Token) -> bool:
    """Whether the camp is the verb's object or hangs on it by a preposition of taking part."""
    if node.head == verb:
        return node.dep_ not in ("nsubj", "nsubjpass", "advcl", "npadvmod")
    return (
        node.dep_ == "pobj"
        and node.head.head == verb
        and node.head.lower_ in ("for", "behind", "in", "on", "with", "of")
    )


def _prefixed(token: Token, data: dict, context: Context) -> Iterator[tuple[Token, str, str, float]]:  # type: ignore[type-arg]
    """What "pro-X" or "anti-X" says of the actor it stands before, or of whose message it is."""
    doc = token.doc
    thing = doc[token.i + 2]
    word = thing.lower_
    special = data["causes"].get(f"{token.lower_}-{word}")
    if not special and (
        not word.isalpha()
        or word in data["no_cause"]
        or word.endswith(("ist", "ic"))
        or thing.ent_type_ in ("PERSON", "NORP")
    ):
        return
    noun = next(
        (doc[i] for i in range(token.i + 3, min(token.i + 9, len(doc))) if doc[i].pos_ in ("NOUN", "PROPN")), None
    )
    if noun is None or any(doc[i].text in ".;()" or doc[i].pos_ in ("VERB", "ADP") for i in range(token.i + 3, noun.i)):
        return
    while noun.dep_ in ("compound", "nmod") and noun.head.i > noun.i and noun.head.i - token.i < 10:
        noun = noun.head
    if special is None and context.arguments.mentions_at(thing):
        return
    relation, label = special if special else ("favours" if token.lower_ == "pro" else "opposes", thing.text)
    if noun.lemma_.lower() in data["words_of"]:
        owners = [c for c in children(noun) if c.dep_ == "poss"]
        start = token.i - 1
        while (
            not owners
            and start > token.i - 8
            and start > 0
            and doc[start].pos_ in ("ADJ", "PUNCT", "ADV", "NOUN", "PART")
        ):
            if doc[start].tag_ == "POS":
                owners = [doc[start - 1]]
            start -= 1
        for owner in owners:
            yield owner, relation, label, 0.62
        return
    for head in predication.self_heads(noun):
        yield head, relation, label, 0.66
