"""Short ways to write articles, entities and statements, and a Hypothesis strategy of article sets that share them."""

from hypothesis import strategies as st

from graphbuild.model import Article, Entity, Evidence, Statement
from graphbuild.vocab import mint_id


def person(name, **options):
    return Entity(mint_id("person", name), name, "person", **options)


def org(name, **options):
    return Entity(mint_id("organisation", name), name, "organisation", **options)


def phrase(key, wording):
    return Entity(mint_id("phrase", key), wording, "phrase")


def article(id, text, **options):
    return Article(id, text, **options)


def statement(
    article, subject, relation, obj, quote, *, rule="test/rule", trigger="", confidence=0.9, start=None, **how
):
    start = article.text.find(quote) if start is None else start
    evidence = Evidence(article.id, start, start + len(quote), quote, trigger, rule, confidence)
    return Statement(subject, relation, obj, evidence, **how)


PEOPLE = [
    person("Keir Starmer", aliases=("Sir Keir",), same_as=("Q6383803",), party="Labour Party"),
    person("Anas Sarwar", party="Labour Party"),
    person("Jeremy Corbyn"),
    person("Kemi Badenoch", party="Conservative Party"),
]
BODIES = [org("Labour Party"), org("Conservative Party"), org("Shadow Cabinet")]
PHRASES = [phrase("ceasefire gaza", w) for w in ("ceasefire in Gaza", "a ceasefire in Gaza", "the Gaza ceasefire")]
BETWEEN_ACTORS = ("calls_to_resign", "supports", "criticises", "meets", "sacked_by", "accuses")


@st.composite
def statements_strategy(draw, a):
    relation = draw(st.sampled_from((*BETWEEN_ACTORS, "calls_for", "member_of")))
    objects = {"calls_for": PHRASES, "member_of": BODIES}.get(relation, PEOPLE + BODIES)
    obj = None if relation == "sacked_by" and draw(st.booleans()) else draw(st.sampled_from(objects))
    start = draw(st.integers(0, len(a.text) - 1))
    quote = a.text[start : start + draw(st.integers(1, 12))]
    subject = draw(st.sampled_from(PEOPLE))
    if subject.aliases and draw(st.booleans()):
        subject = Entity(subject.id, subject.name, subject.type, (), (), "")
    return statement(
        a,
        subject,
        relation,
        obj,
        quote,
        start=start,
        rule=draw(st.sampled_from(("one", "two"))),
        confidence=draw(st.sampled_from((0.5, 0.9, 1.0))),
        polarity=draw(st.sampled_from(("positive", "positive", "negative"))),
        modality=draw(st.sampled_from(("actual", "actual", "alleged"))),
        source=draw(st.sampled_from((None, None, PEOPLE[0]))),
        topic=draw(st.sampled_from(("", "", "the budget", "vetting"))),
        role=draw(st.sampled_from(("", "chancellor"))),
        date=draw(st.sampled_from(("", "2016-06-26", "2016-06"))),
    )


@st.composite
def articles_strategy(draw, max_size=5):
    """A list of (article, statements) with distinct ids that share outlets, families, entities and statements."""
    items = []
    for number in range(draw(st.integers(1, max_size))):
        a = Article(
            f"a{number}",
            "Keir Starmer met “others” é.\nSaid so.",
            source=draw(st.sampled_from(("", "Times", "Sun"))),
            family=draw(st.sampled_from(("", "a0"))),
            date=draw(st.sampled_from(("", "2016-06-27"))),
        )
        found = draw(st.lists(statements_strategy(a), max_size=6))
        items.append((a, found))
    return items
