"""Linking: what every name, post, group and pronoun of an article denotes."""

from dataclasses import replace

from spacy.tokens import Doc

from graphbuild.link.coreference import resolve_pronouns
from graphbuild.link.gazetteer import Gazetteer, load_gazetteer
from graphbuild.link.mentions import Names, find_names
from graphbuild.link.nominals import find_nominals
from graphbuild.model import Article, Mention

__all__ = ["link_article", "load_gazetteer"]


def link_article(doc: Doc, article: Article, gazetteer: Gazetteer, period: tuple[str, str] = ("", "")) -> list[Mention]:
    """The mentions of an article, by place in the text; ``period`` is the time of an undated one's corpus."""
    names = Names(doc, article, gazetteer, *((article.date, "") if article.date else period))
    find_names(names)
    find_nominals(names)
    resolve_pronouns(names)
    return [replace(m, entity=gazetteer.judged(m.entity)) if m.entity else m for m in names.mentions]
