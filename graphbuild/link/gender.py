"""Gender as a text shows it: by the gazetteer, honorifics and given names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graphbuild.link.gazetteer import Gazetteer, fold
from graphbuild.link.names import FEMALE_TITLES, MALE_TITLES, given_names
from graphbuild.model import Entity
from graphbuild.ontology import ontologies_dir

if TYPE_CHECKING:
    from graphbuild.link.mentions import Names


def title_gender(title: str) -> str:
    """ "m", "f" or "" of an honorific."""
    return "m" if title in MALE_TITLES else "f" if title in FEMALE_TITLES else ""


_GIVEN: dict[int, tuple[Gazetteer, dict[str, str]]] = {}


def given_name_genders(gazetteer: Gazetteer) -> dict[str, str]:
    """Given name -> gender, from the list of given names and the gazetteer's people."""
    known = _GIVEN.get(id(gazetteer))
    if known is not None and known[0] is gazetteer:
        return known[1]
    genders = dict(given_names(ontologies_dir() / "gazetteer"))
    for entity_id, info in gazetteer.people.items():
        words = fold(gazetteer.entities[entity_id].name).split()
        if len(words) > 1 and info.gender and words[0] not in genders:
            genders[words[0]] = info.gender
    _GIVEN.clear()
    _GIVEN[id(gazetteer)] = (gazetteer, genders)
    return genders


def gender_of(entity: Entity, names: Names) -> str:
    """Gender of a person: the gazetteer's, else by the honorifics before the name in the article, else by given name."""
    info = names.gazetteer.person_info(entity.id)
    if info is not None and info.gender:
        return info.gender
    for mention in names.mentions:
        if mention.entity is not None and mention.entity.id == entity.id and mention.kind == "name" and mention.first:
            gender = title_gender(names.doc[mention.first - 1].lower_.rstrip("."))
            if gender:
                return gender
    return given_name_genders(names.gazetteer).get(fold(entity.name).split()[0], "")
