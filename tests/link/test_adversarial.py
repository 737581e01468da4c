"""Names that mislead, each in a short article: adversarial.yaml says whom they denote."""

from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from graphbuild.link import link_article
from graphbuild.link.gazetteer import load_gazetteer
from graphbuild.model import Article, Mention
from graphbuild.parse import load_model, parse_articles

CASES: list[dict[str, Any]] = yaml.safe_load(Path(__file__).with_name("adversarial.yaml").read_text("utf-8"))


@lru_cache(maxsize=1)
def readings() -> list[list[Mention]]:
    """The mentions of every case, parsed in one go."""
    gazetteer = load_gazetteer()
    articles = [Article(id=f"case-{i}", text=case["text"], date=str(case["date"])) for i, case in enumerate(CASES)]
    return [link_article(doc, article, gazetteer) for article, doc in parse_articles(load_model(), articles)]


def found(index: int, surface: str) -> Mention | None:
    """The mention whose words are the surface, honorifics and possessives aside: the last one, the first with "at"."""
    mentions = [
        m for m in readings()[index]
        if m.kind != "pronoun" and m.entity and (m.text == surface or (m.kind == "name" and surface.endswith(f" {m.text}")))
    ]  # fmt: skip
    exact = [m for m in mentions if m.text == surface] or mentions
    return (exact[0] if CASES[index].get("at") == "first" else exact[-1]) if exact else None


ASKED = [(i, surface) for i, case in enumerate(CASES) for surface in case.get("who", {})]


@pytest.mark.parametrize(("index", "surface"), ASKED, ids=[f"{i}-{s}" for i, s in ASKED])
def test_a_misleading_name_leads_to_its_bearer(index: int, surface: str) -> None:
    expected, mention = CASES[index]["who"][surface], found(index, surface)
    if not expected:
        assert mention is None, f"{surface!r} led to {mention and mention.entity}"
        return
    assert mention is not None, f"{surface!r} led nowhere"
    assert mention.entity is not None
    known = load_gazetteer().get(mention.entity.id)
    # An article's own form ("Ken Clarke") is what its person is shown under; who it is, the known name tells.
    assert (known or mention.entity).name == expected.strip("()")
    assert (known is None) == expected.startswith("("), mention.entity.id


@pytest.mark.parametrize("index", [i for i, case in enumerate(CASES) if "ids" in case or "apart" in case])
def test_namesakes_are_told_apart(index: int) -> None:
    case = CASES[index]
    for surface, expected in case.get("ids", {}).items():
        mention = found(index, surface)
        assert mention is not None
        assert mention.entity is not None
        assert mention.entity.id == expected
    ids = [m.entity.id for s in case.get("apart", ()) if (m := found(index, s)) and m.entity]
    assert len(set(ids)) == len(case.get("apart", ()))


def test_there_are_a_hundred_of_them() -> None:
    names = {(i, s) for i, case in enumerate(CASES) for s in (*case.get("who", {}), *case.get("ids", {}))}
    assert len(names) >= 100


def test_a_bare_surname_makes_nobody_across_articles() -> None:
    """An unknown surname after an honorific denotes somebody of that article only."""
    gazetteer, nlp = load_gazetteer(), load_model()
    texts = ["Mr Zorbian backed the Labour Party.", "Mr Zorbian backed the Labour Party in Leeds."]
    articles = [Article(id=f"a{i}", text=text, date="2018-05-02") for i, text in enumerate(texts)]
    ids = {
        m.entity.id for article, doc in parse_articles(nlp, articles)
        for m in link_article(doc, article, gazetteer) if m.entity and m.text == "Zorbian"
    }  # fmt: skip
    assert len(ids) == 2
