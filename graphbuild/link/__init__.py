"""Linking: what every name, post, group and pronoun of an article denotes."""

from collections.abc import Mapping
from dataclasses import replace

from spacy.tokens import Doc

from graphbuild.link.coreference import resolve_pronouns
from graphbuild.link.full_names import canonical, own_forms
from graphbuild.link.gazetteer import Gazetteer, load_gazetteer
from graphbuild.link.mentions import Names, add_other_bodies, article_country, find_known, people_country
from graphbuild.link.nominals import find_nominals
from graphbuild.link.people import add_people
from graphbuild.link.person_spans import person_spans
from graphbuild.link.predecessors import find_predecessors, speak_for
from graphbuild.link.seats import seats_held
from graphbuild.model import Article, Entity, Mention

__all__ = ["link_article", "load_gazetteer"]


# Days for which one who gave up a candidacy is in the news for it.
_LATELY = 45


def link_article(doc: Doc, article: Article, gazetteer: Gazetteer, period: tuple[str, str] = ("", "")) -> list[Mention]:
    """The mentions of an article, by place in the text; ``period`` is the time of an undated one's corpus.

    Who stands in which contest on the article's day is noted on the Doc, in user_data["candidates"]; with those who left
    it in the weeks before in user_data["candidates of late"]; and who has which seat in user_data["seats"].
    """
    names = Names(doc, article, gazetteer, *((article.date, "") if article.date else period))
    names.country = article_country(names)
    doc.user_data["candidates"] = gazetteer.candidates_on(article.date)
    doc.user_data["candidates of late"] = gazetteer.candidates_on(article.date, gone=_LATELY)
    find_known(names, {doc[last].lower_ for first, last in person_spans(names) if last > first})
    spans = list(person_spans(names))
    canonical(names, spans)
    add_people(names, spans)
    names.country = names.country or people_country(names)
    add_other_bodies(names)
    names.mentions.sort(key=lambda m: (m.first, -m.last))
    find_nominals(names)
    resolve_pronouns(names)
    find_predecessors(names)
    speak_for(names)
    doc.user_data["seats"] = seats_held(names)
    shown = own_forms(names)
    return [replace(m, entity=_shown(gazetteer.judged(m.entity), shown)) if m.entity else m for m in names.mentions]


def _shown(entity: Entity, shown: Mapping[str, str]) -> Entity:
    """An entity under the name that the article gives it; its known name becomes another of its names."""
    name = shown.get(entity.id)
    return replace(entity, name=name, aliases=(*entity.aliases, entity.name)) if name else entity
